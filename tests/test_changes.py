import pytest

from zjcompare.changes import COLUMNS, find_changes


def row(year, indicator, **more):
    return {"year": year, "indicator": indicator, "value": 1.0, **more}


def kinds(changes):
    return {(row["year"], row["series"]): row["change"] for row in changes.to_dict("records")}


def test_new_gone_kept_and_returning_indicators_are_told(aligned_of):
    rows = [row(2019, "甲"), row(2019, "乙"), row(2020, "甲"), row(2020, "丙"), row(2022, "甲"), row(2022, "乙")]
    changes = find_changes(aligned_of(rows))
    assert kinds(changes) == {
        (2020, "甲"): "continued",
        (2020, "乙"): "gone",
        (2020, "丙"): "new",
        (2022, "甲"): "continued",
        (2022, "乙"): "back",
        (2022, "丙"): "gone",
    }
    assert set(changes.loc[changes["year"].eq(2022), "before"]) == {2020}
    assert list(changes.columns) == list(COLUMNS)


def test_another_name_in_the_same_series_is_a_renaming(aligned_of):
    rows = [row(2014, "公共财政预算收入", series="预算"), row(2015, "一般公共预算收入", series="预算")]
    (renamed,) = find_changes(aligned_of(rows)).to_dict("records")
    assert renamed["change"] == "renamed"
    assert (renamed["name_before"], renamed["name"]) == ("公共财政预算收入", "一般公共预算收入")


def test_one_shared_name_is_enough_to_continue(aligned_of):
    rows = [row(2014, "GDP", series="总值"), row(2014, "地区生产总值", series="总值"), row(2015, "GDP", series="总值")]
    assert kinds(find_changes(aligned_of(rows))) == {(2015, "总值"): "continued"}


@pytest.mark.parametrize("other", [{"status": "target", "report_year": 2020}, {"year": 2019, "report_year": 2020}])
def test_plans_and_repeated_figures_of_other_years_do_not_count(aligned_of, other):
    rows = [row(2019, "甲"), row(2019, "乙"), row(2020, "甲"), {**row(2020, "乙"), **other}]
    assert kinds(find_changes(aligned_of(rows)))[2020, "乙"] == "gone"


def test_evidence_is_where_the_indicator_was_last_told(aligned_of):
    rows = [row(2019, "甲"), row(2019, "乙"), row(2020, "甲")]
    gone = find_changes(aligned_of(rows)).set_index("series").loc["乙"]
    assert gone["evidence"] == [1]
    assert gone["reports"] == 1


def test_places_are_held_apart_and_one_report_changes_nothing(aligned_of):
    rows = [row(2019, "甲"), row(2020, "甲", place="乙市")]
    assert find_changes(aligned_of(rows)).empty
