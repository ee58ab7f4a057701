"""How far a reading can be trusted, who could step in for a name, and a board on which nothing is to be read yet."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.leaders.models import Candidate, ChainProposal, Reading
from commonweal.leaders.rules.verdicts import refusals_seem_unrecorded
from commonweal.leaders.views.trust_words import trust_in_words
from commonweal.leaders.writes.reading import compute
from commonweal.people.models import Campaign, ChainLink, Person, Placement
from tests.leaders.small_mill import Silent, ask, busy_mill, hands, occasion, tie
from tests.village import THEN, Village, account, person


def read(village: Village) -> Reading:
    compute(village.campaign.pk, Silent(), by=village.ana.pk, at=THEN)
    return Reading.objects.get(campaign=village.campaign, current=True)


def titles(reading: Reading) -> list[str]:
    return [one.title for one in trust_in_words(reading)]


@pytest.mark.parametrize(
    ("answers", "refusals", "seem"), [(19, 0, False), (20, 0, True), (100, 1, True), (100, 2, False), (0, 0, False)]
)
def test_refusals_seem_unrecorded_when_hardly_any_is_among_many_answers(
    answers: int, refusals: int, seem: bool
) -> None:
    assert refusals_seem_unrecorded(answers=answers, refusals=refusals) is seem


@pytest.mark.django_db
def test_a_list_of_nothing_but_yeses_is_said_to_be_one(village: Village) -> None:
    people = hands(village)
    for number in range(2):
        act = occasion(village, f"Act {number}", date(2026, 2, 1 + number))
        for one in people:
            ask(act, village.bo_person, one, "did")
    reading = read(village)
    assert (reading.facts["answers"], reading.facts["refusals"]) == (24, 0)
    assert titles(reading) == ["Hardly a no was written down.", "Not yet proved on different people."]
    client = Client()
    client.force_login(village.ana)
    here = {"campaign": village.campaign.pk}
    for page in (
        reverse("leaders:board"),
        reverse("leaders:candidates", kwargs=here),
        reverse("leaders:known", kwargs=here | {"person": village.bo_person.pk}),
    ):
        assert "Of 24 answers 0 were a no." in client.get(page).content.decode(), page


@pytest.mark.django_db
def test_a_mill_that_writes_down_its_noes_is_not_warned(village: Village) -> None:
    busy_mill(village)
    assert titles(read(village)) == ["Not yet proved on different people."]


@pytest.mark.django_db
@pytest.mark.parametrize("moving", [True, False], ids=["pull", "no pull"])
def test_pull_that_holds_for_other_followers_is_said_to_be_proved(village: Village, moving: bool) -> None:
    leaders = [person(f"Leader {number}", village.weaving) for number in range(12)]
    acts = [occasion(village, f"Act {number}", date(2026, 2, 1 + number)) for number in range(3)]
    for place, leader in enumerate(leaders):
        for number in range(16):
            one = person(f"Worker {place} {number}", village.weaving)
            for turn, act in enumerate(acts):
                strong = place % 2 == 0
                came = (number + turn) % 8 != 0 if strong else (number + turn) % 8 == 0
                chance = (number * 7 + turn * 3 + place * 5) % 2 == 0
                ask(act, leader, one, "did" if (came if moving else chance) else "did_not")
    reading = read(village)
    expected = "Proved on different people." if moving else "Not proved on different people."
    assert titles(reading) == [expected]


@pytest.mark.django_db
def test_who_could_step_in_for_a_name_is_kept_with_whom_she_would_reach(client: Client, village: Village) -> None:
    people = hands(village)
    tie(village.eve_person, people[0], "tie:eve")
    reading = read(village)
    proposed = Candidate.objects.filter(reading=reading, proposed=True)
    leader = next(one for one in proposed if one.person_id in (village.bo_person.pk, village.cleo_person.pk))
    other = village.cleo_person if leader.person_id == village.bo_person.pk else village.bo_person
    assert leader.evidence["instead"][0][0] == str(other.pk)
    assert leader.evidence["instead"][0][1] >= 12
    client.force_login(village.ana)
    shown = client.get(reverse("leaders:proposed", kwargs={"campaign": village.campaign.pk})).content.decode()
    assert f"{other.name}</a> could reach" in shown


@pytest.mark.django_db
def test_nobody_outside_the_readers_units_is_named_as_a_stand_in(client: Client, village: Village) -> None:
    people = hands(village)
    Placement.objects.filter(person=village.cleo_person).update(unit=village.spinning)
    reading = read(village)
    named = {
        UUID(other)
        for one in Candidate.objects.filter(reading=reading, proposed=True)
        for other, _reached in one.evidence["instead"]
    }
    leads = Candidate.objects.filter(
        reading=reading, proposed=True, person__in=[village.bo_person, village.cleo_person]
    )
    hidden = village.cleo_person if leads.get().person_id == village.bo_person.pk else village.bo_person
    assert hidden.pk in named
    unit = village.weaving if hidden == village.cleo_person else village.spinning
    client.force_login(account("Una", "organizer", None, unit))
    shown = client.get(reverse("leaders:proposed", kwargs={"campaign": village.campaign.pk})).content.decode()
    assert hidden.name not in shown
    assert people


@pytest.mark.django_db
def test_somebody_tied_to_nobody_is_no_leader_and_is_said_to_be_unreached(village: Village) -> None:
    hands(village)
    hermit = person("Hermit Low", village.spinning, village.night)
    reading = read(village)
    assert not Candidate.objects.filter(reading=reading, person=hermit, proposed=True).exists()
    assert ChainProposal.objects.get(reading=reading, follower=hermit).why == "no_tie"


@pytest.mark.django_db
def test_who_the_shortest_list_counts_on_gets_her_place_before_others(village: Village) -> None:
    """Two places beside Bo, three who could walk with her: whom the list counts on is not left out."""
    Campaign.objects.filter(pk=village.campaign.pk).update(chain_capacity=2)
    ChainLink.objects.all().delete()
    reading = read(village)
    for number in range(3):
        one = person(f"Hand {number}", village.weaving, village.day)
        tie(village.bo_person, one, f"tie:{number}", 0.9)
    reading = read(village)
    with_bo = ChainProposal.objects.filter(reading=reading, leader=village.bo_person)
    assert with_bo.count() == 2
    assert Person.objects.filter(pk__in=with_bo.values("follower")).count() == 2


@pytest.mark.django_db
def test_a_board_without_evidence_leads_to_the_import_and_one_without_campaign_to_its_beginning(
    client: Client, village: Village
) -> None:
    client.force_login(village.ana)
    shown = client.get(reverse("leaders:board")).content.decode()
    assert reverse("exchange:imports") in shown and reverse("people:quick") in shown
    assert "Read the evidence" not in shown
    village.campaign.delete()
    client.force_login(village.root)
    assert reverse("leaders:begin_campaign") in client.get(reverse("leaders:board")).content.decode()


@pytest.mark.django_db
def test_a_board_with_evidence_and_no_reading_offers_to_read_it(client: Client, village: Village) -> None:
    tie(village.bo_person, village.cleo_person, "tie:bo:cleo")
    client.force_login(village.ana)
    shown = client.get(reverse("leaders:board")).content.decode()
    assert "Read the evidence" in shown
