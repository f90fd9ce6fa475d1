"""Ranks of places side by side → facts: who passed whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from zjcompare.checks.findings import Subject
from zjcompare.leads.facts import Fact, Speech
from zjcompare.sentences import Told, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from zjcompare.leads.context import Row


def facts_of_places(places: pd.DataFrame, speech: Speech) -> Iterator[Fact]:
    """Yield a fact for each level that surely passed that of another place; `places` comes from `rank_places`."""
    levels = places[(places["measure"] == "level") & (places["rank_before"] > 0)]
    moved = levels.groupby(["series", "unit", "year"], sort=False)["change"].transform("max") > 0
    for _, group in levels[moved].groupby(["series", "unit", "year"], sort=False):
        rows = cast("list[Row]", group.to_dict("records"))
        for row in rows:
            passed = [one for one in rows if one["rank"] > row["rank"] and one["rank_before"] < row["rank_before"]]
            if passed:
                yield _fact(row, min(passed, key=lambda one: one["rank_before"]), speech)


def _fact(row: Row, other: Row, speech: Speech) -> Fact:
    about = Subject(row["place"], row["series"], row["series_name"], "level", row["unit"], row["year"])
    told: dict[str, Told] = {
        **speech.subject(about),
        "est": speech.estimate(row["status"]),
        "value": speech.amount(row["value"], row["unit"]),
        "other": speech.area(other["place"]),
        "other_value": speech.amount(other["value"], row["unit"]),
        "count": Words(str(row["of"])),
        "before": Words(str(row["rank_before"])),
        "after": Words(str(row["rank"])),
    }
    first = 0.3 if row["rank"] == 1 else 0.0
    return Fact(
        kind="overtaken",
        about=about,
        line=-1,
        pattern="lead.overtaken",
        told=told,
        parts={"rank": first + min(0.7, 0.3 + 0.1 * row["change"])},
        evidence=(row["position"], other["position"]),
        caveats=("mixed",) if row["status"] != other["status"] else (),
    )
