"""Words beside a figure → what a growth rests on, where a series breaks, and which figure is only where it began."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zjcompare.lexicon import Lexicon

_CLAUSE_END = re.compile(r"(?<=[，；。;！？])|,(?!\d)")
_DIGIT = re.compile(r"\d")
_FROM, _TO = re.compile(r"[从由]"), re.compile(r"[到至为]")
_STOP = re.compile(r"[，。；;]")


def cues(table: pd.DataFrame, lexicon: Lexicon) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Give, for each row of observations, the basis and the break reason said beside its figure, None for none.

    Beside means in the clause of the figure, or in a clause without figures just before or after it.
    """
    words = _words(lexicon)
    basis = np.full(len(table), None, dtype=object)
    reason = np.full(len(table), None, dtype=object)
    code, sentences = pd.factorize(table["sentence"])
    marked = np.array([bool(words[0].search(str(sentence))) for sentence in sentences], dtype=bool)
    texts = table["text"].to_numpy(object)
    for row in np.flatnonzero(marked[code] & (code >= 0)) if len(sentences) else ():
        for cue in words[0].findall(_beside(str(sentences[code[row]]), str(texts[row]))):
            kind, said = words[1][cue]
            (basis if kind == "basis" else reason)[row] = said
    return basis, reason


@lru_cache(maxsize=8)
def _words(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    table = {row["cue"]: (row["kind"], row["reason"]) for row in lexicon.rows("break_cues")}
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), table


def _beside(sentence: str, text: str) -> str:
    """Give the clause of `sentence` that holds `text`, with neighbours that state no figure of their own."""
    clauses = [clause for clause in _CLAUSE_END.split(sentence) if clause]
    for number, clause in enumerate(clauses):
        if text in clause:
            before = clauses[number - 1] if number and not _DIGIT.search(clauses[number - 1]) else ""
            after = clauses[number + 1] if number + 1 < len(clauses) else ""
            return before + clause + ("" if _DIGIT.search(after) else after)
    return sentence if len(clauses) == 1 else ""


def starting_values(figures: pd.DataFrame) -> NDArray[np.bool_]:
    """Give the rows of each pair 从70万亿元增加到100万亿元 that a report tells of one line and year under one date.

    `figures` has `line`, `year`, `report`, `sentence`, `text`, `rival` and `position`. The first figure of a pair is of
    an earlier year that is not said. Both rows are marked where the first is no rival and the second is one.
    """
    marked = np.zeros(len(figures), dtype=bool)
    several = np.flatnonzero(figures.duplicated(["line", "year"], keep=False).to_numpy(bool))
    alike = figures.iloc[several].duplicated(["line", "year", "report", "sentence"], keep=False).to_numpy(bool)
    pairs = several[alike]
    groups: dict[tuple[object, ...], list[int]] = {}
    keys = [figures[name].to_numpy(object)[pairs] for name in ("line", "year", "report", "sentence")]
    for row, *key in zip(pairs.tolist(), *keys, strict=True):
        groups.setdefault(tuple(key), []).append(row)
    rival, text = figures["rival"].to_numpy(bool), figures["text"].to_numpy(object)
    for (*_, sentence), rows in groups.items():
        for first in (row for row in rows if not rival[row]):
            for second in (row for row in rows if rival[row]):
                if _goes_from(str(sentence), str(text[first]), str(text[second])):
                    marked[[first, second]] = True
    return marked


def _goes_from(sentence: str, first: str, second: str) -> bool:
    """Say whether a sentence leads from one figure to another within a clause."""
    before, found, after = sentence.partition(first)
    between, reached, _ = after.partition(second)
    clause = _STOP.split(before)[-1]
    return bool(found and reached and _FROM.search(clause) and _TO.search(between) and not _STOP.search(between))
