"""`commonweal reckon forecast`: plain files in, scenarios out, and bad files refused whole."""

import json
from pathlib import Path

import pytest

from commonweal.cli import main
from commonweal.reckoning.worlds import World, workplace

PLACE = 5


@pytest.fixture(scope="module")
def world() -> World:
    return workplace(3, units=4)


@pytest.fixture
def files(tmp_path: Path):
    """Write a file of this name; gives its path as text."""

    def write(name: str, content: str) -> str:
        (tmp_path / name).write_text(content)
        return str(tmp_path / name)

    return write


@pytest.fixture
def reckon(capsys):
    """Run `commonweal reckon forecast` with these words; status, what was printed, what was said beside it."""

    def run(*words: str) -> tuple[int, str, str]:
        try:
            status = main(["reckon", "forecast", *words])
        except SystemExit as stop:
            status = int(stop.code or 0)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def called(person: int) -> str:
    return f"p{person:03d}" if person >= 0 else ""


def asks_of(world: World, *, tests: int = PLACE) -> str:
    rows = zip(world.row_test, world.row_asker, world.row_person, world.row_came, strict=True)
    lines = (
        f"t{test + 1},{called(asker)},{called(person)},{'did' if came else 'did_not'}"
        for test, asker, person, came in rows
        if test < tests
    )
    return "test,asker,asked,outcome\n" + "\n".join(lines) + "\n"


def plan_of(world: World, asker) -> str:
    return "asker,asked\n" + "".join(f"{called(who)},{called(person)}\n" for person, who in enumerate(asker))


@pytest.fixture
def place(files, world):
    """The options that name the files of five tests, and what is to be reached."""
    tests = "test,order\n" + "".join(f"t{test},{test}\n" for test in range(1, 7))
    people = "id,name,unit\n" + "".join(f"{called(p)},N{p},ward {u}\n" for p, u in enumerate(world.unit))
    return [
        *("--asks", files("a.csv", asks_of(world)), "--tests", files("s.csv", tests)),
        *("--people", files("p.csv", people), "--next-order", "6", "--threshold", "0.4"),
    ]


def answer(reckon, *words: str) -> dict:
    status, out, _ = reckon(*words, "--json")
    assert status == 0
    return json.loads(out)


def test_the_object_is_as_documented(place, reckon, world):
    found = answer(reckon, *place, "--unit-threshold", "0.3")
    assert set(found) == {
        *("overall", "units", "people", "scenarios", "withheld", "says", "plan", "tests", "answers", "refusals"),
        *("drivers", "step", "what_if", "difficulty", "newcomers", "unseen", "rising", "notes"),
    }
    assert set(found["overall"]) == {"median", "low", "high", "reaches", "every_unit", "both", "runs"}
    assert sorted(found["units"]) == [f"ward {unit}" for unit in range(4)]
    for unit in found["units"].values():
        assert set(unit) == {"people", "median", "low", "high", "reaches", "only_one_short"}
        assert 0 <= unit["low"] <= unit["median"] <= unit["high"] <= 1
    assert sorted(found["people"]) == [called(person) for person in range(world.n_people)]
    assert all(0 < chance < 1 for chance in found["people"].values())
    assert list(found["scenarios"]) == ["as_last", "harder", "much_harder"]
    assert found["scenarios"]["as_last"]["overall"] == found["overall"]
    assert found["scenarios"]["much_harder"]["overall"]["median"] < found["overall"]["median"]
    assert (found["withheld"], found["tests"], found["answers"]) == (None, 5, 5 * world.n_people)


def test_the_forecast_is_of_the_same_size_as_what_happened(place, reckon, world):
    """The step that came lies inside the interval in this world."""
    overall = answer(reckon, *place)["overall"]
    assert overall["low"] < world.came_to(PLACE).mean() < overall["high"]


def test_without_a_threshold_for_units_theirs_is_that_of_all_and_nothing_is_said_of_both(place, reckon):
    found = answer(reckon, *place)
    same = answer(reckon, *place, "--unit-threshold", "0.4")
    assert found["overall"]["both"] is None
    assert found["units"] == same["units"]


def test_the_same_seed_gives_the_same_answer_and_the_order_of_rows_none_other(place, files, reckon, world):
    first = answer(reckon, *place)
    head, *rows = asks_of(world).splitlines()
    turned = files("turned.csv", "\n".join([head, *reversed(rows)]))
    again = answer(reckon, *place, "--asks", turned)
    other = answer(reckon, *place, "--seed", "2")
    assert again["overall"] == first["overall"]
    assert again["people"] == pytest.approx(first["people"], abs=2e-4)
    assert other["people"] != first["people"]


def test_a_plan_in_which_nobody_asks_brings_fewer(place, files, reckon, world):
    planned = answer(reckon, *place, "--plan", files("l.csv", plan_of(world, world.asker_in(PLACE))))
    nobody = answer(reckon, *place, "--plan", files("n.csv", "asker,asked\n"))
    assert (planned["plan"], nobody["plan"]) == ("plan", "plan")
    assert nobody["overall"]["median"] < planned["overall"]["median"]
    assert planned["what_if"]["widest_silent"]["gain"]["median"] <= 0 < nobody["what_if"]["holes_asked"]["gain"]["high"]


