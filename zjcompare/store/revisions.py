"""Statements of one figure → its revisions: what one edition or document said, and what the next one says.

Two statements are about one figure where place, year, indicator (or series), measure, unit and all that qualifies them
agree. A target is no statement about what is. Documents follow one another by the year they report on, estimates
before outcomes, then by edition and by the time of their adding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

QUALIFIERS = ("measure", "unit", "per", "since", "base", "parent", "scope", "rank_scope", "rank_of")
_STATED = ("value", "bound", "status", "report", "report_year", "kind", "edition", "text", "start", "end")
_FIGURE = ("place", "year", "indicator", "measure", "unit")
COLUMNS = (
    *_FIGURE, "nature", "old_value", "new_value", "difference", "percent", "within_rounding",
    *(f"{side}_{name}" for side in ("old", "new") for name in _STATED if name != "value"), "added",
)  # fmt: skip
"""What `find_revisions` gives; `added` is when the document with the new statement came to the store (UTC)."""

_NUMERAL = r"(\d[\d,]*(?:\.\d+)?)"


def find_revisions(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Give one row a revised figure, with the columns of `COLUMNS` (and `series`, where the rows have it).

    `nature` is `correction` (a newer edition of the same document says otherwise), `outcome` (an estimate, then the
    actual value) or `revision` (another document says otherwise). `difference` is in the unit of the figure, `percent`
    of the old value where the figure is a level that is no rate. `within_rounding`: the two agree as printed (4,127
    and 4127.32, or 超过4000 and 4127). A document that states a figure twice is revised where none of its statements
    agrees; between editions, statement by statement. `rows` has the columns of `SCHEMA`, `documents` those of
    `read_documents`.
    """
    stated = _number_figures(rows, documents)
    found = [
        _pair_statements(stated, pairs, alone=alone)
        for pairs, alone in ((_next_editions(stated), False), (_next_documents(stated, documents), True))
    ]
    return _describe(pd.concat(found, ignore_index=True), documents, series="series" in rows)


