"""The store keeps every version, every document and every edition."""

import pandas as pd
import pytest

import zjcompare as zj
from zjcompare.report import Report
from zjcompare.table import SCHEMA

TEXT = "2019年，预计全市实现地区生产总值4200亿元，增长6%左右。全市新增就业9.5万人，城镇登记失业率1.79%。"


@pytest.fixture
def report():
    return Report(TEXT, "镇江市", 2019, "政府工作报告", title="政府工作报告", source="https://example.org/2019")


@pytest.fixture
def store(tmp_path, report):
    store = zj.Store(tmp_path / "indicators")
    store.add(report)
    return store


def test_what_was_added_is_read_back_with_the_one_schema(store, report):
    rows = store.read()
    assert list(rows.columns) == SCHEMA.names
    pd.testing.assert_frame_equal(rows, zj.tabulate([report]).sort_values("start", ignore_index=True))


def test_an_addition_is_the_new_version_as_a_number(store, report):
    other = Report(TEXT.replace("9.5", "9.7"), "扬州市", 2019, "政府工作报告")
    version = store.add([report, other])
    assert version == 2 == store.version
    assert version.added
    assert version.documents.set_index("place")["outcome"].to_dict() == {"镇江市": "already there", "扬州市": "new"}


def test_adding_the_same_text_again_makes_no_version_and_says_so(store, report):
    again = store.add(report)
    assert again == store.version == 1
    assert not again.added
    assert list(again.documents["outcome"]) == ["already there"]


def test_a_corrected_report_is_the_next_edition_and_the_newest_is_read(store, report):
    corrected = Report(TEXT.replace("4200", "4201"), report.place, report.year, report.kind)
    addition = store.add(corrected)
    assert addition.documents[["edition", "outcome"]].to_numpy().tolist() == [[2, "new edition"]]
    assert set(store.read()["report"]) == {corrected.id}
    assert set(store.read(edition=1)["report"]) == {report.id}
    assert set(store.read(editions="all")["edition"]) == {1, 2}


def test_an_old_version_reads_as_it_stood(store, report):
    before = store.read()
    store.add(Report(TEXT.replace("4200", "4201"), report.place, report.year, report.kind))
    pd.testing.assert_frame_equal(store.read(version=1), before)
    assert store.read(version=0).empty


def test_versions_say_when_by_whom_and_how_much(store):
    versions = store.versions()
    assert list(versions["operation"]) == ["create", "add"]
    assert list(versions["documents"]) == [0, 1]
    assert versions["rows"].iloc[1] == len(store.read())
    assert set(versions["lexicon"]) == {zj.Lexicon.default().digest}


def test_a_stored_document_is_the_report_that_was_added(store, report):
    assert store.report(report.id) == report
    row = store.read().iloc[0]
    assert store.report(row["report"]).text[row["start"] : row["end"]] == row["text"]
