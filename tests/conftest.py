"""Readings built by hand out of marked text, and a store that holds them: what the tests of the doors walk through."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Callable, Iterator

import hypothesis
import pytest

from onrecord.knowledge.marks import MarkedArticle, mention_of, read_article
from onrecord.records import Article, Block, Mention, Reading, Skipped, Speaker, Statement, digest
from onrecord.store.open import Store

# No example is timed: the machine is shared. In CI the same examples every time, so that a red run is about the change.
hypothesis.settings.register_profile("onrecord", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.register_profile("quick", hypothesis.settings.get_profile("onrecord"), max_examples=25)  # for `make fast`
hypothesis.settings.load_profile("onrecord")

TYPES = {"per": "person", "org": "organization", "loc": "place", "grp": "group", "doc": "document"}

ARTICLES = {
    "pages/uk-pryberezhna.txt": """\
language: uk
published: 2031-04-02T10:15
outlet: Вісник Залуччя
title: Міст через Лутинку відкриють до зими
per halan m: Ігор Галан; Галан; Ihor Halan
per orest m: Орест Дуб; Дуб
---
@headline Міст через Лутинку відкриють до зими
@date 2 квітня 2031, 10:15
@lead [1 halan|Рух мостом відновлять не раніше листопада]. Про це <1|повідомив> {halan|мер Залуччя Ігор Галан}.
«[2 halan|Ми не обіцяємо дива. Опори треба міняти всі шість]», – <2|сказав> {halan|він}.
{orest|Інженер Орест Дуб} <3|запевняє>, що [3 orest|{halan|Галан} <4|обіцяв> йому [4 halan|12 мільйонів гривень до кінця року]].
@teaser Читайте також: У Залуччі подорожчав проїзд
""",
    "pages/en-bridge.txt": """\
language: en
published: 2031-04-02
outlet: The Lantern Review
title: Bridge will not reopen before November, mayor says
per halan m: Ihor Halan; Halan
---
@headline Bridge will not reopen before November, mayor says
@byline By our correspondent
The bridge over the Lutynka [1 halan|will not reopen before November], {halan|Ihor Halan}, the mayor of Zaluchia, <1|said> on Wednesday.
"[2 halan|We promise no miracles. All six piers must be replaced]," <2|said> {halan|Halan}.
@subscribe Enjoying this? Subscribe to our newsletter.
""",
    "pages/bg-most.txt": """\
language: bg
published: 2031-04-03
outlet: Дневен глас
title: Мостът остава затворен до ноември
per halan m: Игор Галан; Галан
---
@headline Мостът остава затворен до ноември
Кметът на Залучия {halan|Игор Галан} <1|заяви>, че [1 halan|мостът няма да бъде отворен преди ноември].
@footer Всички права запазени
""",
    "pages/en-hostile.txt": """\
