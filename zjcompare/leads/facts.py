"""One fact worth telling → one row: the record of a lead before it is ranked."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zjcompare.checks.findings import Subject, amount, name_of
from zjcompare.figures import Figure, format_figure
from zjcompare.sentences import Told, Words, area_of, words_of, write_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zjcompare.lexicon import Lexicon

NOTHING = Words("", "")
_BOUNDS = {">": "more_than", ">=": "at_least", "<": "less_than", "<=": "at_most", "~": "about"}
_PARTS = ("size", "record", "reversal", "rank", "contradiction", "target", "silence")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what it is about, how newsworthy each of its parts is (0 to 1), and what its sentence tells.

    `compares` marks facts that rest on a level against the year before, `significance` is that of their change.
    """

    kind: str
    about: Subject
    line: int
    pattern: str
    told: Mapping[str, Told]
    parts: Mapping[str, float]
    evidence: tuple[int, ...]
    chart: str = "line"
    caveats: tuple[str, ...] = ()
    certainty: float = 1.0
    significance: float = 1.0
    compares: bool = False

    def part(self, name: str) -> float:
        """Give one part of the score, 0 where the fact has none of it."""
        return min(1.0, max(0.0, self.parts.get(name, 0.0)))


@dataclass(frozen=True, slots=True)
class Speech:
    """The words that facts are told with, in both languages, from one lexicon."""

    lexicon: Lexicon
    empty: Words = field(default=NOTHING)

    def word(self, key: str) -> Words:
        """Give a phrase of the lexicon by its key without the leading `word.`."""
        return words_of(f"word.{key}", self.lexicon)

    def subject(self, about: Subject) -> dict[str, Told]:
        """Give the words that every sentence may use: the place, the year and the name of the indicator.

        The name 国内生产总值 says which country is meant, so there the place is not said in Chinese.
        """
        place = self.area(about.scope or about.place)
        if about.series_name.startswith("国内"):
            place = Words("", place.en)
        name = self.name(about.series_name, about.measure)
        return {"place": place, "year": Words(str(about.year)), "name": name}

    def area(self, name: str) -> Words:
        """Give the name of an area, in English where the lexicon has it (全国, 全省)."""
        return area_of(name, self.lexicon)

    def name(self, series_name: str, measure: str, *, rank_of: object = None) -> Words:
        """Give an indicator's name, as growth or rank where the figure is one."""
        name = name_of(series_name, self.lexicon)
        if measure == "growth" or rank_of == "growth":
            return Words(f"{name.zh}增速", f"growth of {name.en}")
        return name

    def estimate(self, status: str) -> Words:
        """Give 预计 for an estimate, else nothing."""
        return self.word("estimate") if status == "estimate" else NOTHING

    def basis(self, basis: object) -> Words:
        """Give what a growth rests on in brackets, nothing where it is nominal or not known."""
        return self.word(str(basis)) if basis in ("constant", "comparable") else NOTHING

    def amount(self, value: float, unit: str, measure: str = "level", *, width: float = math.nan) -> Figure:
        """Give a figure as printed; `width` is that of its interval, which says with how many decimals."""
        return amount(value, unit, measure, self.lexicon, width=width)

    def phrase(self, key: str, **slots: Told) -> Words:
        """Give a phrase of the lexicon with slots, by its key without the leading `phrase.`."""
        sentence = write_sentence(f"phrase.{key}", slots, self.lexicon)
        return Words(sentence.zh, sentence.en)

    def bounded(self, figure: Figure, bound: str) -> Figure:
        """Give a figure with what its bound says before it: 超过30万亿元."""
        words = self.word(_BOUNDS[bound]) if bound in _BOUNDS else self.empty
        return replace(figure, zh=f"{words.zh}{figure.zh}", en=f"{words.en}{figure.en}")

    def grown(self, value: float, text: str, *, width: float) -> Figure:
        """Give the size of a stated growth: as a multiple where its report said it so (翻番, 2倍), else in per cent."""
        if value >= 100 and value % 100 == 0 and not set(text) & set("%％"):
            zh = self.word("doubled").zh if value == 100 else f"{value / 100:.0f}倍"
            return Figure(value, "%", zh, f"{value:.0f}%")
        return self.amount(abs(value), "%", width=width)

    def grew(self, value: float, figure: Figure, *, better: str = "") -> Words:
        """Give the verb before a growth: 增长, 下降, 实现 (翻番), 上升 where more is no gain."""
        doubled = self.word("doubled").zh
        if figure.zh == doubled:
            return self.word("achieved")
        return self.word("fell" if value < 0 else "climbed" if better == "down" else "grew")

    def per_cent(self, value: float) -> Figure:
        """Give the size of a change in per cent, one decimal, without its sign."""
        return format_figure(abs(value), "%", lexicon=self.lexicon)

    def points(self, value: float) -> Figure:
        """Give the size of a change of a rate, without its sign."""
        return format_figure(abs(value), "百分点", decimals=2, lexicon=self.lexicon)


def parts_of(fact: Fact) -> dict[str, float]:
    """Give all parts of the score by name."""
    return {name: fact.part(name) for name in _PARTS}
