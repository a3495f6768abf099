"""The money statement: historic beside fair share for every locality and service, with distance, causes, intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtri

from locality.foundations import Fault, FinancialYear, InputRefused, load_rule, split_pence
from locality.money.cube import CostCube
from locality.money.distance import causes_in_pence, order_free, step_by_step
from locality.money.evidence_of_use import Evidence, evidence_from_cube, units_from_areas
from locality.money.fair import WeightSet, draw_shares, fair_shares
from locality.money.historic import ServiceShare, share_services
from locality.money.places import LocalityList
from locality.money.resources import HostedMove, ServiceMoney, service_money
from locality.money.settings import ShareSettings

Floats = npt.NDArray[np.float64]
Pence = npt.NDArray[np.int64]


@dataclass(frozen=True)
class MoneyInputs:
    """What shares are made of.

    Args:
        partnership: Our partnership's code.
        year: The folder's financial year.
        localities: The localities with their zones (and practices, when people count where they are registered).
        weights: Residents and weighted population by zone (or practice).
        services: Declared table `services`.
        ledger: Declared table `ledger`.
        hosted_use: Declared table `hosted_use`, where services are hosted.
        unit_costs: Declared table `unit_costs`.
        area_activity: Declared table `area_activity`.
        practices: Declared table `practices`.
        registrations: Declared table `registrations`.
        cube: Cost cube by zone (or practice) of the person-level files, where there are any.
    """

    partnership: str
    year: FinancialYear
    localities: LocalityList
    weights: WeightSet
    services: pd.DataFrame
    ledger: pd.DataFrame
    hosted_use: pd.DataFrame | None = None
    unit_costs: pd.DataFrame | None = None
    area_activity: pd.DataFrame | None = None
    practices: pd.DataFrame | None = None
    registrations: pd.DataFrame | None = None
    cube: CostCube | None = None


@dataclass(frozen=True)
class ServiceStatement:
    """One service in the statement; arrays have one number for each locality.

    Args:
        share: Its historic share.
        fair_pence: Its fair share; sums to the historic pence.
        steps: Causes by localities in pence, step by step; columns sum to fair minus historic.
        shapley: The same, order-free.
        drawn: Draws by localities of its fair share, as ratios.
    """

    share: ServiceShare
    fair_pence: Pence
    steps: Pence
    shapley: Pence
    drawn: Floats = field(repr=False)

    @property
    def money(self) -> ServiceMoney:
        """The service and its money."""
        return self.share.money


@dataclass(frozen=True)
class MoneyStatement:
    """Historic and fair share of every service, and what they were made of."""

    inputs: MoneyInputs
    settings: ShareSettings
    population: Pence
    services: tuple[ServiceStatement, ...]
    hosted: tuple[HostedMove, ...]
    people_inflation: Floats

    @property
    def localities(self) -> LocalityList:
        """The localities, in the order of all arrays."""
        return self.inputs.localities

    @property
    def one_zone_only(self) -> npt.NDArray[np.bool_]:
        """Localities of one zone: zones cannot be drawn anew there, so their fair share has no interval."""
        rows = self.localities.rows_of_zones(pd.Series(list(self.inputs.weights.zones), dtype="string"))
        alone: npt.NDArray[np.bool_] = np.bincount(rows, minlength=self.localities.count + 1)[:-1] < 2
        return alone

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said beside the figures: what was left out, missing or estimated."""
        stated = {service.money.service for service in self.services}
        silent = [str(name) for name in self.inputs.services["service"] if str(name) not in stated]
        said = [f"The ledger has no money for {name} in {self.inputs.year}: it is left out." for name in silent]
        for service in self.services:
            marked = service.share.use.estimated
            if marked is not None and marked.any():
                names = ", ".join(self.localities.names[at] for at in np.flatnonzero(marked))
                said.append(
                    f"{service.money.service}: the published figure for {names} is suppressed; it was estimated from "
                    "the people who live there, and its pounds carry grade D."
                )
        return (*said, *self._say_missing_years(), *self._say_lone_zones(), *self._say_coverage())

    def _say_coverage(self) -> list[str]:
        """Name services whose records cost far more or less than the ledger: only their pattern counts."""
        band = load_rule("locality.money", "coverage_band").at(self.inputs.year.end).value
        said = []
        for service in self.services:
            records, resources = sum(service.share.use.activity_pence.values()), service.money.resources_pence
            if service.money.scope == "overhead" or records <= 0 or resources <= 0:
                continue
            if not band["lowest"] <= records / resources <= band["highest"]:
                said.append(
                    f"{service.money.service}: the records cost {records / resources:.0%} of what was spent. Records "
                    "carry list prices, may be gross where the ledger is net, and may leave out some people; they say "
                    "who used the service, the ledger says how much it cost."
                )
        return said

    def _say_missing_years(self) -> list[str]:
        if self.inputs.cube is None:
            return []
        there = {str(year) for year in self.inputs.cube.cells["year"].unique()}
        missing = [str(year) for year in self.settings.years if str(year) not in there]
        return [f"There is no activity of {', '.join(missing)}: the mean is of the other years."] if missing else []

    def _say_lone_zones(self) -> list[str]:
        names = [self.localities.names[at] for at in np.flatnonzero(self.one_zone_only)]
        if not names:
            return []
        return [f"{', '.join(names)}: one zone alone, so no range of the fair share can be given."]

    @property
    def headings(self) -> tuple[str, ...]:
        """The service headings, in the order of the services table."""
        return tuple(dict.fromkeys(service.money.heading for service in self.services))

    def of_heading(self, heading: str) -> tuple[ServiceStatement, ...]:
        """Give the services under a heading."""
        return tuple(service for service in self.services if service.money.heading == heading)

    def historic(self, services: Sequence[ServiceStatement] | None = None) -> Pence:
        """Historic pence by locality, of some services or of all."""
        return _sum([service.share.pence for service in (services or self.services)])

    def fair(self, services: Sequence[ServiceStatement] | None = None) -> Pence:
        """Fair pence by locality, of some services or of all."""
        return _sum([service.fair_pence for service in (services or self.services)])

    def historic_interval(self, services: Sequence[ServiceStatement] | None = None) -> tuple[Pence, Pence] | None:
        """Interval of the historic share from the compounding of individual costs.

        Returns:
            Low and high pence by locality; None when no pound of it was placed by what persons cost or used. Only such
            pounds widen it. Services that follow the same activity err together; the total takes in that one person is
            costly under several headings at once.
        """
        chosen = services or self.services
        deviations = _deviations_by_evidence(chosen)
        if not deviations:
            return None
        variance = np.sum([deviation**2 for deviation in deviations], axis=0)
        if services is None:
            variance = variance * self.people_inflation
        half = ndtri(0.5 + self.settings.interval / 2) * np.sqrt(variance)
        middle = self.historic(services)
        return np.maximum(np.rint(middle - half), 0).astype(np.int64), np.rint(middle + half).astype(np.int64)

    def fair_interval(self, services: Sequence[ServiceStatement] | None = None) -> tuple[Pence, Pence] | None:
        """Interval of the fair share by drawing zones anew; None when no draws were asked for."""
        chosen = services or self.services
        if not chosen[0].drawn.size:
            return None
        draws = np.sum([service.drawn * float(service.fair_pence.sum()) for service in chosen], axis=0)
        tail = (1 - self.settings.interval) / 2
        low, high = np.quantile(draws, [tail, 1 - tail], axis=0)
        fair = self.fair(services)
        return np.minimum(np.rint(low), fair).astype(np.int64), np.maximum(np.rint(high), fair).astype(np.int64)


