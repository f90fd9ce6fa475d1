"""Moves → facts: records, reversals, jumps, streaks, growth that quickens or slows, rates and ranks that move.

How newsworthy each is, from 0 to 1, is measured against the line's own history, as QuickInsights (Ding et al., SIGMOD
2019) weighs impact by significance: a record counts for as much as records are rare on that line.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from zjcompare.leads.facts import NOTHING, Fact, Speech
from zjcompare.salience import salience_of
from zjcompare.sentences import Told, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

Row = dict[str, Any]
_FROM_SERIES = ("low", "high", "bound", "tied", "rank_scope", "rank_of", "basis", "scope", "confidence", "position", "evidence",
                "per", "since", "base", "break_reason")  # fmt: skip
_UNUSUAL = 3.5


def facts_of_moves(aligned: pd.DataFrame, series: pd.DataFrame, moves: pd.DataFrame, speech: Speech) -> Iterator[Fact]:
    """Yield the facts that single lines give: `moves` comes from `compute_moves(series)`."""
    rows = moves.join(series[list(_FROM_SERIES)]).assign(like_vintage=_like_vintage(aligned, series, moves))
    rows = rows[rows["value"].notna() & rows["per"].isna() & rows["since"].isna() & rows["base"].isna()]
    rows = rows.assign(**_of_lines(rows))
    for row in rows.to_dict("records"):
        yield from _of_row(row, speech)


def _like_vintage(aligned: pd.DataFrame, series: pd.DataFrame, moves: pd.DataFrame) -> np.ndarray:
    """Give where a level and the growth stated for it may be held together: from one report, or both final."""
    report, status = aligned["report"].to_numpy(object), aligned["status"].to_numpy(object)
    level, growth = series["position"].to_numpy(), moves["stated_position"].to_numpy()
    final = (status[level] == "actual") & (status[growth] == "actual")
    return (growth >= 0) & (final | (report[level] == report[growth]))


def _of_lines(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """Give what a row needs to know of its line: the row before, the median change, how usual records are, the last year."""
    same = rows["line"].to_numpy() == np.roll(rows["line"].to_numpy(), 1)
    position = rows["position"].to_numpy()
    linked = same & rows["previous"].notna().to_numpy()
    move = rows["growth"].where(rows["scale"] == "percent", rows["change"])
    by_line = rows["line"]
    highest = (rows["history"] > 0) & (rows["high_over"] == rows["history"])
    lowest = (rows["history"] > 0) & (rows["low_over"] == rows["history"])
    is_record = highest | lowest
    record = np.where(highest, "record_high", np.where(lowest, "record_low", ""))
    earlier = is_record.groupby(by_line).cumsum() - is_record
    usual = np.where(rows["history"] > 1, earlier / (rows["history"] - 1).clip(lower=1), 0.0)
    return {
        "position_before": np.where(linked, np.roll(position, 1), -1),
        "record_before": np.where(linked, np.roll(record, 1), ""),
        "usual_change": move.groupby(by_line).transform("median").to_numpy(float),
        "changes": move.groupby(by_line).transform("count").to_numpy(),
        "usual_record": np.clip(usual, 0, 1),
        "last_year": rows.groupby(["place"])["year"].transform("max").to_numpy(),
    }


def _of_row(row: Row, speech: Speech) -> Iterator[Fact]:
    if row["measure"] == "level" and row["scale"] in ("percent", "points"):
        yield from _of_level(row, speech)
    elif row["measure"] == "growth":
        yield from _of_growth(row, speech)
    elif row["measure"] == "rank":
        yield from _of_rank(row, speech)
    elif row["measure"] == "streak" and row["value"] >= 3 and row["unit"] == "年":
        streak = speech.phrase("grown", years=Words(str(int(row["value"]))))
        yield _fact(
            row, speech, "stated_streak", "lead.stated_streak", {"streak": streak}, {"record": 0.05 * row["value"]}
        )


def _of_level(row: Row, speech: Speech) -> Iterator[Fact]:
    """Yield facts of one year's level: against the growth stated, the year before, and its own history."""
    if math.isnan(row["previous"]):
        return
    told, parts = _moved(row, speech), {"size": _size(row)}
    falling = row["direction"] < 0
    reversal = min(1.0, abs(row["ended"]) / 6) * (1.0 if falling else 0.7) if abs(row["ended"]) >= 3 else 0.0
    opposed = row["growth_high"] < 0 < row["stated"] or row["growth_low"] > 0 > row["stated"]
    if opposed and row["like_vintage"]:
        yield _contradiction(row, speech, told, reversal)
    elif reversal:
        kind = "decline" if row["ended"] < 0 else "growth" if row["scale"] == "percent" else "rises"
        ended = speech.phrase(f"ended_{kind}", years=Words(str(abs(row["ended"]))))
        yield _fact(row, speech, "reversal", "lead.reversal", {**told, "ended": ended},
                    {**parts, "reversal": reversal})  # fmt: skip
    yield from _record(row, speech, parts)
    if abs(row["outlier"]) >= _UNUSUAL and row["direction"] and row["scale"] == "percent":
        usual = speech.phrase(
            "usual_growth" if row["usual_change"] >= 0 else "usual_fall", amount=speech.per_cent(row["usual_change"])
        )
        jump = {**told, "span": Words(str(row["changes"] + 1)), "usual": usual}
        yield _fact(row, speech, "jump", "lead.jump", jump, parts)
    if row["year"] == row["last_year"] and row["direction"]:
        yield from _latest(row, speech, told, parts)


