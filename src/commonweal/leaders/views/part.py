"""The campaign a page is about, and what every page of the list shows."""

from collections.abc import Callable
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


def country_of_place() -> str:
    """The country whose telephone numbers a search may leave out the prefix of."""
    return Organization.objects.values_list("country", flat=True).first() or ""
