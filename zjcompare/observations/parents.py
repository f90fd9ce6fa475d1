"""Words around a figure → its parent: the whole that 其中, X中 or the brackets behind a figure tell the parts of."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from zjcompare.observations.trimming import share_owner, strip_lead, without_basis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zjcompare.observations.settings import Chain, Finding, Setting

_AMONG = re.compile(
    r"(?:^|[，；：\s])在?(?P<whole>[^，；：。、（）0-9\s]{2,24}(?<!其))(?<!过程|工作)中[，：]$",
)
_SAYS_PARTS = re.compile(r"（(?:其中|含|包括)")
_OF_ALL_PLACE = re.compile(r"(?:(?:19|20)[0-9]{2}年(?:末|底)?|全年|年末)?全[国省市县区州盟旗]")
_EACH = ("人均", "每")  # 人均地区生产总值 is no part of 地区生产总值
_COUNTED = "个家所处项座件条"
_RATE = re.compile(r"[率面]$|比重|占比|贡献")
_REMEMBERED = 8  # findings before a part in which its whole is looked for
_NEAR = 4  # levels before a part, of which the one that counts the same may be its whole
_SHORTEST = 3  # characters of a name that a part may end with (汽车保有量, 个人汽车保有量)
_ENDING = 2  # characters that parts of one whole often share (夏粮产量；秋粮产量)
_ROUNDED = Decimal("1.005")  # what parts may be together of the whole


class Whole(NamedTuple):
    """What the parts of a sentence belong to."""

    name: str
    dimension: str = ""  # of its level, where the parts are levels of that dimension
    number: Decimal = Decimal(0)  # that level; 0 where none is known
    parts: Decimal = Decimal(0)  # the sum of the parts so far
    read: int = 0  # how many parts of it have been read
    part: str = ""  # the name of the last
    parted: bool = False  # whether semicolons stand between them
    lasts: bool = False  # whether it goes on past semicolons
    bracket: int = -1  # where the bracket opens that holds its parts
    outer: Whole | None = None  # the whole that goes on behind the bracket


def enter_parent(setting: Setting, words: str, chain: Chain) -> None:
    """Note the whole that the words before a figure name: 其中, X中， or the bracket that the figure stands in."""
    start = setting.mention.start
    bracket = open_bracket(chain.text, chain.sentence.start, start)
    whole = chain.whole
    chain.resumed = ""
    if whole is not None and whole.bracket not in (-1, bracket):
        chain.resumed, whole = whole.name, whole.outer
        chain.whole = whole
    outer = whole if bracket >= 0 and (whole is None or whole.bracket != bracket) else whole and whole.outer
    if "其中" in words or "其中" in setting.joint:
        lasts = chain.last is None or "其中：" in setting.joint + words
        chain.owner = ""
        chain.whole = _as_whole(_nearest(chain), lasts=lasts)._replace(bracket=bracket, outer=outer)
    elif (among := _AMONG.search(setting.joint)) and not setting.before.startswith("有"):
        chain.whole = _named_whole(strip_lead(among["whole"], chain.phrases)[1], chain)
    elif bracket < 0 and whole is not None and whole.read and _OF_ALL_PLACE.match(words):
        chain.whole = None
    elif bracket >= 0 and chain.last is not None and (whole is None or whole.bracket != bracket):
        if _holds_parts(chain, bracket):
            chain.whole = _as_whole(chain.found[-1:])._replace(bracket=bracket, outer=outer)
    elif "；" in setting.joint and whole is not None and whole.read:
        chain.whole = None if _stops(whole, words) else whole._replace(parted=True)


def parent_of(finding: Finding, chain: Chain) -> str:
    """Give the whole that a finding is a part of, or nothing; it ends at the first figure that is no part of it."""
    whole, last = chain.whole, chain.last
    if whole is None or finding.name == whole.name:
        return ""
    if not whole.read:
        whole = _choose(whole, finding, chain)
    elif last is not None and finding.name == last.name:
        return last.parent
    elif _ends(whole, finding):
        whole = None
    else:
        whole = _with_part(whole, finding)
    chain.whole = whole
    return whole.name if whole else ""


def open_bracket(text: str, begin: int, end: int) -> int:
    """Give where the bracket opens that is still open at `end`, -1 where none is."""
    opened = text.rfind("（", begin, end)
    while opened >= 0 and text.count("）", opened, end) >= text.count("（", opened, end):
        opened = text.rfind("（", begin, opened)
    return opened


def _holds_parts(chain: Chain, bracket: int) -> bool:
    """Tell whether a bracket right behind the last figure gives parts of it: 含…, or two figures of its unit."""
    text, last = chain.text, chain.found[-1]
    if text[bracket - len(last.unit) : bracket] != last.unit or last.measure != "level":
        return False
    unit = f"[{_COUNTED}]" if last.unit in _COUNTED else re.escape(last.unit)
    closed = text.find("）", bracket, chain.sentence.end)
    inside = text[bracket : closed if closed >= 0 else chain.sentence.end]
    return _SAYS_PARTS.match(inside) is not None or len(re.findall(rf"[0-9万亿]{unit}", inside)) > 1


def _before(chain: Chain) -> list[Finding]:
    """Give the findings before, the nearest first."""
    return [*reversed(chain.found[-_REMEMBERED:]), *reversed(chain.earlier[-_REMEMBERED:])]


def _nearest(chain: Chain) -> list[Finding]:
    """Give the finding before, or the level that it is a growth of: 施工面积560万平方米，下降3%，其中…."""
    before = _before(chain)
    levels = [item for item in before if item.name == before[0].name and item.measure == "level"]
    return (levels or before)[:1]


def _as_whole(findings: Sequence[Finding], *, lasts: bool = False) -> Whole:
    if not findings:
        return Whole("", lasts=lasts)
    found = findings[0]
    dimension, number = (found.dimension, found.number) if found.measure == "level" else ("", Decimal(0))
    return Whole(_owner(found.name), dimension if found.name == _owner(found.name) else "", number, lasts=lasts)


def _owner(name: str) -> str:
    """Give whose parts 其中 tells after a share or a contribution: that of the share's owner."""
    if "对" in name[1:] and "贡献" in name and "占" not in name:
        return name.partition("对")[0]
    return share_owner(without_basis(name))


