"""The XML of a Word document → its text: paragraphs as lines, cells of a row parted by tabs, footnotes at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zjcompare.report.grids import MOST, Cell, write_grid
from zjcompare.report.numbering import read_numbering
from zjcompare.report.office import Attributes, parse_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zjcompare.report.numbering import Numbering

DOCUMENT = "word/document.xml"
PARTS = (DOCUMENT, "word/numbering.xml", "word/styles.xml", "word/footnotes.xml", "word/endnotes.xml")
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n"}


def extract_words(parts: Mapping[str, bytes], name: str) -> str:
    """Give the text of a Word document, with the numbers that Word shows before its paragraphs (一、).

    What was deleted under review, and field codes, are no text of it. `parts` are those of `PARTS` that it has. Raises
    `ReadError` for XML that is broken or that declares entities.
    """
    numbering = read_numbering(parts, name)
    texts = [_text_of(parts[DOCUMENT], name, numbering)]
    texts += [_text_of(parts[part], name, numbering).strip("\n") for part in PARTS[3:] if part in parts]
    return "\n".join(filter(None, texts))


def _text_of(part: bytes, name: str, numbering: Numbering) -> str:
    pieces: list[str] = []
    tables: list[_Table] = []
    inside = dict.fromkeys(("t", "Fallback", "pPr", "pPrChange"), 0)
    said: Attributes = {}  # what the properties of the paragraph say of its number

    def start(tag: str, attributes: Attributes) -> None:
        if tag in inside:
            inside[tag] += 1
        elif tag == "tbl":
            tables.append(_Table())
        elif tables and tag in {"tr", "tc", "gridSpan", "vMerge", "gridBefore"}:
            tables[-1].open(tag, attributes.get("val"), len(pieces))
        elif tag in _BREAKS and not inside["Fallback"] and not inside["pPr"]:
            pieces.append(_BREAKS[tag])
        elif inside["pPr"] and not inside["pPrChange"] and "val" in attributes:
            said[tag] = attributes["val"]

    def end(tag: str) -> None:
        if tag in inside:
            inside[tag] -= 1
        if tag == "pPr" and not inside["pPr"]:
            if not inside["Fallback"]:
                pieces.append(numbering.label(said.get("pStyle", ""), said.get("numId"), said.get("ilvl")))
            said.clear()
        elif tag == "tc" and tables:
            tables[-1].close_cell("".join(pieces[tables[-1].began :]))
            del pieces[tables[-1].began :]
        elif tag == "tbl" and tables:
            pieces.extend(f"{line}\n" for line in tables.pop().lines())
        elif tag == "p" and not tables:
            pieces.append("\n")

    def characters(data: str) -> None:
        if inside["t"] and not inside["Fallback"]:
            pieces.append(data)

    parse_part(part, name, start=start, end=end, characters=characters)
    return "".join(pieces)


class _Table:
    """Collects the cells of a table; a cell that continues the one above it makes that one longer."""

    def __init__(self) -> None:
        self.began = 0  # the piece of text at which the open cell begins
        self._cells: list[Cell] = []
        self._above: dict[int, int] = {}  # column → the cell that a merged one below it continues
        self._row, self._column = -1, 0
        self._span, self._continues = 1, False

    def open(self, tag: str, value: str | None, began: int) -> None:
        if tag == "tr":
            self._row, self._column = self._row + 1, 0
        elif tag == "tc":
            self.began, self._span, self._continues = began, 1, False
        elif tag == "vMerge":
            self._continues = value != "restart"
        elif value is not None and value.isdecimal():
            if tag == "gridSpan":
                self._span = min(int(value), MOST)
            else:
                self._column += min(int(value), MOST)

    def close_cell(self, words: str) -> None:
        if "\t" not in words and "。" not in words:  # neither a table in the cell nor an article
            words = words.replace("\n", "")
        above = self._above.get(self._column)
        if self._continues and above is not None:
            cell = self._cells[above]
            self._cells[above] = replace(cell, rows=self._row - cell.row + 1)
        else:
            self._above[self._column] = len(self._cells)
            self._cells.append(Cell(words, self._row, self._column, columns=self._span))
        self._column += self._span

    def lines(self) -> list[str]:
        return write_grid(self._cells)
