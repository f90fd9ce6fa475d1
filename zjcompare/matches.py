"""Two names → Match: the probability that they are one indicator, the decision, and the reasons for it."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import pandas as pd
from rapidfuzz import fuzz

from zjcompare.lexicon import Lexicon
from zjcompare.names import Name, dimension_of, read_name
from zjcompare.vocabulary import compile_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

Decision = Literal["same", "different", "review"]
Relation = Literal["same", "successor", "kin", "other"]

ACCEPT, REVIEW = 0.9, 0.3
_WEIGHTS = {"bias": 4.5, "residual_both": -7.0, "residual_one": -4.5, "silent": -1.0, "likeness": 1.0}


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
        return _vetoed(first, second, f"measure {measure_a}/{measure_b}")
    if all(units) and units[0] != units[1]:
        return _vetoed(first, second, f"unit {'/'.join(units)}")
    return compare_names(first, second, lexicon)


def compare_names(first: Name, second: Name, lexicon: Lexicon) -> Match:
    """Decide whether two names are one indicator; the same whichever comes first."""
    known = _known(lexicon).get(frozenset((first.key, second.key)))
    if known is not None:
        return known
    vetoes = find_vetoes(first, second, compile_vocabulary(lexicon).strict)
    if vetoes:
        return _vetoed(first, second, *vetoes)
    why = {name: _WEIGHTS[name] * value for name, value in compute_features(first, second).items()}
    probability = 1 / (1 + math.exp(-sum(why.values())))
    decision: Decision = "same" if probability >= ACCEPT else "review" if probability >= REVIEW else "different"
    return Match(probability, decision, "same" if decision == "same" else _kinship(first, second), why)


def find_vetoes(first: Name, second: Name, strict: frozenset[str]) -> list[str]:
    """Give the reasons for which two names cannot be one indicator, none where they can."""
    ours, theirs = dict(_grouped(first)), dict(_grouped(second))
    vetoes = []
    for facet in sorted(ours.keys() | theirs.keys()):
        a, b = ours.get(facet, ""), theirs.get(facet, "")
        if a != b and (facet in strict or (a and b)):
            vetoes.append(f"{facet} {min(a, b) or '–'}/{max(a, b)}")
    left, right = residuals(first.core, second.core)
    if any(character in _NUMERALS for character in left + right):
        vetoes.append(f"numbers {min(left, right) or '–'}/{max(left, right)}")
    return vetoes


_NUMERALS = frozenset("0123456789一二三四五六七八九十百千万亿两IVX")


def _grouped(name: Name) -> dict[str, str]:
    groups: dict[str, list[str]] = {}
    for facet, value in sorted(name.facets):
        groups.setdefault(facet, []).append(value)
    return {facet: "+".join(values) for facet, values in groups.items()}


def residuals(first: str, second: str) -> tuple[str, str]:
    """Give the characters of each text that the other has not, repeats counted."""
    ours, theirs = Counter(first), Counter(second)
    return "".join(sorted((ours - theirs).elements())), "".join(sorted((theirs - ours).elements()))


def compute_features(first: Name, second: Name) -> dict[str, float]:
    """Give what speaks for and against two names that no veto parts, each between 0 and 1; no feature looks at values."""
    left, right = residuals(first.core + first.whole, second.core + second.whole)
    shorter, longer = sorted((len(left), len(right)))
    return {
        "bias": 1.0,
        "residual_both": min(shorter, 4) / 4 if shorter == 0 else max(min(shorter, 4) / 4, 0.75),
        "residual_one": min(longer - shorter, 4) / 4 if longer == shorter else max(min(longer - shorter, 4) / 4, 0.6),
        "silent": min(len(first.facets ^ second.facets), 3) / 3,
        "likeness": fuzz.ratio(first.standard, second.standard) / 100,
    }


def _vetoed(first: Name, second: Name, *reasons: str) -> Match:
    return Match(0.0, "different", _kinship(first, second), {f"veto: {reason}": -math.inf for reason in reasons})


def _kinship(first: Name, second: Name) -> Relation:
    return "kin" if fuzz.ratio(first.standard, second.standard) >= 60 else "other"


@lru_cache(maxsize=4)
def _known(lexicon: Lexicon) -> dict[frozenset[object], Match]:
    known: dict[frozenset[object], Match] = {}
    for row in lexicon.rows("distinct"):
        pair = frozenset((read_name(row["a"], lexicon).key, read_name(row["b"], lexicon).key))
        if row["relation"] == "kin":
            known[pair] = Match(0.5, "review", "kin", {f"distinct: {row['why']}": 0.0})
        else:
            known[pair] = Match(0.01, "different", "other", {f"distinct: {row['why']}": -5.0})
    for row in lexicon.rows("synonyms"):
        pair = frozenset((read_name(row["a"], lexicon).key, read_name(row["b"], lexicon).key))
        relation: Relation = "successor" if row["relation"] == "successor" else "same"
        since = f" since {row['since']}" if row["since"] else ""
        known[pair] = Match(0.99, "same", relation, {f"{row['relation']}{since}: {row['source']}": 5.0})
    return known


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
