"""How long one more article takes in a store of many: invented readings, storing and second pass, without the encoder.

    python benchmarks/many.py [--articles 100000] [--batch 200] [--tried 100] [--keep FILE] [--past 15]
    python benchmarks/many.py --same 1500

Each day has its events, each event a place, people, figures and words of a topic; most events are told once or twice, some by dozens, and some
go on for days. Words are those of `corpus/`, by language; people are many, a few of them in every other article, and bear names in two
alphabets, offices and half names. A seventh of the articles are copies that credit an agency. The store is filled in batches; then articles of
the last day are added one by one, and the middle and the worst time of storing one with its second pass are printed, in seconds of the processor,
since the machine may be busy, and the time that a fixed loop takes beside it, since machines differ. `--past 15` fills a sixteenth of the store
so, and the rest with the same articles moved back in time fifteen times inside the database (all but its full-text search): an hour less.
`--same` adds so many articles one by one in a shuffled order to one store and at once to another, and says whether the stories, actors and
utterances are the same.
"""

from __future__ import annotations

import argparse
import bisect
import datetime
import itertools
import pathlib
import random
import re
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import text as sql

from onrecord import corpus
from onrecord.knowledge.marks import read_article
from onrecord.records import Article, Block, Mention, Reading, Sentence, Span, Speaker, Statement, digest
from onrecord.store import tables, write
from onrecord.store.open import Store, open_store

CORPUS = pathlib.Path(__file__).parent.parent / "corpus"
LANGUAGES = ("en", "uk", "bg", "ru", "de", "pl")
CYRILLIC = ("uk", "bg", "ru")
MAYOR = {"en": "mayor of {}", "uk": "мер {}", "bg": "кмет на {}", "ru": "мэр {}", "de": "Bürgermeister von {}", "pl": "burmistrz {}"}
A_DAY = 800  # articles
PEOPLE, PLACES, TOPICS, TOPIC_WORDS = 20_000, 3000, 300, 150
LARGEST = 60  # articles of one event
COPIED, CONTINUED, CROSSING = 0.15, 0.3, 0.3  # shares: of articles, of events that go on, of events told in several languages
OUTLETS = 400
CONSONANTS = dict(zip("bcdfghklmnprstvz", "бкдфгхклмнпрствз", strict=True))
VOWELS = dict(zip("aeou", "аеоу", strict=True))


class Event(NamedTuple):
    """What happens: where, who speaks, the numbers of the words of its topic, the figures, what is said."""

    seed: int
    place: int
    people: tuple[int, ...]
    about: tuple[int, ...]
    figures: tuple[int, ...]
    languages: tuple[str, ...]


class Page(NamedTuple):
    """A text with what stands in it, as it is made."""

    language: str
    text: str
    mentions: tuple[Mention, ...]
    sentences: tuple[Sentence, ...]
    blocks: tuple[Block, ...]
    statements: tuple[tuple[Span, Speaker], ...]


def called(chance: random.Random, syllables: int) -> tuple[str, str]:
    """An invented word with a capital, in two alphabets."""
    latin = "".join(chance.choice("bcdfghklmnprstvz") + chance.choice("aeou") for _ in range(syllables)) + chance.choice("nrsk")
    return latin.title(), "".join({**CONSONANTS, **VOWELS}[letter] for letter in latin).title()


