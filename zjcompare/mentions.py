"""CleanText → mentions: the quantities, as printed and as numbers, and what every other numeral is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from zjcompare.numerals import ARABIC, DIGITS, HAN, read_multiplier, read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zjcompare.lexicon import Lexicon

Role = Literal["date", "ordinal", "name", "condition", "other"]
Kind = Literal["amount", "rank", "streak", "ratio", "multiple"]

_NUMERAL = re.compile(
    rf"""
      (?P<arabic>{ARABIC})
    | (?P<word>翻(?:了)?[一两二三四]?番|两位数|一半|过半|半数|首位|榜首)
    | (?P<part>[{HAN}]+分之[{HAN}]+(?:点[{HAN}]+)?)
    | (?P<han>[{HAN}]+(?:点[零〇一二三四五六七八九]+[十百千万亿]*)?)
    """,
    re.VERBOSE,
)
_DIGITS = re.compile(ARABIC)
_MULTIPLIERS = frozenset("十百千万亿")
_LOOSE = {"多": ">", "余": ">", "来": "~", "几": ">"}
_AFTER = re.compile(r"(?:（含）)?(以上|及以上|以下|及以下|以内|之内|左右|上下|有余|余|多)")
_AFTER_BOUND = {"以上": ">=", "及以上": ">=", "以下": "<=", "及以下": "<=", "以内": "<=", "之内": "<=", "左右": "~", "上下": "~", "有余": ">", "余": ">", "多": ">"}
_RANGE = re.compile(rf"(?:[-–—~]{{1,2}}|至|到)(?P<high>{ARABIC}|[{HAN}]+)")
_FROM = re.compile(r"[从由自][^，。；、]{0,14}$")
_RATIO = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:：[0-9]+(?:\.[0-9]+)?)+")
_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-4])：[0-5][0-9](?:：[0-5][0-9])?(?![0-9：.])")
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}(?:[-—–~至到/]{1,2}(?:19|20)?[0-9]{2})?(?=年|财年)|(?:19|20)[0-9]{2}[-./][0-9]{1,2}(?:[-./][0-9]{1,2})?(?![0-9])"
    r"|(?:19|20)[0-9]{2}[-—–_~至到]{1,2}(?:19|20)[0-9]{2}(?![0-9])"
    r"|[0-9]{1,2}(?:[-—–~至到、][0-9]{1,2})*月(?:份)?(?:[0-9]{1,2}(?:[-—–~至到、][0-9]{1,2})*日)?|[0-9]{1,2}日|[0-9]{1,2}时(?:[0-9]{1,2}分)?"
)
_PART = re.compile(r"([1-9])/([1-9][0-9]?)(?![0-9/])")
_PART_BEFORE = re.compile(r"[占达近约为过的到]")
_DATE_NEXT = frozenset("年财月日时-./—–_~至到、")
_LISTED = re.compile(r"[0-9]{1,2}[.、）](?![0-9])|[0-9]{1,2}\.[0-9]{1,2}(?=[\u4e00-\u9fff ])(?!万|亿|元|个|倍)")
_LINKED = frozenset("+×/\\_=@&")
_NAMED_AFTER = re.compile(r"国道|省道|县道|乡道|高速|号|届|世纪|年代|强|A|级|期|路|线|网|热线|平台|工程|计划|行动|型|系列|周年|院|厂|机|后|以来|条例|文件|分之")
_RANKED_AFTER = re.compile(r"(?:大)?[位名]")
_RANKING = re.compile(r"[列居排]|位次|位于|排名|名列|蝉联|跃升|升至|保持|稳居|全[国省市区县]|世界|全球")
_CLOSES = frozenset("，。；、！？）”\n")
_CREATING = re.compile(r"(?:新增|新建|建成|新开|新设|获批|引进|培育|开工|竣工|创建|成立|开通|改造|完工|净增|落地|新认定|获得|荣获|斩获)了?$")
_MOVING = re.compile(r"(?:提升|上升|前进|前移|跃升|下降|后移|进|退|升|降)了?$")
_TENTHS = re.compile(r"成(?![为功立员果熟效绩本交长型就都分品千群片套人年规建])半?")
_STREAK = re.compile(r"连(?:增|降|涨|冠|升|跌|丰|胜|跳|快)")
_RUNNING = re.compile(r"连续(?:第|举办|成功举办|承办)?$")
_WORD_NUMBERS = {"一半": "=", "半数": "=", "过半": ">"}
_DOUBLINGS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4}
_SPANS_TIME = frozenset(("天", "日", "小时", "分钟", "秒", "工作日", "个月", "年", "米", "里", "度"))
_PLAIN_COUNTS = frozenset("个家项件处条所座")
_AGES = frozenset(("周岁", "岁"))
_MEASURED = re.compile(r"[到至达为数在过近约长均从由]$|增加$|提高$|增长$|减少$|缩短$|压缩$|提前$|延长$|低于$|不足$|时间$|时长$|提速$|寿命$|年限$")
_NAMED_WITH_UNIT = re.compile(r"(?:人口)?抽样|规定|禁令|铁规")
_MEETING = re.compile(r"全会|全体|会议|代表大会|常委|党代会")
_EVERY = re.compile(r"每(?:增长|提高|上升|下降|增加|减少|降低)?$")
_UNITLESS = re.compile(r"(?:指数|系数|得分|评分|分值|比值|倍差|收入比|密度|强度|满意度)[^，。；、]{0,14}$")
_BEFORE_SIZE = frozenset("上数几过破超近逾达约")
_SIZE_BOUNDS = {"上": ">=", "数": ">", "几": ">"}
_PASSED_OVER = frozenset(("points", "container", "time", "lessons", "power", "mass"))
_GOES_ON = frozenset("和或并且与至到同比较增降提减的，；、。）：占")


class Mention(NamedTuple):
    """A quantity as it stands in the clean text: [start, end) is number and unit, `after` is behind a trailing bound."""

    start: int
    end: int
    after: int
    number: Decimal
    high: Decimal | None
    unit: str
    dimension: str
    kind: Kind
    bound: str
    counted: str = ""  # the noun that stands for a unit left out: 6600多万纳税人


class Numeral(NamedTuple):
    """A numeral that is no quantity: where it stands, its role, and why."""

    start: int
    end: int
    role: Role
    reason: str


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a lexicon, by first character and longest first, and the nouns that imply a unit."""

    by_first: dict[str, tuple[str, ...]]
    dimension: dict[str, str]
    factor: dict[str, Decimal]
    implied: dict[str, tuple[tuple[str, str], ...]]

    def at(self, text: str, position: int) -> str:
        """Give the longest unit that stands at `position`, compounds (元/人) included, or nothing."""
        unit = self._simple(text, position)
        if unit:
            stop = position + len(unit)
            if text.startswith("/", stop):
                size = 1 if text[stop + 1 : stop + 2] in ("百", "千", "万", "亿") else 0
                if below := self._simple(text, stop + 1 + size):
                    return text[position : stop + 1 + size + len(below)]
        return unit

    def _simple(self, text: str, position: int) -> str:
        for unit in self.by_first.get(text[position : position + 1], ()):
            if text.startswith(unit, position):
                return unit
        return ""

    def counted_at(self, text: str, position: int) -> tuple[str, str]:
        """Give the noun at `position` that needs no classifier (纳税人) and the unit that it implies (人)."""
        for noun, unit in self.implied.get(text[position : position + 1], ()):
            if text.startswith(noun, position):
                return noun, unit
        return "", ""

    def dimension_of(self, unit: str) -> str:
        """Give the dimension of a unit, compounds as dimension/dimension; a unit not listed is its own."""
        if unit in self.dimension:
            return self.dimension[unit]
        above, slash, below = unit.partition("/")
        if slash:
            return f"{self.dimension.get(above, above)}/{self.dimension.get(below, below)}"
        return unit


