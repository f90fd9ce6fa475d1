"""Parts against their whole, shares against 100.

Parts and whole are compared within one report, as intervals: the sum of n rounded parts may miss a rounded whole by
n + 1 half units and still be right. Wholes with all their parts are listed in the lexicon (`wholes.csv`); a part that
the text itself puts under a whole (其中, column `parent`) may only not exceed it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from zjcompare.checks.findings import Finding, Span, span_of, subject_of
from zjcompare.names import read_name
from zjcompare.sentences import Words
from zjcompare.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zjcompare.lexicon import Lexicon

_SLOT = ["place", "scope", "report", "year", "unit"]


def check_parts(figures: pd.DataFrame, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield one finding for each report and year that gives a listed whole and all its parts, or all of its shares.

    A part that its sentence puts under another whole does not count.
    `figures` holds every figure of every line (`trends.lines.line_figures`).
    """
    levels = figures[
        (figures["measure"] == "level") & ~figures["rival"] & ~figures["is_target"] & figures["per"].isna()
    ]
    names = pd.Series(levels["indicator"].unique())
    for title, members in _wholes(lexicon).items():
        member = {name: number for name in names for number, (pattern, _) in enumerate(members) if pattern.search(name)}
        wholes = [name for name, number in member.items() if members[number][1] == "whole"]
        found = levels[levels["indicator"].isin(member) & (levels["parent"].isna() | levels["parent"].isin(wholes))]
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
    shares = "share" in kinds
    records = rows.to_dict("records")
    parts = [row for row, kind in zip(records, kinds, strict=True) if kind != "whole"]
    of = records[0] if shares else records[kinds.index("whole")]
    about = subject_of(of)
    total = Span(*(sum(row[end] for row in parts) for end in ("value", "low", "high")))
    whole = Span(100.0, 100.0, 100.0) if shares else span_of(of)
    agree = total.low <= whole.high and whole.low <= total.high
    return Finding(
        check="shares" if shares else "parts",
        verdict="consistent" if agree else "inconsistent",
        about=replace(about, series_name=title) if shares else about,
        stated=total,
        expected=whole,
        certainty=min(row["confidence"] for row in records),
        evidence=tuple(row["position"] for row in records),
    )


def check_ratios(aligned: pd.DataFrame) -> Iterator[Finding]:
    """Yield one finding for each ratio of three or more terms (3.3:48.0:48.7) that is near 100 in all."""
    ratios = aligned.assign(position=range(len(aligned)))[(aligned["measure"] == "ratio") & (aligned["unit"] != "倍")]
    for _, rows in ratios.groupby(["report", "indicator", "year", "sentence"], sort=False):
        total = float(rows["value"].sum())
        if len(rows) < 3 or not 90 <= total <= 110:
            continue
        margin = 0.5 * len(rows) * 10.0 ** -min(_decimals(text) for text in rows["text"])
        first = rows.iloc[0].to_dict()
        if not isinstance(first["series"], str):
            first["series"] = first["conflict"]
        yield Finding(
            check="shares",
            verdict="consistent" if abs(total - 100) <= margin + 1e-9 else "inconsistent",
            about=replace(subject_of(first), measure="level", unit=""),
            stated=Span(total, total - margin, total + margin),
            expected=Span(100.0, 100.0, 100.0),
            certainty=float(rows["confidence"].min()),
            evidence=tuple(rows["position"].tolist()),
        )


def _decimals(text: str) -> int:
    return len(text.strip("*").partition(".")[2])


def check_parents(figures: pd.DataFrame, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield one finding for each part that its sentence puts under a whole (其中) with a figure in the same unit.

    The whole is the last figure of that name before the part. Averages and rates have no parts that add up, and behind
    a semicolon, or in what is left of a table, a sentence may have left its whole: there nothing is held against it.
    """
    levels = figures[(figures["measure"] == "level") & ~figures["is_target"] & figures["per"].isna()]
    levels = levels[levels["indicator"].isin(_adding(levels["indicator"].unique(), lexicon))]
    parts = levels[levels["parent"].notna() & (levels["parent"] != levels["indicator"])]
    keys = ["place", "report", "year", "unit", "sentence"]
    joined = parts.merge(levels, left_on=[*keys, "parent"], right_on=[*keys, "indicator"], suffixes=("", "_whole"))
    joined = joined[joined["position_whole"] < joined["position"]].sort_values(["position", "position_whole"])
    for row in joined[~joined.duplicated("position", keep="last")].to_dict("records"):
        whole, part = clean_text(row["text_whole"]).text, clean_text(row["text"]).text
        if set(row["sentence"].partition(whole)[2].partition(part)[0]) & set("；;\t"):
            continue
        within = row["low"] <= row["high_whole"]
        yield Finding(
            check="parts",
            verdict="within_whole" if within else "inconsistent",
            pattern="" if within else "exceeds",
            about=subject_of(row),
            stated=span_of(row),
            expected=span_of(row, "_whole"),
            certainty=min(row["confidence"], row["confidence_whole"]),
            evidence=(row["position"], row["position_whole"]),
            words={"name": Words(f"{row['parent']}中的{row['indicator']}")},
        )


def _adding(names: Iterable[str], lexicon: Lexicon) -> list[str]:
    """Give the names whose figures can be parts of a sum: those per head, household or hectare cannot."""
    return [name for name in names if "per" not in dict(read_name(name, lexicon).facets)]
