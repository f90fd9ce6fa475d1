"""CleanText → mentions: the quantities, as printed and as numbers, and what every other numeral is."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from zjcompare.mentions.amounts import AFTER, RANGE, RUNNING, Here, bounded, read_amount, skip_multipliers
from zjcompare.mentions.colons import read_colons, read_each
from zjcompare.mentions.orders import read_among, read_ordinal
from zjcompare.mentions.records import Found, Mention, Numeral
from zjcompare.mentions.units import Units, unit_at
from zjcompare.numerals import AFTER_DIGIT, ARABIC, DIGITS, HAN, MULTIPLIERS, read_multiplier, read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMERAL = re.compile(
    rf"""
    [0-9{HAN}翻半过首榜]             # first, as one class is what a search finds fast
    (?: (?P<arabic>(?<=[0-9]){AFTER_DIGIT})
      | (?P<word>(?<=翻)了?[一两二三四]?番|(?<=两)位数|(?<=一)半|(?<=(?<!双)过)半|(?<=半)数|(?<=首)位|(?<=榜)首)
      | (?P<part>(?<=[{HAN}])[{HAN}]*分之[{HAN}]+(?:点[{HAN}]+)?)
      | (?P<han>(?<=[{HAN}])[{HAN}]*(?:点[零〇一二三四五六七八九]+[十百千万亿]*)?)
    )
    """,
    re.VERBOSE,
)
_DIGITS = re.compile(ARABIC)
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}(?:[-—–~至到/]{1,2}(?:19|20)?[0-9]{2})?(?=年|财年)|(?:19|20)[0-9]{2}[-./][0-9]{1,2}(?:[-./][0-9]{1,2})?(?![0-9])"
    r"|(?:19|20)[0-9]{2}[-—–_~至到]{1,2}(?:19|20)[0-9]{2}(?![0-9])"
    r"|[0-9]{1,2}(?:[-—–~至到、][0-9]{1,2}){0,11}月(?:份)?(?:[0-9]{1,2}(?:[-—–~至到、][0-9]{1,2}){0,11}日)?|[0-9]{1,2}日|[0-9]{1,2}时(?:[0-9]{1,2}分)?"
)
_PART = re.compile(r"(?<!/)([1-9])/([1-9][0-9]?)(?![0-9/])")
_PART_BEFORE = re.compile(r"[占达近约为过的到]")
_DATE_NEXT = frozenset("年财月日时-./—–_~至到、")
_LISTED = re.compile(
    r"[0-9]{1,2}(?:[.、）](?![0-9])|、(?=[0-9][0-9.]*[^0-9、，。\n]{1,6}(?:\n|$)))"
    r"|[0-9]{1,2}\.[0-9]{1,2}(?=[\u4e00-\u9fff ])(?!万|亿|元|个|倍)"
)
ITEM_WORDS = "数字|数据|关键词|亮点|看点"  # before the number of an item: 亮点3：…
_ITEM_BEFORE = re.compile(rf"(?:{ITEM_WORDS})$")
_LINKED = frozenset("+×*/\\_=@&")
_OPENS = frozenset("（，、：\t ")  # before a sign
_TENTHS = re.compile(r"成(?![为功立员果熟效绩本交长型就都分品千群片套人年规建])半?")
_STREAK = re.compile(r"连(?:增|降|涨|冠|升|跌|丰|胜|跳|快)")
_ABOUT = re.compile(r"(?=两三|三四|三五|四五|五六|六七|七八|八九)([两三四五六七八])([三四五六七八九])([十百千万亿]*)")
_CONGRESS = re.compile(r"[党的“、和]$")
_FIRST_IN_LINE = re.compile(r"\n?[零一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")
_BEFORE_ITEM = frozenset("\n（零一二三四五六七八九十")
_WORD_NUMBERS = {"一半": "=", "半数": "=", "过半": ">"}
_DOUBLINGS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4}
_BEFORE_SIZE = frozenset("上数几过破超近逾达约")
KIND_OF_SIZE = re.compile(  # behind a sum that says how big a thing is: 过千亿元城市, 投资上亿元的大项目
    r"的?(?:大|重[大点]|骨干|工业|农业|特色|优势)*(?:项目|企业|产业|城市|园区|市场|乡镇|集群|镇|村|县|区)(?!.{0,4}资金)"
)
_SIZE_BOUNDS = {"上": ">=", "数": ">", "几": ">"}


def find_mentions(text: str, units: Units) -> Iterator[Mention | Numeral]:
    """Give every numeral of a clean text in reading order: the quantities as `Mention`, all others as `Numeral`.

    >>> from zjcompare.lexicon import Lexicon
    >>> from zjcompare.mentions import compile_units
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
            found = (_read_word(text, start, end, units),)
        else:
            found = (_read_part(text, start, end),)
        position = end
        for item in found:
            yield item
            position = max(position, item.end)


