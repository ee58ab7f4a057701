"""The two engines against each other, and both against slow, obvious sums."""

import itertools

import numpy as np
import pytest
from scipy import sparse
from scipy.special import expit, roots_hermitenorm

from commonweal.reckoning.pull import AskRecords, Variances, read_pull
from commonweal.reckoning.pull import spread as sureness
from commonweal.reckoning.pull.blocks import precision_of
from commonweal.reckoning.pull.design import design_of
from commonweal.reckoning.pull.fast import fast_fit
from commonweal.reckoning.pull.polya_gamma import polya_gamma
from commonweal.reckoning.worlds import workplace

POINTS = 1.5


@pytest.fixture(scope="module")
def small_site():
    return workplace(11, units=4).records(tests=4)


def test_fast_and_exact_agree_within_the_stated_tolerance(small_site):
    variances = Variances(readiness=0.9, unit=0.25, shock=0.2, pull=0.4)
    fast = read_pull(small_site, lot=1, variances=variances)
    exact = read_pull(small_site, lot=1, draws=600, engine="exact", variances=variances)
    shown = ~np.isnan(fast.median)
    assert shown.sum() > 8
    for column in ("median", "low", "high"):
        apart = np.abs(getattr(fast, column) - getattr(exact, column))[shown]
        assert apart.mean() < POINTS
    assert np.corrcoef(fast.median[shown], exact.median[shown])[0, 1] > 0.99
    assert fast.difficulty == pytest.approx(exact.difficulty, abs=0.15)


def test_the_exact_engine_finds_the_posterior_that_brute_force_integration_finds():
    """One asker, two people, one test: every integral can be done on a grid."""
    records = AskRecords(
        person=[1, 2, 3], test=[0, 0, 0], asker=[0, 0, -1], came=[1, 1, 0], n_people=4, n_tests=1,
        unit=[-1] * 4, test_order=[0], nominations=[0] * 4, degree=[0] * 4,
    )  # fmt: skip
    variances = Variances(readiness=0.5, unit=0.3, shock=0.3, pull=0.6)
    reading = read_pull(records, lot=1, draws=2500, engine="exact", variances=variances)
    mean, deviation = _brute_force(records, variances)
    pull = reading.draws.pull[0]
    assert pull.mean() == pytest.approx(mean, abs=0.15)
    assert pull.std() == pytest.approx(deviation, rel=0.08)
    fast = read_pull(records, lot=1, draws=10, variances=variances)
    assert fast.draws.pull.shape == (1, 10)


def _brute_force(records: AskRecords, variances: Variances) -> tuple[float, float]:
    """Mean and deviation of the asker's pull: a sum over difficulty, pull and what is known of people."""
    design = design_of(records)
    about = design.about_person[design.row_member]
    nodes, masses = roots_hermitenorm(31)
    masses = masses / masses.sum()
    # Pull is its own part plus the worth of "being an asker" (variance 4); the other columns are zero here.
    used = [k for k in range(about.shape[1]) if np.abs(about[:, k]).max() > 0]
    pulls = nodes * np.sqrt(variances.pull + 4.0)
    worth = np.sqrt(4.0) * np.array(list(itertools.product(*[roots_hermitenorm(15)[0]] * len(used))))
    weights = roots_hermitenorm(15)[1] / roots_hermitenorm(15)[1].sum()
    weight = np.prod(np.array(list(itertools.product(*[weights] * len(used)))), axis=1)
    total = np.zeros(len(pulls))
    for difficulty, mass in zip(3.0 * nodes, masses, strict=True):
        at = np.ones((len(pulls), len(worth)))
        for row in range(3):
            gain = pulls if records.asker[row] >= 0 else np.zeros(len(pulls))
            middle = gain[:, None] + worth @ about[row, used] - difficulty
            spread = middle[..., None] + np.sqrt(variances.readiness) * nodes
            chance = expit(spread) @ masses
            at *= chance if records.came[row] else 1 - chance
        total += mass * (at @ weight)
    total *= masses
    total /= total.sum()
    mean = total @ pulls
    return float(mean), float(np.sqrt(total @ pulls**2 - mean**2))


def test_the_blocks_equal_a_dense_inversion(small_site):
    design = design_of(small_site)
    variances = Variances()
    weight = np.random.default_rng(3).uniform(0.05, 0.25, len(design.came))
    precision = precision_of(design, weight, variances)
    dense = _dense_precision(design, weight, variances)
    people = len(design.member)
    inverse = np.linalg.inv(dense)
    rows = _dense_rows(design)
    assert sureness.row_variance(precision) == pytest.approx(np.einsum("ij,jk,ik->i", rows, inverse, rows), rel=1e-8)
    assert sureness.local_variance(precision) == pytest.approx(
        np.diag(inverse)[people : people + design.n_local], rel=1e-8
    )
    pseudo = np.random.default_rng(4).normal(size=len(design.came))
    target, own = precision.target(pseudo)
    both = precision.solve(target, np.zeros_like(target))
    found = np.concatenate([precision.readiness(own, both), both])
    assert found == pytest.approx(inverse @ (rows.T @ pseudo), abs=1e-8)


