"""Pages of one's own account, and of an invitation that somebody received."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import ResultRefused
from locality_web.core import invitations
from locality_web.core.models import Invitation, Person
from locality_web.core.pages import PUBLIC, site_page
from locality_web.core.people_forms import JoinForm, OwnNameForm
from locality_web.core.people_names import change_own_name
from locality_web.core.people_roles import say_role
from locality_web.core.permissions import Place, roles_held
from locality_web.core.sign_in_limits import refuse_too_many


@site_page("core.sign_in", methods=("GET", "POST"))
def account(request: HttpRequest) -> HttpResponse:
    """One's own name, roles and ways to sign in."""
    person: Any = request.user
    form = OwnNameForm(request.POST or None, initial={"name": person.name})
    if form.is_valid():
        change_own_name(person, form.cleaned_data["name"])
        messages.success(request, "Your name is changed.")
        return redirect("core:account")
    roles = [say_role(held.role, Place(held.partnership, held.locality)) for held in roles_held(person)]
    context = {
        "form": form,
        "held": roles,
        "has_second_factor": is_mfa_enabled(person),
        "has_single_sign_on": bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"])
        or SocialAccount.objects.filter(user=person).exists(),
    }
    return render(request, "core/people/account.html", context)


@site_page(PUBLIC, methods=("GET", "POST"))
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation; accept it, with the account that one has or with a new one."""
    if refused := refuse_too_many(request, "accept_invitation"):
        return refused
    found = invitations.find_invitation(token)
    if reason := invitations.why_not(found):
        says = {"title": "This invitation cannot be used", "says": reason}
        return render(request, "core/refusal.html", says, status=410)
    assert found is not None, "why_not refuses what does not exist"
    if request.user.is_authenticated:
        return _accept(request, found)
    if Person.objects.filter(email=found.email).exists():
        return _show(request, found, way="sign_in")
    return _join(request, found)


def _accept(request: HttpRequest, found: Invitation) -> HttpResponse:
    if not invitations.is_for(found, request.user):
        return _show(request, found, way="other")
    if request.method == "GET":
        return _show(request, found, way="accept")
    try:
        invitations.accept(request.user, found)  # type: ignore[arg-type]
    except ResultRefused as refused:
        messages.error(request, str(refused))
    return redirect("core:today")


def _join(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = JoinForm(request.POST or None, email=found.email, initial={"name": found.name})
    if form.is_valid():
        try:
            person = invitations.join(found, **form.cleaned_data)
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            # Signs in as with the password that was just chosen, so that nobody has to type it again at once.
            answer: HttpResponse = perform_password_login(
                request, {"email": person.email}, Login(user=person, email=person.email)
            )
            return answer
    return _show(request, found, way="join", form=form)


def _show(request: HttpRequest, found: Invitation, *, way: str, **more: Any) -> HttpResponse:
    place = Place(found.partnership, found.locality)
    context = {"invitation": found, "says": say_role(found.role, place), "way": way, **more}
    answer = render(request, "core/people/invitation.html", context)
    answer.headers["Referrer-Policy"] = "same-origin"  # the address carries the token; without any, forms are refused
    return answer
