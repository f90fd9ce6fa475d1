"""Clean text → the cells of flattened tables: a row a line with tabs or bars, or a cell a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from zjcompare.layouts import Head
from zjcompare.numerals import ARABIC, read_multiplier, read_numeral
from zjcompare.observations.settings import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zjcompare.layouts import Layouts
    from zjcompare.mentions import Units

_NUMBER = re.compile(rf"(?P<sign>[-−+]?)(?P<number>{ARABIC})(?P<percent>%?)")
_UNIT_IN_LABEL = re.compile(r"（(?P<unit>[^（）]{1,8})）")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.、]|#|其中：?|[*＃])+")
_GROWTH_WORDS = re.compile(
    r"(?:增[长减]速度|累计|\s|同比|[比较](?:上年|去年|年初)(?:末|同期|同月)?|增长|增速|增幅|增减|涨跌|[±率幅%])+$"
)
_YEAR_BEFORE = ("上年", "去年")
_OWN_PLACE = re.compile(r"全[国省市州盟县区旗]|[总合]计")
_SENTENCE = re.compile(r"[，。；！？]")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?(?:末|底|度)?")
_LONGEST_CELL = 30
_LONGEST_LABEL = 60  # of a row a line
_FEWEST_ROWS = 2
_FEWEST_TABS = 6  # of a line of prose that has a table in it
_CELL = re.compile(rf"[-−+]?{ARABIC}%?(?=[\t \u4e00-\u9fff#]|$)|[^\t 0-9][^\t ]*|[^\t ]+")
_NARROWEST = 2
_WIDEST = 8  # columns of a table that has a cell a line
_LABELS = ("indicator", "place", "year")
_UNITS_OF_ROLES = {"growth": "%", "rank": "位"}


class Cell(NamedTuple):
    """A number in a table: its span in the clean text, and what its row and its column say of it."""

    start: int
    end: int
    name: str
    measure: Measure
    number: Decimal
    unit: str
    year: int | None = None  # where its row or its heading names a year
    scope: str = ""  # the place that its row is about


class _Piece(NamedTuple):
    start: int
    end: int
    words: str


_Table = tuple[list[_Piece], list[list[_Piece]]]


def find_cells(text: str, units: Units, layouts: Layouts) -> list[Cell]:
    r"""Give the numbers of the tables in a clean text, in order.

    A table has a heading row, a label in front of each row, and numbers in at least two rows, or in one where the
    layouts know each head. What has no such shape is left to the reading of sentences.

    >>> from zjcompare.layouts import compile_layouts
    >>> from zjcompare.lexicon import Lexicon
    >>> from zjcompare.mentions import compile_units
    >>> units, layouts = compile_units(Lexicon.default()), compile_layouts(Lexicon.default())
    >>> rows = "指标\t绝对量（亿元）\t比上年增长（%）\n农业\t273.12\t3.2\n林业\t2.43\t-1.0\n"
    >>> [(cell.name, cell.measure, float(cell.number), cell.unit) for cell in find_cells(rows, units, layouts)][1:3]
    [('农业', 'growth', 3.2, '%'), ('林业', 'level', 243000000.0, '元')]
    """
    if "\n" not in text and text.count("\t") < _FEWEST_TABS:
        return []
    cells: list[Cell] = []
    for heading, rows in (*_tables_of_rows(text, layouts), *_tables_of_cells(text, layouts)):
        columns = _columns_of(heading, layouts)
        for row in rows:
            cells += _read_row(columns, row, units)
    return sorted(cells)


def _tables_of_rows(text: str, layouts: Layouts) -> Iterator[_Table]:
    """Give the tables that have a row a line, its cells parted by tabs or bars."""
    if "\t" not in text and "|" not in text:
        return
    block: list[list[_Piece]] = []
    for start, line in (*_lines(text), (len(text), "")):
        row = _split_row(start, line)
        if row is not None:
            block.append(row)
            continue
        if len(block) > 1:
            heading = _headed(block)
            rows = [_aligned(row, len(heading)) for row in block[1:] if not _is_rule(row)]
            fewest = 1 if all(layouts.take_apart(piece.words).role for piece in heading) else _FEWEST_ROWS
            if len(rows) >= fewest and not any(_is_number(piece) and not _is_year(piece) for piece in heading):
                yield heading, rows
        block = []


def _headed(block: Sequence[list[_Piece]]) -> list[_Piece]:
    """Give the heading of a table, with an empty head where all rows have one cell more: their labels."""
    heading, *rows = block
    fewer = all(len(row) == len(heading) + 1 and not _is_number(row[0]) for row in rows)
    return [_Piece(heading[0].start, heading[0].start, ""), *heading] if fewer else heading


def _split_row(start: int, line: str) -> list[_Piece] | None:
    """Split a line into cells, empty ones between them included; None where it is no row of a table."""
    mark = "\t" if "\t" in line else "|"
    if mark not in line:
        return None
    row, at = [], start
    for words in line.split(mark):
        first = at + len(words) - len(words.lstrip())
        row.append(_Piece(first, first + len(words.strip()), words.strip()))
        at += len(words) + 1
    while row and not row[-1].words:
        row.pop()
    while row and not row[0].words:
        row.pop(0)
    if len(row) < 2 or len(row[0].words) > _LONGEST_LABEL:
        return None
    said = row[1:] if _is_number(row[-1]) else row  # a long label may have a comma in it, a sentence has no cell behind
    return None if any(len(cell.words) > _LONGEST_CELL or _SENTENCE.search(cell.words) for cell in said) else row


def _aligned(row: list[_Piece], width: int) -> list[_Piece]:
    """Give a row whose cells stand under their heads: empty cells count where the row is not wider than the heading."""
    return row if len(row) <= width else [piece for piece in row if piece.words]


def _is_rule(row: Sequence[_Piece]) -> bool:
    return all(set(piece.words) <= set("-: ：") for piece in row)


def _tables_of_cells(text: str, layouts: Layouts) -> Iterator[_Table]:
    """Give the tables that have a cell a line, or all in a line of prose: short pieces whose numbers come back."""
    block: list[_Piece] = []
    for start, line in (*_lines(text), (len(text), "。")):
        if line.count("\t") >= _FEWEST_TABS and _SENTENCE.search(line):
            pieces = [*_cells_in_prose(start, line), _Piece(start, start, "。")]
        else:
            words = line.strip()
            first = start + line.index(words)
            pieces = [_Piece(first, first + len(words), words)] if words else []
        for piece in pieces:
            if len(piece.words) <= _LONGEST_CELL and "\t" not in piece.words and not _SENTENCE.search(piece.words):
                block.append(piece)
            else:
                yield from _cut_block(block, layouts)
                block = []


def _cells_in_prose(start: int, line: str) -> Iterator[_Piece]:
    """Cut a line at tabs, at spaces, and between the last figure of a row and the label of the next (23.8汽车)."""
    for found in _CELL.finditer(line):
        yield _Piece(start + found.start(), start + found.end(), found[0])


def _cut_block(block: list[_Piece], layouts: Layouts) -> Iterator[_Table]:
    """Find the heading of a table of single cells and the width at which its numbers come back; cut it into rows."""
    last = len(block) - _NARROWEST * (1 + _FEWEST_ROWS)  # where a heading with the fewest rows has room
    for at, piece in enumerate(block[: max(0, last + 1)]):
        if layouts.take_apart(piece.words).role not in _LABELS:
            continue
        for width in range(_NARROWEST, _WIDEST + 1):
            heading, after = block[at : at + width], at + width
            if any(map(_is_number, heading)):
                break
            rows = (block[row : row + width] for row in range(after, len(block) - width + 1, width))
            good = _leading_rows(rows)
            if len(good) >= _FEWEST_ROWS:
                yield heading, good
                return


def _leading_rows(rows: Iterator[list[_Piece]]) -> list[list[_Piece]]:
    """Give the first rows that have their numbers in the same columns as the first row."""
    first = next(rows, [])
    shape = [_is_number(piece) for piece in first]
    if not any(shape) or shape[0]:
        return []
    return [first, *takewhile(lambda row: [_is_number(piece) for piece in row] == shape, rows)]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _is_number(piece: _Piece) -> bool:
    return _NUMBER.fullmatch(piece.words) is not None


def _is_year(piece: _Piece) -> bool:
    return _YEAR.fullmatch(piece.words) is not None


@dataclass(frozen=True, slots=True)
class _Columns:
    """The heads of a table, and which of its columns say what each row is about; None for what no column says."""

    heads: list[Head]
    label: int | None
    unit: int | None
    year: int | None
    place: int | None


def _columns_of(heading: Sequence[_Piece], layouts: Layouts) -> _Columns:
    heads = [layouts.take_apart(piece.words) for piece in heading]
    first: dict[str, int] = {head.role: number for number, head in reversed(list(enumerate(heads)))}
    label, place, year = (first.get(role) for role in _LABELS)
    if label is None and year is None and place is None:
        label = 0
    return _Columns(heads, label, first.get("unit"), year, place)


def _read_row(columns: _Columns, row: Sequence[_Piece], units: Units) -> Iterator[Cell]:
    """Give the cells of one row: named by its label, or where it is about a year or a place, by their heads."""
    if len(row) > len(columns.heads):
        return

    def said(column: int | None) -> str:
        return row[column].words if column is not None and column < len(row) else ""

    label = _NUMBERED.sub("", said(columns.label).replace(" ", ""))
    if columns.label is not None and (not label or (_is_number(row[columns.label]) and not _YEAR.fullmatch(label))):
        return
    row_unit = said(columns.unit)
    bracket = _UNIT_IN_LABEL.search(label)
    if bracket and units.at(bracket["unit"].lstrip("十百千万亿"), 0):
        label, row_unit = label.replace(bracket[0], ""), row_unit or bracket["unit"]
    row_year = _YEAR.fullmatch(label) or _YEAR.fullmatch(said(columns.year))
    scope = "" if _OWN_PLACE.fullmatch(said(columns.place)) else said(columns.place)
    if _YEAR.fullmatch(label):
        label = ""
    named = ""
    for number, (head, cell) in enumerate(zip(columns.heads, row, strict=False)):
        found = _NUMBER.fullmatch(cell.words)
        value = read_numeral(found["number"]) if found else None
        if found is None or value is None or number in (columns.label, columns.unit, columns.year, columns.place):
            continue
        name = _name_cell(label, head, named)
        named = named if head.what.startswith(_YEAR_BEFORE) else name  # a growth goes with this year's figure
        printed = head.unit or _UNITS_OF_ROLES.get(head.role) or row_unit or found["percent"]
        unit = printed.lstrip("十百千万亿") if not units.at(printed, 0) else printed
        value *= read_multiplier(printed[: len(printed) - len(unit)]) * (-1 if found["sign"] in ("-", "−") else 1)
        year = int(row_year[1]) if row_year else head.year
        if name:
            yield Cell(cell.start, cell.end, name, _measure_of(head, unit), value, unit, year, scope)


def _name_cell(label: str, head: Head, before: str) -> str:
    """Give the label with what the head adds to it, or the head's own words; a bare 增速 goes with the cell before."""
    what = "" if head.role in ("value", "rank") else head.what
    if head.role == "growth":
        what = _GROWTH_WORDS.sub("", what)
    if head.role in _UNITS_OF_ROLES and not what:
        return before or label
    return label if label.endswith(("量", what)) else label + what


def _measure_of(head: Head, unit: str) -> Measure:
    if head.role == "growth":
        return "growth" if unit == "%" else "change"
    return "rank" if head.role == "rank" else "level"
