"""A conversation on paper: blank forms with a code each, a slip to keep, and each form keyed in once."""

import pytest
from django.utils import timezone

from factories import site, talks
from locality.foundations import ResultRefused
from locality_web.members.paper_changes import key_in, print_forms
from locality_web.members.paper_kinds import questions_of
from locality_web.members.paper_sheets import sheets_of
from locality_web.voice.conversations.receipts import find_by_receipt
from locality_web.voice.models import Contribution

pytestmark = pytest.mark.django_db
KIND = "voice.conversation"


@pytest.fixture
def planner(fife):
    return site.person("planner", fife, name="Pat Planner")


@pytest.fixture
def talk(fife, planner):
    return talks.opened(planner, site.place(fife))


@pytest.fixture
def paper(fife, planner, talk):
    return print_forms(planner, site.place(fife), KIND, str(talk.pk), blank=2)


def answers(form, **more):
    empty = {name: field.clean(None) if not field.required else "none" for name, field in questions_of(form).items()}
    return {**empty, "means": "none", **more}


def test_each_blank_form_has_its_code_twice_on_the_sheet_and_on_the_slip(paper):
    sheets = sheets_of(paper)

    assert len({sheet.form.code for sheet in sheets}) == 2
    assert "/fife/became/" in " ".join(sheets[0].slip)
    assert "How should people come to the surgery?" in sheets[0].background


def test_long_lists_are_lines_to_write_on_and_lists_for_whoever_keys_in(planner, paper):
    zone = next(each for each in sheets_of(paper[:1])[0].questions if each.label == "Where you live")
    assert (zone.boxes, zone.lines) == ((), 1)

    page = site.signed_in(planner).get(f"/fife/paper/{paper[0].pk}/").content.decode()
    assert '<select name="zone"' in page


def test_what_stands_on_a_form_is_a_contribution_and_the_forms_code_is_its_receipt(planner, paper):
    form = paper[0]
    said = answers(form, view="The bus stops at five.", consents="yes")

    key_in(planner, form, said, received_on=timezone.localdate())

    made = find_by_receipt(form.code)
    assert (made.channel, made.paper_code, made.consents) == ("paper", form.code, True)
    assert made.opinions.get().text == "The bus stops at five."


def test_a_form_counts_once(planner, paper):
    said = answers(paper[0], view="The bus stops at five.")
    key_in(planner, paper[0], said, received_on=timezone.localdate())

    with pytest.raises(ResultRefused, match="keyed in already"):
        key_in(planner, paper[0], said, received_on=timezone.localdate())
    assert Contribution.objects.count() == 1


def test_a_form_whose_parts_do_not_add_up_is_refused_and_stays_out(planner, paper):
    parts = [name for name in questions_of(paper[0]) if name.startswith("part_")]
    from locality.foundations import InputRefused

    with pytest.raises(InputRefused):
        key_in(planner, paper[0], answers(paper[0], **{parts[0]: 10_00}), received_on=timezone.localdate())
    paper[0].refresh_from_db()
    assert paper[0].state == "out"
