"""When, where, on what occasion and to whom something was said, and the figures in it."""

from __future__ import annotations

import msgspec
import pytest

from onrecord.knowledge import schema
from onrecord.records import Article, Block, Mention, Sentence, Speaker, Statement
from onrecord.stages.situate import situate
from onrecord.tokens import split_words


def situated(
    code: str, text: str, content: str, cue: str, *, published: str | None = "2031-04-02", mentions: tuple[tuple[str, str], ...] = (), speaker: str = ""
) -> Statement:
    """The statement with this content and cue in a text of one sentence; mentions are words with their type."""
    article = Article("id", "source", text, code, (Block(0, len(text), "body"),), published=published, via=("Presa",))
    sentence = Sentence(0, len(text), "body")

    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    found = sorted((Mention(*span(words), "name", kind, words) for words, kind in mentions), key=lambda m: m.start)  # type: ignore[arg-type]
    said_by = Speaker(speaker, (), span(speaker)) if speaker else None
    statement = Statement("s", "indirect", "body", (span(content),), (), span(cue) if cue else None, said_by, f"{code}/test", 0.5)
    (made,) = situate(article, (sentence,), tuple(found), (statement,), split_words(text), schema.load(code))
    assert msgspec.structs.replace(made, said=None, place=None, occasion=None, to=None, figures=(), via=()) == statement
    assert made.via == ("Presa",)
    return made


@pytest.mark.parametrize(
    ("code", "text", "content", "cue", "said"),
    [
        ("uk", "Мер сказав у вівторок, що міст відкриють.", "міст відкриють", "сказав", "2031-04-01"),
        ("uk", "Мер сказав учора, що міст відкриють.", "міст відкриють", "сказав", "2031-04-01"),
        ("uk", "Мер сказав, що міст відкриють.", "міст відкриють", "сказав", "2031-04-02"),
        ("uk", "Мер раніше казав, що міст відкриють.", "міст відкриють", "казав", None),
        ("uk", "Мер сказав, що міст відкриють у вівторок.", "міст відкриють у вівторок", "сказав", "2031-04-02"),
        ("bg", "Кметът каза вчера, че мостът е готов.", "мостът е готов", "каза", "2031-04-01"),
        ("en", "The mayor said on Monday that it was open.", "it was open", "said", "2031-03-31"),
        ("en", "The mayor said that it opened on Monday.", "it opened on Monday", "said", "2031-04-02"),
        ("en", "The mayor said on March 3, 2031 that it was open.", "it was open", "said", "2031-03-03"),
        ("de", "Der Bürgermeister sagte am Montag, sie sei offen.", "sie sei offen", "sagte", "2031-03-31"),
        ("pl", "Burmistrz powiedział we wtorek, że most jest otwarty.", "most jest otwarty", "powiedział", "2031-04-01"),
        ("ru", "Мэр сказал во вторник, что мост открыт.", "мост открыт", "сказал", "2031-04-01"),
    ],
)
def test_the_day(code: str, text: str, content: str, cue: str, said: str | None) -> None:
    """The day beside the cue, else that of publication, none where a word says it was earlier; days in the content do not count."""
    assert situated(code, text, content, cue).said == said


def test_no_day_without_one() -> None:
    """Where neither the page nor the sentence names a day, there is none; a full date beside the cue is one all the same."""
    assert situated("en", "The mayor said that it was open.", "it was open", "said", published=None).said is None
    assert situated("en", "The mayor said on 3 March 2031 that it was open.", "it was open", "said", published=None).said == "2031-03-03"


def test_a_day_to_come_is_no_day_of_speaking() -> None:
    """A date after publication is not when it was said."""
    text = "For the opening on May 9, 2031, the mayor said, nothing is ready."
    assert situated("en", text, "nothing is ready", "said").said == "2031-04-02"


@pytest.mark.parametrize(
    ("code", "text", "content", "cue", "place", "occasion"),
    [
        ("uk", "Мер сказав в Україні під час зустрічі з учнями, що міст відкриють.", "міст відкриють", "сказав", "Україні", "зустрічі з учнями"),
        ("en", "The mayor said at a briefing in Germany that it was open.", "it was open", "said", "Germany", "a briefing in Germany"),
        ("bg", "Кметът каза на брифинг в Германия, че мостът е готов.", "мостът е готов", "каза", "Германия", "брифинг в Германия"),
        ("en", "The mayor said that the summit in Germany was over.", "the summit in Germany was over", "said", None, None),
    ],
)
def test_place_and_occasion(code: str, text: str, content: str, cue: str, place: str | None, occasion: str | None) -> None:
    """A place behind a preposition and an occasion beside the cue are spans; those in the content are not where it was said."""
    mentions = tuple((words, "place") for words in ("Україні", "Germany", "Германия") if words in text)
    made = situated(code, text, content, cue, mentions=mentions)
    assert made.place == (None if place is None else (text.index(place), text.index(place) + len(place)))
    assert made.occasion == (None if occasion is None else (text.index(occasion), text.index(occasion) + len(occasion)))


def test_the_person_met() -> None:
    """A person named in the occasion is spoken to, but never the speaker himself."""
    text = "Ada Pell said at a meeting with Bruno Kass that it was open."
    mentions = (("Ada Pell", "person"), ("Bruno Kass", "person"))
    made = situated("en", text, "it was open", "said", mentions=mentions, speaker="Ada Pell")
    assert made.to is not None and text[slice(*made.to)] == "Bruno Kass"
    assert situated("en", text, "it was open", "said", mentions=mentions, speaker="Bruno Kass").to is None
    assert situated("en", "Ada Pell told Bruno Kass that it was open.", "it was open", "told", mentions=mentions).to is None


def test_figures_of_the_content() -> None:
    """Quantities inside the content are values; those outside of it are not what was said."""
    made = situated("en", "In 3 days the mayor said that it would cost 12 million euros.", "it would cost 12 million euros", "said")
    assert [(figure.value, figure.unit) for figure in made.figures] == [(12_000_000, "EUR")]


def test_a_number_written_as_one_word() -> None:
    """A number of several parts written as one word is a figure too."""
    made = situated("de", "Die Bürgermeisterin sagte, es fehlten zweihundertsechs Kähne.", "es fehlten zweihundertsechs Kähne", "sagte")
    assert [(figure.value, figure.unit) for figure in made.figures] == [(206, "Kähne")]


def test_a_statement_without_a_cue() -> None:
    """A statement without a cue is placed by the rest of its sentence."""
    made = situated("en", "On Monday: it was open.", "it was open", "")
    assert made.said == "2031-03-31"
