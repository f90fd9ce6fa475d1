"""What a store writes for others is read by them, and says what the store says."""

import csv
import json

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

import zjcompare as zj
from zjcompare.report import Report
from zjcompare.store.export import DATAFLOW, DIMENSIONS
from zjcompare.table import SCHEMA, from_records

TEXT = "2019年，预计全市实现地区生产总值4200亿元，增长6%左右。\n全市新增就业9.5万人，城镇登记失业率1.79%。"


@pytest.fixture
def store(tmp_path):
    store = zj.Store(tmp_path / "indicators")
    store.add(Report(TEXT, "镇江市", 2019, "政府工作报告", "报告", "https://example.org/2019"))
    return store


def test_a_parquet_file_holds_the_table_and_says_what_it_is(store, tmp_path):
    file = store.export(tmp_path / "out" / "table.parquet")
    found = pq.read_table(file)
    assert found.schema.equals(SCHEMA)
    assert found.num_rows == len(store.read())
    assert found.schema.metadata[b"zjcompare.lexicon"].decode() == zj.Lexicon.default().digest
    assert found.schema.field("value").metadata[b"sdmx"] == b"OBS_VALUE"


def test_a_csv_file_has_the_mark_for_excel_only_on_request(store, tmp_path):
    assert not store.export(tmp_path / "plain.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert store.export(tmp_path / "marked.csv", bom=True).read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(pd.read_csv(tmp_path / "plain.csv")["value"]) == list(store.read()["value"])


@pytest.mark.parametrize("risky", ["=HYPERLINK(1)", "+1+1", "-A1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(store, tmp_path, risky):
    rows = store.read().assign(indicator=risky)
    file = store.export(tmp_path / "table.csv", rows)
    with file.open(encoding="utf-8", newline="") as stream:
        assert {row["indicator"] for row in csv.DictReader(stream)} == {"'" + risky}


def test_a_negative_number_stays_a_number(store, tmp_path):
    file = store.export(tmp_path / "table.csv", store.read().assign(value=-3.5))
    assert set(pd.read_csv(file)["value"]) == {-3.5}


def test_a_workbook_has_texts_and_no_formula(store, tmp_path):
    file = store.export(tmp_path / "table.xlsx", store.read().assign(sentence="=1+1"))
    book = openpyxl.load_workbook(file)
    rows = list(book["observations"].values)
    assert rows[0] == tuple(SCHEMA.names)
    assert [row[4] for row in rows[1:]] == list(store.read()["value"])
    cell = book["observations"].cell(2, SCHEMA.get_field_index("sentence") + 1)
    assert (cell.data_type, cell.value) == ("s", "=1+1")
    assert book["documents"]["A2"].value == store.documents()["report"][0]


def test_a_data_package_is_valid_and_names_its_columns_sources_and_licence(store, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    folder = store.export(tmp_path / "package", licence="CC-BY-4.0")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    assert package["sources"] == [{"title": "报告", "path": "https://example.org/2019"}]
    assert [field["name"] for field in package["resources"][0]["schema"]["fields"]][:2] == ["REF_AREA", "TIME_PERIOD"]
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["message"])


def test_sdmx1_reads_what_the_store_says(store, tmp_path):
    sdmx = pytest.importorskip("sdmx")
    from sdmx.model import v30

    file = store.export(tmp_path / "table.sdmx.csv")
    with file.open(encoding="utf-8", newline="") as stream:
        names = next(csv.reader(stream))
    attributes = [name for name in names[3:] if name not in (*DIMENSIONS, "OBS_VALUE")]
    structure = v30.DataStructureDefinition(id="OBSERVATIONS")
    for name in DIMENSIONS:
        structure.dimensions.getdefault(id=name)
    structure.measures.getdefault(id="OBS_VALUE")
    for name in attributes:
        structure.attributes.getdefault(id=name)
    message = sdmx.read_sdmx(file, structure=v30.Dataflow(id=DATAFLOW, structure=structure))
    found = {
        (str(item.dimension["INDICATOR"].value), str(item.attached_attribute["OBS_STATUS"].value)): float(item.value)
        for item in message.data[0].obs
    }
    rows = store.read()
    codes = rows["status"].map({"actual": "A", "estimate": "E", "target": "F"})
    assert len(message.data[0].obs) == len(rows)
    assert found == dict(zip(zip(rows["indicator"], codes, strict=True), rows["value"], strict=True))


def test_an_unknown_format_is_named(store, tmp_path):
    with pytest.raises(ValueError, match="parquet, csv, xlsx"):
        store.export(tmp_path / "table.doc")


def test_an_export_that_fails_leaves_what_was_there(store, tmp_path):
    file = tmp_path / "table.csv"
    file.write_text("before", encoding="utf-8")
    with pytest.raises(KeyError):
        store.export(tmp_path / "table.parquet", from_records([]).drop(columns="value"))
    with pytest.raises(zj.StoreError, match="cannot be written"):
        store.export(file / "below.csv")
    assert file.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["indicators", "table.csv"]
