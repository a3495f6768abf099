"""What consolidation refuses: money that would count twice, and material that does not belong together.

All faults at once. That something is missing is no fault: see `findings`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from locality.foundations import Fault, FinancialYear, say_pounds
from locality.plans.content import CatalogueService, JointLine, LocalityPlan
from locality.plans.joint import check_joint_line
from locality.plans.material import AgreedSnapshot, Material
from locality.plans.snapshot import hash_plan

_PARTNERSHIP_FILE = "lines for the whole partnership"
_JOINT_FILE = "joint lines"

# What an entry of the catalogue or a source says in words may be rewritten after a plan was agreed; these may not,
# because they decide where its money counts.
_DECIDES_MONEY = {
    "heading": "heading",
    "planned_at": "where it is planned",
    "payer": "payer",
    "set_aside": "set-aside money",
    "hosted_by": "hosted by",
}


def faults_in_material(material: Material) -> tuple[Fault, ...]:
    """Name everything for which the material cannot become one plan.

    Args:
        material: Snapshots, joint lines, partnership-wide lines, and the partnership's year.

    Returns:
        Faults; none: every pound counts once, and everything is of one year and one catalogue.
    """
    return tuple(
        [
            *_year_faults(material),
            *_twice(material),
            *(fault for one in material.snapshots for fault in _snapshot_faults(one, material)),
            *(fault for line in material.joint for fault in _joint_faults(line, material)),
            *_joint_twice(material),
            *_partnership_line_faults(material),
        ]
    )


def _year_faults(material: Material) -> Iterator[Fault]:
    try:
        FinancialYear.parse(material.year.year)
    except ValueError as error:
        yield Fault("strategic plan", str(error), "Plan for a financial year, like 2026/27.", "not-year")


def _twice(material: Material) -> Iterator[Fault]:
    """The same locality twice: its money would count twice."""
    for code, times in Counter(one.plan.locality.code for one in material.snapshots).items():
        if times > 1:
            labels = " and ".join(one.label for one in material.snapshots if one.plan.locality.code == code)
            yield Fault(
                labels,
                f"{times} agreed plans are of the same locality, {code}",
                "Keep the one that is in force.",
                "locality-twice",
            )


def _snapshot_faults(one: AgreedSnapshot, material: Material) -> Iterator[Fault]:
    plan, year = one.plan, material.year
    if hash_plan(plan) != one.sha256:
        yield Fault(
            one.label,
            f"its content does not have the hash {one.sha256[:12]}... under which it was agreed",
            "Take the plan as it was agreed; a changed one must be agreed anew.",
            "snapshot-changed",
        )
    if plan.agreement is None:
        yield Fault(one.label, "it is not agreed", "Only agreed plans are consolidated.", "plan-not-agreed")
    if plan.year != year.year:
        said = f"it is a plan for {plan.year}, not for {year.year}"
        yield Fault(one.label, said, "Take the plan of the same year.", "plan-other-year")
    if plan.partnership.code != year.partnership.code or plan.locality.code not in material.names:
        said = (
            f"{plan.locality.name} ({plan.locality.code}) is not a locality of {year.partnership.name} in {year.year}"
        )
        yield Fault(one.label, said, "Take it out, or add the locality.", "plan-of-other-place")
    yield from _catalogue_faults(one, material)
    yield from _line_faults(one, material)
    yield from _unknown_joint_lines(one, material)


def _catalogue_faults(one: AgreedSnapshot, material: Material) -> Iterator[Fault]:
    for entry in one.plan.services:
        ours = material.services.get(entry.service)
        for name in _differences(entry, ours) if ours else ():
            yield Fault(
                one.label,
                f"{entry.name} ({entry.service}) has '{getattr(entry, name)}' as {_DECIDES_MONEY[name]}, the "
                f"partnership's catalogue has '{getattr(ours, name)}'",
                "Agree a new version of the plan on today's catalogue, or mend the catalogue.",
                "catalogue-differs",
            )
    for source in one.plan.sources:
        known = material.sources.get(source.source)
        if known and (known.kind, known.accountable_body) != (source.kind, source.accountable_body):
            yield Fault(
                one.label,
                f"{source.name} ({source.source}) is {source.kind} of {source.accountable_body}, for the partnership "
                f"it is {known.kind} of {known.accountable_body}",
                "Agree a new version of the plan, or mend the list of sources.",
                "source-differs",
            )
    yield from _unknown_names(one.label, _names_used(one.plan), material)


def _differences(theirs: CatalogueService, ours: CatalogueService) -> list[str]:
    return [name for name in _DECIDES_MONEY if getattr(theirs, name) != getattr(ours, name)]


def _names_used(plan: LocalityPlan) -> Iterable[tuple[str, str]]:
    """Give the services and sources that a plan's money and priorities name."""
    yield from (("service", line.service) for line in plan.lines)
    yield from (("source", line.source) for line in plan.lines)
    yield from (("service", one.service) for one in plan.priorities if one.service)


def _unknown_names(file: str, used: Iterable[tuple[str, str]], material: Material) -> Iterator[Fault]:
    for kind, code in dict.fromkeys(used):
        if code not in (material.services if kind == "service" else material.sources):
            what, do = f"the partnership knows no {kind} '{code}'", f"Add the {kind}, or correct its code."
            yield Fault(file, what, do, f"plan-{kind}-unknown")


