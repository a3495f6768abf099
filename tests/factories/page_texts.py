"""What a page says to whoever reads or hears it: its texts, each with the language that holds for it."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_UNSEEN = {"script", "style", "svg"}
_HEARD = ("aria-label", "alt", "title", "placeholder")


class PageTexts(HTMLParser):
    """Gather the texts of a page as pairs of language and text; those that are drawn or run are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []

    @classmethod
    def of(cls, page: str) -> list[tuple[str, str]]:
        """Give the texts of a page."""
        reader = cls()
        reader.feed(page)
        return reader.said

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the language, and what an attribute says."""
        given = dict(attrs)
        lang = given.get("lang") or self._lang()
        self.said += [(lang, text) for name in _HEARD if (text := (given.get(name) or "").strip())]
        if tag not in _VOID:
            self._open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        """Go back to what held before."""
        while self._open:
            last, _ = self._open.pop()
            if last == tag:
                break

    def handle_data(self, data: str) -> None:
        """Keep a text that somebody reads."""
        text = " ".join(data.split())
        if text and not any(tag in _UNSEEN for tag, _ in self._open):
            self.said.append((self._lang(), text))

    def _lang(self) -> str:
        return self._open[-1][1] if self._open else ""
