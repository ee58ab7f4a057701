"""A test's result by unit, by leader and by organizer, the climb, and how soon people took part."""

from datetime import date, timedelta
from typing import Any

import pytest

from commonweal.common.scope import EVERYTHING, Scope
from commonweal.people.models import Ask, Assessment, Campaign
from commonweal.structure_tests.models import BallotCount, Prediction, RollEntry, Rung, SignatureLine
from commonweal.structure_tests.reads.climb import climb_of
from commonweal.structure_tests.reads.leaders import LeaderResult, leaders_of, named, records_before
from commonweal.structure_tests.reads.organizers import judgements_of
from commonweal.structure_tests.reads.outcomes import outcomes_of
from commonweal.structure_tests.reads.pace import pace_of
from commonweal.structure_tests.reads.results import (
    contested_on,
    corrections_of,
    counted_ballots,
    last_test,
    result_of,
    waiting_signatures,
)
from commonweal.structure_tests.reads.tests import place_of
from commonweal.structure_tests.rules.readings import Reach, Reading
from tests.structure_tests.held import CLOSED, DAY, OPENED, hands, held, marked, seen, signed
from tests.village import Village

pytestmark = pytest.mark.django_db


def leader_of(test: Any, who: Any) -> LeaderResult:
    [found] = [one for one in leaders_of(test, outcomes_of(EVERYTHING, test)) if one.leader == who.pk]
    return found


# ── By unit ─────────────────────────────────────────────────────────────────────────────────────


def test_units_stand_by_their_share_and_say_which_is_a_hole(village: Village) -> None:
    weavers, spinners = hands(village, 4), hands(village, 4, village.spinning, "Spin")
    test = held(village, weavers + spinners)
    for one in (*weavers[:3], spinners[0]):
        seen(test, one, "did")
    result = result_of(EVERYTHING, test)
    assert [(unit.name, unit.tally.did, unit.reach) for unit in result.units] == [
        ("Weaving", 3, Reach.BOTH),
        ("Spinning", 1, Reach.UNDER),
    ]
    assert [unit.name for unit in result.holes] == ["Spinning"]
    assert (result.reached_units, result.counted_units, result.reaches_all) == (1, 2, False)


def test_the_change_is_counted_from_the_last_test_before_of_the_same_units(village: Village) -> None:
    people = hands(village, 4)
    old = held(village, people, name="Cards", on=date(2026, 2, 1))
    older = held(village, people, name="Photos", on=date(2026, 1, 10))
    elsewhere = Campaign.objects.create(name="Elsewhere", begun_on=DAY)
    held(village, people, name="Other", on=date(2026, 3, 1), campaign=elsewhere)
    for one in people:
        seen(older, one, "did")
    seen(old, people[0], "did")
    signed(old, people[1])
    test = held(village, people)
    for one in people[:3]:
        seen(test, one, "did")
    result = result_of(EVERYTHING, test)
    assert last_test(test) == old
    assert (result.units[0].last, result.units[0].change, result.last_share) == (0.5, 25, 0.5)


def test_a_scope_gets_the_figures_of_its_own_units(village: Village) -> None:
    weavers, spinners = hands(village, 2), hands(village, 2, village.spinning, "Spin")
    test = held(village, weavers + spinners)
    for one in spinners:
        seen(test, one, "did")
    result = result_of(Scope.of(units=[village.weaving.pk]), test)
    assert ([unit.name for unit in result.units], result.tally.eligible, result.outcomes.whole) == (
        ["Weaving"],
        2,
        False,
    )


def test_whoever_leads_is_not_counted_as_walking_with_nobody(village: Village) -> None:
    leader, follower, alone = hands(village, 3)
    test = held(village, [leader, follower, alone], leaders={follower.pk: leader})
    assert [unit.alone for unit in result_of(EVERYTHING, test).units] == [1]


def test_what_is_contested_and_what_waits_is_counted_and_named_inside_the_scope(village: Village) -> None:
    weaver, spinner = hands(village, 1)[0], hands(village, 1, village.spinning, "Spin")[0]
    test = held(village, [weaver, spinner], state="open")
    for one in (weaver, spinner):
        seen(test, one, "unknown")
        marked(test, one, "did", village.ana)
        marked(test, one, "did_not", village.root)
    for number, state in enumerate(("waiting", "disputed", "nobody")):
        SignatureLine.objects.create(
            test=test, sheet=1, line=number, written="x", other_reading="", state=state, read_at=OPENED,
            read_by=village.ana.pk,
        )  # fmt: skip
    number, names = contested_on(EVERYTHING, outcomes_of(EVERYTHING, test))
    assert (number, {one.glance.name for one in names}) == (2, {weaver.name, spinner.name})
    scope = Scope.of(units=[village.weaving.pk])
    assert [one.glance.name for one in contested_on(scope, outcomes_of(scope, test))[1]] == [weaver.name]
    assert waiting_signatures(test) == 2


