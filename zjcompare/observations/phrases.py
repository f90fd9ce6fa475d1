"""What stands before and behind a number, taken apart: name, verb, direction, bound, status, comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zjcompare.lexicon import Lexicon

_TAIL_KINDS = ("level", "up", "down", "growth", "bound", "adverb", "estimate", "target", "keep")
_BASE_WORDS = (
    r"(?:上一?年度?|去年|前年|年初|年末|上年末|同期|上月|上季度|上期|[0-9]{4}年|“?十[一二三四五]五|全国|全省|全市|全区|全县|计划|预算|目标|常年|往年|多年"
    r"|疫情前|[一二三四五六七八九十0-9]+年前|期初|基期|预期|序时|平均|原计划|任务|最低|历史|规划|[一二三四五六七八九十]+五”?)"
)
_COMPARED = re.compile(rf"(?:比|较|与|同)(?P<base>{_BASE_WORDS}[^，；。]{{0,16}}?)(?:相比|相比较)?$")
_OUTDONE = re.compile(
    r"(?P<how>高于|高出|超过|超出|快于|好于|优于|领先于?|多于|大于|低于|慢于|落后于?|少于|小于|比(?![重例率值较分])|较)(?P<base>[^，；。]{2,40})$"
)
_ALSO = ("实现", "保持", "呈现")  # before a verb of growth they say nothing
_BEHIND = ("低于", "慢于", "落后", "少于", "小于")
_FROM = re.compile(
    r"(?:由|从|自)(?:[0-9]{4}年(?:末|底|年初)?|上一?年|去年|年初|“?十[一二三四五]五”?(?:末|期末|初)?|五年前|[一二三四五六七八九十]+年前)?"
    r"(?:时|人均|的)*$"
)
_AT_END = re.compile(r"(?:19|20)[0-9]{2}年(?:末|底)?$|\[[0-9]{1,2}\]$")
_TO_YEAR = re.compile(r"(?<=[到至])[0-9]{4}年(?:末|底)?的?$")
_FOOTNOTE = re.compile(r"\[[0-9]{1,2}\]")
_PARENTHESISED_CODE = re.compile(r"（[A-Za-z&.\-· ]+）")
_CARRIED_OUT = re.compile(r"(?<=[\u4e00-\u9fff”）])(?:实现|完成)(?=[\u4e00-\u9fff]{2})(?!的|完成|投资|就业|脱贫|创业|再就业|率|度)")
_DONE = re.compile(r"(?<=[\u4e00-\u9fff])了(?=[\u4e00-\u9fff“])(?!解)")
_EXAMPLES = re.compile(
    r"(?P<verb>(?:(?:新增|新建|新改建|建成|改造|扩建|开通|实施|打造|引进|获评|获批|创建|培育|完成|推进|建设|新开工|开工|落地|荣获|举办|承办|出台|推出|迭代建设|新认定|铺设|修建)[、和]?)*)"
    r".+(?<![中高同平均优劣初上特])等(?:方面|领域)?(?![级待额值线离量于次高])(?P<kind>[^等]{2,})$"
)
_OWN_TIME = (
    r"(?:截至|截止|到|至)?(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?(?:年?末|年?底|全年|度|初)?(?:以来|期间)?(?!后)"
    r"|“?十[一二三四五]五”?(?:时期|期间|以来|期末)|近?[一二三四五六七八九十]+年(?:来|间|多来|(?=累[计积]|共))|近[一二三四五六七八九十]年|[一二三四五六七八九十]+年$|[0-9]+年来"
    r"|(?:1|一)[-—至][0-9]+月份?|过去[一五]年|[上下]半年|前三季度|第[一二三四]季度"
    rf"|(?:比|较)(?:{_BASE_WORDS}|改革前)(?:同期|末|年末)?|20[0-9]{{2}}(?=[\u4e00-\u9fff])(?!年)"
)


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


@dataclass(frozen=True, slots=True)
class Phrases:
    """The cues of a lexicon, compiled for one place."""

    tails: dict[str, tuple[str, str]]
    longest: int
    lead: re.Pattern[str]
    halt: re.Pattern[str]
    make: re.Pattern[str]
    making: frozenset[str]
    rank: tuple[str, ...]
    estimate: re.Pattern[str]
    target: re.Pattern[str]


@lru_cache(maxsize=256)
def compile_phrases(lexicon: Lexicon, place: str) -> Phrases:
    """Give the cues of a lexicon, ready for the reports of one place (whose own name is no part of an indicator's)."""
    by_kind: dict[str, list[str]] = {}
    tails: dict[str, tuple[str, str]] = {}
    for row in lexicon.rows("cues"):
        by_kind.setdefault(row["kind"], []).append(row["cue"])
        if row["kind"] in _TAIL_KINDS:
            tails.setdefault(row["cue"], (row["kind"], row["value"]))
    guarded = {row["cue"]: row["value"] for row in lexicon.rows("cues") if row["kind"] in ("lead", "make") and row["value"]}
    halting = {row["cue"]: row["value"] for row in lexicon.rows("cues") if row["kind"] == "halt" and row["value"]}
    guarded[place.rstrip("省市区县旗州盟")] = "港机海江大博图体交农"  # 上海港 is a name of its own
    leads = _one_of([*by_kind["lead"], *_own_scopes(place)], guarded)
    estimate = _one_of([cue for cue in by_kind["estimate"] if cue != "预期"])
    return Phrases(
        tails,
        max(map(len, tails)),
        re.compile(rf"(?:{_OWN_TIME}|{leads}|[\s、，：；。·●○◆■▲•#*—-])+"),
        re.compile(_one_of(by_kind["halt"], halting)),
        re.compile(rf"(?:累计$|累计|共|再|又|已)?(?:(?:{_one_of(by_kind['make'], guarded)})(?:[、和并]|以?及)?)*(?:{_one_of(by_kind['make'], guarded)})了?"),
        frozenset(by_kind["make"]),
        tuple(sorted(by_kind["rank"], key=len, reverse=True)),
        re.compile(estimate),
        re.compile(r"力争|确保(?!了)|争取(?=实现|达到|完成|突破|到20)|目标(?:是|为|：)|拟(?!态)|将(?=达|超|突破|增长|新增|新建|建成|完成|实现|安排|投资|建设|继续|力争)|计划(?=安排|新|完成|投资|实施|建)"),
    )


def _one_of(cues: list[str], guarded: dict[str, str] | None = None) -> str:
    """Give an alternation of the cues, longest first; a guarded cue does not count before certain characters."""
    guards = {cue: f"(?![{characters}])" for cue, characters in (guarded or {}).items()}
    return "|".join(re.escape(cue) + guards.get(cue, "") for cue in sorted(set(cues), key=len, reverse=True))


def _own_scopes(place: str) -> list[str]:
    """Give the words that name the report's own place: 镇江市 → 镇江市, 镇江, 全市, 我市, 本市."""
    if not place:
        return ["全市", "我市", "全省", "我省", "全区", "我区", "全县", "我县"]
    if place in ("全国", "中国"):
        return ["全国", "我国"]
    level = place[-1] if place[-1] in "省市区县旗州盟" else "市"
    short = place.rstrip("省市区县旗州盟")
    own = [place, f"全{level}", f"我{level}", f"本{level}", f"{place}全{level}"]
    return own + ([short, f"{short}地区"] if len(short) > 1 else [])


def read_tail(words: str, phrases: Phrases, *, moves: bool = False) -> Tail:
    """Take verbs, bounds, adverbs and comparisons off the right end of the words before a number.

    >>> from zjcompare.lexicon import Lexicon
    >>> tail = read_tail("工业企业技改投资预计比上年增长超过", compile_phrases(Lexicon.default(), "镇江市"))
    >>> "工业企业技改投资预计比上年增长超过"[: tail.end], tail.verb, tail.bound, tail.status
    ('工业企业技改投资', 'up', '>', 'estimate')
    """
    tail = Tail(len(words), moves=moves)
    while tail.end:
        step = _one_step(words, tail, phrases)
        if not step:
            break
        tail.end -= step
    return tail


def _one_step(words: str, tail: Tail, phrases: Phrases) -> int:
    """Read one cue at the end of words[: tail.end] into `tail`; give its length, 0 where the name begins."""
    end = tail.end
    if words[end - 1] in "年的由从自均时末底前初" and (found := _FROM.search(words, max(0, end - 16), end)):
        tail.said_year, tail.status = tail.said_year or found[0], tail.status or "actual"
        return len(found[0])
    for length in range(min(phrases.longest, end), 0, -1):
        cue = words[end - length : end]
        if cue in phrases.tails:
            kind, value = phrases.tails[cue]
            if kind == "keep":
                return 0
            return length if _take(cue, kind, value, tail) else 0
    if words[end - 1] in " 　":
        return 1
    if words[end - 1] in "]年末底" and (found := _AT_END.search(words, max(0, end - 8), end)) and found.start() > 1:
        tail.said_year = tail.said_year or found[0]
        return len(found[0])
    if found := _TO_YEAR.search(words, max(0, end - 12), end):
        tail.said_year = tail.said_year or found[0]
        return len(found[0])
    if (tail.verb or tail.noun or tail.moves) and (found := _COMPARED.search(words, 0, end)):
        tail.base = tail.base or found["base"]
        return len(found[0])
    return 0


def _take(cue: str, kind: str, value: str, tail: Tail) -> bool:
    """Enter one cue; tell whether the reading may go on to the left of it."""
    if kind in ("up", "down") and tail.verb == "level" and not tail.noun:
        if len(cue) < 2:
            return False
        tail.noun = True
        tail.sign = -1 if kind == "down" else tail.sign
    elif cue in _ALSO and tail.verb in ("up", "down"):
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
        if value == "-":
            tail.sign = -1
    elif kind == "bound":
        if tail.bound == "=" and not tail.verb:
            tail.bound = value
        elif tail.verb in ("up", "down") or tail.bound != "=":
            return False
    elif kind in ("estimate", "target"):
        tail.status = tail.status or kind
    elif cue == "分别" or cue.startswith("分"):
        tail.respectively = True
    elif cue in ("年均", "每年", "年平均"):
        tail.yearly = True
    return True


def strip_lead(words: str, phrases: Phrases) -> tuple[str, str]:
    """Split the words before a name (其中, 全市, 2023年末, 预计 …) from the name."""
    lead = phrases.lead.match(words)
    return (words[: lead.end()], words[lead.end() :]) if lead else ("", words)


def outdone(words: str) -> tuple[str, str, int] | None:
    """Read 高于全省平均, 超过城镇居民增幅 at the end: (what stands before, what is compared with, sign)."""
    found = _OUTDONE.search(words)
    if found is None:
        return None
    return words[: found.start()], found["base"].removesuffix("的"), -1 if found["how"].startswith(_BEHIND) else 1


def noun_phrase(words: str, phrases: Phrases) -> str:
    """Give the words up to the first that ends a noun phrase (得到, 全面完成, 建成通车 …); all where none does."""
    found = phrases.halt.search(words, 1)
    while found and found.start() < 2:
        found = phrases.halt.search(words, found.end())
    return words[: found.start()] if found else words


def tidy(name: str) -> str:
    """Give a name as a row label: codes in brackets, 实现 between owner and object, 了, loose marks taken off."""
    name = _FOOTNOTE.sub("", name.replace(" ", "")) if "[" in name else name.replace(" ", "")
    name = _PARENTHESISED_CODE.sub("", name) if "（" in name else name
    if "实现" in name or "完成" in name:
        name = _CARRIED_OUT.sub("", name)
    if "了" in name:
        name = _DONE.sub("", name)
    if "等" in name and (listed := _EXAMPLES.match(name)) and len(listed["kind"]) > 4:
        name = (listed["verb"] or "") + listed["kind"]
    name = name.lstrip("、，；：。的—-·*# \t（）").rstrip("、，；：。的和与或—-·*# \t（")
    return name if "（" in name else name.rstrip("）")
