"""On the first page: what waits for a second yes, and what may now be taken out."""

from typing import Any

from django.template import Library

from commonweal.common.clock import now
from commonweal.exchange.reads.exports import agreed_for, waiting_for

register = Library()


@register.inclusion_tag("exchange/export_note.html", takes_context=True)
def exports_note(context: dict[str, Any]) -> dict[str, Any]:
    """A line for whoever has something to answer or to take out; nothing for anybody else."""
    account = getattr(context.get("request"), "account", None)
    if account is None or not account.may_organize:
        return {}
    at = now()
    return {"waiting": len(waiting_for(account, at)), "ready": len(agreed_for(account, at))}
