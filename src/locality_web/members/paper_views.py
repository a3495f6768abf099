"""Pages about forms on paper: the list, printing, the sheets themselves, keying in, and views that came by post."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality.members.paper_code import read_code
from locality_web.core import drafts
from locality_web.core.languages import LANGUAGES
from locality_web.core.pages import page_at_both
from locality_web.core.permissions import Place
from locality_web.members import paper_changes as changes
from locality_web.members.access_models import PaperForm, PostedView
from locality_web.members.access_queries import members_of, still_members
from locality_web.members.access_views import note_reading, person_of
from locality_web.members.paper_answer_forms import CodeForm, KeyInForm, PrintForm, ViewAnswerForm, VoidForm
from locality_web.members.paper_kinds import kind_of, kinds_on_paper, questions_of, what_can_be_asked
from locality_web.members.paper_queries import forms_at
from locality_web.members.paper_sheets import sheets_of
from locality_web.members.places import address_at
from locality_web.members.register_models import Member

_MOST_LISTED = 200


@page_at_both("members.paper")
def paper_forms(request: HttpRequest, place: Place) -> HttpResponse:
    """Forms on paper: those that are out, those that came back, and what can be printed."""
    code = request.GET.get("code")
    form = CodeForm({"code": code} if code is not None else None)
    if form.is_valid():
        found = _by_code(place, form)
        if found is not None:
            return redirect(address_at(place, "paper_key", found.pk))
    listed = list(forms_at(place)[: _MOST_LISTED + 1])
    shown = {
        "form": form,
        "forms": listed[:_MOST_LISTED],
        "is_cut": len(listed) > _MOST_LISTED,
        "kinds": what_can_be_asked(person_of(request), place),
        "views": _views(place).select_related("member", "meeting", "form"),
    }
    return render(request, "members/paper_forms.html", shown)


def _by_code(place: Place, form: CodeForm) -> PaperForm | None:
    try:
        code = read_code(form.cleaned_data["code"])
    except ResultRefused as refused:
        form.add_error("code", str(refused))
        return None
    found = forms_at(place).filter(code=code).first()
    if found is None:
        form.add_error("code", f"No form with the code {code} was printed for {place.name}. Look where it was printed.")
    return found


@page_at_both("members.paper", methods=("GET", "POST"))
def paper_print(request: HttpRequest, place: Place) -> HttpResponse:
    """Print forms about one thing: one for each member who is chosen, and blank ones."""
    kind = kinds_on_paper().get(request.GET.get("kind", ""))
    subject = request.GET.get("subject", "")
    title = dict(kind.subjects(place)).get(subject) if kind else None
    if kind is None or title is None:
        messages.info(request, "Choose what the form is about.")
        return redirect(address_at(place, "paper_forms"))
    members = _members(place, kind.for_whom(place, subject) if kind.for_whom else None)
    form = PrintForm(members, request.POST if request.method == "POST" else None, blank=kind.for_whom is None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        blank = said.get("blank") or 0
        try:
            made = changes.print_forms(
                person_of(request), place, kind.name, subject, members=said["members"], blank=blank
            )
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            return redirect(_sheets_address(place, made))
    return render(request, "members/paper_print.html", {"form": form, "kind": kind, "about": title})


def _members(place: Place, only: list[int] | None) -> QuerySet[Member]:
    if only is not None:
        return Member.objects.filter(pk__in=only)
    return members_of(place.partnership, place.locality) if place.locality else still_members(place.partnership)


def _sheets_address(place: Place, forms: Iterable[PaperForm]) -> str:
    numbers = "&".join(f"form={each.pk}" for each in forms)
    return f"{address_at(place, 'paper_sheets')}?{numbers}"


@page_at_both("members.paper")
def paper_sheets(request: HttpRequest, place: Place) -> HttpResponse:
    """Forms as they are printed, each on sheets of its own; in large print where somebody needs it or it is chosen."""
    numbers = [int(each) for each in request.GET.getlist("form") if each.isdecimal()]
    forms = list(forms_at(place).filter(pk__in=numbers).order_by("pk"))
    if not forms:
        messages.info(request, "Choose a form to print.")
        return redirect(address_at(place, "paper_forms"))
    note_reading(request, place, "addresses on paper forms")
    language = request.GET.get("language", "")
    sheets = sheets_of(forms, large=request.GET.get("size") == "large", language=language)
    others = [each for each in LANGUAGES.values() if any(each.code in kind_of(form).languages for form in forms)]
    shown = {"sheets": sheets, "again": _sheets_address(place, forms), "other_sheets": others}
    return render(request, "members/paper_sheets.html", shown)


@page_at_both("members.paper", methods=("GET", "POST"))
def paper_key(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Key in what stands on a form that came back, once."""
    found = _form(place, number)
    form = KeyInForm(questions_of(found), drafts.form_data(request))
    refusal = _why_not(found)
    if request.method == "POST" and not refusal and form.is_valid():
        try:
            changes.key_in(person_of(request), found, form.answers(), received_on=form.cleaned_data["received_on"])
        except (ResultRefused, InputRefused) as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, f"Form {found.code} is keyed in. It counts as if it had been said on the site.")
            return redirect(address_at(place, "paper_forms"))
    shown = {"paper": found, "form": form, "kind": kind_of(found), "refusal": refusal}
    return render(request, "members/paper_key.html", shown)


def _why_not(form: PaperForm) -> str:
    try:
        changes.refuse_unless_out(form)
    except ResultRefused as refused:
        return str(refused)
    return ""


@page_at_both("members.paper", methods=("GET", "POST"))
def paper_void(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Declare that a form does not count, with the reason."""
    found = _form(place, number)
    form = VoidForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            changes.declare_void(person_of(request), found, why=form.cleaned_data["why"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, f"Form {found.code} is void.")
            return redirect(address_at(place, "paper_forms"))
    return render(request, "members/paper_void.html", {"paper": found, "form": form})


@page_at_both("members.meet", methods=("GET", "POST"))
def paper_view(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Read a view that came by post, and say what became of it."""
    view = get_object_or_404(_views(place).select_related("member", "meeting", "form"), pk=number)
    form = ViewAnswerForm(drafts.form_data(request), initial={"answer": view.answer})
    if request.method == "POST" and form.is_valid():
        try:
            changes.answer_view(person_of(request), view, form.cleaned_data["answer"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "It is kept. A member who wrote it is told.")
            return redirect(address_at(place, "paper_forms"))
    return render(request, "members/paper_view.html", {"view": view, "form": form})


def _form(place: Place, number: int) -> PaperForm:
    return get_object_or_404(forms_at(place).select_related("partnership", "locality__partnership"), pk=number)


def _views(place: Place) -> QuerySet[PostedView]:
    views = PostedView.objects.filter(partnership=place.partnership).order_by("answered_on", "received_on", "id")
    return views.filter(locality=place.locality) if place.locality else views
