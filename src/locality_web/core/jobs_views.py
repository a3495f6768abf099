"""The page of a partnership's background jobs."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from locality_web.core.audit import record_event
from locality_web.core.jobs import all_kinds, try_again
from locality_web.core.models import Job
from locality_web.core.pages import page
from locality_web.core.permissions import Place

_A_PAGE = 50


@page("core.jobs", methods=("GET", "POST"))
def job_list(request: HttpRequest, place: Place) -> HttpResponse:
    """What is done in the background for this partnership; a failed job can be run again."""
    if request.method == "POST":
        _run_again(request, place)
        return redirect("core:jobs", partnership=place.partnership.slug)
    jobs = Job.objects.filter(partnership=place.partnership).select_related("asked_by").order_by("-made_at", "-pk")
    kinds = all_kinds()
    shown = Paginator(jobs, _A_PAGE).get_page(request.GET.get("page"))
    rows = [(job, kinds[job.kind].says if job.kind in kinds else job.kind) for job in shown]
    return render(request, "core/jobs.html", {"rows": rows, "shown": shown})


def _run_again(request: HttpRequest, place: Place) -> None:
    with transaction.atomic():
        number = request.POST.get("job", "")
        waiting = Job.objects.select_for_update().filter(partnership=place.partnership, state=Job.State.FAILED)
        job = get_object_or_404(waiting, pk=int(number) if number.isdecimal() else 0)
        try_again(job)
        record_event(
            request.user, "core.job_again", f"Ran the job '{job.kind}' again", place=place, subject=f"job:{job.pk}"
        )
    messages.success(request, "The job waits for its turn again.")
