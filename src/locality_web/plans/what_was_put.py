"""What people were asked to agree to, and what of it was changed since: by them nothing, but behind the plan something.

A budget, the catalogue, a source, a joint line or an agreed plan may become another one while a plan stands still.
"""

from __future__ import annotations

from locality.foundations import ResultRefused
from locality.plans import LocalityPlan, StrategicPlan, changed_parts, hash_plan, parts_of
from locality_web.core.words import count_of, join_words
from locality_web.plans.editing import Record

Plan = LocalityPlan | StrategicPlan
_ASKED_IN = ("put_to_group", "put_to_board")
_UNKNOWN = ("a budget, a service, a source, a joint line or another plan",)
_MOST_NAMED = 8  # parts in one sentence


def note_what_was_put(record: Record, content: Plan) -> None:
    """Note on a plan's record what people are asked to agree to; it is saved with the step."""
    record.put_sha256, record.put_parts = hash_plan(content), parts_of(content)


def forget_parts(record: Record) -> None:
    """Forget the parts once nobody is asked any more: they are long, and lists of plans read their records."""
    if record.state not in _ASKED_IN:
        record.put_parts = {}


def changed_since_put(record: Record, content: Plan) -> tuple[str, ...]:
    """Say in words what was changed behind a plan since people were asked; empty: nothing, or nobody is asked."""
    if record.state not in _ASKED_IN or not record.put_sha256 or hash_plan(content) == record.put_sha256:
        return ()
    return (changed_parts(record.put_parts, parts_of(content)) if record.put_parts else ()) or _UNKNOWN


def say_changed(parts: tuple[str, ...]) -> str:
    """Write changed parts in one sentence; empty: nothing was changed."""
    if not parts:
        return ""
    named = [*parts[:_MOST_NAMED]]
    if len(parts) > _MOST_NAMED:
        named.append(f"{count_of(len(parts) - _MOST_NAMED, 'part')} more")
    return f"Since people were asked to agree to this plan, this was changed: {join_words(named)}."


def refuse_other_content(record: Record, content: Plan) -> None:
    """Refuse to agree to anything but what was put, and name what differs.

    Raises:
        ResultRefused: Something behind the plan is another one now.
    """
    changed = changed_since_put(record, content)
    if changed:
        raise ResultRefused(say_changed(changed), "Take the plan back and put it again.")
