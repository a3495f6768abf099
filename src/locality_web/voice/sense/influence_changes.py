"""What people may do about influence: record that one thing led to another, and end what does not hold."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality.voice.influence import Ref, Thing, join_influence
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.voice.sense.influence_queries import Way, as_link, whole_way
from locality_web.voice.sense.models import InfluenceLink

PERMISSION = "voice.answer"


@dataclass(frozen=True)
class Linking:
    """That one thing led to another.

    Args:
        start: Name of what came first.
        end: Name of what it led to.
        why: Why, in plain words.
        percent: How much of the second is owed to the first, in whole percent; None: an equal part with others.
        pence: The same as an amount; never together with `percent`.
    """

    start: str
    end: str
    why: str
    percent: int | None = None
    pence: int | None = None


@transaction.atomic
def link_things(by: Person, place: Place, linking: Linking) -> InfluenceLink:
    """Record that one thing led to another.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The reason is missing, or the two cannot be joined so; every fault.
        ResultRefused: One of them is not known, or is another locality's.
    """
    require(by, PERMISSION, place)
    way = whole_way(place.partnership, everything=True)
    start, end = _known(way, linking.start), _known(way, linking.end)
    _refuse_strange(way, place, start, end)
    link = InfluenceLink(
        partnership=place.partnership,
        locality=place.locality,
        from_kind=start.ref.kind,
        from_name=start.ref.id,
        to_kind=end.ref.kind,
        to_name=end.ref.id,
        share_of=linking.percent,
        share_in=1 if linking.percent is None else 100,
        pence=linking.pence,
        why=linking.why.strip(),
        by=by,
        by_name=str(by),
        at=timezone.now(),
    )
    _refuse_unsound(way, link)
    link.save()
    _record(by, place, link, "voice.influence_linked", f"Recorded that a {link.from_kind} led to a {link.to_kind}")
    return link


@transaction.atomic
def end_link(by: Person, place: Place, link: InfluenceLink, *, reason: str) -> None:
    """Say that one thing did not lead to another after all; what was recorded stays readable.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The reason is missing.
        ResultRefused: It was ended already.
    """
    found = InfluenceLink.objects.select_for_update().get(pk=link.pk, partnership=place.partnership)
    require(by, PERMISSION, Place(place.partnership, found.locality))
    if not reason.strip():
        do = "Write why it does not hold."
        raise InputRefused([Fault("reason", "The reason is missing", do, "link-reason", column="reason")])
    if found.ended_at is not None:
        raise ResultRefused("This was ended already.")
    found.ended_at, found.ended_why = timezone.now(), reason.strip()
    found.save(update_fields=["ended_at", "ended_why"])
    _record(by, place, found, "voice.influence_ended", "Ended a record of what led to what", why=found.ended_why)


def _known(way: Way, name: str) -> Thing:
    found = way.thing(name)
    if found is None:
        raise ResultRefused("It is not there any more.", "Choose from what is there now.")
    return found


def _refuse_strange(way: Way, place: Place, *those: Thing) -> None:
    """Refuse to record for a locality what another locality said or plans."""
    if place.locality is None:
        return
    own = place.locality.slug
    for each in those:
        other = way.others.get(each.ref.id)
        if other is not None and other.locality not in ("", own):
            raise ResultRefused(f"“{each.words}” is not {place.locality}'s.", "Let its own lead record it.")


def _refuse_unsound(way: Way, link: InfluenceLink) -> None:
    if not link.why:
        do = "Write why the one led to the other."
        raise InputRefused([Fault("why", "The reason is missing", do, "link-why", column="why")])
    influence = way.influence
    standing = [each for links in influence.after.values() for each in links]
    end = Ref(link.to_kind, link.to_name)
    if any((each.start, each.end) == (Ref(link.from_kind, link.from_name), end) for each in standing):
        raise ResultRefused("This is recorded already.", "End it first, if its share is another one.")
    answers = [each for told in influence.answers.values() for each in told]
    join_influence(influence.things.values(), [*standing, as_link(link)], answers, pairs=influence.pairs)


def _record(by: Person, place: Place, link: InfluenceLink, kind: str, says: str, **detail: object) -> None:
    known = {"from": link.from_name, "to": link.to_name, "share_of": link.share_of, "share_in": link.share_in}
    record_event(
        by,
        kind,
        f"{says} ({place.name})",
        place=place,
        subject=f"influence:{link.pk}",
        detail={**known, "pence": link.pence, **detail},
    )
