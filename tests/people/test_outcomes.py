"""Which of several outcomes of one person on one act counts."""

from commonweal.people.rules.outcomes import OUTCOMES, UNASKED, stronger
from commonweal.people.words import Outcome


def test_the_outcomes_are_those_of_an_ask_and_not_having_been_asked():
    assert {*OUTCOMES} == {*Outcome.values, UNASKED}
    assert len(OUTCOMES) == len({*OUTCOMES})


def test_of_two_outcomes_coming_counts_most_and_not_asked_least():
    for place, one in enumerate(OUTCOMES):
        assert [stronger(one, other) for other in OUTCOMES[place:]] == [one] * len(OUTCOMES[place:])
        assert [stronger(other, one) for other in OUTCOMES[place:]] == [one] * len(OUTCOMES[place:])
    assert stronger("did", "did_not") == stronger("did_not", "did") == "did"
    assert stronger("unknown", "could_not") == "could_not"
