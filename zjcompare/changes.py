"""Aligned table → changes: which indicators a report has that the one before had not, and the other way round."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = ("place", "year", "before", "change", "series", "series_name", "name", "name_before", "reports", "evidence")


def find_changes(aligned: pd.DataFrame) -> pd.DataFrame:
    """Give what each report has new, dropped, kept and renamed against the last earlier one of the same place.

    Only what a report says about its own year counts: neither plans nor figures repeated from years before. One row a
    place, report year and series, from the second report on, sorted so:

    | column | dtype | what it says |
    | --- | --- | --- |
    | `place` | str | |
    | `year`, `before` | int64 | the year of the report, and of the one that it is held against |
    | `change` | str | `new`, `gone`, `continued`, `renamed`, or `back`: new, but known from an earlier year |
    | `series`, `series_name` | str | |
    | `name`, `name_before` | str | the names that the two reports use, NaN where they have none |
    | `reports` | int64 | how many reports of the place, of any year, tell of the series |
    | `evidence` | list of int | rows of the aligned table: those of the report, or for `gone` of the one before |
    """
    reports = _reports(aligned)
    rows = [row for place in sorted(reports) for row in _of_place(place, reports[place])]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"year": "int64", "before": "int64", "reports": "int64"})


@dataclass(frozen=True, slots=True)
class _Said:
    """What one report says about one series: the names it uses, and where."""

    series_name: str
    names: tuple[str, ...]
    rows: list[int]


def _reports(aligned: pd.DataFrame) -> dict[str, dict[int, dict[str, _Said]]]:
    """Give place → report year → series → what is said."""
    own = aligned["series"].notna() & aligned["status"].ne("target") & aligned["year"].eq(aligned["report_year"])
    stated = aligned.assign(position=range(len(aligned))).loc[own]
    reports: dict[str, dict[int, dict[str, _Said]]] = {}
    columns = ("place", "report_year", "series", "series_name", "indicator", "position")
    for place, year, series, series_name, name, position in zip(*(stated[column] for column in columns), strict=True):
        of_report = reports.setdefault(place, {}).setdefault(int(year), {})
        said = of_report.get(series, _Said(series_name, (), []))
        of_report[series] = replace(said, names=(*said.names, name), rows=[*said.rows, position])
    return reports


def _of_place(place: str, reports: dict[int, dict[str, _Said]]) -> Iterator[tuple[object, ...]]:
    seen: set[str] = set()
    told = Counter(series for said in reports.values() for series in said)
    for before, year in pairwise(sorted(reports)):
        old, new = reports[before], reports[year]
        seen |= old.keys()
        for series in sorted(old.keys() | new.keys()):
            was, now = old.get(series), new.get(series)
            shown = now or was
            if shown is None:
                continue
            kind = _kind(was, now, known=series in seen)
            names = (now.names[0] if now else None, was.names[0] if was else None)
            yield place, year, before, kind, series, shown.series_name, *names, told[series], shown.rows


def _kind(was: _Said | None, now: _Said | None, *, known: bool) -> str:
    if now is None:
        return "gone"
    if was is None:
        return "back" if known else "new"
    return "continued" if set(was.names) & set(now.names) else "renamed"
