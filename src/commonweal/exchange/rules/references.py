"""How a row points to somebody: by a name, a number, an e-mail or a telephone; or to several in one cell."""

import re
from typing import Any
from uuid import UUID

from commonweal.exchange.rules.several_names import names_in
from commonweal.people.rules import folded, normal_email, normal_phone, split_name
from commonweal.people.rules.names import SUFFIXES

Record = dict[str, Any]
ITSELF = re.compile(r"[^\w]")


def reference(text: str, unit: str, region: str) -> Record:
    """What a text that points to a person may be: each reading of it that is possible."""
    if not text:
        return {}
    found: Record = {"text": text}
    if unit:
        found["unit"] = unit_path("", unit)
    if own := as_id(text):
        found["own"] = own
    elif email := normal_email(text):
        found["email"] = email
    elif sum(letter.isdigit() for letter in text) >= 7 and (phone := normal_phone(text, region)):
        found["phone"] = phone
        found["number"] = text
    elif any(letter.isdigit() for letter in text):
        found["number"] = text
    else:
        found.update(named(text))
    return found


def named(text: str, suffix: str = "") -> Record:
    """A written name as its parts: how she is called, given and family name, suffix."""
    given, family = split_name(text)
    words = [folded(word) for word in text.replace(",", " ").split()]
    suffix = suffix or next((word for word in words[1:] if word in SUFFIXES), "")
    parts: Record = {"given": given, "family": family, "name": f"{given} {family}".strip()}
    if suffix:
        shown = {"jr": "Jr.", "sr": "Sr."}.get(folded(suffix), suffix.upper())
        parts.update(suffix=folded(suffix), name=f"{parts['name']} {shown}")
    return parts


def as_id(text: str) -> str:
    """The identifier a text is, in its usual writing; empty for anything else."""
    if len(text) not in (32, 36) or "-" not in text:
        return ""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def unit_path(site: str, unit: str) -> list[str]:
    """The names from the top to the unit: "Riverside > ICU" and site with unit alike."""
    parts = [part.strip() for part in unit.split(" > ")]
    return [part for part in (site.strip(), *parts) if part]


def references(text: str, unit: str, region: str) -> list[Record]:
    """Everybody to whom a cell points. Where it cannot be told from the text alone whether some words are one person
    or several, the reference to the one has "apart", those to the several, and "likely", which it looks like."""
    found = []
    for some in names_in(text):
        if len(some.apart) < 2 or some.likely == "apart!":
            found += [reference(part, unit, region) for part in some.apart]
            continue
        who = reference(some.whole, unit, region)
        found.append({**who, "apart": [reference(part, unit, region) for part in some.apart], "likely": some.likely})
    return found


def same_text(first: Record, second: Record) -> bool:
    """True when both are written with the same letters and digits."""
    return ITSELF.sub("", first.get("text", "").casefold()) == ITSELF.sub("", second.get("text", "").casefold())
