"""What is written about a meeting in notices and calendars, and on every page in the same words."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from locality_web.core.words import count_of
from locality_web.members.meeting_models import How, Meeting
from locality_web.members.meeting_queries import local_start


def say_day(meeting: Meeting) -> str:
    """Write its day: "Tuesday 12 January 2027"."""
    return f"{local_start(meeting):%A %-d %B %Y}"


def say_hours(meeting: Meeting) -> str:
    """Write from when to when: "18:30 to 20:00"."""
    ends = meeting.ends.astimezone(ZoneInfo(meeting.zone))
    return f"{local_start(meeting):%H:%M} to {ends:%H:%M}"


def say_when(meeting: Meeting) -> str:
    """Write day and hours."""
    return f"{say_day(meeting)}, {say_hours(meeting)}"


def say_how(meeting: Meeting) -> str:
    """Write how people take part."""
    return str(How(meeting.how).label)


def minutes_of(meeting: Meeting) -> int:
    """Give how long it lasts."""
    return int((meeting.ends - meeting.starts).total_seconds() // 60)


def ways_to_join(meeting: Meeting) -> list[str]:
    """Write where it is and how to take part from elsewhere: for those who are invited."""
    ways = [f"Where: {meeting.where}"] if meeting.where else []
    ways += [f"Join online: {meeting.join_link}"] if meeting.join_link else []
    return ways + ([f"By telephone: {meeting.dial_in}"] if meeting.dial_in else [])


def agenda_lines(meeting: Meeting) -> list[str]:
    """Write the agenda as lines of text: titles and minutes, and nobody's name."""
    return [
        f"{at}. {item.title} ({item.get_purpose_display().lower()}, {count_of(item.minutes_planned, 'minute')})"
        for at, item in enumerate(meeting.items.all(), 1)
    ]


def invitation_text(meeting: Meeting) -> str:
    """Write what somebody who is invited reads."""
    agenda = agenda_lines(meeting)
    parts = [
        f"You are invited to this meeting: {meeting.title}.",
        "\n".join([say_when(meeting), say_how(meeting), *ways_to_join(meeting)]),
        "\n".join(["Agenda:", *agenda]) if agenda else "The agenda follows.",
        "Say whether you come, or who comes for you, at the address below. You need no account for that. "
        "There you also find the papers, and a file that puts the meeting into your calendar.",
    ]
    return "\n\n".join(parts)


def change_text(meeting: Meeting) -> str:
    """Write what somebody who is invited reads when a meeting changes."""
    parts = [
        f"This meeting has changed: {meeting.title}. This is what holds now:",
        "\n".join([say_when(meeting), say_how(meeting), *ways_to_join(meeting)]),
        "Say at the address below whether you can still come. There you also find a file that changes your calendar.",
    ]
    return "\n\n".join(parts)


def cancel_text(meeting: Meeting) -> str:
    """Write what somebody who was invited reads when a meeting is cancelled."""
    return "\n\n".join(
        [
            f"This meeting is cancelled: {meeting.title}, {say_when(meeting)}.",
            f"Why: {meeting.cancelled_why}",
            "At the address below is a file that takes it out of your calendar.",
        ]
    )


def reminder_text(meeting: Meeting) -> str:
    """Write what somebody who is invited reads some days before."""
    parts = [
        f"This meeting is soon: {meeting.title}.",
        "\n".join([say_when(meeting), say_how(meeting), *ways_to_join(meeting)]),
        "At the address below are the agenda and the papers. If you cannot come, say so there.",
    ]
    return "\n\n".join(parts)
