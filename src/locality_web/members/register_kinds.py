"""What people may do about a partnership's own kinds and about organisations: add, rename, retire or end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from locality.foundations import Fault, InputRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of
from locality_web.members.kinds import groups_of, organisation_kinds_of
from locality_web.members.register_models import Organisation, OwnKind

_KINDS, _KEEP = "members.kinds", "members.keep_register"
_LONGEST_CODE = 60


@dataclass(frozen=True)
class NewKind:
    """A kind to add.

    Args:
        what: "group" or "organisation".
        name: What people read.
        why: Why the partnership wants it.
        within: Of a group: code of the wider one that it belongs to; empty: none.
        asked_for: Of a group: whether a locality without it has a gap.
        profession: Of a group: whether decisions can be tagged with it.
    """

    what: str
    name: str
    why: str
    within: str = ""
    asked_for: bool = False
    profession: bool = False


@transaction.atomic
def add_kind(by: Person, place: Place, new: NewKind) -> OwnKind:
    """Add a kind of group or of organisation; every list, report and check knows it at once.

    Raises:
        NotAllowed: The person may not.
        InputRefused: There is one of that name, or the wider group is within another itself.
    """
    require(by, _KINDS, place)
    faults = _name_faults(place.partnership, new.what, new.name) + _within_faults(place.partnership, new)
    if faults:
        raise InputRefused(faults)
    is_group = new.what == OwnKind.What.GROUP
    kind = OwnKind.objects.create(
        partnership=place.partnership,
        what=new.what,
        code=_free_code(place.partnership, new),
        name=new.name.strip(),
        why=new.why.strip(),
        within=new.within if is_group else "",
        asked_for=new.asked_for and is_group,
        profession=new.profession and is_group,
        made_by=by,
    )
    says = f"Added the {kind.get_what_display().lower()} “{kind.name}”"
    record_event(by, "members.kind_added", says, place=place, subject=f"kind:{kind.code}", detail={"what": kind.what})
    return kind


@transaction.atomic
def rename_kind(by: Person, place: Place, kind: OwnKind, *, name: str) -> None:
    """Give a partnership's own kind another name; what was recorded under it stays with it.

    Raises:
        NotAllowed: The person may not.
        InputRefused: There is another one of that name.
    """
    require(by, _KINDS, place)
    faults = _name_faults(place.partnership, kind.what, name, besides=kind.code)
    if faults:
        raise InputRefused(faults)
    says = f"“{kind.name}” is called “{name.strip()}” now"
    kind.name = name.strip()
    kind.save(update_fields=["name"])
    record_event(by, "members.kind_renamed", says, place=place, subject=f"kind:{kind.code}")


@transaction.atomic
def retire_kind(by: Person, place: Place, kind: OwnKind) -> None:
    """Offer a kind no more.

    Raises:
        NotAllowed: The person may not.
        InputRefused: An open seat, a running route or an organisation is of it.
    """
    require(by, _KINDS, place)
    uses = [count_of(count, word) for word, count in _uses(place.partnership, kind).items() if count]
    if uses:
        what = f"It is in use: {', '.join(uses)}"
        raise InputRefused([Fault("kind", what, "Close or change these first.", "kind-in-use")])
    kind.retired_on = timezone.localdate()
    kind.save(update_fields=["retired_on"])
    record_event(by, "members.kind_retired", f"Retired “{kind.name}”", place=place, subject=f"kind:{kind.code}")


@transaction.atomic
def keep_organisation(by: Person, place: Place, organisation: Organisation | None, *, name: str, kind: str) -> None:
    """Add an organisation, or change its name and kind.

    Raises:
        NotAllowed: The person may not.
        InputRefused: There is another one of that name, or the kind is not known.
    """
    require(by, _KEEP, place)
    others = place.partnership.organisations.filter(name__iexact=name.strip())
    faults = []
    if others.exclude(pk=organisation.pk if organisation else 0).exists():
        what, do = f"There is an organisation “{name.strip()}” already", "Give it another name."
        faults.append(Fault("name", what, do, "organisation-twice", column="name"))
    if kind not in {each.code for each in organisation_kinds_of(place.partnership)}:
        what, do = "The kind is not known here", "Choose a kind of the list."
        faults.append(Fault("kind", what, do, "organisation-kind", column="kind"))
    if faults:
        raise InputRefused(faults)
    is_new = organisation is None
    kept = organisation or Organisation(partnership=place.partnership)
    kept.name, kept.kind = name.strip(), kind
    kept.save()
    says = f"{'Added' if is_new else 'Changed'} organisation {kept.pk}"
    record_event(
        by,
        "members.organisation_added" if is_new else "members.organisation_changed",
        says,
        place=place,
        subject=f"organisation:{kept.pk}",
    )


@transaction.atomic
def end_organisation(by: Person, place: Place, organisation: Organisation) -> None:
    """Note that an organisation is no more; it is offered no more, and stays with those who came from it.

    Raises:
        NotAllowed: The person may not.
    """
    require(by, _KEEP, place)
    organisation.ended_on = timezone.localdate()
    organisation.save(update_fields=["ended_on"])
    says = f"Noted that organisation {organisation.pk} is no more"
    record_event(by, "members.organisation_ended", says, place=place, subject=f"organisation:{organisation.pk}")


def _names(partnership: Partnership, what: str) -> Mapping[str, str]:
    known = groups_of(partnership) if what == OwnKind.What.GROUP else organisation_kinds_of(partnership)
    return {each.code: each.name for each in known}


def _name_faults(partnership: Partnership, what: str, name: str, besides: str = "") -> list[Fault]:
    taken = {each.casefold() for code, each in _names(partnership, what).items() if code != besides}
    if name.strip().casefold() not in taken:
        return []
    says = f"There is “{name.strip()}” already"
    return [Fault("name", says, "Use that one, or write another name.", "kind-twice", column="name")]


def _within_faults(partnership: Partnership, new: NewKind) -> list[Fault]:
    if new.what != OwnKind.What.GROUP or not new.within:
        return []
    wide = {each.code for each in groups_of(partnership) if not each.within}
    if new.within in wide:
        return []
    what, do = "The wider group is within another one itself", "Choose a group that stands by itself."
    return [Fault("within", what, do, "kind-within", column="within")]


def _free_code(partnership: Partnership, new: NewKind) -> str:
    """Give a code that neither a shipped kind nor one of the partnership's own has or had."""
    taken = {
        *_names(partnership, new.what),
        *OwnKind.objects.filter(partnership=partnership).values_list("code", flat=True),
    }
    code = base = slugify(new.name)[: _LONGEST_CODE - 4] or "kind"
    number = 1
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code


def _uses(partnership: Partnership, kind: OwnKind) -> dict[str, int]:
    today = timezone.localdate()
    if kind.what == OwnKind.What.ORGANISATION:
        return {"organisation": partnership.organisations.filter(kind=kind.code, ended_on__isnull=True).count()}
    still = Q(ends__isnull=True) | Q(ends__gte=today)
    return {
        "open seat": partnership.seats.filter(group=kind.code, closed_on__isnull=True).count(),
        "feed-in route": partnership.feed_routes.filter(still, group=kind.code).count(),
        "narrower group": partnership.own_kinds.filter(within=kind.code, retired_on__isnull=True).count(),
    }
