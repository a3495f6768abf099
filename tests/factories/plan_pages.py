"""Somebody who opens a page of a plan, changes some fields of its form, and sends it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from django.test import Client

PLAN = "/fife/localities/levenmouth/plans/2026-27/"


@dataclass
class Filled:
    """A form as somebody sees it, to be sent later, as when two people have the same page open."""

    client: Client
    address: str
    fields: dict[str, str]

    def send(self, **changes: Any) -> Any:
        """Send it with these changes; a name is written with "__" for "/"."""
        return self.send_all({name.replace("__", "/"): each for name, each in changes.items()})

    def send_all(self, changes: dict[str, Any]) -> Any:
        """Send it with these changes by the fields' own names."""
        return self.client.post(self.address, {**self.fields, **changes})


def open_form(client: Client, address: str, form: str = "form") -> Filled:
    """Open a page and take its form as a browser would."""
    shown = client.get(address)
    assert shown.status_code == 200, shown.content.decode()[:400]
    fields = {}
    for field in shown.context[form]:
        value = field.value()
        ticks = field.field.__class__.__name__ == "BooleanField"
        if not field.field.disabled and not (ticks and not value):
            fields[field.html_name] = "" if value is None else value
    return Filled(client, address, fields)


def words(answer: Any) -> str:
    """Give a page's text on one line, as its reader meets it."""
    text = re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style).*?</\1>", "", answer.content.decode(), flags=re.S))
    return re.sub(r"\s+", " ", html.unescape(text))
