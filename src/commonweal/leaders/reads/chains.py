"""Who walks with whom, what they did, and where a chain has a hole."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from commonweal.leaders.models import Candidate, ListedLeader, Reading
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.rules.holes import Group as Bunch
from commonweal.leaders.rules.holes import holes
from commonweal.leaders.rules.stages import WITH_US
from commonweal.ledger.reads import while_nobody_acts
from commonweal.people.models import Ask, ChainLink
from commonweal.people.reads.evidence import standing
from commonweal.people.words import Outcome

ANSWERED = (Outcome.DID, Outcome.DID_NOT)
LOOKED_AT = 50


@dataclass(frozen=True)
class Follower:
    """Somebody who walks with a leader: since when, why, and of how many asks by her she came to how many."""

    link: UUID
    person: UUID
    since: datetime
    why: str
    asked: int
    came: int
    ever_asked: bool
    unit: UUID
    shift: UUID | None


@dataclass(frozen=True)
class Hole:
    """People of a place with whom nobody walks; `language` instead of a shift where they share one."""

    unit: UUID
    shift: UUID | None
    language: str
    people: int
    alone: int
    might: tuple[UUID, ...] = ()


@dataclass
class Chain:
    """A leader's chain: her followers inside the part, how many more there are outside, and the holes around it."""

    leader: UUID
    followers: list[Follower] = field(default_factory=list)
    outside: int = 0
    holes: list[Hole] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """How many of her followers she was seen to ask."""
        return sum(1 for one in self.followers if one.asked)

    @property
    def came(self) -> int:
        """How many of those came at least once."""
        return sum(1 for one in self.followers if one.came)

    @property
    def never_asked(self) -> list[UUID]:
        """Whom nobody ever asked for anything."""
        return [one.person for one in self.followers if not one.ever_asked]


@dataclass(frozen=True)
class ChainLine:
    """One chain in the list of all: how many walk, how many of them she asked, how many of those came."""

    leader: UUID
    walking: int
    asked: int
    came: int


def chain_of(part: Part, leader: UUID, reading: Reading | None) -> Chain:
    """The chain of one leader with its holes; six queries."""
    links = ChainLink.objects.filter(campaign=part.campaign, leader=leader, until=None)
    rows = {link.follower_id: link for link in links.filter(part.holds("follower")).order_by("follower__sort_name")}
    placed = {
        person: (unit, shift) for person, unit, shift in part.placements_of(rows).values_list("person", "unit", "shift")
    }
    asks = standing(Ask).filter(asked__in=rows)
    seen = dict.fromkeys(rows, (0, 0)) | {
        person: (asked, came)
        for person, asked, came in asks.filter(asker=leader, outcome__in=ANSWERED)
        .values_list("asked")
        .annotate(number=Count("pk"), came=Count("pk", filter=Q(outcome=Outcome.DID)))
        .values_list("asked", "number", "came")
    }
    ever = set(asks.values_list("asked", flat=True).distinct())
    chain = Chain(leader, outside=links.count() - len(rows))
    for person, link in rows.items():
        unit, shift = placed[person]
        asked, came = seen[person]
        chain.followers.append(
            Follower(link.pk, person, link.since, link.why, asked, came, person in ever, unit, shift)
        )
    chain.holes = holes_near(part, leader, chain.followers, reading)
    return chain


def holes_near(part: Part, leader: UUID, followers: list[Follower], reading: Reading | None) -> list[Hole]:
    """Shifts and languages of the units around a chain with whom hardly anybody walks, each with who might."""
    units = {one.unit for one in followers}
    units |= set(part.placements_of([leader]).values_list("unit", flat=True))
    link = ChainLink.objects.filter(campaign=part.campaign, follower=OuterRef("person"), until=None)
    rows = (
        part.placements()
        .filter(unit__in=units)
        .annotate(walks=Exists(link))
        .values_list("person", "unit", "shift", "person__languages", "walks")
    )
    counts: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
    where: dict[UUID, tuple[str, str, str]] = {}
    for person, unit, shift, languages, walks in rows:
        language = languages[0] if languages else ""
        where[person] = (str(unit), str(shift or ""), language)
        for key in (("shift", str(unit), str(shift or "")), ("language", str(unit), language)):
            if key[0] == "shift" or language:
                counts[key][0] += 1
                counts[key][1] += int(walks)
    found = holes(Bunch(key, people, walking) for key, (people, walking) in counts.items())
    might = _who_might(reading, where, found)
    return [
        Hole(
            unit=UUID(bunch.key[1]),
            shift=UUID(bunch.key[2]) if bunch.key[0] == "shift" and bunch.key[2] else None,
            language=bunch.key[2] if bunch.key[0] == "language" else "",
            people=bunch.people,
            alone=bunch.people - bunch.walking,
            might=tuple(might.get(bunch.key, ()))[:2],
        )
        for bunch in found
    ]


