"""A conversation is kept once, with everything that follows from it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from commonweal.common.clock import now
from commonweal.ledger.models import Entry
from commonweal.listening.models import CallFor, Conversation, Draft, Inoculation, Issue, Promise, Topic
from commonweal.people.models import Affiliation, Assessment, Nomination, Person, Tie
from commonweal.people.reads.evidence import standing
from commonweal.people.writes import evidence
from tests.listening.filled import begun, fields_of, kept, typed
from tests.signed_in import signed_in
from tests.village import THEN, Village

pytestmark = pytest.mark.django_db


def soon(days: int = 3) -> str:
    return (localdate(now()) + timedelta(days=days)).isoformat()


def test_what_was_heard_is_in_the_hall_and_on_her_page(village: Village, ana: Client) -> None:
    draft = begun(ana, village.cleo_person)
    bo, delia = str(village.bo_person.pk), "Delia Quispe"
    with_bo = {"add": "person", "other": bo, "other_text": "Bo", "how": "named:faces"}
    ana.post(draft, typed(ana, draft, **with_bo))
    ana.post(draft, typed(ana, draft, add="person", other="new", other_text=delia, how="named:checks"))
    ana.post(draft, typed(ana, draft, add="person", other="new", other_text=delia, how="tie:friend"))
    ana.post(draft, typed(ana, draft, add="person", other=bo, other_text="Bo", how="tie_to:goes_to"))
    ana.post(
        draft, typed(ana, draft, add="place", place_name="St. Jude’s", place_kind="congregation", place_role="officer")
    )
    answer = kept(
        ana, draft,
        opened="Nine years here", issue_said=["No breaks since May", "They float us"], issue_topic=["Short staffing", ""],
        cause="The new manager", hope="Two on every hall", asked_for="Wear the button on Friday", answer="alone",
        said="If Delia comes out, I come out", objections="My visa", ready=["job_loss", "family"],
        rehearsed=["job_loss"], how_job_loss="She laughed", hers="Introduce me to Delia", hers_due=soon(),
        ours="Bring the sheets", ours_due=soon(1), next_on=soon(7), stance="2", reason="She says she will wear it",
    )  # fmt: skip
    row = Conversation.objects.get()
    assert answer.headers["Location"] == f"/conversations/{row.pk}/" and draft == f"/conversations/drafts/{row.pk}/"
    assert (str(row.opened), str(row.said), row.answer) == (
        "Nine years here", "If Delia comes out, I come out", "alone",
    )  # fmt: skip
    assert sorted(str(one.said) for one in Issue.objects.all()) == ["No breaks since May", "They float us"]
    assert [one.name for one in Topic.objects.all()] == ["Short staffing"]
    assert {one.unit_id for one in Issue.objects.all()} == {village.weaving.pk}
    assert list(Inoculation.objects.order_by("ready_for").values_list("ready_for", "rehearsed")) == [
        ("family", False), ("job_loss", True),
    ]  # fmt: skip
    assert sorted((one.whose, str(one.what)) for one in Promise.objects.all()) == [
        ("hers", "Introduce me to Delia"), ("ours", "Bring the sheets"),
    ]  # fmt: skip
    new = Person.objects.get(name=delia)
    cleo = village.cleo_person.pk
    assert set(Nomination.objects.values_list("nominator", "nominee", "question")) == {
        (cleo, village.bo_person.pk, "faces"), (cleo, new.pk, "checks"),
    }  # fmt: skip
    assert set(Tie.objects.values_list("person", "other", "kind")) == {
        (cleo, new.pk, "friend"), (village.bo_person.pk, cleo, "goes_to"),
    }  # fmt: skip
    assert Affiliation.objects.get().institution.name == "St. Jude’s"
    stance = Assessment.objects.get()
    assert (stance.stance, stance.basis, str(stance.reason)) == ("2", "stated", "She says she will wear it")
    for made in [*Nomination.objects.all(), *Tie.objects.all(), stance, Affiliation.objects.get()]:
        assert made.source.startswith(f"conversation:{row.pk}:")
    assert not Draft.objects.exists()
    page = ana.get(answer.headers["Location"]).content.decode()
    for words in ("Nine years here", "No breaks since May", delia, "Two on every hall", "Introduce me to Delia"):
        assert words in page
    assert str(row.pk) in ana.get(f"/people/{cleo}/conversations/").content.decode()
    assert Entry.objects.filter(verb="kept_conversation", subject=cleo).count() == 1


def test_a_script_is_told_where_to_go_on_and_what_is_said_waits_there(village: Village, ana: Client) -> None:
    draft = begun(ana, village.cleo_person)
    by_page = {"X-Requested-With": "page"}
    unfinished = ana.post(f"{draft}keep/", typed(ana, draft, hers="Without a day"), headers=by_page).json()
    assert unfinished == {"to": f"{draft}?step=task&check=1#mend"}
    done = ana.post(f"{draft}keep/", typed(ana, draft, hers=""), headers=by_page).json()
    assert done == {"to": f"/conversations/{Conversation.objects.get().pk}/"}
    assert "Kept." in ana.get(done["to"]).content.decode()


def test_a_script_that_keeps_an_older_page_is_told_so_and_may_keep_it_then(village: Village, ana: Client) -> None:
    draft, by_page = begun(ana, village.cleo_person), {"X-Requested-With": "page"}
    form = typed(ana, draft, opened="Phone")
    ana.post(draft, typed(ana, draft, opened="Laptop"))
    answer = ana.post(f"{draft}keep/", form, headers=by_page)
    assert answer.status_code == 409 and not Conversation.objects.exists()
    ana.post(f"{draft}keep/", form | {"version": [str(answer.json()["version"])]}, headers=by_page)
    assert str(Conversation.objects.get().opened) == "Phone"


def test_sent_twice_it_is_kept_once(village: Village, ana: Client) -> None:
    draft = begun(ana, village.cleo_person)
    form = typed(ana, draft, opened="Once", stance="3", reason="She waits", hers="Call", hers_due=soon())
    first, second = ana.post(f"{draft}keep/", form), ana.post(f"{draft}keep/", form)
    assert first.headers["Location"] == second.headers["Location"]
    assert Conversation.objects.count() == Promise.objects.count() == Assessment.objects.count() == 1
    assert ana.post(f"{draft}save/", form, headers={"X-Requested-With": "page"}).status_code == 404
    assert Entry.objects.filter(verb="kept_conversation").count() == 1


def test_a_name_known_already_counts_once_and_is_no_obstacle(village: Village, ana: Client) -> None:
    cleo, bo = village.cleo_person.pk, village.bo_person.pk
    evidence.name_somebody(nominator=cleo, nominee=bo, question="faces", by=None, at=THEN)
    draft = begun(ana, village.cleo_person)
    ana.post(draft, typed(ana, draft, add="person", other=str(bo), other_text="Bo", how="named:faces"))
    page = ana.get(kept(ana, draft).headers["Location"]).content.decode()
    assert "known already" in page and Nomination.objects.count() == 1


def test_what_is_wrong_is_shown_on_its_step_and_nothing_typed_is_lost(village: Village, ana: Client) -> None:
    draft = begun(ana, village.cleo_person)
    answer = kept(ana, draft, opened="Keep me", hers="A task without a day", answer="yes", stance="1")
    assert answer.headers["Location"] == f"{draft}?step=ask&check=1#mend"
    page = ana.get(answer.headers["Location"])
    for words in ("By when? A promise has a day on it.", "Say what you asked her", "Write what she said"):
        assert words in page.content.decode()
    for step, field in (("ask", "asked_for"), ("task", "hers_due"), ("task", "reason")):
        assert f'href="?step={step}&amp;check=1#id_{field}"' in page.content.decode()
    assert fields_of(page, draft)["opened"] == ["\nKeep me".strip()] or "Keep me" in page.content.decode()
    assert not Conversation.objects.exists()


def test_a_name_that_is_typed_but_not_settled_is_not_lost_by_keeping(village: Village, ana: Client) -> None:
    draft = begun(ana, village.cleo_person)
    answer = kept(ana, draft, other_text="Somebody from nights")
    assert answer.headers["Location"].startswith(draft) and not Conversation.objects.exists()
    assert "Somebody from nights" in ana.get(answer.headers["Location"]).content.decode()


def test_a_correction_replaces_evidence_and_keeps_what_stands(village: Village, ana: Client) -> None:
    draft = begun(ana, village.cleo_person)
    bo, finn = str(village.bo_person.pk), str(village.finn_person.pk)
    ana.post(draft, typed(ana, draft, add="person", other=bo, other_text="Bo", how="named:faces"))
    ana.post(draft, typed(ana, draft, add="person", other=finn, other_text="Finn", how="named:checks"))
    at = kept(ana, draft, opened="As it was", stance="2", reason="First", hers="Call", hers_due=soon()).headers[
        "Location"
    ]
    page = ana.get(at)
    again = ana.post(at, {"once": "1", "act": "correct"}).headers["Location"]
    assert page.status_code == 200 and again == draft
    form = ana.get(draft)
    assert "As it was" in form.content.decode() and "Bo Adeyemi" in form.content.decode()
    number = Nomination.objects.get(nominee=village.finn_person).source.rpartition(":")[2]
    ana.post(draft, typed(ana, draft, remove=number))
    assert kept(ana, draft, stance="3", reason="Second thoughts").headers["Location"] == at
    named = Nomination.objects.filter(nominee=village.finn_person)
    assert [one.withdrawn for one in named.order_by("entered_at")] == [False, True]
    assert standing(Nomination).get().nominee_id == village.bo_person.pk
    assert Nomination.objects.filter(nominee=village.bo_person).count() == 1
    rows = Assessment.objects.order_by("entered_at")
    assert [(one.stance, str(one.reason)) for one in rows] == [("2", "First"), ("3", "Second thoughts")]
    assert rows[0].replaced_by_id == rows[1].pk
    assert Conversation.objects.get().version == 2 and Promise.objects.count() == 1


def test_the_first_page_sent_late_does_not_undo_a_correction(village: Village, ana: Client) -> None:
    draft = begun(ana, village.cleo_person)
    late = typed(ana, draft, opened="Old")
    at = ana.post(f"{draft}keep/", late).headers["Location"]
    ana.post(at, {"once": "1", "act": "correct"})
    assert ana.post(f"{draft}keep/", late).status_code == 409
    assert str(Conversation.objects.get().opened) == "Old" and Conversation.objects.get().version == 1


def test_two_corrections_at_once_do_not_overwrite_each_other(village: Village, ana: Client) -> None:
    draft = begun(ana, village.cleo_person)
    at = kept(ana, draft, opened="As it was").headers["Location"]
    ana.post(at, {"once": "1", "act": "correct"})
    Conversation.objects.update(version=5)
    assert kept(ana, draft, opened="Mine").headers["Location"] == at
    assert str(Conversation.objects.get().opened) == "As it was"


def test_removing_takes_its_words_and_strikes_out_what_it_said(village: Village, ana: Client) -> None:
    draft = begun(ana, village.cleo_person)
    ana.post(
        draft, typed(ana, draft, add="person", other=str(village.bo_person.pk), other_text="Bo", how="named:faces")
    )
    at = kept(ana, draft, stance="2", reason="Says so", hers="Call", hers_due=soon()).headers["Location"]
    ana.post(at, {"once": "1", "act": "remove"})
    assert not Conversation.objects.exists() and not Promise.objects.exists()
    assert not standing(Nomination).exists() and not standing(Assessment).exists()
    assert ana.get(at).status_code == 404


def test_a_call_for_a_conversation_is_held_by_one(village: Village, ana: Client) -> None:
    call = CallFor.objects.create(person=village.cleo_person, why="did_not_come", at=THEN, by=village.ana.pk)
    assert "Cleo Ruiz" in ana.get("/today/").content.decode()
    kept(ana, begun(ana, village.cleo_person))
    call.refresh_from_db()
    assert call.held_at is not None and "Cleo Ruiz" not in ana.get("/today/").content.decode()


def called(village: Village, why: str = "did_not_come", **more: Any) -> CallFor:
    return CallFor.objects.create(
        person=village.cleo_person, why=why, at=more.pop("at", THEN), by=village.ana.pk, **more
    )


def test_a_call_stays_open_for_whoever_was_asked_to_hold_it_and_says_who_talked_since(
    village: Village, ana: Client
) -> None:
    call = called(village, account=village.ana)
    bo = signed_in(village.bo)
    kept(bo, begun(bo, village.cleo_person))
    call.refresh_from_db()
    assert call.held_at is None
    assert "Bo talked with her on" in ana.get("/today/").content.decode()
    kept(ana, begun(ana, village.cleo_person))
    call.refresh_from_db()
    assert call.held_at is not None


def test_a_talk_leaves_open_what_it_did_not_settle_and_what_came_after_it(village: Village, ana: Client) -> None:
    settled, left, later = called(village), called(village, "said_yes"), called(village, "hole", at=now())
    draft = begun(ana, village.cleo_person)
    assert "did not come" in ana.get(draft).content.decode()
    yesterday = (localdate(now()) - timedelta(days=1)).isoformat()
    answer = kept(ana, draft, on=yesterday, settled=[str(settled.pk), str(later.pk)])
    assert set(CallFor.objects.filter(held_at=None)) == {left, later}
    ana.post(answer.headers["Location"], {"once": "1", "act": "correct"})
    kept(ana, draft, opened="Corrected")
    assert CallFor.objects.filter(held_at=None).count() == 2


def test_a_call_is_settled_by_a_press_and_taken_up_again(village: Village, ana: Client) -> None:
    call = called(village, account=village.ana)
    form = fields_of(ana.get("/today/"), f"/conversations/calls/{call.pk}/")
    ana.post(f"/conversations/calls/{call.pk}/", form | {"act": "settled"})
    page = ana.get("/today/")
    call.refresh_from_db()
    assert call.held_at is not None and "Settled." in page.content.decode()
    form = fields_of(page, f"/conversations/calls/{call.pk}/")
    ana.post(f"/conversations/calls/{call.pk}/", form | {"act": "undo"})
    call.refresh_from_db()
    assert call.held_at is None and "Settled." not in ana.get("/today/").content.decode()
    assert signed_in(village.bo).post(f"/conversations/calls/{call.pk}/", {"once": "x"}).status_code == 404
    assert {"settled_call", "reopened_call"} <= set(Entry.objects.values_list("verb", flat=True))


def test_an_older_page_does_not_overwrite_a_newer_one(village: Village, ana: Client) -> None:
    draft = begun(ana, village.cleo_person)
    on_the_laptop = typed(ana, draft, opened="Laptop")
    ana.post(draft, typed(ana, draft, opened="Phone"))
    answer = ana.post(draft, on_the_laptop)
    assert answer.status_code == 409 and "Laptop" in answer.content.decode()
    assert "Phone" in ana.get(draft).content.decode()
    form = fields_of(answer, draft)
    ana.post(draft, form)
    assert "Laptop" in ana.get(draft).content.decode()


def test_what_one_page_sends_late_does_not_undo_what_it_sent_since(village: Village, ana: Client) -> None:
    draft, page = begun(ana, village.cleo_person), {"page": "p1"}
    header = {"X-Requested-With": "page"}
    first = typed(ana, draft, opened="N", sent="1", **page)
    second = first | {"opened": ["Nine years"], "sent": ["2"]}
    assert ana.post(f"{draft}save/", second, headers=header).json()["version"] == 1
    assert ana.post(f"{draft}save/", first, headers=header).status_code == 200
    assert "Nine years" in ana.get(draft).content.decode()


def test_a_dropped_draft_leaves_nothing(village: Village, ana: Client) -> None:
    draft = begun(ana, village.cleo_person)
    ana.post(draft, typed(ana, draft, add="person", other="new", other_text="Nobody Yet", how="named:checks"))
    ana.post(f"{draft}drop/", {"once": "1"})
    assert not Draft.objects.exists() and not Person.objects.filter(name="Nobody Yet").exists()
    assert ana.post(f"{draft}keep/", {}).status_code == 404
