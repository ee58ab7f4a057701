"""How the import speaks: refusals, rows, counts and what stayed, as sentences."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.counts import counted
from commonweal.common.languages import spoken
from commonweal.common.marks import stance_words
from commonweal.exchange import words
from commonweal.exchange.reads.shown_rows import Pointed, Seen, ShownRow
from commonweal.exchange.rules.headers import column_letters
from commonweal.exchange.rules.limits import FileRefused
from commonweal.people.rules import folded
from commonweal.people.rules.contacts import spoken_phone
from commonweal.people.words import Outcome, Question, TieKind

LOOKS = {
    "new": ("good", "add"),
    "changes": ("change", "edit"),
    "same": ("quiet", "check"),
    "unclear": ("warn", "warn"),
    "bad": ("bad", "close"),
}
"""Class and icon of each verdict."""
PART_LABELS = {"from": "nominator", "a": "person", "b": "other", "asked": "asked", "asker": "asker", "who": "person"}
SHOWN_CELLS, SHOWN_NAME = 160, 80


@dataclass
class Line:
    """A row as the page shows it."""

    number: int
    verdict: str
    label: str
    look: str
    sign: str
    title: str
    place: str = ""
    person: Any = None
    """Id of her record, where the row means somebody on the list."""
    meant: list[tuple[str, str, str]] = field(default_factory=list)
    """For each person a row points to: what she is in it, how the file writes her, who that is."""
    values: list[tuple[str, str]] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    """What, before (empty: nothing), after."""
    reason: str = ""
    problems: list[tuple[str, str]] = field(default_factory=list)
    """The column and what could not be read in it."""


def refusal_words(facts: dict[str, Any]) -> str:
    """Why a file cannot be read, in a sentence."""
    said = words.REFUSALS.get(facts.get("why", ""), words.REFUSALS["damaged"])
    return str(said) % {"line": facts.get("line", 0), "fact": facts.get("fact", "")}


def refused_words(refused: FileRefused) -> str:
    """Why a file was refused a moment ago, in a sentence."""
    return refusal_words({"why": refused.why, "line": refused.line, "fact": refused.fact})


def column_name(titles: list[str], place: int) -> str:
    """A column (from 1) as the file calls it, else by its letters."""
    if place < 1:
        return ""
    return (titles[place - 1] if place <= len(titles) else "") or column_letters(place - 1)


def line_of(shown: ShownRow, titles: list[str], kind: str, country: str) -> Line:
    """One row in words."""
    row, record = shown.row, shown.record
    look, sign = LOOKS[row.verdict]
    line = Line(row.line, row.verdict, str(words.Verdict(row.verdict).label), look, sign, _title(shown))
    problems = [(column_name(titles, place), str(words.REASONS.get(code, code))) for code, place in row.problems]
    if row.verdict in ("bad", "unclear"):
        line.reason = str(words.REASONS.get(row.reason, ""))
        own = [one for one in row.problems if one[0] == row.reason]
        if own and own[0][1]:
            line.reason = f"{column_name(titles, own[0][1])}: {line.reason}"
        problems = [one for one, (code, _place) in zip(problems, row.problems, strict=True) if code != row.reason]
    line.problems = problems
    if kind == "people":
        if shown.me is not None:
            line.title, line.person, line.place = shown.me.name, shown.me.id, shown.me.place
        else:
            line.place = _place(record)
        line.values = _values(record, country) if row.verdict in ("new", "unclear") else []
        line.changes = [(_field(change.code), *_before_after(change, country)) for change in shown.changes]
        if row.verdict == "changes" and not line.changes and "again" in row.fields:
            line.values = [(_("Also in an earlier row"), _("this row adds what that one lacks"))]
    line.meant = [_meant(one) for one in shown.people if one.part != "me"]
    line.changes += [_seen(one) for one in shown.evidence]
    if kind == "institutions" and row.verdict == "new":
        line.values = [(_("Belongs to"), _joined(record.get("institution", ""), record.get("role", "")))]
    return line


def _title(shown: ShownRow) -> str:
    record = shown.record
    names = [record.get("name", "")]
    for part in ("from", "a", "asker", "asked", "b", "who"):
        if isinstance(record.get(part), dict) and not record.get("name"):
            names.append(record[part].get("text", ""))
    names.append(", ".join(_short(one.get("text", "")) for _asked, one in record.get("to", ())))
    if any(names):
        return " → ".join(_short(name) for name in names if name)
    cells = " · ".join(cell.strip() for cell in record.get("cells", ()) if cell.strip())
    contacts = [*record.get("phones", ()), *record.get("emails", ())]
    return (cells or record.get("number", "") or next(iter(contacts), ""))[:SHOWN_CELLS] or "—"


def _short(name: str) -> str:
    return name if len(name) <= SHOWN_NAME else name[: SHOWN_NAME - 1] + "…"


def _place(record: dict[str, Any]) -> str:
    unit = record.get("unit", [])
    where = ", ".join(part for part in (" > ".join(unit), record.get("shift", "")) if part)
    return " · ".join(part for part in (where, record.get("job", "")) if part)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _field(code: str) -> str:
    return str(words.FIELD_LABELS.get(code, code))


def _values(record: dict[str, Any], country: str) -> list[tuple[str, str]]:
    """What else a new person comes with."""
    found = [("outside_number", record.get("number", "")), ("also_name", ", ".join(record.get("also", ())))]
    found.append(("phone", ", ".join(spoken_phone(one, country) for one in record.get("phones", ()))))
    found.append(("email", ", ".join(record.get("emails", ()))))
    found.append(("street", record.get("address", "")))
    found.append(("languages", spoken(record.get("languages", ()))))
    found.append(("born_on", day_in_words(record.get("born", ""))))
    found.append(("stance", stance_words().get(record.get("stance", ""), "") if record.get("stance") else ""))
    found.append(("institution", ", ".join(name for name, _kind, _role in record.get("institutions", ()))))
    found.append(("note", record.get("note", "")[:SHOWN_CELLS]))
    return [(_field(code), value) for code, value in found if value]


def day_in_words(text: str) -> str:
    """An ISO day as the reader writes it."""
    try:
        return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT") if text else ""
    except ValueError:
        return text


def _before_after(change: Any, country: str) -> tuple[str, str]:
    pair = [change.old, change.new]
    if change.code == "phone":
        pair = [spoken_phone(one, country) if one else "" for one in pair]
    elif change.code == "born_on":
        pair = [day_in_words(one) for one in pair]
    elif change.code == "languages":
        pair = [spoken(one.split(", ")) if one else "" for one in pair]
    elif change.code == "stance":
        said = stance_words()
        pair = [said.get(one, one) if one else "" for one in pair]
    return pair[0], pair[1]


def _meant(one: Pointed) -> tuple[str, str, str]:
    label = _field("nominee" if one.part.startswith("to") else PART_LABELS.get(one.part, "person"))
    if one.glance is not None:
        text = "" if folded(one.text) == folded(one.glance.name) else one.text
        return label, text, _joined(one.glance.name, one.glance.place)
    if one.state == "new":
        return label, one.text, _("new on the list")
    return label, one.text, "" if one.state == "known" else _("still unclear")


def _seen(one: Seen) -> tuple[str, str, str]:
    if one.noun == "nomination":
        return _("Named"), "", _choice(Question, one.about)
    if one.noun == "tie":
        return _("Tie"), _strength(one.old), _joined(_choice(TieKind, one.about), _strength(one.new))
    if one.noun == "yes":
        return one.about, "", _("took part")
    return one.about, _choice(Outcome, one.old), _choice(Outcome, one.new)


def _choice(choices: Any, code: str) -> str:
    return str(choices(code).label) if code in choices.values else code


def _strength(text: str) -> str:
    return f"{round(float(text) * 100)} %" if text else ""


def news_of(counts: dict[str, int], kind: str) -> str:
    """What the file would do, as a headline."""
    new, changes = counts.get("new", 0), counts.get("changes", 0)
    if not new and not changes:
        return _("Nothing in this file is news.")
    said = []
    if new and kind == "people":
        said.append(ngettext("%(number)s person is new", "%(number)s people are new", new) % {"number": counted(new)})
    elif new:
        said.append(ngettext("%(number)s row is new", "%(number)s rows are new", new) % {"number": counted(new)})
    if changes and kind == "people":
        text = ngettext("%(number)s known person changes", "%(number)s known people change", changes)
        said.append(text % {"number": counted(changes)})
    elif changes:
        said.append(ngettext("%(number)s changes", "%(number)s change", changes) % {"number": counted(changes)})
    return _("%(one)s, %(other)s.") % {"one": said[0], "other": said[1]} if len(said) > 1 else f"{said[0]}."


def done_words(counts: dict[str, int], kind: str) -> str:
    """What the file did, in a sentence; empty where the number of its rows says it all."""
    new, changes = counts.get("new", 0), counts.get("changes", 0)
    if kind != "people" or not (new and changes):
        return ""
    one = ngettext("%(number)s person is new", "%(number)s people are new", new) % {"number": counted(new)}
    text = ngettext("%(number)s known person changed", "%(number)s known people changed", changes)
    return _("%(one)s, %(other)s.") % {"one": one, "other": text % {"number": counted(changes)}}


def made_words(made: dict[str, int]) -> str:
    """The units, shifts, institutions and acts that were made on the way."""
    said = [
        ngettext("%(n)s unit", "%(n)s units", made.get("unit", 0)) % {"n": counted(made.get("unit", 0))},
        ngettext("%(n)s shift", "%(n)s shifts", made.get("shift", 0)) % {"n": counted(made.get("shift", 0))},
        ngettext("%(n)s institution", "%(n)s institutions", made.get("institution", 0))
        % {"n": counted(made.get("institution", 0))},
        ngettext("%(n)s act", "%(n)s acts", made.get("occasion", 0)) % {"n": counted(made.get("occasion", 0))},
    ]
    return ", ".join(one for one in said if not one.startswith("0 "))


def rest_of(counts: dict[str, int]) -> list[str]:
    """The rows that would do nothing, each kind in a sentence."""
    said = []
    if number := counts.get("same", 0):
        said.append(ngettext("%(n)s row says nothing new.", "%(n)s rows say nothing new.", number) % {"n": number})
    if number := counts.get("unclear", 0):
        said.append(
            ngettext("%(n)s row waits for your answer.", "%(n)s rows wait for your answer.", number) % {"n": number}
        )
    if number := counts.get("bad", 0):
        said.append(ngettext("%(n)s row cannot be used.", "%(n)s rows cannot be used.", number) % {"n": number})
    return said
