"""A reading: from what was seen to candidates, the list and the chains."""

import numpy as np
import pytest

from commonweal.common.models import Work
from commonweal.common.work import do_all_waiting
from commonweal.leaders.models import Candidate, ChainProposal, GroupReading, Reading
from commonweal.leaders.writes.reading import ask_to_read, compute
from commonweal.leaders.writes.reading.evidence import asks_of, nominations_of, ties_of
from commonweal.leaders.writes.reading.records import records_of
from commonweal.leaders.writes.reading.roll import Roll, roll_of
from commonweal.people.models import Ask, BareYes
from commonweal.reckoning.pull import AskRecords
from tests.leaders.small_mill import LATER, Silent, ask, busy_mill, hands, listed, names, occasion, tie
from tests.village import THEN, Village


def read(village: Village, at=THEN) -> Reading:
    compute(village.campaign.pk, Silent(), by=village.ana.pk, at=at)
    return Reading.objects.get(campaign=village.campaign, current=True)


def said(reading: Reading, who) -> Candidate:
    return Candidate.objects.get(reading=reading, person=who)


def test_whoever_brings_people_lifts_and_whoever_does_not_holds_back(village: Village) -> None:
    busy_mill(village)
    reading = read(village)
    bo, cleo = said(reading, village.bo_person), said(reading, village.cleo_person)
    assert (bo.evidence["asked"], bo.evidence["came"], bo.evidence["named_by"]) == (18, 18, 4)
    assert (bo.verdict, cleo.verdict) == ("lifts", "holds_back")
    assert bo.place < cleo.place
    assert bo.low < bo.median < bo.high


def test_after_one_act_there_is_no_verdict_and_no_range(village: Village) -> None:
    people = hands(village)
    act = occasion(village, "The only act", THEN.date())
    for one in people:
        ask(act, village.bo_person, one, "did")
    bo = said(read(village), village.bo_person)
    assert (bo.verdict, bo.median, bo.low, bo.high) == ("one_test", None, None, None)


def test_without_any_evidence_a_reading_says_nothing_of_anybody(village: Village) -> None:
    reading = read(village)
    assert not Candidate.objects.filter(reading=reading, proposed=False).exists()
    assert reading.facts["people"] == 3


def test_people_outside_the_campaign_are_in_no_count(village: Village) -> None:
    tie(village.eve_person, village.bo_person, "tie:eve")
    names(village.eve_person, village.bo_person)
    reading = read(village)
    assert (reading.facts["people"], reading.facts["nominations"]) == (3, 0)
    assert village.eve_person.pk not in ChainProposal.objects.values_list("follower_id", flat=True)


def test_friends_who_name_the_same_person_are_one_voice(village: Village) -> None:
    people = hands(village, 5)
    tie(people[0], people[1], "tie:friends")
    for one in people[:3]:
        names(one, village.finn_person)
    facts = said(read(village), village.finn_person).evidence
    assert (facts["named_by"], facts["named_apart"], facts["named_across"]) == (3, 2, 1)


def test_one_person_who_names_her_on_two_questions_is_one_nominator(village: Village) -> None:
    names(village.cleo_person, village.bo_person, "checks")
    names(village.cleo_person, village.bo_person, "news")
    facts = said(read(village), village.bo_person).evidence
    assert (facts["named_by"], facts["questions"]) == (1, {"checks": 1, "news": 1})


def test_a_replaced_ask_no_longer_counts(village: Village) -> None:
    people = busy_mill(village)
    wrong = Ask.objects.filter(asker=village.bo_person, asked=people[1]).first()
    right = Ask.objects.create(
        occasion=wrong.occasion, asker=None, asked=people[1], outcome="did", source="correction", entered_at=LATER
    )
    Ask.objects.filter(pk=wrong.pk).update(replaced_by=right)
    assert said(read(village), village.bo_person).evidence["asked"] == 17


def test_a_vetoed_or_lost_person_is_not_proposed(village: Village) -> None:
    busy_mill(village)
    village.campaign.vetoes.create(person=village.bo_person, at=THEN, by=village.ana.pk)
    listed(village, village.cleo_person, "lost")
    reading = read(village)
    proposed = Candidate.objects.filter(reading=reading, proposed=True).values_list("person_id", flat=True)
    assert not {village.bo_person.pk, village.cleo_person.pk} & set(proposed)


