"""Mentions: each quantity as printed and as a number, and why any other numeral is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjcompare.lexicon import Lexicon
from zjcompare.mentions import Mention, Numeral, compile_units, find_mentions

UNITS = compile_units(Lexicon.default())


def _found(text):
    return list(find_mentions(text, UNITS))


@pytest.mark.parametrize(
    ("text", "printed", "number", "unit", "kind"),
    [
        ("产值达357亿元", "357亿元", 35_700_000_000, "元", "amount"),
        ("提高1.5个百分点", "1.5个百分点", "1.5", "百分点", "amount"),
        ("列全省第4位", "4位", 4, "位", "rank"),
        ("装机22万千瓦", "22万千瓦", 220_000, "千瓦", "amount"),
        ("一千瓦", "一千瓦", 1, "千瓦", "amount"),
        ("重三千克", "三千克", 3, "千克", "amount"),
        ("达到二十万亿元", "二十万亿元", 20 * 10**12, "元", "amount"),
        ("占三成", "三成", 30, "%", "amount"),
        ("占三成半", "三成半", 35, "%", "amount"),
        ("四连增", "四连增", 4, "年", "streak"),
        ("实现翻番", "翻番", 100, "%", "multiple"),
        ("翻两番", "翻两番", 300, "%", "multiple"),
        ("连续14年", "14年", 14, "年", "streak"),
        ("比重达到1/3", "1/3", str(Decimal(100) / 3), "%", "amount"),
        ("15.6万元/人", "15.6万元/人", 156_000, "元/人", "amount"),
        ("连续六年增长", "六年", 6, "年", "streak"),
        ("提高两个百分点", "两个百分点", 2, "百分点", "amount"),
        ("创建三个园区", "三个", 3, "个", "amount"),
        ("位次上升三位", "三位", 3, "位", "amount"),
        ("居全省前三", "三", 3, "位", "rank"),
        ("居全省前10，", "10", 10, "位", "rank"),
        ("历时2.5年", "2.5年", "2.5", "年", "amount"),
        ("时间压缩到3天", "3天", 3, "天", "amount"),
    ],
)
def test_a_quantity_is_number_and_unit(text, printed, number, unit, kind):
    (mention,) = _found(text)
    assert isinstance(mention, Mention)
    assert text[mention.start : mention.end] == printed
    assert (mention.number, mention.unit, mention.kind) == (Decimal(number), unit, kind)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("2023年3月5日", "date"),
        ("2021-2025年", "date"),
        ("于12：30开始", "date"),
        ("第五届", "ordinal"),
        ("346国道", "name"),
        ("4A级景区", "name"),
        ("5G基站", "name"),
        ("“1+6”体系", "name"),
        ("65岁以上", "condition"),
        ("亿元以上项目", "condition"),
        ("一带一路", "other"),
        ("党的二十大", "ordinal"),
        ("每3年", "condition"),
        ("为期3年的行动", "date"),
        ("开行三个月", "date"),
        ("居全省前三的城市", "other"),
    ],
)
def test_a_numeral_that_is_no_quantity_says_why(text, role):
    found = _found(text)
    assert found
    assert all(isinstance(item, Numeral) and item.role == role and item.reason for item in found)


def test_hectares_and_mu_compare():
    hectares, mu = UNITS.factor["公顷"], UNITS.factor["亩"]
    assert UNITS.dimension_of("公顷") == UNITS.dimension_of("亩") == "area"
    assert round(hectares / mu, 9) == 15


def test_a_compound_unit_has_both_dimensions():
    assert UNITS.dimension_of("元/人") == "money/people"
    assert UNITS.dimension_of("不详") == "不详"


PIECES = [*"0123456789.,%一二三十百千万亿两第前年月日至到-—：“”《》、，上数多余 \n", "亿元", "家", "翻番"]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_mentions_are_in_order_and_inside_the_text(text):
    found = _found(text)
    assert [item.start for item in found] == sorted({item.start for item in found})
    assert all(0 <= item.start < item.end <= len(text) for item in found)
    assert all(item.high is None or item.high > item.number for item in found if isinstance(item, Mention))
