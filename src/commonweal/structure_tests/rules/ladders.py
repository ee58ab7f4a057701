"""The ladders a campaign can begin with. Each step asks a little more than the one before; all of it may be changed."""

from decimal import Decimal
from typing import NamedTuple


class Step(NamedTuple):
    """One rung of a ladder that can be loaded: the kind of act, the word of its name, and both thresholds."""

    kind: str
    name: str
    threshold: Decimal = Decimal("0.65")
    unit_threshold: Decimal = Decimal("0.50")


SOMEBODY = Decimal("0.01")
"""Of a unit that must be there with at least one."""

LADDERS: dict[str, tuple[Step, ...]] = {
    "work": (
        Step("issue_card", "issue_cards"),
        Step("photo", "photo_card"),
        Step("group_question", "group_question"),
        Step("petition", "petition"),
        Step("public_petition", "majority_petition", Decimal("0.70")),
        Step("button", "button_day", Decimal("0.70")),
        Step("march_on_boss", "march", Decimal("0.35"), SOMEBODY),
        Step("picket", "picket"),
        Step("pledge", "pledge", Decimal("0.80")),
        Step("strike_vote", "strike_vote", Decimal("0.85")),
        Step("strike", "warning_strike", Decimal("0.85")),
        Step("strike", "open_strike", Decimal("0.90")),
    ),
    "tenants": (
        Step("issue_card", "repair_log"),
        Step("petition", "joint_letter"),
        Step("delegation", "delegation", Decimal("0.35"), SOMEBODY),
        Step("other", "withheld_fee", Decimal("0.80")),
        Step("strike", "rent_strike", Decimal("0.90")),
    ),
    "community": (
        Step("meeting", "house_meeting"),
        Step("petition", "petition"),
        Step("meeting", "assembly", Decimal("0.70")),
        Step("delegation", "decision_maker", Decimal("0.35"), SOMEBODY),
    ),
}


def check_ladders(ladders: dict[str, tuple[Step, ...]]) -> None:
    """Refuses a ladder that names a step twice or asks of a unit more than of all."""
    for ladder, steps in ladders.items():
        if not steps or len({step.name for step in steps}) != len(steps):
            raise ValueError(f"{ladder}: empty, or a step stands twice")
        for step in steps:
            if not 0 < step.threshold <= 1 or not 0 <= step.unit_threshold <= step.threshold:
                raise ValueError(f"{ladder}: {step.name}")


check_ladders(LADDERS)
