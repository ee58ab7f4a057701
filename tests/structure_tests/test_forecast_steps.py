"""How large the next step may be: learnt by kinds, here and in other campaigns, and said by the campaign's ladder."""

from datetime import date, timedelta
from typing import Any

import pytest

from commonweal.people.models import Campaign
from commonweal.people.words import OccasionKind
from commonweal.structure_tests.models import BallotCount, Forecast, Rung, StructureTest
from commonweal.structure_tests.reads.forecasts import forecasts_of
from commonweal.structure_tests.reads.steps import steps_elsewhere
from commonweal.structure_tests.views.forecast_steps import kind_in_words, ladder_rows, scenario_cards
from commonweal.structure_tests.writes.forecasts import compute
from commonweal.structure_tests.writes.forecasts.records import gather
from tests.leaders.small_mill import Silent
from tests.structure_tests.held import hands, held, seen
from tests.village import THEN, Village

pytestmark = pytest.mark.django_db
KINDS = ("issue_card", "petition", "button")
ABOVE = (("march_on_boss", "The march"), ("pledge", "Promise"), ("strike", "Walk out"))


def held_by(test: StructureTest, people: list[Any], came: int, asker: Any = None) -> None:
    for place, one in enumerate(people):
        seen(test, one, "did" if place % 10 < came else "did_not", asker)


def climbed(village: Village, people: list[Any]) -> StructureTest:
    """Three tests on the ladder, and the march that is planned next."""
    rungs = [
        Rung.objects.create(
            campaign=village.campaign, position=place, kind=kind, name=name, threshold="0.60", unit_threshold="0.40"
        )
        for place, (kind, name) in enumerate([*((kind, kind) for kind in KINDS), *ABOVE], start=1)
    ]
    for number, kind in enumerate(KINDS):
        test = held(village, people, name=kind, kind=kind, on=date(2026, 1, 10) + timedelta(days=20 * number))
        StructureTest.objects.filter(pk=test.pk).update(rung=rungs[number])
        held_by(test, people, 8 - number, village.bo_person)
    coming = held(village, people, state="planned", name="The march", kind="march_on_boss", on=date(2026, 4, 1))
    coming.rung = rungs[3]
    coming.save()
    return coming


def elsewhere(village: Village, people: list[Any], acts: tuple[tuple[str, int], ...], name: str = "Earlier") -> Any:
    """Another campaign with these acts: of what kind, and how many of ten came."""
    campaign = Campaign.objects.create(name=name, begun_on=date(2025, 1, 1))
    tests = []
    for number, (kind, came) in enumerate(acts):
        on = date(2025, 2, 1) + timedelta(days=20 * number)
        test = held(village, people, name=f"{name} {number}", kind=kind, on=on, campaign=campaign)
        if came:
            held_by(test, people, came)
        tests.append(test)
    return tests


def made(test: StructureTest) -> list[Forecast]:
    compute(test.pk, Silent(), by=None, at=THEN)  # type: ignore[arg-type]
    return forecasts_of(test)


# ── What earlier campaigns teach ────────────────────────────────────────────────────────────────


def test_the_steps_of_other_campaigns_are_learnt_by_the_kind_they_led_to(village: Village) -> None:
    people = hands(village, 20) + hands(village, 20, village.spinning, "Spin")
    elsewhere(village, people, (("petition", 8), ("march_on_boss", 4), ("march_on_boss", 3), ("other", 2)))
    steps = steps_elsewhere(climbed(village, people))
    assert steps.kind == ("march_on_boss", "", "")
    assert steps.size[0] > 2 * steps.size[1] > 0
    assert (steps.variance > 0).all() and (steps.length == 1).all()


def test_a_test_without_a_word_of_its_outcome_and_one_that_comes_later_teach_nothing(village: Village) -> None:
    people = hands(village, 20)
    elsewhere(village, people, (("petition", 8), ("button", 0), ("strike", 3)))
    late = elsewhere(village, people, (("petition", 8), ("strike", 3)), name="Late")
    for test in late:
        type(test.occasion).objects.filter(pk=test.occasion_id).update(on=date(2026, 6, 1))
    assert steps_elsewhere(climbed(village, people)).kind == ("strike",)


def test_of_a_ballot_its_count_is_a_step_and_nobody_is_taken_for_a_no(village: Village) -> None:
    people = hands(village, 20)
    *_, ballot = elsewhere(village, people, (("petition", 8), ("strike_vote", 0)))
    coming = climbed(village, people)
    assert steps_elsewhere(coming).kind == ()
    BallotCount.objects.create(test=ballot, entitled=20, cast=10, at=THEN, by=village.ana.pk)
    found = steps_elsewhere(coming)
    assert found.kind == ("strike_vote",) and found.size[0] > 0


