"""What this site asks for at sign-up besides address and password; alone here, because the package's forms need it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from locality_web.core.models import Person


class NameForm(forms.Form):
    """What this site asks for at sign-up besides address and password."""

    name = forms.CharField(max_length=200, label="Name", widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Keep the name."""
        person.name = self.cleaned_data["name"]
        person.save(update_fields=["name"])
