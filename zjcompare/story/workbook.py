"""Frames → tables.xlsx and CSV files in which no text of a report can act as a formula."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from zjcompare.errors import MissingExtraError
from zjcompare.formulas import guard_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import TextIO

    from xlsxwriter.worksheet import Worksheet

_ROWS_MOST = 1_048_575
_CELL_MOST = 32_767


def write_workbook(path: Path, sheets: Mapping[str, pd.DataFrame]) -> None:
    """Write frames as the sheets of a workbook: text as text, numbers as numbers, the head row fixed, with filters.

    Text is never read as a formula or a link. Raises `ValueError` where a frame has more rows than a sheet can hold,
    and `OSError` where the file cannot be written, as on Windows while Excel shows it.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import FileCreateError
    except ImportError as error:
        raise MissingExtraError("tables.xlsx needs xlsxwriter: pip install 'zjcompare[charts]'") from error
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    try:
        with xlsxwriter.Workbook(str(path), options) as book:
            book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})  # the same input gives the same file
            head = book.add_format({"bold": True, "bottom": 1, "font_name": "Microsoft YaHei"})
            text = book.add_format({"font_name": "Microsoft YaHei"})
            for name, frame in sheets.items():
                if len(frame) > _ROWS_MOST:
                    raise ValueError(
                        f"sheet {name}: {len(frame)} rows are more than a workbook can hold; use the CSV file"
                    )
                _write_sheet(book.add_worksheet(name), frame, head=head, text=text)
    except FileCreateError as error:
        cause: OSError = error.args[0]
        raise OSError(cause.errno, f"{cause.strerror}; close it where it is open", str(path)) from error


def _write_sheet(sheet: Worksheet, frame: pd.DataFrame, *, head: Any, text: Any) -> None:
    sheet.freeze_panes(1, 1)
    for column, name in enumerate(frame.columns):
        cells = [plain(value) for value in frame[name].astype(object)]
        widest = max((_width(str(value)) for value in cells[:500] if value is not None), default=0)
        sheet.set_column(column, column, min(60, max(widest, _width(str(name))) + 2), text)
        sheet.write_string(0, column, str(name), head)
        for row, value in enumerate(cells, 1):
            if value is None:
                continue
            if isinstance(value, str):
                sheet.write_string(row, column, value[:_CELL_MOST])
            elif isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            else:
                sheet.write_number(row, column, value)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def write_csv(path: Path | TextIO, frame: pd.DataFrame, *, encoding: str = "utf-8-sig") -> None:
    """Write a frame as CSV that Excel opens with its Chinese whole; `path` may be an open text stream.

    Text that a spreadsheet would read as a formula gets an apostrophe before it (`formulas`).
    """
    cells = {name: [_guarded(plain(value)) for value in frame[name].astype(object)] for name in frame.columns}
    safe = pd.DataFrame(cells, dtype=object).rename(columns=lambda name: guard_text(str(name)))
    safe.to_csv(path, index=False, encoding=encoding, lineterminator="\r\n")


def _guarded(value: Any) -> Any:
    return guard_text(value) if isinstance(value, str) else value


def plain(value: Any) -> str | float | int | bool | None:
    """Give a cell as text, number or truth, lists joined, None for nothing.

    >>> plain([3, 5]), plain(float("nan"))
    ('3; 5', None)
    """
    if isinstance(value, (list, tuple, np.ndarray)):
        return "; ".join(str(part) for part in value)
    if pd.isna(value):
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if abs(value) != float("inf") else str(value)
    return str(value)


def _width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)