def test_a_correction_says_what_stood_what_stands_when_and_who(village: Village) -> None:
    [one] = hands(village, 1)
    test = held(village, [one])
    later = CLOSED + timedelta(hours=5)
    now = seen(test, one, "did", entered_at=later, entered_by=village.ana.pk)
    before = seen(test, one, "did_not", source="other", entered_at=OPENED)
    Ask.objects.filter(pk=before.pk).update(replaced_by=now)
    number, [correction] = corrections_of(EVERYTHING, result_of(EVERYTHING, test))
    assert (number, correction.was, correction.now) == (1, "did_not", "did")
    assert (correction.at, correction.by, correction.glance.name) == (later, "Ana", one.name)


def test_the_count_of_all_is_only_for_who_sees_all(village: Village) -> None:
    test = held(village, hands(village, 1), kind="strike_vote")
    for unit, cast in ((None, 40), (village.weaving, 20), (village.spinning, 9)):
        BallotCount.objects.create(test=test, unit=unit, entitled=50, cast=cast, at=OPENED, by=village.ana.pk)
    scope = Scope.of(units=[village.weaving.pk])
    assert [(one.name, one.cast) for one in counted_ballots(scope, test, whole=False)] == [("Weaving", 20)]
    assert [one.cast for one in counted_ballots(EVERYTHING, test, whole=True)] == [40, 9, 20]


# ── By leader ───────────────────────────────────────────────────────────────────────────────────


def chain(village: Village, number: int, **more: Any) -> tuple[Any, list[Any]]:
    """A test in which so many people walk with Bo, and five others with nobody whom Cleo asked; four of those came."""
    people, others = hands(village, number), hands(village, 5, name="Other")
    test = held(village, people + others, leaders={one.pk: village.bo_person for one in people}, **more)
    for place, one in enumerate(others):
        seen(test, one, "did" if place else "did_not", village.cleo_person)
    return test, people


def test_whom_she_asked_and_who_came_is_counted(village: Village) -> None:
    test, people = chain(village, 8)
    for one, outcome in zip(people, ("did", "did", "did_not", "could_not", "unknown"), strict=False):
        seen(test, one, outcome, village.bo_person)
    seen(test, people[5], "did", village.cleo_person)
    seen(test, people[6], "did")
    bo = leader_of(test, village.bo_person)
    assert (bo.people, bo.asked, bo.came, bo.refused, bo.could_not, bo.unknown) == (8, 5, 2, 1, 1, 1)
    assert (bo.with_other, bo.alone, bo.came_in_all) == (1, 1, 4)


def test_fewer_than_anybody_would_have_got_is_not_delivering(village: Village) -> None:
    test, people = chain(village, 8)
    for one in people:
        seen(test, one, "did_not", village.bo_person)
    bo = leader_of(test, village.bo_person)
    assert bo.reading == Reading.DOES_NOT_DELIVER
    assert 0 < bo.low < bo.expected < bo.high


def test_somebody_given_to_a_leader_after_the_opening_does_not_count(village: Village) -> None:
    test, people = chain(village, 3)
    late = hands(village, 1, name="Late")[0]
    RollEntry.objects.create(test=test, person=late, unit=village.weaving, line=99, asker=village.bo_person)
    seen(test, late, "did", village.bo_person)
    bo = leader_of(test, village.bo_person)
    assert (bo.people, bo.asked, bo.came) == (3, 0, 0)
    assert bo.reading == Reading.NOT_ASKED


def test_people_who_came_with_another_show_whom_they_follow(village: Village) -> None:
    test, people = chain(village, 6)
    for one in people[:4]:
        seen(test, one, "did", village.cleo_person)
    [bo] = named(EVERYTHING, [leader_of(test, village.bo_person)])
    assert (bo.reading, bo.with_other, bo.other and bo.other.name) == (Reading.WRONG_LEADER, 4, "Cleo Ruiz")


def test_a_sheet_carried_by_another_shows_it_too(village: Village) -> None:
    test, people = chain(village, 6)
    for one in people[:3]:
        signed(test, one, village.cleo_person)
    assert leader_of(test, village.bo_person).reading == Reading.WRONG_LEADER


