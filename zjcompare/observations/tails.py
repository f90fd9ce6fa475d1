"""The right end of the words before a number → tail: verb, direction, bound, status, comparison, time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zjcompare.observations.openings import FIVE_YEARS

if TYPE_CHECKING:
    from zjcompare.observations.phrases import Phrases

_ALSO = ("实现", "保持", "呈现")  # before a verb of growth they say nothing
_FROM = re.compile(
    rf"(?:由|从|自)(?:[0-9]{{4}}年(?:末|底|年初)?|上一?年|去年|年初|{FIVE_YEARS}(?:末|期末|初)?|[一二三四五六七八九十]+年前)?"
    r"(?:时|人均|每人每[年月]|的)*$",
)
_ITEMS = "一二三四五六七八九十"
_REMARK = re.compile(r"(?P<verb>[\u4e00-\u9fff]{2})（[^（）0-9]{2,12}）$")  # 增长（剔除汇率因素）
LEFT_OUT = re.compile(r"(?:剔除|扣除|还原)[^，。；]{2,30}?(?:因素|影响|收入|支出|资金)(?:影响)?后?$")
_FROM_ENDS = frozenset("年月的由从自均时末底前初国省市区县")
_THAN_YEAR_END = re.compile(r"[比较同与]((?:19|20)[0-9]{2}年)[末底]$")
_TO_YEAR = re.compile(r"(?<=[到至])(?:(?:[0-9]{4}|去|上)年(?:末|底)?的?|全[国省市区县])$")
_TIME_OR_FOOTNOTE = re.compile(
    r"(?:19|20)[0-9]{2}年(?:末|底)?$|近?[一二三四五六七八九十两]+年(?:来|间|共|累计)?$|近年来$|\[[0-9]{1,2}\]$",
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
    basis: str = ""  # what the figure leaves out: 剔除价格因素后
    moves: bool = False  # the figure itself is a movement (翻番)

    @property
    def directed(self) -> bool:
        """Whether a verb says that the figure went up or down."""
        return self.verb in ("up", "down")


def read_tail(words: str, phrases: Phrases, *, moves: bool = False) -> Tail:
    """Take verbs, bounds, adverbs and comparisons off the right end of the words before a number.

    >>> from zjcompare.lexicon import Lexicon
    >>> from zjcompare.observations.phrases import compile_phrases
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
    moves = tail.verb or tail.noun or tail.moves
    if last in "末底" and moves and (found := _THAN_YEAR_END.search(words, max(0, end - 10), end)):
        tail.base = tail.base or found[1]
        return len(found[0])
    tails = phrases.tails
    for length in phrases.lengths.get(last, ()):
        if length <= end and (cue := words[end - length : end]) in tails:
            if cue == "是" and end == 2 and words[0] in _ITEMS:  # 三是将18项…
                return 0
            kind, value = tails[cue]
            if kind == "keep":
                return _skip_time(words, end, tail)
            return length if _take(cue, kind, value, tail) else 0
    if last in " 　":
        return 1
    if last == "）" and (remark := _REMARK.search(words, 0, end)) and remark["verb"] in tails:
        return end - remark.end("verb")
    if last in "后素响" and (found := LEFT_OUT.search(words, max(0, end - 36), end)):
        tail.basis = tail.basis or found[0]
        return len(found[0])
    if moves and (found := phrases.compared.search(words, 0, end)):
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
        if cue == "为" and tail.directed:  # 比重为上升2个百分点
            return True
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
    elif cue in ("年均", "每年") or cue.endswith("年平均"):
        tail.yearly = True
    return True
