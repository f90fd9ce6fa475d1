"""Checks: what holds, what prices explain, what must have been revised, and what contradicts itself."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjcompare.checks import find_checks
from zjcompare.lexicon import Lexicon
from zjcompare.trends import build_series


@pytest.fixture
def check(aligned_of):
    def checks_of(rows, kind):
        aligned = aligned_of(rows)
        checks = find_checks(aligned, build_series(aligned))
        return checks[checks["check"] == kind]

    return checks_of


def level(year, value, **more):
    return {"year": year, "indicator": "社会消费品零售总额", "value": value, "text": f"{value / 1e8:g}亿元", **more}


def growth(year, value, **more):
    rise = {"measure": "growth", "unit": "%", "text": f"{value}%"}
    return {"year": year, "indicator": "社会消费品零售总额", "value": value, **rise, **more}


@pytest.mark.parametrize(
    ("base", "now", "stated", "verdict"),
    [
        (100.0e8, 105.5e8, 5.5, "consistent"),
        (100.0e8, 105.0e8, 5.5, "consistent"),  # 105 may be 105.49, 100 may be 99.5
        (1000.0e8, 1050.0e8, 5.9, "base_revised"),
        (1000.0e8, 900.0e8, 5.9, "base_revised"),
    ],
)
def test_a_stated_growth_is_held_against_two_levels(check, base, now, stated, verdict):
    found = check([level(2019, base), level(2020, now), growth(2020, stated)], "growth")
    assert found["verdict"].tolist() == [verdict]
    assert found["implied_base"].iat[0] == pytest.approx(now / (1 + stated / 100))


def test_within_one_report_what_does_not_agree_is_inconsistent(check):
    rows = [
        level(2019, 1000e8, report="r", report_year=2020),
        level(2020, 1050e8, report="r"),
        growth(2020, 9.9, report="r"),
    ]
    assert check(rows, "growth")["verdict"].tolist() == ["inconsistent"]


def test_growth_at_constant_prices_may_differ_by_a_plausible_deflator(zhenjiang):
    found = (
        find_checks(zhenjiang, build_series(zhenjiang))
        .query("check == 'growth' and series == '地区生产总值'")
        .set_index("year")
    )
    assert found.loc[2016, "verdict"] == "real_vs_nominal"
    assert found.loc[2016, "deflator"] == pytest.approx(100 * ((3833.84 / 3502.48) / 1.093 - 1), abs=1e-6)
    assert found.loc[2019, "verdict"] == "base_revised"
    assert found.loc[2019, "implied_base"] == pytest.approx(4127e8 / 1.058)


def test_a_growth_on_a_comparable_scope_is_not_held_against_levels(check):
    rows = [level(2019, 1000e8), level(2020, 900e8), growth(2020, 5.0, sentence="社会消费品零售总额按可比口径增长5.0%")]
    assert check(rows, "growth")["verdict"].tolist() == ["not_comparable"]


def test_another_figure_for_the_base_that_fits_proves_the_revision(check):
    rows = [
        level(2019, 1000e8),
        level(2019, 950e8, report_year=2020, report="r2"),
        level(2020, 1000e8),
        growth(2020, 5.3),
    ]
    found = check(rows, "growth")
    assert found["verdict"].tolist() == ["base_revised"]
    assert set(found["evidence"].iat[0]) == {0, 1, 2, 3}


def test_hailar_2018_implies_a_base_far_below_the_level_two_years_before(hailar):
    found = find_checks(hailar, build_series(hailar)).query("check == 'growth' and year == 2018").iloc[0]
    assert (found["verdict"], found["failed"], found["base_year"]) == ("base_revised", True, 2016)
    assert found["implied_base"] == pytest.approx(192.3e8 / 1.06)
    assert found["expected"] == pytest.approx(100 * (192.3 / 303.6 - 1))
    assert "303.6亿元" in found["zh"]
    assert "192.3亿元" in found["zh"]
    assert "6.0%" in found["zh"]


def test_a_gap_with_an_ordinary_rise_is_not_compared(check):
    found = check([level(2017, 1000e8), level(2020, 1200e8), growth(2020, 5.0)], "growth")
    assert found["verdict"].tolist() == ["not_comparable"]


def test_the_estimate_of_2019_and_its_final_figure_differ(zhenjiang):
    found = find_checks(zhenjiang, build_series(zhenjiang)).query(
        "check == 'revision' and measure == 'level' and year == 2019"
    )
    assert found["verdict"].tolist() == ["revised"]
    assert (found["expected"].iat[0], found["stated"].iat[0]) == (4200e8, 4127e8)


def test_a_final_figure_within_rounding_confirms_the_estimate(zhenjiang):
    found = find_checks(zhenjiang, build_series(zhenjiang)).query(
        "check == 'revision' and series == '一般公共预算收入'"
    )
    assert found["verdict"].tolist() == ["confirmed"]


def test_two_figures_in_one_report_contradict_each_other(check):
    found = check([level(2020, 1000e8), level(2020, 1030e8, series=None, conflict="社会消费品零售总额")], "twice")
    assert found["verdict"].tolist() == ["contradicted"]
    assert found["zh"].iat[0] == "甲市2020年社会消费品零售总额有两个数：1000亿元和1030亿元。"


def test_a_bound_does_not_contradict_the_figure_that_it_allows(check):
    rows = [level(2020, 1002e8), level(2020, 1000e8, bound=">", series=None, conflict="社会消费品零售总额")]
    assert check(rows, "twice").empty


def test_figures_far_apart_are_two_things_under_one_name(check):
    assert check([level(2020, 1000e8), level(2020, 30e8, series=None, conflict="社会消费品零售总额")], "twice").empty


def test_the_three_sectors_add_up_to_the_product(zhenjiang):
    found = find_checks(zhenjiang, build_series(zhenjiang)).query("check == 'parts'")
    assert found["verdict"].tolist() == ["consistent"]
    assert found["stated"].iat[0] == pytest.approx(4763.42e8)
    assert len(found["evidence"].iat[0]) == 4


@given(parts=st.lists(st.integers(10000, 99999), min_size=3, max_size=3), off=st.integers(-40, 40))
def test_rounded_parts_may_miss_a_rounded_whole_by_as_much_as_rounding_can(aligned_of, parts, off):
    names = ("第一产业增加值", "第二产业增加值", "第三产业增加值")
    rows = [
        {"year": 2020, "indicator": name, "value": part * 1e6, "text": f"{part / 100:.2f}亿元"}
        for name, part in zip(names, parts, strict=True)
    ]
    whole = sum(parts) + off
    rows.append({"year": 2020, "indicator": "地区生产总值", "value": whole * 1e6, "text": f"{whole / 100:.2f}亿元"})
    aligned = aligned_of(rows)
    checks = find_checks(aligned, build_series(aligned))
    verdict = checks.loc[checks["check"] == "parts", "verdict"].iat[0]
    assert verdict == ("consistent" if abs(off) <= 2 else "inconsistent")


def test_a_ratio_of_the_sectors_sums_to_a_hundred(check):
    terms = [
        {"year": 2021, "indicator": "三次产业比例", "measure": "ratio", "unit": "", "sentence": "s", "report": "r"}
    ] * 3
    right = [{**one, "value": value, "text": str(value)} for one, value in zip(terms, (3.3, 48.0, 48.7), strict=True)]
    wrong = [{**one, "value": value, "text": str(value)} for one, value in zip(terms, (3.3, 48.0, 47.7), strict=True)]
    assert check(right, "shares")["verdict"].tolist() == ["consistent"]
    assert check(wrong, "shares")["verdict"].tolist() == ["inconsistent"]


def test_a_part_is_never_more_than_its_whole(check):
    whole = {"year": 2020, "indicator": "引进人才", "value": 40000.0, "unit": "人", "text": "4万人", "sentence": "s"}
    part = {
        "year": 2020,
        "indicator": "领军人才",
        "value": 178.0,
        "unit": "人",
        "text": "178人",
        "sentence": "s",
        "parent": "引进人才",
    }
    assert check([whole, part], "parts")["verdict"].tolist() == ["within_whole"]
    assert check([whole, {**part, "value": 60000.0, "text": "6万人"}], "parts")["verdict"].tolist() == ["inconsistent"]


@pytest.mark.parametrize(
    ("target", "outcome", "verdict"),
    [
        ({"value": 6.5, "text": "6.5%"}, {"value": 6.5, "text": "6.5%"}, "met"),
        ({"value": 6.5, "text": "6.5%"}, {"value": 5.8, "text": "5.8%"}, "missed"),
        ({"value": 6.5, "text": "6.5%"}, {"value": 6.0, "text": "6%"}, "open"),  # 6 may be 6.49
        ({"value": 6.0, "text": "6%", "bound": "~"}, {"value": 5.8, "text": "5.8%"}, "open"),
        ({"value": 6.0, "text": "6.0%", "bound": "~"}, {"value": 3.0, "text": "3.0%"}, "missed"),
        ({"value": 6.0, "text": "6.0%", "bound": ">="}, {"value": 7.0, "text": "7.0%"}, "met"),
    ],
)
def test_an_outcome_is_held_against_its_target(check, target, outcome, verdict):
    plan = {**growth(2020, 0), **target, "status": "target", "report_year": 2019, "report": "r2019"}
    assert check([plan, {**growth(2020, 0), **outcome}], "target")["verdict"].tolist() == [verdict]


@pytest.mark.parametrize(("rate", "verdict"), [(3.2, "met"), (4.4, "missed")])
def test_what_is_better_low_has_a_ceiling_for_a_target(check, rate, verdict):
    name = {"indicator": "城镇登记失业率", "unit": "%", "year": 2020}
    plan = {
        **name,
        "value": 4.0,
        "text": "4.0%",
        "status": "target",
        "report_year": 2019,
        "report": "r2019",
        "bound": "<=",
    }
    assert check([plan, {**name, "value": rate, "text": f"{rate}%"}], "target")["verdict"].tolist() == [verdict]


def test_a_target_without_an_outcome_is_open_not_reported_or_untracked(check):
    plan = [growth(year, 6.0, status="target", report_year=year - 1, report=f"r{year - 1}") for year in (2020, 2021)]
    other = {"year": 2020, "indicator": "其他", "value": 1.0}
    assert check([*plan, growth(2019, 5.0), other], "target")["verdict"].tolist() == ["not_reported", "open"]
    assert check([*plan, other], "target")["verdict"].tolist() == ["untracked", "open"]


def test_an_indicator_told_for_years_and_then_gone_is_silence(check):
    told = [level(year, 1000e8 + year) for year in (2017, 2018, 2019)]
    later = {"year": 2020, "indicator": "其他", "value": 1.0}
    assert check([*told, later], "silence").query("verdict == 'gone'")["year"].tolist() == [2020]
    assert check([*told[1:], later], "silence").empty
    assert check([*told, later, level(2020, 1000e8, kind="统计公报")], "silence").empty


def test_an_indicator_that_came_back_under_another_name_is_perhaps_renamed(check):
    told = [{"year": year, "indicator": "公共财政预算收入", "value": 1e9 + year} for year in (2017, 2018, 2019)]
    renamed = {"year": 2020, "indicator": "一般公共预算收入剔除虚增因素后", "value": 1e9}
    assert check([*told, renamed], "silence")["verdict"].tolist() == ["perhaps_renamed"]


def test_a_streak_is_held_against_the_years_that_it_claims(check):
    name = {"indicator": "粮食总产量", "unit": "吨"}
    years = [{**name, "year": 2019 + n, "value": value} for n, value in enumerate([100.0, 101.0, 103.0, 104.0, 106.0])]
    claim = {
        **name,
        "year": 2023,
        "value": 4.0,
        "unit": "年",
        "measure": "streak",
        "text": "四连增",
        "sentence": "粮食总产量实现四连增",
    }
    assert check([*years, claim], "streak")["verdict"].tolist() == ["consistent"]
    assert check([*years[2:], claim], "streak")["verdict"].tolist() == ["not_covered"]
    fallen = [*years[:3], {**years[3], "value": 90.0}, years[4]]
    assert check([*fallen, claim], "streak")["verdict"].tolist() == ["contradicted"]


def test_two_places_cannot_hold_one_national_rank_untied(check):
    rank = {
        "year": 2020,
        "indicator": "百强县排名",
        "value": 20.0,
        "unit": "位",
        "measure": "rank",
        "rank_scope": "全国",
    }
    rows = [{**rank, "place": "甲市"}, {**rank, "place": "乙市"}]
    assert check(rows, "rank")["verdict"].tolist() == ["impossible"] * 2
    assert check([{**row, "tied": True} for row in rows], "rank")["verdict"].tolist() == ["consistent"] * 2
    assert check([{**row, "rank_scope": "全省"} for row in rows], "rank")["verdict"].tolist() == ["consistent"] * 2


def test_every_check_says_on_which_rows_it_rests_and_in_words(zhenjiang, hailar):
    for aligned in (zhenjiang, hailar):
        checks = find_checks(aligned, build_series(aligned))
        assert checks["evidence"].map(len).min() >= 1
        assert checks["zh"].str.endswith("。").all()
        assert checks["certainty"].between(0, 1).all()
        assert not checks["stated"].map(math.isinf).any()


def test_two_figures_of_one_sentence_are_two_things_under_one_name(check):
    rows = [level(2020, 90e8), level(2020, 100e8, series=None, conflict="社会消费品零售总额")]
    assert len(check(rows, "twice")) == 1
    assert check([{**row, "sentence": "城区90亿元，县城100亿元"} for row in rows], "twice").empty


def test_two_sentences_that_differ_in_level_and_growth_are_of_two_things(check):
    part = "其中，社会消费品零售总额100亿元，增长3.4%"
    of_part = {"series": None, "conflict": "社会消费品零售总额", "sentence": part}
    of_all = {"sentence": "社会消费品零售总额90亿元，增长3.3%"}
    rows = [level(2020, 90e8, **of_all), level(2020, 100e8, **of_part), growth(2020, 3.3, **of_all)]
    assert len(check(rows, "twice")) == 1
    assert check([*rows, growth(2020, 3.4, **of_part)], "twice").empty


def test_figures_of_two_wholes_are_no_contradiction(check):
    rows = [level(2020, 90e8), level(2020, 100e8, series=None, conflict="社会消费品零售总额", parent="乡村")]
    assert check(rows, "twice").empty


def test_two_averages_over_years_are_no_contradiction(check):
    rows = [growth(2022, 5.2, per="年均"), growth(2022, 6.2, per="年均", series=None, conflict="社会消费品零售总额")]
    assert check(rows, "twice").empty


def test_a_planned_fall_is_met_by_a_deeper_one(check):
    aim = growth(2020, -3.9, status="target", report_year=2019)
    verdicts = [check([aim, growth(2020, fall)], "target")["verdict"].iat[0] for fall in (-4.8, -3.9, -1.2)]
    assert verdicts == ["met", "met", "missed"]


@pytest.mark.parametrize(
    "aims",
    [
        [level(2020, 5000e8, status="target", report_year=2019)],
        [level(2020, 1400e8, status="target", report_year=2019, sentence="“十三五”时期达到1400亿元")],
        [
            level(2020, 1400e8, status="target", report_year=2019),
            level(2020, 1500e8, status="target", report_year=2019, series=None, conflict="社会消费品零售总额"),
        ],
    ],
    ids=["another quantity", "several years", "two targets"],
)
def test_a_plan_of_another_quantity_is_left_open(check, aims):
    assert check([*aims, level(2020, 1300e8)], "target")["verdict"].tolist() == ["open"]


@pytest.mark.parametrize("row", Lexicon.default().rows("horizons"), ids=lambda row: row["cue"])
def test_each_horizon_leaves_the_target_of_its_example_open(check, row):
    aim = level(2020, 1400e8, status="target", report_year=2019, text=re.findall(r"[\d.]+", row["example"])[-1])
    told = [{**aim, "sentence": sentence} for sentence in (row["example"], f"{aim['text']}，{row['example']}")]
    assert [check([one, level(2020, 1300e8)], "target")["verdict"].iat[0] for one in told] == ["open", "missed"]


def test_a_base_that_is_a_sum_of_years_is_no_base(check):
    found = check([level(2019, 3406e8), level(2020, 1163e8), growth(2020, 16.4)], "growth")
    assert found["verdict"].tolist() == ["not_comparable"]
    assert "不是同一数量" in found["zh"].iat[0]


@pytest.mark.parametrize(
    ("sentence", "indicator", "found"),
    [
        ("甲10**万**人，其中乙12万人", "乙", ["inconsistent"]),
        ("甲10万人，其中丙1万人；乙12万人", "乙", []),
        ("甲10万人，其中甲12万人", "甲", []),
        ("甲10万人，其中人均乙12万人", "人均乙", []),
    ],
    ids=["more than the whole", "behind a semicolon", "of the same name", "an average"],
)
def test_only_what_adds_up_is_held_against_its_whole(check, sentence, indicator, found):
    shared = {"year": 2020, "unit": "人", "sentence": sentence.replace("*", "")}
    whole = {**shared, "indicator": "甲", "value": 1e5, "text": "10**万**人"}
    part = {**shared, "indicator": indicator, "value": 1.2e5, "text": "12万人", "parent": "甲", "series": "乙"}
    assert check([whole, part], "parts")["verdict"].tolist() == found


def test_a_part_of_another_whole_is_not_added(check):
    sectors = [
        {"year": 2020, "indicator": f"第{which}产业增加值", "value": 10e8, "text": "10亿元"} for which in "一二三"
    ]
    whole = {"year": 2020, "indicator": "地区生产总值", "value": 30e8, "text": "30亿元"}
    assert check([whole, *sectors], "parts")["verdict"].tolist() == ["consistent"]
    assert check([whole, *sectors[:2], {**sectors[2], "parent": "民营经济"}], "parts").empty
