"""The lines drawn on a page, and its characters → the cells of its ruled tables."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from zjcompare.report.characters import find_pieces, join_lines
from zjcompare.report.grids import FIGURE, Cell
from zjcompare.report.strokes import Stroke

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zjcompare.report.characters import Character

_NEAR = 3.0  # points within which two lines are one, or meet
_COLUMNS_MOST, _ROWS_MOST, _STROKES_MOST, _MEETINGS_MOST = 60, 300, 20_000, 1_000_000


class Table(NamedTuple):
    """The cells of a table, and the numbers of the characters that stand in them."""

    cells: list[Cell]
    characters: frozenset[int]


class _Frame(NamedTuple):
    """Where the lines between rows (from the top down) and columns of a table lie, and the lines themselves."""

    heights: list[float]
    sides: list[float]
    level: list[Stroke]
    upright: list[Stroke]


def find_ruled(level: Sequence[Stroke], upright: Sequence[Stroke], characters: Sequence[Character]) -> Iterator[Table]:
    """Give the tables whose lines make at least two rows and two columns, and in which a figure stands.

    A row in which figures stand below each other in one cell is several rows.
    """
    for frame in _frames(_joined(level), _joined(upright)):
        inside = [each for each in characters if not each.text.isspace() and _place(frame, each) is not None]
        cells = _cells(_cut(frame, inside), inside)
        if len({cell.row for cell in cells}) > 1 and any(cell.column for cell in cells) and _has_figure(cells):
            yield Table(cells, frozenset(each.at for each in inside))


def _joined(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Join what lies on one line and touches: each side of a thin bar, and the borders of neighbouring cells."""
    joined: list[Stroke] = []
    for stroke in sorted(strokes)[:_STROKES_MOST]:
        at = _touched(stroke, joined)
        if at < 0:
            joined.append(stroke)
        else:
            last = joined[at]
            joined[at] = last._replace(start=min(last.start, stroke.start), end=max(last.end, stroke.end))
    return joined


def _touched(stroke: Stroke, joined: Sequence[Stroke]) -> int:
    """Give the place of the last line, of those near enough, that a stroke touches; -1 where it touches none."""
    for at in range(len(joined) - 1, -1, -1):
        last = joined[at]
        if stroke.at - last.at > _NEAR:
            break
        if stroke.start <= last.end + _NEAR and last.start <= stroke.end + _NEAR:
            return at
    return -1


def _frames(level: Sequence[Stroke], upright: Sequence[Stroke]) -> Iterator[_Frame]:
    """Give the lines that hang together, with the ends of those across where a side is open."""
    if len(level) * len(upright) > _MEETINGS_MOST:
        return
    left = set(range(len(upright)))
    for first in range(len(upright)):
        if first not in left:
            continue
        left.discard(first)
        reached, rows, waiting = [first], set[int](), [first]
        for each in waiting:  # which grows
            met = {row for row, line in enumerate(level) if row not in rows and _meet(line, upright[each])}
            rows |= met
            further = {other for other in left if any(_meet(level[row], upright[other]) for row in met)}
            left -= further
            waiting += further
            reached += further
        flat, tall = [level[row] for row in rows], [upright[each] for each in reached]
        sides = _apart([each.at for each in tall] + [end for each in flat for end in each[1:]])
        heights = _apart([each.at for each in flat] + [end for each in tall for end in each[1:]])
        if 2 < len(sides) <= _COLUMNS_MOST and 2 < len(heights) <= _ROWS_MOST:
            yield _Frame([-height for height in reversed(heights)], sides, flat, tall)


def _meet(level: Stroke, upright: Stroke) -> bool:
    over = level.start - _NEAR <= upright.at <= level.end + _NEAR
    return over and upright.start - _NEAR <= level.at <= upright.end + _NEAR


def _apart(places: Sequence[float]) -> list[float]:
    """Give the places in order, one of those that are near each other."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _NEAR:
            kept.append(place)
    return kept


def _place(frame: _Frame, each: Character) -> tuple[int, int] | None:
    """Give the row and the column in which the middle of a character lies."""
    row = bisect_right(frame.heights, -(each.low + each.high) / 2) - 1
    column = bisect_right(frame.sides, (each.left + each.right) / 2) - 1
    inside = 0 <= row < len(frame.heights) - 1 and 0 <= column < len(frame.sides) - 1
    return (row, column) if inside else None


def _cut(frame: _Frame, characters: Sequence[Character]) -> _Frame:
    """Give the frame with a line more wherever figures stand below each other in one place of the grid."""
    within: dict[tuple[int, int] | None, list[Character]] = {}
    for each in characters:
        within.setdefault(_place(frame, each), []).append(each)
    cuts = set[float]()
    for inside in within.values():
        pieces = list(find_pieces(inside))
        if all(FIGURE.fullmatch(piece.words) for piece in pieces):
            cuts.update((above.low + below.high) / 2 for above, below in pairwise(pieces) if below.high < above.middle)
    flat = [Stroke(at, frame.sides[0], frame.sides[-1]) for at in _apart(list(cuts))]
    heights = _apart([*frame.heights, *(-stroke.at for stroke in flat)])
    return frame._replace(heights=heights, level=[*frame.level, *flat]) if len(heights) <= _ROWS_MOST else frame


def _cells(frame: _Frame, characters: Sequence[Character]) -> list[Cell]:
    """Give the cells: places of the grid between which no line is drawn are one."""
    owner = _owners(frame)
    within: dict[tuple[int, int], list[Character]] = {}
    for each in characters:
        place = _place(frame, each)
        if place is not None:
            within.setdefault(owner[place], []).append(each)
    corners: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), first in owner.items():
        deep, wide = corners.get(first, first)
        corners[first] = (max(deep, row), max(wide, column))
    cells = []
    for (row, column), (last, end) in corners.items():
        lines = [piece.words for piece in find_pieces(within.get((row, column), ()))]
        cells.append(Cell(join_lines(lines), row, column, last - row + 1, end - column + 1))
    return cells


def _owners(frame: _Frame) -> dict[tuple[int, int], tuple[int, int]]:
    """Give for each place of the grid the first place of the cell that it is a part of."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(frame.heights) - 1):
        height = -(frame.heights[row] + frame.heights[row + 1]) / 2
        for column in range(len(frame.sides) - 1):
            middle = (frame.sides[column] + frame.sides[column + 1]) / 2
            place = (row, column)
            if column and not _drawn(frame.upright, frame.sides[column], height):
                place = owner[row, column - 1]
            elif row and not _drawn(frame.level, -frame.heights[row], middle):
                place = owner[row - 1, column]
            owner[row, column] = place
    return owner


def _drawn(strokes: Sequence[Stroke], at: float, across: float) -> bool:
    return any(abs(each.at - at) <= _NEAR and each.start <= across <= each.end for each in strokes)


def _has_figure(cells: Sequence[Cell]) -> bool:
    return any(FIGURE.fullmatch(cell.words) for cell in cells)
