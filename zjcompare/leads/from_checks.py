"""Checks → facts: contradictions, revisions, missed targets, silence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from zjcompare.checks.findings import subject_of
from zjcompare.leads.context import Row, Telling
from zjcompare.leads.facts import Fact, Speech
from zjcompare.leads.silences import gather_silences, tell_silences
from zjcompare.salience import salience_of
from zjcompare.sentences import Told, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from zjcompare.figures import Figure


def facts_of_checks(
    aligned: pd.DataFrame, series: pd.DataFrame, checks: pd.DataFrame, speech: Speech
) -> Iterator[Fact]:
    """Yield the facts that failed checks, and targets met, give; what falls silent together is told once."""
    line_of = {int(position): int(line) for position, line in zip(series["position"], series["line"], strict=True)}
    status, bound = aligned["status"].to_numpy(object), aligned["bound"].to_numpy(object)
    worth = checks["failed"] | ((checks["check"] == "target") & (checks["verdict"] == "met"))
    rows = cast("list[Row]", checks[worth].to_dict("records"))
    for row in rows:
        row["line"] = next((line_of[position] for position in row["evidence"] if position in line_of), -1)
        row["status"], row["bound"] = status[row["evidence"][0]], bound[row["evidence"][0]]
        row["bounded"] = row["check"] != "target" and any(bound[position] != "=" for position in row["evidence"])
    alone, together = gather_silences(rows, speech)
    for row in alone:
        writer = _WRITERS.get(row["check"])
        telling = writer(row, speech) if writer else None
        if telling is not None:
            yield _fact(row, telling, speech)
    for group in together:
        figure = _printed(group[0], "stated" if group[0]["verdict"] == "gone" else "expected", speech)
        yield _fact(*tell_silences(group, figure, speech), speech)


def _growth(row: Row, speech: Speech) -> Telling | None:
    """Tell a stated growth that the levels do not give; a fall called a rise is the stronger fact."""
    if not math.isfinite(row["implied_base"]):
        return None
    prices = salience_of(row["series_name"], speech.lexicon).prices
    opposed = row["stated_low"] > 0 > row["expected_high"] or row["stated_high"] < 0 < row["expected_low"]
    gap = row["year"] - row["base_year"] > 1
    distance = abs(row["expected"] - row["stated"])
    told = _growth_words(row, prices, speech)
    constant = ["constant_prices"] if prices == "constant" else []
    caveats = (*constant, *(["gap"] if gap else []), "several_reports")
    if opposed:
        pattern = "lead.contradiction_gap" if gap else "lead.contradiction"
        weight = min(1.0, 0.6 + distance / 20)
        return Telling("contradiction", pattern, told, {"contradiction": weight}, caveats)
    if row["verdict"] == "inconsistent":
        weight = min(1.0, 0.4 + distance / 10)
        return Telling("inconsistent", "lead.inconsistent", told, {"contradiction": weight}, tuple(constant))
    if gap:
        return None
    return Telling("base_revised", "lead.base_revised", told, {"contradiction": min(0.7, distance / 15)}, caveats)


def _growth_words(row: Row, prices: str, speech: Speech) -> dict[str, Told]:
    return {
        "name": speech.name(row["series_name"], "level"),
        "est": speech.estimate(row["status"]),
        "value": speech.bounded(speech.amount(row["level"], row["base_unit"]), row["bound"]),
        "previous": speech.amount(row["base_value"], row["base_unit"]),
        "previous_year": Words(str(row["base_year"])),
        "implied": speech.bounded(speech.amount(row["implied_base"], row["base_unit"]), row["bound"]),
        "implied_year": Words(str(row["year"] - 1)),
        "word": speech.word("up" if row["expected"] > 0 else "down"),
        "move": speech.per_cent(row["expected"]),
        "stated": speech.amount(abs(row["stated"]), "%", width=row["stated_high"] - row["stated_low"]),
        "stated_word": speech.word("grew" if row["stated"] >= 0 else "fell"),
        "basis": speech.basis(prices),
    }


def _revision(row: Row, speech: Speech) -> Telling | None:
    """Tell a figure that was later replaced: by how much, against its size."""
    if row["measure"] not in ("level", "growth") or not row["expected"]:
        return None
    difference = row["stated"] - row["expected"]
    points = row["unit"] in ("%", "‰")
    if not points and abs(difference / row["expected"]) >= _REPLACED:
        return None
    relative = abs(difference) / 1.5 if points else abs(difference / row["expected"]) / 0.03
    told: dict[str, Told] = {
        "first": _printed(row, "expected", speech),
        "value": _printed(row, "stated", speech),
        "word": speech.word("added" if difference > 0 else "cut"),
        "difference": speech.points(difference) if points else speech.amount(abs(difference), row["unit"]),
    }
    weight = {"contradiction": min(0.9, relative)}
    doubtful = not points and abs(difference / row["expected"]) > _UNLIKELY
    caveats = ("several_reports", *(("large_change",) if doubtful else ()))
    return Telling("revision", "lead.revision", told, weight, caveats)


def _twice(row: Row, speech: Speech) -> Telling:
    """Tell two figures for one year; a name that no newsroom knows by itself (床位) is likelier to mean two things."""
    known = salience_of(row["series_name"], speech.lexicon).en
    told: dict[str, Told] = {"first": _printed(row, "expected", speech), "value": _printed(row, "stated", speech)}
    return Telling("twice", "lead.twice", told, {"contradiction": 0.6 if known else 0.2})


def _target(row: Row, speech: Speech) -> Telling | None:
    """Tell a target missed, met by far, or never told of again."""
    target = _printed(row, "expected", speech)
    if row["verdict"] == "not_reported":
        return Telling("not_reported", "lead.not_reported", {"target": target}, {"silence": 0.5})
    difference = row["stated"] - row["expected"]
    told: dict[str, Told] = {
        "target": target,
        "value": _printed(row, "stated", speech),
        "word": speech.word("reaching" if not difference else "above" if difference > 0 else "below"),
        "est": speech.estimate(row["status"]),
    }
    pattern = "lead.target"
    if row["measure"] == "growth":
        pattern = "lead.target_growth"
        width = row["stated_high"] - row["stated_low"]
        value = speech.amount(abs(row["stated"]), "%", width=width)
        better = salience_of(row["series_name"], speech.lexicon).better
        told |= {"value": value, "growth_word": speech.grew(row["stated"], value, better=better)}
        told["name"] = speech.name(row["series_name"], "level")
    share = abs(difference) / 5 if row["unit"] in ("%", "‰") else abs(difference / (row["expected"] or math.inf)) / 0.2
    if row["verdict"] == "missed":
        return Telling("missed_target", pattern, told, {"target": min(1.0, 0.35 + share)})
    return Telling("met_target", pattern, told, {"target": min(0.4, share / 2)})


def _silence(row: Row, speech: Speech) -> Telling:
    told: dict[str, Told] = {"value": _printed(row, "stated", speech), "last_year": Words(str(row["year"] - 1))}
    return Telling("silence", "lead.gone", told, {"silence": 0.5})


def _sum(row: Row, speech: Speech) -> Telling:
    """Tell what the check's own sentence tells."""
    del speech
    return Telling(row["check"], "lead.as_checked", {"whole": Words(row["zh"], row["en"])}, {"contradiction": 0.6})


