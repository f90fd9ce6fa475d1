"""What the plan said of a year, and what the report of that year then said."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from zjcompare.checks.findings import Finding, Span, span_of, subject_of
from zjcompare.checks.growth import REPLACED
from zjcompare.salience import salience_of
from zjcompare.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from zjcompare.lexicon import Lexicon


def check_targets(aligned: pd.DataFrame, series: pd.DataFrame, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield one finding for each target in `series`, as `build_series` gives it.

    A target is a floor, or a ceiling where it says so (以内, 低于), where less is better (失业率, PM2.5) and where
    a fall is planned. It is met where the printed outcome reaches it, missed where the outcome, rounding considered,
    lies outside what the target allows (左右 widens it), and open in between, before the year's report, where that
    report answers a growth with a level, and where plan and outcome are not of one quantity: a plan for several years,
    two targets in one report, a level missed by more than half. Where the report of the year gives no outcome, the
    target is not reported, or untracked if no report ever gives one under that name.
    """
    latest = aligned.groupby("place")["report_year"].max()
    reported = set(zip(aligned["place"], aligned["report_year"], strict=True))
    told = series[series["value"].notna()]
    tracked = set(zip(told["place"], told["series"], strict=True))
    answered = set(zip(told["place"], told["series"], told["year"], strict=True))
    confidence = aligned["confidence"].to_numpy(float)
    targets = series[series["target"].notna()]
    unclear = _unclear(aligned, targets, lexicon)
    for row, doubtful in zip(targets.to_dict("records"), unclear, strict=True):
        about, outcome = subject_of(row), span_of(row)
        target = Span(row["target"], row["target_low"], row["target_high"])
        if doubtful:
            verdict = "open"
        elif math.isnan(outcome.value):
            due = row["year"] <= latest[about.place] and (about.place, row["year"]) in reported
            due = due and (about.place, about.series, row["year"]) not in answered
            verdict = "open" if not due else "not_reported" if (about.place, about.series) in tracked else "untracked"
        else:
            verdict = _verdict(row, target, outcome, salience_of(about.series_name, lexicon).better)
        evidence = (*([row["position"]] if not math.isnan(outcome.value) else []), row["target_position"])
        yield Finding(
            check="target",
            verdict=verdict,
            about=about,
            stated=outcome,
            expected=target,
            certainty=float(confidence[list(evidence)].min()),
            evidence=evidence,
        )


def _unclear(aligned: pd.DataFrame, targets: pd.DataFrame, lexicon: Lexicon) -> NDArray[np.bool_]:
    """Give the targets said after a cue of several years, or beside which their report names another elsewhere."""
    position = targets["target_position"].to_numpy(np.int64)
    sentence, plan = aligned["sentence"].to_numpy(object), (aligned["status"] == "target").to_numpy(bool)
    value, report = aligned["value"].to_numpy(float), aligned["report"].to_numpy(object)
    several = re.compile("|".join(re.escape(row["cue"]) for row in lexicon.rows("horizons")))
    printed = [clean_text(str(text)).text for text in aligned["text"].to_numpy(object)[position]]
    before = [str(said).partition(text)[0] for said, text in zip(sentence[position], printed, strict=True)]
    unclear = np.array([bool(several.search(said)) for said in before], dtype=bool)
    for at, (own, rivals) in enumerate(zip(position, targets["rivals"], strict=True)):
        unclear[at] |= any(
            plan[other] and report[other] == report[own] and value[other] != value[own]
            and sentence[other] != sentence[own]
            for other in rivals
        )  # fmt: skip
    return unclear


def _verdict(row: Mapping[Hashable, Any], target: Span, outcome: Span, better: str) -> str:
    """Say whether an outcome reaches a target; ranks, planned falls and what is better low are ceilings."""
    falls = row["measure"] in ("growth", "change") and target.value < 0
    ceiling = row["target_bound"] in ("<", "<=") or better == "down" or row["measure"] == "rank" or falls
    sign = -1.0 if ceiling else 1.0
    aim, allowed = sign * target.value, sign * (target.high if ceiling else target.low)
    reached, best = sign * outcome.value, sign * (outcome.low if ceiling else outcome.high)
    if not np.isfinite(allowed):
        allowed = aim
    if reached >= aim:
        return "met"
    if row["measure"] == "level" and outcome.value < (1 - REPLACED) * target.value:
        return "open"
    return "missed" if best < allowed else "open"
