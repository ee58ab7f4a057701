"""Who may talk with whom in the books, and who may read what was said."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from commonweal.common.doors import LEADER, ORGANIZER, SignedIn
from commonweal.listening.models import Conversation

Row = TypeVar("Row", bound=Model)


def may_hold(account: SignedIn, person: UUID) -> bool:
    """Organizers and leaders write down conversations with whom they see; nobody does with herself."""
    return account.person_id != person and (account.may_organize or account.role == LEADER)


def seen_to_by(account: SignedIn) -> Q:
    """Rows that are this account's to see to; those without an account, since somebody left or anybody may, are every
    organizer's."""
    mine = Q(account=account.pk)
    return mine | Q(account=None) if account.may_organize else mine


def known_to(account: SignedIn, rows: QuerySet[Row, Any]) -> QuerySet[Row, Any]:
    """Of conversations, promises or calls those of which this account may know: an organizer of all, a leader of her own,
    others of none."""
    if account.may_organize:
        return rows
    return rows.filter(account=account.pk) if account.role == LEADER else rows.none()


def reads_words(account: SignedIn, held_by: UUID | None) -> bool:
    """The words of a conversation are for whoever held it and for the organizers of that turf. An administrator
    opens those of others by a press of her own, which is written down."""
    return held_by == account.pk or account.role == ORGANIZER


def may_correct(account: SignedIn, conversation: Conversation) -> bool:
    """Whoever held it corrects and removes it; administrators do."""
    return conversation.account_id == account.pk or account.may_administer
