"""Accounts are looked after: roles and scopes change, the last administrator stays, devices end, pages stay quick."""

import threading
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commonweal.accounts.models import Account, Device, Invitation, SignInLink
from commonweal.accounts.reads import scope_of
from commonweal.accounts.words import Role
from commonweal.accounts.writes.accounts import LastAdministrator, change_role, end_account
from commonweal.accounts.writes.devices import change_passphrase
from commonweal.accounts.writes.factors import (
    LastFactor,
    add_codes_app,
    new_app_secret,
    remove_factor,
    take_all_factors,
)
from commonweal.accounts.writes.invitations import HasAccount, NeedsPerson, NeedsUnits, invite
from commonweal.accounts.writes.links import make_paper_link
from commonweal.common import lock
from commonweal.common.clock import now
from commonweal.ledger.models import Entry
from commonweal.ledger.writes import record_look
from commonweal.people.reads.people import people_within
from tests.village import THEN, Village, account, found, person

pytestmark = pytest.mark.django_db
PASSPHRASE = "four words nobody joins"


def of(one: Account) -> Client:
    client = Client()
    client.force_login(one)
    return client


def sees(one: Account) -> set[str]:
    fresh = Account.objects.get(pk=one.pk)
    return set(people_within(scope_of(fresh)).values_list("given_name", flat=True))


def test_a_change_of_units_changes_whom_she_sees_on_her_next_request(village: Village) -> None:
    client, finn = of(village.ana), reverse("people:person", args=[village.finn_person.pk])
    assert client.get(finn).status_code == 200
    change_role(village.ana, role="organizer", units=[village.weaving.pk], by=village.root.pk, at=now())
    assert sees(village.ana) == {"Bo", "Cleo"}
    assert client.get(finn).status_code == 302, "she shows first that it is she"
    Device.objects.update(locked_at=None)
    assert client.get(finn).status_code == 404


def test_a_role_needs_its_units_or_its_person(village: Village) -> None:
    with pytest.raises(NeedsUnits):
        change_role(village.bo, role="organizer", by=village.root.pk, at=now())
    with pytest.raises(NeedsPerson):
        change_role(village.ana, role="leader", by=village.root.pk, at=now())
    with pytest.raises(HasAccount):
        change_role(village.ana, role="leader", person=village.bo_person.pk, by=village.root.pk, at=now())


