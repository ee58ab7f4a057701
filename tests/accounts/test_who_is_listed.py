"""Who sees whose account."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.village import Village

pytestmark = pytest.mark.django_db


def names(client: Client, account: object) -> set[str]:
    client.force_login(account)  # type: ignore[arg-type]
    page = client.get(reverse("accounts:accounts"))
    return {one.name for one in page.context["page"]}


def test_an_administrator_sees_every_account_and_an_organizer_those_she_looks_after(village: Village) -> None:
    everybody = {one.name for one in (village.root, village.ana, village.bo, village.cleo, village.dov)}
    assert names(Client(), village.root) == everybody
    assert names(Client(), village.ana) == {village.ana.name, village.bo.name, village.cleo.name}
    assert names(Client(), village.dov) == {village.dov.name}
