"""Reads a release: verified whole before anything of it is given, or refused whole with one message."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from locality.disclosure import audit, read_published, rules_on
from locality.foundations import InputRefused, LocalityError, load_rule
from locality.release.agree import disagreements
from locality.release.bundle import check_form, refusal, tampered, unpack
from locality.release.content import Release, ReleaseTotals
from locality.release.frames import from_parquet
from locality.release.manifest import MANIFEST, OLDEST_READ, SCHEMA, VERSION, canonical, digest, member_name, release_id
from locality.release.tables import ALL_TABLES, PLACE_TABLES, RELEASE_TABLES


def read_release(path: Path, *, expected_id: str | None = None) -> Release:
    """Read a release after verifying all of it.

    Checked in this order: size, zip, schema version, exact members, every byte, release.json against its id, every
    table's SHA-256, declared columns and types, totals, and the disclosure audit on the counts as they stand.

    Args:
        path: The file.
        expected_id: The id as the analyst gave it by another way; without it a forger who rewrites the whole file
            is not found out, because a hash is not a signature.

    Returns:
        The release; nothing is returned unless everything holds.

    Raises:
        InputRefused: One fault, with code release-not-a-release, release-cut-off, release-too-large,
            release-newer-schema, release-older-schema, release-missing-member, release-unknown-member,
            release-tampered, release-does-not-add-up, release-audit-failed or release-other-id.
    """
    limit = int(_limits()["file_bytes"])
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= limit else b""
    except OSError as missing:
        raise refusal(
            path.name, "it cannot be opened", "Check the name and the place.", "release-not-found"
        ) from missing
    if size > limit:
        raise refusal(
            path.name,
            f"it is larger than any release ({limit:,} bytes)",
            "Ask who sent it what it is.",
            "release-too-large",
        )
    release = read_bytes(content, path.name)
    if expected_id is not None and release.id != expected_id:
        raise refusal(
            path.name,
            f"its id is {release.id}, not the one that you were given",
            "Do not use it; ask the analyst for the original.",
            "release-other-id",
        )
    return release


def read_bytes(content: bytes, file: str) -> Release:
    """Verify a release held in memory; see `read_release`."""
    members = unpack(content, file)
    about = _manifest(members, file)
    _check_members(members, file)
    check_form(content, members, file)
    if canonical(about) != members[MANIFEST] or about.get("id") != release_id(about):
        raise tampered(file, "release.json does not match its id")
    try:
        return _verified(members, about, file)
    except (KeyError, TypeError, ValueError, AttributeError) as broken:
        raise tampered(file, "release.json lacks something, or holds it in another form") from broken


def _limits() -> Mapping[str, int]:
    """Give the newest limits: they guard the reader's machine, whatever day the file claims."""
    limits: Mapping[str, int] = load_rule("locality.release", "size_limits").values[-1].value
    return limits


def _manifest(members: Mapping[str, bytes], file: str) -> dict[str, Any]:
    """Read release.json as far as its version; a newer one may have other members, so it is asked first."""
    if MANIFEST not in members:
        raise refusal(
            file, "it has no release.json", "Choose a file that ends in .release.zip.", "release-not-a-release"
        )
    try:
        about = json.loads(members[MANIFEST])
    except (ValueError, RecursionError) as broken:
        raise tampered(file, "release.json cannot be read") from broken
    if not isinstance(about, dict) or about.get("schema") != SCHEMA or not isinstance(about.get("schema_version"), int):
        raise tampered(file, "release.json is not one of a release")
    if about["schema_version"] > VERSION:
        raise refusal(
            file,
            f"it was written in form {about['schema_version']}; this version reads up to {VERSION}",
            "Install the newest version of Locality, then read it again.",
            "release-newer-schema",
        )
    if about["schema_version"] < OLDEST_READ:
        raise refusal(
            file,
            f"it was written in form {about['schema_version']}, and this version reads form {OLDEST_READ} and later",
            "Ask the analyst to write it anew with the newest version of Locality.",
            "release-older-schema",
        )
    return about


def _check_members(members: Mapping[str, bytes], file: str) -> None:
    needed = [MANIFEST, *(member_name(table.name) for table in RELEASE_TABLES)]
    known = [*needed, *(member_name(table.name) for table in PLACE_TABLES)]
    strangers = [name for name in members if name not in known]
    if strangers:
        raise refusal(
            file,
            f"it holds '{strangers[0]}', which no release holds; nothing was read",
            "Ask the analyst who made it for the original.",
            "release-unknown-member",
        )
    missing = [name for name in needed if name not in members]
    if missing:
        raise refusal(
            file,
            f"it lacks {', '.join(missing)}; nothing was read",
            "Copy the file again from where it was made.",
            "release-missing-member",
        )
    if list(members) != [name for name in known if name in members]:
        raise tampered(file, "its members are in another order")


def _verified(members: Mapping[str, bytes], about: dict[str, Any], file: str) -> Release:
    day = dt.date.fromisoformat(about["day"])
    tables = _tables(members, about, file)
    totals = ReleaseTotals(**about["totals"])
    wrong = disagreements(tables, totals)
    if wrong:
        raise refusal(
            file,
            f"{'; '.join(wrong)}; nothing was read",
            "Ask the analyst to write it again.",
            "release-does-not-add-up",
        )
    _check_audit(tables["service_users"], about, day, file)
    return Release(about["id"], day, about, tables)


def _tables(members: Mapping[str, bytes], about: dict[str, Any], file: str) -> dict[str, pd.DataFrame]:
    stated = about["members"]
    tables, limits = {}, _limits()
    for table in ALL_TABLES:
        name = member_name(table.name)
        if name not in members:
            continue
        if digest(members[name]) != stated[name]["sha256"]:
            raise tampered(file, f"{name} does not match its SHA-256")
        try:
            tables[table.name] = from_parquet(
                table, members[name], rows=limits["table_rows"], characters=limits["text_characters"]
            )
        except InputRefused as refused:
            raise tampered(file, str(refused.faults[0]).rstrip(".")) from refused
    return tables


def _check_audit(users: pd.DataFrame, about: dict[str, Any], day: dt.date, file: str) -> None:
    """Attack the counts as they stand, by the reader's own rules."""
    if users.empty:
        return
    try:
        rules = rules_on(day, threshold=int(about["disclosure"]["settings"]["threshold"]))
        published = read_published(users, ["locality", "heading"])
        shown_small = ~published.hidden & (published.counts >= rules.floor) & (published.counts <= rules.threshold)
        passed = not shown_small.any() and audit(published, rules).passed
    except LocalityError as refused:
        raise refusal(file, f"its counts cannot be audited: {refused}", *_AUDIT) from refused
    if not passed or (users["hidden"] != users["people"].isna()).any():
        raise refusal(file, "its counts of people do not pass the disclosure audit; nothing was read", *_AUDIT)


_AUDIT = ("Tell the partnership's lead for information governance, and delete the file.", "release-audit-failed")
