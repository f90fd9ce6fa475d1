"""Series, moves, trends and derived levels: what is compared with what, and what is not."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjcompare.lexicon import Lexicon
from zjcompare.trends import build_series, complete_levels, compute_moves, compute_trends
from zjcompare.trends.breaks import cues
from zjcompare.trends.intervals import half_unit
from zjcompare.trends.moves import group_median, line_median


def levels(aligned_of, values, *, first=2010, **more):
    rows = [
        {"year": first + n, "indicator": "甲", "value": value, **more}
        for n, value in enumerate(values)
        if value is not None
    ]
    return build_series(aligned_of(rows))


@pytest.mark.parametrize(
    ("text", "value", "half"),
    [
        ("**339.6**万人", 3396000.0, 500.0),
        ("4200亿元", 4.2e11, 5e7),
        ("1,412家", 1412.0, 0.5),
        ("1.5倍", 150.0, 5.0),
        ("0%", 0.0, 0.5),
        ("-3.0%", -3.0, 0.05),
        ("6.20%", 6.2, 0.005),
        ("四连增", 4.0, 0.5),
        ("三成", 30.0, 5.0),
        ("一百二十万人", 1.2e6, 5e4),
        ("２．５亿元", 2.5e8, 5e6),
    ],
)
def test_half_of_the_last_printed_digit(text, value, half):
    assert half_unit(text, value) == pytest.approx(half)


def test_a_year_has_its_final_figure_first_and_every_other_as_evidence(zhenjiang):
    series = build_series(zhenjiang)
    year = series[
        (series["series"] == "地区生产总值") & (series["measure"] == "level") & (series["year"] == 2019)
    ].iloc[0]
    assert (year["value"], year["status"]) == (412700000000, "actual")
    assert zhenjiang["value"].iloc[year["evidence"]].tolist() == [412700000000, 420000000000]


def test_a_later_report_of_the_same_year_is_better_than_an_earlier_one(zhenjiang):
    series = build_series(zhenjiang)
    year = series[
        (series["series"] == "地区生产总值") & (series["measure"] == "level") & (series["year"] == 2017)
    ].iloc[0]
    assert year["value"] == 410536000000


def test_a_target_stands_beside_its_year_and_is_in_no_trend(hailar):
    series = build_series(hailar)
    level = series[(series["series"] == "地区生产总值") & (series["measure"] == "level")].set_index("year")
    assert level.loc[2014, ["value", "target"]].tolist() == [27440000000, 28200000000]
    growth = series[(series["measure"] == "growth") & (series["year"] == 2017)].iloc[0]
    assert growth["status"] == "target"
    assert math.isnan(growth["value"])
    assert growth["target"] == 7.5
    assert compute_trends(series).query("measure == 'growth'")["last_year"].tolist() == [2018]


def test_a_row_kept_out_of_a_series_is_a_rival_and_never_the_figure(aligned_of):
    rows = [
        {"year": 2020, "indicator": "甲", "value": 10.0},
        {"year": 2020, "indicator": "甲", "value": 12.0, "series": None, "conflict": "甲", "confidence": 1.0},
    ]
    series = build_series(aligned_of(rows))
    assert series["value"].tolist() == [10.0]
    assert (series["evidence"].tolist(), series["rivals"].tolist()) == ([[0]], [[1]])


def test_units_of_one_dimension_are_converted_exactly(aligned_of):
    rows = [
        {"year": 2019, "indicator": "甲", "value": 1.5, "unit": "公顷"},
        {"year": 2020, "indicator": "甲", "value": 30.0, "unit": "亩"},
        {"year": 2021, "indicator": "甲", "value": 45.0, "unit": "亩"},
    ]
    series = build_series(aligned_of(rows))
    assert series["unit"].tolist() == ["亩"] * 3
    assert series["value"].tolist() == [22.5, 30.0, 45.0]


def test_level_growth_and_window_are_lines_of_their_own(aligned_of):
    rows = [
        {"year": 2020, "indicator": "甲", "value": 10.0},
        {"year": 2020, "indicator": "甲", "value": 5.0, "unit": "%", "measure": "growth"},
        {
            "year": 2020,
            "indicator": "甲",
            "value": 6.0,
            "unit": "%",
            "measure": "growth",
            "per": "年均",
            "since": "2015年",
        },
        {"year": 2020, "indicator": "甲", "value": 6.0, "unit": "%"},
        {"year": 2020, "indicator": "甲", "value": 9.0, "scope": "乙县"},
    ]
    assert build_series(aligned_of(rows))["line"].nunique() == 5


def test_a_gap_is_never_bridged(aligned_of):
    moves = compute_moves(levels(aligned_of, [100, 110, None, 130, 140]))
    assert moves["previous"].fillna(0).tolist() == [0, 100, 0, 130]
    assert moves["gap"].tolist() == [0, 0, 1, 0]
    assert moves["streak"].tolist() == [0, 1, 0, 1]
    assert moves["history"].tolist() == [0, 1, 0, 1]


def test_a_change_of_scope_begins_a_new_stretch(aligned_of):
    rows = [{"year": 2018 + n, "indicator": "甲", "value": value} for n, value in enumerate([100.0, 110.0, 60.0, 66.0])]
    rows[2]["sentence"] = "剔除虚增因素后甲为60.0元"
    series = build_series(aligned_of(rows))
    assert series["segment"].tolist() == [0, 0, 1, 1]
    assert series["break_reason"].dropna().tolist() == ["scope"]
    assert compute_moves(series)["previous"].fillna(0).tolist() == [0, 100, 0, 60]
    trend = compute_trends(series).iloc[0]
    assert (trend["breaks"], trend["first_year"], trend["years"]) == (1, 2020, 2)


def test_a_growth_on_a_comparable_scope_breaks_the_level(aligned_of):
    rows = [{"year": 2015, "indicator": "甲", "value": 15.0}, {"year": 2016, "indicator": "甲", "value": 17.0}]
    rows.append(
        {
            "year": 2016,
            "indicator": "甲",
            "value": 20.0,
            "unit": "%",
            "measure": "growth",
            "sentence": "甲按可比口径增长20.0%",
        }
    )
    series = build_series(aligned_of(rows))
    assert series[series["measure"] == "level"]["segment"].tolist() == [0, 1]


def test_a_successor_with_a_new_definition_breaks_the_line(aligned_of):
    rows = [
        {"year": 2013, "indicator": "农民人均纯收入", "value": 16000.0, "series": "s"},
        {"year": 2014, "indicator": "农村居民人均可支配收入", "value": 17000.0, "series": "s"},
        {"year": 2015, "indicator": "农村常住居民人均可支配收入", "value": 18000.0, "series": "s"},
    ]
    series = build_series(aligned_of(rows))
    assert series["break_reason"].tolist()[1] == "successor"
    assert series["segment"].tolist() == [0, 1, 1]


@pytest.mark.parametrize("row", Lexicon.default().rows("break_cues"), ids=lambda row: row["cue"])
def test_each_cue_is_found_in_its_example(row, aligned_of):
    table = aligned_of(
        [{"year": 2020, "indicator": "甲", "value": 1.0, "sentence": row["example"], "text": row["example"][-3:]}]
    )
    basis, reason = cues(table, Lexicon.default())
    assert (basis if row["kind"] == "basis" else reason)[0] == row["reason"]


def test_a_cue_in_another_clause_with_figures_does_not_count(aligned_of):
    sentence = "财政收入按可比口径增长13%，地区生产总值增长7.2%"
    table = aligned_of(
        [{"year": 2020, "indicator": "地区生产总值", "value": 7.2, "unit": "%", "text": "7.2%", "sentence": sentence}]
    )
    assert cues(table, Lexicon.default())[0][0] is None


def test_rates_move_in_points_ranks_in_places_and_growth_in_points(aligned_of):
    rows = [{"year": 2019 + n, "indicator": "率", "value": 50.0 + n, "unit": "%"} for n in range(2)]
    rows += [{"year": 2019 + n, "indicator": "名", "value": 5.0 - n, "unit": "位", "measure": "rank"} for n in range(2)]
    rows += [
        {"year": 2019 + n, "indicator": "速", "value": 5.0 + n, "unit": "%", "measure": "growth"} for n in range(2)
    ]
    moves = compute_moves(build_series(aligned_of(rows)))
    assert moves.groupby("measure")["scale"].first().to_dict() == {
        "growth": "points",
        "level": "points",
        "rank": "places",
    }
    assert moves["growth"].isna().all()
    assert moves["change"].dropna().tolist() == [1.0, -1.0, 1.0]


def test_the_level_of_2018_fell_though_growth_was_stated(zhenjiang):
    moves = compute_moves(build_series(zhenjiang))
    year = moves[(moves["series"] == "地区生产总值") & (moves["measure"] == "level") & (moves["year"] == 2018)].iloc[0]
    assert year["growth"] == pytest.approx(-1.3484, abs=1e-3)
    assert year["growth_high"] < 0 < year["stated"] == 3.1
    assert zhenjiang["value"].iloc[year["stated_position"]] == 3.1
    assert (year["streak"], year["ended"]) == (-1, 3)


def test_bounds_allow_no_direction_that_they_do_not_prove(aligned_of):
    rows = [
        {"year": 2019, "indicator": "甲", "value": 4000.0},
        {"year": 2020, "indicator": "甲", "value": 3900.0, "bound": ">"},
        {"year": 2021, "indicator": "甲", "value": 4100.0, "bound": ">"},
        {"year": 2022, "indicator": "甲", "value": 4120.0, "bound": "~"},
    ]
    moves = compute_moves(build_series(aligned_of(rows)))
    assert moves["direction"].tolist() == [0, 0, 0, 0]
    assert moves["change_high"].tolist()[1] == math.inf


def test_a_record_is_the_highest_of_all_years_just_before(aligned_of):
    moves = compute_moves(levels(aligned_of, [10.0, 12.0, 11.0, 15.0, 9.0]))
    assert moves["high_over"].tolist() == [0, 1, 0, 3, 0]
    assert moves["low_over"].tolist() == [0, 0, 1, 0, 4]
    assert moves["history"].tolist() == [0, 1, 2, 3, 4]


def test_a_jump_after_a_slump_is_a_base_effect(aligned_of):
    moves = compute_moves(levels(aligned_of, [100.0, 103.0, 105.0, 108.0, 60.0, 110.0, 114.0, 117.0]))
    assert moves["base_effect"].tolist() == [False] * 5 + [True, False, False]
    assert moves["average"].iloc[5] == pytest.approx(100 * (math.sqrt(110 / 108) - 1))


def test_outliers_need_five_changes(aligned_of):
    assert compute_moves(levels(aligned_of, [1.0, 2.0, 4.0, 5.0, 90.0]))["outlier"].isna().all()


def test_peers_are_three_places_at_least(aligned_of):
    growths = {"甲市": 10, "乙市": 20, "丙市": 60}
    rows = [
        {"place": place, "year": 2019 + n, "indicator": "甲", "value": 100.0 + n * growth}
        for place, growth in growths.items() for n in range(2)
    ]  # fmt: skip
    moves = compute_moves(build_series(aligned_of(rows)))
    assert moves["peer_distance"].dropna().round(6).tolist() == [-10, 0, 40]
    assert compute_moves(build_series(aligned_of(rows[:4])))["peer_distance"].isna().all()


def test_two_years_bear_a_change_and_no_trend(aligned_of):
    trend = compute_trends(levels(aligned_of, [100.0, 121.0])).iloc[0]
    assert trend[["slope", "tau", "p", "cagr", "shift_p"]].isna().all()


def test_growth_over_years_is_compounded_with_its_interval(zhenjiang):
    trend = compute_trends(build_series(zhenjiang)).query("series == '地区生产总值' and measure == 'level'").iloc[0]
    assert (trend["first_year"], trend["last_year"], trend["years"]) == (2014, 2021, 8)
    assert trend["cagr"] == pytest.approx(100 * ((4763.42 / 3252.44) ** (1 / 7) - 1))
    assert trend["cagr_low"] < trend["cagr"] < trend["cagr_high"]


def test_a_level_is_chained_forward_and_back_and_says_on_what(aligned_of):
    rows = [{"year": 2020, "indicator": "地区生产总值", "value": 1000.0}]
    rows += [
        {"year": year, "indicator": "地区生产总值", "value": 10.0, "unit": "%", "measure": "growth", "text": "10.0%"}
        for year in (2020, 2021, 2022, 2024)
    ]
    derived = complete_levels(build_series(aligned_of(rows)))
    assert derived["year"].tolist() == [2019, 2021, 2022]
    assert derived["value"].round(3).tolist() == [909.091, 1100.0, 1210.0]
    assert set(derived["basis"]) == {"constant"}
    assert derived["evidence"].tolist()[2] == [0, 2, 3]
    assert (derived["low"] < derived["value"]).all()
    assert (derived["value"] < derived["high"]).all()


def test_a_comparable_growth_chains_nothing(aligned_of):
    rows = [
        {"year": 2020, "indicator": "甲", "value": 1000.0},
        {
            "year": 2021,
            "indicator": "甲",
            "value": 10.0,
            "unit": "%",
            "measure": "growth",
            "text": "10.0%",
            "sentence": "甲同口径增长10.0%",
        },
    ]
    assert complete_levels(build_series(aligned_of(rows))).empty


def test_an_empty_table_gives_empty_frames(aligned_of):
    series = build_series(aligned_of([{"year": 2020, "indicator": "甲", "value": 1.0}]).iloc[:0])
    assert len(series) == len(compute_moves(series)) == len(compute_trends(series)) == len(complete_levels(series)) == 0


@given(st.lists(st.none() | st.integers(1, 50), min_size=2, max_size=12).filter(any))
def test_moves_are_what_a_loop_over_the_years_finds(aligned_of, values):
    series = levels(aligned_of, [None if value is None else float(value) for value in values])
    known = dict(zip(series["year"], series["value"], strict=True))
    streak = 0
    for row in compute_moves(series).to_dict("records"):
        before = known.get(row["year"] - 1)
        if before is None:
            assert math.isnan(row["previous"])
            streak = 0
            continue
        step = int(np.sign(row["value"] - before))  # printed to a tenth, so whole numbers are surely apart
        streak = streak + step if step and streak * step >= 0 else step
        assert (row["direction"], row["streak"]) == (step, streak)
        assert row["growth"] == pytest.approx(100 * (row["value"] / before - 1))


@given(st.lists(st.tuples(st.integers(0, 3), st.none() | st.floats(-9, 9)), min_size=1, max_size=30))
def test_group_medians_are_those_of_pandas(rows):
    group = np.array([one for one, _ in rows])
    values = np.array([math.nan if value is None else value for _, value in rows], float)
    median, count = group_median(values, group)
    frame = pd.Series(values).groupby(group)
    np.testing.assert_allclose(median, frame.transform("median"))
    assert count.tolist() == frame.transform("count").tolist()
    order = np.argsort(group, kind="stable")
    median, count = line_median(values[order], group[order])
    np.testing.assert_allclose(median, frame.transform("median").to_numpy()[order])
    assert count.tolist() == frame.transform("count").to_numpy()[order].tolist()
