"""Names of a table → the pairs that are, or may be, one indicator, each with its probability and reasons."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from zjcompare.candidates import Nodes, find_nodes, find_pairs
from zjcompare.decisions import resolve_decisions
from zjcompare.lexicon import Lexicon
from zjcompare.names import dimension_of, read_name, read_names
from zjcompare.scores import Match, compare_names, explain, vetoed

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Match", "match", "match_pair"]

_COLUMNS = {
    "a": "str", "b": "str", "probability": "float64", "decision": "str", "relation": "str", "why": "str",
    "rows_a": "int64", "rows_b": "int64",
}  # fmt: skip


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
        return vetoed(first, second, f"measure {'/'.join(sorted((measure_a, measure_b)))}")
    if all(units) and units[0] != units[1]:
        return vetoed(first, second, f"unit {'/'.join(sorted(units))}")
    return compare_names(first, second, lexicon)


def match(
    table: pd.DataFrame, decisions: pd.DataFrame | None = None, *, lexicon: Lexicon | None = None
) -> pd.DataFrame:
    """Give the pairs of differently written names of `table` that are one indicator, or that a person must decide.

    Columns: a, b (str, a < b), probability (float64), decision, relation, why (str; the reasons, the weightiest first,
    in log-odds), rows_a, rows_b (int64: how many rows of the table bear the name). The surest come first. Names that
    only differ in scope or period are not listed. Where people decided a pair, their decision stands, with its reason.
    """
    lexicon = lexicon or Lexicon.default()
    judged = resolve_decisions(decisions)
    counts = Counter(table["indicator"].tolist())
    texts = sorted(counts)
    nodes = find_nodes(texts, list(read_names(texts, lexicon)), judged)
    found = {(min(a, b), max(a, b)): pair for a, b, pair in _pairs(nodes, texts, counts, lexicon)}
    for decision, pairs in (("same", judged.same), ("different", judged.different)):
        for a, b in pairs:
            if a in counts and b in counts:
                found[a, b] = _by_person(decision)
    rows = [
        (a, b, pair.probability, pair.decision, pair.relation, explain(pair), counts[a], counts[b])
        for (a, b), pair in sorted(found.items(), key=lambda item: (-item[1].probability, item[0]))
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def _pairs(nodes: Nodes, texts: list[str], counts: Counter[str], lexicon: Lexicon) -> Iterator[tuple[str, str, Match]]:
    """Give the pairs of two nodes, each by its most frequent text, and of the ways to write one node."""
    ways: dict[int, dict[int, str]] = {}
    for text, node, plain in zip(texts, nodes.of_text, nodes.plain_of_text, strict=True):
        best = ways.setdefault(node, {}).setdefault(plain, text)
        if (-counts[text], text) < (-counts[best], best):
            ways[node][plain] = text
    usual = {node: sorted(found.values(), key=lambda text: (-counts[text], text)) for node, found in ways.items()}
    for first, *others in usual.values():
        for other in others:
            yield first, other, compare_names(read_name(first, lexicon), read_name(other, lexicon), lexicon)
    for a, b, pair in find_pairs(nodes, lexicon):
        yield usual[a][0], usual[b][0], pair


def _by_person(decision: str) -> Match:
    if decision == "same":
        return Match(1.0, "same", "same", {"decided by a person": float("inf")})
    return Match(0.0, "different", "other", {"decided by a person": float("-inf")})
