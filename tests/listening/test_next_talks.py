from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from commonweal.accounts.reads.scope import scope_of
from commonweal.common import remembered
from commonweal.common.ids import new_id
from commonweal.listening.models import CallFor, Conversation, NotNow
from commonweal.listening.reads.next_talks import next_talks, offer_of, parts_of
from commonweal.listening.reads.next_talks import offer as offer_of_place
from commonweal.listening.reads.next_talks import parts as parts_of_place
from commonweal.listening.views.next_words import why_talk
from commonweal.people.models import Affiliation, Ask, Assessment, Institution, Nomination, Occasion, Tie
from commonweal.reckoning.next_talks import Reason
from tests.listening.filled import begun, kept, typed
from tests.signed_in import signed_in
from tests.village import THEN, Village, person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)


@pytest.fixture
def weavers(village: Village) -> list[Any]:
    """Twelve more in weaving by day."""
    return [person(f"Weaver Number{place:02}", village.weaving, village.day) for place in range(12)]


def named(nominator: Any, nominee: Any, question: str = "faces") -> Nomination:
    return Nomination.objects.create(
        nominator=nominator, nominee=nominee, question=question, source=f"hand:{new_id()}", entered_at=THEN
    )


def talked(village: Village, whom: Any, on: date, **more: Any) -> Conversation:
    return Conversation.objects.create(
        person=whom, account=village.ana, on=on, entered_at=THEN, entered_by=village.ana.pk, **more
    )


def offered(village: Village, limit: int = 30, **more: Any) -> dict[Any, Any]:
    offer = offer_of(scope_of(village.ana), village.ana, TODAY, limit=limit, **more)
    return {one.person.id: one for one in offer.talks}


def test_whom_three_name_and_nobody_talked_with_comes_first_with_her_facts(village, weavers):
    for one in weavers[:2]:
        named(one, weavers[5])
    named(village.finn_person, weavers[5])
    common = {"source": "hand:1", "entered_at": THEN, "on": THEN.date()}
    Assessment.objects.create(person=weavers[0], stance="4", **common)
    first = next_talks(scope_of(village.ana), village.ana, TODAY, 1)[0]
    assert first.person.id == weavers[5].pk
    assert first.reasons[0] == Reason.NAMED
    assert why_talk(first)[:4] == [
        "3 people name her as the one they go to.",
        "They stand in 2 different units and shifts.",
        "One of them said no to us.",
        "No talk with her is written down.",
    ]


def test_nobody_outside_the_scope_is_offered_nor_named_in_a_reason(village, weavers):
    for one in weavers[:3]:
        named(one, village.eve_person)
        named(village.eve_person, weavers[5], "advice")
    Tie.objects.create(person=weavers[5], other=village.eve_person, kind="friend", source="hand:t", entered_at=THEN)
    talks = offered(village)
    assert village.eve_person.pk not in talks
    assert "Eve" not in " ".join(sentence for one in talks.values() for sentence in why_talk(one))
    assert talks[weavers[5].pk].talk.named_by == 1


def test_whom_one_talked_with_lately_or_agreed_with_for_later_is_left_in_peace(village, weavers):
    for one in weavers[:2]:
        CallFor.objects.create(person=one, why="did_not_come", at=THEN, by=village.ana.pk)
    talked(village, weavers[0], TODAY - timedelta(days=13))
    talked(village, weavers[1], TODAY - timedelta(days=60), next_on=TODAY + timedelta(days=1))
    assert {weavers[0].pk, weavers[1].pk} & set(offered(village)) == set()
    tomorrow = offer_of(scope_of(village.ana), village.ana, TODAY + timedelta(days=1), limit=30)
    assert {weavers[0].pk, weavers[1].pk} <= {one.person.id for one in tomorrow.talks}


def test_a_talk_that_was_put_off_comes_back_on_its_day(village, weavers):
    NotNow.objects.create(
        person=weavers[3], account=village.ana, until=TODAY + timedelta(days=1), why="on leave", at=THEN
    )
    assert weavers[3].pk not in offered(village)
    later = offer_of(scope_of(village.ana), village.ana, TODAY + timedelta(days=1), limit=30)
    assert weavers[3].pk in {one.person.id for one in later.talks}
    roots = offer_of(scope_of(village.root), village.root, TODAY, limit=30)
    assert weavers[3].pk in {one.person.id for one in roots.talks}


def test_who_did_not_come_and_whom_her_leader_did_not_ask_are_holes(village, weavers):
    for one in weavers[:2]:
        village.campaign.chain_links.create(
            leader=village.bo_person, follower=one, since=THEN, why="claimed", source="hand:chain"
        )
    act = Occasion.objects.create(
        campaign=village.campaign, name="Button day", kind="button", on=date(2026, 3, 6), source="hand:o"
    )
    common = {"occasion": act, "asker": village.bo_person, "entered_at": THEN}
    Ask.objects.create(asked=weavers[0], outcome="did_not", source="hand:a", **common)
    Ask.objects.create(asked=village.cleo_person, outcome="did", source="hand:b", **common)
    holes = offered(village, reason=Reason.HOLE)
    assert set(holes) == {weavers[0].pk, weavers[1].pk}
    assert why_talk(holes[weavers[0].pk])[:2] == [
        "She was asked to Button day and did not come.",
        "In her chain 2 people did not come or were not asked.",
    ]
    assert why_talk(holes[weavers[1].pk])[0] == "Nobody asked her to Button day, though she walks with Bo Adeyemi."
    talked(village, weavers[0], date(2026, 3, 8))
    after = offer_of(scope_of(village.ana), village.ana, TODAY + timedelta(days=30), limit=30, reason=Reason.HOLE)
    assert {one.person.id for one in after.talks} == {weavers[1].pk}


