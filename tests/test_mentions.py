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


def words(text):
    return text.split()


def role_of(text):
    """Give the role of the one figure of a text, or the kind of its quantity."""
    (item,) = _found(text)
    return item.kind if isinstance(item, Mention) else item.role


def number_of(text):
    """Give number, unit and bound of the one quantity of a text, and nothing where it has none or several."""
    found = _found(text)
    quantity = len(found) == 1 and isinstance(found[0], Mention)
    return (found[0].number, found[0].unit, found[0].bound) if quantity else None


BOUNDS = {
    ">=": "以上 及以上",
    "<=": "以下 及以下 以内 之内",
    "~": "左右 上下",
    ">": "有余 余 多",
}


@pytest.mark.parametrize("bound", BOUNDS)
def test_a_bound_stands_behind_a_quantity(bound):
    behind = [between + word for word in words(BOUNDS[bound]) for between in ("", "（含）")]
    assert {number_of(f"产值达5元{word}。") for word in behind} == {(5, "元", bound)}


def test_a_range_is_written_with_any_dash():
    for dash in [*"-–—~至到", "--", "——"]:
        low, high = _found(f"户均奖补2{dash}3万元。")
        assert (low.number, low.high, low.unit, high.role) == (20_000, 30_000, "元", "other"), dash


@pytest.mark.parametrize(
    ("text", "role"),
    [
        *((f"推进{number}", "name") for number in words("8项规定 5条禁令 5条铁规 5%抽样 1‰人口变动情况抽样 3人制篮球")),
        *((f"{word}3万元", "condition") for word in words("每 每增长 每提高 每上升 每下降 每增加 每减少 每降低")),
        *((f"用时{span}", "other") for span in words("3天 3小时 3分钟 3秒 3个工作日 3工作日")),
        *((f"用时{span}", "date") for span in words("3年 3个月 三十日")),
        ("80年代", "date"),
        ("推进316县道", "name"),
        ("3分之1", "name"),
        ("“5年”", "name"),
        ("‘5个’", "name"),
        ("20届", "ordinal"),
    ],
)  # fmt: skip
def test_the_words_about_a_number_make_it_no_quantity(text, role):
    assert {item.role for item in _found(text)[:1]} == {role}


@pytest.mark.parametrize("unit", [*"个家项件处条所座名套台辆"])
def test_a_bound_on_a_plain_count_defines_nothing(unit):
    assert role_of(f"建设5{unit}以上的园区") == "amount"
    assert role_of("安排5户以上的园区") == "condition"
    assert number_of(f"3{unit}制造") == (3, unit, "=")


def test_a_span_of_time_is_a_quantity_where_it_is_measured():
    spans = words("3天 三十日 3小时 3分钟 3秒 3工作日 3个月 3年 3岁 3周岁")
    closed = [*"和或并且与同比较增降提减，；、。）：占"]
    assert {role_of(f"平均时长达{span}{mark}") for span in spans for mark in closed} == {"amount"}
    assert {role_of(f"平均时长{span}以上的。") for span in spans} == {"condition"}
    assert {role_of(f"平均时长达{span}行动") for span in spans[:-2]} == {"date", "other"}


def test_an_index_and_its_number_stand_in_one_clause():
    assert number_of("综合指数比目标要求再少2.5。") == (Decimal("2.5"), "", "=")
    assert number_of("综合指数，今年为2.5。") is None


@pytest.mark.parametrize("verb", words("缩小 扩大 提高 下降 上升 增加 减少 降低 回落"))
def test_an_index_moves_by_a_number_without_a_unit(verb):
    assert number_of(f"指数，比上年同期全省的平均水平大幅{verb}2.5。") == (Decimal("2.5"), "", "=")
    assert number_of(f"人员，比上年同期全省的平均水平大幅{verb}2.5。") is None


def test_the_base_of_a_ratio_is_no_quantity():
    ratio, base = _found("性别比为105（以女性为100）。")
    assert (ratio.number, base.role) == (105, "other")


def test_a_range_begins_where_nothing_turns_into_its_end():
    low, _ = _found("奖补3万至4亿元。")
    assert (low.number, low.high) == (30_000, 400_000_000)
    assert [getattr(item, "high", None) for item in _found("由3万元至4万元。")] == [None, None]


