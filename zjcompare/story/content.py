"""Frames → what a story says: leads, the table of all indicators, changes, checks, targets and sources, as records.

Nothing here knows HTML: the page, the Markdown and the workbook are made from the same records.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd

from zjcompare.charts import Drawing, FontError, display_unit, draw_line, draw_places, format_number
from zjcompare.story.sources import SourceText, label_of, mark_sources
from zjcompare.story.sparkline import sparkline

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zjcompare.report import Report

LEADS_SHOWN = 12
CHECKS_SHOWN = 40
_SCORE_PARTS = ("size", "record", "reversal", "rank", "contradiction", "target", "silence")
_FACTORS = ("salience", "certainty", "recency")


class Compared(Protocol):
    """What a story is told from: the frames of a comparison (their modules say which columns they have)."""

    @property
    def title(self) -> str: ...  # noqa: D102 - the class says it
    @property
    def reports(self) -> Mapping[str, Report]: ...  # noqa: D102 - the class says it
    @property
    def table(self) -> pd.DataFrame: ...  # noqa: D102 - the class says it
    @property
    def matches(self) -> pd.DataFrame: ...  # noqa: D102 - the class says it
    @property
    def series(self) -> pd.DataFrame: ...  # noqa: D102 - the class says it
    @property
    def derived(self) -> pd.DataFrame: ...  # noqa: D102 - the class says it
    @property
    def changes(self) -> pd.DataFrame: ...  # noqa: D102 - the class says it
    @property
    def checks(self) -> pd.DataFrame: ...  # noqa: D102 - the class says it
    @property
    def leads(self) -> pd.DataFrame: ...  # noqa: D102 - the class says it
    @property
    def skipped(self) -> Sequence[tuple[str, str]]: ...  # noqa: D102 - the class says it


@dataclass(frozen=True, slots=True)
class Link:
    """A figure's way to its sentence: the row of the table, and the report that it stands in."""

    row: int
    label: str
    quote: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A fact worth a headline; `chart` is for publishing, `small` for the width of a phone."""

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
    chart: Drawing | None
    small: Drawing | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A year of an indicator: what is printed, and the row that it comes from (None for nothing, or for derived)."""

    year: int
    text: str = ""
    status: str = ""
    row: int | None = None
    said: str = ""
    rivals: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the table of all indicators."""

    place: str
    name: str
    measure: str
    unit: str
    window: str
    spark: str
    years: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What one report has that the one before had not, and the reverse: (kind in words, entries) pairs."""

    place: str
    year: int
    before: int
    continued: int
    groups: tuple[tuple[str, tuple[tuple[str, Link | None], ...]], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that failed, or a target with what became of it."""

    kind: str
    verdict: str
    code: str
    place: str
    name: str
    year: int
    zh: str
    en: str
    stated: str
    reached: str
    evidence: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that a story says, in the order of the page."""

    title: str
    places: tuple[str, ...]
    years: tuple[int, ...]
    counts: dict[str, int]
    leads: tuple[Lead, ...]
    indicators: tuple[Indicator, ...]
    overviews: tuple[Drawing, ...]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    more_findings: int
    targets: tuple[Finding, ...]
    sources: tuple[SourceText, ...]
    skipped: tuple[tuple[str, str], ...]


def gather(compared: Compared) -> Content:
    """Gather what a story says from the frames of a comparison."""
    table, series, checks = compared.table, compared.series, compared.checks
    links = _Links(table)
    failed = checks.loc[checks["failed"].astype(bool) & checks["check"].ne("target")]
    findings = [_finding(row, links) for row in failed.to_dict("records")]
    targets = [_finding(row, links) for row in checks.loc[checks["check"].eq("target")].to_dict("records")]
    years = _years(series)
    return Content(
        title=compared.title,
        places=tuple(dict.fromkeys(table["place"])),
        years=years,
        counts=_counts(compared),
        leads=tuple(_leads(compared, links)),
        indicators=tuple(_indicators(series, compared.derived, years, links)),
        overviews=tuple(_overviews(series)),
        changes=tuple(_changes(compared.changes, links)),
        findings=tuple(findings[:CHECKS_SHOWN]),
        more_findings=max(0, len(findings) - CHECKS_SHOWN),
        targets=tuple(sorted(targets, key=lambda finding: (finding.place, -finding.year))),
        sources=tuple(mark_sources(table, compared.reports)),
        skipped=tuple(compared.skipped),
    )


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, str]]:
    """Give the words of the page for what the frames name in code."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


class _Links:
    """The way from a row of the table to its sentence, for any row."""

    def __init__(self, table: pd.DataFrame) -> None:
        columns = ("place", "report_year", "kind", "edition", "text")
        self._rows = list(zip(*(table[column] for column in columns), strict=True))

    def __call__(self, row: int) -> Link:
        place, year, kind, edition, text = self._rows[row]
        return Link(int(row), label_of(place, int(year), kind, int(edition)), text.replace("*", "").strip())

    def all(self, rows: Iterable[int]) -> tuple[Link, ...]:
        """Give the links of several rows, each once."""
        return tuple(self(row) for row in dict.fromkeys(rows))


def _years(series: pd.DataFrame) -> tuple[int, ...]:
    with_value = series.loc[series["value"].notna(), "year"]
    return tuple(range(int(with_value.min()), int(with_value.max()) + 1)) if len(with_value) else ()


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
    }


def _leads(compared: Compared, links: _Links) -> Iterable[Lead]:
    kinds, parts = words()["lead"], words()["part"]
    for number, row in enumerate(compared.leads.head(LEADS_SHOWN).to_dict("records"), 1):
        evidence = links.all(row["evidence"])
        note = "来源：" + "、".join(dict.fromkeys(link.label for link in evidence)) if evidence else ""
        chart, small = (_chart(compared.series, row, note=note, width=560), _chart(compared.series, row, width=330))
        shown = [(parts.get(name, name), float(row[name])) for name in _SCORE_PARTS if row.get(name, 0) > 0]
        factors = [(parts.get(name, name), float(row[name])) for name in _FACTORS if name in row]
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
            chart=chart,
            small=small,
        )


def _chart(series: pd.DataFrame, lead: dict[str, Any], *, width: int, note: str = "") -> Drawing | None:
    """Draw what a lead shows; None where its line has nothing to be drawn."""
    rows = series.loc[series["line"].eq(lead["line"])]
    if rows["value"].notna().sum() < 2:
        return None
    return draw_line(series, int(lead["line"]), chart=lead["chart"], note=note if len(note) < 60 else "", width=width)


def _indicators(series: pd.DataFrame, derived: pd.DataFrame, years: tuple[int, ...], links: _Links) -> list[Indicator]:
    chained = derived.loc[derived["basis"].ne("constant")] if len(derived) else derived
    filled = {(row["line"], row["year"]): row for row in chained.to_dict("records")}
    stated = series.loc[series["value"].notna()]
    indicators = [_indicator(rows, filled, years, links) for _, rows in stated.groupby("line", sort=False)]
    order = {name: at for at, name in enumerate(dict.fromkeys(stated.sort_values("position")["series_name"]))}
    measures = list(words()["measure"].values())
    return sorted(
        indicators,
        key=lambda row: (row.place, order[row.name], measures.index(row.measure) if row.measure in measures else 9),
    )


def _indicator(
    rows: pd.DataFrame, filled: dict[tuple[int, int], dict[str, Any]], years: tuple[int, ...], links: _Links
) -> Indicator:
    first = rows.iloc[0]
    factor, unit = display_unit(rows["value"], first["unit"])
    stated = {int(row["year"]): row for row in rows.to_dict("records")}
    cells = []
    for year in years:
        row, chained = stated.get(year), filled.get((first["line"], year))
        if row is not None:
            cells.append(_cell(year, row, factor, links))
        elif chained is not None:
            text = f"（{format_number(chained['value'] / factor)}）"
            cells.append(Cell(year, text, "derived", said=f"由{chained['from_year']}年数与增速推算"))
        else:
            cells.append(Cell(year))
    points = [
        (int(y), float(v), int(s), st == "actual")
        for y, v, s, st in rows[["year", "value", "segment", "status"]].to_numpy()
    ]
    scope = f"（{first['scope']}）" if isinstance(first["scope"], str) else ""
    return Indicator(
        place=first["place"],
        name=f"{first['series_name']}",
        measure=words()["measure"].get(first["measure"], first["measure"]),
        unit=unit,
        window="，".join(
            str(first[key]) for key in ("per", "since", "base", "rank_scope") if isinstance(first[key], str)
        )
        + scope,
        spark=sparkline(points, (years[0], years[-1])),
        years=len(stated),
        cells=tuple(cells),
    )


def _cell(year: int, row: dict[str, Any], factor: float, links: _Links) -> Cell:
    link = links(row["position"])
    number = format_number(row["value"] / factor)
    bound = words()["bound"].get(row["bound"], "")
    status = words()["status"].get(row["status"], "")
    said = f"{status}{'，' if status else ''}原文“{link.quote}”，{link.label}"
    if isinstance(row["break_reason"], str):
        said += "，与上年口径不同"
    others = [other for other in [*row["evidence"], *row["rivals"]] if other != row["position"]]
    return Cell(year, f"{bound}{number}", row["status"], int(row["position"]), said, links.all(others))


def _overviews(series: pd.DataFrame) -> Iterable[Drawing]:
    """Draw, where there are several places, the indicators that most of them share as heat tables."""
    stated = series.loc[series["value"].notna() & series["status"].ne("target")]
    if stated["place"].nunique() < 2:
        return
    keys = ["series_name", "measure", "unit"]
    shared = stated.groupby(keys)["place"].nunique().sort_values(ascending=False)
    for key, places in shared.head(4).items():
        if places < 2:
            return
        same = stated[keys].apply(tuple, axis=1).eq(key)
        yield draw_places(series, list(dict.fromkeys(stated.loc[same, "line"])))


def _changes(changes: pd.DataFrame, links: _Links) -> Iterable[Change]:
    kinds = words()["change"]
    for (place, year, before), rows in changes.groupby(["place", "year", "before"]):
        groups = []
        for kind, word in kinds.items():
            entries = [
                (
                    f"{row['name_before']} → {row['name']}" if kind == "renamed" else row["series_name"],
                    links(row["evidence"][0]),
                )
                for row in rows.loc[rows["change"].eq(kind)].to_dict("records")
            ]
            if entries:
                groups.append((word, tuple(entries)))
        yield Change(place, int(year), int(before), int(rows["change"].eq("continued").sum()), tuple(groups))


def _finding(row: dict[str, Any], links: _Links) -> Finding:
    unit = row["unit"] if isinstance(row["unit"], str) else ""
    factor, shown = display_unit([value for value in (row["stated"], row["expected"]) if pd.notna(value)], unit)
    stated, reached = (
        f"{format_number(row[key] / factor)}{shown}" if pd.notna(row[key]) else "—" for key in ("stated", "expected")
    )
    return Finding(
        kind=words()["check"].get(row["check"], row["check"]),
        verdict=words()["verdict"].get(row["verdict"], row["verdict"]),
        code=row["verdict"],
        place=row["place"],
        name=row["series_name"],
        year=int(row["year"]),
        zh=row["zh"],
        en=row["en"],
        stated=stated,
        reached=reached,
        evidence=links.all(row["evidence"]),
    )