def _deviations_by_evidence(services: Sequence[ServiceStatement]) -> list[Floats]:
    """Standard deviations in pence, one for each body of evidence: services that share it err by the same people."""
    together: dict[tuple[str, tuple[str, ...]], Floats] = {}
    for service in services:
        variance = service.share.variance
        if variance is not None:
            key = (service.share.use.method, tuple(sorted(service.money.activity)))
            together[key] = together.get(key, np.zeros(variance.size)) + np.sqrt(variance)
    return list(together.values())


def _sum(parts: list[Pence]) -> Pence:
    total: Pence = np.sum(parts, axis=0, dtype=np.int64)
    return total


def state_money(inputs: MoneyInputs, settings: ShareSettings) -> MoneyStatement:
    """Compute historic share, fair share, the distance between them, its causes and its uncertainty.

    Args:
        inputs: The tables; every amount in pence.
        settings: What the partnership decides for itself.

    Returns:
        The statement. For every service, historic and fair pence each add up to the service's resources less what is
        kept apart, to the penny.

    Raises:
        InputRefused: A table lacks what the settings ask for.

    Source:
        Guidance on localities, paragraph on historic and fair share (HSCI 9.4).
    """
    years = settings.years or (inputs.year,)
    _refuse_nobody(inputs)
    lines, moves = service_money(
        inputs.services, inputs.ledger, inputs.hosted_use, partnership=inputs.partnership, year=inputs.year
    )
    evidence = gather_evidence(inputs, settings)
    shares = share_services(lines, evidence, years=years, no_locality=settings.no_locality)
    stages = _stages_by_programme(inputs, settings, shares)
    drawn = draw_shares(
        inputs.weights, inputs.localities, settings.stage, resamples=settings.resamples, seed=settings.seed
    )
    drawn = {name: drawn.get(name, drawn[""]) for name in stages if name != "*"}
    drawn["*"] = _all_together(drawn, shares)
    services = tuple(_state_service(share, stages, drawn) for share in shares)
    population = inputs.localities.sum_by_locality(
        pd.Series(list(inputs.weights.zones), dtype="string"), pd.Series(inputs.weights.people)
    )
    return MoneyStatement(
        inputs,
        settings,
        np.rint(population[:-1]).astype(np.int64),
        services,
        tuple(moves),
        _people_inflation(inputs, evidence, years),
    )