class World:
    """Invented people, places and events; articles out of them, the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        chance = random.Random(seed)
        self._people = [(called(chance, chance.choice((1, 2))), called(chance, chance.choice((2, 3)))) for _ in range(PEOPLE)]
        self._fame = list(itertools.accumulate(1 / (rank + 10) for rank in range(PEOPLE)))
        self._places = [called(chance, chance.choice((2, 3))) for _ in range(PLACES)]
        self._words = {language: _vocabulary(language) for language in LANGUAGES}
        self._topics = [[chance.random() for _ in range(TOPIC_WORDS)] for _ in range(TOPICS)]

    def articles(self, count: int) -> Iterator[Reading]:
        """So many articles, day by day."""
        number = 0
        recent: list[Event] = []
        for day in itertools.count():
            published = (datetime.date(2031, 1, 1) + datetime.timedelta(days=day)).isoformat()
            events, told = [], 0
            chance = random.Random(day)
            while told < A_DAY:
                event = self._event(chance, recent)
                events.append(event)
                size = min(LARGEST, int(chance.paretovariate(1.1)))
                told += size
                first: Page | None = None
                for _ in range(size):
                    if number >= count:
                        return
                    reading, page = self._article(number, event, published, first)
                    first = first or page
                    number += 1
                    yield reading
            recent = (events + recent)[:1000]

    def _event(self, chance: random.Random, recent: list[Event]) -> Event:
        languages = tuple(chance.sample(LANGUAGES, 3)) if chance.random() < CROSSING else (chance.choice(LANGUAGES),)
        if recent and chance.random() < CONTINUED:
            old = chance.choice(recent)
            about = tuple(chance.sample(old.about, 15)) + tuple(old.about[0] // TOPIC_WORDS * TOPIC_WORDS + chance.randrange(TOPIC_WORDS) for _ in range(15))
            return Event(chance.getrandbits(40), old.place, old.people, about, (old.figures[0], chance.randint(10, 999)), languages)
        people = tuple(bisect.bisect(self._fame, chance.random() * self._fame[-1]) for _ in range(3))
        topic = chance.randrange(TOPICS) * TOPIC_WORDS
        about = tuple(topic + chance.randrange(TOPIC_WORDS) for _ in range(30))
        figures = tuple(chance.randint(10, 9999) for _ in range(3))
        return Event(chance.getrandbits(40), chance.randrange(PLACES), people, about, figures, languages)

    def _article(self, number: int, event: Event, day: str, first: Page | None) -> tuple[Reading, Page]:
        chance = random.Random(-number - 1)
        outlet = chance.randrange(OUTLETS)
        copied = first if first and chance.random() < COPIED else None
        page = copied or self._page(chance, event, event.languages[number % len(event.languages)])
        text, blocks = page.text, page.blocks
        if copied:
            text = f"{copied.text}Outlet {chance.randrange(OUTLETS)}\n"
            blocks = (*blocks, Block(len(copied.text), len(text) - 1, "body"))
        article = digest(str(number))
        statements = tuple(
            Statement(digest(article, str(span)), "indirect", "body", (span,), (), None, speaker, "invented", 1.0) for span, speaker in page.statements
        )
        title = text[: text.index("\n")]
        made = Article(article, f"{number}.txt", text, page.language, blocks, title=title, published=f"{day}T{outlet % 24:02}:00", outlet=f"Outlet {outlet}")
        return Reading(made, page.sentences, page.mentions, statements), page

    def _page(self, chance: random.Random, event: Event, language: str) -> Page:
        at = int(language in CYRILLIC)
        place = self._places[event.place][at]
        usual, topic = self._words[language]
        words = [topic[int(self._topics[n // TOPIC_WORDS % TOPICS][n % TOPIC_WORDS] * len(topic))] for n in event.about]
        said = [self._said(event, turn, words, usual) for turn in range(4)]
        text = f"{' '.join(chance.sample(words, 4)).capitalize()} {place}\n"
        blocks, sentences = [Block(0, len(text) - 1, "headline")], [Sentence(0, len(text) - 1, "headline")]
        mentions: list[Mention] = []
        statements: list[tuple[Span, Speaker]] = []
        for turn in range(chance.randint(5, 8)):
            who = chance.randrange(len(event.people)) if turn else 0
            given, surname = (part[at] for part in self._people[event.people[who]])
            full = not any(mention.chain == who for mention in mentions)
            name = f"{given} {surname}" if full else surname
            role = MAYOR[language].format(self._places[event.people[who] % PLACES][at]) if full and event.people[who] % 3 == 0 else None
            begin = len(text)
            filler = " ".join(chance.sample(words, 8) + chance.sample(usual, 14))
            heard = " ".join(word for word in chance.choice(said) if chance.random() < 0.85)
            text += f"{place} {filler} {chance.choice(event.figures)}. " + (f"{role} " if role else "")
            mentions.append(Mention(len(text), len(text) + len(name), "name", "person", name, role=role, chain=who))
            text += f"{name}: "
            span = (len(text), len(text) + len(heard))
            text += f"{heard}.\n"
            sentences.append(Sentence(begin, len(text) - 1, "body"))
            blocks.append(Block(begin, len(text) - 1, "body"))
            if turn % 2 == 0:
                statements.append((span, Speaker(name, mention=(mentions[-1].start, mentions[-1].end), role=role)))
        return Page(language, text, tuple(mentions), tuple(sentences), tuple(blocks), tuple(statements))

    @staticmethod
    def _said(event: Event, turn: int, words: list[str], usual: list[str]) -> list[str]:
        chance = random.Random(event.seed + turn)
        return chance.sample(words, 8) + chance.sample(usual, 8)


def _vocabulary(language: str) -> tuple[list[str], list[str]]:
    """Words of the corpus in a language: those that are common, and those that say something."""
    counts: Counter[str] = Counter()
    for file in sorted((CORPUS / language).glob("*.txt")):
        counts.update(re.findall(r"[^\W\d_]{4,}", read_article(file.read_text(encoding="utf-8"), where=str(file)).marked.text.lower()))
    ordered = [word for word, _ in counts.most_common()]
    return ordered[:400], ordered[400:]


def milliseconds(store: Store, readings: list[Reading]) -> list[float]:
    """How long storing each with its second pass takes, one by one."""
    found = []
    for reading in readings:
        started = time.process_time()
        add(store, [reading])
        found.append(1000 * (time.process_time() - started))
    return found


def add(store: Store, readings: list[Reading]) -> None:
    """Store readings with their second pass, as `runners.local` does."""
    with store.writing() as connection:
        added = write.add(connection, readings)
        corpus.update(connection, added.articles, read=added.readings)


def loop_ms() -> float:
    """How long a fixed loop takes on this machine at this moment: 100 ms on a usual one."""
    started, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number & 7
    return 1000 * (time.process_time() - started)


def groups(store: Store) -> dict[str, set[frozenset[str]]]:
    """What belongs together in a store, whatever its ids: stories by their pages, actors and utterances by their statements."""
    asked = {
        "stories": "SELECT story, source FROM articles",
        "actors": "SELECT actor, id FROM statements",
        "utterances": "SELECT utterance, id FROM statements",
    }
    found = {}
    with store.reading() as connection:
        for what, query in asked.items():
            members: dict[str, set[str]] = {}
            for group, member in connection.execute(sql(query)):
                members.setdefault(group, set()).add(member)
            found[what] = set(map(frozenset, members.values()))
    return found


def same(count: int, batch: int) -> None:
    """Print whether the same articles make the same groups at once and one by one in another order."""
    articles = list(World().articles(count))
    shuffled = random.Random(count).sample(articles, count)
    with tempfile.TemporaryDirectory() as folder:
        stores = []
        for name, size, listed in (("batch", batch, articles), ("one", 1, shuffled)):
            store = open_store(pathlib.Path(folder) / f"{name}.sqlite")
            started = time.process_time()
            for at in range(0, count, size):
                add(store, listed[at : at + size])
            print(f"{count:,} articles in batches of {size}: {time.process_time() - started:.0f} s")
            stores.append(store)
        whole, single = map(groups, stores)
        for what in whole:
            differ = whole[what] ^ single[what]
            print(f"{what}: {len(whole[what])}, " + ("the same" if not differ else f"{len(whole[what] - single[what])} of them DIFFER"))
        for store in stores:
            store.close()


def put_back(store: Store, times: int) -> None:
    """Copy all that is on record to earlier days, so many times: other articles, stories and utterances of the same people."""
    with store.reading() as connection:
        rows = {name: connection.execute(sql(f'SELECT max("row") FROM {name}')).scalar() or 0 for name in ("articles", "statements", "titles")}
        first, last = connection.execute(sql("SELECT min(day), max(day) FROM article_keys WHERE day > 0")).one()
    for time_ in range(1, times + 1):
        with store.writing() as connection:
            connection.execute(sql("PRAGMA cache_size = -300000"))
            back, number, also = time_ * (last - first + 40), {name: time_ * most for name, most in rows.items()}, f"|| '-{time_}'"

            def day(column: str, back: int = back) -> str:
                return f"date(substr({column}, 1, 10), '-{back} days') || substr({column}, 11)"

            article = f"article + {number['articles']}"
            old = f'"row" <= {rows["articles"]}'
            said = f'"row" <= {rows["statements"]}'
            inside = f"article <= {rows['articles']}"
            copied = (
                ("stories", "id NOT LIKE '%-%'", {"id": f"id {also}", "day": day("day"), "follows": f"follows {also}"}),
                ("utterances", "id NOT LIKE '%-%'", {"id": f"id {also}"}),
                ("articles", old, {"row": f'"row" + {number["articles"]}', "id": f"id {also}", "source": f"source {also}", "published": day("published"),
                                   "story": f"story {also}", "original": f"original + {number['articles']}"}),
                ("blocks", inside, {"article": article}),
                ("mentions", inside, {"article": article}),
                ("statements", said, {"row": f'"row" + {number["statements"]}', "id": f"id {also}", "article": article, "day": day("day"),
                                      "utterance": f"utterance {also}"}),
                ("article_keys", inside, {"key": f"CASE WHEN key LIKE 'copy %' OR key LIKE 'text %' THEN key {also} ELSE key END",
                                          "day": f"CASE day WHEN 0 THEN 0 ELSE day - {back} END", "article": article}),
                ("article_pairs", f"one <= {rows['articles']}", {"one": f"one + {number['articles']}", "other": f"other + {number['articles']}"}),
                ("statement_keys", f"statement <= {rows['statements']}", {"key": f"key {also}", "statement": f"statement + {number['statements']}"}),
                ("outlet_lines", inside, {"article": article}),
                ("titles", f'"row" <= {rows["titles"]}', {"row": f'"row" + {number["titles"]}', "since": day("since"), "until": day("until"),
                                                          "article": article}),
            )  # fmt: skip
            for table, which, other in copied:
                columns = [column.name for column in tables.metadata.tables[table].columns]
                values = ", ".join(other.get(name, f'"{name}"') for name in columns)
                names = ", ".join(f'"{name}"' for name in columns)
                connection.execute(sql(f"INSERT INTO {table}({names}) SELECT {values} FROM {table} WHERE {which}".replace(":", "\\:")))
            connection.execute(sql("DELETE FROM loosened"))


def many(count: int, batch: int, tried: int, path: pathlib.Path, past: int) -> None:
    """Fill a store, then add some more, one by one."""
    wanted, count = count, count // (past + 1)
    articles = World().articles(count + 2 * tried)
    with open_store(path) as store:
        with store.reading() as connection:
            held = connection.execute(sql("SELECT count(*) FROM articles")).scalar() or 0
        started, at = time.process_time(), 0
        while at < count and (batch_ := list(itertools.islice(articles, min(batch, count - at)))):
            at += len(batch_)
            if at > held:
                add(store, batch_)
                if at % 5000 < batch:
                    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
                    print(f"{at:7,} articles, {time.process_time() - started:6.0f} s, {memory:.0f} MB", flush=True)
        if held < wanted // 2 and past:
            put_back(store, past)
        more = list(articles)
        milliseconds(store, more[:tried])
        full = milliseconds(store, more[tried:])
    print(f"one more article in {wanted:,}: middle {statistics.median(full):.0f} ms, worst {max(full):.0f} ms of {tried}; the loop {loop_ms():.0f} ms")


def main() -> None:
    """What the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=200)
    parser.add_argument("--tried", type=int, default=100)
    parser.add_argument("--past", type=int, default=0, help="how often what was filled is moved back in time (default 0: every article is added)")
    parser.add_argument("--same", type=int, help="compare one by one with all at once over so many articles instead")
    parser.add_argument("--keep", type=pathlib.Path, help="a store that is kept, and gone on with where it is there")
    chosen = parser.parse_args()
    if chosen.same:
        same(chosen.same, chosen.batch)
        return
    with tempfile.TemporaryDirectory() as folder:
        many(chosen.articles, chosen.batch, chosen.tried, chosen.keep or pathlib.Path(folder) / "many.sqlite", chosen.past)


if __name__ == "__main__":
    main()
