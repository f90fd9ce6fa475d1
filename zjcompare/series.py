"""Table → the same table with `series`: each indicator followed over all years of a place, conflicts marked."""

from __future__ import annotations

import hashlib
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from zjcompare.lexicon import Lexicon
from zjcompare.matches import compare_names
from zjcompare.names import Name, dimension_of, read_name
from zjcompare.vocabulary import compile_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SLOT = ("report", "place", "year", "measure", "per", "since")


def align(
    table: pd.DataFrame,
    decisions: pd.DataFrame | None = None,
    *,
    across_places: bool = False,
    lexicon: Lexicon | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Give the rows of `table`, in order, with the series that each belongs to.

    Adds `series` (str, NaN where the row is in conflict), `series_name` (str) and `conflict` (str: the series that the
    row would have joined, where another row of its report with the same measure, unit dimension and window fills that
    place already; else NaN). `table` needs the columns place, year and indicator; unit, measure, per, since, scope and
    report are used where they are there. The result does not depend on the order of the rows.
    """
    lexicon = lexicon or Lexicon.default()
    codes, texts = pd.factorize(table["indicator"])
    names = [read_name(text, lexicon) for text in texts]
    node_of_text, nodes = _factorize_keys(names)
    node = node_of_text[codes]
    where = _entities(table, across_places=across_places)
    slot = _slots(table, lexicon)
    edges = _find_edges(nodes, lexicon)
    items = pd.DataFrame({"where": where, "node": node, "slot": slot})
    cluster = _cluster(items, edges)
    if progress is not None:
        progress(1, 1)
    return _name_series(table, cluster, slot, [nodes[n] for n in node], across_places=across_places)


def _factorize_keys(names: Iterable[Name]) -> tuple[np.ndarray, list[Name]]:
    index: dict[object, int] = {}
    nodes: list[Name] = []
    codes = []
    for name in names:
        code = index.setdefault(name.key, len(nodes))
        if code == len(nodes):
            nodes.append(name)
        codes.append(code)
    return np.array(codes, dtype=np.int64), nodes


def _entities(table: pd.DataFrame, *, across_places: bool) -> np.ndarray:
    own = np.zeros(len(table), dtype=np.int64) if across_places else pd.factorize(table["place"], sort=True)[0]
    if "scope" not in table:
        return own
    scope = pd.factorize(table["scope"], sort=True)[0] + 1
    return own * (scope.max(initial=0) + 1) + scope


def _slots(table: pd.DataFrame, lexicon: Lexicon) -> np.ndarray:
    """Number what only one row of a series may fill: report, place, year, measure, unit dimension and window."""
    parts = [pd.factorize(table[column])[0] for column in _SLOT if column in table]
    if "unit" in table:
        codes, units = pd.factorize(table["unit"])
        dimensions = pd.factorize(np.array([dimension_of(unit, lexicon) or unit for unit in units] + [""]))[0]
        parts.append(dimensions[codes])
    slot = np.zeros(len(table), dtype=np.int64)
    for part in parts:
        slot = pd.factorize(slot * (part.max(initial=0) + 2) + part + 1)[0]
    return slot


def _find_edges(nodes: list[Name], lexicon: Lexicon) -> list[tuple[float, int, int]]:
    strict = compile_vocabulary(lexicon).strict
    blocks: dict[frozenset[tuple[str, str]], list[int]] = {}
    for number, name in enumerate(nodes):
        blocks.setdefault(frozenset(facet for facet in name.facets if strict[facet] == "yes"), []).append(number)
    edges = []
    for block in blocks.values():
        for one, other in combinations(sorted(block, key=lambda n: nodes[n].standard), 2):
            match = compare_names(nodes[one], nodes[other], lexicon)
            if match.decision == "same":
                edges.append((match.probability, one, other))
    return sorted(edges, key=lambda edge: (-edge[0], nodes[edge[1]].standard, nodes[edge[2]].standard))


def _cluster(items: pd.DataFrame, edges: list[tuple[float, int, int]]) -> np.ndarray:
    """Give each row the number of its cluster: nodes of one place joined along edges, the surest first, unless two
    rows would fill one slot."""
    group = items.groupby(["where", "node"], sort=True)
    slots = {key: set(values) for key, values in group["slot"]}
    parent = {key: key for key in slots}

    def root(key: tuple[int, int]) -> tuple[int, int]:
        while parent[key] != key:
            key = parent[key]
        return key

    for place in sorted({where for where, _ in slots}):
        for _, one, other in edges:
            if (place, one) in slots and (place, other) in slots:
                first, second = root((place, one)), root((place, other))
                if first != second and not slots[first] & slots[second]:
                    slots[first] |= slots[second]
                    parent[second] = first
    number = {key: index for index, key in enumerate(slots)}
    keys = zip(items["where"], items["node"], strict=True)
    return np.array([number[root(key)] for key in keys], dtype=np.int64)


def _name_series(table: pd.DataFrame, cluster: np.ndarray, slot: np.ndarray, nodes: list[Name], *, across_places: bool) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "cluster": cluster,
            "slot": slot,
            "place": "" if across_places else table["place"].to_numpy(),
            "year": table["year"].to_numpy(),
            "standard": [node.standard for node in nodes],
            "text": table["indicator"].to_numpy(),
            "start": table["start"].to_numpy() if "start" in table else 0,
        }
    )
    ordered = frame.sort_values(["year", "standard", "text", "start"], kind="stable")
    first = ordered.groupby("cluster")[["place", "standard"]].first()
    ids = {c: _identify(place, standard) for c, place, standard in first.itertuples()}
    counts = frame.groupby(["cluster", "text"]).size().reset_index(name="n").sort_values(["cluster", "n", "text"], ascending=[True, False, True])
    names = counts.groupby("cluster")["text"].first()
    later = ordered.duplicated(["cluster", "slot"]).reindex(frame.index)
    series = frame["cluster"].map(ids)
    added = {
        "series": series.mask(later).astype("str").to_numpy(),
        "series_name": frame["cluster"].map(names).astype("str").to_numpy(),
        "conflict": series.where(later).astype("str").to_numpy(),
    }
    return table.assign(**added)


def _identify(place: str, standard: str) -> str:
    return hashlib.sha256(f"{place}\x1f{standard}".encode()).hexdigest()[:16]
