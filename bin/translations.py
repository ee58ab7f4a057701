#!/usr/bin/env python3
"""Keep each room's Spanish: extract its sentences, compile its catalogue, check all of them.

    bin/translations.py update ROOM …     write what ROOM says into its catalogue, keeping what is translated
    bin/translations.py compile ROOM …    make django.mo from django.po
    bin/translations.py check [ROOM …]    is everything said, in every room, also said in Spanish?
    bin/translations.py missing [ROOM …]  print the sentences that still lack their Spanish

Without a room every room is meant. A sentence belongs to the room whose folder its source lies in:
src/commonweal/<room>/… or src/commonweal/templates/<room>/…; what lies in no folder is `common`.
Catalogues carry no dates and no line numbers, so that two people's changes merge in peace.
"""

from __future__ import annotations

import io
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import normalize, read_po
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "commonweal"
LANGUAGE = "es"
HEADER = {
    "Project-Id-Version": "commonweal",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
SINGULAR, PLURAL = (1,), (1, 2)
CALLS: dict[str, tuple[object, ...]] = {
    "_": SINGULAR,
    "gettext": SINGULAR,
    "gettext_lazy": SINGULAR,
    "gettext_noop": SINGULAR,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Folders under src/commonweal that hold no room of their own.
NO_ROOM = {"templates", "static", "locale", "migrations", "__pycache__"}
TEMPLATE_ENDINGS = {".html", ".txt", ".xml", ".svg"}

PERCENT = re.compile(r"%(?:\(\w+\))?[#0+-]*\d*(?:\.\d+)?[sdfrgi]|%%")
BRACE = re.compile(r"(?<!\{)\{(\w*)[^{}]*\}(?!\})")
TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)\b")

Key = tuple[str, str]  # context (empty for none), singular


@dataclass
class Sentence:
    """One thing that is said, with its plural where it has one, and the files it is said in."""

    context: str
    singular: str
    plural: str = ""
    sources: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return self.context, self.singular


def main(argv: list[str]) -> int:
    """Do what the first word asks for the rooms that follow."""
    if not argv or argv[0] not in {"update", "compile", "check", "missing"}:
        print(__doc__)
        return 2
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    said = sentences_by_room()
    known = sorted(set(said) | {path.name for path in (PACKAGE / "locale").glob("*") if path.is_dir()})
    rooms = argv[1:] or known
    for room in rooms:
        if room not in known:
            print(f"No room {room!r} says anything. Rooms: {', '.join(known)}", file=sys.stderr)
            return 2
    if argv[0] == "update":
        for room in rooms:
            update(room, said.get(room, {}))
        return 0
    if argv[0] == "compile":
        for room in rooms:
            compile_catalogue(room)
        return 0
    if argv[0] == "missing":
        for room in rooms:
            for sentence in said.get(room, {}).values():
                if not is_translated(sentence, read_catalogue(room)):
                    print(f"{room}: {sentence.singular!r}")
        return 0
    faults = [fault for room in rooms for fault in faults_of(room, said.get(room, {}))] + contradictions(rooms, said)
    for fault in faults:
        print(fault)
    print(
        f"translations: {sum(len(said.get(r, {})) for r in rooms)} sentences in {len(rooms)} rooms, {len(faults)} faults"
    )
    return 1 if faults else 0


# ── What is said ────────────────────────────────────────────────────────────────────────────────


def sentences_by_room() -> dict[str, dict[Key, Sentence]]:
    """Every translatable sentence of the package, by room, then by context and singular."""
    rooms: dict[str, dict[Key, Sentence]] = {}
    for path in sorted(PACKAGE.rglob("*")):
        room = room_of(path)
        if room is None:
            continue
        for found in sentences_in(path):
            kept = rooms.setdefault(room, {}).setdefault(found.key, found)
            kept.plural = kept.plural or found.plural
            kept.sources |= found.sources
    return rooms


def room_of(path: Path) -> str | None:
    """The room a source file belongs to, None for files that say nothing."""
    parts = path.relative_to(PACKAGE).parts
    if not path.is_file() or "__pycache__" in parts or any(part.startswith(".") for part in parts):
        return None
    if parts[0] == "templates" and path.suffix in TEMPLATE_ENDINGS:
        return parts[1] if len(parts) > 2 else "common"
    if path.suffix != ".py" or parts[0] in NO_ROOM:
        return None
    return parts[0] if len(parts) > 1 else "common"


def sentences_in(path: Path) -> Iterator[Sentence]:
    """The sentences of one Python file or one template."""
    from django.utils.translation.template import templatize

    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # In brackets, so that the indentation of the page means nothing to Python's tokenizer.
        text = "(\n" + templatize(text, origin=str(path)) + "\n)\n"
    source = path.relative_to(PACKAGE).as_posix()
    for _line, call, messages, _comments in extract_python(io.BytesIO(text.encode()), list(CALLS), [], {}):
        arguments = list(messages) if isinstance(messages, tuple) else [messages]
        context = ""
        if "pgettext" in call:
            context = arguments.pop(0) or ""
        singular = arguments[0] if arguments else None
        if not singular:
            continue
        plural = arguments[1] if call.startswith("n") and len(arguments) > 1 and arguments[1] else ""
        yield Sentence(context, singular, plural, {source})


# ── Catalogues ──────────────────────────────────────────────────────────────────────────────────


def catalogue_path(room: str) -> Path:
    return PACKAGE / "locale" / room / LANGUAGE / "LC_MESSAGES" / "django.po"


def read_catalogue(room: str) -> Catalog:
    path = catalogue_path(room)
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as handle:
        return read_po(handle, locale=LANGUAGE, abort_invalid=True)


def translations_of(catalogue: Catalog, key: Key) -> tuple[str, ...]:
    """What a catalogue says for a sentence: one string, or one for each plural form; empty if nothing."""
    message = catalogue.get(key[1], key[0] or None)
    if message is None:
        return ()
    return tuple(message.string) if isinstance(message.string, (list, tuple)) else (message.string,)


def is_translated(sentence: Sentence, catalogue: Catalog) -> bool:
    """Is the sentence there in full, sure and in as many forms as it needs?"""
    message = catalogue.get(sentence.singular, sentence.context or None)
    strings = translations_of(catalogue, sentence.key)
    wanted = 2 if sentence.plural else 1
    return message is not None and not message.fuzzy and len(strings) == wanted and all(strings)


def update(room: str, said: dict[Key, Sentence]) -> None:
    """Write the catalogue of a room: every sentence it says, and the Spanish it already had."""
    old = read_catalogue(room)
    blocks = [header_block()]
    for sentence in sorted(said.values(), key=lambda one: (one.singular, one.context)):
        strings = translations_of(old, sentence.key)
        forms = 2 if sentence.plural else 1
        if len(strings) != forms:
            strings = (strings[0] if strings and forms == 1 else "",) * forms
        blocks.append(entry_block(sentence, strings))
    path = catalogue_path(room)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(blocks), encoding="utf-8")
    missing = sum(not is_translated(one, read_catalogue(room)) for one in said.values())
    print(f"{room}: {len(said)} sentences, {missing} still to translate in {path.relative_to(ROOT)}")


