"""Observations and documents → files that others read: Parquet, CSV, xlsx, a Data Package, SDMX-CSV.

A file is written beside its place and then moved there, so that nobody reads half of one.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from zjcompare.errors import MissingExtraError, StoreError
from zjcompare.files import replacing
from zjcompare.formulas import guard_frame
from zjcompare.table import SCHEMA, metadata, to_arrow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

Format = Literal["parquet", "csv", "xlsx", "datapackage", "sdmx-csv"]
_FORMATS = {".parquet": "parquet", ".csv": "csv", ".xlsx": "xlsx", "": "datapackage", ".json": "datapackage"}
_EXCEL_ROWS, _EXCEL_CELL = 1_048_575, 32_767

DATAFLOW = "ZJCOMPARE:OBSERVATIONS(1.0)"
DIMENSIONS = ("REF_AREA", "INDICATOR", "MEASURE", "UNIT_MEASURE", "TIME_PERIOD", "DOCUMENT", "QUOTE_START")
"""What together names one observation in the SDMX-CSV file; all other columns but OBS_VALUE are attributes."""

_STATUS = {"actual": "A", "estimate": "E", "target": "F"}
"""Our statuses as codes of SDMX's CL_OBS_STATUS: normal, estimated, forecast."""


def find_format(path: Path, asked: str | None) -> str:
    """Give the format that is asked for, or that the name of the file says; `ValueError` where neither is known."""
    name = path.name.lower()
    found = asked or ("sdmx-csv" if name.endswith(".sdmx.csv") else _FORMATS.get(path.suffix.lower()))
    if found not in {*_FORMATS.values(), "sdmx-csv"}:
        raise ValueError(f"{path.name}: give format= one of parquet, csv, xlsx, datapackage, sdmx-csv")
    return found


def write_parquet(frame: pd.DataFrame, path: Path, *, lexicon: str) -> None:
    """Write one Parquet file that says which schema, package and lexicon it is of, and the SDMX name of each column."""
    described = to_arrow(frame).replace_schema_metadata(metadata(lexicon))
    with _replacing(path) as part, part.open("wb") as stream:
        pq.write_table(described, stream, compression="zstd")


def write_csv(frame: pd.DataFrame, path: Path, *, bom: bool) -> None:
    """Write a CSV file in UTF-8, with the mark that Excel needs to see that where `bom` is true.

    A text that a spreadsheet would take for a formula gets an apostrophe before it (`formulas`).
    """
    with _replacing(path) as part:
        guard_frame(frame).to_csv(part, index=False, encoding="utf-8-sig" if bom else "utf-8", lineterminator="\r\n")


