"""A release is loaded whole or not at all."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import money_site, site
from locality.foundations import InputRefused
from locality_web.core.bridge import load_release, take_release
from locality_web.core.models import AuditEvent, ReleaseLoaded
from locality_web.core.permissions import NotAllowed
from locality_web.money.models import LedgerHeading, LocalityShare, Share


def test_a_release_is_loaded_with_every_penny_of_its_shares(fife):
    record = money_site.loaded_release(fife)

    assert (record.year, record.made_up) == ("2025/26", True)
    assert Share.objects.filter(release=record).count() == 4 * 3
    assert sum(LocalityShare.objects.values_list("historic_pence", flat=True)) == 9_999_999_99
    assert sum(LedgerHeading.objects.values_list("shared_pence", flat=True)) == 9_999_999_99
    event = AuditEvent.objects.get(kind="money.release_loaded")
    assert event.detail["release"] == record.release


def test_the_same_release_again_changes_nothing_and_says_so(fife):
    content = money_site.release_bytes(fife)
    analyst = site.person("analyst", fife)
    first, is_new = take_release(content, site.place(fife), analyst)
    events = AuditEvent.objects.count()

    second, is_new_again = take_release(content, site.place(fife), analyst)

    assert (is_new, is_new_again, second) == (True, False, first)
    assert (Share.objects.count(), AuditEvent.objects.count()) == (12, events)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda content: content[:-40], "cut off or damaged"),
        (lambda content: content[:2000] + bytes([content[2000] ^ 1]) + content[2001:], "changed after it was written"),
        (lambda content: b"Dear colleague", "it is not a release"),
        (lambda content: b"", "it is not a release"),
    ],
    ids=["cut off", "one bit changed", "a letter", "empty"],
)
def test_a_broken_file_is_refused_whole_and_the_earlier_release_stays(fife, spoil, says):
    earlier = money_site.loaded_release(fife)
    broken = spoil(money_site.release_bytes(fife, day=money_site.releases.DAY.replace(month=1)))

    with pytest.raises(InputRefused) as refused:
        load_release(broken, site.place(fife), site.person("analyst", fife), file_name="new.release.zip")

    assert says in refused.value.faults[0].what or "damaged" in refused.value.faults[0].what
    assert refused.value.faults[0].file == "new.release.zip"
    assert list(ReleaseLoaded.objects.all()) == [earlier]
    assert Share.objects.count() == 12


def test_a_release_of_another_partnership_is_refused(fife, argyll):
    with pytest.raises(InputRefused, match=r"a release of Argyll and Bute .* not of Fife"):
        load_release(money_site.release_bytes(argyll), site.place(fife), site.person("analyst", fife))

    assert not ReleaseLoaded.objects.exists()


def test_a_release_with_another_id_than_the_one_that_was_given_is_refused(fife):
    with pytest.raises(InputRefused, match="not the one that you were given"):
        load_release(
            money_site.release_bytes(fife), site.place(fife), site.person("analyst", fife), expected_id="ab" * 32
        )


def test_only_those_who_may_load_a_release(fife):
    with pytest.raises(NotAllowed, match="You may not load a release"):
        load_release(money_site.release_bytes(fife), site.place(fife), site.person("planner", fife))


def test_an_analyst_loads_a_release_on_its_page(as_role, fife):
    browser = as_role("analyst")
    file = SimpleUploadedFile("fife.release.zip", money_site.release_bytes(fife), "application/zip")

    answer = browser.post("/fife/money/releases/", {"file": file}, follow=True)

    assert "Loaded the release of 2025/26." in answer.content.decode()
    assert ReleaseLoaded.objects.get().file_name == "fife.release.zip"


def test_the_page_says_why_a_release_was_refused(as_role, fife):
    browser = as_role("analyst")
    file = SimpleUploadedFile("fife.release.zip", money_site.release_bytes(fife)[:-40], "application/zip")

    page = browser.post("/fife/money/releases/", {"file": file}).content.decode()

    assert "The release was not loaded; what was loaded before stays." in page
    assert "cut off or damaged; nothing was read" in page


def test_a_file_above_the_limit_is_refused_before_it_is_read(as_role, fife, monkeypatch):
    monkeypatch.setattr("locality_web.money.release_views.most_bytes", lambda: 2**20)
    file = SimpleUploadedFile("big.release.zip", b"PK" + b"0" * 2**20, "application/zip")

    page = as_role("analyst").post("/fife/money/releases/", {"file": file}).content.decode()

    assert "larger than 1 MB" in page


KILLED = """
    import django
    django.setup()
    from pathlib import Path
    from locality_web.core import bridge
    from locality_web.core.models import Partnership
    from locality_web.core.permissions import Place

    def stop_here(*arguments, **named):
        print("written", flush=True)
        import time
        time.sleep(60)

    bridge.record_event = stop_here  # the last thing before everything is kept
    bridge.load_release(Path({path!r}), Place(Partnership.objects.get()), None)
"""
BEGUN = """
    import django
    django.setup()
    from django.core.management import call_command
    from locality_web.core.models import Partnership
    call_command("migrate", verbosity=0)
    Partnership.objects.create(slug="fife", name="Fife", code="FIFE")
"""
COUNTED = """
    import django
    django.setup()
    from locality_web.core.models import ReleaseLoaded
    from locality_web.money.models import Share
    print(ReleaseLoaded.objects.count(), Share.objects.count())
"""


def environment(home):
    return {**os.environ, "LOCALITY_HOME": str(home), "DJANGO_SETTINGS_MODULE": "locality_web.config.settings"}


def run(program, home):
    """Run a program in a process of its own to its end; give what it printed."""
    command = [sys.executable, "-c", textwrap.dedent(program)]
    done = subprocess.run(command, env=environment(home), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_site_that_is_killed_while_it_loads_a_release_has_nothing_of_it(fife, tmp_path):
    path = tmp_path / "fife.release.zip"
    path.write_bytes(money_site.release_bytes(fife))
    run(BEGUN, tmp_path)

    command = [sys.executable, "-c", textwrap.dedent(KILLED.format(path=str(path)))]
    with subprocess.Popen(command, env=environment(tmp_path), stdout=subprocess.PIPE, text=True) as loading:
        assert loading.stdout.readline() == "written\n"
        loading.send_signal(signal.SIGKILL)

    assert run(COUNTED, tmp_path) == "0 0\n"
    load = "from locality_web.config.command import main; main(['load-release', {!r}, '--partnership', 'fife'])"
    assert run(load.format(str(path)), tmp_path).startswith("Loaded the release of 2025/26 for Fife: ")
    assert run(COUNTED, tmp_path) == "1 12\n"
