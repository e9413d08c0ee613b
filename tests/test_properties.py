"""Standing properties of the first pass: whatever the page, no exception, and every span points into its text."""

from __future__ import annotations

import pathlib
import random
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.knowledge import marks, schema
from onrecord.pipeline import read_page
from onrecord.records import ARTICLE_ROLES, Page, Reading, Skipped, Span
from onrecord.settings import Settings
from onrecord.tokens import split_words

EXAMPLES = sorted((pathlib.Path(__file__).parent.parent / "examples").glob("*.txt"))
CORPUS = pathlib.Path(__file__).parent.parent / "corpus"
TEXTS = [path.read_text(encoding="utf-8") for path in EXAMPLES]
LANGUAGES = schema.languages()
MARKS = "«»„“”\"‘’‚'‹›–—-:,.!?…()[]{}<>|\\ \n\t\u00a0\u200b\ufeff\u0301\ud800\U0001f600"
QUOTES = "«»„“”\"‘’‚'‹›"
LETTERS = "абвгдеєжзиіїйклмнопрстуфхцчшщьюяёъыэАБВГДІЇЄ" + string.ascii_letters + "äöüßéèñłąçşığ"
WORDS = ("заявив", "сказав", "що", "каза", "че", "said", "that", "за словами", "според", "Олена", "Ivan", "він", "she", "2031", "5 %", "р.")

anything = st.text(st.characters(codec=None), max_size=400)
quotish = st.text(st.sampled_from(MARKS + LETTERS), max_size=400)
wordish = st.lists(st.sampled_from(WORDS) | st.text(st.sampled_from(MARKS), min_size=1, max_size=3), max_size=120).map(" ".join)
language = st.none() | st.sampled_from(LANGUAGES)
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def check(text: str, code: str | None) -> Reading | Skipped:
    """Read a page and hold its reading to the standing properties."""
    page = Page("any.txt", text)
    outcome = read_page(page, Settings(language=code))
    assert read_page(page, Settings(language=code)) == outcome
    if isinstance(outcome, Skipped):
        assert outcome.source == page.source
        return outcome
    article = outcome.article
    size = len(article.text)
    assert article.text == text
    check_tiling(outcome)
    for statement in outcome.statements:
        assert statement.content and list(statement.content) == sorted(statement.content)
        assert len({statement.id for statement in outcome.statements}) == len(outcome.statements)
        assert statement.inside is None or statement.inside in {other.id for other in outcome.statements} - {statement.id}
        assert 0 <= statement.confidence <= 1
        spans = [*statement.content, *statement.quoted, statement.cue, statement.place, statement.occasion, statement.to]
        spans += [figure.span for figure in statement.figures]
        spans += [statement.speaker.mention] if statement.speaker else []
        for span in spans:
            check_span(span, size)
    for part in (*outcome.sentences, *outcome.mentions):
        check_span((part.start, part.end), size)
    return outcome


def check_span(span: Span | None, size: int) -> None:
    """A span lies inside the text and holds something."""
    assert span is None or 0 <= span[0] < span[1] <= size


def check_tiling(reading: Reading) -> None:
    """Blocks follow each other and leave nothing but white space between them; sentences stand in blocks of the article."""
    at = 0
    text = reading.article.text
    for block in reading.article.blocks:
        assert at <= block.start < block.end <= len(text)
        assert not text[at : block.start].strip()
        at = block.end
    assert not text[at:].strip()
    proper = [b for b in reading.article.blocks if b.role in ARTICLE_ROLES]
    for sentence in reading.sentences:
        assert any(b.start <= sentence.start and sentence.end <= b.end for b in proper)


@relaxed
@given(anything | quotish | wordish, language)
def test_any_text_at_all(text: str, code: str | None) -> None:
    """Any text in any language is read or skipped without an exception, the same way twice."""
    check(text, code)


@relaxed
@pytest.mark.skipif(not TEXTS, reason="no examples yet")
@given(st.data())
def test_random_cuts_of_articles(data: st.DataObject) -> None:
    """Any stretch of an article, or two stretches of two, is read like a page."""
    first, second = data.draw(st.sampled_from(TEXTS)), data.draw(st.sampled_from(TEXTS))
    a, b = sorted((data.draw(st.integers(0, len(first))), data.draw(st.integers(0, len(first)))))
    cut = data.draw(st.integers(0, len(second)))
    check(first[a:b] + data.draw(st.sampled_from(["", " ", "\n", "\n\n"])) + second[cut : cut + 500], data.draw(language))


@pytest.mark.slow
@pytest.mark.parametrize("code", LANGUAGES)
def test_an_article_that_ends_at_any_mark(code: str) -> None:
    """A paragraph cut behind any of its marks is read: a rule that looks at what follows a colon may find the end of the page there."""
    for path in sorted((CORPUS / code).glob("*.txt"))[::5]:
        for paragraph in marks.read_article(path.read_text(encoding="utf-8"), where=path.name).marked.text.split("\n"):
            words = split_words(paragraph)
            for k in range(len(words.starts)):
                if not words.is_word(k):
                    read_page(Page("any.txt", paragraph[: words.ends[k]]), Settings(language=code))


@relaxed
@pytest.mark.skipif(not TEXTS, reason="no examples yet")
@given(st.data(), st.integers(0, 2**32 - 1))
def test_shuffled_quotation_marks(data: st.DataObject, seed: int) -> None:
    """Quotation marks that open and close at random break nothing."""
    chance = random.Random(seed)
    text = data.draw(st.sampled_from(TEXTS))
    check("".join(chance.choice(QUOTES) if c in QUOTES else c for c in text), data.draw(language))


@relaxed
@pytest.mark.skipif(not TEXTS, reason="no examples yet")
@given(st.data(), st.integers(0, 2**32 - 1))
def test_mixed_scripts(data: st.DataObject, seed: int) -> None:
    """Letters of other scripts, zero-width characters and lone surrogates strewn over an article break nothing."""
    chance = random.Random(seed)
    text = data.draw(st.sampled_from(TEXTS))
    check("".join(chance.choice(LETTERS + MARKS) if chance.random() < 0.1 else c for c in text), data.draw(language))


@pytest.mark.slow
@pytest.mark.parametrize("unit", ['"', "«", ",", "А", "Я ", "он сказал, что ", "„“", "\n", "1 ", "- ", "«Так», – сказав він. "])
def test_a_long_page_of_one_thing_is_read(unit: str) -> None:
    """Forty thousand characters of the same thing come to an end."""
    check(unit * (40_000 // len(unit)), "uk")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_yields_a_reading(path: pathlib.Path) -> None:
    """Each of the project's own articles is read and says something."""
    outcome = check(path.read_text(encoding="utf-8"), None)
    assert isinstance(outcome, Reading) and outcome.statements
