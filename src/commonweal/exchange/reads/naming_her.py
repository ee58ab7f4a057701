"""By which names and contacts somebody would be found in a text."""

from collections.abc import Collection
from uuid import UUID

from commonweal.people.models import ContactPoint, Person, PersonName
from commonweal.people.rules import folded

Named = list[frozenset[str]]
"""Sets of words; a text names somebody when it holds all words of one of them."""


def names_of(people: Collection[UUID]) -> Named:
    """The words of every name, number, telephone and e-mail of these people; those of a single short word are
    left out, since half of any list would be found by them."""
    texts = list(Person.objects.filter(pk__in=people).values_list("name", flat=True))
    texts += Person.objects.filter(pk__in=people).exclude(outside_number="").values_list("outside_number", flat=True)
    texts += PersonName.objects.filter(person__in=people).values_list("name", flat=True)
    texts += [str(point.value) for point in ContactPoint.objects.filter(person__in=people, kind="email")]
    found = {frozenset(folded(text).split()) for text in texts}
    return [words for words in found if len(words) > 1 or any(len(word) > 5 for word in words)]


def named_in(text: str, names: Named) -> bool:
    """True when the text holds all the words of one of the names."""
    words = frozenset(folded(text).split())
    return any(name <= words for name in names)