def header_block() -> str:
    lines = "\n".join(f'"{name}: {content}\\n"' for name, content in HEADER.items())
    return f'msgid ""\nmsgstr ""\n{lines}\n'


def entry_block(sentence: Sentence, strings: tuple[str, ...]) -> str:
    """One entry of a catalogue, with the files that say it but not their lines."""
    lines = [f"#: {source}" for source in sorted(sentence.sources)]
    if sentence.context:
        lines.append(f"msgctxt {normalize(sentence.context)}")
    lines.append(f"msgid {normalize(sentence.singular)}")
    if sentence.plural:
        lines.append(f"msgid_plural {normalize(sentence.plural)}")
        lines += [f"msgstr[{form}] {normalize(string)}" for form, string in enumerate(strings)]
    else:
        lines.append(f"msgstr {normalize(strings[0])}")
    return "\n".join(lines) + "\n"


def compiled(room: str) -> bytes:
    """The catalogue in the form gettext reads, the same bytes for the same catalogue."""
    entries: dict[bytes, bytes] = {b"": "".join(f"{name}: {text}\n" for name, text in HEADER.items()).encode()}
    for message in read_catalogue(room):
        if not message.id or message.fuzzy:
            continue
        ids = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
        strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        if all(strings):
            context = f"{message.context}\x04" if message.context else ""
            entries[(context + "\x00".join(ids)).encode()] = "\x00".join(strings).encode()
    return machine_object(entries)