@lru_cache(maxsize=8)
def compile_units(lexicon: Lexicon) -> Units:
    """Give the units of a lexicon, ready to be looked up in a text."""
    rows = lexicon.rows("units")
    by_first: dict[str, list[str]] = {}
    for row in rows:
        by_first.setdefault(row["unit"][0], []).append(row["unit"])
    implied: dict[str, list[tuple[str, str]]] = {}
    for row in lexicon.rows("implied_units"):
        implied.setdefault(row["noun"][0], []).append((row["noun"], row["unit"]))
    return Units(
        {first: tuple(sorted(units, key=len, reverse=True)) for first, units in by_first.items()},
        {row["unit"]: row["dimension"] for row in rows},
        {row["unit"]: Decimal(row["factor"]) for row in rows},
        {first: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for first, pairs in implied.items()},
    )


Found = tuple["Mention | Numeral", ...]


def find_mentions(text: str, units: Units) -> Iterator[Mention | Numeral]:
    """Give every numeral of a clean text in reading order: the quantities as `Mention`, all others as `Numeral`.

    >>> from zjcompare.lexicon import Lexicon
    >>> units = compile_units(Lexicon.default())
    >>> [(str(m.number), m.unit) for m in find_mentions("技改投资增长21.7%，达到357亿元", units)]
    [('21.7', '%'), ('35700000000', '元')]
    """
    position = 0
    while match := _NUMERAL.search(text, position):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "arabic":
            found = _read_arabic(text, start, end, units)
        elif kind == "han":
            found = _read_han(text, start, end, units)
        elif kind == "word":
            found = (_read_word(text, start, end),)
        else:
            found = (_read_part(text, start, end),)
        yield from found
        position = max(end, found[-1].end)


