"""Printed numerals → exact numbers: 1,412, 339.6万, 一百二十三万, 两千六, 三分之一, 百分之五点五."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
SMALL = {"十": 10, "百": 100, "千": 1_000}
LARGE = {"万": 10_000, "亿": 100_000_000}
MULTIPLIERS = {**SMALL, **LARGE}

AFTER_DIGIT = r"[0-9]*(?:[,，][0-9]{3}(?![0-9]))*(?:\.[0-9]+)?"
ARABIC = f"[0-9]{AFTER_DIGIT}"
HAN = "零〇一二两三四五六七八九十百千万亿"
_ARABIC_THEN_HAN = re.compile(rf"({ARABIC})([十百千万亿]*)")
_MIXED = re.compile(rf"(?:{ARABIC}[十百千万亿]+)+(?:{ARABIC})?")
_FRACTION = re.compile(r"(.+)分之(.+)")


def read_multiplier(printed: str) -> int:
    """Give what a run of 十百千万亿 after a number multiplies it with.

    >>> read_multiplier("万亿")
    1000000000000
    """
    factor = 1
    for char in printed:
        factor *= MULTIPLIERS[char]
    return factor


@lru_cache(maxsize=4096)
def read_numeral(printed: str) -> Decimal | None:
    """Give the number that a numeral states, exactly, or None where it states none.

    Arabic digits with thousands separators and decimals, Chinese numerals with or without their last multiplier
    (两千六 is 2600), both mixed (1.2万亿, 3万4000), 点 for the decimal point, fractions and 百分之.

    >>> read_numeral("1,412"), read_numeral("一百二十三万"), read_numeral("两千六"), read_numeral("零售")
    (Decimal('1412'), Decimal('1230000'), Decimal('2600'), None)
    """
    if printed[:1].isascii():
        return _read_mixed(printed)
    if "分之" in printed and (fraction := _FRACTION.fullmatch(printed)):
        below, above = read_numeral(fraction[1]), read_numeral(fraction[2])
        return above / below if above is not None and below else None
    return _read_han(printed)


def _read_mixed(printed: str) -> Decimal | None:
    if match := _ARABIC_THEN_HAN.fullmatch(printed):
        digits, multipliers = match.groups()
        number = Decimal(digits.replace(",", "").replace("，", ""))
        return number * read_multiplier(multipliers) if multipliers else number
    if not _MIXED.fullmatch(printed):
        return None
    total, last = Decimal(0), None
    for match in _ARABIC_THEN_HAN.finditer(printed):
        factor = read_multiplier(match[2])
        if last is not None and factor >= last:
            return None
        number = Decimal(match[1].replace(",", "").replace("，", ""))
        if last is not None and number * factor >= last:
            return None
        total, last = total + number * factor, factor
    return total


def _read_han(printed: str) -> Decimal | None:
    whole, point, decimals = printed.partition("点")
    if point:
        number = _read_han(whole)
        figures = [DIGITS.get(char) for char in decimals.rstrip("十百千万亿")]
        if number is None or not figures or None in figures:
            return None
        tail = decimals[len(figures) :]
        shown = Decimal("0." + "".join(str(figure) for figure in figures))
        return (number + shown) * read_multiplier(tail)
    if not printed or any(char not in DIGITS and char not in MULTIPLIERS for char in printed):
        return None
    if not any(char in MULTIPLIERS for char in printed):
        return Decimal("".join(str(DIGITS[char]) for char in printed))
    return _read_grouped(printed)


def _read_grouped(printed: str) -> Decimal | None:
    """Read a Chinese numeral with multipliers; a bare last digit counts one place below the last (两千六)."""
    total = section = 0
    digit: int | None = None
    last = 0
    zero = False
    for char in printed:
        if char in DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = DIGITS[char]
            zero = zero or digit == 0
        elif char in SMALL:
            section += (digit or 1) * SMALL[char]
            digit, last, zero = None, SMALL[char], False
        else:
            section += digit or 0
            if total < LARGE[char]:
                total = (total + section or 1) * LARGE[char]
            elif section:
                total += section * LARGE[char]
            else:
                total *= LARGE[char]
            section, digit, last, zero = 0, None, LARGE[char], False
    if digit:
        section += digit if zero else digit * last // 10
    return Decimal(total + section)


def format_han(number: int) -> str:
    """Give a whole number as a Chinese numeral, the inverse of `read_numeral`.

    >>> format_han(1_230_000), format_han(2_006), format_han(15)
    ('一百二十三万', '二千零六', '十五')
    """
    if number < 10:
        return "零一二三四五六七八九"[number]
    if number >= 100_000_000:
        return _join_parts(number, 100_000_000, "亿")
    if number >= 10_000:
        return _join_parts(number, 10_000, "万")
    for name, size in (("千", 1_000), ("百", 100)):
        if number >= size:
            return _join_parts(number, size, name)
    tens = "" if number < 20 else format_han(number // 10)
    return tens + "十" + (format_han(number % 10) if number % 10 else "")


def _join_parts(number: int, size: int, name: str) -> str:
    high, low = divmod(number, size)
    head = format_han(high) + name
    if not low:
        return head
    below = format_han(low)
    if below[0] == "十":
        below = "一" + below
    return head + ("零" if low < size // 10 else "") + below
