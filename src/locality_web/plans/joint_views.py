"""Pages of joint lines: all of a year, proposing and changing, withdrawing, and each locality's answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality.plans import CatalogueService, FundingSource
from locality_web.areas import queries as areas
from locality_web.core import drafts
from locality_web.core.pages import page
from locality_web.core.permissions import Place, may
from locality_web.core.tables import Column, Table
from locality_web.money import queries as money
from locality_web.plans import models
from locality_web.plans.editor_plan import address_arguments, signed_in
from locality_web.plans.joint import answer_share, propose_joint, withdraw_joint, work_out_shares
from locality_web.plans.joint_forms import JointForm, ShareForm, WhyForm
from locality_web.plans.year_addresses import slug_of_year, year_of


def lines_of(place: Place, year: str) -> list[models.JointLine]:
    """Give the joint lines of a year with their shares, also those that were withdrawn."""
    found = models.JointLine.objects.filter(partnership=place.partnership, year=year)
    lines = list(found.prefetch_related(Prefetch("shares", models.JointShare.objects.select_related("locality"))))
    for line in lines:
        line.partnership = place.partnership
    return lines


def find_line(place: Place, year: str, code: str) -> models.JointLine:
    """Give one joint line that is not withdrawn."""
    for line in lines_of(place, year):
        if line.code == code and line.withdrawn_at is None:
            return line
    raise Http404(f"There is no joint line {code} in {year}.")


class Names:
    """Names of services and sources."""

    def __init__(self, services: Sequence[CatalogueService], sources: Sequence[FundingSource]):
        self.services = {one.service: one.name for one in services}
        self.sources = {one.source: one.name for one in sources}

    @classmethod
    def of(cls, place: Place) -> Names:
        """Ask for those of a partnership."""
        return cls(money.catalogue(place.partnership), money.funding_sources(place.partnership))


def shown_line(line: models.JointLine, names: Names) -> dict[str, Any]:
    """Give a joint line as pages show it."""
    shares = list(line.shares.all())
    rows = [[share.locality.name, share.pence, say_answer(share)] for share in shares]
    columns = (Column("Locality"), Column("Share", "pence"), Column("Answer"))
    title = names.services.get(line.service, line.service)
    return {
        "line": line,
        "title": title,
        "source": names.sources.get(line.source, line.source),
        "table": Table(
            f"Shares of {line.code}, {title}", columns, rows, totals=["Total", line.total_pence, ""], name=line.code
        ),
        "is_agreed": all(share.agreed_at for share in shares),
    }


def say_answer(share: models.JointShare) -> str:
    """Say what a locality says to its share."""
    if share.agreed_at:
        return f"Agreed by {share.agreed_by_name} on {share.agreed_at:%-d %B %Y}"
    if share.objection:
        return f"{share.agreed_by_name} objects: {share.objection}"
    return "Not answered yet"


@page("plans.read_drafts")
def joint(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """All joint lines of a year."""
    year = year_of(year)
    names = Names.of(place)
    lines = lines_of(place, year)
    shown = {
        "year": year,
        "lines": [shown_line(line, names) for line in lines if line.withdrawn_at is None],
        "withdrawn": [(line, names.services.get(line.service, line.service)) for line in lines if line.withdrawn_at],
        "may_propose": may(request.user, "plans.joint", place),
    }
    return render(request, "plans/joint.html", shown)


@page("plans.joint", methods=("GET", "POST"))
def propose(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Propose a joint line."""
    return _edit(request, place, year_of(year), None)


@page("plans.joint", methods=("GET", "POST"))
def change(request: HttpRequest, place: Place, year: str, code: str) -> HttpResponse:
    """Change a joint line; every locality is asked again."""
    year = year_of(year)
    return _edit(request, place, year, find_line(place, year, code))


def _edit(request: HttpRequest, place: Place, year: str, line: models.JointLine | None) -> HttpResponse:
    services, sources = money.catalogue(place.partnership), money.funding_sources(place.partnership)
    localities = list(areas.localities(place.partnership, areas.day_of_year(year)))
    form = JointForm(services, sources, localities, data=drafts.form_data(request), line=line)
    preview = None
    if request.method == "POST" and form.is_valid():
        wish = form.wish(year)
        try:
            if request.POST.get("action") == "propose":
                code = line.code if line else ""
                kept = propose_joint(signed_in(request), place, wish, code=code)
                drafts.clear(request)
                messages.success(request, f"Joint line {kept.code} is proposed. Each locality is asked for its share.")
                return redirect("plans:joint", place.partnership.slug, slug_of_year(year))
            shares = work_out_shares(place.partnership, wish)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            by_code = {each.code: each.name for each in localities}
            rows = [[by_code[share.locality], share.pence] for share in shares]
            columns = (Column("Locality"), Column("Share", "pence"))
            preview = Table("Shares, worked out", columns, rows, totals=["Total", wish.total_pence])
    shown = {"year": year, "line": line, "form": form, "preview": preview}
    return render(request, "plans/joint_edit.html", shown)


@page("plans.joint", methods=("GET", "POST"))
def withdraw(request: HttpRequest, place: Place, year: str, code: str) -> HttpResponse:
    """Take a joint line back."""
    year = year_of(year)
    line = find_line(place, year, code)
    form = WhyForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_joint(signed_in(request), place, line, why=form.cleaned_data["why"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, f"Joint line {line.code} is withdrawn. It stays on record.")
            return redirect("plans:joint", place.partnership.slug, slug_of_year(year))
    return render(
        request, "plans/joint_withdraw.html", {"year": year, "form": form, **shown_line(line, Names.of(place))}
    )


@page("plans.agree_joint", at="locality", methods=("GET", "POST"))
def joint_shares(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """The shares of one locality, and its answer to each."""
    year = year_of(year)
    names = Names.of(place)
    own = [
        line
        for line in lines_of(place, year)
        if line.withdrawn_at is None and any(share.locality_id == _pk(place) for share in line.shares.all())
    ]
    rows = []
    for line in own:
        sent = drafts.form_data(request, line.code)
        form = ShareForm(sent, initial={"code": line.code}, auto_id=f"id_{line.code}_%s")
        answered = _answer(request, place, line, form) if request.method == "POST" and form.is_valid() else None
        if answered is not None:
            return answered
        share = next(share for share in line.shares.all() if share.locality_id == _pk(place))
        rows.append({"form": form, "share": share, "answer": say_answer(share), **shown_line(line, names)})
    shown = {"year": year, "rows": rows, "form": next((row["form"] for row in rows if row["form"].errors), None)}
    return render(request, "plans/joint_shares.html", shown)


def _pk(place: Place) -> int:
    assert place.locality is not None
    return int(place.locality.pk)


def _answer(request: HttpRequest, place: Place, line: models.JointLine, form: ShareForm) -> HttpResponse | None:
    objection = form.cleaned_data["objection"] if form.cleaned_data["says"] == "object" else ""
    try:
        answer_share(signed_in(request), place, line, objection=objection)
    except ResultRefused as refused:
        form.add_faults(refused)
        return None
    drafts.clear(request, line.code)
    done = "objects to" if objection else "agrees to"
    messages.success(request, f"{place.name} {done} its share of joint line {line.code}.")
    return redirect("plans:joint_shares", *address_arguments(place, line.year))
