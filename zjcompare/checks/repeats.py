"""One year stated twice: contradictions within a year's reports, and figures that a later report revised."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from zjcompare.checks.findings import Finding, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

Row = dict[str, Any]
_USED = (
    "line", "year", "unit", "report", "report_year", "edition", "status", "value", "low", "high", "place", "series",
    "series_name", "scope", "measure", "confidence", "position",
)  # fmt: skip


def check_repeats(figures: pd.DataFrame) -> Iterator[Finding]:
    """Yield findings for years of a line with several figures that are no targets and of that year alone.

    `twice`: two figures in one report, or two final ones in reports of one year, whose intervals do not meet.
    `revision`: the first figure for a year and the last one that a later report, or a final instead of an estimate,
    put beside it. `figures` holds every figure of every line (`trends.lines.line_figures`).
    """
    plain = ~figures["is_target"] & ~figures["starts"] & figures["per"].isna() & figures["since"].isna()
    stated = figures[plain & ~figures["measure"].isin(("ratio", "streak"))]
    several = stated[stated.duplicated(["line", "year", "unit"], keep=False)]
    several = several.sort_values(["line", "year", "unit"], kind="stable")
    records = cast("list[Row]", several[list(_USED)].to_dict("records"))
    for _, group in groupby(records, key=itemgetter("line", "year", "unit")):
        rows = list(group)
        twice = _twice(rows)
        if twice is not None:
            yield twice
        revision = _revision(rows)
        if revision is not None:
            yield revision


def _twice(rows: list[Row]) -> Finding | None:
    """Give the first two figures of one report, or of final ones of one report year, that cannot both be right.

    Figures far from each other are taken for two quantities under one name, which is no contradiction.
    """
    for keys in (("report",), ("report_year", "status")):
        together: dict[tuple[Any, ...], list[Row]] = {}
        for row in rows:
            together.setdefault(tuple(row[key] for key in keys), []).append(row)
        for first, *others in together.values():
            apart = next((row for row in others if not _meet(row, first) and _near(row, first)), None)
            if apart is not None and (keys == ("report",) or first["status"] == "actual"):
                return _finding("twice", "contradicted", apart, first)
    return None


def _meet(one: Row, other: Row) -> bool:
    return bool(one["low"] <= other["high"] and other["low"] <= one["high"])


def _near(row: Row, first: Row) -> bool:
    """Say whether a figure lies within a fifth of the first, or 5 points where they are percentages."""
    if first["unit"] in ("%", "‰"):
        return bool(abs(row["value"] - first["value"]) <= 5)
    return bool(first["value"] / 1.2 <= row["value"] <= first["value"] * 1.2)


def _revision(rows: list[Row]) -> Finding | None:
    """Compare the earliest figure with the best, where the best came later or is final while the earliest is not."""
    best = rows[0]
    first = min(rows, key=lambda row: (row["report_year"], row["edition"], row["status"] == "actual"))
    newer = (first["report_year"], first["edition"]) < (best["report_year"], best["edition"])
    confirmed = first["status"] == "estimate" and best["status"] == "actual"
    if first["report"] == best["report"] or not (newer or confirmed):
        return None
    return _finding("revision", "confirmed" if _meet(first, best) else "revised", best, first)


def _finding(check: str, verdict: str, stated: Row, expected: Row) -> Finding:
    return Finding(
        check=check,
        verdict=verdict,
        place=stated["place"],
        series=stated["series"],
        series_name=stated["series_name"],
        scope=stated["scope"] if isinstance(stated["scope"], str) else None,
        measure=stated["measure"],
        unit=stated["unit"],
        year=int(stated["year"]),
        stated=Span(stated["value"], stated["low"], stated["high"]),
        expected=Span(expected["value"], expected["low"], expected["high"]),
        certainty=float(min(stated["confidence"], expected["confidence"])),
        evidence=(int(stated["position"]), int(expected["position"])),
    )
