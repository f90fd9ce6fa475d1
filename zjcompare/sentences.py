"""Facts → sentences in Chinese and English, from the patterns of the lexicon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Protocol

from zjcompare.errors import LexiconError
from zjcompare.figures import Figure
from zjcompare.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping


class Told(Protocol):
    """Anything that has its words in both languages: a `Figure`, or `Words`."""

    @property
    def zh(self) -> str:
        """Give the Chinese words."""

    @property
    def en(self) -> str:
        """Give the English words."""


@dataclass(frozen=True, slots=True)
class Words:
    """A name or phrase in both languages; the English falls back on the Chinese."""

    zh: str
    english: str = ""

    @property
    def en(self) -> str:
        """Give the English words, the Chinese where there are none."""
        return self.english or self.zh


@dataclass(frozen=True, slots=True)
class Sentence:
    """One fact in words, and the figures that the Chinese sentence prints, as rounded there."""

    zh: str
    en: str
    figures: tuple[tuple[float, str], ...]


def write_sentence(key: str, told: Mapping[str, Told], lexicon: Lexicon) -> Sentence:
    """Fill the pattern named `key` with what is told; `KeyError` for a pattern or slot that does not exist."""
    zh, en = _patterns(lexicon)[key]
    slots = [name for _, name, _, _ in Formatter().parse(zh) if name]
    printed = [told[name] for name in slots]
    figures = tuple((one.value, one.unit) for one in printed if isinstance(one, Figure))
    english = en.format_map({name: one.en for name, one in told.items()})
    if english.endswith("."):
        english = english[:1].upper() + english[1:]
    return Sentence(zh.format_map({name: one.zh for name, one in told.items()}), english, figures)


def words_of(key: str, lexicon: Lexicon) -> Words:
    """Give a phrase of the lexicon that has no slots."""
    return Words(*_patterns(lexicon)[key])


def area_of(name: str, lexicon: Lexicon) -> Words:
    """Give the name of a place or of the area of a ranking, in English where the lexicon has it."""
    return Words(name, _english_places(lexicon).get(name, ""))


@lru_cache(maxsize=8)
def _english_places(lexicon: Lexicon) -> dict[str, str]:
    return {row["place"]: row["english"] for row in lexicon.rows("english_places")}


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> dict[str, tuple[str, str]]:
    patterns = {row["key"]: (row["zh"], row["en"]) for row in lexicon.rows("sentences")}
    shipped = {row["key"]: row["zh"] for row in Lexicon.default().rows("sentences")}
    for key, (zh, en) in patterns.items():
        slots = _slots(zh, key)
        if slots != _slots(en, key):
            raise LexiconError(f"sentences.csv, key {key}: the Chinese and the English have different slots")
        if unknown := slots - _slots(shipped.get(key, zh), key):
            raise LexiconError(f"sentences.csv, key {key}: nothing is told as {', '.join(sorted(unknown))}")
    return patterns


def _slots(pattern: str, key: str) -> set[str]:
    """Give the names of the slots; a slot holds a name alone, no format of its own."""
    try:
        parts = [part for part in Formatter().parse(pattern) if part[1] is not None]
    except ValueError as error:
        raise LexiconError(f"sentences.csv, key {key}: {error}") from error
    if any(spec or conversion for _, _, spec, conversion in parts):
        raise LexiconError(f"sentences.csv, key {key}: a slot holds a name alone, as {{place}}")
    return {name or "" for _, name, _, _ in parts}
