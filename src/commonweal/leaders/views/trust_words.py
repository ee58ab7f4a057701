"""How far a reading can be trusted as a whole, in words that one can say at a kitchen table."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonweal.leaders.models import Reading
from commonweal.leaders.rules.verdicts import refusals_seem_unrecorded


@dataclass(frozen=True)
class Trust:
    """One thing to know before believing the names: `kind` is the look of its box."""

    kind: str
    icon: str
    title: str
    words: str


def trust_in_words(reading: Reading) -> list[Trust]:
    """What was found out about a reading as a whole, the warnings first."""
    return [*_refusals(reading), *_others(reading)]


def _refusals(reading: Reading) -> list[Trust]:
    answers, refusals = reading.facts.get("answers", 0), reading.facts.get("refusals", 0)
    if not refusals_seem_unrecorded(answers=answers, refusals=refusals):
        return []
    said = _(
        "Of %(answers)s answers %(refusals)s were a no. If the noes were left out, nobody can say by how much a name "
        "moves people: everybody looks strong. Only who moves more people than another can be believed. "
        "Write down every no from the next act on."
    )
    title = _("Hardly a no was written down.")
    return [Trust("warn", "warn", title, said % {"answers": answers, "refusals": refusals})]


def _others(reading: Reading) -> list[Trust]:
    proof = reading.facts.get("others")
    if proof is None:
        return []
    found = {
        "stands": Trust(
            "",
            "check",
            _("Proved on different people."),
            _(
                "By lot we split those who were asked into two halves, %(splits)s times: whoever moved the one half "
                "moved the other half too. So what is said here is not only the liking of a few."
            ),
        ),
        "near_zero": Trust(
            "warn",
            "warn",
            _("Not proved on different people."),
            _(
                "By lot we split those who were asked into two halves, %(splits)s times: what the one half showed of a "
                "name did not hold for the other half. Take nobody here as stronger than another yet; ask more people, "
                "and toss coins where two are close."
            ),
        ),
        "few_askers": Trust(
            "",
            "early",
            _("Not yet proved on different people."),
            _("That takes eight people or more who each asked ten or more, with the answers written down."),
        ),
        "few_tests": Trust(
            "",
            "early",
            _("Not yet proved on different people."),
            _("That takes two acts or more, with the answers written down."),
        ),
    }[proof["reason"]]
    return [Trust(found.kind, found.icon, found.title, found.words % {"splits": proof["splits"]})]
