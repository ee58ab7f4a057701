"""The vocabulary of structure tests: states, standings, expectations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TestState(TextChoices):
    __test__ = False

    PLANNED = "planned", pgettext_lazy("structure test", "Planned")
    OPEN = "open", pgettext_lazy("structure test", "Open")
    CLOSED = "closed", pgettext_lazy("structure test", "Closed")


class Standing(TextChoices):
    """Whether a person on the roll can take part; a share is always one of those who can."""

    ELIGIBLE = "eligible", _("Can take part")
    LEAVE = "leave", _("On leave")
    COVER = "cover", _("Emergency cover")
    OTHER_SHIFT = "other_shift", _("Other shift")
    OTHER = "other", pgettext_lazy("standing", "Cannot for another reason")


class Expectation(TextChoices):
    """What somebody who knows her expected before the test."""

    SURE = "sure", _("Will, for sure")
    LIKELY = "likely", _("Probably will")
    EVEN = "even", _("Could go either way")
    UNLIKELY = "unlikely", _("Probably will not")
    NO = "no", _("Will not")


class How(TextChoices):
    """By which way a mark reached us."""

    GRID = "grid", _("Grid")
    PHONE = "phone", pgettext_lazy("how", "Phone list")
    SHEET = "sheet", _("Paper sheet")
    FILE = "file", pgettext_lazy("how", "File")


class LineState(TextChoices):
    WAITING = "waiting", _("Waits for somebody to say who it is")
    DISPUTED = "disputed", _("Read in two ways")
    SETTLED = "settled", _("Settled")
    NOBODY = "nobody", _("Nobody on the list")


class Scenario(TextChoices):
    """How much harder the next test may be than the last."""

    AS_LAST = "as_last", _("As large a step as the last")
    HARDER = "harder", _("A harder step")
    MUCH_HARDER = "much_harder", _("A much harder step")


class LadderKind(TextChoices):
    """Ladders that can be loaded as a beginning."""

    WORK = "work", _("A workplace")
    TENANTS = "tenants", _("Tenants")
    COMMUNITY = "community", _("A community")


FORECASTING = "commonweal.structure_tests.writes.forecasts.compute"
"""The background work that forecasts a test."""
DRAWING = "commonweal.structure_tests.writes.drawing.draw_in_background"
"""The background work that draws the roll of a large place."""
