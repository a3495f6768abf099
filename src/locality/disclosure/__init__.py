"""The one gate through which any count of people leaves.

Dated rules say which counts are too small to show; `suppress_table`, `suppress_hierarchy` and `suppress_frame` hide
them with as many further counts as sums make necessary; `audit` attacks what remains, knowing only what a reader
knows. `protect.choose_complements` chooses the further counts, and may be replaced without touching the rest.
Published figures that are open already (population estimates) do not pass through here: a release records why.
"""

from locality.disclosure.audit import AuditResult, audit, ranges
from locality.disclosure.cells import (
    ALL,
    Axis,
    Layout,
    PublishedCounts,
    counts_of_axes,
    hide,
    layout_of_axes,
    layout_of_sums,
)
from locality.disclosure.protect import choose_complements
from locality.disclosure.settings import DisclosureRules, rules_applied, rules_on
from locality.disclosure.small_counts import costs_to_hide, primary, round_counts
from locality.disclosure.suppression import (
    SuppressedTable,
    read_published,
    suppress,
    suppress_frame,
    suppress_hierarchy,
    suppress_table,
)

__all__ = [
    "ALL",
    "AuditResult",
    "Axis",
    "DisclosureRules",
    "Layout",
    "PublishedCounts",
    "SuppressedTable",
    "audit",
    "choose_complements",
    "costs_to_hide",
    "counts_of_axes",
    "hide",
    "layout_of_axes",
    "layout_of_sums",
    "primary",
    "ranges",
    "read_published",
    "round_counts",
    "rules_applied",
    "rules_on",
    "suppress",
    "suppress_frame",
    "suppress_hierarchy",
    "suppress_table",
]
