"""Marks in a file that went out, by which it is known again: a blank behind some cells, which nobody sees.

Behind which cells follows from the text of each and from a secret of the export: half of all texts, another half in
every export. So the marks stand with their cells whatever order the rows are in, and each row that is left adds to
what is known. Bringing a file in takes blanks away, as it always did.
"""

import hmac
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb

from commonweal.exchange.rules.export import ASKS, INSTITUTIONS, LEADERS, NOMINATIONS, PEOPLE, TIES, YESES
from commonweal.people.rules.names import folded

MARKED: dict[str, tuple[int, ...]] = {
    PEOPLE: (1, 2, 3, 8, 10),
    INSTITUTIONS: (3, 4),
    ASKS: (3, 4, 5, 6),
    YESES: (3, 4, 5, 6),
    TIES: (0, 1, 2, 3),
    NOMINATIONS: (0, 1, 2, 3),
    LEADERS: (0, 1, 5, 6),
}
"""By kind of export the places of the columns that hold names and units; no other is touched."""
SHORTEST = 3
"""Letters that a text must have to tell anything."""
INVENTED_FROM, A_MORE_EACH, MOST_INVENTED = 50, 250, 6
"""From so many people on an export holds two who are invented, and one more for each so many."""
TRIES = 60


def invented_for(people: int) -> int:
    """How many people are invented for an export of so many; none for a short list, which is read name by name."""
    return 0 if people < INVENTED_FROM else min(2 + people // A_MORE_EACH, MOST_INVENTED)


def crossed_names(names: Sequence[tuple[str, str]], lot: str) -> list[tuple[str, str]]:
    """Given and family names of people of a list, each with somebody else's, in an order that the lot decides;
    none of them is the name of anybody among `names`."""
    dice, there = random.Random(lot), {folded(" ".join(one)) for one in names}  # noqa: S311
    found: dict[str, tuple[str, str]] = {}
    for _ in range(TRIES if names else 0):
        one = dice.choice(names)[0], dice.choice(names)[1]
        key = folded(" ".join(one))
        if all(one) and key not in there:
            found.setdefault(key, one)
    return list(found.values())


def row_key(name: str, unit: Sequence[str]) -> str:
    """A name and a unit, however they are written."""
    return f"{folded(name)} | {folded(' '.join(unit))}"


@dataclass(frozen=True)
class Agreement:
    """Of so many different texts so many have or lack their blank as an export would have left them."""

    texts: int
    agree: int

    @property
    def chance(self) -> float:
        """How likely a file that has nothing to do with the export agrees as well as this, from 0 to 1."""
        return sum(comb(self.texts, number) for number in range(self.agree, self.texts + 1)) / 2**self.texts


def has_mark(text: str, secret: str) -> bool:
    """Whether an export with that secret puts a blank behind this text."""
    key = folded(text)
    return len(key) >= SHORTEST and bool(hmac.digest(secret.encode(), key.encode(), "sha256")[0] & 1)


def marked(text: str, secret: str) -> str:
    """The text as it goes out."""
    return text + " " if has_mark(text, secret) else text


def marked_row(row: Sequence[str], what: str, secret: str) -> list[str]:
    """The cells of a row with the marks of its export."""
    places = MARKED[what]
    return [marked(cell, secret) if place in places else cell for place, cell in enumerate(row)]


def seen_marks(rows: Iterable[Sequence[str]]) -> dict[str, bool]:
    """For each different text of a file whether a blank stands behind it; only from columns in which any text
    has one, since nobody marked the others, or somebody wiped them."""
    columns: dict[int, Counter[tuple[str, bool]]] = {}
    for row in rows:
        for place, cell in enumerate(row):
            key = folded(cell)
            if len(key) >= SHORTEST and any(letter.isalpha() for letter in key):
                columns.setdefault(place, Counter())[key, cell.endswith((" ", "\xa0"))] += 1
    found: dict[str, bool] = {}
    for column in columns.values():
        if any(blank for _, blank in column):
            for key in {key for key, _ in column}:
                found[key] = column[key, True] >= column[key, False]
    return found


def agreement(seen: dict[str, bool], secret: str) -> Agreement:
    """How well the marks seen in a file go with an export."""
    return Agreement(len(seen), sum(has_mark(key, secret) == blank for key, blank in seen.items()))
