"""People on a register, with seats and feed-in routes, for tests of decisions and of general practice."""

from __future__ import annotations

import datetime as dt
from itertools import count

from django.utils import timezone

from locality_web.core.models import Locality, Partnership
from locality_web.members.decision_tokens import hash_token
from locality_web.members.models import (
    Advice,
    Document,
    FeedRoute,
    GroupDecision,
    Liaison,
    Member,
    NominationLink,
    Organisation,
    Practice,
    ProfessionAsked,
    Seat,
    SeatTerm,
)
from locality_web.members.practice_liaisons import hash_token as hash_of_link

_numbers = count(1)


def member(of: Partnership, name: str = "", **more) -> Member:
    """Somebody on the register; told by e-mail at once and shown by organisation, unless said otherwise."""
    number = next(_numbers)
    known = {"email": f"member{number}@example.org", "notices": "at_once", "shown": "organisation"}
    organisation = more.pop("organisation", None)
    if isinstance(organisation, str):
        organisation, _ = Organisation.objects.get_or_create(
            partnership=of, name=organisation, defaults={"kind": "pharmacy"}
        )
    return Member.objects.create(
        partnership=of, name=name or f"Member {number}", organisation=organisation, **(known | more)
    )


def seat(of: Partnership, locality: Locality | None, group: str, holder: Member | None = None, **term) -> Seat:
    """A seat, with its holder since a year ago."""
    made = Seat.objects.create(partnership=of, locality=locality, group=group, name=f"Seat of {group}")
    if holder is not None:
        known = {"starts": timezone.localdate() - dt.timedelta(days=365), "chosen": "nominated"}
        SeatTerm.objects.create(seat=made, member=holder, **(known | term))
    return made


def route(of: Partnership, locality: Locality | None, group: str, to: Member, **more) -> FeedRoute:
    """A feed-in route since a year ago."""
    known = {"starts": timezone.localdate() - dt.timedelta(days=365), "through": f"Committee of {group}"}
    return FeedRoute.objects.create(partnership=of, locality=locality, group=group, member=to, **(known | more))


def practice(of: Partnership, locality: Locality | None, name: str = "", **more) -> Practice:
    """A practice that is open."""
    number = next(_numbers)
    known = {"code": f"P{number:04}", "name": name or f"Practice {number}", "patients": 6000}
    return Practice.objects.create(partnership=of, locality=locality, **(known | more))


def samples(of: Partnership) -> dict[str, dict[str, object]]:
    """What the addresses of general practice, advice and decisions carry, for rows in the first locality by name."""
    locality = of.localities.all()[0]
    today = timezone.localdate()
    here, whole = {"partnership": of.slug, "locality": locality.slug}, {"partnership": of.slug}
    surgery = practice(of, locality, code="SAMPLE")
    someone = member(of)
    liaison = Liaison.objects.create(partnership=of, practice=surgery, member=someone, starts=today, named_by="planner")
    NominationLink.objects.create(
        practice=surgery, token_hash=hash_of_link(f"sample{of.pk}"), expires_at=timezone.now() + dt.timedelta(days=9)
    )
    document = Document.objects.create(
        partnership=of, name="a.pdf", media_type="application/pdf", content=b"%PDF", sha256="0" * 64, public=True
    )
    advice = Advice.objects.create(
        partnership=of, body="area-clinical-forum", body_name="Forum", state="given", about="All", given_on=today,
        document=document, public=True,
    )  # fmt: skip
    found: dict[str, dict[str, object]] = {
        **{name: whole for name in ("partnership_practices", "practices_file", "practices_load")},
        **{name: whole for name in ("practices_from_release", "practice_add", "advice", "advice_add")},
        "practice_change": {**whole, "practice": surgery.pk},
        "practices": here,
        **{name: {**here, "practice": surgery.pk} for name in ("liaison", "nomination_link", "nomination_withdraw")},
        "liaison_end": {**here, "practice": surgery.pk, "liaison": liaison.pk},
        "nominate": {**whole, "token": f"sample{of.pk}"},
        **{name: {**whole, "advice": advice.pk} for name in ("advice_change", "advice_document")},
    }
    for start, at in (("", locality), ("partnership_", None)):
        place = here if at else whole
        found |= {f"{start}{name}": place for name in ("decisions", "decision_add")}
        decision = GroupDecision.objects.create(
            partnership=of, locality=at, title="Sample", says="A sample.", due_on=today, state="announced",
            announced_at=timezone.now(),
        )  # fmt: skip
        steps = ("decision", "decision_change", "decision_announce", "decision_take", "decision_withdraw")
        found |= {f"{start}{name}": {**place, "decision": decision.pk} for name in steps}
        ProfessionAsked.objects.create(
            decision=decision, group="pharmacy", member=someone, token_hash=hash_token(f"sample{of.pk}{start}")
        )
    found["answer"] = {**whole, "token": f"sample{of.pk}"}
    return {f"members:{name}": carried for name, carried in found.items()}
