"""One year stated twice: contradictions within a year's reports, and figures that a later report revised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zjcompare.checks.findings import Finding, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray


def check_repeats(figures: pd.DataFrame) -> Iterator[Finding]:
    """Yield findings for years of a line with several figures that are no targets and of that year alone.

    `twice`: two figures in one report, or two final ones in reports of one year, whose intervals do not meet.
    `revision`: the first figure for a year and the last one that a later report, or a final instead of an estimate,
    put beside it. `figures` holds every figure of every line (`trends.lines.line_figures`).
    """
    plain = ~figures["is_target"] & ~figures["starts"] & figures["per"].isna() & figures["since"].isna()
    stated = figures[plain & ~figures["measure"].isin(("ratio", "streak"))]
    several = stated[stated.duplicated(["line", "year", "unit"], keep=False)]
    for _, rows in several.groupby(["line", "year", "unit"], sort=False):
        twice = _twice(rows)
        if twice is not None:
            yield twice
        revision = _revision(rows)
        if revision is not None:
            yield revision


def _twice(rows: pd.DataFrame) -> Finding | None:
    """Give the first two figures of one report, or of final ones of one report year, that cannot both be right.

    Figures far from each other are taken for two quantities under one name, which is no contradiction.
    """
    for keys in (["report"], ["report_year", "status"]):
        for _, same in rows.groupby(keys, sort=False):
            first = same.iloc[0]
            apart = same[((same["low"] > first["high"]) | (same["high"] < first["low"])) & _near(same, first)]
            if len(apart) and (keys == ["report"] or first["status"] == "actual"):
                return _finding("twice", "contradicted", apart.iloc[0], first)
    return None


def _near(rows: pd.DataFrame, first: pd.Series) -> NDArray[np.bool_]:
    """Give where figures lie within half of the first, or 5 points where they are percentages."""
    values, value = rows["value"].to_numpy(float), float(first["value"])
    if first["unit"] in ("%", "‰"):
        return np.abs(values - value) <= 5
    return (values >= value / 1.5) & (values <= value * 1.5)


def _revision(rows: pd.DataFrame) -> Finding | None:
    """Compare the earliest figure with the best, where the best came later or is final while the earliest is not."""
    best = rows.iloc[0]
    order = rows.assign(final=rows["status"] == "actual").sort_values(
        ["report_year", "edition", "final"], kind="stable"
    )
    first = order.iloc[0]
    newer = (first["report_year"], first["edition"]) < (best["report_year"], best["edition"])
    confirmed = first["status"] == "estimate" and best["status"] == "actual"
    if first["report"] == best["report"] or not (newer or confirmed):
        return None
    meet = first["low"] <= best["high"] and best["low"] <= first["high"]
    return _finding("revision", "confirmed" if meet else "revised", best, first)


def _finding(check: str, verdict: str, stated: pd.Series, expected: pd.Series) -> Finding:
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
