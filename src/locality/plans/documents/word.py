"""A published plan as an accessible Word document: real headings, header rows that repeat, language and title."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from locality.plans.documents.blocks import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Items,
    Paragraph,
    Row,
    Table,
    say_cell,
    say_foot,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_FONT, _SIZE, _LARGE = "Arial", 12, 18
# A plan has no time of writing: the same plan gives the same file.
_NO_DAY = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Word's properties have no zone
_MOST_LETTERS_OF_A_BOOKMARK = 40


def write_word(document: Document, *, large_print: bool = False) -> bytes:
    """Write a document as a Word file.

    Args:
        document: What `outline_of` gave.
        large_print: Letters of 18 points.

    Returns:
        A .docx with real heading styles, tables whose header row is marked and repeats, the language and the title.
    """
    import docx  # noqa: PLC0415 - only the site makes documents; the command line does without

    word = docx.Document()
    _set_properties(word, document)
    _set_styles(word, document.language, _LARGE if large_print else _SIZE)
    word.add_paragraph(document.title, style="Title")
    word.add_paragraph(document.subtitle, style="Subtitle")
    for number, part in enumerate(document.parts):
        _add(word, part, number)
    _set_foot(word, document)
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def _set_properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title = document.title
    properties.author = document.subtitle
    properties.last_modified_by = document.subtitle
    properties.language = document.language
    properties.subject = "Example" if document.is_made_up else ""
    properties.comments = f"SHA-256 of the plan: {document.hash}"
    properties.created = properties.modified = _NO_DAY


def _set_foot(word: WordDocument, document: Document) -> None:
    """Say on every page what it is of, whether that is an example or a draft, and which page it is."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    foot = word.sections[0].footer.paragraphs[0]
    foot.add_run(f"{say_foot(document)}. Page ")
    field = OxmlElement("w:fldSimple")
    field.set(_name("w:instr"), "PAGE")
    foot._p.append(field)


def _set_styles(word: WordDocument, language: str, size: int) -> None:
    """Black letters without serifs everywhere, and the language of the whole text."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    larger = {"Title": 2.0, "Subtitle": 1.2, "Heading 1": 1.5, "Heading 2": 1.25, "Heading 3": 1.1}
    for style in word.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            style.font.name = _FONT
            style.font.color.rgb = RGBColor(0, 0, 0)
            style.font.italic = False
            _set_fonts(style.element.get_or_add_rPr())
            style.font.size = Pt(round(size * larger.get(style.name or "", 1.0)))
    defaults = word.styles.element.find(_name("w:docDefaults"))
    for found in [] if defaults is None else defaults.iter(_name("w:lang")):
        found.set(_name("w:val"), language)


def _set_fonts(properties: Any) -> None:
    """Take the theme's fonts away, which would win over the font that is named."""
    fonts = properties.get_or_add_rFonts()
    for name in [name for name in fonts.attrib if "heme" in name]:
        del fonts.attrib[name]
    for kind in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(_name(kind), _FONT)


def _name(short: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415

    found: str = qn(short)
    return found


def _add(word: WordDocument, part: Block, number: int) -> None:
    if isinstance(part, Heading):
        _bookmark(word.add_heading(part.text, level=part.level), part.id, number)
    elif isinstance(part, Paragraph):
        word.add_paragraph().add_run(part.text).bold = part.is_notice or None
    elif isinstance(part, Items):
        for item in part.items:
            word.add_paragraph(item.text, style="List Number" if part.is_numbered else "List Bullet")
    else:
        _add_table(word, part)


def _bookmark(paragraph: Any, id: str, number: int) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(_name("w:id"), str(number))
    start.set(_name("w:name"), id.replace("-", "_")[:_MOST_LETTERS_OF_A_BOOKMARK])
    paragraph._p.append(start)
    paragraph._p.append(end)


def _add_table(word: WordDocument, table: Table) -> None:
    caption = word.add_paragraph(table.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    grid = word.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    _describe(grid._tbl.tblPr, table.caption)
    # Written as elements: the library looks every cell up anew, which takes minutes for long tables.
    head = Row(tuple(column.heading for column in table.columns), is_total=True)
    grid._tbl.append(_row(head, table.columns, is_head=True))
    for row in table.rows:
        grid._tbl.append(_row(row, table.columns))
    word.add_paragraph()


def _describe(properties: Any, caption: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415

    said = OxmlElement("w:tblCaption")
    said.set(_name("w:val"), caption)
    properties.append(said)


def _row(row: Row, columns: tuple[Column, ...], *, is_head: bool = False) -> Any:
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if is_head else "")
    cells = "".join(
        _cell(cell, column, is_strong=is_head or row.is_total) for cell, column in zip(row.cells, columns, strict=True)
    )
    return parse_xml(f"<w:tr {nsdecls('w')}><w:trPr>{marks}</w:trPr>{cells}</w:tr>")


def _cell(cell: Cell, column: Column, *, is_strong: bool) -> str:
    from xml.sax.saxutils import escape  # noqa: PLC0415

    right = '<w:pPr><w:jc w:val="right"/></w:pPr>' if column.kind != "text" else ""
    strong = "<w:rPr><w:b/></w:rPr>" if is_strong else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in say_cell(cell, column.kind).split("\n")
    )
    return f"<w:tc><w:tcPr/><w:p>{right}<w:r>{strong}{lines}</w:r></w:p></w:tc>"
