"""What stands before and behind a number, taken apart: name, verb, direction, bound, status, comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zjcompare.lexicon import Lexicon

_TAIL_KINDS = ("level", "up", "down", "growth", "bound", "adverb", "estimate", "target", "keep")
_FIVE_YEARS = r"“?十[一二三四五]五”?"
_OUTDONE = re.compile(
    r"(?P<how>高于|高出|超过|超出|快于|好于|优于|领先于?|多于|大于|低于|慢于|落后于?|少于|小于|不及"
    r"|(?<![占同对之环])比(?![重例率值较分])|较)(?P<base>[^，；。]{2,40}?)(?:分别)?"
    r"(?P<way>高出?|快|多|扩大|提高|上升|增加|低|慢|少|落后|收窄|降低|下降|减少)?了?$",
)
_BEHIND = ("低", "慢", "落后", "少", "小", "不及", "收窄", "降", "下降", "减少")
_ALSO = ("实现", "保持", "呈现")  # before a verb of growth they say nothing
_FROM = re.compile(
    rf"(?:由|从|自)(?:[0-9]{{4}}年(?:末|底|年初)?|上一?年|去年|年初|{_FIVE_YEARS}(?:末|期末|初)?|[一二三四五六七八九十]+年前)?"
    r"(?:时|人均|每人每[年月]|的)*$",
)
_REMARK = re.compile(r"(?P<verb>[\u4e00-\u9fff]{2})（[^（）0-9]{2,12}）$")  # 增长（剔除汇率因素）
_FROM_ENDS = frozenset("年月的由从自均时末底前初")
_TO_YEAR = re.compile(r"(?<=[到至])[0-9]{4}年(?:末|底)?的?$")
_TIME_OR_FOOTNOTE = re.compile(
    r"(?:19|20)[0-9]{2}年(?:末|底)?$|近?[一二三四五六七八九十两]+年(?:来|间|共|累计)?$|近年来$|\[[0-9]{1,2}\]$",
)
_YEARS_INSIDE = re.compile(r"(?<=.)[一二三四五六七八九十]+年(?=累计|共|支出|安排|投入)")
_FOOTNOTE = re.compile(r"\[[0-9]{1,2}\]")
_CODE_IN_BRACKETS = re.compile(r"（[A-Za-z&.\-· ]+）")
_CARRIED_OUT = re.compile(
    r"(?<=[\u4e00-\u9fff”）])(?:实现|完成)(?=[\u4e00-\u9fff]{2})(?!的|完成|投资|就业|脱贫|创业|再就业|率|度)",
)
_RUN_TOGETHER = r"(?:[0-9-]*[. ]){2,}[0-9-]+(?=[\u4e00-\u9fff])"  # cells of a table without what parts them
_NOW_INSIDE = re.compile(r"(?<=..)(?:今年|去年|年内|当年)(?=[再拟安投完纳新])")
_DONE = re.compile(
    r"(?<=[\u4e00-\u9fff])了(?=[\u4e00-\u9fff“])(?!解)"
    r"|(?<=.)已(?=[覆建有达完实设])|(?<=.)拟(?=安排|投入|新增|发行)",
)
_LEAST_KIND = 5  # the length from which a kind after examples (A、B等kind) says enough alone


@dataclass(slots=True)
class Tail:
    """What was found at the right end of the words before a number, and where the name ends."""

    end: int
    verb: str = ""  # "", level, up, down
    sign: int = 1
    noun: bool = False  # a growth noun (增幅) names the figure
    bound: str = "="
    status: str = ""
    respectively: bool = False
    yearly: bool = False
    base: str = ""
    said_year: str = ""
    moves: bool = False  # the figure itself is a movement (翻番)

    @property
    def directed(self) -> bool:
        """Whether a verb says that the figure went up or down."""
        return self.verb in ("up", "down")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The cues of a lexicon, compiled for the reports of one place."""

    tails: dict[str, tuple[str, str]]
    lengths: dict[str, list[int]]  # of the tails that end in a character, longest first
    lead: re.Pattern[str]
    own_place: re.Pattern[str]
    divisions: frozenset[str]  # the places within its own, and the cities and provinces elsewhere
    halt: re.Pattern[str]
    vague: re.Pattern[str]
    make: re.Pattern[str]
    examples: re.Pattern[str]
    compared: re.Pattern[str]
    estimate: re.Pattern[str]
    target: re.Pattern[str]
    capacity: re.Pattern[str]
    standing: re.Pattern[str]
    progress: re.Pattern[str]
    rank: tuple[str, ...]
    generic: frozenset[str]
    deeds: tuple[str, ...]
    bare: tuple[tuple[str, str], ...]
    spent: re.Pattern[str]
    purpose: re.Pattern[str]


