"""`commonweal … -h`: every command explains itself, in the language of the terminal."""

import io
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout

import pytest
from django.core.management import get_commands, load_command_class

from commonweal.cli import commands, main, place
from commonweal.cli.words import language_of_the_terminal

LANGUAGES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "COMMONWEAL_LANGUAGE")
EVERY = sorted({*commands(), *place.commands()})


@pytest.fixture
def terminal(monkeypatch):
    """A terminal with these variables and no other ones of language."""

    def speaks(**variables):
        for name in LANGUAGES:
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return speaks


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "es_AR.UTF-8"}, "es"),
        ({"LANG": "es_MX.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "es:en"}, "es"),
        ({"LANG": "C.UTF-8", "COMMONWEAL_LANGUAGE": "es"}, "es"),
        ({"COMMONWEAL_LANGUAGE": "es"}, "es"),
        ({"LANG": "en_US.UTF-8", "COMMONWEAL_LANGUAGE": "es"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "POSIX", "LANGUAGE": "es"}, "en"),
    ],
)
def test_the_terminal_decides_and_where_it_names_no_language_the_place_does(terminal, variables, language):
    terminal(**variables)
    assert language_of_the_terminal() == language


def said(*words):
    """What the command prints, and its status."""
    out = io.StringIO()
    with redirect_stdout(out):
        try:
            status = main(words)
        except SystemExit as stop:
            status = int(stop.code or 0)
    return status, " ".join(out.getvalue().split())


@pytest.mark.parametrize("command", EVERY)
def test_no_sentence_of_a_help_text_stays_english(terminal, command):
    words = [command, "leaders", "-h"] if command == "reckon" else [command, "-h"]
    terminal(LANG="en_US.UTF-8")
    status, english = said(*words)
    assert status == 0
    terminal(LANG="es_MX.UTF-8")
    status, spanish = said(*words)
    assert status == 0
    assert spanish.startswith("uso: commonweal ")
    assert english.startswith(f"usage: commonweal {command}")
    sentences = [every for every in helps(command) if len(every.split()) > 1]
    for sentence in sentences:
        assert sentence % {"default": ""} in english
        assert sentence not in spanish
    assert not re.search(r"\b(the|this|with|show)\b", re.sub(r'"[^"]*"|\[.*?\]', "", spanish)), spanish


def helps(command):
    """What the options of a place's command say in English."""
    if command in commands():
        return []
    name = command.replace("-", "_")
    parser = load_command_class(get_commands()[name], name).create_parser("commonweal", command)
    return [" ".join(str(action.help).split()) for action in parser._actions if action.help]


def test_the_list_of_commands_is_in_the_language_too(terminal):
    terminal(LANG="es_MX.UTF-8")
    _, spanish = said("-h")
    assert "respaldo" in spanish
    terminal(LANG="en_US.UTF-8")
    _, english = said("-h")
    assert all(f" {what}" in english for what in place.commands().values())
    assert not any(what in spanish for what in [*place.commands().values(), *commands().values()])


def test_after_a_command_everything_is_said_as_before(terminal):
    terminal(LANG="es_MX.UTF-8")
    said("-h")
    assert commands()["reckon"].startswith("leaders, list")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["backup"], "faltan estos argumentos: file"),
        (["serve", "--port", "many"], "argumento --port: 'many' no vale como int"),
        (["nothing"], "no es una de las opciones"),
        (["reckon", "leaders", "--ties", "t.csv", "--cover", "2"], "2 no es una parte mayor que 0"),
        (["reckon", "leaders", "--ties", "t.csv", "--least-ties", "-1"], "-1 es menos de 0"),
    ],
    ids=["missing", "no number", "no command", "no share", "below"],
)
def test_what_is_wrong_with_the_words_is_said_in_the_language_too(terminal, capsys, words, says):
    terminal(LANG="es_MX.UTF-8")
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 2
    assert says in capsys.readouterr().err


def ran(words, data, changed):
    """A command run in an environment of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMMONWEAL_", "DJANGO_"))}
    kept |= {"COMMONWEAL_DATA": str(data)} | changed
    program = f"from commonweal.cli import main; raise SystemExit(main({words!r}))"
    return subprocess.run([sys.executable, "-c", program], env=kept, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"COMMONWEAL_SECRET_FILE": "/nowhere/secret"}, "/nowhere/secret"),
        ({"COMMONWEAL_TIME_ZONE": "America/Nowhere"}, "America/Nowhere"),
        ({"COMMONWEAL_EXPORT_ROWS": "some"}, "some"),
    ],
    ids=["no file", "no zone", "no number"],
)
def test_settings_that_cannot_be_used_are_one_sentence(tmp_path, changed, says):
    run = ran(["check-deploy"], tmp_path, changed | {"LANG": "C.UTF-8"})
    assert run.returncode == 1
    assert says in run.stderr
    assert run.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (
            {"COMMONWEAL_TIME_ZONE": "America/Nowhere"},
            "COMMONWEAL_TIME_ZONE no nombra una zona horaria: America/Nowhere",
        ),
        ({"COMMONWEAL_EXPORT_ROWS": "some"}, "COMMONWEAL_EXPORT_ROWS no es un número entero: some"),
        ({"COMMONWEAL_DATABASE": "postgresql://a:geheim@b:c/d"}, "COMMONWEAL_DATABASE no es una dirección como"),
    ],
    ids=["no zone", "no number", "no address"],
)
def test_settings_that_cannot_be_used_are_told_in_spanish(tmp_path, changed, says):
    run = ran(["check-deploy"], tmp_path, changed | {"LANG": "es_MX.UTF-8"})
    assert run.returncode == 1
    assert run.stderr.startswith(f"La configuración no se puede usar: {says}")
    assert "geheim" not in run.stderr
    assert run.stderr.count("\n") == 1


def test_a_file_that_cannot_be_reached_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    words = ["backup", "--plain", str(tmp_path / "file" / "copy")]
    run = ran(words, tmp_path / "place", {"LANG": "C.UTF-8"})
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert str(tmp_path / "file") in run.stderr
