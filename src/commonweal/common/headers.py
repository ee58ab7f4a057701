"""Headers that keep pages to themselves, and plain pages for refusals and troubles nobody worded."""

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from commonweal.common.refusals import NotYours, Refusal
from commonweal.common.sealed import KeysBarred, KeysMissing, SealBroken

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; manifest-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)
PERMISSIONS = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
    "payment=(), usb=(), interest-cohort=()"
)
Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)


class SafeHeaders:
    """Content policy and isolation on every answer; nothing of a signed-in page is kept."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("X-Frame-Options", "DENY")
        if not request.path.startswith("/" + settings.STATIC_URL.lstrip("/")):
            headers.setdefault("Cache-Control", "no-store")
        return response


class PlainRefusals:
    """Turns what no view worded into a plain page: a refusal, a busy or a full database, a key that is
    not there; outside the scope is 'not found'."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotYours):
            raise Http404
        if isinstance(exception, Refusal):
            return render(request, "common/refused.html", status=409)
        if isinstance(exception, KeysBarred):
            return render(request, "common/sealed.html", {"locked": True}, status=503)
        if isinstance(exception, KeysMissing | SealBroken):
            log.error("A seal does not open: is the key file the right one?", exc_info=exception)
            return render(request, "common/sealed.html", {"locked": False}, status=503)
        if isinstance(exception, DataError | ValueError) and "NUL" in str(exception):
            return render(request, "common/refused.html", status=400)  # nobody types that letter; PostgreSQL has none
        if isinstance(exception, OperationalError):
            return self.answer_trouble(request, str(exception))
        return None

    def answer_trouble(self, request: HttpRequest, words: str) -> HttpResponse | None:
        """The database could not do it now: busy (503, try again) or out of room (507); nothing was
        half done, because every write is one transaction. None for any other trouble: a bug."""
        if re.search("locked|timeout|could not serialize|deadlock", words):
            busy = render(request, "common/busy.html", {"full": False}, status=503)
            busy.headers["Retry-After"] = "5"
            return busy
        if re.search("full|No space left|disk I/O", words):
            return render(request, "common/busy.html", {"full": True}, status=507)
        return None
