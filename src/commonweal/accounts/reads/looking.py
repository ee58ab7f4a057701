"""How many people the pages of an account have shown in the last hour, and who showed up with many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from commonweal.accounts.models import Account, Looking
from commonweal.accounts.words import Role
from commonweal.common.distinct import DARK, how_many, is_lit, laid_over
from commonweal.ledger.models import Entry
from commonweal.people.models import Person

HOUR, TEN_MINUTES = timedelta(hours=1), timedelta(minutes=10)
ALARM, ANSWER = "looked_at_many", "saw_alarms"
SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Shown:
    """Whom the pages of an account showed in the last hour, and when somebody new was last among them."""

    named: bytes = DARK
    opened: bytes = DARK
    latest_at: datetime | None = None
    reported: bool = False

    def not_named(self, ids: Iterable[UUID]) -> list[UUID]:
        """Those of the ids that no page named."""
        return [one for one in ids if not is_lit(self.named, one)]

    def not_opened(self, ids: Iterable[UUID]) -> list[UUID]:
        """Those of the ids whose own pages were not opened."""
        return [one for one in ids if not is_lit(self.opened, one)]

    @property
    def names(self) -> int:
        return how_many(self.named)

    @property
    def records(self) -> int:
        return how_many(self.opened)


def shown_lately(account: UUID, at: datetime) -> Shown:
    """What the last hour showed an account, to the ten minutes; one query by its index, of seven rows at most."""
    rows = list(Looking.objects.filter(account=account, begun_at__gt=at - HOUR - TEN_MINUTES, begun_at__lte=at))
    if not rows:
        return Shown()
    return Shown(
        laid_over(*(bytes(row.named) for row in rows)),
        laid_over(*(bytes(row.opened) for row in rows)),
        max(row.latest_at for row in rows),
        any(row.reported for row in rows),
    )


def people_among(ids: Iterable[UUID]) -> set[UUID]:
    """Those of the ids by which a page names a person; it names units and campaigns by such ids too."""
    asked = list(ids)
    return set(Person.objects.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()


def alarms(at: datetime) -> list[Entry]:
    """The times in the last thirty days that an account looked at many, the newest first."""
    return list(Entry.objects.filter(verb=ALARM, at__gt=at - SHOWN_FOR).order_by("-number")[:100])


def alarms_for(account: Account, at: datetime) -> list[Entry]:
    """Those of them that no administrator other than the one they are about has answered yet. An answer
    covers all that came before it; whoever administers alone answers her own."""
    waiting = alarms(at)
    if not waiting or not account.may_administer:
        return []
    alone = not Account.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=account.pk).exists()
    answers = list(
        Entry.objects.filter(verb=ANSWER, number__gt=waiting[-1].number).values_list("number", "actor", "facts")
    )
    return [
        one
        for one in waiting
        if not any(
            number > one.number and (actor != one.actor or facts.get("alone")) for number, actor, facts in answers
        )
        and (one.actor != account.pk or alone)
    ]
