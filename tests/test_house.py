"""What the import contracts cannot see of the plan of the house."""

import ast
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "src" / "commonweal"
SOURCES = sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)
NOT_ROOMS = {"reckoning", "management", "migrations", "templates", "static", "locale", "demo", "journeys", "cli"}
ROOMS = sorted(path.parent.name for path in HOUSE.glob("*/__init__.py") if path.parent.name not in NOT_ROOMS)
DOORS = sorted(path.parent.name for path in HOUSE.glob("*/__init__.py") if path.parent.name != "migrations")
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "service", "services", "handler"}
FORBIDDEN_NAMES |= {"handlers", "data", "info", "misc", "base_utils"}
# Django's own names, and the folder of a database engine, which must be called so.
NAMES_WITH_REASON = {HOUSE / "common" / "sqlite" / "base.py"}
# The project speaks of itself alone: no trace of how or where it was made.
FORBIDDEN_WORDS = re.compile(
    r"/work/|\bshared/(?:house|knowledge|style|data|checks)|\b(?:chatgpt|openai|anthropic|claude|copilot|gemini)\b"
    r"|\bAI[- ]generated\b|(?-i:\bTODO\b|\bFIXME\b|\bXXX\b)|lorem ipsum|not implemented yet|coming soon"
    r"|\bissue #?\d+\b|\blanguage model\b",
    re.I,
)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def home_of(model: type) -> str:
    """The room in which a model is defined."""
    return model.__module__.split(".")[1]


def named(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


# ── Sentences ───────────────────────────────────────────────────────────────────────────────────


def test_no_sentence_hides_inside_another_where_the_catalogues_do_not_find_it() -> None:
    hidden = []
    for path in SOURCES:
        for outer in (node for node in ast.walk(tree(path)) if isinstance(node, ast.JoinedStr)):
            for call in (node for node in ast.walk(outer) if isinstance(node, ast.Call)):
                says = isinstance(call.func, ast.Name) and call.func.id in {"_", "gettext", "ngettext", "pgettext"}
                if says and isinstance(call.args[0], ast.Constant):
                    hidden.append(f"{path.relative_to(ROOT)}:{call.lineno}")
    assert not hidden


# ── Nouns ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("room", ROOMS)
def test_every_model_of_a_room_is_in_the_index(room):
    defined = set()
    for path in [HOUSE / room / "models.py", *(HOUSE / room / "models").glob("*.py")]:
        if path.exists():
            defined |= {node.name for node in tree(path).body if isinstance(node, ast.ClassDef)}
    known = {model.__name__ for model in apps.get_app_config("commonweal").get_models() if home_of(model) == room}
    abstract = {"Sourced"}
    assert known <= defined
    assert {name for name in defined - abstract if is_model(room, name)} == known


def is_model(room: str, name: str) -> bool:
    from importlib import import_module

    from django.db.models import Model

    found = getattr(import_module(f"commonweal.{room}.models"), name, None)
    return isinstance(found, type) and issubclass(found, Model) and not found._meta.abstract


def test_foreign_keys_between_rooms_are_those_of_the_table():
    page = (ROOT / "docs" / "architecture.md").read_text().partition("## Foreign keys between rooms")[2]
    written = dict(re.findall(r"^\| (\w+\.\w+\.\w+) \| (\w+\.\w+) \|$", page, re.M))
    found = {}
    for model in apps.get_app_config("commonweal").get_models(include_auto_created=False):
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            other = field.related_model
            if other and other.__module__.startswith("commonweal.") and home_of(other) != home_of(model):
                found[f"{home_of(model)}.{model.__name__}.{field.name}"] = f"{home_of(other)}.{other.__name__}"
    assert written == found


def test_every_model_is_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text().casefold().replace("sign-in", "sign in")
    missing = []
    for model in apps.get_app_config("commonweal").get_models():
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).casefold()
        if f"**{words}**" not in glossary and f"**{words}" not in glossary:
            missing.append(words)
    assert missing == []