def machine_object(entries: dict[bytes, bytes]) -> bytes:
    """GNU's .mo format: a head, two tables of length and place, then the sentences in order."""
    keys = sorted(entries)
    ids = b"".join(key + b"\0" for key in keys)
    strings = b"".join(entries[key] + b"\0" for key in keys)
    first = 28 + 16 * len(keys)
    id_table, string_table = [], []
    id_at, string_at = first, first + len(ids)
    for key in keys:
        id_table += [len(key), id_at]
        string_table += [len(entries[key]), string_at]
        id_at += len(key) + 1
        string_at += len(entries[key]) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, first)
    tables = struct.pack(f"<{4 * len(keys)}I", *id_table, *string_table)
    return head + tables + ids + strings


def compile_catalogue(room: str) -> None:
    path = catalogue_path(room).with_suffix(".mo")
    if catalogue_path(room).exists():
        path.write_bytes(compiled(room))
        print(f"{room}: {path.relative_to(ROOT)}")


# ── Faults ──────────────────────────────────────────────────────────────────────────────────────


def faults_of(room: str, said: dict[Key, Sentence]) -> list[str]:
    """What is wrong with one room's Spanish, a line for each fault."""
    catalogue = read_catalogue(room)
    faults = []
    for sentence in said.values():
        if not is_translated(sentence, catalogue):
            faults.append(f"{room}: no Spanish for {sentence.singular!r} ({min(sentence.sources)})")
        else:
            faults += [f"{room}: {fault}" for fault in slips(sentence, translations_of(catalogue, sentence.key))]
    held = {(message.context or "", first_of(message.id)) for message in catalogue if message.id}
    faults += [
        f"{room}: the catalogue holds {key[1]!r}, which nothing says any more" for key in sorted(held - set(said))
    ]
    made = catalogue_path(room).with_suffix(".mo")
    if catalogue_path(room).exists() and (not made.exists() or made.read_bytes() != compiled(room)):
        faults.append(f"{room}: django.mo is not made from django.po: run bin/translations.py compile {room}")
    return faults


def first_of(identity: object) -> str:
    return str(identity[0]) if isinstance(identity, (list, tuple)) else str(identity)


def slips(sentence: Sentence, strings: tuple[str, ...]) -> Iterator[str]:
    """Do the blanks to fill in, the tags and the ends of lines agree with the English?"""
    originals = (sentence.singular, sentence.plural) if sentence.plural else (sentence.singular,)
    for form, string in enumerate(strings):
        original = originals[min(form, len(originals) - 1)]
        for kind, marks in (("blanks", blanks), ("tags", tags)):
            wanted, got = marks(original), marks(string)
            loose = bool(sentence.plural) and form == 0 and kind == "blanks"
            allowed = marks(sentence.plural) if loose else wanted
            if got != wanted and not (loose and wanted <= got <= allowed) and got != allowed:
                yield f"the {kind} of {string!r} are not those of {original!r}"
        if string.startswith("\n") != original.startswith("\n") or string.endswith("\n") != original.endswith("\n"):
            yield f"{string!r} begins or ends on another line than {original!r}"


def blanks(text: str) -> set[str]:
    """The placeholders of a sentence, percent and brace style, a double percent sign being none."""
    percent = {found for found in PERCENT.findall(text) if found != "%%"}
    return percent | {"{" + name + "}" for name in BRACE.findall(text)}


def tags(text: str) -> set[str]:
    return {name.lower() for name in TAG.findall(text)}


def contradictions(rooms: list[str], said: dict[str, dict[Key, Sentence]]) -> list[str]:
    """Sentences that two rooms say alike in English and differently in Spanish: only one would be heard."""
    heard: dict[Key, dict[tuple[str, ...], list[str]]] = {}
    for room, sentences in sorted(said.items()):
        catalogue = read_catalogue(room)
        for sentence in sentences.values():
            if is_translated(sentence, catalogue):
                heard.setdefault(sentence.key, {}).setdefault(translations_of(catalogue, sentence.key), []).append(room)
    faults = []
    for key, ways in sorted(heard.items()):
        plain = {forms: where for forms, where in ways.items() if len(forms) == 1}
        if len(plain) > 1 and any(room in rooms for where in plain.values() for room in where):
            told = "; ".join(f"{', '.join(where)}: {forms[0]!r}" for forms, where in plain.items())
            faults.append(f"{key[1]!r} is said in several ways ({told}): agree, or use pgettext")
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
