"""A site's partnerships and people, made as the site itself makes them."""

from __future__ import annotations

import datetime as dt

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils.text import slugify

from locality_web.core.models import Locality, Partnership, Person, RoleHeld
from locality_web.core.permissions import Place
from locality_web.core.roles import all_roles

FIFE_LOCALITIES = ("Levenmouth", "North East Fife", "Kirkcaldy", "Dunfermline")


def partnership(slug: str = "fife", name: str = "Fife", localities: tuple[str, ...] = FIFE_LOCALITIES) -> Partnership:
    made = Partnership.objects.create(slug=slug, name=name, code=slug.upper(), made_up=True)
    for each in localities:
        Locality.objects.create(partnership=made, slug=slugify(each), code=slugify(each), name=each)
    return made


def locality(of: Partnership, slug: str = "levenmouth") -> Locality:
    return of.localities.get(slug=slug)


def place(of: Partnership, slug: str | None = None) -> Place:
    return Place(of, locality(of, slug) if slug else None)


def person(
    role: str | None = None,
    of: Partnership | None = None,
    in_locality: str | None = None,
    *,
    name: str | None = None,
    email: str | None = None,
) -> Person:
    """Somebody with at most one role; a second factor is set up where the role needs one."""
    number = Person.objects.count() + 1
    made = Person.objects.create_user(
        email or f"person{number}@example.org", "correct horse battery", name=name or f"Person {number}"
    )
    if role is not None and of is not None:
        give_role(made, role, of, in_locality)
    return made


def give_role(to: Person, role: str, of: Partnership, in_locality: str | None = None) -> RoleHeld:
    if all_roles()[role].second_factor and not to.authenticator_set.exists():
        TOTP.activate(to, generate_totp_secret())
    place = locality(of, in_locality) if in_locality else None
    return RoleHeld.objects.create(person=to, role=role, partnership=of, locality=place, starts=dt.date(2020, 4, 1))


def signed_in(someone: Person) -> Client:
    client = Client()
    client.force_login(someone)
    return client
