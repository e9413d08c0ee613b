"""The first pass: from a page to its reading, by either reader."""

from __future__ import annotations

import pytest

from onrecord.knowledge import weights
from onrecord.pipeline import read_page
from onrecord.records import Page, Reading, Skipped, digest, words_of
from onrecord.settings import Settings

THOROUGH = Settings(reader="thorough")
PAGES = {
    "uk": """\
Міст відкриють навесні, – мер Залуччя

2 квітня 2031, 10:15

Мер Залуччя Остап Вербич заявив, що міст через Лутинку відкриють навесні. За його словами, гроші вже виділено.

«Ми чекали одинадцять років, і цього досить», – сказав Вербич журналістам. Він додав, що проїзд буде безкоштовним.
""",
    "en": """\
Council to reopen the old tram line

April 2, 2031

The tram line to Harrow Wells will run again from June, mayor Edda Quill said on Tuesday.

"We have waited eleven years, and that is long enough," Quill told reporters. She added that the fare would stay at two crowns.
""",
    "bg": """\
Мостът отваря през пролетта

3 април 2031

Кметът на Калница Огнян Дочев заяви, че мостът ще бъде отворен през пролетта. „Чакахме единадесет години“, каза той.
""",
    "de": """\
Die Brücke öffnet im Frühjahr

3. April 2031

Bürgermeisterin Adelheid Quill sagte am Dienstag, die Brücke werde im Frühjahr öffnen. „Wir haben elf Jahre gewartet“, sagte sie.
""",
}


def read(code: str, settings: Settings) -> Reading:
    """The reading of a page above."""
    outcome = read_page(Page(f"{code}.txt", PAGES[code]), settings)
    assert isinstance(outcome, Reading)
    return outcome


@pytest.mark.parametrize("code", PAGES)
def test_a_page_is_read(code: str) -> None:
    """A page comes out in its language, with its day, its mentions in chains, and what is said in it by whom."""
    reading = read(code, Settings())
    assert reading.article.language == code
    assert (reading.article.published or "")[:8] == "2031-04-"
    assert reading.sentences and any(mention.chain >= 0 for mention in reading.mentions)
    assert len(reading.statements) >= 2
    assert len({statement.speaker.name for statement in reading.statements if statement.speaker}) == 1
    assert all(statement.rule.startswith(f"{code}/") for statement in reading.statements)


@pytest.mark.parametrize("code", PAGES)
def test_ids_tell_content(code: str) -> None:
    """The article's id is a digest of source and text, a statement's one of the article and its spans."""
    reading = read(code, Settings())
    assert reading.article.id == digest(f"{code}.txt", PAGES[code])
    for statement in reading.statements:
        assert statement.id == digest(reading.article.id, ",".join(f"{a}-{b}" for a, b in statement.content))


def test_the_source_changes_the_id_alone() -> None:
    """The same text from another source is another article with the same statements."""
    one, other = (read_page(Page(source, PAGES["en"])) for source in ("one.txt", "other.txt"))
    assert isinstance(one, Reading) and isinstance(other, Reading)
    assert one.article.id != other.article.id
    assert [s.content for s in one.statements] == [s.content for s in other.statements]
    assert {s.id for s in one.statements}.isdisjoint(s.id for s in other.statements)


def test_an_empty_page_is_skipped() -> None:
    """A page without a word is Skipped with its source, stage and reason, by either reader."""
    for settings in (Settings(), THOROUGH):
        outcome = read_page(Page("empty.txt", " \n\n"), settings)
        assert isinstance(outcome, Skipped)
        assert (outcome.source, outcome.reason) == ("empty.txt", "empty")


def test_a_page_too_large_is_skipped() -> None:
    """A page longer than the settings allow is Skipped as too large."""
    outcome = read_page(Page("large.txt", PAGES["en"]), Settings(max_chars=100))
    assert isinstance(outcome, Skipped)
    assert outcome.reason == "too-large"


def test_the_language_can_be_told() -> None:
    """A page is read as the language of the settings, whatever it looks like."""
    outcome = read_page(Page("p.txt", PAGES["en"]), Settings(language="de"))
    assert isinstance(outcome, Reading)
    assert outcome.article.language == "de"


def test_a_language_without_a_folder_is_skipped() -> None:
    """A page that is to be read as a language that has no folder is Skipped, and the reason names the language."""
    outcome = read_page(Page("p.txt", PAGES["en"]), Settings(language="xx"))
    assert isinstance(outcome, Skipped)
    assert (outcome.reason, "xx" in outcome.detail) == ("unknown-language", True)


def test_the_heads_load() -> None:
    """The heads that ship open, are small enough for the wheel, and have the inputs and outputs that the tagger asks for."""
    session = weights.open_graph(weights.HEADS)
    assert {i.name for i in session.get_inputs()} == {"states", "features"}
    assert {"labels", "asks", "answers", "none", "distance"} <= {o.name for o in session.get_outputs()}
    assert {o.name for o in weights.open_graph(weights.NAMES).get_outputs()} == {"labels"}
    assert weights.HEADS.stat().st_size + weights.NAMES.stat().st_size <= 4 * 1024 * 1024


@pytest.mark.parametrize("code", PAGES)
def test_thorough_reading_does_not_depend_on_what_was_read_before(code: str) -> None:
    """A page has the same thorough reading twice in a row, and after other pages in other languages by either reader."""
    first = read(code, THOROUGH)
    assert read(code, THOROUGH) == first
    for other in PAGES:
        read(other, THOROUGH)
        read(other, Settings())
    read_page(Page("long.txt", "\n\n".join(PAGES.values()) * 3), THOROUGH)
    assert read(code, THOROUGH) == first


@pytest.mark.parametrize("code", PAGES)
def test_fast_reading_does_not_depend_on_what_was_read_before(code: str) -> None:
    """A page has the same fast reading before and after thorough readings."""
    first = read(code, Settings())
    read(code, THOROUGH)
    assert read(code, Settings()) == first


@pytest.mark.parametrize("code", PAGES)
def test_thorough_reading_says_who_found_what(code: str) -> None:
    """A statement that both saw is marked so, one that only the tagger saw too; what the rules surely found is still there."""
    fast, thorough = read(code, Settings()), read(code, THOROUGH)
    assert any(statement.rule.endswith("+tagger") for statement in thorough.statements)
    known = {statement.rule.partition("+")[0] for statement in fast.statements} | {f"{code}/tagger"}
    assert {statement.rule.partition("+")[0] for statement in thorough.statements} <= known
    text = PAGES[code]
    quoted = {words_of(text, s.content) for s in fast.statements if s.kind == "direct"}
    assert quoted and quoted <= {words_of(text, s.content) for s in thorough.statements}
