import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.reckoning.steps import StepsRefused, steps_from


def test_the_way_leads_from_the_nearest_start():
    steps = steps_from(np.array([0, 5]), np.array([0, 1, 2, 3, 4]), np.array([1, 2, 3, 4, 5]), n=7)
    assert steps.distance.tolist() == [0, 1, 2, 2, 1, 0, -1]
    assert steps.way_to(3) == [5, 4, 3]
    assert steps.way_to(5) == [5]
    assert steps.way_to(6) == []


def test_of_two_ways_the_smaller_number_is_taken():
    steps = steps_from(np.array([0]), np.array([0, 0, 2, 1]), np.array([2, 1, 3, 3]), n=4)
    assert steps.way_to(3) == [0, 1, 3]


def test_without_a_start_nobody_is_reached():
    none = np.zeros(0, dtype=int)
    assert steps_from(none, np.array([0]), np.array([1]), n=2).distance.tolist() == [-1, -1]


@pytest.mark.parametrize("rows", [([0], [0], [2]), ([2], [0], [1]), ([0], [0, 1], [1])])
def test_rows_outside_the_graph_are_refused(rows):
    with pytest.raises(StepsRefused):
        steps_from(*(np.array(one) for one in rows), n=2)


@given(st.integers(2, 12).flatmap(lambda n: st.tuples(
    st.just(n),
    st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=30),
    st.sets(st.integers(0, n - 1), min_size=1, max_size=3),
)))  # fmt: skip
@settings(max_examples=50)
def test_distances_are_those_of_another_program_and_every_way_is_that_long(place):
    n, bonds, starts = place
    graph = nx.Graph(bonds)
    graph.add_nodes_from(range(n))
    known = nx.multi_source_dijkstra_path_length(graph, starts)
    one, other = np.array(bonds, dtype=int).reshape(-1, 2).T
    steps = steps_from(np.array(sorted(starts)), one, other, n=n)
    assert steps.distance.tolist() == [known.get(node, -1) for node in range(n)]
    for node in range(n):
        way = steps.way_to(node)
        assert len(way) == steps.distance[node] + 1
        assert all(graph.has_edge(*pair) for pair in zip(way, way[1:], strict=False))
