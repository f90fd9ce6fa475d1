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
from zjcompare.names import dimension_of, read_names
from zjcompare.origins import find_origins
from zjcompare.places import label_rows, strip_places

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from zjcompare.engines import Engine

    Codes = NDArray[np.int64]

_SLOT = ("report", "place", "scope", "year", "measure", "per", "since")
_ROWS_APART = 50_000  # about so many rows are aligned at a time by one worker
_PREFERENCE = ("base", "status", "rank_scope", "rank_of", "start", "end", "value")


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
    slot, dimension = number_slots(table, lexicon)
    items, item = _items(where, np.array(nodes.of_text, dtype=np.int64)[number], slot, dimension)
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
    titles = [texts[at] for at in _most_frequent(cluster, number, len(texts))]
    report(4, 4)
    return add_series(table, ids, titles, cluster, find_later(table, cluster, slot))


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


def number_slots(table: pd.DataFrame, lexicon: Lexicon) -> tuple[Codes, Codes]:
    """Give the slot of each row, and its dimension as a bit.

    Only one row of a series may fill a slot: a report, place, year, measure, dimension and window. What is no level has
    no bit.
    """
    parts = [pd.factorize(table[column])[0] for column in _SLOT if column in table]
    bit = np.zeros(len(table), dtype=np.int64)
    if "unit" in table:
        units, texts = pd.factorize(table["unit"])
        found = [dimension_of(unit, lexicon) or unit for unit in texts]
        dimensions, distinct = pd.factorize(np.array([*found, ""], dtype=object))
        dimension = dimensions[units]
        parts.append(dimension)
        bit = np.where(dimension == len(distinct) - 1, 0, 1 << np.minimum(dimension, 62)).astype(np.int64)
        if "measure" in table:
            bit[(table["measure"] != "level").to_numpy()] = 0
    slot = np.zeros(len(table), dtype=np.int64)
    for part in parts:
        slot = pd.factorize(slot * (part.max(initial=0) + 2) + part + 1)[0].astype(np.int64)
    return slot, bit


def _items(where: Codes, node: Codes, slot: Codes, dimension: Codes) -> tuple[Items, Codes]:
    """Give the nodes of each place, and the item of each row."""
    count = int(node.max(initial=0)) + 1
    distinct, item = np.unique(where * count + node, return_inverse=True)
    order = np.argsort(item, kind="stable")
    starts = np.searchsorted(item[order], np.arange(len(distinct) + 1))
    bits = np.zeros(len(distinct), dtype=np.int64)
    np.bitwise_or.at(bits, item, dimension)
    return Items(distinct // count, distinct % count, starts, slot[order], bits), item


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


def find_later(table: pd.DataFrame, cluster: Codes, slot: Codes) -> NDArray[np.bool_]:
    """Mark the rows whose slot another row of their cluster fills already: plain rows go before qualified ones.

    Where a sentence leads from one figure to another (由70亿元增加到100亿元), the one that it reaches fills the slot.
    """
    pair = pd.factorize(cluster * (slot.max(initial=0) + 1) + slot)[0]
    crowded = np.flatnonzero(np.bincount(pair, minlength=1)[pair] > 1)
    columns = [*(column for column in _PREFERENCE if column in table), "indicator"]
    rows = table.iloc[crowded]
    rows = rows[columns].assign(pair=pair[crowded], at=crowded, began=find_origins(rows, pair[crowded]))
    ordered = rows.sort_values(["began", *columns], na_position="first", kind="stable")
    later = np.zeros(len(table), dtype=bool)
    later[ordered.loc[ordered.duplicated("pair"), "at"].to_numpy()] = True
    return later


def _most_frequent(cluster: Codes, number: Codes, texts: int) -> list[int]:
    """Give the text that each cluster is written as most often, the first of equals, by its number."""
    pair, counts = np.unique(cluster * texts + number, return_counts=True)
    order = np.lexsort((pair, -counts, pair // max(texts, 1)))
    firsts = order[np.unique(pair[order] // max(texts, 1), return_index=True)[1]]
    return [number % max(texts, 1) for number in pair[firsts].tolist()]
