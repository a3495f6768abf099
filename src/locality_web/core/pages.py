"""The one way to declare a page: who may open it, and at what kind of place.

    @page("plans.edit", at="locality")
    def edit_plan(request, place, year): ...

The address carries `partnership` and, for pages of a locality, `locality` (slugs). The decorator looks both up, asks
`permissions.require`, asks for a second factor where the person's roles need one, and hands over a `Place`. What was
declared stays readable on the view (`view.declared`), so that one test can try every address as every role.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from locality_web.core.models import Locality, Partnership
from locality_web.core.permissions import NotAllowed, Place, require
from locality_web.core.second_factor import hold_back_roles, lacks_second_factor

View = Callable[..., HttpResponse]
Rest = ParamSpec("Rest")
At = Literal["site", "partnership", "locality"]
PUBLIC = "public"


@dataclass(frozen=True)
class Declared:
    """What a page said about itself."""

    permission: str
    at: At
    methods: tuple[str, ...]
    same_for_all: bool = False
    languages: tuple[str, ...] = ()


def page(
    permission: str,
    *,
    at: At = "partnership",
    methods: Iterable[str] = ("GET",),
    same_for_all: bool = False,
    languages: Iterable[str] = (),
) -> Callable[[Callable[Concatenate[HttpRequest, Place, Rest], HttpResponse]], Callable[..., HttpResponse]]:
    """Declare a view of a partnership or one of its localities.

    Args:
        permission: A permission of `roles.yaml`, or `PUBLIC`.
        at: "partnership" or "locality"; pages of the whole site use `site_page`.
        methods: Allowed methods; HEAD comes with GET.
        same_for_all: A public page in which nothing hangs on who asks: nobody's session is read, so it may be cached.
        languages: Codes of the languages besides English in which it is there (see `core/languages.py`).

    Returns:
        A decorator; the view gets the request, the place, and the rest of the address.
    """
    declared = Declared(permission, at, tuple(methods), same_for_all, tuple(languages))

    def decorate(view: Callable[Concatenate[HttpRequest, Place, Rest], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: HttpRequest, partnership: str, **rest: Any) -> HttpResponse:
            place = _find_place(partnership, rest.pop("locality") if at == "locality" else None)
            request.place = place  # type: ignore[attr-defined]
            refused = _refuse(request, declared, place)
            return refused if refused is not None else view(request, place, **rest)  # type: ignore[call-arg]

        opened.declared = declared  # type: ignore[attr-defined]
        return opened

    return decorate


def site_page(
    permission: str, *, methods: Iterable[str] = ("GET",)
) -> Callable[[Callable[Concatenate[HttpRequest, Rest], HttpResponse]], Callable[..., HttpResponse]]:
    """Declare a view of the whole site; the permission may be held anywhere."""
    declared = Declared(permission, "site", tuple(methods))

    def decorate(view: Callable[Concatenate[HttpRequest, Rest], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: HttpRequest, **rest: Any) -> HttpResponse:
            refused = _refuse(request, declared, None)
            return refused if refused is not None else view(request, **rest)  # type: ignore[call-arg]

        opened.declared = declared  # type: ignore[attr-defined]
        return opened

    return decorate


@dataclass(frozen=True)
class Both:
    """The same page at each locality and at the whole partnership."""

    at_locality: View
    at_partnership: View


def page_at_both(permission: str, *, methods: Iterable[str] = ("GET",)) -> Callable[[View], Both]:
    """Declare a view that each locality has, and the whole partnership too; its place says which of them it is."""
    those = tuple(methods)

    def decorate(view: View) -> Both:
        return Both(page(permission, at="locality", methods=those)(view), page(permission, methods=those)(view))

    return decorate


def paths_at_both(route: str, view: Both, name: str, *, whole: str = "") -> list[URLPattern]:
    """Give the two addresses of such a page.

    Args:
        route: The address below a locality.
        view: The page.
        name: Its name at a locality; at the partnership the name begins with "partnership_".
        whole: What stands before the route at the partnership, like "groups/whole/".

    Returns:
        The address at a locality, and that at the partnership.
    """
    return [
        path(f"localities/<slug:locality>/{route}", view.at_locality, name=name),
        path(whole + route, view.at_partnership, name=f"partnership_{name}"),
    ]


def address_at(place: Place, name: str, *rest: Any, **named: Any) -> str:
    """Give the address of such a page at a place.

    Args:
        place: A locality, or the whole partnership.
        name: Room and name of the page at a locality, like "members:meeting".
        rest: What else the address carries, in order; or
        named: the same by name.
    """
    room, _, page_name = name.rpartition(":")
    where: dict[str, Any] = {"partnership": place.partnership.slug}
    if place.locality is None:
        page_name = f"partnership_{page_name}"
    else:
        where["locality"] = place.locality.slug
    if named:
        return reverse(f"{room}:{page_name}", kwargs={**where, **named})
    return reverse(f"{room}:{page_name}", args=[*where.values(), *rest])


def _find_place(partnership: str, locality: str | None) -> Place:
    if locality is None:
        try:
            return Place(Partnership.objects.get(slug=partnership))
        except Partnership.DoesNotExist as missing:
            raise Http404(f"There is no partnership at the address '{partnership}'.") from missing
    try:
        found = Locality.objects.select_related("partnership").get(partnership__slug=partnership, slug=locality)
    except Locality.DoesNotExist as missing:
        raise Http404(f"There is no locality at the address '{partnership}/localities/{locality}'.") from missing
    return Place(found.partnership, found)


def _refuse(request: HttpRequest, declared: Declared, place: Place | None) -> HttpResponse | None:
    allowed = {*declared.methods, *(["HEAD"] if "GET" in declared.methods else [])}
    if request.method not in allowed:
        return HttpResponseNotAllowed(sorted(allowed))
    if declared.permission == PUBLIC:
        if not declared.same_for_all:
            hold_back_roles(request)
        return None
    require(request.user, declared.permission, place)
    if lacks_second_factor(request):
        return redirect("mfa_index")
    return None


__all__ = [
    "PUBLIC",
    "Both",
    "Declared",
    "NotAllowed",
    "Place",
    "address_at",
    "page",
    "page_at_both",
    "paths_at_both",
    "site_page",
]