def _read_arabic(text: str, start: int, end: int, units: Units) -> Found:
    before, after = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
    if after in _DATE_NEXT and (date := _DATE.match(text, start)) and date.end() >= end:
        return read_each(text, (start, date.end()), "date", "a date")
    if after == "：" and text[end + 1 : end + 2].isdigit():
        if _ITEM_BEFORE.search(text, max(0, start - 4), start):
            return (Numeral(start, end, "ordinal", "the number of a heading or of an item"),)
        return read_colons(text, start, end)
    if before == "[" and after == "]":
        return (Numeral(start, end, "other", "the number of a note"),)
    if before == "前" and (among := read_among(text, start, end)):
        return (among,)
    if before == "第":
        return (read_ordinal(text, start, end, units),)
    if before.isascii() and before.isalpha():
        return (Numeral(start, end, "name", "part of a code or of a name in letters"),)
    if after == "/" and units.at(text, end):  # 17.8/10万
        return read_amount(Here(text, start, units), end, end)
    if after == "/" and (part := _PART.match(text, start)) and _PART_BEFORE.search(text, max(0, start - 8), start):
        number = Decimal(part[1]) * 100 / Decimal(part[2])
        return (Mention(start, part.end(), part.end(), number, None, "%", "ratio", "amount", "="),)
    if after in _LINKED or (before in _LINKED and not (before == "+" and text[start - 2 : start - 1] in _OPENS)):
        return (Numeral(start, end, "name", "linked with a sign, as in 1+6"),)
    listed = _LISTED.match(text, start) if before in "\n。；（：" else None
    if listed and (before != "：" or text.endswith("注：", 0, start)):
        return read_each(text, (start, listed.end()), "ordinal", "the number of a heading or of an item")
    if _in_title(text, start):
        return (Numeral(start, end, "name", "inside a title"),)
    if after not in MULTIPLIERS:
        return read_amount(Here(text, start, units), end, end)
    stop = skip_multipliers(text, end)
    if text[stop : stop + 1].isdigit() and (lower := _DIGITS.match(text, stop)):
        whole = skip_multipliers(text, lower.end())  # 3万4000
        if read_numeral(text[start:whole]) is not None:
            return read_amount(Here(text, start, units), lower.end(), whole)
    return read_amount(Here(text, start, units), end, stop)


def _read_han(text: str, start: int, end: int, units: Units) -> Found:
    printed = text[start:end]
    before, after = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
    if before == "前" and (among := read_among(text, start, end)):
        return (among,)
    if before == "第":
        return (read_ordinal(text, start, end, units),)
    if after == "连" and (streak := _STREAK.match(text, end)):
        number = read_numeral(printed)
        if number is not None and number > 1:
            return (Mention(start, streak.end(), streak.end(), number, None, "年", "time", "streak", "="),)
    if after == "成" and printed[-1] in "一二两三四五六七八九" and (tenths := _TENTHS.match(text, end)):
        number = Decimal(DIGITS[printed[-1]] * 10 + (5 if tenths[0] == "成半" else 0))
        return (bounded(Here(text, end - 1, units), tenths.end(), number, "%"),)
    if _in_title(text, start) or (before in "“‘" and after in "”’"):
        return (Numeral(start, end, "name", "inside a title or a name in quotation marks"),)
    if before in _BEFORE_ITEM and _FIRST_IN_LINE.match(text, start - 1 if start else 0):
        return (Numeral(start, end, "ordinal", "the number of a heading or of an item"),)
    if len(printed) > 1 and (about := _ABOUT.fullmatch(printed)) and (unit := unit_at(text, end, units))[0]:
        low, high = (DIGITS[char] * read_multiplier(about[3]) for char in about.group(1, 2))
        mention = bounded(Here(text, start, units), unit[1], Decimal(low), unit[0])
        return (mention._replace(high=Decimal(high)),)
    stem = len(printed.rstrip("十百千万亿"))
    if not stem and printed[0] != "十":
        return _read_magnitude(text, start, end, units)
    if after == "大" and printed[0] in "十二" and _CONGRESS.search(text, max(0, start - 3), start):
        return (Numeral(start, end, "ordinal", "the number of a congress"),)
    if len(printed) == 1 and printed != "一" and RANGE.match(text, end):
        ranged = read_amount(Here(text, start, units), end, end)
        if isinstance(ranged[0], Mention) and ranged[0].high is not None:
            return ranged
    if len(printed) == 1 and (printed != "十" or after not in "余多几来"):
        return _read_small(text, start, end, units)
    return read_amount(Here(text, start, units), start + max(stem, 1), end)


