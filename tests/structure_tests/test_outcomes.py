"""What came of everybody on a roll is read from the hall."""

from datetime import timedelta

import pytest

from commonweal.common.scope import EVERYTHING, Scope
from commonweal.people.models import Ask
from commonweal.people.writes.merging import merge
from commonweal.structure_tests.models import RollEntry
from commonweal.structure_tests.reads.outcomes import contested_entries, outcomes_of
from commonweal.structure_tests.reads.shares import shares_of
from commonweal.structure_tests.reads.tallies import Line
from tests.structure_tests.held import CLOSED, hands, held, marked, seen, signed
from tests.village import Village

pytestmark = pytest.mark.django_db


def line_of(test: object, person: object, scope: Scope = EVERYTHING) -> Line:
    [found] = [line for line in outcomes_of(scope, test).lines if line.person == person.pk]  # type: ignore[arg-type, attr-defined]
    return found


@pytest.mark.parametrize(
    ("outcomes", "outcome"),
    [
        (["did_not", "did"], "did"),
        (["did_not", "could_not"], "did_not"),
        (["unknown", "could_not"], "could_not"),
        (["unknown"], "unknown"),
        ([], ""),
    ],
)
def test_of_several_asks_the_strongest_outcome_holds(village: Village, outcomes: list[str], outcome: str) -> None:
    [one] = hands(village, 1)
    test = held(village, [one])
    for each in outcomes:
        seen(test, one, each, village.bo_person)
    assert line_of(test, one).outcome == outcome


def test_a_signature_is_a_yes_whatever_an_ask_said(village: Village) -> None:
    [one] = hands(village, 1)
    test = held(village, [one])
    seen(test, one, "did_not", village.bo_person)
    signed(test, one, village.cleo_person)
    line = line_of(test, one)
    assert (line.outcome, line.carrier, line.asker) == ("did", village.cleo_person.pk, village.bo_person.pk)


def test_of_those_who_brought_her_her_own_leader_comes_first(village: Village) -> None:
    [one] = hands(village, 1)
    test = held(village, [one], leaders={one.pk: village.bo_person})
    seen(test, one, "did", village.cleo_person)
    seen(test, one, "did", village.bo_person)
    assert line_of(test, one).asker == village.bo_person.pk


def test_whoever_brought_her_counts_before_her_leader_who_did_not(village: Village) -> None:
    [one] = hands(village, 1)
    test = held(village, [one], leaders={one.pk: village.bo_person})
    seen(test, one, "did_not", village.bo_person)
    seen(test, one, "did", village.cleo_person)
    line = line_of(test, one)
    assert (line.asker, line.asked_by_leader) == (village.cleo_person.pk, True)


def test_what_was_replaced_or_taken_back_does_not_count(village: Village) -> None:
    one, other = hands(village, 2)
    test = held(village, [one, other])
    now = seen(test, one, "did_not")
    before = seen(test, one, "did", source="other")
    Ask.objects.filter(pk=before.pk).update(replaced_by=now)
    seen(test, other, "did", withdrawn=True)
    assert [line.outcome for line in outcomes_of(EVERYTHING, test).lines] == ["did_not", ""]


def test_two_who_differ_are_contested_until_somebody_settles(village: Village) -> None:
    [one] = hands(village, 1)
    test = held(village, [one], state="open")
    seen(test, one, "unknown")
    marked(test, one, "did", village.ana)
    assert contested_entries(test) == set()
    marked(test, one, "did_not", village.root, after=2)
    entry = RollEntry.objects.get(test=test)
    assert contested_entries(test) == {entry.pk}
    assert line_of(test, one).contested
    marked(test, one, "did", village.ana, after=3, settles=True)
    assert contested_entries(test) == set()


def test_one_who_changes_her_mind_contests_nothing(village: Village) -> None:
    [one] = hands(village, 1)
    test = held(village, [one], state="open")
    seen(test, one, "unknown")
    marked(test, one, "did", village.ana)
    marked(test, one, "unknown", village.ana, after=2)
    assert contested_entries(test) == set()


def test_a_mark_after_closing_is_a_correction_and_one_before_is_none(village: Village) -> None:
    early, late = hands(village, 2)
    test = held(village, [early, late])
    for one in (early, late):
        seen(test, one, "did")
    marked(test, early, "did", village.ana, received_at=CLOSED)
    marked(test, late, "did", village.ana, received_at=CLOSED + timedelta(seconds=1))
    assert [line.corrected for line in outcomes_of(EVERYTHING, test).lines] == [False, True]


def test_what_a_file_brings_after_closing_without_replacing_anything_is_no_correction(village: Village) -> None:
    one, other = hands(village, 2)
    test = held(village, [one, other])
    seen(test, one, "did", entered_at=CLOSED + timedelta(days=1))
    now = seen(test, other, "did_not", entered_at=CLOSED + timedelta(days=1))
    before = seen(test, other, "did", source="other")
    Ask.objects.filter(pk=before.pk).update(replaced_by=now)
    assert [line.corrected for line in outcomes_of(EVERYTHING, test).lines] == [False, True]


def test_a_scope_sees_the_lines_of_its_units_and_knows_that_they_are_not_all(village: Village) -> None:
    weaver, spinner = hands(village, 1) + hands(village, 1, village.spinning, "Spin")
    test = held(village, [weaver, spinner])
    found = outcomes_of(Scope.of(units=[village.weaving.pk]), test)
    assert ([line.person for line in found.lines], found.whole, found.on_roll) == ([weaver.pk], False, 2)
    named = outcomes_of(Scope.of(people=[spinner.pk]), test)
    assert [line.person for line in named.lines] == [spinner.pk]
    assert outcomes_of(EVERYTHING, test).whole


def test_a_share_is_of_those_who_could_take_part(village: Village) -> None:
    people = hands(village, 6)
    test = held(village, people)
    RollEntry.objects.filter(test=test, person=people[5]).update(standing="leave")
    for one, outcome in zip(people, ("did", "did_not", "could_not", "unknown", "", "did"), strict=True):
        if outcome:
            seen(test, one, outcome, village.bo_person)
    tally = outcomes_of(EVERYTHING, test).tally
    assert (tally.eligible, tally.did, tally.share) == (5, 1, 0.2)
    assert (tally.did_not, tally.could_not, tally.unknown, tally.unrecorded) == (1, 1, 1, 1)
    assert (tally.asked, tally.excused, tally.excused_did) == (4, 1, 1)


def test_lines_stand_in_the_order_of_the_paper(village: Village) -> None:
    people = hands(village, 3)
    test = held(village, people[::-1])
    assert [line.person for line in outcomes_of(EVERYTHING, test).lines] == [one.pk for one in people[::-1]]


def test_two_records_of_one_person_count_once_after_they_were_merged(village: Village) -> None:
    one, twin = hands(village, 2)
    test = held(village, [one, twin])
    seen(test, twin, "did", village.bo_person)
    before = outcomes_of(EVERYTHING, test).tally
    merge(kept=one, taken_in=twin, versions=(one.version, twin.version), values={}, by=village.ana.pk, at=CLOSED)
    after = outcomes_of(EVERYTHING, test)
    assert (after.tally.eligible, after.tally.did) == (before.eligible - 1, before.did) == (1, 1)
    assert line_of(test, one).outcome == "did"
    assert shares_of(EVERYTHING, [test])[test.pk][one.placements.get(until=None).unit_id] == (1, 1)
