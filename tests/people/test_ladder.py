"""The ladder of somebody's acts: in order, asked by whom, what came of it, and what comes next."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commonweal.common.scope import EVERYTHING
from commonweal.listening.models import Conversation
from commonweal.people.models import Ask, BareYes, Campaign, Occasion, Person
from commonweal.people.reads.ladder import MOST, Ladder, ladder_of
from commonweal.people.reads.records import record_of
from tests.leaders.small_mill import ask, occasion
from tests.village import SENTINEL, THEN, Village

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def ladder(her: Person, today: date = TODAY) -> Ladder:
    return ladder_of(record_of(EVERYTHING, her, country="US"), today)


def test_acts_stand_in_their_order_with_what_came_of_each(village: Village) -> None:
    cleo = village.cleo_person
    second = occasion(village, "Second", date(2026, 3, 1))
    first = occasion(village, "First", date(2026, 2, 1))
    occasion(village, "Not asked", date(2026, 4, 1))
    ask(second, village.bo_person, cleo, "did_not")
    ask(first, None, cleo, "unknown")
    BareYes.objects.create(occasion=first, person=cleo, source="y", entered_at=THEN)
    rungs = ladder(cleo).rungs
    assert [(rung.occasion.name, rung.outcome) for rung in rungs] == [
        ("First", "did"),
        ("Second", "did_not"),
        ("Not asked", ""),
    ]


def test_what_comes_next_is_the_nearest_to_which_nobody_asked_her_yet(village: Village) -> None:
    cleo = village.cleo_person
    near = occasion(village, "Near", TODAY + timedelta(days=2))
    occasion(village, "Far", TODAY + timedelta(days=9))
    coming = ladder(cleo).coming
    assert coming is not None and coming.name == "Near"
    ask(near, village.bo_person, cleo, "unknown")
    after = ladder(cleo)
    assert after.coming is not None and after.coming.name == "Far"
    assert [rung.occasion.name for rung in after.rungs] == ["Near"]


def test_acts_of_another_campaign_are_hers_only_where_she_was_seen(village: Village) -> None:
    elsewhere = Campaign.objects.create(name="Elsewhere", begun_on=TODAY)
    elsewhere.units.set([village.parish])
    other = Occasion.objects.create(campaign=elsewhere, kind="button", name="Other", on=date(2026, 2, 1), source="o")
    assert ladder(village.cleo_person).rungs == []
    ask(other, None, village.cleo_person, "did")
    assert [rung.occasion.name for rung in ladder(village.cleo_person).rungs] == ["Other"]


def test_of_very_many_acts_the_latest_are_shown_and_the_others_counted(village: Village) -> None:
    for number in range(MOST + 3):
        occasion(village, f"Act {number:02d}", date(2026, 1, 1) + timedelta(days=number))
    found = ladder(village.cleo_person)
    assert (len(found.rungs), found.before, found.rungs[-1].occasion.name) == (MOST, 3, f"Act {MOST + 2}")


def talks(village: Village) -> None:
    """Ana and Bo each talked with Cleo, Ana with Eve."""
    for number, (account, who, said) in enumerate(
        (
            (village.ana, village.cleo_person, "Ana heard this"),
            (village.bo, village.cleo_person, "Bo heard that"),
            (village.root, village.eve_person, SENTINEL),
        )
    ):
        Conversation.objects.create(
            person=who, account=account, on=TODAY + timedelta(days=number), answer="yes", said=said,
            opened="", cause="", hope="", asked_for="", objections="", entered_at=THEN, entered_by=account.pk,
        )  # fmt: skip


def test_an_organizer_reads_the_conversations_and_talks_from_the_page(client: Client, village: Village) -> None:
    talks(village)
    client.force_login(village.ana)
    text = client.get(reverse("people:person", args=[village.cleo_person.pk])).content.decode()
    assert "Ana heard this" in text and "Bo heard that" in text
    assert reverse("listening:talk", args=[village.cleo_person.pk]) in text
    assert client.get(reverse("people:person", args=[village.eve_person.pk])).status_code == 404


def test_a_leader_reads_of_her_own_people_what_she_herself_heard(client: Client, village: Village) -> None:
    talks(village)
    client.force_login(village.bo)
    text = client.get(reverse("people:person", args=[village.cleo_person.pk])).content.decode()
    assert "Bo heard that" in text and "Ana heard this" not in text
    assert reverse("listening:talk", args=[village.cleo_person.pk]) in text
    assert "What she was seen to do in public" not in text


def test_nobody_finds_conversations_on_her_own_page(client: Client, village: Village) -> None:
    talks(village)
    client.force_login(village.cleo)
    text = client.get(reverse("people:person", args=[village.cleo_person.pk])).content.decode()
    assert "heard this" not in text and "heard that" not in text
    assert "/talk/" not in text


def test_the_page_says_who_asked_and_where_she_says_and_is_seen_to_stand(client: Client, village: Village) -> None:
    act = occasion(village, "Button day", timezone.localdate() - timedelta(days=3))
    ask(act, village.bo_person, village.cleo_person, "did_not")
    hidden = occasion(village, "Other day", timezone.localdate() - timedelta(days=2))
    ask(hidden, village.eve_person, village.cleo_person, "did")
    Ask.objects.filter(occasion=hidden).update(outcome="could_not")
    client.force_login(village.ana)
    text = client.get(reverse("people:person", args=[village.cleo_person.pk])).content.decode()
    ladder_said = text[text.index("acts-of-her") : text.index("Whom she asked")]
    assert "Bo Adeyemi" in ladder_said and "somebody outside your units" in ladder_said
    assert "Asked to one public act, and did not come." in text
    assert SENTINEL not in text
