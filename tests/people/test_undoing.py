"""What was removed, changed or corrected by hand: nothing is lost, and it comes back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from commonweal.common.clock import now
from commonweal.common.ids import new_id
from commonweal.management.commands.work import TIDYING
from commonweal.people.models import (
    Affiliation,
    Ask,
    ContactPoint,
    FormerRow,
    Institution,
    Nomination,
    Person,
    PersonName,
    Tie,
)
from commonweal.people.reads.evidence import standing
from commonweal.people.writes.contacts import add_contact, remove_contact
from commonweal.people.writes.evidence import add_tie, name_somebody
from commonweal.people.writes.forgetting import forget
from commonweal.people.writes.former import KEPT_FOR
from commonweal.people.writes.people import add_name, remove_name
from tests.leaders.small_mill import Silent
from tests.village import THEN, Village, phone

pytestmark = pytest.mark.django_db


def sent(client: Client, page: str, **fields: Any) -> Any:
    return client.post(page, {"once": str(new_id()), **fields})


def undone(client: Client, answer: Any) -> str:
    """Presses "Undo" on the page that an answer leads to; what the next page shows."""
    page = client.get(answer["Location"])
    assert "Undo" in page.content.decode()
    sent(client, page.context["undo"].address)
    return client.get(answer["Location"]).content.decode()


def test_a_removed_number_comes_back_as_it_was(client: Client, village: Village) -> None:
    point = phone(village.bo_person, "+12125550142")
    ContactPoint.objects.filter(pk=point.pk).update(preferred=True)
    client.force_login(village.ana)
    answer = sent(client, reverse("people:remove_contact", args=[village.bo_person.pk, point.pk]))
    assert not ContactPoint.objects.filter(person=village.bo_person).exists()
    assert "(212) 555-0142" in undone(client, answer)
    back = ContactPoint.objects.get(person=village.bo_person)
    assert (back.value, back.preferred, back.fingerprint) == ("+12125550142", True, point.fingerprint)
    assert not FormerRow.objects.exists()


def test_a_changed_number_is_as_before_after_undo(client: Client, village: Village) -> None:
    point = phone(village.bo_person, "+12125550142")
    client.force_login(village.ana)
    page = reverse("people:contact", args=[village.bo_person.pk, point.pk])
    version = Person.objects.get(pk=village.bo_person.pk).version
    answer = sent(client, page, version=version, value="(212) 555-0177")
    assert ContactPoint.objects.get(pk=point.pk).value == "+12125550177"
    undone(client, answer)
    assert ContactPoint.objects.get(pk=point.pk).value == "+12125550142"


def test_the_second_to_change_a_number_sees_both_and_keeps_what_she_typed(client: Client, village: Village) -> None:
    point = phone(village.bo_person, "+12125550142")
    client.force_login(village.ana)
    page = reverse("people:contact", args=[village.bo_person.pk, point.pk])
    version = Person.objects.get(pk=village.bo_person.pk).version
    sent(client, page, version=version, value="(212) 555-0177")
    second = sent(client, page, version=version, value="(212) 555-0188").content.decode()
    assert "+12125550177" in second and 'value="(212) 555-0188"' in second
    assert ContactPoint.objects.get(pk=point.pk).value == "+12125550177"


def test_a_removed_name_comes_back_and_finds_her_again(client: Client, village: Village) -> None:
    bo = village.bo_person
    added = add_name(person=bo, kind="also", name="Bola", by=None, at=THEN)
    assert added is not None
    client.force_login(village.ana)
    answer = sent(client, reverse("people:remove_name", args=[bo.pk, added.pk]))
    found = reverse("people:search") + "?q=bola"
    assert "Bo Adeyemi" not in client.get(found).content.decode()
    undone(client, answer)
    assert PersonName.objects.get(person=bo).name == "Bola"
    assert "Bo Adeyemi" in client.get(found).content.decode()


def test_a_name_given_anew_meanwhile_is_not_doubled(client: Client, village: Village) -> None:
    bo = village.bo_person
    added = add_name(person=bo, kind="also", name="Bola", by=None, at=THEN)
    assert added is not None
    former = remove_name(name=added, by=village.ana.pk, at=now())
    add_name(person=bo, kind="legal", name="Bola", by=village.ana.pk, at=now())
    client.force_login(village.ana)
    sent(client, reverse("people:bring_back_row", args=[bo.pk, former.pk]))
    assert PersonName.objects.get(person=bo).kind == "legal"
    assert FormerRow.objects.filter(pk=former.pk).exists()


def test_an_affiliation_is_changed_ended_removed_and_each_is_taken_back(client: Client, village: Village) -> None:
    bo = village.bo_person
    choir = Institution.objects.create(kind="choir", name="Choir", added_at=THEN, source="hand:village")
    row = Affiliation.objects.create(person=bo, institution=choir, source="hand:village")
    client.force_login(village.ana)
    key = [bo.pk, row.pk]
    version = Person.objects.get(pk=bo.pk).version
    changed = sent(
        client, reverse("people:affiliation", args=key), version=version, role="treasurer", since="2024-01-01"
    )
    row.refresh_from_db()
    assert (row.role, str(row.since)) == ("treasurer", "2024-01-01")
    undone(client, changed)
    row.refresh_from_db()
    assert (row.role, row.since) == ("member", None)
    undone(client, sent(client, reverse("people:end_affiliation", args=key)))
    assert Affiliation.objects.get(pk=row.pk).until is None
    undone(client, sent(client, reverse("people:remove_affiliation", args=key)))
    assert Affiliation.objects.get(pk=row.pk).institution_id == choir.pk


def test_what_can_be_brought_back_stands_in_the_history(client: Client, village: Village) -> None:
    added = add_name(person=village.bo_person, kind="also", name="Bola", by=None, at=THEN)
    assert added is not None
    remove_name(name=added, by=village.ana.pk, at=now())
    client.force_login(village.ana)
    assert "Bring it back" in client.get(reverse("people:history", args=[village.bo_person.pk])).content.decode()


def test_a_member_brings_back_her_own_number_and_nothing_else(client: Client, village: Village) -> None:
    cleo = village.cleo_person
    point = phone(cleo, "+12125550142")
    added = add_name(person=cleo, kind="also", name="Clea", by=None, at=THEN)
    assert added is not None
    name = remove_name(name=added, by=village.ana.pk, at=now())
    of_bo = remove_contact(point=phone(village.bo_person, "+12125550143"), by=village.ana.pk, at=now())
    client.force_login(village.cleo)
    undone(client, sent(client, reverse("people:remove_contact", args=[cleo.pk, point.pk])))
    assert ContactPoint.objects.get(person=cleo).value == "+12125550142"
    for person, former in ((cleo, name), (village.bo_person, of_bo), (cleo, of_bo)):
        assert sent(client, reverse("people:bring_back_row", args=[person.pk, former.pk])).status_code == 404


def test_a_former_row_lies_sealed_is_let_go_after_thirty_days_and_forgotten_with_her(village: Village) -> None:
    at = now()
    former = remove_contact(point=phone(village.bo_person, "+12125550142"), by=None, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT before FROM commonweal_formerrow")
        assert b"2125550142" not in bytes(cursor.fetchone()[0])
    later = add_contact(person=village.cleo_person.pk, kind="phone", value="+12125550144", by=None, at=at)
    second = remove_contact(point=later, by=None, at=at + timedelta(days=2))
    assert {row.pk for row in FormerRow.objects.all()} == {former.pk, second.pk}
    tidying = import_string(next(piece for piece in TIDYING if "former" in piece))
    tidying(None, Silent(), by=None, at=at + KEPT_FOR + timedelta(minutes=1))
    assert [row.pk for row in FormerRow.objects.all()] == [second.pk]
    forget(person=village.cleo_person.pk, by=None, at=at)
    assert not FormerRow.objects.exists()


def test_a_correction_names_the_right_person_and_keeps_the_wrong_row(client: Client, village: Village) -> None:
    row = name_somebody(
        nominator=village.finn_person.pk, nominee=village.bo_person.pk, question="faces", by=None, at=THEN
    )
    client.force_login(village.ana)
    page = reverse("people:correct", args=[village.bo_person.pk, "nomination", row.pk])
    sent(client, page, seen=row.pk, question="faces", other_text="cleo", other=village.cleo_person.pk)
    right = standing(Nomination).get(source=row.source)
    assert (right.nominator_id, right.nominee_id) == (village.cleo_person.pk, village.bo_person.pk)
    assert Nomination.objects.get(pk=row.pk).nominator_id == village.finn_person.pk


def test_a_tie_is_turned_round_and_ends(client: Client, village: Village) -> None:
    bo, cleo = village.bo_person, village.cleo_person
    row = add_tie(person=bo.pk, other=cleo.pk, kind="goes_to", by=None, at=THEN)
    client.force_login(village.ana)
    page = reverse("people:correct", args=[bo.pk, "tie", row.pk])
    fields = {"kind": "goes_to", "strength": "1.0", "since": "2020-01-01", "until": "2025-01-01"}
    sent(client, page, seen=row.pk, turned="on", **fields)
    now_so = standing(Tie).get(source=row.source)
    assert (now_so.person_id, now_so.other_id, now_so.strength) == (cleo.pk, bo.pk, 1.0)
    assert (str(now_so.since), str(now_so.until)) == ("2020-01-01", "2025-01-01")
    early = sent(client, page, seen=now_so.pk, **fields | {"until": "2019-01-01"})
    assert "before it began" in early.content.decode()


def test_who_was_overtaken_in_a_correction_sees_both_and_decides(client: Client, village: Village) -> None:
    bo, cleo = village.bo_person, village.cleo_person
    row = add_tie(person=bo.pk, other=cleo.pk, kind="friend", strength=0.25, by=None, at=THEN)
    client.force_login(village.ana)
    page = reverse("people:correct", args=[bo.pk, "tie", row.pk])
    sent(client, page, seen=row.pk, kind="kin", strength="0.25")
    second = sent(client, page, seen=row.pk, kind="godparent", strength="1.0")
    text = second.content.decode()
    assert "Somebody changed this" in text and "Family" in text and 'value="godparent" selected' in text
    standing_row = standing(Tie).get(source=row.source)
    assert standing_row.kind == "kin"
    sent(client, page, seen=standing_row.pk, kind="godparent", strength="1.0")
    assert standing(Tie).get(source=row.source).kind == "godparent"
    assert Tie.objects.filter(source=row.source).count() == 3


def test_an_asker_can_be_put_right(client: Client, village: Village) -> None:
    from tests.leaders.small_mill import ask, occasion

    act = occasion(village, "Button day", THEN.date())
    row = ask(act, village.bo_person, village.cleo_person, "did")
    client.force_login(village.ana)
    page = reverse("people:correct", args=[village.cleo_person.pk, "ask", row.pk])
    sent(client, page, seen=row.pk, occasion=act.pk, outcome="did", other_text="finn", other=village.finn_person.pk)
    assert standing(Ask).get(source=row.source).asker_id == village.finn_person.pk
