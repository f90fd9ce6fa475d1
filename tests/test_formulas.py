"""Texts of reports run nothing in a spreadsheet, and our own words stay what they are."""

import csv

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zjcompare as zj
from zjcompare.formulas import guard_frame, guard_text, plain_text
from zjcompare.story.workbook import write_csv

RISKY = ("=HYPERLINK(1)", " =1+1", "+1+1", "-1-cmd|'/C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "=\n", "'=1+1")
TEXTS = st.text(alphabet="=+-@'＝ \t\r\n甲1.%", max_size=8)


@pytest.mark.parametrize("text", RISKY)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert guard_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "=", "-", "+", ">", ">=", "~", "-2.5%", "+1,234.5", "地区生产总值", "'s", "5=5"])
def test_what_runs_nothing_stays_as_it_is(text):
    assert guard_text(text) == text


@given(TEXTS)
def test_a_guarded_text_runs_nothing_and_can_be_made_plain_again(text):
    guarded = guard_text(text)
    assert plain_text(guarded) == text
    assert guarded.lstrip(" ")[:1] not in tuple("=+-@＝\t\r\n") or guarded in "=+-" or float(guarded.rstrip("%"))


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_a_frame_is_guarded_as_its_texts_are(texts):
    guarded = guard_frame(pd.DataFrame({"=name": pd.Series(texts, dtype="str"), "value": -1.5}))
    assert list(guarded["'=name"]) == [guard_text(text) for text in texts]
    assert set(guarded["value"]) == {-1.5}


def test_a_table_of_figures_reads_back_from_csv_as_it_was(tmp_path):
    table = zj.tabulate([zj.read("datasets/zhenjiang/2019.md")])
    write_csv(tmp_path / "table.csv", table)
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert "=" in {row["bound"] for row in rows}
    for name in ("indicator", "unit", "bound", "status", "text", "rule", "sentence"):
        assert [row[name] for row in rows] == list(table[name])
    assert [float(row["value"]) for row in rows] == list(table["value"])
