"""The stickers of the last acts on the printed chart: where there is room for them, and nowhere else."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from commonweal.people.models import Person, Placement
from tests.leaders.small_mill import ask, occasion
from tests.village import THEN, Village

pytestmark = pytest.mark.django_db
ADDRESS = "/exchange/paper/wall_chart/pdf/"


def words(client: Client, paper: str) -> str:
    """What is written on the first page."""
    answer = client.post(ADDRESS, {"paper": paper})
    assert answer.status_code == 200
    return PdfReader(BytesIO(answer.content)).pages[0].extract_text()


def crowd(village: Village, count: int) -> None:
    """So many more who weave by day."""
    people = [
        Person(name=f"Crowd {number}", sort_name=f"crowd {number:05d}", source="t", added_at=THEN, changed_at=THEN)
        for number in range(count)
    ]
    Person.objects.bulk_create(people, 500)
    Placement.objects.bulk_create(
        [Placement(person=one, unit=village.weaving, shift=village.day, source="t") for one in people], 500
    )


def test_stickers_and_what_they_stand_for_are_printed(client: Client, village: Village) -> None:
    act = occasion(village, "Button day", timezone.localdate() - timedelta(days=3))
    ask(act, None, village.cleo_person, "did")
    client.force_login(village.ana)
    said = words(client, "a3")
    assert "1 Button day" in said and "asked, did not come" in said


def test_without_acts_nothing_is_said_of_stickers(client: Client, village: Village) -> None:
    client.force_login(village.ana)
    assert "asked, did not come" not in words(client, "a3")


def test_where_names_fill_the_sheet_stickers_give_way_to_them(client: Client, village: Village) -> None:
    act = occasion(village, "Button day", timezone.localdate() - timedelta(days=3))
    ask(act, None, village.cleo_person, "did")
    crowd(village, 1750)
    client.force_login(village.ana)
    assert "Button day" not in words(client, "a3")
    assert "1 Button day" in words(client, "a1")