def test_the_act_of_today_tells_of_those_who_were_seen_and_of_nobody_else(village, weavers):
    for one in weavers[:3]:
        village.campaign.chain_links.create(
            leader=village.bo_person, follower=one, since=THEN, why="claimed", source="hand:chain"
        )
    last, today = (
        Occasion.objects.create(campaign=village.campaign, name=name, kind="button", on=on, source="hand:o")
        for name, on in (("Button day", TODAY - timedelta(days=9)), ("Picket", TODAY))
    )
    common = {"asker": village.bo_person, "entered_at": THEN}
    for place in (0, 2):
        Ask.objects.create(occasion=last, asked=weavers[place], outcome="did_not", source=f"hand:a{place}", **common)
    for number, whom in enumerate((weavers[1], village.cleo_person)):
        Ask.objects.create(occasion=last, asked=whom, outcome="did", source=f"hand:c{number}", **common)
    Ask.objects.create(occasion=today, asked=weavers[0], outcome="did", source="hand:b0", **common)
    Ask.objects.create(occasion=today, asked=weavers[1], outcome="did_not", source="hand:b1", **common)
    holes = offered(village, reason=Reason.HOLE)
    assert set(holes) == {weavers[1].pk, weavers[2].pk}
    assert why_talk(holes[weavers[1].pk])[0] == "She was asked to Picket and did not come."
    assert why_talk(holes[weavers[2].pk])[0] == "She was asked to Button day and did not come."


def test_a_call_is_a_hole_until_it_was_held(village, weavers):
    call = CallFor.objects.create(person=weavers[4], why="did_not_come", at=THEN, by=village.ana.pk)
    assert weavers[4].pk in offered(village, reason=Reason.HOLE)
    call.held_at = THEN
    call.save()
    assert offered(village, reason=Reason.HOLE) == {}


def test_an_institution_that_nobody_was_asked_about_is_a_reason(village, weavers):
    choir = Institution.objects.create(kind="choir", name="Sunday choir", added_at=THEN, source="hand:i")
    for one in weavers[:5]:
        Affiliation.objects.create(person=one, institution=choir, source="hand:i")
    talks = offered(village, reason=Reason.INSTITUTION)
    assert set(talks) == {one.pk for one in weavers[:5]}
    assert why_talk(talks[weavers[0].pk])[0] == "She belongs to Sunday choir, where we have talked with nobody yet."
    talked(village, weavers[1], TODAY - timedelta(days=90))
    assert offered(village, reason=Reason.INSTITUTION) == {}


def test_a_reason_for_which_nobody_is_offered_first_is_shown_beside(village, weavers, monkeypatch):
    choir = Institution.objects.create(kind="choir", name="Sunday choir", added_at=THEN, source="hand:i")
    for one in weavers[:5]:
        Affiliation.objects.create(person=one, institution=choir, source="hand:i")
    for one in weavers[6:9]:
        named(one, weavers[5])
    offer = offer_of(scope_of(village.ana), village.ana, TODAY, limit=1, besides=True)
    assert [one.person.id for one in offer.talks] == [weavers[5].pk]
    firsts = [one.reasons[0] for one in offer.besides]
    assert Reason.INSTITUTION in firsts and Reason.NAMED not in firsts
    assert len(firsts) == len(set(firsts))
    assert weavers[5].pk not in {one.person.id for one in offer.besides}
    monkeypatch.setattr("commonweal.listening.views.next_talks.SHOWN", 0)
    html = signed_in(village.ana).get(reverse("listening:next")).content.decode()
    assert "For another reason" in html and "Sunday choir" in html
    sifted = offer_of(scope_of(village.ana), village.ana, TODAY, limit=1, reason=Reason.INSTITUTION, besides=True)
    assert sifted.besides == []


def test_a_unit_and_a_reason_sift_what_is_offered(village, weavers):
    assert village.finn_person.pk in offered(village)
    assert set(offered(village, unit=village.spinning.pk)) == {village.finn_person.pk}
    assert village.finn_person.pk in offered(village, unit=village.mill.pk)


def test_a_leader_is_offered_her_own_people_and_learns_nothing_of_them(village, weavers):
    for one in weavers:
        named(one, village.cleo_person)
    [only] = next_talks(scope_of(village.bo), village.bo, TODAY, 10)
    assert only.person.id == village.cleo_person.pk
    assert (only.talk.named_by, why_talk(only, leads=True)) == (0, ["You have not written down a talk with her yet."])


