"""What a table said on a day, which edition said it, and how a figure was revised."""

import datetime as dt

import duckdb
import pandas as pd
import polars as pl
import pytest
from deltalake import DeltaTable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import zjcompare as zj
from zjcompare.report import Report
from zjcompare.store.journal import Commit, find_version, next_time
from zjcompare.table import SCHEMA, from_records, to_arrow

ESTIMATE = "2019年，预计全市实现地区生产总值4200亿元，增长6%左右。"
ACTUAL = "2019年，全市实现地区生产总值4127.32亿元，增长5.8%。"
LATER = "2020年，全市实现地区生产总值4220.09亿元。2019年，全市实现地区生产总值4127亿元。"


def make_report(text, kind, year=2019, place="镇江市"):
    return Report(text, place, year, kind)


def make_row(**given):
    row = {
        "place": "镇江市", "year": 2019, "indicator": "地区生产总值", "measure": "level", "value": 4.2e11, "unit": "元",
        "bound": "=", "status": "actual", "section": "", "sentence": "", "text": "4200亿元", "start": 0, "end": 6,
        "rule": "", "confidence": 1.0, "report": "a", "report_year": 2019, "kind": "公报", "edition": 1,
    }  # fmt: skip
    return row | given


@pytest.fixture
def store(tmp_path):
    store = zj.Store(tmp_path / "indicators")
    store.add(make_report(ESTIMATE, "政府工作报告"))
    store.add(make_report(ACTUAL, "统计公报"))
    later = make_report(LATER, "统计公报", 2020)
    store.add(zj.tabulate([later]).assign(year=[2020, 2019]), reports=[later])
    return store


def test_as_of_gives_the_table_as_it_stood_whatever_came_later(store):
    rows = {number: store.read(as_of=number, editions="all") for number in range(4)}
    times = store.versions()["time"]
    for number in range(30):
        store.add(make_report(ESTIMATE.replace("4200", str(4201 + number)), "政府工作报告"))
    store.reread()
    store.tidy()
    assert "tidy" in set(store.versions()["operation"])
    for number, before in rows.items():
        pd.testing.assert_frame_equal(store.read(version=number, editions="all"), before)
        pd.testing.assert_frame_equal(store.read(as_of=times[number].to_pydatetime(), editions="all"), before)


@pytest.mark.slow
def test_an_old_version_reads_the_same_after_two_hundred_additions_and_a_tidying(store):
    before = store.read(version=2)
    for number in range(200):
        store.add(make_report(ESTIMATE.replace("4200", str(4201 + number)), "政府工作报告"))
    pd.testing.assert_frame_equal(store.read(version=2), before)
    store.tidy()
    pd.testing.assert_frame_equal(store.read(version=2), before)


def test_tidying_merges_the_files_of_a_crowded_year_and_changes_no_row(store):
    for number in range(20):
        store.add(make_report(ESTIMATE.replace("4200", str(4201 + number)), f"报告{number}"))
    before = store.read()
    store.tidy()
    assert len(DeltaTable(f"{store._location.uri}/observations").file_uris()) <= 3
    pd.testing.assert_frame_equal(store.read(), before)
    assert store.tidy() == store.version


def test_a_date_means_the_end_of_that_day_and_a_time_needs_its_zone():
    commits = [Commit(0, dt.datetime(2024, 3, 1, 9, tzinfo=dt.UTC), "create")]
    commits.append(Commit(1, dt.datetime(2024, 3, 2, 9, tzinfo=dt.UTC), "add"))
    assert find_version(commits, dt.date(2024, 3, 1), "here") == 0
    assert find_version(commits, "2024-03-02", "here") == 1
    assert find_version(commits, "2024-03-02T16:59:59+08:00", "here") == 0
    assert find_version(commits, "2024-03-02T17:00:00+08:00", "here") == 1
    with pytest.raises(ValueError, match="no time zone"):
        find_version(commits, "2024-03-02T09:00:00", "here")
    with pytest.raises(zj.StoreError, match="nothing stood as of 2024-02-29; the store began at 2024-03-01"):
        find_version(commits, dt.date(2024, 2, 29), "here")
    with pytest.raises(zj.StoreError, match="no version 2; its versions are 0 to 1"):
        find_version(commits, 2, "here")


def test_a_clock_that_went_back_does_not_turn_the_order_of_versions():
    ahead = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    assert next_time([Commit(0, ahead, "create")]) == ahead + dt.timedelta(microseconds=1)


def test_an_estimate_and_what_became_of_it_are_one_revision(store):
    revised = store.revisions()
    level = revised[(revised["measure"] == "level") & (revised["nature"] == "outcome")]
    assert level[["old_value", "new_value", "old_status", "new_status"]].to_numpy().tolist() == [
        [4.2e11, 4.12732e11, "estimate", "actual"]
    ]
    assert level["difference"].iloc[0] == pytest.approx(-7.268e9)
    assert level["percent"].iloc[0] == pytest.approx(-1.7305, abs=1e-4)
    assert not level["within_rounding"].iloc[0]


