"""The pages of the register and of coverage: what they show, to whom, and what can be done from them."""

import datetime as dt
import re

import pytest
from django.test import Client

from factories import register_site, site, voices
from locality.foundations import InputRefused
from locality_web.core.models import AuditEvent
from locality_web.members.coverage_pages import WORDS, coverage_table
from locality_web.members.kinds import organisation_kinds_of
from locality_web.members.models import Approach, FeedRoute, Member, Notice, Seat, SeatTerm
from locality_web.members.practice_liaisons import Naming, name_liaison
from locality_web.members.register_gaps import NewApproach, NewRoute, approach, end_route, name_route, note_outcome
from locality_web.members.register_kinds import NewKind, add_kind, keep_organisation, rename_kind, retire_kind
from locality_web.members.register_people import add_member
from locality_web.members.register_queries import coverage_of, membership_terms
from locality_web.members.register_seats import make_seat
from locality_web.members.register_today import due_for

DAY = dt.timedelta(days=1)
LEVEN = "/fife/localities/levenmouth/"


@pytest.fixture
def people(planner, levenmouth, today):
    """Carers by name, pharmacists by organisation, housing not shown; carers' term ends soon."""
    add = register_site.details
    add_member(
        planner,
        levenmouth,
        add("Bo Hay", organisation="Fife Carers", organisation_kind="third-sector", shown="name"),
        wanted=register_site.wanted(starts=today - 9 * DAY, ends=today + 9 * DAY),
        interests=["Owns a care home."],
    )
    add_member(
        planner,
        levenmouth,
        add("Cy Low", organisation="Leven Pharmacy", organisation_kind="pharmacy", shown="organisation"),
        wanted=register_site.wanted("pharmacy"),
    )
    add_member(planner, levenmouth, add("Di Orr", email="di@example.org"), wanted=register_site.wanted("housing"))


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_everybody_reads_members_as_they_wish_to_be_shown_and_no_way_to_reach_them(people):
    said = page(Client(), f"{LEVEN}group/")

    assert "Bo Hay, Fife Carers – Carers" in said
    assert "Leven Pharmacy – Pharmacists" in said
    assert "A member of the group – Housing" in said
    assert not [word for word in ("Cy Low", "Di Orr", "di@example.org", "High Street", "care home") if word in said]
    assert "Invite somebody" not in said


def test_a_long_register_comes_in_pages_in_the_order_of_names_and_a_search_goes_over_all_of_them(
    planner, fife, levenmouth
):
    register_site.many(fife, [levenmouth.locality], 250)
    client = site.signed_in(planner)

    said = [page(client, f"/fife/groups/whole/register/?words=person&page={number}") for number in (1, 2, 3)]

    assert all("250 people found." in each and f"Page {number} of 3" in each for number, each in enumerate(said, 1))
    names = [re.findall(r"Person \d+ of Levenmouth", each) for each in said]
    assert [len(set(each)) for each in names] == [100, 100, 50]
    everybody = [name for each in names for name in dict.fromkeys(each)]
    assert everybody == sorted(everybody)
    assert '<a href="?words=person&amp;page=3">Next page</a>' in said[1]
    assert "Person 249 of Levenmouth" in page(client, "/fife/groups/whole/register/?words=249")
    assert "Page 1 of" not in page(client, "/fife/groups/whole/register/?words=249")


def test_the_register_says_for_what_somebody_without_a_seat_stands_there(planner, fife, levenmouth, today):
    surgery = voices.practice(fife, levenmouth.locality, "Leven Surgery")
    name_liaison(planner, levenmouth, surgery, Naming("Mo Manager", today, "at_once", "mo@example.org"))
    voices.route(fife, levenmouth.locality, "pharmacy", voices.member(fife, "Phil Pharmacist"))

    said = page(site.signed_in(planner), f"{LEVEN}register/")

    assert "Leven Surgery, as its liaison" in said
    assert "Pharmacists, by a feed-in route" in said
    assert "nobody: no seat" not in said


def test_the_picture_says_each_state_in_words_beside_its_sign(people, levenmouth):
    said = page(Client(), f"{LEVEN}group/")

    for state in ("lapsing", "narrower", "filled", "no_seat"):
        sign, word = WORDS[state]
        assert f'aria-hidden="true">{sign}</span>{word}' in said
    assert "A voice within it: Pharmacists." in said


def test_whoever_keeps_the_register_has_the_next_steps_of_each_gap_and_names_in_the_history(
    people, planner, levenmouth
):
    make_seat(planner, levenmouth, group="third-sector")
    said = page(site.signed_in(planner), f"{LEVEN}group/")
    carers = SeatTerm.objects.get(seat__group="carers")
    seat = Seat.objects.get(group="third-sector")

    for address in (
        f"{LEVEN}register/terms/{carers.pk}/extend/",
        f"{LEVEN}register/seats/{seat.pk}/appoint/",
        f"{LEVEN}group/ask/?group=public-health&amp;kind=invited",
        f"{LEVEN}group/ask/?group=public-health&amp;kind=interface",
        f"{LEVEN}group/routes/add/?group=public-health",
    ):
        assert f'href="{address}"' in said
    assert "Bo Hay: from" in said


