"""Numerals: what is printed and what it states are each other's inverse."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjcompare.numerals import format_han, read_multiplier, read_numeral

WHOLE = st.integers(0, 10**13)
EXACT = st.decimals("0", "999999999999", places=4)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("339.6", "339.6"),
        ("1,412", "1412"),
        ("12,345,678.9", "12345678.9"),
        ("1，412", "1412"),
        ("0.05", "0.05"),
        ("1.2万亿", "1200000000000"),
        ("3万4000", "34000"),
        ("2亿3000万", "230000000"),
        ("3千4百", "3400"),
        ("1,200万3，000", "12003000"),
        ("5千万", "50000000"),
        ("一百二十三万", "1230000"),
        ("两千六", "2600"),
        ("两千零六", "2006"),
        ("三万五", "35000"),
        ("二十万亿", "20000000000000"),
        ("十五", "15"),
        ("一百一", "110"),
        ("一百一十", "110"),
        ("二〇二三", "2023"),
        ("二○二三", "2023"),
        ("一亿零五", "100000005"),
        ("四点六", "4.6"),
        ("三点一四万", "31400"),
        ("百分之五点五", "0.055"),
        ("三分之一", str(Decimal(1) / 3)),
        ("万分之二", "0.0002"),
        ("零", "0"),
    ],
)
def test_a_numeral_states_its_number_exactly(printed, value):
    assert read_numeral(printed) == Decimal(value)


@pytest.mark.parametrize(
    "printed",
    [
        "", "零售", "1,2", "1.2.3", "三三百", "3万4万", "点五", "万分之", "零分之一", "abc", "一千两百三点", "1万2亿",
        "三点十五", "3万0.5万", "3万10000", "3亿40000万",
    ],
)  # fmt: skip
def test_what_is_no_numeral_states_nothing(printed):
    assert read_numeral(printed) is None


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"), (10, "十"), (19, "十九"), (20, "二十"), (99, "九十九"), (100, "一百"), (101, "一百零一"),
        (110, "一百一十"), (999, "九百九十九"), (1000, "一千"), (1010, "一千零一十"), (9999, "九千九百九十九"),
        (10_000, "一万"),
        (10_100, "一万零一百"), (1_230_000, "一百二十三万"),
        (99_999_999, "九千九百九十九万九千九百九十九"), (100_000_000, "一亿"), (100_010_000, "一亿零一万"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_people_write_it(number, written):
    assert format_han(number) == written


@given(WHOLE)
def test_chinese_numerals_read_back(number):
    assert read_numeral(format_han(number)) == number


@given(EXACT)
def test_arabic_numerals_with_separators_read_back(number):
    assert read_numeral(f"{number:,f}") == number
    assert read_numeral(f"{number:f}") == number


@given(st.integers(1, 99), st.integers(1, 99))
def test_fractions_read_back(below, above):
    assert read_numeral(f"{format_han(below)}分之{format_han(above)}") == Decimal(above) / below


@given(st.decimals("0.1", "9999.9", places=1), st.sampled_from(["", "千", "万", "亿", "万亿", "百万", "千万"]))
def test_multipliers_multiply_out(number, multiplier):
    assert read_numeral(f"{number:f}{multiplier}") == number * read_multiplier(multiplier)


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from([("千", 1000), ("百", 100), ("万", 10000)]))
def test_a_bare_last_digit_counts_one_place_below(high, low, size):
    assert read_numeral(f"{format_han(high)}{size[0]}{format_han(low)}") == high * size[1] + low * size[1] // 10


@given(st.text("零〇一二两三九十百千万亿点分之0123456789.,，", max_size=12))
def test_any_run_is_a_number_or_none(printed):
    number = read_numeral(printed)
    assert number is None or number >= 0
