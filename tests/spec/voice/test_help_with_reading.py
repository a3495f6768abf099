"""Help with reading views, that decides nothing: what looks alike, what is copied, which words a theme has."""

import datetime as dt

from locality.voice.themes import find_copies, key_terms, likeness_rules, suggest_themes

RULES = likeness_rules(dt.date(2026, 11, 22))

VIEWS = {
    "v1": "The last bus leaves before the hospital's visiting hour ends.",
    "v2": "We need buses in the evening, to the hospital and back.",
    "v3": "I wait three weeks to see a GP.",
    "v4": "No appointments at the surgery; the GP list is full.",
    "v5": "More evening buses please!",
    "v6": "Appointments with a GP take too long.",
    "v7": "The park is lovely.",
}
CODED = {"transport": ["v1", "v2"], "gp": ["v3", "v4"]}


def test_views_that_look_like_those_of_a_theme_are_suggested_with_the_words_that_it_rests_on():
    found = {(one.view, one.theme): one for one in suggest_themes(VIEWS, CODED, RULES, most=1)}

    assert set(found) == {("v5", "transport"), ("v6", "gp")}
    assert found["v5", "transport"].words[0] in ("evening", "buses")
    assert {"Appointments", "GP"} <= set(found["v6", "gp"].words)
    assert 0.2 <= found["v6", "gp"].likeness <= 1


def test_a_view_that_people_have_read_gets_no_suggestion():
    assert {one.view for one in suggest_themes(VIEWS, CODED, RULES)}.isdisjoint({"v1", "v2", "v3", "v4"})


def test_suggestions_are_the_same_whatever_the_order():
    turned = dict(reversed(VIEWS.items()))
    again = {theme: views[::-1] for theme, views in reversed(CODED.items())}
    assert suggest_themes(turned, again, RULES) == suggest_themes(VIEWS, CODED, RULES)


def test_gaelic_views_are_compared_too_with_or_without_accents():
    views = {
        "g1": "Chan eil bus ann chun an ospadail air an fheasgar.",
        "g2": "Feumaidh sinn busaichean feasgair dhan ospadal.",
        "g3": "Tha am pàirc snog agus glan.",
        "g4": "Busaichean don ospadal, mas e ur toil e.",
        "g5": "Tha a' phairc agus an gàrradh glan.",
    }
    found = suggest_themes(views, {"bus": ["g1", "g2"], "park": ["g3"]}, RULES, most=1)

    assert {(one.view, one.theme) for one in found} == {("g4", "bus"), ("g5", "park")}


def test_without_views_or_themes_nothing_is_suggested():
    assert suggest_themes({}, {}, RULES) == ()
    assert suggest_themes({"v1": "...", "v2": "bus"}, {"bus": []}, RULES) == ()


LETTER = (
    "I write to object to the closure of the health centre in our village, "
    "which serves many older people who have no car."
)


def test_letters_of_a_campaign_are_found_and_shown_together():
    views = {
        "a": LETTER,
        "b": LETTER.upper(),
        "c": "Dear councillor, " + LETTER + " Yours, a neighbour",
        "d": "The health centre should stay, I have gone there for forty years and so have all my children.",
        "e": "Keep it open",
        "f": "keep it open!",
    }
    found = find_copies(views, RULES)

    assert [(one.views, one.texts) for one in found] == [(("a", "b", "c"), 2), (("e", "f"), 1)]
    assert found[0].text == LETTER
    assert 0.6 <= found[0].likeness < 1
    assert found[1].likeness == 1


def test_short_views_are_copies_only_when_they_are_the_same():
    assert find_copies({"a": "More buses in the evening", "b": "More buses in the morning"}, RULES) == ()
    assert find_copies({}, RULES) == ()
    assert find_copies({"a": "", "b": "!"}, RULES) == ()


def test_key_terms_are_the_words_that_a_theme_has_more_often_than_others():
    views = {f"b{n}": f"the evening bus is late and I walk {n}" for n in range(12)}
    views |= {f"p{n}": f"the park is lovely and I walk {n}" for n in range(12)}
    found = key_terms(views, {f"b{n}" for n in range(12)}, RULES)

    terms = {one.term for one in found}
    assert any("bus" in one for one in terms) and any("late" in one for one in terms)
    assert terms.isdisjoint({"the", "and", "walk", "is", "park", "lovely"})
    assert all((one.inside, one.outside) == (12, 0) for one in found)


def test_a_word_that_one_person_repeats_counts_once():
    views = {"a": "bins bins bins bins bins", "b": "lamps", "c": "paths", "d": "trees"}
    assert key_terms(views, {"a", "b"}, RULES) == ()
