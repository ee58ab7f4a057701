"""From an empty database to a place where every page is alive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from commonweal.common.refusals import Refusal
from commonweal.demo.committee import convene
from commonweal.demo.invention import invent
from commonweal.demo.settle.doors import open_doors
from commonweal.demo.settle.evidence import settle_evidence
from commonweal.demo.settle.listing import open_campaign, settle_listing
from commonweal.demo.settle.places import settle_places
from commonweal.demo.settle.staff import settle_staff
from commonweal.demo.settle.structure import settle_tests
from commonweal.demo.settle.talks import settle_talks
from commonweal.ledger.models import Entry
from commonweal.ledger.writes import record
from commonweal.people.models import Organization

LOT = 4
VERB = "loaded_demo"


class NotEmpty(Refusal):
    """There is something in the database already; a demo never mixes with real people."""


def is_loaded() -> bool:
    """Is the demo in this database, whole?"""
    return Entry.objects.filter(verb=VERB).exists()


def load(*, lot: int, at: datetime, say: Callable[[str], None], language: str = "en") -> None:
    """Puts the demo into an empty database, in one transaction, with its names in a language. Raises NotEmpty."""
    if Organization.objects.exists():
        raise NotEmpty
    say(_("inventing a hospital"))
    invention = invent(lot)
    committee = convene(invention, lot)
    with transaction.atomic():
        say(_("units, institutions and people"))
        places = settle_places(language, at)
        people = settle_staff(invention, places, language, lot, at)
        organizers = open_doors(committee, people, places, at)
        say(_("who knows whom, who names whom, who came"))
        campaign = open_campaign(places.site, language, at)
        occasions = settle_evidence(invention, committee, people, campaign, organizers, language, lot, at)
        say(_("the list and the chains"))
        settle_listing(committee, invention.walks, people, campaign, organizers, language, lot, at)
        say(_("six months of conversations"))
        settle_talks(invention, committee, people, occasions, language, lot, at)
        say(_("five tests of the structure, and a sixth that opens soon"))
        settle_tests(invention, people, campaign, occasions, organizers, language, lot, at)
        record(VERB, by=None, at=at, facts={"lot": lot, "people": len(people)})