def test_the_same_value_in_fewer_digits_is_told_as_rounding(store):
    revised = store.revisions()
    assert revised.loc[revised["nature"] == "revision", "within_rounding"].tolist() == [True]


def test_a_correction_of_one_figure_is_one_revision(store):
    store.add(make_report(ACTUAL.replace("4127.32", "4127.23"), "统计公报"))
    revised = store.revisions()
    found = revised[revised["nature"] == "correction"]
    assert found[["old_text", "new_text", "old_edition", "new_edition"]].to_numpy().tolist() == [
        ["4127.32亿元", "4127.23亿元", 1, 2]
    ]
    for side in ("old", "new"):
        row = found.iloc[0]
        text = store.report(row[f"{side}_report"]).text
        assert text[row[f"{side}_start"] : row[f"{side}_end"]] == row[f"{side}_text"]


def test_of_a_figure_that_an_edition_states_twice_only_the_corrected_one_is_a_revision(tmp_path):
    store = zj.Store(tmp_path / "indicators")
    twice = [make_row(value=5.0, start=0), make_row(value=7.0, start=10)]
    store.add(from_records(twice))
    store.add(from_records([row | {"report": "b", "edition": 2} for row in (twice[0], twice[1] | {"value": 8.0})]))
    assert store.revisions()[["old_value", "new_value"]].to_numpy().tolist() == [[7.0, 8.0]]


def test_documents_that_agree_on_one_statement_do_not_revise_each_other(tmp_path):
    store = zj.Store(tmp_path / "indicators")
    store.add(from_records([make_row(value=4.0e11, bound=">", text="4000亿元"), make_row(start=10)]))
    store.add(from_records([make_row(report="b", kind="年鉴")]))
    assert store.revisions().empty


@pytest.mark.parametrize("column", ["unit", "measure", "parent", "scope", "per", "year", "place"])
def test_figures_that_differ_in_what_they_are_do_not_revise_each_other(tmp_path, column):
    store = zj.Store(tmp_path / "indicators")
    other = {"year": 2018, "measure": "growth"}.get(column, "其他")
    store.add(from_records([make_row(), make_row(report="b", kind="年鉴", value=1.0) | {column: other}]))
    assert store.revisions().empty


def test_a_target_missed_is_no_revision(tmp_path):
    store = zj.Store(tmp_path / "indicators")
    store.add(from_records([make_row(status="target"), make_row(report="b", kind="年鉴", value=1.0)]))
    assert store.revisions().empty


def test_names_that_mean_the_same_are_compared_where_they_are_aligned(tmp_path):
    store = zj.Store(tmp_path / "indicators")
    store.add(
        from_records([make_row(status="estimate"), make_row(report="b", kind="年鉴", indicator="GDP", value=4.1e11)])
    )
    assert store.revisions().empty
    assert store.revisions(align=zj.align)[["old_value", "new_value"]].to_numpy().tolist() == [[4.2e11, 4.1e11]]


def test_vintages_say_who_said_what_and_until_when_it_was_the_newest_word(store):
    found = store.vintages("地区生产总值", place="镇江市")
    times = store.versions().set_index("version")["time"]
    of_2019 = found[found["year"] == 2019]
    assert of_2019["said"].tolist() == ["2019 政府工作报告", "2019 统计公报", "2020 统计公报"]
    assert of_2019["value"].tolist() == [4.2e11, 4.12732e11, 4.127e11]
    assert of_2019["realtime_start"].tolist() == times[[1, 2, 3]].tolist()
    assert of_2019["realtime_end"].tolist()[:2] == times[[2, 3]].tolist()
    assert pd.isna(of_2019["realtime_end"].iloc[2])
    wide = found.pivot(index="year", columns="said", values="value")  # noqa: PD010 (one value a year and document)
    assert wide.loc[2019, "2019 政府工作报告"] == 4.2e11


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(2019, 2021), st.sampled_from(["actual", "estimate"])), min_size=1, max_size=6))
def test_at_any_moment_at_most_one_value_of_a_figure_is_the_newest_word(said):
    from zjcompare.store.vintages import find_vintages

    rows = from_records(
        make_row(report=f"d{number}", report_year=year, status=status, value=float(number), kind=f"k{number}")
        for number, (year, status) in enumerate(said)
    )
    start = pd.Timestamp("2024-01-01", tz="UTC")
    documents = pd.DataFrame(
        {"report": rows["report"], "added": [start + pd.Timedelta(days=n) for n in range(len(said))]}
    )
    found = find_vintages(rows, documents.assign(arrived=range(len(said))))
    assert len(found) == len(said)
    for moment in documents["added"]:
        valid = (found["realtime_start"] <= moment) & (found["realtime_end"].isna() | (found["realtime_end"] > moment))
        assert valid.sum() == 1


