"""The address of the database says where it is, who asks, and how the line is guarded."""

import pytest
from django.db import connection

from commonweal.common.database_address import environment_of, settings_of


def test_every_part_finds_its_place():
    found = settings_of(
        "postgresql://maria%40mill:p%2Fss@db.example.org:5433/the%20list?sslmode=verify-full&connect_timeout=5"
    )
    assert (found["USER"], found["PASSWORD"]) == ("maria@mill", "p/ss")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.org", "5433", "the list")
    assert found["OPTIONS"] == {"sslmode": "verify-full", "connect_timeout": "5", "options": "-c jit=off"}
    assert environment_of(found) == {
        "PGSSLMODE": "verify-full",
        "PGCONNECT_TIMEOUT": "5",
        "PGOPTIONS": "-c jit=off",
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
    assert (found["HOST"], found["NAME"], set(found["OPTIONS"])) == (host, "commonweal", {"options"})


def test_questions_are_not_compiled_unless_the_operator_says_so():
    assert settings_of("postgresql:///mill")["OPTIONS"] == {"options": "-c jit=off"}
    asked = settings_of("postgresql:///mill?options=-c%20jit%3Don%20-c%20work_mem%3D64MB")["OPTIONS"]["options"]
    assert asked == "-c jit=off -c jit=on -c work_mem=64MB"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL alone")
def test_the_database_has_heard_it():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


@pytest.mark.parametrize(
    "address",
    [
        "mysql://a:geheim@b/c",
        "postgresql://a:geheim@b",
        "localhost:5432",
        "postgresql://a:geheim@b/c?sslmode",
        "postgresql://a:x:geheim@b:c/d",
    ],
)
def test_anything_else_is_refused_without_repeating_the_passphrase(address):
    with pytest.raises(ValueError) as refused:
        settings_of(address)
    assert "geheim" not in str(refused.value)
