"""A table of figures → text: one line for each row, its name, value and growth as a sentence says them."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from zjcompare.errors import LayoutError, MissingExtraError, ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zjcompare.lexicon import Lexicon

Rows = list[list[str]]
_ROWS_MOST = 100_000
_UNIT_IN_HEAD = re.compile(r"[（(]([^（()）]+)[)）]\s*$")
_OF_WHICH = re.compile(r"^其中[:：]?\s*")


def read_csv_rows(text: str) -> Rows:
    """Give the cells of CSV or tab-separated text."""
    delimiter = max(",\t;", key=text[:4096].count)
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)][
        :_ROWS_MOST
    ]


def read_workbook_rows(content: bytes, name: str) -> Rows:
    """Give the cells of the first sheet of a workbook, as values; formulas give the value that was stored with them."""
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError(
            f"{name}: a workbook needs the extra documents: pip install 'zjcompare[documents]'"
        ) from error
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        return [[_cell(value) for value in row] for _, row in zip(range(_ROWS_MOST), rows, strict=False)]
    except Exception as error:  # openpyxl raises whatever a damaged part of the file leads it to
        raise ReadError(f"{name}: is a damaged workbook: {error}") from error


def write_lines(rows: Rows, name: str, mapping: Mapping[str, str] | None, lexicon: Lexicon) -> str:
    """Give the title above the table and a line for each row, as 地区生产总值5264亿元，增长6.3%.

    `mapping` names the head of the column for each of indicator, value, unit and growth; without it, the heads that
    lexicon/layouts.csv lists are looked for. Raises `LayoutError` where indicator and value are not found.
    """
    for number, row in enumerate(rows):
        columns = _columns_of(row, mapping, lexicon)
        if {"indicator", "value"} <= set(columns):
            above = ["".join(cells) for cells in rows[:number] if any(cells)]
            return "\n".join([*above, *filter(None, (_line(cells, row, columns) for cells in rows[number + 1 :]))])
    heads = next((" | ".join(filter(None, row)) for row in rows if sum(map(bool, row)) > 1), "nothing")
    wanted = "mapping={'indicator': …, 'value': …, 'unit': …, 'growth': …}"
    raise LayoutError(
        f"{name}: no columns for indicator and value; its first row with cells is {heads[:200]}; give {wanted}"
    )


def _columns_of(row: Sequence[str], mapping: Mapping[str, str] | None, lexicon: Lexicon) -> dict[str, int]:
    """Give the column of each role that this row is the head of."""
    found: dict[str, int] = {}
    for number, head in enumerate(row):
        if mapping is not None:
            roles = [role for role, wanted in mapping.items() if wanted == head]
        else:
            bare = _UNIT_IN_HEAD.sub("", head).strip()
            roles = [
                layout["role"] for layout in lexicon.rows("layouts") if bare and re.fullmatch(layout["head"], bare)
            ]
        for role in roles[:1]:
            found.setdefault(role, number)
    return found


def _line(cells: Sequence[str], heads: Sequence[str], columns: Mapping[str, int]) -> str:
    values = {role: cells[column] if column < len(cells) else "" for role, column in columns.items()}
    indicator = _OF_WHICH.sub("", values["indicator"])
    value, growth = _number(values["value"]), _number(values.get("growth", ""))
    in_head = _UNIT_IN_HEAD.search(heads[columns["value"]])
    unit = values.get("unit", "") or (in_head[1] if in_head else "")
    if not indicator or value is None:
        return ""
    said = "" if growth is None else f"，{'下降' if growth < 0 else '增长'}{abs(growth):f}%"
    return f"{indicator}{value:f}{unit}{said}。"


def _number(cell: str) -> Decimal | None:
    try:
        number = Decimal(cell.replace(",", "").replace("，", "").rstrip("%％"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{Decimal(str(value)):f}" if isinstance(value, float) else str(value).strip()
