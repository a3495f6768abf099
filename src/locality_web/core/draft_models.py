"""What somebody has typed and not yet saved."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """The fields of one form as one person last typed them; removed when the form is saved."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=300, help_text="The address of the form's page")
    fields = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("person", "form"), name="one_draft_for_a_form")
        ]

    def __str__(self) -> str:
        """Where it belongs."""
        return self.form
