"""What was seen and said in a campaign, as arrays: ties, nominations, who asked whom, who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from commonweal.common.rows import rows_of
from commonweal.leaders.writes.reading.roll import Ints, Roll
from commonweal.people.models import Ask, Assessment, BareYes, Nomination, Occasion, Tie
from commonweal.people.words import DIRECTED_TIES, Outcome

CLOSE_KINDS = frozenset({"friend", "kin", "shares_ride", "godparent"})
"""Two nominators bound like this speak with one voice when their voices are counted apart."""
OPPOSED = ("4", "5")


@dataclass
class TieRows:
    """One row a tie that holds now; `from_` may turn to `to` (and back, unless directed)."""

    from_: Ints
    to: Ints
    strength: NDArray[np.float64]
    directed: NDArray[np.bool_]
    close: NDArray[np.bool_]


@dataclass
class NominationRows:
    """One row for each nominator, nominee and question."""

    nominator: Ints
    nominee: Ints
    question: NDArray[np.str_]


@dataclass
class AskRows:
    """One row for each ask seen: occasion number, asker (-1 unknown), asked, outcome; and one for each bare yes."""

    occasions: list[Any]
    names: list[str]
    occasion: Ints
    asker: Ints
    asked: Ints
    outcome: NDArray[np.str_]
    yes_occasion: Ints
    yes_person: Ints


def _standing() -> Q:
    """Rows that nothing replaced and nobody withdrew."""
    return Q(replaced_by=None, withdrawn=False)


def ties_of(roll: Roll, at: datetime) -> TieRows:
    """The ties between people of the roll that hold on the day."""
    rows = Tie.objects.filter(_standing()).filter(Q(until=None) | Q(until__gte=at.date()))
    number = roll.number
    one, other, strength, kinds = [], [], [], []
    for person, towards, force, kind in rows_of(
        rows.order_by().values_list("person_id", "other_id", "strength", "kind")
    ):
        a, b = number.get(person), number.get(towards)
        if a is not None and b is not None:
            one.append(a)
            other.append(b)
            strength.append(force)
            kinds.append(kind)
    kind = np.array(kinds, dtype=np.str_)
    return TieRows(
        np.array(one, dtype=np.int64),
        np.array(other, dtype=np.int64),
        np.array(strength, dtype=np.float64),
        np.isin(kind, list(DIRECTED_TIES)),
        np.isin(kind, list(CLOSE_KINDS)),
    )


def nominations_of(roll: Roll) -> NominationRows:
    """Who, of the campaign's people, names whom; people from outside who are named join the roll."""
    rows = list(
        rows_of(
            Nomination.objects.filter(_standing())
            .order_by("nominator_id", "nominee_id", "question")
            .values_list("nominator_id", "nominee_id", "question")
            .distinct()
        )
    )
    own = roll.number
    rows = [row for row in rows if own.get(row[0], roll.n_own) < roll.n_own]
    roll.admit(nominee for _nominator, nominee, _question in rows)
    rows = [row for row in rows if row[1] in roll.number]
    return NominationRows(
        np.array([roll.number[row[0]] for row in rows], dtype=np.int64),
        np.array([roll.number[row[1]] for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows], dtype=np.str_),
    )


def asks_of(roll: Roll) -> AskRows:
    """Every ask whose answer somebody looked for, and every bare yes, of the campaign's people, oldest first.

    An asker from outside the campaign joins the roll; one who was forgotten or merged counts as unknown.
    """
    own, n_own = roll.number, roll.n_own
    asks = [
        row
        for row in rows_of(
            Ask.objects.filter(_standing())
            .order_by("occasion__on", "occasion_id", "entered_at", "id")
            .values_list("occasion_id", "asker_id", "asked_id", "outcome")
        )
        if own.get(row[2], n_own) < n_own
    ]
    yeses = [
        row
        for row in rows_of(BareYes.objects.filter(_standing()).order_by().values_list("occasion_id", "person_id"))
        if own.get(row[1], n_own) < n_own
    ]
    roll.admit(row[1] for row in asks if row[1] is not None)
    held = {row[0] for row in asks} | {row[0] for row in yeses}
    occasions, names = [], []
    for occasion, name in rows_of(Occasion.objects.order_by("on", "name").values_list("pk", "name")):
        if occasion in held:
            occasions.append(occasion)
            names.append(name)
    place = {occasion: number for number, occasion in enumerate(occasions)}
    number = roll.number
    return AskRows(
        occasions,
        names,
        np.array([place[row[0]] for row in asks], dtype=np.int64),
        np.array([number.get(row[1], -1) for row in asks], dtype=np.int64),
        np.array([number[row[2]] for row in asks], dtype=np.int64),
        np.array([row[3] for row in asks], dtype=np.str_),
        np.array([place[row[0]] for row in yeses], dtype=np.int64),
        np.array([number[row[1]] for row in yeses], dtype=np.int64),
    )


def opposed_of(roll: Roll) -> NDArray[np.bool_]:
    """Who, by the latest word on her, said no or works against."""
    opposed = np.zeros(roll.n, dtype=np.bool_)
    rows = Assessment.objects.filter(_standing()).order_by("on", "entered_at", "id").values_list("person_id", "stance")
    for person, stance in rows_of(rows):
        number = roll.number.get(person)
        if number is not None:
            opposed[number] = stance in OPPOSED
    return opposed


KNOWN = (Outcome.DID.value, Outcome.DID_NOT.value)
