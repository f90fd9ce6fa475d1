"""Ranks that cannot be, and streaks (四连增) against the years that they claim."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.checks.findings import Finding, Span, span_of, subject_of
from zjcompare.sentences import Words
from zjcompare.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

_UP = re.compile(r"连续?[^，。；]{0,8}(增|升|涨|丰)")
_DOWN = re.compile(r"连续?[^，。；]{0,8}(降|减|跌)")
_STOP = re.compile(r"[，。；;]")
_LINE = ["place", "series", "scope"]
_YEARLY = ("年", "连增", "连丰", "连降", "连涨", "连升")


def check_ranks(figures: pd.DataFrame) -> Iterator[Finding]:
    """Yield one finding for each rank: below 1, or held by two places of one ranking without being shared.

    Ranks are compared across places only where they are national: 全省 means another province for another place.
    """
    ranks = figures[(figures["measure"] == "rank") & ~figures["is_target"] & ~figures["rival"]]
    national = ranks["rank_scope"].isin(("全国", "国家")) & (ranks["bound"] == "=") & ranks["scope"].isna()
    keys = ["series", "rank_of", "rank_scope", "year", "value"]
    untied = ranks[national & ~ranks["tied"].fillna(value=False).astype(bool)]
    shared = untied.index[untied.groupby(keys, dropna=False)["place"].transform("nunique") > 1]
    impossible = (ranks["value"] < 1) | ranks.index.isin(shared)
    for row, wrong in zip(ranks.to_dict("records"), impossible, strict=True):
        yield Finding(
            check="rank",
            verdict="impossible" if wrong else "consistent",
            about=subject_of(row),
            stated=span_of(row),
            expected=Span(),
            evidence=(row["position"],),
            certainty=row["confidence"],
        )


def check_streaks(figures: pd.DataFrame, moves: pd.DataFrame, series: pd.DataFrame) -> Iterator[Finding]:
    """Yield one finding for each streak of rises or falls told in years, held against the level's moves."""
    streaks = figures[(figures["measure"] == "streak") & figures["unit"].isin(_YEARLY) & ~figures["is_target"]]
    levels = moves[(moves["measure"] == "level") & moves["value"].notna()]
    levels = levels.assign(position=series["position"], scope=series["scope"].fillna(""))
    at = levels.groupby(_LINE, sort=False).indices
    for row in streaks.to_dict("records"):
        claimed = streak_direction(row["sentence"], row["text"])
        if not claimed:
            continue
        about = subject_of(row)
        years = range(about.year - int(row["value"]) + 1, about.year + 1)
        own = levels.iloc[at.get((about.place, about.series, about.scope or ""), [])]
        own = own[own["year"].isin(years)]
        odd = own[own["direction"] == -claimed]
        covered = int((own["direction"] == claimed).sum())
        yield Finding(
            check="streak",
            verdict="contradicted" if len(odd) else "consistent" if covered == len(years) else "not_covered",
            about=about,
            stated=span_of(row),
            expected=Span(float(covered), float(covered), float(covered)),
            evidence=(row["position"], *own["position"].tolist()),
            certainty=row["confidence"],
            words={"odd_year": Words(str(int(odd["year"].iloc[0])))} if len(odd) else {},
        )


def streak_direction(sentence: str, text: str) -> int:
    """Give which way a streak goes: 1 for 四连增, -1 for 连续三年下降, 0 for anything else that lasts (连续五年获评).

    The words that say so stand in the streak itself or in the clause that holds it.

    >>> streak_direction("粮食产量实现四连增", "四连增"), streak_direction("连续18年实现安全度夏，水位上升", "18年")
    (1, 0)
    """
    printed = clean_text(text).text
    before, found, after = sentence.partition(printed)
    clause = _STOP.split(before)[-1] + printed + _STOP.split(after)[0] if found else ""
    return 1 if _UP.search(clause) else -1 if _DOWN.search(clause) else 0
