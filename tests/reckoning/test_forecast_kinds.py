"""How big a step to a kind of test is: learnt from all steps seen, drawn together where few were, wide where none."""

import numpy as np
import pytest

from commonweal.reckoning.forecast import NO_STEPS, StepsSeen, step_between
from commonweal.reckoning.forecast.kinds import drawn_steps
from commonweal.reckoning.forecast.step import Place, next_difficulty

DRAWS = 4_000
TRUTH = {"petition": 0.2, "march": 0.7, "strike": 1.5}


def steps(*seen: tuple[str, float], variance: float = 0.01, length: float = 1.0) -> StepsSeen:
    kinds, sizes = zip(*seen, strict=True) if seen else ((), ())
    return StepsSeen(tuple(kinds), np.array(sizes), np.full(len(seen), variance), np.full(len(seen), length))


def step_to(kind: str, seen: StepsSeen, seed: int = 1, draws: int = DRAWS) -> np.ndarray:
    """Draws of the next step to a test of this kind."""
    rng = np.random.default_rng(seed)
    found = drawn_steps(seen, np.zeros((0, 0)), [kind], rng, draws)
    more, spread = found.of_kind(kind)
    return np.asarray(found.mean + more + spread * rng.standard_normal(draws))


def campaigns(rng: np.random.Generator, number: int, spread: float = 0.25) -> StepsSeen:
    """So many steps to each kind of the truth, each known but for a little."""
    return steps(*((kind, rng.normal(mean, spread)) for kind, mean in TRUTH.items() for _ in range(number)))


@pytest.mark.parametrize("kind", TRUTH)
def test_kinds_that_were_seen_often_are_found_again(kind):
    drawn = step_to(kind, campaigns(np.random.default_rng(2), 30))
    assert np.median(drawn) == pytest.approx(TRUTH[kind], abs=0.15)
    assert drawn.std() == pytest.approx(0.25, abs=0.08)


def test_a_kind_never_seen_is_taken_for_any_step_and_is_the_widest_of_all():
    seen = campaigns(np.random.default_rng(2), 8)
    unseen = step_to("picket", seen)
    low, high = np.quantile(unseen, (0.1, 0.9))
    assert low < min(TRUTH.values()) + 0.2 and high > 1.2
    assert unseen.std() > 1.5 * max(step_to(kind, seen).std() for kind in TRUTH)


def test_a_kind_seen_once_lies_between_what_was_seen_and_the_usual_step():
    usual = [("petition", size) for size in (0.4, 0.5, 0.3, 0.45, 0.5, 0.35)]
    never = np.median(step_to("strike", steps(*usual)))
    once = np.median(step_to("strike", steps(*usual, ("strike", 1.6))))
    often = np.median(step_to("strike", steps(*usual, *[("strike", 1.6)] * 5)))
    assert never + 0.05 < once < often - 0.05 < 1.6


def test_a_step_that_is_badly_known_teaches_its_kind_less():
    usual = steps(*[("petition", 0.4)] * 5)
    sharp = np.median(step_to("strike", usual.and_(steps(("strike", 1.6), variance=0.01))))
    vague = np.median(step_to("strike", usual.and_(steps(("strike", 1.6), variance=4.0))))
    assert vague < sharp - 0.1


def test_where_every_kind_is_another_nothing_more_is_known_than_of_steps_as_such():
    sizes = (0.2, 0.9, 0.4, 0.7)
    apart = step_to("strike", steps(*zip("abcd", sizes, strict=True)), draws=40_000)
    plain = step_to("", steps(*(("", size) for size in sizes)), draws=40_000)
    assert np.median(apart) == pytest.approx(np.median(plain), abs=0.02)
    assert plain.std() < apart.std() < 1.2 * plain.std()


def test_what_is_learnt_equals_a_slow_weighing_of_many_guesses():
    """Draw mean, spread, the part of kinds and the kinds from what was thought before; weigh by what was seen."""
    seen = [("march", 0.9), ("strike", 1.6), ("strike", 1.3), ("petition", 0.2), ("march", 0.5)]
    rng = np.random.default_rng(7)
    n = 400_000
    mean, spread = rng.normal(0.45, 0.3, n), np.abs(rng.normal(0, 0.8, n))
    part = rng.choice((0.1, 0.3, 0.5, 0.7, 0.9), n)
    kinds = {kind: spread * np.sqrt(part) * rng.standard_normal(n) for kind in ("march", "strike", "petition")}
    variance = spread**2 * (1 - part) + 0.04
    weight = np.zeros(n)
    for kind, size in seen:
        weight -= 0.5 * (size - mean - kinds[kind]) ** 2 / variance + 0.5 * np.log(variance)
    weight = np.exp(weight - weight.max())
    weight /= weight.sum()
    step = mean + kinds["strike"] + spread * np.sqrt(1 - part) * rng.standard_normal(n)
    centre = (weight * step).sum()
    drawn = step_to("strike", steps(*seen, variance=0.04), draws=60_000)
    assert drawn.mean() == pytest.approx(centre, abs=0.03)
    assert drawn.std() == pytest.approx(np.sqrt((weight * (step - centre) ** 2).sum()), rel=0.05)


