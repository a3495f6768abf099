"""What pages read again and again, kept in memory until a room that it was read from records anything.

Every change of the site writes an event, in the same transaction (`audit.record_event`), and the kind of an event
begins with the name of its room. So the newest event of a room and a partnership stands for all that the room holds of
it, and what was read under that event is right as long as no other one follows. A restored backup
stands for all rooms and partnerships.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, TypeVar, cast

from django.utils import timezone

from locality_web.core.audit_models import WHOLE_SITE, NewestEvent
from locality_web.core.languages import spoken
from locality_web.core.models import Partnership

Read = TypeVar("Read")
_MOST = 2000  # values that are kept: some twenty for each partnership and year, and one for each person today
_kept: OrderedDict[tuple[Any, ...], tuple[object, object]] = OrderedDict()
_lock = Lock()


class Memory:
    """What is known of a partnership, as it stands when this is made: one query. Only for pages that show.

    Make it before anything else is read: what is read later may be newer than the state under which it is kept, and is
    then read again, but never older. Never to be used where something is written, and never kept from one request to
    the next.
    """

    def __init__(self, partnership: Partnership):
        self._partnership = partnership.pk
        self._day = timezone.localdate()
        rows = NewestEvent.objects.filter(partnership_id__in=(WHOLE_SITE, partnership.pk))
        newest = {(whose, room): head for whose, room, head in rows.values_list("partnership_id", "room", "hash")}
        self._of_site = sorted((room, head) for (whose, room), head in newest.items() if whose == WHOLE_SITE)
        self._of_rooms = {room: head for (whose, room), head in newest.items() if whose == partnership.pk}

    def read(self, name: tuple[str, ...], rooms: Iterable[str], read: Callable[[], Read]) -> Read:
        """Give what `read` gives, asked again only when one of the rooms recorded something, or another day began.

        Args:
            name: What it is, like ("services",) or ("record", "2026/27").
            rooms: The rooms from whose tables it is read; settings are core's.
            read: Reads it. Nobody may change what it gives.

        Returns:
            What `read` gave.
        """
        key = (self._partnership, spoken().code, *name)  # what is kept may hold words and addresses of pages
        state = (self._day, self._of_site, [(room, self._of_rooms.get(room)) for room in sorted({*rooms})])
        with _lock:
            found = _kept.get(key)
        if found is None or found[0] != state:
            found = (state, read())
        with _lock:
            _kept[key] = found
            _kept.move_to_end(key)
            while len(_kept) > _MOST:
                _kept.popitem(last=False)
        return cast(Read, found[1])


class Anew:
    """The same without a memory, for whoever writes: everything is asked of the database."""

    def read(self, name: tuple[str, ...], rooms: Iterable[str], read: Callable[[], Read]) -> Read:
        """Give what `read` gives."""
        return read()


Reader = Memory | Anew
ANEW = Anew()


def forget() -> None:
    """Forget everything: the database behind the site is another one now."""
    with _lock:
        _kept.clear()
