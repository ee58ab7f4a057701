"""The demo's accounts, and links that open them again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commonweal.accounts.models import Account
from commonweal.accounts.words import Role
from commonweal.demo.committee import BO, CLEO, Committee
from commonweal.demo.settle.places import Places
from commonweal.people.models import Unit

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Visitor:
    """Somebody as whom one can look around, and what she is there for."""

    name: str
    email: str
    says: StrPromise


ORGANIZER = Visitor("Ana Morales", "ana@riverside.example", _("organizer of the hospital"))
LEADER = Visitor(BO, "bo@riverside.example", _("leader, sees her own chain"))
MEMBER = Visitor(CLEO, "cleo@riverside.example", _("member, sees herself"))
OUTSIDE = Visitor("Dov Lerner", "dov@hillside.example", _("organizer elsewhere, must see nobody of the hospital"))
ADMINISTRATOR = Visitor("Irma Solís", "irma@riverside.example", _("administrator, keeps the place"))
COLLEAGUE = Visitor("Pablo Reyes", "pablo@riverside.example", _("organizer of the hospital"))
"""Works beside Ana; nobody looks around as him."""
VISITORS = (ORGANIZER, LEADER, MEMBER, OUTSIDE, ADMINISTRATOR)


def organizer_of(place: int) -> int:
    """Which of the two organizers a department is: every second one each."""
    return 1 - place % 2


def open_doors(committee: Committee, people: list[UUID], places: Places, at: datetime) -> tuple[UUID, UUID]:
    """Makes the accounts; the ids of the hospital's two organizers."""
    _account(ADMINISTRATOR, Role.ADMINISTRATOR, at)
    organizers = _account(ORGANIZER, Role.ORGANIZER, at), _account(COLLEAGUE, Role.ORGANIZER, at)
    for organizer in organizers:
        organizer.units.set(Unit.objects.filter(pk=places.site))
    _account(OUTSIDE, Role.ORGANIZER, at).units.set(Unit.objects.filter(pk=places.other_site))
    _account(LEADER, Role.LEADER, at, people[committee.cast[BO]])
    _account(MEMBER, Role.MEMBER, at, people[committee.cast[CLEO]])
    return organizers[0].pk, organizers[1].pk


def _account(visitor: Visitor, role: str, at: datetime, person: UUID | None = None) -> Account:
    account = Account(email=visitor.email, name=visitor.name, role=role, person_id=person, created_at=at)
    account.set_unusable_password()
    account.save()
    return account
