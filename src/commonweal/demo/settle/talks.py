"""Six months of conversations: what was heard, asked and promised, and what people said of where they stand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np

from commonweal.accounts.models import Account
from commonweal.common.ids import new_id
from commonweal.demo import talks
from commonweal.demo.committee import BO, Committee
from commonweal.demo.hospital import DEPARTMENTS
from commonweal.demo.matters import MATTERS
from commonweal.demo.settle.doors import ADMINISTRATOR, COLLEAGUE, LEADER, ORGANIZER, organizer_of
from commonweal.demo.settle.hall import Hall, Rows
from commonweal.demo.staff import Invention
from commonweal.listening import models
from commonweal.listening.reads.mentions import source_of
from commonweal.listening.words import Answer, PromiseState, ReadyFor, Where, Whose
from commonweal.listening.writes.mentions import STANCE
from commonweal.people.models import Assessment, Occasion, Person, Placement

OLDEST, LATEST = 176, 2
HELD = {ORGANIZER.email: 125, COLLEAGUE.email: 85, ADMINISTRATOR.email: 16, LEADER.email: 9}
"""How many conversations each of the committee held."""
WARMER = {COLLEAGUE.email: 0.8}
"""Who hears more of a yes than was said, in logits."""
ANSWERS = {"1": "yes", "2": "alone", "3": "not_yet", "4": "no", "5": "no"}


def settle_talks(
    invention: Invention,
    committee: Committee,
    people: list[UUID],
    occasions: list[Occasion],
    language: str,
    lot: int,
    at: datetime,
) -> None:
    """Stores the conversations that the committee held, what came of them, and what waits to be done."""
    dice = np.random.default_rng([lot, 6])
    topics = models.Topic.objects.bulk_create(models.Topic(name=one.name[language]) for one in MATTERS)
    spanish = {pk: "es" in spoken for pk, spoken in Person.objects.values_list("pk", "languages")}
    unit = dict(Placement.objects.filter(main=True, until=None).values_list("person", "unit"))
    hall = Hall(
        invention, committee, people, occasions, topics, spanish, unit, language, at, np.random.default_rng([lot, 8])
    )
    rows = Rows()
    accounts = {account.email: account for account in Account.objects.filter(email__in=HELD)}
    for email, number in HELD.items():
        chosen = _whom(dice, hall, email, number)
        ages = LATEST + (OLDEST - LATEST) * dice.beta(1.0, 1.3, len(chosen))  # more of late
        days = np.sort(ages.astype(int))[::-1]
        for person, before in zip(chosen, days, strict=True):
            _hold(dice, hall, rows, accounts[email], int(person), int(before))
    _hurry(dice, hall, rows, accounts[ORGANIZER.email])
    rows.store()
    _put_off(dice, hall, accounts[ORGANIZER.email])
    _answered(hall, accounts[ADMINISTRATOR.email])


def _whom(dice: np.random.Generator, hall: Hall, email: str, number: int) -> list[int]:
    """With whom somebody talked: a leader with her own chain, the others mostly with those others name."""
    if email == LEADER.email:
        chain = hall.committee.chains[hall.committee.cast[BO]]
        return [int(one) for one in dice.choice(chain, min(number, len(chain)), replace=False)]
    unit = hall.invention.staff.unit
    own = {ORGANIZER.email: (0,), COLLEAGUE.email: (1,)}.get(email, (0, 1))
    known = np.array([one for one in sorted(hall.committee.stances) if organizer_of(int(unit[one])) in own])
    named = np.array([sum(nominee == one for _, nominee in hall.invention.nominations) for one in known])
    weight = 1.0 + named
    return [int(one) for one in dice.choice(known, number, replace=True, p=weight / weight.sum())]


def _hold(dice: np.random.Generator, hall: Hall, rows: Rows, account: Account, number: int, before: int) -> None:
    person, on = hall.people[number], (hall.at - timedelta(days=before)).date()
    tongue = hall.tongue(person)
    stance = _said_stance(dice, hall, number, WARMER.get(account.email, 0.0))
    coming = next((one for one in hall.occasions if one.on >= on), None)
    answer = ANSWERS[stance] if dice.random() < 0.85 else Answer.NOT_ASKED.value
    entered = hall.at - timedelta(days=before) + timedelta(hours=1)
    talk = models.Conversation(
        person_id=person,
        account=account,
        on=on,
        where=str(dice.choice(Where.values, p=[0.2, 0.35, 0.15, 0.2, 0.1])),
        minutes=int(dice.choice([15, 20, 25, 30, 40, 45, 60])),
        opened=hall.one(talks.OPENED[tongue]),
        cause=hall.one(talks.CAUSES[tongue]),
        hope=hall.one(talks.HOPES[tongue]),
        occasion=coming if answer != Answer.NOT_ASKED else None,
        asked_for="" if answer == Answer.NOT_ASKED else hall.one(talks.ASKED[tongue]),
        answer=answer,
        said=hall.one(talks.ANSWERED[answer][tongue]),
        objections=hall.one(talks.OBJECTIONS[tongue]) if dice.random() < 0.4 else "",
        next_on=None,
        entered_at=entered,
        entered_by=account.pk,
    )
    rows.conversations.append(talk)
    _issues(dice, hall, rows, talk, number, before)
    _make_ready(dice, hall, rows, talk, tongue)
    for whose, pool, chance in ((Whose.HERS, talks.HERS, 0.5), (Whose.OURS, talks.OURS, 0.4)):
        if dice.random() < chance:
            due = on + timedelta(days=int(dice.integers(2, 9)))
            what = hall.one(pool[hall.language if whose == Whose.OURS else tongue])
            rows.promises.append(_promise(talk, whose, what, due, *_ending(dice, hall, talk, due)))
    rows.assessments.append(_stated(dice, hall, talk, stance, tongue))


def _make_ready(dice: np.random.Generator, hall: Hall, rows: Rows, talk: models.Conversation, tongue: str) -> None:
    """For what she was made ready, and whether she rehearsed it."""
    for topic in dice.choice(ReadyFor.values[:-1], int(dice.integers(0, 3)), replace=False):
        rehearsed = bool(dice.random() < 0.6)
        how = hall.one(talks.REHEARSED[tongue]) if rehearsed else ""
        rows.inoculations.append(
            models.Inoculation(conversation=talk, ready_for=str(topic), rehearsed=rehearsed, how=how)
        )


def _stated(dice: np.random.Generator, hall: Hall, talk: models.Conversation, stance: str, tongue: str) -> Assessment:
    """Where she said she stands, with what showed it."""
    return Assessment(
        person_id=talk.person_id,
        stance=stance,
        basis="stated",
        reason=hall.one(talks.REASONS[stance][tongue]),
        on=talk.on,
        source=source_of(talk.pk, STANCE),
        entered_at=talk.entered_at,
        entered_by=talk.entered_by,
    )


def _issues(
    dice: np.random.Generator, hall: Hall, rows: Rows, talk: models.Conversation, number: int, before: int
) -> None:
    """One to three matters, those of her unit likelier, none before it was heard of at all."""
    here = DEPARTMENTS[hall.invention.staff.unit[number]].name
    weight = np.array([one.weight(here, before) for one in MATTERS])
    for place in dice.choice(len(MATTERS), int(dice.integers(1, 4)), replace=False, p=weight / weight.sum()):
        pool = MATTERS[place].sentences(here, hall.tongue(talk.person_id))
        rows.issues.append(
            models.Issue(
                conversation=talk,
                topic=hall.topics[place],
                said=hall.one(pool),
                unit_id=hall.unit[talk.person_id],
                on=talk.on,
            )
        )


def _said_stance(dice: np.random.Generator, hall: Hall, number: int, warmer: float) -> str:
    """What was heard of where she stands: mostly as she is, a little warmer than that."""
    warmth = hall.invention.staff.readiness[number] + 0.35 + warmer + dice.normal(0, 0.6)
    if hall.invention.staff.is_leader[number] and warmth > 0.4:
        return "1"
    return "2" if warmth > 0.5 else "3" if warmth > -0.9 else "4" if warmth > -2.4 else "5"


def _promise(
    talk: models.Conversation,
    whose: str,
    what: str,
    due: date,
    state: str = PromiseState.OPEN,
    ended_at: datetime | None = None,
) -> models.Promise:
    """Something that was promised in a conversation."""
    return models.Promise(
        person_id=talk.person_id,
        account=talk.account,
        conversation=talk,
        whose=whose,
        what=what,
        due=due,
        first_due=due,
        state=state,
        made_at=talk.entered_at,
        ended_at=ended_at,
    )


def _ending(dice: np.random.Generator, hall: Hall, talk: models.Conversation, due: date) -> tuple[str, datetime | None]:
    """How a promise stands and when it ended: what lies back is kept, mostly, or was let go."""
    if due >= (hall.at - timedelta(days=3)).date():
        return PromiseState.OPEN, None
    state = str(dice.choice(["kept", "not_kept", "dropped"], p=[0.74, 0.2, 0.06]))
    return state, min(hall.at, talk.entered_at + timedelta(days=6))


def _hurry(dice: np.random.Generator, hall: Hall, rows: Rows, account: Account) -> None:
    """What is due just now: two promises late, three today, three in the week; and whom to see again."""
    today = hall.at.date()
    recent = [talk for talk in rows.conversations if talk.account_id == account.pk][-12:]
    for order, (talk, days) in enumerate(zip(recent, (-2, -1, 0, 0, 0, 2, 4, 6), strict=False)):
        whose = Whose.HERS if order % 3 == 2 else Whose.OURS
        what = hall.one(talks.HERS[hall.tongue(talk.person_id)] if order % 3 == 2 else talks.OURS[hall.language])
        due = max(today + timedelta(days=days), talk.on)
        rows.promises.append(_promise(talk, whose, what, due))
    for talk, days in zip(recent[8:], (0, 1, 3), strict=False):
        talk.next_on = today + timedelta(days=days)


def _put_off(dice: np.random.Generator, hall: Hall, account: Account) -> None:
    """One conversation that waits, and why."""
    person = hall.people[hall.committee.cast["Marjorie Walsh"]]
    models.NotNow.objects.create(
        id=new_id(),
        person_id=person,
        account=account,
        until=(hall.at + timedelta(days=12)).date(),
        why=hall.one(talks.WAITS[hall.tongue(person)]),
        at=hall.at - timedelta(days=1),
    )


def _answered(hall: Hall, account: Account) -> None:
    """What the employer did in these months."""
    for before, kind, what in talks.MOVES[hall.language]:
        at = hall.at - timedelta(days=before)
        move = models.EmployerMove(on=at.date(), kind=kind, entered_at=at, entered_by=account.pk)
        move.what = what
        move.save(force_insert=True)
