"""Doors: which roles reach a view. What a person may see behind the door follows from her scope."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from commonweal.common.scope import Scope

ADMINISTRATOR, ORGANIZER, LEADER, MEMBER = "administrator", "organizer", "leader", "member"
ROLES = (ADMINISTRATOR, ORGANIZER, LEADER, MEMBER)
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


def for_roles(*roles: str) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """A view that only these roles reach. Others get 'not found'; strangers are asked to sign in."""

    def decorate(view: Callable[..., HttpResponseBase]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            account = getattr(request, "account", None)
            if account is None:
                return redirect_to_login(request.get_full_path())
            if account.role not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        guarded.roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return decorate


anyone_signed_in = for_roles(*ROLES)
organizers_and_leaders = for_roles(ADMINISTRATOR, ORGANIZER, LEADER)
organizers = for_roles(ADMINISTRATOR, ORGANIZER)
administrators = for_roles(ADMINISTRATOR)
