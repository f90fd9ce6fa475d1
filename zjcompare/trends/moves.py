"""Series → moves: each year against the year before, with intervals, streaks, records and outliers.

What is compared: adjacent years of one stretch of a line. A gap or a break ends comparisons, streaks and records. The
columns are in the package's table. A change of a rate is told in percentage points, that of a rank in places, that of a
growth rate as faster or slower (OECD, *Data and Metadata Reporting and Presentation Handbook*, 2007, chapter 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    _Figure = tuple[Floats, Floats, Floats]

OUTLIER = 3.5  # Iglewicz and Hoaglin's own threshold
_PEERS = ["series", "measure", "dimension", "per", "since", "base", "scope", "rank_scope", "rank_of"]
_RATES = ("%", "‰", "百分点", "千分点")
_CARRIED = ("line", "place", "series", "series_name", "measure", "unit", "year", "value", "status")


def compute_moves(series: pd.DataFrame) -> pd.DataFrame:
    """Give one row for each row of `series`, in the same order and with the same index.

    Rows that know only a target have NaN and 0 throughout. `series` must be sorted by line and year.
    """
    moves = series[list(_CARRIED)].copy()
    moves["scale"] = _scale(series)
    known = series["value"].notna().to_numpy(bool)
    rows = np.flatnonzero(known)
    flat = _Flat(series.iloc[rows])
    columns = _changes(flat, moves["scale"].to_numpy(object)[rows])
    columns |= _runs(flat, columns)
    columns |= _outliers(flat, columns)
    for name, values in columns.items():
        if len(rows) == len(series):
            moves[name] = values
            continue
        full = np.zeros(len(series), dtype=values.dtype)
        if values.dtype == np.float64:
            full[:] = np.nan
        full[rows] = values
        moves[name] = full
    moves["stated"], moves["stated_position"] = _stated(series, "growth", ["place", "series", "scope"])
    moves["stated_change"], _ = _stated(series, "change", ["place", "series", "scope", "unit"])
    return moves[[*_CARRIED, *_ORDER]]


_ORDER = (
    "scale", "previous", "gap", "change", "change_low", "change_high", "growth", "growth_low", "growth_high", "stated",
    "stated_position", "stated_change", "direction", "acceleration", "average", "streak", "ended", "high_over",
    "low_over", "history", "index", "outlier", "own_distance", "peer_distance", "base_effect", "mixed",
)  # fmt: skip


def _scale(series: pd.DataFrame) -> pd.Series:
    """Give how changes of each line are told: in per cent, percentage points, places or units."""
    number = _numbered(series, ["measure", "unit"])
    code, first = np.unique(number, return_index=True)
    kinds = [
        _scale_of(measure, unit) for measure, unit in series.iloc[first][["measure", "unit"]].itertuples(index=False)
    ]
    return pd.Series(np.array(kinds, dtype=object)[np.searchsorted(code, number)], index=series.index, dtype="str")


def _scale_of(measure: str, unit: str) -> str:
    if measure == "rank":
        return "places"
    if measure == "growth" or unit in _RATES:
        return "points"
    return "percent" if measure == "level" and unit else "absolute"


class _Flat:
    """The known figures of all lines end to end, and for each the row of the year before, -1 for none."""

    def __init__(self, series: pd.DataFrame) -> None:
        self.line: Ints = series["line"].to_numpy(np.int64)
        self.year: Ints = series["year"].to_numpy(np.int64)
        self.value: Floats = series["value"].to_numpy(float)
        self.low: Floats = series["low"].to_numpy(float)
        self.high: Floats = series["high"].to_numpy(float)
        self.estimate: Flags = (series["status"] == "estimate").to_numpy(bool)
        since = int(self.year.min()) if len(series) else 0
        span = int(self.year.max(initial=since)) - since + 1
        self.peer: Ints = _numbered(series, _PEERS) * span + self.year - since
        segment = series["segment"].to_numpy(np.int64)
        same = np.zeros(len(series), dtype=bool)
        same[1:] = self.line[1:] == self.line[:-1]
        step = np.diff(self.year, prepend=self.year[:1])
        self.gap: Ints = np.where(same, np.maximum(step - 1, 0), 0)
        broken = np.diff(segment, prepend=segment[:1]) != 0
        self.linked: Flags = same & (step == 1) & ~broken
        self.first: Ints = np.maximum.accumulate(np.arange(len(series)) * ~self.linked).astype(np.int64)

    def before(self, values: Floats) -> Floats:
        """Give what `values` holds for the year before, NaN where that year is not comparable."""
        shifted = np.full(len(values), np.nan)
        shifted[1:] = values[:-1]
        shifted[~self.linked] = np.nan
        return shifted


def _changes(flat: _Flat, scale: NDArray[np.object_]) -> dict[str, NDArray[np.generic]]:
    value, low, high = flat.value, flat.low, flat.high
    previous, least, most = flat.before(value), flat.before(low), flat.before(high)
    percent = (scale == "percent") & (previous > 0)
    change_low, change_high = low - most, high - least
    growth, growth_low, growth_high = _growth((value, low, high), (previous, least, most), percent)
    direction = np.where(change_low > 0, 1, np.where(change_high < 0, -1, 0))
    earlier = flat.before(growth)
    ratio = (1 + growth / 100) * (1 + earlier / 100)
    average = 100 * (np.sqrt(np.where(ratio > 0, ratio, np.nan)) - 1)
    first = value[flat.first]
    index = np.where((scale == "percent") & (first > 0), 100 * _over(value, first), np.nan)
    return {
        "previous": previous,
        "gap": flat.gap,
        "change": value - previous,
        "change_low": change_low,
        "change_high": change_high,
        "growth": growth,
        "growth_low": growth_low,
        "growth_high": growth_high,
        "direction": direction.astype(np.int64),
        "acceleration": growth - earlier,
        "average": average,
        "index": index,
        "mixed": flat.linked & (flat.estimate != np.roll(flat.estimate, 1)),
    }


def _growth(now: _Figure, before: _Figure, percent: Flags) -> tuple[Floats, ...]:
    """Give growth in % with its interval; the end of a base that may be zero or less is open."""
    value, low, high = now
    previous, least, most = before
    growth = 100 * (_over(value, previous) - 1)
    growth_low = np.where(np.isinf(most), -np.inf, 100 * (_over(np.maximum(low, 0), most) - 1))
    growth_high = np.where(least > 0, 100 * (_over(high, least) - 1), np.inf)
    return tuple(np.where(percent, one, np.nan) for one in (growth, growth_low, growth_high))


def _over(numerator: Floats, denominator: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return numerator / denominator


def _runs(flat: _Flat, columns: dict[str, NDArray[np.generic]]) -> dict[str, NDArray[np.generic]]:
    """Give streaks and how far back each value is the highest or lowest."""
    direction = columns["direction"].astype(np.int64)
    row = np.arange(len(direction))
    goes_on = np.zeros(len(direction), dtype=bool)
    goes_on[1:] = flat.linked[1:] & flat.linked[:-1] & (direction[1:] == direction[:-1])
    began = np.maximum.accumulate(np.where(goes_on, 0, row))
    streak = direction * (row - began + 1)
    last = np.zeros_like(streak)
    last[1:] = streak[:-1]
    ended = np.where(flat.linked & (direction * np.sign(last) == -1), last, 0)
    history = row - flat.first
    return {
        "streak": streak,
        "ended": ended,
        "history": history,
        "high_over": _run_below(flat.low, flat.high, history),
        "low_over": _run_below(-flat.high, -flat.low, history),
    }


def _run_below(low: Floats, high: Floats, history: Ints) -> Ints:
    """Give how many consecutive years just before lie surely below: their high end under the year's low end."""
    run = np.zeros(len(low), dtype=np.int64)
    active = np.flatnonzero(history > 0)
    lag = 1
    while len(active):
        active = active[high[active - lag] < low[active]]
        run[active] += 1
        lag += 1
        active = active[history[active] >= lag]
    return run


