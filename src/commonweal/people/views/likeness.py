"""Why two records may be one person, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

AGAINST = frozenset(
    {
        "other_given_name",
        "other_word_in_name",
        "other_generation",
        "other_phone",
        "other_email",
        "other_unit",
        "other_birthday",
    }
)


@dataclass(frozen=True)
class Said:
    """A reason in words, and whether it speaks against."""

    words: str
    against: bool


def reasons_in_words(codes: Iterable[str]) -> list[Said]:
    """The reasons in words, each once, what speaks for it first; a code of a later version is left out."""
    words = {
        "same_name": _("the same name"),
        "same_name_other_order": _("the same name in another order"),
        "name_shared_in_part": _("one has a name more"),
        "name_alike": _("names spelled nearly alike"),
        "short_form": _("a short form of the name"),
        "initial": _("an initial for the name"),
        "same_phone": _("the same telephone"),
        "same_email": _("the same e-mail"),
        "same_unit": _("the same unit"),
        "same_birthday": _("the same birthday"),
        "birthday_alike": _("birthdays written nearly alike"),
        "other_given_name": _("another given name"),
        "other_word_in_name": _("another word in the name"),
        "other_generation": _("junior and senior"),
        "other_phone": _("another telephone"),
        "other_email": _("another e-mail"),
        "other_unit": _("another unit"),
        "other_birthday": _("another birthday"),
    }
    said = [Said(words[code], code in AGAINST) for code in dict.fromkeys(codes) if code in words]
    return sorted(said, key=lambda one: one.against)
