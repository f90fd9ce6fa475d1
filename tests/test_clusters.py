"""What may join does, the surest first; what may not stays apart, also by way of a third."""

import numpy as np
import pytest

from zjcompare.candidates import Edge
from zjcompare.clusters import Items, Links, join_items


class Parted:
    """Contradictions that are said one by one."""

    def __init__(self, pairs):
        self.pairs = pairs

    def between(self, one, other):
        return (min(one, other), max(one, other)) in self.pairs


def joined(*edges, where=None, node=None, slots=None, dimensions=None, facets=None, **links):
    """Give the cluster of each item: nodes 0, 1 and 2 in one place, each with a slot of its own, if not said."""
    node = [0, 1, 2] if node is None else node
    slots = [[number] for number in range(len(node))] if slots is None else slots
    items = Items(
        np.array(where or [0] * len(node)),
        np.array(node),
        np.cumsum([0, *map(len, slots)]),
        np.array([slot for found in slots for slot in found]),
        np.array(dimensions or [0] * len(node)),
    )
    said = [{facet: frozenset({value}) for facet, value in found.items()} for found in facets or [{}] * 3]
    parted = Parted(links.get("contradictions", ()))
    kept = Links(edges, said, frozenset(links.get("apart", ())), parted, frozenset(links.get("spelled", ())))
    return join_items(items, kept).tolist()


def sure(one, other):
    return Edge(0.95, one, other)


BOTH_WAYS = pytest.mark.parametrize("edge", [sure(0, 1), sure(1, 0)])


@BOTH_WAYS
def test_an_edge_joins_two_nodes_in_each_place_that_has_both(edge):
    assert joined(edge, sure(1, 2)) == [0, 0, 0]
    assert joined(edge) == [0, 0, 2]
    places, nodes = [0, 1, 0, 1, 2, 1], [0, 0, 1, 1, 0, 2]
    assert joined(edge, sure(1, 2), where=places, node=nodes) == [0, 1, 0, 1, 4, 1]


@BOTH_WAYS
def test_an_edge_to_a_name_that_the_place_lacks_joins_nothing(edge):
    assert joined(edge, sure(0, 2), sure(2, 1), node=[0, 1]) == [0, 0]


@BOTH_WAYS
def test_rows_that_fill_one_slot_are_two_indicators_unless_a_person_says_otherwise(edge):
    assert joined(edge, slots=[[7], [7], [8]]) == [0, 1, 2]
    assert joined(edge, slots=[[6, 7], [8, 7], [9]]) == [0, 1, 2]
    assert joined(edge, slots=[[6, 7], [8, 9], [7]]) == [0, 0, 2]
    assert joined(edge, sure(1, 2), slots=[[6], [7], [6]]) == [0, 0, 2]
    assert joined(Edge(1, edge.one, edge.other), slots=[[7], [7], [8]]) == [0, 0, 2]


@BOTH_WAYS
def test_dimensions_that_have_none_in_common_are_apart_also_by_way_of_a_name_without(edge):
    assert joined(edge, dimensions=[1, 2, 0]) == [0, 1, 2]
    assert joined(edge, dimensions=[1, 3, 0]) == [0, 0, 2]
    assert joined(edge, sure(0, 2), dimensions=[0, 1, 2]) == [0, 0, 2]
    assert joined(edge, sure(1, 2), dimensions=[1, 0, 2]) == [0, 0, 2]


@BOTH_WAYS
def test_facets_that_contradict_are_apart_also_by_way_of_a_name_without(edge):
    urban, rural = {"urban": "urban"}, {"urban": "rural"}
    assert joined(edge, facets=[urban, rural, {}]) == [0, 1, 2]
    assert joined(edge, facets=[urban | {"trade": "export"}, urban | {"trade": "import"}, {}]) == [0, 1, 2]
    assert joined(edge, facets=[urban, {"trade": "export"}, {}]) == [0, 0, 2]
    assert joined(edge, sure(1, 2), facets=[urban, {}, rural]) == [0, 0, 2]
    assert joined(edge, sure(0, 2), facets=[{}, urban, rural]) == [0, 0, 2]


@BOTH_WAYS
@pytest.mark.parametrize("third", [sure(1, 2), sure(2, 1), Edge(1, 1, 2)])
def test_what_people_called_different_is_never_one_whoever_stands_between(edge, third):
    assert joined(edge, third, apart=[(0, 2)]) == [0, 0, 2]
    assert joined(edge, third, apart=[(0, 1)]) == [0, 1, 1]


@BOTH_WAYS
@pytest.mark.parametrize("third", [sure(1, 2), sure(2, 1)])
def test_names_that_contradict_each_other_are_not_joined_by_a_third(edge, third):
    assert joined(edge, third, contradictions=[(0, 2)]) == [0, 0, 2]


@pytest.mark.parametrize("number", [0, 5])
def test_a_slip_joins_only_where_somebody_wrote_it_and_brings_nothing_of_its_own(number):
    slip = Edge(0.95, 1, 0, spelling=number)
    facets = [{"trade": "export"}, {"trade": "import"}, {"trade": "export"}]
    assert joined(slip, facets=facets) == [0, 1, 2]
    assert joined(slip, spelled=[(1, number)], facets=facets) == [0, 1, 2]
    assert joined(slip, spelled=[(0, number)], facets=facets) == [0, 0, 2]
    assert joined(slip, spelled=[(0, number)], slots=[[7], [7], [8]]) == [0, 1, 2]
    for edge in (sure(0, 2), sure(2, 0)):
        assert joined(slip, edge, spelled=[(0, number)], contradictions=[(0, 1), (1, 2)]) == [0, 0, 0]
        assert joined(slip, edge, spelled=[(0, number)], facets=facets) == [0, 0, 0]
        assert joined(slip, sure(1, 2), spelled=[(0, number)], contradictions=[(0, 2)]) == [0, 0, 2]
        assert joined(slip, sure(1, 2), spelled=[(0, number)], facets=[*facets[:2], facets[1]]) == [0, 0, 2]
