"""The map of ties: groups, bridges and reach on known small networks; what the page shows to whom."""

from itertools import combinations
from math import dist
from uuid import UUID

import pytest
from django.test import Client

from commonweal.leaders.rules.ties_map import Bond, apart, labels_apart, reach, ties_map, without_ties
from commonweal.people.models import Tie
from tests.village import SENTINEL, THEN, Village

ADDRESS = "/leaders/ties_map/"


def who(number: int) -> UUID:
    return UUID(int=number)


def cliques(count: int, size: int) -> list[Bond]:
    """Groups in which everybody knows everybody, joined in a row by one tie between neighbours."""
    inside = [
        Bond(who(group * size + one), who(group * size + other), "friend", 1.0)
        for group in range(count)
        for one in range(size)
        for other in range(one)
    ]
    return inside + [Bond(who(group * size), who(group * size - 1), "kin", 0.5) for group in range(1, count)]


def test_circles_of_friends_are_found_as_groups_that_do_not_overlap() -> None:
    drawn = ties_map(cliques(4, 8))
    assert sorted(len(group.people) for group in drawn.groups) == [8, 8, 8, 8]
    for one in drawn.groups:
        for other in drawn.groups[: one.number]:
            assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= (one.radius + other.radius) ** 2


def test_the_same_ties_give_the_same_map() -> None:
    bonds = cliques(3, 6)
    assert ties_map(bonds, 5).places == ties_map(bonds, 5).places


def test_no_circle_covers_another_not_even_where_two_begin_in_one_place() -> None:
    radii = [60.0, 40.0, 40.0, 20.0] + [15.0] * 30
    spots = apart([(0.0, 0.0), (0.0, 0.0)] + [(float(n % 6), float(n // 6)) for n in range(32)], radii)
    for one, other in combinations(range(len(radii)), 2):
        assert dist(spots[one], spots[other]) >= radii[one] + radii[other] - 0.05


def test_bridges_are_those_whose_ties_lead_out() -> None:
    bonds = cliques(3, 6)
    found = ties_map(bonds).bridges
    assert {bridge.person for bridge in found} == {who(5), who(6), who(11), who(12)}


def test_a_band_joins_two_groups_by_as_many_ties_as_lead_across() -> None:
    bonds = cliques(3, 6)
    drawn = ties_map(bonds)
    group = drawn.group_of
    joined = {frozenset((one, other)): ties for one, other, ties in drawn.bands}
    assert joined == {
        frozenset((group[who(5)], group[who(6)])): 1,
        frozenset((group[who(11)], group[who(12)])): 1,
    }


def test_people_are_spread_over_the_circle_of_their_group() -> None:
    drawn = ties_map(cliques(1, 40))
    group = drawn.groups[0]
    inner = sum(
        (x - group.x) ** 2 + (y - group.y) ** 2 < (group.radius * 0.84) ** 2 / 2 for x, y in drawn.places.values()
    )
    assert inner == 20


def test_reach_goes_one_step_and_two() -> None:
    row = [Bond(who(number), who(number + 1), "friend", 1.0) for number in range(4)]
    assert reach(row, who(0)) == ({who(1)}, {who(2)})
    assert without_ties([who(4), who(9)], row) == {who(9)}


def test_no_ties_make_an_empty_map() -> None:
    assert ties_map([]).places == {}


def test_labels_do_not_cover_one_another() -> None:
    placed = labels_apart([(50.0, 50.0, 40.0)] * 6, 10, (200, 200))
    boxes = [(x, y - 10, x + 40, y + 3) for x, y in filter(None, placed)]
    assert len(boxes) >= 3
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            assert one[2] < other[0] or one[0] > other[2] or one[3] < other[1] or one[1] > other[3]


@pytest.mark.django_db
def test_a_tie_to_somebody_outside_the_scope_is_not_on_the_map(client: Client, village: Village) -> None:
    for source, other in (("in", village.cleo_person), ("out", village.eve_person)):
        Tie.objects.create(person=village.bo_person, other=other, kind="friend", source=source, entered_at=THEN)
    client.force_login(village.ana)
    text = client.get(ADDRESS).content.decode()
    assert SENTINEL not in text and str(village.eve_person.pk) not in text
    assert "2 people hold together in 1 group. Of 1 we know no tie." in text
    assert client.get(f"{ADDRESS}?person={village.eve_person.pk}").status_code == 404
    chosen = client.get(f"{ADDRESS}?person={village.bo_person.pk}").content.decode()
    assert "Bo Adeyemi is tied to 1 person" in chosen


@pytest.mark.django_db
def test_leaders_and_members_do_not_reach_the_map(client: Client, village: Village) -> None:
    for account in (village.bo, village.cleo):
        client.force_login(account)
        assert client.get(ADDRESS).status_code == 404


@pytest.mark.django_db
def test_the_filter_by_kind_leaves_only_that_kind(client: Client, village: Village) -> None:
    Tie.objects.create(person=village.bo_person, other=village.cleo_person, kind="kin", source="k", entered_at=THEN)
    client.force_login(village.ana)
    assert "tie home" in client.get(ADDRESS + "?kind=kin").content.decode()
    assert "No tie between people here is known yet." in client.get(ADDRESS + "?kind=friend").content.decode()


@pytest.mark.django_db
def test_the_map_asks_few_questions(client: Client, village: Village, django_assert_max_num_queries: object) -> None:
    Tie.objects.create(person=village.bo_person, other=village.cleo_person, kind="kin", source="k", entered_at=THEN)
    client.force_login(village.ana)
    with django_assert_max_num_queries(28):  # type: ignore[operator]
        client.get(ADDRESS)