def test_the_last_administrator_keeps_her_role_and_her_account(village: Village) -> None:
    for act in (
        lambda: change_role(village.root, role="organizer", units=[village.mill.pk], by=village.root.pk, at=now()),
        lambda: end_account(village.root, by=village.root.pk, at=now()),
    ):
        with pytest.raises(LastAdministrator):
            act()
    change_role(village.ana, role="administrator", by=village.root.pk, at=now())
    end_account(village.root, by=village.ana.pk, at=now())
    with pytest.raises(LastAdministrator):
        end_account(Account.objects.get(pk=village.ana.pk), by=village.ana.pk, at=now())


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_close_each_other_at_once_do_not_both_succeed() -> None:
    village = found()
    other = account("Rosa", Role.ADMINISTRATOR)
    start, refused = threading.Barrier(2), []

    def close(whom: Account, by: Account) -> None:
        start.wait()
        try:
            end_account(whom, by=by.pk, at=now())
        except LastAdministrator:
            refused.append(whom.name)
        finally:
            connections.close_all()

    pairs = ((village.root, other), (other, village.root))
    threads = [threading.Thread(target=close, args=pair) for pair in pairs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(refused) == 1
    assert Account.objects.filter(role="administrator", is_active=True).count() == 1


def test_the_page_refuses_to_lose_the_last_administrator(village: Village) -> None:
    other = account("Rosa", Role.ADMINISTRATOR)
    page = reverse("accounts:account", args=[village.root.pk])
    Account.objects.filter(pk=other.pk).update(is_active=False)
    Account.objects.filter(pk=other.pk).update(is_active=True)
    answer = of(other).post(page, {"role": "member", "once": "1"})
    assert "A leader or member is somebody on the list" in answer.content.decode()
    assert of(other).post(page, {"end": "1", "once": "2"}).status_code == 302
    assert of(other).get(reverse("accounts:account", args=[other.pk])).headers["Location"] == reverse("accounts:you")


def test_a_closed_account_opens_by_nothing_and_nor_does_what_she_handed_out(village: Village) -> None:
    invite(name="Finn", role="leader", person=village.finn_person.pk, by=village.ana.pk, at=now())
    make_paper_link(village.cleo, by=village.ana.pk, at=now())
    client = of(village.ana)
    end_account(village.ana, by=village.root.pk, at=now())
    assert client.get("/").status_code == 302
    assert not Invitation.objects.filter(withdrawn_at=None).exists()
    assert not SignInLink.objects.exists()
    row = Account.objects.get(pk=village.ana.pk)
    assert (row.password, row.email.endswith("@ended.invalid"), row.units.count()) == ("", True, 0)
    assert sees(row) == set()


def test_an_organizer_looks_after_her_own_peoples_accounts_and_no_others(village: Village) -> None:
    client = of(village.ana)
    page = client.get(reverse("accounts:accounts")).content.decode()
    assert all(name in page for name in ("Ana", "Bo", "Cleo"))
    assert not any(name in page for name in ("Dov", "Root"))
    for other, code in ((village.bo, 200), (village.dov, 404), (village.root, 404)):
        assert client.get(reverse("accounts:account", args=[other.pk])).status_code == code
    client.post(reverse("accounts:account", args=[village.bo.pk]), {"role": "administrator", "once": "1"})
    client.post(reverse("accounts:account", args=[village.bo.pk]), {"take_factors": "1", "once": "2"})
    assert Account.objects.get(pk=village.bo.pk).role == "leader"
    assert not Entry.objects.filter(verb__in=["changed_role", "took_second_factors"]).exists()


def test_a_device_that_is_ended_is_out_on_its_next_request(village: Village) -> None:
    hers, phone, thief = of(village.cleo), of(village.cleo), of(village.dov)
    device = Device.objects.get(pk=phone.session["device"])
    address = reverse("accounts:end_device", args=[device.pk])
    thief.post(address)
    assert phone.get("/").status_code == 200, "nobody ends another's device"
    assert hers.get(address).status_code == 405
    hers.post(address)
    assert phone.get("/").status_code == 302
    again = of(village.cleo)
    hers.post(reverse("accounts:end_others"))
    assert again.get("/").status_code == 302
    assert hers.get("/").status_code == 200


def test_a_new_passphrase_ends_the_other_devices_and_the_old_passphrase(village: Village) -> None:
    change_passphrase(village.cleo, PASSPHRASE, keep=None, by=village.cleo.pk, at=THEN)
    hers, other = of(village.cleo), of(village.cleo)
    hers.post(reverse("accounts:passphrase"), {"passphrase": "other words for another day"})
    assert hers.get("/").status_code == 200
    assert other.get("/").status_code == 302
    stranger = Client()
    stranger.post("/sign-in/", {"email": village.cleo.email, "passphrase": PASSPHRASE})
    assert stranger.get("/").status_code == 302


def test_an_organizer_keeps_one_second_factor_and_a_member_none(village: Village) -> None:
    for one in (village.ana, village.cleo):
        add_codes_app(one, new_app_secret(), 0, name="App", by=one.pk, at=THEN)
    with pytest.raises(LastFactor):
        remove_factor(village.ana, village.ana.second_factors.get().pk, by=village.ana.pk, at=now())
    remove_factor(village.cleo, village.cleo.second_factors.get().pk, by=village.cleo.pk, at=now())
    remove_factor(village.cleo, village.ana.second_factors.get().pk, by=village.cleo.pk, at=now())
    assert (village.ana.second_factors.count(), village.cleo.second_factors.count()) == (1, 0)


def test_factors_taken_away_end_her_devices_and_leave_her_the_set_up(village: Village) -> None:
    change_passphrase(village.ana, PASSPHRASE, keep=None, by=village.ana.pk, at=THEN)
    add_codes_app(village.ana, new_app_secret(), 0, name="App", by=village.ana.pk, at=THEN)
    client = of(village.ana)
    take_all_factors(village.ana, by=village.root.pk, at=now())
    assert client.get("/").status_code == 302
    client.post("/sign-in/", {"email": village.ana.email, "passphrase": PASSPHRASE})
    assert client.get("/sign-in/").headers["Location"] == reverse("accounts:second_factors")


def test_the_secret_of_an_app_lies_sealed(village: Village) -> None:
    secret = new_app_secret()
    factor = add_codes_app(village.ana, secret, 0, name="App", by=village.ana.pk, at=THEN)
    assert secret.encode() not in bytes(type(factor).objects.values_list("secret", flat=True)[0])
    assert type(factor).objects.get().secret == secret


def many(village: Village, start: int, count: int) -> None:
    for number in range(start, start + count):
        one = person(f"Person{number} Many", village.weaving)
        account(f"Many{number}", Role.MEMBER, one)
        other = person(f"Guest{number} Many", village.weaving)
        invite(name=other.name, role="member", person=other.pk, by=village.ana.pk, at=now())
        record_look(at=now(), by=village.ana.pk, person=village.cleo_person.pk)


PAGES: list[tuple[str, str, list[Any], int]] = [
    ("root", "accounts:accounts", [], 12),
    ("ana", "accounts:accounts", [], 14),
    ("root", "accounts:account", ["bo"], 16),
    ("ana", "accounts:account", ["bo"], 18),
    ("root", "accounts:invite", [], 10),
    ("root", "accounts:ledger", [], 12),
    ("cleo", "accounts:you", [], 14),
    ("cleo", "accounts:looks", [], 10),
    ("root", "accounts:second_factors", [], 12),
    ("root", "accounts:recovery_codes", [], 10),
    ("root", "accounts:confirm", [], 8),
    ("", "accounts:sign_in", [], 3),
]


@pytest.mark.parametrize(("who", "page", "about", "most"), PAGES, ids=[f"{who} {page}" for who, page, _, _ in PAGES])
def test_no_page_asks_more_of_the_database_when_there_is_more(
    village: Village, who: str, page: str, about: list[str], most: int
) -> None:
    address = reverse(page, args=[getattr(village, name).pk for name in about])
    counts = []
    for start, count in ((0, 2), (2, 12)):
        many(village, start, count)
        client = of(getattr(village, who)) if who else Client()
        client.get(address)
        lock._answer = (float("-inf"), False)  # asked once a second: here each time
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1], "a query for each row"
    assert counts[1] <= most
