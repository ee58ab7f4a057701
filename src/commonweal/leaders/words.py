"""The vocabulary of the list."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """How far we got with a leader; a target is followed by people but not yet won."""

    TARGET = "target", pgettext_lazy("stage", "target")
    IDENTIFIED = "identified", pgettext_lazy("stage", "identified")
    APPROACHED = "approached", pgettext_lazy("stage", "approached")
    WON = "won", pgettext_lazy("stage", "won")
    TESTED = "tested", pgettext_lazy("stage", "tested")
    LOST = "lost", pgettext_lazy("stage", "lost")
