"""The ledger's guard on SQLite looks a new entry up by number and by hash apart, each by its own index: joined by "or"
the database may read the whole ledger for every act, and takes longer with each year."""

from typing import Any

from django.db import migrations

DROP = "DROP TRIGGER IF EXISTS ledger_refuses_replacement"
APART = """CREATE TRIGGER ledger_refuses_replacement BEFORE INSERT ON commonweal_entry
    WHEN EXISTS (SELECT 1 FROM commonweal_entry WHERE number = NEW.number)
      OR EXISTS (SELECT 1 FROM commonweal_entry WHERE hash = NEW.hash)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"""
JOINED = """CREATE TRIGGER ledger_refuses_replacement BEFORE INSERT ON commonweal_entry
    WHEN EXISTS (SELECT 1 FROM commonweal_entry WHERE number = NEW.number OR hash = NEW.hash)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"""


def apart(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(DROP)
        schema_editor.execute(APART)


def joined(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(DROP)
        schema_editor.execute(JOINED)


class Migration(migrations.Migration):
    dependencies = [("commonweal", "0013_who_opened_a_test_and_named_turnout")]
    operations = [migrations.RunPython(apart, joined)]
