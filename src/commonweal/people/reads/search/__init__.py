"""Finding people as one types."""

from commonweal.people.reads.search.finding import Answer, Found, Why, found
from commonweal.people.reads.search.senses import senses_of

__all__ = ["Answer", "Found", "Why", "found", "senses_of"]