@lru_cache(maxsize=256)
def compile_phrases(lexicon: Lexicon, place: str) -> Phrases:
    """Give the cues of a lexicon, ready for the reports of one place (whose own name is no part of an indicator's)."""
    return replace(
        _compile_cues(lexicon), own_place=re.compile(_own_names(place)), divisions=_other_divisions(lexicon, place)
    )


@lru_cache(maxsize=8)
def _compile_cues(lexicon: Lexicon) -> Phrases:
    """Give the cues of a lexicon, which are many and take their time, for no place yet."""
    rows = lexicon.rows("cues")
    kinds: dict[str, dict[str, str]] = {}
    tails: dict[str, tuple[str, str]] = {}
    lengths: dict[str, set[int]] = {}
    for row in rows:
        kinds.setdefault(row["kind"], {})[row["cue"]] = row["value"]
        if row["kind"] in _TAIL_KINDS:
            tails.setdefault(row["cue"], (row["kind"], row["value"]))
            lengths.setdefault(row["cue"][-1], set()).add(len(row["cue"]))
    base = one_of(kinds["base"])
    make = one_of(kinds["make"], kinds["make"])
    begin = re.escape("".join(sorted({cue[0] for cue in kinds["make"]})))  # most names are passed over by their first
    return Phrases(
        tails=tails,
        lengths={last: sorted(lengths, reverse=True) for last, lengths in lengths.items()},
        lead=re.compile(
            rf"(?:{_own_time(base)}|{one_of(kinds['lead'], kinds['lead'])}|{_RUN_TOGETHER}|[\s、，：；。·●○◆■▲•#*—-])+"
        ),
        own_place=re.compile("(?!)"),  # that of no place: it fits nowhere
        divisions=frozenset(),
        halt=re.compile(one_of(kinds["halt"], kinds["halt"])),
        vague=re.compile(rf"(?<=..)(?:{one_of(kinds['vague'], kinds['vague'])})"),
        make=re.compile(rf"(?=[累共再又已{begin}])(?:累计$|累计|共|再|又|已)?(?:(?:{make})(?:[、和并]|以?及)?)*(?:{make})了?"),
        examples=re.compile(
            rf"(?P<verb>(?:(?:{make})[、和]?)*).+(?<![中高同平均优劣初上特])等(?:方面|领域)?"
            r"(?![级待额值线离量于次高])(?P<kind>[^等]{2,})$",
        ),
        compared=re.compile(
            rf"(?:比|较|与|同)(?P<base>(?:{base}|[0-9]{{4}}年|{_FIVE_YEARS}|[一二三四五六七八九十0-9]+年前)[^，；。]{{0,16}}?)(?:相比|相比较)?$"
        ),
        estimate=re.compile(one_of(cue for cue in kinds["estimate"] if cue != "预期")),
        target=re.compile(  # each begins with a character of its own, which a search finds fast
            r"力争|确保(?!了)|争取(?=实现|达到|完成|突破|到20)|目标(?:是|为|：)|拟(?<![虚模]拟)(?![态合])"
            r"|将(?=得到|达|超|突破|增长|新增|新建|建成|完成|实现|安排|投资|建设|继续|力争)|计划(?<!年度计划)(?<!占计划)"
            r"(?=安排|新|完成|投资|实施|建|争取|引进|改造|开工)",
        ),
        capacity=re.compile(rf"[^，。；、0-9]{{0,8}}(?:{one_of(kinds['capacity'])})"),
        standing=re.compile(rf"(?:{one_of(kinds['standing'])}|连续[0-9一二三四五六七八九十多]+年)+$"),
        progress=re.compile(rf"(?:{one_of(kinds['progress'])})$"),
        rank=tuple(sorted(kinds["rank"], key=len, reverse=True)),
        generic=frozenset(kinds["generic"]),
        deeds=tuple(kinds["deed"]),
        bare=tuple((cue, value.strip("-")) for cue, value in kinds["bare"].items()),
        spent=re.compile(
            rf"(?P<giver>(?:{one_of(kinds['giver'])})*)(?:多渠道)?"
            rf"(?P<verb>(?:累计|共|合计|计划|再)*(?:{one_of(kinds['spend'])})+(?:资金)?)",
        ),
        purpose=re.compile(
            rf"(?:的?(?:专项)?资金)?，?(?:主要|重点|持续|全面)*"
            rf"(?:(?:{one_of(cue for cue, value in kinds['purpose'].items() if not value)})了?"
            rf"|(?P<deed>{one_of(cue for cue, value in kinds['purpose'].items() if value)})了?)",
        ),
    )


