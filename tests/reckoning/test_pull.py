from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.reckoning.pull import AskRecords, Variances, Verdict, read_pull
from commonweal.reckoning.pull.design import design_of
from commonweal.reckoning.pull.fast import fast_fit
from commonweal.reckoning.pull.spread import local_variance
from commonweal.reckoning.worlds import workplace

# A dozen people asked by 0 and by 1 in two tests; one unit.
TWELVE = np.arange(2, 14)


def village(*, came_for_bo: int, came_for_ana: int, tests: int = 2) -> AskRecords:
    """Ana (0) and Bo (1) each ask six of the same twelve people in every test; so many of each six come."""
    person = np.tile(TWELVE, tests)
    test = np.repeat(np.arange(tests), 12)
    asker = np.tile(np.repeat([0, 1], 6), tests)
    came = np.concatenate([np.arange(6) < came_for_ana, np.arange(6) < came_for_bo] * tests)
    return AskRecords(
        person=person,
        test=test,
        asker=asker,
        came=came,
        n_people=14,
        n_tests=tests,
        unit=np.zeros(14, dtype=int),
        test_order=np.arange(tests),
        nominations=np.zeros(14, dtype=int),
        degree=np.full(14, 3),
    )


@pytest.fixture(scope="module")
def site():
    return workplace(7, units=5).records(tests=5)


def test_askers_with_the_same_record_get_the_same_pull():
    reading = read_pull(village(came_for_bo=4, came_for_ana=4), lot=1)
    assert reading.median == pytest.approx([0.0, 0.0], abs=1e-6)
    assert reading.low[0] == pytest.approx(reading.low[1], abs=1e-6)
    assert reading.low[0] == pytest.approx(-reading.high[0], abs=2.0)


def test_whom_more_people_follow_has_more_pull_and_the_estimate_is_smaller_than_the_raw_surplus():
    reading = read_pull(village(came_for_bo=6, came_for_ana=1), lot=1)
    ana, bo = reading.place(0), reading.place(1)
    assert reading.came.tolist() == [2, 12]
    assert 0 < reading.median[bo] < 100 * (12 - reading.expected[bo]) / 12
    assert reading.median[ana] < 0
    assert reading.probability_above(1, 0) > 0.9
    assert reading.probability_above(0, 1) == pytest.approx(1 - reading.probability_above(1, 0))


def test_the_evidence_is_a_sentence_with_the_comparison():
    reading = read_pull(village(came_for_bo=6, came_for_ana=1), lot=1)
    assert reading.says(1) == "asked 12, 12 came; people like them came 2 of 12 when she did not ask"


def test_after_one_test_there_is_no_verdict_only_relative_pull():
    reading = read_pull(village(came_for_bo=6, came_for_ana=1, tests=1), lot=1)
    assert reading.verdict.tolist() == [Verdict.WITHHELD_FEW_TESTS] * 2
    assert np.isnan([reading.median, reading.low, reading.unasked_median, reading.top_tenth]).all()
    assert reading.relative_median[1] > reading.relative_median[0]


def test_below_five_asks_it_is_too_early_and_nominees_who_never_asked_have_no_pull():
    records = village(came_for_bo=6, came_for_ana=1)
    few = records.asker.copy()
    few[np.flatnonzero(few == 0)[4:]] = -1
    named = records.nominations.copy()
    named[9] = 3
    reading = read_pull(replace(records, asker=few, nominations=named), lot=1)
    assert reading.candidate.tolist() == [0, 1, 9]
    assert reading.verdict[[0, 2]].tolist() == [Verdict.TOO_EARLY] * 2
    assert np.isnan(reading.median[[0, 2]]).all()
    assert reading.says(2) == "has asked nobody yet; named by 3 people"
    with pytest.raises(KeyError):
        reading.probability_above(9, 0)


def test_when_nobody_asked_there_are_no_pulls_and_difficulty_follows_the_turnout():
    records = village(came_for_bo=3, came_for_ana=3)
    came = records.came.copy()
    came[:12], came[12:] = np.arange(12) < 10, np.arange(12) < 2
    reading = read_pull(replace(records, asker=np.full(24, -1), came=came), lot=1)
    assert len(reading.candidate) == 0
    assert reading.difficulty_low[1] > reading.difficulty_high[0]


