"""Questions about the place itself."""

from commonweal.people.models import Organization


def country_of_place() -> str:
    """The two letters of the country in which a number without a country code rings."""
    return Organization.objects.values_list("country", flat=True).first() or "US"
