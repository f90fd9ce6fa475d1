"""Rows of one series and year → those that only say where a figure began: 由70亿元 in 由70亿元增加到100亿元."""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from zjcompare.text import clean_text

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_FROM, _TO = re.compile(r"[从由]"), re.compile(r"[到至为]")
_STOP = re.compile(r"[，。；;]")


def find_origins(rows: pd.DataFrame, pair: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the rows that a sentence leads on from, to another row of the same `pair` and sentence.

    The year of such a figure is an earlier one that is not said. `rows` has `sentence` and `text`; without them nothing
    is marked.
    """
    marked = np.zeros(len(rows), dtype=bool)
    if not {"sentence", "text"} <= set(rows.columns):
        return marked
    sentence, text = rows["sentence"].to_numpy(object), rows["text"].to_numpy(object)
    groups: dict[tuple[int, object], list[int]] = {}
    for at, key in enumerate(zip(pair.tolist(), sentence, strict=True)):
        groups.setdefault(key, []).append(at)
    for (_, said), members in groups.items():
        printed = {at: clean_text(str(text[at])).text for at in members} if len(members) > 1 else {}
        for first, second in permutations(printed, 2):
            marked[first] |= leads_on(str(said), printed[first], printed[second])
    return marked


def leads_on(sentence: str, first: str, second: str) -> bool:
    """Say whether a sentence leads from one figure to another within a clause.

    >>> leads_on("机场旅客由70万人次增加到超过100万人次", "70万人次", "100万人次")
    True
    """
    before, found, after = sentence.partition(first)
    between, reached, _ = after.partition(second)
    clause = _STOP.split(before)[-1]
    return bool(found and reached and _FROM.search(clause) and _TO.search(between) and not _STOP.search(between))
