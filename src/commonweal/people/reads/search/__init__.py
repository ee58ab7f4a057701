"""Finding people as one types."""

from commonweal.people.reads.search.finding import Answer, Found, Why, found

__all__ = ["Answer", "Found", "Why", "found"]
