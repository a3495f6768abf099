"""Mail: written down with its cause, sent by a worker, shown in the demo."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import socket
import threading

import pytest
from django.core import mail as outbox
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from factories import site
from locality.foundations import ResultRefused
from locality_web.config.environment import read_address
from locality_web.core import jobs, mail
from locality_web.core.jobs_upkeep import keep_tidy
from locality_web.core.models import Job

pytestmark = pytest.mark.django_db
TEXT = "Dear Ann & Bob,\n\nplease open\nhttps://locality.example/fife/?a=1&b=2\n\nThank you"


def test_a_mail_is_sent_by_a_worker_as_text_and_as_simple_html():
    mail.send_text("ann@example.org", "Your plan", TEXT)
    assert outbox.outbox == []

    jobs.work_once()

    sent = outbox.outbox[0]
    assert (sent.to, sent.subject) == (["ann@example.org"], "Your plan")
    assert sent.body == TEXT + "\n"
    html = sent.alternatives[0].content
    assert "<p>Dear Ann &amp; Bob,</p>" in html
    assert '<a href="https://locality.example/fife/?a=1&amp;b=2">' in html


def test_a_template_of_a_mail_is_plain_text_and_escapes_nothing(settings, tmp_path, fife):
    (tmp_path / "hello.txt").write_text("Dear {{ name }} of {{ partnership }}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    job = mail.send("ann@example.org", "Hello\nBcc: x", "hello.txt", {"name": "Ann O'Neil"}, place=site.place(fife))

    assert job.arguments["text"] == "Dear Ann O'Neil of Fife\n"
    assert job.arguments["subject"] == "Hello Bcc: x"


def test_the_address_and_the_text_are_forgotten_once_the_mail_is_gone():
    mail.send_text("ann@example.org", "Your plan", TEXT)

    jobs.work_once()

    assert Job.objects.get().arguments == {}


def test_a_mail_whose_server_is_away_is_tried_again(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    mail.send_text("ann@example.org", "Your plan", TEXT)

    tried = jobs.work_once()

    assert tried.state == "waiting"
    assert tried.arguments["to"] == "ann@example.org"
    assert "It broke (ConnectionRefusedError)" in tried.says


class MailServer(threading.Thread):
    """A mail server for one mail, as the standard describes the talk."""

    def __init__(self):
        super().__init__(daemon=True)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.envelope: list[str] = []
        self.message = b""

    def run(self) -> None:
        talk, _ = self.door.accept()
        with talk, talk.makefile("rwb") as lines:
            self._say(lines, "220 ready")
            for line in lines:
                word = line.split()[0].upper().decode()
                if word == "EHLO":
                    self._say(lines, "250 hello")
                elif word == "DATA":
                    self._say(lines, "354 go on")
                    self.message = b"".join(iter(lines.readline, b".\r\n"))
                    self._say(lines, "250 taken")
                elif word == "QUIT":
                    self._say(lines, "221 bye")
                    return
                else:
                    self.envelope.append(line.decode().strip())
                    self._say(lines, "250 ok")

    @staticmethod
    def _say(lines, text: str) -> None:
        lines.write(f"{text}\r\n".encode())
        lines.flush()


@pytest.fixture
def mail_server(settings):
    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DEFAULT_FROM_EMAIL = "Fife planning <plans@fife.example>"
    yield server
    server.door.close()


def test_a_mail_reaches_a_mail_server_whole(mail_server):
    mail.send_text("ann@example.org", "Your plan for £1m", TEXT)

    assert jobs.work_once().state == "done"
    mail_server.join(5)

    assert [line.partition(":")[2] for line in mail_server.envelope] == ["<plans@fife.example>", "<ann@example.org>"]
    message = email.message_from_bytes(mail_server.message, policy=email.policy.default)
    assert message["Subject"] == "Your plan for £1m"
    assert message["From"] == "Fife planning <plans@fife.example>"
    assert message["Message-ID"].endswith("@fife.example>")
    assert message.get_body(("plain",)).get_content().split() == TEXT.split()
    assert "<p>Thank you</p>" in message.get_body(("html",)).get_content()


@pytest.fixture
def mail_folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "locality_web.core.mail_folder.MailFolder"
    settings.MAIL_FOLDER = tmp_path
    settings.DEMO = True
    mail.send_text("ann@example.org", "Your plan <b>", TEXT)
    jobs.work_once()


def test_the_demo_shows_its_mail(client, mail_folder):
    listed = client.get("/mail/").content.decode()
    assert "Your plan &lt;b&gt;" in listed
    assert "ann@example.org" in listed

    opened = client.get("/mail/1/").content.decode()
    assert '<a href="https://locality.example/fife/?a=1&amp;b=2"' in opened
    assert client.get("/mail/2/").status_code == 404


def test_a_live_site_shows_no_mail(client, mail_folder, settings):
    settings.DEMO = False

    assert client.get("/mail/").status_code == 404
    assert client.get("/mail/1/").status_code == 404


def test_the_demo_without_mail_says_so(client, settings, tmp_path, db):
    settings.DEMO, settings.MAIL_FOLDER = True, tmp_path / "none"

    assert "No mail has been sent yet." in client.get("/mail/").content.decode()


def test_a_mail_that_could_not_be_sent_keeps_its_link_for_a_week_and_no_longer():
    week = dt.timedelta(days=7)
    old, young = (mail.send_text("ann@example.org", "A link", "https://x.example/secret") for _ in range(2))
    for job, age in ((old, week + dt.timedelta(hours=1)), (young, week - dt.timedelta(hours=1))):
        Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, finished_at=timezone.now() - age)

    keep_tidy(young)
    for job in (old, young):
        job.refresh_from_db()

    assert old.arguments == {}
    assert "secret" in young.arguments["text"]
    with pytest.raises(ResultRefused, match="thrown away"):
        mail.send_mail(old)


def test_a_mail_that_is_tried_again_is_in_the_folder_once(mail_folder, tmp_path):
    written = mail.send_text("ben@example.org", "Twice", TEXT)
    said = dict(written.arguments)
    written.state = "running"
    written.save()
    mail.send_mail(written)

    written.arguments, written.state = said, "running"  # as if its worker was killed before it said that it was done
    written.save()
    mail.send_mail(written)

    assert len(list(tmp_path.glob("*.eml"))) == 2
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("said", "hosts", "https", "address"),
    [
        ("https://plans.example.scot/", ["a.example"], True, "https://plans.example.scot"),
        ("", ["plans.example.scot", "b.example"], True, "https://plans.example.scot"),
        ("", [], False, "http://127.0.0.1:8000"),
    ],
    ids=["given", "first-host", "this-machine"],
)
def test_the_address_of_the_site_in_what_it_sends(monkeypatch, said, hosts, https, address):
    monkeypatch.setenv("LOCALITY_ADDRESS", said)

    assert read_address(https=https, hosts=hosts) == address


def test_an_address_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("LOCALITY_ADDRESS", "plans.example.scot/fife")

    with pytest.raises(ImproperlyConfigured, match="Write it like https"):
        read_address(https=True, hosts=[])
