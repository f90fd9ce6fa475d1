"""A PDF → its text, page by page; a scanned one through the `ocr` extra."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from zjcompare.errors import MissingExtraError, ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGE_NUMBER = re.compile(r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–－·\s]*(?:/\s*\d{1,4}\s*)?")
_PAGES_MOST, _POINTS_MOST = 2000, 5000
_FEW = 20


def extract_portable(content: bytes, name: str) -> str:
    """Give the text of the pages, without the numbers that stand alone at their heads and feet.

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
        pages = [_without_number(document[index].get_textpage().get_text_bounded()) for index in range(len(document))]
        text = "\n".join(pages)
        if len(text.strip()) >= _FEW * bool(pages):
            return text
        return "\n".join(_recognised(document, name))
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name}: has a damaged page: {error}") from error
    finally:
        document.close()


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
