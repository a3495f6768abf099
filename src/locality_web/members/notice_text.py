"""What a mail or a letter of notices says around them: for whom, where more is, and how to be told in another way."""

from __future__ import annotations

from collections.abc import Sequence

from django.core import signing
from django.urls import reverse

from locality_web.core.models import Partnership
from locality_web.core.site_address import full_address
from locality_web.core.words import count_of
from locality_web.members.notice_models import Notice
from locality_web.members.register_models import Member

_SALT = "locality.members.stop-notices"


def subject_of(partnership: Partnership, told: Sequence[Notice]) -> str:
    """Give the subject line of a mail: nothing personal stands in it."""
    if len(told) == 1:
        return told[0].subject
    return f"{count_of(len(told), 'notice', 'notices')} from {partnership.name}"


def mail_text(partnership: Partnership, member: Member, told: Sequence[Notice]) -> str:
    """Give the text of a mail with one notice, or of a digest."""
    parts = [f"Dear {member.name},"]
    for each in told:
        if len(told) > 1:
            parts.append(each.subject.upper())
        parts.append(each.text.strip())
        if each.address:
            parts.append(full_address(each.address))
    parts += [
        f"{partnership.name}",
        "To be told in another way, or no more, open this page. You need no account for it.",
        stop_address(partnership, member),
    ]
    return "\n\n".join(parts)


def headers_for(partnership: Partnership, member: Member) -> dict[str, str]:
    """Give the headers by which a mail program can stop notices with one press (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{stop_address(partnership, member)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def stop_address(partnership: Partnership, member: Member) -> str:
    """Give the full address at which a member chooses how to be told, without an account."""
    token = signing.dumps(member.pk, salt=_SALT)
    return full_address(reverse("members:stop_notices", args=[partnership.slug, token]))


def member_of(partnership: Partnership, token: str) -> Member | None:
    """Give the member of such an address; None: it is not one of ours, or the member is erased or of elsewhere."""
    try:
        number = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return partnership.members.filter(pk=number, erased_at__isnull=True).first()
