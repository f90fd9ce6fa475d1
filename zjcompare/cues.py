"""Lexicon → cues: the words of each kind, and patterns that find any of them."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zjcompare.lexicon import Lexicon

    Cues = Mapping[str, Mapping[str, str]]


@lru_cache(maxsize=8)
def read_cues(lexicon: Lexicon) -> Cues:
    """Give the cues of a lexicon by kind, each with its value.

    >>> from zjcompare.lexicon import Lexicon
    >>> read_cues(Lexicon.default())["bound"]["超过"]
    '>'
    """
    kinds: dict[str, dict[str, str]] = {}
    for row in lexicon.rows("cues"):
        kinds.setdefault(row["kind"], {})[row["cue"]] = row["value"]
    return MappingProxyType(kinds)


def first_of(cues: Iterable[str]) -> str:
    """Give the first characters of some cues, to stand in a class of a pattern."""
    return re.escape("".join(sorted({cue[0] for cue in cues})))


def one_of(cues: Iterable[str], guards: Mapping[str, str] | None = None) -> str:
    """Give an alternation of the cues, longest first; a guarded cue does not count before the guard's characters.

    Cues with the same first character share a branch, so that a place where none begins is passed over fast.
    """
    guarded = {cue: f"(?![{re.escape(characters)}])" for cue, characters in (guards or {}).items() if characters}
    branches: dict[str, list[str]] = {}
    for cue in sorted(set(cues), key=lambda cue: (-len(cue), cue)):
        branches.setdefault(re.escape(cue[0]), []).append(re.escape(cue[1:]) + guarded.get(cue, ""))
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in branches.items())
