"""A PDF → its text, page by page; a scanned one through the `ocr` extra."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from zjcompare.errors import MissingExtraError, ReadError
from zjcompare.report.aligned import find_aligned
from zjcompare.report.characters import find_characters
from zjcompare.report.grids import write_grid
from zjcompare.report.lines import find_lines, join_wrapped
from zjcompare.report.ruled import find_ruled
from zjcompare.report.strokes import TURNS, find_strokes

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGE_NUMBER = re.compile(r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–－·\s]*(?:/\s*\d{1,4}\s*)?")
_NUMBERS = re.compile(r"[0-9]+")
_RUNNING = 3  # pages that have a line, at least
_PAGES_MOST, _POINTS_MOST = 2000, 5000
_FEW = 20


def extract_portable(content: bytes, name: str) -> str:
    """Give the text of the pages, without what stands at the heads and feet of all: numbers, and running heads.

    The rows of a table are lines, its cells parted by tabs.

    Raises `MissingExtraError` without the `documents` extra, and `ReadError` where the file is damaged or locked, or
    where it has no text, being scanned, and the `ocr` extra is not installed.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingExtraError(
            f"{name}: a PDF needs the extra documents: pip install 'zjcompare[documents]'"
        ) from error
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name}: is a damaged or locked PDF: {error}") from error
    try:
        if len(document) > _PAGES_MOST:
            raise ReadError(f"{name}: has {len(document)} pages, which no report has")
        pages = [_without_number(_text_of(document[index])) for index in range(len(document))]
        text = "\n".join(_without_running_heads(pages))
        if len(text.strip()) >= _FEW * bool(pages):
            return text
        return "\n".join(_recognised(document, name))
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name}: has a damaged page: {error}") from error
    finally:
        document.close()


def _text_of(page: Any) -> str:
    """Give the text of a page, its tables where their first characters stand."""
    turn = TURNS[page.get_rotation()]
    characters = find_characters(page, turn)
    tables = list(find_ruled(*find_strokes(page, turn), characters))
    inside = {at for table in tables for at in table.characters}
    tables += find_aligned([each for each in characters if each.at not in inside])
    begins = {min(table.characters): "\n".join(write_grid(table.cells)) for table in tables}
    inside = {at for table in tables for at in table.characters} - set(begins)
    return join_wrapped(find_lines((each for each in characters if each.at not in inside), begins))


def _without_running_heads(pages: list[str]) -> Iterator[str]:
    """Give the pages without the first or last line where most pages have it but for its digits, save at its first."""
    lines = [page.split("\n") for page in pages]
    for end in (0, -1):
        filled = list(filter(None, lines))
        alike = Counter(_NUMBERS.sub("0", page[end]) for page in filled)
        kept = set[str]()
        for page in filled:
            words = _NUMBERS.sub("0", page[end])
            if words in kept:
                del page[end]
            elif alike[words] >= max(_RUNNING, len(pages) / 2) and "\t" not in words:
                kept.add(words)
    return ("\n".join(page) for page in lines)


def _without_number(page: str) -> str:
    """Give a page without the line at its head or foot that is only its number, so that sentences run on."""
    lines = page.replace("\r\n", "\n").replace("\ufffe", "").strip("\n").split("\n")
    if lines and _PAGE_NUMBER.fullmatch(lines[-1]):
        lines.pop()
    if lines and _PAGE_NUMBER.fullmatch(lines[0]):
        lines.pop(0)
    return "\n".join(lines)


def _recognised(document: object, name: str) -> Iterator[str]:
    from zjcompare.report.pictures import extract_picture

    for page in document:  # type: ignore[attr-defined]  # pypdfium2 is not typed
        if max(page.get_size()) > _POINTS_MOST:
            raise ReadError(f"{name}: has a page of {max(page.get_size()) / 72:.0f} inches, which no report has")
        picture = io.BytesIO()
        page.render(scale=2).to_pil().save(picture, format="PNG")
        try:
            yield extract_picture(picture.getvalue(), name)
        except MissingExtraError as error:
            hint = "pip install 'zjcompare[ocr]'"
            raise ReadError(f"{name}: is a scanned PDF without text; to recognise it: {hint}") from error
