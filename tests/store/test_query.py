"""Questions to the store find what a person means, in any script, case and form."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from onrecord.store import export, query
from onrecord.store.open import open_store
from onrecord.store.search import alike, excerpt, highlights, match_query


@pytest.fixture
def held(database) -> Iterator[Connection]:
    """A connection to the store that holds the readings made by hand."""
    with open_store(database) as store, store.reading() as connection:
        yield connection


@pytest.mark.parametrize("name", ["Галан", "галана", "ГАЛАНОМ", "Ihor Halan", "halan", "Igor Galan", "Ігор Галан", "Игор Галан"])
def test_people_are_found_by_any_form_of_their_name(held: Connection, name: str) -> None:
    """A surname or full name in any alphabet, case and form finds the person and what they said."""
    found = query.actors(held, name)
    assert found and found[0].actor.name in ("Ihor Halan", "Ігор Галан", "Игор Галан")
    assert {line.statement.speaker.name for line in query.said(held, name) if line.statement.speaker} <= {
        "Ігор Галан", "Ihor Halan", "Игор Галан",
    }  # fmt: skip
    assert len({line.article.language for line in query.said(held, name)}) == 3


@pytest.mark.parametrize("name", ["Halon Bridge", "Q", "!!!", "", "Голенко", "%", "'; DROP TABLE actors"])
def test_names_of_nobody_find_nobody(held: Connection, name: str) -> None:
    """What is nobody's name finds no statement, whatever it is made of."""
    assert query.said(held, name) == ()


@pytest.mark.parametrize("words", ["мости", "МОСТА", "мостом рух", "листопад", '"раніше листопада"', "BRIDGES", "mayor’s"])
def test_words_are_found_in_any_form(held: Connection, words: str) -> None:
    """Articles are found by words in any case and form, quoted words side by side."""
    assert query.search_articles(held, words)


@pytest.mark.parametrize("words", ['"листопада раніше"', "", "  ", '"', "AND", "NEAR(", "*", "рух bridge", "\x00", "\ud800"])
def test_words_that_are_nowhere_find_nothing(held: Connection, words: str) -> None:
    """Words that do not stand together, signs of the query language and no words at all find nothing and break nothing."""
    assert query.search_statements(held, words) == ()
    assert query.said(held, about=words) == ()


def test_dates_bound_what_was_said(held: Connection) -> None:
    """Both ends of a time count, with any precision."""
    everything = query.said(held)
    assert query.said(held, since="2031", until="2031") == everything
    april = query.said(held, since="2031-04-03", until="2031-04")
    assert [line.article.language for line in april] == ["bg"]
    assert query.said(held, until="2030-12-31") == ()
    assert [line.day for line in everything] == sorted((line.day or "" for line in everything), reverse=True)


def test_a_language_and_a_page_of_results(held: Connection) -> None:
    """Results are narrowed by language and cut into pages; bounds that make no sense are brought into sense."""
    english = query.said(held, language="en")
    assert {line.article.language for line in english} == {"en"}
    assert query.said(held, language="en", limit=1, offset=1) == english[1:2]
    assert query.said(held, limit=-5) == () and query.said(held, offset=2**70) == ()
    assert query.said(held, limit=2**70) == query.said(held)


def test_articles_are_found_by_what_people_have_at_hand(held: Connection, by_hand) -> None:
    """An id, its beginning, a path, its end, and a part of a title in any form each find the article."""
    reading = by_hand["pages/uk-pryberezhna.txt"]
    for what in (reading.article.id, reading.article.id[:7], reading.article.source, "uk-pryberezhna.txt", "міст через Лутинку"):
        assert [line.id for line in query.find_articles(held, what)] == [reading.article.id], what
    assert query.find_articles(held, "") == () and query.find_articles(held, "%") == ()


def test_an_article_comes_with_all_that_was_read(held: Connection, by_hand) -> None:
    """An article is shown with its reading, its speakers, and the story it tells."""
    reading = by_hand["pages/uk-pryberezhna.txt"]
    view = query.article(held, reading.article.id)
    assert view is not None and view.reading == reading and view.line.statements == len(reading.statements)
    assert set(view.actors) == {s.id for s in reading.statements if s.speaker}
    assert view.story is not None and reading.article.id in view.story.articles
    assert query.article(held, "0" * 16) is None


