"""What people may do about budgets: save an option, remove it, record the decision.

Each function checks the right, asks the library, writes and records the event, all in one transaction.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused, say_pounds
from locality_web.core.audit import record_event
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place, require
from locality_web.money.budgets import Rules, ground_of, work_out
from locality_web.money.models import BudgetDecision, BudgetOption
from locality_web.money.queries import release_in_use

_FORM = "budget"


def save_option(place: Place, person: Person, *, year: str, name: str, rules: Rules) -> BudgetOption:
    """Work out a budget from the release in use and keep it under a name.

    Args:
        place: The partnership.
        person: Who saves it.
        year: The budget year, like "2026/27".
        name: A name that no other option of the year has.
        rules: How the money is shared out.

    Returns:
        The option with its figures.

    Raises:
        NotAllowed: The person may not propose budgets here.
        InputRefused: A rule or the name cannot be used.
        ResultRefused: No release is loaded, or the rules cannot all hold.
    """
    require(person, "money.propose", place)
    with transaction.atomic():
        release = release_in_use(place.partnership)
        if release is None:
            raise ResultRefused("No release is loaded, so that there are no shares to go by.", "Load a release first.")
        _refuse_name(place.partnership, year, name.strip())
        figures = work_out(ground_of(release), year, rules, timezone.localdate())
        option = BudgetOption.objects.create(
            partnership=place.partnership,
            year=year,
            name=name.strip(),
            release=release,
            rules=rules.as_json(),
            figures=figures,
            made_by=person,
            made_at=timezone.now(),
        )
        record_event(
            person,
            "money.option_saved",
            f"Saved the budget option '{option.name}' for {year}: {say_pounds(rules.total_pence)}.",
            place=place,
            subject=f"budget:{year}",
            detail={"option": option.pk, "release": release.release, "rules": option.rules},
        )
    return option


def _refuse_name(partnership: Partnership, year: str, name: str) -> None:
    if not name:
        raise InputRefused([Fault(_FORM, "the option has no name", "Give it one.", "option-name", column="name")])
    if BudgetOption.objects.filter(partnership=partnership, year=year, name=name).exists():
        what = f"there is an option '{name}' for {year} already"
        raise InputRefused([Fault(_FORM, what, "Give this one another name.", "option-name", column="name")])


def remove_option(place: Place, person: Person, option: BudgetOption) -> None:
    """Remove an option; decisions that were made of it keep their own figures.

    Raises:
        NotAllowed: The person may not propose budgets here.
    """
    require(person, "money.propose", place)
    with transaction.atomic():
        record_event(
            person,
            "money.option_removed",
            f"Removed the budget option '{option.name}' for {option.year}.",
            place=place,
            subject=f"budget:{option.year}",
            detail={"option": option.pk, "rules": option.rules},
        )
        option.delete()


def decide_budget(
    place: Place, person: Person, option: BudgetOption, *, decided_by: str, why: str, decided_on: dt.date
) -> BudgetDecision:
    """Record the decision for an option; it supersedes the year's earlier decision, which stays as it was.

    Args:
        place: The partnership.
        person: Who records it.
        option: What was decided.
        decided_by: Name and role, or the body that decided.
        why: The reason; for a new decision on the same year also why it replaces the earlier one.
        decided_on: The day of the decision.

    Returns:
        The decision with the next number of its year.

    Raises:
        NotAllowed: The person may not record budget decisions here.
        InputRefused: Who or why is missing, or the day lies ahead; every fault is named.
    """
    require(person, "money.decide", place)
    _refuse_incomplete(decided_by, why, decided_on)
    with transaction.atomic():
        # Two people who decide at the same moment wait for each other here.
        Partnership.objects.select_for_update().get(pk=place.partnership.pk)
        same = BudgetDecision.objects.filter(partnership=place.partnership, year=option.year)
        number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
        decision = BudgetDecision.objects.create(
            partnership=place.partnership,
            year=option.year,
            number=number,
            option_name=option.name,
            release=option.release,
            rules=option.rules,
            figures=option.figures,
            decided_on=decided_on,
            decided_by=decided_by.strip(),
            why=why.strip(),
            recorded_by=person,
            recorded_at=timezone.now(),
        )
        record_event(
            person,
            "money.budget_decided",
            f"Recorded the budget decision {decision} of {decision.decided_by}: option '{option.name}'.",
            place=place,
            subject=f"budget:{option.year}",
            detail={
                "decision": str(decision),
                "release": option.release.release,
                "total_pence": option.figures["total_pence"],
                "supersedes": f"{option.year}-{number - 1}" if number > 1 else None,
            },
        )
    return decision


def _refuse_incomplete(decided_by: str, why: str, decided_on: dt.date) -> None:
    faults = []
    if not decided_by.strip():
        what, do = "nobody is named who decided", "Write who decided: a name and role, or the body."
        faults.append(Fault(_FORM, what, do, "decision-without-name", column="decided_by"))
    if not why.strip():
        what, do = "the reason is missing", "Write why this was decided, so that the public can read it."
        faults.append(Fault(_FORM, what, do, "decision-without-reason", column="why"))
    if decided_on > timezone.localdate():
        what, do = f"{decided_on:%d %B %Y} lies ahead", "Give the day on which it was decided."
        faults.append(Fault(_FORM, what, do, "decision-ahead", column="decided_on"))
    if faults:
        raise InputRefused(faults)
