"""Groups of opinion are worked out in the background, once, and published with all that made them."""

from __future__ import annotations

from django.db.models import QuerySet

from locality.foundations import ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.jobs import finishing, job, start
from locality_web.core.models import Job, Person
from locality_web.core.permissions import Place
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import place_of
from locality_web.voice.sense.groups import find_groups
from locality_web.voice.sense.models import Finding

FIND = "voice.find_groups"


def jobs_of(conversation: Conversation) -> QuerySet[Job]:
    """Give the jobs that work out a conversation's groups, the newest first."""
    found = Job.objects.filter(kind=FIND, partnership=conversation.partnership, arguments__conversation=conversation.pk)
    return found.order_by("-pk")


def begin_groups(by: Person, conversation: Conversation) -> None:
    """Let groups of opinion be worked out, unless that waits already; inside the transaction of its cause."""
    if not jobs_of(conversation).filter(state__in=(Job.State.WAITING, Job.State.RUNNING)).exists():
        start(FIND, {"conversation": conversation.pk}, place=Place(conversation.partnership), person=by)


@job(FIND, whole=False)
def publish_groups(job: Job) -> None:
    """Work out the groups of opinion in a conversation, and publish them."""
    conversation = Conversation.objects.select_related("partnership", "held_by").get(pk=job.arguments["conversation"])
    if is_published(conversation):
        raise ResultRefused("They were published already: there is nothing to work out.")
    says = find_groups(conversation)
    with finishing(job):
        made = Finding.objects.get_or_create(
            conversation=conversation, what=Finding.What.GROUPS, defaults={"says": says}
        )[1]
        if made:
            record_published(job.asked_by, conversation, [Finding.What.GROUPS])
        job.says = "Published the groups of opinion." if made else "They were published already."
        job.save(update_fields=["says"])


def is_published(conversation: Conversation) -> bool:
    """Say whether groups of opinion stand on the page."""
    return conversation.findings.filter(what=Finding.What.GROUPS).exists()


def record_published(by: Person | None, conversation: Conversation, made: list[str]) -> None:
    """Record that something was published."""
    words = {Finding.What.GROUPS: "groups of opinion", Finding.What.BOUNDARIES: "what was answered on boundaries"}
    what = words.get(Finding.What(made[0]), "who was heard")
    record_event(
        by,
        "voice.findings_published",
        f"Published {what} in a conversation: {conversation.title}",
        place=place_of(conversation),
        subject=f"conversation:{conversation.pk}",
        detail={"conversation": conversation.pk, "found": [str(each) for each in made]},
    )
