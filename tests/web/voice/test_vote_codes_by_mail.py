"""Voting codes by e-mail: handed over at once, written down nowhere, and only those that were handed over count."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, migrations

from factories import site, votes_site
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.languages import GAELIC
from locality_web.core.models import Job
from locality_web.voice.models import CodeBatch, RollEntry, VotingCode
from locality_web.voice.votes import code_mails
from locality_web.voice.votes.casting import BallotRefused, cast
from locality_web.voice.votes.code_changes import declare_void, digest_of, make_letters, mark_out
from locality_web.voice.votes.code_mails import make_mails
from locality_web.voice.votes.opening import erase_roll, open_vote
from locality_web.voice.votes.places import address_of
from locality_web.voice.votes.roll_changes import take_in_roll
from locality_web.voice.votes.roll_file import read_roll
from locality_web.voice.votes.vote_changes import call_off
from web.voice.everything_kept import rows, texts, who_stands_out

pytestmark = pytest.mark.django_db
_CODE = re.compile(r"Your voting code:\n(\S+)")
_LANE = re.compile(r"r(\d+)@")


class Server(EmailBackend):
    """A mail server that takes mail until it goes away, and refuses those whom it does not know."""

    refuses: frozenset[str] = frozenset()
    takes = 10_000
    opened = 0

    def open(self) -> bool:
        type(self).opened += 1
        return True

    def send_messages(self, messages):
        for each in messages:
            if each.to[0] in self.refuses:
                raise SMTPRecipientsRefused({each.to[0]: (550, b"no such user")})
            if len(mail.outbox) >= self.takes:
                raise SMTPServerDisconnected("gone")
        return super().send_messages(messages)


@pytest.fixture
def server(monkeypatch):
    made = type("ThisServer", (Server,), {})
    monkeypatch.setattr(code_mails, "get_connection", made)
    return made


@pytest.fixture
def planner(fife):
    return votes_site.planner(fife)


def with_email(rows, at=0):
    return [replace(each, email=f"r{at + number}@mailbox.example") for number, each in enumerate(rows, 1)]


def opened(planner, fife, *, people: int = 40, letters: int = 0):
    """An open vote: so many people with an e-mail address, and so many without."""
    vote = votes_site.prepared(planner, fife)
    roll = votes_site.rows(fife, people + letters)
    take_in_roll(planner, vote, [*with_email(roll[:people]), *roll[people:]])
    return open_vote(planner, vote)


def codes() -> dict[str, str]:
    """What the mail server alone knows: the code that went to each address."""
    return {each.to[0]: _CODE.search(each.body)[1] for each in mail.outbox}


def test_a_roll_may_have_a_column_of_e_mail_addresses_with_gaps(fife):
    text = (
        "reference,name,address,locality,email\n"
        "1,Ann Reid,1 Shore Street,Levenmouth, ann@example.org \n2,Ben Shaw,2 Shore Street,Levenmouth,\n"
    )
    rows = read_roll(text.encode(), "roll.csv", fife.localities.all())
    assert [each.email for each in rows] == ["ann@example.org", ""]


def test_what_is_no_e_mail_address_is_refused_without_saying_it(fife):
    text = "reference,name,address,locality,email\n1,Ann Reid,1 Shore Street,Levenmouth,ann-at-home\n"
    with pytest.raises(InputRefused) as refused:
        read_roll(text.encode(), "roll.csv", fife.localities.all())
    (fault,) = refused.value.faults
    assert (fault.code, fault.column, fault.row) == ("roll-email", "email", 2)
    assert "ann" not in str(refused.value).casefold()


def test_each_mail_has_a_code_that_counts_once_all_are_handed_over(planner, fife, server):
    vote = opened(planner, fife, letters=5)
    gone = make_mails(planner, vote)
    assert (gone.out, gone.refused, gone.spoilt, gone.left) == (40, 0, 0, 0)
    assert gone.batch.state == CodeBatch.State.OUT
    assert len(set(codes().values())) == 40
    cast(vote, codes()["r7@mailbox.example"], ["bus"])
    assert RollEntry.objects.filter(batch=None).count() == 5, "who has no e-mail address waits for a letter"
    assert server.opened == 1, "one connection"


def test_mails_go_in_an_order_that_is_drawn(planner, fife, server):
    make_mails(planner, opened(planner, fife))
    went = [int(_LANE.search(each.to[0])[1]) for each in mail.outbox]
    assert went != sorted(went)
    assert sorted(went) == list(range(1, 41))


def test_a_mail_says_how_to_vote_and_who_could_read_it_and_its_address_holds_no_code(planner, fife, server):
    make_mails(planner, opened(planner, fife))
    said, code = mail.outbox[0].body, _CODE.search(mail.outbox[0].body)[1]
    assert "Whoever runs a mail server on the way could read it." in said
    assert not [address for address in re.findall(r"https?://\S+", said) if code in address]
    assert code not in mail.outbox[0].subject


def test_mails_speak_gaelic_where_that_is_chosen(planner, fife, server):
    make_mails(planner, opened(planner, fife), language=GAELIC)
    assert "An còd bhòtaidh agad" in mail.outbox[0].subject
    assert "Chan fheum thu cunntas." in mail.outbox[0].body
    assert "/gd/" in mail.outbox[0].body
    assert 'lang="gd"' in mail.outbox[0].alternatives[0][0]


def test_whom_the_server_refuses_waits_for_a_letter_and_their_code_is_kept_in_no_way(planner, fife, server, caplog):
    caplog.set_level(logging.DEBUG)
    server.refuses = frozenset({"r3@mailbox.example", "r9@mailbox.example"})
    vote = opened(planner, fife, letters=30)
    gone = make_mails(planner, vote)
    assert (gone.out, gone.refused) == (38, 2)
    kept = set(VotingCode.objects.values_list("digest", flat=True))
    assert kept == {digest_of(vote, code) for code in codes().values()}, "38 codes, each in somebody's mailbox"
    marked = RollEntry.objects.filter(mail_refused=True)
    assert {each.email for each in marked} == server.refuses
    assert {each.batch for each in marked} == {None}
    assert "mailbox.example" not in caplog.text
    with pytest.raises(ResultRefused, match="who has an e-mail address waits"):
        make_mails(planner, vote)
    _, letters = make_letters(planner, vote)
    assert len(letters) == 32


def test_where_too_few_mails_went_out_to_hide_anybody_none_of_their_codes_counts(planner, fife, server):
    server.refuses = frozenset(f"r{at}@mailbox.example" for at in range(1, 16))
    vote = opened(planner, fife)
    gone = make_mails(planner, vote)
    assert (gone.out, gone.refused, gone.spoilt) == (0, 15, 25)
    assert gone.batch.state == CodeBatch.State.VOID
    with pytest.raises(BallotRefused, match="lost or spoilt"):
        cast(vote, codes()["r20@mailbox.example"], ["bus"])
    assert not RollEntry.objects.exclude(batch=None).exists(), "everybody waits again"


def test_one_locality_with_too_few_does_not_spoil_the_others(planner, fife, server):
    vote = votes_site.draft(planner, fife, "levenmouth", "kirkcaldy")
    far = with_email(votes_site.rows(fife, 31, "kirkcaldy"), at=100)
    take_in_roll(planner, vote, with_email(votes_site.rows(fife, 31)) + far)
    server.refuses = frozenset({"r101@mailbox.example", "r102@mailbox.example"})
    gone = make_mails(planner, vote)
    assert (gone.out, gone.refused, gone.spoilt) == (31, 2, 29)
    live = VotingCode.objects.filter(batch__state="out")
    assert set(live.values_list("locality__slug", flat=True)) == {"levenmouth"}
    assert sorted(vote.batches.values_list("state", "codes")) == [("out", 31), ("void", 29)]


def test_when_the_server_goes_away_the_rest_wait_unmarked(planner, fife, server):
    server.takes = 33
    gone = make_mails(planner, opened(planner, fife))
    assert (gone.out, gone.refused, gone.left) == (33, 0, 7)
    assert VotingCode.objects.count() == 33
    assert not RollEntry.objects.filter(mail_refused=True).exists()


@pytest.mark.parametrize(
    ("says", "is_of_one"),
    [
        (SMTPRecipientsRefused({"r1@mailbox.example": (550, b"no such user")}), True),
        (SMTPDataError(552, b"mailbox full"), True),
        (SMTPSenderRefused(451, b"too many mails today", "site@example.org"), False),
        (SMTPServerDisconnected("gone"), False),
        (TimeoutError(), False),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_refusal_of_one_mail_is_told_from_a_server_that_takes_none(says, is_of_one):
    assert code_mails._is_of_one_mail(says) is is_of_one


def test_a_server_that_does_not_answer_makes_nothing(planner, fife, server, monkeypatch):
    def silent(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(server, "open", silent)
    with pytest.raises(ResultRefused, match=r"does not answer\. No code was made"):
        make_mails(planner, opened(planner, fife))
    assert not CodeBatch.objects.exists()


def test_a_batch_of_mails_in_which_nobody_could_be_hidden_is_refused(planner, fife, server):
    with pytest.raises(ResultRefused, match="nobody could be hidden"):
        make_mails(planner, opened(planner, fife, people=29, letters=30))
    assert mail.outbox == []


@pytest.mark.parametrize(
    "backend", ["locality_web.core.mail_folder.MailFolder", "django.core.mail.backends.filebased.EmailBackend"]
)
def test_a_live_site_that_writes_mail_into_files_sends_no_code(planner, fife, settings, tmp_path, backend):
    settings.EMAIL_BACKEND, settings.MAIL_FOLDER = backend, tmp_path / "mail"
    settings.EMAIL_FILE_PATH, settings.DEMO = str(tmp_path / "mail"), False
    vote = opened(planner, fife)
    with pytest.raises(ResultRefused, match="codes would stand beside addresses"):
        make_mails(planner, vote)
    assert not list((tmp_path / "mail").glob("*"))
    assert not CodeBatch.objects.exists()


def test_the_demo_whose_people_are_invented_shows_such_mails(planner, fife, settings, tmp_path):
    settings.EMAIL_BACKEND = "locality_web.core.mail_folder.MailFolder"
    settings.MAIL_FOLDER, settings.DEMO = tmp_path / "mail", True
    assert make_mails(planner, opened(planner, fife)).out == 40
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 40


def test_a_batch_whose_sending_was_broken_off_can_only_be_declared_void(planner, fife, server, monkeypatch):
    def killed(*_, **__):
        raise KeyboardInterrupt

    vote = opened(planner, fife)
    monkeypatch.setattr(server, "send_messages", killed)
    with pytest.raises(KeyboardInterrupt):
        make_mails(planner, vote)
    batch = vote.batches.get()
    assert not VotingCode.objects.exists()
    with pytest.raises(ResultRefused, match="are not kept yet"):
        mark_out(planner, batch)
    declare_void(planner, batch, "The machine was switched off.")
    assert not RollEntry.objects.exclude(batch=None).exists()


def test_the_page_sends_mails_and_says_plainly_who_could_read_them(planner, fife, server):
    server.refuses = frozenset({"r3@mailbox.example"})
    vote, client = opened(planner, fife), site.signed_in(planner)
    before = client.get(address_of(vote, "vote_codes")).content.decode()
    assert "whoever runs the mail server, or can open the mailbox, could read a code beside a name" in before
    assert "A letter or a sealed envelope is safer" in before
    after = client.post(address_of(vote, "vote_codes"), {"means": "email"}, follow=True).content.decode()
    assert "39 mails went to the mail server. Their codes count." in after
    assert "1 person was not reached by e-mail" in after
    assert "mailbox.example" not in after
    assert not [code for code in codes().values() if code in after]


def test_after_a_batch_of_mails_no_row_anywhere_joins_an_address_and_a_code(planner, fife, server, caplog):
    caplog.set_level(logging.DEBUG)
    vote, client = opened(planner, fife), site.signed_in(planner)
    jobs = Job.objects.count()
    client.post(address_of(vote, "vote_codes"), {"means": "email"}, follow=True)
    assert Job.objects.count() == jobs, "no mail waits in the queue"
    sent = codes()
    for code in list(sent.values())[:20]:
        cast(vote, code, ["bus"])

    held = rows()
    assert who_stands_out(held, "voice_rollentry", "voice_votingcode") == []
    assert who_stands_out(held, "voice_rollentry", "voice_ballot") == []
    said = {
        table: "\n".join(text for name, row in held if name == table for each in row.values() for text in texts(each))
        for table in {name for name, _ in held}
    }
    assert [table for table, text in said.items() if "@mailbox.example" in text] == ["voice_rollentry"]
    digests = [digest_of(vote, code) for code in sent.values()]
    assert [table for table, text in said.items() if any(each in text for each in digests)] == ["voice_votingcode"]
    everything = "\n".join([*said.values(), caplog.text]).upper().replace("-", "")
    assert [code for code in sent.values() if code.replace("-", "") in everything] == []
    assert "@mailbox.example" not in caplog.text


def test_e_mail_addresses_are_erased_with_the_roll(planner, fife, server):
    vote = opened(planner, fife)
    make_mails(planner, vote)
    call_off(planner, vote, "Too few projects.")
    erase_roll(planner, vote)
    assert not [row for _, row in rows() if "@mailbox.example" in str(row)]


def test_the_migration_rebuilds_no_table_that_the_database_protects():
    from importlib import import_module

    made = import_module("locality_web.voice.migrations.0014_codes_by_mail").Migration
    assert {each.model_name for each in made.operations} == {"rollentry", "codebatch"}
    assert all(isinstance(each, migrations.AddField | migrations.AlterField) for each in made.operations)
    assert "voice_rollentry" in connection.introspection.table_names()
