"""Flattened tables: a row a line, or a cell a line; and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjcompare.layouts import compile_layouts
from zjcompare.lexicon import Lexicon
from zjcompare.mentions import compile_units
from zjcompare.observations.tables import find_cells

UNITS, LAYOUTS = compile_units(Lexicon.default()), compile_layouts(Lexicon.default())


def _cells(text):
    return [(cell.name, cell.measure, float(cell.number), cell.unit) for cell in find_cells(text, UNITS, LAYOUTS)]


EXPECTED = [
    ("渔业", "level", 27.5e8, "元"),
    ("渔业", "growth", 3.1, "%"),
    ("牧业", "level", 43.2e8, "元"),
    ("牧业", "growth", -2.4, "%"),
]


@pytest.mark.parametrize(
    "text",
    [
        "指标\t绝对数（亿元）\t比上年增长（%）\n渔业\t27.5\t3.1\n牧业\t43.2\t-2.4\n",
        "指标|绝对数（亿元）|比上年增长（%）\n---|---|---\n渔业|27.5|3.1\n牧业|43.2|-2.4\n",
        "指标\n绝对数（亿元）\n比上年增长（%）\n渔业\n27.5\n3.1\n牧业\n43.2\n-2.4\n以上为主要产值。",
        "产值如下。表1 指标\t绝对数（亿元）\t比上年增长（% 渔业\t27.5\t3.1牧业\t43.2\t-2.4林业\t多\t少。",
        "指标\t单位\t绝对数\t增速（%）\n一、渔业\t亿元\t27.5\t3.1\n二、牧业\t亿元\t43.2\t−2.4\n",
    ],
)
def test_the_same_table_in_five_shapes(text):
    assert _cells(text) == EXPECTED


def test_the_unit_of_a_row_may_stand_in_its_label():
    text = "指标\t数量\t增长（%）\n公路里程（公里）\t2750\t1.5\n桥梁（座）\t310\t0.4\n"
    assert _cells(text) == [
        ("公路里程", "level", 2750, "公里"),
        ("公路里程", "growth", 1.5, "%"),
        ("桥梁", "level", 310, "座"),
        ("桥梁", "growth", 0.4, "%"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "指标\n",
        "渔业\t27.5\n",
        "部门\t多少\n渔业\t27.5\n",
        "1\t2\n3\t4\n5\t6\n",
        "产值27.5亿元，增长3.1%。\n产值43.2亿元，下降2.4%。\n",
        "指标\n数量\n渔业\n说明\n牧业\n说明\n以上。",
    ],
)
def test_what_is_no_table_gives_nothing(text):
    assert _cells(text) == []


NAMES = st.lists(st.sampled_from(["渔业", "牧业", "林业", "建筑业", "批发业"]), min_size=2, max_size=5, unique=True)
NUMBERS = st.decimals("0.1", "9999", places=1)


@given(NAMES, st.data(), st.booleans())
def test_a_made_table_reads_back(names, data, tabs):
    rows = [(name, data.draw(NUMBERS), data.draw(st.decimals("-50", "50", places=1))) for name in names]
    lines = [
        ("指标", "绝对数（万吨）", "比上年增长（%）"),
        *((name, f"{level:f}", f"{rate:f}") for name, level, rate in rows),
    ]
    text = "\n".join(("\t" if tabs else "\n").join(line) for line in lines) + "\n以上为主要产品。"
    read = {(name, measure): number for name, measure, number, _ in _cells(text)}
    for name, level, rate in rows:
        assert read[name, "level"] == pytest.approx(float(level) * 10_000)
        assert read[name, "growth"] == float(rate)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("指标\t数量（亿元）\n渔业\t27.5\n", [("渔业", "level", 27.5e8, None, "")]),
        (
            "指标\t单位\t2021年\t2022\n渔业\t亿元\t27.5\t28\n牧业\t万吨\t\t9\n",
            [("渔业", "level", 27.5e8, 2021, ""), ("渔业", "level", 28e8, 2022, ""), ("牧业", "level", 9e4, 2022, "")],
        ),
        (
            "年份\t渔业产值（亿元）\t比上年增长（%）\n2021\t27.5\t3.1\n2022\t28\t-1.8\n",
            [
                ("渔业产值", "level", 27.5e8, 2021, ""),
                ("渔业产值", "growth", 3.1, 2021, ""),
                ("渔业产值", "level", 28e8, 2022, ""),
                ("渔业产值", "growth", -1.8, 2022, ""),
            ],
        ),
        (
            "地区\t渔业产值（亿元）\t增速（%）\t位次\n全市\t27.5\t3.1\t4\n某新区\t8\t2\t1\n",
            [
                ("渔业产值", "level", 27.5e8, None, ""),
                ("渔业产值", "growth", 3.1, None, ""),
                ("渔业产值", "rank", 4, None, ""),
                ("渔业产值", "level", 8e8, None, "某新区"),
                ("渔业产值", "growth", 2, None, "某新区"),
                ("渔业产值", "rank", 1, None, "某新区"),
            ],
        ),
        (
            "指标\t2023年绝对数（%）\t比上年增减（百分点）\n养殖占比，按产值计\t40.5\t-0.6\n捕捞占比\t59.5\t0.6\n",
            [
                ("养殖占比，按产值计", "level", 40.5, 2023, ""),
                ("养殖占比，按产值计", "change", -0.6, None, ""),
                ("捕捞占比", "level", 59.5, 2023, ""),
                ("捕捞占比", "change", 0.6, None, ""),
            ],
        ),
    ],
    ids=["one row", "a year a column", "a year a row", "a place a row", "changes in points"],
)
def test_rows_and_heads_say_years_places_and_measures(text, expected):
    cells = find_cells(text, UNITS, LAYOUTS)
    assert [(cell.name, cell.measure, float(cell.number), cell.year, cell.scope) for cell in cells] == expected


def _named(text):
    return [(name, number, unit) for name, _, number, unit in _cells(text)]


@pytest.mark.parametrize("above", ["单位：万元\n", "表3 收入情况 单位：万元\n", "单位：万元\n（续）\n"])
def test_the_unit_of_a_table_may_stand_above_it(above):
    text = f"{above}项目\t决算数\t比上年增长%\n契税\t31\t2.5\n房产税\t7\t-4\n"
    assert _named(text) == [
        ("契税决算数", 310_000, "元"),
        ("契税决算数", 2.5, "%"),
        ("房产税决算数", 70_000, "元"),
        ("房产税决算数", -4, "%"),
    ]


def test_what_is_no_unit_above_a_table_is_none():
    assert _named("单位：财政局\n项目\t决算数\n契税\t31\n房产税\t7\n") == [
        ("契税决算数", 31, ""),
        ("房产税决算数", 7, ""),
    ]


def test_a_unit_may_stand_in_each_cell_and_a_second_table_follow_the_first():
    first = "主要产品产量\n2023年\n比上年增长（%）\n谷物\n310吨\n2.5\n薯类\n1.2万吨\n-4\n"
    text = f"{first}牧业生产情况\n2023年\n比上年增长（%）\n出栏猪\n840头\n1.5\n出栏羊\n90只\n3\n以上为快报数。"
    assert _named(text) == [
        ("谷物", 310, "吨"), ("谷物", 2.5, "%"), ("薯类", 12_000, "吨"), ("薯类", -4, "%"),
        ("出栏猪", 840, "头"), ("出栏猪", 1.5, "%"), ("出栏羊", 90, "只"), ("出栏羊", 3, "%"),
    ]  # fmt: skip


def test_rows_without_a_figure_do_not_end_a_table_and_a_second_heading_does():
    first = "项 目|执行数（万元）||\n契税|31||\n资源税|||\n房产税|7||\n"
    text = f"{first}支出情况表|||\n项 目|预算数（万元）||\n教育支出|55||\n国防支出|2||\n"
    assert _named(text) == [
        ("契税执行数", 310_000, "元"),
        ("房产税执行数", 70_000, "元"),
        ("教育支出预算数", 550_000, "元"),
        ("国防支出预算数", 20_000, "元"),
    ]


def test_a_share_column_is_named_after_its_whole_and_the_growth_behind_it_after_the_figure():
    text = "项目\t执行数（万元）\t占调整预算%\t比上年增长%\n契税\t31\t98\t2.5\n房产税\t7\t101\t-4\n"
    assert _cells(text)[:3] == [
        ("契税执行数", "level", 310_000, "元"),
        ("契税占调整预算比重", "level", 98, "%"),
        ("契税执行数", "growth", 2.5, "%"),
    ]


@pytest.mark.parametrize("heads", ["城市（%）\t农村（%）", "城市\t农村"])
def test_a_column_of_figures_headed_city_is_no_place_and_the_head_stands_before_the_name(heads):
    cells = list(find_cells(f"指标\t{heads}\n消费价格\t101.5\t101\n衣着\t99\t98.5\n", UNITS, LAYOUTS))
    assert [(cell.name, float(cell.number), cell.scope) for cell in cells] == [
        ("城市消费价格", 101.5, ""), ("农村消费价格", 101, ""), ("城市衣着", 99, ""), ("农村衣着", 98.5, ""),
    ]  # fmt: skip


def test_residents_of_a_head_and_of_a_label_are_said_once():
    text = "指标\t城镇居民\t农村居民\n居民人均住房面积（平方米）\t41\t52\n人均蔬菜消费量（公斤）\t91\t83\n"
    assert [name for name, _, _ in _named(text)] == [
        "城镇居民人均住房面积", "农村居民人均住房面积", "城镇居民人均蔬菜消费量", "农村居民人均蔬菜消费量",
    ]  # fmt: skip


def test_cities_in_a_column_are_places():
    cells = find_cells("城市\t鱼产量（吨）\n甲市\t31\n乙市\t7\n", UNITS, LAYOUTS)
    assert [(cell.name, cell.scope) for cell in cells] == [("鱼产量", "甲市"), ("鱼产量", "乙市")]


@pytest.mark.parametrize(
    ("above", "head", "measure"),
    [
        ("消费价格比上年涨跌幅度\n单位：%\n", "全市", "growth"),
        ("表2 消费价格比上年涨跌幅度（%）\n", "全市", "growth"),
        ("各类投资增长速度 单位：%\n", "2022年", "growth"),
        ("各类投资比上年增长\n", "全市（%）", "growth"),
        ("各类价格及其涨跌幅度\n单位：%\n", "全市", "level"),  # levels and growths: the head must say which
        ("消费价格涨跌幅度\n单位：%\n", "指数", "level"),
        ("各类投资增长速度\n", "全市（亿元）", "level"),
        ("各类投资快速增长。\n", "全市（%）", "level"),
    ],
)
def test_a_caption_says_that_a_table_is_of_growths(above, head, measure):
    cells = list(find_cells(f"{above}指标\t{head}\n衣着\t1.5\n居住\t-2\n", UNITS, LAYOUTS))
    assert [cell.measure for cell in cells] == [measure] * 2
    assert {cell.unit for cell in cells} == {"元" if "元" in head else "%"}
