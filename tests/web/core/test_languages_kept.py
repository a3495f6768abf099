"""What the library writes, and what was kept in English, is told in another language by its patterns."""

import pytest

from locality_web.core import languages_kept
from locality_web.core.languages import speaking
from locality_web.core.languages_kept import show_kept, tell_kept

WORDS = {
    "{number} things": ["{number} rud", "{number} rud", "{number} rudan", "{number} rud"],
    "Not done: it has {say_things} since {day}.": "Gun dèanamh: tha {say_things} ann bho {day}.",
    "It was seen by {name}.": "Chunnaic {name} e.",
    "{share} of {letter}": "{share} à {letter}",
    "{say_first} and {say_rest}": "{say_first} agus {say_rest}",
    "Seen alike: {say_shares}.": "Air fhaicinn: {say_shares}.",
    "November": "an t-Samhain",
}


@pytest.fixture(autouse=True)
def words(monkeypatch):
    monkeypatch.setattr(languages_kept, "words_of", lambda code: WORDS)
    monkeypatch.setattr("locality_web.core.languages.words_of", lambda code: WORDS)
    languages_kept._patterns.cache_clear()
    languages_kept._parts.cache_clear()
    yield
    languages_kept._patterns.cache_clear()
    languages_kept._parts.cache_clear()


@pytest.mark.parametrize(
    ("english", "gaelic"),
    [
        ("It was seen by Ann Bell.", "Chunnaic Ann Bell e."),
        ("Not done: it has 3 things since 22 November 2026.", "Gun dèanamh: tha 3 rudan ann bho 22 an t-Samhain 2026."),
        ("Seen alike: 64% of A and 3% of B.", "Air fhaicinn: 64% à A agus 3% à B."),
        ("It was seen by Ann. It was seen by Bob.", "Chunnaic Ann e. Chunnaic Bob e."),
    ],
)
def test_a_sentence_is_told_by_its_pattern(english, gaelic):
    with speaking("gd"):
        assert tell_kept(english) == gaelic
    assert tell_kept(english) == english


@pytest.mark.parametrize(
    "english", ["We saw ten of them and more of it.", "Not done: it has nobody's things since 22 November 2026."]
)
def test_what_no_pattern_knows_stays_english_and_says_so(english):
    with speaking("gd"):
        assert tell_kept(english) == english
        assert show_kept("It was <seen>.") == '<span lang="en-GB">It was &lt;seen&gt;.</span>'
        assert show_kept("It was seen by Ann. Nobody knows.") == (
            'Chunnaic Ann e. <span lang="en-GB">Nobody knows.</span>'
        )
