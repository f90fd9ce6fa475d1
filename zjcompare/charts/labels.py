"""Values as a Chinese newsroom prints them: one unit a chart or row, 万 and 亿, no zeros behind the point."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEVER_SCALED = frozenset({"", "%", "百分点", "个百分点", "位", "倍", "年", "次", "届", "岁", "天", "小时", "℃"})
_STEPS = ((1e12, 1e8, "亿"), (1e8, 1e8, "亿"), (1e5, 1e4, "万"))


def display_unit(values: Iterable[float], unit: str) -> tuple[float, str]:
    """Give the factor to divide by and the unit to print for values in `unit` (the largest one decides).

    >>> display_unit([500_436_000_000.0], "元")
    (100000000.0, '亿元')
    >>> display_unit([54.0, 6.2], "%")
    (1.0, '%')
    """
    if unit in _NEVER_SCALED or not unit.isalpha():
        return 1.0, unit
    largest = max((abs(value) for value in values if isfinite(value)), default=0.0)
    for floor, factor, prefix in _STEPS:
        if largest >= floor:
            return factor, prefix + unit
    return 1.0, unit


def format_number(value: float, places: int = 2) -> str:
    """Give a number with at most `places` decimals, thousands apart from five digits on, and a real minus sign.

    >>> format_number(5004.36), format_number(-3.0), format_number(59204.0)
    ('5004.36', '−3', '59,204')
    """
    if not isfinite(value):
        return "—"
    rounded = Decimal(repr(abs(float(value)))).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if rounded >= 10_000 else f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"−{text}" if value < 0 and rounded else text
