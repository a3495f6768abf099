import re
from html.parser import HTMLParser

import pytest

from factories.summary import example_summary
from locality.money.report import render_report
from locality.money.report.opening import opening

VOID = {"meta", "link"}


class Outline(HTMLParser):
    """Collects what the tests ask about, and fails on a tag that closes another."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.open, self.headings, self.identifiers, self.text = [], [], [], [], []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.identifiers += [value for name, value in attrs if name == "id"]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def _points(summary):
    return opening(summary).blocks[0].items


def _every(summary, **changed):
    """Change a key of every locality."""
    return {**summary, "localities": [{**entry, **changed} for entry in summary["localities"]]}


SIZES = (
    {},
    {"budget": False},
    {"optional": False},
    {"localities": 2, "headings": 1, "budget": False, "optional": False},
    {"localities": 40},
)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_page_is_sound_whatever_its_size(size):
    outline = Outline(render_report(example_summary(**size)))

    assert len(outline.identifiers) == len(set(outline.identifiers))
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    named = {name for _, found in outline.tags for name in (found.get("aria-labelledby") or "").split()}
    aimed = {found["href"][1:] for tag, found in outline.tags if tag == "a"}
    assert named | aimed <= set(outline.identifiers)


def test_the_page_asks_for_nothing_and_runs_nothing():
    page = render_report(example_summary())
    outline = Outline(page)

    assert not {"script", "img", "iframe", "object", "form", "base"} & {tag for tag, _ in outline.tags}
    assert {found["href"] for tag, found in outline.tags if tag == "link"} == {"data:,"}
    assert not re.search(r"https?:|@import|src=", page)
    assert set(re.findall(r"url\(([^)]*)\)", page)) <= {"#hatch-fair", "#hatch-unsure", "#hatch-less", "#hatch-d"}


def test_the_same_summary_gives_the_same_page():
    assert render_report(example_summary()) == render_report(example_summary())


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '" onload="x', "</title></style>", "{{ title }}"])
def test_names_are_escaped_wherever_they_stand(name):
    summary = _every(example_summary(localities=2), name=name)
    summary["partnership"]["name"] = name
    summary["notes"] = [name]
    summary["headings"][0]["heading"] = summary["reconciliation"]["lines"][0]["heading"] = name
    summary["inputs"][0]["file"] = name
    plain = Outline(render_report(example_summary(localities=2)))

    outline = Outline(render_report(summary))

    # A long name has a second, shorter text in a chart; nothing else may differ.
    assert [tag for tag, _ in outline.tags if tag != "text"] == [tag for tag, _ in plain.tags if tag != "text"]
    assert not [found for _, found in outline.tags if "onload" in found]
    assert name in "".join(outline.text)


def test_every_figure_has_a_table_a_sentence_and_a_named_picture():
    page = render_report(example_summary())
    figures = re.findall(r'<div class="exhibit.*?</figure>\s*<div class="tables">(.*?)</table>', page, re.S)

    assert len(figures) == page.count("<figure>") == 13
    assert page.count('role="img"') == 12 + 7
    assert page.count("<title id=") == page.count("<desc id=") == page.count('role="img"')


def test_every_table_has_a_caption_scopes_and_a_region_of_its_own():
    outline = Outline(render_report(example_summary()))
    tags = [tag for tag, _ in outline.tags]
    regions = [found for tag, found in outline.tags if found.get("class") == "scroll"]

    assert len(regions) == tags.count("table") == tags.count("caption") == 33
    assert all(found["tabindex"] == "0" and found["role"] == "region" for found in regions)
    assert all(found["scope"] in ("row", "col") for tag, found in outline.tags if tag == "th")


def test_amounts_have_a_real_minus_sign():
    text = "".join(Outline(render_report(example_summary())).text)

    assert "−£" in text
    assert not re.search(r"-£|-\d+\.\d%", text)


@pytest.mark.parametrize(
    ("changed", "absent"),
    [
        ({"budget": False}, 'id="budget"'),
        ({"budget": False}, "Budget"),
        ({"optional": False}, "Hosted services</caption>"),
        ({"optional": False}, "Need model"),
        ({"optional": False}, "Made on"),
    ],
)
def test_what_the_summary_lacks_leaves_no_empty_place(changed, absent):
    assert absent in render_report(example_summary())
    assert absent not in render_report(example_summary(**changed))


def test_without_hosted_or_set_aside_services_their_section_is_left_out():
    summary = example_summary(optional=False)
    summary["headings"] = [{**entry, "scopes": ["delegated"]} for entry in summary["headings"]]

    assert 'id="hosted"' not in render_report(summary)


def test_made_up_people_are_said_at_the_top():
    summary = example_summary()
    banner = "The people in this report are made up."

    assert render_report(summary).index(banner) < render_report(summary).index("<main")
    assert banner not in render_report({**summary, "made_up": False})


def test_the_plain_words_name_the_largest_distances():
    first, second = _points(example_summary())[:2]

    assert first.startswith("Furthest above their fair share: Upper Glens and the Western Shore by £1.53m (9.3%)")
    assert second.startswith("Furthest below their fair share: Calder and Loch Orran by £1.06m (3.0%)")


def test_the_plain_words_say_when_everybody_has_a_fair_share():
    points = _points(_every(example_summary(), historic_pence=5, fair_pence=5))

    assert points[0] == "Every locality uses exactly its fair share."


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0, 10**12, "In every locality the ranges of the historic and the fair share overlap"),
        (10**11, 10**12, "In every locality the ranges of the historic and the fair share lie apart."),
        (None, None, "For some localities no range is known"),
    ],
)
def test_the_plain_words_say_how_much_may_be_chance(low, high, said):
    summary = _every(example_summary(), historic_low_pence=low, historic_high_pence=high)

    assert any(point.startswith(said) for point in _points(summary))


def test_the_plain_words_say_what_the_budget_does():
    points = _points(example_summary())

    assert (
        points[3]
        == "The budget shares £226.2m between the localities, £6.59m more than the historic shares of 2022/23."
    )
    assert points[4].startswith("Budgets change by between −1.4% (Upper Glens and the Western Shore) and +4.6%")
    assert points[5] == "The largest distance from a fair share falls from 9.3% to 4.6%."


@pytest.mark.parametrize(("budget", "said"), [(10, "as much as the"), (9, "£1.00m less than the")])
def test_a_budget_may_be_no_larger_than_what_was_spent(budget, said):
    summary = example_summary()
    summary["totals"] |= {"historic_pence": 10 * 10**8, "budget_pence": budget * 10**8}

    assert said in _points(summary)[3]


def test_a_difference_from_the_ledger_is_not_kept_silent():
    summary = example_summary()
    summary["reconciliation"]["difference_pence"] = -123

    assert "It does not add up" in _points(summary)[-1]
    assert "−£1.23" in render_report(summary)


def test_what_is_not_known_is_said_and_breaks_nothing():
    unknown = dict.fromkeys(
        (
            *("distance_ratio", "distance_per_head_pence", "budget_growth_ratio", "years_to_target"),
            *("historic_low_pence", "historic_high_pence", "fair_low_pence", "fair_high_pence"),
        )
    )
    page = render_report(_every(example_summary(), **unknown))

    assert page.count("not known") > 30


def test_a_budget_without_distances_and_path_has_its_table():
    summary = example_summary()
    for entry in summary["localities"]:
        for key in ("budget_distance_ratio", "path", "years_to_target"):
            del entry[key]
    del summary["budget_rules"]

    page = render_report(summary)

    assert "The budget of each locality" in page
    assert "not worked out" in page
    assert "year by year" not in page


@pytest.mark.parametrize(("years", "said"), [(None, "not within the path"), (0, "there now"), (4, ">4<")])
def test_years_to_the_fair_share_are_said_in_words(years, said):
    assert said in render_report(_every(example_summary(), years_to_target=years))


def test_a_sentence_of_the_rules_stands_before_their_table():
    summary = example_summary()
    summary["budget_rules"]["says"] = "Nobody loses cash."

    assert "How the budget was set: Nobody loses cash." in render_report(summary)


def test_amounts_of_the_reconciliation_are_exact_to_the_penny():
    summary = example_summary()
    summary["reconciliation"]["by_source"] = {"Health board": 100_000_001, "Council": 2}
    page = render_report(summary)

    ledger = summary["reconciliation"]["ledger_pence"]
    assert f"£{ledger / 100:,.2f}" in page
    assert "£1,000,000.01" in page
    assert "£1,000,000.03" in page


def test_who_used_a_hosted_service_is_listed():
    summary = example_summary()
    summary["hosted"][0]["by_partnership"] = {"S37000001": 100, "S37000002": 250}
    del summary["hosted"][1]["partnership"]

    page = render_report(summary)

    assert "S37000001 £1.00; S37000002 £2.50" in page
    assert "not stated" in page


@pytest.mark.parametrize(("distance", "said"), [(0, "at its fair share"), (100, "£1 above"), (-100, "£1 below")])
def test_the_line_of_a_fold_says_where_a_locality_stands(distance, said):
    assert said in render_report(_every(example_summary(), distance_pence=distance))


@pytest.mark.parametrize(("localities", "opened"), [(8, 9), (9, 1)])
def test_many_localities_start_folded(localities, opened):
    assert render_report(example_summary(localities=localities)).count("<details open>") == opened


def test_the_basis_is_said_in_words():
    assert "the practice where people are registered" in render_report({**example_summary(), "basis": "registration"})


def test_without_rules_their_table_is_left_out():
    assert "Rules that were used" not in render_report({**example_summary(), "rules": []})


def test_a_method_may_be_one_sentence():
    summary = {**example_summary(), "method": {"historic": "from costed activity"}}

    assert "from costed activity" in render_report(summary)


def test_without_a_word_on_ranges_their_column_is_left_out():
    summary = example_summary()
    assert "How its range was found" in render_report(summary)
    for entry in summary["headings"]:
        del entry["interval"]

    assert "How its range was found" not in render_report(summary)
