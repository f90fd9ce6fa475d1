"""The characters of a page that stand in no table → its lines; what only the width of the page broke is one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zjcompare.report.characters import is_level, is_near

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zjcompare.report.characters import Character

_ENDS = tuple("。！？；：…”』」】》")
_STARTS = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]{1,2}[.、](?![0-9])|第.{1,3}[章节]|[●○◆■□▲★·※-]"
)
_SHORT, _EDGE, _FULL = 2.0, 0.5, 3  # heights that a full line may miss or begin off its edge; lines that show an edge


class Line(NamedTuple):
    """A line of text, from where to where it goes, and how high it is; `gap` where a wide blank parts it."""

    text: str
    left: float
    right: float
    height: float
    gap: bool


def find_lines(characters: Iterable[Character], tables: Mapping[int, str]) -> list[Line]:
    """Give the lines of a page, with a table where its first character stands (whose lines are one here).

    Where lines end is told by where characters stand: PDFium takes some tables for upright writing.
    """
    lines: list[Line] = []
    line: list[Character] = []
    words = between = ""
    for each in characters:
        if each.text.isspace() and each.at not in tables:
            between += each.text
            continue
        ended = "\n" in between
        if line and (each.at in tables or not is_level(line[-1], each) or (ended and not is_near(line[-1], each))):
            lines.append(_line(words, line))
            line, words = [], ""
        if each.at in tables:
            lines.append(Line(tables[each.at], each.left, each.left, 0.0, gap=True))
        else:
            words += " " * (bool(between) and bool(line) and not ended) + each.text
            line.append(each)
        between = ""
    return [*lines, _line(words, line)] if line else lines


def join_wrapped(lines: Sequence[Line]) -> str:
    """Give lines as text: one that goes to the edge of its column goes on in the next, which begins at the other edge.

    What looks like the start of an entry, what has wide blanks, and what follows a sentence's end stays a line.
    """
    text, last = "", None
    for line in lines:
        if last is not None:
            latin = last.text[-1:].isascii() and last.text[-1:].isalpha() and line.text[:1].isascii()
            text += " " * latin if _goes_on(last, line, lines) else "\n"
        text += line.text
        last = line
    return text


def _goes_on(last: Line, line: Line, lines: Sequence[Line]) -> bool:
    if last.gap or line.gap or last.text.endswith(_ENDS) or _STARTS.match(line.text):
        return False
    if line.left > last.left + _EDGE * last.height or line.right <= last.left:
        return False
    beside = [other.right - last.right for other in lines if other.left < last.right and last.left < other.right]
    full = sum(abs(over) <= _SHORT * last.height for over in beside)
    return full >= max(_FULL, sum(over > _SHORT * last.height for over in beside))


def _line(words: str, characters: Sequence[Character]) -> Line:
    gap = not all(map(is_near, characters, characters[1:]))
    height = max(each.high - each.low for each in characters)
    return Line(words, characters[0].left, characters[-1].right, height, gap)
