"""What the list says of a candidate, in one word, from what the arithmetic read and who names her."""

NAMED_BY_MANY = 3
"""So many people who name her are a reputation."""
HARDLY = 10.0
"""Points above the usual that nobody would notice."""
CLOSE = 0.8
"""Two candidates are too close to call while neither is ahead in more than this share of the draws."""


def verdict_in_words(read: str, *, named_by: int, high: float | None) -> str:
    """The verdict shown, from the one read (`few_tests`, `too_early`, `cannot_tell`, `lifts`, `holds_back`, `usual`).

    Pull that nobody names is "unnamed". Named by many and at best hardly above the usual (`high`, in
    points) is "loud".
    """
    if read == "few_tests":
        return "one_test"
    if read == "lifts" and named_by == 0:
        return "unnamed"
    if read in ("cannot_tell", "usual") and named_by >= NAMED_BY_MANY and high is not None and high < HARDLY:
        return "loud"
    return read


def too_close_to_call(ahead: float) -> bool:
    """True while the chance that the one moves people more than the other does not settle it."""
    return max(ahead, 1 - ahead) < CLOSE


def order_of_evidence(verdict: str, *, low: float | None, named_apart: int, ties: int) -> tuple[int, int, int]:
    """By what candidates are laid out: who surely lifts first, then those named most, who holds back last.

    It is an order for reading, not a score: equal keys share a place.
    """
    tier = {"lifts": 0, "unnamed": 0, "usual": 2, "loud": 3, "holds_back": 4}.get(verdict, 1)
    if tier == 0:
        return (tier, -round(low or 0), 0)
    return (tier, -named_apart, -ties)


ANSWERS_SEEN = 20
"""With fewer answers nobody wonders that no refusal is among them."""
HARDLY_ANY = 0.02
"""A smaller share of refusals is no people's, but a list's on which refusals were not written down."""


def refusals_seem_unrecorded(*, answers: int, refusals: int) -> bool:
    """Do the asks look as if only those who came had been written down? Then how much somebody moves people is
    flattered, and only the order between names can be believed."""
    return answers >= ANSWERS_SEEN and refusals < HARDLY_ANY * answers
