"""Whom nobody assessed stands where her acts put her."""

import pytest
from django.db.models import QuerySet

from commonweal.people.models import Occasion, Person
from commonweal.people.reads.acts import marks_of_acts
from commonweal.people.reads.glances import stances
from commonweal.people.writes.evidence import assess, record_ask
from tests.village import THEN, Village, person

pytestmark = pytest.mark.django_db


def test_acts_alone_mark_who_brought_somebody_who_came_and_who_did_not(village: Village) -> None:
    day = Occasion.objects.create(kind="button", name="Button day", on=THEN.date(), source="hand:village")
    bo, cleo, finn = village.bo_person.pk, village.cleo_person.pk, village.finn_person.pk
    record_ask(occasion=day, asker=bo, asked=cleo, outcome="did", by=None, at=THEN)
    record_ask(occasion=day, asker=bo, asked=finn, outcome="did_not", by=None, at=THEN)
    quiet = person("Gus Hale", village.weaving).pk
    assert stances([bo, cleo, finn, quiet]) == {bo: "1", cleo: "2", finn: "3"}
    everybody: QuerySet[Person] = Person.objects.values("pk")
    assert marks_of_acts(everybody) == {bo: "1", cleo: "2", finn: "3"}


def test_an_assessment_outranks_what_acts_alone_would_say(village: Village) -> None:
    day = Occasion.objects.create(kind="button", name="Button day", on=THEN.date(), source="hand:village")
    cleo = village.cleo_person.pk
    record_ask(occasion=day, asker=None, asked=cleo, outcome="did", by=None, at=THEN)
    assess(person=cleo, stance="4", basis="stated", reason="not again", on=THEN.date(), by=None, at=THEN)
    assert stances([cleo]) == {cleo: "4"}
