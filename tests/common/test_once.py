"""A form counts once: a double click, a lost answer, two at the same moment."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import path

from commonweal.common.clock import now
from commonweal.common.ids import new_id
from commonweal.common.models import Once
from commonweal.common.once import once_only
from commonweal.people.models import Institution
from commonweal.urls import urlpatterns as real

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]
BROKEN = "breaks after writing"


@once_only
def found_choir(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        made = Institution.objects.create(
            kind="choir", name=f"{request.POST['name']} {new_id()}", added_at=now(), source="hand:test"
        )
        if request.POST["name"] == BROKEN:
            raise RuntimeError
        if request.POST["name"]:
            return redirect(f"/choirs/{made.pk}/")
    return HttpResponse("form")


urlpatterns = [*real, path("choirs/", found_choir), path("clubs/", found_choir)]


def send(client: Client, name: str = "Sunday", once: str = "k1", to: str = "/choirs/") -> Any:
    return client.post(to, {"name": name, "once": once})


def names() -> list[str]:
    return [name.rpartition(" ")[0] for name in Institution.objects.order_by("name").values_list("name", flat=True)]


def test_a_repetition_after_a_lost_answer_gets_the_same_answer_and_does_nothing() -> None:
    client = Client()
    first, again = send(client), send(client)
    assert first.headers["Location"] == again.headers["Location"]
    assert names() == ["Sunday"]


def test_another_form_is_another_act() -> None:
    client = Client()
    send(client, once="k1")
    send(client, once="k2")
    assert names() == ["Sunday", "Sunday"]


def test_the_key_of_one_page_or_person_is_not_that_of_another(village: Any) -> None:
    before = Institution.objects.count()
    send(Client())
    send(Client(), to="/clubs/")
    for account in (village.ana, village.dov):
        client = Client()
        client.force_login(account)
        send(client)
    assert Institution.objects.count() == before + 4


def test_a_form_with_errors_undoes_everything_and_can_be_sent_again_with_its_key() -> None:
    client = Client()
    assert send(client, name="").content == b"form"
    assert names() == []
    assert not Once.objects.exists()
    assert send(client, name="Monday").status_code == 302
    assert names() == ["Monday"]


def test_an_act_that_breaks_leaves_nothing_and_may_be_tried_again() -> None:
    client = Client(raise_request_exception=False)
    assert send(client, name=BROKEN).status_code == 500
    assert names() == []
    assert send(client, name="Tuesday").status_code == 302
    assert names() == ["Tuesday"]


def test_a_form_without_a_key_is_refused() -> None:
    answer = Client().post("/choirs/", {"name": "Sunday"})
    assert answer.status_code == 422
    assert names() == []


def test_looking_needs_no_key() -> None:
    assert Client().get("/choirs/").content == b"form"


def test_of_eight_at_the_same_moment_one_counts() -> None:
    start = threading.Barrier(8)
    answers: list[str] = []

    def press() -> None:
        client = Client()
        start.wait()
        answers.append(send(client).headers["Location"])
        connections.close_all()

    pressing = [threading.Thread(target=press) for _ in range(8)]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    assert names() == ["Sunday"]
    assert len(answers) == 8
    assert len(set(answers)) == 1


def test_keys_are_kept_for_a_day_and_then_swept() -> None:
    Once.objects.create(key="old", at=now() - timedelta(days=1, minutes=1))
    Once.objects.create(key="young", at=now() - timedelta(hours=23))
    send(Client())
    assert set(Once.objects.exclude(location__startswith="/choirs/").values_list("key", flat=True)) == {"young"}
