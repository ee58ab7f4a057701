"""Questions to the ledger."""

from collections.abc import Callable, Collection, Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from commonweal.common.remembered import while_it_holds
from commonweal.ledger.models import Entry
from commonweal.ledger.rules import BEGINNING, entry_hash

PAGE = 50
FEW_ACTS = 40
"""So many acts at most are followed one by one to bring a count up to date."""
Answer = TypeVar("Answer")
KEPT_IN = "ledger-head"


@dataclass(frozen=True)
class Look:
    """On a day, an account opened somebody's record so many times."""

    day: date
    actor: UUID | None
    times: int


@dataclass(frozen=True)
class Head:
    """The end of the chain: the last entry's number and hash. Whoever keeps a copy can prove later
    that nothing up to it was changed or cut off."""

    number: int
    hash: str


@dataclass(frozen=True)
class Proof:
    """What going through the chain has shown: how far it holds, and the first entry that does not."""

    entries: int
    head: Head
    broken: int | None
    why: str

    @property
    def holds(self) -> bool:
        return self.broken is None and not self.why


def last_act(but: Collection[str] = ()) -> str:
    """The hash of the last entry that is neither a look nor one of these verbs; empty where nobody ever acted."""
    acts = Entry.objects.exclude(verb__in=sorted({"looked_at", *but})).order_by("-number")
    return acts.values_list("hash", flat=True).first() or ""


def while_nobody_acts(
    asked: Hashable,
    count: Callable[[], Answer],
    *,
    but: Collection[str] = (),
    amend: Callable[[Answer, list[Entry]], Answer | None] | None = None,
) -> Answer:
    """What `count` answers, or answered since the last act to the same `asked` (see `common/remembered.py`); one query.

    Every act is in the ledger in the same transaction as the change, so the answer is exact, not "as of an hour ago".
    `but`: verbs of acts that cannot change the answer; name one only where that is certain. `amend` makes the answer
    of now out of an earlier one and the few acts since, oldest first; None where it must be counted anew. It may be
    given an act whose effect it has counted before.
    """

    def brought_up(answer: Answer, was: str) -> Answer | None:
        acts = _acts_since(was, but)
        return amend(answer, acts) if amend is not None and acts else None

    return while_it_holds(asked, last_act(but), count, brought_up if amend is not None else None)


def _acts_since(was: str, but: Collection[str]) -> list[Entry]:
    """The acts after the one with this hash; none where it is unknown or they are many."""
    before = Entry.objects.filter(hash=was).values("number")
    acts = Entry.objects.exclude(verb__in=sorted({"looked_at", *but})).filter(number__gt=before[:1])
    found = list(acts.order_by("number")[: FEW_ACTS + 1])
    return found if len(found) <= FEW_ACTS else []


def kept_head() -> Head | None:
    """The last head that this machine's program wrote beside the database (see `writes.keep_head`); None without one."""
    try:
        number, _, written = (Path(settings.DATA) / KEPT_IN).read_text().strip().partition(":")
        return Head(int(number), written)
    except (OSError, ValueError):
        return None


def head_now() -> Head:
    """The head of the chain now; number 0 for an empty ledger."""
    last = Entry.objects.order_by("-number").values_list("number", "hash").first()
    return Head(*last) if last else Head(0, BEGINNING)


def entries(
    *,
    before: int | None = None,
    verb: str = "",
    actor: UUID | None = None,
    subject: UUID | None = None,
    most: int = PAGE,
) -> list[Entry]:
    """Entries, the newest first, older than number `before`, of one verb, actor or subject if given."""
    found: QuerySet[Entry] = Entry.objects.order_by("-number")
    if before is not None:
        found = found.filter(number__lt=before)
    if verb:
        found = found.filter(verb=verb)
    if actor is not None:
        found = found.filter(actor=actor)
    if subject is not None:
        found = found.filter(subject=subject)
    return list(found[:most])


def looks_at(person: UUID, *, most: int) -> list[Look]:
    """Who opened a person's record, by day and account, the newest day first."""
    rows = (
        Entry.objects.filter(subject=person, subject_kind="person", verb="looked_at")
        .annotate(day=TruncDate("at"))
        .values("day", "actor")
        .annotate(times=Count("number"))
        .order_by("-day", "actor")[:most]
    )
    return [Look(row["day"], row["actor"], row["times"]) for row in rows]


def prove(*, kept: Head | None = None, database: str = "default") -> Proof:
    """Goes through the whole chain, recomputing every hash; stops at the first entry that does not fit.

    With `kept`, a head that was written down earlier, it also shows that the chain still reaches
    and contains it: a tail that was cut off betrays itself. `database` names a copy to look through instead.
    """
    before, number, count = BEGINNING, 0, 0
    seen_kept = kept is None or kept.number == 0
    for entry in _all(database):
        count += 1
        why = _fault(entry, number, before)
        if why:
            return Proof(count - 1, Head(number, before), entry.number, why)
        number, before = entry.number, entry.hash
        if kept is not None and number == kept.number:
            if before != kept.hash:
                return Proof(count, Head(number, before), number, _("another entry stands where the kept head was"))
            seen_kept = True
    why = "" if seen_kept else _("the chain ends before the kept head")
    return Proof(count, Head(number, before), None if seen_kept else number + 1, why)


def _fault(entry: Entry, number: int, before: str) -> str:
    if entry.number != number + 1:
        return _("entries are missing before it")
    if entry.before != before:
        return _("it does not follow the entry before it")
    expected = entry_hash(
        before=entry.before,
        number=entry.number,
        at=entry.at,
        actor=entry.actor,
        verb=entry.verb,
        subject_kind=entry.subject_kind,
        subject=entry.subject,
        facts=entry.facts,
    )
    return "" if entry.hash == expected else _("its content was changed")


def _all(database: str) -> Iterator[Entry]:
    chain = Entry.objects.using(database).order_by("number")
    batch = list(chain[:2000])
    while batch:
        yield from batch
        batch = list(chain.filter(number__gt=batch[-1].number)[:2000])
