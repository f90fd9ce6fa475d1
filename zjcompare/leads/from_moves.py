"""Moves → facts: records, reversals, jumps, streaks, growth that quickens or slows, rates and ranks that move.

How newsworthy each is, from 0 to 1, is measured against the line's own history, as QuickInsights (Ding et al., SIGMOD
2019) weighs impact by significance: a record counts for as much as records are rare on that line.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zjcompare.checks.standings import streak_direction
from zjcompare.leads.context import Row, Telling, fact_of
from zjcompare.leads.facts import NOTHING, Fact, Speech
from zjcompare.salience import salience_of
from zjcompare.sentences import Told, Words
from zjcompare.trends.moves import OUTLIER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LATEST = 0.4  # what the plain move of the last year is worth before its size is looked at
_ONE_YEAR = 0.4  # what a growth keeps of its news value where no other year of the indicator is known
_RECORD_YEARS, _CLEARLY = 3, {"percent": 0.01, "points": 0.5}  # a record beats this many years by that much


def facts_of_moves(rows: Iterable[Row], speech: Speech) -> Iterator[Fact]:
    """Yield the facts that single lines give; `rows` comes from `rows_in_context`."""
    for row in rows:
        for telling in _tellings(row, speech):
            yield fact_of(row, telling, speech)


def _tellings(row: Row, speech: Speech) -> Iterator[Telling]:
    if row["measure"] == "level" and row["scale"] in ("percent", "points"):
        yield from _of_level(row, speech)
    elif row["measure"] == "growth":
        yield from _of_growth(row, speech)
    elif row["measure"] == "rank":
        yield from _of_rank(row, speech)
    elif row["measure"] == "streak" and row["value"] >= 3 and row["unit"] == "年":
        direction = streak_direction(row["sentence"], row["text"])
        if direction:
            streak = speech.phrase("grown" if direction > 0 else "fallen", years=Words(str(int(row["value"]))))
            yield Telling("stated_streak", "lead.stated_streak", {"streak": streak}, {"record": 0.05 * row["value"]})


def _of_level(row: Row, speech: Speech) -> Iterator[Telling]:
    """Yield tellings of one year's level: against the growth stated, the year before, and its own history."""
    if math.isnan(row["previous"]):
        return
    told, parts = _moved(row, speech), {"size": _size(row)}
    reversal = _reversal(row)
    opposed = row["growth_high"] < 0 < row["stated"] or row["growth_low"] > 0 > row["stated"]
    if opposed and row["like_vintage"]:
        yield _contradiction(row, speech, told, reversal)
    elif reversal:
        kind = "decline" if row["ended"] < 0 else "growth" if row["scale"] == "percent" else "rises"
        ended = speech.phrase(f"ended_{kind}", years=Words(str(abs(row["ended"]))))
        yield Telling("reversal", "lead.reversal", {**told, "ended": ended}, {**parts, "reversal": reversal})
    yield from _records(row, speech, speech.name(row["series_name"], "level"))
    if abs(row["outlier"]) >= OUTLIER and row["direction"] and row["scale"] == "percent":
        amount = speech.per_cent(row["usual_change"])
        usual = speech.phrase("usual_growth" if row["usual_change"] >= 0 else "usual_fall", amount=amount)
        span = Words(str(row["changes"] + 1))
        yield Telling("jump", "lead.jump", {**told, "span": span, "usual": usual}, parts)
    if row["year"] == row["last_year"] and row["direction"]:
        yield _latest(row, speech, told, parts)


def _reversal(row: Row) -> float:
    """Give what the end of a streak of three years or more is worth; the end of a rise is worth more."""
    if abs(row["ended"]) < 3:
        return 0.0
    move = abs(row["growth"]) / 5 if row["scale"] == "percent" else abs(row["change"]) / 2
    worth = min(1.0, abs(row["ended"]) / 8) * (0.3 + 0.7 * min(1.0, move))
    return float(worth if row["direction"] < 0 else 0.7 * worth)


