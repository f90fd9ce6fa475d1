"""Table → the same table with `series`: each indicator followed over all years of a place, conflicts marked."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from zjcompare.candidates import Contradictions, Edge, Nodes, find_edges, find_nodes
from zjcompare.clusters import Items, Links, join_items
from zjcompare.contrasts import facet_values
from zjcompare.decisions import Decisions, resolve_decisions
from zjcompare.engines import run
from zjcompare.lexicon import Lexicon
from zjcompare.names import read_names
from zjcompare.places import label_rows, strip_places
from zjcompare.slots import Slots, find_later, number_pairs, number_slots

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from zjcompare.engines import Engine

    Codes = NDArray[np.int64]

_ROWS_APART = 50_000  # about so many rows are aligned at a time by one worker


def align(
    table: pd.DataFrame,
    decisions: pd.DataFrame | None = None,
    *,
    across_places: bool = False,
    lexicon: Lexicon | None = None,
    progress: Callable[[int, int], None] | None = None,
    jobs: int | None = 1,
    engine: Engine | None = None,
) -> pd.DataFrame:
    """Give the rows of `table`, in order, with the series that each belongs to.

    Adds `series` (str, NaN where the row is in conflict), `series_name` (str: how the series is written most often)
    and `conflict` (str: the series that the row would have joined, where another row of its report with the same
    measure, unit dimension and window fills its place already; else NaN). `table` needs place, year and indicator;
    report, scope, unit, measure, per and since are used where they are there. `decisions` (columns a, b, decision …,
    see `read_decisions`) override the score. With `across_places` a series runs over all places. `progress` is called
    with how many of how many steps are done. `engine` and `jobs` are those of `engines.run`: places are aligned apart,
    several at a time; with `across_places` all names are compared here.

    The result does not depend on the order of the rows, and a series of one place not on the rows of another. Raises
    `LexiconError` where decisions contradict each other.
    """
    if not across_places and (jobs != 1 or engine is not None) and len(table) > 0:
        return _align_apart(table, decisions, lexicon, progress, jobs=jobs, engine=engine)
    lexicon = lexicon or Lexicon.default()
    report = progress or _silent
    judged = resolve_decisions(decisions)
    number, texts = strip_places(table["indicator"], table["place"], lexicon)
    names = list(read_names(texts, lexicon))
    nodes = find_nodes(texts, names, judged)
    report(1, 4)
    edges = [*_decided(nodes, texts, judged), *find_edges(nodes, lexicon)]
    report(2, 4)
    read = list(zip(texts, names, strict=True))
    where, labels = label_rows(table, number, read, lexicon, across_places=across_places)
    slots = number_slots(table, lexicon)
    items, item = _items(where, np.array(nodes.of_text, dtype=np.int64)[number], slots)
    links = Links(
        edges,
        [facet_values(name) for name in nodes.names],
        _parted(nodes, texts, judged),
        Contradictions(nodes.names, lexicon),
        _spelled(where, np.array(nodes.plain_of_text, dtype=np.int64)[number], edges),
    )
    of_item = np.unique(join_items(items, links), return_inverse=True)[1]
    cluster = of_item[item]
    report(3, 4)
    ids = _identify(table, item, of_item, items, nodes, labels)
    cluster, ids = part_kinds(table, cluster, ids, slots)
    titles = [texts[at] for at in _most_frequent(cluster, number, len(texts))]
    report(4, 4)
    return add_series(table, ids, titles, cluster, find_later(table, cluster, slots.slot))


def add_series(
    table: pd.DataFrame, ids: Sequence[str], titles: Sequence[str], cluster: Codes, later: NDArray[np.bool_]
) -> pd.DataFrame:
    """Give `table` with the id and the title of each row's cluster; the rows `later` are in conflict."""

    def column(texts: Sequence[str], codes: Codes) -> pd.Series[str]:
        return pd.Series(pd.array(texts, dtype="str").take(codes, allow_fill=True), index=table.index)

    return table.assign(
        series=column(ids, np.where(later, -1, cluster)),
        series_name=column(titles, cluster),
        conflict=column(ids, np.where(later, cluster, -1)),
    )


def _align_apart(
    table: pd.DataFrame,
    decisions: pd.DataFrame | None,
    lexicon: Lexicon | None,
    progress: Callable[[int, int], None] | None,
    *,
    jobs: int | None,
    engine: Engine | None,
) -> pd.DataFrame:
    """Align batches of whole places, each batch by a worker; the rows come back in their order."""
    place = pd.factorize(table["place"])[0]
    order = np.argsort(place, kind="stable")
    ends = np.flatnonzero(np.diff(place[order], append=-1)) + 1  # where each place ends
    batch = np.cumsum(np.diff(ends, prepend=0)) // _ROWS_APART
    cuts = ends[np.flatnonzero(np.diff(batch, append=batch[-1] + 1))]
    batches = (table.iloc[rows] for rows in np.split(order, cuts[:-1]))
    parts = []
    for part in run(partial(align, decisions=decisions, lexicon=lexicon), batches, engine=engine, jobs=jobs):
        parts.append(part)
        if progress is not None:
            progress(len(parts), len(cuts))
    return pd.concat(parts).iloc[np.argsort(order)]


