"""Reading a table of outcomes: which column names the person, which says what came of her."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

DID, DID_NOT, COULD_NOT, UNKNOWN = "did", "did_not", "could_not", "unknown"
WORDS = {
    DID: ("1", "did", "yes", "y", "x", "si", "s", "came", "vino", "signed", "firmo", "participo", "true", "ja", "oui"),
    DID_NOT: (
        "2",
        "did not",
        "didnt",
        "no",
        "n",
        "did not come",
        "no vino",
        "refused",
        "no firmo",
        "false",
        "nein",
        "non",
    ),
    COULD_NOT: ("3", "could not", "couldnt", "no pudo", "excused", "leave", "sick", "licencia", "enferma", "enfermo"),
    UNKNOWN: ("4", "unknown", "not known", "?", "no se sabe", "desconocido", "not seen"),
}
MEANT = {word: outcome for outcome, words in WORDS.items() for word in words}
CODE_TITLES = frozenset({"code", "line", "line code", "codigo", "linea", "codigo de linea", "renglon"})
KEY_TITLES = frozenset(
    {
        "number", "id", "key", "personnel number", "employee number", "employee id", "outside number", "staff number",
        "numero", "clave", "legajo", "numero de personal", "numero de empleado",
    }
)  # fmt: skip
OUTCOME_TITLES = frozenset(
    {"outcome", "result", "what came of it", "answer", "came", "resultado", "respuesta", "que paso", "vino"}
)


ASKER_TITLES = frozenset(
    {"asked by", "asker", "who asked", "brought by", "quien la invito", "quien invito", "invitada por", "invitado por"}
)


class Columns(NamedTuple):
    """Which columns hold the line code or the person's number, and the outcome; whether the first row is titles; which
    holds who asked, by the same code or number, where one does."""

    who: int
    by_code: bool
    outcome: int
    titled: bool
    asker: int | None = None


def plain(text: str) -> str:
    """A word without accents, case and signs around it."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(bare.casefold().replace("’", "").replace("'", "").replace("_", " ").split()).strip(".:!")


def outcome_of(text: str) -> str | None:
    """The outcome a cell means; None where it means none."""
    return MEANT.get(plain(text).removesuffix(".0"))


def columns_of(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a table, by their titles; without titles the first holds codes and the second outcomes. None where
    neither fits."""
    if not rows:
        return None
    titles = [plain(cell).strip("¿? ") for cell in rows[0]]
    outcome = next((place for place, title in enumerate(titles) if title in OUTCOME_TITLES), None)
    asker = next((place for place, title in enumerate(titles) if title in ASKER_TITLES), None)
    for by_code, known in ((True, CODE_TITLES), (False, KEY_TITLES)):
        who = next((place for place, title in enumerate(titles) if title in known), None)
        if who is not None and outcome is not None and who != outcome:
            return Columns(who, by_code, outcome, True, asker)
    bare = [row for row in rows if len(row) >= 2]
    if bare and all(outcome_of(row[1]) for row in bare[:5] if row[1].strip()):
        return Columns(0, True, 1, False)
    return None
