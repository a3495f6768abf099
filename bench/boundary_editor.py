"""The page on which boundaries are edited by hand, for about 1,400 real zones round the Clyde.

    python bench/boundary_editor.py DATA [--port 8109] [--home FOLDER]

DATA is the folder with the public files (docs/do/get-the-data.md). A site is filled and served on this machine. Prints:

* CPU milliseconds of one edit on the server (one zone moved; twenty moved; taken back; tidied up) and their ratio to an
  empty page, which goes through the same layers;
* kilobytes as sent, of everything that the page asks for until its map stands, with nothing kept from before;
* milliseconds until the map is painted in Chromium, by its own clock, and the CPU milliseconds of the page's main
  thread until then.
"""

# ruff: noqa: PLC0415 - the browser's side needs no Django

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CLYDE, ZONES = "Glasgow City,South Lanarkshire,East Renfrewshire,Inverclyde", 1_400
GOAL_EDIT_MS, GOAL_PAINT_MS, GOAL_KB = 100, 2_000, 500
ROUNDS = 12
Ground = dict[str, Any]


def of_site() -> Any:
    """The other bench, whose name is that of a module of Python's own."""
    found = importlib.util.spec_from_file_location("bench_of_site", HERE / "site.py")
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules["bench_of_site"] = module
    found.loader.exec_module(module)
    return module


def fill(environment: dict[str, str], data: Path) -> Ground:
    command = [sys.executable, str(HERE / "site_server" / "bench_boundaries.py"), str(data), CLYDE, str(ZONES)]
    told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    ground: Ground = json.loads(told.splitlines()[-1])
    return ground


def edits(ground: Ground) -> None:
    """Print what edits cost the server, in a process that has the site's settings."""
    import django

    django.setup()
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = ground["session"]
    here = f"/bench/areas/options/{ground['option']}/map/"
    version = client.get(f"{here}state.json").json()["version"]

    def edit(**said: Any) -> float:
        nonlocal version
        begun = time.process_time()
        answer = client.post(f"{here}edit/", json.dumps({**said, "version": version}), content_type="application/json")
        spent = time.process_time() - begun
        # Cut out of their council areas, these zones may not hang together: tidying up then searches, and refuses.
        assert answer.status_code == 200 or said["do"] == "tidy", answer.content[:300]
        version = answer.json().get("version", version)
        return spent * 1000

    def empty() -> float:
        begun = time.process_time()
        client.get("/bench/empty/")
        return (time.process_time() - begun) * 1000

    def move(first: int, many: int) -> float:
        key = ground["keys"][first % len(ground["keys"])]
        return edit(do="move", moves=dict.fromkeys(ground["zones"][first * 30 : first * 30 + many], key))

    for warm in (empty, lambda: move(40, 1), lambda: edit(do="tidy")):
        warm()
    found = {
        "empty page": [empty() for _ in range(ROUNDS * 4)],
        "one zone moved": [move(number, 1) for number in range(ROUNDS)],
        "twenty zones moved": [move(number + ROUNDS, 20) for number in range(ROUNDS)],
        "taken back": [edit(do="undo") for _ in range(ROUNDS)],
        "tidied up": [edit(do="tidy") for _ in range(3)],
    }
    floor = middle(found["empty page"])
    print(f"\n{'':<22}{'CPU ms':>8}{'worst':>8}{'to empty':>10}")
    for name, spent in found.items():
        print(f"{name:<22}{middle(spent):>8.1f}{max(spent):>8.1f}{middle(spent) / floor:>9.1f}x")
    print(f"goal: at most {GOAL_EDIT_MS} ms for a move")


def middle(those: list[float]) -> float:
    return sorted(those)[len(those) // 2]


def paint(ground: Ground, port: int) -> None:
    """Open the page in a browser that has kept nothing; three times."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        print(f"\n{'':<22}{'kB':>8}{'painted ms':>12}{'CPU ms':>8}")
        for number in range(1, 4):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            own = f"http://127.0.0.1:{port}"
            context.add_cookies([{"name": "sessionid", "value": ground["session"], "url": own}])
            address = f"{own}/bench/areas/options/{ground['option']}/map/"
            print(f"opened, {number:<14}{_opened(context, address)}")
        browser.close()
    print(f"goal: at most {GOAL_KB} kB, {GOAL_PAINT_MS:,} ms; the topology of it {ground['topology'] / 1000:.0f} kB")


def _opened(context: Any, address: str) -> str:
    page = context.new_page()
    talk = context.new_cdp_session(page)
    talk.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})  # processor time, not the clock's
    talk.send("Performance.enable")
    sent: list[float] = []
    talk.send("Network.enable")
    talk.on("Network.loadingFinished", lambda said: sent.append(said["encodedDataLength"]))
    page.goto(address)
    page.locator("[data-ready]").wait_for()
    figures = {each["name"]: each["value"] for each in talk.send("Performance.getMetrics")["metrics"]}
    page.locator("[data-listed]").wait_for()
    painted = page.evaluate("performance.getEntriesByName('map-painted')[0].startTime")
    context.close()
    return f"{sum(sent) / 1000:>8.0f}{painted:>12.0f}{figures['TaskDuration'] * 1000:>8.0f}"


def main() -> None:
    """Fill a site and measure its editor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--port", type=int, default=8109)
    parser.add_argument("--home", help="a site that an earlier run filled, or where to keep this one")
    chosen = parser.parse_args()
    site = of_site()
    with contextlib.ExitStack() as stack:
        home = chosen.home or stack.enter_context(tempfile.TemporaryDirectory(prefix="locality-bench-"))
        environment = site.surroundings(home)
        kept = Path(home) / "ground.json"
        ground = json.loads(kept.read_text()) if kept.exists() else fill(environment, chosen.data)
        kept.write_text(json.dumps(ground))
        print(f"{len(ground['zones']):,} zones, {len(ground['keys'])} localities", flush=True)
        code = (
            f"import json, pathlib, runpy; run = runpy.run_path({str(HERE / 'boundary_editor.py')!r});"
            f"run['edits'](json.loads(pathlib.Path({str(kept)!r}).read_text()))"
        )
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)
        stack.enter_context(site.served(environment, chosen.port))
        paint(ground, chosen.port)


if __name__ == "__main__":
    main()