def test_difficulty_of_one_test_without_anything_else_is_the_log_odds_of_staying_away():
    n = 4000
    records = AskRecords(
        person=np.arange(n), test=np.zeros(n), asker=np.full(n, -1), came=np.arange(n) < 1000, n_people=n, n_tests=1,
        unit=np.full(n, -1), test_order=[0], nominations=np.zeros(n), degree=np.zeros(n),
    )  # fmt: skip
    tiny = Variances(readiness=1e-6, unit=1e-6, shock=1e-6, pull=1e-6)
    assert read_pull(records, lot=1, variances=tiny).difficulty[0] == pytest.approx(np.log(3), abs=0.01)


def test_the_same_lot_gives_the_same_draws_and_another_lot_the_same_medians(site):
    one, again, other = (read_pull(site, lot=lot, draws=100) for lot in (3, 3, 4))
    assert (one.draws.pull == again.draws.pull).all()
    assert (one.draws.pull != other.draws.pull).any()
    assert np.array_equal(one.median, other.median, equal_nan=True)


@settings(max_examples=8, deadline=None)
@given(lot=st.integers(0, 2**32))
def test_numbering_people_otherwise_changes_nothing(site, lot):
    new = np.random.default_rng(lot).permutation(site.n_people)
    old = np.argsort(new)
    renamed = replace(
        site,
        person=new[site.person],
        asker=np.where(site.asker >= 0, new[site.asker], -1),
        unit=site.unit[old],
        nominations=site.nominations[old],
        degree=site.degree[old],
        score=site.score[old],
    )
    ours, theirs = read_pull(site, lot=1, draws=50), read_pull(renamed, lot=1, draws=50)
    place = np.searchsorted(theirs.candidate, new[ours.candidate])
    for column in ("asked", "came", "median", "low", "high", "expected", "like_them_came"):
        given_, found = getattr(ours, column), getattr(theirs, column)[place]
        assert found == pytest.approx(given_, abs=0.02, nan_ok=True)


@settings(max_examples=8, deadline=None)
@given(extra=st.integers(1, 40), unit=st.integers(-1, 6), ties=st.integers(0, 30))
def test_people_without_results_whom_nobody_asked_change_nothing(site, extra, unit, ties):
    def longer(values, fill):
        return np.concatenate([values, np.full(extra, fill)])

    grown = replace(
        site,
        n_people=site.n_people + extra,
        unit=longer(site.unit, unit),
        nominations=longer(site.nominations, 0),
        degree=longer(site.degree, ties),
        score=longer(site.score, 5.0),
    )
    ours, theirs = read_pull(site, lot=1, draws=50), read_pull(grown, lot=1, draws=50)
    assert np.array_equal(ours.candidate, theirs.candidate)
    assert np.array_equal(ours.median, theirs.median, equal_nan=True)
    assert (ours.draws.pull == theirs.draws.pull).all()


def test_cut_into_clusters_the_centre_is_the_same_and_the_intervals_hardly_others(site):
    variances = Variances()
    whole = fast_fit(design_of(site, widest=10**9), variances, learn=False)
    parts = fast_fit(design_of(site, widest=25), variances, learn=False)
    assert whole.design.n_clusters == 1
    assert parts.design.n_clusters > 2
    one, other = whole.local[whole.design.asker_place], parts.local[parts.design.asker_place]
    assert other == pytest.approx(one, abs=0.02)
    sure, surer = (local_variance(fit.precision)[fit.design.asker_place] for fit in (whole, parts))
    assert surer == pytest.approx(sure, rel=0.1)


def test_eighty_per_cent_intervals_hold_about_eighty_per_cent_of_the_hidden_truth():
    inside = []
    for seed in range(6):
        world = workplace(50 + seed, cherry_picking=1.5)
        draws = read_pull(world.records(tests=5), lot=seed, draws=300).draws
        low, high = np.quantile(draws.pull, (0.1, 0.9), axis=1)
        truth = world.pull[draws.asker]
        inside.append(np.mean((low <= truth) & (truth <= high)))
    assert 0.72 < np.mean(inside) < 0.88
