"""Who talks and does not walk, found of many at once, is who is found so one by one."""

from datetime import date, timedelta

import pytest

from commonweal.people.models import Ask, Assessment, BareYes, Occasion
from commonweal.people.reads.support import support_of, window_of_place
from commonweal.people.reads.talkers import said_yes, talking_without_walking
from tests.village import THEN, Village, person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def act(name: str, kind: str = "button", days_ago: int = 30) -> Occasion:
    """An act so many days ago."""
    return Occasion.objects.create(kind=kind, name=name, on=TODAY - timedelta(days=days_ago), source=f"t:{name}")


def a_mill_that_talks(village: Village) -> list[object]:
    """People with every mixture of what is said, asked, missed, done and brought."""
    public, old, private = act("Button day"), act("Old march", "march_on_boss", 400), act("Cards", "issue_card")
    people = []
    for number in range(96):
        one = person(f"Talker {number}", village.weaving)
        people.append(one.pk)
        said, heard = number % 4, number // 4 % 6
        if said:
            days = 10 if said < 3 else 300
            stance = "1" if said % 2 else "3"
            Assessment.objects.create(
                person=one, stance=stance, on=TODAY - timedelta(days=days), source=f"s{number}", entered_at=THEN
            )
        outcome = ("did", "did_not", "could_not", "unknown", "did_not", "")[heard]
        on = (public, public, public, public, private, old)[heard]
        Ask.objects.create(
            occasion=on, asked=one, outcome=outcome or "did_not", source=f"a{number}", entered_at=THEN,
            withdrawn=number % 24 == 23,
        )  # fmt: skip
        if number >= 48:
            if number % 3 == 0:
                BareYes.objects.create(occasion=public, person=one, source=f"y{number}", entered_at=THEN)
            elif number % 3 == 1:
                other = person(f"Brought {number}", village.weaving)
                Ask.objects.create(
                    occasion=public, asker=one, asked=other, outcome="did", source=f"b{number}", entered_at=THEN
                )
    return people


def test_many_at_once_are_judged_as_each_is_alone(village: Village) -> None:
    people = a_mill_that_talks(village)
    one_by_one = support_of(people, TODAY)  # type: ignore[arg-type]
    window = window_of_place(TODAY)
    said = said_yes(people, window)  # type: ignore[arg-type]
    talks = talking_without_walking(people, said, window)  # type: ignore[arg-type]
    expected = {who for who, support in one_by_one.items() if support.talks_does_not_walk}
    assert talks == expected
    assert 0 < len(expected) < len(said) < len(people)


def test_who_was_never_asked_in_public_does_not_count_as_one_who_only_talks(village: Village) -> None:
    cleo = village.cleo_person
    Assessment.objects.create(person=cleo, stance="1", on=TODAY, source="s", entered_at=THEN)
    Ask.objects.create(occasion=act("Cards", "issue_card"), asked=cleo, outcome="did_not", source="a", entered_at=THEN)
    window = window_of_place(TODAY)
    assert said_yes([cleo.pk], window) == {cleo.pk}
    assert talking_without_walking([cleo.pk], {cleo.pk}, window) == set()
