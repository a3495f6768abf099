"""People read views into themes: how well they agree, where they differ, and what stands in the end.

Two people read each view by themselves; a view may have several themes, or none. The program measures and lists; what a
view means is decided by people.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from locality.foundations import Fault, InputRefused
from locality.voice.themes.alpha import Alpha, by_overlap_and_kind, krippendorff_alpha
from locality.voice.themes.kappa import Kappa, cohen_kappa
from locality.voice.themes.settings import AgreementRules

Themes = frozenset[Hashable]
Readings = Mapping[Hashable, Sequence[Themes]]
"""For each view the themes that each reader found, the first reader first."""


@dataclass(frozen=True)
class ThemeAgreement:
    """How well two readers agree on one theme.

    Args:
        theme: The theme.
        both: Views in which both found it.
        one: Views in which only one did.
        kappa: Agreement beyond chance.
        says: The same in a sentence.
    """

    theme: Hashable
    both: int
    one: int
    kappa: Kappa
    says: str


@dataclass(frozen=True)
class ReadDifferently:
    """A view in which readers found different themes.

    Args:
        view: The view.
        common: Themes that all of them found.
        differing: Themes that only some found.
        apart: How far apart the readings are, from 0 to 1 (the mean over pairs of readers).
    """

    view: Hashable
    common: Themes
    differing: Themes
    apart: float


@dataclass(frozen=True)
class ReaderAgreement:
    """How well readers agree on all themes.

    Args:
        alpha: Krippendorff's alpha with the distance MASI, and its interval.
        says: What it means, in sentences.
        themes: Agreement by theme, in the order of the themes given.
        differing: Views that were read differently, the furthest apart first.
    """

    alpha: Alpha
    says: str
    themes: tuple[ThemeAgreement, ...]
    differing: tuple[ReadDifferently, ...]


def reader_agreement(
    readings: Readings, themes: Mapping[Hashable, str], rules: AgreementRules, *, seed: int = 1
) -> ReaderAgreement:
    """Say how well those who read views into themes agree.

    Args:
        readings: For each view the themes that each reader found. Views that one person alone has read count for
            nothing.
        themes: Every theme with its name.
        rules: What is said from which figure on.
        seed: Where the resamples of the interval begin.

    Returns:
        The agreement; the same for any order of views.

    Source:
        Krippendorff's alpha with Passonneau's distance between sets; Cohen's kappa for each theme (the first two
        readings of a view). Rules `reader_agreement`, `theme_agreement`.
    """
    twice = {view: found for view, found in sorted(readings.items(), key=lambda one: str(one[0])) if len(found) > 1}
    alpha = krippendorff_alpha(list(twice.values()), by_overlap_and_kind, seed=seed)
    return ReaderAgreement(
        alpha=alpha,
        says=_say_alpha(alpha, len(twice), rules),
        themes=tuple(_theme(twice, theme, name, rules) for theme, name in themes.items()),
        differing=_differing(twice),
    )


def _say_alpha(alpha: Alpha, views: int, rules: AgreementRules) -> str:
    if views == 0:
        return "No view was read by two people, so nothing can be said of how they agree."
    if alpha.alpha is None:
        return "All readings are the same, so nothing can be said of how well readers tell themes apart."
    called, do = next(
        ((called, do) for least, called, do in rules.readers if alpha.alpha >= least), rules.readers[-1][1:]
    )
    interval = "" if alpha.low is None else f", between {alpha.low:.2f} and {alpha.high:.2f}"
    return (
        f"Readers agree by {alpha.alpha:.2f}{interval}, on {views:,} views read twice: 1 is always, 0 is as if by "
        f"chance. That is {called}. {do}"
    )


def _theme(twice: Readings, theme: Hashable, name: str, rules: AgreementRules) -> ThemeAgreement:
    pairs = [(theme in found[0], theme in found[1]) for found in twice.values()]
    both, first, second = (pairs.count(one) for one in ((True, True), (True, False), (False, True)))
    kappa = cohen_kappa(both, first, second, pairs.count((False, False)))
    return ThemeAgreement(theme, both, first + second, kappa, _say_theme(name, (both, first + second), kappa, rules))


def _say_theme(name: str, counts: tuple[int, int], kappa: Kappa, rules: AgreementRules) -> str:
    both, one = counts
    said = f"{name}: found by both in {both:,} {'view' if both == 1 else 'views'}, by one alone in {one:,}."
    if both + one < rules.views or kappa.kappa is None:
        return f"{said} Too few to say how well readers agree."
    called = next((called for least, called in rules.themes if kappa.kappa >= least), rules.themes[-1][1])
    return f"{said} Agreement is {called} ({kappa.kappa:.2f}, between {kappa.low:.2f} and {kappa.high:.2f})."


def _differing(twice: Readings) -> tuple[ReadDifferently, ...]:
    found = []
    for view, read in twice.items():
        if len(set(read)) == 1:
            continue
        common, either = frozenset.intersection(*read), frozenset.union(*read)
        pairs = [by_overlap_and_kind(one, other) for at, one in enumerate(read) for other in read[at + 1 :]]
        found.append(ReadDifferently(view, common, either - common, sum(pairs) / len(pairs)))
    return tuple(sorted(found, key=lambda one: (-one.apart, str(one.view))))


@dataclass(frozen=True)
class SettledThemes:
    """What stands after reading.

    Args:
        themes: For each view that is settled, its themes.
        alike: How many views all readers read alike.
        by_hand: How many were settled by people.
        open: Views that wait: read differently and not settled, or read by one person alone.
    """

    themes: dict[Hashable, Themes]
    alike: int
    by_hand: int
    open: tuple[Hashable, ...]


def settle_themes(readings: Readings, settled: Mapping[Hashable, Themes]) -> SettledThemes:
    """Give the themes of each view that stand: those read alike by all, and those that people settled.

    Args:
        readings: For each view the themes that each reader found.
        settled: What people settled on, for any view.

    Returns:
        The settled coding; nothing is settled by the program. What people settled goes before what readers read alike.

    Raises:
        InputRefused: Something is settled for a view that nobody read.
    """
    strange = sorted(str(view) for view in settled if view not in readings)
    if strange:
        do = "Read it first, or take it out."
        raise InputRefused(
            Fault("settled themes", f"nobody read the view {view}", do, "settled-not-read") for view in strange
        )
    alike = {view: found[0] for view, found in readings.items() if len(found) > 1 and len(set(found)) == 1}
    alike = {view: found for view, found in alike.items() if view not in settled}
    waiting = [view for view in readings if view not in alike and view not in settled]
    return SettledThemes(alike | dict(settled), len(alike), len(settled), tuple(sorted(waiting, key=str)))
