"""Checks that found nothing told → one fact a report: where many indicators fall silent, its style may have changed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zjcompare.leads.context import Row, Telling
from zjcompare.salience import salience_of
from zjcompare.sentences import Told, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zjcompare.figures import Figure
    from zjcompare.leads.facts import Speech

TOGETHER = 3  # from so many silences of one kind in one report on they are told once
_NAMED = 2
_PARTS = {"gone": 0.15, "not_reported": 0.5}


def gather_silences(rows: Iterable[Row], speech: Speech) -> tuple[list[Row], list[list[Row]]]:
    """Give the rows that are told alone, and those told together, the most salient of each report first."""
    alone: list[Row] = []
    silent: dict[tuple[str, str, int], list[Row]] = defaultdict(list)
    for row in rows:
        if row["verdict"] in _PARTS:
            silent[row["verdict"], row["place"], row["year"]].append(row)
        else:
            alone.append(row)
    together = []
    for group in silent.values():
        if len({row["series"] for row in group}) < TOGETHER:
            alone.extend(group)
        else:
            together.append(sorted(group, key=lambda row: -salience_of(row["series_name"], speech.lexicon).weight))
    return alone, together


def tell_silences(group: list[Row], figure: Figure, speech: Speech) -> tuple[Row, Telling]:
    """Give the row that stands for a group, with the evidence of all, and how it is told; `figure` is of the first."""
    first = group[0]
    names = dict.fromkeys(row["series_name"] for row in group if row["series"] != first["series"])
    others = [speech.name(name, "level") for name in list(names)[:_NAMED]]
    told: dict[str, Told] = {
        "others": Words("、".join(one.zh for one in others), ", ".join(one.en for one in others)),
        "count": Words(str(len(names))),
    }
    row = {**first, "evidence": [position for one in group for position in one["evidence"]]}
    parts = {"silence": _PARTS[first["verdict"]]}
    if first["verdict"] == "gone":
        told |= {"value": figure, "last_year": Words(str(first["year"] - 1))}
        return row, Telling("silence", "lead.gone_many", told, parts, ("style",))
    return row, Telling("not_reported", "lead.not_reported_many", {**told, "target": figure}, parts)
