"""Could these two written names be one person's?"""

from functools import lru_cache

from commonweal.people.rules import folded
from commonweal.people.rules.names import SHORT_NAMES, SUFFIXES

MOST_WORDS = 8


@lru_cache(maxsize=4096)
def orders(name: str) -> tuple[str, ...]:
    """Every sort name under which a person with this name may stand: the words in each turned order,
    since nobody knows where given names end ("Ana Ruiz Soto" is under soto, ruiz soto or ana)."""
    words = [word for word in folded(name).split() if word not in SUFFIXES][:MOST_WORDS]
    return tuple(dict.fromkeys([" ".join(words[turn:] + words[:turn])[:160] for turn in range(len(words))]))


def one_order(name: str) -> str:
    """The first of its turned orders: equal for every way to divide the same name."""
    return min(orders(name), default="")


def agree(first: str, second: str) -> bool:
    """True when each word of the shorter name goes with one of the longer: equal, an initial, a short name."""
    one, two = (sorted(folded(name).split()) for name in (first, second))
    marks = [set(one) & SUFFIXES, set(two) & SUFFIXES]
    if marks[0] and marks[1] and marks[0] != marks[1]:
        return False
    one, two = ([word for word in words if word not in SUFFIXES] for words in (one, two))
    if len(one) > len(two):
        one, two = two, one
    if not one:
        return True
    left = list(two)
    for word in sorted(one, key=len, reverse=True):
        match = next((other for other in left if _goes_with(word, other)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _goes_with(word: str, other: str) -> bool:
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    return (
        long in SHORT_NAMES.get(short, ())
        or short in SHORT_NAMES.get(long, ())
        or (len(short) >= 3 and long.startswith(short))
    )