def _read_arabic(text: str, start: int, end: int, units: Units) -> Found:
    before, after = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
    if after in _DATE_NEXT and (date := _DATE.match(text, start)) and date.end() >= end:
        return _each(text, start, date.end(), "date", "a date")
    if after == "：" and text[end + 1 : end + 2].isdigit():
        return _read_colons(text, start, end)
    if before == "第":
        return (_read_ordinal(text, start, end, read_numeral(text[start:end])),)
    if before.isascii() and before.isalpha():
        return (Numeral(start, end, "name", "part of a code or of a name in letters"),)
    if after == "/" and (part := _PART.match(text, start)) and _PART_BEFORE.search(text, max(0, start - 8), start):
        number = Decimal(part[1]) * 100 / Decimal(part[2])
        return (Mention(start, part.end(), part.end(), number, None, "%", "ratio", "amount", "="),)
    if after in _LINKED or before in _LINKED:
        return (Numeral(start, end, "name", "linked with a sign, as in 1+6"),)
    if before in "\n。；（" and (listed := _LISTED.match(text, start)):
        return _each(text, start, listed.end(), "ordinal", "the number of a heading or of an item")
    if _in_title(text, start):
        return (Numeral(start, end, "name", "inside a title"),)
    stop = end
    while text[stop : stop + 1] in _MULTIPLIERS and stop < len(text):
        stop += 1
    return _read_amount(text, start, end, stop, units)


def _read_han(text: str, start: int, end: int, units: Units) -> Found:
    printed = text[start:end]
    if text[start - 1 : start] == "第":
        return (_read_ordinal(text, start, end, read_numeral(printed)),)
    if streak := _STREAK.match(text, end):
        number = read_numeral(printed)
        if number is not None and number > 1:
            return (Mention(start, streak.end(), streak.end(), number, None, "年", "time", "streak", "="),)
    if printed[-1] in "一二两三四五六七八九" and (tenths := _TENTHS.match(text, end)):
        number = Decimal(DIGITS[printed[-1]] * 10 + (5 if tenths[0] == "成半" else 0))
        return (_bounded(text, end - 1, tenths.end(), number, "%", units),)
    if _in_title(text, start) or (text[start - 1 : start] in "“‘" and text[end : end + 1] in "”’"):
        return (Numeral(start, end, "name", "inside a title or a name in quotation marks"),)
    stem = len(printed.rstrip("十百千万亿"))
    if not stem and printed[0] != "十":
        return _read_magnitude(text, start, end, units)
    if len(printed) == 1:
        return _read_small(text, start, end, units)
    return _read_amount(text, start, start + max(stem, 1), end, units)


