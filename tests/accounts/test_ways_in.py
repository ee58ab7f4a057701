"""Invitations, links, codes from paper and the first run: each opens once, and a look uses nothing up."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as real
from django.core import mail
from django.db import connections
from django.test import Client
from django.urls import reverse

from commonweal.accounts.models import Account, Device, FailedTry, Invitation, RecoveryCode, SignInLink
from commonweal.accounts.rules import INVITATION_LASTS, LINK_LASTS, PAPER_LINK_LASTS
from commonweal.accounts.words import Role
from commonweal.accounts.writes.devices import begin_device
from commonweal.accounts.writes.factors import Shown, add_codes_app, make_recovery_codes, new_app_secret, show_code
from commonweal.accounts.writes.first_run import BegunAlready, begin_place, is_begun, set_up_code
from commonweal.accounts.writes.invitations import (
    AddressTaken,
    HasAccount,
    InvitationOver,
    NeedsPerson,
    NeedsUnits,
    invite,
    join,
    make_code_anew,
    withdraw,
)
from commonweal.accounts.writes.links import (
    NotADemo,
    fingerprint_of,
    link_of,
    mail_link,
    make_demo_link,
    make_paper_link,
    use_link,
)
from commonweal.common.clock import now
from commonweal.common.models import Work
from commonweal.common.work import Report, do_all_waiting
from commonweal.ledger.models import Entry
from commonweal.people.models import Organization
from tests.village import SENTINEL, THEN, Village, found

pytestmark = pytest.mark.django_db
PASSPHRASE = "four words nobody joins"


def invited(village: Village, *, at: Any = None) -> tuple[Invitation, str]:
    return invite(name="Finn", role="leader", person=village.finn_person.pk, by=village.ana.pk, at=at or now())


def come_in(code: str, email: str = "finn@village.example", at: Any = None) -> Account:
    return join(code, name="Finn", email=email, passphrase=PASSPHRASE, language="en", at=at or now())


def all_at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What each of that many threads gets that begin at the same moment."""
    start, got = threading.Barrier(count), []

    def one(number: int) -> None:
        start.wait()
        try:
            got.append(act(number))
        except Exception as error:  # noqa: BLE001 the test looks at it
            got.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


# ── Invitations ─────────────────────────────────────────────────────────────────────────────────


def test_an_invitation_is_kept_as_a_fingerprint_alone(village: Village) -> None:
    made, code = invited(village)
    assert len(code) == 30
    assert made.fingerprint == fingerprint_of(code)
    assert code not in repr(list(Invitation.objects.values_list())) + repr(list(Entry.objects.values_list()))


def test_it_opens_once_and_for_seven_days(village: Village) -> None:
    _, code = invited(village, at=THEN)
    with pytest.raises(InvitationOver):
        come_in(code, at=THEN + INVITATION_LASTS + timedelta(seconds=1))
    with pytest.raises(InvitationOver):
        come_in(code, at=THEN - timedelta(seconds=1))
    made = come_in(code, at=THEN + INVITATION_LASTS - timedelta(seconds=1))
    assert (made.role, made.person_id) == ("leader", village.finn_person.pk)
    with pytest.raises(InvitationOver):
        come_in(code, "other@village.example", at=THEN + timedelta(days=1))


