"""Sealed fields: bound to their row and field, old keys still open, a missing key is said and never made up."""

import base64
import secrets
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as real
from django.db import connection
from django.test import Client
from django.urls import reverse

from commonweal.common import readiness, sealed
from commonweal.common.sealed import (
    Keyring,
    KeysBarred,
    KeysMissing,
    SealBroken,
    bar_keys,
    free_keys,
    keyring,
    keys_for_the_door,
    read_keyring,
    something_is_sealed,
)
from commonweal.people.models import ContactPoint, Person
from tests.village import Village, person, phone

pytestmark = pytest.mark.django_db
NUMBER = "+12125550142"


def ring(*numbers: int) -> Keyring:
    return Keyring(tuple((number, secrets.token_bytes(32)) for number in numbers), secrets.token_bytes(32))


def test_what_is_sealed_opens_with_its_row_alone() -> None:
    keys = ring(1)
    stored = keys.seal("ask her brother", "person:7:note")
    assert keys.open(stored, "person:7:note") == "ask her brother"
    for other in ("person:8:note", "person:7:reason", "unit:7:note", ""):
        with pytest.raises(SealBroken):
            keys.open(stored, other)


def test_two_seals_of_the_same_words_differ() -> None:
    keys = ring(1)
    assert keys.seal("same", "a:1:b") != keys.seal("same", "a:1:b")


@pytest.mark.parametrize("place", [0, 1, 12, 13, -1])
def test_a_changed_byte_is_refused(place: int) -> None:
    keys = ring(1)
    stored = bytearray(keys.seal("words", "a:1:b"))
    stored[place] ^= 1
    with pytest.raises(SealBroken):
        keys.open(bytes(stored), "a:1:b")


def test_the_first_key_seals_and_an_older_one_still_opens() -> None:
    old = ring(1)
    both = Keyring((*ring(2).keys, *old.keys), old.index)
    before = old.seal("written last year", "a:1:b")
    assert both.open(before, "a:1:b") == "written last year"
    after = both.seal("written now", "a:1:b")
    assert after[0] == 2
    with pytest.raises(SealBroken):
        old.open(after, "a:1:b")
    assert both.blind("x", "phone") == old.blind("x", "phone"), "what was found before is found still"


def test_a_fingerprint_says_nothing_without_its_key_and_purpose() -> None:
    one, other = ring(1), ring(1)
    assert one.blind(NUMBER, "phone") == one.blind(NUMBER, "phone")
    assert len({one.blind(NUMBER, "phone"), one.blind(NUMBER, "upload"), other.blind(NUMBER, "phone")}) == 3


def test_a_ciphertext_copied_to_another_row_is_refused(village: Village) -> None:
    hers, his = phone(village.bo_person, NUMBER), phone(village.finn_person, "+12125550177")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE commonweal_contactpoint SET value = (SELECT value FROM commonweal_contactpoint WHERE id = %s)"
            " WHERE id = %s",
            [str_of(hers.pk), str_of(his.pk)],
        )
    assert ContactPoint.objects.get(pk=hers.pk).value == NUMBER
    with pytest.raises(SealBroken):
        _ = ContactPoint.objects.get(pk=his.pk).value


def str_of(number: Any) -> str:
    return number.hex if connection.vendor == "sqlite" else str(number)


def test_the_database_holds_no_sealed_word(village: Village) -> None:
    phone(village.bo_person, NUMBER)
    person("Ida Sealed", note="her sister is sick")
    rows = repr([model.objects.values_list() for model in (ContactPoint, Person)])
    for word in (NUMBER, "2125550142", "sister"):
        assert word not in rows


def test_a_sealed_field_is_not_written_in_bulk(village: Village) -> None:
    with pytest.raises(TypeError, match="sealed"):
        Person.objects.filter(pk=village.bo_person.pk).update(note="in the open")


def test_the_first_key_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "keys"
    made = read_keyring(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_keyring(path) == made


def test_a_missing_key_is_not_made_up_once_something_is_sealed(village: Village, tmp_path: Path) -> None:
    assert something_is_sealed(), "Eve's note and number"
    with pytest.raises(KeysMissing):
        read_keyring(tmp_path / "keys")
    assert not (tmp_path / "keys").exists()


def test_nothing_is_sealed_in_an_empty_place(db: None) -> None:
    assert not something_is_sealed()


def test_a_place_whose_key_is_missing_is_not_served(village: Village, settings: Any, tmp_path: Path) -> None:
    settings.COMMONWEAL_KEY_FILE = str(tmp_path / "keys")
    (reason,) = [one for one in readiness.reasons_not_to_serve() if "key file" in one]
    assert "is missing" in reason


def test_a_page_says_that_the_key_is_missing_and_nothing_breaks(
    village: Village, client: Client, settings: Any, tmp_path: Path
) -> None:
    phone(village.bo_person, NUMBER)
    client.force_login(village.root)
    settings.COMMONWEAL_KEY_FILE = str(tmp_path / "keys")
    answer = client.get(reverse("people:person", args=[village.bo_person.pk]))
    assert answer.status_code == 503
    assert "The key is not where it should be" in answer.content.decode()


def test_a_page_says_that_another_key_does_not_open(
    village: Village, client: Client, settings: Any, tmp_path: Path
) -> None:
    phone(village.bo_person, NUMBER)
    client.force_login(village.root)
    words = [f"{name} {base64.b64encode(secrets.token_bytes(32)).decode()}" for name in ("1", "index")]
    (tmp_path / "keys").write_text("\n".join(words))
    settings.COMMONWEAL_KEY_FILE = str(tmp_path / "keys")
    assert client.get(reverse("people:person", args=[village.bo_person.pk])).status_code == 503


def test_a_file_without_a_key_is_no_ring(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("nothing\n")
    with pytest.raises(SealBroken):
        read_keyring(tmp_path / "keys")


def test_barred_keys_are_forgotten_and_read_no_more_but_at_the_door() -> None:
    keyring()
    try:
        bar_keys()
        assert sealed._rings == {}
        with pytest.raises(KeysBarred):
            keyring()
        with keys_for_the_door():
            assert keyring().keys == read_keyring(Path(real.COMMONWEAL_KEY_FILE)).keys
        assert sealed._rings == {}
        with pytest.raises(KeysBarred):
            keyring()
    finally:
        free_keys()
    assert keyring().keys
