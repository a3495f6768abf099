"""Take the order that a locality's group gave to themes into the priorities of its draft plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from locality.foundations import InputRefused, ResultRefused
from locality.plans import next_id
from locality_web.core.forms import FaultForm
from locality_web.core.models import Person
from locality_web.core.pages import page
from locality_web.core.permissions import Place
from locality_web.core.words import count_of
from locality_web.plans import models
from locality_web.plans.editor_plan import OpenPlan, open_plan
from locality_web.plans.editor_words import DIRECTIONS
from locality_web.plans.public_links import name_in
from locality_web.plans.writing import save_edits
from locality_web.voice.models import Prioritising
from locality_web.voice.sense.influence_changes import Linking, link_things

_DONE = Prioritising.State.DONE


@transaction.atomic
def take_order(
    person: Person,
    place: Place,
    record: models.LocalityPlanRecord,
    choice: Prioritising,
    *,
    directions: Mapping[str, str],
) -> list[str]:
    """Write each theme of a result as a priority, after those that are there, and record what led to it.

    Args:
        person: Needs `plans.edit` and `voice.answer` in the locality.
        place: The locality.
        record: Its plan, still being written.
        choice: A choice of priorities that was counted, of the same locality and year.
        directions: What each theme asks for, by its code: more, less, change or keep. An order says nothing of it.

    Returns:
        The ids of the new priorities, in order. A theme that led to a priority of this plan before is left out.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The choice is not counted, or of another place or year; it is not said of a theme what it asks
            for; or the plan cannot be written now.
    """
    if (choice.state, choice.locality_id, choice.year) != (_DONE, record.locality_id, record.year):
        raise ResultRefused("This order is not counted, or is of another locality or year.", "Choose another one.")
    order = new_themes(place, record, choice)
    if any(directions.get(one["code"]) not in DIRECTIONS for one in order):
        raise ResultRefused("It is not said of every theme what it asks for.", "Choose it for each of them.")
    known = {path.split("/")[1] for path in record.fields if path.startswith("priority/")}
    last = max((int(str(record.fields.get(f"priority/{id}/rank") or 0)) for id in known), default=0)
    edits: dict[str, Any] = {}
    made: list[tuple[str, dict[str, Any]]] = []
    for rank, one in enumerate(order, start=last + 1):
        id = next_id({**record.fields, **edits}, "priority")
        made.append((id, one))
        edits |= {f"priority/{id}/{part}": said for part, said in _said(choice, one, rank).items()}
        edits[f"priority/{id}/direction"] = directions[one["code"]]
    if edits:
        save_edits(person, record, edits, base_version=record.version, says="from the order of the group")
    for id, one in made:
        why = f"The group put it in place {one['place']} under {choice.heading}."
        link_things(person, place, Linking(f"theme:{one['code']}", name_in(record.locality.slug, record.year, id), why))
    return [id for id, _ in made]


def new_themes(place: Place, record: models.LocalityPlanRecord, choice: Prioritising) -> list[dict[str, Any]]:
    """Give the themes of a result, in order, that led to no priority of this plan yet: place, code and name of each."""
    return [one for one in _result(choice)["order"] if not _taken(place, record, one["code"])]


def _result(choice: Prioritising) -> dict[str, Any]:
    return dict(choice.result or {})


def _taken(place: Place, record: models.LocalityPlanRecord, theme: str) -> bool:
    start = name_in(record.locality.slug, record.year, "P")
    links = place.partnership.influence.filter(ended_at__isnull=True, from_name=f"theme:{theme}")
    return links.filter(to_kind="priority", to_name__startswith=start).exists()


def _said(choice: Prioritising, one: dict[str, Any], rank: int) -> dict[str, Any]:
    ballots = count_of(_result(choice)["ballots"], "ballot")
    views = choice.themes.filter(pk=one["code"], codes__reading__settled=True).count()
    why = f"The group put it in place {one['place']} under {choice.heading}"
    return {
        "heading": choice.heading,
        "rank": rank,
        "title": one["name"],
        "why": f"{why}: {ballots}, method {choice.sha256[:12]}.",
        "raised_by": f"{count_of(views, 'view')} of residents" if views else "The group",
    }


class DirectionsForm(FaultForm):
    """What each theme of an order asks for."""

    def __init__(self, choice: Prioritising, themes: Sequence[dict[str, Any]], data: Any = None):
        super().__init__(data, auto_id=f"id_%s_{choice.pk}")  # a page has as many as there are orders
        self.codes = [one["code"] for one in themes]
        for one in themes:
            self.fields[f"direction_{one['code']}"] = forms.ChoiceField(
                label=f"What does “{one['name']}” ask for?",
                choices=[("", "Choose"), *DIRECTIONS.items()],
                error_messages={"required": f"Choose what “{one['name']}” asks for."},
            )

    def directions(self) -> dict[str, str]:
        """Give what a valid form says, by the code of the theme."""
        return {code: self.cleaned_data[f"direction_{code}"] for code in self.codes}


@page("plans.edit", at="locality", methods=("GET", "POST"))
def from_group(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Take the order that the group gave to themes into the plan's priorities."""
    plan = open_plan(place, year)
    choices = list(Prioritising.objects.filter(locality=place.locality, year=plan.year, state=_DONE))
    chosen = next((each for each in choices if str(each.pk) == request.POST.get("choice")), None)
    themes = {each.pk: new_themes(place, plan.record, each) for each in choices}
    asked = {each: DirectionsForm(each, themes[each.pk], request.POST if each is chosen else None) for each in choices}
    refused = ""
    if request.method == "POST" and (chosen is None or asked[chosen].is_valid()):
        try:
            made = _take(request, place, plan, chosen, asked.get(chosen) if chosen else None)
        except (InputRefused, ResultRefused) as fault:
            refused = str(fault)
        else:
            messages.success(
                request, f"{count_of(len(made), 'priority was', 'priorities were')} added. Check their words."
            )
            assert place.locality is not None
            return redirect(reverse("plans:edit_ranks", args=[place.partnership.slug, place.locality.slug, year]))
    orders = [(each, form, bool(themes[each.pk])) for each, form in asked.items()]
    return render(request, "plans/from_group.html", {"plan": plan, "orders": orders, "refused": refused})


def _take(request: HttpRequest, place: Place, plan: OpenPlan, chosen: Prioritising | None, form: Any) -> list[str]:
    if chosen is None:
        raise ResultRefused("No order is chosen.", "Choose one of those that are counted.")
    return take_order(cast(Person, request.user), place, plan.record, chosen, directions=form.directions())
