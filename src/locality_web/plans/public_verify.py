"""Verify a plan: whose hash is this, and is this file what was agreed?"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from locality.plans import canonical_bytes
from locality_web.core.forms import FaultForm, UploadField
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place
from locality_web.plans import models
from locality_web.plans.year_addresses import slug_of_year

_HASH = re.compile(r"[0-9a-f]{64}")
_LARGEST_BYTES = 20 * 1024 * 1024  # the strategic plan of a big partnership has about five million


class VerifyForm(FaultForm):
    """A hash, or the file itself."""

    sha256 = forms.CharField(
        label="SHA-256 of a plan", required=False, max_length=200, help_text="64 figures and letters from a to f"
    )
    file = UploadField(label="Or the file plan.json", required=False, most_bytes=_LARGEST_BYTES, accepts=(".json",))

    def is_needed(self, name: str) -> bool:
        """Say that neither may be passed over alone: one of the two is needed."""
        return True

    def clean(self) -> dict[str, object]:
        """Ask for one of the two, in its right form."""
        found = super().clean() or self.cleaned_data
        text = re.sub(r"\s", "", str(found.get("sha256") or "")).lower()
        if text and not _HASH.fullmatch(text):
            self.add_error("sha256", f"It has {len(text)} signs; a SHA-256 has 64 figures and letters from a to f.")
        if not text and not found.get("file") and not self.errors:
            self.add_error("sha256", "Paste a SHA-256, or choose a file.")
        found["sha256"] = text
        return found


@dataclass(frozen=True)
class Verdict:
    """What came of it, in words, with the way to the plan where it is one of ours."""

    is_ours: bool
    says: str
    sha256: str
    address: str = ""
    title: str = ""


@page(PUBLIC, methods=("GET", "POST"))
def verify(request: HttpRequest, place: Place) -> HttpResponse:
    """Say which plan a hash or a file is, or that it is none of this partnership's."""
    asked = request.GET if "sha256" in request.GET else None
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm(asked)
    verdict = None
    if form.is_bound and form.is_valid():
        file = form.cleaned_data.get("file")
        content = file.read() if file else b""
        verdict = judge_file(place, content) if content else judge_hash(place, form.cleaned_data["sha256"])
    return render(request, "plans/verify.html", {"form": form, "verdict": verdict})


def judge_hash(place: Place, sha256: str) -> Verdict:
    """Say whose hash it is."""
    found = _find(place, sha256)
    if found is not None:
        return found
    says = f"This is the hash of no plan that {place.partnership} agreed. One digit is enough to make another hash."
    return Verdict(False, says, sha256)


def judge_file(place: Place, content: bytes) -> Verdict:
    """Say which plan a file is, or whether it was changed."""
    sha256 = hashlib.sha256(content).hexdigest()
    found = _find(place, sha256)
    if found is not None:
        return found
    try:
        plain = json.loads(content)
        again = hashlib.sha256(canonical_bytes(plain)).hexdigest()
    except (ValueError, RecursionError):
        return Verdict(False, "This file cannot be read as JSON. Choose plan.json as it was downloaded.", sha256)
    found = _find(place, again)
    if found is not None:
        says = f"{found.says} The file was written in another form (spaces or order); what it says is unchanged."
        return Verdict(True, says, again, found.address, found.title)
    return Verdict(False, _say_strange(place, plain), sha256)


def _say_strange(place: Place, plain: object) -> str:
    kind = str(plain.get("schema", "")) if isinstance(plain, dict) else ""
    if isinstance(plain, dict) and kind.startswith(("locality-plan/", "strategic-plan/")):
        return (
            f"This file has the form of a plan for {plain.get('year')}, but it is not what {place.partnership} agreed: "
            "it was changed, or it was never agreed here."
        )
    return f"This file is no plan of {place.partnership}."


def _find(place: Place, sha256: str) -> Verdict | None:
    kept = models.Snapshot.objects.filter(partnership=place.partnership, sha256=sha256).defer("text").first()
    if kept is None:
        return None
    slug = place.partnership.slug
    if kept.kind == models.Snapshot.Kind.LOCALITY:
        record = models.LocalityPlanRecord.objects.select_related("locality").defer("fields").get(snapshot=kept)
        where = [slug, record.locality.slug, slug_of_year(record.year)]
        address = reverse("plans:plan", args=where)
    else:
        record = models.StrategicPlanRecord.objects.select_related("partnership").defer("fields").get(snapshot=kept)  # type: ignore[assignment]
        address = reverse("plans:strategic", args=[slug, slug_of_year(record.year)])
    which = f", edition {record.edition}" if record.edition > 1 else ""
    force = "It is in force." if record.state == "agreed" else "A later edition has superseded it."
    return Verdict(
        True,
        f"This is the {str(record)[:1].lower()}{str(record)[1:]}{which}, as it was agreed. {force}",
        sha256,
        f"{address}?edition={record.edition}",
        str(record),
    )
