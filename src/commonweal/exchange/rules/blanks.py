"""Blank sheets to fill in by hand: the titles of their columns, which the guess of columns knows."""

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
