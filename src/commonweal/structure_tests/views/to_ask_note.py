"""On a leader's pages: the tests in which she has somebody to ask."""

from typing import Any

from django.template import Library

from commonweal.structure_tests.reads.tests import tests_to_ask

register = Library()


@register.inclusion_tag("structure_tests/to_ask_note.html", takes_context=True)
def tests_to_ask_note(context: dict[str, Any]) -> dict[str, Any]:
    """A card for each open or coming test with people of hers on its roll; nothing for anybody else."""
    request = context.get("request")
    account = getattr(request, "account", None)
    if account is None or account.role != "leader" or account.person_id is None:
        return {}
    return {"tests": tests_to_ask(account.person_id, request.scope)}  # type: ignore[union-attr]
