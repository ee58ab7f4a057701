"""What a reader of the wall chart may ask for: which campaign, units and shift, coloured by what, whom to show."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from commonweal.common.sent import id_in

BY_STANCE, BY_CHAIN, BY_ACTS = "stance", "chain", "acts"
OF_AN_ACT = ("missed", "unasked")
"""What can be shown alone of one act: who said yes and did not come, and who was not asked."""
SHOWS = ("blank", "alone", "leaders", "won", "open", "stale", "talks", *OF_AN_ACT, "1", "2", "3", "4", "5")
PAGES = ("chart", "table", "names")
ZOOMS = (75, 100, 150, 200)
NO_SHIFT = "none"


@dataclass(frozen=True)
class Choice:
    """The reader's choice; whatever cannot be read counts as not chosen."""

    campaign: UUID | None = None
    unit: UUID | None = None
    level: int | None = None
    shift: str = ""
    """The id of a shift, `none` for people without one, or nothing for all."""
    by: str = BY_STANCE
    """`stance`, `chain`, `acts` (stickers of the last ones), or the id of an occasion."""
    show: str = ""
    """Nothing for everyone, one of SHOWS, or the id of a leader: her chain."""
    sought: str = ""
    zoom: int = 100
    page: str = "chart"
    block: tuple[UUID, UUID | None] | None = None

    @property
    def occasion(self) -> UUID | None:
        return id_in(self.by)

    @property
    def leader(self) -> UUID | None:
        return id_in(self.show)

    def address(self, **changes: object) -> str:
        """The query of an address with these choices changed; what stands at its default is left out."""
        now: dict[str, object] = {
            "campaign": self.campaign,
            "unit": self.unit,
            "level": self.level,
            "shift": self.shift,
            "by": "" if self.by == BY_STANCE else self.by,
            "show": self.show,
            "q": self.sought,
            "zoom": "" if self.zoom == 100 else self.zoom,
            "page": "" if self.page == "chart" else self.page,
            **changes,
        }
        return "?" + urlencode({name: str(value) for name, value in now.items() if value not in (None, "")})
