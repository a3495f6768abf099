"""Joint lines: a service that several localities plan together, its shares to the penny, agreed by each.

Shares follow weights (people, the fair share, equal parts), or are figures of the localities' own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from locality.foundations import Fault, ResultRefused, say_pounds, split_pence
from locality.plans.content import CatalogueService, JointLine, JointShare

SPLITS = {
    "population": "By the number of people",
    "fair_share": "By the fair share",
    "equal": "In equal parts",
    "own": "By figures of their own",
}
"""Ways of splitting a joint line, and what `JointLine.split_by` says of each."""


def split_by_weights(total_pence: int, weights: Mapping[str, float]) -> tuple[JointShare, ...]:
    """Split a joint line's money in proportion to weights, to the penny.

    Args:
        total_pence: The money of the line.
        weights: By locality code, a number not below nought: people, or pence of the fair share.

    Returns:
        One share for each locality, in the order of the weights, none agreed yet. They add up to the total.

    Raises:
        ResultRefused: Fewer than two localities, a negative total, or weights that cannot split it.
    """
    _refuse_too_few(weights)
    if total_pence < 0:
        raise ResultRefused(f"A joint line cannot be {say_pounds(total_pence)}.", "Write what is to be spent.")
    parts = split_pence(total_pence, list(weights.values())).tolist()
    return tuple(JointShare(code, int(part)) for code, part in zip(weights, parts, strict=True))


def split_equally(total_pence: int, localities: Iterable[str]) -> tuple[JointShare, ...]:
    """Split a joint line's money in equal parts; a penny that is over goes to the first.

    Args:
        total_pence: The money of the line.
        localities: Codes of the localities that share it.

    Returns:
        One share for each locality, none agreed yet. They add up to the total, and differ by a penny at most.

    Raises:
        ResultRefused: Fewer than two localities, or a negative total.
    """
    return split_by_weights(total_pence, dict.fromkeys(localities, 1))


def own_shares(total_pence: int, figures: Mapping[str, int]) -> tuple[JointShare, ...]:
    """Take the localities' own figures for their shares.

    Args:
        total_pence: The money of the line.
        figures: Pence by locality code.

    Returns:
        One share for each locality, none agreed yet. They add up to the total.

    Raises:
        ResultRefused: Fewer than two localities, a negative figure, or figures that do not add up to the total.
    """
    _refuse_too_few(figures)
    below = [f"{code}: {say_pounds(pence)}" for code, pence in figures.items() if pence < 0]
    if below:
        raise ResultRefused(f"A share cannot be below nought: {', '.join(below)}.", "Write what each is to pay.")
    total = sum(figures.values())
    if total != total_pence:
        raise ResultRefused(f"{_say_sum(total, total_pence)}.", "Correct a share or the total.")
    return tuple(JointShare(code, pence) for code, pence in figures.items())


def agree_share(line: JointLine, locality: str, day: str) -> JointLine:
    """Record that a locality has agreed to its share.

    Args:
        line: The joint line.
        locality: The locality's code.
        day: The day, like "2026-02-20".

    Returns:
        The line with that share agreed.

    Raises:
        ResultRefused: The locality has no share in it.
    """
    if locality not in {share.locality for share in line.shares}:
        raise ResultRefused(f"{locality} has no share in the joint line {line.id}.", "Add a share for it first.")
    shares = tuple(
        JointShare(share.locality, share.pence, day if share.locality == locality else share.agreed_on)
        for share in line.shares
    )
    return JointLine(line.id, line.service, line.source, line.total_pence, shares, line.split_by)


def check_joint_line(
    line: JointLine,
    services: Iterable[CatalogueService],
    *,
    names: Mapping[str, str] | None = None,
    must_be_agreed: bool = False,
) -> tuple[Fault, ...]:
    """Name everything that is wrong with a joint line.

    Args:
        line: The joint line.
        services: The catalogue.
        names: Names of the partnership's localities by code; None: any locality may share.
        must_be_agreed: Whether a share that is not agreed yet is a fault, as it is when a plan is to be agreed.

    Returns:
        All faults at once, each with `joint/<id>` and, where one share is at fault, the locality as `column`. None:
        at least two localities share it, and their shares add up to its total to the penny.
    """
    catalogue = {one.service: one for one in services}
    faults = [*_service_faults(line, catalogue), *_sum_faults(line, catalogue), *_share_faults(line, catalogue, names)]
    for share in line.shares if must_be_agreed else ():
        if not share.agreed_on:
            what = f"{(names or {}).get(share.locality, share.locality)} has not agreed to {say_pounds(share.pence)}"
            do = "Ask it to agree, or change the shares."
            faults.append(_fault(line, catalogue, (what, do, "joint-share-not-agreed"), share.locality))
    return tuple(faults)


_Said = tuple[str, str, str]
_Catalogue = Mapping[str, CatalogueService]


def _fault(line: JointLine, catalogue: _Catalogue, said: _Said, locality: str = "") -> Fault:
    service = catalogue.get(line.service)
    file = f"Joint line {line.id} on {service.name if service else line.service}"
    return Fault(file, *said, column=f"joint/{line.id}/{locality}" if locality else f"joint/{line.id}")


def _service_faults(line: JointLine, catalogue: _Catalogue) -> Iterator[Fault]:
    service = catalogue.get(line.service)
    if service is None:
        said = (f"'{line.service}' is no service of the catalogue", "Choose a service.", "plan-service-unknown")
        yield _fault(line, catalogue, said)
    elif service.planned_at != "across":
        what = f"{service.name} is not planned across localities but at '{service.planned_at}'"
        do = "Choose a service that is planned across localities, or change the catalogue first."
        yield _fault(line, catalogue, (what, do, "plan-service-elsewhere"))


def _sum_faults(line: JointLine, catalogue: _Catalogue) -> Iterator[Fault]:
    total = sum(share.pence for share in line.shares)
    if total != line.total_pence:
        do = "Correct a share or the total."
        yield _fault(line, catalogue, (_say_sum(total, line.total_pence), do, "joint-shares-sum"))
    if len({share.locality for share in line.shares}) < 2:
        said = ("fewer than two localities share it", "Add a locality, or plan it alone.", "joint-too-few")
        yield _fault(line, catalogue, said)


def _share_faults(line: JointLine, catalogue: _Catalogue, names: Mapping[str, str] | None) -> Iterator[Fault]:
    for code, times in Counter(share.locality for share in line.shares).items():
        if times > 1:
            said = (f"{code} has {times} shares in it", "Give each locality one share.", "joint-share-twice")
            yield _fault(line, catalogue, said, code)
        if names is not None and code not in names:
            said = (f"'{code}' is no locality of the partnership", "Choose a locality.", "joint-locality-unknown")
            yield _fault(line, catalogue, said, code)
    for share in line.shares:
        if share.pence < 0:
            what = f"the share {say_pounds(share.pence)} is below nought"
            yield _fault(line, catalogue, (what, "Write what it is to pay.", "plan-amount-negative"), share.locality)


def _say_sum(total: int, should_be: int) -> str:
    gap = should_be - total
    more = f"{say_pounds(gap)} is missing" if gap > 0 else f"that is {say_pounds(-gap)} too much"
    return f"the shares add up to {say_pounds(total)}, the line is {say_pounds(should_be)}; {more}"


def _refuse_too_few(localities: Mapping[str, float] | Mapping[str, int]) -> None:
    if len(localities) < 2:
        raise ResultRefused("A joint line needs at least two localities.", "Add one, or plan the service alone.")
