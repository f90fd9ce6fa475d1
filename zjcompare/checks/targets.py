"""What the plan said of a year, and what the report of that year then said."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from zjcompare.checks.findings import Finding, Span
from zjcompare.salience import salience_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from zjcompare.lexicon import Lexicon


def check_targets(aligned: pd.DataFrame, series: pd.DataFrame, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield one finding for each target in `series`, as `build_series` gives it.

    A target is a floor, or a ceiling where it says so (以内, 低于) or where less is better (失业率, PM2.5). It is met
    where the printed outcome reaches it, missed where the outcome, rounding considered, lies outside what the target
    allows (左右 widens it), and open in between, before the year's report, or where that report answers a growth with
    a level. Where the report of the year gives no outcome, the target is not reported, or untracked if no report ever
    gives one under that name.
    """
    reported = set(zip(aligned["place"], aligned["report_year"], strict=True))
    latest = aligned.groupby("place")["report_year"].max()
    told = series[series["value"].notna()]
    tracked = set(zip(told["place"], told["series"], strict=True))
    answered = set(zip(told["place"], told["series"], told["year"], strict=True))
    for row in series[series["target"].notna()].to_dict("records"):
        measures = {"target": Span(row["target"], row["target_low"], row["target_high"])}
        outcome = Span(row["value"], row["low"], row["high"])
        if math.isnan(outcome.value):
            due = row["year"] <= latest[row["place"]] and (row["place"], row["year"]) in reported
            tracks = (row["place"], row["series"]) in tracked
            due = due and (row["place"], row["series"], row["year"]) not in answered
            verdict = "open" if not due else "not_reported" if tracks else "untracked"
        else:
            verdict = _verdict(
                measures["target"], row["target_bound"], outcome, salience_of(row["series_name"], lexicon).better
            )
        evidence = (*([int(row["position"])] if not math.isnan(outcome.value) else []), int(row["target_position"]))
        yield Finding(
            check="target",
            verdict=verdict,
            place=row["place"],
            series=row["series"],
            series_name=row["series_name"],
            scope=row["scope"] if isinstance(row["scope"], str) else None,
            measure=row["measure"],
            unit=row["unit"],
            year=int(row["year"]),
            stated=outcome,
            expected=measures["target"],
            certainty=float(aligned["confidence"].to_numpy(float)[list(evidence)].min()),
            evidence=evidence,
        )


def _verdict(target: Span, bound: str, outcome: Span, better: str) -> str:
    """Say whether an outcome reaches a target; ranks and what is better low are ceilings."""
    ceiling = bound in ("<", "<=") or better == "down"
    sign = -1.0 if ceiling else 1.0
    aim, allowed = sign * target.value, sign * (target.high if ceiling else target.low)
    reached, best = sign * outcome.value, sign * (outcome.low if ceiling else outcome.high)
    if not np.isfinite(allowed):
        allowed = aim
    if reached >= aim:
        return "met"
    return "missed" if best < allowed else "open"
