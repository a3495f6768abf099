"""The guidance checks know of conversations, of who was heard, and of methods by which priorities were set."""

from factories import plans_site, sense_site, site, voice_site
from locality_web.core.remembered import ANEW
from locality_web.voice.models import Finding, Prioritising
from locality_web.voice.planning_record import parts


def test_what_was_held_and_published_is_known_and_nothing_is_said_of_what_was_not(fife):
    assert parts(fife, plans_site.YEAR, ANEW) == {"further": {}}

    talk = voice_site.conversation(fife, "levenmouth", title="Care", state="being_answered")
    voice_site.conversation(fife, title="A draft", state="draft")
    Finding.objects.create(conversation=talk, what="heard", says={})
    Prioritising.objects.create(
        locality=site.locality(fife), heading="Care", year=plans_site.YEAR, method={"kind": "borda"}, state="done"
    )

    found = parts(fife, plans_site.YEAR, ANEW)["further"]
    assert {part: [(each.locality, each.kind) for each in entries] for part, entries in found.items()} == {
        "conversations": [("levenmouth", "involve")],
        "engagement": [("levenmouth", "inform")],
        "heard": [("levenmouth", "involve")],
        "priority_methods": [("levenmouth", "borda")],
    }


def test_a_locality_leads_to_its_priorities_and_to_influence(client, fife):
    page = client.get("/fife/localities/levenmouth/").content.decode()

    assert "/fife/localities/levenmouth/priorities/" in page
    assert "/fife/influence/" in page
    assert "Record what led to what" not in page


def test_public_addresses_name_answers_of_conversations_that_are_closed(client, fife):
    talk = voice_site.conversation(fife, slug="over", state="answered")
    sense_site.read_into(voice_site.theme(talk), voice_site.opinion(talk))
    voice_site.conversation(fife, slug="open")

    listed = client.get("/sitemap.xml").content.decode()

    assert "/fife/conversations/over/answers/" in listed
    assert "/fife/conversations/open/answers/" not in listed
