"""The file of zones: read whole or refused with every fault by row and column."""

import pytest

from factories.areas import zone_file
from locality.foundations import InputRefused
from locality_web.areas.zone_file import faults_of_division, read_zones

KNOWN = {"a": "North", "b": "South"}


def faults(text: str | bytes) -> list[str]:
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(InputRefused) as refused:
        read_zones(content, "zones.csv", KNOWN)
    return [str(fault) for fault in refused.value.faults]


def test_a_sound_file_gives_zones_and_names():
    rows, names = read_zones(zone_file({1: "a", 2: "b", 3: "c"}, names={"c": "West"}), "zones.csv", KNOWN)

    assert [(row.zone, row.locality) for row in rows] == [("S01000001", "a"), ("S01000002", "b"), ("S01000003", "c")]
    assert names == {"a": "North", "b": "South", "c": "West"}


def test_every_fault_is_named_at_once_with_row_and_column():
    found = faults("zone,locality,locality_name\nS0100001,a,\nS01000002,,\nS01000003,c,\nS01000003,b,\n")

    assert found == [
        "zones.csv, row 2, column zone: 'S0100001' is not a code of the right form. A code here is a letter and eight "
        "digits, like S01008962 or E01012571.",
        "zones.csv, row 3, column locality: the cell is empty. Fill it in.",
        "zones.csv, row 5: zone S01000003 stands here a second time. Keep one row for each; if they "
        "differ, find out which is right.",
        "zones.csv, row 4, column locality: locality c is new and has no name. Write its name in the column "
        "locality_name, or use the code of a locality that there is.",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "zones.csv: it is empty. Download the zones, change that file."),
        ("zone,zone,locality\n", "zones.csv, row 1: two columns are called “zone”. Keep one of them."),
        (
            b"\xff\xfe\x00",
            "zones.csv: it cannot be read as a CSV file. Save the sheet as “CSV UTF-8” and choose it again.",
        ),
        (
            "zone,place\nS01000001,a\n",
            "zones.csv, column locality: there is no column 'locality'; the columns are: zone, place. Add the column, "
            "as the file of today's zones has it.",
        ),
        (
            "zone,locality,locality_name\nS01000001,a,North\nS01000002,b,North\n",
            "zones.csv, row 3, column locality_name: localities a and b are both called “North”. "
            "Give each its own name.",
        ),
        (
            "zone,locality,locality_name\nS01000001,a,North\nS01000002,a,East\n",
            "zones.csv, row 3, column locality_name: locality a is called “North” above and “East” "
            "here. Write one name.",
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text, says):
    assert says in faults(text)


def test_a_zone_that_is_missing_or_from_outside_is_named():
    rows, _ = read_zones(zone_file({1: "a", 2: "b", 9: "b"}), "zones.csv", KNOWN)

    found = [str(fault) for fault in faults_of_division(rows, ["S01000001", "S01000002", "S01000003"], "zones.csv")]

    assert found == [
        "zones.csv, row 4, column zone: S01000009 is in a locality but is no zone of the partnership. Take the row "
        "out, or add the zone to the zones table.",
        "zones.csv, column zone: 1 of the partnership's 3 zones are in no locality: S01000003. Put every zone into "
        "one locality.",
    ]