def _latest(row: Row, speech: Speech, told: dict[str, Told], parts: dict[str, float]) -> Telling:
    """Give the plain move of the last year, as a streak where it is one."""
    moved = abs(row["growth"]) / 4 if row["scale"] == "percent" else abs(row["change"])
    parts = {"size": _LATEST * (0.5 + 0.5 * min(1.0, moved)) + parts["size"]}
    if row["scale"] == "points":
        return Telling("rate", "lead.rate", told, parts)
    if abs(row["streak"]) < 4:
        return Telling("move", "lead.move", told, parts)
    falling = row["streak"] < 0
    kind = "decline" if falling else "growth" if told["word"] == speech.word("up") else "rises"
    streak = speech.phrase(f"streak_{kind}", years=Words(str(abs(row["streak"]))))
    weight = min(1.0, abs(row["streak"]) / 8) * (0.6 if falling else 0.1)
    return Telling("streak", "lead.streak", {**told, "streak": streak}, {**parts, "record": weight})


def _contradiction(row: Row, speech: Speech, told: dict[str, Told], reversal: float) -> Telling:
    """Give the fact that a level moved one way and the growth stated for it the other."""
    constant = salience_of(row["series_name"], speech.lexicon).prices == "constant"
    more: dict[str, Told] = {
        "previous": speech.amount(row["previous"], row["unit"]),
        "previous_year": Words(str(row["year"] - 1)),
        "implied": speech.amount(row["value"] / (1 + row["stated"] / 100), row["unit"]),
        "stated": speech.amount(abs(row["stated"]), "%"),
        "stated_word": speech.word("grew" if row["stated"] > 0 else "fell"),
        "basis": speech.basis("constant" if constant else None),
    }
    return Telling(
        "contradiction",
        "lead.contradiction",
        {**told, **more},
        {"contradiction": min(1.0, 0.6 + abs(row["growth"] - row["stated"]) / 20), "reversal": reversal / 2},
        (*(("constant_prices",) if constant else ()), "several_reports"),
        (int(row["stated_position"]),),
    )


def _records(row: Row, speech: Speech, name: Words) -> Iterator[Telling]:
    """Yield the highest or lowest value in years, beaten clearly, where that is not what happens every year.

    The year named is the first of those beaten, so that the sentence holds whether that year is counted in or not.
    """
    for over, kind, word in ((row["high_over"], "record_high", "highest"), (row["low_over"], "record_low", "lowest")):
        whole = over == row["history"]
        again = 0.4 if row["record_before"] == kind else 1.0
        weight = min(1.0, over / 8) * ((1.0 - row["usual_record"]) * again if whole else 0.7)
        if over >= _RECORD_YEARS and weight >= 0.2 and row[f"{kind}_by"] >= _CLEARLY.get(row["scale"], 0.0):
            figure = speech.amount(row["value"], row["unit"], row["measure"], width=row["high"] - row["low"])
            told: dict[str, Told] = {
                "name": name,
                "value": speech.bounded(figure, row["bound"]),
                "since": Words(str(row["year"] - over)),
                "word": speech.word(word),
            }
            yield Telling(kind, "lead.record", told, {"size": _size(row), "record": weight})


