"""Files in the age format: what the `age` program wrote opens here, and what was written here opens for its key alone."""

import base64

import pytest

from commonweal.common import age

CHUNK, TAG = 64 * 1024, 16  # a file in this format is sealed in pieces of so many bytes
# Written by age 1.1.1: `printf 'who walks with whom\n' | age -r PUBLIC`, and its key by age-keygen.
SECRET = "AGE-SECRET-KEY-1YAJYG2C9P5MNX7GQZNPPF2MDV93JX7LRZSSWQXWZYLL6RD9PAX8SJ0TN8G"  # noqa: S105
PUBLIC = "age1t3sf3dr0e66muscswu8hgnvrhmh3fk6jje9vy4mklug94jgvysds2fupxv"
WRITTEN = """
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBXdDM2eUx3UWdOaHZlRndza1k4WnowTmtQeHZoYkhsNnF5eGxKWjZGTldRCld5VGppbD
d1eFkwT1hpNkZNZ3FPTFJTOUVjS3UwUXo4UW1JbERCdmdETk0KLS0tIEZYZ1poZzJkNkQrb2RkdkJBSUp4cGhhKzVtZm9sYzBWTk1TdUp3d3F6
OGMKrA9uA9N+Q6isuSUOedkIn49Bm/XEvef2Ux8NK6528Tmsu5aSq+XMqogqA1GpOYezpPkDjg==
"""


def test_what_the_age_program_wrote_opens_here(tmp_path):
    (tmp_path / "sealed").write_bytes(base64.b64decode(WRITTEN))
    age.unseal(tmp_path / "sealed", tmp_path / "plain", age.secret_keys(f"# a comment\n{SECRET}\n"))
    assert (tmp_path / "plain").read_text() == "who walks with whom\n"


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_opens_again_whatever_its_length(tmp_path, size):
    whole = (b"chain " * size)[:size]
    (tmp_path / "plain").write_bytes(whole)
    age.seal(tmp_path / "plain", tmp_path / "sealed", [age.public_key(PUBLIC)])
    assert age.is_sealed(tmp_path / "sealed")
    assert b"chain chain" not in (tmp_path / "sealed").read_bytes()
    age.unseal(tmp_path / "sealed", tmp_path / "again", age.secret_keys(SECRET))
    assert (tmp_path / "again").read_bytes() == whole
    assert (tmp_path / "again").stat().st_mode & 0o777 == 0o600


def test_each_of_two_recipients_opens_it_and_nobody_else(tmp_path):
    pairs = [age.new_pair() for _ in range(3)]
    (tmp_path / "plain").write_text("the list")
    age.seal(tmp_path / "plain", tmp_path / "sealed", [age.public_key(public) for _, public in pairs[:2]])
    for secret, _ in pairs[:2]:
        age.unseal(tmp_path / "sealed", tmp_path / "again", age.secret_keys(secret))
        assert (tmp_path / "again").read_text() == "the list"
    with pytest.raises(age.CannotOpen):
        age.unseal(tmp_path / "sealed", tmp_path / "never", age.secret_keys(pairs[2][0]))
    assert not (tmp_path / "never").exists()


@pytest.mark.parametrize("place", [30, 100, 170, -200, -1])
def test_a_changed_byte_anywhere_is_found(tmp_path, place):
    (tmp_path / "plain").write_bytes(b"chain " * 100)
    age.seal(tmp_path / "plain", tmp_path / "sealed", [age.public_key(PUBLIC)])
    bent = bytearray((tmp_path / "sealed").read_bytes())
    bent[place] ^= 2
    (tmp_path / "bent").write_bytes(bent)
    with pytest.raises(age.CannotOpen):
        age.unseal(tmp_path / "bent", tmp_path / "never", age.secret_keys(SECRET))


def test_a_file_that_was_cut_off_is_found(tmp_path):
    (tmp_path / "plain").write_bytes(b"chain " * 30_000)
    age.seal(tmp_path / "plain", tmp_path / "sealed", [age.public_key(PUBLIC)])
    whole = (tmp_path / "sealed").read_bytes()
    for kept in (10, 150, len(whole) - 1, whole.index(b"---") + 62 + CHUNK + TAG):
        (tmp_path / "cut").write_bytes(whole[:kept])
        with pytest.raises(age.CannotOpen):
            age.unseal(tmp_path / "cut", tmp_path / "never", age.secret_keys(SECRET))


@pytest.mark.parametrize(
    "text", ["", "age1", PUBLIC[:-1], PUBLIC[:-1] + "w", PUBLIC.replace("age", "ago"), SECRET, "é" * 62]
)
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(age.NoKey):
        age.public_key(text)
