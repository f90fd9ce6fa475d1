"""A figure as printed → the interval that it stands for.

A figure printed with its last digit in the tenths of 亿元 may stand for anything half a tenth to either side: this is
the rounding interval that every comparison here is made with (interval arithmetic: R. E. Moore, *Interval Analysis*,
1966). Bounds widen it: 超过 is open upwards, 不足 downwards, and 约 widens it to `ABOUT` of the value, or to ten units
of the last printed digit where that is less, but never to less than one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

ABOUT = 0.02
_SPACE = re.compile(r"(?<=[\d.]) (?=[\d.])")
_NUMERAL = re.compile(r"\d[\d,，]*(?:[.．]\d+)?")


def half_unit(text: str, value: float) -> float:
    """Give half of the last printed digit of `text`, in the unit of `value` (万, 亿 and 倍 multiplied out).

    Where `text` has no digits (四连增, 翻番, 三成) the last digit of `value` that is not zero counts instead.

    >>> half_unit("**339.6**万人", 3396000.0)
    500.0
    >>> half_unit("1.5倍", 150.0)
    5.0
    >>> half_unit("6. 1%", 6.1)
    0.05
    """
    found = _NUMERAL.search(_SPACE.sub("", text))
    if found is None:
        return _half_of_digits(value)
    printed = found.group().replace(",", "").replace("，", "").replace("．", ".")
    decimals = len(printed.partition(".")[2])
    number = float(printed)
    multiplier = 10 ** round(np.log10(abs(value) / number)) if number and value else 1.0
    return float(0.5 * 10**-decimals * multiplier)


def _half_of_digits(value: float) -> float:
    digits = np.format_float_positional(abs(value), trim="-")
    whole, _, fraction = digits.partition(".")
    if fraction:
        return float(0.5 * 10 ** -len(fraction))
    zeros = len(whole) - len(whole.rstrip("0"))
    return float(0.5 * 10 ** (zeros if whole.strip("0") else 0))


def intervals(table: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the low and high end that each row of observations stands for, in the row's own unit.

    `table` has the columns `text`, `value`, `high` and `bound` of the observation table. An open end is infinite.
    """
    value = table["value"].to_numpy(float)
    top = table["high"].to_numpy(float, na_value=np.nan)
    top = np.where(np.isnan(top), value, top)
    half = half_units(table["text"], value)
    bound = table["bound"].to_numpy(object)
    about = np.maximum(2 * half, np.minimum(20 * half, ABOUT * np.abs(value)))
    margin = np.where(bound == "~", about, half)
    low = np.where(np.isin(bound, (">=", ">")), value, np.minimum(value, top) - margin)
    high = np.where(np.isin(bound, ("<=", "<")), top, np.maximum(value, top) + margin)
    low = np.where(np.isin(bound, ("<=", "<")), -np.inf, low)
    high = np.where(np.isin(bound, (">=", ">")), np.inf, high)
    return low, high


def half_units(texts: pd.Series, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give `half_unit` of each text and value, computed once for each distinct pair."""
    text_code, text_of = pd.factorize(texts)
    value_code, value_of = pd.factorize(values)
    pair_code, pair_of = pd.factorize(text_code.astype(np.int64) * (len(value_of) + 1) + value_code)
    text_at, value_at = np.divmod(pair_of, len(value_of) + 1)
    texts_at = [text_of[i] if i >= 0 else "" for i in text_at]
    halves = [half_unit(text, float(value_of[j])) for text, j in zip(texts_at, value_at, strict=True)]
    return np.array(halves, dtype=float)[pair_code] if halves else np.empty(0)
