"""Clean text → the flattened tables in it, as heading and rows: a row a line with tabs or bars, or a cell a line."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from zjcompare.numerals import ARABIC

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zjcompare.layouts import Layouts

NUMBER = re.compile(  # 27.5, -1.8%, and with its unit: 162817吨
    rf"(?P<sign>[-−+]?)(?P<number>{ARABIC}) ?(?P<unit>%|[百千万亿]*(?![年月日季岁])[\u4e00-\u9fff]{{1,4}}|)"
)
YEAR = re.compile(r"((?:19|20)[0-9]{2})年?(?:末|底|度)?")
LABELS = ("indicator", "place", "year")
_SENTENCE = re.compile(r"[，。；！？]")
_CAPTION = re.compile(r"表$|单位：")
_LONGEST_CELL = 30
_LONGEST_LABEL = 60  # of a row a line
_FEWEST_ROWS = 2
_FEWEST_TABS = 6  # of a line of prose that has a table in it
_CELL = re.compile(rf"[-−+]?{ARABIC}%?(?=[\t \u4e00-\u9fff#]|$)|[^\t 0-9][^\t ]*|[^\t ]+")
_NARROWEST = 2
_WIDEST = 8  # columns of a table that has a cell a line


class Piece(NamedTuple):
    """A cell or a line: its span in the clean text, and its words."""

    start: int
    end: int
    words: str


Table = tuple[list[Piece], list[list[Piece]]]


def find_tables(text: str, layouts: Layouts) -> Iterator[Table]:
    """Give the tables of a clean text, each as its heading and its rows.

    A table has a heading row, a label in front of each row, and numbers in at least two rows, or in one where the
    layouts know each head. What has no such shape is left to the reading of sentences.
    """
    if "\n" in text or text.count("\t") >= _FEWEST_TABS:
        yield from _tables_of_rows(text, layouts)
        yield from _tables_of_cells(text, layouts)


def _tables_of_rows(text: str, layouts: Layouts) -> Iterator[Table]:
    """Give the tables that have a row a line, its cells parted by tabs or bars."""
    for block in _blocks_of_rows(text, layouts):
        heading = _headed(block)
        rows = [_aligned(row, len(heading)) for row in block[1:] if not _is_rule(row)]
        fewest = 1 if all(layouts.take_apart(piece.words).role for piece in heading) else _FEWEST_ROWS
        if len(rows) >= fewest and not any(is_number(piece) and not _is_year(piece) for piece in heading):
            yield heading, rows


def _blocks_of_rows(text: str, layouts: Layouts) -> Iterator[list[list[Piece]]]:
    """Give the rows that stand together, two or more, heading to heading; rows without a figure do not part."""
    if "\t" not in text and "|" not in text:
        return
    block: list[list[Piece]] = []
    for start, line in (*_lines(text), (len(text), "")):
        row = _split_row(start, line)
        if row is None and block and _is_label_alone(line):
            continue
        if row is None or _is_heading(row, layouts):
            if len(block) > 1:
                yield block
            block = []
        if row is not None:
            block.append(row)


def _is_label_alone(line: str) -> bool:
    """Tell whether a line is a row that has a label and no figure (资源税||||), and no caption of a table."""
    words = line.strip("\t| ")
    return words != line.strip(" ") and "\t" not in words and "|" not in words and _CAPTION.search(words) is None


def _is_heading(row: Sequence[Piece], layouts: Layouts) -> bool:
    return not any(map(is_number, row)) and layouts.take_apart(row[0].words).role in LABELS


def _headed(block: Sequence[list[Piece]]) -> list[Piece]:
    """Give the heading of a table, with an empty head where all rows have one cell more: their labels."""
    heading, *rows = block
    fewer = all(len(row) == len(heading) + 1 and not is_number(row[0]) for row in rows)
    return [Piece(heading[0].start, heading[0].start, ""), *heading] if fewer else heading


def _split_row(start: int, line: str) -> list[Piece] | None:
    """Split a line into cells, empty ones between them included; None where it is no row of a table."""
    mark = "\t" if "\t" in line else "|"
    if mark not in line:
        return None
    row, at = [], start
    for words in line.split(mark):
        first = at + len(words) - len(words.lstrip())
        row.append(Piece(first, first + len(words.strip()), words.strip()))
        at += len(words) + 1
    while row and not row[-1].words:
        row.pop()
    while row and not row[0].words:
        row.pop(0)
    if len(row) < 2 or len(row[0].words) > _LONGEST_LABEL:
        return None
    said = row[1:] if is_number(row[-1]) else row  # a long label may have a comma in it, a sentence has no cell behind
    return None if any(len(cell.words) > _LONGEST_CELL or _SENTENCE.search(cell.words) for cell in said) else row


def _aligned(row: list[Piece], width: int) -> list[Piece]:
    """Give a row whose cells stand under their heads: empty cells count where the row is not wider than the heading."""
    return row if len(row) <= width else [piece for piece in row if piece.words]


def _is_rule(row: Sequence[Piece]) -> bool:
    return all(set(piece.words) <= set("-: ：") for piece in row)


def _tables_of_cells(text: str, layouts: Layouts) -> Iterator[Table]:
    """Give the tables that have a cell a line, or all in a line of prose: short pieces whose numbers come back."""
    block: list[Piece] = []
    for start, line in (*_lines(text), (len(text), "。")):
        if line.count("\t") >= _FEWEST_TABS and _SENTENCE.search(line):
            pieces = [*_cells_in_prose(start, line), Piece(start, start, "。")]
        else:
            words = line.strip()
            first = start + line.index(words)
            pieces = [Piece(first, first + len(words), words)] if words else []
        for piece in pieces:
            if len(piece.words) <= _LONGEST_CELL and "\t" not in piece.words and not _SENTENCE.search(piece.words):
                block.append(piece)
            else:
                yield from _cut_block(block, layouts)
                block = []


def _cells_in_prose(start: int, line: str) -> Iterator[Piece]:
    """Cut a line at tabs, at spaces, and between the last figure of a row and the label of the next (23.8汽车)."""
    for found in _CELL.finditer(line):
        yield Piece(start + found.start(), start + found.end(), found[0])


def _cut_block(block: list[Piece], layouts: Layouts) -> Iterator[Table]:
    """Find the headings of tables of single cells, each with the width at which its numbers come back."""
    last = len(block) - _NARROWEST * (1 + _FEWEST_ROWS)  # where a heading with the fewest rows has room
    at = 0
    while at <= last:
        table = _table_from(block, at) if layouts.take_apart(block[at].words).role in LABELS else None
        if table:
            yield table
            at += len(table[0]) * (1 + len(table[1]))
        else:
            at += 1


def _table_from(block: list[Piece], at: int) -> Table | None:
    """Give the table whose heading begins at a cell, of the least width at which its numbers come back."""
    for width in range(_NARROWEST, _WIDEST + 1):
        heading, after = block[at : at + width], at + width
        if any(map(is_number, heading)):
            return None
        rows = _leading_rows(block[row : row + width] for row in range(after, len(block) - width + 1, width))
        if len(rows) >= _FEWEST_ROWS:
            return heading, rows
    return None


def _leading_rows(rows: Iterator[list[Piece]]) -> list[list[Piece]]:
    """Give the first rows that have their numbers in the same columns as the first row."""
    first = next(rows, [])
    shape = [is_number(piece) for piece in first]
    if not any(shape) or shape[0]:
        return []
    return [first, *takewhile(lambda row: [is_number(piece) for piece in row] == shape, rows)]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def is_number(piece: Piece) -> bool:
    """Tell whether a cell holds a number, with or without its unit."""
    return NUMBER.fullmatch(piece.words) is not None


def _is_year(piece: Piece) -> bool:
    return YEAR.fullmatch(piece.words) is not None
