"""On somebody's page: the button to talk with her, and the conversations, for those who may."""

from typing import Any

from django.template import Library

from commonweal.listening.models import Draft
from commonweal.listening.permissions import may_hold
from commonweal.listening.reads.conversations import conversations_with
from commonweal.people.models import Person

SHOWN = 6

register = Library()


@register.inclusion_tag("listening/talk_button.html", takes_context=True)
def talk_button(context: dict[str, Any], her: Person) -> dict[str, Any]:
    """The way to a conversation with her, or to the one that was begun; nothing for whoever may hold none."""
    account = getattr(context.get("request"), "account", None)
    if account is None or not may_hold(account, her.pk):
        return {}
    return {"her": her, "begun": Draft.objects.filter(person=her, account=account.pk).only("pk").first()}


@register.inclusion_tag("listening/person_note.html", takes_context=True)
def conversations_note(context: dict[str, Any], her: Person) -> dict[str, Any]:
    """The latest conversations with her, as far as the reader may know of them."""
    request = context.get("request")
    account = getattr(request, "account", None)
    if request is None or account is None or not may_hold(account, her.pk):
        return {}
    lines = conversations_with(request.scope, account, her.pk, most=SHOWN + 1)
    return {"her": her, "shown": True, "lines": lines[:SHOWN], "more": len(lines) > SHOWN}
