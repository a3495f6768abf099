"""One page with every part of the site's look, for tests alone; also the addresses that show it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from locality_web.config import urls as site_urls
from locality_web.core.charts import bars, causes, grouped_bars, interval_bars, lines
from locality_web.core.forms import DayField, FaultForm, MoneyField, MoneyGrid, UploadField, YearField
from locality_web.core.maps import MapPlace, draw_map
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place
from locality_web.core.tables import Column, Link, Table

NAMES = ["Levenmouth", "North East Fife", "Kirkcaldy", "Dunfermline and the villages of the west"]


class AllKinds(FaultForm):
    name = forms.CharField(
        label="Name", help_text="As people know it", widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 4}))
    amount = MoneyField(label="Amount")
    year = YearField(label="Financial year", required=False)
    day = DayField(label="Agreed on")
    scope = forms.ChoiceField(
        label="Where is it planned?",
        choices=[("one", "In one locality"), ("several", "Across localities"), ("all", "For the whole partnership")],
        widget=forms.RadioSelect,
    )
    places = forms.MultipleChoiceField(
        label="Localities",
        choices=[(str(at), name) for at, name in enumerate(NAMES)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    group = forms.ChoiceField(label="Care group", choices=[("", "Choose"), ("old", "Older people")])
    sure = forms.BooleanField(label="I have checked the figures")
    file = UploadField(label="Workbook", accepts=[".xlsx", ".csv"])


def a_grid(data=None) -> MoneyGrid:
    return MoneyGrid(
        rows=[("gp", "General practice"), ("home", "Care at home")],
        columns=[("core", "Core budget"), ("grant", "Grant"), ("partner", "Partner's contribution")],
        caption="Planned money by service and source",
        amounts={("gp", "core"): 1_234_567_89, ("home", "grant"): 50_00},
        data=data,
    )


def a_table() -> Table:
    rows = [[Link(name, "/fife/"), 12_345_678_90 * at, -0.021 * at, 23_456 // at] for at, name in enumerate(NAMES, 1)]
    columns = [
        Column("Locality"),
        Column("Fair share", "pounds"),
        Column("Distance", "change"),
        Column("People", "people"),
    ]
    totals = ["All localities", 123_456_789_00, None, 48_866]
    return Table("Fair shares of the localities", columns, rows, totals, csv="/fife/look/", note="Figures are made up.")


def charts() -> list:
    shares = {
        "Historic share": [52e8, 31e8, 22e8, 41e8],
        "Fair share": [48e8, 33e8, 26e8, 39e8],
        "Budget": [50e8, 32e8, 24e8, 40e8],
    }
    years = ["2022/23", "2023/24", "2024/25", "2025/26", "2026/27"]
    return [
        bars("Money by locality", list(zip(NAMES, shares["Budget"], strict=True)), of="Locality", csv="/fife/look/"),
        grouped_bars("Historic share, fair share and budget", NAMES, shares, of="Locality"),
        interval_bars("Fair share with its uncertainty", [(NAMES[0], 48e8, 45e8, 51e8), (NAMES[1], 33e8, 30e8, 37e8)]),
        causes(
            "Where the distance comes from",
            [(NAMES[0], (2e8, 1e8, -3e8, 5e7)), (NAMES[1], (-1e8, -2e8, 4e7, 0)), (NAMES[3], (1e8, 0, 0, -1e8))],
            ["Population", "Age", "Need", "Supply"],
        ),
        lines(
            "Distance from fair share over the years",
            years,
            {NAMES[0]: [0.08, 0.06, None, 0.03, 0.02], NAMES[1]: [-0.05, -0.05, -0.04, -0.02, -0.01]},
            unit="change",
        ),
    ]


def a_map():
    def square(x: float, y: float, size: float = 1.0):
        return [(x, y), (x + size, y), (x + size, y + size), (x, y + size)]

    places = [
        MapPlace(NAMES[0], [square(0, 0)], amount=0.08, address="/fife/localities/levenmouth/"),
        MapPlace(NAMES[1], [square(1, 0)], amount=-0.04),
        MapPlace(NAMES[2], [square(0, 1), square(2.3, 1.5, 0.4)], amount=0.01),
        MapPlace("Clinic", point=(1.5, 1.5)),
    ]
    return draw_map(
        "Localities and their distance", places, unit="change", what="Distance", of="Locality", csv="/fife/look/"
    )


PAGE = """{% extends "core/base.html" %}
{% block title %}Every part of the look{% endblock %}
{% block main %}<h1>Every part of the look</h1><p>A page for tests.</p>
<h2>A form</h2>{% show_form form button="Save and go on" cancel="/fife/" %}
<h2>A grid</h2><form method="post" novalidate>{% csrf_token %}
{% show_grid grid %}<button class="ds_button">Save amounts</button></form>
<h2>A table</h2>{% show_table table %}
<h2>Charts</h2>{% for chart in charts %}{% show_chart chart %}{% endfor %}
<h2>A map</h2>{% show_map map %}
{% endblock %}"""


@page(PUBLIC, methods=("GET", "POST"))
def look_page(request: HttpRequest, place: Place) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    shown = {
        "form": AllKinds(sent, request.FILES or None),
        "grid": a_grid(),
        "table": a_table(),
        "charts": charts(),
        "map": a_map(),
    }
    messages.success(request, "The plan was saved.")
    return HttpResponse(engines["django"].from_string(PAGE).render(shown, request))


urlpatterns = [path("<slug:partnership>/look/", look_page), path("", include("locality_web.config.urls"))]
handler400, handler403 = site_urls.handler400, site_urls.handler403
handler404, handler500 = site_urls.handler404, site_urls.handler500
