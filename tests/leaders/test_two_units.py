"""A person in two units: drawn once, listed in both, counted once."""

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.common.scope import EVERYTHING
from commonweal.leaders.models import GroupReading, Reading
from commonweal.leaders.reads.campaigns import part_within
from commonweal.leaders.reads.groups import groups_of
from commonweal.leaders.reads.wall_chart import ground_of_chart, squares_of
from commonweal.leaders.writes.reading import compute
from commonweal.people.models import Person, Placement
from commonweal.people.writes.placements import end_place, place
from tests.leaders.small_mill import Silent, tie
from tests.signed_in import sign_in_by_force
from tests.village import THEN, Village, account

pytestmark = pytest.mark.django_db


@pytest.fixture
def twofold(village: Village) -> Village:
    """Bo weaves by day and spins by night; weaving is his main place."""
    place(person=village.bo_person.pk, unit=village.spinning, shift=village.night, main=False, by=None, at=THEN)
    tie(village.bo_person, village.cleo_person, "tie:bo:cleo")
    tie(village.bo_person, village.finn_person, "tie:bo:finn")
    return village


def test_the_chart_draws_her_once_in_her_main_place(twofold: Village) -> None:
    ground = ground_of_chart(EVERYTHING)
    squares = squares_of(EVERYTHING, [node.id for node in ground.nodes], ground.campaign)
    hers = [square for square in squares if square.person == twofold.bo_person.pk]
    assert [(square.unit, square.shift) for square in hers] == [(twofold.weaving.pk, twofold.day.pk)]


def test_she_is_found_in_the_list_of_either_unit(client: Client, twofold: Village) -> None:
    sign_in_by_force(client, twofold.ana)
    for unit in (twofold.weaving, twofold.spinning):
        page = client.get(reverse("people:people"), {"unit": unit.pk})
        assert [one.name for one in page.context["page"].people].count("Bo Adeyemi") == 1
    everybody = client.get(reverse("people:people")).context["page"].people
    assert [one.name for one in everybody].count("Bo Adeyemi") == 1


def test_her_page_shows_both_places_and_says_which_is_the_main_one(client: Client, twofold: Village) -> None:
    sign_in_by_force(client, twofold.ana)
    shown = client.get(reverse("people:person", args=[twofold.bo_person.pk])).content.decode()
    assert "Weaving" in shown and "Spinning" in shown and shown.count("main place") == 1


def test_the_list_and_its_coverage_count_her_once(twofold: Village) -> None:
    compute(twofold.campaign.pk, Silent(), by=None, at=THEN)
    reading = Reading.objects.get(campaign=twofold.campaign, current=True)
    assert reading.facts["people"] == 3
    people = {(row.unit_id, row.shift_id): row.people for row in GroupReading.objects.filter(reading=reading)}
    assert people == {(twofold.weaving.pk, twofold.day.pk): 2, (twofold.spinning.pk, twofold.night.pk): 1}
    groups = groups_of(part_within(EVERYTHING, twofold.campaign.pk), {})
    assert sum(group.people for group in groups.values()) == 3


def test_an_organizer_of_her_second_unit_sees_her_and_the_chart_counts_her_elsewhere(
    client: Client, twofold: Village
) -> None:
    una = account("Una", "organizer", None, twofold.spinning)
    sign_in_by_force(client, una)
    assert client.get(reverse("people:person", args=[twofold.bo_person.pk])).status_code == 200
    chart = client.get(reverse("leaders:wall_chart"))
    assert chart.context["totals"].people == 1


def test_when_her_main_place_ends_the_other_becomes_it(twofold: Village) -> None:
    main = Placement.objects.get(person=twofold.bo_person, unit=twofold.weaving)
    version = Person.objects.get(pk=twofold.bo_person.pk).version
    end_place(placement=main, version=version, on=THEN.date(), by=twofold.ana.pk, at=THEN)
    squares = squares_of(EVERYTHING, [twofold.weaving.pk, twofold.spinning.pk], twofold.campaign)
    assert {square.unit for square in squares if square.person == twofold.bo_person.pk} == {twofold.spinning.pk}