def test_looking_at_it_and_failing_to_join_use_nothing_up(client: Client, village: Village) -> None:
    made, code = invited(village)
    page = reverse("accounts:enter", args=[code])
    for _ in range(3):
        assert client.get(page).status_code == 200
        assert client.head(page).status_code == 200
    client.post(page, {"name": "Finn", "email": "not an address", "passphrase": PASSPHRASE})
    client.post(page, {"name": "Finn", "email": village.ana.email, "passphrase": PASSPHRASE})
    made.refresh_from_db()
    assert made.used_at is None
    client.post(page, {"name": "Finn", "email": "finn@village.example", "passphrase": PASSPHRASE})
    made.refresh_from_db()
    assert made.used_at is not None
    assert client.get("/you/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_come_in_by_one_invitation_at_once_one_does() -> None:
    village = found()
    _, code = invited(village)
    got = all_at_once(10, lambda number: come_in(code, f"finn{number}@village.example"))
    assert sorted(type(one).__name__ for one in got) == ["Account"] + ["InvitationOver"] * 9
    assert Account.objects.filter(person=village.finn_person).count() == 1


def test_a_withdrawn_or_renewed_sheet_opens_nothing(village: Village) -> None:
    made, first = invited(village)
    second = make_code_anew(made, by=village.ana.pk, at=now())
    with pytest.raises(InvitationOver):
        come_in(first)
    withdraw(made, by=village.ana.pk, at=now())
    with pytest.raises(InvitationOver):
        come_in(second)
    with pytest.raises(InvitationOver):
        make_code_anew(made, by=village.ana.pk, at=now())


def test_an_address_or_a_person_has_one_account(village: Village) -> None:
    _, code = invited(village)
    with pytest.raises(AddressTaken):
        come_in(code, village.ana.email.upper())
    with pytest.raises(HasAccount):
        invite(name="Bo", role="leader", person=village.bo_person.pk, by=village.ana.pk, at=now())
    _, other = invited(village)
    come_in(code)
    with pytest.raises(HasAccount):
        come_in(other, "finn2@village.example")


@pytest.mark.parametrize(
    ("role", "refusal"), [("leader", NeedsPerson), ("member", NeedsPerson), ("organizer", NeedsUnits)]
)
def test_a_role_needs_what_gives_it_its_scope(village: Village, role: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        invite(name="X", role=role, by=village.root.pk, at=now())


def test_an_organizer_invites_nobody_above_her_and_nobody_outside(village: Village) -> None:
    client = Client()
    client.force_login(village.ana)
    page = reverse("accounts:invite")
    for role in ("administrator", "organizer"):
        client.post(page, {"name": "X", "role": role, "units": [village.mill.pk], "once": role})
    assert client.get(page, {"person": village.eve_person.pk}).status_code == 404
    sent = {"name": "X", "role": "member", "person": village.eve_person.pk, "once": "x"}
    assert client.post(page, sent).status_code == 404
    assert not Invitation.objects.exists()
    assert SENTINEL not in client.get(page, {"q": "Eve"}).content.decode()


# ── Links ───────────────────────────────────────────────────────────────────────────────────────


def test_a_link_opens_once_within_its_time(village: Village) -> None:
    code = make_paper_link(village.cleo, by=village.ana.pk, at=THEN)
    assert link_of(code, at=THEN + PAPER_LINK_LASTS + timedelta(seconds=1)) is None
    assert link_of(code, at=THEN - timedelta(seconds=1)) is None
    assert link_of(code, at=THEN + timedelta(days=1)) is not None
    assert use_link(code, at=THEN + timedelta(days=1)) is not None
    assert use_link(code, at=THEN + timedelta(days=1)) is None
    assert code not in repr(list(SignInLink.objects.values_list()))


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_use_one_link_at_once_one_comes_in() -> None:
    village = found()
    code = make_paper_link(village.cleo, by=village.ana.pk, at=now())
    got = all_at_once(10, lambda number: use_link(code, at=now()))
    assert sum(isinstance(one, SignInLink) for one in got) == 1


def test_a_link_does_not_stand_for_the_second_factor(client: Client, village: Village) -> None:
    add_codes_app(village.ana, new_app_secret(), 0, name="App", by=village.ana.pk, at=THEN)
    code = make_paper_link(village.ana, by=village.root.pk, at=now())
    client.post(reverse("accounts:enter", args=[code]))
    assert client.get("/sign-in/").headers["Location"].startswith(reverse("accounts:second_step"))
    assert client.get("/").status_code == 302


def test_a_link_of_a_closed_account_opens_nothing(village: Village) -> None:
    code = make_paper_link(village.cleo, by=village.ana.pk, at=now())
    Account.objects.filter(pk=village.cleo.pk).update(is_active=False)
    assert use_link(code, at=now()) is None


def test_known_and_unknown_addresses_ask_for_the_same_mail(village: Village, settings: Any) -> None:
    settings.ORIGIN = "https://list.example.org"
    pages = []
    for email in (village.cleo.email, "nobody@village.example"):
        answer = Client().post(reverse("accounts:by_mail"), {"email": email})
        pages.append((answer.status_code, re.sub(r'value="[^"]*"', "", answer.content.decode())))
    assert pages[0] == pages[1]
    assert list(Work.objects.values_list("kind", "state", "asked_by").distinct()) == [
        ("commonweal.accounts.writes.links.mail_link", "waiting", None)
    ]
    assert Work.objects.count() == 2
    do_all_waiting()
    assert [letter.to for letter in mail.outbox] == [[village.cleo.email]]
    assert not Work.objects.exclude(state="done").exists()


def test_a_mailed_link_lasts_half_an_hour_and_is_in_her_language(village: Village, settings: Any) -> None:
    settings.ORIGIN = "https://list.example.org"
    Account.objects.filter(pk=village.cleo.pk).update(language="es")
    work = Work.objects.create(kind="x", asked_at=now())
    mail_link(village.cleo.pk, Report(work), by=None, at=now())
    (letter,) = mail.outbox
    assert letter.subject == "Su entrada"
    (code,) = re.findall(r"https://list\.example\.org/enter/(\w+)/", str(letter.body))
    assert link_of(code, at=now() + LINK_LASTS - timedelta(minutes=1)) is not None
    assert link_of(code, at=now() + LINK_LASTS + timedelta(minutes=1)) is None


def test_mail_is_asked_for_four_times_an_hour(village: Village, settings: Any, monkeypatch: Any) -> None:
    settings.ORIGIN = "https://list.example.org"
    from tests.accounts.test_sign_in import Moving

    clock = Moving(monkeypatch)
    for _ in range(9):
        clock.go(timedelta(minutes=2))
        Client().post(reverse("accounts:by_mail"), {"email": village.cleo.email})
        Work.objects.update(state="done")
    assert Work.objects.count() == 4


def test_without_a_mail_server_nothing_is_asked_for(client: Client, village: Village, settings: Any) -> None:
    settings.ORIGIN = ""
    assert "No mail is sent from here." in client.get(reverse("accounts:by_mail")).content.decode()
    client.post(reverse("accounts:by_mail"), {"email": village.cleo.email})
    assert not Work.objects.exists()


# ── The demo's links ────────────────────────────────────────────────────────────────────────────


def test_a_demo_link_is_made_and_opens_in_a_demo_alone(client: Client, village: Village, settings: Any) -> None:
    with pytest.raises(NotADemo):
        make_demo_link(village.ana, at=now())
    settings.DEMO = True
    code = make_demo_link(village.ana, at=now())
    page = reverse("accounts:enter", args=[code])
    for _ in range(2):
        visitor = Client()
        assert visitor.get(page).status_code == 200
        visitor.post(page)
        assert visitor.get("/").status_code == 200
    settings.DEMO = False
    assert Client().get(page).status_code == 404
    assert Client().post(page).status_code == 404
    assert visitor.get("/").status_code == 302, "who came in by it is out too"


# ── Codes from paper ────────────────────────────────────────────────────────────────────────────


def test_codes_from_paper_are_kept_as_fingerprints_and_count_once(village: Village) -> None:
    codes = make_recovery_codes(village.ana, by=village.ana.pk, at=THEN)
    assert len(set(codes)) == 8
    stored = repr(list(RecoveryCode.objects.values_list()))
    assert not any(code in stored for code in codes)
    assert show_code(village.ana, codes[2].upper(), at=THEN) is Shown.PAPER
    assert show_code(village.ana, codes[2], at=THEN) is Shown.NOTHING
    assert show_code(village.dov, codes[3], at=THEN) is Shown.NOTHING, "they are hers alone"
    make_recovery_codes(village.ana, by=village.ana.pk, at=THEN)
    assert show_code(village.ana, codes[3], at=THEN) is Shown.NOTHING, "new ones make the old worthless"


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_use_one_code_from_paper_at_once_one_does() -> None:
    village = found()
    code = make_recovery_codes(village.ana, by=village.ana.pk, at=THEN)[0]
    got = all_at_once(10, lambda number: show_code(village.ana, code, at=THEN))
    assert sorted(str(one) for one in got) == ["Shown.NOTHING"] * 9 + ["Shown.PAPER"]


def test_the_second_step_is_limited_for_an_account_from_everywhere(village: Village, monkeypatch: Any) -> None:
    from tests.accounts.test_sign_in import Moving

    add_codes_app(village.ana, new_app_secret(), 0, name="App", by=village.ana.pk, at=THEN)
    clock = Moving(monkeypatch)
    heard = 0
    for number in range(45):
        clock.go(timedelta(seconds=50))
        client = Client(REMOTE_ADDR=f"203.0.{number}.7")
        session = client.session
        session["device"] = str(begin_device(village.ana, agent="", own=False, demo=False, at=clock.at).pk)
        session.save()
        answer = client.post(reverse("accounts:second_step"), {"code": "000000"})
        heard += "Too many tries" not in answer.content.decode()
    assert heard == 30


# ── The first run ───────────────────────────────────────────────────────────────────────────────

FIRST = {
    "organization": "Mill workers",
    "language": "es",
    "name": "Ana",
    "email": "Ana@Mill.example",
    "passphrase": PASSPHRASE,
}


def test_an_empty_place_is_begun_by_its_code_alone(client: Client, db: None) -> None:
    assert client.get("/").headers["Location"] == "/sign-in/?next=/"
    assert client.get("/sign-in/").headers["Location"] == reverse("accounts:begin")
    wrong = client.post(reverse("accounts:begin"), {**FIRST, "code": "wrong"})
    assert "That is not the code" in wrong.content.decode()
    assert not Account.objects.exists()
    answer = client.post(reverse("accounts:begin"), {**FIRST, "code": f" {set_up_code()} ".upper()})
    assert answer.status_code == 302
    made = Account.objects.get()
    assert (made.role, made.email, made.language) == (Role.ADMINISTRATOR, "ana@mill.example", "es")
    assert client.get(reverse("accounts:begin")).status_code == 404
    assert client.get("/").headers["Location"].startswith("/sign-in/"), "she has no second factor yet"


def test_the_code_of_an_empty_place_is_the_operators_and_goes_when_it_is_used(db: None) -> None:
    code = set_up_code()
    assert code is not None and set_up_code() == code
    file = Path(real.DATA) / "set-up-code"
    assert file.stat().st_mode & 0o777 == 0o600
    begin_place(code=code, at=THEN, **FIRST)
    assert not file.exists()
    assert is_begun() and set_up_code() is None
    with pytest.raises(BegunAlready):
        begin_place(code=code, at=THEN, **FIRST)


def test_the_code_of_an_empty_place_is_not_guessed(client: Client, db: None) -> None:
    for _ in range(15):
        FailedTry.objects.update(at=now() - timedelta(minutes=2))
        answer = client.post(reverse("accounts:begin"), {**FIRST, "code": "guess"})
    assert "Too many tries" in answer.content.decode()
    assert not Organization.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_five_who_begin_a_place_at_once_one_does() -> None:
    code = str(set_up_code())
    got = all_at_once(
        5, lambda number: begin_place(code=code, at=THEN, **{**FIRST, "email": f"a{number}@mill.example"})
    )
    assert sum(isinstance(one, Account) for one in got) == 1
    assert Organization.objects.count() == Account.objects.count() == 1
    assert Device.objects.count() == 0