def test_a_bound_before_a_thing_defines_it():
    assert {role_of(f"安排3万元{bound}项目") for bound in ("以上", "以下")} == {"condition"}
    assert {role_of(f"安排3万元{bound}项目") for bound in ("左右", "有余")} == {"amount"}


def test_figures_in_a_row_share_no_unit_unless_each_has_its_own_name():
    assert [item.role for item in _found("收支为3.2、4.5和6.1万元")[:2]] == ["other", "other"]


@pytest.mark.parametrize("between", "、和及与")
@pytest.mark.parametrize("order", ["分别", "依次", "各自"])
def test_a_unit_stands_once_behind_a_row_of_figures(order, between):
    found = _found(f"收支{order}为3.2{between}4.5{between}-6.1万元")
    assert [(item.number, item.unit) for item in found] == [(32_000, "元"), (45_000, "元"), (-61_000, "元")]
    assert [item.number for item in _found(f"{order}为3亿{between}4万{between}6元")] == [300_000_000, 40_000, 6]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        *((2, f"2021{dash}2025{year}") for dash in [*"-—–~至到", "——"] for year in ("年", "")),
        *(
            (2, text)
            for text in words("2021_2025 2021-25年 2021/2025年 3-5月 3—5月 3–5月 3~5月 3至5月 3到5月 3、5月份")
        ),
        *((3, text) for text in words("2023-05-01 2023/5/1 3月5-8日 3月5、6日 2023年3月5日")),
        *((2, text) for text in words("2023.5.1 3月5日 8时30分 12：30 23：59 03：05")),
        *((1, text) for text in words("2023年 2023财年 1998年 3月 5日 8时")),
        (3, "12：30：15"),
        (12, "、".join(map(str, range(1, 13))) + "月"),
    ],
)
def test_a_date_is_read_as_one_however_it_is_written(parts, text):
    assert [item.role for item in _found(f"于{text}。")] == ["date"] * parts


def test_figures_with_colons_are_a_ratio_where_they_are_compared():
    turns = [verb + to for verb in words("变 调整 优化 演进 转变 改善 提升") for to in "到至为"]
    for before in [*(f"由28：72{turn}" for turn in turns), "收入比为", "结构为", "比例"]:
        assert [item.number for item in _found(f"{before}29：71。")[-2:]] == [29, 71], before
    for text in ("开于3：4：5", "25：30", "12：60", "于1：3。", "12：30：5"):
        assert {item.role for item in _found(text)} == {"other"}, text
    assert [item.number for item in _found("为1.5：2.5：3")] == [Decimal("1.5"), Decimal("2.5"), 3]
    for base in ("1", "100"):
        ratio, hundred = _found(f"性别比105：{base}。")
        assert (ratio.kind, hundred.role) == ("ratio", "other")


def test_a_part_is_a_percentage_where_it_is_spoken_of():
    assert {number_of(f"{word}1/4。") for word in "占达近约为过的到"} == {(25, "%", "=")}
    for text in ("号1/4", "占1/4/5", "占1/400"):
        assert {item.role for item in _found(text)} == {"name"}, text


@pytest.mark.parametrize("before", ["", "\n", "。", "；", "（", "注："])
def test_the_number_of_an_item_is_an_ordinal(before):
    for item in ("1.发展", "12、发展", "1）发展", "1.1发展", "12.10 发展"):
        assert {found.role for found in _found(before + item)} == {"ordinal"}, item
    assert {number_of(f"{before}1.5{unit}") is None for unit in ("万元", "亿元", "元", "个", "倍")} == {False}
    assert role_of("：1.发展") == role_of("有1.发展") == "other"


def test_the_number_of_a_heading_in_characters_is_an_ordinal():
    for number in words("一 二 三 四 五 六 七 八 九 十 十一 二十"):
        for text in (f"{number}、发展", f"\n{number}、发展", f"（{number}）发展", f"有。（{number}）发展"):
            assert role_of(text) == "ordinal", text


