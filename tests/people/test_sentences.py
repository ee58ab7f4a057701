"""Every act on a person's record is said in words, in both languages."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from commonweal.people.views.sentences import closeness, source_in_words, words_for

SOURCE = Path(__file__).resolve().parents[2] / "src" / "commonweal"
OTHERS = {"looked_at"}  # shown as a look, not as an act


def verbs_about_people() -> set[str]:
    """The verbs of every call of the ledger's `record` whose subject is a person, and of the little functions
    that pass a verb on to such a call."""
    verbs: set[str] = set()
    for path in SOURCE.rglob("writes/**/*.py"):
        tree = ast.parse(path.read_text())
        passed_on = set()
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for call in (node for node in ast.walk(function) if is_record(node)):
                first = call.args[0]
                if isinstance(first, ast.Name) and first.id in {argument.arg for argument in function.args.args}:
                    passed_on.add(function.name)
                verbs |= texts_in(first)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in passed_on:
                verbs |= {text for argument in call.args for text in texts_in(argument)}
    return verbs - OTHERS


def is_record(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "record"
        and any(
            word.arg == "subject_kind" and isinstance(word.value, ast.Constant) and word.value.value == "person"
            for word in node.keywords
        )
    )


def texts_in(node: ast.AST) -> set[str]:
    """The words of a verb, also of one chosen by a condition."""
    if isinstance(node, ast.IfExp):
        return texts_in(node.body) | texts_in(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_the_search_finds_verbs_of_every_kind_of_call() -> None:
    assert {"added_person", "pinned_leader", "unpinned_leader", "ended_place", "withdrew_evidence"} <= (
        verbs_about_people()
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_verb_about_a_person_has_its_sentence(language: str) -> None:
    with translation.override(language):
        general = words_for("no such verb")
        unsaid = {verb for verb in verbs_about_people() if words_for(verb) == general}
    assert unsaid == set()


@pytest.mark.parametrize("kind", ["tie", "nomination", "ask", "bareyes", "assessment"])
def test_a_verb_about_evidence_says_which(kind: str) -> None:
    assert words_for("corrected_evidence", kind) != words_for("corrected_evidence")


def test_a_source_and_a_tie_are_said_in_words() -> None:
    assert source_in_words("import:0000:12") == "brought in with a list, line 12"
    assert source_in_words("hand:0000") == "entered by hand"
    assert [closeness(strength) for strength in (0.25, 0.5, 1.0)] == [
        "they know each other",
        "they count on each other",
        "very close",
    ]
