"""One entry of the menu leads to the people of a place; from there every page of the room is reached by links."""

import re

import pytest
from addresses import samples
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

from factories import site, voices
from locality_web.core.hooks import Entry
from locality_web.core.roles import all_roles
from locality_web.members import navigation, sitemap_pages, urls
from locality_web.members.models import AccessNeed, GroupDecision, Meeting, Member
from locality_web.members.people_menu import pages_for

BY_LETTER = (
    *("nominate", "answer", "answer_invitation", "invitation_ics", "private_calendar", "stop_notices"),
    "confirm_address",
    *("letters_batch", "nomination_withdraw"),
)
"""Pages to which a letter, an e-mail or an own calendar leads, with a token that stands nowhere on the site; and steps
that are shown only at another state of their sample."""
FOR_VISITORS = {
    *("coverage", "coverage_csv", "group", "meetings", "meetings_ics", "meeting", "meeting_ics", "decisions"),
    *("decision", "advice", "spoken_for", "connections", "briefing", "easy_read", "briefing_text"),
}


def reached(client: Client, *starts: str) -> set[str]:
    """Follow every link of the room from some pages, twelve addresses of each page at most; give the pages' names."""
    waiting, seen, names = list(starts), set(starts), {str(name_of(each)): [each] for each in starts}
    while waiting:
        answer = client.get(waiting.pop())
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        for address in re.findall(r'(?:href|action)="(/fife/[^"?#]*)', answer.content.decode()):
            name = name_of(address)
            if name is None or address in seen or len(names.setdefault(name, [])) >= 12:
                continue
            names[name].append(address)
            seen.add(address)
            waiting.append(address)
    return set(names)


def name_of(address: str) -> str | None:
    try:
        found = resolve(address)
    except Resolver404:
        return None
    return found.url_name if found.app_name == "members" else None


def all_pages() -> set[str]:
    return {str(each.name) for each in urls.urlpatterns}


@pytest.fixture
def filled(fife):
    """The samples, and meetings and decisions at every other state, so that every step is offered somewhere."""
    samples(fife)
    for locality in (fife.localities.get(slug="dunfermline"), None):
        now = timezone.now()
        known = {"partnership": fife, "locality": locality}
        for state in ("planned", "held", "minuted"):
            uid = f"{locality}-{state}"
            Meeting.objects.create(**known, kind="group", title=state, starts=now, ends=now, uid=uid, state=state)
        for state in ("prepared", "taken"):
            GroupDecision.objects.create(**known, title=state, says="It.", due_on=timezone.localdate(), state=state)
        for group in ("housing", "dentistry"):
            voices.seat(fife, locality, group)
        voices.seat(fife, locality, "third-sector", voices.member(fife), ends=timezone.localdate())
    return fife


def test_the_menu_has_one_entry_for_people(fife, planner):
    here = site.place(fife, "levenmouth")
    for person in (planner, site.person()):
        assert navigation.entries(site.place(fife), person) == [Entry("People", "/fife/groups/", order=15)]
        assert navigation.entries(here, person) == [Entry("People", "/fife/localities/levenmouth/group/", order=15)]


def test_a_visitor_is_led_to_public_pages_alone(client, filled):
    titles = [each.title for each in pages_for(site.place(filled, "levenmouth"), AnonymousUser())]

    assert titles == ["Meetings", "Decisions", "Spoken for by organisations", "Connections", "Briefing"]
    assert {*reached(client, "/fife/localities/")} >= FOR_VISITORS


def test_every_page_is_reached_by_links_from_the_localities_and_the_groups(filled):
    person = site.person()
    for role, about in all_roles().items():
        site.give_role(person, role, filled, "dunfermline" if about.held_for == "locality" else None)
    named = Member.objects.get(name="Mo Sample")
    named.person = person
    named.save()
    AccessNeed.objects.create(member=named, kind="large-print")
    found = reached(site.signed_in(person), "/fife/localities/", "/fife/groups/", "/today/")

    missing = " ".join(sorted(all_pages() - found - {*BY_LETTER}))
    assert missing == "", missing


def test_public_pages_stand_in_the_site_map(filled):
    addresses = {address for address, _ in sitemap_pages.addresses()}
    here = "/fife/localities/levenmouth/"

    assert {f"{here}{each}/" for each in ("group", "meetings", "decisions", "briefing", "connections")} <= addresses
    assert {"/fife/groups/", "/fife/meetings/", "/fife/decisions/", "/fife/advice/"} <= addresses
