"""Readers of the files that publishers and partners really produce, and the partnership folder that names them.

`check_folder` says whether a folder is usable, with every fault at once; `open_folder` gives its tables, typed and cut
to the partnership. A further publisher's layout is one more reader in one more file.
"""

# Each of these modules adds its readers to the register when it is imported.
from locality.sources import (
    cost_curves,
    council_money,
    english_practices,
    english_weights,
    english_zones,
    linkage_episodes,
    linkage_individuals,
    nrac,
    phs_curves,
    practices,
    scottish_localities,
    scottish_need,
    scottish_population,
    scottish_zones,
    social_care,
    zone_shapes,
)
from locality.sources.declared import DECLARED
from locality.sources.engines import connect
from locality.sources.folder import CheckReport, OpenFolder, check_folder, open_folder
from locality.sources.loaded import TableRead
from locality.sources.readers import READERS, Asked, Partnership, RawTable, Reader

__all__ = [
    "DECLARED",
    "READERS",
    "Asked",
    "CheckReport",
    "OpenFolder",
    "Partnership",
    "RawTable",
    "Reader",
    "TableRead",
    "check_folder",
    "connect",
    "cost_curves",
    "council_money",
    "english_practices",
    "english_weights",
    "english_zones",
    "linkage_episodes",
    "linkage_individuals",
    "nrac",
    "open_folder",
    "phs_curves",
    "practices",
    "scottish_localities",
    "scottish_need",
    "scottish_population",
    "scottish_zones",
    "social_care",
    "zone_shapes",
]
