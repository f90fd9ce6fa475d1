"""Text of an indicator → Name: what it is about, and the facets that set it apart from names like it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from zjcompare.lexicon import Lexicon
from zjcompare.spelling import Spelling, compile_spelling, find_meant
from zjcompare.vocabulary import Vocabulary, compile_vocabulary, take_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LIST_NUMBER = re.compile(
    r"""^\s*(?: [0-9０-９]{1,2} \s* [、.．)）] (?![0-9])
          | [一二三四五六七八九十]{1,3} [、.．]
          | [(（] [0-9一二三四五六七八九十]{1,3} [)）] )\s*""",
    re.VERBOSE,
)
_PERIOD = re.compile(
    r"""(?:截至|截止|到|至)? (?:19|20)[0-9]{2}年 (?:底|末|度|全年)?
      | 十[一二三四五]五 (?:期间|时期)
      | 以?上年 (?:同期|同月)? [=为] 100""",
    re.VERBOSE,
)
_OWN = frozenset({("scope", "city"), ("scope", "county")})
_BRACKET = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator's name taken apart.

    `plain` is the text in one script and width, without periods, units and words that say nothing; `standard` its usual
    writing, in order; `core` the content that no facet accounts for; `facets` what sets it apart, as (facet, value)
    pairs; `whole` what a share is a share of; `dimension` the kind of quantity that a unit printed in the name stands
    for; `slip` the character that was written for another, where the vocabulary holds what was meant.
    """

    text: str
    plain: str
    standard: str
    core: str
    facets: frozenset[tuple[str, str]]
    whole: str = ""
    dimension: str = ""
    slip: str = ""

    @property
    def key(self) -> str:
        """Equal for two names that say the same of the report's own place, whatever the order of their words."""
        return f"{''.join(sorted(self.core))}|{_facet_key(self.facets)}|{self.whole}"


def read_name(text: str, lexicon: Lexicon | None = None) -> Name:
    """Take the name of an indicator apart.

    >>> name = read_name("2023年全市规上工业增加值（亿元）")
    >>> name.standard, name.core, name.dimension
    ('规上工业增加值', '工业', 'money')
    >>> sorted(name.facets)
    [('measure', 'added'), ('scope', 'city'), ('size', 'designated')]
    """
    return _read_once(text, lexicon or Lexicon.default())


def read_names(texts: Iterable[str], lexicon: Lexicon | None = None) -> Iterator[Name]:
    """Take many names apart, one by one, as `read_name` does."""
    lexicon = lexicon or Lexicon.default()
    vocabulary, spelling = compile_vocabulary(lexicon), compile_spelling(lexicon)
    for text in texts:
        yield _read(text, vocabulary, spelling)


def dimension_of(unit: str | None, lexicon: Lexicon | None = None) -> str:
    """Give the dimension of a unit (`money`, `people`, `count` …), empty where the unit says nothing.

    >>> dimension_of("亿元"), dimension_of("家"), dimension_of(None)
    ('money', 'count', '')
    """
    return _dimension(unit or "", compile_vocabulary(lexicon or Lexicon.default()))


@lru_cache(maxsize=4096)
def _read_once(text: str, lexicon: Lexicon) -> Name:
    return _read(text, compile_vocabulary(lexicon), compile_spelling(lexicon))


def _read(text: str, vocabulary: Vocabulary, spelling: Spelling) -> Name:
    folded = _PERIOD.sub("", vocabulary.fold(_LIST_NUMBER.sub("", text)))
    dimension = ""
    if "(" in folded:
        folded, dimension = _open_brackets(folded, vocabulary)
    says = take_apart(folded, vocabulary.words, vocabulary.lengths)
    meant = find_meant(says.plain, spelling.near, spelling) if says.loose else None
    if meant is None:
        return Name(text, says.plain, says.standard, says.core, says.facets, says.whole, dimension)
    scope = {facet for facet in says.facets if facet[0] == "scope"}
    says = take_apart(meant[0], vocabulary.words, vocabulary.lengths)
    return Name(text, says.plain, says.standard, says.core, says.facets | scope, says.whole, dimension, meant[1].edit)


def _open_brackets(folded: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Take a bracketed unit out of a name, and the brackets off everything else."""
    dimension = ""
    for inside in _BRACKET.findall(folded):
        found = _dimension(inside, vocabulary)
        if found:
            dimension = found
            folded = folded.replace(f"({inside})", "", 1)
    return folded.replace("(", "").replace(")", ""), dimension


def _dimension(unit: str, vocabulary: Vocabulary) -> str:
    folded = vocabulary.fold(unit).removeprefix("单位")
    while folded:
        if folded in vocabulary.units:
            return vocabulary.units[folded]
        if folded[0] not in "十百千万亿":
            break
        folded = folded[1:]
    return ""


@lru_cache(maxsize=65536)
def _facet_key(facets: frozenset[tuple[str, str]]) -> str:
    return ";".join(f"{facet}={value}" for facet, value in sorted(facets - _OWN))
