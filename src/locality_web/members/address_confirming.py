"""Ask the owner of an e-mail address that somebody without an account gave whether it is theirs.

Until the owner says yes, the address stands apart from `Member.email`, so that no notice can go there: whatever
the member is told waits, or goes by post where an address for post is known.
"""

from __future__ import annotations

from django.core import signing
from django.db import transaction
from django.urls import reverse

from locality_web.core.audit import record_event
from locality_web.core.mail import send
from locality_web.core.models import Partnership
from locality_web.core.permissions import Place
from locality_web.core.site_address import full_address
from locality_web.members.notice_changes import follow_choice
from locality_web.members.register_models import Member

_SALT = "locality.members.confirm-address"


def ask_owner(member: Member, *, given_by: str) -> None:
    """Send the one message that an unconfirmed address gets; inside the transaction in which it was given.

    Args:
        member: Whose `email_to_confirm` is asked about.
        given_by: Who gave it, like the name of a practice.
    """
    place = Place(member.partnership)
    link = full_address(reverse("members:confirm_address", args=[member.partnership.slug, token_for(member)]))
    context = {"given_by": given_by, "link": link}
    subject = f"{member.partnership}: is this your address?"
    send(member.email_to_confirm, subject, "members/address_confirm_mail.txt", context, place=place)


def token_for(member: Member) -> str:
    """Give what the link of a member's address to confirm carries."""
    return signing.dumps([member.pk, member.email_to_confirm], salt=_SALT)


def asked_by(partnership: Partnership, token: str) -> tuple[Member, str] | None:
    """Give the member and the address of a link; None: it is not one of ours, or the address is theirs no more."""
    try:
        number, email = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = partnership.members.filter(pk=number, erased_at__isnull=True).select_related("organisation").first()
    if found is None or email not in (found.email, found.email_to_confirm):
        return None
    return found, email


@transaction.atomic
def confirm_address(member: Member, email: str) -> None:
    """Let notices go to an address whose owner said yes; what waited goes now. A second yes changes nothing."""
    kept = _waiting(member, email)
    if kept is None:
        return
    kept.email, kept.email_to_confirm = email, ""
    kept.save(update_fields=["email", "email_to_confirm"])
    follow_choice(kept)
    _record(kept, "members.address_confirmed", f"The owner of the address of member {kept.pk} said that it is theirs")


@transaction.atomic
def refuse_address(member: Member, email: str) -> None:
    """Take off an address whose owner said no; the member is told by post where that is known, else not at all."""
    kept = _waiting(member, email)
    if kept is None:
        return
    kept.email_to_confirm = ""
    if not kept.email:
        kept.notices = Member.Notices.PAPER if kept.address else Member.Notices.NONE
    kept.save(update_fields=["email_to_confirm", "notices"])
    follow_choice(kept)
    _record(kept, "members.address_refused", f"The owner of an address said that it is not that of member {kept.pk}")


def _waiting(member: Member, email: str) -> Member | None:
    kept = Member.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=member.pk)
    return kept if kept.email_to_confirm == email else None


def _record(member: Member, kind: str, says: str) -> None:
    record_event(None, kind, says, place=Place(member.partnership), subject=f"member:{member.pk}")
