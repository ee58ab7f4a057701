"""What a cell means: a date, a mark, an outcome, a stance, a language, a kind."""

import re
from datetime import date, datetime

from commonweal.exchange.rules.serials import day_of_serial
from commonweal.people.rules import folded

YES = frozenset(["x", "xx", "yes", "y", "si", "s", "true", "verdadero", "1", "came", "did", "signed", "attended", "present", "vino", "firmo", "asistio", "presente", "hecho", "ok", "completed", "sim", "oui", "cumplio", "estuvo", "participo", "participated", "fue"]) | {"✓", "✔", "☑", "●", "si vino", "did come", "si firmo"}  # fmt: skip
NO = frozenset(["no", "n", "false", "falso", "0", "absent", "ausente", "refused", "nego", "falto", "did_not"]) | {"did not", "no came", "did not come", "no vino", "no show", "noshow", "no firmo", "no asistio", "said no", "dijo no", "dijo que no", "✗", "✘", "did not sign", "not come", "no fue", "se nego", "no cumplio", "didnt", "didnt come"}  # fmt: skip
COULD_NOT = frozenset({"could not", "couldnt", "could not come", "excused", "sick", "leave", "on leave", "no pudo", "enferma", "enfermo", "licencia", "permiso", "justificado", "justificada", "de licencia", "vacation", "vacaciones", "could_not", "unable"})  # fmt: skip
UNKNOWN = frozenset({"?", "unknown", "not known", "no se sabe", "desconocido", "dont know", "no se", "maybe", "quiza", "quizas", "tal vez"})  # fmt: skip
NOTHING = frozenset({"-", "–", "—", "☐", ".", "/", "n a"})
SEPARATED = re.compile(r"\s*(?:[;|/\n]|,(?!\s*(?:jr|sr|ii|iii)\b))\s*", re.I)
NUMERIC = re.compile(r"(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})")
MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january ene enero",
            "feb february febrero",
            "mar march marzo",
            "apr april abr abril",
            "may mayo",
            "jun june junio",
            "jul july julio",
            "aug august ago agosto",
            "sep sept september septiembre setiembre set",
            "oct october octubre",
            "nov november noviembre",
            "dec december dic diciembre",
        ],
        start=1,
    )
    for name in names.split()
}
LANGUAGES = {
    "en": "en english ingles", "es": "es spanish espanol castellano sp esp", "fr": "fr french frances", "ht": "ht haitian creole kreyol creole criollo",
    "pt": "pt portuguese portugues", "zh": "zh chinese mandarin cantonese chino", "vi": "vi vietnamese vietnamita", "tl": "tl tagalog filipino",
    "ar": "ar arabic arabe", "ru": "ru russian ruso", "ko": "ko korean coreano", "pl": "pl polish polaco", "so": "so somali", "am": "am amharic amarico",
    "bn": "bn bengali", "hi": "hi hindi", "ur": "ur urdu", "pa": "pa punjabi panyabi", "de": "de german aleman", "it": "it italian italiano",
    "nah": "nah nahuatl", "mix": "mix mixteco mixtec", "zap": "zap zapoteco zapotec", "quc": "quc kiche quiche", "mam": "mam", "qu": "qu quechua",
    "gn": "gn guarani", "ne": "ne nepali", "fa": "fa farsi persian persa dari", "uk": "uk ukrainian ucraniano", "tr": "tr turkish turco", "sw": "sw swahili suajili",
    "ti": "ti tigrinya", "my": "my burmese birmano", "hmn": "hmn hmong", "yo": "yo yoruba", "ig": "ig igbo", "ja": "ja japanese japones",
}  # fmt: skip
LANGUAGE_OF = {word: code for code, words in LANGUAGES.items() for word in words.split()}
STANCES = {
    "1": "1 strong support activist core supporter leader brings others trae a otros", "2": "2 acted supports lean support actuo apoya",
    "3": "3 undecided neutral not yet acted unsure indeciso indecisa todavia no", "4": "4 said no lean against oppose dijo que no",
    "5": "5 works against hostile strong oppose trabaja en contra",
}  # fmt: skip


def marked(text: str) -> str:
    """The outcome that a mark in a cell means: did, did_not, could_not, unknown; empty for an empty cell,
    and "?" for a text that is no mark."""
    plain = folded(text) or text.strip()
    if not plain or plain in NOTHING:
        return ""
    if plain in YES:
        return "did"
    if plain in COULD_NOT:
        return "could_not"
    if plain in NO:
        return "did_not"
    return "unknown" if plain in UNKNOWN else "?"


