"""Real networks with a known story: what the program finds, and that the page for organizers says just that."""

from pathlib import Path

import pytest

from tests.reckoning.real.figures import figures, leading, network, touching

PAGE = Path(__file__).parents[3] / "docs" / "practices" / "list-and-chain.md"


@pytest.fixture(scope="module")
def found() -> list[str]:
    return figures()


def test_the_page_states_what_is_found_and_nothing_else(found):
    table = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert table[2:] == found


@pytest.mark.parametrize(("kind", "before", "after"), [("sociational", 4, 3), ("instrumental", 8, 5)])
def test_fewer_people_touch_the_tailor_shop_before_the_strike_that_held(kind, before, after):
    sizes = []
    for time in ("t1", "t2"):
        cover = touching(network("kapferer", f"{kind}_{time}", both_ways=True, nodes="name")[0])
        assert cover.exact
        sizes.append(cover.leaders.size)
    assert sizes == [before, after]


def test_the_club_is_led_by_its_instructor_and_its_president(found):
    assert "| Karate club, shortest list for half of each later camp | n1 (2), n34 (1) |" in found


@pytest.mark.parametrize("kind", ["SAMPLK1", "SAMPLK2", "SAMPLK3"])
def test_the_monastery_is_reached_by_a_proven_list(kind):
    cover = leading(network("sampson", kind, both_ways=False, nodes="name")[0])
    assert cover.exact
    assert cover.reaches_target