_WRITERS = {
    "growth": _growth, "revision": _revision, "twice": _twice, "target": _target, "silence": _silence, "parts": _sum,
    "shares": _sum, "streak": _sum,
}  # fmt: skip
_UNLIKELY = 0.08  # a share of a level from which a revision should be checked against the source first
_REPLACED = 0.5  # a share of a level from which a later figure is another quantity rather than a revision
_CHARTS = {"target": "target", "parts": "bar", "shares": "bar"}


def _printed(row: Row, column: str, speech: Speech) -> Figure:
    """Give one of a check's two figures as printed."""
    width = row[f"{column}_high"] - row[f"{column}_low"]
    return speech.amount(row[column], row["unit"], row["measure"], width=width)


def _fact(row: Row, telling: Telling, speech: Speech) -> Fact:
    about = subject_of(row)
    holds = {"estimate": row["status"] == "estimate", "scope": about.scope is not None, "bound": row["bounded"]}
    found = [name for name, held in holds.items() if held]
    return Fact(
        kind=telling.kind,
        about=about,
        line=row["line"],
        pattern=telling.pattern,
        told={**speech.subject(about), **telling.told},
        parts=telling.parts,
        evidence=tuple(row["evidence"]),
        chart=_CHARTS.get(row["check"], "line"),
        caveats=(*found, *telling.caveats),
        certainty=row["certainty"],
    )
