"""Statements that report the same words are alike; others of one speaker are not."""

from __future__ import annotations

import pytest

from onrecord.records import Statement
from onrecord.stages.link import THRESHOLD, Said, keys, likeness, said, score

WORDS = {
    "uk": ("a", "uk", "direct", "Ми відкриємо три нові лінії метро і подвоїмо кількість вагонів до кінця року"),
    "uk, paraphrased": ("b", "uk", "indirect", "до кінця року місто відкриє три нові лінії метро, а вагонів стане вдвічі більше"),
    "bg": ("c", "bg", "indirect", "градът ще открие три нови линии на метрото и ще удвои броя на вагоните"),
    "uk, other": ("b", "uk", "indirect", "тарифи на воду не зростуть, доки депутати не побачать звіт комісії"),
    "bg, other": ("c", "bg", "indirect", "депутатите трябва да видят доклада на комисията"),
    "uk, headline": ("a", "uk", "direct", "Ми відкриємо три нові лінії метро"),
}


def item(name: str, **other: object) -> Said:
    article, language, kind, words = WORDS[name]
    statement = Statement(name, kind, "body", ((0, len(words)),), (), None, None, "test", 1.0)  # type: ignore[arg-type]
    values = {"actor": "galan", "story": "metro", "published": "2031-02-03"} | other
    return said(statement, words, article=article, length=1000, language=language, **values)  # type: ignore[arg-type]


ALL = [item(name) for name in WORDS]
ALIKE = likeness(ALL)


@pytest.mark.parametrize(("one", "other"), [("uk", "uk, paraphrased"), ("uk", "bg"), ("uk, paraphrased", "bg"), ("uk, other", "bg, other")])
def test_renderings_of_the_same_words(one: str, other: str) -> None:
    """A quotation, its paraphrase and its translation into a related language are the same words."""
    assert score(item(one), item(other), ALIKE) >= THRESHOLD
    assert keys(item(one)) & keys(item(other))


@pytest.mark.parametrize(("one", "other"), [("uk", "uk, other"), ("uk", "bg, other"), ("uk, paraphrased", "bg, other"), ("bg", "uk, other")])
def test_other_words(one: str, other: str) -> None:
    """Other words of the same speaker in the same story are other words."""
    assert score(item(one), item(other), ALIKE) < THRESHOLD


def test_speakers_days_and_stories_part() -> None:
    """The same words of another person, of another day, or but alike in another story, are not one utterance."""
    words = item("uk")
    assert score(words, item("bg", actor="dub"), ALIKE) == 0.0
    assert score(words, item("bg", actor=None), ALIKE) >= THRESHOLD
    assert score(words, item("bg", story="other"), ALIKE) == 0.0
    assert score(words, item("uk", story="other"), ALIKE) >= THRESHOLD
    assert item("uk", story="other") and keys(words) & keys(item("uk", story="other"))
    assert score(words, item("uk", story="other", published="2034-01-01"), ALIKE) == 0.0


def test_one_article_does_not_repeat_itself() -> None:
    """Two statements of one article are one utterance only where they are literally the same."""
    assert score(item("uk"), item("uk, headline"), ALIKE) == 0.0


def test_no_words_at_all() -> None:
    """Statements without words can be compared."""
    empty = said(Statement("x", "direct", "body", (), (), None, None, "", 1.0), "", article="a", length=0, language="en",
                 published=None, actor=None, story=None)  # fmt: skip
    assert keys(empty) == frozenset() and score(empty, empty, likeness([empty])) <= 1.0
