"""A small mill on top of the village: enough people, asks and names to read something from."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from commonweal.leaders.models import ListedLeader
from commonweal.people.models import Ask, ChainLink, Nomination, Occasion, Person, Tie
from tests.village import THEN, Village, person

LATER = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)


def hands(village: Village, number: int = 12) -> list[Person]:
    """People in weaving by day whom both Bo and Cleo know."""
    made = [person(f"Hand{place:02d} Weaver", village.weaving, village.day) for place in range(number)]
    for place, one in enumerate(made):
        for leader in (village.bo_person, village.cleo_person):
            tie(leader, one, f"tie:{leader.pk}:{place}")
    return made


def tie(one: Person, other: Person, source: str, strength: float = 0.6) -> Tie:
    """They are friends."""
    return Tie.objects.create(person=one, other=other, kind="friend", strength=strength, source=source, entered_at=THEN)


def occasion(village: Village, name: str, on: date) -> Occasion:
    """An act of the village's campaign."""
    return Occasion.objects.create(campaign=village.campaign, kind="button", name=name, on=on, source=f"hand:{name}")


def ask(of: Occasion, asker: Person | None, asked: Person, outcome: str) -> Ask:
    """An ask whose answer was seen."""
    return Ask.objects.create(
        occasion=of,
        asker=asker,
        asked=asked,
        outcome=outcome,
        source=f"ask:{of.pk}:{asked.pk}:{asker.pk if asker else ''}",
        entered_at=THEN,
    )


def names(nominator: Person, nominee: Person, question: str = "checks") -> Nomination:
    """Asked a question, the one names the other."""
    return Nomination.objects.create(
        nominator=nominator,
        nominee=nominee,
        question=question,
        source=f"name:{nominator.pk}:{nominee.pk}:{question}",
        entered_at=THEN,
    )


def walk_with(leader: Person, people: Iterable[Person], village: Village, since: datetime) -> None:
    """Those of the people who walk with nobody walk with a leader of the village's campaign."""
    for one in people:
        if not one.walks_with.filter(until=None).exists():
            ChainLink.objects.create(
                campaign=village.campaign,
                leader=leader,
                follower=one,
                since=since,
                why="claimed",
                source=f"hand:{one.pk}",
            )


def busy_mill(village: Village) -> list[Person]:
    """Three acts: Bo's people came, Cleo's did not; four hands name Bo."""
    people = hands(village)
    for number in range(3):
        act = occasion(village, f"Act {number}", date(2026, 2, 1 + number))
        for place, one in enumerate(people):
            asker = village.bo_person if place % 2 else village.cleo_person
            ask(act, asker, one, "did" if place % 2 else "did_not")
    for one in people[:4]:
        names(one, village.bo_person)
    return people


def listed(village: Village, who: Person, stage: str = "won") -> ListedLeader:
    """Somebody who is on the list."""
    return ListedLeader.objects.create(
        campaign=village.campaign, person=who, stage=stage, listed_at=THEN, stage_since=THEN
    )


class Silent:
    """A report to nobody."""

    def step(self, done: int, total: int) -> None:
        assert done <= total
