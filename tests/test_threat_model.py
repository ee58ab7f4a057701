"""What the threat model says is proved somewhere is there; and pages reach people only through what asks the scope."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODEL = (ROOT / "docs" / "threat-model.md").read_text()
ROWS = [line for line in MODEL.splitlines() if re.match(r"\| \d+ \|", line)]
PEOPLE = {"Person", "PersonName", "ContactPoint", "Placement", "Affiliation", "Tie", "Nomination", "Ask", "BareYes",
          "Assessment", "ChainLink", "FormerRow", "ListedLeader", "SearchKey", "Resemblance"}  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_each_line_says_how_far_it_is_proved_and_by_what(row: str) -> None:
    _, _, what, verdict, where, _ = row.split("|")
    files = re.findall(r"`(tests/[a-z_/]+\.py)`", where)
    assert what.strip()
    assert verdict.strip() in ("tested", "partly", "built", "missing")
    assert [file for file in files if not (ROOT / file).is_file()] == []
    assert bool(files) == (verdict.strip() in ("tested", "partly"))


def test_the_lines_are_in_order_and_each_is_there_once() -> None:
    numbers = [int(row.split("|")[1]) for row in ROWS]
    assert len(numbers) > 40
    assert numbers == sorted(set(numbers))


def asked_in_views() -> Iterator[tuple[str, str]]:
    """Every question a view asks of a table that holds people, as it stands in the source."""
    for path in sorted((ROOT / "src" / "commonweal").glob("*/views/**/*.py")):
        yield from questions(path.read_text(), path.relative_to(ROOT).as_posix())


def questions(source: str, where: str) -> Iterator[tuple[str, str]]:
    tree = ast.parse(source)
    for statement in ast.walk(tree):
        if not isinstance(statement, ast.stmt) or isinstance(statement, ast.FunctionDef | ast.ClassDef):
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Attribute) and node.attr == "objects" and ast.unparse(node.value) in PEOPLE:
                yield where, ast.unparse(statement)


def is_within_the_scope(question: str) -> bool:
    """About somebody who was found within the scope before, or only whether there is anybody at all."""
    return "person=her" in question or ".exists()" in question


def test_no_page_asks_for_people_past_the_scope() -> None:
    assert [one for one in asked_in_views() if not is_within_the_scope(one[1])] == []


def test_a_page_that_did_would_be_found() -> None:
    source = "def page(request):\n    her = Person.objects.get(pk=request.GET['p'])\n    return her"
    assert [one for _, one in questions(source, "x")] == ["her = Person.objects.get(pk=request.GET['p'])"]
