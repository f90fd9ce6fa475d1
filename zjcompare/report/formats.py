"""Bytes → text, whatever the format: told by the content first, and by the name where the content does not say."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from zjcompare.errors import ReadError
from zjcompare.report.decoding import decode
from zjcompare.report.pages import extract_page
from zjcompare.report.words import DOCUMENT, PARTS, extract_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zjcompare.lexicon import Lexicon

LARGEST = 64 * 2**20
"""The most bytes that a document may have, packed or unpacked: more is no report, and would fill memory."""

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError,
)  # fmt: skip
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<?xml")


def extract_text(
    content: bytes, name: str, encoding: str | None, mapping: Mapping[str, str] | None, lexicon: Lexicon
) -> str:
    """Give the text of a document; raise `ReadError` where its format has none, or is none that is read.

    Nothing in a document is run, and nothing that it refers to is fetched.
    """
    suffix = PurePath(name).suffix.lower()
    if content.startswith(b"%PDF-"):
        from zjcompare.report.portable import extract_portable

        return extract_portable(content, name)
    if content.startswith(_PICTURES):
        from zjcompare.report.pictures import extract_picture

        return extract_picture(content, name)
    if content.startswith(_OLE):
        raise ReadError(f"{name}: is in the old binary format of Word or Excel; save it as .docx or .xlsx")
    if content.startswith(b"PK\x03\x04"):
        return _extract_packed(content, name, mapping, lexicon)
    if suffix == ".csv":
        from zjcompare.report.sheets import read_csv_rows, write_rows

        return write_rows(read_csv_rows(decode(content, encoding, name), name), name, mapping, lexicon)
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if suffix in {".html", ".htm"} or (head.startswith(_PAGE_STARTS) and b"<html" in content[:4096].lower()):
        return extract_page(decode(content, encoding, name))
    if suffix in {".docx", ".xlsx", ".pdf", ".png", ".jpg", ".jpeg"} and content:
        raise ReadError(f"{name}: is no {suffix} file, or a damaged one")
    return decode(content, encoding, name)


def _extract_packed(content: bytes, name: str, mapping: Mapping[str, str] | None, lexicon: Lexicon) -> str:
    """Read a Word document or a workbook, which are archives; one that unpacks to too much is refused unread."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {member.filename: member for member in archive.infolist()}
            if sum(member.file_size for member in members.values()) > LARGEST:
                raise ReadError(f"{name}: unpacks to more than {LARGEST // 2**20} MiB")
            if any(member.compress_type not in _PACKINGS for member in members.values()):
                raise ReadError(f"{name}: is packed in a way that no Word document or workbook is")
            if DOCUMENT in members:
                return extract_words({part: _unpack(archive, part) for part in PARTS if part in members}, name)
    except _DAMAGES as error:
        raise ReadError(f"{name}: is a damaged or encrypted archive: {error}") from error
    if "xl/workbook.xml" in members:
        from zjcompare.report.sheets import read_workbook_rows, write_sheets

        return write_sheets(read_workbook_rows(content, name), name, mapping, lexicon)
    raise ReadError(f"{name}: is an archive, but neither a Word document nor a workbook")


def _unpack(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as stream:
        return stream.read(LARGEST)
