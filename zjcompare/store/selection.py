"""What the user asks for → the SQL condition that finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zjcompare.store.delta import is_one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Texts = str | list[str] | tuple[str, ...] | set[str] | frozenset[str] | None
Years = int | range | list[int] | tuple[int, ...] | set[int] | None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows to read; what is None is not asked."""

    places: Sequence[str] | None = None
    years: Sequence[int] | None = None
    indicators: Sequence[str] | None = None
    measures: Sequence[str] | None = None
    kinds: Sequence[str] | None = None
    reports: Sequence[str] | None = None
    edition: int | None = None
    without: Sequence[str] = ()

    def sql(self) -> str:
        """Give the condition, beginning with WHERE, or nothing where all is asked for."""
        parts = [
            *_texts("place", self.places),
            *_years(self.years),
            *_texts("indicator", self.indicators),
            *_texts("measure", self.measures),
            *_texts("kind", self.kinds),
            *_texts("report", self.reports),
        ]
        if self.edition is not None:
            parts.append(f"edition = {int(self.edition)}")
        if self.without:
            parts.append(f"NOT {is_one_of('report', self.without)}")
        return f" WHERE {' AND '.join(parts)}" if parts else ""


def as_texts(asked: Texts) -> list[str] | None:
    """Give one text or several as a list."""
    if asked is None:
        return None
    return [asked] if isinstance(asked, str) else sorted(asked)


def as_years(asked: Years) -> list[int] | None:
    """Give one year or several as a list."""
    if asked is None:
        return None
    return [int(asked)] if isinstance(asked, int) else sorted(int(year) for year in asked)


def _texts(column: str, asked: Sequence[str] | None) -> Iterable[str]:
    if asked is not None:
        yield is_one_of(column, asked)


def _years(asked: Sequence[int] | None) -> Iterable[str]:
    if asked is None:
        return
    if asked and list(asked) == list(range(asked[0], asked[-1] + 1)):
        yield f"year BETWEEN {asked[0]} AND {asked[-1]}"
    else:
        yield f"year IN ({', '.join(str(int(year)) for year in asked)})" if asked else "1 = 0"