def _other_divisions(lexicon: Lexicon, place: str) -> frozenset[str]:
    """Give the names of the divisions within a place, and of the cities and provinces elsewhere."""
    rows = lexicon.rows("divisions")
    own = tuple(row["code"].removesuffix("00").removesuffix("00") for row in rows if row["name"] == place)
    return frozenset(
        row["name"]
        for row in rows
        if row["name"] != place and len(row["name"]) > 2 and (row["code"].endswith("00") or row["code"].startswith(own))
    )


def one_of(cues: Iterable[str], guards: dict[str, str] | None = None) -> str:
    """Give an alternation of the cues, longest first; a guarded cue does not count before the guard's characters.

    Cues with the same first character share a branch, so that a place where none begins is passed over fast.
    """
    guarded = {cue: f"(?![{re.escape(characters)}])" for cue, characters in (guards or {}).items() if characters}
    branches: dict[str, list[str]] = {}
    for cue in sorted(set(cues), key=lambda cue: (-len(cue), cue)):
        branches.setdefault(re.escape(cue[0]), []).append(re.escape(cue[1:]) + guarded.get(cue, ""))
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in branches.items())


def _own_time(base: str) -> str:
    """Give the pattern of the time words that stand before a name and are no part of it."""
    return (
        r"(?:截至|截止|到|至)?(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
        r"(?:年?末|年?底|全年|度|初)?(?:以来|期间)?(?!后)"
        rf"|{_FIVE_YEARS}(?:时期|期间|以来|期末)|近?[一二三四五六七八九十]+年(?:来|间|多来|(?=累[计积]|共))"
        r"|近[一二三四五六七八九十]年|[一二三四五六七八九十]+年$|[0-9]+年来|(?:1|一)[-—至][0-9]+月份?|过去[一五]年|[上下]半年|前三季度"
        rf"|第[一二三四]季度|(?:比|较)(?:{base}|[0-9]{{4}}年)(?:同期|末|年末)?|20[0-9]{{2}}(?=[\u4e00-\u9fff])(?!年)"
    )


def _own_names(place: str) -> str:
    """Give the alternation of the names that a report has for its own place."""
    short = place.rstrip("省市区县旗州盟")
    if place in ("全国", "中国"):
        return "全国|我国"
    if not place:
        return one_of(f"{word}{level}" for word in "全我" for level in "市省区县")
    level = place[-1] if place[-1] in "省市区县旗州盟" else "市"
    own = [place, f"全{level}", f"我{level}", f"本{level}", f"{place}全{level}"]
    own += [short, f"{short}地区"] if len(short) > 1 else []
    return one_of(own, {short: "港机海江大博图体交农"})  # 上海港 is a name of its own


def read_tail(words: str, phrases: Phrases, *, moves: bool = False) -> Tail:
    """Take verbs, bounds, adverbs and comparisons off the right end of the words before a number.

    >>> from zjcompare.lexicon import Lexicon
    >>> tail = read_tail("工业企业技改投资预计比上年增长超过", compile_phrases(Lexicon.default(), "镇江市"))
    >>> "工业企业技改投资预计比上年增长超过"[: tail.end], tail.verb, tail.bound, tail.status
    ('工业企业技改投资', 'up', '>', 'estimate')
    """
    tail = Tail(len(words), moves=moves)
    while tail.end and (step := _one_step(words, tail, phrases)):
        tail.end -= step
    return tail


def _one_step(words: str, tail: Tail, phrases: Phrases) -> int:
    """Read one cue at the end of words[: tail.end] into `tail`; give its length, 0 where the name begins."""
    end = tail.end
    last = words[end - 1]
    if last in _FROM_ENDS:
        if found := _FROM.search(words, max(0, end - 16), end):
            tail.said_year, tail.status = tail.said_year or found[0], tail.status or "actual"
            return len(found[0])
        if found := _TO_YEAR.search(words, max(0, end - 12), end):
            tail.said_year = tail.said_year or found[0]
            return len(found[0])
    tails = phrases.tails
    for length in phrases.lengths.get(last, ()):
        if length <= end and (cue := words[end - length : end]) in tails:
            kind, value = tails[cue]
            if kind == "keep":
                return _skip_time(words, end, tail)
            return length if _take(cue, kind, value, tail) else 0
    if last in " 　":
        return 1
    if last == "）" and (remark := _REMARK.search(words, 0, end)) and remark["verb"] in tails:
        return end - remark.end("verb")
    if (tail.verb or tail.noun or tail.moves) and (found := phrases.compared.search(words, 0, end)):
        tail.base = tail.base or found["base"]
        return len(found[0])
    return _skip_time(words, end, tail)


