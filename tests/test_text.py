"""The repaired text: what is taken away, what stays, and where each character came from."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjcompare.text import clean_text


@pytest.mark.parametrize(
    ("stored", "clean"),
    [
        ("增长**5.5％**, 达到 1,412 亿元", "增长5.5%，达到1,412亿元"),
        ("ＧＤＰ增长５．５％", "GDP增长5.5%"),
        ("1，412亿元", "1,412亿元"),
        ("1412，增长", "1412，增长"),
        ("鎮(zhèn)江", "镇江"),
        ("鎮江市農業", "镇江市农业"),
        ("投资达到12亿元，列全\n省第3位，超出预期。", "投资达到12亿元，列全省第3位，超出预期。"),
        ("投资达到12亿元。\n省第3位，超出预期。", "投资达到12亿元。\n省第3位，超出预期。"),
        ("工业\n农业", "工业\n农业"),
        ("达到16\n.5亿元", "达到16.5亿元"),
        ("增长3\n％", "增长3%"),
        ("一、综合\n\n\n全年增长", "一、综合\n全年增长"),
        ("㎡保持不变…", "㎡保持不变…"),
        ("两列 12.5 3.4", "两列12.5 3.4"),
        ("Hello World", "Hello World"),
        ("其 中,农业 比上 年增 长5%", "其中，农业 比上年增长5%"),
        ("面积17.04 万 亩,提高0.9 个百 分点", "面积17.04万亩，提高0.9个百分点"),
        ("人口 年末总户数", "人口 年末总户数"),
        ("其中,第二产业\n- 12 -\n增长3%。\n— 13 —\n三、农业", "其中，第二产业增长3%。\n三、农业"),
        ("如下。\n-12\n", "如下。\n-12"),
        ("公园\u200b3个", "公园3个"),
        ("增长5%(可比价)", "增长5%（可比价）"),
        ("", ""),
    ],
)
def test_repair(stored, clean):
    assert clean_text(stored).text == clean


PIECES = [*"12 ,.，。：\n\r*_（）()鎮農一、●%％", "zhèn", "**", "增长", "\u200b", "\ud800", "\0"]
TEXTS = st.one_of(
    st.text(st.characters(), max_size=120),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
)


@given(TEXTS)
def test_every_clean_character_stands_for_one_stored_character_in_order(stored):
    clean = clean_text(stored)
    places = [clean.stored_at(position) for position in range(len(clean.text))]
    assert places == sorted(set(places))
    assert all(0 <= place < len(stored) for place in places)


@given(TEXTS)
def test_no_digit_is_lost_but_those_of_page_numbers(stored):
    def digits(text):
        return [int(digit) for digit in re.findall("[0-9０-９]", re.sub("\n[-—–] ?[0-9]+ ?[-—–]\\s*\n", "\n", text))]

    assert digits(clean_text(stored).text) == digits(stored)


@given(TEXTS)
def test_a_span_of_clean_text_lies_in_the_stored_text(stored):
    clean = clean_text(stored)
    if clean.text:
        start, end = clean.stored_span(0, len(clean.text))
        assert 0 <= start < end <= len(stored)
