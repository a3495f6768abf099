"""Erase a member: their name and every way to reach them go; who spoke for which group, and when, stays."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Draft, Job, Partnership, Person
from locality_web.core.permissions import Place
from locality_web.members.register_models import Member
from locality_web.members.register_people import end_everything, require_whole
from locality_web.members.register_place import lock

GOES = (
    "the name, e-mail address, telephone number and address",
    "the interests that were declared",
    "what the member needs to take part",
    "notices and letters to the member, sent or not",
    "the name wherever it stands in texts of the register, of meetings and of decisions",
)
STAYS = (
    "which seats the member had, and from when to when",
    "which meetings the member came to, without the name",
    "what was decided, answered and agreed, by “a former member”",
    "the account with which the member signs in, if there is one: the administrator ends it",
    "the name where the member was lead or deputy, which is an office for everybody to see",
)
_INSTEAD = "a former member"

_BODIES = {"Member", "LeadTerm", "Organisation", "Practice", "OwnKind"}
"""What bears a name by its office, or is no person's."""
_CODES = {"group", "key", "code", "kind", "state", "body", "zone", "rule", "uid", "matter", "address", "media_type"}
_CODES |= {"token_hash", "sha256", "subject", "way", "join_link", "year", "release"}
"""Fields that hold no words of people: names of things that programs compare."""


@cache
def texts_of_room() -> tuple[tuple[type[models.Model], str, tuple[str, ...]], ...]:
    """Give where a name could stand that somebody typed: each model of the room, its way to the partnership, fields."""
    found = []
    for model in apps.get_app_config("members").get_models():
        fields = tuple(
            field.name
            for field in model._meta.get_fields()
            if isinstance(field, models.CharField | models.TextField) and not field.choices and field.name not in _CODES
        )
        if fields and model.__name__ not in _BODIES:
            found.append((model, _way_to_partnership(model), fields))
    return tuple(found)


def _way_to_partnership(model: type[models.Model]) -> str:
    """Give the shortest way by references of the room, like "meeting__partnership"."""
    waiting: list[tuple[type[models.Model], str]] = [(model, "")]
    for at, way in waiting:
        to = {field.name: field.related_model for field in at._meta.get_fields() if field.many_to_one}
        if "partnership" in to:
            return f"{way}partnership"
        waiting += [
            (other, f"{way}{name}__")
            for name, other in to.items()
            if isinstance(other, type) and other._meta.app_label == "members" and way.count("__") < 3
        ]
    raise ValueError(f"{model.__name__} belongs to no partnership")


@transaction.atomic
def erase_member(by: Person, place: Place, member: Member) -> None:
    """Erase a member for good.

    Raises:
        NotAllowed: The person may not, or may not everywhere where the member still takes part.
        InputRefused: The member is erased already.
    """
    require_whole(by, place, member)
    lock(place)
    if member.erased_at is not None:
        what = "This member is erased already"
        raise InputRefused([Fault("member", what, "Nothing is to be done.", "member-erased")])
    today = timezone.localdate()
    end_everything(member, today)
    _forget_what_was_sent(place.partnership, member)
    _forget_what_was_typed(place.partnership, member)
    for kept in (member.interests, member.needs, member.told):
        kept.all().delete()
    member.name = member.email = member.email_to_confirm = member.telephone = member.address = ""
    member.person = member.organisation = None
    member.notices, member.shown = Member.Notices.NONE, Member.Shown.NOTHING
    member.left_on, member.erased_at = member.left_on or today, timezone.now()
    member.save()
    record_event(by, "members.member_erased", f"Erased member {member.pk}", place=place, subject=f"member:{member.pk}")


def _forget_what_was_sent(partnership: Partnership, member: Member) -> None:
    """Empty mails that still wait or have failed; one that is sent keeps nothing."""
    if not member.email and not member.name:
        return
    waiting = Job.objects.filter(partnership=partnership).exclude(arguments={})
    for job in waiting:
        if _holds(job.arguments, member):
            job.arguments = {}
            job.save(update_fields=["arguments"])
    looked_for = Member(name=member.name, email=member.email, email_to_confirm=member.email_to_confirm)
    transaction.on_commit(lambda: _throw_mails_away(looked_for))


def _throw_mails_away(member: Member) -> None:
    """Delete mails from the folder in which a site without a mail server keeps them."""
    for path in Path(settings.MAIL_FOLDER).glob("*.eml"):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        bodies = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
        if _holds([*mail.values(), *bodies], member):
            path.unlink(missing_ok=True)


def _forget_what_was_typed(partnership: Partnership, member: Member) -> None:
    """Take the name out of texts, and throw away drafts of forms that hold it."""
    for draft in Draft.objects.filter(form__startswith=f"/{partnership.slug}/"):
        if _holds(draft.fields, member):
            draft.delete()
    if not member.name.strip():
        return
    name = re.compile(rf"(?<!\w){re.escape(member.name.strip())}(?!\w)", re.IGNORECASE)
    for model, way, fields in texts_of_room():
        for field in fields:
            _replace(model.objects.filter(**{way: partnership}), field, name)  # type: ignore[attr-defined]


def _replace(rows: models.QuerySet[Any], field: str, name: re.Pattern[str]) -> None:
    """Look at every row: databases differ in what a letter is when they search without regard to capitals."""
    for pk, text in rows.exclude(**{field: ""}).order_by().values_list("pk", field):
        changed = name.sub(_INSTEAD, text)
        if changed != text:
            rows.filter(pk=pk).update(**{field: changed})


def _holds(said: Any, member: Member) -> bool:
    text = str(said).casefold()
    parts = (member.email, member.email_to_confirm, member.name.strip())
    return any(part and part.casefold() in text for part in parts)
