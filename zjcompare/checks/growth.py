"""Stated growth against the growth that the printed levels give.

Both are intervals: the stated growth from its printed digits, the computed one from those of the two levels (interval
arithmetic). Where they overlap, the statement holds. Where they do not, growth at constant prices may differ from that
of levels at current prices by the change of prices (the deflator), and a base may have been revised since it was
published: then the level and the growth imply another base, `level / (1 + growth)`. A deflator counts as plausible
between `DEFLATOR` per cent; the national one has lain between -1.2 and 8.1 since 1998.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from zjcompare.checks.findings import Finding, Span
from zjcompare.salience import salience_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zjcompare.lexicon import Lexicon

DEFLATOR = (-3.0, 10.0)
YEARLY = (-10.0, 30.0)  # per cent a year that a level may move in years without figures before the base looks revised
_LONGEST_GAP = 4
_KEY = ["place", "series", "scope"]


def check_growths(figures: pd.DataFrame, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield one finding for each stated growth whose year has a level and that has a level to compare with.

    `figures` holds every figure of every line (`trends.lines.line_figures`).
    """
    plain = figures[figures["per"].isna() & figures["since"].isna() & figures["base"].isna() & ~figures["is_target"]]
    growths = plain[(plain["measure"] == "growth") & ~plain["rival"]]
    growths = growths[~growths.duplicated(["line", "year"])]
    levels = plain[(plain["measure"] == "level") & ~plain["unit"].isin(("%", "‰", ""))]
    now = _levels_of_the_year(growths, levels)
    pairs = _with_bases(now, levels)
    for _, rows in pairs.groupby(["line_growth", "year", "line"], sort=False):
        yield _judge(rows, lexicon)


def _levels_of_the_year(growths: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
    """Join to each growth the level of its year: that of its own report where there is one, else the best."""
    joined = growths.merge(levels, on=[*_KEY, "year"], suffixes=("_growth", ""), how="inner")
    joined["other_report"] = joined["report"] != joined["report_growth"]
    joined = joined.sort_values(["line_growth", "year", "line", "other_report"], kind="stable")
    return joined[~joined.duplicated(["line_growth", "year", "line"])]


def _with_bases(now: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
    """Join all levels of the year before, like vintage first; without any, those of the last year that has one."""
    bases = levels[
        ["line", "year", "value", "low", "high", "report", "report_year", "status", "position", "confidence"]
    ]
    joined = now.merge(bases, on="line", suffixes=("", "_base"))
    joined["back"] = joined["year"] - joined["year_base"]
    joined = joined[joined["back"].between(1, _LONGEST_GAP)]
    nearest = joined.groupby(["line_growth", "year", "line"])["back"].transform("min")
    joined = joined[joined["back"] == nearest]
    own_year = (joined["report_year_base"] == joined["year_base"]).astype(int)
    joined["vintage"] = np.where(joined["report_base"] == joined["report_growth"], 0, 2 - own_year)
    return joined.sort_values(["line_growth", "year", "line", "vintage"], kind="stable")


def _judge(rows: pd.DataFrame, lexicon: Lexicon) -> Finding:
    """Say what becomes of one stated growth, held against the candidates for its base, the best first."""
    first = rows.iloc[0]
    stated = Span(first["value_growth"], first["low_growth"], first["high_growth"])
    constant = first["basis_growth"] == "constant" or salience_of(first["series_name"], lexicon).prices == "constant"
    if first["back"] > 1:
        verdict, chosen = _across_a_gap(first, stated), first
    else:
        verdict, chosen = _against_last_year(rows, stated, constant=constant)
    no_base = first["back"] > 1 and verdict == "not_comparable"
    computed = _computed(chosen)
    sure = min(first["confidence_growth"], first["confidence"], chosen["confidence_base"])
    factor = 1 + stated.value / 100
    implied = first["value"] / factor if factor > 0 else math.nan
    return Finding(
        check="growth",
        verdict=verdict,
        pattern="no_base" if no_base else "",
        place=first["place"],
        series=first["series"],
        series_name=first["series_name"],
        scope=None if pd.isna(first["scope"]) else first["scope"],
        measure="growth",
        unit="%",
        year=int(first["year"]),
        stated=stated,
        expected=computed,
        base_year=int(chosen["year_base"]),
        base_value=chosen["value_base"],
        implied_base=implied,
        base_unit=first["unit"],
        level=first["value"],
        deflator=100 * ((1 + computed.value / 100) / factor - 1) if constant and factor > 0 else math.nan,
        certainty=float(sure) * (1.0 if verdict in ("consistent", "inconsistent") else 0.8),
        evidence=(int(first["position"]), int(first["position_growth"]), *map(int, rows["position_base"])),
    )


def _against_last_year(rows: pd.DataFrame, stated: Span, *, constant: bool) -> tuple[str, pd.Series]:
    first = rows.iloc[0]
    fitting = [row for _, row in rows.iterrows() if _overlap(_computed(row), stated)]
    if fitting and (fitting[0]["position_base"] == first["position_base"]):
        return "consistent", first
    if first["basis_growth"] == "comparable":
        return "not_comparable", first
    if fitting:
        return "base_revised", first
    computed = _computed(first)
    lowest = 100 * ((1 + computed.low / 100) / (1 + stated.high / 100) - 1)
    highest = 100 * ((1 + computed.high / 100) / (1 + stated.low / 100) - 1)
    if constant and highest >= DEFLATOR[0] and lowest <= DEFLATOR[1]:
        return "real_vs_nominal", first
    return (
        "inconsistent" if first["report_base"] == first["report_growth"] == first["report"] else "base_revised"
    ), first


def _across_a_gap(row: pd.Series, stated: Span) -> str:
    """Judge by the base that level and growth imply for the year before, where only an earlier year has a level."""
    years = int(row["back"]) - 1
    least = row["low_base"] * (1 + YEARLY[0] / 100) ** years
    most = row["high_base"] * (1 + YEARLY[1] / 100) ** years
    implied = Span(math.nan, row["low"] / (1 + stated.high / 100), row["high"] / (1 + stated.low / 100))
    return "not_comparable" if implied.high >= least and implied.low <= most else "base_revised"


def _computed(row: pd.Series) -> Span:
    """Give the growth in % from the base to the level of a joined row, with its interval."""
    low = 100 * (row["low"] / row["high_base"] - 1) if row["high_base"] > 0 else math.inf
    high = 100 * (row["high"] / row["low_base"] - 1) if row["low_base"] > 0 else math.inf
    value = 100 * (row["value"] / row["value_base"] - 1) if row["value_base"] > 0 else math.nan
    return Span(value, low, high)


def _overlap(one: Span, other: Span) -> bool:
    return one.low <= other.high and other.low <= one.high
