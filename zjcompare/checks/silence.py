"""What reports stopped telling: indicators that were reported for years and are gone, estimates never confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zjcompare.checks.findings import Finding, Span
from zjcompare.sentences import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

YEARS = 3  # reports of one kind in a row that must have told an indicator before its absence counts


def check_silence(figures: pd.DataFrame, aligned: pd.DataFrame) -> Iterator[Finding]:
    """Yield `gone` for series that the last `YEARS` reports before a later one all told, and `unconfirmed` estimates.

    A series is gone only where reports of the same kind exist for later years and no report of any kind mentions it
    for them. `figures` holds every figure of every line (`trends.lines.line_figures`).
    """
    told = figures[~figures["is_target"] & (figures["year"] == figures["report_year"]) & figures["scope"].isna()]
    reports = aligned.groupby(["place", "kind"])["report_year"].agg(lambda years: sorted(set(years)))
    years_of = told.groupby(["place", "series", "kind"], sort=False)["year"].agg(lambda years: sorted(set(years)))
    last_of = figures[~figures["is_target"]].groupby(["place", "series"])["year"].max()
    for (place, series, kind), years in years_of.items():
        later = [year for year in reports[place, kind] if year > years[-1]]
        before = [year for year in reports[place, kind] if year <= years[-1]][-YEARS:]
        if later and len(before) == YEARS and years[-YEARS:] == before and last_of[place, series] == years[-1]:
            rows = told[(told["place"] == place) & (told["series"] == series) & (told["kind"] == kind)]
            yield _gone(rows, before, later)
    yield from _unconfirmed(figures, aligned)


def _gone(rows: pd.DataFrame, before: list[int], later: list[int]) -> Finding:
    last = rows[rows["year"] == before[-1]].iloc[0]
    recent = rows[rows["year"].isin(before) & ~rows["rival"]]
    return _finding("gone", last, tuple(map(int, recent["position"])), later[0])


def _unconfirmed(figures: pd.DataFrame, aligned: pd.DataFrame) -> Iterator[Finding]:
    """Yield each estimate that stayed the best figure of its year though a later report of its place exists."""
    best = figures[~figures.duplicated(["line", "year"]) & (figures["status"] == "estimate") & figures["scope"].isna()]
    latest = aligned.groupby("place")["report_year"].max().to_dict()
    later = [year < latest[place] for year, place in zip(best["year"], best["place"], strict=True)]
    for _, row in best[np.array(later, dtype=bool)].iterrows():
        yield _finding("unconfirmed", row, (int(row["position"]),), 0)


def _finding(verdict: str, row: pd.Series, evidence: tuple[int, ...], since: int) -> Finding:
    year = int(row["year"])
    return Finding(
        check="silence", verdict=verdict, place=row["place"], series=row["series"], series_name=row["series_name"],
        measure=row["measure"], unit=row["unit"], year=since or year, stated=Span(row["value"], row["low"], row["high"]),
        expected=Span(), certainty=float(row["confidence"]), evidence=evidence, words={"last_year": Words(str(year))},
    )  # fmt: skip
