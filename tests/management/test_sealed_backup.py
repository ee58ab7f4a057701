"""A backup is encrypted to a key that this machine does not hold."""

import pytest
from django.core.management import CommandError, call_command

from commonweal.common.age import new_pair, secret_keys, unseal
from commonweal.common.verified import last_verified_backup
from commonweal.management.commands.backup import verify
from commonweal.management.commands.restore import opened
from tests.village import SENTINEL, found

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def secret(monkeypatch):
    """The secret key of the pair to which this place's backups go."""
    made, public = new_pair()
    monkeypatch.setenv("COMMONWEAL_BACKUP_TO", public)
    return made


def test_without_a_key_a_backup_is_refused_and_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.delenv("COMMONWEAL_BACKUP_TO", raising=False)
    with pytest.raises(CommandError, match="backup-key"):
        call_command("backup", str(tmp_path / "copy"))
    monkeypatch.setenv("COMMONWEAL_BACKUP_TO", "age1nobody")
    with pytest.raises(CommandError, match="no public key"):
        call_command("backup", str(tmp_path / "copy"))
    assert list(tmp_path.iterdir()) == []


def test_an_encrypted_backup_shows_no_name_and_opens_with_its_key(tmp_path, secret, capsys):
    found()
    call_command("backup", str(tmp_path / "copy"))
    assert "Encrypted: it opens only with the secret key" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]
    assert SENTINEL.encode() not in (tmp_path / "copy").read_bytes()
    unseal(tmp_path / "copy", tmp_path / "plain", secret_keys(secret))
    assert verify(tmp_path / "plain").people == 4
    noted = last_verified_backup()
    assert noted is not None
    assert (noted.people, noted.sealed, noted.size) == (4, True, (tmp_path / "copy").stat().st_size)


def test_a_plain_backup_says_loudly_that_it_is_plain(tmp_path, capsys):
    found()
    call_command("backup", "--plain", str(tmp_path / "copy"))
    assert "NOT ENCRYPTED" in capsys.readouterr().out
    assert last_verified_backup().sealed is False  # type: ignore[union-attr]


def test_restoring_needs_the_key_and_the_right_one(tmp_path, secret):
    found()
    call_command("backup", str(tmp_path / "copy"))
    with pytest.raises(CommandError, match="--key"):
        call_command("restore", str(tmp_path / "copy"))
    (tmp_path / "other").write_text(new_pair()[0])
    with pytest.raises(CommandError, match="does not open"):
        call_command("restore", str(tmp_path / "copy"), "--key", str(tmp_path / "other"))
    (tmp_path / "none").write_text("my dog")
    with pytest.raises(CommandError, match="no secret key"):
        call_command("restore", str(tmp_path / "copy"), "--key", str(tmp_path / "none"))


def test_an_opened_backup_does_not_stay_open(tmp_path, secret):
    found()
    call_command("backup", str(tmp_path / "copy"))
    (tmp_path / "key").write_text(secret)
    with opened(tmp_path / "copy", tmp_path / "key") as plain:
        assert verify(plain).people == 4
    assert not plain.exists()


def test_a_pair_of_keys_is_made_once_and_never_written_over(tmp_path, capsys):
    call_command("backup_key", str(tmp_path / "key"))
    said = capsys.readouterr().out
    assert "COMMONWEAL_BACKUP_TO=age1" in said
    assert "AGE-SECRET-KEY" not in said
    written = (tmp_path / "key").read_text()
    assert len(secret_keys(written)) == 1
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="never written over"):
        call_command("backup_key", str(tmp_path / "key"))
    assert (tmp_path / "key").read_text() == written
