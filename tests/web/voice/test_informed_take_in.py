"""Bring what people said in CONSUL Democracy or Decidim: each thing once, all faults at once, nobody's address."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import site, voice_site
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.permissions import NotAllowed
from locality_web.voice.informed.take_in import File, take_in
from locality_web.voice.informed.take_in_files import read_file
from locality_web.voice.models import Contribution, ImportedFile, Opinion

HEAD = (
    "ID,Proposal,Author,Summary,Created at,Comment ID,Comment Author,Comment Content,Comment Parent,Comment Created at"
)
CONSUL = f"""{HEAD}
7,More buses,a@x.org,<p>Every half hour</p>,2026-06-01 14:56:10,31,b@x.org,I agree,"",2026-06-01 14:58:10
7,More buses,a@x.org,<p>Every half hour</p>,2026-06-01 14:56:10,32,c@x.org,Me too,31,2026-06-01 14:59:10
8,A garden,a@x.org,,2026-06-02 10:00:00,,,,,
"""
DECIDIM = """id;title/en;title/es;body/en;body/es;published_at
5;;Más autobuses;;Cada media hora;2026-06-01 10:00:00 +0100
"""
COMMENTS = """id;created_at;body;locale;author/name;commentable_id;commentable_type
9;2026-06-02;Sí;es;Ana;5;Decidim::Proposals::Proposal
"""


def test_a_file_of_consul_has_proposals_with_their_comments_as_replies():
    found = read_file(CONSUL.encode(), "consul")

    assert [(each.source, each.text, each.replies_to) for each in found] == [
        ("consul:proposal:7", "More buses\n\nEvery half hour", ""),
        ("consul:comment:31", "I agree", "consul:proposal:7"),
        ("consul:comment:32", "Me too", "consul:proposal:7"),
        ("consul:proposal:8", "A garden", ""),
    ]


def test_files_of_decidim_have_texts_in_their_own_language():
    (proposal,) = read_file(DECIDIM.encode(), "decidim")
    (comment,) = read_file(COMMENTS.encode(), "decidim")

    assert (proposal.text, proposal.language) == ("Más autobuses\n\nCada media hora", "es")
    assert (comment.replies_to, comment.language) == ("decidim:proposal:5", "es")


def test_all_faults_are_said_at_once():
    wrong = "ID,Proposal,Created at\nseven,Buses,2026-06-01\n8,Garden,yesterday\n"

    with pytest.raises(InputRefused) as refused:
        read_file(wrong.encode(), "consul")

    assert [(each.row, each.column) for each in refused.value.faults] == [(2, "id"), (3, "created at")]


def test_a_file_of_another_kind_is_refused_with_the_column_that_it_lacks():
    with pytest.raises(InputRefused, match="no column"):
        read_file(b"name,age\nAnn,40\n", "consul")


@pytest.fixture
def planner(fife):
    return site.person("planner", fife)


@pytest.fixture
def talk(fife):
    return voice_site.conversation(fife, moderation="after")


@pytest.mark.django_db
def test_what_was_said_stands_in_the_conversation_and_no_author_is_known(planner, talk):
    kept = take_in(planner, talk, File("proposals.csv", CONSUL.encode(), "consul"))

    assert (kept.rows, kept.left_out) == (4, [])
    buses = Opinion.objects.get(text__startswith="More buses")
    assert {each.text for each in buses.replies.all()} == {"I agree", "Me too"}
    assert not any("x.org" in each.text for each in Opinion.objects.all())


@pytest.mark.django_db
def test_replies_to_a_view_that_is_held_stay_with_it_and_are_held_too(planner, talk):
    talk.moderation = "before"
    talk.save()
    take_in(planner, talk, File("proposals.csv", CONSUL.encode(), "consul"))

    buses = Opinion.objects.get(text__startswith="More buses")
    assert {each.text for each in buses.replies.all()} == {"I agree", "Me too"}
    assert set(Opinion.objects.values_list("state", flat=True)) == {"held"}


@pytest.mark.django_db
def test_a_reply_is_held_with_a_view_that_was_held_for_a_sign_and_a_later_file_still_finds_it(planner, talk):
    sign = "Buy cheap pills at http://a.example http://b.example http://c.example http://d.example now"
    first = f"ID,Proposal,Comment ID,Comment content\n1,{sign},7,I agree\n2,A clinic,8,Me too\n"
    take_in(planner, talk, File("a.csv", first.encode(), "consul"))
    held, clinic = Opinion.objects.get(text=sign), Opinion.objects.get(text="A clinic")

    take_in(planner, talk, File("b.csv", f"{first}1,{sign},9,So do I\n".encode(), "consul"))

    assert [(each.text, each.state) for each in held.replies.order_by("pk")] == [
        ("I agree", "held"),
        ("So do I", "held"),
    ]
    assert [(each.text, each.state) for each in clinic.replies.all()] == [("Me too", "shown")]


@pytest.mark.django_db
def test_a_newer_file_adds_only_what_is_new_and_the_same_file_nothing(planner, talk):
    take_in(planner, talk, File("a.csv", CONSUL.encode(), "consul"))

    newer = File("b.csv", f"{CONSUL}9,A clinic,x,,2026-06-03,,,,,\n".encode(), "consul")
    assert take_in(planner, talk, newer).rows == 1
    assert len(ImportedFile.objects.get(name="b.csv").left_out) == 4
    with pytest.raises(ResultRefused, match="already"):
        take_in(planner, talk, newer)
    assert Contribution.objects.count() == 5


@pytest.mark.django_db
def test_a_file_with_one_fault_leaves_nothing_behind(planner, talk):
    long = f"ID,Proposal\n1,Buses\n2,{'x' * 6000}\n"

    with pytest.raises(InputRefused) as refused:
        take_in(planner, talk, File("a.csv", long.encode(), "consul"))

    assert [each.row for each in refused.value.faults] == [3]
    assert not Contribution.objects.exists()


@pytest.mark.django_db
def test_only_a_planner_takes_in_and_the_page_says_what_was_left_out(fife, planner, talk):
    with pytest.raises(NotAllowed):
        take_in(site.person("finance", fife), talk, File("a.csv", CONSUL.encode(), "consul"))

    sent = SimpleUploadedFile("proposals.csv", CONSUL.encode(), "text/csv")
    address = f"/fife/conversations/{talk.slug}/take-in/"
    page = site.signed_in(planner).post(address, {"system": "consul", "file": sent}, follow=True).content.decode()
    assert "4 contributions taken in; 0 were left out." in page
