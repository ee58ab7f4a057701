"""What somebody typed into the search: words, numbers, and phrases about ties."""

import re
from dataclasses import dataclass

from commonweal.people.rules.names import folded

MOST_WORDS = 6
NO_CHAIN = re.compile(
    r"\b(in no chain|walks? with (?:no one|nobody)|no chain|sin cadena|en ninguna cadena|no va con nadie|con nadie)\b"
)
KNOWS = re.compile(r"\b(?:who )?knows? |\b(?:quien(?:es)? )?(?:conocen?|conozcan?) (?:a )?")
WALKS_WITH = re.compile(r"\b(?:who )?walks? with |\b(?:quien(?:es)? )?(?:va|van|camina|caminan) con ")
NUMBER = re.compile(r"\+?\d[\d\s().\-/]{5,}\d")
STOP_WORDS = frozenset({"the", "of", "in", "and", "de", "del", "la", "el", "los", "las", "en", "y", "con", "a"})


@dataclass(frozen=True)
class Asked:
    """A question in parts. `knows` and `walks_with` hold the words after the phrase, longest first
    to be tried: the name may be followed by ordinary words."""

    words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    knows: tuple[str, ...] = ()
    walks_with: tuple[str, ...] = ()
    in_no_chain: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.numbers or self.knows or self.walks_with or self.in_no_chain)


def asked(text: str) -> Asked:
    """The parts of a question such as `rosa nights`, `knows Rosa`, `555 0199`, `sin cadena`."""
    text = text[:200]
    numbers = tuple(match.group() for match in NUMBER.finditer(text))
    rest = folded(NUMBER.sub(" ", text).replace(",", " 0comma "))
    rest, alone = NO_CHAIN.subn(" ", rest)
    rest, walks = _after(WALKS_WITH, rest)
    rest, knows = _after(KNOWS, rest)
    words = rest.replace("0comma", " ").split()
    kept = [word for word in words if word not in STOP_WORDS] or words
    return Asked(tuple(dict.fromkeys(kept))[:MOST_WORDS], numbers, knows, walks, bool(alone))


def _after(phrase: re.Pattern[str], text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the phrase and what follows it up to a comma, and the words that followed."""
    found = phrase.search(text)
    if found is None:
        return text, ()
    named, _, later = text[found.end() :].partition("0comma")
    return f"{text[: found.start()]} {later}", tuple(named.split()[:MOST_WORDS])
