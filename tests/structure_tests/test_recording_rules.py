"""Ladders, states, codes, verdicts of several recorders, ballots and tables of outcomes, judged without a database."""

import itertools
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.structure_tests.rules.ballots import gives_some_away, may_count_yes, may_name
from commonweal.structure_tests.rules.codes import check_digit, code_of, letters_of, read_code
from commonweal.structure_tests.rules.eligibility import asker_of
from commonweal.structure_tests.rules.ladders import LADDERS, Step, check_ladders
from commonweal.structure_tests.rules.marks import NOTHING, Seen, seen_within, verdict
from commonweal.structure_tests.rules.outcome_files import Columns, columns_of, outcome_of
from commonweal.structure_tests.rules.states import ALLOWED, NEXT, check_table, may, state_after

BEGAN = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
ANA, BO = UUID(int=1), UUID(int=2)
TEST = UUID("3f2b8c1e-5d7a-4f60-9b1c-2a7d9e4c5b61")


def seen(
    number: int, by: UUID, outcome: str, hour: float, *, received: float | None = None, settles: bool = False
) -> Seen:
    at = BEGAN + timedelta(hours=hour)
    arrived = at if received is None else BEGAN + timedelta(hours=received)
    return Seen(UUID(int=number), by, outcome, None, False, at, arrived, settles)


# ── Several recorders ───────────────────────────────────────────────────────────────────────────


def test_nothing_recorded_says_nothing():
    assert verdict([]) == NOTHING


def test_of_one_recorder_the_mark_made_last_counts():
    assert verdict([seen(1, ANA, "did", 2), seen(2, ANA, "did_not", 1)]).outcome == "did"


def test_two_who_differ_are_contested_and_nothing_is_known():
    found = verdict([seen(1, ANA, "did", 1), seen(2, BO, "did_not", 2)])
    assert (found.outcome, found.contested) == ("unknown", True)


def test_two_who_agree_are_not_contested():
    found = verdict([seen(1, ANA, "did", 1), seen(2, BO, "did", 2)])
    assert (found.outcome, found.contested) == ("did", False)


def test_a_settlement_outweighs_all_before_it():
    marks = [seen(1, ANA, "did", 1), seen(2, BO, "did_not", 2), seen(3, ANA, "did_not", 3, settles=True)]
    assert verdict(marks)[:4:3] == ("did_not", False)


def test_a_mark_made_before_the_settlement_that_arrives_after_it_changes_nothing():
    marks = [seen(3, ANA, "did_not", 3, settles=True), seen(4, BO, "did", 2, received=5)]
    assert verdict(marks).contested is False


def test_a_mark_made_after_the_settlement_by_somebody_else_is_contested_again():
    assert verdict([seen(3, ANA, "did_not", 3, settles=True), seen(4, BO, "did", 4)]).contested


def test_who_takes_her_mark_back_leaves_the_other_alone():
    marks = [seen(1, ANA, "did", 1), seen(2, BO, "did_not", 2), seen(3, ANA, "", 3)]
    assert verdict(marks)[:4:3] == ("did_not", False)


outcomes = st.sampled_from(["did", "did_not", "could_not", "unknown", ""])
some_marks = st.lists(
    st.builds(
        lambda by, outcome, hour, late, settles: (by, outcome, hour, hour + late, settles),
        st.sampled_from([ANA, BO, UUID(int=3)]), outcomes, st.integers(0, 5), st.integers(0, 3), st.booleans(),
    ),
    max_size=6,
)  # fmt: skip


@given(some_marks, st.randoms())
def test_marks_end_alike_in_whatever_order_they_arrive_and_however_often(rows, dice):
    marks = [
        seen(number, by, outcome, hour, received=received, settles=settles and bool(outcome))
        for number, (by, outcome, hour, received, settles) in enumerate(rows, 1)
    ]
    expected = verdict(marks)
    shuffled = list(marks)
    dice.shuffle(shuffled)
    assert verdict(shuffled) == expected
    assert expected.contested == (len({mark.outcome for mark in expected.standing}) > 1)
    assert len({mark.by for mark in expected.standing}) == len(expected.standing)


def test_a_clock_is_held_between_the_opening_and_the_receipt():
    now = BEGAN + timedelta(hours=5)
    for said, kept in ((None, now), (BEGAN - timedelta(1), BEGAN), (now + timedelta(1), now)):
        assert seen_within(said, BEGAN, now) == kept


# ── Line codes ──────────────────────────────────────────────────────────────────────────────────


def test_a_code_is_read_as_it_was_written_however_it_is_typed():
    code = code_of(TEST, 147)
    assert code == f"{letters_of(TEST)}-0147-{check_digit(TEST, 147)}"
    for typed in (code, code.lower(), code.replace("-", ""), code[3:], f" {code.replace('-', ' – ')} "):
        read = read_code(TEST, typed)
        assert read is not None
        assert (read.line, read.fits) == (147, True)


