"""Words are folded and cut to stems alike, wherever they come from; names sound alike in every alphabet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge.romanise import name_words, romanise, sounds
from onrecord.knowledge.words import fold, shingles, spans, stem, words
from onrecord.records import digest

FORMS = [
    "мосту мостом мости мостів мостами мостах", "лікарня лікарні лікарню", "новий нового новому новою нових новими",
    "Київ Києва Києву Києвом Києві", "град градът града", "школа школата школите школи", "нов новия новият нови новите",
    "завод завода заводе заводов заводами", "bridge bridges", "Brücke Brücken", "rakieta rakiety rakietami rakietach", "puente puentes",
]  # fmt: skip


@pytest.mark.parametrize("forms", FORMS)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    """The forms of a word are cut to the same stem."""
    assert len({stem(word) for word in words(forms)}) == 1


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ОБ’ЄКТ", "обєкт"), ("обʼєкт", "обєкт"), ("об'єкт", "обєкт"), ("сло\u0301во", "слово"), ("Ёж", "еж"), ("Ґанок", "ганок"),
        ("її", "її"), ("l’été", "l ete"), ("Łódź", "lodz"), ("Straße", "strasse"), ("и\u0306", "й"), ("сло\u00adво", "слово"),
        ("mayor's", "mayor s"), ("Йод", "йод"),
    ],
)  # fmt: skip
def test_folding(written: str, folded: str) -> None:
    """Case, apostrophes, stress and accents do not matter; й and ї stay letters."""
    assert fold(written) == folded


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_has_words(text: str) -> None:
    """Words of any text are where they are said to be, hold no blank, and fold once and for all."""
    assert [f for a, b in spans(text) for f in fold(text[a:b]).split()] == words(text)
    for word in words(text):
        assert word and " " not in word and stem(word) and word.startswith(stem(word)[:3])


@pytest.mark.parametrize(
    ("one", "other"),
    [("Шольтен", "Scholten"), ("Харпър", "Harper"), ("Гарпер", "Harper"), ("Джонсон", "Johnson"), ("Чарнецький", "Czarnecki")],
)
def test_names_sound_alike(one: str, other: str) -> None:
    """A name and its transcription share a way to sound."""
    assert sounds(*name_words(one)) & sounds(*name_words(other))


@given(st.text(max_size=60))
def test_any_text_is_romanised(text: str) -> None:
    """Any text has Latin letters, words and sounds, not too many of them."""
    assert romanise(text).isascii() or not all(c.isascii() or "а" <= c <= "я" for c in text.casefold())
    for word in name_words(text):
        assert 1 <= len(sounds(word)) <= 8


@given(st.lists(st.sampled_from(["bridge", "міст", "most", "puente"]), max_size=9), st.integers(1, 4), st.integers(1, 5))
def test_shingles_are_the_smallest_digests(found: list[str], size: int, most: int) -> None:
    """Of all runs of so many words the smallest digests are kept; of fewer words there is none."""
    every = {digest(*found[at : at + size]) for at in range(len(found) - size + 1)}
    assert shingles(found, size, most) == tuple(sorted(every)[:most])
