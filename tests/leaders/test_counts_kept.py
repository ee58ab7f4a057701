"""What took long to count is brought up to date after an act, and is what counting anew would give."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from commonweal.common import remembered
from commonweal.common.refusals import Refusal
from commonweal.common.scope import EVERYTHING
from commonweal.leaders.models import ChainProposal, ListedLeader
from commonweal.leaders.reads import groups as group_reads
from commonweal.leaders.reads import listed as listed_reads
from commonweal.leaders.reads.campaigns import Part, part_within
from commonweal.leaders.reads.candidates import number_of_candidates, number_proposed
from commonweal.leaders.reads.chains import widest_chain
from commonweal.leaders.reads.proposals import contested_ids, proposed_leaders
from commonweal.leaders.reads.readings import current_reading
from commonweal.leaders.reads.touched import units_touched
from commonweal.leaders.writes import chains, listing
from commonweal.leaders.writes.proposals import accept_proposals, put_aside
from commonweal.leaders.writes.reading import compute
from commonweal.leaders.writes.taking_back import put_back_on_list, take_back_step
from commonweal.ledger.models import Entry
from commonweal.people.models import ChainLink, Person, Placement
from commonweal.people.writes import placements
from commonweal.people.writes.forgetting import forget
from commonweal.people.writes.people import add_person, change_person
from tests.leaders.small_mill import LATER, Silent, busy_mill, listed
from tests.village import THEN, Village

ACTS = 30


@pytest.fixture
def all_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every count is kept, however quick it was."""
    monkeypatch.setattr(remembered, "LONG", 0.0)
    yield
    remembered.forget_all()


class Hand:
    """An organizer who does one thing after another, as the dice fall; what is refused is refused."""

    def __init__(self, village: Village, seed: int) -> None:
        self.village, self.dice, self.at = village, random.Random(seed), LATER

    def acts(self) -> Iterator[str]:
        """The name of each act, after it was done."""
        able: list[Callable[[dict[str, Any]], object]] = [
            self.listing, self.moving_on, self.taking_off, self.putting_back, self.taking_back_step, self.walking,
            self.walking, self.ending, self.removing, self.placing, self.moving, self.ending_place, self.reopening,
            self.making_main, self.adding, self.forgetting, self.pinning, self.entrusting, self.renaming, self.accepting,
            self.putting_aside,
        ]  # fmt: skip
        for _ in range(ACTS):
            self.at += timedelta(minutes=1)
            act = self.dice.choice(able)
            try:
                act({"by": self.village.ana.pk, "at": self.at})
            except (Refusal, LookupError):
                continue
            yield act.__name__

    def one(self, rows: Any) -> Any:
        """Any of the rows. Raises LookupError where there is none."""
        found = list(rows.order_by("pk"))
        if not found:
            raise LookupError
        return self.dice.choice(found)

    def anybody(self) -> Person:
        """Any of those who are there."""
        return self.one(Person.objects.filter(forgotten_at=None, merged_into=None))

    def on_list(self, **which: Any) -> ListedLeader:
        """Somebody on the list."""
        return self.one(ListedLeader.objects.filter(**({"off_since": None} | which)))

    def listing(self, how: dict[str, Any]) -> object:
        stage = self.dice.choice(["target", "identified", "won"])
        return listing.put_on_list(self.village.campaign, self.anybody().pk, stage=stage, on=self.at.date(), **how)

    def moving_on(self, how: dict[str, Any]) -> object:
        row = self.on_list()
        to = self.dice.choice(["identified", "approached", "won", "lost", "tested"])
        return listing.move_stage(row.pk, to=to, on=self.at.date(), seen_version=row.version, **how)

    def taking_off(self, how: dict[str, Any]) -> object:
        row = self.on_list()
        return listing.take_off_list(row.pk, seen_version=row.version, **how)

    def putting_back(self, how: dict[str, Any]) -> object:
        return put_back_on_list(self.on_list(off_since__isnull=False).pk, **how)

    def taking_back_step(self, how: dict[str, Any]) -> object:
        row = self.on_list()
        return take_back_step(row.pk, seen_version=row.version, **how)

    def walking(self, how: dict[str, Any]) -> object:
        campaign, her = self.village.campaign, self.anybody().pk
        now = ChainLink.objects.filter(campaign=campaign, follower=her, until=None).first()
        seen, leader = (now.leader_id if now else None), self.on_list().person_id
        return chains.walk_with(campaign, leader, her, seen_leader=seen, why="claimed", source="hand:x", **how)

    def ending(self, how: dict[str, Any]) -> object:
        return chains.end_walk(self.one(ChainLink.objects.filter(until=None)).pk, **how)

    def removing(self, how: dict[str, Any]) -> object:
        return chains.remove_walk(self.one(ChainLink.objects.all()).pk, **how)

    def placing(self, how: dict[str, Any]) -> object:
        unit = self.dice.choice([self.village.weaving, self.village.spinning, self.village.parish])
        return placements.place(person=self.anybody().pk, unit=unit, main=self.dice.random() < 0.5, **how)

    def _place(self, **which: Any) -> tuple[Placement, int]:
        row = self.one(Placement.objects.select_related("person").filter(**({"until": None} | which)))
        return row, row.person.version

    def moving(self, how: dict[str, Any]) -> object:
        row, version = self._place()
        to = self.dice.choice([self.village.weaving, self.village.spinning])
        return placements.move(placement=row, version=version, to=to, shift=None, on=self.at.date(), **how)

    def ending_place(self, how: dict[str, Any]) -> object:
        row, version = self._place()
        return placements.end_place(placement=row, version=version, on=self.at.date(), **how)

    def reopening(self, how: dict[str, Any]) -> object:
        row, _version = self._place(until__isnull=False)
        return placements.reopen_place(placement=row, **how)

    def making_main(self, how: dict[str, Any]) -> object:
        row, version = self._place(main=False)
        what = {"job": "", "shift": self.village.night, "since": None, "main": True}
        return placements.change_place(placement=row, version=version, **what, **how)

    def adding(self, how: dict[str, Any]) -> object:
        return add_person(name="Nora New", unit=self.village.weaving, shift=self.village.day, **how)

    def pinning(self, how: dict[str, Any]) -> object:
        row = self.on_list()
        return listing.pin(row.pk, pinned=not row.pinned, seen_version=row.version, **how)

    def entrusting(self, how: dict[str, Any]) -> object:
        row = self.on_list()
        return listing.entrust(row.pk, responsible=self.village.root.pk, seen_version=row.version, **how)

    def renaming(self, how: dict[str, Any]) -> object:
        row = self.on_list()
        family = self.dice.choice(["Abbot", "Miller", "Zimmer"])
        name = {"name": f"Hand {family}", "given_name": "Hand", "family_name": family}
        what = {"languages": [], "born_on": None, "outside_number": ""}
        return change_person(person=row.person, version=row.person.version, **name, **what, **how)

    def _proposals(self) -> list[Any]:
        reading = current_reading(part_within(EVERYTHING, self.village.campaign.pk))
        rows = list(ChainProposal.objects.filter(reading=reading, decision="open").order_by("pk"))
        return [row.pk for row in self.dice.sample(rows, min(2, len(rows)))]

    def accepting(self, how: dict[str, Any]) -> object:
        return accept_proposals(self.village.campaign, self._proposals(), **how)

    def putting_aside(self, how: dict[str, Any]) -> object:
        return put_aside(self.village.campaign, self._proposals(), **how)

    def forgetting(self, how: dict[str, Any]) -> object:
        if self.dice.random() < 0.8:
            raise LookupError
        return forget(person=self.anybody().pk, **how)


