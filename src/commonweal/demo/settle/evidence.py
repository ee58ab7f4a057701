"""What was seen: ties, nominations, occasions with asks and bare yeses, assessments."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from commonweal.demo.committee import Committee
from commonweal.demo.hospital import GATHERINGS, NEXT, OCCASIONS, PETITION, Past
from commonweal.demo.matters import Said
from commonweal.demo.settle.doors import organizer_of
from commonweal.demo.spanish import called
from commonweal.demo.staff import NOBODY, Invention
from commonweal.people.models import Ask, Assessment, BareYes, Campaign, Nomination, Occasion, Tie
from commonweal.people.words import DIRECTED_TIES

AT_WORK = (("works_with", 0.40), ("shares_break", 0.28), ("friend", 0.14), ("goes_to", 0.12), ("learned_from", 0.06))
FAR = (("friend", 0.4), ("kin", 0.3), ("neighbour", 0.3))
BY_GATHERING = {
    "carpool": (("shares_ride", 1.0),),
    "hometown": (("same_place", 0.7), ("kin", 0.2), ("godparent", 0.1)),
    "savings": (("lends", 0.8), ("friend", 0.2)),
    "care": (("cares_for", 0.6), ("checks_on", 0.4)),
    "tenants": (("neighbour", 1.0),),
    "congregation": (("friend", 0.7), ("godparent", 0.15), ("checks_on", 0.15)),
}
QUESTIONS = (("checks", 0.2), ("comforts", 0.15), ("news", 0.2), ("faces", 0.15), ("advice", 0.2), ("turnout", 0.1))
REASONS: dict[str, Said] = {
    "1": {
        "en": ("Got her whole table to come.", "Her people came.", "Went from bed to bed and asked each of them."),
        "es": ("Trajo a sus compañeras sin que nadie se lo pidiera.", "Vino su gente.", "Le preguntó a cada una."),
    },
    "2": {
        "en": ("Wore the button all shift.", "Came to the director's office.", "Signed in front of everybody."),
        "es": ("Llevó el botón todo el turno.", "Firmó y lo dijo delante de todos.", "Vino a la dirección."),
    },
    "3": {
        "en": ("Listens, asks good questions, has not done anything yet.", "Says yes and has not come so far."),
        "es": ("Escucha y pregunta bien, todavía no ha hecho nada.", "Dice que sí, pero no ha venido."),
    },
    "4": {
        "en": ("Does not want to be asked again for now.", "Said she wants no trouble."),
        "es": ("Que por ahora no le preguntemos más.", "Dijo que no quiere problemas."),
    },
    "5": {
        "en": ("Tells others not to sign.", "Carries everything to the manager."),
        "es": ("Les dice a los demás que no firmen.", "Va con el chisme a la jefa."),
    },
}


def settle_evidence(
    invention: Invention,
    committee: Committee,
    people: list[UUID],
    campaign: Campaign,
    organizers: tuple[UUID, UUID],
    language: str,
    lot: int,
    at: datetime,
) -> list[Occasion]:
    """Stores what was seen of the hospital's people; the occasions in order, the coming one last."""
    dice = np.random.default_rng([lot, 4])
    _ties(dice, invention, people, at)
    _nominations(dice, invention, people, at)
    occasions = Occasion.objects.bulk_create(act_of(one, campaign, language, at) for one in (*OCCASIONS, NEXT))
    _acts(invention, people, occasions, at)
    _assessments(dice, invention, committee, people, organizers, language, at)
    return occasions


def act_of(one: Past, campaign: Campaign, language: str, at: datetime) -> Occasion:
    """Something people were asked to do, or will be, as the hall holds it; not yet stored."""
    return Occasion(
        campaign=campaign,
        kind=one.kind,
        name=called(one.name, language),
        on=(at - timedelta(days=one.days_ago)).date(),
        source="demo",
    )