def test_signatures_that_do_not_say_who_asked_accuse_nobody(village: Village) -> None:
    people = hands(village, 8)
    test = held(village, people, leaders={one.pk: village.bo_person for one in people})
    for one in people:
        signed(test, one)
    assert leader_of(test, village.bo_person).reading == Reading.NOT_ASKED


def test_what_people_had_said_before_is_told_with_what_they_did(village: Village) -> None:
    people = hands(village, 4)
    stances = dict(zip([one.pk for one in people], ("1", "2", "4", "5"), strict=True))
    test = held(village, people, leaders={one.pk: village.bo_person for one in people}, stances=stances)
    for one, outcome in zip(people, ("did", "did_not", "did", "did_not"), strict=True):
        seen(test, one, outcome, village.bo_person)
    bo = leader_of(test, village.bo_person)
    assert (bo.yes_stayed, bo.no_came) == (1, 1)


def test_second_asks_are_counted_once_for_each_person(village: Village) -> None:
    test, people = chain(village, 2)
    for one in people:
        seen(test, one, "did", village.bo_person)
    marked(test, people[0], "did", village.bo, asked_again=True)
    marked(test, people[0], "did", village.bo, after=2, asked_again=True)
    assert leader_of(test, village.bo_person).asked_again == 1


def test_a_leader_outside_the_scope_has_no_name_and_her_people_count(village: Village) -> None:
    people = hands(village, 3)
    test = held(village, people, leaders={one.pk: village.eve_person for one in people})
    scope = Scope.of(units=[village.mill.pk, village.weaving.pk, village.spinning.pk])
    [eve] = named(scope, leaders_of(test, outcomes_of(scope, test)))
    assert (eve.people, eve.glance) == (3, None)


def test_what_is_known_of_somebody_before_are_answers_signatures_and_rolls(village: Village) -> None:
    came, stayed, excused, unrecorded = people = hands(village, 4)
    first = held(village, people, name="Cards", on=date(2026, 2, 1))
    for one, outcome in ((came, "did"), (stayed, "did_not"), (excused, "could_not")):
        seen(first, one, outcome)
    second = held(village, [came], name="Photos", on=date(2026, 2, 10))
    signed(second, came)
    test = held(village, people)
    seen(test, came, "did_not")
    records = records_before(test)
    line = {one.person: records.get(one.raw_person) for one in outcomes_of(EVERYTHING, test).lines}
    assert [line[one.pk] for one in (came, stayed, unrecorded)] == [(2, 2), (1, 0), (1, 0)]
    assert line[excused.pk] in (None, (0, 0))


def test_whoever_was_asked_and_signed_took_part_in_one_act(village: Village) -> None:
    people = hands(village, 3)
    first = held(village, people, name="Petition", kind="petition", on=date(2026, 2, 1))
    for one, outcome in zip(people, ("did", "did_not", "could_not"), strict=True):
        seen(first, one, outcome)
        signed(first, one)
        signed(first, one)
    test = held(village, people)
    records = records_before(test)
    assert [records[line.raw_person] for line in outcomes_of(EVERYTHING, test).lines] == [(1, 1), (1, 1), (1, 1)]


def test_what_is_known_before_is_read_anew_when_something_is_entered(village: Village) -> None:
    [one] = hands(village, 1)
    first, test = held(village, [one], name="Cards", on=date(2026, 2, 1)), held(village, [one])
    [line] = outcomes_of(EVERYTHING, test).lines
    assert records_before(test)[line.raw_person] == (1, 0)
    seen(first, one, "did")
    assert records_before(test)[line.raw_person] == (1, 1)


# ── By organizer ────────────────────────────────────────────────────────────────────────────────


def stated(one: Any, stance: str, by: Any, **more: Any) -> Assessment:
    given = {"basis": "stated", "on": OPENED.date(), "source": f"said:{one.pk}:{stance}", "entered_at": OPENED} | more
    return Assessment.objects.create(person=one, stance=stance, entered_by=by.pk, **given)


def test_stances_are_held_against_outcomes_by_who_had_written_them(village: Village) -> None:
    people = hands(village, 4)
    for one, stance, by in zip(people, "1124", (village.ana, village.ana, village.dov, village.ana), strict=True):
        stated(one, stance, by)
    test = held(village, people, stances=dict(zip([one.pk for one in people], "1124", strict=True)))
    for one, outcome in zip(people, ("did", "could_not", "did_not", "did"), strict=True):
        seen(test, one, outcome)
    found = judgements_of(test, outcomes_of(EVERYTHING, test))
    together = {stance: (kept.came, kept.people) for stance, kept in found.together.stances.items()}
    assert together == {"1": (1, 1), "2": (0, 1), "4": (1, 1)}
    assert [(one.name, one.rated) for one in found.each] == [("Ana", 2), ("Dov", 1)]