def _read_word(text: str, start: int, end: int, units: Units) -> Mention | Numeral:
    """Read a quantity said in a word: 翻番, 两位数, 一半, 首位."""
    word = text[start:end]
    if word[0] == "翻":
        times = _DOUBLINGS.get(word[-2], 1)
        grown = bounded(Here(text, start, units), end, Decimal(2**times - 1) * 100, "%")
        return grown._replace(kind="multiple")
    if word == "两位数":
        return Mention(start, end, end, Decimal(10), None, "%", "ratio", "amount", ">=")
    if word in _WORD_NUMBERS:
        return bounded(Here(text, start, units), end, Decimal(50), "%", bound=_WORD_NUMBERS[word])
    if units.order.search(text, max(0, start - 10), start):
        return Mention(start, end, end, Decimal(1), None, "位", "places", "rank", "=")
    return Numeral(start, end, "other", "first in importance, no rank")


def _read_part(text: str, start: int, end: int) -> Mention | Numeral:
    """Read 百分之五点五, 三分之一 as a percentage."""
    number = read_numeral(text[start:end])
    if number is None:
        return Numeral(start, end, "other", "no number")
    return Mention(start, end, end, number * 100, None, "%", "ratio", "amount", "=")


def _in_title(text: str, start: int) -> bool:
    """Tell whether the position is inside 《》."""
    opened = text.rfind("《", max(0, start - 60), start)
    return opened >= 0 and text.find("》", opened, start) < 0


def _read_magnitude(text: str, start: int, end: int, units: Units) -> Found:
    """Read a run of 百千万亿 alone: a number after a bound (上千万家庭), a condition (亿元以上), or part of a name."""
    unit = units.at(text, end)
    before = text[start - 1 : start] or "\n"
    noun, implied = units.counted_at(text, end)
    if len(noun) > len(unit):
        unit = ""
    defines = unit and AFTER.match(text, end + len(unit))
    kind = unit == "元" and KIND_OF_SIZE.match(text, end + 1)
    if before in _BEFORE_SIZE and (unit or noun) and not (kind or (defines and before in "约达")):
        number = Decimal(read_multiplier(text[start:end]))
        bound = _SIZE_BOUNDS.get(before, "=")
        first = start - 1 if before in "数几" else start
        return (bounded(Here(text, first, units), end + len(unit), number, unit or implied, bound=bound, counted=noun),)
    if defines or kind:
        return (Numeral(start, end, "condition", "a size that defines what is counted"),)
    return (Numeral(start, end, "name", "a magnitude inside a name"),)


def _read_small(text: str, start: int, end: int, units: Units) -> Found:
    """Read one Chinese digit: a quantity only in points, in times, in a streak, or where something new is counted."""
    number = read_numeral(text[start:end])
    unit, stop = unit_at(text, end, units)
    if text[start - 1 : start] in ("“", "‘"):
        return (Numeral(start, end, "name", "the beginning of a name in quotation marks"),)
    if number is None or not unit:
        return (Numeral(start, end, "other", "a Chinese digit without a unit"),)
    spoken = text[max(0, start - 4) : start]
    dimension = units.dimension_of(unit)
    if text.endswith(RUNNING, 0, start):
        return (Mention(start, stop, stop, number, None, unit, dimension, "streak", "="),)
    counted = units.creates.search(spoken) and text[start] != "一" and dimension != "time"
    if dimension in ("points", "times") or counted or (unit == "位" and units.shifts.search(spoken)):
        return (bounded(Here(text, start, units), stop, number, unit),)
    return (Numeral(start, end, "date" if dimension == "time" else "other", "a small count inside a name or an idiom"),)
