"""What an estimated need model rests on, and what nobody may conclude from it, in plain sentences."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from locality.foundations import load_rule


def say_need_model(
    coefficients: pd.DataFrame,
    fit: pd.Series,
    *,
    filled: tuple[tuple[str, str], ...],
    own_rates: bool,
    on: dt.date,
) -> tuple[str, ...]:
    """Write the sentences that stand beside every figure of a need model.

    Args:
        coefficients: As in `NeedModel`.
        fit: As in `NeedModel`.
        filled: Zone and indicator of every gap that was filled with the mean.
        own_rates: Whether the age-sex rates are the partnership's own.
        on: The day whose rules hold.

    Returns:
        First what the figures rest on, then what they do not show.
    """
    rests = [
        f"Estimated from {fit['zones']:.0f} zones and {fit['variables']:.0f} variables; the need index explains "
        f"{max(fit['ratio_r2'], 0.0):.0%} of how actual cost departs from that expected by age and sex. The rest is "
        "chance and whatever is not measured.",
        f"Age-sex rates are {'the partnership’s own' if own_rates else 'national'}.",
        _say_prior(coefficients),
    ]
    if fit["zones"] < float(load_rule("locality.money", "small_need_model").at(on).value):
        low, high = coefficients["local_weight"].min(), coefficients["local_weight"].max()
        rests.append(
            f"This is a small model: local evidence has between {low:.0%} and {high:.0%} of the say in each effect. "
            "Published weights or national coefficients are better where they exist."
        )
    warn = float(load_rule("locality.money", "need_collinearity").at(on).value["warned_above"])
    for name, row in coefficients[coefficients["explained_by_others"] > warn].iterrows():
        rests.append(
            f"{row['explained_by_others']:.0%} of {name} is said by the other indicators: their joint effect holds, "
            "the effect of each one does not."
        )
    if filled:
        names = sorted({indicator for _, indicator in filled})
        rests.append(f"{len(filled)} missing values of {', '.join(names)} were taken as the mean of the other zones.")
    return (*rests, *_not_shown(coefficients))


def _say_prior(coefficients: pd.DataFrame) -> str:
    national = list(coefficients.index[coefficients["prior_kind"] == "national"])
    if len(national) == len(coefficients):
        return "Local effects are combined with national ones, each by its precision."
    if national:
        return (
            f"Local effects of {', '.join(national)} are combined with national ones, each by its precision; the "
            "others are drawn towards no effect beyond age and sex."
        )
    return "No national effects were given: local ones are drawn towards no effect beyond age and sex."


def _not_shown(coefficients: pd.DataFrame) -> list[str]:
    supply = list(coefficients.index[coefficients["role"] == "supply"])
    held = (
        f"{', '.join(supply)}: how much service there is raises use. It is in the model and then held at its mean, so "
        "nobody gains or loses by it. An estimated effect of supply is not an unavoidable cost, so there is no supply "
        "stage."
        if supply
        else "No indicator of supply was given: where services are near, more use can look like more need. There is no "
        "supply stage."
    )
    return [
        held,
        "Need that never reached a service is not in these figures. A place whose people were turned away, came late "
        "or stayed away looks less needy than it is.",
        "The effects show where cost was higher, not why. Changing an indicator need not change cost.",
        "The index is about zones. It says nothing about any one person who lives there.",
        "Costs are average prices times use: what one place pays more for the same care is not seen.",
    ]
