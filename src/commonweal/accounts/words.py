"""The door's vocabulary."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    """What an account may do; the order is from most to least."""

    ADMINISTRATOR = "administrator", pgettext_lazy("role", "Administrator")
    ORGANIZER = "organizer", pgettext_lazy("role", "Organizer")
    LEADER = "leader", pgettext_lazy("role", "Leader")
    MEMBER = "member", pgettext_lazy("role", "Member")


class FactorKind(TextChoices):
    """What a second factor is: something she has, beside the passphrase she knows."""

    CODES_APP = "codes_app", pgettext_lazy("second factor", "Codes app")
    PASSKEY = "passkey", pgettext_lazy("second factor", "Passkey")
