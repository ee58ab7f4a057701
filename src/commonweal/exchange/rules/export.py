"""What may be taken out, in which form, and how much in a day."""

from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any
from uuid import UUID

PEOPLE, INSTITUTIONS, ASKS, YESES, TIES, NOMINATIONS, LEADERS = KINDS = (
    "people",
    "institutions",
    "asks",
    "yeses",
    "ties",
    "nominations",
    "leaders",
)
TELLS_OF_TRUST = frozenset({TIES, NOMINATIONS, LEADERS})
"""Who reads these knows whom people trust, and whom to go after."""
CSV, WORKBOOK, PLAIN, CARDS = FORMS = ("csv", "xlsx", "plain", "vcf")
ENDINGS = {CSV: "csv", WORKBOOK: "xlsx", PLAIN: "csv", CARDS: "vcf"}
CONTACTS, ADDRESS, STANCE, BELONGS, NOTE = PARTS = ("contacts", "address", "stance", "belongs", "note")
"""What goes into the rows of people only when it is asked for."""
ONLY = ("no_chain", "nowhere", "blank")
IDS = ("unit", "shift", "institution", "knows", "occasion", "campaign")
MOST_ROWS = 10_000
"""Of one file; who needs a whole large place needs a backup."""
REASON_AT_LEAST, REASON_AT_MOST = 5, 500
REPEATED_WITHIN = timedelta(minutes=15)
AGREED_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Choice:
    """What is to be taken out, as ids and codes; `text` is a search as typed."""

    what: str = PEOPLE
    unit: UUID | None = None
    shift: UUID | None = None
    institution: UUID | None = None
    knows: UUID | None = None
    occasion: UUID | None = None
    campaign: UUID | None = None
    only: str = ""
    text: str = ""
    parts: tuple[str, ...] = ()

    def kept(self) -> dict[str, Any]:
        """The choice to be stored: ids and codes alone, never what was typed."""
        every = {name: value for name, value in asdict(self).items() if value and name != "text"}
        kept = {name: str(value) if isinstance(value, UUID) else value for name, value in every.items()}
        return kept | ({"searched": True} if self.text else {})

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> "Choice":
        """The choice that was stored."""
        stored: dict[str, Any] = {
            one.name: UUID(kept[one.name]) if one.name in IDS else kept[one.name]
            for one in fields(cls)
            if one.name in kept
        }
        return cls(**stored | {"parts": tuple(stored.get("parts", ()))})


def forms_of(what: str) -> tuple[str, ...]:
    """The forms in which something can be taken out; only people fit on cards."""
    return FORMS if what == PEOPLE else (CSV, WORKBOOK, PLAIN)


def left_today(a_day: int, taken: int) -> int:
    """How many rows somebody may still take out today."""
    return max(a_day - taken, 0)


def file_name(what: str, form: str, on: date) -> str:
    """What the file is called: a kind and a day, nothing that tells of a union to who sees it lie around."""
    return f"list-{what}-{on:%Y-%m-%d}.{ENDINGS[form]}"
