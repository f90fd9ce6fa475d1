"""The pieces of a page's lines → the cells of the tables that have no lines between their columns."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from zjcompare.report.characters import find_pieces
from zjcompare.report.grids import FIGURE, Cell, join_head
from zjcompare.report.ruled import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zjcompare.report.characters import Character, Piece

_SENTENCE = re.compile(r"[，。；！？]")
_CAPTION = re.compile(r"[附续]?[表图注]|单位[：:]|资料")
_LEVEL, _FEWEST, _LABEL, _HEAD = 0.5, 2, 60, 15
_APART, _OFF = 2.5, 0.15  # heights between a head and its rows; how far from the middle of its columns it may stand
_NEAR = 0.93  # of the widest step between rows: lines of one label

Row = list["Piece"]
Columns = list[tuple[float, float]]


def find_aligned(characters: Iterable[Character]) -> Iterator[Table]:
    """Give the tables whose figures stand below each other in at least two rows, with the heads above them.

    A row has a label and behind it nothing but figures and short words; where two columns cannot be told apart, there
    is no table.
    """
    rows = _rows(find_pieces(characters))
    for start, stop in _bodies(rows):
        full = [row for row in rows[start:stop] if len(row) > 1]
        columns = _columns(full)
        if len(full) >= _FEWEST and columns:
            near = _NEAR * max(_step(rows, at) for at in range(start + 1, stop))
            first, end = _with_labels(rows, start, stop, near)
            heads, body = _heads(rows[:first], rows[first]), rows[first:end]
            cells = [*_head_cells(heads, full, columns), *_body_cells(list(_grouped(body, near)), columns)]
            yield Table(cells, frozenset(each.at for row in heads + body for piece in row for each in piece.characters))


def _with_labels(rows: Sequence[Row], first: int, end: int, near: float) -> tuple[int, int]:
    """Give where a table begins and ends with the lines of labels right above and below it."""
    while first and _is_label(rows[first - 1]) and _step(rows, first) < near:
        first -= 1
    while end < len(rows) and _is_label(rows[end]) and _step(rows, end) < near:
        end += 1
    return first, end


def _step(rows: Sequence[Row], at: int) -> float:
    """Give how far a line stands below the one before it."""
    return rows[at - 1][0].middle - rows[at][0].middle


def _rows(pieces: Iterable[Piece]) -> list[Row]:
    """Give the lines of a page from the top, each from the left."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        if rows and abs(rows[-1][0].middle - piece.middle) <= _LEVEL * (piece.high - piece.low):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _has_figures(row: Row) -> bool:
    label, *others = row
    figures = sum(FIGURE.fullmatch(piece.words) is not None for piece in others)
    short = all(len(piece.characters) <= _HEAD and not _SENTENCE.search(piece.words) for piece in others)
    return figures > 0 and short and len(label.characters) <= _LABEL and not FIGURE.fullmatch(label.words)


def _bodies(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Give from where to where rows with figures follow each other, with the lone labels between them."""
    first = last = None
    for at, row in enumerate(rows):
        if _has_figures(row):
            first, last = at if first is None else first, at
        elif first is not None and last is not None and not _is_label(row):
            yield first, last + 1
            first = last = None
    if first is not None and last is not None:
        yield first, last + 1


def _is_label(row: Row) -> bool:
    words = row[0].words
    return len(row) == 1 and len(words) <= _LABEL // 2 and not _SENTENCE.search(words) and not _CAPTION.match(words)


def _columns(rows: Sequence[Row]) -> Columns:
    """Give from where to where each column goes; nothing where a row has two pieces in one."""
    columns: Columns = []
    for left, right in sorted((piece.left, piece.right) for row in rows for piece in row):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    single = all(len({_column(piece, columns) for piece in row}) == len(row) for row in rows)
    return columns if single else []


def _column(piece: Piece, columns: Columns) -> int:
    """Give the column that a piece shares most with, or else the nearest."""
    return max(range(len(columns)), key=lambda at: min(piece.right, columns[at][1]) - max(piece.left, columns[at][0]))


def _heads(above: Sequence[Row], below: Row) -> list[Row]:
    """Give the lines of heads right above a row: short words, two in a line or more, or beside such a line."""
    heads: list[Row] = []
    for row in reversed(above):
        height = row[0].high - row[0].low
        near = row[0].middle - below[0].middle <= _APART * height
        beside = bool(heads) and row[0].low < max(piece.high for piece in below)
        if not near or (len(row) < 2 and not beside) or not all(map(_is_head, row)):
            break
        heads.insert(0, row)
        below = row
    return heads


def _is_head(piece: Piece) -> bool:
    return len(piece.characters) <= _HEAD and not _SENTENCE.search(piece.words) and not _CAPTION.match(piece.words)


def _head_cells(heads: Sequence[Row], full: Sequence[Row], columns: Columns) -> list[Cell]:
    """Give the heads in one row: those above a column, and those in the middle above several."""
    figures = {_column(piece, columns) for row in full for piece in row if FIGURE.fullmatch(piece.words)}
    said: list[list[str]] = [[] for _ in columns]  # above each column, from below
    for row in reversed(heads):
        free = {at for at in figures if said[at]}
        for at, words in [(at, piece.words) for piece in row for at in _covered(piece, row, columns, free)]:
            said[at].append(words)
    return [Cell(join_head(reversed(words)), 0, at) for at, words in enumerate(said)] if heads else []


def _grouped(body: Sequence[Row], near: float) -> Iterator[list[Row]]:
    """Give the rows, each with the lines of its label that are nearer to it than rows are to each other."""
    starts = [0, *(at for at in range(1, len(body)) if _step(body, at) >= near), len(body)]
    for start, end in pairwise(starts):
        group = list(body[start:end])
        if sum(len(row) > 1 for row in group) > 1:
            yield from ([row] for row in group)
        else:
            yield group


def _body_cells(groups: Sequence[list[Row]], columns: Columns) -> list[Cell]:
    """Give the cells of the rows; a label whose bracket is open goes on in the next."""
    cells: list[Cell] = []
    before = ""
    for number, group in enumerate(groups, 1):
        pieces = [(_column(piece, columns), piece.words) for row in group for piece in row]
        label = before + "".join(words for column, words in pieces if not column)
        before = label if len(pieces) == 1 and label.count("（") > label.count("）") else ""
        if not before:
            cells += [Cell(label, number, 0), *(Cell(words, number, column) for column, words in pieces if column)]
    return cells


def _covered(piece: Piece, row: Row, columns: Columns, free: set[int]) -> range:
    """Give the columns that a head is about: its own, or the most of the `free` ones around its middle."""
    own = _column(piece, columns)
    middles = [(left + right) / 2 for left, right in columns]
    here = (piece.left + piece.right) / 2
    taken = {_column(other, columns) for other in row if other is not piece}
    best = range(own, own + 1)
    for first in range(own + 1):
        for last in range(own, len(columns)):
            span = range(first, last + 1)
            off = abs((middles[first] + middles[last]) / 2 - here) > _OFF * (middles[last] - middles[first])
            if len(span) > len(best) and not off and free >= set(span) and not taken & set(span):
                best = span
    return best
