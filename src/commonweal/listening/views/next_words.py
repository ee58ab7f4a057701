"""Why a talk is worth having, in sentences with their facts."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonweal.common.counts import counted
from commonweal.listening.reads.next_talks import Advice
from commonweal.reckoning.next_talks import Hole, Reason

REASON_WORDS = {
    Reason.NAMED: gettext_lazy("others name her"),
    Reason.DECIDES: gettext_lazy("her word would decide"),
    Reason.BRIDGE: gettext_lazy("she joins two groups"),
    Reason.INSTITUTION: gettext_lazy("she belongs where we know nobody"),
    Reason.HOLE: gettext_lazy("a hole in a chain"),
    Reason.UNMAPPED: gettext_lazy("we have heard few there"),
}
SAID = 3
ALONE = 3
"""From so many people of her unit and shift who walk with no one it is worth saying."""


def why_talk(advice: Advice, *, leads: bool = False) -> list[str]:
    """Sentences that say why a talk with her is worth having, the weightiest first. With `leads`, to her leader."""
    said: list[str] = []
    for reason in advice.reasons:
        said += SENTENCES[reason](advice)
    if leads:
        said = _hole(advice) if Reason.HOLE in advice.reasons else []
        return said or [_("You have not written down a talk with her yet.")]
    if not advice.talked and Reason.NAMED not in advice.reasons:
        said.append(_("No talk with her is written down."))
    return said


def _named(advice: Advice) -> list[str]:
    talk = advice.talk
    said = [
        ngettext(
            "One person names her as the one to go to.",
            "%(number)s people name her as the one they go to.",
            talk.named_by,
        )
        % {"number": counted(talk.named_by)}
    ]
    if talk.named_apart > 1:
        said.append(
            ngettext(
                "They stand in one unit and shift.",
                "They stand in %(number)s different units and shifts.",
                talk.named_apart,
            )
            % {"number": counted(talk.named_apart)}
        )
    if talk.named_opposed:
        said.append(
            ngettext("One of them said no to us.", "%(number)s of them said no to us.", talk.named_opposed)
            % {"number": counted(talk.named_opposed)}
        )
    if not advice.talked:
        said.append(_("No talk with her is written down."))
    if advice.chains and talk.group_alone >= ALONE:
        said.append(
            ngettext(
                "One person of her unit and shift walks with no one.",
                "%(number)s people of her unit and shift walk with no one.",
                talk.group_alone,
            )
            % {"number": counted(talk.group_alone)}
        )
    return said


def _decides(advice: Advice) -> list[str]:
    named = [
        ngettext("%(name)s (named by one)", "%(name)s (named by %(number)s)", number)
        % {"name": glance.name, "number": counted(number)}
        for glance, number in advice.candidates
    ]
    if len(named) > 1:
        return [
            _("We cannot tell yet whom people follow: %(one)s or %(other)s. Whom she names would help to decide.")
            % {"one": named[0], "other": named[1]}
        ]
    if named:
        return [_("We cannot tell yet whether people follow %(one)s. She would know.") % {"one": named[0]}]
    return [_("We cannot tell yet whom people around her follow. She would know.")]


def _bridge(advice: Advice) -> list[str]:
    here = _where(advice)
    if not here or not advice.other_group:
        return []
    return [
        _("As far as we know, only she joins %(here)s and %(there)s. One talk would tell whether they know each other.")
        % {"here": here, "there": advice.other_group}
    ]


def _institution(advice: Advice) -> list[str]:
    if not advice.institution:
        return []
    return [_("She belongs to %(name)s, where we have talked with nobody yet.") % {"name": advice.institution}]


def _hole(advice: Advice) -> list[str]:
    what = advice.occasion or _("the last test")
    said: list[str]
    if advice.hole == Hole.DID_NOT_COME:
        said = [_("She was asked to %(what)s and did not come.") % {"what": what}]
    elif advice.leader is not None:
        said = [
            _("Nobody asked her to %(what)s, though she walks with %(leader)s.")
            % {"what": what, "leader": advice.leader.name}
        ]
    else:
        said = [_("Nobody asked her to %(what)s.") % {"what": what}]
    if advice.talk.holes > 1:
        said.append(
            ngettext(
                "In her chain one person did not come or was not asked.",
                "In her chain %(number)s people did not come or were not asked.",
                advice.talk.holes,
            )
            % {"number": counted(advice.talk.holes)}
        )
    return said


def _unmapped(advice: Advice) -> list[str]:
    talk, here = advice.talk, _where(advice)
    if not here or not talk.group_size:
        return [_("We do not know where she works.")]
    facts = {"place": here, "told": counted(talk.group_told), "size": counted(talk.group_size)}
    if not talk.group_told:
        return [
            ngettext(
                "%(place)s: nobody there has told us whom she goes to.",
                "%(place)s: of %(size)s people nobody has told us whom they go to.",
                talk.group_size,
            )
            % facts
        ]
    return [
        ngettext(
            "%(place)s: of %(size)s people one has told us whom they go to.",
            "%(place)s: of %(size)s people %(told)s have told us whom they go to.",
            talk.group_told,
        )
        % facts
    ]


def _where(advice: Advice) -> str:
    return ", ".join(part for part in (advice.person.unit, advice.person.shift) if part)


SENTENCES = {
    Reason.NAMED: _named,
    Reason.DECIDES: _decides,
    Reason.BRIDGE: _bridge,
    Reason.INSTITUTION: _institution,
    Reason.HOLE: _hole,
    Reason.UNMAPPED: _unmapped,
}
