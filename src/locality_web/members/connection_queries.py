"""Read connections: as values for checks, and as pages show them to everybody and to those who may see the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from locality.members import Network, network_of
from locality_web.core.permissions import Place
from locality_web.members.access_models import Connection
from locality_web.members.access_names import as_shown
from locality_web.members.kinds import groups_of
from locality_web.members.meeting_queries import seats_by_member
from locality_web.members.register_models import Member, Organisation, SeatTerm

_ENDS = ("one__organisation", "other__organisation", "one_organisation", "other_organisation", "locality")


@dataclass(frozen=True)
class Tied:
    """A connection as a page shows it."""

    connection: Connection
    one: str
    other: str


@dataclass(frozen=True)
class Web:
    """Connections of a place, and the network that they make today.

    Args:
        ties: All connections, the newest first.
        network: Of those who take part today, by stable names.
        names: What stands for each stable name.
    """

    ties: tuple[Tied, ...]
    network: Network
    names: dict[str, str]


def connections_at(place: Place) -> QuerySet[Connection]:
    """Give the connections of a place, the newest first: of a locality its own, of a partnership all."""
    found = Connection.objects.filter(partnership=place.partnership)
    return found.filter(locality=place.locality) if place.locality else found


def web_of(place: Place, *, by_name: bool) -> Web:
    """Give the connections of a place and its network; a fixed number of queries.

    Args:
        place: Where.
        by_name: Whether the reader may see who is on the register; otherwise members stand there as they wish.
    """
    kept = list(connections_at(place).select_related(*_ENDS))
    seated = _seated(place)
    groups = {each.code: each.name for each in groups_of(place.partnership)}
    names: dict[str, str] = {}
    for member, group in seated:
        names.setdefault(key_of(member), _say(member, groups.get(group, ""), by_name))
    for each in kept:
        for end in ends_of(each):
            names.setdefault(key_of(end), _say(end, "", by_name))
    pairs = [_keys(each) for each in kept if each.ended_on is None or each.ended_on > timezone.localdate()]
    there = [key_of(member) for member, _ in seated]
    ties = tuple(Tied(each, *(names[key] for key in _keys(each))) for each in kept)
    return Web(ties, network_of(there, pairs), names)


def _seated(place: Place) -> list[tuple[Member, str]]:
    """Give those on a seat today with the group for which they speak; of a partnership those of all groups."""
    today = timezone.localdate()
    if place.locality is not None:
        seats = seats_by_member(place, today)
        members = Member.objects.filter(pk__in=seats).select_related("organisation").order_by("name", "pk")
        return [(each, seats[each.pk].group) for each in members]
    running = SeatTerm.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=today),
        Q(seat__closed_on__isnull=True) | Q(seat__closed_on__gt=today),
        starts__lte=today,
        seat__partnership=place.partnership,
    )
    terms = running.select_related("member__organisation", "seat").order_by("member__name", "member_id")
    return [(each.member, each.seat.group) for each in terms]


def _say(end: Member | Organisation, group: str, by_name: bool) -> str:
    if isinstance(end, Organisation):
        return end.name
    return str(end) if by_name else as_shown(end, f"Somebody who speaks for: {group}" if group else "A member")


def key_of(end: Member | Organisation) -> str:
    """Give the stable name of an end of a connection."""
    return f"member:{end.pk}" if isinstance(end, Member) else f"organisation:{end.pk}"


def ends_of(connection: Connection) -> Iterable[Member | Organisation]:
    """Give both ends of a connection."""
    ends = (connection.one or connection.one_organisation, connection.other or connection.other_organisation)
    return [end for end in ends if end is not None]


def _keys(connection: Connection) -> tuple[str, str]:
    one, other = ends_of(connection)
    return key_of(one), key_of(other)
