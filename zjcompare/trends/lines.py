"""Aligned table → series: one row a line and year, with the best figure and all others kept as evidence."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from zjcompare.lexicon import Lexicon
from zjcompare.matches import match_pair
from zjcompare.trends.breaks import cues
from zjcompare.trends.intervals import intervals

if TYPE_CHECKING:
    from numpy.typing import NDArray

KEY = ("place", "series", "measure", "dimension", "per", "since", "base", "scope", "rank_scope", "rank_of")
_ORDER = (
    "line", "place", "series", "series_name", "measure", "dimension", "unit", *KEY[4:], "year", "value", "low", "high",
    "bound", "status", "tied", "target", "target_low", "target_high", "target_bound", "target_position", "indicator",
    "basis", "segment", "break_reason", "confidence", "position", "evidence", "rivals",
)  # fmt: skip
_RANKING = {
    "line": True, "year": True, "rival": True, "is_target": True, "status_rank": True, "report_year": False,
    "edition": False, "bound_rank": True, "width": True, "confidence": False,
}  # fmt: skip
_TEXTS = (
    "place", "measure", *KEY[4:], "unit", "bound", "status", "indicator", "series_name", "report", "kind", "parent",
    "sentence", "text",
)  # fmt: skip
_STATUS = {"actual": 0, "estimate": 1, "target": 2}
_BOUND = {"=": 0, "~": 1}


def build_series(aligned: pd.DataFrame, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Give one row a line and year, as the package's table of columns says.

    `aligned` is the table of observations with the columns `series`, `series_name` and `conflict`. The best figure of a
    year is actual before estimate before target; among these the one of the later report, then of the later edition,
    then an exact one before a bounded one, then the one with the finer printed digits, then the surer one. Units of one
    dimension are converted with the exact factors of the lexicon to the unit that most figures of the line have.
    Raises `KeyError` for a missing column.
    """
    lexicon = lexicon or Lexicon.default()
    figures = line_figures(aligned, lexicon).drop(columns=["report", "kind", "parent", "sentence", "text"])
    return _segmented(_with_targets(_best(figures), figures), lexicon)


