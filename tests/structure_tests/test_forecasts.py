"""A forecast is made before the opening, kept as it was, and held against what happened."""

import json
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from commonweal.common.models import Work
from commonweal.common.scope import EVERYTHING, Scope
from commonweal.ledger.models import Entry
from commonweal.people.models import Occasion
from commonweal.reckoning.pull import NOBODY
from commonweal.structure_tests.models import BallotCount, Forecast, Prediction, RollEntry, Rung, StructureTest
from commonweal.structure_tests.reads.forecasts import forecast_at_work, forecasts_of, past_forecasts, units_of_forecast
from commonweal.structure_tests.words import FORECASTING
from commonweal.structure_tests.writes.forecasts import ask_to_forecast, compute, score_forecasts
from commonweal.structure_tests.writes.forecasts.records import Gathered, gather
from tests.leaders.small_mill import Silent, names, tie
from tests.structure_tests.held import CLOSED, DAY, OPENED, hands, held, seen, signed
from tests.village import THEN, Village

pytestmark = pytest.mark.django_db
SOON = date(2026, 4, 1)


def rows_of(found: Gathered) -> set[tuple[str, int, str, bool]]:
    """The rows of the records as ids: who, which act, who asked her, whether she came."""
    people, records = found.people(), found.records
    assert records is not None
    return {
        (str(people[person]), int(act), str(people[asker]) if asker != NOBODY else "", bool(came))
        for person, act, asker, came in zip(records.person, records.test, records.asker, records.came, strict=True)
    }


def history(village: Village, people: list[Any], acts: int = 3) -> None:
    """So many tests, each a little harder; Bo asks everybody."""
    for act in range(acts):
        test = held(village, people, name=f"Act {act}", on=date(2026, 1, 10) + timedelta(days=20 * act))
        for place, one in enumerate(people):
            seen(test, one, "did" if place % 10 >= 2 + 2 * act else "did_not", village.bo_person)


def coming(village: Village, people: list[Any], **more: Any) -> StructureTest:
    test = held(village, people, state="planned", name="Petition", on=SOON, **more)
    test.refresh_from_db()
    return test


# ── What it starts from ─────────────────────────────────────────────────────────────────────────


def test_everybody_on_an_earlier_roll_has_a_row_but_who_could_not_or_is_not_known(village: Village) -> None:
    came, stayed, excused, unknown, silent = people = hands(village, 5)
    first = held(village, people)
    for one, outcome in ((came, "did"), (stayed, "did_not"), (excused, "could_not"), (unknown, "unknown")):
        seen(first, one, outcome, village.bo_person)
    bo = str(village.bo_person.pk)
    assert rows_of(gather(coming(village, people))) == {
        (str(came.pk), 0, bo, True),
        (str(stayed.pk), 0, bo, False),
        (str(silent.pk), 0, "", False),
    }


def test_of_an_act_without_a_test_only_what_was_seen_is_a_row(village: Village) -> None:
    asked, signer, silent = people = [*hands(village, 2), *hands(village, 1, village.spinning, "Spin")]
    act = Occasion.objects.create(campaign=village.campaign, kind="petition", name="Old", on=DAY, source="hand:old")
    holder = type("Held", (), {"occasion": act})()
    seen(holder, asked, "did_not", village.bo_person)
    signed(holder, signer)
    rows = rows_of(gather(coming(village, people)))
    assert rows == {
        (str(asked.pk), 0, str(village.bo_person.pk), False),
        (str(signer.pk), 0, "", True),
    }
    assert str(silent.pk) not in {row[0] for row in rows}


def test_where_a_unit_signed_on_paper_whoever_is_not_on_it_did_not_sign(village: Village) -> None:
    signer, silent = people = hands(village, 2)
    act = Occasion.objects.create(campaign=village.campaign, kind="petition", name="Old", on=DAY, source="hand:old")
    signed(type("Held", (), {"occasion": act})(), signer)
    assert rows_of(gather(coming(village, people))) == {(str(signer.pk), 0, "", True), (str(silent.pk), 0, "", False)}


def test_an_act_after_the_test_or_of_another_campaign_or_still_open_is_left_out(village: Village) -> None:
    people = hands(village, 2)
    for state, on in (("closed", date(2026, 5, 1)), ("open", DAY), ("planned", DAY)):
        test = held(village, people, state=state, name=f"{state} {on}", on=on)
        for one in people:
            seen(test, one, "did")
    assert gather(coming(village, people)).records is None


def test_the_plan_is_who_is_to_ask_whom_on_the_roll(village: Village) -> None:
    people = hands(village, 3)
    test = coming(village, people, leaders={people[0].pk: village.bo_person, people[1].pk: village.cleo_person})
    RollEntry.objects.filter(test=test, person=people[1]).update(asker=village.bo_person)
    RollEntry.objects.filter(test=test, person=people[2]).update(standing="leave")
    found = gather(test)
    ids = found.people()
    assert found.eligible == 2
    assert [ids[asker] for asker in found.asker] == [village.bo_person.pk] * 2
    assert [ids[leader] for leader in found.leader] == [village.bo_person.pk, village.cleo_person.pk]


