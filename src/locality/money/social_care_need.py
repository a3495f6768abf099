"""Social care: a need model of its own, and council lines taken down to localities."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd

from locality.foundations import Fault, InputRefused, load_rule, say_pounds, split_pence
from locality.money.need_model import NO_NATIONAL_FIGURES, NationalFigures, NeedModel, fit_need_model
from locality.money.need_variables import NeedVariables
from locality.money.zone_people import name_some


@dataclass(frozen=True)
class SocialCareVariables:
    """Which indicators stand for the council formula's variables here.

    Args:
        variables: For the need model.
        stands_for: Indicator by variable of the council formula.
        absent: Variables for which no indicator was given.
        source: Where the list of variables comes from.
    """

    variables: NeedVariables
    stands_for: dict[str, str]
    absent: tuple[str, ...]
    source: str


def choose_social_care_variables(
    indicators: pd.DataFrame, *, on: dt.date, supply: tuple[str, ...] = ()
) -> SocialCareVariables:
    """Find, for each variable of the council formula, the best indicator that the partnership has.

    Args:
        indicators: Zone (index) by indicator (column).
        on: The day whose rule holds.
        supply: Further indicators, of supply (care home places near by, say).

    Raises:
        InputRefused: There is none for any variable.

    Source:
        Rule ``social_care_need_variables``.
    """
    rule = load_rule("locality.money", "social_care_need_variables").at(on)
    stands_for = {}
    for entry in rule.value:
        found = [name for name in entry["indicators"] if name in indicators.columns]
        if found:
            stands_for[str(entry["variable"])] = str(found[0])
    absent = tuple(str(entry["variable"]) for entry in rule.value if str(entry["variable"]) not in stands_for)
    if not stands_for:
        wanted = ", ".join(str(name) for entry in rule.value for name in entry["indicators"][:1])
        what = "there is no indicator for any variable of social care need"
        raise InputRefused([Fault("indicators", what, f"Add one or more of: {wanted}.", "no-social-care-indicator")])
    return SocialCareVariables(NeedVariables(list(stands_for.values()), supply), stands_for, absent, rule.source)


def social_care_need(
    costs: pd.DataFrame,
    population: pd.DataFrame,
    indicators: pd.DataFrame,
    *,
    programme: str,
    on: dt.date,
    supply: tuple[str, ...] = (),
    national: NationalFigures = NO_NATIONAL_FIGURES,
    missing: str = "refuse",
) -> NeedModel:
    """Estimate need for a social care programme with the variables of the council formula.

    Args:
        costs: As in `fit_need_model`.
        population: The declared table `population`, one year.
        indicators: Zone (index) by indicator (column); what stands for each variable is chosen by rule.
        programme: Need programme.
        on: The day whose rules hold.
        supply: Further indicators, of supply.
        national: National coefficients and rates, where there are any.
        missing: ``refuse`` or ``mean``.

    Returns:
        The model; its sentences name the variables and their source.

    Raises:
        InputRefused: As `choose_social_care_variables` and `fit_need_model`.
    """
    chosen = choose_social_care_variables(indicators, on=on, supply=supply)
    model = fit_need_model(
        costs,
        population,
        indicators,
        chosen.variables,
        programme=programme,
        on=on,
        national=national,
        missing=missing,
    )
    named = "; ".join(f"{variable}: {indicator}" for variable, indicator in chosen.stands_for.items())
    told = [f"Variables after the council formula ({named}). Source: {chosen.source}"]
    if chosen.absent:
        told.append(f"Without an indicator here, and so left out: {', '.join(chosen.absent)}.")
    return replace(model, sentences=(*told, *model.sentences))


@dataclass(frozen=True)
class CouncilLineSplit:
    """A council line taken down to localities.

    Args:
        pence: Whole pence by locality; sums to the line.
        sentence: Says what is published and what is modelled.
    """

    pence: pd.Series
    sentence: str


def council_line_to_localities(
    line_pence: int,
    zone_people: pd.Series,
    need_index: pd.Series,
    localities: pd.Series,
    *,
    line: str,
) -> CouncilLineSplit:
    """Take a council's published amount down to localities by modelled need.

    Args:
        line_pence: The council's amount, in pence.
        zone_people: People, or people weighted for age and sex, by zone (index zone).
        need_index: Need index by zone.
        localities: Locality of each zone.
        line: The line's name, for the sentence.

    Returns:
        Pence by locality, in order of locality; adds up to the penny.

    Raises:
        InputRefused: A zone with people has no need index or no locality.
        ResultRefused: There is money but nobody to carry it.

    Example:
        >>> zones = ["S01000001", "S01000002"]
        >>> council_line_to_localities(1000, pd.Series([50, 50], zones), pd.Series([1.5, 0.5], zones),
        ...                            pd.Series(["north", "south"], zones), line="Home care").pence.tolist()
        [750, 250]
    """
    lived = zone_people[zone_people > 0].astype("float64")
    faults = []
    for what, given in (("need index", need_index), ("locality", localities)):
        lacking = lived.index[given.reindex(lived.index).isna()]
        if len(lacking):
            said = f"{len(lacking):,} zones with people have no {what}: {name_some(lacking)}"
            faults.append(
                Fault(
                    "zones", said, "Fill them in: each of these zones has a part of the line.", "line-zone-incomplete"
                )
            )
    if faults:
        raise InputRefused(faults)
    weighted = lived * need_index.reindex(lived.index).astype("float64")
    by_locality = weighted.groupby(localities.reindex(lived.index).astype(str)).sum()
    pence = pd.Series(split_pence(line_pence, by_locality.to_numpy()), index=by_locality.index, name="pence")
    sentence = (
        f"{line}: the council's {say_pounds(line_pence, whole=True)} is published for the whole council; its split "
        "among localities is modelled here, by people and their estimated need. No publisher gives figures "
        "below the council."
    )
    return CouncilLineSplit(pence.rename_axis("locality"), sentence)