def _who_might(
    reading: Reading | None, where: dict[UUID, tuple[str, str, str]], found: list[Bunch]
) -> dict[tuple[str, ...], list[UUID]]:
    """For each bunch its people whom others name or follow, strongest evidence first."""
    wanted = {bunch.key for bunch in found}
    might: dict[tuple[str, ...], list[UUID]] = defaultdict(list)
    if reading is None or not wanted:
        return might
    people = [
        person
        for person, (unit, shift, language) in where.items()
        if ("shift", unit, shift) in wanted or ("language", unit, language) in wanted
    ]
    for candidate in Candidate.objects.filter(reading=reading, person__in=people).order_by("place", "person_id"):
        unit, shift, language = where[candidate.person_id]
        for key in (("shift", unit, shift), ("language", unit, language)):
            if key in wanted:
                might[key].append(candidate.person_id)
    return might


def chain_lines(part: Part, leaders: Iterable[UUID]) -> dict[UUID, ChainLine]:
    """How each of these leaders' chains stands; three queries. Only to be read."""
    wanted = tuple(leaders)
    asked = ("chains", part.campaign.pk, part.units, part.everywhere, wanted)
    return while_nobody_acts(asked, lambda: _chain_lines(part, wanted))


def _chain_lines(part: Part, wanted: Sequence[UUID]) -> dict[UUID, ChainLine]:
    links = ChainLink.objects.filter(campaign=part.campaign, until=None, leader__in=wanted)
    inside = links.filter(part.holds("follower"))
    walking = dict(inside.order_by().values_list("leader").annotate(number=Count("pk")))
    hers = ChainLink.objects.filter(
        campaign=part.campaign, until=None, leader=OuterRef("asker"), follower=OuterRef("asked")
    )
    asks = standing(Ask).filter(Exists(hers), asker__in=wanted, outcome__in=ANSWERED)
    answers = {
        leader: (asked, came)
        for leader, asked, came in asks.order_by()
        .values_list("asker")
        .annotate(
            number=Count("asked", distinct=True), came=Count("asked", distinct=True, filter=Q(outcome=Outcome.DID))
        )
        .values_list("asker", "number", "came")
    }
    return {leader: ChainLine(leader, walking.get(leader, 0), *answers.get(leader, (0, 0))) for leader in wanted}


def widest_chain(part: Part) -> UUID | None:
    """The leader of the part who is with us and with whom most people of it walk; among the first of several, the one
    to whom more came. Chains are counted with those outside the part first, and only the widest looked at closely."""
    ours = ListedLeader.objects.filter(campaign=part.campaign, off_since=None, stage__in=WITH_US).values("person")
    rough = (
        ChainLink.objects.filter(campaign=part.campaign, until=None, leader__in=ours)
        .order_by()
        .values_list("leader")
        .annotate(number=Count("*"))
        .order_by("-number", "leader")
    )
    best: ChainLine | None = None
    first, most = 0, LOOKED_AT
    while some := dict(rough[first : first + most]):
        if best is not None and max(some.values()) <= best.walking:
            break
        inside = part.placements_of(some).values_list("person", flat=True)
        for line in _chain_lines(part, tuple(inside)).values():
            if line.walking and (best is None or (line.walking, line.came) > (best.walking, best.came)):
                best = line
        if best is not None and best.walking == max(some.values()):
            break
        first, most = first + most, most * 8
    return best.leader if best else None


def walks_now(part: Part, follower: UUID) -> ChainLink | None:
    """With whom somebody walks now."""
    return ChainLink.objects.filter(campaign=part.campaign, follower=follower, until=None).first()


def walks_of(part: Part, follower: UUID) -> list[ChainLink]:
    """With whom somebody walked in this campaign, newest first."""
    return list(ChainLink.objects.filter(campaign=part.campaign, follower=follower).order_by("-since"))


def leaders_of(part: Part, followers: Iterable[UUID]) -> dict[UUID, UUID]:
    """With whom each of these people walks now."""
    links = ChainLink.objects.filter(campaign=part.campaign, follower__in=list(followers), until=None)
    return dict(links.values_list("follower_id", "leader_id"))