def _number_figures(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Give the statements of figures that several documents state differently, with the number of the figure."""
    name = "series" if "series" in rows else "indicator"
    rows = rows[(rows["status"] != "target") & rows[name].notna()]
    key = ["place", "year", name, *QUALIFIERS]
    figure = rows.groupby(key, dropna=False, sort=False, observed=True).ngroup()
    by_figure = rows.groupby(figure.to_numpy(), sort=False)
    several = (by_figure["report"].transform("nunique") > 1) & (by_figure["value"].transform("nunique") > 1)
    stated = rows[several].assign(figure=figure[several])
    arrived = documents.set_index("report")["arrived"]
    return stated.assign(
        report=stated["report"].astype("object"),  # pandas cannot merge on empty text columns
        arrived=stated["report"].map(arrived).fillna(0).astype("int64"),
        stage=(stated["status"] != "estimate").astype("int64"),
    )


def _next_editions(stated: pd.DataFrame) -> pd.DataFrame:
    """Give the pairs of documents where one is the next edition of the other that states the figure."""
    found = _documents_of_figures(stated).sort_values(["figure", "report_year", "kind", "edition", "arrived"])
    return _neighbours(found, ["figure", "report_year", "kind"])


def _next_documents(stated: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Give the pairs of documents where one is the next, in its newest edition, that states the figure."""
    newest = documents["edition"] == documents.groupby(["place", "year", "kind"])["edition"].transform("max")
    found = _documents_of_figures(stated[stated["report"].isin(documents.loc[newest, "report"])])
    order = ["figure", "report_year", "stage", "kind", "edition", "arrived"]
    return _neighbours(found.sort_values(order), ["figure"])


def _documents_of_figures(stated: pd.DataFrame) -> pd.DataFrame:
    """Give one row a figure and document, with the document's stage: an outcome where any of its statements is one."""
    grouped = stated.groupby(["figure", "report"], sort=False)
    names = ["report_year", "kind", "edition", "arrived"]
    return grouped[names].first().assign(stage=grouped["stage"].max()).reset_index()


def _neighbours(ordered: pd.DataFrame, within: Sequence[str]) -> pd.DataFrame:
    """Give each document with the next one of its group, as `old` and `new`."""
    following = ordered.groupby(list(within), sort=False)["report"].shift(-1)
    pairs = pd.DataFrame({"figure": ordered["figure"], "old": ordered["report"], "new": following})
    return pairs[pairs["new"].notna()].reset_index(drop=True)


def _pair_statements(stated: pd.DataFrame, pairs: pd.DataFrame, *, alone: bool) -> pd.DataFrame:
    """Give the old beside the new statement for each pair of documents, leaving out the values that both state.

    `alone`: where the two share any value, they agree; and only their most precise statements are compared.
    """
    pairs = pairs.assign(pair=np.arange(len(pairs)))
    old, new = (
        pairs[["figure", side, "pair"]].rename(columns={side: "report"}).merge(stated, on=["figure", "report"])
        for side in ("old", "new")
    )
    old, new = (_number_repeats(side, ["pair", "value"], "repeat") for side in (old, new))
    shared = old[["pair", "value", "repeat"]].merge(new[["pair", "value", "repeat"]], on=["pair", "value", "repeat"])
    sides = []
    for side in (old, new):
        if alone:
            left = side[~side["pair"].isin(shared["pair"])]
            left = left.assign(vague=left["bound"] != "=", digits=-left["text"].str.count(r"\d"))
            left = left.sort_values(["pair", "vague", "digits", "start"]).groupby("pair", sort=False).head(1)
        else:
            both = side.merge(shared.assign(both=True), on=["pair", "value", "repeat"], how="left")
            left = both[both["both"].isna()].sort_values(["pair", "start"])
        sides.append(_number_repeats(left, ["pair"], "place_in_line"))
    return sides[0].merge(sides[1], on=["pair", "place_in_line"], suffixes=("_old", "_new"))


def _number_repeats(rows: pd.DataFrame, within: Sequence[str], name: str) -> pd.DataFrame:
    return rows.assign(**{name: rows.groupby(list(within), sort=False).cumcount()})


def _describe(paired: pd.DataFrame, documents: pd.DataFrame, *, series: bool) -> pd.DataFrame:
    """Give the revisions with their sizes, in the order of places, years and indicators."""
    old_value, new_value = paired["value_old"], paired["value_new"]
    difference = new_value - old_value
    rate = paired["unit_new"].isin(["%", "‰", "百分点"]) | (paired["measure_new"] != "level") | (old_value == 0)
    corrected = (paired["report_year_old"] == paired["report_year_new"]) & (paired["kind_old"] == paired["kind_new"])
    outcome = (paired["status_old"] == "estimate") & (paired["status_new"] == "actual")
    found = pd.DataFrame(
        {name: paired[f"{name}_new"] for name in (*_FIGURE, *(["series"] if series else []))}
        | {
            "nature": np.select([corrected, outcome], ["correction", "outcome"], "revision"),
            "old_value": old_value,
            "new_value": new_value,
            "difference": difference,
            "percent": (difference / old_value.abs().mask(rate) * 100),
            "within_rounding": _agree_as_printed(paired),
        }
        | {f"{side}_{name}": paired[f"{name}_{side}"] for side in ("old", "new") for name in _STATED if name != "value"}
        | {"added": paired["report_new"].map(documents.set_index("report")["added"])}
    )
    return found.sort_values(["place", "year", "indicator", "added", "new_start"], ignore_index=True)


def _agree_as_printed(paired: pd.DataFrame) -> pd.Series[Any]:
    """Say where two statements differ by no more than their last printed digits, or one is in the other's bound."""
    old_value, new_value = paired["value_old"], paired["value_new"]
    old_step, new_step = (_half_step(paired[f"text_{side}"], paired[f"value_{side}"]) for side in ("old", "new"))
    near = (new_value - old_value).abs() <= old_step.clip(lower=new_step) * (1 + 1e-9)
    return near | _within(paired, "old", "new") | _within(paired, "new", "old")


def _within(paired: pd.DataFrame, side: str, other: str) -> pd.Series[Any]:
    """Say where a statement with a bound leaves room for the other's value."""
    bound, limit, value = paired[f"bound_{side}"], paired[f"value_{side}"], paired[f"value_{other}"]
    return (bound.isin([">", ">="]) & (value >= limit)) | (bound.isin(["<", "<="]) & (value <= limit))


def _half_step(text: pd.Series[Any], value: pd.Series[Any]) -> pd.Series[Any]:
    """Give half of the last printed digit, in the unit of the value; 0 where the numeral is not written in digits."""
    numeral = text.str.extract(_NUMERAL, expand=False).str.replace(",", "")
    number = pd.to_numeric(numeral, errors="coerce")
    decimals = numeral.str.extract(r"\.(\d+)$", expand=False).str.len().fillna(0).astype("float64")
    return (value.abs() / number.where(number > 0) * 10.0**-decimals / 2).fillna(0.0)


def candidate_sql(columns: str, where: str) -> str:
    """Give the SQL that finds the statements which may be revisions: one name, several documents, several values."""
    key = ("place", "year", "indicator", "measure")
    joined = " AND ".join(f"r.{name} = c.{name}" for name in key)
    rows = f"SELECT {columns} FROM rows{where}"  # noqa: S608 # texts are quoted
    several = (
        f"SELECT {', '.join(key)} FROM rows{where} GROUP BY {', '.join(key)} "  # noqa: S608 # texts are quoted
        "HAVING min(value) < max(value) AND min(report) < max(report)"
    )
    return f"SELECT r.* FROM ({rows}) AS r JOIN ({several}) AS c ON {joined}"  # noqa: S608 # texts are quoted
