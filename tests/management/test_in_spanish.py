"""What a command says while it runs is in the language of the terminal; what programs read, and what is kept, is not."""

import ast
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as in_use
from django.core.management import CommandError, call_command
from django.utils.translation import get_language, override

from commonweal.common import backup as copying
from commonweal.common import readiness
from commonweal.common.age import secret_keys
from commonweal.common.backup import BackupFailed
from commonweal.common.environment import VARIABLES
from commonweal.common.in_use import SERVING, WORKING, hold
from commonweal.ledger.models import Entry
from commonweal.ledger.writes import record
from commonweal.management.commands import restore, serve, settings, work
from commonweal.management.commands.restore import place_alone
from commonweal.management.spoken import SpokenCommand
from tests.ledger.test_chain import by_force, five
from tests.village import THEN, Village, found

COMMANDS = Path(serve.__file__).parent
SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


@pytest.fixture(autouse=True)
def _spanish(_english: None) -> Any:
    with override("es"):
        yield


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """A data folder of this test's own."""
    settings.DATA, settings.COMMONWEAL_KEY_FILE = tmp_path, str(tmp_path / "keys")
    settings.MEDIA_ROOT = str(tmp_path / "uploads")
    return tmp_path


def said(*words: str, **options: Any) -> str:
    told = io.StringIO()
    call_command(*words, stdout=told, stderr=told, **options)
    return told.getvalue()


@pytest.mark.django_db(transaction=True)
def test_backup(folder: Path) -> None:
    found()
    told = said("backup", "--plain", str(folder / "copy"))
    assert "personas: 4, asientos del libro de actos: 0; se volvió a leer y está completo." in told
    assert "SIN CIFRAR: quien encuentre este archivo" in told
    assert f"solo se abren con {folder}/keys: guarde una copia" in told
    with pytest.raises(CommandError, match="ya existe; --replace escribe encima"):
        said("backup", "--plain", str(folder / "copy"))


def test_backup_without_a_key_and_without_a_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMMONWEAL_BACKUP_TO", raising=False)
    with pytest.raises(CommandError, match="Haga un par de llaves con `commonweal backup-key FILE`"):
        said("backup", str(folder / "copy"))
    with pytest.raises(CommandError, match="No existe la carpeta"):
        said("backup", "--plain", str(folder / "none" / "copy"))


def test_a_copy_that_is_none(folder: Path) -> None:
    (folder / "letter").write_text("Dear all")
    with pytest.raises(BackupFailed, match="no es una copia de una base de datos SQLite"):
        copying.examine(folder / "letter")


def test_backup_key(folder: Path) -> None:
    told = said("backup_key", str(folder / "secret"))
    assert told.startswith("COMMONWEAL_BACKUP_TO=age1"), "the line to copy is the same in every language"
    assert "Ponga esa línea en la configuración." in told
    assert (folder / "secret").read_text().startswith("# Abre los respaldos hechos para age1")
    assert len(secret_keys((folder / "secret").read_text())) == 1
    with pytest.raises(CommandError, match="nunca se escribe encima de una llave"):
        said("backup_key", str(folder / "secret"))


def test_restore_refuses(folder: Path) -> None:
    with pytest.raises(CommandError, match="No existe el archivo"):
        said("restore", str(folder / "none"))
    with hold(folder, SERVING, alone=True), pytest.raises(CommandError, match="detenga primero el servidor"):
        place_alone().__enter__()
    with hold(folder, WORKING, alone=False), pytest.raises(CommandError, match="detenga primero `commonweal work`"):
        place_alone().__enter__()
    with pytest.raises(CommandError, match="indique con --key"):
        restore.opened(folder / "copy", None).__enter__()


@pytest.mark.django_db
def test_check_deploy(folder: Path, settings: Any) -> None:
    settings.DEBUG, settings.ALLOWED_HOSTS = True, []
    with pytest.raises(CommandError, match="Todavía no está para servirse:\n  - COMMONWEAL_DEBUG está encendido"):
        said("check_deploy")
    assert any("Falta COMMONWEAL_HOSTS" in reason for reason in readiness.reasons_not_to_serve())


@pytest.mark.django_db
def test_serve_refuses(folder: Path, settings: Any) -> None:
    settings.DEBUG = True
    with pytest.raises(CommandError, match="No se sirve:\n  - COMMONWEAL_DEBUG está encendido"):
        said("serve")


def test_serve_says_where_and_then_serves_in_the_language_of_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    import uvicorn

    spoken: list[str | None] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda server: spoken.append(get_language()))
    monkeypatch.setattr(uvicorn, "run", lambda *given, **named: None)
    told = io.StringIO()
    command = serve.Command(stdout=told)
    command.run("127.0.0.1", 8765, 1)
    command.run("127.0.0.1", 8765, 2)
    assert spoken == [in_use.LANGUAGE_CODE] == ["en"]
    assert told.getvalue() == "Sirviendo en http://127.0.0.1:8765/ con 2 procesos\n"


@pytest.mark.django_db
def test_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken: list[str | None] = []
    monkeypatch.setattr(work, "do_all_waiting", lambda: spoken.append(get_language()) or 3)
    assert said("work", once=True) == "Trabajos hechos: 3\n"
    assert spoken == ["en"], "what is kept is written in the language of the place"
    with hold(folder, WORKING, alone=True), pytest.raises(CommandError, match="espere a que termine"):
        said("work", once=True)


