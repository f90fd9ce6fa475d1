"""A document → Report: its text as stored, and where, when and what it is."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zjcompare.errors import ReadError
from zjcompare.layouts import ROLES
from zjcompare.lexicon import Lexicon
from zjcompare.report.decoding import valid_unicode
from zjcompare.report.folders import find_documents
from zjcompare.report.formats import LARGEST, extract_text
from zjcompare.report.headings import find_heading, find_year
from zjcompare.report.places import find_place, official_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO, TextIO

__all__ = ["LARGEST", "Report", "find_documents", "read"]


@dataclass(frozen=True)
class Report:
    """One document as it was read: the stored text, and what is known about it.

    `year` is the year under review (a report delivered in 2024 about 2023 has 2023); offsets of observations count
    Unicode code points of `text`.
    """

    text: str
    place: str
    year: int
    kind: str = ""
    title: str = ""
    source: str = ""
    edition: int = 1

    @cached_property
    def id(self) -> str:
        """The SHA-256 digest of the stored text, in hex."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def read(
    source: str | os.PathLike[str] | bytes | TextIO | BinaryIO,
    *,
    place: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    edition: int = 1,
    encoding: str | None = None,
    mapping: Mapping[str, str] | None = None,
    lexicon: Lexicon | None = None,
) -> Report:
    r"""Read one document: a path, its bytes, or an open stream.

    The formats are text, Markdown, HTML, Word (.docx), PDF, tables of figures (.xlsx, .csv) and pictures (.png, .jpg);
    some need an extra, and the error names it. What a document shows is extracted to text; that is stored, and all
    offsets refer to it. `mapping` names the heads of a table's columns where they are not known: one for each of
    indicator, place, year, unit, value, growth and rank that it has.

    Place, year under review and kind are found in the title and the text where they are not given; a kind that is
    not found is empty. A place is named as the official list of divisions names it today (镇江 → 镇江市); a given
    place that is not on the list (a development zone, a town) stays as given. Bytes are UTF-8, GB18030, Big5 or
    UTF-16 with a mark, unless `encoding` says otherwise.

    Raises `ReadError`, saying what was found and what to give, where the document has no readable text, or its place
    or year is missing or ambiguous.

    >>> report = read("2024年浙江省政府工作报告\n去年，全省粮食总产量达到639万吨。".encode())
    >>> report.place, report.year, report.kind
    ('浙江省', 2023, '政府工作报告')
    """
    known = lexicon or Lexicon.default()
    if unknown := set(mapping or ()) - set(ROLES):
        raise ValueError(f"mapping has no role {', '.join(sorted(unknown))}; the roles are {', '.join(ROLES)}")
    content, name = _content_of(source)
    _check_size(len(content), name)
    if isinstance(content, bytes):
        content = extract_text(content, name, encoding, mapping, known)
    text = valid_unicode(content)
    if not text.strip():
        raise ReadError(f"{name}: holds no text")
    heading = find_heading(text, Path(name).stem if name != _STREAM else "", name, known)
    found_kind = heading.kind if kind is None else kind
    return Report(
        text=text,
        place=official_name(place, known) if place else find_place(heading, text, known),
        year=find_year(heading, found_kind, known) if year is None else _checked(year),
        kind=found_kind,
        title=heading.title,
        source="" if name == _STREAM else os.fsencode(name).decode("utf-8", "replace"),
        edition=edition,
    )


_STREAM = "the document"


def _content_of(source: Any) -> tuple[bytes | str, str]:
    """Give the bytes of a source, or the text of a text stream, and the name by which errors call it."""
    if isinstance(source, bytes):
        return source, _STREAM
    if hasattr(source, "read"):
        name = getattr(source, "name", None)
        return source.read(LARGEST + 1), name if isinstance(name, str) else _STREAM
    path = Path(source)
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1), str(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        hint = "to read a text itself, give io.StringIO(text)"
        raise ReadError(f"{_shown(path)}: cannot be opened: {reason} ({hint})") from error


def _check_size(size: int, name: str) -> None:
    if size > LARGEST:
        raise ReadError(f"{name}: is larger than {LARGEST // 2**20} MiB, which no report is")


def _shown(path: Path) -> str:
    name = str(path)
    return name if len(name) <= 200 else f"{name[:200]}…"


def _checked(year: int) -> int:
    if not 1900 <= year <= 2200:
        raise ValueError(f"year={year!r} is no year")
    return int(year)
