"""Tell the people who plan what happens to a plan: it is open for comments, put to the group, agreed, published."""

from __future__ import annotations

from django.urls import reverse

from locality.foundations import say_day
from locality_web.core.permissions import Place
from locality_web.members.notice_recipients import seated, seated_anywhere
from locality_web.members.notices import Telling, notify
from locality_web.plans import models
from locality_web.plans.year_addresses import slug_of_year

_HOW_ELSE = "You can also answer on paper or by telephone: it counts the same."


def tell_of_step(place: Place, record: models.LocalityPlanRecord) -> None:
    """Tell the group of a locality that its plan came to another state; inside the transaction of the step."""
    told = _what(place, record)
    if told is None:
        return
    subject, text, page = told
    address = reverse(f"plans:{page}", args=[*_here(place), slug_of_year(record.year)])
    notify(place, seated(place), Telling(_key(record, record.state), subject, text, address))


def tell_of_strategic(place: Place, record: models.StrategicPlanRecord) -> None:
    """Tell everybody who sits in a group that the strategic plan is open for comments, or agreed."""
    name = f"{place.partnership.name}'s strategic plan for {record.year}"
    if record.state == "open_for_comments":
        said = f"{name} is open for comments{_until(record)}."
        text, page = f"{said}\n\n{_HOW_ELSE}", "strategic_comments"
        subject = f"{name} is open for comments"
    elif record.state == "agreed":
        subject, page = f"{name} is agreed", "strategic"
        text = "The strategic plan is agreed. It says what became of each locality's priorities, and why."
    else:
        return
    address = reverse(f"plans:{page}", args=[place.partnership.slug, slug_of_year(record.year)])
    notify(place, seated_anywhere(place), Telling(_key(record, record.state), subject, text, address))


def tell_of_publication(place: Place, publication: models.Publication) -> None:
    """Tell the group of a locality that its plan is published; inside the transaction that publishes it."""
    if place.locality is None:
        return
    subject = f"{place.name}'s plan for {publication.year} is published"
    text = "The agreed plan is published: as a page, and as files to print, to listen to, or to work with."
    address = reverse("plans:plan", args=[*_here(place), slug_of_year(publication.year)])
    notify(place, seated(place), Telling(f"publication:{publication.pk}", subject, text, address))


def _what(place: Place, record: models.LocalityPlanRecord) -> tuple[str, str, str] | None:
    """Give subject, text and page of what is told; None: nobody is told of this state."""
    name = f"{place.name}'s plan for {record.year}"
    if record.state == "open_for_comments":
        says = f"{name} is open for comments{_until(record)}. Every comment is answered."
        return f"{name} is open for comments", f"{says}\n\n{_HOW_ELSE}", "comments"
    if record.state == "put_to_group":
        says = f"{name} is put to the group. Say whether you agree, or object with your reason."
        return f"{name} is put to the group", f"{says}\n\n{_HOW_ELSE}", "group"
    if record.state == "agreed":
        says = f"{name} is agreed. Who agreed and who objected stands in it, with each reason and its answer."
        return f"{name} is agreed", says, "group"
    return None


def _until(record: models.PlanBase) -> str:
    return f" until {say_day(record.comments_close.isoformat())}" if record.comments_close else ""


def _key(record: models.PlanBase, state: str) -> str:
    kind = "plan" if isinstance(record, models.LocalityPlanRecord) else "strategic"
    return f"{kind}:{record.pk}:{state}:{record.state_since:%Y%m%dT%H%M%S%f}"


def _here(place: Place) -> list[str]:
    assert place.locality is not None
    return [place.partnership.slug, place.locality.slug]