def _skip_time(words: str, end: int, tail: Tail) -> int:
    """Read a time or a footnote mark that follows a name (…支出五年累计, 常住人口[3]); give its length."""
    if words[end - 1] not in "]年末底来间共计":
        return 0
    found = _TIME_OR_FOOTNOTE.search(words, max(0, end - 8), end)
    if found is None or found.start() < 2:
        return 0
    tail.said_year = tail.said_year or found[0]
    return len(found[0])


def _take(cue: str, kind: str, value: str, tail: Tail) -> bool:
    """Enter one cue; tell whether the reading may go on to the left of it."""
    if kind in ("up", "down") and tail.verb == "level" and not tail.noun:
        if len(cue) < 2:
            return False
        tail.noun = True
        tail.sign = -1 if kind == "down" else tail.sign
    elif cue in _ALSO and tail.directed:
        return True
    elif kind in ("level", "up", "down"):
        if tail.verb and not (tail.verb == "level" and kind == "level"):
            return False
        tail.verb = tail.verb or kind
        tail.sign = -1 if kind == "down" else tail.sign
    elif kind == "growth":
        if tail.noun:
            return False
        tail.noun = True
        tail.sign = -1 if value == "-" else tail.sign
    elif kind == "bound":
        if tail.bound == "=" and not tail.verb:
            tail.bound = value
        elif tail.directed or tail.bound not in ("=", value):
            return False
    elif kind in ("estimate", "target"):
        tail.status = tail.status or kind
    elif cue.startswith(("分", "依次")):
        tail.respectively = True
    elif cue in ("年均", "每年", "年平均"):
        tail.yearly = True
    return True


def strip_lead(words: str, phrases: Phrases) -> tuple[str, str]:
    """Split the words before a name (其中, 全市, 2023年末, 预计 …) from the name."""
    end = 0
    while found := phrases.lead.match(words, end) or phrases.own_place.match(words, end):
        end = found.end()
    return words[:end], words[end:]


class Comparison(NamedTuple):
    """A comparison before a number: whose figure it is, what it is compared with, and -1 where it is below that."""

    subject: str
    base: str
    sign: int
    counted: bool  # whether a word says so behind what it is compared with: 比上年多


def outdone(words: str) -> Comparison | None:
    """Read 高于全省平均, 低于城镇居民增幅 at the end of some words."""
    found = _OUTDONE.search(words)
    if found is None:
        return None
    sign = -1 if (found["way"] or found["how"]).startswith(_BEHIND) else 1
    return Comparison(words[: found.start()], found["base"].removesuffix("的"), sign, found["way"] is not None)


def noun_phrase(words: str, phrases: Phrases) -> str:
    """Give the words up to the first that ends a noun phrase (得到, 全面完成, 建成通车 …); all where none does."""
    found = phrases.halt.search(words, 1)
    while found and found.start() < 2:
        found = phrases.halt.search(words, found.end())
    return words[: found.start()] if found else words


def without_verb(name: str, phrases: Phrases) -> str:
    """Give a name without the verb that it begins with: 新建城市道路 → 城市道路."""
    verb = phrases.make.match(name)
    return name[verb.end() :] if verb and verb.end() < len(name) else name


def tidy(name: str, phrases: Phrases) -> str:
    """Give a name as a row label: codes in brackets, 实现 between owner and object, 了, loose marks taken off.

    Examples before a kind that says enough are left out: 改造胜利大街、东升路等城市主干道路 → 改造城市主干道路.
    """
    if not name:
        return name
    name = name.replace(" ", "").removeprefix("分别")
    if "[" in name:
        name = _FOOTNOTE.sub("", name)
    if "（" in name:
        name = _CODE_IN_BRACKETS.sub("", name)
    if "实现" in name or "完成" in name:
        name = _CARRIED_OUT.sub("", name)
    if "了" in name or "已" in name or "拟" in name:
        name = _DONE.sub("", name)
    if "年" in name:
        name = _NOW_INSIDE.sub("", _YEARS_INSIDE.sub("", name))
    if "等" in name and (listed := phrases.examples.match(name)) and len(listed["kind"]) >= _LEAST_KIND:
        name = listed["verb"] + listed["kind"]
    name = name.lstrip("、，；：。的—-·*# \t（）").rstrip("、，；：。的和与或—-·*# \t（")
    return name if "（" in name else name.rstrip("）")
