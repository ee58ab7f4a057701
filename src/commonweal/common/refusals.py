"""A no that a user can cause: a value with facts, worded where it is shown."""


class Refusal(Exception):
    """Base of every refusal. Subclasses are frozen dataclasses whose fields are the facts.

    A view catches the refusals its write can give and words them; a `Refusal` that reaches the
    top is answered with a plain page (status 409) that changes nothing. Anything else that is
    raised is our bug.
    """


class Conflict(Refusal):
    """Somebody else changed the same thing since it was read."""


class NotYours(Refusal):
    """Outside the scope, or not there: answered alike, as not found."""
