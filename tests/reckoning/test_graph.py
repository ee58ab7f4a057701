"""Standing among ties: against networkx, and on paths and stars whose answer is known."""

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.reckoning.graph import GraphRefused, communities, diffusion, pagerank, reach
from commonweal.reckoning.ties import Ties


@st.composite
def any_ties(draw):
    n = draw(st.integers(1, 12))
    person = st.integers(0, n - 1)
    rows = draw(st.lists(st.tuples(person, person, st.floats(0.1, 2)), max_size=40))
    return Ties.between([a for a, _, _ in rows], [b for _, b, _ in rows], [s for _, _, s in rows], n=n)


def drawn(ties: Ties) -> networkx.DiGraph:
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(ties.n))
    graph.add_weighted_edges_from(zip(ties.from_.tolist(), ties.to.tolist(), ties.strength.tolist(), strict=True))
    return graph


@settings(max_examples=80, deadline=None)
@given(any_ties())
def test_pagerank_is_that_of_networkx(ties):
    rank = pagerank(ties, rounds=500, precise=1e-13)
    expected = networkx.pagerank(drawn(ties), tol=1e-12, max_iter=500)
    assert rank == pytest.approx([expected[person] for person in range(ties.n)], abs=1e-8)
    assert rank.sum() == pytest.approx(1.0)


@settings(max_examples=80, deadline=None)
@given(any_ties(), st.integers(1, 4))
def test_diffusion_is_the_sum_of_powers_of_the_matrix(ties, steps):
    dense = networkx.to_numpy_array(drawn(ties)).T * 0.3
    expected = sum(np.linalg.matrix_power(dense, step) @ np.ones(ties.n) for step in range(1, steps + 1))
    assert diffusion(ties, chance=0.3, steps=steps) == pytest.approx(expected)


@settings(max_examples=80, deadline=None)
@given(any_ties(), st.data())
def test_reach_is_the_mean_of_one_over_distance(ties, data):
    people = data.draw(st.sets(st.integers(0, ties.n - 1), min_size=1))
    backwards = drawn(ties).reverse()
    best = np.zeros(ties.n)
    for start in people:
        for end, steps in networkx.single_source_shortest_path_length(backwards, start).items():
            best[end] = max(best[end], 1.0 / max(steps, 1))
    assert reach(ties, sorted(people)) == pytest.approx(best.mean())


def test_the_centre_of_a_star_reaches_everybody():
    for arms in (1, 4, 9):
        star = Ties.between(range(1, arms + 1), [0] * arms, n=arms + 1)
        assert reach(star, [0]) == 1.0
        assert diffusion(star, chance=1.0, steps=3)[0] == arms


def test_two_circles_with_one_bridge_are_two_communities():
    pairs = [(a + s, b + s) for s in (0, 6) for a in range(6) for b in range(a)] + [(0, 6)]
    circles = communities(Ties.between(*zip(*pairs, strict=True), n=12), lot=3)
    assert len(set(circles[:6])) == len(set(circles[6:])) == 1
    assert circles[0] != circles[6]


def test_nobody_has_no_standing():
    none = Ties.between([], [], n=0)
    assert pagerank(none).size == diffusion(none).size == communities(none, lot=1).size == 0
    assert reach(none, []) == 0.0


def test_questions_without_sense_are_refused():
    pair = Ties.between([0], [1], n=2)
    for ask in (
        lambda: diffusion(pair, chance=0),
        lambda: diffusion(pair, steps=0),
        lambda: pagerank(pair, damping=1.0),
        lambda: reach(pair, [2]),
    ):
        with pytest.raises(GraphRefused):
            ask()