def _refuse_nobody(inputs: MoneyInputs) -> None:
    rows = inputs.localities.rows_of_zones(pd.Series(list(inputs.weights.zones), dtype="string"))
    people = np.bincount(rows, weights=inputs.weights.people, minlength=inputs.localities.count + 1)
    empty = [inputs.localities.names[at] for at in np.flatnonzero(people[:-1] <= 0)]
    if empty:
        what = f"nobody lives in {', '.join(empty)}, so it can have no share"
        raise InputRefused([Fault("population", what, "Add its people, or take the locality out.", "nobody-there")])


def gather_evidence(inputs: MoneyInputs, settings: ShareSettings) -> Evidence:
    """Bring everything that shows use to one number for each locality."""
    localities = inputs.localities
    zones = pd.Series(list(inputs.weights.zones), dtype="string")
    people = pd.Series(inputs.weights.people, index=list(inputs.weights.zones))
    found: dict[str, dict[tuple[str, str], Floats]] = {}
    if inputs.cube is not None:
        found = evidence_from_cube(inputs.cube, localities)
    published = {}
    if inputs.area_activity is not None:
        published = units_from_areas(inputs.area_activity, localities, people)
    weighted = {
        name: localities.sum_by_locality(zones, pd.Series(inputs.weights.chain(name, settings.stage)[-1]))
        for name in inputs.weights.programmes
    }
    return Evidence(
        cost=found.get("cost", {}),
        squares=found.get("squares", {}),
        units=found.get("units", {}),
        unit_squares=found.get("unit_squares", {}),
        area_units=published,
        prices=_prices(inputs.unit_costs),
        practice_list=_practice_list(inputs, settings.basis),
        population=localities.sum_by_locality(zones, pd.Series(inputs.weights.people)),
        weighted=weighted,
    )


def _prices(unit_costs: pd.DataFrame | None) -> dict[str, int]:
    if unit_costs is None:
        return {}
    return {str(row.heading): int(row.pence_per_unit) for row in unit_costs.itertuples(index=False)}


def _practice_list(inputs: MoneyInputs, basis: str) -> Floats | None:
    """Registered patients by where they live; without registrations, by where their practice stands."""
    sum_by_locality = inputs.localities.sum_by_locality
    if inputs.registrations is not None and basis == "residence":
        return sum_by_locality(inputs.registrations["zone"], inputs.registrations["patients"])
    if inputs.practices is None or inputs.practices["zone"].isna().all():
        return None
    return sum_by_locality(inputs.practices["zone"], inputs.practices["patients"])


def _stages_by_programme(
    inputs: MoneyInputs, settings: ShareSettings, shares: Sequence[ServiceShare]
) -> dict[str, Floats]:
    """Fair shares by programme and stage; "*" is the mix of all programmes, for services that follow none.

    A programme without weights is shared by heads, in the mix too.
    """
    names = {"", *inputs.weights.programmes, *(share.money.programme for share in shares)}
    stages = {name: fair_shares(inputs.weights, name, inputs.localities, settings.stage) for name in names}
    stages["*"] = _all_together(stages, shares)
    return stages


def _all_together(by_programme: dict[str, Floats], shares: Sequence[ServiceShare]) -> Floats:
    """Mix programmes by the money of their services; a programme without weights counts by heads.

    Overheads and services that name no programme follow this mix, so they are left out of it.
    """
    money: dict[str, float] = {}
    for share in shares:
        if share.money.programme and share.money.scope != "overhead":
            name = share.money.programme if share.money.programme in by_programme else ""
            money[name] = money.get(name, 0.0) + max(float(share.pence.sum()), 0.0)
    total = sum(money.values())
    if total <= 0:
        return by_programme[""]
    mixed: Floats = np.sum([by_programme[name] * (pence / total) for name, pence in money.items()], axis=0)
    return mixed


def _state_service(share: ServiceShare, stages: dict[str, Floats], drawn: dict[str, Floats]) -> ServiceStatement:
    programme = share.money.programme or "*"
    chain = stages[programme]
    money = int(share.pence.sum())
    fair = split_pence(money, chain[-1])
    distance = fair - share.pence
    historic = share.pence / money if money else chain[0]
    return ServiceStatement(
        share,
        fair,
        causes_in_pence(step_by_step(historic, chain), money, distance),
        causes_in_pence(order_free(historic, chain), money, distance),
        drawn[programme],
    )


def _people_inflation(inputs: MoneyInputs, evidence: Evidence, years: tuple[FinancialYear, ...]) -> Floats:
    """How much wider a locality's total is than its headings taken as independent: one person uses several services.

    The ratio of the sum of squared totals of persons to the sum over headings of squared costs.
    """
    ones = np.ones(inputs.localities.count)
    if inputs.cube is None:
        return ones
    wanted = {str(year) for year in years}
    totals = inputs.cube.people_totals
    totals = totals[totals["year"].astype(str).isin(wanted)]
    together = inputs.localities.sum_by_locality(totals["place"].astype("string"), totals["pence_squared"])[:-1]
    apart = np.zeros(inputs.localities.count)
    for (_, year), squares in evidence.squares.items():
        if year in wanted:
            apart += squares[:-1]
    return np.divide(together, apart, out=ones, where=apart > 0)
