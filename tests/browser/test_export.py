"""Taking a part of the list out in a real browser: both widths, both languages, with and without script."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commonweal.exchange.models import Export
from tests.village import Village

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS, LIST = "/exchange/export/", "/exchange/exports/"


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pages_have_no_barriers(
    open_page: Callable[..., Any],
    no_barriers: Callable[[Any], None],
    village: Village,
    settings: Any,
    phone: bool,
    language: str,
) -> None:
    settings.EXPORT_ROWS_A_DAY = 1
    page = open_page(ADDRESS, phone=phone, language=language, account=village.ana, dark=phone)
    no_barriers(page)
    page.locator("#reason").fill("for the phone bank")
    page.locator("button[name=second]").click()
    page.wait_for_url(f"**{LIST}")
    no_barriers(page)
    for path in (ADDRESS + "?what=ties", ADDRESS + "?what=people&unit=" + str(village.weaving.pk)):
        page = open_page(path, phone=phone, language=language, account=village.root)
        no_barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") == (390 if phone else 1366)
        assert page.locator("html").get_attribute("lang") == language
    page = open_page(LIST, phone=phone, language=language, account=village.root)
    no_barriers(page)
    page.locator("button[value=yes]").click()
    page.wait_for_load_state()
    assert Export.objects.get().state == "agreed"


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_list_to_a_file_and_once_more(
    open_page: Callable[..., Any], village: Village, javascript: bool
) -> None:
    page = open_page(f"/people/?unit={village.weaving.pk}", account=village.ana, phone=True, javascript=javascript)
    page.get_by_role("link", name="Take out").click()
    page.get_by_role("heading", name="2 rows would leave this house").wait_for()
    page.get_by_text("Workbook (XLSX)").click()
    page.get_by_text("Phones and e-mails").click()
    page.get_by_label("What is it for?").fill("for the phone bank")
    with page.expect_download() as begun:
        page.get_by_role("button", name="Take it out").click()
    assert begun.value.suggested_filename.endswith(".xlsx")
    assert Path(begun.value.path()).read_bytes().startswith(b"PK")
    page.goto(page.url.replace(page.url.split("/exchange")[1], "/exports/"))
    assert "for the phone bank" in page.locator("main").inner_text()


def test_what_was_typed_is_there_after_she_has_shown_that_it_is_she(
    open_page: Callable[..., Any], village: Village
) -> None:
    from datetime import timedelta

    from commonweal.accounts.models import Device
    from commonweal.common.clock import now

    village.ana.set_password("a long passphrase of hers")
    village.ana.save()
    page = open_page(f"{ADDRESS}?unit={village.weaving.pk}", account=village.ana)
    page.get_by_label("What is it for?").fill("for the phone bank")
    Device.objects.update(confirmed_at=now() - timedelta(minutes=6))
    page.get_by_role("button", name="Take it out").click()
    page.wait_for_url("**next=**")
    Device.objects.update(confirmed_at=now())
    page.goto(page.url.split("/confirm")[0] + f"{ADDRESS}?what=people&unit={village.weaving.pk}")
    assert page.get_by_label("What is it for?").input_value() == "for the phone bank"
