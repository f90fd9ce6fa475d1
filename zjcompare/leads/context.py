"""Moves → rows that know their surroundings: what the facts of single lines are told from."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from zjcompare.checks.findings import subject_of
from zjcompare.leads.facts import Fact, Speech

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from zjcompare.lexicon import Lexicon
    from zjcompare.sentences import Told

Row = dict[str, Any]
_FROM_SERIES = (
    "low", "high", "bound", "tied", "rank_scope", "rank_of", "scope", "position", "per", "since", "base",
    "break_reason",
)  # fmt: skip
_COUNTED = ("count", "people")
SURE = 3.0  # standard errors from which a change of a count is surely none of chance
_LARGE = (-50.0, 100.0)  # a growth in per cent outside of which the source should be checked first


@dataclass(frozen=True, slots=True)
class Telling:
    """How one row is told: the kind of lead, its sentence pattern, what fills it, and what it is worth."""

    kind: str
    pattern: str
    told: Mapping[str, Told]
    parts: Mapping[str, float]
    caveats: tuple[str, ...] = ()
    evidence: tuple[int, ...] = field(default=())


def rows_in_context(aligned: pd.DataFrame, series: pd.DataFrame, moves: pd.DataFrame, lexicon: Lexicon) -> list[Row]:
    """Give the rows of `moves` that have a figure of one year, each with what its line and its reports say around it.

    Added: `like_vintage` (the growth stated for the year may be held against its level), `disputed` (its report has
    another figure under that name), `position_before` and `disputed_before` of the year before, `record_before` (kind
    of record that year set, or empty), `usual_record` (share of earlier years that set one), `usual_change` (the
    line's median change) over `changes` years, `last_year` of the place, `known_years` (years in which the place has a
    figure of the series, in any measure), `text` (as printed) and its `sentence`, `record_high_by` and `record_low_by`
    (how clearly), `significance` (of the change of a count, else 1).
    """
    rows = moves.join(series[list(_FROM_SERIES)]).assign(
        like_vintage=_like_vintage(aligned, series, moves),
        disputed=_disputed(aligned, series),
        text=aligned["text"].to_numpy(object)[series["position"].to_numpy(np.int64)],
        sentence=aligned["sentence"].to_numpy(object)[series["position"].to_numpy(np.int64)],
        known_years=_known_years(moves),
        significance=_significance(moves, lexicon),
    )
    rows = rows[rows["value"].notna() & rows["per"].isna() & rows["since"].isna() & rows["base"].isna()]
    return cast("list[Row]", rows.assign(**_of_lines(rows)).to_dict("records"))


def _like_vintage(aligned: pd.DataFrame, series: pd.DataFrame, moves: pd.DataFrame) -> NDArray[np.bool_]:
    """Give where a level and the growth stated for it may be held together: from one report, or both final."""
    report, _ = pd.factorize(aligned["report"])
    actual = (aligned["status"] == "actual").to_numpy(bool)
    level, growth = series["position"].to_numpy(np.int64), moves["stated_position"].to_numpy(np.int64)
    alike: NDArray[np.bool_] = (actual[level] & actual[growth]) | (report[level] == report[growth])
    return alike & (growth >= 0)


def _disputed(aligned: pd.DataFrame, series: pd.DataFrame) -> NDArray[np.bool_]:
    """Give where the report of the best figure has another, different one for the same series, measure and year."""
    value, plain = aligned["value"].to_numpy(float), (aligned["status"] != "target").to_numpy(bool)
    unit, _ = pd.factorize(aligned["unit"])
    report, _ = pd.factorize(aligned["report"])
    disputed = np.zeros(len(series), dtype=bool)
    beside = zip(series["position"], series["evidence"], series["rivals"], strict=True)
    for row, (best, evidence, rivals) in enumerate(beside):
        for other in [*evidence, *rivals] if len(evidence) + len(rivals) > 1 else []:
            differs = unit[other] != unit[best] or not np.isclose(value[other], value[best], 0.01)
            disputed[row] |= plain[other] and report[other] == report[best] and differs
    return disputed


def _known_years(moves: pd.DataFrame) -> pd.Series:
    """Give in how many years the place of each row has a figure of its series."""
    year = moves["year"].where(moves["value"].notna())
    return year.groupby([moves["place"], moves["series"]]).transform("nunique")


def _significance(moves: pd.DataFrame, lexicon: Lexicon) -> NDArray[np.float64]:
    """Give how far the change of a count is more than chance, from 0 to 1; 1 for what is no count.

    Counts of chance events are Poisson, and twice their square roots have a standard error of 1 (F. J. Anscombe,
    *Biometrika* 35, 1948): two counts differ by z = √2·(√a − √b) of it. From `SURE` on nothing is taken off.
    """
    counted = {row["unit"] for row in lexicon.rows("units") if row["dimension"].startswith(_COUNTED)}
    counts = (moves["measure"] == "level") & moves["unit"].isin(counted) & moves["previous"].notna()
    with np.errstate(invalid="ignore"):
        z = np.sqrt(2) * np.abs(np.sqrt(moves["value"].to_numpy(float)) - np.sqrt(moves["previous"].to_numpy(float)))
    return np.where(counts, np.minimum(1.0, (z / SURE) ** 2), 1.0)


def _of_lines(rows: pd.DataFrame) -> dict[str, NDArray[np.generic]]:
    line = rows["line"].to_numpy(np.int64)
    linked = (line == np.roll(line, 1)) & rows["previous"].notna().to_numpy(bool)
    move = rows["growth"].where(rows["scale"] == "percent", rows["change"]).groupby(line)
    highest = (rows["history"] > 0) & (rows["high_over"] == rows["history"])
    lowest = (rows["history"] > 0) & (rows["low_over"] == rows["history"])
    record = np.where(highest, "record_high", np.where(lowest, "record_low", ""))
    is_record = (highest | lowest).astype(np.int64)
    earlier = (is_record.groupby(line).cumsum() - is_record).to_numpy(np.int64)
    history = rows["history"].to_numpy(np.int64)
    beaten = _beaten(rows)
    return {
        **beaten,
        "position_before": np.where(linked, np.roll(rows["position"].to_numpy(np.int64), 1), -1),
        "disputed_before": linked & np.roll(rows["disputed"].to_numpy(bool), 1),
        "record_before": np.where(linked, np.roll(record, 1), ""),
        "usual_record": np.clip(earlier / np.maximum(history - 1, 1), 0, 1),
        "usual_change": move.transform("median").to_numpy(float),
        "changes": move.transform("count").to_numpy(np.int64),
        "last_year": rows.groupby("place")["year"].transform("max").to_numpy(np.int64),
    }


def _beaten(rows: pd.DataFrame) -> dict[str, NDArray[np.generic]]:
    """Give by how much each record beats the best of the years before it: a share of that, or points of a rate."""
    value, percent = rows["value"].to_numpy(float), (rows["scale"] == "percent").to_numpy(bool)
    margins: dict[str, NDArray[np.generic]] = {}
    for column, kind, best in (("high_over", "record_high", np.max), ("low_over", "record_low", np.min)):
        over = rows[column].to_numpy(np.int64)
        margin = np.zeros(len(rows))
        for row in np.flatnonzero(over):
            held = best(value[row - over[row] : row])
            margin[row] = abs(value[row] - held) / (abs(held) if percent[row] and held else 1.0)
        margins[f"{kind}_by"] = margin
    return margins


def fact_of(row: Row, telling: Telling, speech: Speech) -> Fact:
    """Give the fact that a row is told as, with the words, evidence and caveats that all facts share."""
    about = subject_of(row)
    shared: dict[str, Told] = {
        **speech.subject(about),
        "name": speech.name(about.series_name, about.measure, rank_of=row["rank_of"]),
        "est": speech.estimate(row["status"]),
    }
    compares = row["position_before"] >= 0
    holds = {
        "estimate": row["status"] == "estimate",
        "mixed": row["mixed"] and compares,
        "bound": row["bound"] != "=",
        "base_effect": row["base_effect"],
        "scope": about.scope is not None,
        "break": isinstance(row["break_reason"], str),
        "disputed": row["disputed"] or row["disputed_before"],
        "large_change": compares and _is_doubtful(row),
        "small_count": row["significance"] < 1,
    }
    return Fact(
        kind=telling.kind,
        about=about,
        line=row["line"],
        pattern=telling.pattern,
        told={**shared, **telling.told},
        parts=telling.parts,
        evidence=(row["position"], *([row["position_before"]] if compares else []), *telling.evidence),
        chart="rank" if about.measure == "rank" else "line",
        caveats=(*(name for name, held in holds.items() if held), *telling.caveats),
        significance=row["significance"],
        compares=compares and about.measure == "level",
    )


def _is_doubtful(row: Row) -> bool:
    """Say whether a level moved so much that a misread figure is the likelier cause, and no stated growth bears it."""
    if row["scale"] != "percent" or _LARGE[0] <= row["growth"] <= _LARGE[1] or math.isnan(row["growth"]):
        return False
    return not abs(row["stated"] - row["growth"]) <= 0.1 * abs(row["growth"])
