"""Doors: which roles reach a view. What a person may see behind the door follows from her scope."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from commonweal.common.clock import now
from commonweal.common.kept_form import forget_form, keep_form
from commonweal.common.scope import Scope

ADMINISTRATOR, ORGANIZER, LEADER, MEMBER = "administrator", "organizer", "leader", "member"
ROLES = (ADMINISTRATOR, ORGANIZER, LEADER, MEMBER)
FRESH = timedelta(minutes=5)
View = Callable[..., HttpResponseBase]


class SignedIn(Protocol):
    """What every room may know about whoever is signed in."""

    pk: UUID
    name: str
    role: str
    language: str
    person_id: UUID | None

    @property
    def may_organize(self) -> bool: ...

    @property
    def may_administer(self) -> bool: ...


class ScopedRequest(HttpRequest):
    """A request behind a door: `account` and her `scope` are set by the middleware."""

    account: SignedIn
    scope: Scope
    confirmed_at: datetime | None
    """When she last showed that it is she."""
    named: Collection[UUID]
    """Set by a page that names people without a link to them or a box to choose them: they count as seen."""


def for_roles(*roles: str) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """A view that only these roles reach. Others get 'not found'; strangers are asked to sign in.

    Whoever lies idle at the door shows first that it is she; the form that she sent waits for her.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            account: SignedIn | None = getattr(request, "account", None)
            if account is None:
                return redirect_to_login(page_or_kept_form(request))
            if account.role not in roles:
                raise Http404
            forget_form(request)
            return view(request, *args, **kwargs)

        guarded.roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return decorate


def is_fresh(confirmed_at: datetime | None, at: datetime) -> bool:
    """True when she showed within the last five minutes that it is she."""
    return confirmed_at is not None and timedelta() <= at - confirmed_at <= FRESH


def freshly_confirmed(view: Callable[..., HttpResponseBase]) -> View:
    """A view for which she must have shown in the last five minutes that it is she; put it inside the role's door.

    Who has not is led to the page that asks, and from there back to this page. What a form held waits
    meanwhile, and is sent with one more press; a form with secrets or files in it is filled in again.
    """

    @wraps(view)
    def guarded(request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_fresh(request.confirmed_at, now()):
            return view(request, *args, **kwargs)
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': page_or_kept_form(request)})}")

    return guarded


def page_or_kept_form(request: HttpRequest) -> str:
    """The page to come back to; after a POST of somebody known the one that sends the kept form again."""
    page = page_of(request)
    known: SignedIn | None = getattr(request, "account", None) or getattr(
        getattr(request, "door", None), "account", None
    )
    if known is not None and keep_form(request, known.pk, page=page, at=now()):
        return reverse("accounts:go_on")
    return page


def page_of(request: HttpRequest) -> str:
    """The page to come back to: this one, or after a POST the page whose form it was."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    ours = page.netloc == request.get_host() and page.path.startswith("/") and not page.path.startswith("//")
    return page._replace(scheme="", netloc="", fragment="").geturl() if ours else "/"


anyone_signed_in = for_roles(*ROLES)
organizers_and_leaders = for_roles(ADMINISTRATOR, ORGANIZER, LEADER)
organizers = for_roles(ADMINISTRATOR, ORGANIZER)
administrators = for_roles(ADMINISTRATOR)
