"""Forgetting a person, after a page that says what goes and what stays."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.people.reads.people import writable_person
from commonweal.people.views.asking import ask
from commonweal.people.writes import forgetting as writes


@organizers
@once_only
def forget(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    back = reverse("people:person", args=[her.pk])
    if request.method == "POST":
        try:
            writes.forget(person=her.pk, by=request.account.pk, at=now())
        except writes.LastKey:
            messages.warning(request, _("Not done: hers is the last administrator's log-in. Make another one first."))
            return redirect(back)
        messages.success(request, _("She is forgotten. The counts she was part of stay, without her."))
        return redirect("people:people")
    return ask(
        request,
        forms.Form(),
        title=_("Forget somebody"),
        headline=_("Forget %(name)s?") % {"name": her.name},
        lede=_(
            "Her name, numbers, notes, ties and log-in go for good, from every copy the program keeps. Counts she was "
            "part of stay, without her. This cannot be undone."
        ),
        keep=_("Forget her"),
        back=back,
        bad=True,
    )
