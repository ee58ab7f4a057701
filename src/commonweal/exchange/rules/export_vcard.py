"""People as vCards, version 4.0 (RFC 6350)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from commonweal.common.content_lines import escaped, folded_line
from commonweal.exchange.rules.marking import marked


@dataclass(frozen=True)
class Card:
    """What a card says of somebody; the organization first of the units, the place above before the one below."""

    id: UUID
    name: str
    given: str = ""
    family: str = ""
    others: Sequence[str] = ()
    units: Sequence[str] = ()
    job: str = ""
    phones: Sequence[str] = ()
    emails: Sequence[str] = ()
    addresses: Sequence[str] = ()
    languages: Sequence[str] = ()
    born_on: date | None = None
    note: str = ""


def cards(people: Iterable[Card]) -> Iterator[bytes]:
    """UTF-8 pieces of a file of cards, one card at a time."""
    for person in people:
        yield "".join(folded_line(line) for line in lines_of(person)).encode()


def marked_card(card: Card, secret: str) -> Card:
    """The card with the marks of its export behind names, units and job."""
    return replace(
        card,
        name=marked(card.name, secret),
        given=marked(card.given, secret),
        family=marked(card.family, secret),
        units=[marked(unit, secret) for unit in card.units],
        job=marked(card.job, secret),
    )


def cells_of_cards(text: str) -> Iterator[list[str]]:
    """The names, units, jobs and ids of a file of cards, a row for each card, blanks kept as they are."""
    row: dict[str, list[str]] = {}
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        name, _, value = line.partition(":")
        kind = name.split(";")[0].split(".")[-1].upper()
        parts = [re.sub(r"\\(.)", r"\1", part) for part in re.split(r"(?<!\\);", value)]
        if kind in ("FN", "TITLE"):
            row[kind] = parts[:1]
        elif kind in ("N", "ORG"):
            row[kind] = (parts + [""] * 5)[:5]
        elif kind == "UID":
            row[kind] = [value.rpartition(":")[2]]
        elif kind == "END":
            blank = {"UID": [""], "FN": [""], "N": [""] * 5, "TITLE": [""], "ORG": [""] * 5} | row
            yield [cell for each in ("UID", "FN", "N", "TITLE", "ORG") for cell in blank[each]]
            row = {}


def lines_of(card: Card) -> list[str]:
    """The lines of a card before they are folded."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"UID:urn:uuid:{card.id}",
        f"FN:{escaped(card.name)}",
        f"N:{escaped(card.family)};{escaped(card.given)};;;",
    ]
    if card.others:
        lines.append("NICKNAME:" + ",".join(map(escaped, card.others)))
    if card.units:
        lines.append("ORG:" + ";".join(map(escaped, card.units)))
    if card.job:
        lines.append("TITLE:" + escaped(card.job))
    for place, phone in enumerate(card.phones):
        lines.append(f"TEL;TYPE=voice{';PREF=1' if place == 0 else ''}:{escaped(phone)}")
    for place, address in enumerate(card.emails):
        lines.append(f"EMAIL{';PREF=1' if place == 0 else ''}:{escaped(address)}")
    lines += [f"ADR:;;{escaped(address)};;;;" for address in card.addresses]
    lines += [f"LANG;PREF={place}:{escaped(code)}" for place, code in enumerate(card.languages[:100], start=1)]
    if card.born_on:
        lines.append(f"BDAY:{card.born_on:%Y%m%d}")
    if card.note:
        lines.append("NOTE:" + escaped(card.note))
    return [*lines, "END:VCARD"]
