"""What a journey does in a browser: sign in, move by keyboard, and look for accessibility faults.

page = browser_page(360)
sign_in(page, planner)
page.goto(page.site + "/fife/money/")
tab_to(page, "Set budgets")
press(page, "Enter")
check_axe(page)
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.core.cache import cache
from playwright.sync_api import Page

from factories.second_step import code_now
from locality_web.core.models import Person

PASSWORD = "correct horse battery"
_AXE = Path(__file__).resolve().parent.parent / "journeys" / "vendor" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_NAME_OF_FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "";
  const by = (at.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean);
  const texts = by.map((id) => document.getElementById(id)?.textContent ?? "");
  const name = texts.join(" ") || at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.textContent;
  return (name || at.value || "").replace(/\\s+/g, " ").trim();
}"""

# Every fault leads to its field and is read out with it, the title says so first, and there is one main heading.
_UNCLEAR = """() => {
  const found = [];
  const all = (query) => [...document.querySelectorAll(query)];
  const says = all(".ds_question__error-message");
  const summary = document.querySelector(".ds_error-summary");
  const first = summary?.parentElement.closest("[lang]").lang === "gd" ? "Mearachd: " : "Error: ";
  if (summary && !document.title.startsWith(first)) found.push(`The title says no error: ${document.title}`);
  if (says.length && !summary) found.push("Faults stand beside fields, and none at the top");
  for (const link of summary?.querySelectorAll("a") ?? []) {
    const field = document.getElementById(link.hash.slice(1));
    if (!field?.matches("input, select, textarea, button")) found.push(`Leads to no field: ${link.textContent}`);
  }
  for (const each of says) {
    const id = each.closest("[id$=_error]")?.id;
    if (!id || !document.querySelector(`[aria-describedby~="${id}"]`)) found.push(`Of no field: ${each.textContent}`);
  }
  if (all("h1").length !== 1) found.push(`${all("h1").length} main headings`);
  return found;
}"""


def sign_in(page: Page, person: Person, password: str = PASSWORD) -> None:
    """Sign in by the site's own forms, with the second factor where one is set up."""
    # A code counts once, and attempts are counted; a journey that signs in twice in a minute must not wait.
    cache.clear()
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    page.goto(f"{page.site}/accounts/login/")
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(password)
    _send(page)
    if page.locator("input[name=code]").count():
        page.locator("input[name=code]").fill(one_time_code(person))
        _send(page)
    assert page.get_by_role("button", name="Sign out").count(), page.locator("main").inner_text()


def _send(page: Page) -> None:
    """Send the page's form and wait for the answer: on a busy machine the old page would otherwise be looked at."""
    with page.expect_navigation():
        page.locator("main form[method=post] button[type=submit]").first.click()


def one_time_code(person: Person) -> str:
    """Give the six figures that the person's telephone would show now."""
    kept = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    return code_now(decrypt(kept.data["secret"]))


def focused(page: Page) -> str:
    """Give the name of what has the keyboard's focus."""
    return str(page.evaluate(_NAME_OF_FOCUS))


def tab_to(page: Page, name: str, *, most: int = 150) -> None:
    """Press Tab until what has a name has the focus; say what was met when it cannot be reached."""
    met = []
    for _ in range(most):
        page.keyboard.press("Tab")
        met.append(focused(page))
        if met[-1] == name:
            return
    raise AssertionError(f"'{name}' cannot be reached by Tab; met: {list(dict.fromkeys(met))}")


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other, such as "Enter", "Space", "ArrowDown"."""
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_load_state()


def go(page: Page, name: str) -> None:
    """Reach a link or button by Tab, press Enter, and wait until the page that it leads to is there."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, name: str, text: str) -> None:
    """Reach a field by Tab and write a text in place of what it holds."""
    tab_to(page, name)
    press(page, "Control+a")
    page.keyboard.type(text)


def check_axe_at(page: Page, *widths: int) -> None:
    """Look for accessibility faults in a page at several widths, without asking the site for it again."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        check_axe(page)


def check_axe(page: Page) -> None:
    """Fail with what is not accessible on the page as it stands, or when all of it scrolls sideways."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE.read_text("utf-8"))
    found: Any = page.evaluate(
        "(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })",
        _TAGS,
    )
    faults = [
        f"{fault['id']} ({fault['help']}): {node['html'][:160]} — {node['failureSummary'][:300]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
    assert not faults, f"{page.url}\n" + "\n".join(faults)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"


def look(page: Page) -> None:
    """Look at a page on a phone and on a desk: at all that axe finds, and at how it says what is wrong."""
    size = page.viewport_size or {"width": 360, "height": 900}
    check_axe_at(page, *sorted((360, 1280), key=lambda width: width == size["width"]))
    unclear = page.evaluate(_UNCLEAR)
    assert not unclear, f"{page.url}\n" + "\n".join(unclear)


def mirror(page: Page, into: Page) -> None:
    """Show the site's very answer once more, in a page where tools may run though the first one runs no scripts.

    What was typed into the first page is not in it; scripts of the site are not loaded.
    """
    answer, address = page.content(), page.url.partition("#")[0]
    into.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    into.route(address, lambda route: route.fulfill(body=answer, content_type="text/html; charset=utf-8"))
    into.goto(address)
    into.unroute_all()


def keep_pictures(page: Page, folder: str) -> None:
    """Keep pictures of a page on a phone and on a desk, under numbers in the order in which they were taken."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    number = len(list(Path(folder).glob("*.png"))) // 2 + 1
    name = re.sub(r"\W+", "-", page.title().rpartition(" – ")[0])[:50]
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=f"{folder}/{number:03}-{name}-{width}.png", full_page=True)
