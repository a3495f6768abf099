"""What a strategic plan finds (`facts`), the files it is consolidated from, and the checks against the guidance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from docs.generate.markdown import code, page, table
from docs.generate.tables import table_part
from locality.plans import Chapter, Check, load_chapters
from locality.plans.tables import CONSOLIDATION_TABLES
from locality.plans.words import WORDS

KEYS = Path(__file__).parent / "facts_keys.yaml"

_ABOUT_FACTS = """
A strategic plan as JSON carries `facts`: what consolidation found. Amounts are whole pence and ratios are plain numbers
(0.05 is 5%); what cannot be known is `null`. `[]` stands for each entry of a list. How to make one:
[Consolidate plans](../do/consolidate-plans.md).
"""

_ABOUT_FILES = """
Beside the agreed plans in the folder of `locality plans consolidate DIR` may stand these tables, as CSV with these
columns. Each may be left out.
"""

_ABOUT_CHECKS = """
Each check restates a paragraph of the guidance in our own words, and is computed by a rule. Its outcome is *met*,
*not met*, or *not recorded*: what nobody holds is never met. *Asked of* says whether each locality or the partnership
is looked at; *mended at* names the page of the site. `locality plans check` computes what one exported plan can show.
"""

_WORDS = """
Each word gets a few measured facts. Nothing is judged, and a figure that nobody holds says so.
"""


def facts_keys() -> dict[str, tuple[str, dict[str, str]]]:
    """Give each block of facts with what it says, and the meaning of each key that it has of its own."""
    blocks: dict[str, Any] = yaml.safe_load(KEYS.read_text(encoding="utf-8"))["blocks"]
    return {
        name: (block["says"], blocks[block["same_as"]]["keys"] if "same_as" in block else block.get("keys", {}))
        for name, block in blocks.items()
    }


def shared_keys() -> dict[str, str]:
    """Give the keys that mean the same wherever they stand."""
    shared: dict[str, str] = yaml.safe_load(KEYS.read_text(encoding="utf-8"))["shared"]
    return shared


def facts_page() -> str:
    """Describe every key of facts, block by block, and the files behind them."""
    rows = [(code(key), says) for key, says in shared_keys().items()]
    parts = ["## Wherever they stand", table(("key", "meaning"), rows)]
    for name, (says, keys) in facts_keys().items():
        own = [(code(key), meaning) for key, meaning in keys.items()]
        parts += [f"## {code(name)}", says, table(("key", "meaning"), own) if own else ""]
    files = [table_part(one) for one in CONSOLIDATION_TABLES]
    return page("What a strategic plan finds", _ABOUT_FACTS, *parts, "# Files beside the plans", _ABOUT_FILES, *files)


def guidance_page() -> str:
    """Describe every check, chapter by chapter."""
    words = table(("word", "question"), list(WORDS.items()))
    chapters = [_chapter(one) for one in load_chapters()]
    return page("Checks against the guidance", _ABOUT_CHECKS, *chapters, "## The four words of HSCI 9.1", _WORDS, words)


_COLUMNS = ("check", "paragraph", "duty", "what is asked", "what to do", "asked of", "mended at", "rule")


def _chapter(one: Chapter) -> str:
    about = f"Source: {one.source}. Checked by: {one.checked_by}. Review by: {one.review_by}."
    return "\n\n".join([f"## {one.chapter}: {one.title}", about, table(_COLUMNS, map(_row, one.checks))])


def _row(check: Check) -> tuple[str, ...]:
    told = ", ".join(f"{name} {value}" for name, value in check.parameters.items() if name not in ("one", "many"))
    rule = f"{code(check.rule_name)} ({told})" if told else code(check.rule_name)
    asked_of = "each locality" if check.scope == "locality" else "the partnership"
    return code(check.id), check.paragraph, check.duty, check.says, check.do, asked_of, code(check.mend), rule
