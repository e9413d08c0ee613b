"""How long one more article takes in a store of many: invented readings, the second pass without the encoder.

    python benchmarks/many.py [--articles 100000] [--batch 200]

Each day has its events, each event a place, people and figures out of invented words, each article tells one of them in words of its own. The
store is filled in batches; then articles are added one by one, and the middle time of the second pass over one is printed, with the time that an empty
store takes beside it, since the machine may be busy.
"""

from __future__ import annotations

import argparse
import datetime
import pathlib
import random
import statistics
import tempfile
import time
from collections.abc import Iterator

from onrecord import corpus
from onrecord.records import Article, Block, Mention, Reading, Sentence, Speaker, Statement, digest
from onrecord.store import write
from onrecord.store.open import Store, open_store

A_DAY = 400  # articles
TOLD_BY = 3  # articles that tell one event
PEOPLE, PLACES, WORDS = 3000, 800, 6000
SOUNDS = [consonant + vowel for consonant in "bdgklmnprstvz" for vowel in "aeo"]
TRIED = 30  # articles added one by one


def word(chance: random.Random, syllables: int) -> str:
    """An invented word."""
    return "".join(chance.choice(SOUNDS) for _ in range(syllables))


class World:
    """Invented people, places and words; articles out of them, the same for the same seed."""

    def __init__(self) -> None:
        self._chance = random.Random(7)
        self._people = [f"{word(self._chance, 2).title()} {word(self._chance, 3).title()}" for _ in range(PEOPLE)]
        self._places = [word(self._chance, 4).title() for _ in range(PLACES)]
        self._words = [word(self._chance, self._chance.randint(2, 4)) for _ in range(WORDS)]

    def articles(self, count: int) -> Iterator[Reading]:
        """So many articles, day by day."""
        first = datetime.date(2031, 1, 1)
        for number in range(count):
            event = random.Random(number // TOLD_BY)
            day = first + datetime.timedelta(days=number // A_DAY)
            yield self._article(number, event, day.isoformat())

    def _article(self, number: int, event: random.Random, day: str) -> Reading:
        chance = random.Random(-number - 1)
        people, place = event.sample(self._people, 2), event.choice(self._places)
        about = event.sample(self._words, 25)
        text = f"{event.choice(about).title()} in {place}\n"
        mentions, statements, sentences = [], [], [Sentence(0, len(text) - 1, "headline")]
        for turn in range(6):
            name = people[turn % 2]
            begin = len(text)
            said = " ".join(chance.sample(about, 8) + chance.sample(self._words, 6)) + f" {event.randint(10, 999)}"
            text += f"In {place} {name} said {said}.\n"
            at = text.index(name, begin)
            mentions.append(Mention(at, at + len(name), "name", "person", name))
            sentences.append(Sentence(begin, len(text) - 1, "body"))
            if turn < 2:
                span = (text.index(said, begin), text.index(said, begin) + len(said))
                speaker = Speaker(name, mention=(at, at + len(name)))
                statements.append(Statement(digest(str(number), str(turn)), "indirect", "body", (span,), (), None, speaker, "invented", 1.0))
        article = Article(digest(str(number)), f"{number}.txt", text, "en", (Block(0, len(text), "body"),), published=day, outlet=f"outlet {number % 40}")
        return Reading(article, tuple(sentences), tuple(mentions), tuple(statements))


def milliseconds(store: Store, readings: list[Reading]) -> list[float]:
    """How long the second pass over each takes, one by one."""
    found = []
    for reading in readings:
        with store.writing() as connection:
            rows = write.add(connection, [reading]).articles
            started = time.process_time()
            corpus.update(connection, rows)
            found.append(1000 * (time.process_time() - started))
    return found


def main() -> None:
    """Fill a store, then add some more, one by one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=200)
    chosen = parser.parse_args()
    articles = list(World().articles(chosen.articles + TRIED))
    with tempfile.TemporaryDirectory() as folder:
        with open_store(pathlib.Path(folder) / "few.sqlite") as few:
            milliseconds(few, articles[:TRIED])
            alone = milliseconds(few, articles[TRIED : 2 * TRIED])
        with open_store(pathlib.Path(folder) / "many.sqlite") as many:
            started = time.process_time()
            for at in range(0, chosen.articles, chosen.batch):
                with many.writing() as connection:
                    rows = write.add(connection, articles[at : min(at + chosen.batch, chosen.articles)]).articles
                    corpus.update(connection, rows)
                if at % 10_000 < chosen.batch:
                    print(f"{at:7,} articles, {time.process_time() - started:6.0f} s", flush=True)
            full = milliseconds(many, articles[chosen.articles :])
    print(f"one more article, middle of {TRIED}: {statistics.median(full):.0f} ms in {chosen.articles:,}, {statistics.median(alone):.0f} ms in {TRIED}")


if __name__ == "__main__":
    main()
