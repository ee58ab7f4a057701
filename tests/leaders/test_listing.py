"""Putting people on the list, moving them on, and every way in which that is refused."""

from datetime import date, timedelta

import pytest

from commonweal.leaders.models import ListedLeader, ListedStep
from commonweal.leaders.rules import refusals
from commonweal.leaders.writes import listing
from commonweal.leaders.writes.taking_back import put_back_on_list, take_back_step
from commonweal.ledger.models import Entry
from commonweal.ledger.reads import prove
from commonweal.people.models import ChainLink
from tests.leaders.small_mill import LATER, listed
from tests.village import THEN, Village

DAY = date(2026, 3, 19)


def put_on(village: Village, who=None, **more):
    what = {"stage": "target", "on": DAY, "note": "", "by": village.ana.pk, "at": LATER} | more
    return listing.put_on_list(village.campaign, (who or village.finn_person).pk, **what)


def test_a_target_comes_onto_the_list_with_its_first_step_and_an_entry_in_the_ledger(village: Village) -> None:
    row = put_on(village, note="His face when the foreman speaks")
    step = ListedStep.objects.get(listed=row)
    assert (row.stage, row.responsible_id, step.stage, step.on) == ("target", village.ana.pk, "target", DAY)
    assert step.note == "His face when the foreman speaks"
    assert b"foreman" not in bytes(ListedStep.objects.values_list("note", flat=True).get())
    assert Entry.objects.filter(verb="put_on_list", subject=village.finn_person.pk).count() == 1


def test_whoever_comes_onto_the_list_walks_with_nobody(village: Village) -> None:
    put_on(village, village.cleo_person)
    assert not ChainLink.objects.filter(follower=village.cleo_person, until=None).exists()
    assert ChainLink.objects.get(follower=village.cleo_person).until == LATER


def test_nobody_is_on_a_list_twice(village: Village) -> None:
    put_on(village)
    with pytest.raises(refusals.OnTheListAlready):
        put_on(village)
    assert ListedLeader.objects.count() == 1


def test_nobody_begins_as_tested(village: Village) -> None:
    with pytest.raises(refusals.StageJumps):
        put_on(village, stage="tested")


def test_a_day_that_has_not_come_is_refused(village: Village) -> None:
    with pytest.raises(refusals.InTheFuture):
        put_on(village, on=date(2026, 3, 21))


@pytest.mark.parametrize("field", ["forgotten_at", "merged_into"])
def test_whoever_was_merged_or_forgotten_meanwhile_is_not_put_on(village: Village, field: str) -> None:
    finn = village.finn_person
    setattr(finn, field, THEN if field == "forgotten_at" else village.cleo_person)
    finn.save()
    with pytest.raises(refusals.GoneMeanwhile):
        put_on(village)


def test_whom_people_vetoed_does_not_come_onto_the_list_until_they_lift_it(village: Village) -> None:
    listing.veto(village.campaign, village.finn_person.pk, by=village.ana.pk, at=LATER)
    with pytest.raises(refusals.Vetoed):
        put_on(village)
    listing.lift_veto(village.campaign, village.finn_person.pk, by=village.ana.pk, at=LATER)
    assert put_on(village).stage == "target"


def test_whoever_is_on_the_list_cannot_be_vetoed(village: Village) -> None:
    put_on(village)
    with pytest.raises(refusals.OnTheListAlready):
        listing.veto(village.campaign, village.finn_person.pk, by=village.ana.pk, at=LATER)


def move(village: Village, row: ListedLeader, to: str, version: int = 1):
    return listing.move_stage(row.pk, to=to, on=DAY, seen_version=version, by=village.ana.pk, at=LATER)


def test_a_step_of_the_table_is_kept_with_its_day(village: Village) -> None:
    row = move(village, listed(village, village.bo_person, "approached"), "won")
    assert (row.stage, row.stage_since, row.version) == ("won", LATER, 2)
    assert ListedStep.objects.get(listed=row).on == DAY


def test_a_jump_that_the_table_does_not_know_changes_nothing(village: Village) -> None:
    row = listed(village, village.bo_person, "identified")
    with pytest.raises(refusals.StageJumps) as refused:
        move(village, row, "tested")
    assert (refused.value.now, refused.value.wanted) == ("identified", "tested")
    row.refresh_from_db()
    assert (row.stage, row.version) == ("identified", 1)


def test_of_two_organizers_who_move_her_at_once_the_second_finds_out(village: Village) -> None:
    row = listed(village, village.bo_person, "approached")
    move(village, row, "won")
    with pytest.raises(refusals.ChangedMeanwhile) as refused:
        move(village, row, "lost")
    assert refused.value.stage == "won"
    assert ListedStep.objects.filter(listed=row).count() == 1


