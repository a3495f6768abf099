"""Forms: how people type amounts, years and days, and how each fault is said beside its field."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.forms import DayField, FaultForm, MoneyField, MoneyGrid, UploadField, YearField


class BudgetForm(FaultForm):
    name = forms.CharField(label="Name", help_text="As people know it")
    amount = MoneyField(label="Amount")
    scope = forms.ChoiceField(
        label="Where?", choices=[("one", "Here"), ("all", "Everywhere")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Note", required=False)


GOOD = {"name": "Care at home", "amount": "£1,234.50", "scope": "one"}


def shown(form, text: str = "{% show_form form %}") -> str:
    return engines["django"].from_string(text).render({"form": form})


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("£1,234.50", 1_234_50),
        ("1234.5", 1_234_50),
        (" 20 ", 20_00),
        ("0", 0),
        ("£ 1,000,000", 1_000_000_00),
        ("0.07", 7),
        ("999999999999.99", 999_999_999_999_99),
    ],
)
def test_pounds_as_people_type_them_become_whole_pence(typed, pence):
    assert MoneyField().clean(typed) == pence


@pytest.mark.parametrize("typed", ["-20", "(20)", "−20", "-£20.00"])
def test_an_amount_below_zero_is_read_where_it_is_allowed(typed):
    assert MoneyField(least_pence=None).clean(typed) == -20_00
    with pytest.raises(ValidationError, match=r"must be £0\.00 or more"):
        MoneyField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.2m", "Write it in full"),
        ("£450k", "Write it in full"),
        ("12.345", "parts of a penny"),
        ("12,34", "not where they belong"),
        ("1.234,50", "not where they belong"),
        ("about ten", "Write it in figures"),
        ("=1+1", "Write it in figures"),
        ("1e9", "Write it in figures"),
        ("٣", "not where they belong"),
        ("1" * 40, "more than 15 figures"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_way_to_write_it(typed, said):
    with pytest.raises(ValidationError, match=said) as refused:
        MoneyField().clean(typed)
    assert typed in refused.value.message


def test_a_kept_amount_is_shown_as_pounds_and_compared_as_an_amount():
    field = MoneyField()
    assert field.prepare_value(1_234_50) == "1,234.50"
    assert field.prepare_value("12,34") == "12,34"
    assert not field.has_changed(1_234_50, "£1,234.5")
    assert field.has_changed(1_234_50, "1,234.51")
    assert field.has_changed(None, "nonsense")


@pytest.mark.parametrize("typed", ["2026/27", "2026-27", "2026/2027", " 2026/27 "])
def test_a_financial_year_is_kept_in_one_form(typed):
    assert YearField().clean(typed) == "2026/27"


@pytest.mark.parametrize(
    ("typed", "said"), [("2026/28", "28 does not follow 2026. Write it like"), ("soon", "not a financial year. Write")]
)
def test_what_is_no_financial_year_is_refused(typed, said):
    with pytest.raises(ValidationError, match=said):
        YearField().clean(typed)


class AgreedForm(FaultForm):
    agreed = DayField(label="Agreed on")


def agreed(day: str, month: str, year: str) -> AgreedForm:
    return AgreedForm({"agreed_day": day, "agreed_month": month, "agreed_year": year})


@pytest.mark.parametrize("parts", [("31", "3", "2027"), ("31", "March", "2027"), ("31", "mar", "2027")])
def test_a_day_is_typed_in_three_parts(parts):
    form = agreed(*parts)
    assert form.is_valid()
    assert form.cleaned_data["agreed"] == dt.date(2027, 3, 31)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("", "3", ""), "The date must have a day and year."),
        (("31", "11", "2026"), "31 11 2026 is not a day of the calendar."),
        (("1", "4", "26"), "Write the year '26' with four figures, like 2027."),
        (("x", "4", "2026"), "x 4 2026 is not a day of the calendar."),
        (("", "", ""), "Fill this in."),
    ],
)
def test_a_wrong_day_is_refused_with_the_part_that_is_wrong(parts, said):
    assert agreed(*parts).errors["agreed"] == [said]


def test_a_day_shows_again_what_was_typed():
    assert 'name="agreed_month" id="id_agreed_month" value="13"' in shown(agreed("1", "13", "2026"))
    assert 'value="31"' in shown(AgreedForm(initial={"agreed": dt.date(2027, 3, 31)}))


def test_a_file_of_another_kind_or_size_is_refused():
    field = UploadField(accepts=[".xlsx", ".csv"], most_bytes=2**20)
    assert field.help_text == "A file that ends in .xlsx or .csv, up to 1 MB"
    with pytest.raises(ValidationError, match=r"Choose a file that ends in .xlsx or .csv"):
        field.clean(SimpleUploadedFile("plan.exe", b"x"))
    with pytest.raises(ValidationError, match="larger than 1 MB"):
        field.clean(SimpleUploadedFile("plan.xlsx", b"x" * (2**20 + 1)))
    assert field.clean(SimpleUploadedFile("PLAN.XLSX", b"x")).name == "PLAN.XLSX"


def test_faults_of_a_refusal_stand_beside_the_field_that_their_column_names():
    form = BudgetForm(GOOD)
    form.add_faults(
        InputRefused(
            [
                Fault("services.xlsx", "there is no money", "Give an amount", code="x", column="amount"),
                Fault("services.xlsx", "'a' is there twice", "Keep one", code="y", row=4, column="service", rows=2),
            ]
        )
    )
    assert form.errors["amount"] == ["There is no money. Give an amount"]
    assert form.non_field_errors() == ["Row 4, column service: 'a' is there twice (2 rows in all). Keep one"]
    assert not form.is_valid()


def test_a_refused_result_stands_at_the_top():
    form = BudgetForm(GOOD)
    form.add_faults(ResultRefused("The plan is £20.00 over its budget.", "Take money from a line."))
    assert form.non_field_errors() == ["The plan is £20.00 over its budget. Take money from a line."]


def test_faults_come_on_top_of_what_the_form_itself_found():
    form = BudgetForm({**GOOD, "name": ""})
    form.add_faults([Fault("form", "it is too much", "Give less.", code="x", column="amount")])
    assert set(form.errors) == {"name", "amount"}


def test_each_error_of_the_summary_leads_to_the_first_control_of_its_field():
    page = shown(BudgetForm({"amount": "x"}))
    assert '<a href="#id_name">Name: Fill this in.</a>' in page
    assert '<a href="#id_scope_0">Where? Choose an answer.</a>' in page
    assert 'id="id_scope_0"' in page
    assert page.count("There is a problem") == 1


def test_the_summary_is_said_once_on_a_page():
    page = shown(BudgetForm({}), "{% error_summary form %}{% show_form form %}{{ form.as_p }}")
    assert page.count("There is a problem") == 1


def test_a_field_says_its_hint_and_error_to_a_screen_reader():
    page = shown(BudgetForm({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert '<fieldset aria-describedby="id_scope_error">' in page


def test_what_is_not_needed_is_said_in_words_and_nothing_is_left_to_the_browser():
    page = shown(BudgetForm(), '{% show_form form button="Save" %}')
    assert 'Note <span class="lp-optional">(optional)</span>' in page
    assert page.count("(optional)") == 1
    assert " required" not in page
    assert "novalidate" in page


def test_a_form_that_needs_more_than_it_checks_itself_does_not_call_it_optional():
    class StrictForm(BudgetForm):
        def is_needed(self, name):
            return True

    assert "(optional)" not in shown(StrictForm())


def test_what_cannot_be_filled_in_is_not_called_optional():
    form = BudgetForm()
    form.fields["note"].disabled = True
    assert "(optional)" not in shown(form)


def test_a_day_is_written_as_people_read_it():
    day = engines["django"].from_string("{% load locality %}{{ one|day }}, {{ other|day }}")
    assert day.render({"one": "2026-09-30", "other": "next spring"}) == "30 September 2026, next spring"


def test_what_was_typed_is_shown_as_text_and_never_runs():
    page = shown(BudgetForm({"name": '"><script>alert(1)</script>', "amount": "<b>"}))
    assert "<script>" not in page
    assert "<b>" not in page


def test_a_form_around_its_fields_has_what_it_needs():
    class WithFile(BudgetForm):
        file = UploadField(label="File", accepts=[".csv"])

    text = '{% show_form form button="Save" cancel="/fife/" action="/fife/x/" draft="budget" %}'
    page = engines["django"].from_string(text).render({"form": WithFile(), "csrf_token": "abc"})
    for part in (
        'action="/fife/x/"',
        'enctype="multipart/form-data"',
        'data-draft="budget"',
        '<input type="hidden" name="_form" value="budget">',
        'name="csrfmiddlewaretoken" value="abc"',
        '<a href="/fife/">Cancel</a>',
        'accept=".csv"',
    ):
        assert part in page


def a_grid(data=None) -> MoneyGrid:
    return MoneyGrid(
        rows=[("gp", "General practice"), ("home", "Care at home")],
        columns=[("core", "Core budget"), ("grant", "Grant")],
        caption="Planned money",
        amounts={("gp", "core"): 100_00},
        data=data,
    )


def test_each_amount_of_a_grid_is_named_by_its_row_and_its_column():
    page = engines["django"].from_string("{% show_grid form %}").render({"form": a_grid()})
    assert 'id="amount-row-2">Care at home</th>' in page
    assert 'id="amount-column-1">Core budget</th>' in page
    assert page.count('aria-labelledby="amount-row-2 amount-column-1"') == 1
    assert 'value="100.00"' in page


def test_a_grid_gives_every_amount_and_nothing_for_what_is_empty():
    form = a_grid({"amount-gp.core": "£1,000", "amount-home.grant": "0.07", "amount-gp.grant": ""})
    assert form.is_valid()
    assert form.amounts() == {("gp", "core"): 1000_00, ("gp", "grant"): 0, ("home", "core"): 0, ("home", "grant"): 7}


def test_a_wrong_amount_of_a_grid_is_named_in_the_summary():
    form = a_grid({"amount-home.core": "lots"})
    page = engines["django"].from_string("{% show_grid form %}").render({"form": form})
    assert "Care at home, Core budget: &#x27;lots&#x27; is not an amount" in page
    assert 'href="#id_amount-home.core"' in page