def test_the_table_counts_gaps_by_group_and_locality(people, fife):
    table, gaps = coverage_table(fife)
    rows = {row[0]: row[1:] for row in table.rows}

    assert [column.title for column in table.columns[1:]] == [
        *("Dunfermline", "Kirkcaldy", "Levenmouth", "North East Fife"),
        "Gaps",
    ]
    assert rows["Carers"] == ["○ no seat", "○ no seat", "◐ ends soon", "○ no seat", 3]
    assert rows["Other professions of primary care: Pharmacists"][2:] == ["● voice", "not asked for", 0]
    asked = len([row for row in rows.values() if row[0] == "○ no seat"])
    assert [count for _, count in gaps] == [asked, asked, asked - 3, asked]
    assert table.totals[-1] == sum(count for _, count in gaps)
    text = Client().get("/fife/groups/groups.csv").content.decode("utf-8-sig")
    assert "Carers,○ no seat,○ no seat,◐ ends soon,○ no seat,3" in text


def test_the_register_is_searched_and_filtered_by_its_address(people, planner):
    browser = site.signed_in(planner)

    assert "Bo Hay" in page(browser, f"{LEVEN}register/?words=fife+hay")
    assert "1 person found." in page(browser, f"{LEVEN}register/?words=fife+hay")
    assert "0 people found." in page(browser, f"{LEVEN}register/?words=nobody")
    said = page(browser, f"{LEVEN}register/?group=housing")
    assert "Di Orr" in said.partition("Seats")[0]
    assert "Cy Low" not in said.partition('id="seats"')[0]


def test_ways_to_reach_people_are_shown_when_asked_for_and_that_is_recorded_once(people, planner):
    browser = site.signed_in(planner)
    before = AuditEvent.objects.filter(kind="members.register_read").count()

    assert "di@example.org" not in page(browser, f"{LEVEN}register/")
    assert AuditEvent.objects.filter(kind="members.register_read").count() == before
    said = page(browser, f"{LEVEN}register/?contact=on")
    assert "di@example.org" in said
    assert "Owns a care home." in said
    assert AuditEvent.objects.filter(kind="members.register_read").count() == before + 1
    page(browser, f"{LEVEN}register/{Member.objects.first().pk}/")
    assert AuditEvent.objects.filter(kind="members.register_read").count() == before + 2


def test_a_lead_sees_the_members_of_the_own_locality_alone(people, planner, fife):
    elsewhere = add_member(
        planner, site.place(fife, "kirkcaldy"), register_site.details("Flo Ray"), wanted=register_site.wanted()
    )
    lead = site.signed_in(site.person("lead", fife, "levenmouth"))

    assert lead.get(f"{LEVEN}register/{elsewhere.pk}/").status_code == 404
    assert "Flo Ray" not in page(lead, f"{LEVEN}register/seats/{Seat.objects.first().pk}/appoint/")
    assert lead.get("/fife/groups/whole/register/").status_code == 403


def test_somebody_is_added_with_a_seat_by_one_form_and_all_faults_are_said_at_once(planner, levenmouth):
    browser = site.signed_in(planner)
    said = browser.post(f"{LEVEN}register/add/", {"group": "carers", "notices": "weekly"}).content.decode()

    for fault in (
        "Write the name of the person.",
        "Write the first day of the term.",
        "Choose how the person was chosen.",
    ):
        assert fault in said
    given = {
        "name": "Bo",
        "group": "carers",
        "starts": "2026-04-01",
        "chosen": "elected",
        "notices": "none",
        "shown": "name",
    }
    assert browser.post(f"{LEVEN}register/add/", given).url == f"{LEVEN}register/"
    assert str(SeatTerm.objects.get()) == "Bo: Carers"


@pytest.mark.parametrize("name", ["Public houses", "Gambling venues", "Police", "Hospital directors"])
def test_a_group_that_the_partnership_adds_is_in_every_list_report_and_form_at_once(planner, fife, levenmouth, name):
    browser = site.signed_in(planner)
    given = {"what": "group", "name": name, "why": "They see people whom nobody else sees.", "asked_for": "on"}
    assert browser.post("/fife/groups/kinds/", given).url == "/fife/groups/kinds/"

    for address in (
        "/fife/groups/",
        "/fife/groups/kinds/",
        *(f"{LEVEN}{each}" for each in ("group/", "register/", "register/add/", "group/ask/", "group/routes/add/")),
    ):
        assert name in page(browser, address), address
    assert name in {each.group.name for each in coverage_of(levenmouth) if each.is_gap}
    assert name.encode() in browser.get(f"{LEVEN}register/empty.csv").content or name in str(
        browser.get(f"{LEVEN}register/add/").content
    )


