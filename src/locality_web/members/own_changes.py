"""What a member changes of their own entry on the register: how they are reached, told and shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from locality.foundations import InputRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import NotAllowed, Place, require
from locality_web.members.notice_changes import choose_notices, follow_choice
from locality_web.members.paper_needs import show_as
from locality_web.members.register_models import Member
from locality_web.members.register_people import Details, details_faults


@dataclass(frozen=True)
class Reach:
    """How a member is reached, told and shown."""

    email: str
    telephone: str
    address: str
    notices: str
    shown: str


@transaction.atomic
def change_own(by: Person, place: Place, member: Member, reach: Reach) -> None:
    """Change one's own entry; the audit record says which fields, never what is in them.

    Raises:
        NotAllowed: It is somebody else's entry.
        InputRefused: Notices could not reach the member in the way that was chosen, or the address is somebody else's.
    """
    require(by, "members.own", place)
    if member.person_id != by.pk:
        raise NotAllowed("This is somebody else's entry.", "You can change your own.")
    kept = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    faults = details_faults(
        place.partnership,
        Details(kept.name, email=reach.email, address=reach.address, notices=reach.notices),
        besides=kept,
    )
    if faults:
        raise InputRefused(faults)
    changed = [name for name in ("email", "telephone", "address") if getattr(kept, name) != getattr(reach, name)]
    for name in changed:
        setattr(kept, name, getattr(reach, name).strip())
    if changed:
        if kept.email:
            kept.email_to_confirm = ""  # what somebody else gave counts no more
        kept.save(update_fields=[*changed, "email_to_confirm"])
        if reach.notices == kept.notices:
            follow_choice(kept)
        says = f"Member {kept.pk} changed how they are reached"
        subject = f"member:{kept.pk}"
        record_event(by, "members.own_changed", says, place=place, subject=subject, detail={"changed": changed})
    if reach.notices != kept.notices:
        choose_notices(by, kept, reach.notices)
    if reach.shown != kept.shown:
        show_as(by, place, kept, reach.shown)
