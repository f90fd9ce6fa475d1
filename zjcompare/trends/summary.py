"""Series → trends: one row a line, over its last stretch of comparable years."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zjcompare.trends.kernels import mann_kendall, pettitt, theil_sen
from zjcompare.trends.moves import compute_moves

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_PAIRS = 2_000_000  # pairs of years held in memory at a time
_ORDER = (
    "line", "place", "series", "series_name", "measure", "unit", "scale", "years", "missing", "breaks", "first_year",
    "last_year", "first", "last", "cagr", "cagr_low", "cagr_high", "slope", "slope_low", "slope_high", "tau", "p",
    "shift_year", "shift_p", "turn_year", "streak", "peak_year", "trough_year",
)  # fmt: skip


def compute_trends(series: pd.DataFrame, moves: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give one row a line that has a figure, as the package's table of columns says.

    `series` comes from `build_series`; `moves` is what `compute_moves(series)` gives, computed where it is not passed.
    """
    moves = compute_moves(series) if moves is None else moves
    known = series["value"].notna().to_numpy(bool)
    flat, move = series[known], moves[known]
    line = flat["line"].to_numpy(np.int64)
    segment = flat["segment"].to_numpy(np.int64)
    final = np.ones(len(flat), dtype=bool)
    final[:-1] = line[1:] != line[:-1]
    ends = np.flatnonzero(final)
    owner = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=-1))
    last_stretch = np.flatnonzero(segment == segment[ends][owner])
    count = np.bincount(owner[last_stretch], minlength=len(ends))
    start = ends - count + 1
    year, value = flat["year"].to_numpy(np.int64), flat["value"].to_numpy(float)

    trends = move.iloc[ends][["line", "place", "series", "series_name", "measure", "unit", "scale", "streak"]]
    trends = trends.reset_index(drop=True)
    trends["years"] = count
    trends["first_year"], trends["last_year"] = year[start], year[ends]
    trends["missing"] = year[ends] - year[start] + 1 - count
    trends["breaks"] = segment[ends]
    trends["first"], trends["last"] = value[start], value[ends]
    low, high = flat["low"].to_numpy(float), flat["high"].to_numpy(float)
    span = np.where(trends["scale"] == "percent", year[ends] - year[start], 0)
    trends["cagr"] = _cagr(value[start], value[ends], span)
    trends["cagr_low"] = _cagr(high[start], np.maximum(low[ends], 0), span)
    trends["cagr_high"] = _cagr(low[start], high[ends], span)
    turns = np.where(move["ended"].to_numpy(np.int64) != 0, year, 0)
    turns[segment != segment[ends][owner]] = 0
    trends["turn_year"] = np.maximum.reduceat(turns, np.concatenate(([0], ends[:-1] + 1))) if len(ends) else turns
    return _with_tests(trends, year, value, start)[list(_ORDER)]


def _cagr(first: Floats, last: Floats, span: Ints) -> Floats:
    """Give the compound yearly growth in % over `span` years; NaN under 2 years or where the first is not positive."""
    possible = (span >= 2) & (first > 0) & (last >= 0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.where(possible, 100 * ((last / first) ** (1 / np.maximum(span, 1)) - 1), np.nan)


def _with_tests(trends: pd.DataFrame, year: Ints, value: Floats, start: Ints) -> pd.DataFrame:
    """Add what the kernels say, length by length; with too few years a column stays empty."""
    floats = ("slope", "slope_low", "slope_high", "tau", "p", "shift_p")
    added = {name: np.full(len(trends), np.nan) for name in floats}
    years = {name: np.zeros(len(trends), dtype=np.int64) for name in ("shift_year", "peak_year", "trough_year")}
    for rows, columns in _blocks(trends["years"].to_numpy(np.int64), start):
        values, times = value[columns], year[columns]
        each = np.arange(len(rows))
        years["peak_year"][rows] = times[each, values.argmax(axis=1)]
        years["trough_year"][rows] = times[each, values.argmin(axis=1)]
        if columns.shape[1] >= 3:
            slope = theil_sen(values, times.astype(float))
            added["slope"][rows], added["slope_low"][rows], added["slope_high"][rows] = slope
            monotony = mann_kendall(values)
            added["tau"][rows] = monotony.tau
        if columns.shape[1] >= 5:
            added["p"][rows] = monotony.p
            shift = pettitt(values)
            years["shift_year"][rows] = times[each, shift.at]
            added["shift_p"][rows] = shift.p
    return trends.assign(**added, **years)


def _blocks(count: Ints, start: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield lines of one length with the places of their years: shapes (lines,) and (lines, years)."""
    for length in np.unique(count):
        rows = np.flatnonzero(count == length)
        size = max(1, _PAIRS // max(1, int(length * (length - 1) // 2)))
        for begin in range(0, len(rows), size):
            block = rows[begin : begin + size]
            yield block, start[block][:, None] + np.arange(length)
