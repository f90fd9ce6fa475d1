"""Frames → what a story says: leads, the table of all indicators, changes, checks, targets and sources, as records.

Nothing here knows HTML: the page, the Markdown and the workbook are made from the same records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd

from zjcompare.charts import Drawing, display_unit, draw_line, draw_places, format_number
from zjcompare.story.grid import Indicator, indicators_of, years_of
from zjcompare.story.links import Link, Links, records, weight_of, words
from zjcompare.story.sources import SourceText, fit_whole, mark_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zjcompare.report import Report

LEADS_SHOWN = 12
CHECKS_SHOWN = 40
OVERVIEWS_SHOWN = 4
_SCORE_PARTS = ("size", "record", "reversal", "rank", "contradiction", "target", "silence")
_FACTORS = ("salience", "certainty", "recency", "significance")


class Compared(Protocol):
    """What a story is told from: the frames of a comparison (their modules say which columns they have)."""

    @property
    def title(self) -> str: ...  # noqa: D102 # the class says it
    @property
    def reports(self) -> Mapping[str, Report]: ...  # noqa: D102 # the class says it
    @property
    def table(self) -> pd.DataFrame: ...  # noqa: D102 # the class says it
    @property
    def matches(self) -> pd.DataFrame: ...  # noqa: D102 # the class says it
    @property
    def series(self) -> pd.DataFrame: ...  # noqa: D102 # the class says it
    @property
    def derived(self) -> pd.DataFrame: ...  # noqa: D102 # the class says it
    @property
    def changes(self) -> pd.DataFrame: ...  # noqa: D102 # the class says it
    @property
    def checks(self) -> pd.DataFrame: ...  # noqa: D102 # the class says it
    @property
    def leads(self) -> pd.DataFrame: ...  # noqa: D102 # the class says it
    @property
    def skipped(self) -> Sequence[tuple[str, str]]: ...  # noqa: D102 # the class says it


@dataclass(frozen=True, slots=True)
class Lead:
    """A fact worth a headline, with the sentence it rests on; `chart` is for publishing, `small` for a phone."""

    number: int
    kind: str
    place: str
    name: str
    year: int
    zh: str
    en: str
    caveats: str
    score: float
    parts: tuple[tuple[str, float], ...]
    evidence: tuple[Link, ...]
    quote: str
    chart: Drawing | None
    small: Drawing | None


@dataclass(frozen=True, slots=True)
class Change:
    """What one report has that the one before had not, and the reverse: (kind in words, entries) pairs."""

    place: str
    year: int
    before: int
    continued: int
    groups: tuple[tuple[str, tuple[tuple[str, Link], ...]], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that failed, or a target with what became of it (`expected` is the target, `stated` the outcome)."""

    kind: str
    verdict: str
    code: str
    place: str
    name: str
    year: int
    zh: str
    en: str
    stated: str
    expected: str
    evidence: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that a story says, in the order of the page."""

    title: str
    places: tuple[str, ...]
    years: tuple[int, ...]
    counts: dict[str, int]
    early: int
    leads: tuple[Lead, ...]
    indicators: tuple[Indicator, ...]
    overviews: tuple[Drawing, ...]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    more_findings: int
    targets: tuple[Finding, ...]
    sources: tuple[SourceText, ...]
    abridged: bool
    skipped: tuple[tuple[str, str], ...]


def gather(compared: Compared) -> Content:
    """Gather what a story says from the frames of a comparison."""
    table, series, checks = compared.table, compared.series, compared.checks
    links = Links(table)
    weighed = checks.assign(weight=[weight_of(name) for name in checks["series_name"]] * checks["certainty"])
    by_weight = weighed.sort_values("weight", ascending=False, kind="stable")
    failed = by_weight.loc[checks["failed"].astype(bool) & checks["check"].ne("target")]
    findings = [_finding(row, links) for row in records(failed)]
    aims = by_weight.loc[checks["check"].eq("target") & checks["verdict"].ne("untracked")]
    targets = [_finding(row, links) for row in records(aims)]
    years = years_of(series, table)
    return Content(
        title=compared.title,
        places=tuple(dict.fromkeys(table["place"])),
        years=years,
        counts=_counts(compared),
        leads=tuple(_leads(compared, links)),
        early=int((series["value"].notna() & ~series["year"].isin(years)).sum()),
        indicators=tuple(indicators_of(series, compared.derived, years, links)),
        overviews=tuple(_overviews(series)),
        changes=tuple(_changes(compared.changes, links)),
        findings=tuple(findings[:CHECKS_SHOWN]),
        more_findings=max(0, len(findings) - CHECKS_SHOWN),
        targets=tuple(sorted(targets, key=lambda finding: (finding.place, -finding.year))),
        sources=tuple(mark_sources(table, compared.reports)),
        abridged=not fit_whole(compared.reports),
        skipped=tuple(compared.skipped),
    )


def _counts(compared: Compared) -> dict[str, int]:
    table, matches = compared.table, compared.matches
    return {
        "reports": table["report"].nunique(),
        "rows": len(table),
        "series": table["series"].nunique(),
        "unsure": int((table["confidence"] < 0.5).sum()),
        "conflicts": int(table["conflict"].notna().sum()),
        "review": int(matches["decision"].eq("review").sum()),
        "estimates": int(table["status"].eq("estimate").sum()),
        "targets": int(table["status"].eq("target").sum()),
        "failed": int(compared.checks["failed"].astype(bool).sum()),
        "checks": len(compared.checks),
        "untracked": int(compared.checks["verdict"].eq("untracked").sum()),
    }


def _leads(compared: Compared, links: Links) -> Iterable[Lead]:
    kinds, parts = words()["lead"], words()["part"]
    for number, row in enumerate(records(compared.leads.head(LEADS_SHOWN)), 1):
        evidence = links.all(row["evidence"])
        note = "来源：" + "、".join(dict.fromkeys(link.label for link in evidence)) if evidence else ""
        shown = [(parts.get(name, name), float(row[name])) for name in _SCORE_PARTS if row.get(name, 0) > 0]
        factors = [(parts.get(name, name), float(row[name])) for name in _FACTORS if row.get(name, 1) < 1]
        yield Lead(
            number=number,
            kind=kinds.get(row["kind"], row["kind"]),
            place=row["place"],
            name=row["series_name"],
            year=int(row["year"]),
            zh=row["zh"],
            en=row["en"],
            caveats=row["caveats_zh"],
            score=float(row["score"]),
            parts=(*shown, *factors),
            evidence=evidence,
            quote=str(compared.table["sentence"].iloc[row["evidence"][0]]).lstrip("●•■◆ ") if evidence else "",
            chart=_chart(compared, row, note=note, width=560),
            small=_chart(compared, row, width=330),
        )


def _chart(compared: Compared, lead: dict[str, Any], *, width: int, note: str = "") -> Drawing | None:
    """Draw what a lead shows; None where its line has nothing to be drawn."""
    series, checks = compared.series, compared.checks
    rows = series.loc[series["line"].eq(lead["line"])]
    if rows["value"].count() < 1 or rows["value"].count() + rows["target"].count() < 2:
        return None
    aims = checks.loc[checks["check"].eq("target")]
    verdicts = {
        row: verdict for rows, verdict in zip(aims["evidence"], aims["verdict"], strict=True) for row in rows[-1:]
    }
    note = note if len(note) < 60 else ""
    return draw_line(series, int(lead["line"]), chart=lead["chart"], verdicts=verdicts, note=note, width=width)


def _overviews(series: pd.DataFrame) -> Iterable[Drawing]:
    """Draw, where there are several places, the weightiest indicators that several of them share as heat tables."""
    stated = series.loc[series["value"].notna() & series["status"].ne("target")]
    shared: dict[tuple[str, str, str], dict[str, int]] = {}
    for name, measure, unit, place, line in zip(
        *(stated[column] for column in ("series_name", "measure", "unit", "place", "line")), strict=True
    ):
        shared.setdefault((name, measure, unit), {}).setdefault(place, line)
    several = [(key, lines) for key, lines in shared.items() if len(lines) > 1]
    several.sort(key=lambda item: (-weight_of(item[0][0]) * len(item[1]), item[0]))
    for _, lines in several[:OVERVIEWS_SHOWN]:
        yield draw_places(series, list(lines.values()))


def _changes(changes: pd.DataFrame, links: Links) -> Iterable[Change]:
    by_report: dict[tuple[str, int, int], list[dict[str, Any]]] = {}
    for row in records(changes):
        by_report.setdefault((row["place"], row["year"], row["before"]), []).append(row)
    for (place, year, before), rows in by_report.items():
        rows.sort(key=lambda row: -row["reports"] * weight_of(row["series_name"]))
        groups = [
            (word, tuple((_entry(row), links(row["evidence"][0])) for row in rows if row["change"] == kind))
            for kind, word in words()["change"].items()
        ]
        continued = sum(row["change"] == "continued" for row in rows)
        yield Change(place, year, before, continued, tuple(group for group in groups if group[1]))


def _entry(row: dict[str, Any]) -> str:
    return f"{row['name_before']} → {row['name']}" if row["change"] == "renamed" else str(row["series_name"])


def _finding(row: dict[str, Any], links: Links) -> Finding:
    unit = row["unit"] if isinstance(row["unit"], str) else ""
    factor, shown = display_unit([value for value in (row["stated"], row["expected"]) if pd.notna(value)], unit)
    stated, expected = (
        f"{format_number(row[key] / factor)}{shown}" if pd.notna(row[key]) else "—" for key in ("stated", "expected")
    )
    return Finding(
        kind=words()["check"].get(row["check"], row["check"]),
        verdict=words()["verdict"].get(row["verdict"], row["verdict"]),
        code=row["verdict"],
        place=row["place"],
        name=row["series_name"] + words()["measure"].get(row["measure"], ""),
        year=int(row["year"]),
        zh=row["zh"],
        en=row["en"],
        stated=stated,
        expected=expected,
        evidence=links.all(row["evidence"]),
    )
