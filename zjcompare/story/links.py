"""Rows of the table → links: the way from a figure to its sentence, in the words of the page."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zjcompare.lexicon import Lexicon
from zjcompare.salience import salience_of
from zjcompare.story.sources import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd


@dataclass(frozen=True, slots=True)
class Link:
    """A figure's way to its sentence: the row of the table, and the report that it stands in."""

    row: int
    label: str
    quote: str


class Links:
    """The way from a row of the table to its sentence, for any row; the place is named where there are several."""

    def __init__(self, table: pd.DataFrame) -> None:
        self._one_place = len(set(table["place"])) == 1
        columns = ("place", "report_year", "kind", "edition", "text")
        self._rows = list(zip(*(table[column] for column in columns), strict=True))
        self._values = list(zip(table["value"], table["unit"], table["status"].eq("target"), strict=True))

    def __call__(self, row: int) -> Link:
        """Give the link of one row."""
        place, year, kind, edition, text = self._rows[row]
        return Link(
            int(row),
            label_of("" if self._one_place else place, int(year), kind, int(edition)),
            text.replace("*", "").strip(),
        )

    def all(self, rows: Iterable[int]) -> tuple[Link, ...]:
        """Give the links of several rows, each once."""
        return tuple(self(row) for row in dict.fromkeys(rows))

    def others(self, row: int, rows: Iterable[int]) -> tuple[Link, ...]:
        """Give the links of those of `rows` that state another figure than `row` does, targets aside."""
        return self.all(
            other for other in rows if self._values[other] != self._values[row] and not self._values[other][2]
        )


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, str]]:
    """Give the words of the page for what the frames name in code."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def weight_of(name: str) -> float:
    """Give what an indicator weighs in the news, 0 to 1."""
    return salience_of(name, Lexicon.default()).weight


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows of a frame as dicts by column name."""
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in frame.itertuples(index=False, name=None)]