def _read_word(text: str, start: int, end: int) -> Mention | Numeral:
    """Read a quantity said in a word: 翻番, 两位数, 一半, 首位."""
    word = text[start:end]
    if word[0] == "翻":
        times = _DOUBLINGS.get(word[-2], 1)
        return Mention(start, end, end, Decimal(2**times - 1) * 100, None, "%", "ratio", "multiple", "=")
    if word == "两位数":
        return Mention(start, end, end, Decimal(10), None, "%", "ratio", "amount", ">=")
    if word in _WORD_NUMBERS:
        return Mention(start, end, end, Decimal(50), None, "%", "ratio", "amount", _WORD_NUMBERS[word])
    if _RANKING.search(text, max(0, start - 10), start):
        return Mention(start, end, end, Decimal(1), None, "位", "places", "rank", "=")
    return Numeral(start, end, "other", "first in importance, no rank")


def _read_part(text: str, start: int, end: int) -> Mention | Numeral:
    """Read 百分之五点五, 三分之一 as a percentage."""
    number = read_numeral(text[start:end])
    if number is None:
        return Numeral(start, end, "other", "no number")
    return Mention(start, end, end, number * 100, None, "%", "ratio", "amount", "=")


def _each(text: str, start: int, end: int, role: Role, reason: str) -> Found:
    """Give one `Numeral` for every run of digits in a span: the parts of a date, of a clock time, of a code."""
    return tuple(Numeral(run.start(), run.end(), role, reason) for run in _DIGITS.finditer(text, start, end))


def _in_title(text: str, start: int) -> bool:
    """Tell whether the position is inside 《》."""
    low = max(0, start - 60)
    return text.rfind("《", low, start) > text.rfind("》", low, start)


def _read_colons(text: str, start: int, end: int) -> Found:
    """Read figures with colons between them: a ratio where a comparison is spoken of, else a time of day."""
    ratio = _RATIO.match(text, start)
    if ratio is None:
        return (Numeral(start, end, "other", "before a colon"),)
    spoken = text[max(0, start - 14) : start]
    if "比" in spoken or "结构" in spoken or "例" in spoken or (ratio[0].count("：") > 1 and "." in ratio[0]):
        runs = list(_DIGITS.finditer(text, start, ratio.end()))
        if len(runs) == 2 and runs[1][0] == "1":
            first = Mention(start, ratio.end(), ratio.end(), Decimal(runs[0][0]), None, "", "", "ratio", "=")
            return (first, Numeral(runs[1].start(), runs[1].end(), "other", "the base of a ratio"))
        return tuple(Mention(r.start(), r.end(), r.end(), Decimal(r[0]), None, "", "", "ratio", "=") for r in runs)
    if clock := _CLOCK.match(text, start):
        return _each(text, start, clock.end(), "date", "a time of day")
    return (Numeral(start, end, "other", "before a colon"),)


def _read_ordinal(text: str, start: int, end: int, number: Decimal | None) -> Mention | Numeral:
    """Read what follows 第: a rank where a place in an order is spoken of, else an ordinal."""
    place = _RANKED_AFTER.match(text, end)
    closed = text[end : end + 1] in _CLOSES or end == len(text)
    if number is not None and (place or closed) and _RANKING.search(text, max(0, start - 20), start - 1):
        stop = place.end() if place else end
        return Mention(start, stop, stop, number, None, "位", "places", "rank", "=")
    return Numeral(start, end, "ordinal", "an ordinal")


