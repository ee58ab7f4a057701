"""Kept conversations: the list with one person, one of them, correcting and removing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers_and_leaders
from commonweal.common.once import once_only
from commonweal.common.refusals import NotYours
from commonweal.ledger.writes import record
from commonweal.listening.models import Conversation, Draft, Inoculation, Issue, Promise
from commonweal.listening.permissions import may_correct, reads_words
from commonweal.listening.reads.conversations import conversation_within, conversations_with, person_to_talk_with
from commonweal.listening.reads.mentions import left_in_the_hall, typed_again
from commonweal.listening.views.mentions import people_listed, places_listed
from commonweal.listening.writes.conversations import remove_conversation
from commonweal.listening.writes.drafts import CorrectedByAnother, begin_draft
from commonweal.people.reads.glances import glances
from commonweal.people.writes.looks import note_look


@organizers_and_leaders
def conversations(request: ScopedRequest, person: UUID) -> HttpResponse:
    her, at = person_to_talk_with(request.account, request.scope, person), now()
    lines = conversations_with(request.scope, request.account, her.pk)
    note_look(person=her.pk, by=request.account.pk, at=at)
    begun = Draft.objects.filter(person=her, account=request.account.pk).first()
    context = {"her": her, "lines": lines, "at": at, "draft": begun}
    return render(request, "listening/conversations.html", context)


@organizers_and_leaders
@once_only
def conversation(request: ScopedRequest, conversation: UUID) -> HttpResponse:
    """One conversation. A POST opens its words to an administrator, corrects it, or removes it."""
    found = conversation_within(request.scope, request.account, conversation)
    words, act = reads_words(request.account, found.account_id), request.POST.get("act", "")
    if request.method == "POST":
        if act == "correct" and may_correct(request.account, found):
            return _correct(request, found)
        if act == "remove" and may_correct(request.account, found):
            her = found.person_id
            remove_conversation(conversation=found, by=request.account.pk, at=now())
            messages.success(request, _("Removed, with its words and promises. What it said of others is struck out."))
            return redirect("listening:conversations_with", her)
        if act == "words" and request.account.may_administer:
            _written_opening(request, found)
            request.session["words"] = str(found.pk)
            return redirect("listening:conversation", found.pk)
        raise NotYours
    words = words or request.session.get("words") == str(found.pk)
    note_look(person=found.person_id, by=request.account.pk, at=now())
    left = left_in_the_hall(found)
    context = {
        "it": found,
        "her": glances(request.scope, [found.person_id])[found.person_id],
        "who": found.account.name if found.account else "",
        "own": found.account_id == request.account.pk,
        "words": words,
        "issues": list(Issue.objects.filter(conversation=found).select_related("topic", "unit")),
        "ready": list(Inoculation.objects.filter(conversation=found)),
        "promises": list(Promise.objects.filter(conversation=found).order_by("due")),
        "people": people_listed(request.scope, left.people),
        "places": places_listed(left.places),
        "stance": left.stance,
        "may_correct": may_correct(request.account, found),
        "may_open": request.account.may_administer and not words,
        "removing": "remove" in request.GET,
    }
    return render(request, "listening/conversation.html", context)


def _correct(request: ScopedRequest, found: Conversation) -> HttpResponse:
    if not reads_words(request.account, found.account_id):
        _written_opening(request, found)
    typed, by = typed_again(found), request.account.pk
    try:
        draft = begin_draft(person=found.person_id, typed=typed, by=by, at=now(), corrects=found.pk)
    except CorrectedByAnother:
        messages.warning(request, _("Somebody else is correcting this conversation just now. Try again later."))
        return redirect("listening:conversation", found.pk)
    if draft.pk != found.pk:
        messages.warning(request, _("You began to write down another talk with her. Keep or drop that one first."))
    return redirect("listening:draft", draft.pk)


def _written_opening(request: ScopedRequest, found: Conversation) -> None:
    facts, by = {"conversation": str(found.pk)}, request.account.pk
    record("opened_words", by=by, at=now(), subject_kind="person", subject=found.person_id, facts=facts)
