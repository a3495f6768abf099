"""People on the register, as tests of notices need them."""

from __future__ import annotations

from django.db import transaction

from locality_web.members.notices import Telling, notify
from locality_web.members.register_models import Member


def member(of, name: str, notices: str = "at_once", **more) -> Member:
    address = "" if notices != "paper" else "1 High Street\nLeven\nKY8 4AA"
    email = f"{name.lower().replace(' ', '.')}@example.org" if notices not in ("paper", "none") else ""
    return Member.objects.create(
        partnership=of, name=name, notices=notices, **{"email": email, "address": address, **more}
    )


def tell(place, members, key: str = "meeting:1:called:0", subject: str = "A meeting is called", **more) -> int:
    said = {"text": "The group meets on Tuesday.\n\nPlease say whether you come.", "address": "/fife/", **more}
    with transaction.atomic():
        return notify(place, members, Telling(key, subject, **said))
