"""The cells of a table, merged ones too → its rows as lines, the cells parted by tabs, under one row of heads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FIGURE = re.compile(r"[-−+]?[0-9][0-9.,，]*[%％]?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?(?:末|底|度)?")
MOST = 100
"""The most rows or columns that one cell covers; a document can say any number."""
_PLACES = 20  # that a cell covers on the average, at most
_LONGEST = 30  # characters of words that are said in each place


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table: from which row and column on, and over how many of them."""

    words: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def write_grid(cells: Sequence[Cell]) -> list[str]:
    r"""Give the rows of a table as lines.

    Words over several rows or columns stand in each of them, so that a row says what it is about; a figure stands once,
    and so does a line over the whole width. Heads over several rows become one row, years first.

    >>> heads = [Cell("产品", 0, 0, rows=2), Cell("产量（吨）", 0, 1, columns=2)]
    >>> years = [Cell("2022", 1, 1), Cell("2023", 1, 2)]
    >>> write_grid([*heads, *years, Cell("水泥", 2, 0), Cell("5", 2, 1), Cell("6", 2, 2)])
    ['产品\t2022年产量（吨）\t2023年产量（吨）', '水泥\t5\t6']
    """
    rows = _filled(cells)
    captions = [row[0] for row in takewhile(_is_single, rows)]
    table = rows[len(captions) :]
    merged = [cell for cell in cells if cell.row == len(captions)]
    deep = max((cell.rows for cell in merged), default=1) if any(cell.columns > 1 for cell in merged) else 1
    end = "\t" if any(len(row) > 1 for row in table) else ""  # of a row with a single cell: the table goes on
    lines = ("\t".join(row).rstrip("\t") + end * _is_single(row) for row in join_heads(table, deep) if any(row))
    return [*filter(None, captions), *lines]


def join_heads(rows: list[list[str]], deep: int = 1) -> list[list[str]]:
    """Give the rows with the first `deep` as one row of heads; two also where the second has no label and no figure."""
    below = rows[1] if len(rows) > 1 else []
    if deep == 1 and any(below) and not below[0] and not any(map(_is_figure, below)):
        deep, over = 2, ""
        rows = [[over := head or over for head in rows[0]], *rows[1:]]
    heads = [word for row in rows[:deep] for word in row]
    if deep == 1 or deep > len(rows) or any(_is_figure(word) or len(word) > _LONGEST for word in heads):
        return rows
    width = max(map(len, rows[:deep]))
    padded = [row + [""] * (width - len(row)) for row in rows[:deep]]
    return [[join_head(column) for column in zip(*padded, strict=True)], *rows[deep:]]


class Rows:
    """Collects a table that comes row by row, as in HTML, where a row leaves out what cells above it cover."""

    def __init__(self) -> None:
        self._cells: list[Cell] = []
        self._row = 0
        self._covered: dict[int, int] = {}  # column → the first row that is free again

    def add(self, cells: Sequence[tuple[str, int, int]]) -> None:
        """Add a row, unless it has no cells: of each its words, and how many rows and columns it goes over."""
        column = 0
        for words, rows, columns in cells:
            while self._covered.get(column, 0) > self._row:
                column += 1
            cell = Cell(words, self._row, column, min(max(rows, 1), MOST), min(max(columns, 1), MOST))
            self._cells.append(cell)
            column += cell.columns
            if cell.rows > 1:
                self._covered.update(dict.fromkeys(range(cell.column, min(column, MOST)), self._row + cell.rows))
        self._row += bool(cells)

    def take_lines(self) -> list[str]:
        """Give the lines of the table and begin a new one."""
        cells, self._cells, self._row, self._covered = self._cells, [], 0, {}
        return write_grid(cells)


def _filled(cells: Sequence[Cell]) -> list[list[str]]:
    """Give the words of each place of the grid, as far as each row goes."""
    if sum(cell.rows * cell.columns for cell in cells) > _PLACES * len(cells) + MOST:
        cells = [Cell(cell.words, cell.row, cell.column) for cell in cells]
    width = max((cell.column + cell.columns for cell in cells), default=0)
    rows: list[list[str]] = [[] for _ in range(max((cell.row + 1 for cell in cells), default=0))]
    for cell in cells:
        once = _is_figure(cell.words) or len(cell.words) > _LONGEST or cell.columns >= width > 1
        deep, wide = (1, 1) if once else (cell.rows, cell.columns)
        for row in rows[cell.row : cell.row + deep]:
            row.extend([""] * (cell.column + wide - len(row)))
            row[cell.column : cell.column + wide] = [cell.words] * wide
    return rows


def join_head(words: Iterable[str]) -> str:
    """Give the words above a column as one head: 地区生产总值（亿元） over 2023 is 2023年地区生产总值（亿元）."""
    parts = list(dict.fromkeys(filter(None, words)))
    if len(parts) < 2:
        return "".join(parts)
    years = [f"{part}年" if part.isdigit() else part for part in parts if _YEAR.fullmatch(part)]
    others = [part.removesuffix("情况") for part in parts if not _YEAR.fullmatch(part)]
    return "".join(dict.fromkeys([*years, *others]))


def _is_single(row: Sequence[str]) -> bool:
    return any(row[:1]) and not any(row[1:])


def _is_figure(word: str) -> bool:
    return FIGURE.fullmatch(word) is not None and _YEAR.fullmatch(word) is None
