"""Two wordings → what changed between them, stretch by stretch."""

from __future__ import annotations

from typing import Literal, cast

from rapidfuzz.distance import Levenshtein

Step = Literal["equal", "replace", "insert", "delete"]


def compare_wording(before: str, after: str) -> list[tuple[Step, str, str]]:
    """Give the stretches of two names or sentences in order, each with what became of it, as (step, before, after).

    The steps are the edit operations with the fewest changed characters (Levenshtein, by rapidfuzz).

    >>> compare_wording("公共财政预算收入", "一般公共预算收入")
    [('insert', '', '一般'), ('equal', '公共', '公共'), ('delete', '财政', ''), ('equal', '预算收入', '预算收入')]
    """
    return [
        (cast("Step", step.tag), before[step.src_start : step.src_end], after[step.dest_start : step.dest_end])
        for step in Levenshtein.opcodes(before, after)
    ]
