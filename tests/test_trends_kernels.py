"""The kernels give what SciPy and pyMannKendall give, one series at a time."""

import math

import numpy as np
import pymannkendall
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from zjcompare.trends.kernels import exact_p, mann_kendall, pettitt, theil_sen

RANDOM = np.random.default_rng(20231231)


def matrices():
    """One thousand random series: lengths 3 to 20, with ties and without, with years left out."""
    for length in range(3, 21):
        rows = 56
        values = RANDOM.normal(size=(rows, length)).cumsum(axis=1) + RANDOM.normal(size=(rows, 1))
        values[: rows // 2] = np.round(values[: rows // 2])
        times = np.sort(np.array([RANDOM.choice(30, size=length, replace=False) for _ in range(rows)]), axis=1)
        yield values, times.astype(float)


MATRICES = list(matrices())


def test_there_are_a_thousand_random_series():
    assert sum(len(values) for values, _ in MATRICES) >= 1000


@pytest.mark.parametrize(("values", "times"), MATRICES)
def test_theil_sen_is_scipys_slope_and_interval(values, times):
    ours = theil_sen(values, times)
    for row, (series, years) in enumerate(zip(values, times, strict=True)):
        theirs = stats.theilslopes(series, years)
        assert ours.slope[row] == pytest.approx(theirs.slope, abs=1e-12)
        assert ours.low[row] == pytest.approx(theirs.low_slope, abs=1e-12)
        assert ours.high[row] == pytest.approx(theirs.high_slope, abs=1e-12)


@pytest.mark.parametrize("values", [values for values, _ in MATRICES])
def test_mann_kendall_is_pymannkendalls_and_kendalls_exact_p_is_scipys(values):
    ours = mann_kendall(values)
    for row, series in enumerate(values):
        theirs = pymannkendall.original_test(series)
        assert ours.s[row] == theirs.s
        assert ours.variance[row] == pytest.approx(theirs.var_s)
        assert ours.p_normal[row] == pytest.approx(theirs.p, abs=1e-12)
        if len(set(series)) == len(series):
            kendall = stats.kendalltau(np.arange(len(series)), series, method="exact")
            assert ours.tau[row] == pytest.approx(kendall.statistic)
            assert ours.p[row] == pytest.approx(kendall.pvalue, abs=1e-12)
        elif len(set(series)) > 1:
            assert ours.tau[row] == pytest.approx(stats.kendalltau(np.arange(len(series)), series).statistic)


def test_a_rise_over_five_years_has_two_chances_in_a_hundred_and_twenty():
    assert exact_p(5)[10] == pytest.approx(2 / 120)
    assert mann_kendall(np.array([[1.0, 2, 3, 4, 5]])).p[0] == pytest.approx(1 / 60)


@given(st.lists(st.integers(0, 4), min_size=3, max_size=12))
def test_a_series_read_backwards_has_the_opposite_s_and_the_same_p(values):
    forward, back = mann_kendall(np.array([values], float)), mann_kendall(np.array([values[::-1]], float))
    assert forward.s[0] == -back.s[0]
    assert forward.p[0] == back.p[0]


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=12), st.floats(-100, 100))
def test_a_line_added_to_a_series_is_added_to_its_slope(values, line):
    times = np.arange(len(values), dtype=float)[None, :]
    plain, tilted = theil_sen(np.array([values]), times), theil_sen(np.array([values]) + line * times, times)
    assert tilted.slope[0] == pytest.approx(plain.slope[0] + line, abs=1e-6)


def pettitt_slowly(series):
    """Pettitt's statistic straight from its definition."""
    sums = [
        sum(int(np.sign(late - early)) for early in series[:split] for late in series[split:])
        for split in range(1, len(series))
    ]
    k = max(abs(one) for one in sums)
    n = len(series)
    return [abs(one) for one in sums].index(k) + 1, min(1.0, 2 * math.exp(-6 * k * k / (n**3 + n**2)))


@given(st.lists(st.integers(-5, 5), min_size=2, max_size=15))
def test_pettitt_follows_its_definition(series):
    ours = pettitt(np.array([series], float))
    at, p = pettitt_slowly(series)
    assert (ours.at[0], ours.p[0]) == (at, pytest.approx(p))
