"""A page of a PDF → its characters, where they stand, and the pieces of a line that they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from zjcompare.report.strokes import move

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zjcompare.report.strokes import Matrix

UNKNOWN = "\ufffd"
"""Stands for a character whose font does not say what it is."""

_GAP, _SHIFT = 0.8, 0.5  # of a character's height: what parts two pieces


class Character(NamedTuple):
    """A character, its number on the page, and its box; `made` ones (blanks, line ends) are PDFium's own."""

    at: int
    text: str
    made: bool
    left: float
    low: float
    right: float
    high: float


class Piece(NamedTuple):
    """Characters that follow each other on a line, and the box around them."""

    characters: tuple[Character, ...]
    left: float
    low: float
    right: float
    high: float

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.low + self.high) / 2

    @property
    def words(self) -> str:
        """What it says."""
        return "".join(each.text for each in self.characters)


def find_characters(page: Any, turn: Matrix) -> list[Character]:
    """Give the characters of a page in the order in which they are to be read."""
    from pypdfium2 import raw

    text = page.get_textpage()
    found = []
    for at in range(text.count_chars()):
        code, made = raw.FPDFText_GetUnicode(text.raw, at), bool(raw.FPDFText_IsGenerated(text.raw, at))
        x0, y0, x1, y1 = text.get_charbox(at, loose=True)
        (left, right), (low, high) = map(sorted, zip(move((x0, y0), turn), move((x1, y1), turn), strict=True))
        found.append(Character(at, chr(code) if code else UNKNOWN, made, left, low, right, high))
    return found


def find_pieces(characters: Iterable[Character]) -> Iterator[Piece]:
    """Give the pieces of lines: a wide gap or a step up or down parts them."""
    open_: list[Character] = []
    for each in characters:
        if each.text.isspace():
            continue
        if open_ and not (is_level(open_[-1], each) and is_near(open_[-1], each)):
            yield _piece(open_)
            open_ = []
        open_.append(each)
    if open_:
        yield _piece(open_)


def is_level(last: Character, each: Character) -> bool:
    """Tell whether two characters stand on one line."""
    height = max(last.high - last.low, each.high - each.low)
    return abs((last.low + last.high) - (each.low + each.high)) / 2 <= _SHIFT * height


def is_near(last: Character, each: Character) -> bool:
    """Tell whether a character follows another, with no more than a blank between them."""
    return abs(each.left - last.right) <= _GAP * max(last.high - last.low, each.high - each.low)


def join_lines(lines: Sequence[str]) -> str:
    """Give the lines of a cell as one: a blank stays only between two Latin words."""
    joined = ""
    for line in filter(None, lines):
        joined += " " * (joined[-1:].isascii() and joined[-1:].isalpha() and line[0].isascii()) + line
    return joined


def _piece(characters: Sequence[Character]) -> Piece:
    lefts, lows, rights, highs = zip(*(each[3:] for each in characters), strict=True)
    return Piece(tuple(characters), min(lefts), min(lows), max(rights), max(highs))
