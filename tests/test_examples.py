"""The examples against their gold readings.

Measured with the fast reader when the floors were set (15 pages, 147 required statements), F1:

                  all     uk      bg      en
    found         0.883   0.911   0.957   0.779
    attributed    0.648   0.752   0.745   0.442
    junk          0.923   0.918   0.938   0.913
    stories       0.857   pairs; all that belong together do, the follow-up of the next day is taken in, too
    utterances    0.139   pairs; 5 of 67, none of them wrong: the first likeness sees little between these languages

The floors lie a little below, so that they tell of a loss and not of a hair's breadth.
"""

from __future__ import annotations

import itertools
import json
import pathlib
from collections.abc import Iterable

import msgspec
import pytest

from onrecord.evaluation import Evaluation, GoldArticle, GoldPerson, GoldSpeaker, GoldStatement, evaluate, match, ratio
from onrecord.knowledge.marks import MarkedArticle, mention_of, read_article
from onrecord.pipeline import read_page
from onrecord.records import ARTICLE_ROLES, Page, Reading, Span, Statement
from onrecord.runners.local import add_pages
from onrecord.sources.inputs import pages
from onrecord.store.export import stories_json
from onrecord.store.open import open_store

EXAMPLES = pathlib.Path(__file__).parent.parent / "examples"
GOLD_FOLDER = pathlib.Path(__file__).parent / "examples_gold"
NAMES = sorted(path.name for path in EXAMPLES.glob("*.txt"))

FOUND_FLOOR = 0.86
ATTRIBUTED_FLOOR = 0.62
JUNK_FLOOR = 0.9  # what was asked for, not what was measured
STORIES_FLOOR = 0.8
UTTERANCES_FLOOR = 0.1

Said = tuple[str, int]  # a statement by its page and the number of its marks
Pairs = set[frozenset[object]]


class Links(msgspec.Struct, frozen=True):
    """Which pages tell one story, and which statements report the same words; pairs of `maybe` are neither missed nor wrong."""

    about: str
    stories: tuple[tuple[str, ...], ...]
    utterances: tuple[tuple[Said, ...], ...]
    maybe: tuple[tuple[Said, Said], ...]


@pytest.fixture(scope="module")
def marked() -> dict[str, MarkedArticle]:
    """The gold readings by page."""
    return {name: read_article((GOLD_FOLDER / name).read_text(encoding="utf-8"), where=name) for name in NAMES}


@pytest.fixture(scope="module")
def links() -> Links:
    """The gold stories and utterances."""
    return msgspec.json.decode((GOLD_FOLDER / "links.json").read_bytes(), type=Links)


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    """Every page as the pipeline reads it."""
    outcomes = {name: read_page(Page(name, (EXAMPLES / name).read_text(encoding="utf-8"))) for name in NAMES}
    return {name: outcome for name, outcome in outcomes.items() if isinstance(outcome, Reading)}


@pytest.fixture(scope="module")
def evaluation(marked: dict[str, MarkedArticle], readings: dict[str, Reading]) -> Evaluation:
    """The readings scored against the gold."""
    return evaluate((as_gold(name, article) for name, article in marked.items()), readings.values())


def as_gold(name: str, article: MarkedArticle) -> GoldArticle:
    """A marked page in the form that scores are taken of; statements go by the number of their marks."""
    return GoldArticle(
        document=name,
        language=article.header["language"],
        published=article.header.get("published"),
        junk=tuple((block.start, block.end) for block in article.blocks if block.role not in ARTICLE_ROLES),
        people=tuple(GoldPerson(entity.id, entity.names) for entity in article.entities.values()),
        statements=tuple(
            GoldStatement(str(s.number), s.kind, s.content, GoldSpeaker(s.speaker, mention_of(article.marked, s)), s.optional, s.required)
            for s in article.marked.statements
        ),
        text=article.marked.text,
    )


def pairs_of(groups: Iterable[Iterable[object]]) -> Pairs:
    """Every two members of one group."""
    return {frozenset(pair) for group in groups for pair in itertools.combinations(set(group), 2)}


def numbered(article: GoldArticle, statements: tuple[Statement, ...]) -> dict[str, Said]:
    """The gold statement that each found one is, by its id; a found one that is none is left out."""
    return {statements[taken].id: (article.document, int(article.statements[index].id)) for index, (taken, _) in match(article, statements).items()}


def spans_of(statement: Statement) -> tuple[Span, ...]:
    """All spans of a statement into the page."""
    mention = statement.speaker.mention if statement.speaker else None
    single = (statement.cue, statement.place, statement.occasion, statement.to, mention)
    return (*statement.content, *statement.quoted, *(span for span in single if span), *(figure.span for figure in statement.figures))


