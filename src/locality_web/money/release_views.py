"""Releases: what was loaded, and loading another one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, load_rule
from locality_web.core.bridge import take_release
from locality_web.core.forms import FaultForm, UploadField
from locality_web.core.models import ReleaseLoaded
from locality_web.core.pages import page
from locality_web.core.permissions import Place


def most_bytes() -> int:
    """Give the size above which no release is read."""
    return int(load_rule("locality.release", "size_limits").values[-1].value["file_bytes"])


class ReleaseForm(FaultForm):
    """A release's file and, if the analyst gave it by another way, its id."""

    file = UploadField(label="Release", accepts=(".zip",))
    expected_id = forms.CharField(
        label="Id of the release",
        required=False,
        max_length=64,
        help_text="As the analyst gave it to you by another way than the file: 64 letters and figures. With it the "
        "site can tell the true file from one that somebody rewrote.",
    )

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        field = self.fields["file"]
        assert isinstance(field, UploadField)
        field.most_bytes = most_bytes()
        field.help_text = f"A file that ends in .release.zip, up to {most_bytes() // 2**20} MB"


@page("money.load_release", methods=("GET", "POST"))
def releases(request: HttpRequest, place: Place) -> HttpResponse:
    """List the releases that were loaded, and load one."""
    form = ReleaseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            with _on_disk(form.cleaned_data["file"]) as path:
                record, is_new = take_release(
                    path,
                    place,
                    request.user,
                    expected_id=form.cleaned_data["expected_id"],
                    file_name=form.cleaned_data["file"].name,
                )
        except InputRefused as refused:
            form.add_error(None, "The release was not loaded; what was loaded before stays.")
            form.add_faults(refused)
        else:
            said = (
                f"Loaded the release of {record.year}."
                if is_new
                else "This release was loaded before; nothing changed."
            )
            messages.success(request, said)
            return redirect("money:releases", place.partnership.slug)
    loaded = ReleaseLoaded.objects.filter(partnership=place.partnership).defer("about").select_related("loaded_by")
    return render(request, "money/releases.html", {"form": form, "releases": loaded})


@contextmanager
def _on_disk(file: UploadedFile[bytes]) -> Iterator[Path]:
    """Give an upload as a file: a large one is on disk already, a small one is written there."""
    there = getattr(file, "temporary_file_path", None)
    if there is not None:
        yield Path(there())
        return
    with tempfile.NamedTemporaryFile(suffix=".release.zip") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        yield Path(kept.name)
