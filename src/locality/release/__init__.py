"""The bundle that leaves the analyst's environment: written only when its audit passes, read only when it is whole.

One zip, `<partnership>-<date>.release.zip`: release.json and one Parquet table for each of `RELEASE_TABLES` and, where
they are known, of `PLACE_TABLES`; nothing else. Nothing in it is about one person; counts of service users have passed
suppression. A changed, cut-off or enlarged file is refused whole.
"""

from locality.release.content import Release, ReleaseContent, ReleaseRecord, ReleaseTotals, release_name
from locality.release.fifths import DeprivationFifths, deprivation_indices, fifths_of
from locality.release.places import declared_places, places_of
from locality.release.read import read_release
from locality.release.tables import PLACE_TABLES, RELEASE_TABLES
from locality.release.write import write_release

__all__ = [
    "PLACE_TABLES",
    "RELEASE_TABLES",
    "DeprivationFifths",
    "Release",
    "ReleaseContent",
    "ReleaseRecord",
    "ReleaseTotals",
    "declared_places",
    "deprivation_indices",
    "fifths_of",
    "places_of",
    "read_release",
    "release_name",
    "write_release",
]