def test_duckdb_and_polars_read_what_the_store_reads(store):
    folder = f"{store._location.uri}/observations"
    expected = to_arrow(store.read(editions="all"))
    keys = ["place", "report_year", "kind", "edition", "report", "start"]
    dataset = DeltaTable(folder).to_pyarrow_dataset()
    names = ", ".join(f'"{name}"' for name in SCHEMA.names)
    by_duckdb = duckdb.sql(f"SELECT {names} FROM dataset ORDER BY {', '.join(keys)}").to_arrow_table()  # noqa: S608
    assert dataset is not None
    assert by_duckdb.cast(SCHEMA).equals(expected)
    by_polars = pl.scan_delta(folder).select(SCHEMA.names).sort(keys).collect().to_arrow()
    assert by_polars.cast(SCHEMA).equals(expected)


@pytest.mark.parametrize(
    "place", ["镇江'; DROP TABLE rows; --", "'", "''", "a\\'b", '"', "%", "\0", "镇江市' OR '1'='1"]
)
def test_a_place_of_whatever_signs_is_just_that_place(store, place):
    assert store.read(place).empty
    store.add(make_report("2019年，全市新增就业9.5万人。", "报告", place=place))
    assert set(store.read(place)["place"]) == {place}


def test_read_finds_what_is_asked_for(store):
    assert set(store.read(years=2020)["year"]) == {2020}
    assert set(store.read(years=range(2019, 2021))["year"]) == {2019, 2020}
    assert store.read(years=[]).empty
    assert store.read(place=["扬州市"]).empty
    assert set(store.read(indicator="地区生产总值", measure="growth")["measure"]) == {"growth"}
    with pytest.raises(ValueError, match="version or as_of, not both"):
        store.read(version=1, as_of=1)


def test_the_catalogue_counts_the_newest_editions(store):
    store.add(make_report(ACTUAL.replace("4127.32", "4127.23"), "统计公报"))
    found = store.catalog().set_index(["place", "kind", "indicator"])
    row = found.loc[("镇江市", "统计公报", "地区生产总值")]
    assert row[["first_year", "last_year", "rows"]].tolist() == [2019, 2020, 4]
    assert store.catalog("kind").set_index("kind")["estimated"].to_dict() == {"政府工作报告": 1.0, "统计公报": 0.0}
    assert store.catalog(["place"])["rows"].tolist() == [len(store.read())]
    with pytest.raises(ValueError, match="not by"):
        store.catalog("value")


def test_reading_anew_is_one_commit_that_says_what_changed(store, tmp_path):
    folder = tmp_path / "lexicon"
    folder.mkdir()
    (folder / "distinct.csv").write_text((",".join(zj.Lexicon.default().rows("distinct")[0]) + "\n"), encoding="utf-8")
    newer = zj.Lexicon.default().extend(folder)
    before = store.version
    same = store.reread(lexicon=newer)
    assert same.changes.empty
    hand = store.read(version=1)
    store.add(hand.assign(value=hand["value"] + 1))
    addition = store.reread()
    assert addition == store.version
    assert addition.changes["change"].tolist() == ["changed"] * len(hand)
    assert set(addition.changes["columns"]) == {"value"}
    assert store.diff(before, store.version).empty


def test_a_row_corrected_by_hand_is_a_new_reading_of_its_document(store):
    rows = store.read(version=1)
    rows.loc[0, "value"] = 1.0
    addition = store.add(rows)
    assert addition.documents["outcome"].tolist() == ["read again"]
    assert store.read(report=rows.loc[0, "report"])["value"].tolist() == rows["value"].tolist()
    assert store.diff(3, 4)[["change", "columns", "new_value"]].to_numpy().tolist() == [["changed", "value", 1.0]]


def test_a_text_given_later_is_kept_and_adds_no_row(tmp_path):
    store = zj.Store(tmp_path / "indicators")
    report = make_report(ESTIMATE, "报告")
    store.add(zj.tabulate([report]))
    with pytest.raises(zj.StoreError, match="added without its text"):
        store.report(report.id)
    assert store.add(report).documents["outcome"].tolist() == ["text added"]
    assert store.report(report.id) == report
    assert len(store.read()) == len(zj.tabulate([report]))


def test_a_report_without_a_figure_is_a_document_all_the_same(store):
    assert store.add(make_report("今年没有数字。", "说明")).added
    assert store.documents()["rows"].tolist()[-1] == 0
    assert not store.add(make_report("今年没有数字。", "说明")).added


def test_a_row_that_does_not_stand_in_its_report_is_refused(store):
    report = make_report(ESTIMATE, "报告")
    rows = zj.tabulate([report]).assign(start=0, end=3)
    with pytest.raises(zj.StoreError, match="has something else there"):
        store.add(rows, reports=[report])


def test_check_names_what_was_changed_behind_the_stores_back(store):
    assert store.check().empty
    table = DeltaTable(f"{store._location.uri}/observations")
    table.update(updates={"value": "value + 1"}, predicate="measure = 'growth'")
    problems = store.check()
    assert set(problems["problem"]) == {"its observations are not those that were added"}
    assert len(problems) == 2
