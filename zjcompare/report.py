"""A document → Report: its text as stored, and where, when and what it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property


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
