"""Who is meant now? Between the look at a file and its yes others may have added, merged or removed people."""

from collections.abc import Sequence
from uuid import UUID

from commonweal.exchange.reads.judging import Judge, reference_clue
from commonweal.exchange.reads.judging_pairs import references_of
from commonweal.exchange.reads.matching import Clue, Match
from commonweal.exchange.reads.verdicts import Judged, Who, as_uuid
from commonweal.people.models import Person
from commonweal.people.reads.people import people_within

MEANWHILE = "came_meanwhile"
SUGGESTED = frozenset({"alike", "not_found"})


def meet_again(judge: Judge, rows: Sequence[Judged], met: dict[str, str], *, only_me: bool) -> set[UUID]:
    """Corrects in `rows` who is meant, as the list stands now, and gives the people of it who are there.

    Whoever was new when the file was looked at and has come onto the list since is known; where
    that is unclear, the row is. `met` maps the ids that this import would have given to those
    people, for later rows; it is added to. A record that was merged stands for the one that holds it.
    With `only_me`, whom a row of people points to besides is left for later, when all are in.
    """
    whos = [who for one in rows for who in one.who if who[1] and (who[0] == "me" or not only_me)]
    for who in whos:
        if who[1] in met:
            who[1], who[2] = met[who[1]], "known"
    new = {as_uuid(who[1]) for who in whos if who[2] == "new"}
    made = set(Person.objects.filter(pk__in=new).values_list("pk", flat=True)) if new else set()
    open_ones = [(one, who) for one in rows for who in one.who if who[2] == "new" and (who[0] == "me" or not only_me)]
    _settle(judge, open_ones, made, met)
    inside = _there(judge, whos)
    for who in whos:
        if who[0] == "asker" and who[2] == "known" and as_uuid(who[1]) not in inside:
            who[1], who[2] = "", "unclear"  # what was seen still counts, without who asked
    return inside


def _settle(judge: Judge, pairs: list[tuple[Judged, Who]], made: set[UUID], met: dict[str, str]) -> None:
    """Looks for everybody who is new among those who are on the list by now, once for each id."""
    parts = {one.line: dict(references_of(judge.reading.kind, one.record)) for one, who in pairs if who[0] != "me"}
    asked: dict[str, tuple[Clue, list[tuple[Judged, Who]]]] = {}
    for one, who in pairs:
        if as_uuid(who[1]) in made:  # brought in before a stop or a fault
            who[2] = "known" if who[0] == "me" else who[2]
        elif who[1] in asked:
            asked[who[1]][1].append((one, who))
        else:
            record = one.record if who[0] == "me" else parts[one.line][who[0]]
            unit = judge.places.unit(record.get("unit", []))
            clue = judge.clue(record, unit) if who[0] == "me" else reference_clue(record, unit.id)
            asked[who[1]] = (clue, [(one, who)])
    matches = judge.of_others.look_up([clue for clue, _ in asked.values()])
    for (person, (_, asking)), match in zip(asked.items(), matches, strict=True):
        found, could_be = _newcomers(match, {each for _, who in asking for each in who[5]})
        if found:
            met[person] = found.hex
        for one, who in asking:
            if found:
                who[1], who[2] = found.hex, "known"
            elif could_be:
                who[1], who[2], who[4], who[5] = "", "unclear", MEANWHILE, [each.hex for each in could_be]
                one.verdict, one.reason = "unclear", MEANWHILE


def _newcomers(match: Match, considered: set[str]) -> tuple[UUID | None, list[UUID]]:
    """The one who came, or those among whom it is unclear; not those whom somebody had before her eyes."""
    if match.person:
        return (None, []) if match.person.hex in considered else (match.person, [])
    if match.reason in SUGGESTED:
        return None, []
    return None, [each for each in match.could_be if each.hex not in considered]


def _there(judge: Judge, whos: list[Who]) -> set[UUID]:
    """The people of these rows who are on the list and inside the scope; merged ones under their present record."""
    wanted = {as_uuid(who[1]) for who in whos if who[1] and who[2] == "known"}
    within = people_within(judge.scope).order_by()
    inside = set(within.filter(pk__in=wanted).values_list("pk", flat=True))
    missing = wanted - inside
    now: dict[UUID, UUID] = {}
    while missing:
        step = Person.objects.filter(pk__in=missing, merged_into__isnull=False)
        into = {one: kept for one, kept in step.values_list("pk", "merged_into") if kept}
        now.update(into)
        missing = set(into.values()) - inside - now.keys()
        inside |= set(within.filter(pk__in=missing).values_list("pk", flat=True))
        missing -= inside
    for who in whos:
        here, seen = as_uuid(who[1]) if who[1] else None, set()
        while here in now and here not in seen:
            seen.add(here)
            here = now[here]
        if here is not None and seen:
            who[1] = here.hex
    return inside
