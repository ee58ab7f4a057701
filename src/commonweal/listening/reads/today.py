"""What this day asks of somebody: the calls for conversations, and the test that comes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from commonweal.common.doors import LEADER, SignedIn
from commonweal.common.scope import Scope
from commonweal.listening.models import CallFor, Conversation
from commonweal.listening.permissions import known_to, seen_to_by
from commonweal.listening.reads.next_talks.parts import kept, people_in
from commonweal.listening.words import Answer
from commonweal.people.models import Ask, ChainLink, Occasion, Person
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.people import inside, placed_in
from commonweal.people.reads.units import with_subtrees

CALLS, NAMED = 12, 8


@dataclass(frozen=True)
class Called:
    """A conversation that something calls for, and with whom."""

    call: CallFor
    person: Glance
    since: Conversation | None = None
    """The latest talk that somebody else held with her since."""


@dataclass(frozen=True)
class Coming:
    """The next occasion of a campaign: of the reader's people so many said yes in a conversation, so many have no
    answer yet, and the first of these by name."""

    occasion: Occasion
    people: int
    yes: int
    no_answer: int
    some: list[Glance]


def calls_for(scope: Scope, account: SignedIn) -> list[Called]:
    """The open calls that are this account's or anybody's, the oldest first; one line a person."""
    rows = CallFor.objects.filter(seen_to_by(account), inside(scope, "person"), held_at=None).select_related("occasion")
    found: dict[object, CallFor] = {}
    for row in rows.order_by("at", "pk")[: CALLS * 4]:
        found.setdefault(row.person_id, row)
    seen = glances(scope, (row.person_id for row in list(found.values())[:CALLS]))
    talks = _latest_talks(account, seen) if seen else {}
    return [
        Called(row, seen[row.person_id], _since(talks.get(row.person_id), row))
        for row in found.values()
        if row.person_id in seen
    ]


def _latest_talks(account: SignedIn, people: Collection[UUID]) -> dict[UUID, Conversation]:
    """The latest talk of each of these people with somebody else of us."""
    rows = known_to(account, Conversation.objects.filter(person__in=people)).exclude(account=account.pk)
    rows = rows.select_related("account").only("person_id", "on", "account__name").order_by("on", "entered_at")
    return {row.person_id: row for row in rows}


def _since(talk: Conversation | None, call: CallFor) -> Conversation | None:
    return talk if talk is not None and talk.on >= localdate(call.at) else None


def coming_occasion(scope: Scope, account: SignedIn, today: date) -> Coming | None:
    """The next occasion of a campaign, and how far the reader's people have answered: for a leader her chain, for an
    organizer the people of her units in the campaign. None where nothing comes."""
    occasion = (
        Occasion.objects.filter(on__gte=today, campaign__isnull=False)
        .select_related("campaign")
        .order_by("on", "name")
        .first()
    )
    if occasion is None:
        return None
    asked = Asked(scope, occasion, account.person_id if account.role == LEADER else None)
    return kept(("coming_occasion", asked, today), lambda: _coming(asked), people=people_in(scope))


@dataclass(frozen=True)
class Asked:
    """Of whose people the answers to an occasion are counted: a leader's own chain, or those of the scope."""

    scope: Scope
    occasion: Occasion
    leader: UUID | None

    def people(self, column: str) -> Q:
        """These people as a condition on rows whose column is a person."""
        campaign = self.occasion.campaign
        if self.leader is not None:
            walks = ChainLink.objects.filter(campaign=campaign, leader=self.leader, until=None)
            return Q(**{f"{column}__in": walks.values("follower")})
        units = with_subtrees(campaign.units.values_list("pk", flat=True)) if campaign else frozenset()
        return placed_in(units if self.scope.everything else units & self.scope.units, column)


def _coming(asked: Asked) -> Coming:
    occasion = asked.occasion
    people = Person.objects.filter(asked.people("pk"), forgotten_at=None, merged_into=None)
    talks = Conversation.objects.filter(asked.people("person"), occasion=occasion).exclude(answer=Answer.NOT_ASKED)
    asks = standing(Ask).filter(asked.people("asked"), occasion=occasion)
    yes = talks.filter(answer__in=[Answer.YES, Answer.ALONE]).order_by().values("person").distinct().count()
    answered = talks.order_by().values_list("person").union(asks.order_by().values_list("asked")).count()
    count = people.count()
    silent = people.filter(
        ~Exists(talks.filter(person=OuterRef("pk"))), ~Exists(asks.filter(asked=OuterRef("pk")))
    ).order_by("sort_name", "pk")
    some = list(glances(asked.scope, silent.values_list("pk", flat=True)[:NAMED]).values())
    return Coming(occasion, count, yes, count - answered, some)