def _dense_rows(design) -> np.ndarray:
    n = len(design.came)
    people = sparse.csr_array((np.ones(n), (np.arange(n), design.row_member)), shape=(n, len(design.member))).toarray()
    wide = np.zeros((n, design.n_global))
    wide[np.arange(n), design.row_test] = -1.0
    return np.hstack([people, design.touches.toarray(), wide])


def _dense_precision(design, weight, variances) -> np.ndarray:
    """The whole precision written down at once: rows, and one line per prior."""
    rows = _dense_rows(design)
    people, local = len(design.member), design.n_local
    known, tests = design.about_person.shape[1], design.n_tests
    lines, strengths = [rows.T @ (weight[:, None] * rows)], []
    beside = np.zeros((people, rows.shape[1]))
    beside[:, :people] = np.eye(people)
    beside[:, people + local + tests : people + local + tests + known] = -design.about_person
    strengths.append((beside, 1 / variances.readiness))
    for kind, variance in ((design.UNIT, variances.unit), (design.SHOCK, variances.shock)):
        line = np.eye(rows.shape[1])[people + np.flatnonzero(design.kind == kind)]
        strengths.append((line, 1 / variance))
    above = np.eye(rows.shape[1])[people + design.asker_place]
    above[:, people + local + tests + known :] = -design.about_asker
    strengths.append((above, 1 / variances.pull))
    wide = np.eye(rows.shape[1])[people + local :]
    strengths += [(wide[:tests], 1 / 9), (wide[tests:], 1 / 4)]
    return lines[0] + sum(strength * line.T @ line for line, strength in strengths)


def test_the_fit_is_where_its_own_slope_is_flat(small_site):
    variances = Variances()
    fit = fast_fit(design_of(small_site), variances, learn=False)
    design = fit.design
    nodes, masses = np.polynomial.hermite_e.hermegauss(7)
    likely = expit(fit.log_odds[:, None] + np.sqrt(fit.row_variance)[:, None] * nodes) @ (masses / masses.sum())
    centre = np.concatenate([fit.readiness, fit.local, fit.wide])
    prior = _dense_precision(design, np.zeros(len(design.came)), variances)
    slope = _dense_rows(design).T @ (design.came - likely) - prior @ centre
    assert np.abs(slope).max() < 0.02


@pytest.mark.parametrize("tilt", [0.0, 0.5, 2.0, 8.0])
def test_polya_gamma_draws_have_the_known_mean_and_variance(tilt):
    drawn = polya_gamma(np.random.default_rng(5), np.full(60_000, tilt))
    mean = 0.25 if tilt == 0 else np.tanh(tilt / 2) / (2 * tilt)
    variance = 1 / 24 if tilt == 0 else (np.sinh(tilt) - tilt) / (4 * tilt**3 * np.cosh(tilt / 2) ** 2)
    assert drawn.mean() == pytest.approx(mean, rel=0.02)
    assert drawn.var() == pytest.approx(variance, rel=0.05)


@pytest.mark.parametrize(
    "unit_of", [lambda person: person // 80, lambda person: 0 * person, lambda person: 0 * person - 1]
)
def test_a_place_too_wide_for_one_block_is_read_in_pieces_that_leave_hardly_anything_out(unit_of):
    """Asks go anywhere, in many units, in one, in none: what couples the pieces may not be dropped beside the border."""
    rng = np.random.default_rng(1)
    who, whom = rng.integers(0, 1_000, (2, 2_000))
    who, whom = who[who != whom], whom[who != whom]
    key, first = np.unique(whom * 5 + np.arange(len(who)) % 5, return_index=True)
    records = AskRecords(
        person=key // 5, test=key % 5, asker=who[first], came=rng.random(len(key)) < 0.5, n_people=1_000, n_tests=5,
        unit=unit_of(np.arange(1_000)), test_order=np.arange(5), nominations=[0] * 1_000, degree=[0] * 1_000,
    )  # fmt: skip
    cut, whole = (fast_fit(design_of(records, widest=widest), Variances(), learn=False) for widest in (None, 10**9))
    assert np.diff(cut.design.cut).max() <= 150 and whole.design.n_clusters == 1
    assert cut.log_odds == pytest.approx(whole.log_odds, abs=5e-3)
    for place_of in ("asker_place", "unit_place"):
        one, other = (sureness.local_variance(fit.precision)[getattr(fit.design, place_of)] for fit in (cut, whole))
        assert one == pytest.approx(other, rel=0.04)
