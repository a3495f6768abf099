"""How far a fair share for a small place can be trusted, from the best published person-level formula."""

from __future__ import annotations

import datetime as dt

from locality.foundations import load_rule


def say_person_model_fit(on: dt.date) -> tuple[str, ...]:
    """Say in plain sentences how exact any formula is for places as small as a practice or a locality.

    Args:
        on: The day whose rule holds.

    Returns:
        Sentences for the report, each with its figures; the last names the source.

    Source:
        Rule ``person_model_fit``.
    """
    rule = load_rule("locality.money", "person_model_fit").at(on)
    fit = rule.value
    return (
        f"The best published formula knows every person's age, sex and diagnoses and still explains only "
        f"{fit['full_between_people']:.0%} of the differences in cost between people: much of who needs care in a "
        "year is chance.",
        f"Between {fit['practices']:,} practices it explains {fit['full_between_practices']:.0%}; age and sex alone "
        f"explain {fit['age_sex_between_practices']:.0%}.",
        f"For about one practice in {round(1 / fit['practices_far_off'])} its figure was {fit['far_off_by']:.0%} or "
        "more away from actual cost. A locality's fair share is a statement about expected need with an error of that "
        "order.",
        f"Source: {rule.source}",
    )
