"""A page of a PDF → the straight lines that are drawn on it, which rule its tables."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_OBJECTS_MOST, _SEGMENTS_MOST, _DEEPEST = 20_000, 200, 4
_SHORTEST, _SLANT = 4.0, 1.0  # points
_PATH, _FORM, _LINE_TO = 2, 5, 0  # as PDFium numbers its kinds of objects and segments

Matrix = tuple[float, float, float, float, float, float]
TURNS: dict[int, Matrix] = {
    0: (1, 0, 0, 1, 0, 0), 90: (0, -1, 1, 0, 0, 0), 180: (-1, 0, 0, -1, 0, 0), 270: (0, 1, -1, 0, 0, 0),
}  # fmt: skip
"""How the points of a page stand when it is shown, by its rotation."""


class Stroke(NamedTuple):
    """A level or upright line: where it lies across its direction, and from where to where it goes."""

    at: float
    start: float
    end: float


def find_strokes(page: Any, turn: Matrix) -> tuple[list[Stroke], list[Stroke]]:
    """Give the level and the upright lines on a page, edges of boxes among them; none where a drawing has too many."""
    from pypdfium2 import raw

    level, upright = [], []
    for number, (start, end) in enumerate(_segments(raw, page.raw, turn)):
        if number > _OBJECTS_MOST:
            return [], []
        (left, right), (low, high) = sorted((start[0], end[0])), sorted((start[1], end[1]))
        if high - low <= _SLANT and right - left >= _SHORTEST:
            level.append(Stroke((low + high) / 2, left, right))
        elif right - left <= _SLANT and high - low >= _SHORTEST:
            upright.append(Stroke((left + right) / 2, low, high))
    return level, upright


def move(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    """Give where a matrix of PDF moves a point."""
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


Segment = tuple[tuple[float, float], tuple[float, float]]


def _segments(raw: Any, page: Any, turn: Matrix) -> Iterator[Segment]:
    waiting: list[tuple[Any, tuple[Matrix, ...]]] = []
    waiting += [(raw.FPDFPage_GetObject(page, at), (turn,)) for at in range(_least(raw.FPDFPage_CountObjects(page)))]
    for each, outer in waiting:  # which grows by the objects of forms
        kind = raw.FPDFPageObj_GetType(each)
        if kind not in {_PATH, _FORM}:
            continue
        matrices = (_matrix_of(raw, each), *outer)
        if kind == _PATH:
            yield from _segments_of(raw, each, matrices)
        elif len(matrices) <= _DEEPEST and len(waiting) < _OBJECTS_MOST:
            count = _least(raw.FPDFFormObj_CountObjects(each))
            waiting += [(raw.FPDFFormObj_GetObject(each, at), matrices) for at in range(count)]


def _least(count: int) -> int:
    return min(count, _OBJECTS_MOST)


def _matrix_of(raw: Any, each: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(each, found):
        return TURNS[0]
    return found.a, found.b, found.c, found.d, found.e, found.f


def _segments_of(raw: Any, path: Any, matrices: tuple[Matrix, ...]) -> Iterator[Segment]:
    """Give the straight parts of a path, with the last that closes it."""
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for at in range(min(raw.FPDFPath_CountSegments(path), _SEGMENTS_MOST)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        for matrix in matrices:
            point = move(point, matrix)
        if raw.FPDFPathSegment_GetType(segment) == _LINE_TO:
            yield last, point
        else:
            first = point
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield last, first
