"""Two names → Match: the probability that they are one indicator, the decision, and the reasons for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import pandas as pd
from rapidfuzz import fuzz

from zjcompare.contrasts import compile_rules, contrast
from zjcompare.errors import LexiconError
from zjcompare.lexicon import Lexicon
from zjcompare.names import Name, dimension_of, read_name

if TYPE_CHECKING:
    from collections.abc import Mapping

Decision = Literal["same", "different", "review"]
Relation = Literal["same", "successor", "kin", "other"]

ACCEPT, REVIEW = 0.9, 0.3


@dataclass(frozen=True, slots=True)
class Match:
    """Whether two names are one indicator: `probability`, `decision`, `relation`, and `why`: reason → contribution.

    The contributions are in log-odds; where no veto, rule or person decided, their sum is the log-odds of `probability`.
    """

    probability: float
    decision: Decision
    relation: Relation
    why: Mapping[str, float]


def match_pair(
    a: str,
    b: str,
    *,
    unit_a: str | None = None,
    unit_b: str | None = None,
    measure_a: str | None = None,
    measure_b: str | None = None,
    lexicon: Lexicon | None = None,
) -> Match:
    """Decide whether two indicator names, with what is known of their units and measures, are one indicator.

    >>> match_pair("一般公共预算收入", "公共财政预算收入").decision
    'same'
    >>> match_pair("进口总额", "出口总额").decision
    'different'
    """
    lexicon = lexicon or Lexicon.default()
    first, second = read_name(a, lexicon), read_name(b, lexicon)
    units = first.dimension or dimension_of(unit_a, lexicon), second.dimension or dimension_of(unit_b, lexicon)
    if measure_a and measure_b and measure_a != measure_b:
        return _vetoed(first, second, f"measure {'/'.join(sorted((measure_a, measure_b)))}")
    if all(units) and units[0] != units[1]:
        return _vetoed(first, second, f"unit {'/'.join(sorted(units))}")
    return compare_names(first, second, lexicon)


def compare_names(first: Name, second: Name, lexicon: Lexicon) -> Match:
    """Decide whether two names are one indicator; the same whichever comes first."""
    known = known_pairs(lexicon).get(frozenset((first.key, second.key)))
    if known is not None:
        return known
    found = contrast(first, second, compile_rules(lexicon))
    if found.vetoes:
        return _vetoed(first, second, *found.vetoes)
    weights = _weights(lexicon)
    why = {_label(name, found.traces): weights[name] * value for name, value in found.features.items()}
    probability = 1 / (1 + math.exp(-sum(why.values())))
    decision: Decision = "same" if probability >= ACCEPT else "review" if probability >= REVIEW else "different"
    return Match(probability, decision, "same" if decision == "same" else _kinship(first, second), why)


def _label(feature: str, traces: Mapping[str, str]) -> str:
    return f"{feature}: {traces[feature]}" if feature in traces else feature


def _vetoed(first: Name, second: Name, *reasons: str) -> Match:
    return Match(0.0, "different", _kinship(first, second), {f"veto: {reason}": -math.inf for reason in reasons})


def _kinship(first: Name, second: Name) -> Relation:
    return "kin" if fuzz.ratio(first.standard, second.standard) >= 60 else "other"


@lru_cache(maxsize=4)
def _weights(lexicon: Lexicon) -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in lexicon.rows("weights")}


@lru_cache(maxsize=4)
def known_pairs(lexicon: Lexicon) -> dict[frozenset[str], Match]:
    """Give what the lexicon says of pairs of whole names; raises `LexiconError` where the two read as one name."""
    known: dict[frozenset[str], Match] = {}
    for row in lexicon.rows("distinct"):
        if row["relation"] == "kin":
            known[_pair(row, "distinct", lexicon)] = Match(0.5, "review", "kin", {f"distinct: {row['why']}": 0.0})
        else:
            known[_pair(row, "distinct", lexicon)] = Match(0.01, "different", "other", {f"distinct: {row['why']}": -4.6})
    for row in lexicon.rows("synonyms"):
        pair = _pair(row, "synonyms", lexicon)
        if len(pair) == 1:
            continue
        relation: Relation = "successor" if row["relation"] == "successor" else "same"
        since = f" since {row['since']}" if row["since"] else ""
        why = {f"{row['relation']}{since}: {row['source']}": 4.6}
        known[pair] = Match(0.99, "same", relation, why)
    return known


def _pair(row: Mapping[str, str], table: str, lexicon: Lexicon) -> frozenset[str]:
    keys = read_name(row["a"], lexicon).key, read_name(row["b"], lexicon).key
    if keys[0] == keys[1] and row["relation"] not in ("alias", "rename"):
        raise LexiconError(f"{table}.csv: {row['a']} and {row['b']} already read as one name")
    return frozenset(keys)


def match(table: pd.DataFrame, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Give the pairs of differently written names of `table` that are, or may be, one indicator.

    Columns: a, b (str, a < b), probability (float64), decision, relation (str), why (str: the reasons, weightiest
    first). Pairs decided different are left out, but for those that are kin.
    """
    lexicon = lexicon or Lexicon.default()
    texts = sorted(set(table["indicator"]))
    found = []
    for a, b in combinations(texts, 2):
        pair = compare_names(read_name(a, lexicon), read_name(b, lexicon), lexicon)
        if pair.decision != "different":
            found.append((a, b, pair.probability, pair.decision, pair.relation, explain(pair)))
    return pd.DataFrame(found, columns=["a", "b", "probability", "decision", "relation", "why"])


def explain(pair: Match) -> str:
    """Give the reasons of a match in one line, the weightiest first."""
    return "; ".join(f"{reason} {value:+.1f}" for reason, value in sorted(pair.why.items(), key=lambda item: -abs(item[1])) if value)
