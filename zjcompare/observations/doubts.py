"""Finding → confidence: how often names of its rule and form were right on annotated texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from zjcompare.observations.lists import compile_shared

if TYPE_CHECKING:
    from zjcompare.lexicon import Lexicon
    from zjcompare.observations.settings import Finding

_SHORTEST, _SHORT, _LONG = 3, 6, 15  # characters of a name
_SURE = 0.9  # above which a row is right in at least 97 of 100 cases
_LOOSE = re.compile(
    r"[的、和与及，；“”（）0-9将为把让从由向已了]|以(?![上下内外])|在(?![校岗建册职])|对(?![外口])|使(?!用)"
)


@dataclass(frozen=True, slots=True)
class Doubts:
    """What a finding's confidence rests on: the lexicon's indicators, measuring words and counted rules."""

    known: frozenset[str]
    head: re.Pattern[str]
    sure: dict[tuple[str, str], float]  # by rule and form; a rule's own under the form ""


@lru_cache(maxsize=8)
def compile_doubts(lexicon: Lexicon) -> Doubts:
    """Give what the lexicon knows of names and of how often they were right."""
    return Doubts(
        known=frozenset(row[side] for row in lexicon.rows("synonyms") for side in ("a", "b")),
        head=compile_shared(lexicon).head,
        sure={(row["rule"], row["form"]): float(row["sure"]) for row in lexicon.rows("confidence")},
    )


def confidence_of(finding: Finding, doubts: Doubts) -> float:
    """Give how sure a finding is: as its rule and form were, one carried no surer than what it was carried from.

    A rule too rare to be counted is as sure as it says itself.
    """
    form = _form_of(finding, doubts)
    sure = doubts.sure.get((finding.rule, form)) or doubts.sure.get((finding.rule, ""), finding.confidence)
    doubtful = finding.rule.startswith("carried") and finding.confidence < _SURE
    return min(sure, finding.confidence) if doubtful else sure


def _form_of(finding: Finding, doubts: Doubts) -> str:
    """Tell what form a name has, as confidence.csv calls it; a level that is carried over has one of its own."""
    name, carried = finding.name, finding.rule.startswith("carried")
    if carried and finding.measure == "level":
        return "level"
    if name in doubts.known:
        return "known"
    if len(name) < _SHORT:
        return "shortest" if len(name) < _SHORTEST else "short"
    if finding.measure == "change" and finding.unit not in ("百分点", "千分点") and not carried:
        return "change"
    if len(name) >= _LONG:
        return "long"
    if _LOOSE.search(name):
        return "loose"
    return "measured" if finding.measure == "growth" or doubts.head.search(name) else "plain"
