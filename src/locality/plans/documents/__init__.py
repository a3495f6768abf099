"""Published plans: one outline in plain words, and the web page's, PDF, Word, workbook and open data made from it.

All forms show the same figures. PDF, Word and workbooks need the packages of the site (extra `web`); the outline and
open data need nothing more than the library.
"""

from locality.plans.documents.blocks import (
    Block,
    Column,
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Row,
    Table,
    amounts_in,
    anchor,
    say_cell,
)
from locality.plans.documents.open_data import OPEN_TABLES, OpenColumn, OpenTable, open_data, write_csv
from locality.plans.documents.outline import outline_of
from locality.plans.documents.pdf import write_pdf
from locality.plans.documents.sheets import write_sheets
from locality.plans.documents.strategic_outline import STRATEGIC_SECTIONS
from locality.plans.documents.word import write_word

__all__ = [
    "OPEN_TABLES",
    "STRATEGIC_SECTIONS",
    "Block",
    "Column",
    "Document",
    "Heading",
    "Item",
    "Items",
    "OpenColumn",
    "OpenTable",
    "Paragraph",
    "Row",
    "Table",
    "amounts_in",
    "anchor",
    "open_data",
    "outline_of",
    "say_cell",
    "write_csv",
    "write_pdf",
    "write_sheets",
    "write_word",
]
