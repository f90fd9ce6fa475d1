"""Parts against their whole, shares against 100.

Parts and whole are compared within one report, as intervals: the sum of n rounded parts may miss a rounded whole by
n + 1 half units and still be right. Wholes with all their parts are listed in the lexicon (`wholes.csv`); a part that
the text itself puts under a whole (其中, column `parent`) may only not exceed it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from zjcompare.checks.findings import Finding, Span
from zjcompare.sentences import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zjcompare.lexicon import Lexicon

_SLOT = ["place", "scope", "report", "year", "unit"]


def check_parts(figures: pd.DataFrame, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield one finding for each report and year that gives a listed whole and all its parts, or all of its shares.

    `figures` holds every figure of every line (`trends.lines.line_figures`).
    """
    levels = figures[
        (figures["measure"] == "level") & ~figures["rival"] & ~figures["is_target"] & figures["per"].isna()
    ]
    names = pd.Series(levels["indicator"].unique())
    for title, members in _wholes(lexicon).items():
        member = {name: number for name in names for number, (pattern, _) in enumerate(members) if pattern.search(name)}
        found = levels[levels["indicator"].isin(member)]
        found = found.assign(member=found["indicator"].map(member))
        for _, rows in found.groupby(_SLOT, dropna=False, sort=False):
            if len(rows) == len(members) == rows["member"].nunique():
                yield _add_up(title, rows.sort_values("member"), [kind for _, kind in members])


@lru_cache(maxsize=8)
def _wholes(lexicon: Lexicon) -> dict[str, list[tuple[re.Pattern[str], str]]]:
    wholes: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for row in lexicon.rows("wholes"):
        wholes.setdefault(row["whole"], []).append((re.compile(row["pattern"]), row["kind"]))
    return wholes


def _add_up(title: str, rows: pd.DataFrame, kinds: list[str]) -> Finding:
    """Compare the sum of the parts (or shares) with the whole (or 100)."""
    is_whole = [kind == "whole" for kind in kinds]
    shares = "share" in kinds
    parts = rows[[not one for one in is_whole]]
    total = Span(parts["value"].sum(), parts["low"].sum(), parts["high"].sum())
    of = rows.iloc[is_whole.index(True)] if not shares else rows.iloc[0]
    whole = Span(100.0, 100.0, 100.0) if shares else Span(of["value"], of["low"], of["high"])
    agree = total.low <= whole.high and whole.low <= total.high
    return Finding(
        check="shares" if shares else "parts",
        verdict="consistent" if agree else "inconsistent",
        place=of["place"],
        series=of["series"],
        series_name=title if shares else of["series_name"],
        scope=_none(of["scope"]),
        unit=of["unit"],
        year=int(of["year"]),
        stated=total,
        expected=whole,
        certainty=float(rows["confidence"].min()),
        evidence=tuple(map(int, rows["position"])),
    )


def check_ratios(aligned: pd.DataFrame) -> Iterator[Finding]:
    """Yield one finding for each ratio of three or more terms (3.3:48.0:48.7) that is near 100 in all."""
    ratios = aligned.assign(position=range(len(aligned)))[(aligned["measure"] == "ratio") & (aligned["unit"] != "倍")]
    for _, rows in ratios.groupby(["report", "indicator", "year", "sentence"], sort=False):
        total = float(rows["value"].sum())
        if len(rows) < 3 or not 90 <= total <= 110:
            continue
        first = rows.iloc[0]
        margin = 0.5 * len(rows) * 10.0 ** -min(_decimals(text) for text in rows["text"])
        verdict = "consistent" if abs(total - 100) <= margin + 1e-9 else "inconsistent"
        whole = Span(100.0, 100.0, 100.0)
        series = first["series"] if isinstance(first["series"], str) else first["conflict"]
        yield Finding(
            check="shares",
            verdict=verdict,
            place=first["place"],
            series=series,
            series_name=first["series_name"],
            scope=_none(first["scope"]),
            unit="",
            year=int(first["year"]),
            stated=Span(total, total - margin, total + margin),
            expected=whole,
            certainty=float(rows["confidence"].min()),
            evidence=tuple(map(int, rows["position"])),
        )


def _decimals(text: str) -> int:
    return len(text.strip("*").partition(".")[2])


def check_parents(aligned: pd.DataFrame, figures: pd.DataFrame) -> Iterator[Finding]:
    """Yield one finding for each part that its sentence puts under a whole (其中) with a figure in the same unit."""
    levels = figures[(figures["measure"] == "level") & ~figures["is_target"] & figures["per"].isna()]
    parents = aligned["parent"].to_numpy(object)[levels["position"].to_numpy(int)]
    parts = levels.assign(parent=parents)[pd.notna(parents)]
    keys = ["place", "report", "year", "unit", "sentence"]
    joined = parts.merge(levels, left_on=[*keys, "parent"], right_on=[*keys, "indicator"], suffixes=("", "_whole"))
    for row in joined.to_dict("records"):
        within = row["low"] <= row["high_whole"]
        yield Finding(
            check="parts",
            verdict="within_whole" if within else "inconsistent",
            pattern="" if within else "exceeds",
            place=row["place"],
            series=row["series"],
            series_name=row["series_name"],
            scope=_none(row["scope"]),
            unit=row["unit"],
            year=int(row["year"]),
            stated=Span(row["value"], row["low"], row["high"]),
            expected=Span(row["value_whole"], row["low_whole"], row["high_whole"]),
            certainty=float(min(row["confidence"], row["confidence_whole"])),
            evidence=(int(row["position"]), int(row["position_whole"])),
            words={"name": Words(f"{row['parent']}中的{row['indicator']}")},
        )


def _none(value: object) -> str | None:
    return value if isinstance(value, str) else None
