"""An indicator is followed over the years of a place: no wrong join, no collision, whatever the order of the rows."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zjcompare as zj
from zjcompare.registry import attach, remember

WRITINGS = {
    "地区生产总值": ["地区生产总值", "GDP", "全市地区生产总值", "地区生产总直"],
    "一般公共预算收入": ["一般公共预算收入", "公共财政预算收入", "一般公共预算收人"],
    "一般公共预算支出": ["一般公共预算支出", "公共财政预算支出"],
    "进口总额": ["进口总额", "外贸进口总额"],
    "出口总额": ["出口总额", "外贸出口总额"],
    "城镇居民人均可支配收入": ["城镇居民人均可支配收入", "城镇常住居民人均可支配收入"],
    "农村居民人均可支配收入": ["农村居民人均可支配收入", "农村常住居民人均可支配收入"],
}


@st.composite
def tables(draw, *, unique=False):
    rows = [
        {"place": place, "year": year, "indicator": draw(st.sampled_from(WRITINGS[truth])), "measure": "level",
         "unit": "亿元", "value": draw(st.integers(1, 99)), "report": f"{place}{year}", "truth": truth}
        for place in ("镇江市", "常州市")
        for year in range(2015, 2019)
        for truth in draw(st.lists(st.sampled_from(sorted(WRITINGS)), max_size=6, unique=unique))
    ]  # fmt: skip
    columns = ["place", "year", "indicator", "measure", "unit", "value", "report", "truth"]
    return pd.DataFrame(draw(st.permutations(rows)), columns=columns).astype(
        {"place": "str", "indicator": "str", "year": "int64"}
    )


def table(*rows):
    return pd.DataFrame(
        [
            {"place": "镇江市", "year": year, "indicator": name, "measure": "level", "unit": unit, "report": str(year)}
            for year, name, unit in rows
        ]
    )


@given(tables())
@settings(max_examples=40, deadline=None)
def test_no_series_holds_two_indicators_or_two_rows_of_one_slot(given):
    aligned = zj.align(given)
    kept = aligned.dropna(subset="series")
    assert kept.groupby("series")["truth"].nunique().max() in (1, pytest.approx(float("nan"), nan_ok=True))
    assert not kept.duplicated(["series", "report"]).any()
    assert (aligned["series"].isna() == aligned["conflict"].notna()).all()
    assert aligned["indicator"].tolist() == given["indicator"].tolist()


@given(tables(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_rows_changes_nothing(given, random):
    order = list(range(len(given)))
    random.shuffle(order)
    straight, shuffled = zj.align(given), zj.align(given.iloc[order])
    columns = ["series", "series_name", "conflict"]
    kept = [*given.columns, *columns]
    assert sorted(map(str, straight[kept].to_numpy().tolist())) == sorted(map(str, shuffled[kept].to_numpy().tolist()))


@given(tables())
@settings(max_examples=40, deadline=None)
def test_one_place_does_not_depend_on_another(given):
    both, alone = zj.align(given), zj.align(given[given["place"] == "镇江市"])
    assert both.loc[alone.index, "series"].equals(alone["series"])


@given(tables(unique=True))
@settings(max_examples=40, deadline=None)
def test_adding_a_year_keeps_the_ids(given):
    before, after = zj.align(given[given["year"] < 2018]), zj.align(given)
    assert after.loc[before.index, "series"].equals(before["series"])


@given(tables())
@settings(max_examples=25, deadline=None)
def test_aligning_twice_is_aligning_once(given):
    once = zj.align(given)
    assert zj.align(once).equals(once)


def test_a_second_row_of_a_slot_goes_to_conflict_and_is_kept():
    aligned = zj.align(table((2020, "GDP", "亿元"), (2020, "GDP", "亿元"), (2021, "地区生产总值", "亿元")))
    assert aligned["series"].isna().tolist() == [False, True, False]
    assert aligned["conflict"][1] == aligned["series"][0] == aligned["series"][2]


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("甲从不到70亿元增加到超过100亿元", "100亿元"),
        ("甲由70亿元增至100亿元以上", "100亿元"),
        ("甲70亿元，乙到100亿元", "70亿元"),
        ("由于天气，甲70亿元，到年末100亿元", "70亿元"),
        ("甲70亿元和100亿元", "70亿元"),
    ],
)
def test_of_where_an_indicator_came_from_and_where_it_went_the_year_has_the_latter(sentence, kept):
    rows = table((2020, "粮食产量", "亿元"), (2020, "粮食产量", "亿元"))
    aligned = zj.align(rows.assign(sentence=sentence, text=["70亿元", "100亿元"], start=[1, 9]))
    assert aligned.loc[aligned["series"].notna(), "text"].tolist() == [kept]
    assert aligned["conflict"].notna().sum() == 1


def test_two_names_of_one_report_never_share_a_series():
    aligned = zj.align(table((2020, "GDP", "亿元"), (2020, "地区生产总值", "亿元")))
    assert aligned["series"].notna().sum() == 1


def test_levels_in_units_of_two_kinds_are_not_joined_across_names():
    assert len(set(zj.align(table((2020, "公园", "亩"), (2021, "公园面积", "亩")))["series"])) == 1
    assert len(set(zj.align(table((2020, "公园", "个"), (2021, "公园面积", "亩")))["series"])) == 2


def test_levels_of_two_kinds_in_one_report_are_two_series_and_the_first_kind_keeps_its_id():
    rows = table((2019, "村道", "条"), (2020, "村道", "条"), (2020, "村道", "公里"), (2021, "村道", "公里"))
    aligned = zj.align(rows)
    assert aligned["conflict"].isna().all()
    assert aligned.groupby("unit")["series"].agg(lambda ids: len(set(ids))).tolist() == [1, 1]
    assert set(zj.align(rows.head(2))["series"]) == set(aligned["series"][:2])
    added = attach(remember(aligned), rows.tail(2).assign(year=2022, report="2022", unit=["条", "公里"]))
    assert added["series"].tolist() == aligned["series"].tolist()[1:3]


@given(st.lists(st.tuples(st.integers(2015, 2017), st.sampled_from(("村道", "村村通道路", "村道里程")),
                          st.sampled_from(("条", "公里", "亿元", ""))), max_size=8))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_no_report_fills_the_place_of_a_series_twice_whatever_the_units(rows):
    kept = zj.align(table(*rows)).dropna(subset="series") if rows else table((2015, "村道", "条")).assign(series="")
    assert not kept.duplicated(["series", "report"]).any()


def test_a_decided_pair_is_not_split_by_another_year():
    decisions = pd.DataFrame(
        [{"a": "财政收入", "b": "一般公共预算收入", "decision": "same", "who": "", "when": "", "why": ""}]
    )
    years = table((2015, "财政收入", "亿元"), (2016, "一般公共预算收入", "亿元"))
    more = table((2017, "财政收入", "亿元"), (2017, "一般公共预算收入", "亿元"))
    for rows in (years, pd.concat([years, more], ignore_index=True)):
        aligned = zj.align(rows, decisions)
        assert aligned["series"][0] == aligned["series"][1]


def test_across_places_an_indicator_has_one_identity():
    rows = pd.concat(
        [table((2020, "GDP", "亿元")), table((2020, "地区生产总值", "亿元")).assign(place="常州市", report="c")],
        ignore_index=True,
    )
    assert len(set(zj.align(rows)["series"])) == 2
    assert len(set(zj.align(rows, across_places=True)["series"])) == 1


def test_the_place_of_the_report_is_no_part_of_a_name():
    names = ["GDP", "镇江市地区生产总值", "2021年镇江市GDP", "1.镇江市GDP", "年末镇江市GDP", "★鎮江市地區生產總值"]
    aligned = zj.align(table(*((2015 + at, name, "亿元") for at, name in enumerate(names))))
    assert len(set(aligned["series"])) == 1


def test_an_empty_table_has_the_columns():
    aligned = zj.align(table((2020, "GDP", "亿元")).head(0))
    assert {"series", "series_name", "conflict"} <= set(aligned.columns)


def test_progress_is_told_to_its_end():
    told = []
    zj.align(table((2020, "GDP", "亿元")), progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]


@given(tables())
@settings(max_examples=25, deadline=None)
def test_a_report_added_to_the_registry_has_the_ids_of_the_registry(given):
    old = zj.align(given[given["year"] < 2018])
    added = attach(remember(old), given[given["year"] == 2018])
    kept = pd.concat([old, added]).dropna(subset="series")
    assert not kept.duplicated(["series", "report"]).any()
    assert (kept.groupby("series")["truth"].agg(lambda truths: len(set(truths))) == 1).all()
    for (_, name), rows in kept.groupby(["place", "indicator"]):
        if name in WRITINGS and len(rows) > 1:
            assert len(set(rows["series"])) == 1


@pytest.mark.parametrize(("place", "joined"), [("镇江市", ("GDP", "地区生产总值")), ("全国", ("GDP", "国内生产总值"))])
def test_gdp_is_of_the_country_or_of_a_region(place, joined):
    rows = table((2001, "国内生产总值", "亿元"), (2002, "GDP", "亿元"), (2003, "地区生产总值", "亿元"))
    aligned = zj.align(rows.assign(place=place))
    series = dict(zip(aligned["indicator"], aligned["series"], strict=True))
    assert series["国内生产总值"] != series["地区生产总值"]
    assert series[joined[0]] == series[joined[1]]


@pytest.mark.parametrize("name", ["投资", "总投资", "项目", "资金", "面积"])
def test_a_name_that_needs_an_owner_is_not_followed_over_years(name):
    aligned = zj.align(
        table((2020, name, "亿元"), (2021, name, "亿元"), (2020, "工业投资", "亿元"), (2021, "工业投资", "亿元"))
    )
    assert aligned.groupby("indicator")["series"].nunique().to_dict() == {name: 2, "工业投资": 1}


@given(tables())
@settings(max_examples=30, deadline=None)
def test_no_series_holds_two_names_that_a_pair_decides_are_two(given):
    for _, rows in zj.align(given).dropna(subset="series").groupby("series"):
        for a in rows["indicator"].unique():
            for b in rows["indicator"].unique():
                assert zj.match_pair(a, b).decision == "same"


@pytest.mark.parametrize("batch", [1, 5, 1000])
@given(given=tables())
@settings(max_examples=15, deadline=None)
def test_places_aligned_apart_give_the_same_rows(batch, given):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zjcompare.series._ROWS_APART", batch)
        pd.testing.assert_frame_equal(zj.align(given, engine="serial"), zj.align(given))


def test_places_aligned_by_processes_give_the_same_rows():
    rows = table(*((year, name, "亿元") for year in (2021, 2022) for name in WRITINGS))
    given = pd.concat([rows, rows.assign(place="常州市")], ignore_index=True)
    pd.testing.assert_frame_equal(zj.align(given, jobs=2), zj.align(given))
