"""A table of figures → text: its rows as lines, the cells parted by tabs, under heads that the layouts know."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from zjcompare.errors import LayoutError, MissingExtraError, ReadError
from zjcompare.layouts import ROLES, UNIT_IN_HEAD, compile_layouts
from zjcompare.report.grids import join_heads

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zjcompare.layouts import Layouts
    from zjcompare.lexicon import Lexicon

Rows = list[list[str]]
_ROWS_MOST, _COLUMNS_MOST = 100_000, 100
_UNNAMED_SHEET = re.compile(r"(?:Sheet|工作表|表)\s*[0-9]*", re.IGNORECASE)
_HEADS = dict(zip(ROLES, ("指标", "地区", "年份", "单位", "数值", "增长", "位次"), strict=True))  # for mapped columns


def read_csv_rows(text: str, name: str) -> Rows:
    """Give the cells of CSV or tab-separated text; raise `ReadError` where it is none."""
    delimiter = max(",\t;", key=text[:4096].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [[_plain(cell) for cell in row] for row in islice(reader, _ROWS_MOST)]
    except csv.Error as error:
        raise ReadError(f"{name}: is no table of figures: {error}") from error


def read_workbook_rows(content: bytes, name: str) -> dict[str, Rows]:
    """Give the cells of the visible sheets of a workbook, by the sheets' names, as they are shown.

    Formulas give the value that was stored with them.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError(
            f"{name}: a workbook needs the extra documents: pip install 'zjcompare[documents]'"
        ) from error
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return _visible_rows(book)
    except Exception as error:  # openpyxl raises whatever a damaged part of the file leads it to
        raise ReadError(f"{name}: is a damaged workbook: {error}") from error


def _visible_rows(book: Any) -> dict[str, Rows]:
    sheets: dict[str, Rows] = {}
    left = _ROWS_MOST
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            sheets[sheet.title] = [_shown_row(row) for row in islice(sheet.iter_rows(max_col=_COLUMNS_MOST), left)]
            left -= len(sheets[sheet.title])
    return sheets


def write_sheets(sheets: Mapping[str, Rows], name: str, mapping: Mapping[str, str] | None, lexicon: Lexicon) -> str:
    """Give the sheets as text, each with its name above it where there are several; empty ones are left out.

    Raises `LayoutError` where no sheet has a row of heads (see `write_rows`).
    """
    texts, errors = [], []
    filled = {title: rows for title, rows in sheets.items() if any(map(any, rows))}
    for title, rows in filled.items():
        above = [] if len(filled) == 1 or _UNNAMED_SHEET.fullmatch(title) else [title]
        try:
            texts.append("\n".join([*above, write_rows(rows, name, mapping, lexicon)]))
        except LayoutError as error:
            errors.append(error)
            texts.append("\n".join([*above, *map(_line, rows)]))
    if errors and len(errors) == len(filled):
        raise errors[0]
    return "\n\n".join(texts)


def write_rows(rows: Rows, name: str, mapping: Mapping[str, str] | None, lexicon: Lexicon) -> str:
    """Give a table as lines with tabs: what stands above its heads, the heads, and the rows.

    `mapping` names the head of the column for each of indicator, value, unit, growth, rank, year and place; other
    columns are left out. Without it, the heads are those of lexicon/layouts.csv. Raises `LayoutError` where no row has
    these heads.
    """
    layouts = compile_layouts(lexicon)
    for number in range(len(rows)):
        heads, *after = join_heads(rows[number : number + 2])
        columns = _mapped(heads, mapping) if mapping else _known(heads, layouts)
        if columns:
            above = ["".join(cells) for cells in rows[:number] if any(cells)]
            body = ([_cell(row, column) for column in columns] for row in (*after, *rows[number + 2 :]))
            kept = [list(columns.values()), *body]
            return "\n".join([*above, *(_line(row) for row in kept if any(row))])
    shown = next((" | ".join(filter(None, row)) for row in rows if sum(map(bool, row)) > 1), "nothing")
    wanted = "mapping={'indicator': …, 'value': …, 'unit': …, 'growth': …}"
    raise LayoutError(
        f"{name}: no columns for indicator and value; its first row with cells is {shown[:200]}; give {wanted}"
    )


def _mapped(heads: Sequence[str], mapping: Mapping[str, str]) -> dict[int, str]:
    """Give the columns that the mapping names, each with the head that says its role; nothing where one is missing."""
    if not {"value", "growth", "rank"} & set(mapping) or not set(mapping.values()) <= set(heads):
        return {}
    columns = {}
    for role, head in sorted(mapping.items(), key=lambda item: ROLES.index(item[0])):
        unit = UNIT_IN_HEAD.search(head)
        columns[heads.index(head)] = _HEADS[role] + (unit[0] if unit else "")
    return columns


def _known(heads: Sequence[str], layouts: Layouts) -> dict[int, str]:
    """Give all columns with their heads, where a head names the rows and another their figures; else nothing."""
    apart = [layouts.take_apart(head) for head in heads]
    roles = {head.role for head in apart if head.what or head.year}
    figures = {"value"} if "indicator" in roles else {"value", "growth", "rank", ""}
    if not roles & {"indicator", "place", "year"} or not roles & figures:
        return {}
    return {column: f"{head}年" if head.isdigit() and apart[column].year else head for column, head in enumerate(heads)}


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _line(row: Sequence[str]) -> str:
    return "\t".join(row).rstrip("\t")


def _plain(words: str) -> str:
    """Give the words of a cell in one line."""
    return " ".join(words.split())


def _shown_row(row: Sequence[Any]) -> list[str]:
    """Give the cells of a row as they are shown; an empty row, of which a sheet may have a million, has none."""
    return [_shown(cell) for cell in row] if any(cell.value is not None for cell in row) else []


def _shown(cell: Any) -> str:
    """Give a cell of a workbook as it is shown: 0.063 under the format 0.0% is 6.3%."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float | int):
        percent = "%" in cell.number_format
        number = Decimal(f"{value:.15g}") * (100 if percent else 1)
        return f"{number.normalize():f}" + "%" * percent
    return _plain(str(value))
