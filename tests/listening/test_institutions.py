from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from commonweal.accounts.reads.scope import scope_of
from commonweal.common.ids import new_id
from commonweal.listening.models import Conversation
from commonweal.listening.reads.institutions import institutions_around
from commonweal.listening.reads.next_talks import parts
from commonweal.listening.views import institutions as view
from commonweal.listening.views.institutions import way_in_words
from commonweal.people.models import Affiliation, Ask, Assessment, Institution, Occasion, Tie
from tests.signed_in import signed_in
from tests.village import THEN, Village, person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)


def institution(name: str, *members: Any, kind: str = "choir", role: str = "member") -> Institution:
    made = Institution.objects.create(kind=kind, name=name, added_at=THEN, source="hand:i")
    for one in members:
        Affiliation.objects.create(person=one, institution=made, role=role, source="hand:i")
    return made


SAID = THEN.date()


def says(whom: Any, stance: str, on: date = SAID, basis: str = "stated") -> None:
    Assessment.objects.create(
        person=whom, stance=stance, on=on, basis=basis, source=f"hand:{new_id()}", entered_at=THEN
    )


def knows(one: Any, other: Any, kind: str = "friend", strength: float = 0.5) -> None:
    Tie.objects.create(
        person=one, other=other, kind=kind, strength=strength, source=f"hand:{new_id()}", entered_at=THEN
    )


def around(village: Village, **more: Any) -> list[Any]:
    return institutions_around(scope_of(village.ana), village.ana, TODAY, people=20, limit=30, **more)[0]


def test_the_way_leads_from_who_is_with_us_over_those_she_knows(village):
    institution("Sunday choir", village.finn_person, role="treasurer")
    says(village.bo_person, "1")
    knows(village.bo_person, village.cleo_person, "kin")
    knows(village.cleo_person, village.finn_person)
    [choir] = around(village)
    assert way_in_words(choir) == [
        "Bo Adeyemi knows Cleo Ruiz (family)",
        "Cleo Ruiz knows Finn Novak (friends)",
        "Finn Novak is treasurer there",
    ]
    assert (choir.members, choir.ours, choir.reached, len(choir.steps)) == (1, 0, False, 2)


def test_belonging_together_elsewhere_is_a_step_too(village):
    institution("Chess club", village.bo_person, village.cleo_person, kind="sports")
    institution("Sunday choir", village.cleo_person)
    says(village.bo_person, "2")
    choir = next(one for one in around(village) if one.institution.name == "Sunday choir")
    assert way_in_words(choir) == [
        "Bo Adeyemi and Cleo Ruiz both belong to Chess club",
        "Cleo Ruiz belongs there",
    ]


def test_of_members_equally_near_who_holds_the_money_is_named(village):
    choir = institution("Sunday choir", village.cleo_person)
    Affiliation.objects.create(person=village.finn_person, institution=choir, role="treasurer", source="hand:i")
    for one in (village.cleo_person, village.finn_person):
        says(one, "2")
    [found] = around(village)
    assert way_in_words(found) == ["Finn Novak is treasurer there"]
    assert (found.ours, found.reached) == (2, True)


@pytest.mark.parametrize(("stance", "on", "basis"), [("3", SAID, "stated"), ("2", date(2025, 3, 1), "stated")])
def test_who_did_not_say_yes_or_said_it_long_ago_is_not_counted_as_with_us(village, stance, on, basis):
    institution("Sunday choir", village.cleo_person)
    says(village.cleo_person, stance, on, basis)
    [found] = around(village)
    assert (found.closest, found.ours, way_in_words(found)) == (None, 0, [])


def test_a_public_act_counts_as_with_us_unless_she_says_no_since(village):
    institution("Sunday choir", village.cleo_person)
    act = Occasion.objects.create(name="Button day", kind="button", on=date(2026, 2, 20), source="hand:o")
    Ask.objects.create(occasion=act, asked=village.cleo_person, outcome="did", source="hand:a", entered_at=THEN)
    assert around(village)[0].closest.id == village.cleo_person.pk
    says(village.cleo_person, "4")
    assert around(village)[0].closest is None


def test_where_nobody_was_talked_with_stands_first_and_then_where_most_belong(village):
    people = [person(f"Weaver Number{place}", village.weaving) for place in range(6)]
    institution("Small", people[0])
    institution("Large", *people[1:4])
    institution("Reached", *people)
    Conversation.objects.create(
        person=people[5], account=village.ana, on=TODAY, entered_at=THEN, entered_by=village.ana.pk
    )
    rows, never = institutions_around(scope_of(village.ana), village.ana, TODAY, people=20, limit=30)
    assert [(one.institution.name, one.members, one.reached) for one in rows] == [
        ("Large", 3, False),
        ("Small", 1, False),
        ("Reached", 6, True),
    ]
    assert never == 2
    assert [one.institution.name for one in around(village, kind="sports")] == []


def test_nobody_outside_the_scope_is_counted_or_stands_on_the_way(village):
    institution("Sunday choir", village.finn_person, village.eve_person)
    institution("Parish guild", village.eve_person)
    says(village.bo_person, "1")
    knows(village.bo_person, village.eve_person)
    knows(village.eve_person, village.finn_person)
    [choir] = around(village)
    assert (choir.institution.name, choir.members, choir.closest) == ("Sunday choir", 1, None)


def the_page(account: Any, **questions: str) -> Any:
    return signed_in(account).get(reverse("listening:institutions"), questions)


def test_the_page_says_the_way_and_leads_to_the_talk(village):
    institution("Sunday choir", village.finn_person)
    institution("Empty hall")
    says(village.bo_person, "1", localdate())
    knows(village.bo_person, village.finn_person)
    text = the_page(village.ana).content.decode()
    assert "One step away." in text
    assert "Bo Adeyemi knows Finn Novak (friends); Finn Novak belongs there." in text
    assert reverse("listening:talk", args=[village.bo_person.pk]) in text
    assert "Empty hall" in text
    assert the_page(village.bo).status_code == the_page(village.cleo).status_code == 404


def test_a_large_place_is_looked_at_by_its_parts(village, monkeypatch):
    for module in (parts, view):
        monkeypatch.setattr(module, "MOST", 2)
    institution("Sunday choir", village.finn_person)
    assert "Sunday choir" not in the_page(village.ana).content.decode()
    assert "Sunday choir" in the_page(village.ana, unit=str(village.spinning.pk)).content.decode()


def test_the_questions_to_the_database_do_not_grow(village):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            around(village)
        return len(captured)

    says(village.bo_person, "1")
    knows(village.bo_person, village.cleo_person)
    institution("Chess club", village.cleo_person)
    before = asked()
    for place in range(8):
        more = person(f"Spinner Number{place}", village.spinning)
        knows(village.cleo_person, more)
        institution(f"Club {place}", more)
    assert asked() <= before <= 34
