"""Time the trends of 100,000 series against looping SciPy and pyMannKendall over them.

Run `python benchmarks/trends.py [series] [sample]`. The frame is made here: random walks of 5 to 20 years with gaps,
printed to one decimal, a tenth of them growth rates. The libraries are looped over a random sample and scaled up, since
the whole takes minutes. Times are CPU seconds of this process; the last lines hold our slopes and p against theirs.
"""

import sys
import time

import numpy as np
import pandas as pd
import pymannkendall
from scipy import stats

from zjcompare.trends import compute_moves, compute_trends

TEXTS = (
    "place", "series", "series_name", "measure", "dimension", "unit", "per", "since", "base", "scope", "rank_scope",
    "rank_of", "bound", "status",
)  # fmt: skip


def make_series(count, seed=7):
    """Give a frame like that of `build_series`: `count` lines of 5 to 20 years, of which a tenth is left out."""
    random = np.random.default_rng(seed)
    length = random.integers(5, 21, count)
    line = np.repeat(np.arange(count), length)
    start = np.repeat(np.cumsum(length) - length, length)
    year = 2004 + np.arange(len(line)) - start
    walk = np.cumsum(random.normal(1, 3, len(line)))
    value = np.round(100 + walk - np.repeat(walk[np.cumsum(length) - length], length), 1).clip(0.1)
    growth = line % 10 == 0
    columns = {
        "place": np.char.add("p", (line % 300).astype(str)),
        "series": np.char.add("s", (line // 300).astype(str)),
        "series_name": np.char.add("s", (line // 300).astype(str)),
        "measure": np.where(growth, "growth", "level"),
        "dimension": np.where(growth, "ratio", "money"),
        "unit": np.where(growth, "%", "元"),
        "bound": "=",
        "status": "actual",
    }
    frame = pd.DataFrame({
        "line": line, "year": year, "value": value, "low": value - 0.05, "high": value + 0.05, "segment": 0,
        "position": np.arange(len(line)), **columns,
    })  # fmt: skip
    for name in ("per", "since", "base", "scope", "rank_scope", "rank_of"):
        frame[name] = np.nan
    kept = random.random(len(frame)) > 0.1
    return frame[kept].astype(dict.fromkeys(TEXTS, "str")).reset_index(drop=True)


def timed(function):
    begin = time.process_time()
    result = function()
    return result, time.process_time() - begin


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sample = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    series = make_series(count)
    moves, moving = timed(lambda: compute_moves(series))
    trends, trending = timed(lambda: compute_trends(series, moves))
    print(f"{count} lines, {len(series)} rows: moves {moving:.2f} s, trends {trending:.2f} s")

    chosen = np.random.default_rng(1).choice(count, sample, replace=False)
    drawn = [rows for _, rows in series[series["line"].isin(chosen)].groupby("line") if len(rows) >= 5]
    ours = trends.set_index("line").loc[[rows["line"].iloc[0] for rows in drawn]]
    slopes, sloping = timed(lambda: [stats.theilslopes(rows["value"], rows["year"]) for rows in drawn])
    kendalls, kendalling = timed(lambda: [stats.kendalltau(rows["year"], rows["value"]) for rows in drawn])
    tests, testing = timed(lambda: [pymannkendall.original_test(rows["value"]) for rows in drawn])
    scale = count / len(drawn)
    print(f"looped, scaled from {len(drawn)}:")
    for name, seconds in (("SciPy theilslopes", sloping), ("SciPy kendalltau", kendalling), ("pyMannKendall", testing)):
        print(f"  {name} {seconds * scale:.0f} s")
    print(f"largest difference in slope {max(abs(ours['slope'] - [one.slope for one in slopes])):.1e}")
    print(f"largest difference in tau {max(abs(ours['tau'] - [one.statistic for one in kendalls])):.1e}")
    untied = [rows["value"].is_unique for rows in drawn]
    exact = [one.pvalue for one in kendalls]
    normal = [one.p for one in tests]
    expected = np.where(untied, exact, normal)
    print(f"largest difference in p {max(abs(ours['p'] - expected)):.1e} (exact without ties, else normal)")


if __name__ == "__main__":
    main()