def test_every_page_has_a_gold_reading() -> None:
    """Pages and gold readings go by the same names, five pages in each of three languages."""
    assert sorted(path.name for path in GOLD_FOLDER.glob("*.txt")) == NAMES
    assert {code: sum(name.endswith(f".{code}.txt") for name in NAMES) for code in ("uk", "bg", "en")} == {"uk": 5, "bg": 5, "en": 5}


@pytest.mark.parametrize("name", NAMES)
def test_gold_without_its_marks_is_the_page(name: str, marked: dict[str, MarkedArticle]) -> None:
    """The marked text differs from the page by its marks alone, character for character."""
    assert marked[name].marked.text == (EXAMPLES / name).read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_page_is_read_with_language_time_and_title(name: str, marked: dict[str, MarkedArticle], readings: dict[str, Reading]) -> None:
    """Every page is read, in its language, with its publication time and its headline."""
    article, header = readings[name].article, marked[name].header
    assert (article.language, article.published, article.title) == (header["language"], header["published"], header["title"])


@pytest.mark.parametrize("name", NAMES)
def test_spans_lie_inside_the_page(name: str, readings: dict[str, Reading]) -> None:
    """Every span of every statement is a stretch of the page that is not empty."""
    reading = readings[name]
    for statement in reading.statements:
        assert statement.content
        assert all(0 <= start < end <= len(reading.article.text) for start, end in spans_of(statement))


def test_junk_is_told_from_the_article(evaluation: Evaluation) -> None:
    """What is no part of the articles is found, by characters."""
    assert evaluation.scores["all"].junk.f1 >= JUNK_FLOOR


def test_statements_are_found(evaluation: Evaluation) -> None:
    """Statements are found, whoever they are given to."""
    assert evaluation.scores["all"].found.f1 >= FOUND_FLOOR, [f for f in evaluation.faults if f.what in ("missed", "spurious")]


def test_statements_are_given_to_their_speakers(evaluation: Evaluation) -> None:
    """Statements are found and given to the right speaker."""
    assert evaluation.scores["all"].attributed.f1 >= ATTRIBUTED_FLOOR, [f for f in evaluation.faults if f.what == "speaker"]


def test_links_name_pages_and_statements_that_exist(links: Links, marked: dict[str, MarkedArticle]) -> None:
    """Each page is of one story, each statement of one utterance at most, and all of them exist."""
    assert sorted(itertools.chain(*links.stories)) == NAMES
    known = {(name, statement.number) for name, article in marked.items() for statement in article.marked.statements}
    linked = list(itertools.chain(*links.utterances))
    assert len(linked) == len(set(linked))
    assert {*linked, *itertools.chain(*links.maybe)} <= known


@pytest.fixture(scope="module")
def second_pass(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, list[str]]]]:
    """Stories and utterances as exported, after the pages were added to a new store."""
    with open_store(tmp_path_factory.mktemp("examples") / "record.sqlite") as store:
        add_pages(store, pages([EXAMPLES / name for name in NAMES]))
        with store.reading() as connection:
            exported: dict[str, list[dict[str, list[str]]]] = json.loads(stories_json(connection))
    return exported


def test_stories_come_together(second_pass: dict[str, list[dict[str, list[str]]]], links: Links) -> None:
    """Three outlets in three languages tell one story; another day of the same people is another story."""
    got = pairs_of([pathlib.PurePath(source).name for source in story["articles"]] for story in second_pass["stories"])
    want = pairs_of(links.stories)
    assert ratio(len(got & want), len(got), len(want)).f1 >= STORIES_FLOOR, got ^ want


def test_reports_of_the_same_words_come_together(second_pass: dict[str, list[dict[str, list[str]]]], links: Links, marked: dict[str, MarkedArticle]) -> None:
    """Statements that report the same words form one utterance, across outlets and languages."""
    held: dict[str, Said] = {}
    for name, article in marked.items():
        outcome = read_page(Page((EXAMPLES / name).as_posix(), article.marked.text))
        assert isinstance(outcome, Reading)
        held |= numbered(as_gold(name, article), outcome.statements)
    got = pairs_of([held[id] for id in utterance["statements"] if id in held] for utterance in second_pass["utterances"])
    want, maybe = pairs_of(links.utterances), pairs_of(links.maybe)
    got -= maybe - want
    assert got
    assert ratio(len(got & want), len(got), len(want)).f1 >= UTTERANCES_FLOOR, got ^ want
