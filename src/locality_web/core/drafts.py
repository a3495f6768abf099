"""Nothing typed is lost: what somebody typed and did not save is kept and offered again.

A form view needs three lines and one attribute:

    form = PlanForm(drafts.form_data(request))          # what was posted, or what was kept, or None
    if request.method == "POST" and form.is_valid():
        ...; drafts.clear(request)                      # after success

    <form method="post" data-draft>{% csrf_token %}...  # the page's script then keeps drafts while somebody types

Text is kept in two places. While somebody is signed in, a small script keeps a `Draft`; the page then offers "Use it"
or "Throw it away" and changes nothing by itself. When a session ran out, what was posted is kept in the new session and
fills the form at once after sign-in. Hidden fields (like the version that was edited) are kept too, so that a clash
with somebody else's change is noticed as ever. Passwords and files are never kept.

On a shared computer the next person must not read what the one before typed. A session that ran out still says whose it
was: its text goes to that person alone, in the form or, when somebody else signs in first, as a draft of theirs. Where
nobody knows who typed, the text belongs to the first who signs in within a few minutes, and then to nobody.

A page with several forms names each: `<form data-draft="comment">` with `<input type="hidden" name="_form"
value="comment">`, and `form_data(request, "comment")`, `clear(request, "comment")`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache as site_cache
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone

from locality.foundations.rules import load_rule
from locality_web.core.draft_models import Draft
from locality_web.core.models import Person

FORM_FIELD = "_form"
_SESSION = "kept_text"
_NEVER_KEPT = re.compile(r"csrfmiddlewaretoken|password|(^|_)(secret|token)$", re.IGNORECASE)
_LONGEST_KEY = 300  # characters that the table holds
_SIGN_IN_PAGES = "/accounts/"
Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Kept:
    """What a page says about kept text: since when, for which form, whether it already stands in the form."""

    at: dt.datetime
    key: str
    in_use: bool
    files: tuple[str, ...] = ()

    @property
    def use_it(self) -> str:
        """The address that opens the form with the kept text."""
        address, _, form = self.key.partition("#")
        return f"{address}?{urlencode({'kept': form or 'yes'})}"


@cache
def limits() -> dict[str, int]:
    """How much is kept, and for how long."""
    value: dict[str, int] = load_rule("locality_web.core", "kept_text").at(timezone.localdate()).value
    return value


def form_data(request: HttpRequest, form: str = "") -> QueryDict | None:
    """Give what a form shows: what was posted to it, or what was kept, or None.

    Args:
        request: The page's request; it gets `request.kept` (a `Kept`) when there is kept text to speak of.
        form: The form's name on a page with several forms.

    Returns:
        The fields as posted; text that was kept as a draft only once the person chose to use it.
    """
    if request.method == "POST":
        return request.POST if not form or request.POST.get(FORM_FIELD) == form else None
    key = join_key(request.path, form)
    if waiting := _in_session(request).get(key):
        _announce(request, Kept(dt.datetime.fromisoformat(waiting["at"]), key, True, tuple(waiting["files"])))
        return as_query(waiting["fields"])
    draft = _find_draft(request, key)
    if draft is None:
        return None
    in_use = request.GET.get("kept") == (form or "yes")
    _announce(request, Kept(draft.at, key, in_use))
    return as_query(draft.fields) if in_use else None


def kept_forms(request: HttpRequest) -> list[str]:
    """Name the forms of a page with several for which text is kept; one query for all of them."""
    start = join_key(request.path, " ").strip()
    keys = [key for key in _in_session(request) if key.startswith(start)]
    if request.user.is_authenticated:
        keys += Draft.objects.filter(person=request.user, form__startswith=start).values_list("form", flat=True)
    return sorted({key.removeprefix(start) for key in keys})


def clear(request: HttpRequest, form: str = "") -> None:
    """Forget what was kept for a form; called when the form was saved."""
    forget(request, join_key(page_of(request), form))


def forget(request: HttpRequest, key: str) -> None:
    """Forget what was kept under a key, in the session and as a draft."""
    if key in _in_session(request):
        waiting = request.session[_SESSION]
        del waiting[key]
        request.session[_SESSION] = waiting
    if request.user.is_authenticated:
        Draft.objects.filter(person=request.user, form=key).delete()


def save_draft(request: HttpRequest, key: str, fields: Fields) -> bool:
    """Keep a draft for the person who is signed in; False when it is too long to keep."""
    kept = drop_secrets(fields)
    if not _is_small(kept) or not 0 < len(key) <= _LONGEST_KEY or not request.user.is_authenticated:
        return False
    Draft.objects.update_or_create(person=request.user, form=key, defaults={"fields": kept})
    # Anybody can make an account: nobody fills the disk with drafts of pages that do not exist.
    newest = Draft.objects.filter(person=request.user).order_by("-at", "-pk").values_list("pk", flat=True)
    Draft.objects.filter(pk__in=list(newest[limits()["drafts"] : limits()["drafts"] + 100])).delete()
    return True


def keep_in_session(request: HttpRequest) -> str:
    """Keep what somebody posted whose session ran out; give the address at which the form opens again."""
    address = page_of(request)
    _ = request.POST  # what is too large is refused in words here, not silently left out
    fields = posted_fields(request)
    if fields and _is_small(fields) and _has_room():
        waiting = _waiting(request)
        key = join_key(address, request.POST.get(FORM_FIELD, ""))
        waiting.pop(key, None)
        waiting[key] = {
            "fields": fields,
            "files": posted_files(request),
            "at": timezone.now().isoformat(),
            "person": _who_typed(request),
        }
        newest = list(waiting)[-limits()["forms"] :]
        request.session[_SESSION] = {each: waiting[each] for each in newest}
    return address


def claim_on_sign_in(request: HttpRequest, user: Person, **named: Any) -> None:
    """Bind what waits in the session to whoever signs in, or take it out of their sight."""
    if _SESSION not in request.session:
        return
    mine = {}
    for key, each in _waiting(request).items():
        if each.get("person") == user.pk or (each.get("person") is None and _is_fresh(each)):
            mine[key] = {**each, "person": user.pk}
        elif each.get("person") is not None:
            Draft.objects.get_or_create(person_id=each["person"], form=key, defaults={"fields": each["fields"]})
    request.session[_SESSION] = mine


def _who_typed(request: HttpRequest) -> int | None:
    """Give the person whose session ran out: its row stays for a day, and the browser still names it."""
    ran_out = Session.objects.filter(pk=request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")).first()
    said = ran_out.get_decoded().get(SESSION_KEY) if ran_out else None
    return Person.objects.filter(pk=said).values_list("pk", flat=True).first() if said else None


def _is_fresh(each: dict[str, Any]) -> bool:
    oldest = timezone.now() - dt.timedelta(minutes=limits()["minutes_unknown"])
    return bool(each["at"] >= oldest.isoformat())


def posted_fields(request: HttpRequest) -> Fields:
    """Give what was posted without secrets; nothing when it cannot be read (any more)."""
    if request.path.startswith(_SIGN_IN_PAGES):
        return {}
    try:
        return drop_secrets({name: request.POST.getlist(name) for name in request.POST})
    except Exception:  # the request itself may be what is broken; then there is nothing to give back
        return {}


def posted_files(request: HttpRequest) -> list[str]:
    """Give the names of files that were sent, so that the person can choose them again."""
    return [each.name or "a file" for _, each in request.FILES.items() if isinstance(each, UploadedFile)]


def page_of(request: HttpRequest) -> str:
    """Give the address of the page on which a form was filled in.

    That is the form's own address where it can be opened, or else the page that the browser names as the one before.
    """
    if request.method == "GET" or "GET" in _methods(request.path):
        return request.path
    before = urlsplit(request.headers.get("Referer", ""))
    same_site = before.netloc == request.get_host()
    return before.path if same_site and "GET" in _methods(before.path) else request.path


def join_key(address: str, form: str) -> str:
    """Give the key of a form: its page's address, and its name where the page has several."""
    return f"{address}#{form}" if form else address