def test_whoever_is_won_stays_on_the_shortest_list(village: Village) -> None:
    listed(village, village.finn_person, "won")
    assert said(read(village), village.finn_person).proposed


def test_a_new_reading_takes_the_place_of_the_one_before(village: Village) -> None:
    busy_mill(village)
    first, second = read(village, THEN), read(village, LATER)
    assert first.pk != second.pk
    assert not Candidate.objects.filter(reading=first).exists()
    assert not GroupReading.objects.filter(reading=first).exists()
    assert Reading.objects.filter(current=True).count() == 1


def test_the_same_evidence_at_the_same_moment_reads_the_same(village: Village) -> None:
    busy_mill(village)

    def numbers(reading: Reading) -> list[tuple]:
        rows = Candidate.objects.filter(reading=reading).order_by("person_id")
        return list(rows.values_list("person_id", "verdict", "median", "low", "high", "proposed"))

    first = numbers(read(village))
    assert numbers(read(village)) == first


def test_a_reading_that_broke_off_leaves_the_one_before(village: Village) -> None:
    class Breaks(Silent):
        def step(self, done: int, total: int) -> None:
            if done == 4:
                raise KeyboardInterrupt

    reading = read(village)
    with pytest.raises(KeyboardInterrupt):
        compute(village.campaign.pk, Breaks(), by=village.ana.pk, at=LATER)
    assert Reading.objects.get(current=True).pk == reading.pk


def test_asked_for_twice_it_is_read_once_in_the_background(village: Village) -> None:
    for _time in range(2):
        ask_to_read(village.campaign.pk, by=village.ana.pk, at=THEN)
    assert do_all_waiting() == 1
    assert Work.objects.get().state == "done"
    assert Reading.objects.filter(current=True).exists()


def records(village: Village) -> tuple[Roll, AskRecords | None]:
    roll = roll_of(village.campaign)
    asks = asks_of(roll)
    return roll, records_of(roll, asks, nominations_of(roll), ties_of(roll, THEN))


def rows(roll: Roll, found: AskRecords) -> set[tuple[object, object, bool]]:
    """Person, asker (None: nobody) and whether she came."""
    return {
        (roll.id_of(person), roll.id_of(asker) if asker >= 0 else None, bool(came))
        for person, asker, came in zip(found.person, found.asker, found.came, strict=True)
    }


def test_nothing_seen_is_no_record(village: Village) -> None:
    assert records(village)[1] is None


def test_a_bare_yes_teaches_that_she_came_and_never_who_moved_her(village: Village) -> None:
    act = occasion(village, "Petition", THEN.date())
    BareYes.objects.create(
        occasion=act, person=village.cleo_person, carried_by=village.bo_person, source="sheet:1", entered_at=THEN
    )
    roll, found = records(village)
    assert rows(roll, found) == {(village.cleo_person.pk, None, True), (village.bo_person.pk, None, False)}
    assert np.array_equal(found.asked, np.zeros(found.n_people))


def test_could_not_and_unknown_are_no_rows(village: Village) -> None:
    act = occasion(village, "March", THEN.date())
    ask(act, village.bo_person, village.cleo_person, "could_not")
    ask(act, village.bo_person, village.finn_person, "unknown")
    assert records(village)[1] is None


def test_of_two_who_asked_her_the_one_who_brought_her_counts(village: Village) -> None:
    act = occasion(village, "March", THEN.date())
    ask(act, village.finn_person, village.cleo_person, "did_not")
    ask(act, village.bo_person, village.cleo_person, "did")
    roll, found = records(village)
    assert rows(roll, found) == {(village.cleo_person.pk, village.bo_person.pk, True)}


def test_an_unknown_answer_with_her_name_on_the_sheet_is_not_credited_to_the_asker(village: Village) -> None:
    act = occasion(village, "Petition", THEN.date())
    ask(act, village.bo_person, village.cleo_person, "unknown")
    BareYes.objects.create(occasion=act, person=village.cleo_person, source="sheet:1", entered_at=THEN)
    roll, found = records(village)
    assert (village.cleo_person.pk, None, True) in rows(roll, found)
    assert (village.cleo_person.pk, village.bo_person.pk, True) not in rows(roll, found)