def test_taking_her_off_ends_the_walks_with_her_and_keeps_her_steps(village: Village) -> None:
    row = listed(village, village.bo_person)
    move(village, row, "tested")
    left = listing.take_off_list(row.pk, seen_version=2, by=village.ana.pk, at=LATER)
    assert left == 1
    assert ChainLink.objects.get(leader=village.bo_person).until == LATER
    assert ListedStep.objects.filter(listed=row).count() == 1
    with pytest.raises(refusals.NotOnTheList):
        move(village, row, "won", version=3)


def test_whoever_is_off_the_list_can_come_back(village: Village) -> None:
    row = listed(village, village.bo_person)
    listing.take_off_list(row.pk, seen_version=1, by=village.ana.pk, at=LATER)
    assert put_on(village, village.bo_person).pk != row.pk


def test_a_pin_and_a_new_organizer_count_as_changes(village: Village) -> None:
    row = listed(village, village.bo_person)
    listing.pin(row.pk, pinned=True, seen_version=1, by=village.ana.pk, at=LATER)
    listing.entrust(row.pk, responsible=village.root.pk, seen_version=2, by=village.ana.pk, at=LATER)
    row.refresh_from_db()
    assert (row.pinned, row.responsible_id, row.version) == (True, village.root.pk, 3)


def test_a_step_entered_in_error_is_taken_back_and_the_ledger_keeps_it(village: Village) -> None:
    row = put_on(village)
    moved = listing.move_stage(
        row.pk, to="lost", on=DAY, seen_version=1, by=village.ana.pk, at=LATER + timedelta(minutes=1)
    )
    back = take_back_step(row.pk, seen_version=moved.version, by=village.ana.pk, at=LATER)
    assert (back.stage, [step.stage for step in ListedStep.objects.filter(listed=row)]) == ("target", ["target"])
    facts = Entry.objects.get(verb="took_back_step").facts
    assert (facts["from"], facts["to"], facts["on"]) == ("lost", "target", str(DAY))
    with pytest.raises(refusals.NothingToTakeBack):
        take_back_step(row.pk, seen_version=back.version, by=village.ana.pk, at=LATER)
    with pytest.raises(refusals.ChangedMeanwhile):
        take_back_step(row.pk, seen_version=1, by=village.ana.pk, at=LATER)


def test_whoever_was_taken_off_by_mistake_is_back_with_her_people(village: Village) -> None:
    row = listed(village, village.bo_person)
    listing.take_off_list(row.pk, seen_version=1, by=village.ana.pk, at=LATER)
    assert put_back_on_list(row.pk, by=village.ana.pk, at=LATER) == 1
    row.refresh_from_db()
    assert (row.off_since, row.stage) == (None, "won")
    assert ChainLink.objects.get(follower=village.cleo_person, until=None).leader_id == village.bo_person.pk
    with pytest.raises(refusals.NotOnTheList):
        put_back_on_list(row.pk, by=village.ana.pk, at=LATER)


def test_put_back_she_does_not_take_people_who_walk_with_another_by_now(village: Village) -> None:
    row = listed(village, village.bo_person)
    other = listed(village, village.finn_person)
    listing.take_off_list(row.pk, seen_version=1, by=village.ana.pk, at=LATER)
    ChainLink.objects.create(
        campaign=village.campaign,
        leader=other.person,
        follower=village.cleo_person,
        since=LATER,
        why="claimed",
        source="hand:finn",
    )
    assert put_back_on_list(row.pk, by=village.ana.pk, at=LATER) == 0
    assert ChainLink.objects.get(follower=village.cleo_person, until=None).leader_id == village.finn_person.pk


def test_whoever_was_put_on_anew_is_not_put_back_beside_it(village: Village) -> None:
    row = listed(village, village.bo_person)
    listing.take_off_list(row.pk, seen_version=1, by=village.ana.pk, at=LATER)
    put_on(village, village.bo_person)
    with pytest.raises(refusals.OnTheListAlready):
        put_back_on_list(row.pk, by=village.ana.pk, at=LATER)
    assert ListedLeader.objects.filter(person=village.bo_person, off_since=None).count() == 1


def test_the_history_of_each_follower_says_that_her_walk_ended_and_went_on(village: Village) -> None:
    row = listed(village, village.bo_person)
    ChainLink.objects.filter(leader=village.bo_person).update(campaign=village.campaign)
    followers = set(ChainLink.objects.filter(leader=village.bo_person, until=None).values_list("follower", flat=True))
    assert followers
    how = {"by": village.ana.pk, "at": LATER}
    listing.take_off_list(row.pk, seen_version=row.version, **how)
    assert set(Entry.objects.filter(verb="ended_walk").values_list("subject", flat=True)) == followers
    put_back_on_list(row.pk, **how)
    assert set(Entry.objects.filter(verb="gave_follower").values_list("subject", flat=True)) == followers
    assert prove().holds
