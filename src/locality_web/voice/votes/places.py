"""Pages of a vote: their addresses stand below the partnership, their permissions are asked where the vote is held."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, Declared, page
from locality_web.core.permissions import Place, may, require
from locality_web.voice.votes.models import Vote

Rest = ParamSpec("Rest")
VoteView = Callable[Concatenate[HttpRequest, Vote, Rest], HttpResponse]
RUNS, KEYS = "voice.run_vote", "voice.key_ballots"
BOTH = ("GET", "POST")


def place_of(vote: Vote) -> Place:
    """Give the place at which permissions are asked: the locality that holds the conversation, or the partnership."""
    return Place(vote.conversation.partnership, vote.conversation.held_by)


def vote_at(place: Place, number: int) -> Vote:
    """Give a vote of a partnership.

    Raises:
        Http404: There is none.
    """
    votes = Vote.objects.select_related("conversation__held_by")
    found = votes.filter(conversation__partnership=place.partnership, pk=number).first()
    if found is None:
        raise Http404(f"There is no vote with the number {number} of {place.partnership}.")
    found.conversation.partnership = place.partnership
    if found.conversation.held_by is not None:
        found.conversation.held_by.partnership = place.partnership
    return found


def vote_page(
    permission: str, *, methods: Iterable[str] = ("GET",), languages: Iterable[str] = ()
) -> Callable[[VoteView[Rest]], Callable[..., HttpResponse]]:
    """Declare a page of a vote: `core.pages.page`, with the permission asked where the vote is held.

    Args:
        permission: A permission of `roles.yaml`, or `PUBLIC`: then a draft is found by those who prepare it alone.
        methods: Allowed methods; HEAD comes with GET.
        languages: Languages besides English in which the page is there.

    Returns:
        A decorator; the view gets the request, the vote, and the rest of the address.
    """
    those, spoken = tuple(methods), tuple(languages)

    def decorate(view: VoteView[Rest]) -> Callable[..., HttpResponse]:
        def within(request: HttpRequest, place: Place, /, vote: int, **rest: Any) -> HttpResponse:
            found = vote_at(place, vote)
            where = place_of(found)
            if permission != PUBLIC:
                require(request.user, permission, where)
            elif found.state == Vote.State.DRAFT and not may(request.user, RUNS, where):
                raise Http404(f"The vote with the number {vote} of {place.partnership} has not opened yet.")
            request.place = where  # type: ignore[attr-defined]  # the page stands where the vote is held
            return view(request, found, **rest)  # type: ignore[call-arg]

        # Whoever is signed in comes as far as this; the permission itself is asked where the vote is held.
        opened = wraps(view)(page(PUBLIC if permission == PUBLIC else "core.sign_in", methods=those)(within))
        opened.declared = Declared(permission, "partnership", those, languages=spoken)  # type: ignore[attr-defined]
        return opened

    return decorate


def address_of(vote: Vote, name: str = "vote", *rest: Any) -> str:
    """Give the address of a page of a vote by its name in this room."""
    return reverse(f"voice:{name}", args=[vote.conversation.partnership.slug, vote.pk, *rest])


def person_of(request: HttpRequest) -> Person:
    """Give whoever is signed in; the page's permission asked for somebody."""
    return cast(Person, request.user)
