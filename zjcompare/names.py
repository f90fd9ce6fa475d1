"""Text of an indicator → Name: what it is about, and the facets that set it apart from names like it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from zjcompare.lexicon import Lexicon
from zjcompare.vocabulary import Vocabulary, compile_vocabulary, take_apart

_LIST_NUMBER = re.compile(r"^\s*(?:[0-9０-９]{1,2}\s*[、.．)）](?![0-9])|[一二三四五六七八九十]{1,3}[、.．]|[(（][0-9一二三四五六七八九十]{1,3}[)）])\s*")
_YEAR = re.compile(r"(?:截至|截止|到|至)?(?:19|20)[0-9]{2}年(?:底|末|度|全年)?|“?十[一二三四五]五”?(?:期间|时期)")
_BRACKET = re.compile(r"\(([^()]*)\)")
_UNIT = re.compile(r"^(?:单位)?[十百千万亿]*(.+)$")
_PREVIOUS_YEAR = re.compile(r"(?:以)?上年(?:同期|同月)?(?:=|为)100")


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator's name taken apart.

    `folded` is the text in one script and width without years and units, `standard` its usual writing, in order; `core` the content that no facet accounts for, in order; `facets` what
    sets it apart, as (facet, value) pairs; `whole` what a share is a share of; `dimension` the kind of quantity that
    a unit printed in the name stands for, empty where none is printed.
    """

    text: str
    folded: str
    standard: str
    core: str
    facets: frozenset[tuple[str, str]]
    whole: str = ""
    dimension: str = ""

    @property
    def key(self) -> tuple[str, frozenset[tuple[str, str]], str]:
        """Equal for two names that say the same whatever the order of their words."""
        return "".join(sorted(self.core)), self.facets, self.whole


def read_name(text: str, lexicon: Lexicon | None = None) -> Name:
    """Take the name of an indicator apart.

    >>> name = read_name("2023年全市规上工业增加值（亿元）")
    >>> name.standard, name.core, sorted(name.facets), name.dimension
    ('规上工业增加值', '工业', [('measure', 'added'), ('size', 'designated')], 'money')
    """
    return _read(text, compile_vocabulary(lexicon or Lexicon.default()))


def dimension_of(unit: str | None, lexicon: Lexicon | None = None) -> str:
    """Give the dimension of a unit (`money`, `people`, `count` …), empty where the unit says nothing.

    >>> dimension_of("亿元"), dimension_of("家"), dimension_of(None)
    ('money', 'count', '')
    """
    return _dimension(unit or "", compile_vocabulary(lexicon or Lexicon.default()))


@lru_cache(maxsize=4096)
def _read(text: str, vocabulary: Vocabulary) -> Name:
    folded = _PREVIOUS_YEAR.sub("", vocabulary.fold(_YEAR.sub("", _LIST_NUMBER.sub("", text))))
    folded, dimension = _open_brackets(folded, vocabulary)
    word = take_apart(folded, vocabulary.words, vocabulary.lengths)
    return Name(text, folded, word.standard, word.core, word.facets, word.whole, dimension)


def _open_brackets(folded: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Take a bracketed unit out of a name, and the brackets off everything else."""
    dimension = ""
    if "(" not in folded:
        return folded, dimension
    for inside in _BRACKET.findall(folded):
        found = _dimension(inside, vocabulary)
        if found:
            dimension = found
            folded = folded.replace(f"({inside})", "", 1)
    return folded.replace("(", "").replace(")", ""), dimension


def _dimension(unit: str, vocabulary: Vocabulary) -> str:
    folded = vocabulary.fold(unit)
    if folded in vocabulary.units:
        return vocabulary.units[folded]
    bare = _UNIT.match(folded)
    return vocabulary.units.get(bare[1], "") if bare else ""
