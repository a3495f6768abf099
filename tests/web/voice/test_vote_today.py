"""Paper that waits for a second reading is put before those who can be its second reader, and nobody else."""

from django.utils import timezone

from factories import site, votes_site
from locality_web.core.models import RoleHeld
from locality_web.voice.votes.keying import key_in
from locality_web.voice.votes.vote_today import due_for


def told(person):
    return [each.title for each in due_for(person, RoleHeld.objects.filter(person=person))]


def test_a_second_reading_is_asked_of_somebody_else_than_the_first_reader(fife):
    ann, ben = votes_site.planner(fife), site.person("planner", fife, name="Ben Shaw")
    vote, codes = votes_site.with_codes(ann, fife)
    asked = ["Read 1 paper ballot a second time: £5,000 for Levenmouth"]

    key_in(ann, vote, codes[0], ["bus"], received_on=timezone.localdate())
    assert (told(ann), told(ben)) == ([], asked)

    # Where the second reader read it differently, the first one has to look at the paper again.
    key_in(ben, vote, codes[0], ["cafe"], received_on=timezone.localdate())
    assert (told(ann), told(ben)) == (asked, asked)
