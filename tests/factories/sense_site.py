"""What is made of views, as rows: readings that were settled, and a sample for each address."""

from __future__ import annotations

from typing import Any

from factories import voice_site
from locality_web.core.models import Partnership
from locality_web.voice.models import Opinion, Reading, Theme, ThemeCode


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
    plain = (*plain, "themes", "theme_new", "read", "agreement", "settle_rest")
    found: dict[str, dict[str, Any]] = {name: here for name in plain}
    found |= {name: {**here, "theme": theme.pk} for name in ("answer_theme", "theme_change", "theme_give_up")}
    found |= {name: {**here, "view": view.pk} for name in ("answer_view", "read_view", "settle")}
    return {f"voice:{name}": carried for name, carried in found.items()}
