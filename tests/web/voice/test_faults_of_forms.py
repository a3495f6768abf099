"""Whatever form of the room is sent with nothing in it: what is wrong is said where people look for it.

| where | what stands there |
|---|---|
| title | "Error: " before everything else |
| top of the page | every fault, those of fields as links to their fields |
| field | the fault, which is read out with the field (`aria-describedby`) |
"""

import pytest
from django.db import transaction
from django.urls import reverse
from lxml import html

from factories import site
from factories.voice_addresses import samples
from locality_web.core.roles import all_roles
from locality_web.voice.models import Opinion
from locality_web.voice.urls import urlpatterns

pytestmark = pytest.mark.django_db
TAKES = [each.name for each in urlpatterns if "POST" in each.callback.declared.methods]


@pytest.fixture
def browser(fife):
    """Somebody who may do everything, wherever the samples are."""
    one = site.person(name="Pat Planner")
    for role, about in all_roles().items():
        site.give_role(one, role, fife, fife.localities.all()[0].slug if about.held_for == "locality" else None)
    return site.signed_in(one)


def sent(name):
    """What each form of a page sends when it was left empty: a page with several says by a word which it is."""
    view = Opinion.objects.first()
    key = str(view.pk if view else 0)
    several = {
        "view": ({"what": "reply"}, {"what": "flag"}),
        "moderate": ({"what": "hide", "key": key}, {"what": "refuse", "key": key}),
        "ballot": ({"step": "check"}, {"step": "cast"}),
    }
    return several.get(name, ({},))


def unclear(page: str) -> list[str]:
    """Say what is not where people look for it."""
    tree = html.fromstring(page)
    beside, summary = tree.find_class("ds_question__error-message"), tree.find_class("ds_error-summary")
    if not beside and not summary:
        return []
    title = tree.findtext(".//title")
    found = [] if title.startswith("Error: ") else [f"The title is: {title}"]
    if len(summary) != 1:
        return [*found, f"{len(summary)} summaries of what is wrong"]
    links = [each.get("href").removeprefix("#") for each in summary[0].iterfind(".//a")]
    fields = {each.get("id"): each for each in tree.iter("input", "select", "textarea")}
    found += [f"No field for the link to {each}" for each in links if each not in fields]
    read_out = " ".join(
        each.get("aria-describedby", "") for each in tree.iter("input", "select", "textarea", "fieldset")
    )
    for each in beside:
        block = next((above.get("id") for above in each.iterancestors() if above.get("id")), "")
        if block not in read_out.split():
            found.append(f"Read out with no field: {each.text_content()}")
    return found


def test_what_is_wrong_with_a_form_is_said_where_people_look_for_it(fife, browser):
    carried, found, looked = samples(fife), {}, 0
    for name in TAKES:
        address = reverse(f"voice:{name}", kwargs=carried[f"voice:{name}"])
        for data in sent(name):
            with transaction.atomic():
                answer = browser.post(address, data)
                transaction.set_rollback(True)
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                page = answer.content.decode()
                looked += "ds_error-summary" in page
                if wrong := unclear(page):
                    found[f"{name} {data}"] = wrong

    assert found == {}
    assert looked >= 20
