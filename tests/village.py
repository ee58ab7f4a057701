"""The standing cast: Ana organizes, Bo has pull, Cleo is a member, Dov must not see.

The mill has two departments (weaving, spinning); the parish is another place, outside Ana's scope,
where Dov organizes and Eve lives. Every name, note and contact of Eve's holds a sentinel, so that a
leak can be found by its bytes.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from commonweal.accounts.models import Account
from commonweal.accounts.words import Role
from commonweal.common.ids import new_id
from commonweal.common.sealed import keyring
from commonweal.people import words
from commonweal.people.models import (
    Campaign,
    ChainLink,
    ContactPoint,
    Organization,
    Person,
    Placement,
    Shift,
    Unit,
)

THEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SENTINEL = "Zxqvsentinel"


@dataclass
class Village:
    """Everybody and every place, by name."""

    organization: Organization
    mill: Unit
    weaving: Unit
    spinning: Unit
    parish: Unit
    day: Shift
    night: Shift
    campaign: Campaign
    root: Account
    ana: Account
    bo: Account
    cleo: Account
    dov: Account
    bo_person: Person
    cleo_person: Person
    finn_person: Person
    eve_person: Person


def person(name: str, unit: Unit | None = None, shift: Shift | None = None, **fields: object) -> Person:
    """A person as the hall's writes would make her, placed in a unit."""
    given, _, family = name.rpartition(" ")
    made = Person.objects.create(
        name=name,
        given_name=given,
        family_name=family,
        sort_name=f"{family} {given}".strip().casefold(),
        source="hand:village",
        added_at=THEN,
        changed_at=THEN,
        **fields,
    )
    if unit is not None:
        Placement.objects.create(person=made, unit=unit, shift=shift, job="weaver", source="hand:village")
    return made


def phone(of: Person, number: str) -> ContactPoint:
    """A sealed telephone number (E.164) of a person."""
    ring = keyring()
    return ContactPoint.objects.create(
        person=of,
        kind=words.ContactKind.PHONE,
        value=number,
        fingerprint=ring.blind(number, "phone"),
        tail_fingerprint=ring.blind(number[-4:], "phone-tail"),
        source="hand:village",
    )


def account(name: str, role: str, of: Person | None = None, *units: Unit) -> Account:
    """A log-in with no passphrase; tests sign it in by force."""
    made = Account.objects.create(
        id=new_id(),
        email=f"{name.casefold()}@village.example",
        name=name,
        role=role,
        person=of,
        created_at=THEN,
    )
    made.units.set(units)
    return made


def found() -> Village:
    """Builds the village in the test's database."""
    organization = Organization.objects.create(name="Mill workers", created_at=THEN)
    day, night = (Shift.objects.create(name=name, position=place) for place, name in enumerate(("Day", "Night")))
    mill = Unit.objects.create(name="The mill", kind="site")
    weaving = Unit.objects.create(name="Weaving", parent=mill)
    spinning = Unit.objects.create(name="Spinning", parent=mill, position=1)
    parish = Unit.objects.create(name=f"Parish {SENTINEL}", kind="site", position=1)
    campaign = Campaign.objects.create(name="A fair day", begun_on=date(2026, 1, 5))
    campaign.units.set([mill])
    bo = person("Bo Adeyemi", weaving, day)
    cleo = person("Cleo Ruiz", weaving, day)
    finn = person("Finn Novak", spinning, night)
    eve = person(f"Eve {SENTINEL}", parish, day, note=f"note {SENTINEL}", outside_number=SENTINEL)
    phone(eve, "+12125550199")
    ChainLink.objects.create(
        campaign=campaign, leader=bo, follower=cleo, since=THEN, why="claimed", source="hand:village"
    )
    return Village(
        organization=organization,
        mill=mill,
        weaving=weaving,
        spinning=spinning,
        parish=parish,
        day=day,
        night=night,
        campaign=campaign,
        root=account("Root", Role.ADMINISTRATOR),
        ana=account("Ana", Role.ORGANIZER, None, mill),
        bo=account("Bo", Role.LEADER, bo),
        cleo=account("Cleo", Role.MEMBER, cleo),
        dov=account("Dov", Role.ORGANIZER, None, parish),
        bo_person=bo,
        cleo_person=cleo,
        finn_person=finn,
        eve_person=eve,
    )
