"""Places side by side: ranks come from values, are shared where digits do not tell, and move among the same places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjcompare.checks import find_checks
from zjcompare.leads import find_leads
from zjcompare.trends import build_series, compute_moves, rank_places


def level(place, year, value, **more):
    text = f"{value}亿元"
    return {"place": place, "year": year, "indicator": "地区生产总值", "value": value * 1e8, "text": text, **more}


@pytest.fixture(scope="module")
def ranks(aligned_of):
    def ranks_of(rows):
        placed = rank_places(build_series(aligned_of(rows)))
        return {(row.place, row.year): (row.rank, row.of, row.change) for row in placed.itertuples()}

    return ranks_of


TWO_YEARS = [
    level("甲市", 2021, 100), level("乙市", 2021, 110), level("丙市", 2021, 90),
    level("甲市", 2022, 120), level("乙市", 2022, 115), level("丙市", 2022, 95),
]  # fmt: skip


def test_ranks_and_their_moves_come_from_the_values(ranks):
    assert ranks(TWO_YEARS) == {
        ("乙市", 2021): (1, 3, 0), ("甲市", 2021): (2, 3, 0), ("丙市", 2021): (3, 3, 0),
        ("甲市", 2022): (1, 3, 1), ("乙市", 2022): (2, 3, -1), ("丙市", 2022): (3, 3, 0),
    }  # fmt: skip


def test_figures_that_their_digits_do_not_tell_apart_share_a_rank(ranks):
    found = ranks([level("甲市", 2021, 100.04, text="100亿元"), level("乙市", 2021, 100.1), level("丙市", 2021, 90)])
    assert [found[place, 2021][0] for place in ("甲市", "乙市", "丙市")] == [1, 1, 3]


def test_ranks_among_other_places_are_not_compared(ranks):
    found = ranks([*TWO_YEARS, level("丁市", 2022, 500)])
    assert found["甲市", 2022] == (2, 4, 0)


def test_one_place_alone_has_no_rank(ranks):
    assert ranks([level("甲市", 2021, 100), level("甲市", 2022, 120)]) == {}


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=8))
def test_a_rank_is_one_more_than_the_places_above(ranks, values):
    rows = [level(f"{n}市", 2021, value) for n, value in enumerate(values)]
    found = ranks(rows)
    for n, value in enumerate(values):
        surely_above = sum(other - value > 1 for other in values)
        above = sum(other > value for other in values)
        assert surely_above <= found[f"{n}市", 2021][0] - 1 <= above


@pytest.mark.parametrize(("last", "said"), [(115, 1), (120, 0), (130, 0)])
def test_a_place_that_passed_another_is_a_lead(aligned_of, last, said):
    rows = [level("甲市", 2021, 100), level("乙市", 2021, 110), level("甲市", 2022, 120), level("乙市", 2022, last)]
    aligned = aligned_of(rows)
    series = build_series(aligned)
    leads = find_leads(aligned, series, compute_moves(series), find_checks(aligned, series))
    passed = leads.query("kind == 'overtaken'")
    assert passed["zh"].tolist() == said * [
        "2022年，甲市地区生产总值120亿元，超过乙市的115亿元，在有数据的2地中由第2升至第1。"
    ]
    assert [aligned["place"].iloc[rows].tolist() for rows in passed["evidence"]] == said * [["甲市", "乙市"]]
