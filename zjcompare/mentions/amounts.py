"""Number, unit and bound → a quantity, or the reason why it is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zjcompare.mentions.records import Found, Mention, Numeral
from zjcompare.mentions.units import Units, unit_at
from zjcompare.numerals import ARABIC, HAN, LARGE, MULTIPLIERS, read_multiplier, read_numeral

if TYPE_CHECKING:
    from decimal import Decimal

_LOOSE = {"多": ">", "余": ">", "来": "~", "几": ">"}
_AFTER_BOUND = {
    **dict.fromkeys(("以上", "及以上"), ">="),
    **dict.fromkeys(("以下", "及以下", "以内", "之内"), "<="),
    **dict.fromkeys(("左右", "上下"), "~"),
    **dict.fromkeys(("有余", "余", "多"), ">"),
}
_BEGINS_AFTER = frozenset(["（", *(words[0] for words in _AFTER_BOUND)])
AFTER = re.compile(rf"(?:（含）)?({'|'.join(_AFTER_BOUND)})")
_JOINS = "-–—~至到"
RANGE = re.compile(rf"(?:[-–—~]{{1,2}}|至|到)(?P<high>{ARABIC}|[{HAN}]+)")
_POINTS = re.compile(rf"(?:[、和与](?:下降|回落|减少|提高|上升|增加)?{ARABIC}个){{1,8}}百分点|(?P<more>[多余])百分点")
_FROM = re.compile(r"[从由自][^，。；、]{0,14}$")
_IN_ORDER = re.compile(r"分别|依次|各自")
_ROW = re.compile(rf"[、和及与][-−]?{ARABIC}(?:[万亿]*[、和及与][-−]?{ARABIC}){{0,8}}")
RUNNING = ("连续", "连续第", "连续举办", "连续成功举办", "连续承办")
_ENDS_RUNNING = frozenset(words[-1] for words in RUNNING)
_SPANS_TIME = frozenset(("天", "日", "小时", "分钟", "秒", "工作日", "个月", "年"))
_PLAIN_COUNTS = frozenset("个家项件处条所座名套台辆")
_AGES = frozenset(("周岁", "岁"))
_TIMES = _SPANS_TIME | _AGES
_CLOSES = ("", "，", "。", "；", "、")
_NAMED_WITH_UNIT = re.compile(
    r"(?:人口|变动|情况)*抽样|(?<=人)制(?![造作定止])|(?<=分)之|[^，。；、]{0,4}(?:规定|禁令|铁规)"
)
_EVERY = ("每", "每增长", "每提高", "每上升", "每下降", "每增加", "每减少", "每降低")
_ENDS_EVERY = frozenset(words[-1] for words in _EVERY)
_BASE_OF_RATIO = re.compile(r"以[^，。；（）]{1,6}为$")  # 性别比105（以女性为100）
_GOES_ON = frozenset("和或并且与至到同比较增降提减的，；、。）：占")


class Here(NamedTuple):
    """Where in which text a number begins, and the units to read it with."""

    text: str
    start: int
    units: Units


def skip_multipliers(text: str, position: int) -> int:
    """Give where the 十百千万亿 that stand at a position end."""
    while text[position : position + 1] in MULTIPLIERS:
        position += 1
    return position


def read_amount(here: Here, end: int, stop: int) -> Found:
    """Read the number up to `end`, its multipliers up to `stop` and what follows: 多, a unit, a range, a bound."""
    text, start, units = here
    loose, unit = "=", ""
    more = behind = cut = stop
    following = text[stop : stop + 1]
    if following in _LOOSE:
        more = stop + 1
        while text[more : more + 1] in ("万", "亿"):
            more += 1
        unit, behind = unit_at(text, more, units)
        if unit or more > stop + 1 or units.counted_at(text, more)[0]:
            loose = _LOOSE[following]
        else:
            more, behind = stop, stop
    else:
        for cut in range(end, stop + 1):
            unit, behind = unit_at(text, cut, units)
            if unit:
                break
    if unit == "个" and (points := _POINTS.match(text, behind)):
        unit, loose = "百分点", ">" if points["more"] else "="
        behind = points.end() if points["more"] else behind
    value = read_numeral(text[start:cut])
    if value is None:
        return (Numeral(start, stop, "other", "no number"),)
    if loose != "=":
        value *= read_multiplier(text[stop + 1 : more])
    if behind < len(text) and text[behind] in _JOINS and (span := RANGE.match(text, behind)):
        ranged = _read_range(here, span, value, unit)
        if ranged:
            return ranged
    return (_judge(here, behind, value, unit, bound=loose),)


def _read_range(here: Here, span: re.Match[str], low: Decimal, unit: str) -> Found:
    """Read 2至3万元, 5%—20%: one mention, the second numeral inside it; the multiplier and the unit may stand once."""
    text, start, units = here
    upper = read_numeral(span["high"])
    if upper is None or _FROM.search(text, max(0, start - 16), start):
        return ()
    stop = skip_multipliers(text, span.end())
    for cut in range(span.end(), stop + 1):
        second, behind = unit_at(text, cut, units)
        if second:
            break
    else:
        return ()
    if unit not in ("", second):
        return ()
    large = any(char in LARGE for char in text[start : span.start()])
    shared = read_multiplier(text[span.end() : cut])
    upper *= shared
    high = span["high"]
    stem = len(high.rstrip("十百千万亿")) if low < 10 else 0
    shared *= read_multiplier(high[stem if stem == 1 else len(high.rstrip("万亿")) :])
    if not unit and low * shared < upper and not large:
        low *= shared
    if low >= upper:
        return ()
    mention = _judge(here, behind, low, second)
    if not isinstance(mention, Mention):
        return (mention, Numeral(span.start("high"), behind, mention.role, mention.reason))
    return (
        mention._replace(high=upper),
        Numeral(span.start("high"), behind, "other", "the upper end of a range"),
    )


def _judge(here: Here, end: int, number: Decimal, unit: str, *, bound: str = "=") -> Mention | Numeral:
    """Decide whether a number with what follows it states a quantity."""
    if not unit:
        return _judge_bare(here, end, number, bound)
    text, start, units = here
    before = text[start - 1 : start]
    if before in _ENDS_RUNNING and text.endswith(RUNNING, 0, start):
        return Mention(start, end, end, number, None, unit, units.dimension_of(unit), "streak", "=")
    if unit == "届":
        return Numeral(start, end, "ordinal", "the number of a session")
    following = text[end : end + 1]
    if before in ("“", "‘") and following in ("”", "’"):
        return Numeral(start, end, "name", "part of a name")
    if following not in _CLOSES and _NAMED_WITH_UNIT.match(text, end):
        return Numeral(start, end, "name", "part of a name")
    if before == "前" and unit in ("位", "名"):
        return Mention(start, end, end, number, None, "位", "places", "rank", "<=")
    if unit == "次" and units.meeting.match(text, end):
        return Numeral(start, end, "ordinal", "the number of a meeting")
    if before in _ENDS_EVERY and text.endswith(_EVERY, 0, start):
        return Numeral(start, end, "condition", "a step that a rate is stated for")
    mention = bounded(here, end, number, unit, bound=bound)
    if mention.after == end and unit not in _TIMES:
        return mention
    follows = text[mention.after : mention.after + 1]
    goes_on = follows.isalpha() and follows not in _GOES_ON
    measured = units.lasts.search(text, max(0, start - 3), start) is not None
    sizes = mention.after > end and mention.bound in (">=", "<=") and (follows == "的" or goes_on)
    if (sizes and mention.dimension != "ratio" and unit not in _PLAIN_COUNTS) or (unit in _AGES and not measured):
        return Numeral(start, end, "condition", "a size or an age that defines what is counted")
    if unit in _SPANS_TIME and (goes_on or not measured) and not (unit == "年" and "." in text[start:end]):
        return Numeral(start, end, "date" if unit in ("年", "日", "个月") else "other", "a span of time")
    return mention


def _judge_bare(here: Here, end: int, number: Decimal, bound: str) -> Mention | Numeral:
    """Decide whether a number without a unit states a quantity."""
    text, start, units = here
    noun, implied = units.counted_at(text, end)
    named = units.numbered.match(text, end)
    longer = named is None or len(noun) > len(named[0])  # 网民, not 网; 县道, not 县
    if noun and longer and (number < 1000 or text[end - 1] in "十百千万亿多余来几"):
        return bounded(here, end, number, implied, bound=bound, counted=noun)
    if named:
        return Numeral(start, end, "name", f"part of a name before {named[0]}")
    if text[end : end + 1].isascii() and text[end : end + 1].isalpha():
        return Numeral(start, end, "name", "part of a name with letters")
    if shared := _shared_unit(here, end):
        larger = 1 if text[end - 1] in LARGE else shared[1]
        return bounded(here, end, number * larger, shared[0], bound=bound)
    if text[end - 1] in "万亿" or bound != "=" or _is_unitless(here):
        return bounded(here, end, number, "", bound=bound)
    return Numeral(start, end, "other", "a number without a unit")


def _shared_unit(here: Here, end: int) -> tuple[str, int] | None:
    """Give unit and multiplier that stand once behind a row of figures: 分别为3.2、4.5和6.1万元."""
    text, start, units = here
    if not _IN_ORDER.search(text, max(0, start - 24), start):
        return None
    row = _ROW.match(text, end)
    if row is None:
        return None
    stop = skip_multipliers(text, row.end())
    for cut in range(row.end(), stop + 1):
        unit, _ = unit_at(text, cut, units)
        if unit:
            return unit, read_multiplier(text[row.end() : cut])
    return None


def _is_unitless(here: Here) -> bool:
    """Tell whether the words before a number name something that has no unit (指数, 收入比), or its change."""
    text, start, units = here
    if _BASE_OF_RATIO.search(text, max(0, start - 10), start):
        return False
    named = units.unitless.search(text, max(0, start - 22), start)
    return bool(named or units.unitless_change.search(text, max(0, start - 40), start))


def bounded(here: Here, end: int, number: Decimal, unit: str, *, bound: str = "=", counted: str = "") -> Mention:
    """Give the mention with the bound that stands behind it (以上, 左右) and the sign that stands before it."""
    text, start, units = here
    after = end
    if text[end : end + 1] in _BEGINS_AFTER and (trailing := AFTER.match(text, end)):
        bound, after = _AFTER_BOUND[trailing[1]], trailing.end()
    if (
        text[start - 1 : start] in ("-", "−")
        and start > 1
        and (text[start - 2].isalpha() or text[start - 2] in "\t （、")
    ):
        number = -number
    return Mention(start, end, after, number, None, unit, units.dimension_of(unit), "amount", bound, counted)
