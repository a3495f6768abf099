"""Each practice, or each cluster, has a liaison: named by itself through a link, or by a planner; gaps are named."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from factories import site, voices
from factories.letters import links_sent
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.models import AuditEvent, Job, PartnershipSetting
from locality_web.core.permissions import NotAllowed
from locality_web.members.membership_record import membership_of
from locality_web.members.models import Liaison, Meeting, Member, NominationLink, Practice
from locality_web.members.practice_changes import PracticeRow, add_practice, change_practice, load_practices
from locality_web.members.practice_file import read_practice_file
from locality_web.members.practice_liaisons import (
    Naming,
    end_liaison,
    find_link,
    make_link,
    name_liaison,
    nominate,
    why_no_nomination,
    withdraw_link,
)
from locality_web.members.practice_queries import units_at
from locality_web.members.practice_today import due_for

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_counted(db):
    cache.clear()


@pytest.fixture
def surgery(fife, levenmouth):
    return voices.practice(fife, levenmouth.locality, "Leven Surgery", cluster="East")


@pytest.fixture
def naming(today):
    return Naming("Mo Manager", today, "at_once", "mo@example.org")


def by_cluster(fife):
    PartnershipSetting.objects.create(partnership=fife, name="members.gp_by", value="cluster", reason="As agreed.")
    fife.__dict__.pop("_settings_kept", None)


def says(do, kind=InputRefused):
    with pytest.raises(kind) as refused:
        do()
    return [fault.what for fault in refused.value.faults] if kind is InputRefused else [refused.value.reason]


def token_for(planner, levenmouth, surgery, **more) -> str:
    return make_link(planner, levenmouth, surgery, lambda token: token, **more)


def test_a_practice_without_a_liaison_is_a_gap_with_its_name(levenmouth, surgery):
    assert [(unit.name, unit.liaison) for unit in units_at(levenmouth)] == [("Leven Surgery", None)]


def test_a_practice_names_its_liaison_itself_with_its_link_which_works_once(planner, levenmouth, surgery, naming):
    token = token_for(planner, levenmouth, surgery)

    made = nominate(find_link(levenmouth.partnership, token), naming)

    assert (made.practice, made.named_by, str(made.member.organisation)) == (surgery, "practice", "Leven Surgery")
    link = NominationLink.objects.get()
    assert token not in link.token_hash
    assert why_no_nomination(link).startswith("This link was used already, and it works once.")
    assert says(lambda: nominate(link, naming), ResultRefused)
    assert AuditEvent.objects.last().says == (
        f"Leven Surgery named member {made.member_id} liaison of Leven Surgery through its link"
    )


def test_a_newer_link_a_withdrawn_one_and_one_that_ran_out_open_nothing(planner, levenmouth, surgery, fife):
    first, second = token_for(planner, levenmouth, surgery), token_for(planner, levenmouth, surgery)
    assert why_no_nomination(find_link(fife, first)).startswith("There is no such link, or it was withdrawn")
    assert why_no_nomination(find_link(fife, second)) == ""

    NominationLink.objects.update(expires_at=timezone.now() - DAY)
    assert why_no_nomination(find_link(fife, second)).startswith("This link could be used until ")

    third = token_for(planner, levenmouth, surgery)
    withdraw_link(planner, levenmouth, NominationLink.objects.latest("pk"))
    assert why_no_nomination(find_link(fife, third)).startswith("There is no such link, or it was withdrawn")
    assert says(lambda: withdraw_link(planner, levenmouth, NominationLink.objects.latest("pk")), ResultRefused)


def test_a_link_of_one_partnership_opens_nothing_at_another(planner, levenmouth, surgery, argyll):
    token = token_for(planner, levenmouth, surgery)
    assert find_link(argyll, token) is None
    assert Client().get(f"/argyll-and-bute/nominate/{token}/").status_code == 410


def test_the_address_to_which_a_link_goes_is_typed_once_and_not_kept(planner, levenmouth, surgery, fife):
    client = site.signed_in(planner)
    client.post(f"/fife/localities/levenmouth/practices/{surgery.pk}/link/", {"way": "mail", "email": "p@example.org"})

    assert "/fife/nominate/" in links_sent("p@example.org")[-1]
    assert not Member.objects.filter(email="p@example.org").exists()
    assert not AuditEvent.objects.filter(says__contains="p@example.org").exists()
    assert "p@example.org" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))
    assert Job.objects.filter(kind="core.mail").count() == 1


def test_a_nominated_liaison_is_shown_as_named_by_the_practice_itself(planner, levenmouth, surgery, fife):
    token = token_for(planner, levenmouth, surgery)
    typed = {"name": "Mo Manager", "notices": "paper", "address": "1 High St", "starts": str(timezone.localdate())}

    sent = Client().post(f"/fife/nominate/{token}/", {**typed, "shown": "organisation"})
    page = site.signed_in(planner).get("/fife/localities/levenmouth/practices/").content.decode()

    assert "Mo Manager speaks for Leven Surgery" in sent.content.decode()
    assert "Named by the practice itself." in page
    assert "1 High St" not in page
    assert Client().get(f"/fife/nominate/{token}/").status_code == 410


def test_the_page_of_a_link_is_kept_by_nobody_on_the_way(planner, levenmouth, surgery):
    answer = Client().get(f"/fife/nominate/{token_for(planner, levenmouth, surgery)}/")
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("same-origin", "private, no-store")


def test_who_sends_many_forms_is_asked_to_wait(fife):
    answers = [Client().post("/fife/nominate/guessed/").status_code for _ in range(31)]
    assert (set(answers[:30]), answers[30]) == ({410}, 429)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"notices": "daily", "email": ""}, "Notices go by e-mail, and there is no address"),
        ({"notices": "paper", "email": ""}, "Notices go by post, and there is no address"),
    ],
)
def test_a_liaison_can_be_told_as_they_want(planner, levenmouth, surgery, today, typed, fault):
    wanted = Naming("Mo", today, **typed)
    assert says(lambda: name_liaison(planner, levenmouth, surgery, wanted)) == [fault]
    assert not Member.objects.exists()


def test_a_new_liaison_ends_the_term_before_and_a_later_one_stands_in_the_way(
    planner, levenmouth, surgery, naming, today
):
    first = name_liaison(planner, levenmouth, surgery, naming)
    second = name_liaison(planner, levenmouth, surgery, Naming("Bo", today + 9 * DAY, "none"))

    assert says(lambda: name_liaison(planner, levenmouth, surgery, Naming("Cy", today + 2 * DAY, "none"))) == [
        "Leven Surgery has a liaison whose term begins on that day or later"
    ]
    first.refresh_from_db()
    assert (first.ends, second.ends) == (today + 8 * DAY, None)
    assert says(lambda: end_liaison(planner, levenmouth, second, ends=today))[0].startswith("The term lasts from ")
    end_liaison(planner, levenmouth, first, ends=today)
    assert units_at(levenmouth)[0].liaison == first


def test_somebody_who_is_known_at_the_practice_is_not_taken_down_twice_nor_changed(
    planner, levenmouth, surgery, naming, today
):
    first = name_liaison(planner, levenmouth, surgery, naming)
    token = token_for(planner, levenmouth, surgery)

    again = nominate(find_link(levenmouth.partnership, token), Naming("X", today + DAY, "at_once", "MO@example.org"))

    assert again.member == first.member
    assert Member.objects.get().name == "Mo Manager"


def test_by_cluster_one_liaison_speaks_for_all_its_practices(planner, levenmouth, surgery, fife, naming):
    by_cluster(fife)
    voices.practice(fife, levenmouth.locality, "Methil Practice", cluster="East")
    alone = voices.practice(fife, levenmouth.locality, "Wemyss Practice")

    made = name_liaison(planner, levenmouth, surgery, naming)

    assert (made.practice, made.cluster) == (None, "East")
    assert [(unit.name, unit.liaison) for unit in units_at(levenmouth)] == [("East", made), (alone.name, None)]
    assert [(each.name, each.liaison) for each in membership_of(fife, ()).practices] == [
        ("East", made.member_id),
        (alone.name, None),
    ]


def test_practices_come_from_a_file_with_cluster_and_locality(planner, fife, levenmouth):
    text = "practice,name,cluster,locality,patients\n20014,Leven Surgery,East,Levenmouth,6200\n20021,Kirk,,kirkcaldy,\n"
    rows = read_practice_file(text.encode(), "p.csv", fife.localities.all())

    assert load_practices(planner, site.place(fife), rows) == 2
    assert load_practices(planner, site.place(fife), rows) == 0
    found = list(Practice.objects.values_list("code", "name", "cluster", "locality__name", "patients"))
    assert found == [
        ("20021", "Kirk", "", "Kirkcaldy", None),
        ("20014", "Leven Surgery", "East", "Levenmouth", 6200),
    ]


def test_a_file_is_refused_with_all_its_faults(fife):
    text = "practice,name,locality,patients\n20014,,Atlantis,many\n20014,Leven,Levenmouth,5\n"
    with pytest.raises(InputRefused) as refused:
        read_practice_file(text.encode(), "p.csv", fife.localities.all())

    found = {(fault.row, fault.column) for fault in refused.value.faults}
    assert {(2, "name"), (2, "locality"), (2, "patients")} <= found
    assert any("20014" in fault.what for fault in refused.value.faults)


def test_a_release_leaves_the_locality_that_somebody_chose(planner, fife, levenmouth):
    add_practice(planner, levenmouth, PracticeRow("20014", "Leven Surgery", locality="levenmouth"))
    rows = [PracticeRow("20014", "", "East", "kirkcaldy", 6100)]

    load_practices(planner, site.place(fife), rows, release="r1")

    kept = Practice.objects.get()
    assert (kept.name, kept.cluster, kept.locality.slug, kept.patients) == ("Leven Surgery", "East", "levenmouth", 6100)


def test_a_practice_that_a_newer_release_comes_without_is_flagged_until_somebody_looks(
    planner, fife, levenmouth, naming
):
    rows = [
        PracticeRow("1", "Leven Surgery", locality="levenmouth"),
        PracticeRow("2", "Methil Surgery", locality="levenmouth"),
    ]
    load_practices(planner, site.place(fife), rows, release="r1")
    methil = Practice.objects.get(code="2")
    name_liaison(planner, levenmouth, methil, naming)

    load_practices(planner, site.place(fife), rows[:1], release="r2")

    event = AuditEvent.objects.filter(kind="members.practices_loaded").last()
    assert event.detail["missing"] == ["2"]
    roles = list(planner.roles.select_related("partnership", "locality"))
    assert "1 practice of Fife not in the newest release" in [each.title for each in due_for(planner, roles)]
    client = site.signed_in(planner)
    assert "The newest release came without this practice." in client.get("/fife/practices/").content.decode()
    here = client.get("/fife/localities/levenmouth/practices/").content.decode()
    assert "Methil Surgery is not in the newest release" in here

    methil.refresh_from_db()
    change_practice(planner, site.place(fife), methil, PracticeRow("2", "Methil Surgery", locality="levenmouth"))
    assert "not in the newest release" not in str([each.title for each in due_for(planner, roles)])
    assert Liaison.objects.get().ends is None


def test_a_practice_that_comes_back_with_a_release_is_flagged_no_more_and_one_added_by_hand_never_is(planner, fife):
    place = site.place(fife)
    add_practice(planner, place, PracticeRow("9", "By Hand"))
    for release, codes in (("r1", "12"), ("r2", "1"), ("r3", "12")):
        load_practices(planner, place, [PracticeRow(code, f"Surgery {code}") for code in codes], release=release)
        flagged = [each.code for each in Practice.objects.filter(missing_since__isnull=False)]
        assert flagged == (["2"] if release == "r2" else [])


def test_a_practice_that_ends_ends_its_liaison_the_day_before_and_the_cluster_goes_with_its_last_practice(
    planner, fife, levenmouth, surgery, naming, today
):
    kirk = voices.practice(fife, levenmouth.locality, "Kirkland Surgery", cluster="East")
    own = name_liaison(planner, levenmouth, surgery, naming)
    Liaison.objects.update(starts=today - 30 * DAY)
    cluster = Liaison.objects.create(
        partnership=fife, cluster="East", member=own.member, starts=today - 30 * DAY, named_by="planner"
    )

    change_practice(planner, site.place(fife), surgery, PracticeRow("x", "Leven Surgery", "East"), ended_on=today)
    own.refresh_from_db(), cluster.refresh_from_db()
    assert (own.ends, cluster.ends) == (today - DAY, None)
    assert AuditEvent.objects.last().detail["liaisons"] == [own.pk]

    change_practice(planner, site.place(fife), kirk, PracticeRow("y", "Kirkland Surgery", "East"), ended_on=today)
    cluster.refresh_from_db()
    assert cluster.ends == today - DAY


def test_a_practice_is_added_once_changed_and_ended(planner, levenmouth, today):
    made = add_practice(planner, levenmouth, PracticeRow("1", "A", locality="levenmouth"))
    assert says(lambda: add_practice(planner, levenmouth, PracticeRow("1", "B"))) == [
        "There is a practice with the code 1 already"
    ]
    change_practice(planner, levenmouth, made, PracticeRow("1", "B", locality="levenmouth"), ended_on=today)
    assert units_at(levenmouth) == []


def test_a_lead_keeps_the_practices_of_the_own_locality_alone(fife, levenmouth, surgery, naming):
    lead = site.person("lead", fife, "levenmouth")
    name_liaison(lead, levenmouth, surgery, naming)
    for do in (
        lambda: name_liaison(lead, site.place(fife, "kirkcaldy"), surgery, naming),
        lambda: load_practices(lead, site.place(fife), [PracticeRow("1", "A")]),
        lambda: change_practice(lead, levenmouth, surgery, PracticeRow("1", "A", locality="kirkcaldy")),
        lambda: make_link(site.person("member", fife, "levenmouth"), levenmouth, surgery, str),
    ):
        with pytest.raises(NotAllowed):
            do()


def test_who_keeps_practices_is_told_today_of_those_without_a_liaison(planner, fife, levenmouth, surgery, naming):
    voices.practice(fife, levenmouth.locality)
    lead = site.person("lead", fife, "levenmouth")

    assert [due.title for due in due_for(planner, planner.roles.all())] == [
        "2 practices without anybody who speaks for them"
    ]
    name_liaison(planner, levenmouth, surgery, naming)
    found = due_for(lead, lead.roles.all())
    assert [(due.title, due.address) for due in found] == [
        ("1 practice without anybody who speaks for it", "/fife/localities/levenmouth/practices/")
    ]


def test_by_cluster_only_clusters_without_a_liaison_count_today(planner, fife, levenmouth, surgery, naming):
    by_cluster(fife)
    name_liaison(planner, levenmouth, surgery, naming)
    assert due_for(planner, planner.roles.all()) == []


def test_the_rhythm_of_meetings_with_the_lead_stands_with_its_last_and_next_day(planner, fife, levenmouth, today):
    at = timezone.now() - 100 * DAY
    Meeting.objects.create(
        partnership=fife, locality=levenmouth.locality, kind="general-practice", title="GPs", starts=at, ends=at,
        state="held", uid="a",
    )  # fmt: skip
    page = site.signed_in(planner).get("/fife/localities/levenmouth/practices/").content.decode()

    last = timezone.localtime(at).date()
    assert f"Last: {last.day} {last:%B %Y}" in page
    assert "Next: none is planned" in page


def test_a_letter_is_shown_once_and_kept_by_nobody(planner, levenmouth, surgery):
    answer = site.signed_in(planner).post(
        f"/fife/localities/levenmouth/practices/{surgery.pk}/link/", {"way": "print", "email": ""}
    )
    assert answer["Cache-Control"] == "private, no-store"
    assert "http://testserver/fife/nominate/" in answer.content.decode()


def test_a_nomination_that_is_undone_half_way_leaves_the_link_open(planner, levenmouth, surgery, naming, monkeypatch):
    token = token_for(planner, levenmouth, surgery)

    def broken(*_, **__):
        raise RuntimeError("the power went out")

    monkeypatch.setattr("locality_web.members.practice_liaisons.record_event", broken)
    with pytest.raises(RuntimeError):
        nominate(find_link(levenmouth.partnership, token), naming)

    assert not Liaison.objects.exists()
    assert why_no_nomination(NominationLink.objects.get()) == ""
