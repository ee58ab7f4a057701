"""What was promised and is due, within a scope."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.common.doors import SignedIn
from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.listening.models import Promise
from commonweal.listening.permissions import known_to, reads_words, seen_to_by
from commonweal.listening.words import PromiseState, Whose
from commonweal.people.models import ContactPoint
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.people import inside, people_within

SHOWN = 200


@dataclass(frozen=True)
class Owed:
    """A promise with its person; `late` counts the days since it was due, `phone` is how to ring her."""

    promise: Promise
    person: Glance
    late: int
    words: bool
    phone: str = ""

    @property
    def ours(self) -> bool:
        return self.promise.whose == Whose.OURS


@dataclass(frozen=True)
class Due:
    """The open promises of one account by when they are due."""

    overdue: list[Owed]
    today: list[Owed]
    later: list[Owed]

    @property
    def now(self) -> list[Owed]:
        return [*self.overdue, *self.today]


def owed_by(scope: Scope, account: SignedIn, today: date) -> Due:
    """The open promises that this account sees to, the most overdue first; those without an account of their own,
    since somebody left, are everybody's whose scope covers them."""
    rows = Promise.objects.filter(seen_to_by(account), inside(scope, "person"), state=PromiseState.OPEN)
    found = with_people(scope, account, list(rows.order_by("due", "made_at")[:SHOWN]), today)
    return Due(
        [one for one in found if one.promise.due < today],
        [one for one in found if one.promise.due == today],
        [one for one in found if one.promise.due > today],
    )


def ended_lately(scope: Scope, account: SignedIn, today: date) -> list[Owed]:
    """The promises of this account that ended last."""
    rows = Promise.objects.filter(inside(scope, "person"), account=account.pk).exclude(state=PromiseState.OPEN)
    return with_people(scope, account, list(rows.order_by("-ended_at")[:20]), today)


def with_people(scope: Scope, account: SignedIn, rows: list[Promise], today: date) -> list[Owed]:
    """Promises with their people at a glance and the number to ring; four queries."""
    seen = glances(scope, (row.person_id for row in rows))
    points = ContactPoint.objects.filter(person__in=seen, kind="phone", stopped_at=None).order_by("preferred", "pk")
    numbers = {point.person_id: point for point in points}
    return [
        Owed(
            row,
            seen[row.person_id],
            (today - row.due).days,
            reads_words(account, row.account_id),
            str(numbers[row.person_id].value) if row.person_id in numbers else "",
        )
        for row in rows
        if row.person_id in seen
    ]


def promise_within(scope: Scope, account: SignedIn, promise: UUID) -> Promise:
    """A promise about somebody inside the scope; a leader's own alone. Raises NotYours."""
    rows = Promise.objects.filter(pk=promise, person__in=people_within(scope))
    found = known_to(account, rows).select_related("person").first()
    if found is None:
        raise NotYours
    return found
