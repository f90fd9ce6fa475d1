"""Two tables of observations → the rows that the second has gained, lost and changed."""

from __future__ import annotations

from itertools import compress
from typing import Any

import pandas as pd

_WHERE = ("report", "start", "end")
_SHOWN = ("indicator", "measure", "value", "unit", "status", "year")
COLUMNS = (
    "change", "place", "report_year", "kind", *_WHERE, "text", "columns",
    *(f"{side}_{name}" for name in _SHOWN for side in ("old", "new")),
)  # fmt: skip
"""What `find_differences` gives: `change` is gained, lost or changed; `columns` names those that differ."""


def find_differences(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Give one row an observation that is not the same in both tables, with the columns of `COLUMNS`.

    Observations are the same where they stand at the same characters of the same document (the first with the first,
    where several do); which edition the document is counted as makes no difference.
    """
    key = [*_WHERE, "nth"]
    both = _numbered(old).merge(_numbered(new), on=key, how="outer", suffixes=("_old", "_new"), indicator="side")
    names = [name for name in old.columns if name not in (*_WHERE, "edition")]
    differs = pd.DataFrame({name: _differs(both[f"{name}_old"], both[f"{name}_new"]) for name in names})
    both = both.assign(
        change=both["side"].map({"left_only": "lost", "right_only": "gained", "both": "changed"}).astype("str"),
        columns=[", ".join(compress(names, row)) for row in differs.to_numpy()],
    )
    both = both[(both["change"] != "changed") | differs.any(axis="columns")]
    either = {
        name: both[f"{name}_new"].fillna(both[f"{name}_old"]) for name in ("place", "report_year", "kind", "text")
    }
    found = both.assign(**either).rename(
        columns={f"{name}_{side}": f"{side}_{name}" for name in _SHOWN for side in ("old", "new")}
    )
    return found.sort_values(["place", "report_year", "report", "start"], ignore_index=True)[list(COLUMNS)]


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    ordered = rows.sort_values([*_WHERE, "indicator", "year", "value"])
    nth = ordered.groupby(list(_WHERE), sort=False).cumcount()
    return ordered.assign(
        nth=nth, report=ordered["report"].astype("object")
    )  # pandas cannot merge on empty text columns


def _differs(old: pd.Series[Any], new: pd.Series[Any]) -> pd.Series[bool]:
    """Say where two columns differ; nothing equals nothing."""
    same = (old == new).fillna(value=False).astype("bool")
    return ~(same | (old.isna() & new.isna()))
