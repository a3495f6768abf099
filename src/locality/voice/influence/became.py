"""What became of a view: everything that it led to, in words, and what was told about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from locality.foundations import ResultRefused, say_day
from locality.voice.influence.graph import Influence
from locality.voice.influence.things import Answer, Link, Ref, Thing


@dataclass(frozen=True)
class Step:
    """One step on the way of a view.

    Args:
        thing: What it led to.
        link: By which link; its day, role and reason can be shown.
        words: The step in a sentence, with the state: "It led to the priority 'Buses': in progress."
    """

    thing: Thing
    link: Link
    words: str


@dataclass(frozen=True)
class Became:
    """What became of one view.

    Args:
        view: The view.
        paths: The ways that it took, each from the view's first step to its end. Everything that the view led to
            stands on one of them.
        reached: Everything that it led to, the nearest first.
        answers: What was told to it or to its themes, the oldest first.
        is_answered: Whether there is such an answer.
        words: The whole in one sentence or two.
    """

    view: Thing
    paths: tuple[tuple[Step, ...], ...]
    reached: tuple[Thing, ...]
    answers: tuple[Answer, ...]
    is_answered: bool
    words: str


@dataclass(frozen=True)
class YouSaid:
    """One line of "you said, we did, we did not and why".

    Args:
        theme: What was said.
        views: How many views stand in it, those of its part-themes among them.
        did: Plan lines, actions and measures that are done or in progress.
        did_not: What was not done; each says why.
        answers: The answers to the theme.
    """

    theme: Thing
    views: int
    did: tuple[Thing, ...]
    did_not: tuple[Thing, ...]
    answers: tuple[Answer, ...]


def what_became(influence: Influence, view: str) -> Became:
    """Follow a view to everything that it led to.

    Args:
        influence: From `join_influence`.
        view: The view's id.

    Returns:
        Its ways in words, with states and reasons, and the answers.

    Raises:
        ResultRefused: There is no such view.
    """
    ref = Ref("view", view)
    if ref not in influence.things:
        raise ResultRefused(f"There is no view {view}.", "Check the receipt code.")
    found = _walk(influence, ref)
    reached = tuple(influence.things[each] for each in found)
    answers = _answers(influence, [ref, *(each for each in found if each.kind == "theme")])
    words = _in_one_sentence(influence, ref, reached, answers)
    paths = tuple(_path(influence, found, end) for end in _ends(influence, found))
    return Became(influence.things[ref], paths, reached, answers, bool(answers), words)


def you_said(influence: Influence) -> tuple[YouSaid, ...]:
    """Put together what was said, done and not done, theme by theme.

    Args:
        influence: From `join_influence`.

    Returns:
        One line for each theme that is not part of a wider one, most views first.
    """
    themes = [one for one in influence.of_kind("theme") if not _is_part(influence, one.ref)]
    lines = [_you_said(influence, theme) for theme in themes]
    return tuple(sorted(lines, key=lambda line: -line.views))


def _you_said(influence: Influence, theme: Thing) -> YouSaid:
    reached = [influence.things[ref] for ref in _walk(influence, theme.ref)]
    acted = [one for one in reached if one.ref.kind in ("line", "action", "measure")]
    within = _all_before(influence, theme.ref)
    return YouSaid(
        theme,
        sum(ref.kind == "view" for ref in within),
        tuple(one for one in acted if one.state in ("done", "in_progress")),
        tuple(one for one in reached if one.state == "not_done"),
        _answers(influence, [theme.ref, *(ref for ref in within if ref.kind == "theme")]),
    )


def _is_part(influence: Influence, theme: Ref) -> bool:
    return any(link.end.kind == "theme" for link in influence.links_from(theme))


def _all_before(influence: Influence, ref: Ref) -> set[Ref]:
    found: set[Ref] = set()
    waiting = [ref]
    while waiting:
        for link in influence.before.get(waiting.pop(), ()):
            if link.start not in found:
                found.add(link.start)
                waiting.append(link.start)
    return found


def _walk(influence: Influence, start: Ref) -> dict[Ref, Link]:
    """Find everything that a thing led to, nearest first, each with the link by which it is reached first."""
    found: dict[Ref, Link] = {}
    waiting = [start]
    for ref in waiting:
        for link in influence.links_from(ref):
            if link.end not in found:
                found[link.end] = link
                waiting.append(link.end)
    return found


def _ends(influence: Influence, found: dict[Ref, Link]) -> list[Ref]:
    """Give what no further step was first reached from: one path to each shows everything that was reached."""
    passed = {link.start for link in found.values()}
    return [ref for ref in found if ref not in passed]


def _path(influence: Influence, found: dict[Ref, Link], end: Ref) -> tuple[Step, ...]:
    links = [found[end]]
    while links[-1].start in found:
        links.append(found[links[-1].start])
    links.reverse()
    # Where the rest of the way is another path's too, this one goes on to its end as well.
    while following := influence.links_from(links[-1].end):
        links.append(following[0])
    return tuple(_step(influence, link) for link in links)


def _step(influence: Influence, link: Link) -> Step:
    thing = influence.things[link.end]
    joined = influence.pairs.words[link.start.kind, link.end.kind]
    subject = "Your view" if link.start.kind == "view" else "It"
    return Step(thing, link, f"{subject} {joined} the {say_thing(influence, thing)}: {say_state(influence, thing)}.")


def say_thing(influence: Influence, thing: Thing) -> str:
    """Name a thing by its kind and its words.

    Args:
        influence: Knows what people read for each kind.
        thing: The thing.

    Returns:
        Words like "theme 'Buses to the surgery'".
    """
    return f"{influence.pairs.kinds[thing.ref.kind]} '{thing.words}'"


def say_state(influence: Influence, thing: Thing) -> str:
    """Say the state of a thing, with the reason where it was not done.

    Args:
        influence: Knows what people read for each state.
        thing: The thing.

    Returns:
        Words like "in progress", or "not done (the road is not ours)".
    """
    said = influence.pairs.states[thing.state].lower()
    return f"{said} ({thing.why.strip().rstrip('.')})" if thing.state == "not_done" else said


def _answers(influence: Influence, refs: Iterable[Ref]) -> tuple[Answer, ...]:
    found = [answer for ref in refs for answer in influence.answers.get(ref, ())]
    return tuple(sorted(found, key=lambda one: one.when))


def _in_one_sentence(influence: Influence, view: Ref, reached: tuple[Thing, ...], answers: tuple[Answer, ...]) -> str:
    acted = [one for one in reached if one.ref.kind not in ("theme", "priority", "pounds")]
    counts = Counter(str(one.state) for one in acted)
    states = [f"{counts[state]} {said.lower()}" for state, said in influence.pairs.states.items() if counts[state]]
    if acted:
        what = "plan line, action or measure" if len(acted) == 1 else "plan lines, actions or measures"
        led = f"Your view led to {len(acted)} {what}: {', '.join(states)}."
    elif reached:
        what = "theme or priority" if len(reached) == 1 else "themes or priorities"
        led = f"Your view stands in {len(reached)} {what}; nothing is planned for it yet."
    else:
        led = "Your view is not in a theme yet."
    told = f"The last answer is of {say_day(answers[-1].when.isoformat())}." if answers else "No answer is given yet."
    return f"{led} {told}"
