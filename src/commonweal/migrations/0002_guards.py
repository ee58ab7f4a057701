"""The database itself refuses to change or remove an entry of the ledger, whoever asks."""

from typing import Any

from django.db import migrations

SQLITE = (
    """CREATE TRIGGER ledger_refuses_change BEFORE UPDATE ON commonweal_entry
       BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER ledger_refuses_removal BEFORE DELETE ON commonweal_entry
       BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    # INSERT OR REPLACE removes a row without asking the trigger above.
    """CREATE TRIGGER ledger_refuses_replacement BEFORE INSERT ON commonweal_entry
       WHEN EXISTS (SELECT 1 FROM commonweal_entry WHERE number = NEW.number OR hash = NEW.hash)
       BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
)
SQLITE_UNDO = (
    "DROP TRIGGER IF EXISTS ledger_refuses_change",
    "DROP TRIGGER IF EXISTS ledger_refuses_removal",
    "DROP TRIGGER IF EXISTS ledger_refuses_replacement",
)
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$""",
    """CREATE TRIGGER ledger_refuses_change BEFORE UPDATE OR DELETE ON commonweal_entry
       FOR EACH ROW EXECUTE FUNCTION ledger_refuses()""",
    """CREATE TRIGGER ledger_refuses_emptying BEFORE TRUNCATE ON commonweal_entry
       FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()""",
    # Replication roles and session_replication_role = replica must not slip past them.
    "ALTER TABLE commonweal_entry ENABLE ALWAYS TRIGGER ledger_refuses_change",
    "ALTER TABLE commonweal_entry ENABLE ALWAYS TRIGGER ledger_refuses_emptying",
)
POSTGRESQL_UNDO = (
    "DROP TRIGGER IF EXISTS ledger_refuses_change ON commonweal_entry",
    "DROP TRIGGER IF EXISTS ledger_refuses_emptying ON commonweal_entry",
    "DROP FUNCTION IF EXISTS ledger_refuses()",
)
DO = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
UNDO = {"sqlite": SQLITE_UNDO, "postgresql": POSTGRESQL_UNDO}


def guard(apps: Any, schema_editor: Any) -> None:
    for statement in DO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(apps: Any, schema_editor: Any) -> None:
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("commonweal", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