@pytest.mark.parametrize("kind", ["seen", "unseen"])
def test_intervals_of_the_next_step_hold_four_times_in_five_where_kinds_differ(kind):
    held = []
    for seed in range(600):
        rng = np.random.default_rng(seed)
        between, within = rng.uniform(0.1, 0.6), rng.uniform(0.15, 0.45)
        mean, kinds = rng.normal(0.45, 0.3), {one: rng.normal(0, between) for one in ("a", "b", "c", "unseen")}
        kinds["seen"] = kinds["a"]
        rows = [(one, mean + kinds[one] + rng.normal(0, within) + rng.normal(0, 0.2)) for one in "aabbbc"]
        happened = mean + kinds[kind] + rng.normal(0, within)
        drawn = step_to("a" if kind == "seen" else kind, steps(*rows, variance=0.04), seed, draws=500)
        low, high = np.quantile(drawn, (0.1, 0.9))
        held.append(low <= happened <= high)
    assert 0.75 <= np.mean(held) <= 0.85


# ── What earlier tests show of their steps ──────────────────────────────────────────────────────


def two_tests(rng: np.random.Generator, step: float, *, units: int = 20, people: int = 30, day: float = 0.45):
    """How many of each unit came to two tests, where everybody is as unlike as in the invented workplaces."""
    ready = rng.normal(0, np.sqrt(1.75), (units, people)) + rng.normal(0, 0.5, (units, 1))
    came = [
        (rng.random(ready.shape) < 1 / (1 + np.exp(hard - ready - day * rng.standard_normal((units, 1))))).sum(1)
        for hard in (0.0, step)
    ]
    of = np.full(units, people)
    return came[0], of, came[1], of


@pytest.mark.parametrize("step", [0.0, 0.45, 1.6])
def test_how_many_came_to_two_tests_shows_the_step_between_them(step):
    found = [step_between(*two_tests(np.random.default_rng(seed), step)) for seed in range(200)]
    sizes, variances = np.array(found).T
    assert sizes.mean() == pytest.approx(step, abs=0.08)
    assert 0.72 <= np.mean(np.abs(sizes - step) <= 1.2816 * np.sqrt(variances)) <= 0.92


def test_one_unit_alone_shows_little_however_large():
    _, one = step_between([300], [1000], [200], [1000])
    _, many = step_between(*(np.full(20, count) for count in (15, 50, 10, 50)))
    assert one > 5 * many


def test_a_test_to_which_all_or_nobody_came_still_shows_a_step():
    size, variance = step_between([10, 12], [10, 12], [0, 0], [10, 12])
    assert np.isfinite([size, variance]).all() and size > 3


@pytest.mark.parametrize(
    "counts",
    [([], [], [], []), ([3], [2], [1], [2]), ([-1], [2], [1], [2]), ([0], [0], [0], [0]), ([1], [2, 3], [1], [2])],
)
def test_counts_that_cannot_be_are_refused(counts):
    with pytest.raises(ValueError, match="units|counts"):
        step_between(*counts)


def test_steps_that_do_not_fit_together_are_refused():
    with pytest.raises(ValueError, match="size"):
        StepsSeen(("a",), np.array([1.0, 2.0]), np.array([1.0]), np.array([1.0]))
    with pytest.raises(ValueError, match="variance"):
        StepsSeen(("a",), np.array([1.0]), np.array([-1.0]), np.array([1.0]))


# ── Where they count ────────────────────────────────────────────────────────────────────────────


def known(*difficulty: float) -> np.ndarray:
    noise = np.random.default_rng(1).normal(0, 1e-4, (len(difficulty), DRAWS))
    return (np.array(difficulty)[:, None] + noise).astype(np.float32)


def drawn(places: list[Place], kinds=("card", "petition", "button"), earlier: StepsSeen = NO_STEPS):
    orders = np.array([1.0, 2.0, 3.0])
    rng = np.random.default_rng(3)
    return next_difficulty(known(0.0, 0.4, 0.9), orders, places, rng, kinds=kinds, earlier=earlier)


def test_steps_of_other_campaigns_to_its_kind_make_the_next_test_harder():
    strikes = steps(*[("strike", 1.7)] * 6)
    here = drawn([Place(4.0, "strike")])
    there = drawn([Place(4.0, "strike")], earlier=strikes)
    assert np.median(there.size[0]) > np.median(here.size[0]) + 0.5
    assert (here.seen, there.seen) == ((0,), (6,))


def test_a_step_within_its_kind_is_a_step_as_such():
    strikes = steps(*[("strike", 1.7)] * 6)
    again = drawn([Place(4.0, "button")], earlier=strikes)
    assert again.seen == (0,)
    assert np.median(again.size[0]) < 1.2


def test_places_share_their_dice_and_a_higher_place_of_no_other_kind_is_harder():
    climb = drawn([Place(4.0), Place(5.0), Place(6.0)], kinds=())
    assert np.corrcoef(climb.size)[0, 2] > 0.9
    assert (np.diff(np.median(climb.size, axis=1)) > 0.2).all()


def test_beyond_three_steps_a_place_on_the_ladder_counts_by_half():
    climb = drawn([Place(6.0, "march"), Place(8.0, "strike"), Place(1000.0, "siege")])
    three, five, endless = np.median(climb.size, axis=1)
    assert five == pytest.approx(three * 4 / 3, rel=0.1)
    assert endless == pytest.approx(three * 5 / 3, rel=0.1)
