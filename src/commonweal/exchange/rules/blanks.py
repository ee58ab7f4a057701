"""Blank sheets to fill in by hand: the titles of their columns, which the guess of columns knows."""

import csv
import io
from collections.abc import Sequence

import xlsxwriter

BLANKS: dict[str, dict[str, tuple[str, ...]]] = {
    "people": {
        "en": ("Last name", "First name", "Job", "Department", "Shift", "Phone", "E-mail", "Employee number", "Languages", "Church or club", "Notes"),
        "es": ("Apellidos", "Nombre", "Puesto", "Departamento", "Turno", "Teléfono", "Correo", "Número de empleado", "Idiomas", "Iglesia o club", "Notas"),
    },
    "ties": {
        "en": ("Person", "Person unit", "Other", "Other unit", "Kind of tie", "Strength", "Date"),
        "es": ("Persona", "Unidad", "Otra persona", "Unidad de la otra persona", "Tipo de lazo", "Fuerza", "Fecha"),
    },
    "nominations": {
        "en": ("Who named", "Nominator department", "Person named", "Nominee department", "Question", "Date"),
        "es": ("Quién nombra", "Departamento de quien nombra", "A quién nombra", "Unidad del nombrado", "Pregunta", "Fecha"),
    },
    "asks": {
        "en": ("Act", "Date", "Who was asked", "Department", "Asked by", "Came"),
        "es": ("Acto", "Fecha", "A quién se pidió", "Departamento", "Quién pidió", "Vino"),
    },
    "institutions": {
        "en": ("Institution", "Kind of institution", "Place", "Person", "Department", "Role", "Since"),
        "es": ("Institución", "Tipo de institución", "Lugar", "Persona", "Departamento", "Rol", "Desde"),
    },
}  # fmt: skip
"""For each kind of file and language."""


def titles_of(kind: str, language: str) -> tuple[str, ...]:
    """The titles of a blank sheet in a language, in English where we have no other."""
    sheets = BLANKS[kind]
    return sheets.get(language[:2], sheets["en"])


def blank_csv(says: str, titles: Sequence[str]) -> bytes:
    """A sheet as text: a line that says what to do, the titles, and the mark by which Excel knows UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[says], titles])
    return ("\ufeff" + text.getvalue()).encode()


def blank_workbook(says: str, titles: Sequence[str], *, sheet: str) -> bytes:
    """The same as a workbook. Its cells are text, so that a number keeps its zeros and 3/4 is no date."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page = book.add_worksheet(sheet[:31])
    told = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#574D63"})
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "num_format": "@"})
    page.set_column(0, len(titles) - 1, 20, book.add_format({"num_format": "@"}))
    page.merge_range(0, 0, 0, len(titles) - 1, says, told)
    page.set_row(0, 48)
    page.write_row(1, 0, titles, head)
    page.freeze_panes(2, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    book.close()
    return file.getvalue()