# ── Rooms ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("room", DOORS)
def test_every_room_has_its_door_plate(room):
    plate = ast.get_docstring(tree(HOUSE / room / "__init__.py")) or ""
    assert len(plate) > 20, f"{room} says nothing at its door"
    if room in ROOMS:
        for line in ("Words:", "Leaves in the hall:", "Takes from the hall:", "Not here:"):
            assert line in plate, f"{room} does not say: {line}"


def test_no_file_is_named_after_nothing():
    found = [path for path in SOURCES if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES]
    assert named([path for path in found if path not in NAMES_WITH_REASON]) == []


def test_no_file_is_longer_than_a_person_reads():
    long = [path for path in SOURCES if path.read_text().count("\n") > LONGEST_FILE]
    assert named(long) == []


def test_a_long_function_has_its_docstring():
    bare = []
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                if length > LONGEST_FUNCTION and not ast.get_docstring(node):
                    bare.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} ({length} lines)")
    assert bare == []


def test_nothing_listens_to_signals():
    listening = [path for path in SOURCES if re.search(r"django\.db\.models\.signals|@receiver\b", path.read_text())]
    assert named(listening) == []


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if path.parts[-2] == "journeys" and path.stem not in ("__init__", "urls")],
    ids=lambda path: path.stem,
)
def test_a_journey_crosses_rooms_and_asks_no_query(path):
    text = path.read_text()
    rooms = set(re.findall(r"commonweal\.(\w+)", text)) - {"common", "journeys", "reckoning"}
    assert len(rooms) >= 2, f"{path.name} stays in {rooms}"
    assert not re.search(r"\.objects\b|\.filter\(|\.raw\(|cursor\(", text)


def test_rules_are_judged_without_django():
    """Reckoning and every room's rules load where Django cannot be imported at all."""
    names = [
        ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__")
        for path in SOURCES
        if "reckoning" in path.parts or path.stem == "rules" or "rules" in path.parts
    ]
    program = (
        f"import sys, importlib\nsys.modules['django'] = None\n[importlib.import_module(name) for name in {names!r}]\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-800:]


# ── What is shipped ─────────────────────────────────────────────────────────────────────────────


def shipped_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_the_project_speaks_of_itself_alone():
    allowed = {ROOT / "tests" / "test_house.py", ROOT / "LICENSE"}
    kinds = {".py", ".md", ".html", ".txt", ".toml", ".css", ".js", ".po", ".cfg", ".ini", "", ".svg", ".service"}
    found = []
    for path in shipped_files():
        if path in allowed or path.suffix not in kinds or "reckoning/real" in path.as_posix():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if match := FORBIDDEN_WORDS.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number} {match[0]!r}")
    assert found == []


def test_no_template_carries_inline_script_or_style():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son(?:click|load|change|submit|input)=|javascript:", re.I
    )
    found = []
    for path in sorted((HOUSE / "templates").rglob("*.html")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if match := inline.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number} {match[0]!r}")
    assert found == []


def test_every_address_has_a_name():
    nameless = []

    def walk(patterns, prefix=""):
        for pattern in patterns:
            here = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, here)
            elif not pattern.name:
                nameless.append(here)

    walk(get_resolver().url_patterns)
    assert nameless == []


@pytest.mark.slow
def test_the_wheel_carries_the_program_and_no_test_data(tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index"]
    command += ["--wheel-dir", str(tmp_path), str(copied(tmp_path / "source"))]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-800:]
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if not name.startswith("commonweal")] == []
    assert [
        name for name in names if re.search(r"(^|/)(tests?|benchmarks|real)/|\.(csv|tsv|xlsx|sqlite3)$", name)
    ] == []
    carried = {name for name in names if not name.endswith("/")}
    for needed in ("templates/base.html", "static/css/look.css", "locale/common/es/LC_MESSAGES/django.mo"):
        assert f"commonweal/{needed}" in carried
    assert any(name.startswith("commonweal/management/commands/serve") for name in names)


def copied(target: Path) -> Path:
    """The shipped files in a folder of their own, so that building leaves nothing in this one."""
    for path in shipped_files():
        place = target / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
    return target
