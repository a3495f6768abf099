"""What of plans a meeting could deal with: plans on their way, joint lines that wait, comments and objections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, F, Q
from django.urls import reverse

from locality.foundations import FinancialYear
from locality_web.core.hooks import Matter
from locality_web.core.models import Locality
from locality_web.core.permissions import Place
from locality_web.core.words import count_of
from locality_web.plans.editor_plan import address_arguments
from locality_web.plans.models import JointShare, LocalityPlanRecord, StrategicPlanRecord
from locality_web.plans.today import due_day
from locality_web.plans.year_addresses import slug_of_year

_UNANSWERED = Count("plancomments", filter=Q(plancomments__answer=""), distinct=True)
_OBJECTING = Count(
    "planstances", filter=Q(planstances__stance="object", planstances__version=F("version")), distinct=True
)


def matters(place: Place) -> list[Matter]:
    """Give the room's open matters of a locality, or of the whole partnership."""
    if place.locality is None:
        return list(_of_strategic(place))
    return [*_of_plans(place, place.locality), *_of_shares(place, place.locality)]


def _of_plans(place: Place, locality: Locality) -> Iterator[Matter]:
    kept = LocalityPlanRecord.objects.filter(locality=locality, state__in=("open_for_comments", "put_to_group"))
    for record in kept.defer("fields").annotate(waiting=_UNANSWERED, objecting=_OBJECTING):
        where = address_arguments(place, record.year)
        name, plan = f"plan:{locality.slug}:{record.year}", f"the plan of {locality} for {record.year}"
        if record.state == "open_for_comments":
            address = reverse("plans:comments", args=where)
            yield Matter(name, f"Comment on {plan}", "It is open for comments.", address, by=record.comments_close)
        else:
            by = due_day(place.partnership, FinancialYear.parse(record.year))
            why = "It is put to the group, which is asked whether it agrees."
            yield Matter(name, f"Agree {plan}", why, reverse("plans:group", args=where), purpose="decision", by=by)
        if record.waiting:
            why = f"{_have(record.waiting, 'comment')} no answer yet."
            yield Matter(f"{name}:comments", f"Answer comments on {plan}", why, reverse("plans:comments", args=where))
        if record.objecting:
            why = f"{_have(record.objecting, 'objection')} no answer yet."
            yield Matter(
                f"{name}:objections", f"Deal with objections to {plan}", why, reverse("plans:group", args=where)
            )


def _of_shares(place: Place, locality: Locality) -> Iterator[Matter]:
    waiting = JointShare.objects.filter(locality=locality, agreed_at__isnull=True, line__withdrawn_at__isnull=True)
    years: dict[str, list[str]] = {}
    for year, code in waiting.order_by("line__year", "line__id").values_list("line__year", "line__code"):
        years.setdefault(year, []).append(code)
    for year, codes in years.items():
        yield Matter(
            f"joint:{locality.slug}:{year}",
            f"Shares of joint lines for {year}: {', '.join(codes)}"[:200],
            f"{count_of(len(codes), 'joint line waits', 'joint lines wait')} for the agreement of {locality}.",
            reverse("plans:joint_shares", args=address_arguments(place, year)),
            purpose="decision",
            by=due_day(place.partnership, FinancialYear.parse(year)),
        )


def _of_strategic(place: Place) -> Iterator[Matter]:
    kept = StrategicPlanRecord.objects.filter(
        partnership=place.partnership, state__in=("open_for_comments", "put_to_board")
    )
    for record in kept.defer("fields").annotate(waiting=_UNANSWERED, objecting=_OBJECTING):
        where = [place.partnership.slug, slug_of_year(record.year)]
        name, plan = f"strategic:{record.year}", f"the strategic plan for {record.year}"
        comments, board = (reverse(f"plans:strategic_{page}", args=where) for page in ("comments", "board"))
        if record.state == "open_for_comments":
            closes: dt.date | None = record.comments_close
            yield Matter(name, f"Comment on {plan}", "It is open for comments.", comments, by=closes)
        else:
            yield Matter(name, f"Speak about {plan}", "It is put to the board.", board)
        if record.waiting:
            why = f"{_have(record.waiting, 'comment')} no answer yet."
            yield Matter(f"{name}:comments", f"Answer comments on {plan}", why, comments)
        if record.objecting:
            why = f"{_have(record.objecting, 'objection')} no answer yet."
            yield Matter(f"{name}:objections", f"Deal with objections to {plan}", why, board)


def _have(number: int, what: str) -> str:
    return f"{count_of(number, what)} {'has' if number == 1 else 'have'}"
