"""One workbook with several sheets comes in sheet by sheet, without a new upload, and goes when all are in."""

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.test import Client

from commonweal.common.clock import now
from commonweal.common.models import Work
from commonweal.common.work import Report
from commonweal.exchange.models import ImportBatch
from commonweal.exchange.writes.purging import KEPT_FOR, purge
from commonweal.exchange.writes.uploads import folder_of
from commonweal.people.models import Nomination, Person, Tie
from tests.browser.committee_files import workbook
from tests.exchange.test_import_pages import given, said, shown
from tests.exchange.test_imports import go, once, signed_in
from tests.village import Village

pytestmark = pytest.mark.django_db
SHEETS: dict[str, Sequence[Sequence[str]]] = {
    "Read me": [["How to fill this in"]],
    "People": [["Name", "Department", "Phone"], ["Ada Soto", "Weaving", "212 555 0142"], ["Ida Soto", "Weaving", ""]],
    "Nominations": [["Who said it", "Whom do you go to for advice?"], ["Ada Soto", "Ida Soto"]],
    "Ties": [["From", "To", "Kind"], ["Ada Soto", "Ida Soto", "friend"]],
}


def bring_sheet(client: Client, batch: ImportBatch) -> str:
    """Looks at what was given, brings it in, and says the page that follows."""
    go(client, batch, "columns")
    go(client, batch, "bring")
    batch.refresh_from_db()
    assert batch.state == "done", (batch.state, batch.refusal)
    return shown(client, batch)


def begin(client: Client, batch: ImportBatch, sheet: str) -> ImportBatch:
    answer = client.post(f"/exchange/imports/{batch.pk}/sheet/", {"sheet": sheet, **once()})
    assert answer.status_code == 302
    return ImportBatch.objects.get(pk=answer["Location"].rstrip("/").rpartition("/")[2])


def test_the_other_sheets_are_named_and_begun_with_a_press_until_all_are_in(village: Village) -> None:
    client = signed_in(village.root)
    people = given(client, workbook(SHEETS), "committee.xlsx")
    page = said(bring_sheet(client, people))
    assert "2 more sheets of this workbook are not in yet" in page
    assert "Nominations Who named whom" in page and "Ties Who is tied to whom" in page and "Read me" not in page
    nominations = begin(client, people, "2")
    assert nominations.kind == "nominations" and nominations.pk != people.pk
    columns = said(shown(client, nominations, "columns"))
    assert "committee.xlsx · Nominations ·" in columns and "this very file" not in columns
    assert begin(client, people, "2").pk == nominations.pk, "a sheet that waits is not begun twice"
    assert "Go on with it" in said(shown(client, people))
    assert "One more sheet" in said(bring_sheet(client, nominations))
    assert Nomination.objects.count() == 1
    assert "not in yet" not in said(bring_sheet(client, begin(client, nominations, "3")))
    assert Tie.objects.count() == 1 and Person.objects.filter(name__endswith="Soto").count() == 2
    assert "not in yet" not in said(shown(client, people))
    assert not any(folder_of(one.pk).exists() for one in ImportBatch.objects.all())
    assert not ImportBatch.objects.filter(pieces__gt=0).exists()


def test_the_same_workbook_brought_again_begins_with_a_sheet_that_is_not_in(village: Village) -> None:
    client, book = signed_in(village.root), workbook(SHEETS)
    bring_sheet(client, given(client, book, "committee.xlsx"))
    again = given(client, book, "committee.xlsx")
    assert again.sheet_name == "Ties"
    assert given(signed_in(village.ana), book, "committee.xlsx").sheet_name == "People", "hers are her own"


def test_a_workbook_that_is_gone_is_said_to_be_gone(village: Village) -> None:
    client = signed_in(village.root)
    people = given(client, workbook(SHEETS), "committee.xlsx")
    bring_sheet(client, people)
    client.post(f"/exchange/imports/{people.pk}/sheet/", {"sheet": "none", **once()})
    assert not folder_of(people.pk).exists()
    page = shown(client, people)
    assert "The workbook is no longer kept here." in said(page) and 'name="sheet"' not in page
    late = client.post(f"/exchange/imports/{people.pk}/sheet/", {"sheet": "2", **once()}, follow=True)
    assert "The file is no longer kept here. Bring it again." in said(late.content.decode())
    assert ImportBatch.objects.count() == 1


def test_a_workbook_goes_by_itself_after_thirty_days(village: Village) -> None:
    client = signed_in(village.root)
    people = given(client, workbook(SHEETS), "committee.xlsx")
    bring_sheet(client, people)
    report = Report(Work.objects.create(kind="commonweal.t", asked_at=now()))
    purge(None, report, by=None, at=now() + KEPT_FOR - timedelta(days=1))
    assert folder_of(people.pk).exists()
    purge(None, report, by=None, at=now() + KEPT_FOR + timedelta(days=1))
    people.refresh_from_db()
    assert people.pieces == 0 and not folder_of(people.pk).exists() and people.state == "done"


def test_nobody_else_sees_or_begins_a_sheet(village: Village) -> None:
    client = signed_in(village.ana)
    people = given(client, workbook(SHEETS), "committee.xlsx")
    page = bring_sheet(client, people)
    assert re.search(r'name="sheet" value="2"', page)
    for sheet in ("2", "none"):
        assert (
            signed_in(village.dov).post(f"/exchange/imports/{people.pk}/sheet/", {"sheet": sheet, **once()}).status_code
            == 404
        )
    assert folder_of(people.pk).exists()
    for asked in ("1", "99", "x", "-1"):
        begin_nothing = client.post(f"/exchange/imports/{people.pk}/sheet/", {"sheet": asked, **once()})
        assert begin_nothing["Location"].endswith(f"{people.pk}/"), asked
    assert ImportBatch.objects.count() == 1