def line_figures(aligned: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Give every figure of every line, in the unit of its line, sorted by line and year, the best of a year first.

    `rival` marks a row that another row of its report keeps out of the series, `is_target` a target; both come last.
    """
    figures = _one_unit(_figures(aligned, lexicon), lexicon)
    figures["width"] = figures["high"] - figures["low"]
    return figures.sort_values(list(_RANKING), ascending=list(_RANKING.values()), kind="stable").reset_index(drop=True)


def _figures(aligned: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Give the rows that belong to a series or compete for one, with the numbers of their lines and what ranks them."""
    position = np.flatnonzero((aligned["series"].notna() | aligned["conflict"].notna()).to_numpy(bool))
    rows = aligned.iloc[position]
    basis, reason = cues(rows, lexicon)
    low, high = intervals(rows)
    figures = pd.DataFrame({
        "position": position,
        "series": rows["series"].fillna(rows["conflict"]).array,
        "rival": rows["series"].isna().to_numpy(bool),
        "dimension": _dimensions(rows, lexicon),
        "value": rows["value"].to_numpy(float),
        "low": low,
        "high": high,
        "basis": basis,
        "reason": reason,
    })  # fmt: skip
    for column in _TEXTS:
        figures[column] = rows[column].array
    for column in ("year", "report_year", "edition"):
        figures[column] = rows[column].to_numpy(np.int64)
    figures["tied"] = rows["tied"].to_numpy(object)
    figures["confidence"] = rows["confidence"].to_numpy(float)
    figures["status_rank"] = _ranked(rows["status"], _STATUS)
    figures["is_target"] = figures["status_rank"] == _STATUS["target"]
    figures["bound_rank"] = _ranked(rows["bound"], _BOUND)
    figures["line"] = _numbered(figures)
    return figures


def _ranked(texts: pd.Series, order: dict[str, int]) -> NDArray[np.int64]:
    """Give the place of each text in `order`, those that are not in it last."""
    code, distinct = pd.factorize(texts)
    return np.array([order.get(text, len(order)) for text in distinct] + [len(order)], dtype=np.int64)[code]


def _dimensions(rows: pd.DataFrame, lexicon: Lexicon) -> NDArray[np.object_]:
    """Give the dimension of each row's unit; 家, 户, 个 count the same things of one series, so they share `count`."""
    of = {row["unit"]: row["dimension"] for row in lexicon.rows("units")}
    of |= {unit: "count" for unit, dimension in of.items() if dimension == f"count:{unit}" and len(unit) == 1}
    code, units = pd.factorize(rows["unit"])
    dimensions = np.array([of.get(unit, unit) for unit in units] + [None, "rank"], dtype=object)
    ranked = (rows["measure"] == "rank").to_numpy(bool)
    return dimensions[np.where(ranked, len(units) + 1, code)]  # a missing unit has the code -1


def _numbered(figures: pd.DataFrame) -> NDArray[np.int64]:
    """Give each row the number of its line; lines are numbered in the order of their first rows."""
    line = np.zeros(len(figures), dtype=np.int64)
    for column in KEY:
        code, distinct = pd.factorize(figures[column], use_na_sentinel=False)
        line = pd.factorize(line * len(distinct) + code)[0] if len(line) else line
    return line


def _one_unit(figures: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Convert figures to the commonest unit of their line (the first seen among equals)."""
    unit, line = pd.factorize(figures["unit"])[0], figures["line"].to_numpy(np.int64)
    first = np.empty(int(line.max(initial=-1)) + 1, dtype=np.int64)
    first[line[::-1]] = unit[::-1]
    mixed = unit != first[line]
    if not mixed.any():
        return figures
    factor = {row["unit"]: _exactly(row["factor"]) for row in lexicon.rows("units")}
    figures = figures.copy()
    for line in figures.loc[mixed, "line"].unique():
        rows = figures.index[figures["line"] == line]
        common = figures.loc[rows, "unit"].value_counts(sort=True).index[0]
        for unit in figures.loc[rows, "unit"].unique():
            ratio = factor[str(unit)] / factor[str(common)]
            these = rows[figures.loc[rows, "unit"] == unit]
            for column in ("value", "low", "high"):
                figures.loc[these, column] = [_times(number, ratio) for number in figures.loc[these, column]]
        figures.loc[rows, "unit"] = common
    return figures


def _times(number: float, ratio: Fraction) -> float:
    return float(Fraction(repr(float(number))) * ratio) if np.isfinite(number) else number


def _exactly(factor: str) -> Fraction:
    """Give the factor as a fraction: 666.666666666667 square metres stand for 2000/3, the Chinese mu."""
    written = Fraction(factor)
    simple = written.limit_denominator(1000)
    return simple if abs(simple - written) < written / 10**14 else written


def _best(figures: pd.DataFrame) -> pd.DataFrame:
    """Give the first row of each line and year, with the positions of all figures and, apart, those of rivals."""
    start = np.flatnonzero(_changes(figures["line"], figures["year"]))
    stop = np.append(start[1:], len(figures))[: len(start)]
    rivals = np.add.reduceat(figures["rival"].to_numpy(np.int64), start) if len(start) else start
    cut = np.maximum(stop - rivals, start + 1)
    position = figures["position"].tolist()
    best = figures.iloc[start].reset_index(drop=True)
    best["evidence"] = pd.Series([position[i:j] for i, j in zip(start, cut, strict=True)], dtype=object)
    best["rivals"] = pd.Series([position[i:j] for i, j in zip(cut, stop, strict=True)], dtype=object)
    return best


def _with_targets(series: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Set the last target of each year beside its best figure; where there is nothing else, blank that figure."""
    targets = figures[figures["is_target"]]
    first = targets[_changes(targets["line"], targets["year"])]
    columns = {"value": "target", "low": "target_low", "high": "target_high", "bound": "target_bound"}
    beside = first[["line", "year", "position", *columns]].rename(columns={**columns, "position": "target_position"})
    series = series.merge(beside, on=["line", "year"], how="left")
    series["target_position"] = series["target_position"].fillna(-1).astype(np.int64)
    only = series["status"] == "target"
    for column in ("value", "low", "high"):
        series[column] = series[column].mask(only)
    return series


def _segmented(series: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Give each line's comparable stretches their numbers, and the columns their order and types."""
    said = series["reason"].to_numpy(object)
    said = _of_comparable_growths(series, _of_successors(series, said, lexicon))
    first = _changes(series["line"])
    starts = pd.notna(said) & ~first
    total = np.cumsum(starts)
    series["segment"] = total - np.maximum.accumulate(np.where(first, total, 0)) if len(series) else total
    series["break_reason"] = pd.Series(said, dtype=object).where(starts, None)
    return _typed(series)


def _of_successors(series: pd.DataFrame, said: NDArray[np.object_], lexicon: Lexicon) -> NDArray[np.object_]:
    """Add a break where the name of a line gives way to a successor with a new definition."""
    name, names = pd.factorize(series["indicator"])
    renamed = np.flatnonzero(~_changes(series["line"]) & _changes(pd.Series(name)))
    pair, pairs = pd.factorize(name[renamed - 1] * np.int64(len(names)) + name[renamed])
    follows = [
        match_pair(names[code // len(names)], names[code % len(names)], lexicon=lexicon).relation == "successor"
        for code in pairs.tolist()
    ]
    marked = said.copy()
    marked[renamed[np.array(follows, dtype=bool)[pair]]] = "successor"
    return marked


def _of_comparable_growths(series: pd.DataFrame, said: NDArray[np.object_]) -> NDArray[np.object_]:
    """Add a break to levels in years whose growth is told on a comparable scope: the levels themselves are not."""
    comparable = (series["measure"] == "growth") & (series["basis"] == "comparable")
    if not comparable.any():
        return said
    keys = ["place", "series", "scope", "year"]
    told = pd.MultiIndex.from_frame(series.loc[comparable, keys].fillna(""))
    levels = (series["measure"] == "level") & pd.MultiIndex.from_frame(series[keys].fillna("")).isin(told)
    return np.where(levels & pd.isna(said), "scope", said)


def _typed(series: pd.DataFrame) -> pd.DataFrame:
    texts = ("place", "series", "series_name", "measure", "dimension", "unit", *KEY[4:], "bound", "status",
             "target_bound", "indicator", "basis", "break_reason")  # fmt: skip
    types: dict[str, Any] = dict.fromkeys(texts, "str")
    types |= {"tied": "boolean", "segment": np.int64}
    return series[list(_ORDER)].astype(types)


def _changes(*columns: pd.Series) -> NDArray[np.bool_]:
    """Give where a row differs from the row before it in any of the columns; the first row always does."""
    changed = np.zeros(len(columns[0]), dtype=bool)
    for column in columns:
        values = column.to_numpy()
        changed[1:] |= values[1:] != values[:-1]
    changed[:1] = True
    return changed
