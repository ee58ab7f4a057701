"""How the sixth act went, as a file to be brought in: invented like all before it, and kept out of the place until then."""

from __future__ import annotations

import csv
from pathlib import Path

from commonweal.demo.hospital import DEPARTMENTS, ON_PAPER
from commonweal.demo.settle.staff import personnel_number
from commonweal.demo.staff import NOBODY, Invention

TITLES = {
    "en": ("personnel number", "outcome", "asked by"),
    "es": ("número de personal", "resultado", "quién invitó"),
}
WORDS = {
    "en": {"did": "came", "did_not": "did not come", "could_not": "could not", "unknown": "not known"},
    "es": {"did": "vino", "did_not": "no vino", "could_not": "no pudo", "unknown": "no se sabe"},
}
NAMES = {"en": "picket.csv", "es": "piquete.csv"}


def write_coming(invention: Invention, language: str, folder: Path) -> Path:
    """What came of everybody who was asked or came, but for the unit whose sheets are still on paper; the file."""
    file = folder / NAMES[language]
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow(TITLES[language])
        for asker, person, outcome in sorted(invention.coming, key=lambda row: row[1]):
            on_paper = DEPARTMENTS[invention.staff.unit[person]].name == ON_PAPER
            if not on_paper and (asker != NOBODY or outcome == "did"):
                by = "" if asker == NOBODY else personnel_number(asker)
                table.writerow((personnel_number(person), WORDS[language][outcome], by))
    return file
