"""Lexicon → vocabulary: each word that a name may hold, and what it says, ready to be looked up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from zjcompare.errors import LexiconError
from zjcompare.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Place = Literal["any", "start", "end"]

_PROPORTION = ("proportion", "part")
_DROPPED = "“”‘’\"'「」『』《》〈〉【】［］[]*#·•●○■◆_ \t\r\n\u3000\u00a0\ufeff\u200b~～、，,;；:：!！?？。…—①②③④⑤⑥⑦⑧⑨⑩"
_FOLDED = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict(zip("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", "I II III IV V VI VII VIII IX X".split(), strict=True)),
    **dict(zip("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789", strict=True)),
    **{"㎡": "M2", "㎞": "KM", "㎏": "KG", "㎥": "M3", "〔": "(", "〕": ")", "﹪": "%"},
}


@dataclass(frozen=True, slots=True)
class Word:
    """What one word of a name says: its usual writing, what of it is content, and the facets that it sets."""

    standard: str
    core: str
    facets: frozenset[tuple[str, str]]
    whole: str = ""
    place: Place = "any"


@dataclass(frozen=True, eq=False, slots=True)
class Vocabulary:
    """The compiled lexicon of names.

    `words` maps a folded word to what it says, `lengths` a first character to the lengths of the words that begin
    with it, longest first; `strict` maps a facet's value to "yes" where a name that is silent of the facet is another
    indicator, to "ask" where a person must say; `units` maps a folded unit to its dimension; `characters` is a table
    for `str.translate`.
    """

    words: Mapping[str, Word]
    lengths: Mapping[str, tuple[int, ...]]
    strict: Mapping[tuple[str, str], str]
    units: Mapping[str, str]
    characters: Mapping[int, str | None]

    def fold(self, text: str) -> str:
        """Give `text` with script, width, case and Roman numerals folded, quotes, blanks and commas taken out."""
        return text.translate(self.characters)


@lru_cache(maxsize=4)
def compile_vocabulary(lexicon: Lexicon) -> Vocabulary:
    """Compile what a lexicon knows of names; raises `LexiconError` where one word is given two meanings."""
    characters = _characters(lexicon)
    plain = dict(_plain_words(lexicon, characters))
    words, lengths = dict(plain), _lengths(plain)
    for word, means in _abbreviations(lexicon, characters):
        words[word] = take_apart(means, plain, lengths)
    strict = {(row["facet"], row["value"]): row["strict"] for row in lexicon.rows("facets")}
    units = {
        unit.translate(characters): row["dimension"]
        for row in lexicon.rows("dimensions")
        for unit in row["units"].split("|")
    }
    return Vocabulary(words, _lengths(words), strict, units, characters)


def take_apart(folded: str, words: Mapping[str, Word], lengths: Mapping[str, tuple[int, ...]]) -> Word:
    """Read a folded name once, left to right, the longest word first, and give all that its words say together.

    After 占 begins what the share is a share of: it goes to `whole`, and its facets are not those of the name.
    """
    standard: list[str] = []
    core: list[str] = []
    whole: list[str] = []
    facets: set[tuple[str, str]] = set()
    at, in_whole = 0, False
    while at < len(folded):
        length = _word_length(folded, at, words, lengths)
        if not length:
            standard.append(folded[at])
            (whole if in_whole else core).append(folded[at])
            at += 1
            continue
        word = words[folded[at : at + length]]
        standard.append(word.standard)
        if in_whole and _PROPORTION not in word.facets:
            whole.append(word.standard)
        else:
            core.append(word.core)
            facets |= word.facets
            whole.append(word.whole)
        in_whole = in_whole or word.standard == "占"
        at += length
    return Word("".join(standard), "".join(core), frozenset(facets), "".join(whole))


def _word_length(text: str, at: int, words: Mapping[str, Word], lengths: Mapping[str, tuple[int, ...]]) -> int:
    """Give the length of the longest word of the vocabulary that stands in `text` at `at`, 0 where none does."""
    for length in lengths.get(text[at], ()):
        word = words.get(text[at : at + length])
        if word is not None and at + length <= len(text) and _may_stand(word, text, at, at + length):
            return length
    return 0


def _may_stand(word: Word, text: str, start: int, end: int) -> bool:
    if word.place == "start":
        return start == 0
    return word.place == "any" or end == len(text) or text[end] in "占增比(同"


def _plain_words(lexicon: Lexicon, characters: Mapping[int, str | None]) -> Iterator[tuple[str, Word]]:
    for row in lexicon.rows("neutral"):
        if row["place"] not in ("any", "start", "end"):
            raise LexiconError(f"neutral.csv: {row['word']}: place is {row['place']!r}, should be any, start or end")
        yield row["word"].translate(characters), Word("", "", frozenset(), "", row["place"])  # type: ignore[arg-type]  # checked above
    facets: dict[str, set[tuple[str, str]]] = {}
    for row in lexicon.rows("facets"):
        for word in row["words"].split("|"):
            facets.setdefault(word.translate(characters), set()).add((row["facet"], row["value"]))
    for text, values in facets.items():
        yield text, Word(text, "", frozenset(values))
    for row in lexicon.rows("compounds"):
        text = row["word"].translate(characters)
        yield text, Word(text, text, frozenset())


def _abbreviations(lexicon: Lexicon, characters: Mapping[int, str | None]) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for row in lexicon.rows("abbreviations"):
        means = row["means"].translate(characters)
        for word in (row["means"], *row["words"].split("|")):
            folded = word.translate(characters)
            if seen.setdefault(folded, means) != means:
                raise LexiconError(f"abbreviations.csv: {word} means both {seen[folded]} and {means}")
            yield folded, means


def _lengths(words: Mapping[str, Word]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


@lru_cache(maxsize=4)
def _characters(lexicon: Lexicon) -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(row["traditional"]): row["simplified"] for row in lexicon.rows("script")}
    table |= {ord(wide): narrow.upper() for wide, narrow in _FOLDED.items()}
    table |= {code: chr(code).upper() for code in range(ord("a"), ord("z") + 1)}
    return table | dict.fromkeys(map(ord, _DROPPED))