def test_an_own_kind_is_renamed_everywhere_and_retired_once_nothing_is_of_it(planner, fife, levenmouth, today):
    place = site.place(fife)
    pubs = add_kind(planner, place, NewKind("group", "Pubs", "They see many."))
    police = add_kind(planner, place, NewKind("organisation", "Police", "Called first."))
    make_seat(planner, levenmouth, group=pubs.code)
    keep_organisation(planner, place, None, name="Fife Division", kind=police.code)
    rename_kind(planner, place, pubs, name="Public houses")

    assert [each.group.name for each in coverage_of(levenmouth) if each.group.own] == ["Public houses"]
    for kind in (pubs, police):
        with pytest.raises(InputRefused):
            retire_kind(planner, place, kind)
    Seat.objects.update(closed_on=today)
    retire_kind(planner, place, pubs)
    assert "Public houses" not in page(Client(), f"{LEVEN}group/")
    assert "Police" in {each.name for each in organisation_kinds_of(fife)}


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewKind("group", "carers", "Again."), "kind-twice"),
        (NewKind("group", "Bars", "Within one that is within one.", within="pharmacy"), "kind-within"),
    ],
)
def test_an_own_kind_is_refused_that_is_there_or_lies_too_deep(planner, fife, new, code):
    with pytest.raises(InputRefused) as refused:
        add_kind(planner, site.place(fife), new)
    assert [each.code for each in refused.value.faults] == [code]


def test_somebody_is_asked_to_fill_a_gap_told_by_their_own_means_and_the_answer_is_noted(
    people, planner, levenmouth, today
):
    di = Member.objects.get(name="Di Orr")
    made = approach(planner, levenmouth, NewApproach("carers", "interface", "Fife Voluntary Action", today, member=di))

    notice = Notice.objects.get()
    assert (notice.member, notice.subject) == (di, "An invitation to the group of Levenmouth")
    assert notice.text.startswith("The group of Levenmouth plans health and social care")
    assert "nobody there speaks for this group: Carers." in notice.text
    said = page(site.signed_in(planner), f"{LEVEN}group/asked/{made.pk}/")
    assert "To Fife Voluntary Action" in said
    note_outcome(planner, levenmouth, made, outcome="declined", says="No time.")
    assert (Approach.objects.get().outcome, Approach.objects.get().outcome_on) == ("declined", today)
    with pytest.raises(InputRefused):
        approach(planner, levenmouth, NewApproach("carers", "invited", "x", today + DAY))


def test_a_feed_in_route_closes_a_gap_and_puts_who_is_told_onto_the_register(planner, levenmouth, today):
    new = NewRoute("geriatrics", "A network", today, None, register_site.details("Flo", email="flo@example.org"))
    route = name_route(planner, levenmouth, new)

    assert next(each for each in coverage_of(levenmouth) if each.group.code == "geriatrics").state == "feeds_in"
    assert Member.objects.get() == route.member
    with pytest.raises(InputRefused):
        name_route(planner, levenmouth, new)
    FeedRoute.objects.update(starts=today - 5 * DAY)
    route.refresh_from_db()
    end_route(planner, levenmouth, route)
    assert next(each for each in coverage_of(levenmouth) if each.group.code == "geriatrics").is_gap


def test_those_who_keep_a_register_are_told_of_terms_that_end_and_of_silence(people, planner, levenmouth, fife, today):
    approach(planner, levenmouth, NewApproach("housing", "invited", "A body", today - 21 * DAY))
    approach(planner, levenmouth, NewApproach("housing", "invited", "A body", today - 20 * DAY))
    lead, elsewhere = site.person("lead", fife, "levenmouth"), site.person("lead", fife, "kirkcaldy")

    for person, name in ((planner, "Fife"), (lead, "Levenmouth")):
        assert [due.title for due in due_for(person, list(person.roles.all()))] == [
            f"1 term on seats in {name} ends soon",
            f"1 request to fill a gap in {name} has no answer",
        ]
    assert due_for(elsewhere, list(elsewhere.roles.all())) == []


def test_the_checks_of_the_guidance_get_every_term_and_every_empty_seat(people, planner, levenmouth, fife, today):
    make_seat(planner, levenmouth, group="third-sector")
    found = {each.group: each for each in membership_terms(fife)}

    assert (found["carers"].locality, found["carers"].starts) == ("levenmouth", today - 9 * DAY)
    assert (found["third-sector"].holder, found["third-sector"].starts) == (None, None)


def test_the_whole_partnerships_group_has_its_own_seats_page_and_register(planner, fife):
    place = site.place(fife)
    add_member(
        planner, place, register_site.details("Bo Hay", shown="name"), wanted=register_site.wanted("public-health")
    )
    said = page(Client(), "/fife/groups/whole/group/")

    assert "Bo Hay – Public health" in said
    assert "(gap)" not in said
    assert "All of Fife" in page(site.signed_in(planner), "/fife/groups/whole/register/")
