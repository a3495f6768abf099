"""Read agreed plans from the text that was hashed; each is read once and remembered, because it never changes."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import TypeVar, cast

from locality.foundations import ResultRefused
from locality.plans import LocalityPlan, StrategicPlan, plan_from_json
from locality_web.plans.models import Snapshot

Plan = TypeVar("Plan", LocalityPlan, StrategicPlan)
_MOST = 100  # snapshots kept in one process; a partnership of nine localities has ten for a year
_kept: OrderedDict[str, object] = OrderedDict()
_lock = Lock()


def read_snapshot(snapshot: Snapshot) -> LocalityPlan:
    """Read an agreed locality plan.

    Raises:
        ResultRefused: The text is not the one that was agreed: its hash does not fit.
    """
    return _read(snapshot, LocalityPlan)


def read_strategic_snapshot(snapshot: Snapshot) -> StrategicPlan:
    """Read an agreed strategic plan.

    Raises:
        ResultRefused: The text is not the one that was agreed: its hash does not fit.
    """
    return _read(snapshot, StrategicPlan)


def agreed_plan(snapshot: Snapshot) -> LocalityPlan | StrategicPlan:
    """Read an agreed plan of whichever kind.

    Raises:
        ResultRefused: The text is not the one that was agreed: its hash does not fit.
    """
    return read_snapshot(snapshot) if snapshot.kind == Snapshot.Kind.LOCALITY else read_strategic_snapshot(snapshot)


def read_texts(snapshots: Iterable[Snapshot]) -> None:
    """Read the texts of agreed plans that are not in memory yet, in one query."""
    missing = {one.pk: one for one in snapshots if one.sha256 not in _kept}
    if missing:
        for pk, text in Snapshot.objects.filter(pk__in=missing).values_list("pk", "text"):
            missing[pk].text = text
            agreed_plan(missing[pk])


def _read(snapshot: Snapshot, kind: type[Plan]) -> Plan:
    with _lock:
        found = _kept.get(snapshot.sha256)
    if found is None:
        if hashlib.sha256(snapshot.text.encode()).hexdigest() != snapshot.sha256:
            what = f"The text of snapshot {snapshot.sha256[:12]} is not the one that was agreed."
            raise ResultRefused(what, "Tell whoever looks after this site: the database was changed by hand.")
        found = plan_from_json(json.loads(snapshot.text), kind, file=f"snapshot {snapshot.sha256[:12]}")
    with _lock:
        _kept[snapshot.sha256] = found
        _kept.move_to_end(snapshot.sha256)
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return cast(Plan, found)
