"""Checks → facts: contradictions, revisions, missed targets, silence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from zjcompare.leads.facts import Fact, Speech
from zjcompare.salience import salience_of
from zjcompare.sentences import Told, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

Row = dict[str, Any]


def facts_of_checks(
    aligned: pd.DataFrame, series: pd.DataFrame, checks: pd.DataFrame, speech: Speech
) -> Iterator[Fact]:
    """Yield the facts that failed checks, and targets met, give."""
    line_of = {int(position): int(line) for position, line in zip(series["position"], series["line"], strict=True)}
    status = aligned["status"].to_numpy(object)
    writers: dict[str, Callable[[Row, Speech], Fact | None]] = {
        "growth": _growth, "revision": _revision, "twice": _twice, "target": _target, "silence": _silence, "parts": _sum,
        "shares": _sum, "streak": _sum,
    }  # fmt: skip
    worth = checks["failed"] | ((checks["check"] == "target") & (checks["verdict"] == "met"))
    for row in checks[worth].to_dict("records"):
        row["line"] = next((line_of[position] for position in row["evidence"] if position in line_of), -1)
        row["status"] = status[row["evidence"][0]]
        writer = writers.get(row["check"])
        fact = writer(row, speech) if writer else None
        if fact is not None:
            yield fact


def _growth(row: Row, speech: Speech) -> Fact | None:
    """Tell a stated growth that the levels do not give; a fall called a rise is the stronger fact."""
    known = salience_of(row["series_name"], speech.lexicon)
    opposed = row["stated_low"] > 0 > row["expected_high"] or row["stated_high"] < 0 < row["expected_low"]
    gap = row["year"] - row["base_year"] > 1
    implied = speech.amount(row["implied_base"], row["base_unit"]) if math.isfinite(row["implied_base"]) else None
    if implied is None:
        return None
    told: dict[str, Told] = {
        "value": speech.amount(row["level"], row["base_unit"]), "previous": speech.amount(row["base_value"], row["base_unit"]),
        "previous_year": Words(str(row["base_year"])), "implied": implied, "implied_year": Words(str(row["year"] - 1)),
        "word": speech.word("up" if row["expected"] > 0 else "down"), "move": speech.per_cent(row["expected"]),
        "stated": speech.amount(abs(row["stated"]), "%", width=_width(row, "stated")), "stated_word": speech.word("grew" if row["stated"] >= 0 else "fell"),
        "basis": speech.basis(known.prices), "est": speech.estimate(row["status"]),
        "name": speech.name(row["series_name"], "level"),
    }  # fmt: skip
    distance = abs(row["expected"] - row["stated"])
    caveats = (
        *(["constant_prices"] if known.prices == "constant" else []),
        *(["gap"] if gap else []),
        "several_reports",
    )
    if opposed:
        pattern, kind, weight = (
            "contradiction_gap" if gap else "contradiction",
            "contradiction",
            min(1.0, 0.6 + distance / 20),
        )
    elif row["verdict"] == "inconsistent":
        pattern, kind, weight, caveats = "inconsistent", "inconsistent", min(1.0, 0.4 + distance / 10), ()
    elif gap:
        return None
    else:
        pattern, kind, weight = "base_revised", "base_revised", min(0.7, distance / 15)
    return _fact(row, speech, kind, f"lead.{pattern}", told, {"contradiction": weight}, caveats=caveats)


def _revision(row: Row, speech: Speech) -> Fact | None:
    """Tell a figure that was later replaced: by how much, against its size."""
    if row["measure"] not in ("level", "growth"):
        return None
    difference = row["stated"] - row["expected"]
    points = row["measure"] == "growth" or row["unit"] in ("%", "‰")
    weight = (
        min(0.9, abs(difference) / 1.5 if points else abs(difference / row["expected"]) / 0.03)
        if row["expected"]
        else 0.0
    )
    told: dict[str, Told] = {
        "first": speech.amount(row["expected"], row["unit"], width=_width(row, "expected")),
        "value": speech.amount(row["stated"], row["unit"], width=_width(row, "stated")),
        "word": speech.word("added" if difference > 0 else "cut"),
        "difference": speech.points(difference) if points else speech.amount(abs(difference), row["unit"]),
    }  # fmt: skip
    return _fact(
        row, speech, "revision", "lead.revision", told, {"contradiction": weight}, caveats=("several_reports",)
    )


def _twice(row: Row, speech: Speech) -> Fact:
    told: dict[str, Told] = {name: speech.amount(row[column], row["unit"], row["measure"], width=_width(row, column))
                             for name, column in (("first", "expected"), ("value", "stated"))}  # fmt: skip
    return _fact(row, speech, "twice", "lead.twice", told, {"contradiction": 0.6})


def _target(row: Row, speech: Speech) -> Fact | None:
    """Tell a target missed, met by far, or never told of again."""
    unit = row["unit"]
    target = speech.amount(row["expected"], unit, row["measure"], width=_width(row, "expected"))
    if row["verdict"] == "not_reported":
        return _fact(
            row, speech, "not_reported", "lead.not_reported", {"target": target}, {"silence": 0.4}, chart="target"
        )
    value = speech.amount(row["stated"], unit, row["measure"], width=_width(row, "stated"))
    difference = row["stated"] - row["expected"]
    relative = (
        abs(difference) / 5
        if unit in ("%", "‰")
        else abs(difference / row["expected"]) / 0.2
        if row["expected"]
        else 0.0
    )
    missed = row["verdict"] == "missed"
    weight = min(1.0, 0.35 + relative) if missed else min(0.4, relative / 2)
    word = speech.word("reaching" if not difference else "above" if difference > 0 else "below")
    told: dict[str, Told] = {"target": target, "word": word, "value": value,
                             "est": speech.estimate(row["status"])}  # fmt: skip
    pattern = "lead.target"
    if row["measure"] == "growth":
        pattern = "lead.target_growth"
        told |= {"growth_word": speech.word("grew" if row["stated"] >= 0 else "fell"),
                 "value": speech.amount(abs(row["stated"]), "%", width=_width(row, "stated")), "name": speech.name(row["series_name"], "level")}  # fmt: skip
    return _fact(
        row, speech, "missed_target" if missed else "met_target", pattern, told, {"target": weight}, chart="target"
    )


def _silence(row: Row, speech: Speech) -> Fact | None:
    if row["verdict"] != "gone":
        return None
    value = speech.amount(row["stated"], row["unit"], row["measure"])
    told: dict[str, Told] = {"value": value, "last_year": Words(str(row["year"] - 1))}
    return _fact(row, speech, "silence", "lead.gone", told, {"silence": 0.5})


def _sum(row: Row, speech: Speech) -> Fact:
    """Tell what the check's own sentence tells."""
    told: dict[str, Told] = {"whole": Words(row["zh"], row["en"])}
    return _fact(row, speech, row["check"], "lead.as_checked", told, {"contradiction": 0.6}, chart="bar")


def _width(row: Row, column: str) -> float:
    return float(row[f"{column}_high"] - row[f"{column}_low"])


def _fact(
    row: Row, speech: Speech, kind: str, pattern: str, told: dict[str, Told], parts: dict[str, float], *,
    caveats: tuple[str, ...] = (), chart: str = "line",
) -> Fact:  # fmt: skip
    scope = row["scope"] if isinstance(row["scope"], str) else None
    shared: dict[str, Told] = {"place": Words(scope or row["place"]), "year": Words(str(row["year"])),
                               "name": speech.name(row["series_name"], row["measure"])}  # fmt: skip
    found = [*(["estimate"] if row["status"] == "estimate" else []), *(["scope"] if scope else [])]
    return Fact(
        kind=kind, place=row["place"], series=row["series"], series_name=row["series_name"], measure=row["measure"],
        line=row["line"], year=int(row["year"]), pattern=pattern, told={**shared, **told}, parts=parts,
        evidence=tuple(row["evidence"]), chart=chart, caveats=(*found, *caveats), scope=scope, certainty=row["certainty"],
    )  # fmt: skip
