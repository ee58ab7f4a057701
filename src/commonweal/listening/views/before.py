"""Before a conversation: what we know, what to ask about, and the button that begins it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers_and_leaders
from commonweal.common.once import once_only
from commonweal.listening.models import Draft
from commonweal.listening.reads.before import Before, before_talking
from commonweal.listening.reads.conversations import person_to_talk_with
from commonweal.listening.reads.prompts import prompts_in
from commonweal.listening.rules.typed import Typed
from commonweal.listening.views.gap_words import call_in_words, gap_in_words
from commonweal.listening.words import Step
from commonweal.listening.writes.drafts import begin_draft
from commonweal.people.writes.looks import note_look


@organizers_and_leaders
@once_only
def talk(request: ScopedRequest, person: UUID) -> HttpResponse:
    her, at = person_to_talk_with(request.account, request.scope, person), now()
    today = localdate(at)
    if request.method == "POST":
        first = Typed(fields={"on": [today.isoformat()]})
        draft = begin_draft(person=her.pk, typed=first, by=request.account.pk, at=at)
        return redirect("listening:draft", draft.pk)
    note_look(person=her.pk, by=request.account.pk, at=at)
    before = before_talking(request.scope, request.account, her, today)
    context = {
        "her": her,
        "before": before,
        "record": before.record,
        "gaps": [gap_in_words(word, before) for word in before.ask_about],
        "calls": [call_in_words(one) for one in before.calls],
        "prompts": [(Step(step).label, said[0]) for step, said in prompts_in(get_language() or "en").items()],
        "draft": Draft.objects.filter(person=her, account=request.account.pk).first(),
        "today": today,
        "news": _news(before),
    }
    return render(request, "listening/talk.html", context)


def _news(before: Before) -> str:
    if before.talks:
        return _("You talk again. Begin with what came of the last time.")
    return _("Nobody has sat down with her yet.")
