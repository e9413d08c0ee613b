"""The second pass: stories, actors and utterances come out of stored readings, batch by batch."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Iterator

import msgspec
import pytest

from onrecord import corpus
from onrecord.records import Article, Block, Mention, Reading, Speaker, Statement, digest
from onrecord.store import query, write
from onrecord.store.open import Store, open_store


def reading(source: str, language: str, published: str, *said: tuple[str, str, str | None], outlet: str | None = None, prose: str = "") -> Reading:
    """An article that is its statements: speaker, words, office."""
    text, statements, mentions = prose + "\n", [], []
    article = digest(source, *(words for _, words, _ in said))
    for name, words, role in said:
        start = len(text) + len(name) + 2
        mentions.append(Mention(len(text), len(text) + len(name), "name", "person", name))
        text += f"{name}: {words}\n"
        speaker = Speaker(name, mention=(mentions[-1].start, mentions[-1].end), role=role)
        span = (start, start + len(words))
        statements.append(Statement(digest(article, str(span)), "indirect", "body", (span,), (), None, speaker, "test", 1.0))
    blocks = (Block(0, len(text), "body"),)
    return Reading(Article(article, source, text, language, blocks, published=published, outlet=outlet), (), tuple(mentions), tuple(statements))


PORT_UK = "Порт Залуччя прийняв перший контейнер після ремонту терміналу; у ремонт вклали 840 мільйонів гривень, працює 1250 докерів."
PORT_BG = "Пристанището Порт Залучия прие първия контейнер след ремонта на терминала; в ремонта са вложени 840 милиона гривни, работят 1250 докери."
UK = reading(
    "uk.txt", "uk", "2031-02-03",
    ("Ігор Галан", "термінал порту прийматиме двісті контейнерів на добу", "мер Залуччя"),
    ("Галан", "докери отримають нові контракти до квітня", None),
    ("мер Залуччя", "другий термінал порту будувати не планують", "мер Залуччя"),
    ("Олена Дуб", "екологи перевірять воду біля терміналу", "речниця порту"), outlet="Маяк", prose=PORT_UK,
)  # fmt: skip
BG = reading(
    "bg.txt", "bg", "2031-02-04",
    ("Игор Галан", "терминалът на порта ще приема двеста контейнера на денонощие", "кмет на Залучия"),
    ("Елена Дуб", "еколозите ще проверят водата край терминала", "говорителка на порта"), outlet="Фар", prose=PORT_BG,
)  # fmt: skip
OTHER = reading(
    "other.txt", "uk", "2031-02-03",
    ("Ігор Галан", "школи Залуччя перейдуть на дистанційне навчання через грип", "мер Залуччя"),
    ("Петро Галан", "у лікарнях бракує ліжок для хворих на грип дітей", "лікар"), outlet="Маяк",
    prose="У школах міста карантин через грип, захворіли 312 учнів.",
)  # fmt: skip
ALL = (UK, BG, OTHER)


@pytest.fixture
def store(tmp_path: pathlib.Path) -> Iterator[Store]:
    """An empty store of its own."""
    with open_store(tmp_path / "record.sqlite") as opened:
        yield opened


def add(store: Store, readings: Iterable[Reading]) -> None:
    with store.writing() as connection:
        corpus.update(connection, write.add(connection, readings).articles)


def stories(store: Store) -> set[frozenset[str]]:
    with store.reading() as connection:
        sources = {line.id: line.source for line in query.articles(connection)}
        return {frozenset(sources[article] for article in line.story.articles) for line in query.stories(connection)}


def speakers(store: Store) -> dict[str, int]:
    """How many statements each name of an actor's stands for."""
    with store.reading() as connection:
        return {line.actor.name: line.statements for line in query.actors(connection)}


@pytest.mark.parametrize("batches", [[ALL], [[one] for one in ALL], [[one] for one in reversed(ALL)], [[UK, OTHER], [BG]]])
def test_stories_are_the_same_however_pages_come(store: Store, batches: list[list[Reading]]) -> None:
    """Two outlets on one event are a story, the same man elsewhere is another one, whether pages come at once or one by one."""
    for batch in batches:
        add(store, batch)
    assert stories(store) == {frozenset({"uk.txt", "bg.txt"}), frozenset({"other.txt"})}


@pytest.mark.parametrize("batches", [[ALL], [[one] for one in ALL], [[one] for one in reversed(ALL)]])
def test_speakers_are_known_across_alphabets(store: Store, batches: list[list[Reading]]) -> None:
    """A man named in full, by surname, by office and in another alphabet is one actor; his namesake by surname is another."""
    for batch in batches:
        add(store, batch)
    with store.reading() as connection:
        (mayor,) = [line for line in query.actors(connection, "Галан") if "Ігор Галан" in line.actor.names]
        assert mayor.statements == 5 and set(mayor.actor.names) == {"Ігор Галан", "Игор Галан"}
        assert set(mayor.actor.roles) == {"мер Залуччя", "кмет на Залучия"}
        assert [line.statements for line in query.actors(connection, "Петро Галан")] == [1]
        assert sum(line.statements for line in query.actors(connection)) == 8


def test_utterances_cross_languages(store: Store) -> None:
    """The same words in two outlets are one utterance with two reports; other words stand alone."""
    add(store, ALL)
    with store.reading() as connection:
        lines = query.said(connection, "Галан", language="bg")
        view = query.utterance(connection, lines[0].utterance or "")
        assert view is not None and [report.article.source for report in view.reports] == ["uk.txt", "bg.txt"]
        told = query.story(connection, lines[0].story or "")
        assert told is not None and sorted(len([c for c in row.cells if c.reports]) for row in told.rows) == [1, 1, 2, 2]


def test_a_second_run_changes_no_id(store: Store) -> None:
    """Adding the same pages again, or a better reading of them, leaves stories, actors and utterances with their ids."""

    def ids() -> tuple[object, ...]:
        with store.reading() as connection:
            return (
                {line.story.id for line in query.stories(connection)}, {line.actor.id for line in query.actors(connection)},
                {line.statement.id: line.utterance for line in query.said(connection)},
            )  # fmt: skip

    add(store, ALL)
    before = ids()
    add(store, ALL)
    assert ids() == before
    better = Reading(
        UK.article,
        (),
        UK.mentions,
        tuple(msgspec.structs.replace(s, confidence=0.5) for s in UK.statements),
    )
    add(store, [better])
    assert ids() == before


def test_what_is_gone_leaves_no_empty_groups(store: Store) -> None:
    """When a page changes, stories, actors and utterances that only it held are gone."""
    add(store, ALL)
    add(store, [reading("other.txt", "uk", "2031-02-03", ("Ганна Ліс", "виставку продовжено до неділі", None))])
    assert "Петро Галан" not in speakers(store) and speakers(store)["Ганна Ліс"] == 1
    with store.reading() as connection:
        counts = query.counts(connection)
        assert counts.stories == 2
        assert counts.utterances == len({line.utterance for line in query.said(connection)})
