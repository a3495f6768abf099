"""An option is drawn where shapes were loaded, and leaves as files for other programs and for print."""

import json

import pyogrio
import pytest

from factories import boundaries_site, site
from factories.areas import zone
from locality_web.areas import boundary_changes, boundary_states

LIST = "/fife/areas/options/"


@pytest.fixture
def option(fife):
    boundaries_site.bring(fife)
    boundaries_site.shape(fife)
    pat = site.person("planner", fife)
    made = boundaries_site.option(pat, fife, "Ours & theirs")
    made = boundary_changes.move_zones(pat, made, {zone(3): ""}, 1).option
    return boundary_states.consult_on(pat, made, is_open=True)


def file(client, option, kind):
    answer = client.get(f"{LIST}{option.pk}/file.{kind}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="fife-ours-theirs.{kind}"'
    return answer.content


def test_the_page_draws_the_localities_with_their_list_and_the_publishers_line(client, option):
    text = client.get(f"{LIST}{option.pk}/").content.decode()

    assert "Ours &amp; theirs on a map" in text
    assert "Contains OS data © Crown copyright" in text
    assert text.count('class="map-area') >= 4


def test_geojson_has_each_zone_with_its_locality(client, option):
    features = json.loads(file(client, option, "geojson"))["features"]

    said = {each["properties"]["zone"]: each["properties"]["locality_name"] for each in features}
    assert (said[zone(1)], said[zone(3)]) == ("Levenmouth", "")
    assert [each["geometry"]["type"] for each in features[-2:]] == ["Polygon", "MultiPolygon"]


def test_a_geopackage_opens_in_other_programs(client, option, tmp_path):
    path = tmp_path / "zones.gpkg"
    path.write_bytes(file(client, option, "gpkg"))
    about = pyogrio.read_info(path)

    assert (about["features"], about["crs"]) == (8, "EPSG:27700")
    assert {"zone", "locality", "locality_name"} <= set(about["fields"])


def test_the_map_is_a_picture_and_a_tagged_pdf(client, option):
    assert file(client, option, "png").startswith(b"\x89PNG")
    pdf = file(client, option, "pdf")
    assert pdf.startswith(b"%PDF")
    assert b"StructTreeRoot" in pdf


def test_without_shapes_there_is_no_map_and_no_such_file(client, fife):
    boundaries_site.bring(fife)
    pat = site.person("planner", fife)
    made = boundary_states.consult_on(pat, boundaries_site.option(pat, fife), is_open=True)

    assert "on a map" not in client.get(f"{LIST}{made.pk}/").content.decode()
    assert client.get(f"{LIST}{made.pk}/file.png").status_code == 404
    assert client.get(f"{LIST}{made.pk}/file.exe").status_code == 404
