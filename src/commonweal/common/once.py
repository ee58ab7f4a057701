"""A form counts once: a double click, a repeated request after a lost answer, and the back button."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from commonweal.common.clock import now
from commonweal.common.models import Once

View = Callable[..., HttpResponseBase]
KEPT = timedelta(days=1)


class _Again(Exception):
    def __init__(self, location: str) -> None:
        self.location = location


def once_only(view: View) -> View:
    """A view whose successful POST takes effect once for each once-key (`{% once %}` in the form).

    The whole view runs in one transaction with the key. Success must answer with a redirect, which
    a repetition gets again; any other answer (a form shown with its errors) undoes everything,
    so that the corrected form can be sent with the same key. A POST without a key is refused.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        typed = request.POST.get("once", "")
        if not typed:
            return HttpResponse(status=422)
        who = getattr(request.user, "pk", "")
        key = hashlib.sha256(f"{who}\0{request.path}\0{typed}".encode()).hexdigest()
        try:
            with transaction.atomic():
                moment = now()
                Once.objects.filter(at__lt=moment - KEPT).delete()
                row, first = Once.objects.get_or_create(key=key, defaults={"at": moment})
                if not first:
                    raise _Again(row.location)
                response = view(request, *args, **kwargs)
                if response.status_code in (302, 303):
                    row.location = response["Location"]
                    row.save(update_fields=["location"])
                else:
                    transaction.set_rollback(True)
                return response
        except _Again as again:
            return HttpResponseRedirect(again.location)

    return guarded
