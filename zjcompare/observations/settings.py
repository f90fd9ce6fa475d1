"""Sentence and mentions → settings: each quantity with the words around it, and what the sentence has said so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from zjcompare.clauses import Sentence
from zjcompare.mentions import Mention
from zjcompare.observations.lists import CONJUNCTIONS, Shared
from zjcompare.observations.parents import Whole
from zjcompare.observations.phrases import Phrases
from zjcompare.observations.sizes import SIZES, defines_next, names_works, tells_apart

Measure = Literal["level", "growth", "change", "rank", "ratio", "streak"]

NO_NAME = frozenset(("", "年", "月", "共", "达", "等", "其", "并", "又", "各", "数", "增", "的", "了", "自然"))
_AND = ("、", *CONJUNCTIONS)
_RIGHT_END = re.compile(
    r"[，；：。、\n\t（和及以与](?:(?<=[，；：。、\n\t])|(?<=（)(?=[^）]{0,80}[0-9])|(?<=[和及与])(?=[0-9])|(?<=以)及(?=[0-9]))"
)
_GLOSSED = re.compile(r"[^，；：。、（）\n\t]*（[^（），；：。0-9\n\t]{1,12}）")  # 县（市、区）
_ASPECTS = ("方面", "领域", "大类", "类")  # 8个方面90项措施
_DEED_ALONE = re.compile(r"(?:工程|项目|任务|工作)?")  # behind a verb that is an item of its own: 硬化、绿化工作
_HEADING = re.compile(  # 一、人口 年末…, or a topic alone: 粮食 全年总产量
    r"^ ?(?:(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.、])\S+"
    r"|[\u4e00-\u9fff、]{2,10}(?= (?:全年|年末|年底|[全我本][国省市县区]|20[0-9]{2}年|截[至止]|初步|根据))"
    r"|.*[\u4e00-\u9fff）](?= 全年)) "
)
_NO_LIST = ("ratio", "points", "money", "time")
_SUM_NEXT = re.compile(r"[和与及、](?:总|计划)?投资$")  # 投资2亿元的3条路和投资1亿元的2座桥
_SAID_ONCE = re.compile(r"（[^（）]*(?:下同|简称)[^（）]*）")
_TO_LAST_MARK = re.compile(r".*[，；：\t]", re.DOTALL)
_LABEL = re.compile(
    r"(?:(?<=[，；。！？\n\t])|^)(?P<label>[^，；：。！？\n\t0-9]{2,24}(?<![是为有中括下称说示出调人里]))：$"
)
_VALUE = re.compile(  # all that may stand between a label and its figure
    r"(?:同比|比上年|力争|预计)?(?:增长|下降|提高|上涨|达到?|完成|实现)?(?:约|近|超过?|突破|逾|不低于|不超过|高于|低于|为)?[+-]?"
)


class Finding(NamedTuple):
    """A mention with its name, and all that its sentence says of it; `position` counts the sentence's mentions."""

    position: int
    name: str
    measure: Measure
    number: Decimal
    high: Decimal | None
    unit: str
    bound: str
    status: str
    rule: str
    confidence: float
    year: int | None = None
    per: str = ""
    since: str = ""
    base: str = ""
    parent: str = ""
    rank_scope: str = ""
    rank_of: str = ""
    tied: bool = False
    scope: str = ""
    dimension: str = ""


class Naming(NamedTuple):
    """A name, the rule that found it, and how sure that is where confidence.csv has not counted the rule."""

    name: str
    rule: str
    confidence: float


class Setting(NamedTuple):
    """One mention in its surroundings."""

    position: int
    mention: Mention
    before: str  # the words between the last figure, comma or semicolon and the number
    joint: str  # what stands between the last figure and `before`
    behind: str  # the words between the figure and the next comma, stop or figure
    touches_next: bool  # whether the next figure follows without a comma
    listed: bool  # whether the figure follows another in a list with 、 or 和


@dataclass(slots=True)
class Chain:
    """One sentence as it is read: the text it stands in, and what it has said so far, for the words that lean on it."""

    text: str
    sentence: Sentence
    phrases: Phrases
    shared: Shared
    earlier: Sequence[Finding]  # those of the sentences before it in its paragraph
    found: list[Finding] = field(default_factory=list)
    last: Finding | None = None  # of those found
    verb: str = ""
    owner: str = ""
    against: str = ""  # what the next figure is more or less than: 比报告数5亿元增加1亿元
    resumed: str = ""  # what a bracket has just been closed of: 收入9亿元（其中税收7亿元），增长5%
    whole: Whole | None = None  # that the figures are parts of
    account: str = ""  # the level whose account (市本级) the sentence gives
    estimated: bool = False
    year: int | None = None  # that stands at the head of the sentence
    span: str = ""  # the years that stand there: 五年来，…
    of_last_year: bool = False  # whether 去年 stands there
    started: int | None = None  # the year of the last figure that another has grown from (由2010年的A增加到B)
    aims_from: int | None = None  # where the first word of aim ends, -1 for none, None before it is looked for

    def is_aimed(self, position: int) -> bool:
        """Tell whether a word of aim (力争, 确保) stands before a position, with no semicolon between."""
        if self.aims_from is None:
            aim = self.phrases.target.search(self.text, self.sentence.start, self.sentence.end)
            self.aims_from = aim.end() if aim else -1
        if not 0 <= self.aims_from <= position:
            return False
        part = self.text.rfind("；", self.aims_from, position) + 1
        return not part or self.phrases.target.search(self.text, part, position) is not None


