"""Numbering of a Word document → the labels that Word shows before its paragraphs: 一、, （二）, 3., ①.

Source: ISO/IEC 29500-1 (Office Open XML), 17.9 Numbering.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zjcompare.report.office import Attributes, parse_part

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACE = re.compile(r"%([1-9])")
_CHINESE = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand")
)
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_DEEPEST = 20  # styles based on one another
_LONGEST = 100  # the words of a label, which stand before each paragraph of its list


@dataclass(slots=True)
class _Level:
    """One level of a list: where it starts, how it writes its numbers, and the words around them."""

    start: int = 1
    style: str = "decimal"
    words: str = ""
    in_digits: bool = False  # the numbers of the levels above, too


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted; `label` counts on."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by abstract list
    instances: dict[str, str] = field(default_factory=dict)  # numId → abstract list
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)  # numId → level → start, until it is used
    styles: dict[str, Attributes] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, style: str, number: str | None, level: str | None) -> str:
        """Give the label of the next paragraph, which has this style, list and level; empty where it has none."""
        for _ in range(_DEEPEST):
            if number is not None or style not in self.styles:
                break
            known = self.styles[style]
            number, level = known.get("numId"), level or known.get("ilvl")
            style = known.get("basedOn", "")
        key = self.instances.get(number or "", "")
        depth = int(level) if level and level.isdecimal() else 0
        levels = self.lists.get(key, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(key, {})
        for restarted, start in self.restarts.pop(number or "", {}).items():
            counts[restarted] = start - 1
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return self._written(levels, depth, counts)

    @staticmethod
    def _written(levels: Mapping[int, _Level], depth: int, counts: Mapping[int, int]) -> str:
        if levels[depth].style == "bullet":
            return "● "

        def number_at(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            level = levels.get(at, _Level())
            return _write(counts.get(at, level.start), "decimal" if levels[depth].in_digits else level.style)

        words = _PLACE.sub(number_at, levels[depth].words)
        return f"{words} " if words and words[-1].isascii() else words


def read_numbering(parts: Mapping[str, bytes], name: str) -> Numbering:
    """Read the parts `word/numbering.xml` and `word/styles.xml`, where the document has them."""
    numbering = Numbering()
    if "word/numbering.xml" in parts:
        _read_lists(parts["word/numbering.xml"], name, numbering)
        if "word/styles.xml" in parts:
            _read_styles(parts["word/styles.xml"], name, numbering)
    return numbering


def _read_lists(part: bytes, name: str, numbering: Numbering) -> None:
    levels: dict[int, _Level] = {}
    level, instance, override = _Level(), "", 0

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal levels, level, instance, override
        value = attributes.get("val", "")
        match tag:
            case "abstractNum":
                levels = numbering.lists.setdefault(attributes.get("abstractNumId", ""), {})
            case "lvl":
                level = levels[_whole(attributes.get("ilvl", ""))] = _Level()
            case "start":
                level.start = _whole(value, 1)
            case "numFmt":
                level.style = value
            case "lvlText":
                level.words = value[:_LONGEST]
            case "isLgl":
                level.in_digits = value not in ("0", "false", "off")
            case "num":
                instance, levels = attributes.get("numId", ""), {}
            case "abstractNumId":
                numbering.instances[instance] = value
            case "lvlOverride":
                override = _whole(attributes.get("ilvl", ""))
            case "startOverride":
                numbering.restarts.setdefault(instance, {})[override] = _whole(value, 1)

    parse_part(part, name, start=start)


def _read_styles(part: bytes, name: str, numbering: Numbering) -> None:
    style: Attributes = {}

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal style
        if tag == "style":
            style = numbering.styles.setdefault(attributes.get("styleId", ""), {})
        elif tag in ("basedOn", "numId", "ilvl"):
            style[tag] = attributes.get("val", "")

    parse_part(part, name, start=start)


def _whole(value: str, default: int = 0) -> int:
    return int(value) if value.isdecimal() and len(value) < 6 else default


def _write(number: int, style: str) -> str:
    """Write a number as a list of this style does; a style that no report uses is written in digits."""
    if style in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones] if ones else ''}"
    if style in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if style == "chineseLegalSimplified" and 0 < number < 10:
        return _LEGAL[number]
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if style in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        return chr(ord("a" if style == "lowerLetter" else "A") + number - 1)
    return str(number)
