"""Tokens of a text and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import tokens
from onrecord.tokens import split_words

anything = st.text(st.characters(codec=None), max_size=200)
writing = st.text(st.sampled_from("abЯжİßΣς’ʼ'-‑–—.,:;«»„“”\"!?()12 \n\t\u00a0\u200b\u0301\u2028\ud800"), max_size=200)

TOKENS = [
    ("Він сказав.", ["Він", "сказав", "."]),
    ("прем'єр прем’єр премʼєр", ["прем'єр", "прем’єр", "премʼєр"]),
    ("віце-мер віце‑мер", ["віце-мер", "віце‑мер"]),
    ("«Ні» – мер", ["«", "Ні", "»", "–", "мер"]),
    ("He's won 2-1", ["He's", "won", "2-1"]),
    ("'wait' rock- -roll", ["'", "wait", "'", "rock", "-", "-", "roll"]),
    ("2,5 млн", ["2", ",", "5", "млн"]),
    ("$34,000, 1,234,567 and 12,0000", ["$", "34,000", ",", "1,234,567", "and", "12", ",", "0000"]),
    ("слово\nслово", ["слово", "слово"]),
    ("", []),
    (" \n\t", []),
]


@pytest.mark.parametrize(("text", "wanted"), TOKENS)
def test_tokens(text: str, wanted: list[str]) -> None:
    """A word holds apostrophes and hyphens inside, a number commas between its thousands; every other visible character is a token of its own."""
    words = split_words(text)
    assert [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == wanted


@pytest.mark.parametrize(
    ("text", "folds"),
    [("Прем’єр ПРЕМʼЄР прем'єр", ["прем'єр"] * 3), ("Віце‑Мер віце‐мер", ["віце-мер"] * 2), ("İZ STRASSE", ["i̇z", "strasse"])],
)
def test_folds(text: str, folds: list[str]) -> None:
    """Folded forms are in lower case with one kind of apostrophe and of hyphen, even where lowering changes the length."""
    assert split_words(text).folds[: -tokens.AHEAD] == folds


@given(anything | writing)
def test_tokens_cover_what_is_visible(text: str) -> None:
    """Tokens follow each other, hold no blank, leave out nothing but blanks, and have a folded form each."""
    words = split_words(text)
    assert len(words.starts) == len(words.ends) == len(words.folds) - tokens.AHEAD
    at = 0
    for start, end in zip(words.starts, words.ends, strict=True):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert not any(c.isspace() for c in text[start:end])
        at = end
    assert not text[at:].strip()


@given(anything | writing, st.integers(0, 220), st.integers(0, 220))
def test_ranges_hold_the_tokens_that_start_inside(text: str, one: int, other: int) -> None:
    """`range` gives the tokens that start inside a span, `at` the first that starts there or later, `span` their offsets."""
    words = split_words(text)
    low, high = sorted((one, other))
    first, last = words.range(low, high)
    assert [k for k, start in enumerate(words.starts) if low <= start < high] == list(range(first, last))
    assert words.at(low) == first
    if first < last:
        start, end = words.span(first, last)
        assert low <= start < high
        assert words.range(start, end) == (first, last)


def test_capitals_and_words() -> None:
    """A token is a word by its first character, and capital by it; a number is a word and never capital."""
    words = split_words("Мер — 3 «ні»")
    assert [words.is_word(k) for k in range(len(words.starts))] == [True, False, True, False, True, False]
    assert [words.capital(k) for k in range(len(words.starts))] == [True, False, False, False, False, False]