def test_asks_of_the_coming_test_whose_outcome_is_unknown_are_its_plan(place, files, reckon, world):
    asker = world.asker_in(PLACE)
    coming = "".join(f"t6,{called(who)},{called(person)},unknown\n" for person, who in enumerate(asker))
    found = answer(reckon, *place, "--asks", files("c.csv", asks_of(world) + coming))
    planned = answer(reckon, *place, "--plan", files("l.csv", plan_of(world, asker)))
    assert found["plan"] == "asks"
    assert found["tests"] == 5
    assert found["people"] == planned["people"]


@pytest.mark.parametrize("listed", [7, 6], ids=["in the file of tests", "in the asks alone"])
def test_asks_of_the_coming_test_without_an_outcome_are_its_plan_too(listed, place, files, reckon, world):
    asker = world.asker_in(PLACE)
    coming = "".join(f"t6,{called(who)},{called(person)},\n" for person, who in enumerate(asker))
    tests = files("s6.csv", "test,order\n" + "".join(f"t{test},{test}\n" for test in range(1, listed)))
    found = answer(reckon, *place, "--asks", files("c.csv", asks_of(world) + coming), "--tests", tests)
    planned = answer(reckon, *place, "--plan", files("l.csv", plan_of(world, asker)))
    assert (found["plan"], found["tests"]) == ("asks", 5)
    assert found["people"] == planned["people"]


def test_an_outcome_that_is_empty_in_a_test_that_was_held_is_not_known(place, files, reckon, world):
    lines = asks_of(world).splitlines()
    empty = [f"{line.rpartition(',')[0]}," if at % 9 == 1 else line for at, line in enumerate(lines)]
    unknown = [f"{line}unknown" if line.endswith(",") else line for line in empty]
    found = answer(reckon, *place, "--asks", files("e.csv", "\n".join(empty)))
    same = answer(reckon, *place, "--asks", files("u.csv", "\n".join(unknown)))
    assert found == same
    assert any("are not on record" in note for note in found["notes"])


def test_two_tests_that_the_file_of_tests_does_not_know_are_an_error_although_they_are_empty(
    place, files, reckon, world
):
    asks = files("two.csv", asks_of(world) + "t8,,p001,\nt9,,p001,\n")
    status, out, beside = reckon(*place, "--asks", asks)
    assert (status, out) == (2, "")
    assert 'column test: "t8" is not in the file of tests' in beside and '"t9"' in beside


def with_kinds(files, *kinds: str) -> str:
    rows = "".join(f"t{number},{number},{kind}\n" for number, kind in enumerate(kinds, start=1))
    return files("k.csv", "test,order,kind\n" + rows)


def test_kinds_in_the_file_of_tests_name_the_harder_scenarios(place, files, reckon):
    tests = with_kinds(files, "card", "question", "petition", "button", "march", "picket", "vote", "strike", "siege")
    found = answer(reckon, *place, "--tests", tests)["scenarios"]
    named = [(one["as_hard_as"], one["kind"], one["steps_seen"]) for one in found.values()]
    assert named == [(None, "picket", 0), ("t7", "vote", 0), ("t9", "siege", 0)]
    medians = [one["overall"]["median"] for one in found.values()]
    assert medians == sorted(medians, reverse=True)
    status, out, _ = reckon(*place, "--tests", tests)
    assert status == 0
    assert "As hard as t9 (siege; steps to this kind seen: 0)" in out


def test_steps_to_the_kind_of_the_coming_test_are_counted(place, files, reckon):
    words = (*place, "--tests", with_kinds(files, "card", "march", "petition", "march", "button", "march"))
    usual = answer(reckon, *words)["scenarios"]["as_last"]
    assert (usual["as_hard_as"], usual["kind"], usual["steps_seen"]) == (None, "march", 2)
    assert "A step as to march so far (seen: 2)" in reckon(*words)[1]


def test_an_order_may_have_a_decimal_comma(place, files, reckon):
    tests = files("comma.csv", "test;order\n" + "".join(f"t{test};{test},0\n" for test in range(1, 7)))
    assert answer(reckon, *place, "--tests", tests)["overall"] == answer(reckon, *place)["overall"]


def test_a_file_that_is_not_there_is_told_in_the_readers_words(place, reckon, monkeypatch):
    monkeypatch.setenv("LC_ALL", "es_MX.UTF-8")
    status, _, beside = reckon(*place, "--asks", "nowhere.csv")
    assert status == 2
    assert "no hay tal archivo" in beside


def test_without_a_plan_it_says_what_was_assumed(place, reckon):
    status, _, beside = reckon(*place)
    assert status == 0
    assert "everybody is taken to be asked as in the tests before" in beside


def test_the_table_shows_scenarios_in_words_and_says_that_it_is_no_decision(place, reckon):
    status, out, _ = reckon(*place, "--unit-threshold", "0.3")
    assert status == 0
    assert "It is not a decision: that is yours." in out
    for said in ("A step up as usual here", "A harder step", "A much harder step", "WHERE THE DOUBT COMES FROM"):
        assert said in out
    assert out.count("imagined runs, in per cent") == 3
    assert "WHAT WOULD CHANGE" in out
    assert out.count("\n  ward ") == 4


