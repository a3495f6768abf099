"""release.json: what a release is, of what it was made, and the hashes by which a change is seen.

A hash is not a signature. The id proves that a file is the one whose id you know; it does not prove who made it:
whoever can change a file can work out a new id. Pass the id on by another way than the file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from locality.disclosure import AuditResult, DisclosureRules, rules_applied
from locality.foundations import load_rule
from locality.release.content import ReleaseContent

SCHEMA = "locality.release"
VERSION = 3
"""Version of the layout; a change that an older reader would misread raises it."""

OLDEST_READ = 2
"""The oldest layout that is still read: form 3 added tables that a release may hold, and changed nothing else."""

MANIFEST = "release.json"


def member_name(table: str) -> str:
    """Give the name under which a table stands in the zip."""
    return f"{table}.parquet"


def canonical(value: Mapping[str, Any]) -> bytes:
    """Write plain values in the one form that is hashed: keys in order, UTF-8, no number that is not one."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False, default=_plain)
    return text.encode() + b"\n"


def _plain(value: Any) -> Any:
    """Turn numpy's numbers and dates into plain ones."""
    if hasattr(value, "item"):
        return value.item()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a release cannot hold a {type(value).__name__}")


def release_id(manifest: Mapping[str, Any]) -> str:
    """Give the SHA-256 of release.json without its id."""
    return digest(canonical({key: value for key, value in manifest.items() if key != "id"}))


def digest(content: bytes) -> str:
    """Give the SHA-256 of bytes as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def describe(
    content: ReleaseContent,
    tables: Mapping[str, bytes],
    *,
    rows: Mapping[str, int],
    rules: DisclosureRules,
    audit: AuditResult,
    day: dt.date,
    made_by: str,
) -> dict[str, Any]:
    """Make release.json.

    Args:
        content: What goes in.
        tables: Parquet bytes by table.
        rows: Rows by table.
        rules: The disclosure rules that were applied.
        audit: The result of the audit of service_users.
        day: The day of the release.
        made_by: Name and version of the program, and who ran it where they wish to say.

    Returns:
        The manifest with its id.
    """
    manifest = {
        "schema": SCHEMA,
        "schema_version": VERSION,
        "made_by": made_by,
        "day": day.isoformat(),
        "made_up": any(file.made_up for file in content.inputs),
        "partnership": {
            "code": content.partnership_code,
            "name": content.partnership_name,
            "nation": content.nation,
        },
        "year": content.year,
        "members": {
            member_name(name): {"sha256": digest(held), "bytes": len(held), "rows": rows[name]}
            for name, held in tables.items()
        },
        "disclosure": {
            "settings": rules.as_json(),
            "rules": rules_applied(day),
            "open_tables": load_rule("locality.release", "open_tables").at(day).value,
            "audit": audit.as_json(),
        },
        "totals": content.totals.as_json(),
        "parameters": content.parameters,
        "vintages": content.vintages,
        "inputs": [file.as_json() for file in content.inputs],
        "summary": content.summary,
    }
    return {**manifest, "id": release_id(manifest)}
