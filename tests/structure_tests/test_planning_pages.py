"""Planning a test and its roll on the page: what is taken from the rung, and somebody found by name."""

import pytest
from django.urls import reverse

from commonweal.people.writes.search_keys import refresh
from commonweal.structure_tests.models import Rung, StructureTest
from tests.signed_in import send, signed_in
from tests.structure_tests.planned import entry, plan
from tests.structure_tests.test_recording_pages import at
from tests.village import SENTINEL, Village

pytestmark = pytest.mark.django_db


def test_somebody_is_found_on_the_roll_by_name_and_set_on_leave(village: Village):
    refresh([village.cleo_person.pk, village.finn_person.pk, village.eve_person.pk])
    test, ana = plan(village), signed_in(village.ana)
    here = f"{at('roll', test)}?q=ruiz"
    page = ana.get(here)
    assert [line.glance.name for line in page.context["page"].lines] == ["Cleo Ruiz"]
    line = str(entry(test, village.cleo_person).pk)
    answer = send(ana, here, q="ruiz", entry=line, standing="leave", whom="ticked")
    assert answer.redirect_chain[-1][0].endswith("q=ruiz")
    assert entry(test, village.cleo_person).standing == "leave"
    for asked in (SENTINEL, "nobody at all"):
        assert ana.get(f"{at('roll', test)}?q={asked}").context["page"].lines == []


def test_what_is_left_empty_when_a_test_is_planned_is_taken_from_its_rung(village: Village):
    ana = signed_in(village.ana)
    rung = Rung.objects.create(
        campaign=village.campaign,
        position=1,
        kind="march_on_boss",
        name="March",
        threshold="0.35",
        unit_threshold="0.01",
    )
    address = reverse("structure_tests:plan", args=[village.campaign.pk])
    typed = {"rung": str(rung.pk), "name": "", "kind": "", "on": "2026-03-10", "threshold": "", "unit_threshold": "5"}
    send(ana, address, **typed)
    test = StructureTest.objects.get()
    assert (test.occasion.name, test.occasion.kind, str(test.threshold), str(test.unit_threshold)) == (
        "March", "march_on_boss", "0.35", "0.05",
    )  # fmt: skip
    missing = send(ana, address, **typed | {"rung": ""})
    assert {"name", "kind", "threshold"} == set(missing.context["form"].errors)
    assert StructureTest.objects.count() == 1


def test_a_wrong_number_is_not_replaced_by_that_of_the_rung(village: Village):
    rung = Rung.objects.create(
        campaign=village.campaign, position=1, kind="button", name="Buttons", threshold="0.35", unit_threshold="0.01"
    )
    address = reverse("structure_tests:plan", args=[village.campaign.pk])
    typed = {"rung": str(rung.pk), "name": "", "kind": "", "on": "2026-03-10", "threshold": "140", "unit_threshold": ""}
    answer = send(signed_in(village.ana), address, **typed)
    assert set(answer.context["form"].errors) == {"threshold"}
    assert not StructureTest.objects.exists()
