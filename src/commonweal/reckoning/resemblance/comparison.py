"""Two records side by side: what speaks for one person, what against, and how sure that makes us."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import log

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from commonweal.reckoning.resemblance.frequencies import Frequencies, Record
from commonweal.reckoning.resemblance.names import Name, full_forms


class Code(StrEnum):
    SAME_NAME = "same_name"
    SAME_NAME_OTHER_ORDER = "same_name_other_order"
    NAME_SHARED_IN_PART = "name_shared_in_part"
    """One has a word more: a second surname, a middle name."""
    NAME_ALIKE = "name_alike"
    SHORT_FORM = "short_form"
    INITIAL = "initial"
    OTHER_GIVEN_NAME = "other_given_name"
    OTHER_WORD_IN_NAME = "other_word_in_name"
    OTHER_GENERATION = "other_generation"
    SAME_PHONE = "same_phone"
    SAME_EMAIL = "same_email"
    OTHER_PHONE = "other_phone"
    OTHER_EMAIL = "other_email"
    SAME_UNIT = "same_unit"
    OTHER_UNIT = "other_unit"
    SAME_BIRTHDAY = "same_birthday"
    BIRTHDAY_ALIKE = "birthday_alike"
    """One figure differs, or day and month are exchanged."""
    OTHER_BIRTHDAY = "other_birthday"


class Sureness(StrEnum):
    """How sure we are that it is one person, by log-odds: SURELY from 6.9 (999 in 1,000), LIKELY from 2.2 (9 in 10),
    PERHAPS from -1.4 (1 in 5), NO below. The figures are meant in earnest, but no better than the guesses they rest on:
    a human decides."""

    SURELY = "surely_the_same"
    LIKELY = "likely"
    PERHAPS = "perhaps"
    NO = "no"


LEAST = ((6.9, Sureness.SURELY), (2.2, Sureness.LIKELY), (-1.4, Sureness.PERHAPS))


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for (weight above 0) or against one person, in log-odds."""

    code: Code
    weight: float


@dataclass(frozen=True)
class Resemblance:
    """Two records, every reason, and the log-odds that they are one person."""

    first: Hashable
    second: Hashable
    weight: float
    sureness: Sureness
    reasons: tuple[Reason, ...]


def compare(a: Record, b: Record, frequencies: Frequencies) -> Resemblance:
    """Weigh what speaks for and against the two records being one person.

    Each agreement weighs as much as it is unlikely among strangers, each disagreement as much as it is unlikely
    for one person entered twice; the sum starts from the odds of two records drawn blindly.
    Shapes: names in any order and writing; of several names the pair that agrees best counts.
    Units: natural logarithms of odds; approximate, since the reasons are taken as independent.
    Errs: towards keeping people apart: members of one household share phone, surname and unit, so another given name
    weighs more than those together.
    Ties: none; the order of a and b changes only which stands first.
    Cost: a few microseconds.
    Source: Fellegi and Sunter 1969, with weights by frequency (Newcombe 1959); the shares of misspellings, short forms
    and moved people are our guesses.

    >>> ana = Record(1, ("PÉREZ LÓPEZ, ANA",), phones=frozenset({"+34600111222"}))
    >>> same = Record(2, ("Ana Perez",), phones=frozenset({"+34600111222"}))
    >>> str(compare(ana, same, Frequencies.among([ana, same])).sureness)
    'surely_the_same'
    """
    reasons = [
        *_best_names(a, b, frequencies),
        *_contacts(a, b, frequencies),
        *_units(a, b, frequencies),
        *_birthdays(a.born_on, b.born_on),
    ]
    weight = frequencies.before + sum(reason.weight for reason in reasons)
    sureness = next((word for least, word in LEAST if weight >= least), Sureness.NO)
    reasons.sort(key=lambda reason: -abs(reason.weight))
    return Resemblance(a.id, b.id, weight, sureness, tuple(reasons))


def _best_names(a: Record, b: Record, frequencies: Frequencies) -> list[Reason]:
    """The reasons from the two names that agree best."""
    best: list[Reason] = []
    best_weight = float("-inf")
    for one in a.parts:
        for other in b.parts:
            reasons = _names(one, other, frequencies)
            weight = sum(reason.weight for reason in reasons)
            if weight > best_weight:
                best, best_weight = reasons, weight
    return best


def _names(a: Name, b: Name, frequencies: Frequencies) -> list[Reason]:
    pairs, left, right = _paired(a.words, b.words, frequencies)
    reasons = []
    exact = sum(weight for _, _, weight, code in pairs if code is Code.SAME_NAME)
    if exact:
        whole = len(pairs) == len(a.words) == len(b.words)
        straight = [x for x, _, _, _ in sorted(pairs)] == [y for _, y, _, _ in sorted(pairs)]
        code = Code.NAME_SHARED_IN_PART if not whole else Code.SAME_NAME if straight else Code.SAME_NAME_OTHER_ORDER
        reasons.append(Reason(code, exact))
    for kind in (Code.NAME_ALIKE, Code.SHORT_FORM, Code.INITIAL):
        weight = sum(weight for _, _, weight, code in pairs if code is kind)
        if weight:
            reasons.append(Reason(kind, weight))
    reasons += _disagreement(a, b, left, right, exact)
    return reasons


