"""A page that each locality has, and the whole partnership too, is declared once and has two addresses."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from factories import site
from locality_web.core.pages import PUBLIC, address_at, page_at_both, paths_at_both
from locality_web.core.permissions import NotAllowed


def say_place(request, place, number=0):
    """A view."""
    return HttpResponse(f"{place.name} {number}")


shown = page_at_both(PUBLIC)(say_place)


@pytest.fixture
def request_of_nobody():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return request


def test_the_view_gets_the_locality_or_the_partnership(fife, request_of_nobody):
    here = shown.at_locality(request_of_nobody, "fife", locality="levenmouth")
    at_both = (here, shown.at_partnership(request_of_nobody, "fife"))
    assert [each.content.decode() for each in at_both] == ["Levenmouth 0", "Fife 0"]


def test_both_ask_for_the_same_permission(fife, request_of_nobody):
    kept = page_at_both("members.keep_register", methods=("GET", "POST"))(say_place)

    for view, more in ((kept.at_locality, {"locality": "levenmouth"}), (kept.at_partnership, {})):
        assert view.declared.permission == "members.keep_register"
        assert view.declared.methods == ("GET", "POST")
        with pytest.raises(NotAllowed):
            view(request_of_nobody, "fife", **more)


def test_the_addresses_differ_by_the_locality_and_the_names_by_their_beginning():
    there, whole = paths_at_both("things/<int:number>/", shown, "thing", whole="groups/")

    assert (str(there.pattern), there.name) == ("localities/<slug:locality>/things/<int:number>/", "thing")
    assert (str(whole.pattern), whole.name) == ("groups/things/<int:number>/", "partnership_thing")


def test_an_address_is_given_by_the_place(fife):
    here, everywhere = site.place(fife, "levenmouth"), site.place(fife)

    assert address_at(here, "members:group") == "/fife/localities/levenmouth/group/"
    assert address_at(everywhere, "members:group") == "/fife/groups/whole/group/"
    assert address_at(here, "members:meeting", 3) == "/fife/localities/levenmouth/meetings/3/"
    assert address_at(everywhere, "members:member", member=3) == "/fife/groups/whole/register/3/"
