"""Pages on paper: no controls, no cut rows, whose print it is, and every page with its number."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from tests.browser.test_chart import crowd
from tests.village import Village

pytestmark = pytest.mark.django_db(transaction=True)
NEVER = ("Take out", "Sacar un archivo", "Sift", "Somebody new", "correct", "http")


def printed(page: Any) -> list[str]:
    """The text of each page as Chromium prints it."""
    document = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    return [one.extract_text() for one in document.pages]


@pytest.mark.parametrize(("language", "whose"), [("en", "Printed by Ana"), ("es", "Impreso por Ana")])
def test_pages_go_onto_paper_without_controls_and_with_whose_they_are(
    open_page: Callable[..., Any], village: Village, language: str, whose: str
) -> None:
    crowd(village, 60)
    for path in (
        f"/people/?unit={village.weaving.pk}",
        f"/people/{village.cleo_person.pk}/",
        f"/units/{village.weaving.pk}/",
        f"/campaigns/{village.campaign.pk}/board/",
        f"/campaigns/{village.campaign.pk}/list/",
        f"/campaigns/{village.campaign.pk}/people/{village.bo_person.pk}/chain/",
        "/leaders/ties_map/?page=table",
        "/leaders/wall_chart/?page=table",
    ):
        pages = printed(open_page(path, account=village.ana, language=language))
        text = "\n".join(pages)
        assert whose in pages[0] and text.count(whose) == 1, path
        assert f"{len(pages)} / {len(pages)}" in pages[-1], path
        assert [word for word in NEVER if word in text] == [], path


def test_thirty_people_of_a_list_fit_a_page_and_none_is_lost(open_page: Callable[..., Any], village: Village) -> None:
    crowd(village, 120)
    page = open_page("/people/", account=village.ana)
    shown = page.locator(".people-list b").all_inner_texts()
    pages = printed(page)
    assert len(pages) <= 2
    assert [name for name in shown if name not in "\n".join(pages)] == []


def test_what_is_for_paper_does_not_show_on_the_screen(open_page: Callable[..., Any], village: Village) -> None:
    page = open_page("/people/", account=village.ana)
    assert not page.get_by_text("Printed by").is_visible()
