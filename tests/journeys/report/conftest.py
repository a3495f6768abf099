"""A report opened in a browser as a reader would: from a file, with nothing beside it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from factories.summary import example_summary
from locality.money.report import render_report


@pytest.fixture
def open_report(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a report of a given size at a given width; `page.asked` lists every address that it asked for."""
    contexts = []

    def _open(width: int, **size: Any) -> Page:
        file = tmp_path / "report.html"
        file.write_text(render_report(example_summary(**size)), "utf-8")
        context = chromium.new_context(viewport={"width": width, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(file.as_uri())
        return page

    yield _open
    for context in contexts:
        context.close()
