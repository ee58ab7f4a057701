"""A new sealing key while the place is in use: nothing is lost, wherever it stops, and old keys go when nobody needs them."""

import base64
import io
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.transaction import atomic

from commonweal.accounts.models import SecondFactor
from commonweal.accounts.words import FactorKind
from commonweal.common import key_file, resealing, sealed
from commonweal.common.in_use import WORKING, users_of
from commonweal.common.resealing import rows_of_older_keys, sealed_columns
from commonweal.common.sealed import keyring, read_keyring
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.writes.uploads import bring_file, content_of
from commonweal.ledger.models import Entry
from commonweal.people.models import ContactPoint, Person
from commonweal.people.words import ContactKind
from tests.village import SENTINEL, THEN, Village, found, person, phone

pytestmark = pytest.mark.django_db
NUMBER = "+12125550142"
NOTE = "note " + SENTINEL


@pytest.fixture
def keys(settings: Any, tmp_path: Path, db: None) -> Path:
    """A key file of this test's own."""
    settings.COMMONWEAL_KEY_FILE, settings.DATA = str(tmp_path / "keys"), tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "uploads")
    return tmp_path / "keys"


@pytest.fixture
def place(keys: Path) -> Village:
    """The village, with something in sealed columns of several rooms and a file of an import."""
    village = found()
    phone(village.bo_person, NUMBER)
    SecondFactor.objects.create(
        account=village.ana, kind=FactorKind.CODES_APP, name="App", secret="JBSWY3DP", added_on=THEN.date()
    )
    batch = bring_file(name="list.csv", pieces=[b"name\nZo\xc3\xab\n"], by=village.ana.pk, at=THEN)
    ImportRow.objects.create(batch=batch, line=2, verdict="bad", values='{"name": "Zoe"}', before="before")
    return village


def rotate(**options: Any) -> str:
    said = io.StringIO()
    call_command("rotate_key", stdout=said, stderr=said, **options)
    return said.getvalue()


def assert_everything_opens(village: Village) -> None:
    assert Person.objects.get(pk=village.eve_person.pk).note == NOTE
    ring = keyring()
    assert ContactPoint.objects.get(fingerprint=ring.blind(NUMBER, "phone")).value == NUMBER
    assert ContactPoint.objects.get(tail_fingerprint=ring.blind("0142", "phone-tail")).kind == ContactKind.PHONE
    assert SecondFactor.objects.get().secret == "JBSWY3DP"
    row = ImportRow.objects.get()
    assert (row.values, row.before) == ('{"name": "Zoe"}', "before")
    assert ImportBatch.objects.get().file_name == "list.csv"
    assert content_of(ImportBatch.objects.get()).startswith(b"name\nZo")


def numbers(path: Path) -> list[int]:
    return [number for number, _key in read_keyring(path).keys]


def test_everything_is_sealed_anew_and_the_old_key_can_go(place: Village, keys: Path) -> None:
    assert_everything_opens(place)  # this process now holds the old ring
    index, said = read_keyring(keys).index, rotate()
    assert numbers(keys) == [2, 1] and read_keyring(keys).index == index
    assert "need not be restarted" in said and "--drop" in said
    assert not rows_of_older_keys(read_keyring(keys))
    assert_everything_opens(place)
    assert "Taken out: key 1" in rotate(drop=True)
    assert numbers(keys) == [2]
    sealed._rings.clear()
    assert_everything_opens(place)
    facts = dict(Entry.objects.filter(verb__contains="sealing_key").values_list("verb", "facts"))
    assert facts == {"rotated_sealing_key": {"key": 2, "sealed": 8}, "dropped_sealing_key": {"keys": [1]}}
    assert "nothing to take out" in rotate(drop=True)


