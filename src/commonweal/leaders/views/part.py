"""The campaign a page is about, and what every page of the list shows."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase

from commonweal.common.doors import ScopedRequest
from commonweal.leaders.reads.campaigns import Part, part_within
from commonweal.people.models import Organization


def of_campaign(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view gets the part of the campaign that its reader may see; outside of it there is nothing."""

    @wraps(view)
    def scoped(request: ScopedRequest, campaign: UUID | None = None, **kwargs: Any) -> HttpResponseBase:
        return view(request, part_within(request.scope, campaign), **kwargs)

    return scoped


def frame(part: Part, **more: Any) -> dict[str, Any]:
    """The context of a page about a part of a campaign."""
    return {"part": part, "campaign": part.campaign, "campaigns": part.campaigns, **more}


def ids_in(typed: Iterable[str]) -> list[UUID]:
    """The ids among what a form sent; what is no id is left out."""
    found = []
    for one in typed:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


def id_in(typed: str | None) -> UUID | None:
    """The id that a form sent, if it is one."""
    return next(iter(ids_in([typed or ""])), None)


def country_of_place() -> str:
    """The country whose telephone numbers a search may leave out the prefix of."""
    return Organization.objects.values_list("country", flat=True).first() or ""
