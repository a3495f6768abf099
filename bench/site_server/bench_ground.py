"""Fills the site of `bench/site.py`, in a process of its own, and prints what a client must know as JSON."""

# ruff: noqa: E402 - the site must be set up before its models are imported

from __future__ import annotations

import json
import time

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import transaction

from factories import big_site, crowd, full_voice, site
from locality_web.core.models import Partnership, Person
from locality_web.members.models import Member

LOCALITIES = tuple(f"Locality {number}" for number in range(1, 10))
WRITERS, MEMBERS = 5, 200


def session_of(person: Person) -> str:
    """Sign somebody in without asking: the bench measures pages, not passwords."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _planner(of: Partnership) -> str:
    """Fill the groups of all localities; give the session of a planner who sits in one of them."""
    crowd.gather(of, MEMBERS, busy=True)
    planner = site.person("planner", of)
    Member.objects.filter(pk=of.members.values("pk")[:1]).update(person=planner)
    return session_of(planner)


def main() -> None:
    """Fill the site."""
    start = time.process_time()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with transaction.atomic():
        made = big_site.partnership("fife", "Bigshire", localities=LOCALITIES, catalogue=80)
        for year in ("2024/25", "2025/26"):
            big_site.planned_year(made, year)
        writers = []
        big_site.money_site.decided_budget(made, "2026/27")
        for locality in made.localities.all()[:WRITERS]:
            big_site.draft_plan(locality, "2026/27")
            lead = site.person("lead", made, locality.slug)
            writers.append({"session": session_of(lead), "locality": locality.slug})
        planner = _planner(made)
        full_voice.fill(made)
    print(json.dumps({"planner": planner, "writers": writers, "seconds": time.process_time() - start}))


if __name__ == "__main__":
    main()