def _nominations(dice: np.random.Generator, invention: Invention, people: list[UUID], at: datetime) -> None:
    rows = []
    for number, (who, whom) in enumerate(invention.nominations):
        question, said = _drawn(dice, QUESTIONS), at - timedelta(days=_days_ago(dice))
        rows.append(
            Nomination(
                nominator_id=people[who],
                nominee_id=people[whom],
                question=question,
                on=said.date(),
                source=f"demo:nomination:{number}",
                entered_at=said,
            )
        )
    Nomination.objects.bulk_create(rows)


def _days_ago(dice: np.random.Generator) -> int:
    """When something of these six months was heard."""
    return int(dice.integers(1, 176))


def _acts(invention: Invention, people: list[UUID], occasions: list[Occasion], at: datetime) -> None:
    """Who was seen to be asked, and who stands on the petition's sheets."""
    Ask.objects.bulk_create(
        [
            Ask(
                occasion=occasions[test],
                asker_id=None if asker == NOBODY else people[asker],
                asked_id=people[asked],
                outcome=outcome,
                source=f"demo:ask:{number}",
                entered_at=at,
            )
            for number, (test, asker, asked, outcome) in enumerate(invention.asks)
        ]
    )
    BareYes.objects.bulk_create(
        BareYes(
            occasion=occasions[PETITION],
            person_id=people[person],
            carried_by_id=None if carrier == NOBODY else people[carrier],
            source=f"demo:petition:{number}",
            entered_at=at,
        )
        for number, (_, person, carrier) in enumerate(invention.bare_yeses)
    )


def _ties(dice: np.random.Generator, invention: Invention, people: list[UUID], at: datetime) -> None:
    rows = []
    renown = invention.staff.pull + 0.5 * invention.staff.loudness
    for number, bond in enumerate(invention.bonds):
        kinds: tuple[tuple[str, float], ...] = AT_WORK if bond.root == "work" else FAR
        if bond.root.startswith("gathering:"):
            kinds = BY_GATHERING.get(GATHERINGS[int(bond.root.partition(":")[2])].kind, (("friend", 1.0),))
        kind = _drawn(dice, kinds)
        one, other = bond.one, bond.other
        if kind in DIRECTED_TIES and renown[one] > renown[other]:
            one, other = other, one
        rows.append(
            Tie(
                person_id=people[one],
                other_id=people[other],
                kind=kind,
                strength=bond.strength,
                source=f"demo:tie:{number}",
                entered_at=at - timedelta(days=_days_ago(dice)),
            )
        )
    Tie.objects.bulk_create(rows)


def _assessments(
    dice: np.random.Generator,
    invention: Invention,
    committee: Committee,
    people: list[UUID],
    organizers: tuple[UUID, UUID],
    language: str,
    at: datetime,
) -> None:
    """Where people stand as the organizer of their unit wrote it down."""
    rows = []
    for person, stance in sorted(committee.stances.items()):
        days = int(dice.integers(3, 55))
        if dice.random() < 0.2:  # she stood elsewhere before
            earlier = str(min(5, int(stance) + 1))
            rows.append((person, earlier, "stated", days + int(dice.integers(60, 120)), "was"))
        basis = "observed" if stance in "12" else "stated"
        rows.append((person, stance, basis, days, "is"))
    Assessment.objects.bulk_create(
        Assessment(
            person_id=people[person],
            stance=stance,
            basis=basis,
            reason=str(dice.choice(REASONS[stance][language])),
            on=(at - timedelta(days=days)).date(),
            source=f"demo:assessment:{which}:{person}",
            entered_at=at - timedelta(days=days),
            entered_by=organizers[organizer_of(int(invention.staff.unit[person]))],
        )
        for person, stance, basis, days, which in rows
    )


def _drawn(dice: np.random.Generator, kinds: tuple[tuple[str, float], ...]) -> str:
    shares = np.array([share for _, share in kinds])
    return kinds[int(dice.choice(len(kinds), p=shares / shares.sum()))][0]