def read_date(text: str, order: str = "mdy") -> date | None:
    """The day a cell names. `order` ("mdy" or "dmy") decides 3/4/2026; None when it is no date."""
    text = text.strip()
    if len(text) == 5 and text.isdecimal():  # a spreadsheet's day number that lost its format
        moment = day_of_serial(int(text))
        return moment.date() if moment and 1900 <= moment.year <= 2100 else None
    try:
        return datetime.fromisoformat(text.replace(" ", "T", 1) if len(text) > 10 else text).date()
    except ValueError:
        pass
    if found := NUMERIC.match(text):
        first, second, third = found.groups()
        if len(first) == 4:
            return _day(int(first), int(second), int(third))
        year = int(third) + (0 if len(third) > 2 else 2000 if int(third) < 70 else 1900)
        one, two = int(first), int(second)
        month, day = (one, two) if order == "mdy" else (two, one)
        return _day(year, month, day) or _day(year, day, month)
    return _written_date(text)


def _written_date(text: str) -> date | None:
    words = folded(text).split()
    month = next((MONTHS[word] for word in words if word in MONTHS), 0)
    numbers = [int(word.rstrip("stndrh")) for word in words if word.rstrip("stndrh").isdecimal() and len(word) < 7]
    if not month or not numbers:
        return None
    year = next((number for number in numbers if number > 31), 0)
    day = next((number for number in numbers if 1 <= number <= 31), 1)
    return _day(year, month, day) if year else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1900 <= year <= 2100 else None


def dated_title(text: str, order: str = "mdy") -> tuple[str, date | None]:
    """A header such as "March on the boss 3/14/2026" as the act's name and its day."""
    for pattern in (
        r"\(?\b(\d{4}-\d{1,2}-\d{1,2})\b\)?",
        r"\(?\b(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4})\b\)?",
        r"\(?\b(\d{1,2}(?:\s+de)?\s+[^\W\d]{3,10}\.?(?:\s+de)?,?\s+\d{4})\b\)?",
        r"\(?\b([^\W\d]{3,10}\.?\s+\d{1,2},?\s+\d{4})\b\)?",
    ):
        if (found := re.search(pattern, text)) and (day := read_date(found[1], order)):
            name = (text[: found.start()] + " " + text[found.end() :]).strip(" -–—,:()\t\n")
            return " ".join(name.split()) or text.strip(), day
    return " ".join(text.split()), None


def read_languages(text: str) -> tuple[list[str], list[str]]:
    """Codes of the languages that a cell names, in its order, and the words nobody knew."""
    known: list[str] = []
    strange: list[str] = []
    for word in folded(text).replace(" and ", " ").replace(" y ", " ").split():
        code = LANGUAGE_OF.get(word)
        if code and code not in known:
            known.append(code)
        elif not code:
            strange.append(word)
    return known, strange


def read_stance(text: str, strongest_is_one: bool = True) -> str:
    """The stance code "1" to "5" that a cell means; empty for "0", blank and what is no stance."""
    plain = folded(text)
    if plain in ("1", "2", "3", "4", "5"):
        return plain if strongest_is_one else str(6 - int(plain))
    if plain[:1] in "12345" and plain[1:2] == " ":
        return read_stance(plain[0], strongest_is_one)
    return next((code for code, words in STANCES.items() if len(plain) > 3 and plain in words), "")


def read_share(text: str) -> float | None:
    """A strength from above 0 to 1: `0.7`, `70%`, `4` of five, or a word; None when it is none."""
    plain = text.strip().replace(",", ".")
    words = {
        "weak": 0.25,
        "debil": 0.25,
        "medium": 0.5,
        "media": 0.5,
        "strong": 0.9,
        "fuerte": 0.9,
        "close": 0.9,
        "cercana": 0.9,
    }
    if (word := folded(text)) in words:
        return words[word]
    try:
        number = float(plain.rstrip("%")) / (100 if plain.endswith("%") else 1)
    except ValueError:
        return None
    if not number > 0:
        return None
    if number <= 1:
        return number
    return number / 5 if number <= 5 and number == int(number) else number / 10 if number <= 10 else None


def several(text: str) -> list[str]:
    """The parts of a cell that holds more than one thing."""
    return [part for part in SEPARATED.split(text.strip()) if part]
