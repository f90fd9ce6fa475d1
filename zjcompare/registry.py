"""Aligned table → Registry: the series as they are known, to which a report is added without reading the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from zjcompare.candidates import block_of
from zjcompare.contrasts import compile_rules
from zjcompare.lexicon import Lexicon
from zjcompare.names import Name, read_names
from zjcompare.places import label_rows, strip_places
from zjcompare.scores import compare_names, known_pairs
from zjcompare.series import add_series, identify_series, part_kinds
from zjcompare.slots import find_later, number_slots
from zjcompare.spelling import find_meant, index_spellings

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, eq=False, slots=True)
class Registry:
    """What each place calls its series: ids and names never change when reports are added.

    Keyed by place: `by_key` gives the series of a name's key, `by_plain` of its plain writing, `blocks` the names that
    may be decided the same with another, with their series. `near` finds misspellings; `titles` names each series.
    """

    by_key: Mapping[tuple[str, str], str]
    by_plain: Mapping[tuple[str, str], str]
    blocks: Mapping[tuple[str, object], tuple[tuple[Name, str], ...]]
    near: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]
    across_places: bool


def remember(aligned: pd.DataFrame, *, across_places: bool = False, lexicon: Lexicon | None = None) -> Registry:
    """Give the registry of an aligned table (the result of `align`, with the same `across_places`)."""
    lexicon = lexicon or Lexicon.default()
    rules = compile_rules(lexicon)
    named = aligned.dropna(subset="series")
    number, texts = strip_places(named["indicator"], named["place"], lexicon)
    names = list(read_names(texts, lexicon))
    read = list(zip(texts, names, strict=True))
    where, labels = label_rows(named, number, read, lexicon, across_places=across_places)
    kinds = number_slots(named, lexicon).kinds
    known: dict[tuple[int, int], set[str]] = {}
    for at, text, series in set(zip(where.tolist(), number.tolist(), named["series"].tolist(), strict=True)):
        known.setdefault((at, text), set()).add(series)
    by_key: dict[tuple[str, str], str] = {}
    by_plain: dict[tuple[str, str], str] = {}
    blocks: dict[tuple[str, object], list[tuple[Name, str]]] = {}
    for (at, text), found in sorted(known.items(), key=lambda item: (labels[item[0][0]], item[0][1])):
        label, name = labels[at], names[text]
        series = min(found - {identify_series(one, kind) for one in found for kind in kinds if len(found) > 1})
        if by_key.setdefault((label, name.key), series) == series and (label, name.plain) not in by_plain:
            blocks.setdefault((label, block_of(name, rules)), []).append((name, series))
        by_plain.setdefault((label, name.plain), series)
    near = index_spellings({plain for _, plain in by_plain if rules.spelling.is_known(plain)})
    titles = dict(zip(named["series"].tolist(), named["series_name"].tolist(), strict=True))
    return Registry(by_key, by_plain, {key: tuple(found) for key, found in blocks.items()}, near, titles, across_places)


def attach(registry: Registry, table: pd.DataFrame, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Give the rows of new reports with `series`, `series_name` and `conflict`, as `align` does, from a registry.

    A name that the registry knows takes its series; else one that is decided the same with a name of its place, the
    surest first; else a series of its own. Two rows of one report that would fill one slot are not joined.
    """
    lexicon = lexicon or Lexicon.default()
    number, texts = strip_places(table["indicator"], table["place"], lexicon)
    names = list(read_names(texts, lexicon))
    read = list(zip(texts, names, strict=True))
    where, labels = label_rows(table, number, read, lexicon, across_places=registry.across_places)
    pairs, distinct = pd.factorize(where * len(texts) + number)
    placed = [(labels[pair // len(texts)], names[pair % len(texts)]) for pair in distinct.tolist()]
    found = [_recognise(registry, label, name, lexicon) for label, name in placed]
    fresh = [identify_series(label, name.key) for label, name in placed]
    slots = number_slots(table, lexicon)
    series = np.array([known or new for (_, known), new in zip(found, fresh, strict=True)], dtype=object)[pairs]
    sure = np.array([probability for probability, _ in found])[pairs]
    for at in _crowded(series, slots.slot, sure):
        series[at] = fresh[pairs[at]]
    for at in np.flatnonzero(slots.kind >= 0).tolist():
        parted = identify_series(series[at], slots.kinds[slots.kind[at]])
        if parted in registry.titles:
            series[at] = parted
    codes, joined = pd.factorize(series)
    cluster, ids = part_kinds(table, codes, joined.tolist(), slots)
    written = dict(zip(cluster.tolist(), [texts[at] for at in number.tolist()], strict=True))
    titles = [registry.titles.get(one, written[at]) for at, one in enumerate(ids)]
    return add_series(table, ids, titles, cluster, find_later(table, cluster, slots.slot))


def _recognise(registry: Registry, label: str, name: Name, lexicon: Lexicon) -> tuple[float, str]:
    """Give the series of a place that a name belongs to, with its probability; nothing where there is none."""
    known = registry.by_key.get((label, name.key))
    if known is not None:
        return 1.0, known
    rules = compile_rules(lexicon)
    candidates = list(registry.blocks.get((label, block_of(name, rules)), ()))
    scored = [(compare_names(name, other, lexicon), series) for other, series in candidates]
    best = [(match.probability, series) for match, series in scored if match.decision == "same"]
    for pair, match in known_pairs(lexicon).items():
        if name.key in pair and match.decision == "same":
            others = [registry.by_key[label, key] for key in sorted(pair) if (label, key) in registry.by_key]
            best += [(match.probability, series) for series in others]
    meant = find_meant(name.plain, registry.near, rules.spelling)
    if meant is not None and (label, meant[0]) in registry.by_plain:
        best.append((0.9, registry.by_plain[label, meant[0]]))
    return max(best, key=lambda one: (one[0], one[1]), default=(0.0, ""))


def _crowded(series: np.ndarray, slots: np.ndarray, sure: np.ndarray) -> list[int]:
    """Give the rows that would join a series by likeness where a surer row of their report fills the slot."""
    order = np.lexsort((-sure, slots, pd.factorize(series, sort=True)[0]))
    taken: set[tuple[str, int]] = set()
    crowded = []
    for at in order.tolist():
        place = (series[at], int(slots[at]))
        if place in taken and 0 < sure[at] < 1:
            crowded.append(at)
        taken.add(place)
    return crowded
