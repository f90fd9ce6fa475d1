"""Figure without words of its own → the name that its sentence carries over to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zjcompare.observations.owners import clause_before, clause_subject
from zjcompare.observations.settings import Naming
from zjcompare.observations.shares import base_name, follows_share
from zjcompare.observations.trimming import outdone, without_basis

if TYPE_CHECKING:
    from zjcompare.observations.settings import Chain, Measure, Setting

_GROWTH_NOUN = re.compile(r"(?<=..)(?:增速|增幅|涨幅)$")
_SHORTEST, _SURE = 4, 6  # characters of a subject, and of a clause that may have one, between two levels


_BY_QUARTER = re.compile(r"(?:^|[，；])分(?:季度?|月份?)[来]?看，$")


def carry(setting: Setting, measure: Measure, chain: Chain) -> Naming | None:
    """Give the name that the sentence carries over to a figure without one of its own.

    A clause between with a subject of its own comes first; a growth after a share belongs to what the share is of.
    """
    if chain.last is None:
        if _BY_QUARTER.search(setting.joint):
            return Naming(chain.earlier[-1].name, "carried", 0.8) if chain.earlier else None
        subject = clause_subject(clause_before(setting), chain.phrases)
        return _of_clause(subject) if len(subject) >= 2 else None
    if measure == "level" and (subject := _subject_between(setting, chain)):
        return _of_clause(subject)
    points = setting.mention.dimension == "points"
    if (measure == "growth" or (measure == "change" and not points)) and follows_share(chain):
        return Naming(base_name(chain), "carried past a share", 0.85)
    name = without_basis(chain.last.name) if chain.last.measure != "level" else chain.last.name
    return Naming(chain.resumed or name, "carried", min(0.93, chain.last.confidence))


def _of_clause(subject: str) -> Naming:
    return Naming(_GROWTH_NOUN.sub("", subject), "clause before", 0.5)


def _subject_between(setting: Setting, chain: Chain) -> str:
    """Give the subject of a clause between the last figure and a level; "" where it has none of its own."""
    clause = clause_before(setting)
    if len(clause) < _SURE or (setting.mention.dimension == "ratio" and "；" not in setting.joint):
        return ""
    subject = clause_subject(clause, chain.phrases)
    own = _SHORTEST <= len(subject) < len(clause)
    return subject if own and not outdone(clause, chain.phrases) and not chain.phrases.halt.match(clause) else ""
