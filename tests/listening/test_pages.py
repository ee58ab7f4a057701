"""The pages around a conversation: before it, its prompts, the day, and what they ask of the database."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.formats import date_format
from django.utils.timezone import localdate

from commonweal.common.clock import now
from commonweal.common.work import Silent
from commonweal.listening.models import Draft, Prompt
from commonweal.listening.writes.drafts import let_go
from commonweal.management.commands.work import TIDYING
from commonweal.people.models import Affiliation, Institution, Occasion
from commonweal.people.writes import evidence
from tests.listening.filled import begun, kept, typed
from tests.signed_in import signed_in
from tests.village import THEN, Village, person

pytestmark = pytest.mark.django_db


def coming(village: Village, days: int = 4) -> Occasion:
    on = localdate(now()) + timedelta(days=days)
    return Occasion.objects.create(kind="button", name="Button day", on=on, campaign=village.campaign, source="x")


def test_before_a_talk_one_reads_what_to_ask_about(village: Village, ana: Client) -> None:
    coming(village)
    page = ana.get(f"/people/{village.cleo_person.pk}/talk/").content.decode()
    for words in (
        "Nobody has sat down with her yet",
        "Button day is on",
        "Nobody knows where she stands",
        "Bo Adeyemi",
    ):
        assert words in page
    kept(ana, begun(ana, village.cleo_person), ours="Bring the sheets", ours_due="2999-01-01", stance="2", reason="Yes")
    page = ana.get(f"/people/{village.cleo_person.pk}/talk/").content.decode()
    for words in ("A promise is open between you", "Bring the sheets", "Ana wrote it down"):
        assert words in page
    assert "Nobody knows where she stands" not in page


def test_before_a_talk_one_reads_that_she_talks_and_does_not_walk(village: Village, ana: Client) -> None:
    cleo = village.cleo_person.pk
    past = Occasion.objects.create(
        kind="march_on_boss", name="March", on=localdate(now()) - timedelta(days=9), source="x"
    )  # fmt: skip
    evidence.record_ask(occasion=past, asker=None, asked=cleo, outcome="did_not", by=None, at=THEN)
    evidence.assess(person=cleo, stance="1", basis="stated", reason="Sure", on=localdate(now()), by=None, at=THEN)
    page = ana.get(f"/people/{cleo}/talk/").content.decode()
    assert "talks, does not walk" in page and "Ask what held her back" in page


def test_the_organizations_prompts_come_up_and_ours_come_back(village: Village, ana: Client) -> None:
    sent = {"once": "1", "step": "open", "lines": "What is your favourite loom? | Smile\n\nWho taught you?"}
    ana.post("/conversations/prompts/?language=en", sent)
    page = ana.get(begun(ana, village.cleo_person)).content.decode()
    assert "What is your favourite loom?" in page and "Smile" in page and "Who taught you?" in page
    assert Prompt.objects.count() == 2
    assert "favourite loom" not in ana.get("/conversations/prompts/?language=es").content.decode()
    ana.post("/conversations/prompts/?language=en", {"once": "2", "step": "open", "act": "ours"})
    assert "How did you come to work here" in ana.get("/conversations/prompts/?language=en").content.decode()


def test_too_many_or_too_long_prompts_are_refused_and_nothing_typed_is_lost(village: Village, ana: Client) -> None:
    address = "/conversations/prompts/?language=en"
    long = "Who taught you? | " + "mind " * 70
    page = ana.post(address, {"once": "1", "step": "open", "lines": long}).content.decode()
    assert "“Who taught you?…” is too long" in page and long.strip() in page
    many = "\n".join(f"Question {number}?" for number in range(9))
    page = ana.post(address, {"once": "2", "step": "open", "lines": many}).content.decode()
    assert "At most 8 prompts fit on a step." in page and "Question 8?" in page and not Prompt.objects.exists()


def test_before_a_talk_one_reads_what_weighed_on_her_last_time(village: Village, ana: Client) -> None:
    kept(ana, begun(ana, village.cleo_person), issue_said=["They float us"], issue_topic=["Floating"])
    page = ana.get(f"/people/{village.cleo_person.pk}/talk/").content.decode()
    assert "They float us" in page and "Floating" in page
    root = signed_in(village.root).get(f"/people/{village.cleo_person.pk}/talk/").content.decode()
    assert "They float us" not in root and "Floating" in root
    assert "Floating" not in signed_in(village.bo).get(f"/people/{village.cleo_person.pk}/talk/").content.decode()


def test_today_says_how_far_the_coming_act_is_asked(village: Village, ana: Client) -> None:
    occasion = coming(village)
    page = ana.get("/today/").content.decode()
    assert "Your part: 3 people." in page and "3 have no answer yet." in page
    kept(ana, begun(ana, village.cleo_person), occasion=str(occasion.pk), answer="yes")
    page = ana.get("/today/").content.decode()
    assert "One told us yes," in page and "2 have no answer yet." in page
    bo = signed_in(village.bo)
    assert "Your part: one person." in bo.get("/today/").content.decode()


def test_today_brings_up_a_talk_that_was_agreed_on_until_somebody_held_it(village: Village, ana: Client) -> None:
    draft = begun(ana, village.cleo_person)
    before = (localdate(now()) - timedelta(days=3)).isoformat()
    kept(ana, draft, on=before, next_on=(localdate(now()) - timedelta(days=2)).isoformat())
    page = ana.get("/today/").content.decode()
    assert "You agreed to talk again" in page and "2 days late" in page
    kept(ana, begun(ana, village.cleo_person))
    assert "You agreed to talk again" not in ana.get("/today/").content.decode()


def test_a_draft_that_nobody_goes_on_with_is_announced_and_then_deleted(village: Village, ana: Client) -> None:
    draft = Draft.objects.get(pk=begun(ana, village.cleo_person).split("/")[3])
    at = now()

    def lies(days: int) -> str:
        Draft.objects.update(changed_at=at - timedelta(days=days))
        let_go(None, Silent(), by=None, at=at)
        return ana.get("/today/").content.decode()

    assert "it is deleted" not in lies(22)
    page = lies(24)
    day = date_format(localdate(at) - timedelta(days=24), "DATE_FORMAT")
    assert f"Kept as a draft on {day}, for you alone." in ana.get(f"/conversations/drafts/{draft.pk}/").content.decode()
    goes = date_format(localdate(at) + timedelta(days=6), "DATE_FORMAT")
    assert f"on {goes} it is deleted with all its words" in page
    assert Draft.objects.filter(pk=draft.pk).exists()
    assert "Begun and not kept" not in lies(31) and not Draft.objects.exists()
    assert "commonweal.listening.writes.drafts.let_go" in TIDYING


def test_a_place_that_is_typed_and_not_added_is_kept_all_the_same(village: Village, ana: Client) -> None:
    kept(ana, begun(ana, village.cleo_person), place_name="The Sunday choir", place_kind="choir", place_role="convener")
    row = Affiliation.objects.get(person=village.cleo_person)
    assert (row.institution.name, row.institution.kind, row.role) == ("The Sunday choir", "choir", "convener")


def test_a_known_institution_is_the_same_one(village: Village, ana: Client) -> None:
    choir = Institution.objects.create(kind="choir", name="The choir", added_at=THEN, source="x")
    kept(ana, begun(ana, village.cleo_person), place_name="The choir", place_kind="choir", place_role="member")
    assert Affiliation.objects.get(person=village.cleo_person).institution_id == choir.pk


def test_the_page_of_a_draft_asks_no_more_however_much_is_written(
    village: Village, ana: Client, django_assert_max_num_queries: Any
) -> None:
    draft = begun(ana, village.cleo_person)
    for number in range(6):
        other = person(f"Person Number{number}", village.weaving)
        ana.post(draft, typed(ana, draft, add="person", other=str(other.pk), other_text="N", how="named:checks"))
    ana.get(draft)
    with django_assert_max_num_queries(21):
        page = ana.get(draft).content.decode()
    assert page.count("Person Number") >= 6
    at = kept(ana, draft).headers["Location"]
    ana.get(at)
    with django_assert_max_num_queries(24):
        ana.get(at)
