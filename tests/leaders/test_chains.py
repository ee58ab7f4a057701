"""Who walks with whom: giving, moving, ending, and what is refused."""

import pytest

from commonweal.leaders.models import ChainProposal, Reading
from commonweal.leaders.rules import refusals
from commonweal.leaders.writes import chains, listing, proposals
from commonweal.leaders.writes.reading import compute
from commonweal.ledger.models import Entry
from commonweal.people.models import ChainLink
from tests.leaders.small_mill import LATER, Silent, busy_mill, listed
from tests.village import THEN, Village


def walk(village: Village, leader, follower, seen=None):
    return chains.walk_with(
        village.campaign,
        leader.pk,
        follower.pk,
        seen_leader=seen.pk if seen else None,
        why="claimed",
        by=village.ana.pk,
        at=LATER,
        source="hand:test",
    )


def open_walks(follower) -> list:
    return list(ChainLink.objects.filter(follower=follower, until=None).values_list("leader_id", flat=True))


def test_a_follower_given_to_a_leader_walks_with_her(village: Village) -> None:
    listed(village, village.bo_person)
    walk(village, village.bo_person, village.finn_person)
    assert open_walks(village.finn_person) == [village.bo_person.pk]
    assert Entry.objects.get(verb="gave_follower").facts["leader"] == str(village.bo_person.pk)


def test_giving_her_twice_is_giving_her_once(village: Village) -> None:
    listed(village, village.bo_person)
    first = walk(village, village.bo_person, village.finn_person)
    assert walk(village, village.bo_person, village.finn_person) == first
    assert ChainLink.objects.filter(follower=village.finn_person).count() == 1


def test_moving_her_ends_the_walk_before_and_keeps_it_known(village: Village) -> None:
    listed(village, village.finn_person)
    walk(village, village.finn_person, village.cleo_person, seen=village.bo_person)
    assert open_walks(village.cleo_person) == [village.finn_person.pk]
    assert ChainLink.objects.get(leader=village.bo_person, follower=village.cleo_person).until == LATER


def test_a_follower_whom_a_colleague_moved_meanwhile_stays_where_he_put_her(village: Village) -> None:
    listed(village, village.finn_person)
    with pytest.raises(refusals.WalksAlready):
        walk(village, village.finn_person, village.cleo_person)
    assert open_walks(village.cleo_person) == [village.bo_person.pk]


def test_nobody_walks_with_herself(village: Village) -> None:
    listed(village, village.bo_person)
    with pytest.raises(refusals.WalksWithHerself):
        walk(village, village.bo_person, village.bo_person)


def test_whoever_is_on_the_list_walks_with_nobody(village: Village) -> None:
    listed(village, village.bo_person)
    listed(village, village.finn_person, "target")
    with pytest.raises(refusals.LeaderFollowsNobody):
        walk(village, village.bo_person, village.finn_person)


@pytest.mark.parametrize("stage", [None, "lost"])
def test_nobody_walks_with_whoever_is_not_on_the_list_or_lost(village: Village, stage: str | None) -> None:
    if stage:
        listed(village, village.bo_person, stage)
    with pytest.raises(refusals.NotOnTheList):
        walk(village, village.bo_person, village.finn_person)


def test_a_leader_merged_meanwhile_gets_nobody(village: Village) -> None:
    listed(village, village.bo_person)
    village.bo_person.merged_into = village.cleo_person
    village.bo_person.save()
    with pytest.raises(refusals.GoneMeanwhile):
        walk(village, village.bo_person, village.finn_person)


def test_an_ended_walk_is_kept_and_one_entered_in_error_is_not(village: Village) -> None:
    link = ChainLink.objects.get()
    chains.end_walk(link.pk, by=village.ana.pk, at=LATER)
    chains.end_walk(link.pk, by=village.ana.pk, at=LATER)
    link.refresh_from_db()
    assert link.until == LATER
    assert Entry.objects.filter(verb="ended_walk").count() == 1
    chains.remove_walk(link.pk, by=village.ana.pk, at=LATER)
    chains.remove_walk(link.pk, by=village.ana.pk, at=LATER)
    assert not ChainLink.objects.exists()
    assert Entry.objects.filter(verb="removed_walk").count() == 1


@pytest.fixture
def proposed(village: Village) -> list[ChainProposal]:
    """What a reading proposes for Bo's chain."""
    busy_mill(village)
    listed(village, village.bo_person)
    compute(village.campaign.pk, Silent(), by=village.ana.pk, at=THEN)
    return list(ChainProposal.objects.filter(leader=village.bo_person).order_by("pk"))


def test_accepted_proposals_become_walks_with_the_reading_as_source(village: Village, proposed) -> None:
    answer = proposals.accept_proposals(village.campaign, [one.pk for one in proposed], by=village.ana.pk, at=LATER)
    walks = ChainLink.objects.filter(leader=village.bo_person, until=None, since=LATER)
    assert len(proposed) >= 6
    assert answer == proposals.Accepted(len(proposed), 0, 0)
    assert set(walks.values_list("follower_id", flat=True)) == {one.follower_id for one in proposed}
    assert set(walks.values_list("source", flat=True)) == {f"reading:{Reading.objects.get().pk}"}


def test_accepting_twice_begins_no_second_walk(village: Village, proposed) -> None:
    for _time in range(2):
        proposals.accept_proposals(village.campaign, [one.pk for one in proposed], by=village.ana.pk, at=LATER)
    assert ChainLink.objects.filter(follower=proposed[0].follower, until=None).count() == 1


def test_what_changed_since_the_reading_is_left_as_it_is(village: Village, proposed) -> None:
    other = listed(village, village.finn_person)
    walk(village, village.finn_person, proposed[0].follower)
    answer = proposals.accept_proposals(village.campaign, [proposed[0].pk, proposed[1].pk], by=village.ana.pk, at=LATER)
    assert (answer.begun, answer.left) == (1, 1)
    assert open_walks(proposed[0].follower) == [other.person_id]


def test_proposals_of_a_leader_taken_off_meanwhile_come_to_nothing(village: Village, proposed) -> None:
    row = village.campaign.listed.get(person=village.bo_person)
    listing.take_off_list(row.pk, seen_version=1, by=village.ana.pk, at=LATER)
    answer = proposals.accept_proposals(village.campaign, [proposed[0].pk], by=village.ana.pk, at=LATER)
    assert (answer.begun, answer.left) == (0, 1)


def test_a_pair_put_aside_is_not_proposed_again(village: Village, proposed) -> None:
    proposals.put_aside(village.campaign, [proposed[0].pk], by=village.ana.pk, at=LATER)
    compute(village.campaign.pk, Silent(), by=village.ana.pk, at=LATER)
    now = ChainProposal.objects.filter(reading__current=True, follower=proposed[0].follower)
    assert village.bo_person.pk not in now.values_list("leader_id", flat=True)


def test_proposals_of_an_earlier_reading_are_refused(village: Village, proposed) -> None:
    compute(village.campaign.pk, Silent(), by=village.ana.pk, at=LATER)
    with pytest.raises(refusals.ReadAgainMeanwhile):
        proposals.accept_proposals(village.campaign, [proposed[0].pk], by=village.ana.pk, at=LATER)
