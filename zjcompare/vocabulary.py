"""Lexicon → vocabulary: each word that a name may hold, and what it says, ready to be looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, cast

from zjcompare.errors import LexiconError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zjcompare.lexicon import Lexicon

Place = Literal["any", "start", "end", "alone"]

_PROPORTION = ("proportion", "part")
_RATE = ("share", "rate")
_ADDED = ("measure", "added")
_MEASURED = re.compile(r"(?<=..)(?:总额|总值|总量|总数|金额|(?<!余)额|数量|数)$")
_DROPPED = "“”‘’\"'「」『』《》〈〉【】［］[]*#·•●○■◆_ \t\r\n\u3000\u00a0\ufeff\u200b~～、，,;；:：!！?？。…—①②③④⑤⑥⑦⑧⑨⑩"
_FOLDED = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict(zip("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"], strict=True)),
    **dict(zip("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789", strict=True)),
    "㎡": "M2",
    "㎞": "KM",
    "㎏": "KG",
    "㎥": "M3",
    "〔": "(",
    "〕": ")",
    "﹪": "%",
}


@dataclass(frozen=True, slots=True)
class Word:
    """What a word, or a name, says: its usual writing, what of it is content, and the facets that it sets.

    `whole` is what a share is a share of; `plain` the writing as given, without the words of two characters and more
    that say nothing, `bare` without any word that says nothing; `loose` how many characters no word accounts for,
    `parts` how many words and such characters say something; `place` where the word may stand, `alone` if nothing else
    may be said.
    """

    standard: str
    core: str
    facets: frozenset[tuple[str, str]]
    whole: str = ""
    plain: str = ""
    bare: str = ""
    loose: int = 0
    parts: int = 1
    place: Place = "any"


@dataclass(frozen=True, eq=False, slots=True)
class Vocabulary:
    """The compiled lexicon of names.

    `words` maps a folded word to what it says, `lengths` two characters to the lengths of the words that begin
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
    if "" in plain:
        raise LexiconError("a word of neutral.csv, facets.csv or compounds.csv consists of marks alone")
    words, lengths = dict(plain), _lengths(plain)
    for word, means in _abbreviations(lexicon, characters):
        says = take_apart(means, plain, lengths)
        elliptic = "占" in means[:-2] and "占" not in word[:-2]
        words[word] = replace(says, place="alone") if elliptic else says
    strict = {(row["facet"], row["value"]): row["strict"] for row in lexicon.rows("facets")}
    units = {
        unit.translate(characters): row["dimension"]
        for row in lexicon.rows("dimensions")
        for unit in row["units"].split("|")
    }
    return Vocabulary(words, _lengths(words), strict, units, characters)


def take_apart(folded: str, words: Mapping[str, Word], lengths: Mapping[str, tuple[int, ...]]) -> Word:
    """Read a folded name once, left to right, the longest word first, and give all that its words say together.

    After 占 begins what the share is a share of: it goes to `whole`, and its facets are not those of the name; what is
    a share of GDP is an added value, said or not. A word that leaves out what it is a share of (税收占比) is the whole
    name: 出口中税收占比 is a share of something else.
    """
    plain: list[str] = []
    bare: list[str] = []
    standard: list[str] = []
    core: list[str] = []
    whole: list[str] = []
    facets: set[tuple[str, str]] = set()
    at, loose, content = 0, 0, core
    while at < len(folded):
        text, word = _find_word(folded, at, words, lengths, bare)
        at += len(text)
        if word is None:
            loose += 1
            plain.append(text)
            bare.append(text)
            standard.append(text)
            content.append(text)
            continue
        if word.standard or len(text) == 1:
            plain.append(text)
        if word.standard:
            bare.append(text)
        standard.append(word.standard)
        if content is whole and _PROPORTION not in word.facets and word.facets != {_RATE}:
            whole.append(word.standard)
            continue
        core.append(word.core)
        facets |= word.facets
        if word.whole:
            whole.append(word.whole)
        if text == "占":
            content = whole
    shared = _MEASURED.sub("", "".join(whole).replace("国内生产总值", "GDP").replace("国民经济", "GDP"))
    if shared == "GDP":
        facets.discard(_ADDED)
    said = "".join(bare)
    return Word("".join(standard), "".join(core), frozenset(facets), shared, "".join(plain), said, loose, len(bare))