def test_one_test_is_no_history(place, files, reckon, world):
    one = files("one.csv", asks_of(world, tests=1))
    found = answer(reckon, *place, "--asks", one)
    assert (found["withheld"], found["overall"], found["units"], found["people"]) == ("few_tests", None, {}, {})
    status, out, _ = reckon(*place, "--asks", one)
    assert status == 0
    assert out.startswith("NO FORECAST: fewer than two tests with outcomes")


def test_outcomes_that_nobody_saw_are_no_history_either(place, files, reckon, world):
    unseen = asks_of(world).replace("did_not", "could_not").replace(",did\n", ",unknown\n")
    assert answer(reckon, *place, "--asks", files("u.csv", unseen))["withheld"] == "few_tests"


def test_who_could_not_come_so_far_is_kept_away_next_time_too(place, files, reckon, world):
    first, *rows = asks_of(world).splitlines()
    away = [f"{row.rpartition(',')[0]},could_not" if at % 4 == 0 else row for at, row in enumerate(rows)]
    gone = [row for at, row in enumerate(rows) if at % 4]
    plan = ["--plan", files("n.csv", "asker,asked\n")]
    found = answer(reckon, *place, *plan, "--asks", files("w.csv", "\n".join([first, *away])))
    without = answer(reckon, *place, *plan, "--asks", files("g.csv", "\n".join([first, *gone])))
    assert found["overall"]["median"] == pytest.approx(0.75 * without["overall"]["median"], abs=0.03)
    assert any("25 are could_not" in note for note in found["notes"])


def test_a_list_of_yeses_is_no_ground_for_a_forecast(place, files, reckon, world):
    yes = "\n".join(line for line in asks_of(world).splitlines() if not line.endswith("did_not"))
    assert answer(reckon, *place, "--asks", files("y.csv", yes))["withheld"] == "hardly_a_no"


def test_outcomes_that_are_missing_are_told(place, files, reckon, world):
    failed = [line for line in asks_of(world).splitlines() if line.endswith("did_not")]
    kept = [line for line in asks_of(world).splitlines() if line not in set(failed[::2])]
    found = answer(reckon, *place, "--asks", files("k.csv", "\n".join(kept)))
    assert found["unseen"] == pytest.approx(len(failed[::2]) / (5 * world.n_people), abs=1e-3)
    assert any("are not on record" in note for note in found["notes"])


def test_an_empty_list_of_people_can_bring_nobody(place, files, reckon):
    assert answer(reckon, *place, "--people", files("e.csv", "id,unit\n"))["withheld"] == "nobody_eligible"


@pytest.mark.parametrize(
    ("option", "content", "reason"),
    [
        ("--plan", "asker,asked\np001,zoe\n", 'l.csv, line 2, column asked: "zoe" is not in the file of people'),
        ("--plan", "asker,asked\np001,p001\n", 'l.csv, line 2, column asker: "p001" asks herself'),
        ("--plan", "asker,asked\np001,\n", "l.csv, line 2, column asked: is empty"),
        ("--plan", "asker\np001\n", "l.csv, line 1, column asked: is missing"),
        ("--tests", "test,order\nt1,first\n", 'l.csv, line 2, column order: "first" is not a number'),
        ("--asks", "test,asker,asked,outcome\nt1,,p001,yes\n", 'l.csv, line 2, column outcome: "yes" is none of'),
    ],
)
def test_a_bad_file_is_refused_with_its_place_and_reason(option, content, reason, place, files, reckon):
    status, out, beside = reckon(*place, option, files("l.csv", content))
    assert (status, out) == (2, "")
    assert reason in beside
    assert "Nothing was reckoned." in beside


@pytest.mark.parametrize(
    ("option", "word", "reason"),
    [
        ("--threshold", "1.4", "is not a share above 0 and up to 1"),
        ("--unit-threshold", "half", "is not a number"),
        ("--next-order", "inf", "is not a number"),
        ("--seed", "-1", "is below 0"),
    ],
)
def test_an_option_outside_its_range_is_refused(option, word, reason, place, reckon):
    status, out, beside = reckon(*place, option, word)
    assert (status, out) == (2, "")
    assert reason in beside


def test_somebody_planned_twice_and_in_two_units_counts_once_and_is_noted(place, files, reckon, world):
    plan = files("l.csv", "asker,asked\np001,p002\np003,p002\n")
    people = "id,unit\n" + "".join(f"{called(p)},ward {u}\n" for p, u in enumerate(world.unit)) + "p000,ward 9\n"
    found = answer(reckon, *place, "--plan", plan, "--people", files("two.csv", people))
    assert any("stands in the plan more than once" in note for note in found["notes"])
    assert any("counted in the first alone" in note for note in found["notes"])
    assert "ward 9" not in found["units"]
    assert sum(unit["people"] for unit in found["units"].values()) == world.n_people