def _of_growth(row: Row, speech: Speech) -> Iterator[Telling]:
    """Yield tellings of one year's stated growth: turned, faster, slower, or by itself where no year precedes it."""
    value, previous = row["value"], row["previous"]
    better = salience_of(row["series_name"], speech.lexicon).better
    figure = speech.grown(value, row["text"], width=row["high"] - row["low"])
    told: dict[str, Told] = {
        "value": speech.bounded(figure, row["bound"]),
        "word": speech.grew(value, figure, better=better),
        "name": speech.name(row["series_name"], "level"),
    }
    if value * previous < 0 and row["direction"]:
        before = speech.amount(abs(previous), "%")
        turned = {**told, "previous": before, "previous_word": speech.grew(previous, before, better=better)}
        yield Telling("turned", "lead.turned", turned, {"size": _size(row), "reversal": 0.5})
    elif row["direction"]:
        kind, pattern = "faster" if row["change"] > 0 else "slower", "lead.pace"
        pace = speech.word(kind)
        if value < 0:  # a fall neither quickens nor slows: it widens or narrows
            pace, pattern = speech.word("narrower" if row["change"] > 0 else "wider"), "lead.pace_fall"
        latest = _LATEST if row["year"] == row["last_year"] else 0.0
        change = speech.points(row["change"])
        yield Telling(kind, pattern, {**told, "pace": pace, "change": change}, {"size": latest + _size(row)})
    elif math.isnan(previous) and row["year"] == row["last_year"]:
        weight = 0.1 + 0.5 * min(1.0, abs(value) / 60) + (0.2 if value < 0 else 0.0)
        known = 1.0 if row["known_years"] > 1 else _ONE_YEAR
        yield Telling("growth", "lead.growth", told, {"size": known * weight})
    yield from _records(row, speech, speech.name(row["series_name"], "growth"))


def _of_rank(row: Row, speech: Speech) -> Iterator[Telling]:
    """Yield a rank, with its move where the year before has one; smaller is better."""
    if row["bound"] not in ("=", "<=") or row["value"] < 1:
        return
    scope = row["rank_scope"] if isinstance(row["rank_scope"], str) else ""
    told: dict[str, Told] = {
        "value": speech.amount(row["value"], row["unit"], "rank"),
        "scope": speech.phrase("ranked_in", scope=speech.area(scope)) if scope else NOTHING,
    }
    high = {1: 0.5, 2: 0.3, 3: 0.25}.get(int(row["value"]), 0.1)
    if row["direction"]:
        better = row["change"] < 0
        told |= {"word": speech.word("forward" if better else "back"), "places": Words(str(abs(int(row["change"]))))}
        weight = high / 2 + min(1.0, abs(row["change"]) / 5)
        yield Telling("rank_up" if better else "rank_down", "lead.rank_move", told, {"rank": weight})
    elif row["year"] == row["last_year"]:
        yield Telling("rank", "lead.rank", told, {"rank": high})


def _moved(row: Row, speech: Speech) -> dict[str, Told]:
    """Give the words of a level and its move from the year before, at current prices where growth is told at others."""
    rising = row["change"] >= 0
    figure = speech.amount(row["value"], row["unit"], width=row["high"] - row["low"])
    known = salience_of(row["series_name"], speech.lexicon)
    current = row["scale"] == "percent" and known.prices == "constant"
    basis = speech.word("current") if current else NOTHING
    told: dict[str, Told] = {"value": speech.bounded(figure, row["bound"]), "basis": basis}
    if row["scale"] == "points":
        change = speech.points(row["change"])
        return {**told, "word": speech.word("rose" if rising else "dropped"), "change": change, "move": change}
    additive = "/" not in row["unit"] and known.better != "down"
    word = ("up" if additive else "higher") if rising else "down"
    return {**told, "word": speech.word(word), "move": speech.per_cent(row["growth"])}


def _size(row: Row) -> float:
    """Give how large a move is: unusual on its own line and by more than a little, or large in itself."""
    move = row["growth"] if row["scale"] == "percent" else row["change"]
    if not math.isnan(row["outlier"]):
        little = {"percent": 10.0, "points": 2.0}.get(row["scale"], 3.0)
        unusual = min(1.0, abs(row["outlier"]) / 7) * min(1.0, abs(row["own_distance"]) / little)
        return float(max(unusual, min(0.3, abs(move) / 20) if row["measure"] == "growth" else 0.0))
    scale = {"percent": 100.0, "points": 10.0 if row["measure"] == "growth" else 25.0}.get(row["scale"], math.inf)
    return 0.0 if math.isnan(move) else float(min(0.6, abs(move) / scale))
