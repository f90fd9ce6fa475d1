"""Two spellings → whether one is a slip of the other: a wrong, missing, doubled or swapped character."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from zjcompare.vocabulary import compile_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zjcompare.lexicon import Lexicon

_NUMERALS = frozenset("0123456789一二三四五六七八九十百千万亿两IVX%")
_TELLING = frozenset(
    "进出男女国省市县区乡镇村非不无新净高低大小中内外东西南北金银铜铁锡铅锌铝钨钼锰镍钴锑钒类种级甲乙"
    "丙丁首前后左右老幼公私"
)


@dataclass(frozen=True, eq=False, slots=True)
class Spelling:
    """What is known of well-formed names: the characters and pairs of characters in them, and which are mistaken.

    `near` maps what is left of a word of the vocabulary when one character is left out to the words it may be.
    """

    characters: frozenset[str]
    bigrams: frozenset[str]
    alike: Mapping[str, frozenset[str]]
    near: Mapping[str, tuple[str, ...]]

    def is_known(self, text: str) -> bool:
        """Say whether each two neighbours in `text` stand together in well-formed names."""
        return {one + other for one, other in pairwise(text)} <= self.bigrams


@lru_cache(maxsize=4)
def compile_spelling(lexicon: Lexicon) -> Spelling:
    """Compile the spelling tables of a lexicon, and the words of its names."""
    vocabulary = compile_vocabulary(lexicon)
    bigrams = {row["first"] + follower for row in lexicon.rows("bigrams") for follower in row["followers"]}
    for word, says in vocabulary.words.items():
        for text in (word, says.standard):
            bigrams |= {text[at : at + 2] for at in range(len(text) - 1)}
    alike: dict[str, set[str]] = {}
    for row in lexicon.rows("sounds"):
        for character in row["characters"]:
            alike.setdefault(character, set()).update(row["characters"])
    for row in lexicon.rows("lookalikes"):
        alike.setdefault(row["character"], set()).update(row["alike"])
    characters = frozenset("".join(bigrams))
    near = index_spellings(word for word in vocabulary.words if len(word) >= 4)
    return Spelling(characters, frozenset(bigrams), {one: frozenset(others) for one, others in alike.items()}, near)


def index_spellings(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give which of `texts` each text may be that is one edit from them: keyed by them with one character left out."""
    near: dict[str, list[str]] = {}
    for text in texts:
        for variant in _variants(text):
            near.setdefault(variant, []).append(text)
    return {variant: tuple(found) for variant, found in near.items()}


def find_meant(text: str, near: Mapping[str, tuple[str, ...]], spelling: Spelling) -> tuple[str, Slip] | None:
    """Give the one text of an index that `text` surely is a slip of, and the slip; None where there is none, or two.

    >>> from zjcompare.lexicon import Lexicon
    >>> spelling = compile_spelling(Lexicon.default())
    >>> find_meant("社会消费品零售总頟", spelling.near, spelling)
    ('社会消费品零售总额', Slip(edit='頟/额', sure=True))
    """
    found = [(meant, slip) for meant, slip in find_slips(text, near, spelling).items() if slip.sure]
    return found[0] if len(found) == 1 else None


def find_slips(text: str, near: Mapping[str, tuple[str, ...]], spelling: Spelling) -> dict[str, Slip]:
    """Give the texts of an index of well-formed ones that `text`, which is not, may be a slip of, with the slips."""
    found: dict[str, Slip] = {}
    if spelling.is_known(text):
        return found
    for variant in _variants(text):
        for meant in near.get(variant, ()):
            if meant not in found:
                slip = find_slip(text, meant, spelling)
                if slip is not None:
                    found[meant] = slip
    return found


def _variants(text: str) -> set[str]:
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}


@dataclass(frozen=True, slots=True)
class Slip:
    """One edit that parts two texts of which one is well formed there and the other is not.

    `sure` where what was written and what was meant are known to be mistaken for each other, or where what was written
    is doubled, missing or no character of any name; else the two may be two words.
    """

    edit: str
    sure: bool


def find_slip(first: str, second: str, spelling: Spelling) -> Slip | None:
    """Give the edit by which one of two texts is a slip of the other, None where neither is.

    >>> from zjcompare.lexicon import Lexicon
    >>> spelling = compile_spelling(Lexicon.default())
    >>> find_slip("一般公共预算收入", "一般公共预算收人", spelling)
    Slip(edit='人/入', sure=True)
    >>> find_slip("生猪存栏", "生猪出栏", spelling)
    """
    if abs(len(first) - len(second)) > 1 or min(len(first), len(second)) < 4 or first == second:
        return None
    start, end = _shared_ends(first, second)
    ours, theirs = first[start : len(first) - end], second[start : len(second) - end]
    swapped = len(ours) == len(theirs) == 2 and ours == theirs[::-1]
    if not swapped and max(len(ours), len(theirs)) > 1:
        return None
    if _NUMERALS & {*ours, *theirs}:
        return None
    odd, even = _count_odd(first, start, end, spelling), _count_odd(second, start, end, spelling)
    if (odd > 0) == (even > 0):
        return None
    wrong, right, count = (ours, theirs, odd) if odd else (theirs, ours, even)
    if _TELLING & {*(wrong or right)} and not swapped:
        return None
    neighbours = first[max(start - 1, 0) : start] + second[len(second) - end :][:1]
    sure = _is_sure(wrong, right, neighbours, spelling)
    edge = not start or not end
    likely = sure or count > 1 or (edge and len(right) == 1 and min(len(first), len(second)) > 4)
    return Slip("/".join(sorted((ours or "–", theirs or "–"))), sure) if likely else None


def _is_sure(wrong: str, right: str, neighbours: str, spelling: Spelling) -> bool:
    if not wrong:
        return len(neighbours) == 2
    if len(wrong) == 1 and len(right) == 1 and right in spelling.alike.get(wrong, ()):
        return True
    return wrong in neighbours or wrong not in spelling.characters or len(wrong) == 2


def _shared_ends(first: str, second: str) -> tuple[int, int]:
    shorter = min(len(first), len(second))
    start = 0
    while start < shorter and first[start] == second[start]:
        start += 1
    end = 0
    while end < shorter - start and first[-1 - end] == second[-1 - end]:
        end += 1
    return start, end


def _count_odd(text: str, start: int, end: int, spelling: Spelling) -> int:
    """Count the pairs of neighbours in `text`, around where it differs, that no well-formed name has."""
    around = text[max(start - 1, 0) : len(text) - end + 1]
    return sum(around[at : at + 2] not in spelling.bigrams for at in range(len(around) - 1))
