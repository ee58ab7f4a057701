"""What every page's frame shows: organization, navigation, language."""

from typing import Any

from django.http import HttpRequest

from commonweal.people.models import Organization


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame: the organization (None before the first run) and the room that is open."""
    match = getattr(request, "resolver_match", None)
    return {
        "organization": Organization.objects.first() if getattr(request, "account", None) else None,
        "account": getattr(request, "account", None),
        "here": f"{match.namespace}:{match.url_name}" if match else "",
    }
