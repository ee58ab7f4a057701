"""Doors: strangers are asked to sign in, other roles find nothing, and grave acts ask again who she is."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from commonweal.accounts.models import Device
from commonweal.common.clock import now
from commonweal.common.doors import (
    administrators,
    anyone_signed_in,
    freshly_confirmed,
    organizers,
    organizers_and_leaders,
)
from commonweal.urls import urlpatterns as real
from tests.village import Village

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


urlpatterns = [
    *real,
    path("all/", anyone_signed_in(page)),
    path("chain/", organizers_and_leaders(page)),
    path("list/", organizers(page)),
    path("place/", administrators(page)),
    path("grave/", organizers(freshly_confirmed(page))),
]
OPEN_TO = {
    "/all/": {"root", "ana", "dov", "bo", "cleo"},
    "/chain/": {"root", "ana", "dov", "bo"},
    "/list/": {"root", "ana", "dov"},
    "/place/": {"root"},
    "/grave/": {"root", "ana", "dov"},
}


def of(account: Any) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.mark.parametrize("address", OPEN_TO)
def test_each_door_opens_to_its_roles_and_is_not_there_for_others(village: Village, address: str) -> None:
    for name in ("root", "ana", "dov", "bo", "cleo"):
        answer = of(getattr(village, name)).get(address)
        assert answer.status_code == (200 if name in OPEN_TO[address] else 404), name


@pytest.mark.parametrize("address", OPEN_TO)
def test_a_stranger_is_asked_to_sign_in_and_led_back(client: Client, village: Village, address: str) -> None:
    answer = client.get(address + "?q=x")
    assert answer.headers["Location"] == f"{reverse('accounts:sign_in')}?next={address}%3Fq%3Dx"


def test_after_a_form_she_is_led_back_to_its_page_and_not_to_its_target(client: Client, village: Village) -> None:
    answer = client.post("/all/", {}, headers={"referer": "http://testserver/you/"})
    assert answer.headers["Location"].endswith("?next=/you/")
    for foreign in ("https://evil.example/you/", "", "http://testserver.evil.example/x/"):
        answer = client.post("/all/", {}, headers={"referer": foreign})
        assert answer.headers["Location"].endswith("?next=/")


def test_a_grave_act_asks_again_after_five_minutes(village: Village) -> None:
    client = of(village.ana)
    assert client.get("/grave/").status_code == 200
    for ago in (timedelta(minutes=5, seconds=1), timedelta(days=1), timedelta(minutes=-2)):
        Device.objects.update(confirmed_at=now() - ago)
        answer = client.get("/grave/")
        assert answer.headers["Location"] == f"{reverse('accounts:confirm')}?next=%2Fgrave%2F", ago
    Device.objects.update(confirmed_at=None)
    assert client.get("/grave/").status_code == 302


def test_a_role_taken_away_closes_the_door_on_the_next_request(village: Village) -> None:
    client = of(village.ana)
    assert client.get("/list/").status_code == 200
    type(village.ana).objects.filter(pk=village.ana.pk).update(role="member", person=village.finn_person)
    assert client.get("/list/").status_code == 404
