"""Judgements on plain values: which copy of a draft counts, what is not known of somebody, our prompts."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from commonweal.listening.rules.drafts import MOST_LETTERS, Copy, Verdict, verdict
from commonweal.listening.rules.gaps import Known, gaps
from commonweal.listening.rules.prompts import OURS
from commonweal.listening.rules.typed import Typed, typed_from
from commonweal.listening.words import Step

TODAY = date(2026, 3, 2)
WELL_KNOWN = Known(
    stance="2", walks_not=False, named=3, belongs=1, languages=1, placed=True, talked_on=TODAY, next_test_on=None,
    open_promises=0,
)  # fmt: skip


def test_a_page_opened_after_the_last_change_is_taken_and_an_older_one_is_not() -> None:
    last = Copy("laptop", 7)
    assert verdict(opened_at=4, version=4, came=Copy("phone", 1), last=last) is Verdict.TAKE
    assert verdict(opened_at=3, version=4, came=Copy("phone", 1), last=last) is Verdict.CONFLICT
    assert verdict(opened_at=3, version=4, came=Copy("", -1), last=Copy("", -1)) is Verdict.CONFLICT


@given(some.lists(some.integers(1, 50), min_size=1, max_size=30))
def test_whatever_order_the_network_brings_the_newest_of_one_page_stands(sent: list[int]) -> None:
    last = Copy("", 0)
    for number in sent:
        came = Copy("phone", number)
        if verdict(opened_at=0, version=0 if last.page == "" else 9, came=came, last=last) is Verdict.TAKE:
            last = came
    assert last.sent == max(sent)


@given(
    some.dictionaries(some.text(max_size=12), some.lists(some.text(max_size=40), max_size=3), max_size=6),
    some.lists(some.tuples(some.sampled_from(["named:faces", "tie:kin"]), some.uuids()), max_size=5),
)
def test_a_draft_comes_back_as_it_was_sealed(fields: dict[str, list[str]], people: list[tuple[str, object]]) -> None:
    typed = Typed().with_fields(fields.items(), Copy("p", 1))
    for how, person in people:
        typed = typed.mentioning(how, person=person, name="", unit=None)  # type: ignore[arg-type]
    typed = typed.belonging("choir", "Sunday choir", "member")
    assert typed_from(typed.as_text()) == typed


def test_of_far_too_much_the_beginning_is_kept_and_what_nobody_types_is_not() -> None:
    typed = Typed().with_fields([("opened", ["a\x00b" + "c" * 2 * MOST_LETTERS]), ("hope", ["later"])], Copy("", 0))
    assert typed.first("opened").startswith("abc") and len(typed.first("opened")) == MOST_LETTERS
    assert typed.first("hope") == ""


def test_a_mention_keeps_its_number_when_another_goes() -> None:
    typed = Typed().mentioning("named:faces", person=None, name="A", unit=None)
    typed = typed.mentioning("named:faces", person=None, name="B", unit=None).without(1)
    typed = typed.mentioning("named:faces", person=None, name="C", unit=None)
    assert [(one.number, one.name) for one in typed.people] == [(2, "B"), (3, "C")]
    assert typed.mentioning("named:faces", person=None, name="C", unit=None) == typed


def test_of_somebody_well_known_nothing_is_missing() -> None:
    assert gaps(WELL_KNOWN, TODAY) == ()


def test_what_is_missing_comes_with_the_weightiest_first() -> None:
    stranger = Known(
        stance="", walks_not=False, named=0, belongs=0, languages=0, placed=False, talked_on=None,
        next_test_on=TODAY + timedelta(days=14), open_promises=1,
    )  # fmt: skip
    assert gaps(stranger, TODAY) == ("promise", "first", "test", "stance", "names", "belongs", "placed", "languages")


def test_every_step_has_prompts_in_every_language_we_came_with() -> None:
    for language, steps in OURS.items():
        assert list(steps) == list(Step.values), language
        assert all(steps.values()) and all(said[0].hint for said in steps.values())
