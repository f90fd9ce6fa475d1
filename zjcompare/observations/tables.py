"""Clean text → the cells of flattened tables: a row a line with tabs or bars, or a cell a line."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from zjcompare.numerals import ARABIC, read_multiplier, read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from zjcompare.mentions import Units
    from zjcompare.observations.settings import Measure

_NUMBER = re.compile(rf"(?P<sign>[-−+]?)(?P<number>{ARABIC})(?P<percent>%?)")
_UNIT_IN_BRACKETS = re.compile(r"（(?P<unit>[^（）]{1,8})）")
_GROWTH = re.compile(r"增长|增减|增速|增幅|涨跌|比上年|比去年|同比|较上年|±")
_UNIT_HEADING = re.compile(r"^(?:计量)?单位$")
_PLAIN_HEADING = re.compile(
    r"^(?:绝对[数量值]|总量|数量|数值|指标值|全[市省县区国]|本年|实绩|完成|合计|年末数|.{0,4}[0-9]{4}年?)$",
)
_LABEL_HEADING = re.compile(r"指标|名称|项目|类别|行业|产品|分类|品种|地区")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.、]|#|其中：?|[*＃])+")
_SENTENCE = re.compile(r"[，。；！？]")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?(?:末|底)?")
_LONGEST_CELL = 30
_FEWEST_ROWS = 2
_WIDEST = 8  # columns of a table that has a cell a line


class Cell(NamedTuple):
    """A number in a table: its span in the clean text, and what its row and its column say of it."""

    start: int
    end: int
    name: str
    measure: Measure
    number: Decimal
    unit: str
    year: int | None = None  # where the label or the heading is a year


class _Piece(NamedTuple):
    start: int
    end: int
    words: str


def find_cells(text: str, units: Units) -> list[Cell]:
    r"""Give the numbers of the tables in a clean text, in order.

    A table has a heading row, a label in front of each row, and numbers in at least two rows; its columns say 增长 or a
    unit in brackets, or have a unit column beside them. What has no such shape is left to the reading of sentences.

    >>> from zjcompare.lexicon import Lexicon
    >>> from zjcompare.mentions import compile_units
    >>> units = compile_units(Lexicon.default())
    >>> rows = "指标\t绝对量（亿元）\t比上年增长（%）\n农业\t273.12\t3.2\n林业\t2.43\t-1.0\n"
    >>> [(cell.name, cell.measure, float(cell.number), cell.unit) for cell in find_cells(rows, units)][1:3]
    [('农业', 'growth', 3.2, '%'), ('林业', 'level', 243000000.0, '元')]
    """
    cells: list[Cell] = []
    for heading, rows in (*_tables_of_rows(text), *_tables_of_cells(text)):
        for row in rows:
            cells += _read_row(heading, row, units)
    return sorted(cells)


def _tables_of_rows(text: str) -> Iterator[tuple[list[_Piece], list[list[_Piece]]]]:
    """Give the tables that have a row a line, its cells parted by tabs or bars."""
    if "\t" not in text and "|" not in text:
        return
    block: list[list[_Piece]] = []
    for start, line in (*_lines(text), (len(text), "")):
        row = _split_row(start, line)
        if row is not None:
            block.append(row)
            continue
        if len(block) > _FEWEST_ROWS and not any(_is_number(piece) for piece in block[0]):
            yield block[0], [row for row in block[1:] if not _is_rule(row)]
        block = []


def _split_row(start: int, line: str) -> list[_Piece] | None:
    """Split a line into cells, None where it is no row of a table."""
    mark = "\t" if "\t" in line else "|"
    if line.count(mark) < 1 or _SENTENCE.search(line):
        return None
    row, at = [], start
    for words in line.split(mark):
        stripped = words.strip()
        if stripped:
            first = at + words.index(stripped)
            row.append(_Piece(first, first + len(stripped), stripped))
        at += len(words) + 1
    return row if len(row) > 1 and all(len(piece.words) <= _LONGEST_CELL for piece in row) else None


def _is_rule(row: Sequence[_Piece]) -> bool:
    return all(set(piece.words) <= set("-: ：") for piece in row)


def _tables_of_cells(text: str) -> Iterator[tuple[list[_Piece], list[list[_Piece]]]]:
    """Give the tables that have a cell a line: short lines whose numbers come back after a fixed count of lines."""
    block: list[_Piece] = []
    for start, line in (*_lines(text), (len(text), "。")):
        words = line.strip()
        if words and len(words) <= _LONGEST_CELL and "\t" not in line and not _SENTENCE.search(line):
            first = start + line.index(words)
            block.append(_Piece(first, first + len(words), words))
            continue
        if words:
            yield from _cut_block(block)
            block = []


def _cut_block(block: list[_Piece]) -> Iterator[tuple[list[_Piece], list[list[_Piece]]]]:
    """Find the heading of a table of single cells and the width at which its numbers come back; cut it into rows."""
    for at, piece in enumerate(block):
        if not _LABEL_HEADING.search(piece.words):
            continue
        for width in range(2, _WIDEST + 1):
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


def _read_row(heading: Sequence[_Piece], row: Sequence[_Piece], units: Units) -> Iterator[Cell]:
    """Give the cells of one row: named by its label, with unit and measure from the heading or from a unit column."""
    label = _NUMBERED.sub("", row[0].words.replace(" ", ""))
    if not label or _is_number(row[0]) or len(row) > len(heading):
        return
    columns = list(zip(heading, row, strict=False))
    row_unit = next((cell.words for head, cell in columns if _UNIT_HEADING.match(head.words)), "")
    bracket = _UNIT_IN_BRACKETS.search(label)
    if bracket and units.at(bracket["unit"].lstrip("十百千万亿"), 0):
        label, row_unit = label.replace(bracket[0], ""), row_unit or bracket["unit"]
    labelled = _YEAR.fullmatch(label)
    name = "" if labelled else label
    for head, cell in columns[1:]:
        number = _NUMBER.fullmatch(cell.words)
        value = read_numeral(number["number"]) if number else None
        if number is None or value is None:
            continue
        value = -value if number["sign"] in ("-", "−") else value
        said = _UNIT_IN_BRACKETS.search(head.words)
        if _GROWTH.search(head.words):
            yield Cell(cell.start, cell.end, name or head.words, "growth", value, "%", _year_in(labelled))
            continue
        printed = (said["unit"] if said else row_unit) or number["percent"]
        unit = printed.lstrip("十百千万亿") if not units.at(printed, 0) else printed
        factor = read_multiplier(printed[: len(printed) - len(unit)])
        what = head.words[: said.start()] if said else head.words
        said_year = _year_in(labelled or _YEAR.fullmatch(what))
        if labelled:
            name = what or label
        else:
            name = label if not what or label.endswith(("量", what)) or _PLAIN_HEADING.match(what) else label + what
        yield Cell(cell.start, cell.end, name, "level", value * factor, unit, said_year)


def _year_in(found: re.Match[str] | None) -> int | None:
    return int(found[1]) if found else None
