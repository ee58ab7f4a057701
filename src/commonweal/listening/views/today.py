"""The first page of an organizer's day, and of a leader's."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import LEADER, ScopedRequest, organizers_and_leaders
from commonweal.listening.reads.agreed import talks_due
from commonweal.listening.reads.conversations import drafts_of
from commonweal.listening.reads.next_talks import next_talks
from commonweal.listening.reads.promises import owed_by
from commonweal.listening.reads.today import calls_for, coming_occasion
from commonweal.listening.views.calls import offered_undo_of_call
from commonweal.listening.views.gap_words import call_in_words
from commonweal.listening.views.next_words import why_talk
from commonweal.listening.views.promises import offered_undo
from commonweal.listening.views.talking import key_for

TALKS = 2
LATER = 3


@organizers_and_leaders
def today(request: ScopedRequest) -> HttpResponse:
    at = now()
    day = localdate(at)
    due = owed_by(request.scope, request.account, day)
    calls = calls_for(request.scope, request.account)
    drafts = drafts_of(request.scope, request.account.pk, day)
    leads = request.account.role == LEADER
    advice = next_talks(request.scope, request.account, day, TALKS)
    again = talks_due(request.scope, request.account, day)
    told = {one.person.id for one in calls} | {one.person.id for one in again}
    advised = [(one, why_talk(one, leads=leads)) for one in advice if one.person.id not in told]
    talks = len(calls) + len(advised) + len(again)
    context = {
        "due": due,
        "later": due.later[:LATER],
        "all": len(due.now) + len(due.later),
        "talks": advised,
        "again": again,
        "leads": leads,
        "calls": [(one, call_in_words(one.call)) for one in calls],
        "drafts": [(one, key_for(one.draft.pk, request.account.pk)) for one in drafts],
        "coming": coming_occasion(request.scope, request.account, day),
        "today": day,
        "part": part_of_day(localtime(at).hour),
        "headline": headline(len(due.overdue), len(due.today), talks),
        "lede": lede(due.now != [], talks),
        "undo": offered_undo(request),
        "undo_call": offered_undo_of_call(request),
        "back": "today",
    }
    return render(request, "listening/today.html", context)


def headline(overdue: int, due: int, talks: int) -> str:
    """The news of the day."""
    late = ngettext("one is overdue", "%(number)s are overdue", overdue) % {"number": counted(overdue)}
    if due:
        said = ngettext("One promise falls due today", "%(number)s promises fall due today", due)
        today = said % {"number": counted(due)}
        return _("%(today)s, %(late)s") % {"today": today, "late": late} if overdue else today
    if overdue:
        return ngettext("One promise is overdue", "%(number)s promises are overdue", overdue) % {
            "number": counted(overdue)
        }
    if talks:
        return ngettext("One conversation waits for you", "%(number)s conversations wait for you", talks) % {
            "number": counted(talks)
        }
    return _("Nothing is due today")


def lede(due: bool, talks: int) -> str:
    """What comes after it."""
    if due and talks:
        return ngettext(
            "Then one good conversation, if the break is long enough.",
            "Then %(number)s good conversations, if the break is long enough.",
            talks,
        ) % {"number": counted(talks)}
    return _("Ninety in a hundred of organizing is coming back when you said you would.") if due else ""


def part_of_day(hour: int) -> str:
    """Morning, afternoon, evening or night, as the line above the headline says it."""
    if 5 <= hour < 12:
        return pgettext("part of the day", "morning")
    if 12 <= hour < 18:
        return pgettext("part of the day", "afternoon")
    return pgettext("part of the day", "evening") if hour < 23 and hour >= 18 else pgettext("part of the day", "night")
