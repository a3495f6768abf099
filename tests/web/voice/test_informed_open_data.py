"""Open data: every field of the room is in a file or is withheld with its reason, and nobody can join people."""

import csv
import io
import zipfile

import pytest
from django.apps import apps
from django.test import Client

from factories import voice_site
from locality_web.voice.informed.open_data import _READ, declared, dictionary, zip_of
from locality_web.voice.models import Translation

MODELS = {each.__name__: each for each in apps.get_app_config("voice").get_models()}


def read(talk) -> dict[str, list[dict[str, str]]]:
    packed = zipfile.ZipFile(io.BytesIO(zip_of(talk)))
    texts = {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}


def test_every_model_of_the_room_is_there_or_withheld_with_its_reason():
    assert set(declared()) == set(MODELS)
    assert all("file" in said or len(said["withheld"]) > 5 for said in declared().values())
    assert set(_READ) == {name for name, said in declared().items() if "file" in said}


@pytest.mark.parametrize("name", sorted(name for name, said in declared().items() if "file" in said))
def test_every_field_of_a_published_model_is_there_or_withheld_with_its_reason(name):
    fields = {each.name for each in MODELS[name]._meta.get_fields() if not each.auto_created or each.name == "id"}
    said = declared()[name]
    assert sorted([*said["fields"], *said["withheld"]]) == sorted(fields)


def test_the_dictionary_says_what_every_column_is():
    assert [row for row in dictionary() if not row[2].strip()] == []


@pytest.mark.django_db
def test_only_views_that_everybody_can_read_are_there(fife):
    talk = voice_site.conversation(fife)
    shown = voice_site.opinion(talk, "Shown.")
    hidden = voice_site.opinion(talk, "Hidden.", state="hidden")
    voice_site.opinion(talk, "Not to be shown.", part={"consents": False})
    voice_site.opinion(talk, "A reply to what is hidden.", replies_to=hidden)
    Translation.objects.create(conversation=talk, of=f"opinion:{hidden.pk}", language="gd", text="Falaichte.")

    found = read(talk)

    assert [row["text"] for row in found["views.csv"]] == ["Shown."]
    assert found["views.csv"][0]["id"] == str(shown.pk)
    assert found["translations.csv"] == []
    assert len(found["contributions.csv"]) == 4


@pytest.mark.django_db
def test_nobody_can_join_what_one_person_said_in_two_files(fife):
    talk = voice_site.conversation(fife, kinds=["views", "statements", "ranking"])
    statements = voice_site.statements(talk, "One.", "Two.")
    part = voice_site.voted(statements, "ad")
    part.ranking = type(part).ranking.related.related_model.objects.create(contribution=part, order=[[1]])

    found = read(talk)

    voters = {row["participant"] for row in found["statement_votes.csv"]}
    rankers = {row["participant"] for row in found["rankings.csv"]}
    assert len(voters) == len(rankers) == 1
    assert not voters & rankers
    assert str(part.pk) not in voters | rankers


@pytest.mark.django_db
def test_a_visitor_takes_the_data_and_reads_what_is_withheld(fife):
    talk = voice_site.conversation(fife)

    page = Client().get(f"/fife/conversations/{talk.slug}/open-data/").content.decode()
    file = Client().get(f"/fife/conversations/{talk.slug}/open-data/data.zip")

    assert "Withheld. Personal; how people can be reached is never published." in page
    assert file["Content-Type"] == "application/zip"
    assert file.content == Client().get(f"/fife/conversations/{talk.slug}/open-data/data.zip").content


@pytest.mark.django_db
def test_a_draft_has_no_open_data(fife):
    talk = voice_site.conversation(fife, state="draft")

    assert Client().get(f"/fife/conversations/{talk.slug}/open-data/data.zip").status_code == 404