def _named_whole(name: str, chain: Chain) -> Whole | None:
    """Give the whole of X中，: the indicator before that X is or begins, else X itself where it can be one."""
    before = _before(chain)
    found = [item for item in before if item.name == name] or [item for item in before if item.name.startswith(name)]
    if found:
        levels = [item for item in found if item.measure == "level"]
        return _as_whole(levels or found, lasts=True)
    return Whole(name, lasts=True) if chain.phrases.whole.match(name) else None


def _choose(whole: Whole, part: Finding, chain: Chain) -> Whole | None:
    """Give the whole of a first part: what its name ends with, else what is counted alike, else what is nearest."""
    if whole.bracket >= 0 and chain.last is not None and part.name == chain.last.name:
        return whole.outer
    before = _before(chain)
    kin = [
        item
        for item in before
        if len(item.name) >= _SHORTEST and part.name.endswith(item.name) and item.name != part.name
    ]
    if kin and not whole.name.endswith(kin[0].name):
        whole = whole._replace(name=kin[0].name, dimension="")
    elif not kin and part.measure == "level" and whole.dimension and not _alike(part.dimension, whole.dimension):
        levels = [item for item in (chain.found[::-1] or before) if item.measure == "level"]
        alike = [item for item in levels[:_NEAR] if _alike(item.dimension, part.dimension)]
        if alike and not _RATE.search(alike[0].name):
            whole = _as_whole(alike, lasts=whole.lasts)._replace(bracket=whole.bracket, outer=whole.outer)
        elif whole.dimension == "ratio":
            return whole.outer
    elif not kin and part.measure == "growth" and whole.dimension == "ratio" and _RATE.search(whole.name):
        return whole.outer
    if part.measure != "level" or not _alike(part.dimension, whole.dimension):
        whole = whole._replace(dimension="")
    return _with_part(whole, part)


def _with_part(whole: Whole, part: Finding) -> Whole:
    """Give a whole after one more part of it; a share or a use of a part is none."""
    if whole.read and _tells_more(part.name, whole.part):
        return whole
    counted = part.measure == "level" and whole.dimension != ""
    parts = whole.parts + part.number if counted else whole.parts
    return whole._replace(read=whole.read + 1, part=part.name, parts=parts)


def _tells_more(name: str, part: str) -> bool:
    """Tell whether a name is that of a share or a use of the part before: 占…比重, 惠及."""
    return "占" in name or name.startswith(part)


def _ends(whole: Whole, finding: Finding) -> bool:
    """Tell whether a finding is no part of a whole: of another kind, or more than is left and like the whole."""
    name = finding.name
    if _tells_more(name, whole.part):
        return False
    if name.startswith(_EACH) and not any(each in whole.name for each in _EACH):
        return True
    if finding.measure != "level" or not whole.dimension:
        return False
    if not _alike(finding.dimension, whole.dimension):
        return True
    too_much = whole.parts <= whole.number < (whole.parts + finding.number) / _ROUNDED
    return too_much and _shared(name, whole.name) >= max(_ENDING, _shared(name, whole.part))


def _stops(whole: Whole, words: str) -> bool:
    """Tell whether a whole ends at a semicolon: before words unlike a part (施工面积，其中新开工面积；竣工面积)."""
    if not whole.lasts and not words.endswith(whole.part[-_ENDING:]):
        return True
    first = not whole.lasts and whole.read == 1
    return (first or (whole.read > 1 and not whole.parted)) and _shared(words, whole.name) > _shared(words, whole.part)


def _alike(one: str, other: str) -> bool:
    """Tell whether two dimensions are one; things that are counted are of one, whatever the classifier."""
    return one == other or (one.startswith("count") and other.startswith("count"))


def _shared(one: str, other: str) -> int:
    """Give how many characters two names share at their beginning and at their end."""
    shortest = min(len(one), len(other))
    begin = next((at for at in range(shortest) if one[at] != other[at]), shortest)
    end = next((at for at in range(shortest) if one[-1 - at] != other[-1 - at]), shortest)
    return (begin if begin >= _ENDING else 0) + (end if end >= _ENDING else 0)
