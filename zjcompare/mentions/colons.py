"""Figures with colons between them → ratios (28：72), times of day, and the numerals of a span that is one thing."""

from __future__ import annotations

import re
from decimal import Decimal

from zjcompare.mentions.records import Found, Mention, Numeral, Role
from zjcompare.numerals import ARABIC

_DIGITS = re.compile(ARABIC)
_NEAR, _FAR = 14, 40  # characters before a ratio in which a comparison is spoken of; far for decimals only
_RATIO = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:：[0-9]+(?:\.[0-9]+)?)+")
_BECAME = re.compile(r"：[0-9.]+(?:变|调整|优化|演进|转变|改善|提升)(?:到|至|为)$")  # 由28：72变为29：71
_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-4])：[0-5][0-9](?:：[0-5][0-9])?(?![0-9：.])")


def read_colons(text: str, start: int, end: int) -> Found:
    """Read figures with colons between them: a ratio where a comparison is spoken of, else a time of day."""
    ratio = _RATIO.match(text, start)
    if ratio is None:
        return (Numeral(start, end, "other", "before a colon"),)
    spoken = text[max(0, start - (_FAR if "." in ratio[0] else _NEAR)) : start]
    compares = "比" in spoken or "结构" in spoken or "例" in spoken or _BECAME.search(spoken) is not None
    if compares or (ratio[0].count("：") > 1 and "." in ratio[0]):
        runs = list(_DIGITS.finditer(text, start, ratio.end()))
        if len(runs) == 2 and runs[1][0] in ("1", "100"):
            first = Mention(start, ratio.end(), ratio.end(), Decimal(runs[0][0]), None, "", "", "ratio", "=")
            return (first, Numeral(runs[1].start(), runs[1].end(), "other", "the base of a ratio"))
        return tuple(Mention(r.start(), r.end(), r.end(), Decimal(r[0]), None, "", "", "ratio", "=") for r in runs)
    if clock := _CLOCK.match(text, start):
        return read_each(text, (start, clock.end()), "date", "a time of day")
    return read_each(text, (start, ratio.end()), "other", "before or behind a colon")


def read_each(text: str, span: tuple[int, int], role: Role, reason: str) -> Found:
    """Give one `Numeral` for every run of digits in a span: the parts of a date, of a clock time, of a code."""
    return tuple(Numeral(run.start(), run.end(), role, reason) for run in _DIGITS.finditer(text, *span))
