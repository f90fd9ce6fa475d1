"""Figures are printed as a Chinese newsroom prints them, and read back as the same number."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjcompare.figures import format_figure, ordinal
from zjcompare.lexicon import Lexicon

UNITS = ("元", "美元", "人", "家", "吨", "平方米", "公里", "%", "百分点")


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (412700000000, "元", "4127亿元", "412.7 billion yuan"),
        (410536000000, "元", "4105.4亿元", "410.54 billion yuan"),
        (1.27e12, "元", "1.27万亿元", "1.27 trillion yuan"),
        (999996000000, "元", "1万亿元", "1 trillion yuan"),
        (999960000000, "元", "9999.6亿元", "999.96 billion yuan"),
        (52700, "元", "52700元", "52,700 yuan"),
        (1200000, "元", "120万元", "1.2 million yuan"),
        (3396000, "人", "339.6万人", "3.396 million people"),
        (525, "家", "525家", "525"),
        (37, "微克/立方米", "37微克/立方米", "37 µg/m³"),
        (6.2, "%", "6.2%", "6.2%"),
        (-3, "%", "-3%", "-3%"),
        (1.5, "百分点", "1.5个百分点", "1.5 percentage points"),
        (1, "百分点", "1个百分点", "1 percentage point"),
        (0, "%", "0%", "0%"),
        (-5536000000, "元", "-55.4亿元", "-5.54 billion yuan"),
    ],
)
def test_a_figure_in_both_languages(value, unit, zh, en):
    figure = format_figure(value, unit)
    assert (figure.zh, figure.en) == (zh, en)


def test_decimals_as_printed_are_kept_on_demand():
    assert format_figure(6, "%", decimals=1, fixed=True).zh == "6.0%"
    assert format_figure(6, "%", decimals=1).zh == "6%"


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_not_printed(value):
    with pytest.raises(ValueError, match="no number to print"):
        format_figure(value, "元")


@given(st.floats(-1e13, 1e13), st.sampled_from(UNITS))
def test_a_figure_says_the_number_that_its_words_mean(value, unit):
    figure = format_figure(value, unit)
    words = figure.zh.removesuffix("个百分点" if unit == "百分点" else unit)
    power = next((p for word, p in (("万亿", 12), ("亿", 8), ("万", 4)) if words.endswith(word)), 0)
    assert float(words.rstrip("万亿")) * 10**power == pytest.approx(figure.value, rel=1e-9)
    assert abs(figure.value - value) <= 10**power * 0.05001 + math.ulp(value)


@given(st.floats(0, 1e15), st.floats(0, 1e15), st.sampled_from(UNITS))
def test_printing_never_turns_an_order_round(one, other, unit):
    low, high = sorted((one, other))
    assert format_figure(low, unit).value <= format_figure(high, unit).value


@pytest.mark.parametrize("row", Lexicon.default().rows("unit_names"), ids=lambda row: row["unit"])
def test_each_unit_stands_in_its_example(row):
    assert row["example"].endswith(row["unit"])


@pytest.mark.parametrize(
    ("number", "english"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (21, "21st"), (112, "112th")]
)
def test_a_rank_in_both_languages(number, english):
    assert ordinal(number, language="zh") == f"第{number}位"
    assert ordinal(number, language="en") == english