def test_nobody_is_offered_herself(village, weavers):
    village.ana.person = weavers[0]
    village.ana.save()
    assert weavers[0].pk not in offered(village)


def test_a_large_place_is_offered_by_its_parts(village, weavers, monkeypatch):
    for module in (parts_of_place, offer_of_place):
        monkeypatch.setattr(module, "MOST", 14)
    assert [(part.name, part.people) for part in parts_of(scope_of(village.ana))] == [("Weaving", 14), ("Spinning", 1)]
    offer = offer_of(scope_of(village.ana), village.ana, TODAY, limit=30)
    assert offer.part == village.weaving.pk
    assert village.finn_person.pk not in {one.person.id for one in offer.talks}
    other = offer_of(scope_of(village.ana), village.ana, TODAY, limit=30, unit=village.spinning.pk)
    assert {one.person.id for one in other.talks} == {village.finn_person.pk}
    above = offer_of(scope_of(village.ana), village.ana, TODAY, limit=30, unit=village.mill.pk)
    assert (above.part, len(above.talks)) == (village.weaving.pk, 14), "a unit above the parts begins with the first"
    talked(village, village.finn_person, TODAY - timedelta(days=50))
    assert offer_of(scope_of(village.ana), village.ana, TODAY, limit=3).part == village.spinning.pk


def test_the_questions_to_the_database_do_not_grow_with_the_people(village, weavers):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(offered(village, limit=10)) == 10
        return len(captured)

    before = asked()
    for place in range(20):
        more = person(f"Spinner Number{place:02}", village.spinning, village.night)
        named(weavers[place % 12], more)
    assert asked() <= before <= 27


def the_page(account: Any, **questions: str) -> Any:
    return signed_in(account).get(reverse("listening:next"), questions)


def test_the_page_tells_whom_and_why_and_leads_on(village, weavers):
    for one in weavers[:2]:
        named(one, weavers[5])
    page = the_page(village.ana).content.decode()
    assert "2 people name her as the one they go to." in page
    assert reverse("listening:talk", args=[weavers[5].pk]) in page
    assert reverse("listening:not_now", args=[weavers[5].pk]) in page
    assert the_page(village.cleo).status_code == 404


def test_putting_off_keeps_the_day_and_the_reason_and_can_be_taken_back(village, weavers):
    client = signed_in(village.ana)
    address = reverse("listening:not_now", args=[weavers[5].pk])
    today = localdate()
    answer = client.post(address, {"until": today.isoformat(), "why": "on leave", "once": "a"})
    assert "Choose a day that is still to come." in answer.content.decode()
    assert "on leave" in answer.content.decode()
    until = today + timedelta(days=9)
    for _ in range(2):
        answer = client.post(address, {"until": until.isoformat(), "why": "on leave", "once": "b"})
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("listening:next"))
    [row] = NotNow.objects.all()
    assert (row.person_id, row.account_id, row.until, str(row.why)) == (
        weavers[5].pk,
        village.ana.pk,
        until,
        "on leave",
    )
    page = client.get(reverse("listening:next")).content.decode()
    assert "You put off" in page
    assert "on leave" in page
    client.post(f"{address}?take_up", {"once": "c"})
    assert not NotNow.objects.exists()


def test_somebody_out_of_sight_cannot_be_put_off(village):
    client = signed_in(village.ana)
    for one in (village.eve_person.pk, new_id()):
        assert client.get(reverse("listening:not_now", args=[one])).status_code == 404


def test_a_conversation_that_is_kept_changes_whom_to_talk_with_next(village, weavers):
    client = signed_in(village.ana)

    def page() -> str:
        return client.get(reverse("listening:next"), {"more": "1"}).content.decode()

    assert "as the one" not in page()
    for one in weavers[:2]:
        draft = begun(client, one)
        naming = {"add": "person", "other": str(weavers[7].pk), "other_text": "Weaver", "how": "named:faces"}
        client.post(draft, typed(client, draft, **naming))
        assert kept(client, draft, issue_said=["No breaks since May"], issue_topic=["Breaks"]).status_code == 302
    after = page()
    first = after.index("2 people name her as the one they go to.")
    assert after.index("Weaver Number07") < first < after.index("Weaver Number08")
    assert "Weaver Number00" not in after
    issues = client.get(reverse("listening:issues")).content.decode()
    assert "2 people told us what weighs on them: first of all Breaks" in issues


def test_among_many_the_order_may_be_a_minute_old_and_still_leaves_out_whom_one_has_talked_with(
    village, weavers, monkeypatch
):
    monkeypatch.setattr(parts_of_place, "MANY", 3)
    monkeypatch.setattr(remembered, "LONG", 0.0)
    assert weavers[0].pk in offered(village)
    talked(village, weavers[0], TODAY)
    for one in weavers[1:3]:
        named(one, weavers[5])
    later = offered(village)
    assert weavers[0].pk not in later
    assert later[weavers[5].pk].talk.named_by == 0
    remembered.forget_all()
    assert offered(village)[weavers[5].pk].talk.named_by == 2
