"""Why a test calls for a conversation, leaders first: no next level until the holes are worked."""

from enum import StrEnum


class Call(StrEnum):
    """A reason to talk with somebody after a test."""

    DOES_NOT_DELIVER = "agrees_does_not_deliver"
    ASKS_NOBODY = "asks_nobody"
    OTHERS_BRING = "others_bring_hers"
    SAID_YES = "said_yes"
    NOT_ASKED = "leader_did_not_ask"
    DID_NOT_COME = "did_not_come"
    NO_LEADER = "no_leader"


CALLS = tuple(Call)
"""In the order in which they are worked."""
ALONE_OF_A_UNIT = 5
"""With so many of a unit whom nobody has one begins: those whom most others name."""