def _latest(row: Row, speech: Speech, told: dict[str, Told], parts: dict[str, float]) -> Iterator[Fact]:
    """Yield the plain move of the last year, as a streak where it is one."""
    if row["scale"] == "points":
        yield _fact(row, speech, "rate", "lead.rate", told, parts)
    elif abs(row["streak"]) >= 4:
        falling = row["streak"] < 0
        kind = "decline" if falling else "growth" if told["word"] == speech.word("up") else "rises"
        streak = speech.phrase(f"streak_{kind}", years=Words(str(abs(row["streak"]))))
        weight = min(1.0, abs(row["streak"]) / 8) * (0.6 if falling else 0.25)
        yield _fact(row, speech, "streak", "lead.streak", {**told, "streak": streak}, {**parts, "record": weight})
    else:
        yield _fact(row, speech, "move", "lead.move", told, parts)


def _contradiction(row: Row, speech: Speech, told: dict[str, Told], reversal: float) -> Fact:
    """Give the fact that a level moved one way and the growth stated for it the other."""
    constant = salience_of(row["series_name"], speech.lexicon).prices == "constant"
    more = {"previous": speech.amount(row["previous"], row["unit"]), "previous_year": Words(str(row["year"] - 1)),
            "stated": speech.amount(abs(row["stated"]), "%"), "stated_word": speech.word("grew" if row["stated"] > 0 else "fell"),
            "basis": speech.basis("constant" if constant else None)}  # fmt: skip
    weight = min(1.0, 0.6 + abs(row["growth"] - row["stated"]) / 20)
    caveats = (*(("constant_prices",) if constant else ()), "several_reports")
    parts = {"contradiction": weight, "reversal": reversal / 2}
    fact = _fact(row, speech, "contradiction", "lead.contradiction", {**told, **more}, parts, caveats=caveats)
    return replace(fact, evidence=(*fact.evidence, int(row["stated_position"])))


def _record(row: Row, speech: Speech, parts: dict[str, float]) -> Iterator[Fact]:
    """Yield the highest or lowest value in at least four years, where that is not what happens every year."""
    for over, kind, word in ((row["high_over"], "record_high", "highest"), (row["low_over"], "record_low", "lowest")):
        whole = over == row["history"]
        rarity = (1.0 - row["usual_record"]) * (0.4 if row["record_before"] == kind else 1.0) if whole else 0.7
        weight = min(1.0, over / 8) * rarity
        if over >= 4 and weight >= 0.2:
            since = row["year"] - over - (0 if whole else 1)
            told: dict[str, Told] = {"value": speech.amount(row["value"], row["unit"], row["measure"], width=row["high"] - row["low"]),
                                     "since": Words(str(since)), "word": speech.word(word)}  # fmt: skip
            yield _fact(row, speech, kind, "lead.record", told, {**parts, "record": weight})


def _of_growth(row: Row, speech: Speech) -> Iterator[Fact]:
    """Yield facts of one year's stated growth."""
    value, previous = row["value"], row["previous"]
    width = row["high"] - row["low"]
    told: dict[str, Told] = {"value": speech.amount(abs(value), "%", width=width), "word": speech.word("grew" if value >= 0 else "fell"),
                             "name": speech.name(row["series_name"], "level")}  # fmt: skip
    if not math.isnan(previous) and value * previous < 0:
        turned = {
            **told,
            "previous": speech.amount(abs(previous), "%"),
            "previous_word": speech.word("grew" if previous >= 0 else "fell"),
        }
        yield _fact(row, speech, "turned", "lead.turned", turned, {"size": _size(row), "reversal": 0.5})
    elif row["direction"]:
        pace = {
            **told,
            "pace": speech.word("faster" if row["change"] > 0 else "slower"),
            "change": speech.points(row["change"]),
        }
        yield _fact(row, speech, "faster" if row["change"] > 0 else "slower", "lead.pace", pace, {"size": _size(row)})
    elif math.isnan(previous) and row["year"] == row["last_year"]:
        weight = 0.05 + 0.5 * min(1.0, abs(value) / 60) + (0.2 if value < 0 else 0.0)
        yield _fact(row, speech, "growth", "lead.growth", told, {"size": weight})
    if row["history"] >= 4:
        named = {"name": speech.name(row["series_name"], "growth")}
        for fact in _record(row, speech, {"size": _size(row)}):
            yield _fact(row, speech, fact.kind, fact.pattern, {**fact.told, **named}, fact.parts)