def _silent(done: int, total: int) -> None:
    """Take no notice of progress."""


def _decided(nodes: Nodes, written: list[str], judged: Decisions) -> list[Edge]:
    """Give an edge for each pair that people called one indicator, both of whose names are there."""
    number = {text: nodes.of_text[at] for at, text in enumerate(written)}
    pairs = [(number[a], number[b]) for a, b in judged.same if a in number and b in number]
    return [Edge(1.0, min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]


def _parted(nodes: Nodes, written: list[str], judged: Decisions) -> frozenset[tuple[int, int]]:
    number = {text: nodes.of_text[at] for at, text in enumerate(written)}
    pairs = [sorted((number[a], number[b])) for a, b in judged.different if a in number and b in number]
    return frozenset((one, other) for one, other in pairs)


def _items(where: Codes, node: Codes, slots: Slots) -> tuple[Items, Codes]:
    """Give the nodes of each place, and the item of each row."""
    count = int(node.max(initial=0)) + 1
    distinct, item = np.unique(where * count + node, return_inverse=True)
    order = np.argsort(item, kind="stable")
    starts = np.searchsorted(item[order], np.arange(len(distinct) + 1))
    bits = np.zeros(len(distinct), dtype=np.int64)
    np.bitwise_or.at(bits, item, np.where(slots.kind > 0, 1 << np.minimum(slots.kind, 62), 0))
    return Items(distinct // count, distinct % count, starts, slots.slot[order], bits), item


def _spelled(where: Codes, plain: Codes, edges: list[Edge]) -> frozenset[tuple[int, int]]:
    """Give the (place, plain text) that are written somewhere, of the texts that an edge rests on."""
    wanted = np.zeros(int(plain.max(initial=0)) + 1, dtype=bool)
    wanted[[edge.spelling for edge in edges if edge.spelling >= 0]] = True
    rows = wanted[plain]
    distinct = np.unique(where[rows] * len(wanted) + plain[rows])
    return frozenset(zip((distinct // len(wanted)).tolist(), (distinct % len(wanted)).tolist(), strict=True))


def _identify(
    table: pd.DataFrame, item: Codes, cluster: Codes, items: Items, nodes: Nodes, labels: Sequence[str]
) -> list[str]:
    """Give the id of each cluster of items: a digest of the place and of its earliest name, which later years keep."""
    first = np.full(len(items.node), np.iinfo(np.int64).max)
    np.minimum.at(first, item, table["year"].to_numpy(dtype=np.int64))
    rank = np.empty(len(nodes.keys), dtype=np.int64)
    rank[sorted(range(len(nodes.keys)), key=nodes.keys.__getitem__)] = np.arange(len(nodes.keys))
    order = np.lexsort((rank[items.node], first, cluster))
    earliest = order[np.unique(cluster[order], return_index=True)[1]]
    return [
        identify_series(labels[where], nodes.keys[node])
        for where, node in zip(items.where[earliest].tolist(), items.node[earliest].tolist(), strict=True)
    ]


def identify_series(label: str, key: str) -> str:
    """Give the id of the series of a place that begins with a name of this key."""
    return hashlib.sha256(f"{label}\x1f{key}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def part_kinds(table: pd.DataFrame, cluster: Codes, ids: Sequence[str], slots: Slots) -> tuple[Codes, list[str]]:
    """Part the levels of one name that are of two kinds in one report, as 23条 and 163公里: each kind is a series.

    The kind that is there first keeps the id.
    """
    levels = slots.kind >= 0
    mixed = np.bincount(pd.unique(cluster[levels] * len(slots.kinds) + slots.kind[levels]) // len(slots.kinds)) > 1
    rows = np.flatnonzero(levels & np.append(mixed, np.zeros(len(ids), dtype=bool))[cluster])
    rows = rows[np.lexsort((slots.kind[rows], table["year"].to_numpy()[rows]))]
    own = cluster[rows] * len(slots.kinds) + slots.kind[rows]
    kind, distinct = pd.factorize(own)  # numbered in the order of their first years
    pair = number_pairs(cluster[rows], slots.window[rows])
    first = np.full(len(rows), len(distinct))
    np.minimum.at(first, pair, kind)
    moved = np.unique(kind[kind > first[pair]])
    parted = [(at // len(slots.kinds), slots.kinds[at % len(slots.kinds)]) for at in distinct[moved].tolist()]
    renumbered = cluster.copy()
    to = np.full(len(distinct), -1)
    to[moved] = len(ids) + np.arange(len(moved))
    renumbered[rows] = np.where(to[kind] >= 0, to[kind], cluster[rows])
    return renumbered, [*ids, *(identify_series(ids[at], name) for at, name in parted)]


def _most_frequent(cluster: Codes, number: Codes, texts: int) -> list[int]:
    """Give the text that each cluster is written as most often, the first of equals, by its number."""
    pair, counts = np.unique(cluster * texts + number, return_counts=True)
    order = np.lexsort((pair, -counts, pair // max(texts, 1)))
    firsts = order[np.unique(pair[order] // max(texts, 1), return_index=True)[1]]
    return [number % max(texts, 1) for number in pair[firsts].tolist()]
