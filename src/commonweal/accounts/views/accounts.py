"""Who has a log-in: list, invite, change, end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.accounts.forms import InviteForm, RoleForm
from commonweal.accounts.models import Account
from commonweal.accounts.permissions import looked_after_by, refuse_others, roles_to_invite
from commonweal.accounts.reads.accounts import (
    account_of,
    invitation_of,
    open_accounts,
    open_invitations,
    people_to_invite,
)
from commonweal.accounts.reads.devices import devices_of
from commonweal.accounts.rules import in_groups
from commonweal.accounts.views.doorway import keep_sealed, kept_sealed
from commonweal.accounts.views.factors import picture_of
from commonweal.accounts.views.scope import DoorRequest
from commonweal.accounts.views.you import account_on
from commonweal.accounts.words import Role
from commonweal.accounts.writes.accounts import LastAdministrator, change_role, end_account
from commonweal.accounts.writes.devices import end_devices
from commonweal.accounts.writes.factors import take_all_factors
from commonweal.accounts.writes.invitations import (
    HasAccount,
    InvitationOver,
    NeedsPerson,
    NeedsUnits,
    invite,
    make_code_anew,
    withdraw,
)
from commonweal.accounts.writes.links import make_paper_link
from commonweal.common.clock import now
from commonweal.common.doors import freshly_confirmed, organizers
from commonweal.common.once import once_only
from commonweal.people.models import Person, Unit
from commonweal.people.reads.people import person_within

FOUND = 8
ON_A_PAGE = 100


@organizers
def accounts(request: DoorRequest) -> HttpResponse:
    me, at, asked = account_on(request), now(), request.GET.get("q", "").replace("\0", "").strip()
    hers = looked_after_by(me, request.scope)
    page = Paginator(open_accounts(hers | Q(pk=me.pk), named=asked), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "asked": asked, "invitations": open_invitations(hers, at)[:ON_A_PAGE]}
    return render(request, "accounts/accounts.html", shown)


@organizers
@freshly_confirmed
@once_only
def new_invitation(request: DoorRequest) -> HttpResponse:
    me = account_on(request)
    person = chosen_person(request)
    first = {"role": Role.LEADER, "name": person.name if person else ""}
    roles = roles_to_invite(me)
    form = InviteForm(request.POST or None, initial=first, units=units_in_order() if me.may_administer else None)
    form.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            made, code = invite(
                name=form.cleaned_data["name"],
                role=form.cleaned_data["role"],
                units=form.picked,
                person=person.pk if person else None,
                by=me.pk,
                at=now(),
            )
        except NeedsPerson:
            form.add_error("role", _("Choose first whom on the list this is for: find her above."))
        except HasAccount:
            form.add_error("role", _("She has an account already."))
        except NeedsUnits:
            form.add_error("units", _("Choose at least one unit, or she would see nobody."))
        else:
            keep_sealed(request, "sheet", [str(made.pk), code])
            return redirect("accounts:invitation", made.pk)
    asked = request.GET.get("q", "").replace("\0", "").strip()
    found = people_to_invite(request.scope, asked, most=FOUND) if asked else None
    shown = {"form": form, "person": person, "asked": asked, "found": found, "tree": bool(Role.ORGANIZER in roles)}
    return render(request, "accounts/invite.html", shown)


def chosen_person(request: DoorRequest) -> Person | None:
    asked = request.POST.get("person") or request.GET.get("person") or ""
    if not asked:
        return None
    try:
        return person_within(request.scope, UUID(asked))
    except ValueError:
        raise Http404 from None


def units_in_order() -> Any:
    return Unit.objects.select_related("parent").order_by("parent__position", "parent__name", "position", "name")


@organizers
@once_only
def invitation(request: DoorRequest, number: UUID) -> HttpResponse:
    """The sheet to print while its code is known, and afterwards what became of it."""
    me, at = account_on(request), now()
    found = invitation_of(number)
    refuse_others(me, found, request.scope)
    if request.method == "POST":
        if "withdraw" in request.POST:
            withdraw(found, by=me.pk, at=at)
            messages.success(request, _("Withdrawn. The sheet opens nothing any more."))
            return redirect("accounts:accounts")
        if "anew" in request.POST:
            try:
                keep_sealed(request, "sheet", [str(found.pk), make_code_anew(found, by=me.pk, at=at)])
            except InvitationOver:
                messages.error(request, _("It was used or withdrawn in the meantime."))
        return redirect("accounts:invitation", number)
    is_open = found.used_at is None and found.withdrawn_at is None and found.ends_at > at
    shown = {"invitation": found, "open": is_open} | sheet_for(request, found.pk)
    return render(request, "accounts/invitation.html", shown)


def sheet_for(request: DoorRequest, number: UUID) -> dict[str, Any]:
    """The code, address and picture of the sheet that this session has just made for a row; else nothing."""
    kept = kept_sealed(request, "sheet")
    if not kept or kept[0] != str(number):
        return {"code": ""}
    address = request.build_absolute_uri(reverse("accounts:enter", args=[kept[1]]))
    return {
        "code": in_groups(kept[1]),
        "address": address,
        "typed_at": request.build_absolute_uri(reverse("accounts:by_code")),
        "picture": picture_of(address),
    }


@organizers
@freshly_confirmed
@once_only
def account(request: DoorRequest, number: UUID) -> HttpResponse:
    me, at = account_on(request), now()
    found = account_of(number)
    refuse_others(me, found, request.scope)
    if found.pk == me.pk:
        return redirect("accounts:you")  # of herself nobody changes more than that page offers
    first = {"role": found.role, "units": found.units.all()}
    role_sent = "role" in request.POST and me.may_administer
    form = RoleForm(request.POST if role_sent else None, initial=first, units=units_in_order())
    if request.method == "POST" and found.is_active:
        answer = changed(request, me, found, form if role_sent else None)
        if answer is not None:
            return answer
    shown = {
        "one": found,
        "form": form if me.may_administer and found.is_active else None,
        "devices": devices_of(found, at),
        "has_factor": found.second_factors.exists(),
    } | sheet_for(request, found.pk)
    return render(request, "accounts/account.html", shown)


def changed(request: DoorRequest, me: Account, found: Account, form: RoleForm | None) -> HttpResponse | None:
    """Does what a button of the account's page asks; None when the page is to be shown again with what is wrong."""
    at = now()
    try:
        if form is not None:
            if not form.is_valid():
                return None
            change_role(found, role=form.cleaned_data["role"], units=form.picked, by=me.pk, at=at)
            messages.success(request, _("Kept. On her devices she shows once more that it is she."))
        elif "link" in request.POST:
            keep_sealed(request, "sheet", [str(found.pk), make_paper_link(found, by=me.pk, at=at)])
        elif "sign_out" in request.POST:
            end_devices(found)
            messages.success(request, _("She is signed out everywhere."))
        elif "take_factors" in request.POST and me.may_administer:
            take_all_factors(found, by=me.pk, at=at)
            messages.success(request, _("Taken away. At her next sign-in she sets up a new one."))
        elif "end" in request.POST:
            end_account(found, by=me.pk, at=at)
            messages.success(request, _("The account is closed."))
            return redirect("accounts:accounts")
    except LastAdministrator:
        messages.error(request, _("A place keeps one administrator at least. Make somebody else one first."))
    except NeedsUnits:
        form.add_error("units", _("Choose at least one unit, or she would see nobody."))  # type: ignore[union-attr]
        return None
    except (NeedsPerson, HasAccount):
        form.add_error(  # type: ignore[union-attr]
            "role", _("A leader or member is somebody on the list. Close this account and invite her from her page.")
        )
        return None
    return redirect("accounts:account", found.pk)
