"""Whether a group has agreed: who agrees, who objects and why, who has not answered, and what the quorum asks for.

The guidance leaves quorum and objections to the partnership, so the rule is handed in: it is one of its settings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from locality.foundations import Fault, InputRefused
from locality.plans.content import Stance


@dataclass(frozen=True)
class MayAgree:
    """Somebody who may agree to a plan: their name, and for whom they speak."""

    name: str
    role: str


@dataclass(frozen=True)
class QuorumRule:
    """How many must answer, and what an objection does.

    Args:
        number: So many of those who may agree must answer; None: the share says it.
        percent: So many in a hundred of them must answer, rounded up; None: the number says it.
        objection_blocks: Whether one objection is enough to keep a plan from being agreed. If not, more must agree
            than object.
    """

    number: int | None = None
    percent: int | None = None
    objection_blocks: bool = False


@dataclass(frozen=True)
class Standing:
    """How an agreement stands.

    Args:
        reached: Whether the plan is agreed by the rule.
        quorum: How many must answer.
        answered: How many of those who may agree have answered.
        agree: Their stances that agree, the last of each person.
        objections: Their stances that object, the last of each person.
        not_answered: Who may agree and has not answered.
        not_counted: Stances of people who may not agree.
        words: All of it in a few sentences.
    """

    reached: bool
    quorum: int
    answered: int
    agree: tuple[Stance, ...]
    objections: tuple[Stance, ...]
    not_answered: tuple[MayAgree, ...]
    not_counted: tuple[Stance, ...]
    words: str


def quorum_of(rule: QuorumRule, members: int) -> int:
    """Say how many must answer.

    Args:
        rule: The partnership's rule.
        members: How many may agree.

    Returns:
        At least one: nobody is never a quorum.

    Raises:
        InputRefused: The rule names neither a number nor a share, or both, or one that cannot be.
    """
    if (rule.number is None) == (rule.percent is None):
        raise _refuse("the quorum needs a number or a share of members, and not both")
    if rule.number is not None:
        if rule.number < 1:
            raise _refuse(f"a quorum of {rule.number} is nobody")
        return rule.number
    percent = rule.percent or 0
    if not 1 <= percent <= 100:
        raise _refuse(f"a quorum of {percent} in a hundred cannot be")
    return max(1, -(-members * percent // 100))


def count_stances(stances: Iterable[Stance], may_agree: Iterable[MayAgree], rule: QuorumRule) -> Standing:
    """Count who agrees and who objects, and say whether the plan is agreed.

    Args:
        stances: What people said, in the order in which they said it; the last of a person counts.
        may_agree: Who may agree.
        rule: The partnership's rule.

    Returns:
        The standing. It is reached when the quorum has answered, more agree than object, and (where the rule says
        that an objection blocks) nobody objects. Everybody who may agree is counted once: agreeing, objecting or not
        having answered.

    Raises:
        InputRefused: The rule cannot be applied.
    """
    members = tuple(dict.fromkeys(may_agree))
    said = tuple(stances)
    last = {MayAgree(one.name, one.role): one for one in said}
    answers = [last[member] for member in members if member in last]
    agree = tuple(one for one in answers if one.stance == "agree")
    objections = tuple(one for one in answers if one.stance == "object")
    quorum = quorum_of(rule, len(members))
    enough = len(answers) >= quorum
    free = not objections or not rule.objection_blocks
    reached = enough and free and len(agree) > len(objections)
    silent = tuple(member for member in members if member not in last)
    return Standing(
        reached=reached,
        quorum=quorum,
        answered=len(answers),
        agree=agree,
        objections=objections,
        not_answered=silent,
        not_counted=tuple(one for one in said if MayAgree(one.name, one.role) not in members),
        words=" ".join(_say(reached, (len(answers), len(members), quorum), agree, (objections, silent, free))),
    )


def _say(
    reached: bool,
    counts: tuple[int, int, int],
    agree: tuple[Stance, ...],
    rest: tuple[tuple[Stance, ...], tuple[MayAgree, ...], bool],
) -> list[str]:
    answered, members, quorum = counts
    objections, silent, free = rest
    said = ["Agreed." if reached else "Not agreed yet."]
    said.append(f"{answered} of {members} who may agree have answered; {quorum} are needed.")
    said.append(f"{len(agree)} agree and {len(objections)} object.")
    said += [f"{one.name} ({one.role}) objects: {one.reason.strip() or 'no reason given'}." for one in objections]
    if not free:
        said.append("One objection is enough to keep this plan from being agreed.")
    elif answered >= quorum and not reached:
        said.append("More must agree than object.")
    if silent:
        said.append(f"Not answered: {', '.join(member.name for member in silent)}.")
    if quorum > members:
        said.append("The quorum can never be reached: fewer people may agree than it asks for.")
    return said


def _refuse(what: str) -> InputRefused:
    do = "Set a number of at least 1, or a share from 1 to 100 in a hundred."
    return InputRefused([Fault("settings of the partnership", what, do, "plan-quorum", column="quorum")])
