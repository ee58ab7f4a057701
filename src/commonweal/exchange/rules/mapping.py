"""How a batch is read: its options as one value, to and from JSON."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from commonweal.exchange.rules.records import Mapping

REMEMBERED = ("kind", "columns", "region", "date_order", "key", "update", "other_unit", "strangers", "marks", "usual_tie", "usual_question")  # fmt: skip


@dataclass
class Reading:
    """Where the table lies in the file, what its columns hold, and what is to be done with it."""

    kind: str = "people"
    encoding: str = ""
    delimiter: str = ""
    sheet: int = 0
    header_line: int = 0
    first_line: int = 1
    titles: list[str] = field(default_factory=list)
    columns: list[list[str]] = field(default_factory=list)
    """Field and detail of each column."""
    region: str = "US"
    date_order: str = "mdy"
    key: str = "best"
    update: str = "fill"
    other_unit: str = "also"
    strangers: str = "ask"
    marks: str = "yes_only"
    default_unit: str = ""
    """Where people stand whose row names no unit."""
    parent_unit: str = ""
    """Under which new units are made; empty: at the top."""
    usual_tie: str = "goes_to"
    usual_question: str = "advice"
    usual_occasion: str = ""
    on: str = ""
    """The day the file speaks of."""
    sheets: list[list[Any]] = field(default_factory=list)
    """Of a workbook: place, name and likely kind of each sheet that holds a table."""
    rows: int = 0
    strongest_is_one: bool = True

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Reading":
        """The value that was stored; what this version does not know is left out."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})

    def to_json(self) -> dict[str, Any]:
        """Everything, to be stored."""
        return asdict(self)

    @property
    def place(self) -> tuple[str, int, int]:
        """Kind, sheet and header line: when one of them changes, the columns are guessed anew."""
        return self.kind, self.sheet, self.header_line

    @property
    def remembered(self) -> dict[str, Any]:
        """What the next file with this header begins with; no units, since those are of this time."""
        stored = asdict(self)
        return {name: stored[name] for name in REMEMBERED}

    @property
    def mapping(self) -> Mapping:
        """The columns as the reader of rows takes them."""
        return Mapping(
            self.kind,
            [(one[0], one[1]) for one in self.columns],
            self.region,
            self.date_order,
            self.strongest_is_one,
        )

    @property
    def marked_columns(self) -> list[int]:
        """Places of the columns that hold marks of an act."""
        return [place for place, one in enumerate(self.columns) if one[0] == "mark"]