def _find_word(
    folded: str, at: int, words: Mapping[str, Word], lengths: Mapping[str, tuple[int, ...]], said: Sequence[str]
) -> tuple[str, Word | None]:
    """Give the longest word of the vocabulary that stands in `folded` at `at`, else the character there and None.

    `said` are the words before it that say something.
    """
    pair = folded[at : at + 2]
    for length in lengths.get(pair) or lengths.get(pair[0], ()):
        text = folded[at : at + length]
        word = words.get(text)
        if word is not None and (word.place == "any" or _may_stand(word.place, folded, at, len(text), said)):
            return text, word
    return pair[0], None


def _may_stand(place: Place, folded: str, start: int, length: int, said: Sequence[str]) -> bool:
    end = start + length
    if place == "start":
        return start == 0
    if place == "alone":
        placed = not said or (said[-1] in "省市县区州盟旗" and all(len(text) == 1 for text in said))
        return placed and end == len(folded)
    return end == len(folded) or folded[end] in "占增比(同"


def _plain_words(lexicon: Lexicon, characters: Mapping[int, str | None]) -> Iterator[tuple[str, Word]]:
    for row in lexicon.rows("neutral"):
        place = cast("Place", row["place"])
        yield row["word"].translate(characters), Word("", "", frozenset(), place=place)
    facets: dict[str, set[tuple[str, str]]] = {}
    own: set[str] = set()
    for row in lexicon.rows("facets"):
        for word in row["words"].split("|"):
            facets.setdefault(word.translate(characters), set()).add((row["facet"], row["value"]))
            if row["facet"] == "scope" and not row["strict"]:
                own.add(word.translate(characters))
    for text, values in facets.items():
        yield text, Word("" if text in own else text, "", frozenset(values))
    for row in lexicon.rows("compounds"):
        text = row["word"].translate(characters)
        yield text, Word(text, text, frozenset())


def _abbreviations(lexicon: Lexicon, characters: Mapping[int, str | None]) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for row in lexicon.rows("abbreviations"):
        means = row["means"].translate(characters)
        for word in (row["means"], *row["words"].split("|")):
            folded = word.translate(characters).replace("(", "").replace(")", "")
            if not folded:
                raise LexiconError(f"abbreviations.csv: {word} of {row['means']} consists of marks alone")
            if seen.setdefault(folded, means) != means:
                raise LexiconError(f"abbreviations.csv: {word} means both {seen[folded]} and {means}")
    yield from seen.items()
    swapped: dict[str, set[str]] = {}
    for word, means in (*_swapped(seen, lexicon, characters), *_turned(seen, lexicon, characters)):
        swapped.setdefault(word, set()).add(means)
    yield from ((word, found.pop()) for word, found in swapped.items() if word not in seen and len(found) == 1)


def _swapped(
    seen: Mapping[str, str], lexicon: Lexicon, characters: Mapping[int, str | None]
) -> Iterator[tuple[str, str]]:
    """Give each word as it reads with parts of it written the other way, up to two of them."""
    pairs = [
        (row[one].translate(characters), row[other].translate(characters))
        for row in lexicon.rows("swaps")
        for one, other in (("one", "other"), ("other", "one"))
    ]
    last = dict(seen)
    for _ in range(2):
        last = {
            word.replace(one, other, 1): means
            for word, means in last.items()
            for one, other in pairs
            if one in word and not (one in other and other in word)
        }
        yield from last.items()


def _turned(
    seen: Mapping[str, str], lexicon: Lexicon, characters: Mapping[int, str | None]
) -> Iterator[tuple[str, str]]:
    """Give each word that begins or ends with a deed as it reads with the deed at its other end: 加装电梯, 电梯加装."""
    made = {row["cue"].translate(characters) for row in lexicon.rows("cues") if row["kind"] == "make"}
    for word, means in seen.items():
        for cut in range(2, len(word) - 1):
            if word[:cut] in made or word[cut:] in made:
                yield word[cut:] + word[:cut], means


def _lengths(words: Mapping[str, Word]) -> dict[str, tuple[int, ...]]:
    """Give the lengths of the words that begin with two characters, or are the first of them, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[:2], set()).add(len(word))
    for pair, found in lengths.items():
        if pair[:1] in lengths:
            found.add(1)
    return {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}


@lru_cache(maxsize=4)
def _characters(lexicon: Lexicon) -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(row["traditional"]): row["simplified"] for row in lexicon.rows("script")}
    table |= {ord(wide): narrow.upper() for wide, narrow in _FOLDED.items()}
    table |= {code: chr(code).upper() for code in range(ord("a"), ord("z") + 1)}
    return table | dict.fromkeys(map(ord, _DROPPED))
