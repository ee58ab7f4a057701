"""What kind of file is this, and what does each column hold? A guess, which a person corrects."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from commonweal.exchange.rules import fields
from commonweal.exchange.rules.cells import LANGUAGE_OF, marked, read_date
from commonweal.exchange.rules.fields import ASKS, INSTITUTIONS, KNOWN, NOMINATIONS, PEOPLE, TIES
from commonweal.people.rules import folded, normal_email

# Words of a header that say which question was asked.
QUESTIONS = {
    "checks": "turn up|call in|calls when|rings|missing|no llega|falta|llama",
    "comforts": "tears|cry|comfort|upset|llora|consuela|lagrimas",
    "news": "news|hear|rumor|rumour|noticias|entera|chisme",
    "bridge": "other shift|other language|otro turno|otro idioma|bridge|puente",
    "faces": "face|look at|boss changes|miran|cara",
    "advice": "advice|stuck|help with|turn to|go to|goes to|ask for help|consejo|atora|ayuda|acude",
    "turnout": "meeting|turn out|everyone|get people|reunion|junta|traer a todos|mobilize|movilizar",
}  # fmt: skip
NO_ACT = re.compile(
    r"\b(?:do not|opt(?:ed)? (?:in|out)|no bulk|deceased|(?:un)?subscribed|consent|active|activo|activa|verified|bounced|"
    r"newsletter|boletin|is deleted|e ?mail|sms|full time|part time|exempt|union eligible)\b"
)
"""Columns of yes and no that say nothing of an act."""
LEADER = frozenset({"leader", "lider"})
"""A list of people often says who leads each of them; that makes it no list of asks."""
SHIFTS = frozenset(["day", "days", "night", "nights", "evening", "evenings", "am", "pm", "first", "second", "third", "1st", "2nd", "3rd", "dia", "noche", "tarde", "manana", "swing", "graveyard", "matutino", "vespertino", "nocturno", "diurno", "weekend", "mixto"])  # fmt: skip
PHONE = re.compile(r"\+?[\d\s().\-/x]{7,22}")
LAST_FIRST = re.compile(r"[^\W\d][^,\d]{0,60},\s*[^\W\d][^,\d]{0,60}(?:,\s*(?:jr|sr|ii|iii|iv)\.?)?", re.I)


@dataclass
class Column:
    """A column as guessed: field ("" for one that is left out) and, for nominees, the question."""

    field: str = ""
    detail: str = ""


def guessed_kind(titles: list[str]) -> str:
    """The kind of file, by the words of its header alone."""
    plain = {folded(title) for title in titles if title}
    hits = {field: bool(plain & words) for field, words in KNOWN.items()}
    if hits["nominator"] and (hits["nominee"] or any(question_of(title) for title in titles)):
        return NOMINATIONS
    if ({"from", "to"} <= plain or {"source", "target"} <= plain or {"person a", "person b"} <= plain
        or {"de", "a"} <= plain or {"persona a", "persona b"} <= plain or {"person 1", "person 2"} <= plain
        or {"person", "other"} <= plain or {"persona", "otra persona"} <= plain):  # fmt: skip
        return TIES
    asker = any(words in KNOWN["asker"] and not set(words.split()) & LEADER for words in plain)
    if hits["outcome"] and (hits["occasion"] or asker or "asked" in plain) and not hits["family_name"]:
        return ASKS
    if plain & {"asked", "person asked", "a quien se pidio"} and hits["asker"]:
        return ASKS
    few = not (hits["phone"] or hits["email"] or hits["shift"] or (hits["job"] and len(plain) > 4))
    if hits["institution"] and few and (hits["role"] or hits["institution_kind"] or len(plain) <= 4):
        return INSTITUTIONS
    return PEOPLE


def question_of(title: str) -> str:
    """The question a header asks, by its words; empty when it asks none we know."""
    plain = folded(title)
    return next(
        (code for code, words in QUESTIONS.items() if any(part in plain for part in words.split("|"))),
        "",
    )


def guessed_columns(kind: str, titles: list[str], samples: list[list[str]]) -> list[Column]:
    """A guess for each column: first by its title, then by what stands below (`samples`: whole rows)."""
    columns = [Column() for _ in titles]
    taken: set[str] = set()
    below = [
        [row[place].strip() for row in samples if place < len(row) and row[place].strip()]
        for place in range(len(titles))
    ]
    for exact in (True, False):
        for place, title in enumerate(titles):
            if columns[place].field or not title:
                continue
            field = _by_title(kind, title, exact, taken)
            if field and _fits(field, below[place]):
                columns[place] = Column(field, _detail(field, title))
                taken.add(field)
    for place, title in enumerate(titles):
        if not columns[place].field:
            columns[place] = _by_content(kind, title, below[place], taken)
            taken.add(columns[place].field)
    if kind == PEOPLE and "given_name" in taken and not taken & {"family_name", "name"}:
        columns = [Column("name") if column.field == "given_name" else column for column in columns]
    return columns


def _detail(field: str, title: str) -> str:
    """What the title says besides: the question, or the kind of institution ("Church")."""
    if field == "nominee":
        return question_of(title)
    return folded(title) if field == "institution" else ""


def _by_title(kind: str, title: str, exact: bool, taken: set[str]) -> str:
    plain = folded(title)
    best, longest = "", 0
    for field in fields.fields_of(kind):
        if field in taken and field not in fields.REPEATABLE:
            continue
        for words in KNOWN.get(field, ()):
            if exact:
                if plain == words:
                    return field
            elif len(words) > 3 and longest < len(words) and f" {words} " in f" {plain} " and field != "name":
                best, longest = field, len(words)
    return best


def _fits(field: str, below: list[str]) -> bool:
    """False when what stands below cannot be what the title says."""
    if not below:
        return True
    if field == "email":
        return _share(below, lambda text: bool(normal_email(text))) > 0.3
    if field == "phone":
        return _share(below, lambda text: sum(letter.isdigit() for letter in text) >= 6) > 0.3
    if field in ("on", "born_on"):
        return _share(below, lambda text: read_date(text) is not None) > 0.3
    if field == "stance":
        return _share(below, lambda text: len(text) < 30) > 0.8
    return True


def _by_content(kind: str, title: str, below: list[str], taken: set[str]) -> Column:
    if not below:
        return Column()
    if kind == NOMINATIONS:
        return Column("nominee", question_of(title)) if question_of(title) else Column()
    if kind != PEOPLE:
        return Column()
    if "email" not in taken and _share(below, lambda text: bool(normal_email(text))) > 0.6:
        return Column("email")
    if "phone" not in taken and _share(below, lambda text: bool(PHONE.fullmatch(text))) > 0.6 and _digits(below) >= 7:
        return Column("phone")
    if "own_id" not in taken and _share(below, _is_uuid) > 0.6 and "outside_number" not in taken:
        return Column("outside_number")
    if not taken & {"name", "family_name"} and _share(below, lambda text: bool(LAST_FIRST.fullmatch(text))) > 0.5:
        return Column("name")
    if title and not NO_ACT.search(folded(title)) and _share(below, lambda text: marked(text) not in ("?", "")) > 0.95:
        return Column("mark")
    if "shift" not in taken and _share(below, lambda text: folded(text) in SHIFTS) > 0.7:
        return Column("shift")
    if (
        "languages" not in taken
        and _share(below, lambda text: bool(set(folded(text).split()) & LANGUAGE_OF.keys())) > 0.8
    ):
        return Column("languages")
    return Column()


def guessed_date_order(texts: list[str]) -> str:
    """ "dmy" when some day can only be read so, else "mdy"."""
    for text in texts:
        found = re.match(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{2,4}", text)
        if found and int(found[1]) > 12:
            return "dmy"
        if found and int(found[2]) > 12:
            return "mdy"
    return "mdy"


def sees_refusals(samples: list[list[str]], columns: list[int]) -> bool:
    """True when some mark in these columns says no: then the empty ones were perhaps not asked."""
    return any(
        marked(row[place]) in ("did_not", "could_not") for row in samples for place in columns if place < len(row)
    )


def _share(texts: list[str], judged: Callable[[str], bool]) -> float:
    return sum(1 for text in texts if judged(text)) / len(texts)


def _digits(texts: list[str]) -> int:
    return max(sum(letter.isdigit() for letter in text) for text in texts)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
