"""A form sent too late loses nothing: it waits, sealed, until she has shown that it is she, and is sent once."""

from collections.abc import Callable
from datetime import timedelta
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from commonweal.accounts.models import Account, Device, Invitation
from commonweal.accounts.writes.devices import change_passphrase
from commonweal.common.clock import now
from commonweal.common.ids import new_id
from commonweal.common.kept_form import MOST_LETTERS
from commonweal.exchange.models import Export
from commonweal.people.models import Person
from tests.village import Village

pytestmark = pytest.mark.django_db
PASSPHRASE = "four words nobody joins"
GO_ON = "/you/go-on/"


class Shown(HTMLParser):
    """The form of the page that sends again, as a browser would send it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.address, self.fields, self.name = "", {}, ""  # type: ignore[var-annotated]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.name = ""
        if tag == "form":
            self.inside = given.get("class") == "measure"
            self.address = given["action"] if self.inside else self.address
        elif getattr(self, "inside", False) and tag == "textarea":
            self.name = given["name"]
            self.fields.setdefault(self.name, []).append("")
        elif getattr(self, "inside", False) and tag == "input":
            self.fields.setdefault(given["name"], []).append(given.get("value", ""))

    def handle_data(self, text: str) -> None:
        if self.name:
            self.fields[self.name][-1] += text.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self.name = ""


def of(account: Account, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(account)
    return client


def lie_too_long(_client: Client) -> None:
    Device.objects.update(confirmed_at=now() - timedelta(minutes=6))


def lie_idle(_client: Client) -> None:
    Device.objects.update(seen_at=now() - timedelta(minutes=45), confirmed_at=now() - timedelta(minutes=45))


def led_to(client: Client, answer: Any) -> Any:
    """Where a browser stands after the redirects of an answer."""
    while answer.status_code in (302, 303):
        last = answer.headers["Location"]
        answer = client.get(last)
    return last


def shows_that_it_is_she(client: Client, account: Account, page: str) -> str:
    change_passphrase(account, PASSPHRASE, keep=client_device(client), by=account.pk, at=now())
    shown = client.post(page, {"passphrase": PASSPHRASE})
    assert shown.status_code == 302, shown.content.decode()
    return str(shown.headers["Location"])


def client_device(client: Client) -> Any:
    return Device.objects.get(pk=client.session["device"]).pk


@pytest.mark.parametrize("too_late", [lie_too_long, lie_idle])
def test_an_invitation_typed_too_slowly_is_sent_after_she_showed_that_it_is_she(
    village: Village, too_late: Callable[[Client], None]
) -> None:
    client = of(village.ana)
    once, address = str(new_id()), reverse("accounts:invite")
    too_late(client)
    typed = {"name": "Zoë Älvarez", "role": "leader", "person": str(village.finn_person.pk), "once": once}
    asked = led_to(client, client.post(address, typed, headers={"referer": f"http://testserver{address}"}))
    assert asked.startswith("/confirm/") and not Invitation.objects.exists()
    page = shows_that_it_is_she(client, village.ana, asked)
    assert page == GO_ON
    again = client.get(page)
    assert "Zoë" in again.content.decode() and f'href="{address}"' in again.content.decode()
    form = Shown(again.content.decode())
    assert form.address == address and form.fields["once"] == [once] and form.fields["name"] == ["Zoë Älvarez"]
    if too_late is lie_idle:  # her passphrase wakes the device; the grave act asks for itself
        Device.objects.update(confirmed_at=now())
    for _ in range(2):
        done = client.post(form.address, form.fields)
        assert done.headers["Location"].startswith("/accounts/invitations/")
    assert Invitation.objects.count() == 1
    assert client.get(GO_ON).headers["Location"] == "/", "what was sent waits no longer"


def test_an_answer_about_an_export_is_sent_after_she_showed_that_it_is_she(village: Village) -> None:
    made = Export.objects.create(
        account=village.ana.pk, once="1", what="people", form="csv", rows=1, reason="r", state="waiting", asked_at=now()
    )
    client, address = of(village.root), reverse("exchange:answer_export", args=[made.pk])
    lie_too_long(client)
    asked = led_to(client, client.post(address, {"answer": "yes", "once": "abc"}))
    form = Shown(client.get(shows_that_it_is_she(client, village.root, asked)).content.decode())
    assert Export.objects.get().state == "waiting"
    client.post(form.address, form.fields)
    assert Export.objects.get().state == "agreed"


def test_what_an_idle_organizer_wrote_about_somebody_is_still_there(village: Village) -> None:
    client, address = of(village.ana), reverse("people:note", args=[village.bo_person.pk])
    page = reverse("people:person", args=[village.bo_person.pk])
    lie_idle(client)
    note = "Knows everybody on nights.\r\nAsk him about <b>Saturday</b> & Sunday."
    typed = {"note": note, "version": str(village.bo_person.version), "once": "n1"}
    asked = led_to(client, client.post(address, typed, headers={"referer": f"http://testserver{page}"}))
    form = Shown(client.get(shows_that_it_is_she(client, village.ana, asked)).content.decode())
    client.post(form.address, {**form.fields, "note": [form.fields["note"][0].replace("\n", "\r\n")]})
    assert "<b>Saturday</b> & Sunday" in Person.objects.get(pk=village.bo_person.pk).note


def test_who_leaves_a_form_unsent_is_back_on_the_page_with_what_she_had_looked_for(village: Village) -> None:
    client, address = of(village.ana), reverse("people:note", args=[village.bo_person.pk])
    page = f"{reverse('people:person', args=[village.bo_person.pk])}?from=weaving&after=7"
    lie_idle(client)
    typed = {"note": "Nights.", "version": str(village.bo_person.version), "once": "n1"}
    asked = led_to(client, client.post(address, typed, headers={"referer": f"http://testserver{page}#notes"}))
    again = client.get(shows_that_it_is_she(client, village.ana, asked)).content.decode()
    assert f'href="{escape(page)}"' in again


def test_what_waits_lies_sealed_and_opens_to_her_alone(village: Village) -> None:
    client = of(village.ana)
    lie_too_long(client)
    client.post(reverse("accounts:invite"), {"name": "Greta Sorensen", "role": "leader", "once": "1"})
    stored = dict(client.session.items())
    assert "Greta" not in repr(stored) and stored["form"]
    assert "Greta" in client.get(GO_ON).content.decode()
    session = client.session
    session["device"] = str(client_device(of(village.dov)))
    session.save()
    assert client.get(GO_ON).headers["Location"] == "/"


def test_no_secret_and_no_file_waits_and_nothing_without_bounds(village: Village) -> None:
    client = of(village.ana)
    lie_too_long(client)
    for address, sent in (
        (reverse("accounts:passphrase"), {"passphrase": "a new one of five words"}),
        (reverse("accounts:second_factors"), {"code": "123456"}),
        (reverse("accounts:invite"), {"name": "x" * MOST_LETTERS, "once": "1"}),
        (reverse("accounts:invite"), {"name": "Ana", "sheet": SimpleUploadedFile("a.txt", b"Ana")}),
    ):
        answer = client.post(address, sent)
        assert GO_ON not in answer.headers["Location"].replace("%2F", "/"), sent.keys()
        assert "form" not in client.session
    assert client.get(GO_ON).headers["Location"] == "/"


def test_a_form_of_somebody_elses_site_never_waits(village: Village) -> None:
    client = of(village.ana, enforce_csrf_checks=True)
    for too_late in (lie_too_long, lie_idle):
        too_late(client)
        answer = client.post(reverse("accounts:invite"), {"name": "Mallory", "role": "organizer", "once": "1"})
        assert answer.status_code == 403
        assert "form" not in client.session


def test_a_stranger_leaves_nothing_in_a_session(client: Client, village: Village) -> None:
    client.post(reverse("accounts:invite"), {"name": "Mallory"})
    assert not Session.objects.exists()


def test_what_waits_is_sent_with_todays_rights(village: Village) -> None:
    client = of(village.ana)
    lie_too_long(client)
    client.post(reverse("accounts:invite"), {"name": "Greta", "role": "leader", "once": "1"})
    Device.objects.update(confirmed_at=now())
    Account.objects.filter(pk=village.ana.pk).update(role="member", person=village.finn_person)
    form = Shown(client.get(GO_ON).content.decode())
    assert client.post(form.address, form.fields).status_code == 404
