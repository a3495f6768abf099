"""What pages read again and again, kept in memory until anything is recorded: every change of the site is.

The record of what was done grows in the same transaction as what it records. So its newest hash stands for the state of
the whole site, and what was read under one hash is right as long as the hash stays.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.utils import timezone

from locality_web.core.audit_models import AuditHead
from locality_web.core.models import Partnership

Read = TypeVar("Read")
_MOST = 40  # what is kept, over all partnerships and years
_kept: OrderedDict[tuple[Any, ...], tuple[str, object]] = OrderedDict()


def remembered(partnership: Partnership, name: tuple[str, ...], read: Callable[[], Read]) -> Read:
    """Give what a page needs, read anew only when something was recorded since, or another day began.

    Args:
        partnership: Whose it is.
        name: What it is, like ("record", "2026/27").
        read: Reads it; what it gives is never changed by anybody.

    Returns:
        What `read` gave under the newest hash. Never to be used where something is written.
    """
    key = (partnership.pk, *name, timezone.localdate())
    head = AuditHead.objects.values_list("hash", flat=True).first() or ""
    found = _kept.get(key)
    if not head or found is None or found[0] != head:
        found = (head, read())
        _kept[key] = found
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return cast(Read, found[1])