def drop_secrets(fields: Fields) -> Fields:
    """Leave out what must never be kept: passwords, tokens, and the form's own protection."""
    return {name: values for name, values in fields.items() if not _NEVER_KEPT.search(name)}


def as_query(fields: Fields) -> QueryDict:
    """Give kept fields in the shape in which forms take what was posted."""
    query = QueryDict(mutable=True)
    for name, values in fields.items():
        query.setlist(name, list(values))
    query._mutable = False
    return query


def drop_old_drafts(now: dt.datetime) -> int:
    """Remove drafts that nobody came back for; give how many."""
    return Draft.objects.filter(at__lt=now - dt.timedelta(days=limits()["days"])).delete()[0]


def _methods(path: str) -> tuple[str, ...]:
    try:
        view = resolve(path).func
    except Resolver404:
        return ()
    declared: Any = getattr(view, "declared", None)
    return declared.methods if declared is not None else ("GET",)


def _find_draft(request: HttpRequest, key: str) -> Draft | None:
    if not request.user.is_authenticated:
        return None
    return Draft.objects.filter(person=request.user, form=key).first()


def _in_session(request: HttpRequest) -> dict[str, Any]:
    """Give what waits in the session for whoever asks: their own, or while nobody is signed in what nobody owns."""
    who = request.user.pk if request.user.is_authenticated else None
    waiting = _waiting(request).items()
    return {key: each for key, each in waiting if each.get("person") == who and (who or _is_fresh(each))}


def _waiting(request: HttpRequest) -> dict[str, Any]:
    """Give what waits in the session and is not too old, whoever typed it."""
    oldest = (timezone.now() - dt.timedelta(minutes=limits()["minutes"])).isoformat()
    waiting: dict[str, Any] = request.session.get(_SESSION, {})
    return {key: each for key, each in waiting.items() if each["at"] >= oldest}


def _announce(request: HttpRequest, kept: Kept) -> None:
    request.kept = kept  # type: ignore[attr-defined]


def _is_small(fields: Fields) -> bool:
    return sum(len(name) + sum(map(len, values)) for name, values in fields.items()) <= limits()["characters"]


def _has_room() -> bool:
    hour = f"kept-text-{timezone.now():%Y%m%d%H}"
    so_far = site_cache.get(hour, 0)
    site_cache.set(hour, so_far + 1, timeout=3600)
    return bool(so_far < limits()["forms_an_hour"])
