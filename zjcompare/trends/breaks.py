"""Words beside a figure → what a growth rests on, and where a series breaks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from zjcompare.text import clean_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zjcompare.lexicon import Lexicon

_CLAUSE_END = re.compile(r"(?<=[，；。;！？])|,(?!\d)")
_DIGIT = re.compile(r"\d")


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
        for cue in words[0].findall(_beside(str(sentences[code[row]]), clean_text(str(texts[row])).text)):
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
