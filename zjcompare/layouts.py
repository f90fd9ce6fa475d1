"""Heads of columns → their roles in a table of figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from zjcompare.lexicon import Lexicon

Role = Literal["indicator", "place", "year", "unit", "value", "growth", "rank", ""]
ROLES = ("indicator", "place", "year", "unit", "value", "growth", "rank")

UNIT_IN_HEAD = re.compile(r"(?:[（(](?P<unit>[^（()）]{1,12})[)）]?|(?P<percent>%))\s*$")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:年|$)(?:末|底|度)?")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, taken apart: 2023年增速（%） is a growth in %, of 2023; `what` is 增速."""

    role: Role
    what: str
    unit: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Layouts:
    """The patterns of `lexicon/layouts.csv`, in their order."""

    patterns: tuple[tuple[Role, re.Pattern[str]], ...]

    def take_apart(self, words: str) -> Head:
        """Give the role of a head, and what else it says; the role is empty where no pattern fits the whole of it.

        >>> from zjcompare.lexicon import Lexicon
        >>> compile_layouts(Lexicon.default()).take_apart("2023年绝对数（亿元）")
        Head(role='value', what='绝对数', unit='亿元', year=2023)
        """
        words = words.strip()
        unit = UNIT_IN_HEAD.search(words)
        bare = words[: unit.start()].strip() if unit else words
        year = _YEAR.match(bare)
        what = bare[year.end() :].strip() if year else bare
        role = "value" if year and not what else self._role_of(what)
        return Head(role, what, unit["unit"] or unit["percent"] if unit else "", int(year[1]) if year else None)

    def _role_of(self, what: str) -> Role:
        return next((role for role, pattern in self.patterns if what and pattern.fullmatch(what)), "")


@lru_cache(maxsize=8)
def compile_layouts(lexicon: Lexicon) -> Layouts:
    """Compile the heads that a lexicon knows."""
    return Layouts(tuple((cast("Role", row["role"]), re.compile(row["head"])) for row in lexicon.rows("layouts")))