def _of_rank(row: Row, speech: Speech) -> Iterator[Fact]:
    """Yield a rank, with its move where the year before has one; smaller is better."""
    if row["bound"] not in ("=", "<=") or row["value"] < 1:
        return
    name = speech.name(row["series_name"], "level", rank_of=row["rank_of"])
    scope = row["rank_scope"] if isinstance(row["rank_scope"], str) else ""
    told: dict[str, Told] = {"value": speech.amount(row["value"], row["unit"], "rank"), "name": name,
                             "scope": speech.phrase("ranked_in", scope=Words(scope)) if scope else NOTHING}  # fmt: skip
    high = {1: 0.5, 2: 0.3, 3: 0.25}.get(int(row["value"]), 0.1)
    if row["direction"]:
        better = row["change"] < 0
        told |= {"word": speech.word("forward" if better else "back"), "places": Words(str(abs(int(row["change"]))))}
        weight = high / 2 + min(1.0, abs(row["change"]) / 5)
        yield _fact(row, speech, "rank_up" if better else "rank_down", "lead.rank_move", told, {"rank": weight})
    elif row["year"] == row["last_year"]:
        yield _fact(row, speech, "rank", "lead.rank", told, {"rank": high})


def _moved(row: Row, speech: Speech) -> dict[str, Told]:
    """Give the words of a level and its move from the year before."""
    rising = row["change"] >= 0
    told: dict[str, Told] = {"value": speech.amount(row["value"], row["unit"], width=row["high"] - row["low"])}
    if row["scale"] == "points":
        change = speech.points(row["change"])
        return {**told, "word": speech.word("rose" if rising else "dropped"), "change": change, "move": change}
    additive = "/" not in row["unit"] and salience_of(row["series_name"], speech.lexicon).better != "down"
    word = ("up" if additive else "higher") if rising else "down"
    return {**told, "word": speech.word(word), "move": speech.per_cent(row["growth"])}


def _size(row: Row) -> float:
    """Give how large a move is, against the line's own where there are enough years, else in itself."""
    if not math.isnan(row["outlier"]):
        return float(min(1.0, abs(row["outlier"]) / 10))
    move = row["growth"] if row["scale"] == "percent" else row["change"]
    scale = {"percent": 100.0, "points": 25.0}.get(row["scale"], math.inf)
    return 0.0 if math.isnan(move) else float(min(0.6, abs(move) / scale))


def _fact(
    row: Row,
    speech: Speech,
    kind: str,
    pattern: str,
    told: dict[str, Told],
    parts: dict[str, float],
    *,
    caveats: tuple[str, ...] = (),
) -> Fact:
    """Give a fact of one row, with the words and caveats that all facts share."""
    scope = row["scope"] if isinstance(row["scope"], str) else None
    shared: dict[str, Told] = {"place": Words(scope or row["place"]), "year": Words(str(row["year"])),
                               "name": speech.name(row["series_name"], row["measure"], rank_of=row["rank_of"]),
                               "est": speech.estimate(row["status"])}  # fmt: skip
    before = (int(row["position_before"]),) if row["position_before"] >= 0 else ()
    found = [name for name, holds in (
        ("estimate", row["status"] == "estimate"), ("mixed", row["mixed"] and row["position_before"] >= 0),
        ("bound", row["bound"] != "="), ("base_effect", row["base_effect"]), ("scope", scope is not None),
        ("break", isinstance(row["break_reason"], str)),
    ) if holds]  # fmt: skip
    return Fact(
        kind=kind, place=row["place"], series=row["series"], series_name=row["series_name"], measure=row["measure"],
        line=int(row["line"]), year=int(row["year"]), pattern=pattern, told={**shared, **told}, parts=parts,
        evidence=(int(row["position"]), *before), chart="rank" if row["measure"] == "rank" else "line",
        caveats=(*found, *caveats), scope=scope, compares=bool(before) and row["measure"] == "level",
    )  # fmt: skip
