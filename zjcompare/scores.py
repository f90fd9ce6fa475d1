"""Two names, taken apart → Match: the probability that they are one indicator, the decision, and the reasons for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz

from zjcompare.contrasts import compile_rules, contrast
from zjcompare.names import Name, read_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zjcompare.lexicon import Lexicon

Decision = Literal["same", "different", "review"]
Relation = Literal["same", "successor", "kin", "other"]

ACCEPT, REVIEW = 0.9, 0.3
VETOED = 0.08
"""How often people call two names one indicator that a veto parts: in words that the lexicon lacks."""


@dataclass(frozen=True, slots=True)
class Match:
    """Whether two names are one indicator, and `why`: reason → contribution, in log-odds.

    Where no veto, rule or person decided, the sum of the contributions is the log-odds of `probability`.
    """

    probability: float
    decision: Decision
    relation: Relation
    why: Mapping[str, float]


def compare_names(first: Name, second: Name, lexicon: Lexicon) -> Match:
    """Decide whether two names are one indicator; the same whichever comes first."""
    pairs = known_pairs(lexicon)
    known = pairs.get(frozenset((first.plain, second.plain))) or pairs.get(frozenset((first.key, second.key)))
    if known is not None:
        return known
    found = contrast(first, second, compile_rules(lexicon))
    if found.vetoes:
        return vetoed(first, second, *found.vetoes)
    weights = _weights(lexicon)
    why = {_label(name, found.traces): weights[name] * value for name, value in found.features.items()}
    if first.key == second.key:
        why[f"alike: {_likeness(first, second)}"] = 0.0
    probability = 1 / (1 + math.exp(-sum(why.values())))
    decision: Decision = "same" if probability >= ACCEPT else "review" if probability >= REVIEW else "different"
    return Match(probability, decision, "same" if decision == "same" else _kinship(first, second), why)


def _likeness(first: Name, second: Name) -> str:
    """Say what two names that read alike have in common: as little folding as makes them equal."""
    if first.text == second.text:
        return "one text"
    if first.plain == second.plain:
        return f"{first.plain} but for script, period, place, unit or words that say nothing"
    if first.standard == second.standard:
        return f"both are written {first.standard}"
    if sorted(first.standard) == sorted(second.standard):
        return f"the words of {' and '.join(sorted((first.standard, second.standard)))}, in another order"
    return f"{' and '.join(sorted((first.standard, second.standard)))} say the same"


def _label(feature: str, traces: Mapping[str, str]) -> str:
    return f"{feature}: {traces[feature]}" if feature in traces else feature


def vetoed(first: Name, second: Name, *reasons: str) -> Match:
    """Give the match of two names that cannot be one indicator, for these reasons."""
    return Match(VETOED, "different", _kinship(first, second), {f"veto: {reason}": -math.inf for reason in reasons})


def _kinship(first: Name, second: Name) -> Relation:
    return "kin" if fuzz.ratio(first.standard, second.standard) >= 60 else "other"


@lru_cache(maxsize=4)
def _weights(lexicon: Lexicon) -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in lexicon.rows("weights")}


@lru_cache(maxsize=4)
def known_pairs(lexicon: Lexicon) -> dict[frozenset[str], Match]:
    """Give what the lexicon says of pairs of whole names, by the names as written and by their keys.

    What is said of two names as written goes before what is said of their keys, and of these what parts them before
    what joins them: 国内生产总值 is GDP, but not the 地区生产总值 that GDP is too.
    """
    known: dict[frozenset[str], Match] = {}
    for table in ("distinct", "synonyms"):
        for row in lexicon.rows(table):
            first, second = read_name(row["a"], lexicon), read_name(row["b"], lexicon)
            told = _tell(row)
            if first.key != second.key:
                known.setdefault(frozenset((first.key, second.key)), told)
            known[frozenset((first.plain, second.plain))] = told
    return known


def _tell(row: Mapping[str, str]) -> Match:
    """Give the match that a row of synonyms.csv or distinct.csv states."""
    if row["relation"] == "kin":
        return Match(0.5, "review", "kin", {f"distinct: {row['why']}": 0.0})
    if "source" not in row:
        return Match(0.01, "different", "other", {f"distinct: {row['why']}": -4.6})
    relation: Relation = "successor" if row["relation"] == "successor" else "same"
    since = f" since {row['since']}" if row["since"] else ""
    return Match(0.99, "same", relation, {f"{row['relation']}{since}: {row['source']}": 4.6})


def explain(pair: Match) -> str:
    """Give the reasons of a match in one line, the weightiest first."""
    reasons = sorted(pair.why.items(), key=lambda item: (-abs(item[1]), item[0]))
    return "; ".join(f"{reason} {value:+.1f}" for reason, value in reasons)
