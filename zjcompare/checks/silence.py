"""What reports stopped telling: indicators that were reported for years and are gone, estimates never confirmed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from zjcompare.checks.findings import Finding, Span, span_of, subject_of
from zjcompare.matches import match_pair
from zjcompare.sentences import Words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    import pandas as pd

    from zjcompare.lexicon import Lexicon

YEARS = 3  # reports of one kind in a row that must have told an indicator before its absence counts
ALIKE = 80  # from this partial ratio of names on, a new series may be the old one under another name


def check_silence(figures: pd.DataFrame, aligned: pd.DataFrame, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield `gone` for series that the last `YEARS` reports before a later one all told, and `unconfirmed` estimates.

    A series is gone only where reports of the same kind exist for later years and no report of any kind mentions it
    for them; where a series with a name like it begins just then, it is `perhaps_renamed`. `figures` holds every figure
    of every line (`trends.lines.line_figures`).
    """
    told = figures[~figures["is_target"] & figures["scope"].isna()]
    own = told[told["year"] == told["report_year"]]
    reports = _years(aligned, ["place", "kind"], "report_year")
    spans = _years(told, ["place", "series"], "year")
    rows_of = own.groupby(["place", "series", "kind"], sort=False).indices
    began: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (where, name), span in spans.items():
        began[where].append((span[0], name))
    for (place, series, kind), years in _years(own, ["place", "series", "kind"], "year").items():
        later = [year for year in reports[place, kind] if year > years[-1]]
        before = [year for year in reports[place, kind] if year <= years[-1]][-YEARS:]
        if later and len(before) == YEARS and years[-YEARS:] == before and spans[place, series][-1] == years[-1]:
            rows = own.iloc[rows_of[place, series, kind]]
            begun = {name for first, name in began[place] if first > years[-1]}
            yield _gone(rows, before, later[0], _alike(rows.iloc[-1], told[told["series"].isin(begun)], lexicon))
    yield from _unconfirmed(told, aligned)


def _years(rows: pd.DataFrame, keys: list[str], column: str) -> dict[tuple[str, ...], list[int]]:
    """Give the years of each combination of keys, sorted."""
    years: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for *key, year in zip(*(rows[name] for name in keys), rows[column], strict=True):
        years[tuple(key)].add(int(year))
    return {key: sorted(found) for key, found in years.items()}


def _alike(last: pd.Series, begun: pd.DataFrame, lexicon: Lexicon) -> str | None:
    """Give the name of a series begun since that may be the old one under another name."""
    name = last["series_name"]
    cues = [row["cue"] for row in lexicon.rows("break_cues")]
    for full in begun.loc[begun["dimension"] == last["dimension"], "series_name"].unique():
        other = str(full)[: min((full.find(cue) for cue in cues if full.find(cue) > 0), default=len(full))]
        if fuzz.partial_ratio(name, other) >= ALIKE or match_pair(name, other, lexicon=lexicon).decision != "different":
            return other
    return None


def _gone(rows: pd.DataFrame, before: list[int], since: int, other: str | None) -> Finding:
    last = rows[rows["year"] == before[-1]].iloc[0].to_dict()
    recent = rows[rows["year"].isin(before) & ~rows["rival"]]
    words = {"other": Words(other)} if other else {}
    return _finding("perhaps_renamed" if other else "gone", last, tuple(map(int, recent["position"])), since, words)


def _unconfirmed(told: pd.DataFrame, aligned: pd.DataFrame) -> Iterator[Finding]:
    """Yield each estimate that stayed the best figure of its year though a later report of its place exists."""
    best = told[~told.duplicated(["line", "year"]) & (told["status"] == "estimate")]
    latest = {place: years[-1] for (place,), years in _years(aligned, ["place"], "report_year").items()}
    for row in best.to_dict("records"):
        if row["year"] < latest[row["place"]]:
            yield _finding("unconfirmed", row, (row["position"],), 0, {})


def _finding(
    verdict: str, row: Mapping[Hashable, Any], evidence: tuple[int, ...], since: int, words: dict[str, Words]
) -> Finding:
    about = subject_of(row)
    return Finding(
        check="silence",
        verdict=verdict,
        about=replace(about, year=since or about.year),
        stated=span_of(row),
        expected=Span(),
        certainty=row["confidence"],
        evidence=evidence,
        words={"last_year": Words(str(about.year)), **words},
    )
