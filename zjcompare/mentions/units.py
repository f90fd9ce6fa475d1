"""The units of a lexicon, to be found in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from zjcompare.cues import one_of, read_cues

if TYPE_CHECKING:
    from zjcompare.lexicon import Lexicon

_YEAR_GOES_ON = ("末", "底", "初", "均", "度")
_PASSED_OVER = frozenset(("points", "container", "time", "lessons", "power", "mass"))


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a lexicon, by first character and longest first, nouns that imply one, and the cues of numbers."""

    by_first: dict[str, tuple[str, ...]]
    dimension: dict[str, str]
    factor: dict[str, Decimal]
    implied: dict[str, tuple[tuple[str, str], ...]]
    numbered: re.Pattern[str]  # behind the number of a name
    meeting: re.Pattern[str]
    lasts: re.Pattern[str]  # before a span of time
    order: re.Pattern[str]
    shifts: re.Pattern[str]
    creates: re.Pattern[str]
    unitless: re.Pattern[str]  # before a number without a unit
    unitless_change: re.Pattern[str]

    def at(self, text: str, position: int) -> str:
        """Give the longest unit that stands at `position`, compounds (元/人, 元/平方米·月) included, or nothing."""
        unit = self._simple(text, position)
        if not unit:
            return unit
        stop = position + len(unit)
        sign = "/"
        while text[stop : stop + 1] and text[stop] in sign and (below := self._below(text, stop + 1)):
            stop += 1 + below
            sign = "/·"
        return text[position:stop]

    def _below(self, text: str, position: int) -> int:
        """Give the length of the unit behind / or ·, which may have 百, 千, 万 or 亿 before it (张/千人)."""
        if below := self._simple(text, position):
            return len(below)
        if text[position : position + 1] in ("月", "时"):
            return 1
        if text[position : position + 1] in ("百", "千", "万", "亿") and (below := self._simple(text, position + 1)):
            return 1 + len(below)
        return 0

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
        dimension = self.dimension.get(unit)
        if dimension is not None:
            return dimension
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
    cues = read_cues(lexicon)
    unitless = one_of(cue for cue, unit in cues["bare"].items() if unit == "-")
    return Units(
        {first: tuple(sorted(units, key=len, reverse=True)) for first, units in by_first.items()},
        {row["unit"]: row["dimension"] for row in rows},
        {row["unit"]: Decimal(row["factor"]) for row in rows},
        {first: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for first, pairs in implied.items()},
        numbered=re.compile(one_of(cues["numbered"])),
        meeting=re.compile(one_of(cues["meeting"])),
        lasts=re.compile(rf"(?:{one_of(cues['lasts'])})$"),
        order=re.compile(one_of(cues["order"])),
        shifts=re.compile(rf"(?:{one_of(cues['shift'])})了?$"),
        creates=re.compile(rf"(?:{one_of(cues['create'])})了?$"),
        unitless=re.compile(rf"(?:{unitless})[^，。；、]{{0,14}}$"),
        unitless_change=re.compile(
            rf"(?:{unitless})[^。；]{{0,24}}(?:缩小|扩大|提高|下降|上升|增加|减少|降低|回落)$",
        ),
    )


def unit_at(text: str, position: int, units: Units) -> tuple[str, int]:
    """Give the unit at `position` and where it ends; 个 before a unit proper is passed over (个百分点)."""
    unit = units.at(text, position)
    if unit == "年" and text[position + 1 : position + 2] in _YEAR_GOES_ON:
        return "", position
    if text[position : position + 1] in units.implied and len(units.counted_at(text, position)[0]) > len(unit):
        return "", position
    if unit == "个" and (inner := units.at(text, position + 1)) and units.dimension_of(inner) in _PASSED_OVER:
        return inner, position + 1 + len(inner)
    return unit, position + len(unit)
