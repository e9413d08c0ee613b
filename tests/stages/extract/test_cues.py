"""Cues in a sentence, and those that are denied, only thinkable, or hidden inside a quotation."""

from __future__ import annotations

import pytest

from onrecord.knowledge.lexicon import lexicon
from onrecord.stages.extract.cues import find_cues
from onrecord.tokens import split_words


def cues(code: str, text: str, hidden: tuple[str, ...] = ()) -> list[str]:
    """The words of the cues in a text, less those inside the hidden stretches."""
    words = split_words(text)
    ranges = [words.range(text.index(h), text.index(h) + len(h)) for h in hidden]
    found = find_cues(words, 0, len(words.starts), ranges, lexicon(code))
    return [text[words.starts[h.first] : words.ends[h.last - 1]] for h in found]


@pytest.mark.parametrize(
    ("code", "text", "wanted"),
    [
        ("uk", "Мер сказав, що міст закрито, і додав, що чекає.", ["сказав", "додав"]),
        ("uk", "Мер не сказав, що міст закрито.", []),
        ("uk", "Мер може сказати, що міст закрито.", []),
        ("uk", "За його словами, міст закрито.", ["За його словами"]),
        ("uk", "Не за його словами міст закрито.", ["за його словами"]),
        ("bg", "Кметът каза, че мостът е затворен.", ["каза"]),
        ("bg", "Кметът не каза нищо.", []),
        ("en", "The mayor said it was closed.", ["said"]),
        ("en", "The mayor did not say it was closed.", []),
        ("en", "The mayor hasn't said it was closed.", []),
        ("en", "The mayor could say it was closed.", []),
        ("de", "Die Ministerin sagte, die Brücke sei zu.", ["sagte"]),
        ("de", "Die Ministerin sagte nicht, dass sie zu sei.", []),
        ("ru", "Мэр не сказал, что мост закрыт.", []),
        ("pl", "Burmistrz powiedział, że most jest zamknięty.", ["powiedział"]),
    ],
)
def test_cues(code: str, text: str, wanted: list[str]) -> None:
    """A cue counts unless a negation or a modal stands right before it; a source phrase cannot be denied."""
    assert cues(code, text) == wanted


def test_punctuation_ends_the_reach_of_a_negation() -> None:
    """A negation on the other side of a comma denies nothing."""
    assert cues("uk", "Якби не він, сказав мер, було б гірше.") == ["сказав"]


def test_hidden_cues() -> None:
    """Cues inside hidden stretches, the quotations, are not looked at."""
    text = "«Я сказав ні», – сказав мер. «Він додав», – додав він."
    assert cues("uk", text, ("«Я сказав ні»", "«Він додав»")) == ["сказав", "додав"]
    assert len(cues("uk", text)) == 4


def test_what_a_form_tells() -> None:
    """A cue comes with the gender and number that its form shows, and whether it is a converb."""
    words = split_words("сказала сказали додавши")
    found = find_cues(words, 0, 3, [], lexicon("uk"))
    assert [(h.form.gender, h.form.number, h.form.converb) for h in found] == [("f", "sg", False), (None, "pl", False), (None, None, True)]