def test_a_ballot_of_this_campaign_is_no_row_of_anybody(village: Village) -> None:
    people = hands(village, 10)
    coming = climbed(village, people)
    rows = len(gather(coming).records.came)  # type: ignore[union-attr]
    held(village, people, name="Vote", kind="strike_vote", on=date(2026, 3, 20))
    silent = held(village, people, name="Nothing kept", on=date(2026, 3, 21))
    assert len(gather(coming).records.came) == rows  # type: ignore[union-attr]
    seen(silent, people[0], "did")
    assert len(gather(coming).records.came) == rows + len(people)  # type: ignore[union-attr]


# ── Scenarios by kind, and the ladder ───────────────────────────────────────────────────────────


def test_scenarios_are_named_by_the_kinds_that_stand_above_on_the_ladder(village: Village) -> None:
    rows = made(climbed(village, hands(village, 40)))
    assert [row.facts.get("as_hard_as", {}).get("kind") for row in rows] == [None, "pledge", "strike"]
    assert [card["name"] for card in scenario_cards(rows)] == [
        "As large a step as before",
        "As hard as a practice vote",
        "As hard as a strike",
    ]
    assert "No step to a march on the boss was seen here yet." in scenario_cards(rows)[0]["meaning"]
    medians = [row.facts["overall"]["median"] for row in rows]
    assert medians == sorted(medians, reverse=True)


def test_where_steps_to_its_kind_were_seen_they_are_said_first_and_make_it_harder(village: Village) -> None:
    people = hands(village, 40)
    coming = climbed(village, people)
    before = made(coming)[0].facts
    for name in ("One", "Two"):
        elsewhere(village, people, (("petition", 9), ("march_on_boss", 2)), name=name)
    rows = made(coming)
    card = scenario_cards(rows)[0]
    assert card["name"] == "As large as steps to a march on the boss so far"
    assert card["meaning"].startswith("2 such steps were seen here")
    assert rows[0].facts["step"]["median"] > before["step"]["median"] + 0.2


def test_the_next_steps_of_the_ladder_are_held_against_their_own_thresholds(village: Village) -> None:
    coming = climbed(village, hands(village, 40))
    rows = made(coming)
    ladder = ladder_rows(rows[0])
    assert [(one["name"], one["planned"]) for one in ladder] == [
        ("The march", True),
        ("Promise", False),
        ("Walk out", False),
    ]
    march, promise, _ = rows[0].facts["ladder"]
    assert march["overall"] == rows[0].facts["overall"] and march["threshold"] == float(coming.threshold)
    assert promise["overall"]["runs"] == rows[1].facts["overall"]["runs"] and promise["threshold"] == 0.6
    assert ladder[1]["thresholds"] == "60% of all, 40% of each unit"


def test_two_steps_of_one_kind_are_told_apart_by_what_the_ladder_calls_them(village: Village) -> None:
    coming = climbed(village, hands(village, 40))
    Rung.objects.filter(name="Promise").update(kind="strike", name="Warning strike")
    assert [card["name"] for card in scenario_cards(made(coming))][1:] == [
        "As hard as “Warning strike”",
        "As hard as “Walk out”",
    ]


def test_without_a_ladder_steps_have_no_names(village: Village) -> None:
    coming = climbed(village, hands(village, 40))
    StructureTest.objects.filter(pk=coming.pk).update(rung=None)
    rows = made(coming)
    assert [card["name"] for card in scenario_cards(rows)][1:] == ["A harder step", "A much harder step"]
    assert ladder_rows(rows[0]) == []


def test_a_forecast_that_was_stored_before_steps_had_kinds_still_shows(village: Village) -> None:
    rows = made(climbed(village, hands(village, 40)))
    for row in rows:
        row.facts = {key: row.facts[key] for key in row.facts if key not in ("step", "as_hard_as", "ladder")}
    cards = scenario_cards(rows)
    assert [card["name"] for card in cards] == ["As large a step as before", "A harder step", "A much harder step"]
    assert [card["size"] for card in cards] == ["", "", ""]
    assert ladder_rows(rows[0]) == []


@pytest.mark.parametrize("kind", [kind for kind in OccasionKind if kind != OccasionKind.OTHER])
def test_every_kind_of_act_has_its_words(kind: OccasionKind) -> None:
    assert kind_in_words(kind)


def test_an_act_of_no_kind_has_none() -> None:
    assert kind_in_words("other") == ""