def test_a_stop_anywhere_loses_nothing_and_the_next_run_goes_on(
    place: Village, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        person(f"P{number} Q", place.weaving, note=f"n{number}")
    monkeypatch.setattr(resealing, "AT_ONCE", 2)
    plain, stops = resealing._swap_in, 0

    class Killed(BaseException):
        pass

    for after in range(9):
        left = iter(range(after))

        def until_killed(*given: Any, left: Any = left) -> None:
            if next(left, None) is None:
                raise Killed
            plain(*given)

        monkeypatch.setattr(resealing, "_swap_in", until_killed)
        try:
            rotate()
        except Killed:
            stops += 1
            assert_everything_opens(place)
            assert numbers(keys) == [2, 1], "no second new key is made by going on"
            with pytest.raises(CommandError, match="still needed"):
                rotate(drop=True)
            assert numbers(keys) == [2, 1]
        else:
            break
    assert stops >= 3
    assert "Taken out" in rotate(drop=True)
    assert_everything_opens(place)
    assert sorted(Person.objects.filter(name__endswith=" Q").values_list("name", flat=True)) and {
        one.note for one in Person.objects.filter(name__endswith=" Q")
    } == {f"n{number}" for number in range(5)}


def test_what_somebody_writes_meanwhile_is_hers(place: Village, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = resealing._swap_in

    def written_in_between(model: Any, *given: Any) -> None:
        if model is Person and Person.objects.get(pk=place.eve_person.pk).note == NOTE:
            place.eve_person.note = "written just now"
            place.eve_person.save(update_fields=["note"])
        plain(model, *given)

    monkeypatch.setattr(resealing, "_swap_in", written_in_between)
    rotate()
    assert Person.objects.get(pk=place.eve_person.pk).note == "written just now"
    assert not rows_of_older_keys(read_keyring(keys))


def test_a_process_with_the_old_ring_opens_what_the_new_key_sealed(place: Village, keys: Path) -> None:
    held = keyring()
    key_file.add_first_key(keys)
    fresh = read_keyring(keys).seal("new", "a:1:b")
    assert held.open(fresh, "a:1:b") == "new"
    sealed._written.clear()  # a second later
    assert keyring().seal("x", "a:1:b")[0] == 2


def test_a_ring_stays_when_its_file_is_taken_out_of_the_machine(keys: Path) -> None:
    held = keyring()
    keys.rename(keys.with_name("away"))
    sealed._written[str(keys)] = (float("-inf"), sealed._written[str(keys)][1])
    assert keyring() == held


@pytest.mark.parametrize("mode", [0o400, 0o600])
def test_the_file_keeps_its_rights_and_no_other_is_left(place: Village, keys: Path, mode: int) -> None:
    keyring()
    keys.chmod(mode)
    rotate()
    rotate(drop=True)
    assert keys.stat().st_mode & 0o777 == mode
    assert [one.name for one in keys.parent.iterdir() if "keys" in one.name] == ["keys"]


def test_a_stop_before_the_file_is_in_place_leaves_the_old_one(
    place: Village, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = keys.read_text()
    monkeypatch.setattr(Path, "replace", lambda *_given: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(CommandError, match="No space left"):
        rotate()
    assert keys.read_text() == before
    assert [one.name for one in keys.parent.iterdir() if "keys" in one.name] == ["keys"]


def test_two_at_once_and_a_place_that_is_served_or_locked_are_refused(
    place: Village, keys: Path, tmp_path: Path
) -> None:
    import fcntl

    with key_file.changing_keys(keys), pytest.raises(CommandError, match="another rotate-key"):
        rotate()
    rotate()
    with (tmp_path / "serving.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="stop the server"):
            rotate(drop=True)
    assert numbers(keys) == [2, 1]


def test_old_keys_stay_while_a_worker_of_its_own_runs(place: Village, keys: Path) -> None:
    rotate()
    command = [sys.executable, "-m", "django", "work"]
    there = os.environ | {"COMMONWEAL_DATA": str(keys.parent), "DJANGO_SETTINGS_MODULE": "commonweal.settings"}
    worker = subprocess.Popen(command, env=there | {"COMMONWEAL_DATABASE": ""}, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while WORKING not in users_of(keys.parent) and time.monotonic() < until:
            time.sleep(0.05)
        with pytest.raises(CommandError, match="stop `commonweal work` first"):
            rotate(drop=True)
        assert numbers(keys) == [2, 1]
    finally:
        worker.kill()
        worker.wait()
    assert "Taken out: key 1" in rotate(drop=True)


def test_what_no_key_opens_stays_and_is_said(place: Village, keys: Path) -> None:
    with atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE commonweal_person SET note = %s WHERE name LIKE 'Finn%%'", [b"\x01" + b"x" * 40])
    assert "No key in the file opens commonweal_person: 1" in rotate()
    with pytest.raises(CommandError, match="still needed for commonweal_person: 1"):
        rotate(drop=True)


def test_numbers_come_round_after_the_last(keys: Path) -> None:
    keyring()
    one = base64.b64encode(b"k" * 32).decode()
    keys.write_text(f"255 {one}\n7 {one}\nindex {one}\n")
    assert key_file.add_first_key(keys) == 1
    assert numbers(keys) == [1, 255, 7]
    assert key_file.keep_first_key(keys) == [255, 7]


def test_every_sealed_column_is_found(place: Village) -> None:
    names = {f"{model.__name__}.{field.attname}" for model, field in sealed_columns()}
    assert {"Person.note", "ContactPoint.value", "SecondFactor.secret", "ImportRow.values", "ListedStep.note"} <= names
