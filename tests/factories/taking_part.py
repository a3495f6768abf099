"""People on a register and what they need, as far as tests of taking part want them."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from locality.members import code_of_number
from locality_web.core.models import Locality, Partnership, Person
from locality_web.members.models import (
    AccessNeed,
    Attendance,
    Connection,
    Meeting,
    Member,
    Organisation,
    PaperForm,
    PostedView,
    Seat,
    SeatTerm,
    SpokenFor,
)

LONG_AGO = dt.date(2020, 4, 1)
ADDRESS = "3 Shore Street\nLeven\nKY8 4AA"


def member(partnership: Partnership, name: str = "Mary Muir", *, shown: str = "nothing", **rest: object) -> Member:
    """Somebody without e-mail, reached by post, who wants neither name nor organisation shown unless said."""
    known = {"address": ADDRESS, "notices": "paper", "joined_on": LONG_AGO, **rest}
    return Member.objects.create(partnership=partnership, name=name, shown=shown, **known)


def organisation(partnership: Partnership, name: str = "Leven Carers", kind: str = "third-sector") -> Organisation:
    return Organisation.objects.get_or_create(partnership=partnership, name=name, defaults={"kind": kind})[0]


def seated(
    who: Member, locality: Locality | None, *, group: str = "carers", name: str = "Carers' seat", **seat: object
):
    """Put somebody on a seat of a locality's group, since long ago."""
    place = Seat.objects.create(
        partnership=who.partnership, locality=locality, group=group, name=name, made_on=LONG_AGO, **seat
    )
    return SeatTerm.objects.create(seat=place, member=who, starts=LONG_AGO, chosen="nominated")


def need(of: Member, kind: str = "large-print", detail: str = "", by: Person | None = None) -> AccessNeed:
    long_ago = timezone.now() - dt.timedelta(days=400)
    return AccessNeed.objects.create(member=of, kind=kind, detail=detail, entered_by=by, entered_at=long_ago)


def meeting(
    partnership: Partnership, locality: Locality | None, *, in_days: int = 14, state: str = "called", **rest: object
) -> Meeting:
    """A meeting of a locality's group some days from now, at two o'clock."""
    day = timezone.localdate() + dt.timedelta(days=in_days)
    starts = timezone.make_aware(dt.datetime.combine(day, dt.time(14)))
    return Meeting.objects.create(
        partnership=partnership,
        locality=locality,
        kind="group",
        title="Meeting of the group",
        starts=starts,
        ends=starts + dt.timedelta(hours=2),
        state=state,
        uid=f"meeting-{Meeting.objects.count() + 1}@example.org",
        **rest,
    )


def invited(to: Meeting, *those: Member) -> None:
    for each in those:
        Attendance.objects.create(meeting=to, member=each, invited_at=timezone.now())


def samples(partnership: Partnership) -> dict[str, dict[str, object]]:
    """Give what the addresses of taking part carry, for rows of the partnership's first locality and of itself."""
    found: dict[str, dict[str, object]] = {}
    first = partnership.localities.all()[0]
    for locality, prefix in ((first, ""), (None, "partnership_")):
        rows = _rows(partnership, locality)
        here = {"partnership": partnership.slug, **({"locality": locality.slug} if locality else {})}
        for name, carried in _CARRIED.items():
            found[f"members:{prefix}{name}"] = {**here, **{key: rows[of] for key, of in carried.items()}}
    own = {"partnership": partnership.slug}
    found |= {f"members:{name}": own for name in ("own", "own_need", "own_details")}
    found["members:own_need_end"] = {**own, "need": 1}
    return found


_CARRIED: dict[str, dict[str, str]] = {
    "access": {},
    "access_need": {},
    "access_need_end": {"need": "need"},
    "access_meeting": {"meeting": "meeting"},
    "access_papers": {"meeting": "meeting"},
    "access_arrange": {"meeting": "meeting", "need": "need"},
    "paper_forms": {},
    "paper_print": {},
    "paper_sheets": {},
    "paper_key": {"number": "paper"},
    "paper_void": {"number": "paper"},
    "paper_view": {"number": "view"},
    "spoken_for": {},
    "spoken_add": {},
    "spoken_answer": {"number": "spoken"},
    "connections": {},
    "connections_csv": {},
    "connection_add": {},
    "connection_came": {"number": "connection"},
    "connection_end": {"number": "connection"},
}


def _rows(partnership: Partnership, locality: Locality | None) -> dict[str, int]:
    """Make one row of each kind."""
    of = locality.slug if locality else "all"
    who = member(partnership, f"Sample of {of}")
    seated(who, locality, votes=False)  # plans of other samples are agreed without them
    wanted, held = need(who), meeting(partnership, locality)
    invited(held, who)
    bodies = [organisation(partnership, f"{name} of {of}") for name in ("Sample body", "Other body")]
    paper = paper_form(who, locality)
    keyed = paper_form(who, locality, state="keyed")
    day = LONG_AGO
    here = {"partnership": partnership, "locality": locality}
    brought = SpokenFor.objects.create(
        **here, organisation=bodies[0], whom="people", people=5, how_asked="x", asked_from=day, asked_to=day, says="x"
    )
    tie = Connection.objects.create(**here, one_organisation=bodies[0], other_organisation=bodies[1], for_what="x")
    view = PostedView.objects.create(**here, form=keyed, member=who, about="A bench", text="x", received_on=day)
    return {
        "need": wanted.pk,
        "meeting": held.pk,
        "paper": paper.pk,
        "view": view.pk,
        "spoken": brought.pk,
        "connection": tie.pk,
    }


def paper_form(
    who: Member | None, locality: Locality | None, *, kind: str = "members.view", of: Partnership | None = None, **rest
) -> PaperForm:
    """A form that was printed ten days ago."""
    known = {"subject": "group", "title": "Something for a meeting", "state": "out", **rest}
    partnership = of or (who.partnership if who else locality.partnership)
    return PaperForm.objects.create(
        partnership=partnership,
        locality=locality,
        member=who,
        kind=kind,
        code=code_of_number(PaperForm.objects.count() + 1),
        printed_at=timezone.now() - dt.timedelta(days=10),
        **known,
    )
