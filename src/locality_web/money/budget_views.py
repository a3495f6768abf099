"""Pages on which budgets are worked out, saved, compared and decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from locality.foundations import FinancialYear, InputRefused, ResultRefused
from locality_web.core.models import Person
from locality_web.core.pages import page
from locality_web.core.permissions import Place
from locality_web.money import budget_pages as pages
from locality_web.money.budget_forms import BudgetForm, DecisionForm, SaveForm
from locality_web.money.budgets import Ground, Rules, ground_of, headings_held_by_default, work_out
from locality_web.money.changes import decide_budget, remove_option, save_option
from locality_web.money.models import BudgetDecision, BudgetOption
from locality_web.money.queries import release_in_use
from locality_web.money.shares_charts import options_charts


def year_of(slug: str) -> str:
    """Read a year of an address, "2026-27"."""
    try:
        found = str(FinancialYear.parse(slug))
    except ValueError as wrong:
        raise Http404(f"'{slug}' is not a financial year. Write it like 2026-27.") from wrong
    if found.replace("/", "-") != slug:
        raise Http404(f"Write the year like {found.replace('/', '-')}.")
    return found


def signed_in(request: HttpRequest) -> Person:
    """Give the person of a page that only signed-in people may open."""
    assert isinstance(request.user, Person)
    return request.user


@page("money.read")
def budgets(request: HttpRequest, place: Place) -> HttpResponse:
    """Choose the year."""
    now = FinancialYear.of(timezone.localdate())
    used = BudgetOption.objects.filter(partnership=place.partnership).values_list("year", flat=True)
    years = sorted({str(now), str(now.next()), *used})
    return render(request, "money/budgets.html", {"years": years})


@page("money.read", methods=("GET", "POST"))
def set_budgets(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Work a budget out, see the figures move, save it as an option."""
    year = year_of(year)
    release = release_in_use(place.partnership)
    if release is None:
        return render(request, "money/nothing.html", {})
    ground = ground_of(release)
    if request.method == "POST":
        return _answer(request, place, year, ground)
    options = _options(place, year)
    start = _start(request, place, ground, options)
    form = BudgetForm(ground=ground, held=tuple(start.held), on=timezone.localdate(), rules=start)
    return _show(request, place, year, form, _figures(form, ground, year, start))


def _options(place: Place, year: str) -> list[BudgetOption]:
    return list(
        BudgetOption.objects.filter(partnership=place.partnership, year=year).select_related("release", "made_by")
    )


def _start(request: HttpRequest, place: Place, ground: Ground, options: list[BudgetOption]) -> Rules:
    """Begin with an option's rules, or with a plain first proposal."""
    for option in options:
        if str(option.pk) == request.GET.get("from"):
            held = {name: pence for name, pence in option.rules["held"].items() if name in ground.ledger}
            return Rules(**{**option.rules, "held": held})
    default = [name for name in headings_held_by_default(place.partnership) if name in ground.ledger]
    return Rules("linear", ground.total_pence, held=dict.fromkeys(default))


def _figures(form: BudgetForm, ground: Ground, year: str, rules: Rules) -> pages.Figures | None:
    """Work out; what the library refuses stands beside the form, and there are no figures."""
    try:
        return work_out(ground, year, rules, timezone.localdate())
    except (InputRefused, ResultRefused) as refused:
        form.add_faults(refused)
        return None


def _answer(request: HttpRequest, place: Place, year: str, ground: Ground) -> HttpResponse:
    held = headings_held_by_default(place.partnership)
    form = BudgetForm(ground=ground, held=held, on=timezone.localdate(), data=request.POST)
    saving = SaveForm(request.POST if request.POST.get("action") == "save" else None)
    figures = _figures(form, ground, year, form.rules()) if form.is_valid() else None
    if request.headers.get("X-Part") == "figures":
        return render(request, "money/parts_figures.html", _shown(form, figures, year))
    if figures is not None and request.POST.get("action") == "save" and saving.is_valid():
        try:
            option = save_option(
                place,
                signed_in(request),
                year=year,
                name=saving.cleaned_data["name"],
                rules=form.rules(),
            )
        except InputRefused as refused:
            saving.add_faults(refused)
        else:
            messages.success(request, f"Saved the option “{option.name}”.")
            return redirect("money:set_budgets", place.partnership.slug, pages.slug_of(year))
    return _show(request, place, year, form, figures, saving)


def _show(
    request: HttpRequest,
    place: Place,
    year: str,
    form: BudgetForm,
    figures: pages.Figures | None,
    saving: SaveForm | None = None,
) -> HttpResponse:
    options = _options(place, year)
    decision = BudgetDecision.objects.filter(partnership=place.partnership, year=year).order_by("-number").first()
    shown = {
        **_shown(form, figures, year),
        "year": year,
        "ground": form.ground,
        "release": form.ground.release,
        "saving": saving or SaveForm(),
        "options": options,
        "charts": options_charts(options),
        "compared": pages.compare_options(options),
        "decision": decision,
    }
    return render(request, "money/set_budgets.html", shown)


def _shown(form: BudgetForm, figures: pages.Figures | None, year: str) -> dict[str, Any]:
    if figures is None:
        return {"form": form, "figures": None}
    return {"form": form, "figures": figures, "says": pages.in_words(figures), **tables_of(figures, year)}


def tables_of(figures: pages.Figures, year: str, csv: str = "") -> dict[str, Any]:
    """Give the tables of one budget."""
    return {
        "table": pages.main_table(figures, year, csv),
        "by_heading": pages.headings_table(figures, year),
        "path": pages.path_table(figures),
    }


@page("money.read", methods=("GET", "POST"))
def option(request: HttpRequest, place: Place, year: str, number: int) -> HttpResponse:
    """One saved option: its figures; remove it, or record the decision for it."""
    year = year_of(year)
    found = get_object_or_404(
        BudgetOption.objects.select_related("release", "made_by"), partnership=place.partnership, year=year, pk=number
    )
    form = DecisionForm(request.POST if request.POST.get("action") == "decide" else None)
    if request.POST.get("action") == "remove":
        remove_option(place, signed_in(request), found)
        messages.success(request, f"Removed the option “{found.name}”.")
        return redirect("money:set_budgets", place.partnership.slug, pages.slug_of(year))
    if request.POST.get("action") == "decide" and form.is_valid():
        try:
            decision = decide_budget(place, signed_in(request), found, **form.cleaned_data)
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            messages.success(request, f"Recorded the decision {decision}.")
            return redirect(pages.decision_address(decision))
    return render(request, "money/option.html", _option_shown(place, found, form))


def _option_shown(place: Place, found: BudgetOption, form: DecisionForm) -> dict[str, Any]:
    in_use = release_in_use(place.partnership)
    before = BudgetDecision.objects.filter(partnership=place.partnership, year=found.year).order_by("-number").first()
    return {
        "option": found,
        "year": found.year,
        "form": form,
        "release": found.release,
        "is_older_release": in_use is not None and in_use.pk != found.release_id,
        "before": before,
        "rules": pages.rules_in_words(found.rules, found.figures),
        "says": pages.in_words(found.figures),
        **tables_of(found.figures, found.year),
    }
