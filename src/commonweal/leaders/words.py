"""The vocabulary of the list."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """How far we got with a leader; a target is followed by people but not yet won."""

    TARGET = "target", pgettext_lazy("stage", "target")
    IDENTIFIED = "identified", pgettext_lazy("stage", "identified")
    APPROACHED = "approached", pgettext_lazy("stage", "approached")
    WON = "won", pgettext_lazy("stage", "won")
    TESTED = "tested", pgettext_lazy("stage", "tested")
    LOST = "lost", pgettext_lazy("stage", "lost")


class Verdict(TextChoices):
    """What a reading says of a candidate, in words; never a number."""

    ONE_TEST = "one_test", _("too early to say: one act so far")
    TOO_EARLY = "too_early", _("too early to say")
    CANNOT_TELL = "cannot_tell", _("cannot yet tell apart")
    LIFTS = "lifts", _("lifts")
    UNNAMED = "unnamed", _("pull without nominations")
    USUAL = "usual", _("about as usual")
    LOUD = "loud", _("loud but no pull")
    HOLDS_BACK = "holds_back", _("holds back")


class WhyWalks(TextChoices):
    """Why somebody walks, or would walk, with a leader."""

    CLAIMED = "claimed", _("the leader says she walks with her")
    ASKED = "asked", _("she asked her, and she came")
    NAMED = "named", _("she names her")
    TIE = "tie", _("they know each other")
    TOSSED = "tossed", _("a coin decided")
    KEPT = "kept", _("walks with her already")
    IMPORTED = "imported", _("brought in with a list")


class WhyNot(TextChoices):
    """Why nobody could be proposed for somebody."""

    NO_TIE = "no_tie", _("we know no tie of hers")
    NO_LEADER = "no_tie_to_a_leader", _("no tie of hers leads to anybody on the list")
    FULL = "capacity", _("those she is tied to walk with as many as one can")


class WhyMove(TextChoices):
    """Why somebody would leave the leader with whom she walks now."""

    STRONGER = "stronger_tie", _("her tie to the other is stronger")
    TOO_MANY = "over_capacity", _("more walk with her leader than one can walk with")
    LEFT = "leader_left", _("her leader is no longer on the list")
    ROOM = "made_room", _("it makes room for somebody who has nobody else")
    LEADS = "leads_now", _("she is on the list herself")


class Decision(TextChoices):
    """What people decided about a proposal."""

    OPEN = "open", pgettext_lazy("proposal", "open")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "accepted")
    ASIDE = "aside", pgettext_lazy("proposal", "put aside")