def test_numbers_that_a_sign_links_are_a_name():
    for sign in "+×*/\\_=@&":
        assert [item.role for item in _found(f"推进1{sign}6体系")] == ["name", "name"], sign
    assert {number_of(f"增速{before}+6%") for before in "（，、：\t "} == {(6, "%", "=")}


def test_a_sign_makes_a_number_less_than_nothing():
    assert {number_of(f"增速{before}{sign}6%") for before in ["", *"\t （、"] for sign in "-−"} == {(-6, "%", "=")}
    assert number_of("-6%") == (6, "%", "=")


@pytest.mark.parametrize("end", ["", *"，。；、！？）”\n"])
def test_a_rank_needs_nothing_behind_it(end):
    assert role_of(f"居第3{end}") == role_of(f"居第三{end}") == role_of(f"居前3{end}") == "rank"
    assert role_of("居第3个") == role_of("居第三梯队") == "ordinal"
    assert [item.role for item in _found("列第3、第4个")] == ["ordinal", "ordinal"]
    assert {role_of(f"{place}前三{end}") for place in words("全省 列 居 排 入 进 位 全国 本市 本区 本县 前 世界")} == {
        "rank"
    }
    assert role_of(f"力争前三{end}") == "other"


@pytest.mark.parametrize(
    ("text", "number", "unit", "bound"),
    [
        *((f"产值{word}", 100, "%", "=") for word in words("翻番 翻一番 翻了番")),
        *((f"产值{word}", 300, "%", "=") for word in words("翻二番 翻两番 翻了两番")),
        ("产值翻三番", 700, "%", "="),
        ("产值翻四番", 1500, "%", "="),
        ("占比一半", 50, "%", "="),
        ("占比超半数", 50, "%", "="),
        ("占比过半", 50, "%", ">"),
        ("增长两位数", 10, "%", ">="),
        ("占三成半", 35, "%", "="),
        ("占九成", 90, "%", "="),
        ("占两成", 20, "%", "="),
        ("上千万家庭", 10_000_000, "户", ">="),
        ("数千万家庭", 10_000_000, "户", ">"),
        ("几千万家庭", 10_000_000, "户", ">"),
        *((f"产值{before}亿元", 100_000_000, "元", "=") for before in "过破超近逾达约"),
        ("百分之五点二三", Decimal("5.23"), "%", "="),
        ("三点零四万亿元", 3_040_000_000_000, "元", "="),
        ("3万4000元", 34_000, "元", "="),
        ("3亿4000万元", 340_000_000, "元", "="),
        ("提高3多百分点", 3, "百分点", ">"),
        ("两三万元", 20_000, "元", "="),
    ],
)  # fmt: skip
def test_a_number_is_read_in_words_too(text, number, unit, bound):
    assert number_of(text) == (number, unit, bound)


def test_two_digits_together_are_a_range():
    pairs = words("两三 三四 三五 四五 五六 六七 七八 八九")
    spans = [_found(f"达{pair}百人。")[0] for pair in pairs]
    assert [(item.number, item.high) for item in spans] == [
        (200, 300), (300, 400), (300, 500), (400, 500), (500, 600), (600, 700), (700, 800), (800, 900),
    ]  # fmt: skip


@pytest.mark.parametrize("verb", [*"增降涨冠升跌丰胜跳快"])
def test_a_streak_is_told_in_one_word(verb):
    assert role_of(f"实现四连{verb}") == "streak"
    assert role_of(f"实现一连{verb}") == "other"


@pytest.mark.parametrize("behind", [*"为功立员果熟效绩本交长型就都分品千群片套人年规建"])
def test_a_word_that_begins_like_a_tenth_is_none(behind):
    assert _found(f"占三成{behind}")[0].role == "other"


@pytest.mark.parametrize("end", ["末", "底", "初", "均", "度"])
def test_a_year_that_goes_on_is_no_unit(end):
    assert role_of(f"连续三年{end}") == "other"


@pytest.mark.parametrize("unit", ["张/千人", "张/百人", "张/万人", "元/亿人", "元/平方米·月", "元/时", "元/人"])
def test_a_compound_unit_is_read_whole(unit):
    assert number_of(f"达到5{unit}。") == (5, unit, "=")


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
