"""Words around a figure → its whole and its place: what 其中 refers to, and a place other than the report's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zjcompare.observations.settings import Chain, Setting

_ACCOUNTS = r"(?:一般公共|政府性|国有资本|社会保险|社保|财政|公共财政|收入|支出|预算)"
_OTHER_PLACE = re.compile(
    rf"(?P<scope>全国|全省|全市|全区|[市县区省]本级|[市县区省]级(?={_ACCOUNTS}))"
    r"(?=[\u4e00-\u9fff]{2})(?!重点|文明|示范|先进|优秀|百强|劳动|统一|人大|政协)",
)
_ACCOUNT_OF = re.compile(rf"(?P<scope>[市县区省]本?级)(?={_ACCOUNTS})")
_ALL_OF_IT = re.compile(r"全[国省市县区]")
_LEVEL_OF_PLACE = "省市县区旗州"
_LONGEST_PLACE = 8


def enter_parent(setting: Setting, words: str, chain: Chain) -> None:
    """Note what 其中 refers to, the name given last, until a semicolon is followed by something else than a part."""
    if "其中" in words or "其中" in setting.joint:
        last = chain.last.name if chain.last else chain.earlier[-1] if chain.earlier else ""
        chain.parent, chain.owner = _whole(last), ""
        chain.parts_only = chain.last is None or "其中：" in setting.joint + words
    elif "；" in setting.joint and chain.last and not (chain.parts_only or words.endswith(chain.last.name[-2:])):
        chain.parent = ""


def _whole(name: str) -> str:
    """Give whose parts 其中 tells after a share or a contribution: that of the share's owner."""
    if "占" in name:
        return name.partition("占")[0] or name
    return name.partition("对")[0] if "对" in name[1:] and "贡献" in name else name


def scope_of(name: str, lead: str, chain: Chain) -> str:
    """Give the place that a figure is about where that is not the report's own: 全省, 市本级, a division (丹阳市)."""
    if found := _OTHER_PLACE.match(name):
        scope = found["scope"]
    elif _ALL_OF_IT.search(lead) or _ALL_OF_IT.match(name):
        scope = ""
    elif place := division_of(name, chain.phrases.divisions):
        return place
    elif account := _ACCOUNT_OF.search(chain.sentence.section):
        scope = account["scope"]
    else:
        return chain.account
    chain.account = scope if scope.endswith("级") else ""
    return scope


def division_of(name: str, divisions: frozenset[str]) -> str:
    """Give the division that a name begins with, or nothing."""
    for length in range(2, min(_LONGEST_PLACE, len(name))):
        if name[length] in _LEVEL_OF_PLACE and name[: length + 1] in divisions:
            return name[: length + 1]
    return ""
