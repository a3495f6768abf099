"""What people say about a file of shapes."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from locality.areas.shapes import MOST_BYTES
from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.areas.shape_pages import SYSTEMS
from locality_web.core.forms import FaultForm, UploadField, say_fault

_BESIDE = {"shape-no-zone-column": "zone_column", "shape-no-system": "system", "shape-outside": "system"}


class ShapesForm(FaultForm):
    """A file of shapes, who published it, and how it is to be read where the file does not say."""

    shapes = UploadField(
        label="File of shapes",
        accepts=(".geojson", ".json", ".topojson", ".gz", ".gpkg", ".parquet", ".zip"),
        most_bytes=MOST_BYTES["packed"],
        help_text="GeoJSON or TopoJSON (also as .gz), GeoPackage, GeoParquet, or a shapefile in a .zip, up to "
        f"{MOST_BYTES['packed'] // 2**20} MB. A file of the whole nation will do: other zones are left out.",
        error_messages={"required": "Choose the file of shapes."},
    )
    source = forms.CharField(
        label="Who published it?",
        max_length=200,
        help_text="Publisher, title and year. For example, Scottish Government, Data Zone Boundaries 2011.",
        error_messages={"required": "Write who published the file."},
    )
    licence = forms.CharField(
        label="Under which licence?",
        max_length=200,
        help_text="For example, Open Government Licence v3.0.",
        error_messages={"required": "Write the licence."},
    )
    attribution = forms.CharField(
        label="Line beneath every map",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The words that the publisher asks for. For example, Contains NRS data © Crown copyright and "
        "database right 2026.",
        error_messages={"required": "Write the line that the publisher asks for."},
    )
    zone_column = forms.CharField(
        label="Column with the codes of zones",
        max_length=100,
        required=False,
        help_text="Leave it empty: the column is found. Name it only if you are asked to.",
    )
    system = forms.ChoiceField(
        label="Coordinate system",
        required=False,
        choices=[
            ("", "As the file says"),
            *((code, f"{SYSTEMS[code]} ({code})") for code in ("EPSG:27700", "EPSG:4326", "EPSG:4258", "EPSG:3857")),
        ],
    )

    def add_faults(self, refused: InputRefused | ResultRefused | Iterable[Fault]) -> None:
        """Put what is wrong beside what would mend it, mostly the file."""
        if isinstance(refused, ResultRefused):
            self.add_error("shapes", str(refused))
            return
        for fault in refused.faults if isinstance(refused, InputRefused) else refused:
            self.add_error(_BESIDE.get(fault.code, "shapes"), say_fault(fault))
