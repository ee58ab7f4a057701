"""The address of the database says where it is, who asks, and how the line is guarded."""

import pytest

from commonweal.common.database_address import environment_of, settings_of


def test_every_part_finds_its_place():
    found = settings_of(
        "postgresql://maria%40mill:p%2Fss@db.example.org:5433/the%20list?sslmode=verify-full&connect_timeout=5"
    )
    assert (found["USER"], found["PASSWORD"]) == ("maria@mill", "p/ss")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.org", "5433", "the list")
    assert found["OPTIONS"] == {"sslmode": "verify-full", "connect_timeout": "5"}
    assert environment_of(found) == {
        "PGSSLMODE": "verify-full",
        "PGCONNECT_TIMEOUT": "5",
        "PGPASSWORD": "p/ss",
    }


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("postgresql:///commonweal", ""),
        ("postgresql:///commonweal?host=/run/postgresql", "/run/postgresql"),
        ("postgresql://%2Frun%2Fpostgresql/commonweal", "/run/postgresql"),
    ],
)
def test_a_socket_is_reached_too(address, host):
    found = settings_of(address)
    assert (found["HOST"], found["NAME"], found["OPTIONS"]) == (host, "commonweal", {})


@pytest.mark.parametrize(
    "address",
    ["mysql://a:geheim@b/c", "postgresql://a:geheim@b", "localhost:5432", "postgresql://a:geheim@b/c?sslmode"],
)
def test_anything_else_is_refused_without_repeating_the_passphrase(address):
    with pytest.raises(ValueError) as refused:
        settings_of(address)
    assert "geheim" not in str(refused.value)
