"""What an export is called: kinds, forms, parts, the titles of columns, and how it was sifted.

The titles are words by which an import knows the same column again, in both languages.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commonweal.common.scope import Scope
from commonweal.exchange.rules import export as rules
from commonweal.exchange.rules.export import Choice
from commonweal.people.models import Campaign, Institution, Occasion, Shift, Unit
from commonweal.people.reads.institutions import institutions_within
from commonweal.people.reads.people import people_within


def kind_words() -> dict[str, tuple[str, str]]:
    """Each kind with what one row of it is."""
    return {
        rules.PEOPLE: (_("People"), _("a row for each person")),
        rules.INSTITUTIONS: (_("Who belongs where"), _("a row for each person and institution")),
        rules.ASKS: (_("Who was asked, who came"), _("a row for each ask")),
        rules.YESES: (_("Names on sheets"), _("a row for each yes; nobody saw who refused")),
        rules.TIES: (_("Ties"), _("a row for each tie between two people")),
        rules.NOMINATIONS: (_("Who named whom"), _("a row for each time somebody named somebody")),
        rules.LEADERS: (_("Leaders and their chains"), _("a row for each who walks with a leader")),
    }


def form_words() -> dict[str, tuple[str, str]]:
    """Each form of file with what it is good for."""
    return {
        rules.CSV: (_("CSV for Excel"), _("opens in any spreadsheet with its letters whole; can be brought in again")),
        rules.WORKBOOK: (_("Workbook (XLSX)"), _("a spreadsheet with titles and wide enough columns")),
        rules.PLAIN: (_("CSV for other programs"), _("UTF-8 without the mark that Excel needs")),
        rules.CARDS: (_("Cards (vCard)"), _("for the address book of a phone; one card for each person")),
    }


def part_words() -> dict[str, str]:
    """What may be added to the rows of people."""
    return {
        rules.CONTACTS: _("Phones and e-mails"),
        rules.ADDRESS: _("Addresses"),
        rules.STANCE: _("Where each stands, as last assessed"),
        rules.BELONGS: _("Institutions they belong to"),
        rules.NOTE: _("Notes"),
    }


def people_titles(parts: tuple[str, ...]) -> list[str]:
    titles = [
        pgettext("column", "Commonweal id"),
        pgettext("column", "Name"),
        pgettext("column", "Given name"),
        pgettext("column", "Family name"),
        pgettext("column", "Suffix"),
        pgettext("column", "Also known as"),
        pgettext("column", "Also known as 2"),
        pgettext("column", "Outside number"),
        pgettext("column", "Unit"),
        pgettext("column", "Shift"),
        pgettext("column", "Job"),
        pgettext("column", "Also in"),
        pgettext("column", "Languages"),
        pgettext("column", "Date of birth"),
        pgettext("column", "Walks with"),
    ]
    more = {
        rules.CONTACTS: [
            pgettext("column", "Phone"),
            pgettext("column", "Phone 2"),
            pgettext("column", "E-mail"),
            pgettext("column", "E-mail 2"),
            pgettext("column", "Messenger"),
        ],
        rules.ADDRESS: [pgettext("column", "Address")],
        rules.STANCE: [pgettext("column", "Where she stands"), pgettext("column", "As seen on")],
        rules.BELONGS: [pgettext("column", "Belongs to")],
        rules.NOTE: [pgettext("column", "Note")],
    }
    return titles + [title for part in rules.PARTS if part in parts for title in more[part]]


def pair_titles(what: str) -> list[str]:
    """The titles of every kind but people."""
    act = [pgettext("column", "Act"), pgettext("column", "Kind of act"), pgettext("column", "Date")]
    asked = [
        pgettext("column", "Person asked"),
        pgettext("column", "Asked unit"),
        pgettext("column", "Asker"),
        pgettext("column", "Asker unit"),
    ]
    return {
        rules.TIES: [
            pgettext("column", "Person"),
            pgettext("column", "Person unit"),
            pgettext("column", "Other"),
            pgettext("column", "Other unit"),
            pgettext("column", "Kind of tie"),
            pgettext("column", "Strength"),
            pgettext("column", "Date"),
        ],
        rules.NOMINATIONS: [
            pgettext("column", "Nominator"),
            pgettext("column", "Nominator unit"),
            pgettext("column", "Nominee"),
            pgettext("column", "Nominee unit"),
            pgettext("column", "Question"),
            pgettext("column", "Date"),
        ],
        rules.ASKS: [*act, *asked, pgettext("column", "Outcome")],
        rules.YESES: [*act, *asked],
        rules.INSTITUTIONS: [
            pgettext("column", "Institution"),
            pgettext("column", "Kind of institution"),
            pgettext("column", "Place"),
            pgettext("column", "Person"),
            pgettext("column", "Person unit"),
            pgettext("column", "Role"),
            pgettext("column", "Date"),
        ],
        rules.LEADERS: [
            pgettext("column", "Leader"),
            pgettext("column", "Leader's unit"),
            pgettext("column", "Stage"),
            pgettext("column", "Stage since"),
            pgettext("column", "Who sees to her"),
            pgettext("column", "Walks with her"),
            pgettext("column", "Unit"),
            pgettext("column", "Walks since"),
            pgettext("column", "Asked by the leader"),
            pgettext("column", "Came"),
        ],
    }[what]


def sifted_words(scope: Scope, choice: Choice) -> str:
    """How a choice was sifted, as far as the reader may know; empty for everything."""
    said = []
    only = {"no_chain": _("in no chain"), "nowhere": _("placed in no unit"), "blank": _("not assessed yet")}
    named: list[tuple[str, Any]] = [
        (_("unit: %(name)s"), _name(Unit, choice.unit) if choice.unit and scope.covers_unit(choice.unit) else ""),
        (_("shift: %(name)s"), _name(Shift, choice.shift)),
        (_("institution: %(name)s"), _institution(scope, choice)),
        (_("knows %(name)s"), _person(scope, choice)),
        (_("act: %(name)s"), _name(Occasion, choice.occasion)),
        (_("campaign: %(name)s"), _name(Campaign, choice.campaign)),
        (_("found by “%(name)s”"), choice.text),
    ]
    said = [words % {"name": name} for words, name in named if name]
    if choice.only in only:
        said.append(only[choice.only])
    return ", ".join(said)


def _name(noun: Any, pk: Any) -> str:
    return (noun.objects.filter(pk=pk).values_list("name", flat=True).first() or "") if pk else ""


def _institution(scope: Scope, choice: Choice) -> str:
    found: Institution | None = None
    if choice.institution:
        found = institutions_within(scope).filter(pk=choice.institution).first()
    return found.name if found else ""


def _person(scope: Scope, choice: Choice) -> str:
    found = people_within(scope).filter(pk=choice.knows).first() if choice.knows else None
    return found.name if found else ""
