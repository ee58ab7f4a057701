"""The loop closes: a test that was recorded changes who is said to move people, and whom to talk with next."""

from datetime import timedelta

import pytest
from django.urls import reverse

from commonweal.accounts.reads.scope import scope_of
from commonweal.common.ids import new_id
from commonweal.common.work import do_all_waiting
from commonweal.journeys import closed_test, petition_line
from commonweal.journeys.work_the_holes import call_for_conversations
from commonweal.leaders.models import Candidate, Reading
from commonweal.listening.models import CallFor
from commonweal.people.models import BareYes
from commonweal.people.reads.evidence import standing
from commonweal.structure_tests.models import RollEntry, SignatureLine
from commonweal.structure_tests.reads.holes import holes_of
from commonweal.structure_tests.rules.holes import Call
from commonweal.structure_tests.writes.marks import NewMark, record_marks
from commonweal.structure_tests.writes.refusals import NotNow
from commonweal.structure_tests.writes.tests import open_test
from tests.leaders.small_mill import hands, walk_with
from tests.structure_tests.planned import plan
from tests.village import THEN, found, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return found()


def opened(village, name="Button day", before=0):
    """A test of the mill's campaign, opened, with six of Bo's people on it."""
    at = THEN + timedelta(days=before)
    return open_test(test=plan(village, name=name, on=at.date(), at=at), by=village.ana.pk, at=at)


def followers(village, number=6):
    people = hands(village, number)
    walk_with(village.bo_person, people, village, THEN - timedelta(days=9))
    return people


def mark(test, village, outcomes, asker):
    """What came of some people, recorded by Ana."""
    entries = dict(RollEntry.objects.filter(test=test).values_list("person", "pk"))
    record_marks(
        test,
        [NewMark(new_id(), entries[one.pk], outcome, asker.pk if asker else None) for one, outcome in outcomes.items()],
        how="grid",
        by=village.ana.pk,
        at=THEN + timedelta(hours=5),
    )


def test_closing_reads_the_campaign_anew_and_what_was_delivered_is_in_it(village):
    people = followers(village)
    for number, name in enumerate(("Cards", "Button day")):
        test = opened(village, name, number)
        mark(test, village, dict.fromkeys(people, "did"), village.bo_person)
        closed_test.close(test=test, by=village.ana.pk, at=THEN + timedelta(days=number + 1))
    assert not Reading.objects.exists()
    do_all_waiting()
    bo = Candidate.objects.get(reading__current=True, person=village.bo_person)
    assert (bo.evidence["asked"], bo.evidence["came"]) == (12, 12)


def test_a_test_is_closed_once_and_the_second_says_when_and_by_whom(village, client):
    followers(village)
    test = opened(village)
    closed_test.close(test=test, by=village.ana.pk, at=THEN + timedelta(days=1))
    with pytest.raises(NotNow) as refused:
        closed_test.close(test=test, by=village.root.pk, at=THEN + timedelta(days=2))
    assert refused.value.who == village.ana.pk
    client.force_login(village.root)
    page = client.post(reverse("journeys:close_test", args=[test.pk]), {"once": "a"}, follow=True)
    assert "was closed already" in page.content.decode()
    assert "by Ana" in page.content.decode()


def test_the_holes_call_for_conversations_leaders_first_and_once(village):
    people = followers(village)
    test = opened(village)
    mark(
        test, village, dict.fromkeys(people[:3], "did_not") | dict.fromkeys(people[3:], "could_not"), village.bo_person
    )
    scope = scope_of(village.ana)
    reasons = {hole.why: {glance.id for glance in hole.people} for hole in holes_of(scope, test)}
    assert reasons[Call.DID_NOT_COME] == {one.pk for one in people[:3]}
    assert all(people[4].pk not in of for of in reasons.values()), "who could not come is not reproached"
    chosen = set().union(*reasons.values())
    for _again in range(2):
        number = call_for_conversations(
            test=test, scope=scope, chosen=chosen, account=village.ana.pk, by=village.ana.pk, at=THEN
        )
    assert number == 0
    assert CallFor.objects.count() == len(chosen)


def test_nobody_outside_the_scope_is_called_for(village):
    people = followers(village)
    test = opened(village)
    mark(test, village, dict.fromkeys(people, "did_not"), village.bo_person)
    number = call_for_conversations(
        test=test,
        scope=scope_of(village.dov),
        chosen={one.pk for one in people},
        account=village.dov.pk,
        by=village.dov.pk,
        at=THEN,
    )
    assert number == 0 and not CallFor.objects.exists()


def test_a_sheet_is_read_in_and_what_fits_nobody_waits_for_a_human(village, client):
    person("Rosa Soto", village.weaving, village.day)
    twin = person("Rosa Soto", village.spinning, village.night)
    test = opened(village, "Petition")
    kept = petition_line.read_sheet(
        test=test,
        sheet=4,
        lines=[(1, "RUIZ, CLEO"), (2, "Rosa Soto"), (3, "R. Sotto")],
        carried_by=village.bo_person.pk,
        by=village.ana.pk,
        at=THEN,
    )
    assert (kept.settled, kept.waiting) == ([1], [2, 3])
    assert [row.person for row in standing(BareYes)] == [village.cleo_person]
    client.force_login(village.ana)
    waiting = SignatureLine.objects.get(line=2)
    page = client.get(reverse("journeys:signature", args=[test.pk, waiting.pk])).content.decode()
    assert page.count("Rosa Soto") >= 2
    client.post(
        reverse("journeys:signature", args=[test.pk, waiting.pk]),
        {"once": "b", "other": str(twin.pk), "other_text": "Rosa Soto"},
    )
    assert set(standing(BareYes).values_list("person", flat=True)) == {village.cleo_person.pk, twin.pk}
    client.post(reverse("journeys:nobody_signed", args=[test.pk, waiting.pk]), {"once": "c"})
    assert [row.person for row in standing(BareYes)] == [village.cleo_person]
    assert SignatureLine.objects.get(line=2).state == "nobody"


def test_the_page_keeps_a_sheet_once_and_says_what_waits(village, client):
    test = opened(village, "Petition")
    client.force_login(village.ana)
    address = reverse("journeys:signatures", args=[test.pk])
    typed = {"once": "d", "sheet": "1", "names": "Cleo Ruiz\n\n3. Somebody Else", "other_text": ""}
    for _click in range(2):
        answer = client.post(address, typed, follow=True)
    assert sorted(SignatureLine.objects.values_list("line", "state")) == [(1, "settled"), (3, "waiting")]
    text = answer.content.decode()
    assert "Somebody Else" in text and "1 line waits" in text
    wrong = client.post(address, {"once": "e", "sheet": "0", "names": "", "other_text": ""})
    assert wrong.status_code == 200 and SignatureLine.objects.count() == 2


def test_every_reason_to_talk_after_a_test_has_its_sentence():
    from commonweal.listening.views.gap_words import call_in_words

    said = {call_in_words(CallFor(why=call.value)) for call in Call}
    assert len(said) == len(Call)
    assert call_in_words(CallFor(why="something else")) not in said