def test_the_place_on_the_ladder_is_its_order_where_every_act_has_one(village: Village) -> None:
    people = hands(village, 2)
    rungs = [
        Rung.objects.create(campaign=village.campaign, position=place, kind="button", name=str(place), threshold="0.6")
        for place in (1, 2, 5)
    ]
    tests = [held(village, people, name=f"Act {place}", on=date(2026, 1, 1 + place)) for place in range(2)]
    last = coming(village, people)
    for test, rung in zip([*tests, last], rungs, strict=True):
        test.rung = rung
        test.save()
        seen(test, people[0], "did")
    found = gather(last)
    assert (list(found.orders if found.orders is not None else []), found.order) == ([1.0, 2.0], 5.0)
    StructureTest.objects.filter(pk=tests[0].pk).update(rung=None)
    found = gather(last)
    assert (found.orders, found.order) == (None, 2.0)


def test_names_and_ties_are_counted_once_for_each_pair(village: Village) -> None:
    one, other = people = hands(village, 2)
    first = held(village, people)
    seen(first, one, "did")
    for question in ("faces", "news"):
        names(one, other, question)
    tie(one, other, "a")
    tie(other, one, "b")
    found = gather(coming(village, people))
    assert found.records is not None
    number = {person: place for place, person in enumerate(found.people())}
    assert found.records.nominations[number[other.pk]] == 1
    assert list(found.records.degree[[number[one.pk], number[other.pk]]]) == [1, 1]


# ── Making one ──────────────────────────────────────────────────────────────────────────────────


def made(village: Village, people: list[Any], **more: Any) -> tuple[StructureTest, list[Forecast]]:
    test = coming(village, people, **more)
    compute(test.pk, Silent(), by=village.ana.pk, at=THEN)  # type: ignore[arg-type]
    return test, forecasts_of(test)


def test_a_forecast_has_three_steps_and_the_harder_the_fewer_come(village: Village) -> None:
    people = hands(village, 40)
    history(village, people)
    _, rows = made(village, people, leaders={one.pk: village.bo_person for one in people})
    assert [row.scenario for row in rows] == ["as_last", "harder", "much_harder"]
    medians = [row.facts["overall"]["median"] for row in rows]
    assert medians == sorted(medians, reverse=True) and len(set(medians)) == 3
    for row in rows:
        said = row.facts["overall"]
        assert said["low"] <= said["median"] <= said["high"] and len(said["runs"]) == 20
    assert rows[0].facts["plan"] == "assigned"
    assert set(json.loads(str(Forecast.objects.get(pk=rows[0].pk).chances))) == {one.pk.hex for one in people}


def test_the_same_moment_gives_the_same_forecast(village: Village) -> None:
    people = hands(village, 20)
    history(village, people)
    test, first = made(village, people)
    compute(test.pk, Silent(), by=None, at=THEN)  # type: ignore[arg-type]
    again = forecasts_of(test)
    assert [row.facts for row in again] == [row.facts for row in first]
    assert [row.lot for row in again] == [row.lot for row in first]
    assert not {row.pk for row in again} & {row.pk for row in first}


def test_the_chances_of_a_forecast_that_holds_no_longer_are_forgotten(village: Village) -> None:
    people = hands(village, 20)
    history(village, people)
    test, _ = made(village, people)
    compute(test.pk, Silent(), by=None, at=CLOSED)  # type: ignore[arg-type]
    earlier = Forecast.objects.filter(test=test, current=False)
    assert [str(row.chances) for row in earlier] == ["", "", ""]


def test_after_one_test_nothing_is_forecast_and_it_says_why(village: Village) -> None:
    people = hands(village, 20)
    history(village, people, acts=1)
    _, [row] = made(village, people)
    assert row.facts["withheld"] == "few_tests" and "overall" not in row.facts


def test_where_hardly_a_no_was_written_down_nothing_is_forecast(village: Village) -> None:
    people = hands(village, 60)
    for act in range(3):
        test = held(village, people, name=f"Act {act}", on=date(2026, 1, 10 + act))
        for one in people:
            seen(test, one, "did", village.bo_person)
    _, [row] = made(village, people)
    assert row.facts["withheld"] == "hardly_a_no"


def test_an_empty_roll_is_not_forecast(village: Village) -> None:
    history(village, hands(village, 20))
    _, [row] = made(village, [])
    assert row.facts["withheld"] == "no_roll"


@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_test_that_has_opened_keeps_the_forecast_it_opened_with(village: Village, state: str) -> None:
    people = hands(village, 20)
    history(village, people)
    test, before = made(village, people)
    moments: dict[str, Any] = {"opened_at": OPENED} | ({"closed_at": CLOSED} if state == "closed" else {})
    StructureTest.objects.filter(pk=test.pk).update(state=state, **moments)
    compute(test.pk, Silent(), by=None, at=CLOSED)  # type: ignore[arg-type]
    assert [row.pk for row in forecasts_of(test)] == [row.pk for row in before]
    assert Entry.objects.filter(verb="made_forecast").count() == 1


