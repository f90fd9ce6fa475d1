"""Time the trends of 100 to 100,000 series against looping SciPy and pyMannKendall over them.

Run `python benchmarks/trends.py [largest] [sample]`. The frames are made here: random walks of 20 full years, printed
to one decimal, a tenth of them growth rates. The libraries are looped over at most `sample` random series and scaled up
for the whole takes minutes. Times are CPU seconds of this process, memory is its peak so far (sizes grow). `exponent`
is the slope of log time against log size from the size before. The last line holds our slopes, tau and p against
theirs, on lines of 5 to 20 years with gaps.
"""

import math
import resource
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


def make_series(count, shortest=20, gaps=0.0, seed=7):
    """Give a frame like that of `build_series`: `count` lines of `shortest` to 20 years, a share of `gaps` left out."""
    random = np.random.default_rng(seed)
    length = random.integers(shortest, 21, count)
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
    kept = random.random(len(frame)) >= gaps
    return frame[kept].astype(dict.fromkeys(TEXTS, "str")).reset_index(drop=True)


def timed(function):
    begin = time.process_time()
    result = function()
    return result, time.process_time() - begin


def draw(series, count):
    """Give `count` random lines of at least 5 years, each as a frame."""
    chosen = np.random.default_rng(1).choice(series["line"].unique(), count, replace=False)
    return [rows for _, rows in series[series["line"].isin(chosen)].groupby("line") if len(rows) >= 5]


def loop(drawn):
    """Give what SciPy and pyMannKendall make of each line, and the CPU seconds of each of the three."""
    slopes, sloping = timed(lambda: [stats.theilslopes(rows["value"], rows["year"]) for rows in drawn])
    kendalls, kendalling = timed(lambda: [stats.kendalltau(rows["year"], rows["value"]) for rows in drawn])
    tests, testing = timed(lambda: [pymannkendall.original_test(rows["value"]) for rows in drawn])
    return (slopes, kendalls, tests), (sloping, kendalling, testing)


def measure(count, sample):
    """Give CPU seconds of moves and trends, and those of the looped libraries scaled to all series."""
    series = make_series(count)
    moves, moving = timed(lambda: compute_moves(series))
    _, trending = timed(lambda: compute_trends(series, moves))
    drawn = draw(series, min(count, sample))
    seconds = loop(drawn)[1]
    return moving, trending, [one * count / len(drawn) for one in seconds]


def compare(sample):
    """Give the largest differences from the libraries in slope, tau and p (exact without ties, else normal)."""
    series = make_series(sample, shortest=5, gaps=0.1)
    drawn = draw(series, sample)
    (slopes, kendalls, tests), _ = loop(drawn)
    ours = compute_trends(series).set_index("line").loc[[rows["line"].iloc[0] for rows in drawn]]
    untied = [rows["value"].is_unique for rows in drawn]
    expected = np.where(untied, [one.pvalue for one in kendalls], [one.p for one in tests])
    return (
        max(abs(ours["slope"] - [one.slope for one in slopes])),
        max(abs(ours["tau"] - [one.statistic for one in kendalls])),
        max(abs(ours["p"] - expected)),
    )


def main():
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sample = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    print("series  moves  trends  exponent  theilslopes  kendalltau  pyMannKendall  trends times faster  peak MB")
    before = math.nan
    for power in range(2, math.floor(math.log10(largest)) + 1):
        moving, trending, (sloping, kendalling, testing) = measure(10**power, sample)
        total = moving + trending
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{10**power:6d}  {moving:.3f}  {trending:.3f}  {math.log10(total / before):8.2f}  {sloping:.2f}  "
            f"{kendalling:.2f}  {testing:.2f}  {(sloping + kendalling) / trending:.0f}  {peak}"
        )
        before = total
    print("largest difference in slope {:.1e}, tau {:.1e}, p {:.1e}".format(*compare(sample)))


if __name__ == "__main__":
    main()
