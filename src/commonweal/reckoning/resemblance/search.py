"""Pairs that resemble each other among many records, without comparing all with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from rapidfuzz import fuzz, process

from commonweal.reckoning.resemblance.comparison import Resemblance, Sureness, compare
from commonweal.reckoning.resemblance.frequencies import Frequencies, Record
from commonweal.reckoning.resemblance.names import full_forms, sound_of
from commonweal.reckoning.ties import IntArray

SMALL = 40
WINDOW = 6
WORTH_A_LOOK = 72.0


def resembling_pairs(
    records: Sequence[Record],
    *,
    only: Collection[Hashable] | None = None,
    on_progress: Callable[[float], bool] | None = None,
) -> list[Resemblance]:
    """The pairs of records that may be one person, surest first, each with its reasons.

    Only pairs that share something are compared: a phone or e-mail, the sound of two words of their names, a
    birthday and one such word, or neighbouring places in the list sorted by name, from the front and from the back.
    Then `compare` decides.
    Shapes: one Record a row; ids must differ. `only`: give just the pairs with at least one of these ids, as after an
    import. `on_progress` is told the share done now and then, and may return False to stop with what is found.
    Errs: a pair that shares none of these is not found (both words misspelled so that they sound otherwise).
    Groups of more than 40 who share one thing are compared along the alphabet, each with her next six.
    Ties: equal weights in the order of the records.
    Cost: near linear in records; 100,000 take some ten seconds on one core.
    Source: blocking and sorted neighbourhood (Hernandez and Stolfo 1995).

    >>> people = [Record(1, ("Rosa Quispe",)), Record(2, ("QUISPE, ROSA",)), Record(3, ("Bo Lund",))]
    >>> [(pair.first, pair.second) for pair in resembling_pairs(people)]
    [(1, 2)]
    """
    frequencies = Frequencies.among(records)
    first, second, by_contact = _candidate_pairs(records)
    if only is not None:
        asked = np.fromiter((record.id in only for record in records), dtype=np.bool_, count=len(records))
        use = asked[first] | asked[second]
        first, second, by_contact = first[use], second[use], by_contact[use]
    keep = by_contact | _alike(records, first, second)
    found = []
    pairs = list(zip(first[keep].tolist(), second[keep].tolist(), strict=True))
    for place, (i, j) in enumerate(pairs):
        if on_progress is not None and place % 5_000 == 0 and on_progress(place / len(pairs)) is False:
            break
        seen = compare(records[i], records[j], frequencies)
        if seen.sureness is not Sureness.NO:
            found.append(seen)
    found.sort(key=lambda pair: -pair.weight)
    return found


def _candidate_pairs(records: Sequence[Record]) -> tuple[IntArray, IntArray, np.ndarray]:
    """Pairs of record numbers worth a look, lower first, each once; and whether they share a contact point."""
    n = np.int64(max(len(records), 1))
    by_contact = np.unique(np.fromiter(_pairs_of(_contact_blocks(records), records, n), dtype=np.int64))
    by_name = np.unique(np.fromiter(_pairs_of(_name_blocks(records), records, n), dtype=np.int64))
    beside = np.fromiter(_neighbours(records, n), dtype=np.int64)
    every = np.unique(np.concatenate([by_contact, by_name, beside]))
    return every // n, every % n, np.isin(every, by_contact, assume_unique=True)


def _contact_blocks(records: Sequence[Record]) -> Iterable[list[int]]:
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        for phone in record.phones:
            blocks["phone", phone].append(place)
        for email in record.emails:
            blocks["email", email].append(place)
    return blocks.values()


def _name_blocks(records: Sequence[Record]) -> Iterable[list[int]]:
    """Records whose names have two words that sound alike, or one and the same birthday."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        keys: set[tuple[str, ...]] = set()
        for name in record.parts:
            sounds = sorted({sound_of(form) for word in name.words[:5] for form in full_forms(word)})
            keys.update(combinations(sounds, 2))
            if len(name.words) == 1:
                keys.add((name.words[0],))
            if record.born_on is not None:
                keys.update((sound, record.born_on.isoformat()) for sound in sounds)
        for key in keys:
            blocks[key].append(place)
    return blocks.values()


def _pairs_of(blocks: Iterable[list[int]], records: Sequence[Record], n: np.int64) -> Iterator[int]:
    """All pairs of a small block; of a large one each with her next few by name."""
    wide = int(n)
    for block in blocks:
        if len(block) < 2:
            continue
        if len(block) <= SMALL:
            for i, j in combinations(block, 2):
                yield i * wide + j
        else:
            ordered = sorted(block, key=lambda place: _written(records[place]))
            yield from _within_window(ordered, WINDOW, wide)


def _neighbours(records: Sequence[Record], n: np.int64) -> Iterator[int]:
    """Each record with the next few in the order of the names, and in the order of the names read backwards."""
    texts = [_written(record) for record in records]
    yield from _within_window(sorted(range(len(records)), key=lambda place: texts[place]), WINDOW // 2, int(n))
    yield from _within_window(sorted(range(len(records)), key=lambda place: texts[place][::-1]), WINDOW // 2, int(n))


def _within_window(ordered: list[int], window: int, n: int) -> Iterator[int]:
    for at, i in enumerate(ordered):
        for j in ordered[at + 1 : at + 1 + window]:
            yield min(i, j) * n + max(i, j)


def _written(record: Record) -> str:
    """The first name as one text, short forms written out, so that it can be sorted and likened."""
    if not record.parts:
        return ""
    return " ".join(sorted(max(full_forms(word)) for word in record.parts[0].words))


def _alike(records: Sequence[Record], first: IntArray, second: IntArray) -> np.ndarray:
    """Whether the two names have enough letters in common to be worth comparing word by word."""
    texts = np.array([_written(record) for record in records], dtype=object)
    several = np.array([len(record.parts) > 1 for record in records], dtype=np.bool_)
    score = process.cpdist(
        texts[first], texts[second], scorer=fuzz.token_set_ratio, score_cutoff=WORTH_A_LOOK, dtype=np.uint8
    )
    return (score > 0) | several[first] | several[second]
