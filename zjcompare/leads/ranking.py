"""Facts → leads in order of news value, no indicator and no kind of fact crowding out the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zjcompare.leads.facts import Fact, parts_of
from zjcompare.salience import salience_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    import numpy as np

    from zjcompare.lexicon import Lexicon

UNSURE = 0.5  # rows that the reader marked below this are said to be unsure
_YEARLY = 0.85  # what a fact keeps of its news value a year later
_SAME_SERIES, _SAME_KIND = 0.45, 0.8
_EXAMINED = 400  # leads beyond these are in the order of their plain scores
_DOUBT = {"estimate": 0.95, "mixed": 0.9, "bound": 0.9, "break": 0.6, "base_effect": 0.95, "scope": 0.4, "gap": 0.95}


@dataclass(frozen=True, slots=True)
class Scored:
    """A fact with its factors and its score: `salience × certainty × recency × sum of the parts`."""

    fact: Fact
    caveats: tuple[str, ...]
    salience: float
    certainty: float
    recency: float
    score: float


def score_facts(facts: Iterable[Fact], confidence: NDArray[np.float64], latest: Mapping[str, int], lexicon: Lexicon) -> list[Scored]:
    """Score each fact; of several of one kind, line and year the best is kept.

    `confidence` is that of the aligned rows by position, `latest` the last report year of each place.
    """
    best: dict[tuple[str, str, str, str | None, int], Scored] = {}
    for fact in facts:
        sure = float(confidence[list(fact.evidence)].min()) if fact.evidence else 1.0
        caveats = tuple(dict.fromkeys((*fact.caveats, *(("low_confidence",) if sure < UNSURE else ()))))
        certainty = min(fact.certainty, sure)
        for caveat in caveats:
            certainty *= _DOUBT.get(caveat, 1.0)
        salience = salience_of(fact.series_name, lexicon).weight
        recency = _YEARLY ** max(0, latest.get(fact.place, fact.year) - fact.year)
        score = salience * certainty * recency * sum(parts_of(fact).values())
        scored = Scored(fact, caveats, salience, certainty, recency, score)
        key = (fact.kind, fact.place, fact.series, fact.scope, fact.year)
        if score > 0 and (key not in best or score > best[key].score):
            best[key] = scored
    return list(best.values())


def diversify(scored: Iterable[Scored]) -> list[Scored]:
    """Order leads greedily by score, each discounted by how many before it share its series or its kind.

    Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998), with sameness counted instead of measured.
    """
    waiting = sorted(scored, key=lambda one: (-one.score, one.fact.place, one.fact.series, -one.fact.year, one.fact.kind))
    front, rest = waiting[:_EXAMINED], waiting[_EXAMINED:]
    series: Counter[tuple[str, str]] = Counter()
    kinds: Counter[str] = Counter()
    ordered = []
    while front:
        worth = [
            one.score * _SAME_SERIES ** series[one.fact.place, one.fact.series] * _SAME_KIND ** kinds[one.fact.kind]
            for one in front
        ]
        chosen = front.pop(worth.index(max(worth)))
        series[chosen.fact.place, chosen.fact.series] += 1
        kinds[chosen.fact.kind] += 1
        ordered.append(chosen)
    return ordered + rest
