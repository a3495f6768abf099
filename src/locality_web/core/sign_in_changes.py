"""What happens when somebody's way to sign in changes: other sessions end, a mail says so, the audit record keeps it.

A thief of a password who has signed in already must not stay in when its owner sets up a second factor; and whoever
changes something with a stolen session must not be able to do it unseen.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as second_factor
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as single_sign_on
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.mail import send
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place, require, roles_held
from locality_web.core.roles import all_roles

_LEAST_REASON = 10  # letters; own choice: enough for "lost phone"


def end_sessions(person: Person, request: HttpRequest | None = None) -> None:
    """End every session of a person; the one of `request` stays when it is theirs."""
    Person.objects.filter(pk=person.pk).update(sessions_ended=F("sessions_ended") + 1)
    person.refresh_from_db(fields=["sessions_ended"])
    if request is not None and request.user.is_authenticated and request.user.pk == person.pk:
        update_session_auth_hash(request, person)


def tell(person: Person, what: str, kind: str, *, request: HttpRequest | None = None) -> None:
    """Write a change of somebody's way to sign in down, and tell them by mail.

    Args:
        person: Whose way to sign in changed.
        what: What happened, as the mail and the record say it: "The password was changed".
        kind: The kind of event.
        request: The request that did it; None: a command.
    """
    link = request.build_absolute_uri(reverse("account_reset_password")) if request else ""
    now = timezone.localtime()
    said = {"what": what, "when": f"{now:%-d %B %Y} at {now:%H:%M}", "link": link}
    with transaction.atomic():
        record_event(_own(person, request), kind, f"{what}: {person}", subject=f"person:{person.pk}")
        send(person.email, what, "core/mail/sign_in_changed.txt", said)


def _own(person: Person, request: HttpRequest | None) -> Person | None:
    """Give who did it: the person when they are signed in or came by the link in their mail; None: the site."""
    return person if request is not None else None


def _tells(what: str, kind: str, *, ends_sessions: bool = False) -> Any:
    def heard(request: HttpRequest, user: Person, **named: Any) -> None:
        found = named.get("authenticator")
        if ends_sessions and (found is None or found.type != Authenticator.Type.TOTP):
            return  # recovery codes come and go with the app's secret
        if ends_sessions:
            end_sessions(user, request)
        tell(user, what, kind, request=request)

    return heard


def _tells_of_link(what: str, kind: str) -> Any:
    def heard(request: HttpRequest, **named: Any) -> None:
        person = named["sociallogin"].user if "sociallogin" in named else named["socialaccount"].user
        tell(person, what, kind, request=request)

    return heard


_HEARD = (
    (account.password_changed, _tells("The password was changed", "core.password_changed")),
    (account.password_set, _tells("A password was set", "core.password_set")),
    (account.password_reset, _tells("A new password was set by the link in a mail", "core.password_reset")),
    (
        second_factor.authenticator_added,
        _tells("A second step at sign-in was set up", "core.second_factor_set_up", ends_sessions=True),
    ),
    (
        second_factor.authenticator_removed,
        _tells("The second step at sign-in was taken away", "core.second_factor_taken_away", ends_sessions=True),
    ),
    (second_factor.authenticator_reset, _tells("New recovery codes were made", "core.recovery_codes_made")),
    (
        single_sign_on.social_account_added,
        _tells_of_link("Single sign-on was joined to the account", "core.single_sign_on_joined"),
    ),
    (
        single_sign_on.social_account_removed,
        _tells_of_link("Single sign-on was parted from the account", "core.single_sign_on_parted"),
    ),
)


def listen() -> None:
    """Hear of every change; called once, when the site starts."""
    for signal, heard in _HEARD:
        signal.connect(heard, weak=False, dispatch_uid=f"tell {id(signal)}")


@transaction.atomic
def remove_second_factor(
    by: Person | None, place: Place | None, person: Person, *, reason: str, request: HttpRequest | None = None
) -> None:
    """Take a lost second factor off an account, end its sessions, and tell its owner.

    Args:
        by: An administrator of the partnership; None: whoever runs the site, by command.
        place: The partnership for which the administrator acts; None with the command.
        person: Who lost it.
        reason: How it is known that it was they who asked; kept in the audit record.
        request: The administrator's request.

    Raises:
        NotAllowed: The administrator may not.
        InputRefused: The reason is missing.
        ResultRefused: There is none, it is the administrator's own, or other partnerships rely on it too.
    """
    if by is not None and place is not None:
        require(by, "core.people", place)
        _refuse_beyond(by, place, person)
    if len(reason.strip()) < _LEAST_REASON:
        what, do = "The reason is missing", "Write how you know that the person asked for it."
        raise InputRefused([Fault("second factor", what, do, "second-factor-reason", column="reason")])
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise ResultRefused(f"{person} has no second step at sign-in.", "Nothing was changed.")
    end_sessions(person)
    says = f"Took the second step at sign-in off the account of {person}: {reason.strip()}"
    record_event(by, "core.second_factor_removed", says, place=place, subject=f"person:{person.pk}")
    link = request.build_absolute_uri(reverse("account_reset_password")) if request else ""
    now = timezone.localtime()
    what = "Your second step at sign-in was taken off, because somebody said that you had lost it"
    said = {"what": what, "when": f"{now:%-d %B %Y} at {now:%H:%M}", "link": link}
    send(person.email, "Your second step at sign-in was taken off", "core/mail/sign_in_changed.txt", said)


def with_second_factor(partnership: Partnership) -> set[int]:
    """Give the keys of a partnership's people who have set up a second factor."""
    own = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__roles__partnership=partnership)
    return set(own.values_list("user_id", flat=True))


def _refuse_beyond(by: Person, place: Place, person: Person) -> None:
    """An administrator reaches as far as their own partnership, and never to themselves."""
    if by.pk == person.pk:
        raise ResultRefused("You cannot take off your own second step here.", "Use the page of your account.")
    held = roles_held(person)
    if not any(each.partnership_id == place.partnership.pk for each in held):
        raise ResultRefused(f"{person} holds no role here now.", "Ask the people who run this site.")
    if any(all_roles()[each.role].second_factor and each.partnership_id != place.partnership.pk for each in held):
        raise ResultRefused(
            f"{person} holds a role in another partnership that relies on the second step too.",
            "Ask the people who run this site.",
        )
