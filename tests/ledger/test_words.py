"""Every verb that any room writes into the ledger can be read aloud, in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from commonweal.ledger.words import KINDS, VERBS, in_words, kind_in_words

HOUSE = Path(__file__).resolve().parents[2] / "src" / "commonweal"
UNKNOWN = "an expression that this test cannot read"


def trees(house: Path = HOUSE) -> list[ast.Module]:
    return [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(house.rglob("*.py"))]


def recorders(modules: list[ast.Module]) -> dict[str, int]:
    """Functions that take a verb and hand it on to the ledger, with the place of the verb among their arguments."""
    found = {"record": 0, "record_many": 0}
    takers = [
        one
        for module in modules
        for one in ast.walk(module)
        if isinstance(one, ast.FunctionDef) and "verb" in [each.arg for each in one.args.args]
    ]
    for _ in range(3):  # each round finds those who hand on to the ones found before
        for taker in takers:
            calls = (one for one in ast.walk(taker) if isinstance(one, ast.Call) and name_of(one) in found)
            if any(ast.unparse(argument) == "verb" for call in calls for argument in call.args):
                found[taker.name] = [each.arg for each in taker.args.args].index("verb")
    return found


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def verbs(modules: list[ast.Module]) -> Iterator[str]:
    """Every verb that is written down as such anywhere, or UNKNOWN with its place."""
    known = recorders(modules)
    for module in modules:
        constants = {
            target.id: one.value
            for one in module.body
            if isinstance(one, ast.Assign)
            for target in one.targets
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(module):
            if not isinstance(call, ast.Call):
                continue
            name = name_of(call)
            if name not in known:
                continue
            given = {word.arg: word.value for word in call.keywords}
            said = given.get("verb") or (call.args[known[name]] if len(call.args) > known[name] else None)
            yield from spoken(said, constants)


def spoken(said: ast.expr | None, constants: dict[str, ast.expr]) -> Iterator[str]:
    """The words an expression may mean; nothing for one that is handed on."""
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        yield said.value
    elif isinstance(said, ast.IfExp):
        yield from spoken(said.body, constants)
        yield from spoken(said.orelse, constants)
    elif isinstance(said, ast.Name) and said.id in constants:
        yield from spoken(constants[said.id], {})
    elif not (said is None or (isinstance(said, ast.Name) and said.id == "verb")):
        yield f"{UNKNOWN}: {ast.unparse(said)}"


def test_every_verb_that_is_written_down_has_words() -> None:
    without = sorted(set(verbs(trees())) - set(VERBS))
    assert without == [], "say in ledger/words.py how these read: 'Ana … merged two records'"


def test_every_word_is_of_a_verb_that_somebody_writes_down() -> None:
    assert sorted(set(VERBS) - set(verbs(trees()))) == []


def test_a_verb_without_words_would_be_found() -> None:
    module = ast.parse(
        'def act():\n    record("flew_kite", by=by)\ndef _end(verb, row):\n    record(verb)\n_end("sank" if x else "swam", 1)'
    )
    assert set(verbs([module])) == {"flew_kite", "sank", "swam"}
    assert UNKNOWN in next(verbs([ast.parse("record(f'{x}_y')")]))


def test_every_kind_of_subject_has_words() -> None:
    kinds = {
        word.value.value
        for module in trees()
        for call in ast.walk(module)
        if isinstance(call, ast.Call)
        for word in call.keywords
        if word.arg == "subject_kind" and isinstance(word.value, ast.Constant) and word.value.value
    }
    assert sorted(kinds - set(KINDS)) == []


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_verb_is_read_aloud_in_spanish_too(verb: str) -> None:
    english = in_words(verb)
    with translation.override("es"):
        assert in_words(verb) != english
        assert in_words(verb)[0].islower()


def test_a_verb_of_an_older_version_is_read_as_it_was_written() -> None:
    assert in_words("flew_kite") == "flew kite"
    assert kind_in_words("kite_string") == "kite string"
