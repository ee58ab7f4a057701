"""Writing a conversation down: steps, mentions, saving as one types, keeping, dropping."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers_and_leaders
from commonweal.common.once import once_only
from commonweal.common.sent import id_in
from commonweal.listening.forms.conversation import heard_from
from commonweal.listening.models import Conversation, Draft
from commonweal.listening.reads.calls import calls_to_settle
from commonweal.listening.reads.conversations import conversation_within, draft_within
from commonweal.listening.rules.drafts import Copy
from commonweal.listening.rules.typed import Typed, typed_from
from commonweal.listening.views.mentions import is_way
from commonweal.listening.views.talking import STEPS, form_of, is_settled, show, step_asked
from commonweal.listening.writes.conversations import CorrectedMeanwhile, Kept, keep_conversation
from commonweal.listening.writes.drafts import DraftGone, WrittenMeanwhile, change_mentions, drop_draft, save_draft
from commonweal.people.forms.picking import NEW, Picker
from commonweal.people.reads.organization import country_of_place
from commonweal.people.words import AffiliationRole, InstitutionKind

NOT_TYPED = {"csrfmiddlewaretoken", "once", "go", "add", "remove", "look", "version", "page", "sent", "step", "other", "other_unit"}  # fmt: skip


@organizers_and_leaders
@once_only
def draft(request: ScopedRequest, draft: UUID) -> HttpResponse:
    row = draft_within(request.scope, request.account, draft)
    if request.method != "POST":
        typed, check = typed_from(str(row.typed)), "check" in request.GET
        form, step = form_of(typed, check=check, at=now()), step_asked(request.GET.get("step", ""), row)
        return show(request, row, typed, form, step=step, to_settle=check and _has_names_to_settle(typed))
    step, typed = step_asked(request.POST.get("step", ""), row), _typed_with_sent(request, row)
    picker = Picker(request, request.scope, country_of_place(), near=row.person_id, optional=True)
    adds_somebody = request.POST.get("add") == "person"
    if picker.looking or (adds_somebody and not (picker.text and picker.is_settled())):
        if adds_somebody and not picker.error:
            picker.error = _("Type a name first.")
        return show(request, row, typed, form_of(typed, check=False, at=now()), step=step, picker=picker)
    going = request.POST.get("go", "")
    try:
        saved = _save(request, row, going if going in STEPS else step)
    except WrittenMeanwhile as refusal:
        row.version = refusal.version
        return show(request, row, typed, form_of(typed, check=False, at=now()), step=step, conflict=True)
    anchor = _take_mention(request, saved, picker)
    return redirect(f"{reverse('listening:draft', args=[row.pk])}?step={going if going in STEPS else step}{anchor}")


@organizers_and_leaders
@require_POST
def save(request: ScopedRequest, draft: UUID) -> HttpResponse:
    """What the page sends while somebody types; a form that waited at the door comes here too, and is led back."""
    by_page = request.headers.get("X-Requested-With") == "page"
    address = reverse("listening:draft", args=[draft])
    try:
        row = draft_within(request.scope, request.account, draft)
        row = _save(request, row, step_asked(request.POST.get("step", ""), row))
    except WrittenMeanwhile as refusal:
        return JsonResponse({"version": refusal.version}, status=409) if by_page else redirect(address)
    return JsonResponse({"version": row.version}) if by_page else redirect(address)


@organizers_and_leaders
@require_POST
def keep(request: ScopedRequest, draft: UUID) -> HttpResponse:
    """Keeps the conversation. A script that sent it is told where to go on, so that what is said there is not lost on it."""
    answer = _keep(request, draft)
    if request.headers.get("X-Requested-With") != "page":
        return answer
    if answer.status_code == 409:
        version = Draft.objects.filter(pk=draft).values_list("version", flat=True).first()
        return JsonResponse({"version": version}, status=409)
    return JsonResponse({"to": answer.headers["Location"]}) if answer.status_code == 302 else answer


def _keep(request: ScopedRequest, draft: UUID) -> HttpResponse:
    """What is wrong or missing is shown on its step, and nothing that was typed is lost."""
    if not Draft.objects.filter(pk=draft, account=request.account.pk).exists():
        return _kept_already(request, draft)
    row = draft_within(request.scope, request.account, draft)
    her, step, typed = row.person_id, step_asked(request.POST.get("step", ""), row), _typed_with_sent(request, row)
    try:
        row = _save(request, row, step)
    except WrittenMeanwhile as refusal:
        row.version = refusal.version
        return show(request, row, typed, form_of(typed, check=False, at=now()), step=step, conflict=True)
    except DraftGone:
        return _kept_already(request, draft)
    typed = typed_from(str(row.typed))
    form = form_of(typed, check=True, at=now())
    address = reverse("listening:draft", args=[draft])
    if not form.is_valid():
        return redirect(f"{address}?step={form.step_to_mend or step}&check=1#mend")
    if _has_names_to_settle(typed):
        return redirect(f"{address}?step={step}&check=1#mend")
    heard = heard_from(form, _with_place(typed))
    try:
        kept = keep_conversation(
            draft=draft,
            heard=heard,
            corrects=typed.corrects,
            scope=request.scope,
            by=request.account.pk,
            at=now(),
            settles=_settled(request, her, typed, heard.on),
        )
    except CorrectedMeanwhile:
        messages.warning(request, _("Somebody corrected this conversation meanwhile. Look at it, then begin again."))
        return redirect("listening:conversation", draft)
    except DraftGone:
        return _kept_already(request, draft)
    messages.success(request, _said_after(kept))
    return redirect("listening:conversation", kept.conversation.pk)


@organizers_and_leaders
@require_POST
@once_only
def drop(request: ScopedRequest, draft: UUID) -> HttpResponse:
    row = draft_within(request.scope, request.account, draft)
    drop_draft(draft=row.pk, by=request.account.pk)
    messages.success(request, _("Thrown away. Nothing of it was kept."))
    return redirect("people:person", row.person_id)


def _save(request: ScopedRequest, row: Draft, step: str) -> Draft:
    sent = request.POST
    return save_draft(
        draft=row.pk,
        fields=_fields(request),
        step=step,
        opened_at=_number(sent.get("version", "")),
        came=Copy(sent.get("page", "")[:40], _number(sent.get("sent", ""))),
        by=request.account.pk,
        at=now(),
    )


def _fields(request: ScopedRequest) -> dict[str, list[str]]:
    return {name: [str(one) for one in values] for name, values in request.POST.lists() if name not in NOT_TYPED}


def _typed_with_sent(request: ScopedRequest, row: Draft) -> Typed:
    held = typed_from(str(row.typed))
    return held.with_fields(_fields(request).items(), held.last)


def _take_mention(request: ScopedRequest, row: Draft, picker: Picker) -> str:
    """Adds or removes the mention that the form asks for; where the page is to be shown."""
    sent = request.POST
    typed = typed_from(str(row.typed))
    if sent.get("add") == "person" and is_way(sent.get("how", "")):
        new = picker.chosen == NEW
        person = None if new else UUID(picker.chosen)
        unit = id_in(picker.unit) if new else None
        typed = typed.mentioning(sent["how"], person=person, name=picker.text if new else "", unit=unit)
        typed = _emptied(typed, "other_text")
    elif sent.get("add") == "place":
        typed = _with_place(typed)
    elif sent.get("remove", "").isdigit():
        typed = typed.without(int(sent["remove"]))
    else:
        return ""
    change_mentions(draft=row.pk, typed=typed, by=request.account.pk, at=now())
    return "#mentioned"


def _settled(request: ScopedRequest, person: UUID, typed: Typed, on: date) -> list[UUID]:
    """The calls for this conversation: those that came before it, but for those which the writer leaves open."""
    if typed.corrects:
        return []
    calls = calls_to_settle(request.account, person)
    return [one.pk for one in calls if localdate(one.at) <= on and is_settled(one.pk, typed)]


def _has_names_to_settle(typed: Typed) -> bool:
    """Whether names wait of which nobody has said yet who they are."""
    return bool(typed.first("other_text").strip() or typed.first("noted").strip())


def _with_place(typed: Typed) -> Typed:
    """With the institution whose name is typed and not added yet, where there is one."""
    name = " ".join(typed.first("place_name").split())[:160]
    if not name:
        return typed
    kind, role = typed.first("place_kind"), typed.first("place_role")
    kind = kind if kind in InstitutionKind.values else InstitutionKind.OTHER.value
    role = role if role in AffiliationRole.values else AffiliationRole.MEMBER.value
    return _emptied(typed.belonging(kind, name, role), "place_name")


def _emptied(typed: Typed, name: str) -> Typed:
    return replace(typed, fields=typed.fields | {name: [""]})


def _kept_already(request: ScopedRequest, draft: UUID) -> HttpResponse:
    """Sent again after it was kept: the same answer as the first time."""
    found: Conversation = conversation_within(request.scope, request.account, draft)
    return redirect("listening:conversation", found.pk)


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 12 else -1


def _said_after(kept: Kept) -> str:
    if kept.before:
        return _("Kept already; it counts once.")
    if not kept.known:
        return _("Kept.")
    return ngettext(
        "Kept. One of the names was known already and counts once.",
        "Kept. %(number)s of the names were known already and count once.",
        kept.known,
    ) % {"number": kept.known}
