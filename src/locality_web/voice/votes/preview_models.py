"""What is kept of a quick preview while a vote is open; it is removed when the vote closes."""

from __future__ import annotations

from django.db import models


class VotePreview(models.Model):
    """Which projects are ahead, worked out on a day: no ballots, no supporters, no shares, and no order."""

    vote = models.OneToOneField("voice.Vote", on_delete=models.CASCADE, related_name="preview")
    ahead = models.JSONField(help_text="Codes of the projects that are ahead, in order of their codes")
    on = models.DateField(help_text="Day on which it was worked out")
    again_from = models.JSONField(
        help_text="From how many ballots on it is worked out again, by group; in whole steps, so that it tells no count"
    )

    def __str__(self) -> str:
        """Of what."""
        return f"Preview of {self.vote_id}"
