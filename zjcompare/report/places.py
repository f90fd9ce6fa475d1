"""Heading and text → place: the division that a document is about, by its official name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from zjcompare.errors import LexiconError, ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zjcompare.lexicon import Lexicon
    from zjcompare.report.headings import Heading

_NATION = "000000"
_NATIONAL = re.compile(r"代表国务院|国务院总理|^中华人民共和国\d{4}年|第.{1,4}届全国人民代表大会")
_SPEAKER = re.compile(
    r"代表(.{2,20}?)人民政府"
    r"|(.{2,20}?)人民政府.{0,4}(?:省长|市长|州长|县长|区长|主席|盟长|旗长)"
    r"|(.{2,30}?)第.{1,4}届人民代表大会",
)
_BODY, _LONGEST_NAME = 30_000, 16


@dataclass(frozen=True, slots=True)
class Division:
    """One administrative division, as GB/T 2260 lists it: its six-digit code and its official name of today."""

    code: str
    name: str

    @property
    def level(self) -> int:
        """0 the nation, 1 a province, 2 a prefecture, 3 a county."""
        if self.code == _NATION:
            return 0
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3

    @property
    def is_city(self) -> bool:
        """Whether running text may mean it by its name alone: a province, a prefecture or a county-level city."""
        return self.level in (1, 2) or (self.level == 3 and self.name.endswith("市"))

    def holds(self, other: Division) -> bool:
        """Whether `other` lies in this division, or is it."""
        return other.code.startswith(self.code[: self.level * 2])


Names = dict[str, tuple[Division, ...]]


def official_name(place: str, lexicon: Lexicon) -> str:
    """Give the official name of a place where the list has it once (镇江, 镇江市 → 镇江市); else `place` as it is."""
    index = _index(lexicon)
    for names in (index.official, index.former, index.short):
        found = _matches(place, names)
        if found and "".join(found) == place:
            return _pick({division for name in found for division in names[name]}, lexicon) or place
    return place


def find_place(heading: Heading, text: str, lexicon: Lexicon) -> str:
    """Find the place in the title, in who speaks where, in the file's name, then by what the text names most.

    Raises `ReadError` where none is found, or several that do not lie one in the other.
    """
    if any(_NATIONAL.search(line) for line in heading.head[:12]):
        return "全国"
    speakers = [
        part
        for line in heading.head[:40]
        for match in _SPEAKER.finditer(line)
        for part in match.groups()
        if part is not None
    ]
    for words in ((heading.title,), heading.head[:1], speakers, (heading.file,)):
        found = {division for word in words for division in _found_in(word, lexicon)}
        picked = _pick(found, lexicon)
        if picked:
            return picked
        if found:
            shown = ", ".join(sorted({full_name(division, lexicon) for division in found})[:6])
            raise ReadError(f"{heading.name}: its heading may mean {shown}; say which with place=")
    ranked = Counter(_mentioned(text[:_BODY], lexicon)).most_common(4)
    if ranked and ranked[0][1] >= 3 and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
        return full_name(ranked[0][0], lexicon)
    named = ", ".join(f"{division.name} ({count}×)" for division, count in ranked) or "no division"
    raise ReadError(f"{heading.name}: no heading says which place it is about; its text names {named}; give place=")


def full_name(division: Division, lexicon: Lexicon) -> str:
    """Give the name, after that of the prefecture or province where several counties share it (南京市鼓楼区)."""
    index = _index(lexicon)
    if len(index.official.get(division.name, "")) == 1 or division.code not in index.by_code:
        return division.name
    return _with_parent(division, index.by_code)


def _pick(found: set[Division], lexicon: Lexicon) -> str | None:
    """Give the smallest division where the others hold it; several of one name are told apart by them."""
    above = {division for division in found if any(division is not other and division.holds(other) for other in found)}
    smallest = [division for division in found - above if all(upper.holds(division) for upper in above)]
    return full_name(smallest[0], lexicon) if len(smallest) == 1 else None


def _found_in(line: str, lexicon: Lexicon) -> set[Division]:
    """Find the divisions that a line names in full, or where there are none, by their short names."""
    index = _index(lexicon)
    for names in (index.official, index.former, index.short):
        found = {division for each in _matches(line, names) for division in names[each]}
        if found:
            return found
    return set()


def _mentioned(text: str, lexicon: Lexicon) -> list[Division]:
    """Give each mention of a province, prefecture or county-level city in running text, short names included."""
    index = _index(lexicon)
    return [index.cities[name][0] for name in _matches(text, index.cities)]


def _matches(line: str, names: Mapping[str, object]) -> list[str]:
    """Give the names found in the line from left to right, the longest at each place."""
    found, position = [], 0
    while position < len(line):
        for length in range(_LONGEST_NAME, 1, -1):
            if line[position : position + length] in names and len(line) >= position + length:
                found.append(line[position : position + length])
                position += length
                break
        else:
            position += 1
    return found


@dataclass(frozen=True, slots=True)
class _Index:
    by_code: dict[str, Division]
    official: Names
    former: Names
    short: Names
    cities: Names


@lru_cache(maxsize=4)
def _index(lexicon: Lexicon) -> _Index:
    rows = lexicon.rows("divisions")
    by_code = {row["code"]: Division(row["code"], row["name"]) for row in rows if not row["until"]}
    official: dict[str, list[Division]] = {}
    former: dict[str, list[Division]] = {}
    short: dict[str, list[Division]] = {}
    for row in rows:
        withdrawn = row["until"] and not row["now"]
        if row["code"] not in by_code and not withdrawn:
            raise LexiconError(f"divisions.csv: {row['name']} has the code {row['code']}, which no name of today has")
        division = Division(row["code"], row["name"]) if withdrawn else by_code[row["code"]]
        word = len(row["name"]) == 2 and row["name"].endswith("区")
        name = _with_parent(division, by_code) if word else row["name"]
        (former if row["until"] else official).setdefault(name, []).append(division)
        if row["short"]:
            short.setdefault(row["short"], []).append(division)
    highest = {
        name: [each for each in dict.fromkeys(divisions) if each.level == min(other.level for other in divisions)]
        for name, divisions in short.items()
    }
    cities = {
        name: divisions
        for names in (official, highest)
        for name, divisions in names.items()
        if len(divisions) == 1 and divisions[0].is_city
    }
    return _Index(by_code, *(_frozen(names) for names in (official, former, highest, cities)))


def _with_parent(division: Division, by_code: Mapping[str, Division]) -> str:
    """Give the name after that of the prefecture, or else the province; without it 城区 and 郊区 are but words."""
    parent = by_code.get(f"{division.code[:4]}00") or by_code.get(f"{division.code[:2]}0000")
    return f"{parent.name}{division.name}" if parent else division.name


def _frozen(names: Mapping[str, list[Division]]) -> Names:
    return {name: tuple(divisions) for name, divisions in names.items()}
