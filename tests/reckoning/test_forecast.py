"""The forecast of the next test: what is said, what is withheld, and that it equals a slow and obvious reckoning."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.reckoning.forecast import (
    AVERAGE_ASKER,
    NextTest,
    Step,
    Withheld,
    forecast_next_test,
    intervals_held,
    runs,
    scores_of,
    with_holes_asked,
    without_the_widest,
)
from commonweal.reckoning.pull import NOBODY, AskRecords, RecordsRefused, read_pull
from commonweal.reckoning.worlds import lose_refusals, only_yes, workplace

TESTS = 5


@pytest.fixture(scope="module")
def world():
    return workplace(7, units=5)


@pytest.fixture(scope="module")
def records(world):
    return world.records(tests=TESTS)


def next_test(world, **changed) -> NextTest:
    asked = NextTest(np.arange(world.n_people), float(TESTS), 0.3, 0.2, world.asker_in(TESTS))
    return replace(asked, **changed)


@pytest.fixture(scope="module")
def forecast(world, records):
    return forecast_next_test(records, next_test(world), lot=1)


def usual(records, question, **options):
    return forecast_next_test(records, question, lot=1, **options).scenarios[0]


def test_the_same_lot_gives_the_same_forecast_and_another_lot_nearly_the_same(world, records, forecast):
    again = forecast_next_test(records, next_test(world), lot=1)
    other = forecast_next_test(records, next_test(world), lot=2)
    assert again.scenarios[0].overall.runs.tolist() == forecast.scenarios[0].overall.runs.tolist()
    assert again.scenarios[2].people.tolist() == forecast.scenarios[2].people.tolist()
    assert other.scenarios[0].people.tolist() != forecast.scenarios[0].people.tolist()
    assert other.scenarios[0].overall.median == pytest.approx(forecast.scenarios[0].overall.median, abs=0.02)


def test_neither_the_order_of_rows_nor_that_of_people_changes_anything(world, records, forecast):
    turned = replace(
        records,
        person=records.person[::-1],
        test=records.test[::-1],
        asker=records.asker[::-1],
        came=records.came[::-1],
    )
    mixed = np.random.default_rng(1).permutation(world.n_people)
    question = next_test(world, eligible=mixed, asker=world.asker_in(TESTS)[mixed])
    found = usual(turned, question)
    assert found.people == pytest.approx(forecast.scenarios[0].people[mixed], abs=1e-4)
    assert found.units.median == pytest.approx(forecast.scenarios[0].units.median, abs=1e-9)


def test_chances_and_spread_are_those_of_a_slow_and_obvious_reckoning(world, records):
    """Row by row from the joint draws of pull: nothing here is shared with the forecast but the fit."""
    step, lot = 0.5, np.random.default_rng(11)
    drawn = read_pull(records, lot=99).draws
    shares = np.zeros((1000, world.n_people))
    for run in range(1000):
        days = lot.normal(0, np.sqrt(drawn.variances.shock), len(drawn.unit))
        for person, asker in enumerate(world.asker_in(TESTS).tolist()):
            place = np.searchsorted(drawn.person, person)
            unit = np.searchsorted(drawn.unit, world.unit[person])
            log_odds = drawn.readiness[place, run] + drawn.unit_mood[unit, run] + days[unit]
            log_odds -= drawn.difficulty[TESTS - 1, run] + step
            if asker >= 0 and asker in drawn.asker:
                log_odds += drawn.pull_of(asker)[run]
            shares[run, person] = 1 / (1 + np.exp(-log_odds))
    total = (lot.random(shares.shape) < shares).mean(1)
    found = usual(records, next_test(world), step=Step(step, 0.0))
    assert np.isin(world.asker_in(TESTS), [*drawn.asker, NOBODY]).mean() > 0.98
    assert np.abs(found.people - shares.mean(0)).mean() < 0.01
    assert [found.overall.low, found.overall.median, found.overall.high] == pytest.approx(
        np.quantile(total, (0.1, 0.5, 0.9)).tolist(), abs=0.02
    )


def test_portions_of_a_few_people_at_a_time_change_nothing_but_the_dice(world, records, forecast, monkeypatch):
    monkeypatch.setattr(runs, "AT_ONCE", 7_000)
    found = usual(records, next_test(world))
    assert np.abs(found.people - forecast.scenarios[0].people).max() < 0.05
    assert found.overall.low == pytest.approx(forecast.scenarios[0].overall.low, abs=0.02)


def test_a_harder_step_brings_fewer_in_every_unit_and_a_usual_one_is_named_first(forecast):
    assert [outlook.scenario for outlook in forecast.scenarios] == ["as_last", "harder", "much_harder"]
    for easier, harder in zip(forecast.scenarios[:-1], forecast.scenarios[1:], strict=True):
        assert (harder.people < easier.people).all()
        assert (harder.units.median <= easier.units.median).all()
        assert harder.overall.reaches <= easier.overall.reaches
        assert easier.overall.low < easier.overall.median < easier.overall.high


def test_reaching_both_thresholds_is_no_likelier_than_reaching_either(forecast):
    for outlook in forecast.scenarios:
        assert outlook.overall.both <= min(outlook.overall.reaches, outlook.overall.every_unit)
        assert outlook.overall.every_unit <= outlook.units.reaches.min()
        assert (outlook.units.only_one_short <= 1 - outlook.units.reaches + 1e-12).all()


def test_without_a_threshold_for_units_nothing_is_said_of_it(world, records):
    found = usual(records, next_test(world, unit_threshold=None))
    assert np.isnan([found.overall.every_unit, found.overall.both, *found.units.reaches]).all()


def test_a_threshold_of_nothing_is_always_reached_and_one_of_everybody_never(world, records):
    assert usual(records, next_test(world, threshold=0.0)).overall.reaches == 1.0
    assert usual(records, next_test(world, threshold=1.0)).overall.reaches == 0.0


def test_twenty_runs_stand_for_the_spread(forecast):
    overall = forecast.scenarios[0].overall
    assert len(overall.runs) == 20
    assert (np.diff(overall.runs) >= 0).all()
    assert overall.low == pytest.approx((overall.runs[1] + overall.runs[2]) / 2, abs=0.02)
    assert overall.median == pytest.approx((overall.runs[9] + overall.runs[10]) / 2, abs=0.01)


def test_who_is_in_no_unit_counts_in_all_only(world, records):
    unit = records.unit.copy()
    unit[:30] = -1
    found = usual(replace(records, unit=unit), next_test(world))
    assert found.units.size.sum() == world.n_people - 30
    assert len(found.people) == world.n_people


def test_only_the_eligible_are_counted(world, records):
    chosen = np.flatnonzero(world.unit == 2)
    found = forecast_next_test(records, next_test(world, eligible=chosen, asker=world.asker_in(TESTS)[chosen]), lot=1)
    assert found.person.tolist() == chosen.tolist()
    assert found.scenarios[0].units.unit.tolist() == [2]
    assert found.scenarios[0].overall.median == pytest.approx(found.scenarios[0].units.median[0], abs=0.02)


def test_without_a_plan_people_are_asked_as_before(world, records, forecast):
    found = usual(records, next_test(world, asker=None))
    silent = usual(records, next_test(world, asker=np.full(world.n_people, NOBODY)))
    assert silent.overall.median < found.overall.median
    never = np.array([(records.asker[records.person == person] == NOBODY).all() for person in range(world.n_people)])
    assert found.people[never] == pytest.approx(silent.people[never], abs=1e-6)
    table = np.column_stack([world.asker_in(test) for test in range(TESTS)])
    assert usual(records, next_test(world, asker=table)).people == pytest.approx(found.people)


def test_another_plan_changes_nobody_whose_asker_stays_and_the_same_plan_changes_nothing(world, records):
    plan = world.asker_in(TESTS)
    silent = without_the_widest(plan, leaders=3)
    question = next_test(world)
    found = forecast_next_test(records, question, lot=1, what_if={"same": plan, "silent": silent})
    assert (found.what_if["same"].gain_low, found.what_if["same"].gain_high) == (0.0, 0.0)
    assert found.what_if["same"].overall.reaches == found.scenarios[0].overall.reaches
    assert found.what_if["silent"].gain_median < 0
    alone = usual(records, next_test(world, asker=silent))
    assert alone.overall.median == pytest.approx(found.what_if["silent"].overall.median, abs=0.01)
    stays = plan == silent
    assert np.abs(alone.people - found.scenarios[0].people)[stays].max() < 0.02
    assert alone.people[~stays].sum() < found.scenarios[0].people[~stays].sum()


def test_a_hole_is_asked_by_somebody_usual_and_the_widest_are_left_out():
    plan = np.array([4, 4, 4, 5, 5, 6, NOBODY])
    assert without_the_widest(plan, leaders=1).tolist() == [NOBODY, NOBODY, NOBODY, 5, 5, 6, NOBODY]
    assert without_the_widest(plan, leaders=2).tolist() == [NOBODY] * 5 + [6, NOBODY]
    assert with_holes_asked(plan).tolist() == [4, 4, 4, 5, 5, 6, AVERAGE_ASKER]
    table = np.array([[4, NOBODY], [NOBODY, NOBODY]])
    assert with_holes_asked(table).tolist() == [[4, NOBODY], [AVERAGE_ASKER, AVERAGE_ASKER]]


def test_the_drivers_share_out_the_whole_doubt_and_a_known_step_is_none_of_it(world, records, forecast):
    def parts(drivers):
        return [drivers.step, drivers.days, drivers.people, drivers.leaders, drivers.own_decision]

    assert sum(parts(forecast.drivers)) == pytest.approx(1.0)
    assert forecast.drivers.step == max(parts(forecast.drivers))
    known = forecast_next_test(records, next_test(world), lot=1, step=Step(0.5, 0.0)).drivers
    assert known.step == pytest.approx(0.0, abs=1e-9)
    assert (known.step_low, known.step_high) == (0.5, 0.5)
    assert known.days > forecast.drivers.days


def test_who_is_kept_away_on_the_day_does_not_come(world, records, forecast):
    found = usual(records, next_test(world, able=0.8))
    assert found.people == pytest.approx(0.8 * forecast.scenarios[0].people, abs=1e-5)
    assert found.overall.median == pytest.approx(0.8 * forecast.scenarios[0].overall.median, abs=0.02)
    assert usual(records, next_test(world, able=0.0)).overall.high == pytest.approx(0.0, abs=0.01)


def test_newcomers_are_taken_for_somebody_from_here(world, records):
    seen = records.person != 3
    fewer = replace(
        records,
        person=records.person[seen],
        test=records.test[seen],
        asker=records.asker[seen],
        came=records.came[seen],
    )
    found = forecast_next_test(fewer, next_test(world, asker=np.full(world.n_people, NOBODY)), lot=1)
    mates = (world.unit == world.unit[3]) & (np.arange(world.n_people) != 3)
    assert found.newcomers == 1
    assert found.unseen == pytest.approx(1 / world.n_people)
    assert found.scenarios[0].people[3] == pytest.approx(found.scenarios[0].people[mates].mean(), abs=0.1)


def test_where_nobody_ever_asked_an_ask_is_taken_to_move_a_little(world, records):
    alone = replace(records, asker=np.full(len(records.person), NOBODY))
    asked = usual(alone, next_test(world, asker=np.full(world.n_people, AVERAGE_ASKER)))
    silent = usual(alone, next_test(world, asker=np.full(world.n_people, NOBODY)))
    assert 0.01 < asked.overall.median - silent.overall.median < 0.1


@pytest.mark.parametrize(
    ("tests", "lost", "reason"),
    [
        (1, None, Withheld.FEW_TESTS),
        (TESTS, only_yes, Withheld.HARDLY_A_NO),
        (TESTS, lambda world: lose_refusals(1, world, share=1.0), Withheld.HARDLY_A_NO),
    ],
    ids=["one test", "paper with yeses only", "no failed ask written down"],
)
def test_what_cannot_be_told_is_withheld_with_its_reason(tests, lost, reason, world):
    kept = world.records(tests=tests, keep=lost and lost(world))
    found = forecast_next_test(kept, next_test(world, order=float(tests)), lot=1)
    assert found.withheld is reason
    assert (found.scenarios, found.drivers, dict(found.what_if)) == ((), None, {})
    assert found.answers == len(kept.came)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_the_records_shares_and_chances_are_what_they_are_called(data):
    """A handful of people, any of them without unit, rows or asker; tests that rise or do not."""
    people, tests = data.draw(st.integers(1, 7)), data.draw(st.integers(1, 4))
    whole = st.integers(0, people - 1)
    cells = data.draw(st.sets(st.tuples(whole, st.integers(0, tests - 1)), min_size=1))
    rows = [(who, test, data.draw(st.integers(-1, people - 1)), data.draw(st.booleans())) for who, test in cells]
    columns = zip(
        *((who, test, asker if asker != who else NOBODY, came) for who, test, asker, came in rows), strict=True
    )
    unit = data.draw(st.lists(st.integers(-1, 2), min_size=people, max_size=people))
    records = AskRecords(*columns, people, tests, unit, np.arange(tests), [0] * people, [0] * people)
    eligible = sorted(data.draw(st.sets(whole, min_size=1)))
    plan = [data.draw(st.integers(-2, people - 1)) for _ in eligible]
    asker = [NOBODY if asker == who else asker for asker, who in zip(plan, eligible, strict=True)]
    order = data.draw(st.none() | st.floats(-5, 10))
    orders = np.array(data.draw(st.lists(st.floats(-5, 5), min_size=tests, max_size=tests)))
    question = NextTest(eligible, order, 0.5, 0.5, data.draw(st.sampled_from([None, np.array(asker)])))
    found = forecast_next_test(records, question, lot=1, draws=100, test_order=orders, withhold=False)
    for outlook in found.scenarios:
        overall, units = outlook.overall, outlook.units
        assert 0 <= overall.low <= overall.median <= overall.high <= 1
        assert 0 <= overall.both <= min(overall.reaches, overall.every_unit) <= 1
        assert ((outlook.people >= 0) & (outlook.people <= 1)).all()
        assert units.size.sum() == (np.array(unit)[eligible] >= 0).sum()
        assert ((units.low >= 0) & (units.low <= units.high) & (units.high <= 1)).all()
    assert len(found.scenarios) == 3


def test_nobody_eligible_is_a_reason_too(records):
    found = forecast_next_test(records, NextTest([], TESTS, 0.5), lot=1, withhold=False)
    assert found.withheld is Withheld.NOBODY_ELIGIBLE


@pytest.mark.parametrize(
    ("changed", "column", "row"),
    [
        ({"eligible": [0, 1, 1], "asker": None}, "eligible", 2),
        ({"eligible": [0, 10_000], "asker": None}, "eligible", 1),
        ({"eligible": [0, 1], "asker": [1, 1]}, "asker", 1),
        ({"eligible": [0, 1], "asker": [1, 10_000]}, "asker", 1),
        ({"eligible": [0, 1], "asker": [1, -3]}, "asker", 1),
        ({"eligible": [0, 1], "asker": [1]}, "asker", -1),
    ],
    ids=["somebody twice", "a stranger", "asks herself", "a strange asker", "no such asker", "too short a plan"],
)
def test_people_and_plans_that_do_not_fit_are_refused_with_their_place(changed, column, row, world, records):
    with pytest.raises(RecordsRefused) as refused:
        forecast_next_test(records, next_test(world, **changed), lot=1)
    assert (refused.value.column, refused.value.row) == (column, row)


@pytest.mark.parametrize(
    "changed", [{"threshold": 1.2}, {"unit_threshold": -0.1}, {"able": 1.1}, {"order": float("nan")}]
)
def test_a_question_without_sense_is_refused(changed, world):
    with pytest.raises(RecordsRefused):
        next_test(world, **changed)


def test_orders_that_do_not_fit_the_tests_are_refused(world, records):
    with pytest.raises(RecordsRefused):
        forecast_next_test(records, next_test(world), lot=1, test_order=np.arange(4.0))
    with pytest.raises(RecordsRefused):
        forecast_next_test(records, next_test(world), lot=1, test_order=np.full(TESTS, np.inf))


def test_where_the_truth_is_known_the_forecast_beats_plain_guesses_and_its_intervals_hold():
    """Eight small worlds; `make bench-forecast` judges many large ones."""
    ours, last, history, leaderless, low, high, happened = ([] for _ in range(7))
    for seed in range(30, 38):
        world = workplace(seed, units=6)
        records, came = world.records(tests=TESTS), world.came_to(TESTS)
        rate = records.came[records.test == TESTS - 1].mean()
        times = np.bincount(records.person, records.came, minlength=world.n_people)
        found = usual(records, next_test(world))
        plain = replace(records, asker=np.full(len(records.person), NOBODY))
        silent = usual(plain, next_test(world, asker=np.full(world.n_people, NOBODY)))
        for scores, chances in (
            (ours, found.people),
            (last, np.full(world.n_people, rate)),
            (history, (times + 2 * rate) / (TESTS + 2)),
            (leaderless, silent.people),
        ):
            scores.append(scores_of(chances, came))
        low.append(found.units.low)
        high.append(found.units.high)
        happened.append(np.bincount(world.unit, came) / np.bincount(world.unit))
    for measure in ("brier", "log"):
        mean = [np.mean([getattr(score, measure) for score in scores]) for scores in (ours, leaderless, last, history)]
        assert mean[0] == min(mean)
    held = intervals_held(*(np.concatenate(ends) for ends in (low, high, happened)))
    assert 0.68 < held.share < 0.92
