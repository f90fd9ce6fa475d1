"""Nodes and edges → clusters: joined the surest first, never against a cannot-link."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from zjcompare.candidates import Contradictions, Edge


@dataclass(frozen=True, slots=True)
class Items:
    """Nodes in places: item i is node `node[i]` in place `where[i]`.

    The rows of item i fill `slots[starts[i]:starts[i + 1]]`; `dimensions[i]` has a bit for each dimension of its
    levels.
    """

    where: NDArray[np.int64]
    node: NDArray[np.int64]
    starts: NDArray[np.int64]
    slots: NDArray[np.int64]
    dimensions: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Links:
    """What may join: `edges` in order, the surest first; and what may not.

    `facets` holds for each node the values that it must not contradict, `apart` the pairs of nodes (smaller first) that
    people called different, `contradictions` the pairs that are not decided the same, `spelled` the (place, text) that
    somebody wrote.
    """

    edges: Sequence[Edge]
    facets: Sequence[Mapping[str, frozenset[str]]]
    apart: frozenset[tuple[int, int]]
    contradictions: Contradictions
    spelled: frozenset[tuple[int, int]]


@dataclass(slots=True)
class _Cluster:
    """A cluster while it grows."""

    items: list[int]
    nodes: set[int]
    slips: set[int]
    slots: set[int]
    dimensions: int
    facets: dict[str, frozenset[str]]


def join_items(items: Items, links: Links) -> NDArray[np.int64]:
    """Give the cluster of each item: the number of its first item.

    Two clusters of a place stay apart where two of their rows would fill one slot, where their facets or dimensions
    contradict each other, and where `apart` parts any two of their nodes. An edge of probability 1 (a person's) heeds
    `apart` alone: rows that then fill one slot are for the caller to mark.
    """
    cluster = np.arange(len(items.node), dtype=np.int64)
    component = _components(len(links.facets), links.edges)[items.node]
    order = np.lexsort((items.node, component, items.where))
    changes = (np.diff(items.where[order]) != 0) | (np.diff(component[order]) != 0)
    bounds = [0, *(np.flatnonzero(changes) + 1).tolist(), len(order)]
    incident = _incident(links.edges)
    for begin, end in pairwise(bounds):
        if end - begin > 1:
            for joined in _join_group(order[begin:end].tolist(), items, links, incident):
                cluster[joined.items] = min(joined.items)
    return cluster


def _components(count: int, edges: Sequence[Edge]) -> NDArray[np.int64]:
    """Give the connected component of each node, so that only what may join is looked at together."""
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for edge in edges:
        parent[root(edge.one)] = root(edge.other)
    return np.array([root(node) for node in range(count)], dtype=np.int64)


def _incident(edges: Sequence[Edge]) -> dict[int, list[int]]:
    """Give the edges of each node, each edge once: at the end with fewer edges, so that a hub costs nothing."""
    degree = Counter(end for edge in edges for end in (edge.one, edge.other))
    incident: dict[int, list[int]] = {}
    for number, edge in enumerate(edges):
        leaf = min((degree[edge.one], edge.one), (degree[edge.other], edge.other))[1]
        incident.setdefault(leaf, []).append(number)
    return incident


def _join_group(
    members: Sequence[int], items: Items, links: Links, incident: Mapping[int, Sequence[int]]
) -> list[_Cluster]:
    of_node = {int(items.node[item]): _start(item, items, links) for item in members}
    where = int(items.where[members[0]])
    numbers = sorted(number for node in of_node for number in incident.get(node, ()))
    for number in numbers:
        edge = links.edges[number]
        first, second = of_node.get(edge.one), of_node.get(edge.other)
        if first is None or second is None or first is second:
            continue
        if edge.spelling >= 0 and (where, edge.spelling) not in links.spelled:
            continue
        if _may_join(first, second, edge, links):
            slip = edge.spelling >= 0
            kept, added = (second, first) if slip else (first, second)
            _join(kept, added, slip=slip)
            for node in added.nodes:
                of_node[node] = kept
    return list({id(cluster): cluster for cluster in of_node.values()}.values())


def _start(item: int, items: Items, links: Links) -> _Cluster:
    node = int(items.node[item])
    slots = set(items.slots[items.starts[item] : items.starts[item + 1]].tolist())
    return _Cluster([item], {node}, set(), slots, int(items.dimensions[item]), dict(links.facets[node]))


def _may_join(first: _Cluster, second: _Cluster, edge: Edge, links: Links) -> bool:
    if links.apart and any((min(a, b), max(a, b)) in links.apart for a in first.nodes for b in second.nodes):
        return False
    if edge.probability == 1:
        return True
    if first.dimensions and second.dimensions and not first.dimensions & second.dimensions:
        return False
    if not first.slots.isdisjoint(second.slots):
        return False
    if edge.spelling >= 0:
        return True
    shared = first.facets.keys() & second.facets.keys()
    if any(first.facets[facet] != second.facets[facet] for facet in shared):
        return False
    others = [node for node in second.nodes if node not in second.slips]
    return not any(links.contradictions.between(a, b) for a in first.nodes if a not in first.slips for b in others)


def _join(first: _Cluster, second: _Cluster, *, slip: bool) -> None:
    """Put `second` into `first`; a slip of the pen brings no facets of its own."""
    first.items += second.items
    first.nodes |= second.nodes
    first.slips |= second.nodes if slip else second.slips
    first.slots |= second.slots
    first.dimensions |= second.dimensions
    if not slip:
        first.facets |= second.facets
