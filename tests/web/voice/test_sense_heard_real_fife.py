"""Who was heard in the real Fife: its data zones, residents and SIMD 2020v2 fifths, with people who are made up."""

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from time import process_time

import pandas as pd
import pytest

from factories import money_site, release, site, voice_site
from locality.release import ReleaseTotals, places_of, write_release
from locality.sources.area_inputs import open_areas
from locality_web.areas.models import ZoneIn
from locality_web.core.bridge import load_release
from locality_web.voice.models import Contribution, ZoneFifth
from locality_web.voice.sense.heard import find_heard

pytestmark = [pytest.mark.data, pytest.mark.django_db]
FOLDER = Path(__file__).parents[3] / "examples" / "fife-published"
AGES = ("under-16", "16-24", "25-44", "45-64", "65-74", "75-over")
SECONDS = 20


def fife_release(data_root, folder):
    """Fife's places as its example folder reads them; money is of no matter here."""
    found = open_areas(FOLDER, data_root=data_root).tables
    areas = found["localities"][["zone", "locality"]].merge(found["zones"][["zone", "name"]], on="zone")
    named = areas["locality"].drop_duplicates()
    plain = release.sound_content()
    shares = pd.DataFrame(
        {"locality": named, "heading": "Wards", "historic_pence": 100, "fair_pence": 100, "grade": "D"}
    ).reindex(columns=plain.shares.columns)
    places, _ = places_of({"indicators": found["indicators"]}, [], day=release.DAY)
    content = replace(
        plain,
        partnership_code="FIFE",
        areas=areas.reindex(columns=["zone", "name", "locality"]),
        localities=pd.DataFrame({"locality": named, "name": named, "population": 0}),
        population=found["population"],
        service_users=plain.service_users[:0],
        shares=shares,
        budget=plain.budget[:0],
        reconciliation=plain.reconciliation[:1].assign(heading="Wards"),
        totals=ReleaseTotals(100 * len(named), 100 * len(named)),
        summary=money_site._summary([], []),
        places=places,
    )
    return write_release(content, folder, day=release.DAY, made_by=release.MADE_BY).path


@pytest.fixture
def real_fife(db, data_root, tmp_path):
    fife = site.partnership(localities=())
    load_release(fife_release(data_root, tmp_path), site.place(fife), None)
    return fife


def speak_up(talk, zones, number):
    """People of every age and zone but the young of the most deprived fifth; the same each time."""
    fifths = dict(ZoneFifth.objects.values_list("zone", "fifth"))
    dice, rows = random.Random(7), []
    while len(rows) < number:
        zone, age = dice.choice(zones), dice.choice(AGES)
        if fifths[zone.zone] == 1 and age == "16-24":
            continue
        said = {"zone": zone.zone, "fifth": fifths[zone.zone], "locality": zone.locality, "age_group": age}
        rows.append(Contribution(conversation=talk, channel="web", receipt=f"{talk.pk}-{len(rows)}", **said))
    Contribution.objects.bulk_create(rows)


def test_fifths_of_all_data_zones_come_with_the_release_as_published(real_fife):
    zones = ZoneFifth.objects.filter(partnership=real_fife)

    assert zones.count() == 494
    assert set(zones.values_list("source", flat=True)) == {
        "Scottish Index of Multiple Deprivation, 2020v2, national fifths"
    }
    assert zones.filter(fifth=1).count() == 97


@pytest.mark.parametrize(("people", "by_zone"), [(800, False), (2000, True)])
def test_the_locality_with_most_zones_is_told_by_age_and_fifth_in_seconds(real_fife, people, by_zone):
    zones = list(ZoneIn.objects.select_related("locality"))
    largest, number = Counter(zone.locality for zone in zones).most_common(1)[0]
    asks = ["age_group", "zone", "carer"]
    talk = voice_site.conversation(real_fife, largest, asks_about=asks, state="closed_to_views")
    speak_up(talk, [zone for zone in zones if zone.locality == largest], people)
    other = voice_site.conversation(real_fife, asks_about=asks, state="answered")
    for _ in range(12):
        voice_site.contribution(other, fifth=1, age_group="16-24", channel="group", zone=zones[0].zone)
    speak_up(other, zones, 200)

    began = process_time()
    says = find_heard(talk)
    took = process_time() - began

    assert number > 70
    assert took < SECONDS
    by_code = {each["code"]: each for each in says["dimensions"]}
    lived = [each["residents"] for each in by_code["deprivation_fifth"]["classes"]]
    assert sum(lived) == says["residents"]
    assert all(lived)
    assert ("zone" in by_code) is by_zone, "with few people to a zone nearly every zone would be hidden"
    zones_shown = by_code["zone"]["classes"] if by_zone else []
    assert not [each for each in zones_shown if each["people"] is not None and 0 < each["people"] < 5]
    gap = next(each for each in says["gaps"] if "16 to 24 from the most deprived fifth" in each["words"])
    assert gap["words"] == "No people aged 16 to 24 from the most deprived fifth took part."
    assert gap["next_step"] == "1 route reached them elsewhere: in a group session."


def test_a_talk_of_all_fife_is_told_by_locality_and_fifth(real_fife):
    talk = voice_site.conversation(real_fife, asks_about=["age_group", "zone"], state="closed_to_views")
    speak_up(talk, list(ZoneIn.objects.select_related("locality")), 1500)

    says = find_heard(talk)

    assert [each["code"] for each in says["dimensions"]] == ["age_group", "deprivation_fifth", "locality"]
    assert len(says["dimensions"][2]["classes"]) == 7
    assert says["residents"] == 374_730
