"""What the address of an export asks for, and the addresses of other choices."""

from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from commonweal.exchange.rules import export as rules
from commonweal.exchange.rules.export import Choice


def choice_of(asked: QueryDict) -> Choice:
    """The choice that an address names; what is no id or code is left out."""
    what, only = asked.get("what", rules.PEOPLE), asked.get("only", "")
    what = what if what in rules.KINDS else rules.PEOPLE
    ids: dict[str, Any] = {name: as_id(asked.get(name, "")) for name in rules.IDS}
    if what == rules.PEOPLE:
        ids |= {"occasion": None, "campaign": None}
        text = asked.get("q", "").strip()[:200]
        return Choice(what, **ids, only=only if only in rules.ONLY else "", text=text)
    if what == rules.LEADERS:
        return Choice(what, campaign=ids["campaign"])
    kept: dict[str, Any] = {
        "unit": ids["unit"],
        "institution": ids["institution"] if what == rules.INSTITUTIONS else None,
        "occasion": ids["occasion"] if what in (rules.ASKS, rules.YESES) else None,
    }
    return Choice(what, **kept)


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def address_of(choice: Choice) -> str:
    """The address of the page that takes this choice out."""
    asked = QueryDict(mutable=True)
    asked.update({name: value for name, value in choice.kept().items() if name != "parts"})
    return f"{reverse('exchange:export')}?{asked.urlencode()}"


def back_of(choice: Choice) -> str:
    """Where one came from."""
    if choice.what == rules.LEADERS and choice.campaign:
        return reverse("leaders:board_of", args=[choice.campaign])
    if choice.what == rules.INSTITUTIONS and choice.institution:
        return reverse("people:institution", args=[choice.institution])
    if choice.occasion:
        return reverse("people:occasion", args=[choice.occasion])
    if choice.unit:
        return reverse("people:unit", args=[choice.unit])
    return reverse("people:people")
