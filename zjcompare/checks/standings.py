"""Ranks that cannot be, and streaks (四连增) against the years that they claim."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from zjcompare.checks.findings import Finding, Span
from zjcompare.sentences import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

_UP = re.compile(r"连[续]?[^，。；]{0,6}(增|升|涨|丰)")
_DOWN = re.compile(r"连[续]?[^，。；]{0,6}(降|减|跌)")
_YEARLY = ("年", "连增", "连丰", "连降", "连涨", "连升")


def check_ranks(figures: pd.DataFrame) -> Iterator[Finding]:
    """Yield one finding for each rank: below 1, or held by two places of one ranking without being shared.

    Ranks are compared across places only where they are national: 全省 means another province for another place.
    """
    ranks = figures[(figures["measure"] == "rank") & ~figures["is_target"] & ~figures["rival"]]
    national = ranks["rank_scope"].isin(("全国", "国家")) & (ranks["bound"] == "=") & ranks["scope"].isna()
    keys = ["series", "rank_of", "rank_scope", "year", "value"]
    untied = ranks[national & ~ranks["tied"].fillna(value=False).astype(bool)]
    shared = set(untied.index[untied.groupby(keys, dropna=False)["place"].transform("nunique") > 1])
    for index, row in ranks.iterrows():
        impossible = row["value"] < 1 or index in shared
        yield _finding(row, "rank", "impossible" if impossible else "consistent", (int(row["position"]),), Span())


def check_streaks(figures: pd.DataFrame, moves: pd.DataFrame, series: pd.DataFrame) -> Iterator[Finding]:
    """Yield one finding for each streak of rises or falls told in years, held against the level's moves."""
    streaks = figures[(figures["measure"] == "streak") & figures["unit"].isin(_YEARLY) & ~figures["is_target"]]
    levels = moves[(moves["measure"] == "level") & moves["value"].notna()]
    levels = levels.assign(position=series.loc[levels.index, "position"], scope=series.loc[levels.index, "scope"])
    for _, row in streaks.iterrows():
        claimed = 1 if _UP.search(row["sentence"]) else -1 if _DOWN.search(row["sentence"]) else 0
        if not claimed:
            continue
        years = range(int(row["year"]) - int(row["value"]) + 1, int(row["year"]) + 1)
        own = levels[
            (levels["place"] == row["place"]) & (levels["series"] == row["series"]) & levels["year"].isin(years)
        ]
        own = own[own["scope"].isna() if pd.isna(row["scope"]) else own["scope"] == row["scope"]]
        odd = own[own["direction"] == -claimed]
        covered = int((own["direction"] == claimed).sum())
        verdict = "contradicted" if len(odd) else "consistent" if covered == len(years) else "not_covered"
        evidence = (int(row["position"]), *map(int, own["position"]))
        words = {"odd_year": Words(str(int(odd["year"].iloc[0])))} if len(odd) else {}
        yield _finding(
            row, "streak", verdict, evidence, Span(float(covered), float(covered), float(covered)), words=words
        )


def _finding(
    row: pd.Series,
    check: str,
    verdict: str,
    evidence: tuple[int, ...],
    expected: Span,
    *,
    words: dict[str, Words] | None = None,
) -> Finding:
    return Finding(
        check=check,
        verdict=verdict,
        place=row["place"],
        series=row["series"],
        series_name=row["series_name"],
        scope=row["scope"] if isinstance(row["scope"], str) else None,
        measure=row["measure"],
        unit=row["unit"],
        year=int(row["year"]),
        stated=Span(row["value"], row["low"], row["high"]),
        expected=expected,
        certainty=float(row["confidence"]),
        evidence=evidence,
        words=words or {},
    )
