"""The people of the demo: each invited, given a role, and with a second factor where the role needs one."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from locality_demo.content_files import read_content
from locality_demo.to_try import ToTry
from locality_web.core.models import Locality, Partnership, Person, RoleHeld
from locality_web.core.people_roles import give_role
from locality_web.core.permissions import Place
from locality_web.core.roles import all_roles
from locality_web.members.changes import Appointment, appoint


class Cast:
    """Who is who in the demo.

    Args:
        partnership: The partnership.
        localities: Its localities in the order in which the demo's content speaks of them.
    """

    def __init__(self, partnership: Partnership, localities: list[Locality]):
        self.partnership, self.localities = partnership, localities
        self.place = Place(partnership)
        self.to_try: list[ToTry] = []
        self._by_email: dict[str, Person] = {}

    def at(self, number: int) -> Place:
        """Give a locality's place by its number."""
        return Place(self.partnership, self.localities[number])

    def one(self, email: str) -> Person:
        """Give somebody by the first part of their address; roles are read anew."""
        return Person.objects.get(email=f"{email}@{settings.DEMO_DOMAIN}")

    def lead(self, number: int) -> Person:
        """Give the lead of a locality."""
        return self.one("lead" if number == 0 else f"lead{number + 1}")

    def members(self, number: int) -> list[Person]:
        """Give the members of a locality's group."""
        held = RoleHeld.objects.filter(role="member", locality=self.localities[number]).order_by("id")
        return [Person.objects.get(pk=each.person_id) for each in held]

    def board(self) -> list[Person]:
        """Give those who agree to the strategic plan."""
        held = RoleHeld.objects.filter(role="executive", partnership=self.partnership).order_by("id")
        return [Person.objects.get(pk=each.person_id) for each in held]


def make_administrator(partnership: Partnership) -> Person:
    """Make the first administrator, as `locality-web invite` would."""
    said = next(each for each in read_content("people") if each["role"] == "administrator")
    person = _make(said)
    RoleHeld.objects.create(person=person, role="administrator", partnership=partnership, starts=dt.date(2020, 4, 1))
    return person


def bring_people(cast: Cast) -> None:
    """Bring everybody else, each given the role by the administrator; leads are appointed by the planner."""
    administrator = make_administrator(cast.partnership)
    everybody = _everybody(cast)
    for said in everybody:
        if said["role"] in ("administrator", "lead"):
            continue
        place = cast.at(said["locality"]) if "locality" in said else cast.place
        give_role(administrator, place, _make(said), role=said["role"])
    for said in everybody:
        if said["role"] == "lead":
            _appoint(cast, said)


def _everybody(cast: Cast) -> list[dict[str, Any]]:
    """Give those of the content who fit, and a lead and two members for each locality that it does not know."""
    fits = [said for said in read_content("people") if said.get("locality", 0) < len(cast.localities)]
    known = {said["locality"] for said in fits if said["role"] == "lead"}
    for number, locality in enumerate(cast.localities):
        if number in known:
            continue
        fits.append({"role": "lead", "locality": number, "name": f"Lead of {locality}", "email": f"lead{number + 1}"})
        fits += [
            {"role": "member", "locality": number, "name": f"{each} of {locality}", "email": f"member{number}{letter}"}
            for each, letter in (("A carer", ""), ("A resident", "b"))
        ]
    return fits


def _make(said: dict[str, Any]) -> Person:
    email = f"{said['email']}@{settings.DEMO_DOMAIN}"
    found = Person.objects.filter(email=email).first()
    if found is not None:
        return found
    person = Person.objects.create_user(email, name=said["name"], password=None)
    person.password = _kept_password()
    person.save(update_fields=["password"])
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    if all_roles()[said["role"]].second_factor:
        TOTP.activate(person, generate_totp_secret())
    return person


@cache
def _kept_password() -> str:
    """Hash the one password once: it is slow on purpose, and everybody in the demo has the same."""
    return make_password(settings.DEMO_PASSWORD)


def _appoint(cast: Cast, said: dict[str, Any]) -> None:
    place = cast.at(int(said["locality"]))
    appointment = Appointment(
        role="lead",
        name=said["name"],
        starts=timezone.localdate(),
        reason="Chosen by the locality group.",
        is_gp=bool(said.get("gp")),
        practice=said.get("practice", ""),
        cluster=said.get("cluster", ""),
        person=_make(said),
        give_role=True,
    )
    appoint(cast.one("planner"), place, appointment)


def one_of_each_role() -> list[tuple[str, str]]:
    """Give one sign-in for each role: its title and the address, in the order of the roles."""
    first: dict[str, str] = {}
    for held in (
        RoleHeld.objects.filter(person__email__endswith=f"@{settings.DEMO_DOMAIN}")
        .select_related("person")
        .order_by("id")
    ):
        first.setdefault(held.role, held.person.email)
    return [(role.title, first[name]) for name, role in all_roles().items() if name in first]