def counted(part: Part) -> list[object]:
    """All that is kept about the groups and the list of a part."""
    numbers = listed_reads.numbers_on_list(part)
    groups = group_reads.groups_of(part, numbers)
    reading = current_reading(part)
    assert reading is not None
    return [
        dict(sorted(numbers.items(), key=str)),
        list(groups.items()),
        listed_reads.on_the_list(part),
        number_of_candidates(part, reading),
        number_proposed(part, reading),
        sorted(proposed_leaders(part, reading)),
        contested_ids(part, reading),
        widest_chain(part),
    ]


@pytest.mark.parametrize("seed", range(8))
def test_what_is_kept_is_what_counting_anew_gives(village: Village, all_kept: None, seed: int) -> None:
    leaders = (village.bo_person, village.cleo_person)
    for who in leaders:
        listed(village, who)
    people = busy_mill(village)
    compute(village.campaign.pk, Silent(), by=village.ana.pk, at=THEN)
    for place, one in enumerate(people):
        Placement.objects.filter(person=one).update(unit=village.spinning if place % 3 else village.weaving)
        how = {"seen_leader": None, "why": "claimed", "source": "x", "by": village.ana.pk, "at": LATER}
        chains.walk_with(village.campaign, leaders[place % 2].pk, one.pk, **how)
    part = part_within(EVERYTHING, village.campaign.pk)
    counted(part)
    for act in Hand(village, seed).acts():
        kept = counted(part)
        remembered.forget_all()
        assert kept == counted(part), act


def test_after_an_act_on_one_person_only_her_units_are_counted(village: Village) -> None:
    row, finn = listed(village, village.bo_person), village.finn_person
    part = part_within(EVERYTHING, village.campaign.pk)
    how = {"by": village.ana.pk, "at": LATER}
    chains.walk_with(village.campaign, row.person_id, finn.pk, seen_leader=None, why="claimed", source="x", **how)
    acts = list(Entry.objects.filter(verb="gave_follower"))
    assert units_touched(part, acts) == {Placement.objects.get(person=finn, until=None).unit_id}


def test_after_an_act_that_may_move_anybody_all_is_counted_anew(village: Village) -> None:
    forget(person=village.finn_person.pk, by=village.ana.pk, at=LATER)
    part = part_within(EVERYTHING, village.campaign.pk)
    assert units_touched(part, Entry.objects.filter(verb="forgot_person")) is None
