"""Text of an indicator → Name: what it is about, and the facets that set it apart from names like it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from zjcompare.errors import LexiconError
from zjcompare.lexicon import Lexicon
from zjcompare.spelling import Spelling, compile_spelling, find_meant
from zjcompare.vocabulary import Vocabulary, Word, compile_vocabulary, take_apart

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
_ROMAN_SPAN = re.compile(r"(?<=[IVXⅠ-Ⅹ])(?:[—–－−~～]+|至)(?=[IVXⅠ-Ⅹ])")
_SHARE_FIRST = re.compile(r"占(.{2,}?)(?:的?比重|的?比例|的份额)(.{2,})")
_UNIT_MARK = re.compile(
    r"""^单位[:：]\s*([^\s:：,，]+?)[\s,，]+ | [\s,，]*单位[:：]\s*(\S+)$ | [/／]([^/／]+)$
      | [,，]\s*([^\s,，]+)$ | \s([^\s,，]{2,}|[%％‰元件家个户人亩吨辆张])$""",
    re.VERBOSE,
)
_LETTERS = re.compile(r"(.{2,}?)([A-Z]+[0-9.]*)")
_RATIO = re.compile(r"(.{2,})(?:与|和|同|相当于)((?:地区|国内)?生产总值|GDP)(?:之比|的?比率|的?比例|的?比重|的?比值)$")
_USE = re.compile(r"用于(.{2,}?)的(?=支出|投入|资金|经费|贷款|投资)")
_LEVY = re.compile(r"(?<=[^非]税|[^保险消花]费)收入$")
_DIGITS = "零一二三四五六七八九"
_AGE = re.compile(r"[一二三四五六七八九]?十?[一二三四五六七八九十](?=岁)")
_DIRECTED = re.compile(r"提供给|.{2}(?<![应针结绝相一面核校])对(?![外象口接账照比等称策]).{2}")
_OWN = frozenset({("scope", "city"), ("scope", "county")})
_BRACKET = re.compile(r"\(([^()]*)\)")
_REMARK = re.compile(r"(?:[0-9一/十百千万亿‰‱]+$|含|包括|包含|简称|以下简称|又称|原名|注|见注|[站所院馆室厂店]$)")
_SHARE_WITHIN = re.compile(
    r"""(.{2,}) (?<!其)(?:之中|当中|(?<![之当])中)
        (?!央|心|等|长|小|国|学|医|高[端档级考职]|低端|西部|药|外|型|期|介|产|式|级|欧|共|方|职|东)
        (.{2,}?) (?:占比|所占比重|所占比例|比重|占)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator's name taken apart.

    `text` is the name in one script and width, without list numbers, periods and units; `key` equal for two names that
    say the same of the report's own place, whatever the order of their words, unless the lexicon tells them apart;
    `plain` the text without words that say nothing; `standard` its usual writing, in order; `core` the content that no
    facet accounts for; `facets` what sets it apart, as (facet, value) pairs; `whole` what a share is a share of;
    `dimension` the kind of quantity that a unit printed in the name stands for; `slip` the character that was written
    for another, where the vocabulary holds what was meant; `directed` where the order of the words tells what does
    something to what: the key then keeps it.
    """

    text: str
    key: str
    plain: str
    standard: str
    core: str
    facets: frozenset[tuple[str, str]]
    whole: str
    dimension: str
    slip: str
    directed: bool


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
    """Take many names apart, as `read_name` does; those that differ in width, script, period or unit alone, once."""
    lexicon = lexicon or Lexicon.default()
    vocabulary, spelling, apart = compile_vocabulary(lexicon), compile_spelling(lexicon), _names_apart(lexicon)
    read: dict[tuple[str, str], Name] = {}
    for text in texts:
        folded = _fold(text, vocabulary)
        if folded not in read:
            name = _read(*folded, vocabulary, spelling)
            read[folded] = replace(name, key=f"{name.key}|{name.plain}") if name.plain in apart else name
        yield read[folded]


def dimension_of(unit: str | None, lexicon: Lexicon | None = None) -> str:
    """Give the dimension of a unit (`money`, `people`, `count` …), empty where the unit says nothing.

    >>> dimension_of("亿元"), dimension_of("家"), dimension_of(None)
    ('money', 'count', '')
    """
    return _dimension(unit or "", compile_vocabulary(lexicon or Lexicon.default()))


@lru_cache(maxsize=4096)
def _read_once(text: str, lexicon: Lexicon) -> Name:
    return next(read_names([text], lexicon))


@lru_cache(maxsize=4)
def _names_apart(lexicon: Lexicon) -> frozenset[str]:
    """Give the plain writings of names that read alike and of which the lexicon says more than that they are one.

    Raises `LexiconError` where two names of a row are one and the same text.
    """
    vocabulary, spelling = compile_vocabulary(lexicon), compile_spelling(lexicon)
    apart: set[str] = set()
    for table in ("distinct", "synonyms"):
        for number, row in enumerate(lexicon.rows(table), 2):
            first, second = (_read(*_fold(row[name], vocabulary), vocabulary, spelling) for name in ("a", "b"))
            if first.plain == second.plain:
                raise LexiconError(f"{table}.csv, row {number}: {row['a']} and {row['b']} are one text")
            if first.key == second.key and row["relation"] not in ("alias", "rename"):
                apart |= {first.plain, second.plain}
    return frozenset(apart)


def _fold(text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Give a name in one script and width, without list number and periods, and its dimension where it says its unit.

    A unit in brackets is still there.
    """
    unitless, dimension = _take_unit(text, vocabulary)
    folded = vocabulary.fold(_ROMAN_SPAN.sub("-", _LIST_NUMBER.sub("", unitless)))
    return _PERIOD.sub("", folded), dimension