def test_a_story_is_a_table_of_utterances_by_outlet(held: Connection) -> None:
    """Each utterance of a story is quoted, paraphrased or absent in each outlet, those that most outlets tell first."""
    line = next(line for line in query.stories(held) if line.articles == 3)
    assert line.languages == ("bg", "en", "uk") and (line.first, line.last) == ("2031-04-02", "2031-04-03")
    view = query.story(held, line.story.id)
    assert view is not None
    assert {column.label for column in view.columns} == {"Вісник Залуччя", "The Lantern Review", "Дневен глас"}
    assert [cell.telling for cell in view.rows[0].cells] == ["paraphrased"] * 3
    assert sorted(cell.telling for cell in view.rows[1].cells) == ["absent", "quoted", "quoted"]
    assert all((cell.telling == "absent") == (not cell.reports) for row in view.rows for cell in row.cells)
    assert query.story(held, "nothing") is None


def test_an_utterance_shows_its_reports_side_by_side(held: Connection) -> None:
    """The reports of an utterance come in the order of publication, each with its article."""
    line = next(line for line in query.said(held, language="bg"))
    assert line.utterance is not None
    view = query.utterance(held, line.utterance)
    assert view is not None and len(view.reports) == 3
    days = [report.article.published or "" for report in view.reports]
    assert days == sorted(days)
    assert view.utterance.statements == tuple(report.statement.id for report in view.reports)
    assert query.utterance(held, "nothing") is None


def test_a_timeline_counts_days(held: Connection) -> None:
    """An actor's days are counted in order, and add up to what they said."""
    actor = query.actors(held, "Halan")[0]
    days = query.timeline(held, actor.actor.id)
    assert sum(number for _, number in days) == actor.statements and list(days) == sorted(days)
    assert query.actor(held, actor.actor.id) == actor and query.actor(held, "nobody") is None


def test_skipped_pages_and_outlets_are_listed(held: Connection) -> None:
    """Skipped pages are listed with their reason, outlets with how much they hold, and the counts agree."""
    assert {skipped.reason for skipped in query.skipped(held)} == {"binary", "failed"}
    assert [skipped.reason for skipped in query.skipped(held, reason="binary")] == ["binary"]
    counts = query.counts(held)
    assert counts.skipped == 2 and sum(counts.languages.values()) == counts.articles == sum(o.articles for o in query.outlets(held))
    assert sum(sum(o.skipped.values()) for o in query.outlets(held)) == 2
    label = query.outlets(held)[0].label
    assert {line.label for line in query.articles(held, outlet=label)} == {label}


def test_printed_json_is_what_the_design_says(held: Connection, by_hand) -> None:
    """A page and the groups are printed with the fields that other programs read."""
    reading = by_hand["pages/uk-pryberezhna.txt"]
    page = json.loads(export.page_json(reading))
    assert list(page) == ["id", "source", "url", "language", "published", "title", "outlet", "via", "blocks", "statements"]
    assert list(page["statements"][0]) == [
        "id", "kind", "where", "content", "quoted", "cue", "speaker", "said", "place", "occasion", "to", "figures", "inside",
        "confidence", "rule",
    ]  # fmt: skip
    assert page["statements"][0]["content"] == [list(span) for span in reading.statements[0].content]
    groups = json.loads(export.stories_json(held))
    assert sorted(source for story in groups["stories"] for source in story["articles"]) == sorted(by_hand)
    told = [statement for utterance in groups["utterances"] for statement in utterance["statements"]]
    assert sorted(told) == sorted({s.id for r in by_hand.values() for s in r.statements})


def test_highlights_and_excerpts_point_at_the_words() -> None:
    """What is highlighted is the word in the form that stands there; the excerpt holds the place with most of them."""
    text = "Опора. " * 100 + "Рух мостом відновлять восени, сказав інженер. " + "Кінець. " * 100
    start, end = excerpt(text, "міст мости інженера")
    marked = [text[a:b] for a, b in highlights(text, "мости інженера")]
    assert marked == ["мостом", "інженер"] and "мостом" in text[start:end] and "інженер" in text[start:end] and end - start < 600


def test_queries_are_quoted() -> None:
    """Nothing that is typed reaches the full-text index as an operator."""
    assert match_query('NOT x OR "a b" col:y*') == 'words : "a b" AND stems : "not" AND stems : "or" AND stems : "col"'
    assert match_query("«»—!") is None


@pytest.mark.parametrize(("typed", "name"), [("Shevchuk", "Олег Шевчук"), ("Шевчуку", "Олег Шевчук"), ("Scholten", "Шолтен")])
def test_spellings_that_are_alike(typed: str, name: str) -> None:
    """A name is like its other spellings."""
    assert alike(typed, name) > 0


@pytest.mark.parametrize(("typed", "name"), [("Rod", "Рита"), ("Олег Бук", "Олег Шевчук"), ("", "Олег")])
def test_spellings_that_are_not_alike(typed: str, name: str) -> None:
    """A name is not like another one that shares a sound or a given name."""
    assert alike(typed, name) == 0
