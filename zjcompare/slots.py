"""Rows → slots: the report, year, measure, window and dimension that one row of a series may fill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from zjcompare.names import dimension_of
from zjcompare.origins import find_origins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from zjcompare.lexicon import Lexicon

    Codes = NDArray[np.int64]

_SLOT = ("report", "place", "scope", "year", "measure", "per", "since")
_PREFERENCE = ("base", "status", "rank_scope", "rank_of", "start", "end", "value")


@dataclass(frozen=True, slots=True)
class Slots:
    """What only one row of a series may fill.

    `slot` numbers each row's report, place, year, measure, window and dimension, `window` the same without dimension;
    `kind` is the dimension of each level, by its number in `kinds`, -1 for what is no level.
    """

    slot: Codes
    window: Codes
    kind: Codes
    kinds: Sequence[str]


def number_slots(table: pd.DataFrame, lexicon: Lexicon) -> Slots:
    """Give the slot of each row, and what it is made of."""
    window = np.zeros(len(table), dtype=np.int64)
    for column in _SLOT:
        if column in table:
            window = number_pairs(window, pd.factorize(table[column])[0] + 1)
    units, texts = pd.factorize(table["unit"] if "unit" in table else pd.Series("", index=table.index))
    named = [dimension_of(unit, lexicon) or unit for unit in texts.tolist()]
    kinds = sorted({"", *named})
    dimension = np.array([*(kinds.index(name) for name in named), 0], dtype=np.int64)[units]
    level = (table["measure"] == "level").to_numpy() if "measure" in table else np.ones(len(table), dtype=bool)
    return Slots(number_pairs(window, dimension), window, np.where(level, dimension, -1), kinds)


def number_pairs(one: Codes, other: Codes) -> Codes:
    """Give a number for each distinct pair of numbers."""
    return np.asarray(pd.factorize(one * (other.max(initial=0) + 1) + other)[0], dtype=np.int64)


def find_later(table: pd.DataFrame, cluster: Codes, slot: Codes) -> NDArray[np.bool_]:
    """Mark the rows whose slot another row of their cluster fills already: plain rows go before qualified ones.

    Where a sentence leads from one figure to another (由70亿元增加到100亿元), the one that it reaches fills the slot.
    """
    pair = pd.factorize(cluster * (slot.max(initial=0) + 1) + slot)[0]
    crowded = np.flatnonzero(np.bincount(pair, minlength=1)[pair] > 1)
    columns = [*(column for column in _PREFERENCE if column in table), "indicator"]
    rows = table.iloc[crowded]
    rows = rows[columns].assign(pair=pair[crowded], at=crowded, began=find_origins(rows, pair[crowded]))
    ordered = rows.sort_values(["began", *columns], na_position="first", kind="stable")
    later = np.zeros(len(table), dtype=bool)
    later[ordered.loc[ordered.duplicated("pair"), "at"].to_numpy()] = True
    return later
