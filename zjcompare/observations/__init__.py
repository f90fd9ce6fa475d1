"""Mentions → observations: which indicator a quantity belongs to, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zjcompare.clauses import find_sentences
from zjcompare.lexicon import Lexicon
from zjcompare.mentions import Mention, Numeral, compile_units, find_mentions
from zjcompare.observations.binding import Bound, bind_sentence
from zjcompare.observations.phrases import compile_phrases
from zjcompare.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zjcompare.clauses import Sentence
    from zjcompare.report import Report
    from zjcompare.text import CleanText


@dataclass(frozen=True, slots=True)
class Observation:
    """One quantity of a report with its name: the fields of the table, with offsets into the stored text."""

    year: int
    section: str
    sentence: str
    start: int
    end: int
    bound: Bound


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report gave: its observations, and every numeral that is none, with its role and reason."""

    observations: tuple[Observation, ...]
    others: tuple[tuple[int, int, str, str], ...]


def read_observations(report: Report, lexicon: Lexicon | None = None) -> Reading:
    """Read a report: every quantity with its name, every other numeral with its role.

    Deterministic; raises nothing for any text.
    """
    lexicon = lexicon or Lexicon.default()
    clean = clean_text(report.text, lexicon)
    text = clean.text
    found = list(find_mentions(text, compile_units(lexicon)))
    phrases = compile_phrases(lexicon, report.place)
    observations: list[Observation] = []
    others = [(item.start, item.end, item.role, item.reason) for item in found if isinstance(item, Numeral)]
    mentions = [item for item in found if isinstance(item, Mention)]
    earlier: list[str] = []
    last = 0
    for sentence, inside in _by_sentence(text, mentions, report.year):
        if text.find("\n", last, sentence.start) >= 0:
            earlier = []
        last = sentence.end
        bound = bind_sentence(text, sentence, inside, phrases, earlier)
        earlier = [*earlier[-8:], *(item.name for item in bound)]
        named = {item.position for item in bound}
        for item in bound:
            mention = inside[item.position]
            start, end = clean.stored_span(mention.start, mention.end)
            year = item.year or (report.year + 1 if item.status == "target" else report.year)
            observations.append(Observation(year, sentence.section, text[sentence.start : sentence.end], start, end, item))
        others += [
            (mention.start, mention.end, "other", "a quantity without a name of its own")
            for position, mention in enumerate(inside)
            if position not in named
        ]
    others.sort()
    return Reading(tuple(observations), tuple((*clean.stored_span(start, end), role, why) for start, end, role, why in others))


def _by_sentence(text: str, mentions: list[Mention], year: int) -> Iterator[tuple[Sentence, list[Mention]]]:
    """Give the sentences that hold mentions, each with its mentions."""
    at = 0
    for sentence in find_sentences(text, year):
        first = at
        while at < len(mentions) and mentions[at].start < sentence.end:
            at += 1
        if at > first:
            yield sentence, mentions[first:at]
