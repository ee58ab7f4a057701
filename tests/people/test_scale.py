"""The organization's own scale: its words, its direction, and how long what was said and done counts."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from commonweal.common.marks import stance_choices, stance_words
from commonweal.common.scale import scale_of_place
from commonweal.people.models import Occasion, Organization
from commonweal.people.reads.support import support_of
from commonweal.people.rules.support import PUBLIC, Observed, Stated, Support
from commonweal.people.words import OccasionKind, Stance
from commonweal.people.writes import evidence
from commonweal.people.writes.occasions import name_stances
from tests.signed_in import signed_in
from tests.village import THEN, Village

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    scale_of_place(fresh=True)
    yield
    scale_of_place.__globals__["_answer"] = (float("-inf"), ({}, True))


def occasion(kind: str, days_ago: int, name: str = "") -> Occasion:
    on = TODAY - timedelta(days=days_ago)
    return Occasion.objects.create(kind=kind, name=name or f"{kind} {days_ago}", on=on, source="hand:test")


def ask(village: Village, of: Any, on: Occasion, outcome: str, asker: Any = None) -> None:
    evidence.record_ask(occasion=on, asker=asker and asker.pk, asked=of.pk, outcome=outcome, by=None, at=THEN)


def said(village: Village, stance: str, days_ago: int) -> None:
    on = TODAY - timedelta(days=days_ago)
    evidence.assess(
        person=village.cleo_person.pk, stance=stance, basis="stated", reason="She says so", on=on, by=village.ana.pk, at=THEN
    )  # fmt: skip


def test_every_kind_of_act_is_public_or_not() -> None:
    assert set(PUBLIC) == set(OccasionKind.values)
    assert not PUBLIC["strike_vote"]


def test_the_words_are_the_organizations_in_each_language(village: Village) -> None:
    name_stances(names={("en", "1"): "rock solid", ("es", "5"): "con el patrón"}, by=village.root.pk, at=THEN)
    with override("en"):
        assert stance_words()["1"] == "rock solid" and stance_words()["5"] == "works against"
    with override("es"):
        assert stance_words()["5"] == "con el patrón"
    client = signed_in(village.ana)
    assert "rock solid" in client.get("/leaders/wall_chart/").content.decode()
    assert "rock solid" in client.get(f"/people/{village.cleo_person.pk}/stance/add/").content.decode()


def test_the_scale_counts_from_the_end_the_organization_chose(village: Village) -> None:
    assert [stance for stance, _ in stance_choices()] == list(Stance.values)
    Organization.objects.update(strongest_is_one=False)
    scale_of_place(fresh=True)
    with override("en"):
        assert stance_choices()[0] == ("5", "1 · works against") and stance_choices()[-1] == ("1", "5 · brings others")


def test_an_administrator_names_the_steps_and_takes_a_name_back(village: Village) -> None:
    client = signed_in(village.root)
    client.post("/organization/scale/", {"once": "1", "en_1": "rock solid"})
    assert "rock solid" in client.get("/organization/scale/").content.decode()
    client.post("/organization/scale/", {"once": "2", "en_1": ""})
    assert "rock solid" not in client.get("/organization/scale/").content.decode()
    client.force_login(village.ana)
    assert client.get("/organization/scale/").status_code == 404


def test_stated_support_expires_and_observed_is_kept_apart(village: Village) -> None:
    cleo = village.cleo_person
    said(village, "2", days_ago=20 * 7)
    ask(village, cleo, occasion("button", 10), "did_not")
    [found] = support_of([cleo.pk], TODAY).values()
    assert found.stated is not None and (found.stated.stance, found.stated.rater, found.stated.expired) == (
        "2",
        "Ana",
        False,
    )
    assert found.observed == Observed("", missed=1) and found.talks_does_not_walk
    Organization.objects.update(support_weeks=12)
    [found] = support_of([cleo.pk], TODAY).values()
    assert found.stated is not None and found.stated.expired and not found.talks_does_not_walk


def test_only_public_acts_within_the_window_are_observed(village: Village) -> None:
    cleo, bo = village.cleo_person, village.bo_person
    ask(village, cleo, occasion("petition", 5), "did")
    ask(village, cleo, occasion("button", 400), "did")
    assert support_of([cleo.pk], TODAY)[cleo.pk].observed.support == ""
    march = occasion("march_on_boss", 3, "The march")
    ask(village, cleo, march, "did", asker=bo)
    found = support_of([cleo.pk, bo.pk], TODAY)
    assert found[cleo.pk].observed.support == "acted" and found[cleo.pk].observed.acts == (("The march", march.on),)
    assert (found[bo.pk].observed.support, found[bo.pk].observed.brought) == ("brings", 1)
    assert found[cleo.pk].observed.expires == march.on + timedelta(weeks=26)


def test_whoever_could_not_come_does_not_talk_without_walking(village: Village) -> None:
    said(village, "1", days_ago=7)
    ask(village, village.cleo_person, occasion("button", 3), "could_not")
    found = support_of([village.cleo_person.pk], TODAY)[village.cleo_person.pk]
    assert found.observed.missed == 0 and not found.talks_does_not_walk


def test_support_is_asked_for_many_at_once(village: Village, django_assert_num_queries: Any) -> None:
    people = [village.bo_person.pk, village.cleo_person.pk, village.finn_person.pk]
    said(village, "2", days_ago=7)
    with django_assert_num_queries(6):
        support_of(people, TODAY)


def test_who_walks_without_having_said_so_is_seen() -> None:
    acted = Observed("acted", acts=(("March", TODAY),))
    assert Support(None, acted).walks_without_saying
    stated = Stated("2", TODAY, "Ana", "", TODAY, expired=False)
    assert not Support(stated, acted).walks_without_saying