def _outliers(flat: _Flat, columns: dict[str, NDArray[np.generic]]) -> dict[str, NDArray[np.generic]]:
    """Give how unusual each change is on its own line and among places.

    Modified z-score 0.6745·(x − median)/MAD: Iglewicz and Hoaglin, *How to Detect and Handle Outliers*, 1993. Nothing
    is said with fewer than 5 changes or where half of them are equal (MAD 0).
    """
    growth, change = columns["growth"].astype(float), columns["change"].astype(float)
    move = np.where(np.isnan(growth), change, growth)
    median, count = line_median(move, flat.line)
    distance = move - median
    spread, _ = line_median(np.abs(distance), flat.line)
    outlier = np.where((count >= 5) & (spread > 0), 0.6745 * _over(distance, spread), np.nan)
    peers, places = group_median(move, flat.peer, least=3)
    last = flat.before(outlier)
    opposite = (np.abs(last) > OUTLIER) & (np.sign(last) * np.sign(distance) < 0)
    return {
        "outlier": outlier,
        "own_distance": np.where(count >= 3, distance, np.nan),
        "peer_distance": np.where(places >= 3, move - peers, np.nan),
        "base_effect": opposite & (np.abs(outlier) > OUTLIER / 2),
    }


def line_median(values: Floats, line: Ints) -> tuple[Floats, Ints]:
    """Give for each element the median and the number of the values (NaN apart) of its line; lines lie end to end."""
    start = np.flatnonzero(np.diff(line, prepend=-1))
    length = np.diff(start, append=len(line))
    median, count = np.full(len(start), np.nan), np.zeros(len(start), dtype=np.int64)
    for years in np.unique(length):
        lines = np.flatnonzero(length == years)
        ordered = np.sort(values[start[lines][:, None] + np.arange(years)], axis=1)  # NaN last
        known = (~np.isnan(ordered)).sum(axis=1)
        each = np.arange(len(lines))
        median[lines] = (
            ordered[each, np.maximum(known - 1, 0) // 2] + ordered[each, np.minimum(known // 2, years - 1)]
        ) / 2
        count[lines] = known
    return np.repeat(median, length), np.repeat(count, length)


def group_median(values: Floats, group: Ints, *, least: int = 1) -> tuple[Floats, Ints]:
    """Give for each element the median and the number of the values (NaN apart) of its group.

    Groups with fewer than `least` elements are left out, as if they had no values.
    """
    groups = int(group.max()) + 1 if len(group) else 0
    size = np.bincount(group, minlength=groups)
    known = np.flatnonzero(~np.isnan(values) & (size[group] >= least))
    order = known[np.lexsort((values[known], group[known]))]
    count = np.bincount(group[order], minlength=groups)
    start = np.concatenate(([0], np.cumsum(count)[:-1])) if groups else np.empty(0, dtype=np.int64)
    median = np.full(groups, np.nan)
    some = count > 0
    ordered = values[order]
    below, above = start[some] + (count[some] - 1) // 2, start[some] + count[some] // 2
    median[some] = (ordered[below] + ordered[above]) / 2
    return median[group], count[group]


def _stated(series: pd.DataFrame, measure: str, keys: list[str]) -> tuple[Floats, Ints]:
    """Give for each level row what a report states as its growth or change, and in which row; NaN and -1 for nothing.

    `keys` are columns of the line that the level and the statement share.
    """
    plain = (series["per"].isna() & series["since"].isna() & series["base"].isna() & series["value"].notna()).to_numpy(
        bool
    )
    said = np.flatnonzero(plain & (series["measure"] == measure).to_numpy(bool))
    levels = np.flatnonzero(plain & (series["measure"] == "level").to_numpy(bool))
    value, position = np.full(len(series), np.nan), np.full(len(series), -1, dtype=np.int64)
    if len(said):
        year = series["year"].to_numpy(np.int64)
        place = _numbered(series, keys) * (int(year.max()) + 1) + year
        distinct, first, count = np.unique(place[said], return_index=True, return_counts=True)
        at = np.minimum(np.searchsorted(distinct, place[levels]), len(distinct) - 1)
        found = (distinct[at] == place[levels]) & (count[at] == 1)
        rows, sources = levels[found], said[first[at[found]]]
        value[rows] = series["value"].to_numpy(float)[sources]
        position[rows] = series["position"].to_numpy(np.int64)[sources]
    return value, position


def _numbered(series: pd.DataFrame, keys: list[str]) -> Ints:
    """Give each row the number of its combination of `keys`, columns that are the same all along a line."""
    line = series["line"].to_numpy(np.int64)
    first = np.flatnonzero(np.diff(line, prepend=-1))
    of_line = series.iloc[first].groupby(keys, sort=False, dropna=False).ngroup().to_numpy(np.int64)
    return np.asarray(np.repeat(of_line, np.diff(first, append=len(line))), dtype=np.int64)
