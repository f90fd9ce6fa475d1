"""One year stated twice: contradictions within a year's reports, and figures that a later report revised."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from zjcompare.checks.findings import Finding, span_of, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

Row = dict[str, Any]
_USED = (
    "line", "year", "unit", "report", "report_year", "edition", "status", "value", "low", "high", "place", "series",
    "series_name", "scope", "measure", "rival", "parent", "sentence", "confidence", "position",
)  # fmt: skip
_TOLD = ("line", "year", "unit")


def check_repeats(figures: pd.DataFrame) -> Iterator[Finding]:
    """Yield findings for years of a line with several figures that are no targets and of that year alone.

    `twice`: two figures in one report, or two final ones in reports of one year, whose intervals do not meet.
    `revision`: the first figure for a year and the last one that a later report, or a final instead of an estimate,
    put beside it. `figures` holds every figure of every line (`trends.lines.line_figures`).
    """
    plain = ~figures["is_target"] & figures["per"].isna() & figures["since"].isna()
    stated = figures[plain & ~figures["measure"].isin(("ratio", "streak"))]
    several = stated[stated.duplicated(list(_TOLD), keep=False)].sort_values(list(_TOLD), kind="stable")
    records = cast("list[Row]", several[list(_USED)].to_dict("records"))
    groups = [list(group) for _, group in groupby(records, key=itemgetter(*_TOLD))]
    parallels = _parallels(groups)
    for rows in groups:
        twice = _twice(rows, parallels)
        if twice is not None:
            yield twice
        revision = _revision(rows)
        if revision is not None:
            yield revision


def _parallels(groups: list[list[Row]]) -> set[frozenset[str]]:
    """Give the pairs of sentences of reports of a year that differ in two figures or more: they tell of two things.

    Where level and growth both differ, or two indicators do, one sentence is about a part, another period or another
    owner; a slip of the pen spoils one figure.
    """
    differing: dict[frozenset[str], set[int]] = defaultdict(set)
    for rows in groups:
        for row, other in combinations(rows, 2):
            if row["report_year"] == other["report_year"] and not _meet(row, other):
                differing[frozenset((row["sentence"], other["sentence"]))].add(row["line"])
    return {pair for pair, lines in differing.items() if len(lines) > 1}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _twice(rows: list[Row], parallels: set[frozenset[str]]) -> Finding | None:
    """Give the first two figures of one report, or of final ones of one report year, that cannot both be right.

    Two quantities under one name are no contradiction: figures far from each other, of one sentence, of parallel
    sentences, or of two wholes.
    """
    for first, row in combinations(rows, 2):
        one_report = row["report"] == first["report"]
        both_final = row["report_year"] == first["report_year"] and row["status"] == first["status"] == "actual"
        both_final &= not row["rival"] and not first["rival"]
        sentences = frozenset((row["sentence"], first["sentence"]))
        two_things = (one_report and len(sentences) == 1) or sentences in parallels
        one_whole = _text(row["parent"]) == _text(first["parent"])
        if (one_report or both_final) and one_whole and not two_things and _near(row, first) and not _meet(row, first):
            return _finding("twice", "contradicted", row, first)
    return None


def _meet(one: Row, other: Row) -> bool:
    return bool(one["low"] <= other["high"] and other["low"] <= one["high"])


def _near(row: Row, first: Row) -> bool:
    """Say whether a figure lies within a fifth of the first, or 5 points where they are percentages."""
    if first["unit"] in ("%", "‰"):
        return bool(abs(row["value"] - first["value"]) <= 5)
    return bool(first["value"] / 1.2 <= row["value"] <= first["value"] * 1.2)


def _revision(rows: list[Row]) -> Finding | None:
    """Compare the earliest figure with the best, where the best came later or is final while the earliest is not."""
    best = rows[0]
    first = min(rows, key=lambda row: (row["report_year"], row["edition"], row["status"] == "actual"))
    newer = (first["report_year"], first["edition"]) < (best["report_year"], best["edition"])
    confirmed = first["status"] == "estimate" and best["status"] == "actual"
    if first["report"] == best["report"] or not (newer or confirmed):
        return None
    return _finding("revision", "confirmed" if _meet(first, best) else "revised", best, first)


def _finding(check: str, verdict: str, stated: Row, expected: Row) -> Finding:
    return Finding(
        check=check,
        verdict=verdict,
        about=subject_of(stated),
        stated=span_of(stated),
        expected=span_of(expected),
        certainty=min(stated["confidence"], expected["confidence"]),
        evidence=(stated["position"], expected["position"]),
    )
