"""Series of several places → the rank of each place among them, by indicator and year, computed from the values.

A rank counts the places whose figure is surely higher: its interval lies wholly above. Places that the printed digits
do not tell apart share a rank. Ranks of two years are compared only where the same places have figures in both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_TABLE = ["series", "measure", "dimension", "unit"]
_PLAIN = ("per", "since", "base", "scope")
_ORDER = (
    "place", "series", "series_name", "measure", "unit", "year", "value", "status", "position", "rank", "of",
    "rank_before", "change",
)  # fmt: skip


def rank_places(series: pd.DataFrame) -> pd.DataFrame:
    """Give the rank of each place, as the package's table of columns says, sorted by series, measure, year and rank.

    `series` comes from `build_series` of a table aligned across places. Only plain levels and growths are ranked.
    """
    plain = series["value"].notna() & series["measure"].isin(("level", "growth"))
    for column in _PLAIN:
        plain &= series[column].isna()
    rows = series[plain].reset_index(drop=True)
    table = rows.groupby([*_TABLE, "year"], sort=False).ngroup()
    rows = rows[table.groupby(table).transform("size") > 1]
    rows = rows[~rows.duplicated([*_TABLE, "year", "place"])].reset_index(drop=True)
    table = rows.groupby([*_TABLE, "year"], sort=False).ngroup()
    ranked = rows.assign(rank=_ranks(rows, table), of=table.groupby(table).transform("size"))
    ranked = ranked.loc[ranked["of"] > 1]
    ranked = ranked.assign(members=_members(ranked))
    before = ranked[[*_TABLE, "place", "year", "rank", "members"]].assign(year=ranked["year"] + 1)
    both = ranked.merge(before, on=[*_TABLE, "place", "year"], how="left", suffixes=("", "_before"))
    same = both["members"] == both["members_before"]
    both["rank_before"] = both["rank_before"].where(same, 0).astype(np.int64)
    both["change"] = np.where(same, both["rank_before"] - both["rank"], 0)
    ordered = both.sort_values(["series", "measure", "unit", "year", "rank", "place"], kind="stable")
    return ordered[list(_ORDER)].reset_index(drop=True)


def _ranks(rows: pd.DataFrame, table: pd.Series) -> NDArray[np.int64]:
    """Give one more than the number of places of the same table and year whose low end is above the row's high end."""
    low, high = rows["low"].to_numpy(float), rows["high"].to_numpy(float)
    ranks = np.ones(len(rows), dtype=np.int64)
    for members in table.groupby(table).indices.values():
        sure = np.sort(low[members])
        ranks[members] += len(members) - np.searchsorted(sure, high[members], side="right")
    return ranks


def _members(ranked: pd.DataFrame) -> pd.Series:
    """Give for each row the places of its table and year as one text."""
    keys = [ranked[name] for name in (*_TABLE, "year")]
    return ranked["place"].groupby(keys).transform(lambda places: "\n".join(sorted(places)))
