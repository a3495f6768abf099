"""What is made of views, as rows: readings that were settled, and a sample for each address."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from factories import plans_site, voice_site
from locality.voice.priorities import Candidate, PriorityMethod
from locality_web.core.models import Partnership
from locality_web.plans.influence_things import things
from locality_web.plans.models import LocalityPlanRecord
from locality_web.voice.models import InfluenceLink, Opinion, Prioritising, Reading, Theme, ThemeCode


def read_into(theme: Theme, *views: Opinion) -> None:
    """Views that were read into a theme, and settled so."""
    for each in views:
        reading, _ = Reading.objects.get_or_create(opinion=each, settled=True)
        ThemeCode.objects.create(reading=reading, theme=theme)
        Opinion.objects.filter(pk=each.pk, state="shown").update(state="themed")


def samples(of: Partnership) -> dict[str, dict[str, Any]]:
    """What the addresses of themes, answers and influence carry, for rows of the whole partnership."""
    talk = voice_site.conversation(of, slug="sense-sample", title="A sample", state="being_answered")
    theme, view = voice_site.theme(talk, "Sample"), voice_site.opinion(talk, "A sample view.")
    here = {"partnership": of.slug, "slug": talk.slug}
    plain = ("answers", "write_answers", "begin_answers", "close_answers", "take_up_answers")
    plain = (*plain, "themes", "theme_new", "read", "agreement", "settle_rest", "near_duplicates", "heard", "groups")
    plain = (*plain, "publish_findings")
    found: dict[str, dict[str, Any]] = {name: here for name in plain}
    found |= {name: {**here, "theme": theme.pk} for name in ("answer_theme", "theme_change", "theme_give_up")}
    found |= {name: {**here, "view": view.pk} for name in ("answer_view", "read_view", "settle")}
    found |= _influence(of, theme) | _priorities(of, theme)
    return {f"voice:{name}": carried for name, carried in found.items()}


def _influence(of: Partnership, theme: Theme) -> dict[str, dict[str, Any]]:
    whole, found = {"partnership": of.slug}, {}
    for start, locality in (("", of.localities.all()[0]), ("partnership_", None)):
        at = {**whole, **({"locality": locality.slug} if locality else {})}
        link = InfluenceLink.objects.create(
            partnership=of,
            locality=locality,
            from_kind="theme",
            from_name=f"theme:{theme.pk}{start}",
            to_kind="priority",
            to_name="plan:nowhere",
            why="A sample.",
            by_name="Somebody",
        )
        found |= {f"{start}links": at, f"{start}link_end": {**at, "link": link.pk}}
        found[f"{start}link_new"] = {**at, "name": f"theme:{theme.pk}"}
    found |= {"influence": whole, "who_asked": {**whole, "name": _sum_of(of)}}
    return found


def _priorities(of: Partnership, theme: Theme) -> dict[str, dict[str, Any]]:
    locality = of.localities.all()[0]
    here = {"partnership": of.slug, "locality": locality.slug}
    candidates = (Candidate(str(theme.pk), theme.name), Candidate("0", "Another"))
    method = PriorityMethod("ranked_pairs", candidates, (str(theme.pk), "0"))
    made = Prioritising.objects.create(
        locality=locality, heading="Care at home", year="2026/27", method=asdict(method), state="frozen"
    )
    steps = ("one", "freeze", "rank", "record", "count", "discussion", "call_off")
    found = {"priorities": here, "priorities_new": here}
    return found | {f"priorities_{name}": {**here, "choice": made.pk} for name in steps}


def _sum_of(of: Partnership) -> str:
    """The name of some pounds of an agreed plan, which is made where there is none."""
    if not LocalityPlanRecord.objects.filter(locality__partnership=of, state="agreed").exists():
        plans_site.agreed(of, of.localities.all()[0].slug)
    return next(each.name for each in things(of) if each.kind == "pounds")