@pytest.mark.django_db
def test_rotate_key(folder: Path) -> None:
    found()
    told = said("rotate_key")
    assert "Sellado de nuevo con la llave 2: commonweal_" in told
    assert "Para sacar las llaves viejas: detenga el servidor" in told
    assert "Se sacó: llave 1. La llave 2 sella y abre todo." in said("rotate_key", drop=True)
    assert "no hay nada que sacar" in said("rotate_key", drop=True)
    assert set(Entry.objects.get(verb="rotated_sealing_key").facts) == {"key", "sealed"}


@pytest.mark.django_db
def test_ledger_verify() -> None:
    five()
    first, head = said("ledger", "verify").splitlines()
    assert first == "El libro de actos está completo; asientos: 5. Su cabeza, para anotarla en otra parte:"
    assert re.fullmatch(r"5:[0-9a-f]+", head)
    by_force("UPDATE commonweal_entry SET verb = 'undid_merge' WHERE number = 3")
    with pytest.raises(CommandError, match="roto en el asiento 3: se cambió lo que dice"):
        said("ledger", "verify")
    with pytest.raises(CommandError, match="Una cabeza anotada se escribe NUMBER:HASH"):
        said("ledger", "verify", "--kept", "x")


@pytest.mark.django_db
def test_trace(folder: Path) -> None:
    (folder / "list.csv").write_text("Name\nAda Brown\n")
    assert "No se reconoce ninguna exportación" in said("trace", str(folder / "list.csv"))
    (folder / "list.pdf").write_bytes(b"%PDF-1.4 hello\0")
    with pytest.raises(CommandError, match=r"No se puede leer .*list.pdf\. (?!.*\b(the|file)\b)"):
        said("trace", str(folder / "list.pdf"))


@pytest.mark.django_db
def test_everything_on_says_the_same_rows_in_every_language(village: Village) -> None:
    person = str(village.bo_person.pk)
    record("changed_person", by=None, at=THEN, subject_kind="person", subject=village.bo_person.pk)
    spanish = said("everything_on", person)
    with override("en"):
        english = said("everything_on", person)
    assert "== Person: 1 sobre esta persona, 0 hechas por ella sobre otra gente" in spanish
    assert spanish.rstrip().endswith("qué listas la mostraron.")
    rows = [json.loads(line) for line in spanish.splitlines() if line.startswith("{")]
    assert rows and rows == [json.loads(line) for line in english.splitlines() if line.startswith("{")]
    with pytest.raises(CommandError, match="No hay ninguna ficha con este número"):
        said("everything_on", "00000000-0000-4000-8000-000000000000")


@pytest.mark.django_db
def test_load_demo(settings: Any) -> None:
    with pytest.raises(CommandError, match="nunca debe tener gente de verdad"):
        said("load_demo")
    settings.DEMO = True
    record("loaded_demo", by=None, at=THEN)
    assert said("load_demo", language="es") == "El lugar de prueba ya está cargado.\n"


@pytest.mark.django_db
def test_load_demo_into_a_place_with_people(village: Village, settings: Any) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="el lugar de prueba solo se carga en una vacía"):
        said("load_demo")


def test_settings() -> None:
    told = said("settings")
    assert "Carpeta de la base de datos, las llaves y lo que se sube. Si falta: var." in told
    assert "COMMONWEAL_SECRET  (ahora: puesto)" in told
    assert not [one.name for one in VARIABLES if SENTENCE.search(one.meaning) and one.meaning in told]


def test_a_command_typed_in_a_terminal_speaks_its_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, says in (("es_MX.UTF-8", "Si falta: nada."), ("en_US.UTF-8", "Default: none.")):
        monkeypatch.setenv("LANG", language)
        settings.Command().run_from_argv(["commonweal", "settings"])
        assert says in capsys.readouterr().out
        assert get_language() == "es", "and leaves the language as it was"


def test_every_command_of_ours_is_a_spoken_one() -> None:
    from importlib import import_module

    for file in COMMANDS.glob("[!_]*.py"):
        command = import_module(f"commonweal.management.commands.{file.stem}").Command
        assert issubclass(command, SpokenCommand), file.stem


@pytest.mark.parametrize(
    "file",
    [*sorted(COMMANDS.glob("[!_]*.py")), Path(copying.__file__), Path(readiness.__file__)],
    ids=lambda file: file.stem,
)
def test_no_sentence_is_said_past_the_catalogue(file: Path) -> None:
    """What goes to `write`, to a refusal or into a list of reasons is never a sentence of its own."""
    past = []
    for call in ast.walk(ast.parse(file.read_text())):
        name = call.func if isinstance(call, ast.Call) else None
        called = name.attr if isinstance(name, ast.Attribute) else name.id if isinstance(name, ast.Name) else ""
        if called in ("write", "append", "CommandError", "BackupFailed"):
            assert isinstance(call, ast.Call)
            past += [text for given in call.args for text in bare(given) if SENTENCE.search(text)]
    assert past == []


def bare(given: ast.expr) -> list[str]:
    """The words of a string that stands there as it is, without a translation around it."""
    if isinstance(given, ast.Constant):
        return [str(given.value)]
    if isinstance(given, ast.JoinedStr):
        return ["".join(part.value for part in given.values if isinstance(part, ast.Constant))]
    if isinstance(given, ast.IfExp):
        return bare(given.body) + bare(given.orelse)
    return bare(given.left) + bare(given.right) if isinstance(given, ast.BinOp) else []
