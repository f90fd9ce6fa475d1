"""A row of a lexicon file → what is wrong with it: a pattern that does not compile, a word that says nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?")


def find_fault(row: Mapping[str, str], layout: Mapping[str, Any]) -> str | None:
    """Give what is wrong with a row by the layout of its table (`tables.toml`), None where nothing is."""
    for column in layout["filled"]:
        if not row[column].strip():
            return f"{column} is empty"
    for column in layout.get("numbers", ()):
        if row[column] and not _NUMBER.fullmatch(row[column]):
            return f"{column} is {row[column]!r}, should be a number"
    for column in layout.get("positive", ()):
        if float(row[column]) <= 0:
            return f"{column} is {row[column]!r}, should be more than 0"
    for column in layout.get("words", ()):
        if not all(row[column].split("|")):
            return f"{column} has an empty word beside a |"
    for column, choices in layout.get("choices", {}).items():
        if row[column] not in choices:
            return f"{column} is {row[column]!r}, should be one of {', '.join(filter(None, choices))}"
    return next(filter(None, (_broken(row[column], column) for column in layout.get("patterns", ()))), None)


def _broken(pattern: str, column: str) -> str | None:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return f"{column} is no regular expression: {error}"
    return None
