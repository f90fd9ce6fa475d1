"""Distinct names → nodes and edges: the names that may be one indicator, found without comparing all with all."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from zjcompare.contrasts import Rules, compile_rules
from zjcompare.scores import Match, compare_names, known_pairs
from zjcompare.spelling import find_meant, find_slips, index_spellings

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence

    from zjcompare.decisions import Decisions
    from zjcompare.lexicon import Lexicon
    from zjcompare.names import Name


@dataclass(frozen=True, slots=True)
class Edge:
    """Two nodes that are one indicator with `probability`, by numbers.

    `spelling` is the number of the plain text that the first node is a slip of: the edge holds only where somebody
    wrote it so; -1 where it needs none.
    """

    probability: float
    one: int
    other: int
    spelling: int = -1


@dataclass(frozen=True, slots=True)
class Nodes:
    """Distinct names that say different things: `names`, one each, and their `keys`.

    `of_text` is the node of each text, `plain_of_text` the number of its plain writing in `plains`.
    """

    names: tuple[Name, ...]
    keys: tuple[str, ...]
    of_text: tuple[int, ...]
    plain_of_text: tuple[int, ...]
    plains: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Contradictions:
    """Which nodes, by numbers, may not be in one cluster: those whose names are decided different, or are kin."""

    names: Sequence[Name]
    lexicon: Lexicon
    known: dict[tuple[int, int], bool] = field(default_factory=dict)

    def between(self, one: int, other: int) -> bool:
        """Say whether two nodes may not be in one cluster."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self.known:
            found = compare_nodes(self.names[pair[0]], self.names[pair[1]], self.lexicon)
            self.known[pair] = found.decision != "same"
        return self.known[pair]


def find_nodes(texts: Sequence[str], names: Sequence[Name], decisions: Decisions) -> Nodes:
    """Give what is distinct among `names`, which are `texts` (distinct, sorted) taken apart: one key is one node.

    A name that people called different from another keeps a node of its own.
    """
    parted = {text for pair in decisions.different for text in pair}
    index: dict[str, int] = {}
    distinct: list[Name] = []
    plains: dict[str, int] = {}
    of_text, plain_of_text = [], []
    for text, name in zip(texts, names, strict=True):
        key = f"{name.key}|{text}" if text in parted else name.key
        node = index.setdefault(key, len(distinct))
        if node == len(distinct):
            distinct.append(name)
        of_text.append(node)
        plain_of_text.append(plains.setdefault(name.plain, len(plains)))
    return Nodes(tuple(distinct), tuple(index), tuple(of_text), tuple(plain_of_text), tuple(plains))


def find_edges(nodes: Nodes, lexicon: Lexicon) -> list[Edge]:
    """Give every two nodes that are decided the same, the surest first.

    They are those that differ only in what does not matter, whole names that the lexicon joins, and slips of the pen.
    """
    found: dict[tuple[int, int], Edge] = {}
    for one, other in (*_blocks(nodes.names, compile_rules(lexicon).hollow, lexicon), *_known(nodes, lexicon)):
        pair = compare_nodes(nodes.names[one], nodes.names[other], lexicon)
        if pair.decision == "same":
            found[one, other] = Edge(pair.probability, one, other)
    for edge in _slips(nodes, lexicon):
        found.setdefault((min(edge.one, edge.other), max(edge.one, edge.other)), edge)
    return sorted(found.values(), key=lambda edge: (-edge.probability, nodes.keys[edge.one], nodes.keys[edge.other]))


def compare_nodes(first: Name, second: Name, lexicon: Lexicon) -> Match:
    """Decide whether all names that read as the first are one indicator with all that read as the second."""
    known = known_pairs(lexicon).get(frozenset((first.key, second.key)))
    return known or compare_names(first, second, lexicon)


def find_pairs(nodes: Nodes, lexicon: Lexicon) -> Iterator[tuple[int, int, Match]]:
    """Give every two nodes that are decided the same or left to a person, each pair once, with its match."""
    rules = compile_rules(lexicon)
    near = index_spellings(plain for plain in nodes.plains if rules.spelling.is_known(plain))
    node = dict(zip(nodes.plain_of_text, nodes.of_text, strict=True))
    numbers = {plain: node[number] for number, plain in enumerate(nodes.plains)}
    slips = (
        (numbers[plain], numbers[meant]) for plain in nodes.plains for meant in find_slips(plain, near, rules.spelling)
    )
    candidates = (*_blocks(nodes.names, rules.weak, lexicon), *_known(nodes, lexicon), *slips)
    for one, other in sorted({(min(pair), max(pair)) for pair in candidates if pair[0] != pair[1]}):
        found = compare_names(nodes.names[one], nodes.names[other], lexicon)
        if found.decision != "different":
            yield one, other, found


def _blocks(names: Sequence[Name], idle: re.Pattern[str], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Give pairs with equal strict facets and cores but for idle words: no other pair can be decided the same."""
    strict = compile_rules(lexicon).vocabulary.strict
    blocks: dict[object, list[int]] = {}
    for number, name in enumerate(names):
        blocks.setdefault(_block(name, strict, idle), []).append(number)
    for block in blocks.values():
        yield from combinations(block, 2)


def block_of(name: Name, rules: Rules) -> object:
    """Give what is equal for all names that may be decided the same as `name` by what parts them."""
    return _block(name, rules.vocabulary.strict, rules.hollow)


def _block(name: Name, strict: Mapping[tuple[str, str], str], idle: re.Pattern[str]) -> object:
    facets = frozenset(facet for facet in name.facets if strict[facet] == "yes")
    return facets, "".join(sorted(idle.sub("", name.core)))


def _known(nodes: Nodes, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    numbers = {name.key: number for number, name in enumerate(nodes.names)}
    for pair in known_pairs(lexicon):
        if pair <= numbers.keys():
            one, other = sorted(numbers[key] for key in pair)
            yield one, other


def _slips(nodes: Nodes, lexicon: Lexicon) -> Iterator[Edge]:
    """Give, for each text with neighbours that no well-formed name has, the text that it is surely a slip of."""
    spelling = compile_rules(lexicon).spelling
    numbers = {plain: number for number, plain in enumerate(nodes.plains)}
    node = dict(zip(nodes.plain_of_text, nodes.of_text, strict=True))
    near = index_spellings(plain for plain in nodes.plains if spelling.is_known(plain))
    for number, plain in enumerate(nodes.plains):
        meant = find_meant(plain, near, spelling)
        if meant is not None:
            right = numbers[meant[0]]
            if node[number] != node[right]:
                match = compare_names(nodes.names[node[number]], nodes.names[node[right]], lexicon)
                yield Edge(match.probability if match.decision == "same" else 0.9, node[number], node[right], right)