def test_a_stance_written_after_the_opening_is_not_held_against_anybody(village: Village) -> None:
    people = hands(village, 2)
    test = held(village, people, stances={one.pk: "1" for one in people})
    stated(people[0], "1", village.ana, entered_at=OPENED + timedelta(hours=1))
    stated(people[1], "1", village.ana)
    assert judgements_of(test, outcomes_of(EVERYTHING, test)).together.rated == 1


def test_expectations_are_scored_beside_one_guess_for_all(village: Village) -> None:
    people = hands(village, 4)
    test = held(village, people)
    for place, one in enumerate(people):
        entry = RollEntry.objects.get(test=test, person=one)
        Prediction.objects.create(
            entry=entry, expectation="sure" if place < 2 else "no", made_at=OPENED, by=village.ana.pk
        )
        seen(test, one, "did" if place < 2 else "did_not")
    [ana] = judgements_of(test, outcomes_of(EVERYTHING, test)).each
    assert (ana.name, ana.predicted, round(ana.distance, 4), ana.plain_distance) == ("Ana", 4, 0.0025, 0.25)


# ── How soon ────────────────────────────────────────────────────────────────────────────────────


def test_the_pace_is_told_only_of_what_was_recorded_as_it_happened(village: Village) -> None:
    people = hands(village, 30)
    test = held(village, people, leaders={one.pk: village.bo_person for one in people})
    for place, one in enumerate(people):
        seen(test, one, "did" if place < 24 else "did_not", village.bo_person)
        marked(test, one, "did" if place < 24 else "did_not", village.bo, after=place, how="sheet")
    outcomes = outcomes_of(EVERYTHING, test)
    assert pace_of(test, outcomes) is None
    for place, one in enumerate(people):
        marked(test, one, "did" if place < 24 else "did_not", village.bo, after=place)
    pace = pace_of(test, outcomes)
    assert pace is not None
    assert (pace.people, pace.hours, pace.by_other) == (30, 23.0, [])
    assert (pace.by_leader[0].share, round(pace.by_leader[-1].share, 6)) == (1.0, 0.2)
    assert all(step.low <= step.share <= step.high for step in pace.by_leader)


# ── The climb ───────────────────────────────────────────────────────────────────────────────────


def test_the_climb_has_every_test_in_order_and_the_steps_that_have_none(village: Village) -> None:
    people = hands(village, 4)
    rungs = [
        Rung.objects.create(campaign=village.campaign, position=place, kind="button", name=name, threshold="0.65")
        for place, name in enumerate(("Cards", "Buttons", "Strike"))
    ]
    later = held(village, people, state="planned", name="Later", on=date(2026, 4, 1))
    first = held(village, people, name="First", on=date(2026, 2, 1))
    now = held(village, people, state="open", name="Now")
    for test, rung in ((first, rungs[0]), (now, rungs[1])):
        test.rung = rung
        test.save()
    for one in people[:3]:
        seen(first, one, "did")
    seen(now, people[0], "did")
    climb = climb_of(EVERYTHING, place_of(EVERYTHING, village.campaign.pk))
    assert [(one.test, one.share, one.reached) for one in climb.tests] == [
        (first, 0.75, True),
        (now, 0.25, False),
        (later, None, False),
    ]
    assert climb.later == [rungs[2]]


def test_of_a_ballot_without_names_the_climb_knows_the_count(village: Village) -> None:
    test = held(village, hands(village, 2), kind="strike_vote")
    BallotCount.objects.create(test=test, entitled=50, cast=40, at=OPENED, by=village.ana.pk)
    [whole] = climb_of(EVERYTHING, place_of(EVERYTHING, village.campaign.pk)).tests
    scope = Scope.of(units=[village.weaving.pk])
    [part] = climb_of(scope, place_of(scope, village.campaign.pk)).tests
    assert (whole.share, part.share) == (0.8, None)


def test_exactly_the_threshold_reaches_it(village: Village) -> None:
    people = hands(village, 10)
    test = held(village, people)
    for one in people[:7]:
        seen(test, one, "did")
    test.refresh_from_db()
    assert result_of(EVERYTHING, test).reaches_all
    [climbed] = climb_of(EVERYTHING, place_of(EVERYTHING, village.campaign.pk)).tests
    assert (climbed.share, climbed.reached) == (0.7, True)