def _disagreement(a: Name, b: Name, left: list[int], right: list[int], shared: float) -> list[Reason]:
    """What speaks against: a given name, other words or a generation that do not fit.

    With another given name the surnames they share may be the family's: they are half taken back.
    """
    reasons = []
    mine, yours = {a.words[place] for place in left}, {b.words[place] for place in right}
    clash = min(len(left), len(right))
    if mine & a.leading and yours & b.leading and clash:
        reasons.append(Reason(Code.OTHER_GIVEN_NAME, -9.0 - 0.5 * shared))
        clash -= 1
    if clash:
        reasons.append(Reason(Code.OTHER_WORD_IN_NAME, -4.0 * clash))
    spare = abs(len(left) - len(right))
    if spare:
        reasons.append(Reason(Code.NAME_SHARED_IN_PART, -0.7 * spare))
    if a.generation != b.generation:
        reasons.append(Reason(Code.OTHER_GENERATION, -6.0 if a.generation and b.generation else -2.5))
    return reasons


Pair = tuple[int, int, float, Code]


def _paired(
    a: tuple[str, ...], b: tuple[str, ...], frequencies: Frequencies
) -> tuple[list[Pair], list[int], list[int]]:
    """Words of one name matched with words of the other, best first; and the places of those left over."""
    options: list[Pair] = []
    for i, one in enumerate(a):
        for j, other in enumerate(b):
            found = _words(one, other, frequencies)
            if found:
                options.append((i, j, *found))
    options.sort(key=lambda pair: (-pair[2], pair[0], pair[1]))
    left, right = set(range(len(a))), set(range(len(b)))
    pairs = []
    for pair in options:
        if pair[0] in left and pair[1] in right:
            left.remove(pair[0])
            right.remove(pair[1])
            pairs.append(pair)
    return pairs, sorted(left), sorted(right)


def _words(a: str, b: str, frequencies: Frequencies) -> tuple[float, Code] | None:
    """What it weighs that these two words stand for one, and in which way they do."""
    if a == b:
        return (frequencies.word(a), Code.SAME_NAME) if len(a) > 1 else (1.5, Code.INITIAL)
    if len(a) == 1 or len(b) == 1:
        return (1.0, Code.INITIAL) if a[0] == b[0] else None
    shared = full_forms(a) & full_forms(b)
    if shared:
        return min(frequencies.word(form) for form in shared) - 1.5, Code.SHORT_FORM
    if abs(len(a) - len(b)) > 2 or min(len(a), len(b)) < 4:
        return None
    slips = DamerauLevenshtein.distance(a, b, score_cutoff=2)
    if slips == 1 or (slips == 2 and min(len(a), len(b)) >= 7 and JaroWinkler.similarity(a, b) >= 0.93):
        weight = min(frequencies.word(a), frequencies.word(b)) - 1.0 - 1.5 * slips
        return (weight, Code.NAME_ALIKE) if weight > 0 else None
    return None


def _contacts(a: Record, b: Record, frequencies: Frequencies) -> list[Reason]:
    reasons = []
    for mine, yours, counts, same, other, household, against in (
        (a.phones, b.phones, frequencies.phones, Code.SAME_PHONE, Code.OTHER_PHONE, 1.0, -0.7),
        (a.emails, b.emails, frequencies.emails, Code.SAME_EMAIL, Code.OTHER_EMAIL, 0.3, -0.5),
    ):
        shared = mine & yours
        if shared:
            reasons.append(Reason(same, max(frequencies.contact(counts, value, household) for value in shared)))
        elif mine and yours:
            reasons.append(Reason(other, against))
    return reasons


def _units(a: Record, b: Record, frequencies: Frequencies) -> list[Reason]:
    shared = a.units & b.units
    if shared:
        weight = max(frequencies.unit(unit) for unit in shared)
        return [Reason(Code.SAME_UNIT, weight)] if weight > 0 else []
    return [Reason(Code.OTHER_UNIT, -0.7)] if a.units and b.units else []


def _birthdays(a: date | None, b: date | None) -> list[Reason]:
    if a is None or b is None:
        return []
    if a == b:
        return [Reason(Code.SAME_BIRTHDAY, log(0.95 * 365 * 40))]
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return [Reason(Code.BIRTHDAY_ALIKE, 4.0)]
    if sum(x != y for x, y in zip(a.isoformat(), b.isoformat(), strict=True)) == 1:
        return [Reason(Code.BIRTHDAY_ALIKE, 2.0)]
    return [Reason(Code.OTHER_BIRTHDAY, -8.0)]
