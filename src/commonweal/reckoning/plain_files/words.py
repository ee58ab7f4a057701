"""In which language files are spoken of: English, unless whoever calls has chosen another catalogue."""

from __future__ import annotations

from contextvars import ContextVar
from gettext import NullTranslations

_SPOKEN: ContextVar[NullTranslations | None] = ContextVar("spoken", default=None)


def speak(catalogue: NullTranslations) -> None:
    """From here on, what is said of files and candidates is said as this catalogue has it."""
    _SPOKEN.set(catalogue)


def gettext(said: str) -> str:
    """The sentence in the language chosen."""
    catalogue = _SPOKEN.get()
    return said if catalogue is None else catalogue.gettext(said)


def ngettext(one: str, many: str, n: int) -> str:
    """The sentence for `n` in the language chosen."""
    catalogue = _SPOKEN.get()
    return (one if n == 1 else many) if catalogue is None else catalogue.ngettext(one, many, n)
