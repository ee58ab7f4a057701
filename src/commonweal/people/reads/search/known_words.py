"""The different words of everybody's names, kept in the memory of each process.

There are some tens of thousands of them for a hundred thousand people, so that comparing what was
typed with each takes milliseconds on either engine, without an engine's own text search.
"""

from bisect import bisect_left
from collections import defaultdict

from rapidfuzz import process
from rapidfuzz.distance import OSA

from commonweal.people.models import SearchWord
from commonweal.people.rules import sounds_like
from commonweal.people.rules.names import SHORT_NAMES

OVERLAP = 300  # rows read again each time: another process may commit a lower number later
MOST = 400  # words that one beginning or sound may stand for


class KnownWords:
    """Words with their row numbers; finds exact, beginning, sounding and nearly equal ones."""

    def __init__(self, rows: list[tuple[int, str, str]]) -> None:
        self.rows = rows
        self.number: dict[str, int] = {}
        self.of_sound: dict[str, list[str]] = defaultdict(list)
        self.epoch = next((number for number, word, _ in rows if not word), None)
        self.last = max((number for number, _, _ in rows), default=0)
        for number, word, sounds in rows:
            if word:
                self.number[word] = number
                self.of_sound[sounds].append(word)
        self.words = sorted(self.number)
        self.sounds = sorted(self.of_sound)

    def numbers(self, words: list[str]) -> list[int]:
        return [self.number[word] for word in words]

    def beginning(self, typed: str) -> list[str]:
        """Known words that begin with what was typed, itself included."""
        return _run(self.words, typed)[:MOST]

    def like(self, typed: str) -> list[str]:
        """Known words spelled or heard nearly like what was typed, and long forms of a short name."""
        near = [long for long in SHORT_NAMES.get(typed, ()) if long in self.number]
        if len(typed) >= 4:
            heard = sounds_like(typed)
            for sound in (_run(self.sounds, heard) if len(heard) >= 4 else [heard])[:MOST]:
                near += self.of_sound.get(sound, [])
            slips = 1 if len(typed) < 7 else 2
            close = process.extract(typed, self.words, scorer=OSA.distance, score_cutoff=slips, limit=40)
            near += [word for word, _, _ in close]
        return list(dict.fromkeys(near))[:MOST]


_known: KnownWords | None = None


def known_words() -> KnownWords:
    """The words as of now; one query for what is new, everything anew when words were removed."""
    global _known
    if _known is not None:
        recent = list(SearchWord.objects.filter(pk__gt=_known.last - OVERLAP).values_list("pk", "word", "sounds"))
        if _agrees(_known, recent):
            new = [row for row in recent if row[1] not in _known.number]
            if new:
                _known = KnownWords(_known.rows + new)
            return _known
    _known = KnownWords(list(SearchWord.objects.values_list("pk", "word", "sounds")))
    return _known


def _agrees(known: KnownWords, recent: list[tuple[int, str, str]]) -> bool:
    """False when the database is another one or words were removed since."""
    highest = max((number for number, _, _ in recent), default=0)
    epoch = next((number for number, word, _ in recent if not word), known.epoch)
    same = all(known.number.get(word, number) == number for number, word, _ in recent if word)
    return same and highest >= known.last and epoch == known.epoch


def _run(ordered: list[str], beginning: str) -> list[str]:
    first = bisect_left(ordered, beginning)
    end = bisect_left(ordered, beginning + "\U0010ffff")
    return ordered[first:end]
