"""Away at once: one press ends the session and opens another site; nothing of ours is there on the way back."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.village import Village

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_one_press_leads_away_and_the_way_back_shows_nobody(
    open_page: Callable[..., Any], village: Village, settings: Any, live_server: Any, javascript: bool
) -> None:
    settings.AWAY = f"{live_server.url}/static/img/icon.svg"  # stands for a site of the town
    page = open_page(f"/people/{village.bo_person.pk}/", account=village.ana, phone=True, javascript=javascript)
    assert "Bo Adeyemi" in page.content()
    page.get_by_role("button", name="Away from here at once").click()
    page.wait_for_url("**/icon.svg")
    page.go_back()
    page.wait_for_load_state()
    assert "Bo Adeyemi" not in page.content()