def _line_faults(one: AgreedSnapshot, material: Material) -> Iterator[Fault]:
    shared = {
        line.service: line.id
        for line in material.joint
        if any(share.locality == one.plan.locality.code for share in line.shares)
    }
    for (service, source), times in Counter((line.service, line.source) for line in one.plan.lines).items():
        if times > 1:
            said = f"{_name(service, material)} has {times} lines from the source {source}"
            yield Fault(one.label, said, "Keep one line, with the sum.", "line-twice")
    for line in one.plan.lines:
        entry = material.services.get(line.service)
        if not line.pence or entry is None:
            continue
        said = f"it plans {say_pounds(line.pence)} on {entry.name} alone"
        if line.service in shared:
            yield Fault(
                one.label,
                f"{said}, and has a share in the joint line {shared[line.service]} on it",
                "Plan it in one place: in the joint line, or alone.",
                "joint-and-alone",
            )
        if entry.planned_at == "partnership":
            yield Fault(
                one.label,
                f"{said}, but it is planned once for the whole partnership",
                "Take the line out of the locality's plan, or change where the service is planned.",
                "partnership-service-in-locality",
            )


def _name(service: str, material: Material) -> str:
    entry = material.services.get(service)
    return entry.name if entry else service


def _unknown_joint_lines(one: AgreedSnapshot, material: Material) -> Iterator[Fault]:
    """A joint line in a snapshot must be the partnership's, and the same; the day on which others agreed may differ."""
    ours = {line.id: _bare(line) for line in material.joint}
    for line_id, times in Counter(line.id for line in one.plan.joint).items():
        if times > 1:
            yield Fault(one.label, f"the joint line {line_id} stands there {times} times", _KEEP, "joint-line-twice")
    for line in one.plan.joint:
        if _bare(line) != ours.get(line.id):
            said = "is not among the partnership's joint lines" if line.id not in ours else _how_differs(line, material)
            yield Fault(
                one.label,
                f"the joint line {line.id} on {_name(line.service, material)} {said}",
                "Agree new versions of the plans that share it, so that all of them say the same.",
                "joint-line-differs",
            )


_KEEP = "Keep one of them."


def _how_differs(line: JointLine, material: Material) -> str:
    ours = next(one for one in material.joint if one.id == line.id)
    if line.total_pence != ours.total_pence:
        return f"is {say_pounds(line.total_pence)} there and {say_pounds(ours.total_pence)} for the partnership"
    return "has other shares, another service or another source than the partnership's"


def _bare(line: JointLine) -> JointLine:
    shares = tuple(sorted((replace(share, agreed_on="") for share in line.shares), key=lambda one: one.locality))
    return replace(line, shares=shares)


def _joint_faults(line: JointLine, material: Material) -> Iterator[Fault]:
    yield from check_joint_line(line, material.year.services, names=material.names)
    yield from _unknown_names(f"joint line {line.id}", [("source", line.source)], material)
    for one in material.snapshots:
        code = one.plan.locality.code
        shares = code in {share.locality for share in line.shares}
        if shares and line.id not in {own.id for own in one.plan.joint}:
            yield Fault(
                one.label,
                f"it does not have the joint line {line.id} on {_name(line.service, material)}, in which {code} has a "
                "share",
                "Agree a new version of the plan that has it, or take the share out.",
                "joint-line-differs",
            )


def _joint_twice(material: Material) -> Iterator[Fault]:
    for line_id, times in Counter(line.id for line in material.joint).items():
        if times > 1:
            yield Fault(_JOINT_FILE, f"{line_id} stands there {times} times", _KEEP, "joint-line-twice")
    places: dict[tuple[str, str, str], list[str]] = {}
    for line in material.joint:
        for share in line.shares:
            places.setdefault((line.service, line.source, share.locality), []).append(line.id)
    pairs = {tuple(dict.fromkeys(ids)): service for (service, _, _), ids in places.items() if len(set(ids)) > 1}
    for ids, service in pairs.items():
        said = f"{' and '.join(ids)} pay for {_name(service, material)} from one source in the same locality"
        yield Fault(_JOINT_FILE, said, "Join them into one line.", "joint-line-twice")


def _partnership_line_faults(material: Material) -> Iterator[Fault]:
    used = [
        pair for line in material.partnership_lines for pair in (("service", line.service), ("source", line.source))
    ]
    yield from _unknown_names(_PARTNERSHIP_FILE, used, material)
    for (service, source), times in Counter((one.service, one.source) for one in material.partnership_lines).items():
        if times > 1:
            said = f"{_name(service, material)} has {times} lines from the source {source}"
            yield Fault(_PARTNERSHIP_FILE, said, "Keep one line, with the sum.", "line-twice")
    for line in material.partnership_lines:
        entry = material.services.get(line.service)
        if entry is not None and line.pence and entry.planned_at != "partnership":
            yield Fault(
                _PARTNERSHIP_FILE,
                f"{entry.name} has {say_pounds(line.pence)} there, but the catalogue plans it at '{entry.planned_at}'",
                "Plan it in one place, or change the catalogue.",
                "partnership-line-elsewhere",
            )