def cut_settings(chain: Chain, mentions: Sequence[Mention]) -> list[Setting]:
    """Cut the words around each mention out of the sentence; sizes that only define the next figure are left out."""
    text, sentence = chain.text, chain.sentence
    kept = [
        position
        for position, mention in enumerate(mentions)
        if not (
            defines_next(text, mentions, position)
            or names_works(text, mention, chain.phrases)
            or tells_apart(text, mentions, position)
        )
    ]
    settings: list[Setting] = []
    limit = sentence.start
    for position, after in zip(kept, [*kept[1:], None], strict=False):
        following = None if after is None else mentions[after]
        settings.append(_cut(chain, position, mentions[position], limit=limit, following=following))
        limit = mentions[position].after
    return settings


def _cut(chain: Chain, position: int, mention: Mention, *, limit: int, following: Mention | None) -> Setting:
    """Cut the words around one mention out of the sentence, those before it from `limit` on."""
    cut, before = _words_before(chain.text, mention, limit)
    listed = False
    if limit > chain.sentence.start and cut == limit:
        listed = before.startswith(_AND)
        own, _, rest = before.partition("、")  # the words up to 、 belong to the figure before
        if own and rest and not listed and "（" not in own and mention.dimension not in ("ratio", "points"):
            before, listed = rest, True
        if before.endswith(_AND):
            before, listed = "", True
        before = "" if before in _ASPECTS else before
    end, touches = _end_behind(chain, mention, following)
    return Setting(position, mention, before, chain.text[limit:cut], chain.text[mention.after : end], touches, listed)


def _words_before(text: str, mention: Mention, limit: int) -> tuple[int, str]:
    """Give where the words before a number begin, at the last mark or an open bracket, and the words, repaired."""
    start = mention.start
    marked = _TO_LAST_MARK.match(text, limit, start)
    cut = marked.end() if marked else 0
    bracket = text.rfind("（", limit, start)
    if bracket >= cut and text.find("）", bracket, start) < 0:
        cut = bracket + 1
    cut = cut or limit
    before = text[cut:start]
    if "）" in before and before.find("（") < 0 < text.find("（", limit, cut):
        cut, before = _over_remark(text, limit, start)
    if text[cut - 1 : cut] == "：" and _VALUE.fullmatch(before) and (label := _LABEL.search(text, limit, cut)):
        cut, before = label.start(), label["label"] + before
    if "下同）" in before or "简称" in before:
        before = _SAID_ONCE.sub("", before)
    if before.endswith(("-", "−")) and mention.number < 0:
        before = before[:-1]
    if " " in before:
        before = _HEADING.sub("", before)
    return cut, before[before.find("）") + 1 :] if before.startswith("（") else before


def _end_behind(chain: Chain, mention: Mention, following: Mention | None) -> tuple[int, bool]:
    """Give where the words behind a figure end, and whether that is where the next figure begins."""
    text = chain.text
    reach = following.end if following else chain.sentence.end
    stop = _RIGHT_END.search(text, mention.after, reach)
    if stop and stop[0] == "、" and (glossed := _GLOSSED.match(text, mention.after, reach)):
        stop = _RIGHT_END.search(text, glossed.end(), reach)
    end = stop.start() if stop else reach
    if stop and stop[0] == "、" and end > mention.after and mention.dimension not in _NO_LIST:
        end = _list_end(chain, end, following.start if following else None)
        if mention.dimension in SIZES and "等" in text[stop.start() : end]:
            end = stop.start()  # 8公里管网改造、污泥处置等项目: the size is that of the first
    touches = following is not None and following.start <= end
    if following is not None and touches:
        summed = _SUM_NEXT.search(text, mention.after, following.start)
        end, touches = (summed.start(), False) if summed else (following.start, True)
    closing = text.find("）", mention.after, end)
    if closing >= 0 and text.find("（", mention.after, closing) < 0:
        end = closing
    return end, touches


def _list_end(chain: Chain, first: int, figure: int | None) -> int:
    """Give where a noun behind a figure ends that is a list (9所小学、幼儿园和少年宫): not at its first 、.

    No further `figure` stands in it, and no item begins another deed but where the list closes with 和, 等 or a deed.
    """
    limit = chain.sentence.end if figure is None else figure
    end = first
    while end < limit and chain.text[end] == "、":
        stop = _RIGHT_END.search(chain.text, end + 1, limit + 1)
        end = stop.start() if stop else limit
    if end == figure:
        return first
    words, phrases = chain.text[first + 1 : end], chain.phrases
    verb = phrases.make.match(words)
    ends = verb and (_DEED_ALONE.fullmatch(words, verb.end()) or phrases.verbs.closes_list.fullmatch(words, verb.end()))
    begins = verb is not None and not ends
    others = [
        phrases.make.match(item) or phrases.halt.match(item) or phrases.lead.match(item) for item in words.split("、")
    ]
    return first if begins or (any(others) and phrases.verbs.closes_list.search(words) is None) else end


def _over_remark(text: str, limit: int, start: int) -> tuple[int, str]:
    """Give the words before a number where a mark stands within a remark of them: 市本级（含开发区，下同）收入."""
    opening, closing = text.rfind("（", limit, start), text.rfind("）", limit, start)
    marked = _TO_LAST_MARK.match(text, limit, opening)
    cut = marked.end() if marked else limit
    return cut, text[cut:opening] + text[closing + 1 : start]