language: en
published: 2031-05-01
outlet: <script>alert(1)</script>
title: A "title" with <b>tags</b> & ampersands
per eve f: Eve "Hacker" O'Neil
---
@headline A "title" with \\<b\\>tags\\</b\\> & ampersands
"[1 eve|\\<script\\>alert('said')\\</script\\> & so on]," <1|said> {eve|Eve "Hacker" O'Neil}.
""",
}
SKIPPED = (
    Skipped("pages/photo.jpg", "files", "binary"),
    Skipped("pages/broken.txt", "read", "failed", "Traceback (most recent call last):\nValueError: no"),
)
UK, EN, BG = "pages/uk-pryberezhna.txt", "pages/en-bridge.txt", "pages/bg-most.txt"
UTTERANCES = (((UK, 1), (EN, 1), (BG, 1)), ((UK, 2), (EN, 2)))  # the statements that report the same words, by source and number


def reading_of(source: str, marked: MarkedArticle) -> Reading:
    """The reading that a careful reader would make of a marked article."""
    text, header = marked.marked.text, marked.header
    article = Article(
        id=digest(source, text),
        source=source,
        text=text,
        language=header["language"],
        blocks=tuple(Block(b.start, b.end, b.role) for b in marked.blocks),
        url=f"https://example.org/{source}",
        title=header["title"],
        published=header["published"],
        outlet=header["outlet"],
    )
    chains = {entity: number for number, entity in enumerate(marked.entities)}
    mentions = []
    for mention in marked.marked.mentions:
        entity = marked.entities[mention.entity]
        chain = chains[entity.id]
        mentions.append(Mention(*mention.span, "name", TYPES[entity.type], entity.names[0], entity.gender, "sg", None, chain, "test"))
    ids = {s.number: digest(article.id, *(f"{a}-{b}" for a, b in s.content)) for s in marked.marked.statements}
    statements = []
    for s in marked.marked.statements:
        entity = marked.entities[s.speaker]
        first, last = s.content[0][0], s.content[-1][1]
        outer = [o for o in marked.marked.statements if o is not s and o.content[0][0] <= first and last <= o.content[-1][1]]
        statements.append(
            Statement(
                id=ids[s.number],
                kind=s.kind,
                where="body",
                content=s.content,
                quoted=s.content if s.kind == "direct" else (),
                cue=s.cue,
                speaker=Speaker(entity.names[0], entity.names[1:], mention_of(marked.marked, s), None, "person", entity.gender),
                rule=f"{article.language}/test",
                confidence=0.9,
                said=header["published"][:10],
                inside=ids[outer[0].number] if outer else None,
            )
        )
    return Reading(article, (), tuple(mentions), tuple(statements))


def readings() -> tuple[Reading, ...]:
    """Every article above as a reading."""
    return tuple(reading_of(source, read_article(text, where=source)) for source, text in ARTICLES.items())


@pytest.fixture(scope="session")
def by_hand() -> dict[str, Reading]:
    """The readings by source."""
    return {reading.article.source: reading for reading in readings()}


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory, by_hand: dict[str, Reading]) -> pathlib.Path:
    """A database that holds them; who reports what is also grouped by hand, so that the doors are tested apart from the second pass."""
    from onrecord import corpus
    from onrecord.store import groups, write
    from onrecord.store.open import open_store

    path = tmp_path_factory.mktemp("store") / "record.sqlite"
    with open_store(path) as store, store.writing() as connection:
        rows = write.add(connection, [*by_hand.values(), *SKIPPED]).articles
        corpus.update(connection, rows)
        held = groups.statements_of(connection, rows)
        ours = {(source, number): item for item in held for source, number in [number_of(by_hand, item.statement)]}
        actor = next(item.actor for item in held if item.statement.speaker and item.statement.speaker.name == "Ihor Halan")
        groups.put_stories(connection, {digest("bridge"): rows[:3], digest("hostile"): rows[3:]})
        told = {digest("utterance", *map(str, told[0])): [ours[key].row for key in told] for told in UTTERANCES}
        groups.put_utterances(connection, told, {utterance: actor for utterance in told}, dict.fromkeys(row for group in told.values() for row in group))
        groups.drop_empty(connection)
    return path


def number_of(readings: dict[str, Reading], statement: Statement) -> tuple[str, int]:
    """The source of a statement's article and its number there, from 1."""
    for source, reading in readings.items():
        for number, other in enumerate(reading.statements, 1):
            if other.id == statement.id:
                return source, number
    raise KeyError(statement.id)


def spoken(source: str, language: str, day: str, *said: tuple[str, str, str | None]) -> Reading:
    """An article that is its statements: speaker, words, office."""
    text, statements, mentions = "", [], []
    article = digest(source, *(words for _, words, _ in said))
    for name, words, role in said:
        mentions.append(Mention(len(text), len(text) + len(name), "name", "person", name, role=role, chain=len(mentions)))
        start = len(text) + len(name) + 2
        span = (start, start + len(words))
        text += f"{name}: {words}\n"
        speaker = Speaker(name, (), (mentions[-1].start, mentions[-1].end), role)
        statements.append(Statement(digest(article, str(span)), "indirect", "body", (span,), (), None, speaker, "test", 1.0))
    blocks = (Block(0, len(text), "body"),)
    return Reading(Article(article, source, text, language, blocks, published=day), (), tuple(mentions), tuple(statements))


@pytest.fixture(scope="session")
def spoken_page() -> Callable[..., Reading]:
    """Makes an article out of speakers, words and offices."""
    return spoken


@pytest.fixture
def record(tmp_path: pathlib.Path) -> Iterator[Store]:
    """A store of its own with a mayor in three alphabets, two people alike, an office and a half name that only their pages know."""
    from onrecord import corpus
    from onrecord.store import write
    from onrecord.store.open import open_store

    pages = (
        spoken("uk.txt", "uk", "2031-02-03", ("Ігор Галан", "міст відкриють до зими", "мер Залуччя"), ("Галан", "опори замінять усі шість", None)),
        spoken("en.txt", "en", "2031-03-04", ("Ihor Halan", "the bridge opens before winter", "mayor of Zaluchia")),
        spoken("bg.txt", "bg", "2031-04-05", ("Игор Галан", "мостът ще бъде отворен преди зимата", "кмет на Залучия")),
        spoken("other.txt", "uk", "2031-05-06", ("Галина Мур", "виставка триватиме до неділі", "директорка музею"), ("Ліс", "вхід вільний", None)),
    )
    with open_store(tmp_path / "judged.sqlite") as store:
        with store.writing() as connection:
            corpus.update(connection, write.add(connection, pages).articles)
        yield store
