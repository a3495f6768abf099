"""Writes docs/look-up from the code itself: commands, tables, readers, rules, life cycles and more.

    python -m docs.generate            write the pages
    python -m docs.generate --check    fail when a page is not what the code says

Nobody edits those pages by hand, so they cannot say anything else than the program does.
"""

from __future__ import annotations

from pathlib import Path

from docs.generate.addresses import addresses_page
from docs.generate.audit_events import records_page
from docs.generate.commands import commands_page
from docs.generate.faults import faults_page
from docs.generate.life_cycles import life_cycles_page
from docs.generate.plan_files import plan_files_page
from docs.generate.presets import presets_page
from docs.generate.readers import readers_page
from docs.generate.roles import roles_page
from docs.generate.rules import rules_page
from docs.generate.settings import settings_page
from docs.generate.shelf import shelf_page
from docs.generate.site import site_commands_page, site_settings_page
from docs.generate.strategic_plan import facts_page, guidance_page
from docs.generate.summary import summary_page
from docs.generate.tables import release_page, tables_page

LOOK_UP = Path(__file__).parent.parent / "look-up"

PAGES = {
    "README.md": shelf_page,
    "commands.md": commands_page,
    "settings.md": settings_page,
    "tables.md": tables_page,
    "readers.md": readers_page,
    "faults.md": faults_page,
    "rules.md": rules_page,
    "life-cycles.md": life_cycles_page,
    "presets.md": presets_page,
    "summary.md": summary_page,
    "release.md": release_page,
    "plan-files.md": plan_files_page,
    "strategic-plan.md": facts_page,
    "guidance.md": guidance_page,
    "locality-web.md": site_commands_page,
    "site-settings.md": site_settings_page,
    "roles.md": roles_page,
    "addresses.md": addresses_page,
    "records.md": records_page,
}
"""Every generated page and the function that writes it."""

BY_HAND = {"site-forms.md"}
"""Pages of the shelf that people write; tests hold them to the code."""


def write_pages(folder: Path = LOOK_UP) -> None:
    """Write every page, and take away what is no longer generated."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        (folder / name).write_text(make(), encoding="utf-8")
    for page in folder.glob("*.md"):
        if page.name not in {*PAGES, *BY_HAND}:
            page.unlink()


def stale_pages(folder: Path = LOOK_UP) -> list[str]:
    """Name the pages that are missing, differ from what the code says, or should not be there."""
    strange = {page.name for page in folder.glob("*.md")} - set(PAGES) - BY_HAND
    differ = {name for name, make in PAGES.items() if _text(folder / name) != make()}
    return sorted(strange | differ)


def _text(page: Path) -> str | None:
    return page.read_text(encoding="utf-8") if page.exists() else None