def write_xlsx(frame: pd.DataFrame, documents: pd.DataFrame, path: Path) -> None:
    """Write a workbook with a sheet of observations and one of documents; every text is a text, no formula, no link.

    Raises `MissingExtraError` without xlsxwriter, `StoreError` where there are more rows than a sheet holds.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtraError("xlsx needs the extra `charts`: pip install 'zjcompare[charts]'") from error
    if len(frame) > _EXCEL_ROWS:
        raise StoreError(f"{len(frame)} rows do not fit a sheet of {_EXCEL_ROWS}; write parquet or csv, or fewer rows")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with _replacing(path) as part, xlsxwriter.Workbook(str(part), options) as book:
        for title, sheet_frame in (("observations", frame), ("documents", documents)):
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate([list(sheet_frame.columns), *_cells(sheet_frame)]):
                for column, cell in enumerate(row):
                    _write_cell(sheet, number, column, cell)


def _write_cell(sheet: Any, row: int, column: int, cell: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:_EXCEL_CELL])
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif cell is not None:
        sheet.write_number(row, column, cell)


def write_data_package(
    frame: pd.DataFrame, documents: pd.DataFrame, folder: Path, *, licence: str, about: dict[str, str]
) -> None:
    """Write a Frictionless Data Package (v2): datapackage.json, data.csv with SDMX names, documents.csv.

    `licence` is an identifier of the Open Definition, such as CC-BY-4.0 or notspecified.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(frame.rename(columns=_sdmx_names()), folder / "data.csv", bom=False)
    write_csv(documents, folder / "documents.csv", bom=False)
    fields = [
        {"name": _sdmx_names()[field.name], "type": _plain_type(field.type), "title": field.name}
        | ({} if field.nullable else {"constraints": {"required": True}})
        for field in SCHEMA
    ]
    sources = documents[["place", "year", "kind", "title", "source"]].astype("str").to_dict("records")
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "zjcompare-observations",
        "title": "Indicators in annual government summaries, one row an observation",
        "created": documents["added"].max().isoformat() if len(documents) else None,
        "licenses": [{"name": licence}],
        "sources": [
            {"title": row["title"] or f"{row['place']} {row['year']} {row['kind']}".strip()}
            | ({"path": row["source"]} if row["source"].startswith(("http://", "https://")) else {})
            for row in sources
        ],
        "resources": [
            _resource("data", {"fields": _loosen(fields, frame)}),
            _resource("documents", {"fields": [{"name": name, "type": "any"} for name in documents.columns]}),
        ],
        **about,
    }
    with _replacing(folder / "datapackage.json") as part:
        part.write_text(json.dumps(package, ensure_ascii=False, indent=2), encoding="utf-8")


def _resource(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name, "path": f"{name}.csv", "type": "table", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "schema": schema,
    }  # fmt: skip


def _loosen(fields: list[dict[str, Any]], frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the fields, without `required` where an empty text stands for itself: CSV cannot tell it from nothing."""
    empty = {_sdmx_names()[name] for name in SCHEMA.names if frame[name].dtype == "str" and (frame[name] == "").any()}
    return [
        {key: value for key, value in field.items() if key != "constraints" or field["name"] not in empty}
        for field in fields
    ]


def write_sdmx_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write an SDMX-CSV 2.0 file of the dataflow `DATAFLOW`, one line an observation, its dimensions `DIMENSIONS`.

    Statuses are the codes of CL_OBS_STATUS; a line break in a text becomes a space, as readers split at it.
    """
    named = frame.rename(columns=_sdmx_names())
    named["OBS_STATUS"] = named["OBS_STATUS"].map(_STATUS)
    attributes = [name for name in named.columns if name not in (*DIMENSIONS, "OBS_VALUE")]
    named = named[[*DIMENSIONS, "OBS_VALUE", *attributes]]
    for name in named.columns[named.dtypes == "str"]:
        named[name] = named[name].str.replace(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+", " ", regex=True)
    for position, (name, value) in enumerate(
        {"STRUCTURE": "dataflow", "STRUCTURE_ID": DATAFLOW, "ACTION": "I"}.items()
    ):
        named.insert(position, name, value)
    with _replacing(path) as part:
        guard_frame(named).to_csv(part, index=False, encoding="utf-8", lineterminator="\r\n")


def _sdmx_names() -> dict[str, str]:
    return {field.name: field.metadata[b"sdmx"].decode() for field in SCHEMA}


def _plain_type(kind: pa.DataType) -> str:
    """Give a column's type in the words of the Table Schema."""
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "number"
    return "boolean" if pa.types.is_boolean(kind) else "string"


def _cells(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Give the rows as texts, numbers, truths and None."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    columns = []
    for column in table.columns:
        if pa.types.is_timestamp(column.type):
            column = pc.strftime(column, "%Y-%m-%dT%H:%M:%SZ")  # noqa: PLW2901 # the same column, as text
        elif pa.types.is_decimal(column.type):
            column = column.cast(pa.float64())  # noqa: PLW2901 # a sheet has no other numbers
        columns.append(column.to_pylist())
    yield from zip(*columns, strict=True)


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Give a file beside the asked one, which takes its place when it is whole; errors of the disk become ours."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part:
            yield part
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error}); give another place or make room") from error