def _read(folded: str, dimension: str, vocabulary: Vocabulary, spelling: Spelling) -> Name:
    if "(" in folded:
        folded, bracketed = _open_brackets(folded, vocabulary)
        dimension = bracketed or dimension
    if folded[-1:].isascii() and (twice := _LETTERS.fullmatch(folded)) and _says_again(twice[2], twice[1], vocabulary):
        folded = twice[1]
    folded = _put_usually(folded)
    says = _take_apart_twice(folded, vocabulary)
    meant = find_meant(says.plain, spelling.near, spelling) if says.loose else None
    slip = ""
    facets = says.facets
    if meant is not None:
        says, slip = _take_apart_twice(meant[0], vocabulary), meant[1].edit
        facets = says.facets | {facet for facet in facets if facet[0] == "scope"}
    directed = says.parts > 1 and ("对" in folded or "给" in folded) and _DIRECTED.search(folded) is not None
    core = says.core if directed else "".join(sorted(says.core))
    key = f"{core}|{_facet_key(facets)}|{says.whole}"
    if not says.core and all(vocabulary.strict[facet] != "yes" for facet in facets):
        key = f"{key}|{says.standard or folded}"
    return Name(folded, key, says.plain, says.standard, says.core, facets, says.whole, dimension, slip, directed)


def _put_usually(folded: str) -> str:
    """Put what can be said in several constructions the usual way: 在A中B占比 as B占A比重, 契税收入 as 契税."""
    within = _SHARE_WITHIN.fullmatch(folded) or (folded.startswith("占") and _SHARE_FIRST.fullmatch(folded))
    if within:
        return f"{within[2]}占{within[1]}比重"
    if "生产总值" in folded or "GDP" in folded:
        folded = _RATIO.sub(r"\1占\2比重", folded)
    if folded.endswith("收入"):
        folded = _LEVY.sub("", folded)
    if "用于" in folded:
        folded = _USE.sub(r"\1", folded)
    return _AGE.sub(_in_digits, folded.replace("周岁", "岁")) if "岁" in folded else folded


def _in_digits(found: re.Match[str]) -> str:
    tens, _, ones = found[0].rpartition("十")
    number = _DIGITS.index(ones) if ones else 0
    return str(number + 10 * _DIGITS.index(tens or "一") if "十" in found[0] else number)


def _take_unit(text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Take a unit that is printed without brackets off a name: 单位：万元, or 万元 behind a stroke, comma or blank."""
    found = _UNIT_MARK.search(text)
    if found is None:
        return text, ""
    dimension = _dimension(next(group for group in found.groups() if group), vocabulary)
    return (text[: found.start()] + text[found.end() :], dimension) if dimension else (text, "")


def _take_apart_twice(folded: str, vocabulary: Vocabulary) -> Word:
    """Read a name, then without the words that say nothing, then in usual words: a term may show only then.

    What accounts for more characters, or for as many with fewer words, holds: 公路线路总里程 is 公路线路里程, and
    金融机构人民币贷款 is 金融机构人民币贷款余额.
    """
    says = _take_apart(folded, vocabulary)
    if says.parts > 1:
        for text in (says.bare, says.standard):
            again = _take_apart(text, vocabulary)
            if (again.loose, again.parts) < (says.loose, says.parts):
                scope = {facet for facet in says.facets if facet[0] == "scope"}
                return replace(again, facets=again.facets | scope)
    return says


@lru_cache(maxsize=16384)
def _take_apart(text: str, vocabulary: Vocabulary) -> Word:
    return take_apart(text, vocabulary.words, vocabulary.lengths)


def _open_brackets(folded: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Take bracketed units and remarks out of a name, and the brackets off everything else."""
    closed = folded.replace("(", "").replace(")", "")
    if closed in vocabulary.words:
        return closed, ""
    dimension = ""
    for found in _BRACKET.finditer(folded):
        inside, before = found[1], folded.partition(found[0])[0]
        unit = _dimension(inside, vocabulary)
        dimension = unit or dimension
        if unit or _REMARK.match(inside) or _says_again(inside, before, vocabulary):
            folded = folded.replace(found[0], "", 1)
    return folded.replace("(", "").replace(")", ""), dimension


def _says_again(inside: str, before: str, vocabulary: Vocabulary) -> bool:
    """Say whether a word repeats what is before it in other letters, as in 细颗粒物(PM2.5) and 地区生产总值GDP."""
    word = vocabulary.words.get(inside)
    if word is None or not word.standard:
        return False
    return _take_apart(before, vocabulary).standard.endswith(word.standard)


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
