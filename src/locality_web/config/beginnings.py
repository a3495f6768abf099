"""How a site begins: its first partnership and that partnership's first administrator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import get_resolver, reverse
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality_web.core import sign_in_changes
from locality_web.core.audit import record_event
from locality_web.core.languages import LANGUAGES
from locality_web.core.models import Partnership, Person, RoleHeld
from locality_web.core.permissions import Place

ROLE = "administrator"


@transaction.atomic
def add_partnership(slug: str, name: str, *, code: str = "", nation: str = "Scotland") -> Partnership:
    """Add a partnership.

    Raises:
        InputRefused: The address is taken, or a value does not fit.
    """
    if slug in LANGUAGES:
        what = f"'{slug}' begins the addresses of pages in {LANGUAGES[slug].name}"
        raise InputRefused([Fault("locality-web", what, "Choose another one, like the area's name.", "bad-slug")])
    if slug in _taken_by_the_site():
        what = f"'{slug}' is an address of the site itself"
        raise InputRefused([Fault("locality-web", what, "Choose another one, like the area's name.", "bad-slug")])
    made = Partnership(slug=slug, name=name, code=code, nation=nation)
    try:
        made.full_clean()
    except ValidationError as wrong:
        raise InputRefused(
            Fault(
                file="locality-web", what=" ".join(texts), do="Change it and run the command again.", code=f"bad-{part}"
            )
            for part, texts in wrong.message_dict.items()
        ) from wrong
    made.save()
    record_event(None, "core.partnership_added", f"Added {name}", place=Place(made), subject=f"partnership:{slug}")
    return made


def _taken_by_the_site() -> set[str]:
    """Give the first parts of the site's own addresses: no partnership can have one of them."""
    found = {"static"}
    for each in _patterns(get_resolver().url_patterns, ""):
        first = each.lstrip("^").partition("/")[0]
        if first and "<" not in first:
            found.add(first)
    return found


def _patterns(patterns: Any, before: str) -> Iterator[str]:
    for each in patterns:
        here = before + str(each.pattern)
        yield from _patterns(each.url_patterns, here) if hasattr(each, "url_patterns") else [here]


@transaction.atomic
def add_administrator(email: str, name: str, partnership: str, *, address: str | None = None) -> str:
    """Make somebody a partnership's administrator; give the link by which they choose their password.

    Raises:
        InputRefused: There is no such partnership, or this is no e-mail address.
    """
    place = Place(_find(partnership))
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise InputRefused([_fault(f"'{email}' is not an e-mail address", "Write it in full.")]) from wrong
    person = Person.objects.filter(email=email.lower()).first() or Person.objects.create_user(email, name=name)
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    RoleHeld.objects.get_or_create(
        person=person, role=ROLE, partnership=place.partnership, ends=None, defaults={"starts": timezone.localdate()}
    )
    record_event(
        None,
        "core.administrator_added",
        f"Made {person} the administrator, by command",
        place=place,
        subject=f"person:{person.pk}",
    )
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    uid, _, token = key.partition("-")
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    return (address or _own_address()).rstrip("/") + path


def remove_second_factor(email: str, reason: str) -> Person:
    """Take a lost second factor off the account with an address.

    Raises:
        InputRefused: There is no such account, or the reason is missing.
        ResultRefused: It has no second factor.
    """
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise InputRefused([_fault(f"there is no account with the address '{email}'", "Write it in full.")])
    sign_in_changes.remove_second_factor(None, None, person, reason=reason)
    return person


def _find(slug: str) -> Partnership:
    found = Partnership.objects.filter(slug=slug).first()
    if found is None:
        there = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
        raise InputRefused([_fault(f"there is no partnership '{slug}' (there are: {there})", "Add it first.")])
    return found


def _fault(what: str, do: str) -> Fault:
    return Fault(file="locality-web", what=what, do=do, code="bad-beginning")


def _own_address() -> str:
    host = settings.ALLOWED_HOSTS[0]
    return f"https://{host}" if settings.HTTPS else f"http://{host}:8000"
