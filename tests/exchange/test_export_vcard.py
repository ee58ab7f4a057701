"""Cards as RFC 6350 has them, read back by a reader that knows the standard alone."""

import re
from datetime import date
from uuid import UUID

from hypothesis import example, given
from hypothesis import strategies as st

from commonweal.exchange.rules.export_vcard import Card, cards

ID = UUID(int=7, version=4)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n") | st.sampled_from("\\,;:\n"))
CONTENT = re.compile(r"(?P<name>[A-Z]+)(?P<parameters>(?:;[A-Z]+=[^:;]*)*):(?P<value>.*)", re.S)


def read(file: bytes) -> list[list[tuple[str, str]]]:
    """The content lines of each card, unfolded; values still escaped."""
    assert file.endswith(b"\r\n")
    physical = file.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in physical)
    for line in physical:
        line.decode()  # no character is torn apart
    logical: list[str] = []
    for line in physical:
        if line.startswith(b" "):
            logical[-1] += line[1:].decode()
        else:
            logical.append(line.decode())
    found: list[list[tuple[str, str]]] = []
    for text in logical:
        match = CONTENT.fullmatch(text)
        assert match, text
        if text == "BEGIN:VCARD":
            found.append([])
        elif text != "END:VCARD":
            found[-1].append((match["name"] + match["parameters"], match["value"]))
    return found


def parts(value: str, sign: str) -> list[str]:
    """The parts of a value between unescaped signs, unescaped."""
    cut, part, at = [], "", 0
    while at < len(value):
        if value[at] == "\\":
            part += "\n" if value[at + 1] in "nN" else value[at + 1]
            at += 2
        elif value[at] == sign:
            cut.append(part)
            part, at = "", at + 1
        else:
            part, at = part + value[at], at + 1
    return [*cut, part]


@given(texts, texts, texts, st.lists(texts, min_size=1, max_size=3), texts)
@example("é" * 80, "a;b", "c,d\\", ["x:y", "\n"], "z" * 76)
def test_what_is_written_on_a_card_is_read_back(
    name: str, given_name: str, family: str, units: list[str], note: str
) -> None:
    card = Card(id=ID, name=name, given=given_name, family=family, units=units, note=note or "-")
    (lines,) = read(b"".join(cards([card])))
    said = dict(lines)
    assert lines[0] == ("VERSION", "4.0")
    assert said["UID"] == f"urn:uuid:{ID}"
    assert parts(said["FN"], "\0") == [name]
    assert parts(said["N"], ";")[:2] == [family, given_name]
    assert parts(said["ORG"], ";") == units
    assert parts(said["NOTE"], "\0") == [note or "-"]


def test_a_full_card_has_every_line_and_a_bare_one_no_more_than_it_needs() -> None:
    full = Card(
        id=ID, name="Rosa Díaz", given="Rosa", family="Díaz", others=["Rosita", "La Chata"],
        units=["Riverside", "ICU"], job="nurse", phones=["+12125550143", "+525512345678"],
        emails=["rosa@example.org"], addresses=["1 Main St, Springfield"], languages=["es", "en"],
        born_on=date(1980, 2, 3), note="a\nb",
    )  # fmt: skip
    bare = Card(id=ID, name="Bo")
    one, two = read(b"".join(cards([full, bare])))
    assert one == [
        ("VERSION", "4.0"), ("UID", f"urn:uuid:{ID}"), ("FN", "Rosa Díaz"), ("N", "Díaz;Rosa;;;"),
        ("NICKNAME", "Rosita,La Chata"), ("ORG", "Riverside;ICU"), ("TITLE", "nurse"),
        ("TEL;TYPE=voice;PREF=1", "+12125550143"), ("TEL;TYPE=voice", "+525512345678"),
        ("EMAIL;PREF=1", "rosa@example.org"), ("ADR", ";;1 Main St\\, Springfield;;;;"),
        ("LANG;PREF=1", "es"), ("LANG;PREF=2", "en"), ("BDAY", "19800203"), ("NOTE", "a\\nb"),
    ]  # fmt: skip
    assert two == [("VERSION", "4.0"), ("UID", f"urn:uuid:{ID}"), ("FN", "Bo"), ("N", ";;;;")]


def test_control_characters_cannot_begin_a_line_of_their_own() -> None:
    (lines,) = read(b"".join(cards([Card(id=ID, name="A\r\nTEL:+1\x00\x0b\r")])))
    assert ("FN", "A\\nTEL:+1\\n") in lines and not any(name == "TEL" for name, _ in lines)
