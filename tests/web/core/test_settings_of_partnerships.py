"""Pages of a partnership's settings: name, colour, contact, and its own values with their reasons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import site
from locality_web.core.look import contrast
from locality_web.core.models import AuditEvent, Partnership
from locality_web.core.partnership_settings import read_setting
from locality_web.core.setting_kinds import Declared
from locality_web.core.settings_changes import LEAST_CONTRAST, faults_of_colour
from locality_web.core.settings_forms import SettingForm

LOOK, DAYS = "/fife/settings/look/", "/fife/settings/values/core.invitation_days/"
SOUND = {"name": "Fife Partnership", "accent": "#00437a", "contact": "hello@example.org"}


@pytest.fixture
def planner(fife):
    return site.signed_in(site.person("planner", fife, name="Pat Planner"))


def test_name_colour_and_contact_are_changed_and_recorded(planner, fife):
    assert planner.post(LOOK, SOUND).status_code == 302

    fife.refresh_from_db()
    assert (fife.name, fife.accent, fife.contact) == tuple(SOUND.values())
    event = AuditEvent.objects.get()
    assert event.says == "Changed the partnership's name, accent, contact"
    assert event.detail["before"]["name"] == "Fife"


def test_saving_what_was_there_already_records_nothing(planner, fife):
    planner.post(LOOK, SOUND)
    planner.post(LOOK, SOUND)

    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"name": " "}, "Write the partnership's name."),
        ({"accent": "blue"}, "“blue” is not a colour. Write # and six figures or letters, like #0065bd."),
        ({"accent": "#ffd400"}, "White letters on #ffd400 cannot be read well: their contrast is 1.4."),
        ({"accent": "#777777"}, "White letters on #777777 cannot be read well: their contrast is 4.4."),
        ({"contact": "nobody"}, "Write an address like name@example.org."),
    ],
)
def test_a_look_that_cannot_be_read_is_refused(planner, fife, typed, refused):
    page = planner.post(LOOK, SOUND | typed).content.decode().replace("&#x27;", "'")

    assert refused in page
    assert Partnership.objects.get().name == "Fife"


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_a_colour_passes_exactly_when_white_can_be_read_on_it(colour):
    assert (faults_of_colour(colour) == []) == (contrast(colour, "#ffffff") >= LEAST_CONTRAST)


def test_the_page_lists_every_setting_with_default_own_value_reason_and_who(planner):
    planner.post(DAYS, {"value": "42", "reason": "Decided by the board on 3 March"})

    page = planner.get("/fife/settings/").content.decode()

    for words in (
        "42 days",
        "default: 14 days",
        "Decided by the board on 3 March",
        "Set by Pat Planner",
        "Source of the",
    ):
        assert words in page


def test_the_default_can_be_taken_again(planner, fife):
    planner.post(DAYS, {"value": "42", "reason": "Longer"})
    planner.post(DAYS, {"value": "nonsense", "use_default": "on", "reason": "As everybody"})

    assert read_setting(Partnership.objects.get(), "core.invitation_days") == 14


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"value": "", "reason": "Why not"}, "Write a value, or choose the default."),
        ({"value": "soon", "reason": "Why not"}, "Write a number in figures, like 14."),
        ({"value": "0", "reason": "Why not"}, "0 days is less than 1 day. Write 1 day or more."),
        ({"value": "100", "reason": "Why not"}, "100 days is more than 60 days. Write 60 days or less."),
        ({"value": "30", "reason": ""}, "Write why the partnership decided so; it is shown beside the value."),
    ],
)
def test_a_setting_with_a_fault_is_refused_beside_its_field(planner, fife, typed, refused):
    assert refused in planner.post(DAYS, typed).content.decode()
    assert not AuditEvent.objects.exists()


def test_a_setting_that_nobody_declared_is_not_there(planner):
    assert planner.get("/fife/settings/values/core.nothing/").status_code == 404


WHO = {"lead": "Leads", "member": "Members"}


@pytest.mark.parametrize(
    ("declared", "typed", "kept"),
    [
        (Declared("x.a", "Quorum", "share", 0.5, "made up", minimum=0, maximum=1), "62.5%", 0.625),
        (Declared("x.a", "Blocks", "yes_no", True, "made up"), "False", False),
        (Declared("x.a", "Who", "choices", ["lead"], "made up", choices=WHO), ["lead", "member"], ["lead", "member"]),
        (Declared("x.a", "Who", "choice", "lead", "made up", choices=WHO), "member", "member"),
        (Declared("x.a", "Years", "number", 1.5, "made up"), "2.5", 2.5),
        (Declared("x.a", "Words", "text", "", "made up"), "Group", "Group"),
    ],
)
def test_each_kind_of_setting_is_typed_as_people_write_it(declared, typed, kept):
    form = SettingForm({"value": typed, "reason": "Because"}, declared=declared)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == kept
