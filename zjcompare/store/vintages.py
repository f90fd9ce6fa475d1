"""Statements of one indicator → its vintages: which document said what, and from when to when that was the newest word.

After ALFRED, the archive of the Federal Reserve Bank of St. Louis: a value holds in the interval [`realtime_start`,
`realtime_end`), and at any moment at most one value of a figure does. Intervals are facts of the store, never of the
query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zjcompare.store.revisions import QUALIFIERS

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "place", "indicator", "year", *QUALIFIERS, "said", "value", "high", "bound", "status", "text", "report",
    "report_year", "kind", "edition", "start", "end", "realtime_start", "realtime_end",
)  # fmt: skip
"""What `find_vintages` gives; `said` names the document in words, `realtime_end` is NaT for the newest word."""


def find_vintages(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Give one row a figure and document, with the columns of `COLUMNS`, in the order in which documents follow.

    A document's word on a figure is its most precise statement. A document that comes to the store after a newer one is
    in the table, but was never the newest word: its interval is empty. Targets are left out. To lay the years against
    the documents: `vintages.pivot(index="year", columns="said", values="value")`.
    """
    known = documents.set_index("report")
    rows = rows[rows["status"] != "target"]
    rows = rows.assign(
        realtime_start=rows["report"].map(known["added"]),
        arrived=rows["report"].map(known["arrived"]),
        stage=rows["status"] != "estimate",
        vague=rows["bound"] != "=",
        digits=-rows["text"].str.count(r"\d"),
    )
    key = ["place", "year", *QUALIFIERS]
    rows = rows.assign(figure=rows.groupby(key, dropna=False, sort=False).ngroup())
    precise = rows.sort_values(["figure", "report", "vague", "digits", "start"])
    words = precise.groupby(["figure", "report"], sort=False).head(1)
    words = words.sort_values(["figure", "report_year", "stage", "kind", "edition", "arrived", "report"])
    words = words.assign(realtime_end=_ends(words), said=_say(words))
    order = ["place", "indicator", *QUALIFIERS, "year"]
    return words.sort_values(order, kind="stable", ignore_index=True)[list(COLUMNS)]


def _ends(words: pd.DataFrame) -> pd.Series[Any]:
    """Give when a later document took the word from each, NaT where none did; words stand in their order."""
    backwards = words.iloc[::-1]
    following = backwards.groupby("figure", sort=False)["realtime_start"].shift(1)
    earliest = following.groupby(backwards["figure"], sort=False).cummin()
    earliest = earliest.groupby(backwards["figure"], sort=False).ffill().iloc[::-1]
    return earliest.where(earliest.isna() | (earliest > words["realtime_start"]), words["realtime_start"])


def _say(words: pd.DataFrame) -> pd.Series[Any]:
    """Name the documents in words: 2019 政府工作报告, and which edition from the second on."""
    edition = words["edition"].astype("str").radd(" 第").add("版").where(words["edition"] > 1, "")
    said = words["report_year"].astype("str") + " " + words["kind"] + edition
    return said.str.strip()
