"""Marks count once; the hall's ask follows from all of them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from commonweal.common.ids import new_id
from commonweal.ledger.models import Entry
from commonweal.people.models import Ask
from commonweal.people.reads.evidence import standing
from commonweal.people.writes.evidence import record_ask
from commonweal.structure_tests.models import Mark
from commonweal.structure_tests.reads.marks import states_of
from commonweal.structure_tests.reads.outcomes import contested_entries
from commonweal.structure_tests.writes.marks import NewMark, record_marks, source_of
from commonweal.structure_tests.writes.refusals import NotNow, SecretBallot
from commonweal.structure_tests.writes.tests import close_test
from tests.structure_tests.planned import AT, entry, mark, opened, plan, record
from tests.village import Village

pytestmark = pytest.mark.django_db


def said(test, person):
    """What the hall says of somebody now: (outcome, asker) of each standing ask."""
    rows = standing(Ask).filter(occasion=test.occasion_id, asked=person)
    return sorted(rows.values_list("outcome", "asker"), key=repr)


def test_the_same_mark_sent_twice_counts_once(village: Village):
    test = opened(village)
    one = mark(test, village.cleo_person, "did", asker=village.bo_person.pk)
    assert record(test, village.bo, one).new == 1
    again = record(test, village.bo, one, one, after=2)
    assert (again.new, again.again) == (0, 1)
    assert Mark.objects.count() == 1
    assert said(test, village.cleo_person) == [("did", village.bo_person.pk)]


def test_a_mark_with_a_known_id_and_another_outcome_changes_nothing(village: Village):
    test, number = opened(village), new_id()
    record(test, village.bo, mark(test, village.cleo_person, "did", id=number))
    record(test, village.bo, mark(test, village.cleo_person, "did_not", id=number), after=2)
    assert said(test, village.cleo_person) == [("did", None)]


def test_a_later_mark_of_the_same_recorder_replaces_her_own_by_a_new_row(village: Village):
    test = opened(village)
    record(test, village.ana, mark(test, village.cleo_person, "did_not"))
    record(test, village.ana, mark(test, village.cleo_person, "did"), after=2)
    assert said(test, village.cleo_person) == [("did", None)]
    rows = Ask.objects.filter(source=source_of(entry(test, village.cleo_person).pk))
    assert (rows.count(), rows.filter(replaced_by=None).count()) == (2, 1)


def test_two_who_record_differently_leave_it_unknown_until_a_human_settles_it(village: Village):
    test = opened(village)
    record(test, village.ana, mark(test, village.cleo_person, "did"))
    kept = record(test, village.bo, mark(test, village.cleo_person, "did_not"), after=2)
    line = entry(test, village.cleo_person).pk
    assert kept.contested == {line} == contested_entries(test)
    assert said(test, village.cleo_person) == [("unknown", None)]
    state = states_of(test, {line: village.cleo_person.pk})[line]
    assert {one.who: one.outcome for one in state.said} == {"Ana": "did", "Bo": "did_not"}
    record(test, village.root, mark(test, village.cleo_person, "did", settles=True), after=3)
    assert contested_entries(test) == set()
    assert said(test, village.cleo_person) == [("did", None)]


def test_one_of_two_who_comes_round_settles_it_too(village: Village):
    test = opened(village)
    record(test, village.ana, mark(test, village.cleo_person, "did"))
    record(test, village.bo, mark(test, village.cleo_person, "did_not"), after=2)
    record(test, village.bo, mark(test, village.cleo_person, "did"), after=3)
    assert contested_entries(test) == set()
    assert said(test, village.cleo_person) == [("did", None)]


def test_a_phone_that_sends_an_hour_later_does_not_undo_what_its_owner_recorded_since(village: Village):
    test = opened(village)
    early = mark(test, village.cleo_person, "did_not", seen_at=AT + timedelta(hours=1))
    record(test, village.bo, mark(test, village.cleo_person, "did", seen_at=AT + timedelta(hours=2)), after=2)
    record(test, village.bo, early, after=3, how="phone")
    kept = Mark.objects.get(pk=early.id)
    assert (kept.seen_at, kept.received_at) == (AT + timedelta(hours=1), AT + timedelta(hours=3))
    assert said(test, village.cleo_person) == [("did", None)]


def test_a_late_phone_that_differs_from_somebody_else_is_contested(village: Village):
    test = opened(village)
    record(test, village.ana, mark(test, village.cleo_person, "did"), after=2)
    late = mark(test, village.cleo_person, "did_not", seen_at=AT + timedelta(hours=1))
    assert record(test, village.bo, late, after=3, how="phone").contested


def test_a_wrong_clock_never_reaches_before_the_opening_or_beyond_the_receipt(village: Village):
    test = opened(village)
    old = mark(test, village.cleo_person, "did", seen_at=AT - timedelta(days=9))
    new = mark(test, village.finn_person, "did", seen_at=AT + timedelta(days=9))
    record(test, village.bo, old, new, after=1)
    assert Mark.objects.get(pk=old.id).seen_at == AT
    assert Mark.objects.get(pk=new.id).seen_at == AT + timedelta(hours=1)


def test_a_mark_taken_back_leaves_nothing_standing_and_can_be_made_again(village: Village):
    test = opened(village)
    record(test, village.ana, mark(test, village.cleo_person, "did"))
    record(test, village.ana, mark(test, village.cleo_person, ""), after=2)
    assert said(test, village.cleo_person) == []
    record(test, village.ana, mark(test, village.cleo_person, "could_not"), after=3)
    assert said(test, village.cleo_person) == [("could_not", None)]
    assert Ask.objects.filter(source=source_of(entry(test, village.cleo_person).pk), replaced_by=None).count() == 1


def test_an_ask_written_down_before_is_followed_and_not_doubled(village: Village):
    test = opened(village)
    by, at = village.ana.pk, AT
    record_ask(
        occasion=test.occasion,
        asker=village.bo_person.pk,
        asked=village.cleo_person.pk,
        outcome="did_not",
        by=by,
        at=at,
    )
    record(test, village.bo, mark(test, village.cleo_person, "did", asker=village.bo_person.pk))
    assert said(test, village.cleo_person) == [("did", village.bo_person.pk)]


def test_what_is_recorded_after_closing_is_a_correction_by_replacement(village: Village):
    test = opened(village)
    record(test, village.ana, mark(test, village.cleo_person, "did_not"))
    close_test(test=test, by=village.ana.pk, at=AT + timedelta(hours=5))
    kept = record(test, village.ana, mark(test, village.cleo_person, "did"), after=9)
    assert kept.late
    assert said(test, village.cleo_person) == [("did", None)]
    assert standing(Ask).get(asked=village.cleo_person).entered_at == AT + timedelta(hours=9)


def test_nothing_is_recorded_before_the_opening(village: Village):
    test = plan(village)
    with pytest.raises(NotNow):
        record(test, village.ana, mark(test, village.cleo_person, "did"))
    assert Mark.objects.count() == 0


def test_of_a_secret_ballot_nothing_is_recorded_of_anybody(village: Village):
    test = opened(village, kind="strike_vote", name="Strike vote")
    with pytest.raises(SecretBallot):
        record(test, village.ana, mark(test, village.cleo_person, "did"))
    assert (Mark.objects.count(), Ask.objects.count()) == (0, 0)


def test_the_turnout_of_a_ballot_is_recorded_where_that_is_lawful(village: Village):
    test = opened(village, kind="strike_vote", name="Strike vote", turnout_named=True)
    assert record(test, village.ana, mark(test, village.cleo_person, "did")).new == 1


def test_nobody_is_recorded_as_having_asked_herself(village: Village):
    test = opened(village)
    record(test, village.ana, mark(test, village.cleo_person, "did", asker=village.cleo_person.pk))
    assert said(test, village.cleo_person) == [("did", None)]


def test_a_crash_while_a_grid_is_saved_keeps_nothing_and_sending_again_keeps_all(village: Village):
    test = opened(village)
    sent = [mark(test, one, "did") for one in (village.cleo_person, village.finn_person, village.bo_person)]

    def crash(execute, sql, params, many, context):
        if sql.startswith("INSERT") and Entry._meta.db_table in sql:  # the last thing that is written
            raise DatabaseError("the disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(crash), pytest.raises(DatabaseError):
        record(test, village.ana, *sent)
    assert (Mark.objects.count(), Ask.objects.count()) == (0, 0)
    assert record(test, village.ana, *sent).new == 3
    assert record(test, village.ana, *sent).again == 3
    assert standing(Ask).count() == 3


def test_marks_of_lines_of_another_test_are_left_out(village: Village):
    test, other = opened(village), opened(village, name="March", kind="march_on_boss")
    strange = NewMark(new_id(), entry(other, village.cleo_person).pk, "did")
    assert record_marks(test, [strange], how="grid", by=village.ana.pk, at=AT).new == 0
    assert Ask.objects.count() == 0


def test_many_marks_ask_no_more_than_one(village: Village):
    test = opened(village)
    people = [village.cleo_person, village.finn_person, village.bo_person]
    counts = []
    for some in (people[:1], people[1:]):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            record(test, village.ana, *(mark(test, one, "did") for one in some))
        counts.append(len(asked) - len(some))  # without the look-ups of the test itself
    assert counts[0] == counts[1] <= 20
