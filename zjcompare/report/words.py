"""The XML of a Word document → its text: paragraphs as lines, cells of a row parted by tabs, footnotes at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    inside = dict.fromkeys(("t", "tc", "Fallback", "pPr", "pPrChange"), 0)
    said: Attributes = {}  # what the properties of the paragraph say of its number

    def start(tag: str, attributes: Attributes) -> None:
        if tag in inside:
            inside[tag] += 1
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
        elif tag == "tc":
            pieces.append("\t")
        elif tag == "tr" or (tag == "p" and not inside["tc"]):
            pieces.append("\n")

    def characters(data: str) -> None:
        if inside["t"] and not inside["Fallback"]:
            pieces.append(data)

    parse_part(part, name, start=start, end=end, characters=characters)
    return "".join(pieces)
