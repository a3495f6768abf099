"""The site as a browser meets it: a server on the test database, and pages that must not misbehave."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations
from playwright.sync_api import Browser, BrowserContext, Page

from factories import browsing, site
from factories.emptying import patch_flush
from locality_web.core.remembered import forget

# The browser's driver keeps an event loop running in this thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Milliseconds: a journey asks whether something happens, not how fast; speed has measurements of its own.
_PATIENCE = 120_000


@pytest.fixture(autouse=True, scope="session")
def emptying():
    """Let Django empty tables after a test that the database otherwise protects."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", patch_flush())
        yield


@pytest.fixture
def live_site(transactional_db, live_server) -> str:
    """The address of the running site; what a test saves is seen by its pages."""
    forget()  # the server runs in this process, and an earlier test's rows had the same keys
    return live_server.url


@pytest.fixture
def fife(live_site):
    """A partnership with four localities."""
    return site.partnership()


@pytest.fixture
def browser_page(chromium: Browser, live_site: str) -> Iterator[Callable[..., Page]]:
    """Open a page of a given width: `page.site` is the site's address, `page.faults` what went wrong in the browser.

    After the test every page must be free of errors in scripts, of what the content security policy refused, of
    parts that did not load, and of requests to other hosts.
    """
    contexts: list[BrowserContext] = []
    pages: list[Page] = []

    def opened(width: int = 1280, *, scripts: bool = True, height: int = 900) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, java_script_enabled=scripts)
        contexts.append(context)
        context.set_default_timeout(_PATIENCE)
        page = context.new_page()
        page.runs_scripts = scripts
        _watch(page, live_site)
        pages.append(page)
        return page

    yield opened
    faults = [fault for page in pages for fault in page.faults]
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def _watch(page: Page, address: str) -> None:
    page.site, page.faults = address, []

    def say(fault: str) -> None:
        page.faults.append(f"{page.url}: {fault}")

    page.on("pageerror", lambda error: say(f"error in a script: {error}"))
    page.on(
        "console",
        lambda said: (
            # A page that answers 403 or 404 is often what a journey is about; parts are watched below.
            say(said.text) if said.type == "error" and not said.text.startswith("Failed to load resource") else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((address, "data:", "blob:")) else say(f"asked another host: {request.url}")
        ),
    )
    page.on(
        "response",
        lambda answer: (
            say(f"{answer.status} for {answer.url}")
            if answer.status >= 500 or (answer.status >= 400 and answer.request.resource_type != "document")
            else None
        ),
    )


@pytest.fixture
def check_axe() -> Callable[[Page], None]:
    """Look for accessibility faults in a page as it stands."""
    return browsing.check_axe


@pytest.fixture
def looked_at(browser_page: Callable[..., Page]) -> Callable[[Page], None]:
    """Look at a page as it stands, on a phone and on a desk; a journey does so after every interaction.

    Where scripts are off axe cannot run: another page then shows the very answer of the site. With `PICTURES` set to
    a folder, it keeps a picture of each.
    """
    mirrors: list[Page] = []

    def look(page: Page) -> None:
        shown = page
        if not page.runs_scripts:
            mirrors[:] = mirrors or [browser_page(360)]
            shown = mirrors[0]
            browsing.mirror(page, shown)
        browsing.look(shown)
        if folder := os.environ.get("PICTURES"):
            browsing.keep_pictures(shown, folder)

    return look


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """Sign a person in by the site's own forms: `sign_in(page, person)`."""
    return browsing.sign_in
