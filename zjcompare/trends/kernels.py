"""Matrices of values → Theil–Sen, Mann–Kendall and Pettitt, all rows of a matrix at once.

Each function takes `values` of shape (series, years) without NaN, rows of one length; series of different lengths are
passed length by length. SciPy and pyMannKendall give the same numbers one series at a time and are the tests' oracles.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Slope(NamedTuple):
    """Theil–Sen slope a year with its confidence interval, one element a series."""

    slope: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


class Monotony(NamedTuple):
    """Kendall's S and tau against time, and the two-sided p: exact without ties, else normal; one element a series."""

    s: NDArray[np.int64]
    variance: NDArray[np.float64]
    tau: NDArray[np.float64]
    p_normal: NDArray[np.float64]
    p: NDArray[np.float64]


class Shift(NamedTuple):
    """Column of the first value after the most likely change point, and the approximate p; one element a series."""

    at: NDArray[np.int64]
    p: NDArray[np.float64]


def theil_sen(values: NDArray[np.float64], times: NDArray[np.float64], *, level: float = 0.95) -> Slope:
    """Give the median of the slopes of all pairs of years, with Sen's interval at confidence `level`.

    `times` has the shape of `values` and increases along each row. Sen, "Estimates of the regression coefficient based
    on Kendall's tau", JASA 63 (1968) 1379–1389; Theil, Proc. Kon. Ned. Akad. v. Wetensch. A 53 (1950).
    """
    early, late = np.triu_indices(values.shape[1], 1)
    slopes = (values[:, late] - values[:, early]) / (times[:, late] - times[:, early])
    slopes.sort(axis=1)
    count = slopes.shape[1]
    median = (slopes[:, (count - 1) // 2] + slopes[:, count // 2]) / 2
    spread = NormalDist().inv_cdf(0.5 + level / 2) * np.sqrt(_ties(values)[0])
    upper = np.minimum(np.round((count + spread) / 2).astype(np.int64), count - 1)
    lower = np.maximum(np.round((count - spread) / 2).astype(np.int64) - 1, 0)
    row = np.arange(len(slopes))
    return Slope(median, slopes[row, lower], slopes[row, upper])


def _ties(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the variance of S under no trend (Kendall, *Rank Correlation Methods*, 1975) and the tied pairs."""
    n = values.shape[1]
    ordered = np.sort(values, axis=1)
    start = np.ones(values.shape, dtype=bool)
    start[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    column = np.broadcast_to(np.arange(n), values.shape)
    rank = (column - np.maximum.accumulate(np.where(start, column, 0), axis=1)).astype(float)
    # 6r² + 12r summed over the members 0 … t-1 of a tie gives t(t-1)(2t+5), and r summed gives its t(t-1)/2 pairs
    correction = (6 * rank * rank + 12 * rank).sum(axis=1)
    return (n * (n - 1) * (2 * n + 5) - correction) / 18, rank.sum(axis=1)


def mann_kendall(values: NDArray[np.float64]) -> Monotony:
    """Give the Mann–Kendall test of each row against the order of its columns.

    Mann, Econometrica 13 (1945) 245–259; Kendall (1975). `p_normal` is the normal approximation with ties and
    continuity; `p` is the exact one where a row has no ties (the numbers of permutations by inversions, Kendall, "A
    new measure of rank correlation", Biometrika 30 (1938) 81–93). Neither allows for autocorrelation: on short series
    it calls trends that are not there, so it is for scores, never for print.
    """
    n = values.shape[1]
    s = np.zeros(len(values), dtype=np.int64)
    for lag in range(1, n):
        later, earlier = values[:, lag:], values[:, :-lag]
        s += (later > earlier).sum(axis=1) - (later < earlier).sum(axis=1)
    variance, tied = _ties(values)
    pairs = n * (n - 1) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        tau = s / np.sqrt(pairs * (pairs - tied))
        z = (s - np.sign(s)) / np.sqrt(variance)
    p_normal = two_sided(np.where(variance > 0, z, 0.0))
    exact = exact_p(n)[np.abs(s)]
    return Monotony(s, variance, tau, p_normal, np.where(tied > 0, p_normal, exact))


def two_sided(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the two-sided p of each standard normal z."""
    distinct, place = np.unique(np.abs(z), return_inverse=True)
    return np.array([math.erfc(one / math.sqrt(2)) for one in distinct])[place.reshape(z.shape)]


@lru_cache(maxsize=128)
def exact_p(n: int) -> NDArray[np.float64]:
    """Give P(|S| ≥ s) for s = 0 … n(n-1)/2 where all orders of n distinct values are equally likely.

    >>> round(float(exact_p(5)[10]), 6)
    0.016667
    """
    counts = [1]
    for size in range(2, n + 1):
        grown = [0] * (len(counts) + size - 1)
        for inversions, number in enumerate(counts):
            for more in range(size):
                grown[inversions + more] += number
        counts = grown
    pairs = n * (n - 1) // 2
    total = math.factorial(n)
    tail = [min(1.0, 2 * sum(counts[: (pairs - s) // 2 + 1]) / total) for s in range(pairs + 1)]
    return np.array(tail)


def pettitt(values: NDArray[np.float64]) -> Shift:
    """Give the single most likely change point of each row.

    Pettitt, "A non-parametric approach to the change-point problem", Applied Statistics 28 (1979) 126–135; p is his
    approximation 2·exp(-6K²/(n³+n²)), capped at 1.
    """
    n = values.shape[1]
    sums = np.zeros((len(values), n), dtype=np.int64)
    for lag in range(1, n):
        sign = np.sign(values[:, lag:] - values[:, :-lag]).astype(np.int64)
        sums[:, lag:] += sign
        sums[:, :-lag] -= sign
    statistic = np.abs(np.cumsum(sums, axis=1)[:, :-1])
    at = statistic.argmax(axis=1)
    k = np.take_along_axis(statistic, at[:, None], axis=1)[:, 0]
    return Shift(at + 1, np.minimum(1.0, 2 * np.exp(-6.0 * k * k / (n**3 + n**2))))
