"""A published plan as the body of a web page: headings with addresses, tables that scroll in regions of their own.

Written once when a plan is published, and kept beside its files, so that reading it asks for no work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from locality.plans.documents import Block, Document, Heading, Items, Paragraph, Row, Table, say_cell

Links = Mapping[str, str]


def write_body(document: Document, links: Links | None = None) -> str:
    """Write a plan's document as HTML.

    Args:
        document: The document that all published forms are written from.
        links: Where the name of a row leads, by the row's address on the page.

    Returns:
        Contents and parts, to stand below the page's own first heading. All text is escaped.
    """
    return f'<div class="plan-document">{_contents(document.parts)}{write_parts(document.parts, links)}</div>'


def write_parts(parts: Iterable[Block], links: Links | None = None) -> str:
    """Write parts of a document as HTML, without a list of contents."""
    return "\n".join(_block(part, links or {}) for part in parts)


def _contents(parts: Iterable[Block]) -> str:
    names = [part for part in parts if isinstance(part, Heading) and part.level == 1 and part.id]
    if not names:
        return ""
    items = "".join(f'<li><a href="#{escape(each.id)}">{escape(each.text)}</a></li>' for each in names)
    return f'<nav aria-labelledby="page-contents"><h2 id="page-contents">Contents</h2><ul>{items}</ul></nav>\n'


def _block(part: Block, links: Links) -> str:
    if isinstance(part, Heading):
        level = part.level + 1
        return f"<h{level}{_id(part.id)}>{escape(part.text)}</h{level}>"
    if isinstance(part, Paragraph):
        return _paragraph(part)
    if isinstance(part, Items):
        tag = "ol" if part.is_numbered else "ul"
        items = "".join(f"<li{_id(each.id)}>{_named(each.id, _lines(each.text), links)}</li>" for each in part.items)
        return f"<{tag}>{items}</{tag}>"
    return _table(part, links)


def _id(id: str) -> str:
    return f' id="{escape(id)}"' if id else ""


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _named(id: str, text: str, links: Links) -> str:
    return f'<a href="{escape(links[id])}">{text}</a>' if id in links else text


def _paragraph(part: Paragraph) -> str:
    said = f"<p{_id(part.id)}>{_lines(part.text)}</p>"
    return f'<div class="lp-message">{said}</div>' if part.is_notice else said


def _table(part: Table, links: Links) -> str:
    caption = f"{part.id}-caption"
    heads = "".join(f'<th scope="col"{_number(column.kind)}>{escape(column.heading)}</th>' for column in part.columns)
    rows = "".join(_row(row, part, links) for row in part.rows)
    return (
        f'<div class="lp-table"{_id(part.id)}><div class="lp-scroll" role="region" tabindex="0" '
        f'aria-labelledby="{escape(caption)}"><table class="ds_table"><caption id="{escape(caption)}">'
        f"{escape(part.caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></div>"
    )


def _number(kind: str) -> str:
    return "" if kind == "text" else ' class="lp-number"'


def _row(row: Row, table: Table, links: Links) -> str:
    cells = [
        (_lines(say_cell(cell, column.kind)), _number(column.kind))
        for cell, column in zip(row.cells, table.columns, strict=True)
    ]
    name, *others = cells
    first = f'<th scope="row"{name[1]}>{_named(row.id, name[0], links)}</th>'
    rest = "".join(f"<td{kind}>{text}</td>" for text, kind in others)
    total = ' class="plan-total"' if row.is_total else ""
    return f"<tr{_id(row.id)}{total}>{first}{rest}</tr>"
