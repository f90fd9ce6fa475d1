"""Stated growth against the growth that the printed levels give.

Both are intervals: the stated growth from its printed digits, the computed one from those of the two levels (interval
arithmetic). Where they overlap, the statement holds. Where they do not, growth at constant prices may differ from that
of levels at current prices by the change of prices (the deflator), and a base may have been revised since it was
published: then the level and the growth imply another base, `level / (1 + growth)`. A deflator counts as plausible
between `DEFLATOR` per cent; the national one has lain between -1.2 and 8.1 since 1998. A base that differs from the
implied one by more than `REPLACED` is no base at all: as a rule it is a sum of years.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from zjcompare.checks.findings import Finding, Span, span_of, subject_of
from zjcompare.salience import salience_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from zjcompare.lexicon import Lexicon

DEFLATOR = (-3.0, 10.0)
YEARLY = (-10.0, 30.0)  # per cent a year that a level may move in years without figures before the base looks revised
REPLACED = 0.5  # a share of the base from which a figure is another quantity under its name, as a sum of years is
_LONGEST_GAP = 4
_VERDICT_OF = {"other_quantity": "not_comparable", "no_base": "not_comparable", "gap_broken": "base_revised"}
_TOLD = (
    "verdict", "pattern", "place", "series", "series_name", "measure", "scope", "unit", "year", "value", "year_base",
    "value_base", "value_growth", "low_growth", "high_growth", "computed", "computed_low", "computed_high", "implied",
    "deflator", "confidence", "confidence_growth", "confidence_base", "position", "position_growth",
)  # fmt: skip
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
    judged = _judged(pairs, lexicon)
    bases = pairs["position_base"].to_numpy(np.int64)
    ends = np.append(judged["start"].to_numpy(np.int64), len(pairs)).tolist()
    for row, start, stop in zip(judged[list(_TOLD)].to_dict("records"), ends, ends[1:], strict=False):
        yield _finding(row, tuple(bases[start:stop].tolist()))


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
    bases = bases.rename(columns={name: f"{name}_base" for name in bases.columns if name != "line"})
    found = []
    for back in range(1, _LONGEST_GAP + 1):
        dated = now.assign(back=back, year_base=now["year"] - back)
        found.append(dated.merge(bases, on=["line", "year_base"]))
        now = now[~dated.set_index(["line", "year_base"]).index.isin(bases.set_index(["line", "year_base"]).index)]
    joined = pd.concat(found, ignore_index=True)
    own_year = (joined["report_year_base"] == joined["year_base"]).astype(int)
    joined["vintage"] = np.where(joined["report_base"] == joined["report_growth"], 0, 2 - own_year)
    return joined.sort_values(["line_growth", "year", "line", "vintage"], kind="stable")


def _judged(pairs: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Give each stated growth with its best base, what level and base make of it, and the verdict.

    `start` is the first of its rows in `pairs`, which lie together, the best base first.
    """
    computed = _computed(pairs)
    fits = (computed["low"] <= pairs["high_growth"]) & (pairs["low_growth"] <= computed["high"])
    first = ~pairs.duplicated(["line_growth", "year", "line"]).to_numpy(bool)
    start = np.flatnonzero(first)
    any_fits = np.logical_or.reduceat(fits.to_numpy(bool), start) if len(start) else first
    rows, computed = pairs[first], computed[first]
    names = rows["series_name"].unique()
    constant = rows["series_name"].isin([name for name in names if salience_of(name, lexicon).prices == "constant"])
    constant |= rows["basis_growth"] == "constant"
    one_report = (rows["report_base"] == rows["report_growth"]) & (rows["report_growth"] == rows["report"])
    factor = (1 + rows["value_growth"] / 100).where(lambda one: one > 0)
    implied = rows["value"] / factor
    choices = {
        "other_quantity": (implied / rows["value_base"] - 1).abs() > REPLACED,
        "no_base": (rows["back"] > 1) & _reachable(rows),
        "gap_broken": rows["back"] > 1,
        "consistent": fits[first],
        "not_comparable": rows["basis_growth"] == "comparable",
        "base_revised": pd.Series(any_fits, index=rows.index),
        "real_vs_nominal": constant & _deflated(rows, computed),
        "inconsistent": one_report,
    }
    found = np.select([one.to_numpy(bool) for one in choices.values()], list(choices), default="base_revised")
    return rows.assign(
        start=start,
        verdict=pd.Series(found, index=rows.index).replace(_VERDICT_OF),
        pattern=np.select(
            [np.isin(found, ("no_base", "other_quantity")), constant & (found == "base_revised")],
            [found, "base_revised_real"],
            default="",
        ),
        computed=computed["value"],
        computed_low=computed["low"],
        computed_high=computed["high"],
        implied=implied,
        deflator=(100 * ((1 + computed["value"] / 100) / factor - 1)).where(constant),
    )


def _finding(row: Mapping[Hashable, Any], bases: tuple[int, ...]) -> Finding:
    sure = min(row["confidence_growth"], row["confidence"], row["confidence_base"])
    return Finding(
        check="growth",
        verdict=row["verdict"],
        pattern=row["pattern"],
        about=replace(subject_of(row), measure="growth", unit="%"),
        stated=span_of(row, "_growth"),
        expected=Span(row["computed"], row["computed_low"], row["computed_high"]),
        base_year=int(row["year_base"]),
        base_value=row["value_base"],
        implied_base=row["implied"],
        base_unit=row["unit"],
        level=row["value"],
        deflator=row["deflator"],
        certainty=float(sure) * (1.0 if row["verdict"] in ("consistent", "inconsistent") else 0.8),
        evidence=(int(row["position"]), int(row["position_growth"]), *bases),
    )


def _computed(pairs: pd.DataFrame) -> pd.DataFrame:
    """Give the growth in % from the base to the level of each joined row, with its interval."""
    least, most = pairs["low_base"], pairs["high_base"]
    low = (100 * (pairs["low"] / most - 1)).where(most > 0, math.inf)
    high = (100 * (pairs["high"] / least - 1)).where(least > 0, math.inf)
    value = (100 * (pairs["value"] / pairs["value_base"] - 1)).where(pairs["value_base"] > 0)
    return pd.DataFrame({"value": value, "low": low, "high": high})


def _deflated(rows: pd.DataFrame, computed: pd.DataFrame) -> pd.Series:
    """Give where a plausible change of prices reconciles a real growth with the levels."""
    lowest = 100 * ((1 + computed["low"] / 100) / (1 + rows["high_growth"] / 100) - 1)
    highest = 100 * ((1 + computed["high"] / 100) / (1 + rows["low_growth"] / 100) - 1)
    return (highest >= DEFLATOR[0]) & (lowest <= DEFLATOR[1])


def _reachable(rows: pd.DataFrame) -> pd.Series:
    """Give where the base that level and growth imply can be reached from the last printed level, years before."""
    years = rows["back"] - 1
    least = rows["low_base"] * (1 + YEARLY[0] / 100) ** years
    most = rows["high_base"] * (1 + YEARLY[1] / 100) ** years
    low, high = rows["low"] / (1 + rows["high_growth"] / 100), rows["high"] / (1 + rows["low_growth"] / 100)
    return (high >= least) & (low <= most)