def _read_magnitude(text: str, start: int, end: int, units: Units) -> Found:
    """Read a run of 百千万亿 alone: a number after a bound (上千万家庭), a condition (亿元以上), else part of a name."""
    unit = units.at(text, end)
    before = text[start - 1 : start] or "\n"
    noun, implied = units.counted_at(text, end)
    if len(noun) > len(unit):
        unit = ""
    defines = unit and _AFTER.match(text, end + len(unit))
    if before in _BEFORE_SIZE and (unit or noun) and not (defines and before in "约达"):
        number = Decimal(read_multiplier(text[start:end]))
        bound = _SIZE_BOUNDS.get(before, "=")
        return (_bounded(text, start, end + len(unit), number, unit or implied, units, bound=bound, counted=noun),)
    if defines:
        return (Numeral(start, end, "condition", "a size that defines what is counted"),)
    return (Numeral(start, end, "name", "a magnitude inside a name"),)


def _read_small(text: str, start: int, end: int, units: Units) -> Found:
    """Read one Chinese digit: a quantity only in points, in times, in a streak, or where something new is counted."""
    number = read_numeral(text[start:end])
    unit, stop = _unit_at(text, end, units)
    if number is None or not unit:
        return (Numeral(start, end, "other", "a Chinese digit without a unit"),)
    spoken = text[max(0, start - 4) : start]
    dimension = units.dimension_of(unit)
    if _RUNNING.search(spoken):
        return (Mention(start, stop, stop, number, None, unit, dimension, "streak", "="),)
    counted = _CREATING.search(spoken) and text[start] != "一" and dimension != "time"
    if dimension in ("points", "times") or counted or (unit == "位" and _MOVING.search(spoken)):
        return (_bounded(text, start, stop, number, unit, units),)
    return (Numeral(start, end, "date" if dimension == "time" else "other", "a small count inside a name or an idiom"),)


def _unit_at(text: str, position: int, units: Units) -> tuple[str, int]:
    """Give the unit at `position` and where it ends; 个 before a unit proper is passed over (个百分点)."""
    unit = units.at(text, position)
    if len(units.counted_at(text, position)[0]) > len(unit):
        return "", position
    if unit == "个" and (inner := units.at(text, position + 1)) and units.dimension_of(inner) in _PASSED_OVER:
        return inner, position + 1 + len(inner)
    return unit, position + len(unit)


def _read_amount(text: str, start: int, end: int, stop: int, units: Units) -> Found:
    """Read the number [start, end), its multipliers [end, stop) and what follows: 多, a unit, a range, a bound."""
    value = read_numeral(text[start:end])
    if value is None:
        return (Numeral(start, end, "other", "no number"),)
    loose, unit = "=", ""
    factor, behind = read_multiplier(text[end:stop]), stop
    if text[stop : stop + 1] in _LOOSE and stop < len(text):
        more = stop + 1
        while text[more : more + 1] in ("万", "亿"):
            more += 1
        unit, behind = _unit_at(text, more, units)
        if unit or more > stop + 1 or units.counted_at(text, more)[0]:
            loose, factor = _LOOSE[text[stop]], factor * read_multiplier(text[stop + 1 : more])
        else:
            behind = stop
    else:
        for cut in range(end, stop + 1):
            unit, behind = _unit_at(text, cut, units)
            if unit:
                factor = read_multiplier(text[end:cut])
                break
    span = _RANGE.match(text, behind)
    if span and (ranged := _read_range(text, start, span, value, factor, unit, units)):
        return ranged
    return (_judge(text, start, behind, value * factor, unit, loose, units),)


