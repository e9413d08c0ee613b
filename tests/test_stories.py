"""Articles into stories over a store: in any order, copies, follow-ups, bad input, runs that die. The articles stand in tests/stories/."""

from __future__ import annotations

import importlib.util
import io
import pathlib
import random
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType

import msgspec
import numpy as np
import pytest
from rich.console import Console
from sqlalchemy import select

from onrecord import corpus, printing
from onrecord.records import Reading
from onrecord.runners.local import link_pages
from onrecord.settings import Settings
from onrecord.stages import cluster
from onrecord.stages.static import open_static
from onrecord.store import groups, query, tables, write
from onrecord.store.open import Store, open_store
from onrecord.store.payload import pack
from onrecord.store.records import StoryView
from onrecord.store.rows import reading

ROOT = pathlib.Path(__file__).parent.parent
FLOOR = 0.9  # B-cubed F1 of the cheap tier alone, a little below what was measured
SEED = 20320304


@pytest.fixture(scope="module")
def written() -> ModuleType:
    """benchmarks/stories.py, which reads the articles."""
    spec = importlib.util.spec_from_file_location("stories_script", ROOT / "benchmarks" / "stories.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def readings(written: ModuleType) -> list[Reading]:
    """The articles of the first file as they are read."""
    found: list[Reading] = written.read(written.read_written(ROOT / "tests" / "stories" / "first.txt"), Settings())
    return found


@pytest.fixture
def store(tmp_path: pathlib.Path) -> Iterator[Store]:
    """An empty store of its own."""
    with open_store(tmp_path / "record.sqlite") as opened:
        yield opened


def add(store: Store, readings: Iterable[Reading], settings: Settings = Settings()) -> None:
    with store.writing() as connection:
        corpus.update(connection, write.add(connection, readings).articles, settings)


def stories(store: Store) -> set[frozenset[str]]:
    with store.reading() as connection:
        sources = {line.id: line.source for line in query.articles(connection, limit=1000)}
        return {frozenset(sources[a] for a in line.story.articles) for line in query.stories(connection, limit=1000)}


def beginning(readings: Sequence[Reading], *names: str) -> list[Reading]:
    return [reading for reading in readings if reading.article.source.startswith(names)]


def changed(reading: Reading, **values: object) -> Reading:
    return msgspec.structs.replace(reading, article=msgspec.structs.replace(reading.article, **values))


def column(store: Store, wanted: str, name: str) -> dict[str, object]:
    """A column of stories or articles, by the source of their articles."""
    held, told = tables.stories.c, tables.articles.c
    with store.reading() as connection:
        asked = select(told.source, tables.metadata.tables[wanted].c[name])
        return {source: value for source, value in connection.execute(asked.outerjoin_from(tables.articles, tables.stories, told.story == held.id))}


def view(store: Store, source: str) -> StoryView:
    """The story that an article tells."""
    with store.reading() as connection:
        (story,) = (line.story for line in query.stories(connection, limit=1000) if column(store, "articles", "story")[source] == line.story.id)
        found = query.story(connection, story.id)
    assert found is not None
    return found


def shown(told: StoryView) -> str:
    """What the command line prints of a story."""
    console = Console(width=200, file=io.StringIO())
    console.print(*printing.story(told), sep="\n")
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_stories_are_found(store: Store, readings: list[Reading], written: ModuleType) -> None:
    """Reports of one event in several languages are one story; the same people on another day, and the like elsewhere, are others."""
    add(store, readings)
    wanted = {reading.article.source: reading.article.source.split("-")[0] for reading in readings}
    figures = written.bcubed(written.stories_of(store), wanted)
    assert figures.f1 >= FLOOR, figures


@pytest.mark.parametrize("size", [1, 5])
def test_any_order_makes_the_same_stories(tmp_path: pathlib.Path, readings: list[Reading], size: int) -> None:
    """Whatever order and batches articles come in, the same set makes the same stories."""
    some = beginning(readings, "s01", "s02", "s04", "s12")
    shuffled = random.Random(SEED + size).sample(some, len(some))
    with open_store(tmp_path / "batches.sqlite") as store, open_store(tmp_path / "whole.sqlite") as whole:
        for at in range(0, len(shuffled), size):
            add(store, shuffled[at : at + size])
        add(whole, some)
        assert stories(store) == stories(whole)


def test_a_store_of_before_goes_on(tmp_path: pathlib.Path, readings: list[Reading]) -> None:
    """Articles of which an earlier version has kept the words themselves are compared like any others."""
    some = beginning(readings, "s01", "s02", "s12")
    weigh = open_static().weigh
    with open_store(tmp_path / "old.sqlite") as store, open_store(tmp_path / "whole.sqlite") as whole:
        add(store, some[::2])
        with store.writing() as connection:
            told = {row: cluster.told(reading(connection, row), weigh) for row in connection.scalars(select(tables.articles.c.row))}
            groups.put_told(connection, {row: pack(item) for row, item in told.items()})
        add(store, some[1::2])
        add(whole, some)
        assert stories(store) == stories(whole)


def test_a_follow_up_points_back(store: Store, readings: list[Reading]) -> None:
    """What happens the day after is another story, which says from which one it goes on."""
    add(store, beginning(readings, "s01", "s02"))
    follows = column(store, "stories", "follows")
    story = column(store, "articles", "story")
    assert follows["s02-006.uk.txt"] == story["s01-000.uk.txt"] != story["s02-006.uk.txt"]
    assert follows["s01-000.uk.txt"] is None
    earlier, later = view(store, "s01-000.uk.txt"), view(store, "s02-006.uk.txt")
    assert later.before == earlier.line.story and later.line.story in earlier.after
    assert f"goes on in {later.line.story.title}" in shown(earlier)
    assert f"goes on from {earlier.line.story.title}" in shown(later)


def test_who_copied_whom(store: Store, readings: list[Reading]) -> None:
    """A text printed again points to the outlet that it credits."""
    add(store, beginning(readings, "s01"))
    original = column(store, "articles", "original")
    row = column(store, "articles", "row")
    assert original["s01-002.uk.txt"] == row["s01-000.uk.txt"]
    assert original["s01-000.uk.txt"] is None and original["s01-003.bg.txt"] is None
    told = view(store, "s01-000.uk.txt")
    ids = {line.source: line.id for outlet in told.columns for line in outlet.articles}
    assert {copy: line.source for copy, line in told.copies.items()} == {ids["s01-002.uk.txt"]: "s01-000.uk.txt"}
    assert f"{ids['s01-002.uk.txt']} (Вузол) copies {ids['s01-000.uk.txt']} (Обрій)" in shown(told)


def test_the_earlier_of_two_copies_is_the_first(store: Store, readings: list[Reading]) -> None:
    """Without a credit, the later page copies the earlier one; pages of one time are nobody's copies."""
    (page,) = beginning(readings, "s03-010")
    times = {"early.txt": "2032-03-04T08:00", "late.txt": "2032-03-04T09:30", "as-early.txt": "2032-03-04T08:00"}
    add(store, [changed(page, id=source, source=source, published=time, outlet=source) for source, time in times.items()])
    original, row = column(store, "articles", "original"), column(store, "articles", "row")
    assert original["early.txt"] is None and original["as-early.txt"] is None
    assert original["late.txt"] in (row["early.txt"], row["as-early.txt"])


def test_a_story_is_called_by_its_own_words(store: Store, readings: list[Reading]) -> None:
    """The title of a story is the headline of one of its articles."""
    add(store, beginning(readings, "s09"))
    with store.reading() as connection:
        (line,) = query.stories(connection)
    assert line.story.title in {reading.article.title for reading in readings}


@pytest.mark.slow
def test_a_thousand_copies_are_one_story(store: Store, readings: list[Reading]) -> None:
    """One text from a thousand pages is one story, and none is compared with all the others."""
    (page,) = beginning(readings, "s03-010")
    bare = msgspec.structs.replace(page, statements=())
    add(store, [changed(bare, id=f"{n}", source=f"{n}.txt", outlet=f"outlet {n}") for n in range(1000)])
    assert len(stories(store)) == 1
    with store.reading() as connection:
        assert connection.execute(select(tables.article_pairs.c.one)).first() is None


def test_the_same_text_years_later_is_another_story(store: Store, readings: list[Reading]) -> None:
    """A text printed again years later is its own story, and still a copy; undated and future pages are taken as they are."""
    (page,) = beginning(readings, "s03-010")
    days = {"now.txt": "2032-03-04", "later.txt": "2039-03-04", "undated.txt": None, "ahead.txt": "2999-12-31"}
    add(store, [changed(page, id=source, source=source, published=day) for source, day in days.items()])
    found = stories(store)
    assert all(len(members & {"now.txt", "later.txt", "ahead.txt"}) <= 1 for members in found)
    original, row = column(store, "articles", "original"), column(store, "articles", "row")
    assert original["later.txt"] == row["now.txt"]


class Dying:
    """A model that breaks after so many texts, for a run that dies in the middle."""

    name = "dying/1"
    left = 3

    def vectors(self, texts: Sequence[str], languages: Sequence[str]) -> np.ndarray:
        """The cheap vectors, while they last."""
        self.left -= len(texts)
        if self.left < 0:
            raise MemoryError("no more")
        return open_static().vectors(texts, languages)


class Living(Dying):
    """The same model in better health."""

    left = 10_000


def test_a_run_that_dies_leaves_whole_stories_and_the_next_one_finishes(tmp_path: pathlib.Path, readings: list[Reading]) -> None:
    """After a run that broke off, stories are as they were; the next one goes on with what it left and comes to the same end."""
    some, settings = beginning(readings, "s01", "s02", "s03"), Settings(encoder=f"{__name__}:Dying")
    with open_store(tmp_path / "dies.sqlite") as store:
        add(store, some[:1], Settings(encoder=f"{__name__}:Living"))
        with store.writing() as connection:
            write.add(connection, some)
        before = stories(store)
        with pytest.raises(MemoryError), store.writing() as connection:
            corpus.update(connection, groups.untold(connection), settings)
        assert stories(store) == before
        assert link_pages(store, Settings(encoder=f"{__name__}:Living")) == len(some) - 1
        finished = stories(store)
    with open_store(tmp_path / "whole.sqlite") as store:
        add(store, some, Settings(encoder=f"{__name__}:Living"))
        assert stories(store) == finished
