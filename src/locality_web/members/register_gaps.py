"""What people may do about a gap: approach somebody, note what came of it, name a feed-in route, end one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.members.kinds import groups_of, name_of_group
from locality_web.members.notices import Telling, notify
from locality_web.members.places import address_at
from locality_web.members.register_models import Approach, FeedRoute, Member
from locality_web.members.register_people import Details, details_faults, fields_of
from locality_web.members.register_place import lock, say_group
from locality_web.members.register_queries import members_at

_KEEP = "members.keep_register"


@dataclass(frozen=True)
class NewApproach:
    """Whom somebody asks to fill a gap.

    Args:
        group: Code of the group.
        kind: What is done: a code of `Approach.Kind`.
        whom: The organisation or office that is asked.
        on: The day.
        says: More on it.
        member: Somebody on the register who is told by the site, by the means that they chose.
    """

    group: str
    kind: str
    whom: str
    on: dt.date
    says: str = ""
    member: Member | None = None


@transaction.atomic
def approach(by: Person, place: Place, new: NewApproach) -> Approach:
    """Note whom one asks to fill a gap; a member of the register is told at once.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The group is not known, or the day is to come.
    """
    require(by, _KEEP, place)
    faults = _group_faults(place, new.group)
    if new.on > timezone.localdate():
        what, do = "The day is to come", "Note it on the day on which you ask."
        faults.append(Fault("on", what, do, "approach-to-come", column="on"))
    if faults:
        raise InputRefused(faults)
    made = Approach.objects.create(
        partnership=place.partnership,
        locality=place.locality,
        group=new.group,
        kind=new.kind,
        whom=new.whom.strip(),
        on=new.on,
        says=new.says.strip(),
        made_by=by,
    )
    told = notify(place, [new.member], letter_as_notice(place, made)) if new.member else 0
    says = f"{made.get_kind_display()} to speak for {name_of_group(place.partnership, new.group)} in {place.name}"
    record_event(
        by,
        "members.approached",
        says,
        place=place,
        subject=f"approach:{made.pk}",
        detail={"group": new.group, "told": told},
    )
    return made


@transaction.atomic
def note_outcome(by: Person, place: Place, made: Approach, *, outcome: str, says: str = "") -> None:
    """Note what came of asking somebody.

    Raises:
        NotAllowed: The person may not.
    """
    require(by, _KEEP, place)
    made.outcome = outcome
    made.outcome_on = None if outcome == Approach.Outcome.WAITING else timezone.localdate()
    made.says = "\n".join(part for part in (made.says, says.strip()) if part)
    made.save(update_fields=["outcome", "outcome_on", "says"])
    what = f"Noted what came of approach {made.pk} in {place.name}: {made.get_outcome_display().lower()}"
    record_event(
        by, "members.approach_answered", what, place=place, subject=f"approach:{made.pk}", detail={"outcome": outcome}
    )


@dataclass(frozen=True)
class NewRoute:
    """The way by which a group without a seat is told of decisions.

    Args:
        group: Code of the group.
        through: The body or office.
        starts: First day.
        member: Who is told; None: somebody new.
        details: Who the somebody new is.
    """

    group: str
    through: str
    starts: dt.date
    member: Member | None = None
    details: Details | None = None


@transaction.atomic
def name_route(by: Person, place: Place, new: NewRoute) -> FeedRoute:
    """Name a feed-in route, and put who is told onto the register where they are new.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The group is not known, the group has that route already, or nobody is named whom notices reach.
    """
    require(by, _KEEP, place)
    lock(place)
    faults = _group_faults(place, new.group) + _route_faults(place, new)
    if faults:
        raise InputRefused(faults)
    member = new.member or _new_member(by, place, new.details)
    route = FeedRoute.objects.create(
        partnership=place.partnership,
        locality=place.locality,
        group=new.group,
        through=new.through.strip(),
        member=member,
        starts=new.starts,
    )
    says = f"{name_of_group(place.partnership, new.group)} feed in through member {member.pk} in {place.name}"
    record_event(
        by, "members.route_named", says, place=place, subject=f"route:{route.pk}", detail={"from": str(new.starts)}
    )
    return route


@transaction.atomic
def end_route(by: Person, place: Place, route: FeedRoute) -> None:
    """End a feed-in route today.

    Raises:
        NotAllowed: The person may not.
    """
    require(by, _KEEP, place)
    route.ends = max(timezone.localdate() - dt.timedelta(days=1), route.starts)
    route.save(update_fields=["ends"])
    record_event(
        by,
        "members.route_ended",
        f"Ended feed-in route {route.pk} in {place.name}",
        place=place,
        subject=f"route:{route.pk}",
    )


def letter(place: Place, made: Approach) -> list[str]:
    """Write the letter that asks somebody to fill a gap, paragraph by paragraph."""
    group = name_of_group(place.partnership, made.group)
    who = say_group(place)
    plans = f"{who[:1].upper()}{who[1:]} plans health and social care for the people who live there."
    asks = {
        Approach.Kind.INVITED: "We would like you to speak for them, or to name somebody who can.",
        Approach.Kind.INTERFACE: "We ask you to help us find a person or an organisation who can speak for them.",
        Approach.Kind.ADVERTISED: "We look for somebody who can speak for them. It may be you, or somebody you know.",
    }
    contact = f" Write to {place.partnership.contact}." if place.partnership.contact else ""
    return [
        plans,
        f"At the moment nobody there speaks for this group: {group}.",
        asks[Approach.Kind(made.kind)],
        "Tell us if you need anything to take part, such as large print, an interpreter, transport or a time of day "
        "that suits you.",
        f"Please let us know, even if the answer is no.{contact}",
    ]


def letter_as_notice(place: Place, made: Approach) -> Telling:
    """Give the letter as a notice; its subject says nothing of a person."""
    text = "\n\n".join(letter(place, made))
    return Telling(f"approach:{made.pk}", f"An invitation to {say_group(place)}", text, address_at(place, "group"))


def _group_faults(place: Place, group: str) -> list[Fault]:
    if group in {each.code for each in groups_of(place.partnership)}:
        return []
    return [
        Fault("group", "The group is not known here", "Choose a group of the list.", "group-unknown", column="group")
    ]


def _route_faults(place: Place, new: NewRoute) -> list[Fault]:
    routes = place.partnership.feed_routes.filter(group=new.group, locality=place.locality, ends__isnull=True)
    if routes.filter(through__iexact=new.through.strip()).exists():
        what, do = "The group has this route already", "End it first, or name another one."
        return [Fault("through", what, do, "route-twice", column="through")]
    if new.member is not None:
        return []
    if new.details is None or not new.details.name.strip():
        what, do = "Nobody is named who is told", "Choose a member, or write a name and how to reach them."
        return [Fault("member", what, do, "route-without-member", column="member")]
    return details_faults(place.partnership, new.details)


def _new_member(by: Person, place: Place, details: Details | None) -> Member:
    assert details is not None, "a route without a member is refused before"
    made = Member.objects.create(partnership=place.partnership, **fields_of(place, details))
    record_event(
        by, "members.member_added", f"Added member {made.pk} to the register", place=place, subject=f"member:{made.pk}"
    )
    return made


def may_be_told(place: Place) -> list[Member]:
    """Give the members of a place who have not left, by name."""
    return list(members_at(place).filter(left_on__isnull=True).order_by("name", "pk"))