def _read_range(
    text: str, start: int, span: re.Match[str], low: Decimal, factor: int, unit: str, units: Units
) -> Found:  # fmt: skip
    """Read 2至3万元, 5%—20%: one mention, the second numeral inside it; the multiplier and the unit may stand once."""
    upper = read_numeral(span["high"])
    if upper is None or _FROM.search(text, max(0, start - 16), start):
        return ()
    stop = span.end()
    while text[stop : stop + 1] in _MULTIPLIERS and stop < len(text):
        stop += 1
    for cut in range(span.end(), stop + 1):
        second, behind = _unit_at(text, cut, units)
        if second:
            break
    else:
        return ()
    second_factor = read_multiplier(text[span.end() : cut])
    if unit not in ("", second):
        return ()
    if factor == 1 and not unit and second_factor > 1 and low < upper:
        factor = second_factor
    if low * factor >= upper * second_factor:
        return ()
    mention = _judge(text, start, behind, low * factor, second, "=", units)
    if not isinstance(mention, Mention):
        return (mention, Numeral(span.start("high"), span.end("high"), mention.role, mention.reason))
    return (
        mention._replace(high=upper * second_factor),
        Numeral(span.start("high"), span.end("high"), "other", "the upper end of a range"),
    )


def _judge(text: str, start: int, end: int, number: Decimal, unit: str, loose: str, units: Units) -> Mention | Numeral:
    """Decide whether a number with what follows it states a quantity."""
    numeral_end = end
    if not unit:
        noun, implied = units.counted_at(text, end)
        if noun and (number < 1000 or text[end - 1] in "十百千万亿多余来几"):
            return _bounded(text, start, end, number, implied, units, bound=loose, counted=noun)
        if named := _NAMED_AFTER.match(text, end):
            return Numeral(start, numeral_end, "name", f"part of a name before {named[0]}")
        if text[end - 1] in "万亿" or loose != "=" or _UNITLESS.search(text, max(0, start - 22), start):
            return _bounded(text, start, end, number, "", units, bound=loose)
        return Numeral(start, end, "other", "a number without a unit")
    if _RUNNING.search(text, max(0, start - 8), start):
        return Mention(start, end, end, number, None, unit, units.dimension_of(unit), "streak", "=")
    before = text[start - 1 : start]
    if unit == "届":
        return Numeral(start, end, "ordinal", "the number of a session")
    if (before in "“‘" and text[end : end + 1] in "”’") or _NAMED_WITH_UNIT.match(text, end):
        return Numeral(start, end, "name", "part of a name")
    if before == "前" and unit in ("位", "名"):
        return Mention(start, end, end, number, None, "位", "places", "rank", "<=")
    mention = _bounded(text, start, end, number, unit, units, bound=loose)
    follows = text[mention.after : mention.after + 1]
    modifies = follows == "的" or (follows not in _GOES_ON and follows.isalpha())
    sized = mention.dimension != "ratio" and unit not in _PLAIN_COUNTS
    defines = mention.after > end and mention.bound in (">=", "<=") and modifies and sized
    if defines or (unit in _AGES and not _MEASURED.search(text, max(0, start - 3), start)):
        return Numeral(start, end, "condition", "a size or an age that defines what is counted")
    if _EVERY.search(text, max(0, start - 6), start):
        return Numeral(start, end, "condition", "a step that a rate is stated for")
    if unit == "次" and _MEETING.match(text, end):
        return Numeral(start, end, "ordinal", "the number of a meeting")
    if unit in _SPANS_TIME and not (unit == "年" and "." in text[start:end]) and (follows not in _GOES_ON and follows.isalpha() or not _MEASURED.search(text, max(0, start - 3), start)):
        if unit != "米" and unit != "里" and not (unit == "度" and number > 1000):
            return Numeral(start, end, "date" if unit in ("年", "日", "个月") else "other", "a span of time")
    return mention


def _bounded(
    text: str, start: int, end: int, number: Decimal, unit: str, units: Units, *, bound: str = "=", counted: str = ""
) -> Mention:  # fmt: skip
    """Give the mention with the bound that stands behind it (以上, 左右) and the sign that stands before it."""
    after = end
    if trailing := _AFTER.match(text, end):
        bound, after = _AFTER_BOUND[trailing[1]], trailing.end()
    if text[start - 1 : start] in ("-", "−") and start > 1 and (text[start - 2].isalpha() or text[start - 2] in "\t "):
        number = -number
    return Mention(start, end, after, number, None, unit, units.dimension_of(unit), "amount", bound, counted)
