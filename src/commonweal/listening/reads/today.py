"""What this day asks of somebody: the calls for conversations, and the test that comes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from commonweal.common.doors import SignedIn
from commonweal.common.scope import Scope
from commonweal.listening.models import CallFor, Conversation
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
    mine = Q(account=account.pk) | (Q(account=None) if account.may_organize else Q(pk__in=[]))
    rows = CallFor.objects.filter(mine, inside(scope, "person"), held_at=None).select_related("occasion")
    found: dict[object, CallFor] = {}
    for row in rows.order_by("at", "pk")[: CALLS * 4]:
        found.setdefault(row.person_id, row)
    seen = glances(scope, (row.person_id for row in list(found.values())[:CALLS]))
    return [Called(row, seen[row.person_id]) for row in found.values() if row.person_id in seen]


def coming_occasion(scope: Scope, account: SignedIn, today: date) -> Coming | None:
    """The next occasion of a campaign, and how far the reader's people have answered: for a leader her chain, for an
    organizer the people of her units in the campaign. None where nothing comes."""
    occasion = Occasion.objects.filter(on__gte=today, campaign__isnull=False).order_by("on", "name").first()
    if occasion is None or occasion.campaign is None:
        return None
    if account.may_organize:
        units = with_subtrees(occasion.campaign.units.values_list("pk", flat=True))
        units = units if scope.everything else units & scope.units
        people = Person.objects.filter(placed_in(units, "pk"), forgotten_at=None, merged_into=None)
    else:
        walks = ChainLink.objects.filter(campaign=occasion.campaign, leader=account.person_id, until=None)
        people = Person.objects.filter(pk__in=walks.values("follower"))
    answered = Conversation.objects.filter(person=OuterRef("pk"), occasion=occasion).exclude(answer=Answer.NOT_ASKED)
    asked = standing(Ask).filter(asked=OuterRef("pk"), occasion=occasion)
    yes = answered.filter(answer__in=[Answer.YES, Answer.ALONE])
    counts = people.aggregate(
        people=Count("pk"),
        yes=Count("pk", filter=Q(Exists(yes))),
        answered=Count("pk", filter=Q(Exists(answered)) | Q(Exists(asked))),
    )
    silent = people.filter(~Exists(answered), ~Exists(asked)).order_by("sort_name", "pk")
    some = list(glances(scope, silent.values_list("pk", flat=True)[:NAMED]).values())
    return Coming(occasion, counts["people"], counts["yes"], counts["people"] - counts["answered"], some)
