"""Who speaks, told inside the quotation marks."""

from __future__ import annotations

import pytest

from onrecord.pipeline import read_page
from onrecord.records import Page, Reading, words_of
from onrecord.settings import Settings


@pytest.mark.parametrize(
    ("language", "text", "said", "name"),
    [
        ("uk", "«Ми готові відкрити міст восени, – сказав Ігор Галан. – Далі побачимо».", "Ми готові відкрити міст восени … Далі побачимо", "Ігор Галан"),
        ("uk", "«Міст відкриють восени, – сказав мер Ігор Галан, – а далі побачимо».", "Міст відкриють восени … а далі побачимо", "Ігор Галан"),
        ("fr", "« Le pont ouvrira en octobre, explique Marc Blanc. Nous verrons ensuite. »", "Le pont ouvrira en octobre … Nous verrons ensuite", "Marc Blanc"),
    ],
)
def test_one_statement_of_two_spans(language: str, text: str, said: str, name: str) -> None:
    """The words around the aside are one direct statement of the person whom the aside names."""
    reading = read_page(Page("page", text), Settings(language=language))
    assert isinstance(reading, Reading)
    (statement,) = reading.statements
    assert words_of(text, statement.content) == said
    assert statement.kind == "direct"
    assert statement.speaker is not None and statement.speaker.name == name
