"""Where a conversation is kept: its pages stand below the partnership, its keepers are those of whoever holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from locality_web.core.pages import PUBLIC, Declared, page
from locality_web.core.permissions import Place, may, require
from locality_web.voice.conversations.models import Conversation

Rest = ParamSpec("Rest")
ConversationView = Callable[Concatenate[HttpRequest, Place, Conversation, Rest], HttpResponse]


def place_of(conversation: Conversation) -> Place:
    """Give the place at which permissions are asked: the locality that holds it, or the partnership."""
    return Place(conversation.partnership, conversation.held_by)


def conversation_at(place: Place, slug: str) -> Conversation:
    """Give a conversation of a partnership.

    Raises:
        Http404: There is none.
    """
    found = Conversation.objects.select_related("held_by").filter(partnership=place.partnership, slug=slug).first()
    if found is None:
        raise Http404(f"There is no conversation at the address '{slug}' of {place.partnership}.")
    found.partnership = place.partnership
    if found.held_by is not None:
        found.held_by.partnership = place.partnership
    return found


def conversation_page(
    permission: str, *, methods: Iterable[str] = ("GET",), languages: Iterable[str] = ()
) -> Callable[[ConversationView[Rest]], Callable[..., HttpResponse]]:
    """Declare a page of a conversation: `core.pages.page`, with the permission asked where the conversation is held.

    Args:
        permission: A permission of `roles.yaml`, or `PUBLIC`.
        methods: Allowed methods; HEAD comes with GET.
        languages: Codes of the languages besides English in which it is there.

    Returns:
        A decorator; the view gets the request, the place of the conversation, the conversation, and the rest of the
        address. Its address carries `partnership` and `slug`.
    """
    those, spoken = tuple(methods), tuple(languages)

    def decorate(view: ConversationView[Rest]) -> Callable[..., HttpResponse]:
        def within(request: HttpRequest, place: Place, /, slug: str, **rest: Any) -> HttpResponse:
            conversation = conversation_at(place, slug)
            where = place_of(conversation)
            if permission != PUBLIC:
                require(request.user, permission, where)
            elif conversation.state == "draft" and not may(request.user, "voice.hold", where):
                raise Http404(f"The conversation '{slug}' of {place.partnership} is not open to anybody yet.")
            request.place = where  # type: ignore[attr-defined]  # the page stands in the locality that holds it
            return view(request, where, conversation, **rest)  # type: ignore[call-arg]

        # Whoever is signed in comes as far as this; the permission itself is asked where the conversation is held.
        opened = wraps(view)(page(PUBLIC if permission == PUBLIC else "core.sign_in", methods=those)(within))
        opened.declared = Declared(permission, "partnership", those, languages=spoken)  # type: ignore[attr-defined]
        return opened

    return decorate


def address_of(conversation: Conversation, name: str = "conversation", *rest: Any) -> str:
    """Give the address of a page of a conversation by its name in this room."""
    return reverse(f"voice:{name}", args=[conversation.partnership.slug, conversation.slug, *rest])
