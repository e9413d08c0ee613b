"""Phrases found at a word: the longest, with slots, and by the end of a compound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge import schema
from onrecord.knowledge.lexicon import Compounds, Phrases, lexicon

PHRASES = Phrases([("за", 1), ("за словами", 2), ("за * словами", 3), ("на думку", 4), ("по * думку", 5)], frozenset({"його", "її"}))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("за словами мера", (2, 2)),
        ("за його словами", (3, 3)),
        ("за цими словами", (1, 1)),
        ("за", (1, 1)),
        ("на думку", (2, 4)),
        ("на думках", None),
        ("на", None),
        ("його словами", None),
    ],
)
def test_the_longest_phrase_is_found(text: str, wanted: tuple[int, int] | None) -> None:
    """Of the phrases that begin at a word the longest is found; a slot takes one possessive and nothing else."""
    folds = text.split()
    assert PHRASES.at(folds, 0, len(folds)) == wanted
    assert PHRASES.opens(folds, 0, len(folds)) is (wanted is not None)


def test_a_phrase_ends_before_the_end() -> None:
    """A phrase that would run over the end of the stretch is not found, a shorter one is."""
    folds = ["за", "словами", "мера"]
    assert PHRASES.at(folds, 0, 1) == (1, 1)
    assert PHRASES.at(folds, 0, 2) == (2, 2)


def test_single_words() -> None:
    """`in` asks for phrases of one word alone."""
    assert "за" in PHRASES
    assert "на" not in PHRASES


def test_phrases_are_found_backwards() -> None:
    """`before` gives where a phrase begins that ends right before a word, and the word itself where none does."""
    folds = ["мер", "на", "думку", "за", "каже"]
    assert PHRASES.before(folds, 3, 0) == 1
    assert PHRASES.before(folds, 4, 0) == 3
    assert PHRASES.before(folds, 5, 0) == 5
    assert PHRASES.before(folds, 3, 2) == 3
    assert PHRASES.before(folds, 0, 0) == 0


def test_nothing_opens_behind_the_last_word() -> None:
    """Asking behind the last word of a text finds nothing."""
    assert not PHRASES.opens(["за"], 1, 1)


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("ministerin", 1),
        ("umweltministerin", 1),
        ("nato-generalsekretär", 2),
        ("ex-ministerin", 1),
        ("vize-chef", 4),
        ("klubchef", 3),
        ("chef", 4),
        ("vizechefin", None),
        ("rin", None),
        ("ministerium", None),
    ],
)
def test_the_head_of_a_compound(word: str, wanted: int | None) -> None:
    """A word is found by the noun that ends it: a long noun by itself, a short one where it is listed as an ending."""
    heads = Compounds([("ministerin", 1), ("generalsekretär", 2), ("-chef", 3), ("chef", 4)])
    found = heads.at([word], 0, 1)
    assert (found and found[1]) == wanted
    assert heads.opens([word], 0, 1) is (wanted is not None)


def test_a_compound_yields_to_a_phrase() -> None:
    """A phrase that begins at the word comes before the end of the word."""
    heads = Compounds([("minister", 1), ("innenminister a. d.", 2)])
    assert heads.at(["innenminister", "a.", "d."], 0, 3) == (3, 2)
    assert heads.at(["innenminister", "a."], 0, 2) == (1, 1)


words = st.sampled_from(["a", "b", "c", "*"])
phrases = st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), max_size=8)


@given(phrases, st.lists(st.sampled_from("abcx"), min_size=1, max_size=6), st.data())
def test_found_as_by_trying_each(entries: list[str], folds: list[str], data: st.DataObject) -> None:
    """What is found is what trying every phrase at the word finds."""
    index = data.draw(st.integers(0, len(folds) - 1))
    table = Phrases([(entry, len(entry.split())) for entry in entries], frozenset({"x"}))

    def fits(entry: list[str]) -> bool:
        here = folds[index : index + len(entry)]
        return entry[0] == here[0] and len(here) == len(entry) and all(w in (f, "*") if f == "x" else w == f for w, f in zip(entry, here, strict=True))

    longest = max((len(entry.split()) for entry in entries if fits(entry.split())), default=None)
    found = table.at(folds, index, len(folds))
    assert (found and found[1]) == longest


@pytest.mark.parametrize("code", schema.languages())
def test_every_language_has_its_tables(code: str) -> None:
    """The tables of each language are built once, and know a cue, a role and a given name in their first form."""
    lex = lexicon(code)
    assert lexicon(code) is lex
    language = schema.load(code)
    for table, form in ((lex.cues, language.cues[0].forms[0].form), (lex.roles, language.roles[0].forms[0].form)):
        folds = form.split()
        assert table.at(folds, 0, len(folds)) is not None
    assert lex.given[language.names[0].name.lower()] == (language.names[0].name, language.names[0].gender)