def test_asking_twice_asks_once(village: Village) -> None:
    test = coming(village, hands(village, 2))
    for _ in range(2):
        ask_to_forecast(test.pk, by=village.ana.pk, at=THEN)
    assert Work.objects.filter(kind=FORECASTING, subject=test.pk).count() == 1
    assert forecast_at_work(test.pk) is not None


def test_units_outside_the_scope_are_left_out_of_a_forecast(village: Village) -> None:
    people = hands(village, 20) + hands(village, 20, village.spinning, "Spin")
    history(village, people)
    _, rows = made(village, people)
    scope = Scope.of(units=[village.weaving.pk])
    assert [one.name for one in units_of_forecast(scope, rows[0])] == ["Weaving"]
    assert {one.name for one in units_of_forecast(EVERYTHING, rows[0])} == {"Weaving", "Spinning"}


def test_of_a_unit_so_small_that_it_would_be_one_of_persons_nothing_is_said(village: Village) -> None:
    people = hands(village, 20) + hands(village, 4, village.spinning, "Spin")
    history(village, people)
    _, rows = made(village, people)
    assert [one.name for one in units_of_forecast(EVERYTHING, rows[0])] == ["Weaving"]


# ── Scoring it ──────────────────────────────────────────────────────────────────────────────────


def closed(village: Village, test: StructureTest) -> None:
    StructureTest.objects.filter(pk=test.pk).update(state="closed", opened_at=OPENED, closed_at=CLOSED)
    test.refresh_from_db()
    score_forecasts(test=test, by=village.ana.pk, at=CLOSED)


def test_what_was_said_is_held_against_who_came_of_all_of_whom_it_is_known_and_the_chances_are_forgotten(
    village: Village,
) -> None:
    people = hands(village, 40)
    history(village, people)
    test, _ = made(village, people)
    chances = json.loads(str(Forecast.objects.get(test=test, scenario="as_last", current=True).chances))
    for place, one in enumerate(people):
        kept = {0: "could_not", 1: "unknown"}.get(place, "did_not")
        seen(test, one, "did" if place % 10 == 9 else kept, village.bo_person)
    closed(village, test)
    row = Forecast.objects.get(test=test, scenario="as_last", current=True)
    assert row.score is not None and str(row.chances) == ""
    told = [(chances[one.pk.hex], place % 10 == 9) for place, one in enumerate(people) if place != 1]
    assert row.score["people"] == 39
    assert row.score["brier"] == pytest.approx(np.mean([(chance - came) ** 2 for chance, came in told]), abs=1e-3)
    said = row.facts["overall"]
    assert (row.score["share"], row.score["inside"]) == (0.1, said["low"] <= 0.1 <= said["high"])
    assert row.score["reached"] is False
    assert [past.pk for past in past_forecasts(held(village, [], name="Later", on=date(2026, 5, 1)))] == [row.pk]


def test_plain_guesses_stand_beside_it(village: Village) -> None:
    people = hands(village, 20)
    history(village, people)
    test, _ = made(village, people)
    for place, one in enumerate(people):
        seen(test, one, "did" if place < 5 else "did_not", village.bo_person)
    entry = RollEntry.objects.get(test=test, person=people[0])
    for by, expectation in ((village.ana, "sure"), (village.root, "even")):
        Prediction.objects.create(entry=entry, expectation=expectation, made_at=THEN, by=by.pk)
    closed(village, test)
    plain = Forecast.objects.get(test=test, scenario="as_last", current=True).score["plain"]
    last = 0.4  # of the third act
    assert plain["last_share"]["brier"] == pytest.approx((5 * (1 - last) ** 2 + 15 * last**2) / 20, abs=1e-3)
    assert plain["own_history"]["people"] == 20
    assert (plain["predicted"]["people"], plain["predicted"]["brier"]) == (1, round((1 - 0.725) ** 2, 4))


def test_a_ballot_without_names_is_scored_by_its_count_alone(village: Village) -> None:
    people = hands(village, 20)
    history(village, people)
    test, _ = made(village, people, kind="strike_vote")
    BallotCount.objects.create(test=test, entitled=20, cast=8, at=CLOSED, by=village.ana.pk)
    closed(village, test)
    score = Forecast.objects.get(test=test, scenario="as_last", current=True).score
    assert (score["share"], score["people"], score["brier"]) == (0.4, 0, None)


def test_a_test_without_a_forecast_has_nothing_to_score(village: Village) -> None:
    test = held(village, hands(village, 2))
    assert score_forecasts(test=test, by=village.ana.pk, at=CLOSED) == 0
    assert not Entry.objects.filter(verb="scored_forecasts").exists()
