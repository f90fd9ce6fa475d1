"""Numbers → figures as a newsroom prints them: 4127亿元, 1.27万亿元, 339.6万人, 1.5个百分点; 412.7 billion yuan.

Large numbers are told in 万, 亿 and 万亿 (in English in million, billion, trillion), money below a million in full
(52700元), and as many decimals as asked for are kept, one where nothing is asked (万亿: two). Rounding is half away
from zero, as statisticians and newspapers round (GB/T 8170 is for measurements).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from zjcompare.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

_CHINESE = ((12, "万亿"), (8, "亿"), (4, "万"))
_ENGLISH = ((12, " trillion"), (9, " billion"), (6, " million"))
_POINTS = {"百分点": "个百分点", "千分点": "个千分点"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as printed: what it reads back to (`value` in `unit`), and its words in Chinese and English."""

    value: float
    unit: str
    zh: str
    en: str


def format_figure(
    value: float, unit: str, *, decimals: int | None = None, fixed: bool = False, lexicon: Lexicon | None = None
) -> Figure:
    """Give `value` in `unit` as a newsroom prints it, with at most `decimals` decimals of its 万, 亿 or 万亿.

    `fixed` keeps zeros at the end (6.0%). Raises `ValueError` where `value` is no finite number.

    >>> format_figure(412700000000, "元").zh, format_figure(1.27e12, "元").zh, format_figure(52700, "元").zh
    ('4127亿元', '1.27万亿元', '52700元')
    >>> format_figure(-1.5, "百分点").zh, format_figure(412700000000, "元").en
    ('-1.5个百分点', '412.7 billion yuan')
    """
    number = Decimal(repr(float(value)))
    if not number.is_finite():
        raise ValueError(f"{value} is no number to print")
    power, word = _told_in(number, unit)
    keep = decimals if decimals is not None else (2 if power == 12 else 1)
    mantissa = _rounded(number.scaleb(-power), keep)
    carried = _told_in(mantissa.scaleb(power), unit)
    if carried[0] > power:  # 9999.96亿 is printed as 1万亿
        mantissa, (power, word) = mantissa.scaleb(power - carried[0]), carried
    mantissa = mantissa if fixed else Decimal(_plain(mantissa))
    shown = mantissa.scaleb(power)
    digits = f"{mantissa:f}" if fixed else _plain(mantissa)
    english = _english(mantissa if fixed and not power else shown, unit, lexicon or Lexicon.default())
    return Figure(float(shown), unit, f"{digits}{word}{_POINTS.get(unit, unit)}", english)


def _told_in(number: Decimal, unit: str) -> tuple[int, str]:
    """Give the power of ten and the word that a number of this size is told in."""
    if unit in ("%", "‰", *_POINTS):
        return 0, ""
    size = abs(number)
    for power, word in _CHINESE:
        if size >= Decimal(10) ** power and not (power == 4 and unit.endswith("元") and size < 10**6):
            return power, word
    return 0, ""


def _english(number: Decimal, unit: str, lexicon: Lexicon) -> str:
    name = _names(lexicon).get(unit, unit)
    for power, word in _ENGLISH if unit not in ("%", "‰") else ():
        if abs(number) >= Decimal(10) ** power:
            return f"{_plain(number.scaleb(-power))}{word} {name}".rstrip()
    if unit in ("%", "‰"):
        return f"{number:f}{unit}"
    words = f"{number.normalize():,f}"
    if name.endswith("s") and abs(number) == 1:
        name = name.removesuffix("s")
    return f"{words} {name}".rstrip()


@lru_cache(maxsize=8)
def _names(lexicon: Lexicon) -> dict[str, str]:
    counts = {row["unit"]: "" for row in lexicon.rows("units") if row["dimension"].startswith("count")}
    return counts | {row["unit"]: row["en"] for row in lexicon.rows("unit_names")}


def _rounded(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def tell_apart(values: Iterable[float], unit: str, *, most: int = 4) -> int:
    """Give the fewest decimals, from one up to `most`, with which all `values` are printed differently.

    >>> tell_apart([476300000000, 476342000000], "元")
    1
    """
    distinct = set(values)
    for decimals in range(1, most):
        if len({format_figure(value, unit, decimals=decimals).zh for value in distinct}) == len(distinct):
            return decimals
    return most


def ordinal(number: int, *, language: Literal["zh", "en"]) -> str:
    """Give a rank as printed: 第4位, 4th.

    >>> ordinal(4, language="zh"), ordinal(22, language="en"), ordinal(13, language="en")
    ('第4位', '22nd', '13th')
    """
    if language == "zh":
        return f"第{number}位"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"
