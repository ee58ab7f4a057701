"""Stated and observed support, kept apart: what she said she would do, and what she was seen to do in public."""

from dataclasses import dataclass
from datetime import date, timedelta

PUBLIC = {
    "issue_card": False,  # read by the committee alone
    "photo": True,
    "group_question": True,
    "petition": False,  # who signed is not posted
    "public_petition": True,
    "button": True,
    "meeting": False,  # often held where nobody sees who comes
    "delegation": True,
    "march_on_boss": True,
    "picket": True,
    "pledge": False,
    "strike_vote": False,  # a ballot is nobody's to see
    "strike": True,
    "other": False,
}
"""Which kinds of act the other side sees. Who takes part in these has shown herself."""
PUBLIC_KINDS = frozenset(kind for kind, public in PUBLIC.items() if public)
SAYS_YES = frozenset({"1", "2"})


@dataclass(frozen=True)
class Window:
    """How long what was said and done still tells where somebody stands."""

    today: date
    weeks: int

    @property
    def begins(self) -> date:
        return self.today - timedelta(weeks=self.weeks)

    def holds(self, on: date) -> bool:
        """True when something of that day still tells."""
        return self.begins <= on <= self.today

    def ends(self, on: date) -> date:
        """The day on which something of the day `on` tells no longer."""
        return on + timedelta(weeks=self.weeks)


@dataclass(frozen=True)
class Stated:
    """What somebody wrote down of what she said: the stance, the day, who judged it, and why."""

    stance: str
    on: date
    rater: str
    reason: str
    expires: date
    expired: bool


@dataclass(frozen=True)
class Observed:
    """What she was seen to do in public within the window: `brings` others, `acted` herself, or "" for nothing.

    `missed` counts the public acts to which she was asked and did not come, so that nothing seen can be told from
    nothing asked.
    """

    support: str
    acts: tuple[tuple[str, date], ...] = ()
    brought: int = 0
    missed: int = 0
    expires: date | None = None

    @property
    def stance(self) -> str:
        """The step of the scale which that is; "" where nothing was seen."""
        return {"brings": "1", "acted": "2"}.get(self.support, "")


@dataclass(frozen=True)
class Support:
    """Both sides of one person."""

    stated: Stated | None
    observed: Observed

    @property
    def says_yes(self) -> bool:
        """She said that she is with us, lately enough to count."""
        return self.stated is not None and not self.stated.expired and self.stated.stance in SAYS_YES

    @property
    def talks_does_not_walk(self) -> bool:
        """She said that she is with us, she was asked to stand up in public, and she was not seen to."""
        return self.says_yes and not self.observed.support and self.observed.missed > 0

    @property
    def walks_without_saying(self) -> bool:
        """She acts in public although nobody wrote down that she would."""
        return bool(self.observed.support) and not self.says_yes
