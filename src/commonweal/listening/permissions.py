"""Who may talk with whom in the books, and who may read what was said."""

from uuid import UUID

from commonweal.common.doors import LEADER, ORGANIZER, SignedIn
from commonweal.listening.models import Conversation


def may_hold(account: SignedIn, person: UUID) -> bool:
    """Organizers and leaders write down conversations with whom they see; nobody does with herself."""
    return account.person_id != person and (account.may_organize or account.role == LEADER)


def reads_words(account: SignedIn, held_by: UUID | None) -> bool:
    """The words of a conversation are for whoever held it and for the organizers of that turf. An administrator
    opens those of others by a press of her own, which is written down."""
    return held_by == account.pk or account.role == ORGANIZER


def may_correct(account: SignedIn, conversation: Conversation) -> bool:
    """Whoever held it corrects and removes it; administrators do."""
    return conversation.account_id == account.pk or account.may_administer
