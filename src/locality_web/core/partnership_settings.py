"""What the guidance leaves to a partnership: rooms declare such values, the partnership may set its own with a reason.

A room declares them in its `settings.yaml`, without its own name in front:

    quorum_share:
      says: The part of a group's members that must take part for a decision to count
      kind: share
      default: 0.5
      minimum: 0.25
      maximum: 1
      source: Who says so, or "own choice of the founders, 2026-11"

and reads them with `read_setting(partnership, "plans.quorum_share")`. Kinds: `whole_number`, `number`, `share` (from 0
to 1, people type a percentage), `yes_no`, `text`, `choice` (one of `choices`), `choices` (several of them).
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from locality.foundations import Fault, InputRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Partnership, PartnershipSetting, Person
from locality_web.core.permissions import Place, require
from locality_web.core.setting_kinds import Declared, all_settings, faults_in, say_value

__all__ = ["Declared", "all_settings", "change_setting", "read_setting", "read_settings", "settings_lines"]

_KEPT = "_settings_kept"


def read_setting(partnership: Partnership, name: str) -> Any:
    """Give a value in force: the partnership's own, or the default.

    Args:
        partnership: Whose.
        name: Room and name, like "plans.quorum_share".

    Returns:
        A plain value of the declared kind; a `share` is a ratio from 0 to 1, `choices` a list.
    """
    return read_settings(partnership)[name]


def read_settings(partnership: Partnership) -> dict[str, Any]:
    """Give every value in force by its name; asks the database once for each partnership object."""
    kept: dict[str, Any] | None = partnership.__dict__.get(_KEPT)
    if kept is None:
        own = dict(PartnershipSetting.objects.filter(partnership=partnership).values_list("name", "value"))
        kept = {name: own.get(name, declared.default) for name, declared in all_settings().items()}
        partnership.__dict__[_KEPT] = kept
    return kept


@transaction.atomic
def change_setting(person: Person, place: Place, name: str, *, value: Any, reason: str) -> None:
    """Set the partnership's own value, or go back to the default.

    Args:
        person: Who decides; needs `core.settings`.
        place: The partnership.
        name: Room and name of the setting.
        value: The new value, as `read_setting` will give it; None: the default again.
        reason: Why; shown beside the value.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The value is not of its kind or outside its limits, or the reason is missing.
    """
    require(person, "core.settings", place)
    declared = all_settings()[name]
    faults = faults_in(declared, value) if value is not None else []
    if not reason.strip():
        do = "Write why the partnership decided so; it is shown beside the value."
        faults.append(Fault(file=name, what="The reason is missing", do=do, code="setting-reason", column="reason"))
    if faults:
        raise InputRefused(faults)
    before = read_setting(place.partnership, name)
    _write(person, place.partnership, name, value=value, reason=reason.strip())
    after = read_setting(place.partnership, name)
    record_event(
        person,
        "core.setting_changed",
        f"Set “{declared.says}” from {say_value(declared, before)} to {say_value(declared, after)}: {reason.strip()}",
        place=Place(place.partnership),
        subject=f"setting:{name}",
        detail={"before": before, "after": after, "own": value is not None},
    )


def _write(person: Person, partnership: Partnership, name: str, *, value: Any, reason: str) -> None:
    PartnershipSetting.objects.filter(partnership=partnership, name=name).delete()
    if value is not None:
        partnership.settings.create(name=name, value=value, reason=reason, set_by=person)
    partnership.__dict__.pop(_KEPT, None)


def settings_lines(partnership: Partnership) -> list[dict[str, Any]]:
    """Give each setting with its default, and the partnership's own value with reason, who and when; two queries."""
    own = {each.name: each for each in partnership.settings.select_related("set_by")}
    return [
        {
            "declared": declared,
            "default": say_value(declared, declared.default),
            "own": own.get(name),
            "own_value": say_value(declared, own[name].value) if name in own else "",
        }
        for name, declared in all_settings().items()
    ]