@given(st.integers(1, 99_999), st.data())
def test_every_wrong_digit_and_every_two_that_changed_places_are_caught(line, data):
    digits = code_of(TEST, line)[3:].replace("-", "")
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([one for one in "0123456789" if one != digits[place]]))
    mistyped = [digits[:place] + other + digits[place + 1 :]]
    if place + 1 < len(digits) and digits[place] != digits[place + 1]:
        mistyped.append(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])
    for typed in mistyped:
        read = read_code(TEST, typed)
        assert read is None or not read.fits


@pytest.mark.parametrize("typed", ["", "K", "KKK-0147-7", "0", "1", "14 people", "99999999999", "0000-0"])
def test_what_is_no_code_is_none(typed):
    assert read_code(TEST, typed) is None


def test_a_line_of_another_test_hardly_ever_fits():
    others = [UUID(int=TEST.int + step) for step in range(1, 1001)]
    fitting = sum(read_code(TEST, code_of(other, 147)[3:]).fits for other in others)
    assert fitting < 150  # one in ten by chance; with its letters none at all
    same_letters = [other for other in others if letters_of(other) == letters_of(TEST)]
    assert len(same_letters) <= 3


# ── Ladders, states, ballots, eligibility ───────────────────────────────────────────────────────


def test_the_ladders_end_with_the_hardest_act():
    for steps in LADDERS.values():
        assert steps[0].kind in {"issue_card", "meeting"}
    assert [steps[-1].kind for steps in LADDERS.values()] == ["strike", "strike", "delegation"]


@pytest.mark.parametrize(
    "steps",
    [(), (Step("petition", "a"), Step("button", "a")), (Step("petition", "a", 0.5, 0.6),), (Step("x", "a", 2),)],
)
def test_a_ladder_that_cannot_be_is_refused_at_loading(steps):
    with pytest.raises(ValueError, match="odd"):
        check_ladders({"odd": steps})


def test_a_test_opens_once_and_closes_once():
    assert [state_after(step, state) for state in NEXT for step in ("open", "close")] == [
        "open", None, None, "closed", None, None,
    ]  # fmt: skip


def test_after_closing_only_marks_are_taken():
    assert [act for act in ALLOWED if may(act, "closed")] == ["mark"]


@pytest.mark.parametrize(
    ("table", "allowed"),
    [
        ({"planned": {"open": "open"}, "open": {}}, {}),
        ({"planned": {"open": "open"}, "open": {"back": "planned"}, "closed": {}}, {}),
        ({"planned": {"open": "open"}, "open": {}, "closed": {}}, {}),
        (NEXT, {"fly": frozenset()}),
    ],
)
def test_a_table_of_states_that_leads_nowhere_is_refused_at_loading(table, allowed):
    with pytest.raises(ValueError, match=r".+"):
        check_table(table, allowed)


def test_of_a_strike_vote_nobody_is_named_unless_turnout_is_lawful():
    assert [may_name("strike_vote", False), may_name("strike_vote", True), may_name("petition", False)] == [
        False,
        True,
        True,
    ]


def test_yeses_of_fewer_than_ten_are_kept_for_all_together_only():
    assert [may_count_yes(9, False), may_count_yes(10, False), may_count_yes(3, True)] == [False, True, True]


def test_what_is_left_beside_the_counted_units_must_hide_somebody_too():
    assert gives_some_away([(11, 8)], (15, 12))
    assert not gives_some_away([(11, 8)], (21, 12))
    assert not gives_some_away([(11, 8), (4, None), (6, None)], (21, 12))
    assert not gives_some_away([(11, 8), (10, 3)], (21, 11))  # nobody is left


@pytest.mark.parametrize(
    ("standing", "chosen", "leader", "asker"),
    [("eligible", None, BO, BO), ("eligible", ANA, BO, ANA), ("leave", ANA, BO, None), ("eligible", None, None, None)],
)
def test_nobody_is_sent_to_ask_somebody_who_cannot(standing, chosen, leader, asker):
    assert asker_of(standing, chosen, leader) == asker


# ── Tables of outcomes ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cell", "outcome"),
    [("yes", "did"), ("Sí", "did"), ("1.0", "did"), ("No.", "did_not"), ("couldn’t", "could_not"), ("no pudo", "could_not"),
     ("Did_not", "did_not"), ("?", "unknown"), ("maybe", None), ("", None)],
)  # fmt: skip
def test_the_words_of_a_cell_mean_an_outcome_or_none(cell, outcome):
    assert outcome_of(cell) == outcome


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([["Code", "Name", "Outcome"]], Columns(0, True, 2, True)),
        ([["Resultado", "Número"]], Columns(1, False, 0, True)),
        ([["Número", "¿Quién la invitó?", "Resultado"]], Columns(0, False, 2, True, 1)),
        ([["KT-0147-7", "1"], ["KT-0148-5", "no"]], Columns(0, True, 1, False)),
        ([["a", "b"]], None),
        ([["only"]], None),
        ([], None),
    ],
)
def test_columns_are_known_by_their_titles_or_by_what_stands_in_them(rows, columns):
    assert columns_of(rows) == columns


def test_no_word_means_two_outcomes():
    from commonweal.structure_tests.rules.outcome_files import WORDS

    for one, other in itertools.combinations(WORDS.values(), 2):
        assert set(one).isdisjoint(other)
