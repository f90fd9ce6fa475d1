"""Facts → leads in order of news value, no indicator and no kind of fact crowding out the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zjcompare.leads.facts import Fact, parts_of
from zjcompare.salience import salience_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from zjcompare.lexicon import Lexicon

UNSURE = 0.5  # rows that the reader marked below this are said to be unsure
_YEARLY, _OLD = 0.8, 0.3  # what a fact keeps of its news value a year later, and at least
_FADING = {  # the same for figures that do not agree: a contradiction is news until it is explained
    "contradiction": (0.96, 0.6), "inconsistent": (0.96, 0.6), "base_revised": (0.9, 0.3), "revision": (0.9, 0.3),
}  # fmt: skip
_COURSE = frozenset({"move", "streak", "jump", "rate", "faster", "slower", "turned", "growth"})  # all tell the same
_SAME_SERIES, _SAME_KIND, _SAME_BOTH = 0.7, 0.85, 0.5
_EXAMINED = 400  # leads beyond these are in the order of their plain scores
_DOUBT = {
    "estimate": 0.95, "mixed": 0.8, "bound": 0.9, "break": 0.6, "base_effect": 0.95, "scope": 0.4, "gap": 0.95,
    "revised": 0.6, "disputed": 0.3, "large_change": 0.5, "derived": 0.9,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """A fact with its factors and its score: `salience × certainty × recency × significance × sum of the parts`."""

    fact: Fact
    caveats: tuple[str, ...]
    salience: float
    certainty: float
    recency: float
    score: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What facts are weighed by beside themselves.

    `confidence` is that of the aligned rows by position, `latest` the last report year of each place, `revised` the
    (place, series, year) whose level a later figure moved by much.
    """

    confidence: NDArray[np.float64]
    latest: Mapping[str, int]
    revised: frozenset[tuple[str, str, int]]


def score_facts(facts: Iterable[Fact], around: Surroundings, lexicon: Lexicon) -> list[Scored]:
    """Score each fact; of several of one kind, series and year the best is kept."""
    best: dict[tuple[str, str, str, str | None, int], Scored] = {}
    for fact in facts:
        sure = float(around.confidence[list(fact.evidence)].min()) if fact.evidence else 1.0
        moved = fact.compares and (fact.about.place, fact.about.series, fact.about.year) in around.revised
        more = (*(["low_confidence"] if sure < UNSURE else []), *(["revised"] if moved else []))
        caveats = tuple(dict.fromkeys((*fact.caveats, *more)))
        certainty = min(fact.certainty, sure)
        for caveat in caveats:
            certainty *= _DOUBT.get(caveat, 1.0)
        salience = salience_of(fact.about.series_name, lexicon).weight
        age = max(0, around.latest.get(fact.about.place, fact.about.year) - fact.about.year)
        yearly, old = _FADING.get(fact.kind, (_YEARLY, _OLD))
        recency = max(old, yearly**age)
        score = salience * certainty * recency * fact.significance * sum(parts_of(fact).values())
        scored = Scored(fact, caveats, salience, certainty, recency, score)
        key = (fact.kind, fact.about.place, fact.about.series, fact.about.scope, fact.about.year)
        if score > 0 and (key not in best or score > best[key].score):
            best[key] = scored
    return list(best.values())


def diversify(scored: Iterable[Scored]) -> list[Scored]:
    """Order leads greedily by score, each discounted by how many before it share its series or its kind.

    Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998), with sameness counted instead of measured.
    """
    waiting = sorted(
        scored,
        key=lambda one: (-one.score, one.fact.about.place, one.fact.about.series, -one.fact.about.year, one.fact.kind),
    )
    front, rest = waiting[:_EXAMINED], waiting[_EXAMINED:]
    series: Counter[tuple[str, str, bool]] = Counter()
    kinds: Counter[str] = Counter()
    both: Counter[tuple[str, str, str]] = Counter()
    ordered = []
    while front:
        worth = [
            one.score
            * _SAME_SERIES ** series[_subject(one)]
            * _SAME_KIND ** kinds[one.fact.kind]
            * _SAME_BOTH ** both[_fact_told(one)]
            for one in front
        ]
        chosen = front.pop(worth.index(max(worth)))
        series[_subject(chosen)] += 1
        kinds[chosen.fact.kind] += 1
        both[_fact_told(chosen)] += 1
        ordered.append(chosen)
    return ordered + rest


def _subject(one: Scored) -> tuple[str, str, bool]:
    """Give what a lead is about: how an indicator moved, or whether its figures agree."""
    return one.fact.about.place, one.fact.about.series, one.fact.kind in _FADING


def _fact_told(one: Scored) -> tuple[str, str, str]:
    return one.fact.about.place, one.fact.about.series, "course" if one.fact.kind in _COURSE else one.fact.kind
