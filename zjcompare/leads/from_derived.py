"""Derived levels → facts, where a level that no report states says something that its growth does not.

A growth by itself hides where it leaves the level: still below an earlier year, above the old peak, past a number.
Only growth at current prices is chained for this: a level at constant prices is comparable with none that is printed.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, cast

from zjcompare.leads.context import Row, Telling, fact_of
from zjcompare.sentences import Told, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from zjcompare.leads.facts import Fact, Speech

_LEAST_YEARS = 3  # stated levels that must be known before one is a peak, or a number passed for the first time
_ROUND = (1, 2, 5)


def facts_of_derived(series: pd.DataFrame, derived: pd.DataFrame, rows: list[Row], speech: Speech) -> Iterator[Fact]:
    """Yield a fact for each level derived for the last year of its place that stands out against the stated ones.

    `derived` comes from `complete_levels(series)`, `rows` from `rows_in_context`.
    """
    growths = {_key(row): row for row in rows if row["measure"] == "growth"}
    stated = dict(iter(series[series["value"].notna()].groupby("line")))
    latest = derived[(derived["basis"] == "nominal") & (derived["from_year"] == derived["year"] - 1)]
    for level in cast("list[dict[str, Any]]", latest.to_dict("records")):
        years = stated[level["line"]]
        growth = growths.get(_key({**level, "scope": years["scope"].iloc[0]}))
        if growth is None or growth["year"] != growth["last_year"]:
            continue
        telling = _against_the_past(level, years, growth, speech)
        if telling is not None:
            yield fact_of(growth, telling, speech)


def _key(row: Row) -> tuple[str, str, str, int]:
    return row["place"], row["series"], row["scope"] if isinstance(row["scope"], str) else "", row["year"]


def _against_the_past(level: dict[str, Any], years: pd.DataFrame, growth: Row, speech: Speech) -> Telling | None:
    """Hold a derived level against the stated ones of its stretch: below the peak, above it, past a round number."""
    before = years[(years["year"] < level["year"]) & (years["segment"] == years["segment"].iloc[-1])]
    if len(before) < _LEAST_YEARS or years["year"].iloc[-1] > level["year"]:
        return None
    peak = before.loc[before["value"].idxmax()]
    told: dict[str, Told] = {
        "value": speech.bounded(speech.amount(level["value"], level["unit"]), "~"),
        "stated": speech.amount(abs(growth["value"]), "%", width=growth["high"] - growth["low"]),
        "word": speech.word("grew" if growth["value"] >= 0 else "fell"),
        "name": speech.name(growth["series_name"], "level"),
    }
    evidence = tuple(dict.fromkeys((*level["evidence"], int(peak["position"]))))
    if peak["year"] < level["year"] - 1 and not peak["low"] <= level["high"] <= peak["high"]:
        below = level["high"] < peak["low"]
        if not below and level["low"] <= peak["high"]:
            return None
        told |= {"peak": speech.amount(peak["value"], level["unit"]), "peak_year": Words(str(peak["year"]))}
        distance = min(1.0, abs(level["value"] / peak["value"] - 1) / 0.1)
        pattern = "lead.derived_below" if below else "lead.derived_above"
        caveats = ("derived", *(("mixed",) if peak["status"] != growth["status"] else ()))
        return Telling("derived", pattern, told, {"record": 0.3 + 0.2 * distance}, caveats, evidence)
    passed = _round_number(float(peak["high"]), float(level["low"]))
    if math.isnan(passed):
        return None
    told["round"] = speech.amount(passed, level["unit"])
    return Telling("derived", "lead.derived_through", told, {"record": 0.4}, ("derived",), evidence)


def _round_number(below: float, above: float) -> float:
    """Give the largest of 1, 2 and 5 times a power of ten in (below, above], NaN for none.

    >>> _round_number(98.2e9, 104.1e9)
    100000000000.0
    """
    if not 0 < above < math.inf:
        return math.nan
    power = 10.0 ** math.floor(math.log10(above))
    largest = max(power * digit for digit in _ROUND if power * digit <= above)
    return largest if below < largest else math.nan
