"""What pages say of a vote in words: how it is decided, and where it stands."""

from __future__ import annotations

from locality.foundations import load_rule
from locality.voice.choice import Currency
from locality_web.core.words import count_of
from locality_web.members.pages import say_day
from locality_web.voice.votes.models import Vote
from locality_web.voice.votes.rules_kept import is_by_locality, preview_least

_METHODS = {
    "equal-shares": (
        "Method of Equal Shares. The sum is shared out among all who vote. Those who choose a project pay for it "
        "together out of their shares, as equally as they can. A project wins when its supporters have enough left. So "
        "each part of the community decides on its part of the money, and not the largest part on all of it."
    ),
    "greedy": (
        "Most votes first. The project with most votes is taken, then the next one that the rest of the money still "
        "pays for, and so on."
    ),
}
_UTILITIES = {
    "cost": "Every pound that goes to what somebody chose counts as their gain, so large projects count for more.",
    "cardinality": "Every project that somebody chose and that wins counts as one gain, whatever it costs.",
}
_TIES = {"cost": "to the lower cost", "votes": "to more votes", "lot": "by the lot"}


def say_sum(pence: int) -> str:
    """Write an amount as people read it: whole pounds without pence."""
    return Currency().say(pence)


def rules_in_words(vote: Vote) -> list[tuple[str, str]]:
    """Give each rule of a vote as a heading and a sentence or two."""
    rules = vote.rules
    equal = rules["rule"] == "equal-shares"
    said = [("Method", _METHODS[rules["rule"]])]
    if equal:
        said += [
            ("What counts as a gain", _UTILITIES[rules["utility"]]),
            ("Each voter's share", _share(vote)),
            ("Money that is left", f"{_completion(vote)}.{_step(vote)}"),
        ]
    said += [("Ties", f"A tie goes {', then '.join(_TIES[each] for each in rules['tie_order'])}.")]
    if rules["lot"]:
        said[-1] = ("Ties", f"{said[-1][1]} The lot was drawn before anybody voted: {', '.join(rules['lot'])}.")
    return [*said, *_limits(vote), *_preview(vote)]


def _preview(vote: Vote) -> list[tuple[str, str]]:
    least = preview_least(vote)
    if least is None:
        return []
    there, came = (" in each locality", " in each") if is_by_locality(vote) else ("", "")
    said = f"Once a day this page shows which projects are ahead, when {least} ballots or more are there{there}, and "
    return [("While people vote", f"{said}again when at least as many new ones came{came}.")]


def _share(vote: Vote) -> str:
    if not is_by_locality(vote):
        return "The sum is parted equally among all who vote."
    sums = [f"{code} {say_sum(pence)}" for code, pence in vote.rules["group_sums"]]
    of_each = f" ({'; '.join(sums)})" if sums else ""
    return f"Each locality has its fair share of the sum{of_each}, parted equally among those who vote there."


def _completion(vote: Vote) -> str:
    kinds = load_rule("locality.voice", "completions").at(vote.opens_on).value
    return str(next(each["name"] for each in kinds if each["code"] == vote.rules["completion"]))


def _step(vote: Vote) -> str:
    kinds = load_rule("locality.voice", "completions").at(vote.opens_on).value
    if not any(each["steps"] for each in kinds if each["code"] == vote.rules["completion"]):
        return ""
    return f" One step is {say_sum(vote.rules['step'] or 100)}."


def _limits(vote: Vote) -> list[tuple[str, str]]:
    rules = vote.rules
    most, fewest, part = rules["most_choices"], rules["minimum_votes"], rules["least_part"]
    said = [("Your ballot", f"You may choose {count_of(most, 'project')} at most." if most else "Choose freely.")]
    if fewest:
        said.append(("Fewest votes", f"A project needs {count_of(fewest, 'vote')} to win."))
    said += [("Limit", f"{heading}: {say_sum(pence)} at most.") for heading, pence in rules["ceilings"]]
    if part:
        said.append(
            ("Part funding", f"With what is left, one more project can be done in part, from {part} of its cost.")
        )
    return said


def where_it_stands(vote: Vote, takes_ballots: bool) -> str:
    """Say in a sentence where a vote stands."""
    if takes_ballots:
        return f"You can vote until the end of {say_day(vote.closes_on)}."
    return {
        Vote.State.DRAFT: "This vote is being prepared. Only those who prepare it see this page.",
        Vote.State.OPEN: f"Voting ended on {say_day(vote.closes_on)}. Paper that came in time is being keyed in.",
        Vote.State.CLOSED: "Voting is over. The ballots are being counted.",
        Vote.State.COUNTED: "Voting is over. The ballots are counted, and the result will be published here.",
        Vote.State.PUBLISHED: "The result is published.",
        Vote.State.CALLED_OFF: f"This vote was called off, and no ballot is counted: {vote.called_off_why}",
    }[Vote.State(vote.state)]
