"""On an administrator's first page: somebody looked at very many people."""

from typing import Any

from django.template import Library

from commonweal.accounts.reads.looking import alarms_for
from commonweal.common.clock import now

register = Library()


@register.inclusion_tag("accounts/alarm_note.html", takes_context=True)
def alarms_note(context: dict[str, Any]) -> dict[str, Any]:
    """A line while an alarm waits for her; nothing for anybody else."""
    account = getattr(context.get("request"), "account", None)
    if account is None or not account.may_administer:
        return {}
    return {"alarms": len(alarms_for(account, now()))}
