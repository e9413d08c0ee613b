"""Statements that report the same words are alike; others of one speaker are not."""

from __future__ import annotations

import math

import numpy as np
import pytest

from onrecord.records import Statement
from onrecord.stages.link import FULL, THRESHOLD, Said, keys, part, repeats, said, scores

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


TOPIC = {"uk": 0, "uk, paraphrased": 0, "bg": 0, "uk, headline": 0, "uk, other": 1, "bg, other": 1}


def vectors(items: list[Said]) -> np.ndarray:
    """Vectors that are near where two statements are of one matter, and far where they are not."""
    near = np.array([[0.85, 0.1], [0.1, 0.85]], np.float32)
    rest = np.eye(len(items), dtype=np.float32) * np.float32(0.4)
    return np.concatenate([np.stack([near[TOPIC.get(item.id, 0)] for item in items]), rest], axis=1)


def score(one: Said, other: Said) -> float:
    return scores([one, other], vectors([one, other]), FULL).get((0, 1), -math.inf)


@pytest.mark.parametrize(("one", "other"), [("uk", "uk, paraphrased"), ("uk", "bg"), ("uk, paraphrased", "bg"), ("uk, other", "bg, other")])
def test_renderings_of_the_same_words(one: str, other: str) -> None:
    """A quotation, its paraphrase and its translation are the same words where they mean the same."""
    assert score(item(one), item(other)) >= THRESHOLD


@pytest.mark.parametrize(("one", "other"), [("uk", "bg, other"), ("uk, paraphrased", "bg, other"), ("bg", "uk, other")])
def test_other_words(one: str, other: str) -> None:
    """Other words of the same speaker in the same story are other words."""
    assert score(item(one), item(other)) < THRESHOLD


def test_speakers_days_and_stories_part() -> None:
    """The same words of another person, of another day, or but alike in another story, are not one utterance."""
    words = item("uk")
    assert score(words, item("bg", actor="dub")) == -math.inf
    assert score(words, item("bg", actor=None)) >= THRESHOLD
    assert score(words, item("bg", story="other")) == -math.inf
    assert score(words, item("uk", story="other")) >= THRESHOLD
    assert keys(words) & keys(item("uk", story="other"))
    assert score(words, item("uk", story="other", published="2034-01-01")) == -math.inf


def test_an_office_may_be_anybody() -> None:
    """A speaker who is named by office alone may be the one who is named in full; two full names are two people."""
    assert THRESHOLD <= score(item("uk"), item("bg", actor="the mayor", vague=True)) < score(item("uk"), item("bg"))


def test_names_of_bodies_are_translated() -> None:
    """Two bodies with names in two languages may be one; in one language, or where one is a person, two names are two speakers."""
    council, rada = item("uk", actor="council", body=True), item("bg", actor="rada", body=True)
    assert score(council, rada) >= THRESHOLD
    assert score(council, item("uk, paraphrased", actor="rada", body=True)) == -math.inf
    assert score(council, item("bg", actor="dub")) == -math.inf


def test_a_likelier_rendering_in_the_same_article_counts_against() -> None:
    """Where another statement of the other article is nearer, a pair is less likely the same words."""
    one, other = item("uk"), item("bg")
    nearer = Said(**{**_fields(item("bg, other")), "article": other.article})
    angles = np.array([[1.0, 0.0], [0.8, 0.6], [0.95, 0.3122]], np.float32)
    alone, beside = scores([one, other], angles[:2], FULL)[0, 1], scores([one, other, nearer], angles, FULL)
    assert beside.get((0, 1), -math.inf) < alone


def test_figures_that_disagree_count_against() -> None:
    """The same words with another figure are a little less likely the same words, but may be."""
    with_figure, other, same = (item(name, story="metro") for name in ("uk", "bg", "bg"))
    one = Said(**{**_fields(with_figure), "figures": frozenset({"3"})})
    agree = Said(**{**_fields(same), "figures": frozenset({"3"})})
    disagree = Said(**{**_fields(other), "figures": frozenset({"5"})})
    assert THRESHOLD <= score(one, disagree) < score(one, agree)


def _fields(said_: Said) -> dict[str, object]:
    return {name: getattr(said_, name) for name in said_.__struct_fields__}


def test_a_quotation_is_known_by_its_words() -> None:
    """Where the words of one quotation stand in another of its language, vectors need not be near."""
    fields = _fields(item("uk, headline"))
    short = Said(**{**fields, "article": "b"})
    assert scores([item("uk"), short], np.zeros((2, 1), np.float32), FULL)[0, 1] >= THRESHOLD


def test_a_shorter_report_is_a_part() -> None:
    """A report of half the length leaves something out; the fullest one does not."""
    whole, short = item("uk"), item("uk, headline")
    assert part(short, [whole, short]) and not part(whole, [whole, short])


def test_one_article_does_not_repeat_itself() -> None:
    """Two statements of one article are one utterance only where they are literally the same, or one is the headline."""
    assert score(item("uk"), item("uk, headline")) == -math.inf
    headline = Said(**{**_fields(item("uk, headline")), "where": "headline"})
    assert score(item("uk"), headline) >= THRESHOLD


def test_a_quick_look_misses_no_repetition() -> None:
    """What words of another story are found to repeat at a glance is all that `scores` takes for the same; a few words repeat nothing."""
    others = [Said(**{**_fields(item(name, story="other")), "article": "far"}) for name in WORDS]
    for name in WORDS:
        linked = [other for other in others if score(item(name), other) > 0]
        assert linked and [other for other in others if repeats(other.words, [item(name)])] == linked
    assert not repeats("три нові лінії", [item("uk")])


def test_no_words_at_all() -> None:
    """Statements without words can be compared, and are nobody's words."""
    empty = said(Statement("x", "direct", "body", (), (), None, None, "", 1.0), "", article="a", length=0, language="en",
                 published=None, actor=None, story=None)  # fmt: skip
    assert keys(empty) == frozenset() and scores([empty, empty], np.zeros((2, 1), np.float32), FULL) == {}
    assert scores([], np.zeros((0, 1), np.float32), FULL) == {}


def test_what_other_stories_have_said_is_not_asked_again() -> None:
    """Statements of other stories are one where they were one, and not where they were not; only what is new is held against them."""
    one, same, other = (
        Said(**{**_fields(item(name, story="other")), "outside": utterance}) for name, utterance in (("uk", "x"), ("bg", "x"), ("uk, other", "y"))
    )
    found = scores([item("uk", story="metro"), one, same, other], np.zeros((4, 1), np.float32), FULL)
    assert found == {(0, 1): 1.0, (1, 2): 1.0}
