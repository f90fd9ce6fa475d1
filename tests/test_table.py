"""The observation table: one schema, whatever the reports."""

from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest

import zjcompare as zj
from zjcompare.table import from_records, metadata, observe, to_arrow, to_frame

TEXT = "一、工业\n规模以上工业增加值达到1,860.5亿元，增长6.2%，列全省并列第4位。预计技改投资增长8—10%。"
REPORT = zj.Report(TEXT, "某市", 2023, kind="政府工作报告", edition=2)


def test_the_table_has_the_columns_of_the_schema_in_order():
    table = zj.tabulate([REPORT])
    assert list(table.columns) == zj.SCHEMA.names
    assert to_arrow(table).schema == zj.SCHEMA
    assert all(field.metadata[b"sdmx"] for field in zj.SCHEMA)


def test_no_reports_and_reports_without_figures_give_an_empty_table_with_the_schema():
    for reports in ([], [zj.Report("没有数字。", "某市", 2023)]):
        table = zj.tabulate(reports)
        assert len(table) == 0
        assert to_arrow(table).schema == zj.SCHEMA


def test_a_row_says_what_was_printed_and_where():
    table = zj.tabulate([REPORT])
    assert [TEXT[start:end] for start, end in zip(table["start"], table["end"], strict=True)] == list(table["text"])
    assert list(table["text"]) == ["1,860.5亿元", "6.2%", "4位", "8—10%"]
    assert list(table["value"]) == [186_050_000_000, 6.2, 4, 8]
    assert table["exact"][0] == Decimal(186_050_000_000)
    assert (table["report"] == REPORT.id).all()
    assert set(table["kind"]) == {"政府工作报告"}
    assert set(table["edition"]) == {2}
    assert set(table["section"]) == {"一、工业"}


def test_what_was_not_said_is_null():
    table = zj.tabulate([REPORT])
    assert list(table["tied"]) == [pd.NA, pd.NA, True, pd.NA] or table["tied"].isna().tolist() == [
        True,
        True,
        False,
        True,
    ]
    assert table["high"].notna().tolist() == [False, False, False, True]
    assert table["rank_scope"].tolist()[2] == "全省"
    assert table["base"].isna().all()


def test_the_same_reports_give_the_same_table_however_they_come():
    one = zj.tabulate(iter([REPORT, REPORT]))
    pd.testing.assert_frame_equal(one, pd.concat([zj.tabulate([REPORT])] * 2, ignore_index=True))
    assert observe([REPORT]).schema == zj.SCHEMA


def test_a_frame_survives_the_way_to_arrow_and_back():
    table = zj.tabulate([REPORT])
    pd.testing.assert_frame_equal(to_frame(to_arrow(table)), table)


def test_records_need_what_may_not_be_null():
    row = zj.tabulate([REPORT]).to_dict("records")[0]
    assert (
        from_records([{key: row[key] for key in row if row[key] == row[key]}])["indicator"][0] == "规模以上工业增加值"
    )
    with pytest.raises(KeyError):
        to_arrow(zj.tabulate([REPORT]).drop(columns="place"))


def test_huge_numbers_keep_their_float_and_leave_exact_empty():
    table = zj.tabulate([zj.Report(f"蓝莓产量达到{'9' * 40}吨。", "某市", 2023)])
    assert table["value"][0] == pytest.approx(1e40)
    assert table["exact"].isna().all()


def test_the_file_metadata_names_schema_lexicon_and_package():
    assert set(metadata("abc")) == {"zjcompare.schema_version", "zjcompare.lexicon", "zjcompare.version"}
    assert isinstance(zj.SCHEMA, pa.Schema)
