"""The ledger: every numeral has exactly one entry, and every digit lies in one."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zjcompare as zj

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
ROOT = Path(__file__).parents[1]
REPORTS = [*sorted((ROOT / "datasets" / "zhenjiang").glob("*.md")), ROOT / "seeds" / "zhenjiang_2023.md"]
ROLES = {"indicator", "date", "ordinal", "name", "condition", "other"}


def _uncovered(text):
    """Give the digits of a text that do not lie in exactly one entry; check the entries on the way."""
    report = zj.Report(text, "某市", 2023)
    ledger, rows = zj.audit(report), zj.tabulate([report])
    entries = ledger.to_dict("records")
    assert {entry["role"] for entry in entries} <= ROLES
    assert all(text[entry["start"] : entry["end"]] == entry["text"] != "" for entry in entries)
    assert all(entry["reason"] for entry in entries)
    assert all(one["end"] <= other["start"] for one, other in pairwise(entries))
    named = [entry["row"] for entry in entries if entry["role"] == "indicator"]
    assert named == list(rows.index[~rows["start"].duplicated()])
    covered = {place for entry in entries for place in range(entry["start"], entry["end"])}
    return [found.start() for found in re.finditer("[0-9０-９]", text) if found.start() not in covered]


def test_a_range_has_two_entries_and_one_row():
    text = "户均奖补2至3万元。"
    entries = zj.audit(zj.Report(text, "某市", 2023))
    assert list(entries["text"]) == ["2至", "3万元"]
    assert list(entries["role"]) == ["indicator", "other"]
    assert list(entries["row"]) == [0, 0]


def test_a_numeral_of_two_subjects_has_one_entry_and_two_rows():
    report = zj.Report("森林覆盖率、绿地率均达到40%，增加2万亩。", "某市", 2023)
    entries, rows = zj.audit(report), zj.tabulate([report])
    assert list(rows["indicator"][:2]) == ["森林覆盖率", "绿地率"]
    assert list(entries["text"]) == ["40%", "2万亩"]
    assert list(entries["row"]) == [0, 2]


def test_a_numeral_that_is_no_quantity_has_no_row():
    entries = zj.audit(zj.Report("2023年建成346国道。", "某市", 2023))
    assert list(entries["role"]) == ["date", "name"]
    assert entries["row"].isna().all()


PIECES = st.sampled_from(
    [
        *"0123456789.,%，。；、（）“”《》：\n -—~",
        *"至到年月日万亿千百一二三两成倍第位前",
        "分别",
        "其中",
        "增长",
        "占",
        "翻番",
        "个百分点",
        "亿元",
        "达到",
        "家",
        "**",
        "[1]",
        "指标\n",
        "\t",
        "１",
        "％",
        "1:2",
        "3—5%",
    ],
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_every_digit_of_any_text_lies_in_one_entry(text):
    assert _uncovered(text) == []


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_digit_of_our_own_reports_lies_in_one_entry(path):
    assert _uncovered(path.read_text(encoding="utf-8")) == []


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not here")
@pytest.mark.parametrize("path", sorted(CORPORA.rglob("*.txt")), ids=lambda path: path.stem)
def test_every_digit_of_published_reports_lies_in_one_entry(path):
    assert _uncovered(path.read_text(encoding="utf-8")) == []
