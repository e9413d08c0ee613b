"""What a whole outlet repeats is learned, hidden on the next run, and never forgotten or taken from a story."""

from __future__ import annotations

import msgspec

from onrecord.pipeline import read_page
from onrecord.records import Page, Reading
from onrecord.runners.local import add_pages
from onrecord.settings import Settings
from onrecord.store import lines, query, write
from onrecord.store.open import Store, open_store

CALL = "Вісті громади: разом до нової весни"
STORIES = ("міст через Горинку закриють на ремонт", "школу в Залуччі відкриють у вересні", "ціна хліба зросла до сорока гривень",
           "потяг до моря піде двічі на день", "бібліотека отримала тисячу книжок", "лікарня шукає п'ятьох хірургів")  # fmt: skip


def page(number: int, story: str, *, outlet: str = "visti.example", day: int | None = None, extra: str = CALL) -> Page:
    """A page of an outlet, published on a day of its own unless one is given."""
    text = f"Новина: {story}\n\n{1 + (number if day is None else day):02d}.03.2031 09:00\n\n{extra}\n\nЗа словами речника, {story}, і це остаточно.\n"
    return Page(f"{outlet}/{number}.txt", text, url=f"https://{outlet}/{number}")


def add(store: Store, pages: list[Page]) -> frozenset[str]:
    """The lines that are taken for the outlet's after the pages were added."""
    add_pages(store, pages)
    with store.reading() as connection:
        return lines.repeated(connection)


def test_a_line_of_many_days_and_stories_is_hidden_on_the_next_run(tmp_path) -> None:
    """A run counts, the next one hides where it reads; pages that were read are read again when that is asked for; nothing is forgotten by hiding."""
    pages = [page(number, story) for number, story in enumerate(STORIES)]
    with open_store(tmp_path / "db.sqlite") as store:
        learned = add(store, pages)
        assert len(learned) == 1
        assert add_pages(store, pages).unchanged == 6
        again = add_pages(store, pages, again=True)
        assert (again.changed, again.unchanged) == (6, 0)
        with store.reading() as connection:
            view = query.article(connection, query.articles(connection)[0].id)
            assert lines.repeated(connection) == learned
        assert view is not None
        article = view.reading.article
        hidden = [block for block in article.blocks if article.text[block.start : block.end] == CALL]
        assert [(block.role, block.rule) for block in hidden] == [("navigation", "outlet-repeats")]
        assert add_pages(store, pages).unchanged == 6


def test_a_line_that_an_outlet_has_outgrown_is_its_own_no_longer(tmp_path) -> None:
    """Where a line is met again among so many articles without it that it is not in one of twenty, it is forgotten."""
    replace = msgspec.structs.replace
    with open_store(tmp_path / "db.sqlite") as store:
        learned = add(store, [page(number, story) for number, story in enumerate(STORIES)])
        plain, last = (read_page(page(7, "у місті відкрили новий ринок", extra=extra)) for extra in ("Торгують там щодня.", CALL))
        assert isinstance(plain, Reading) and isinstance(last, Reading)
        others = [replace(plain, article=replace(plain.article, id=str(n), source=str(n))) for n in range(140)]
        with store.writing() as connection:
            lines.learn(connection, write.add(connection, others).articles)
            assert learned <= lines.repeated(connection)
            lines.learn(connection, write.add(connection, [last]).articles)
            assert not learned & lines.repeated(connection)


def test_a_story_in_many_outlets_hides_nothing(tmp_path) -> None:
    """A syndicated text stands in many outlets, on many days, but once in each."""
    with open_store(tmp_path / "db.sqlite") as store:
        assert not add(store, [page(number, STORIES[0], outlet=f"visti{number}.example") for number in range(8)])


def test_a_paragraph_of_one_story_is_not_hidden(tmp_path) -> None:
    """What an outlet repeats day after day about one event belongs to that event."""
    with open_store(tmp_path / "db.sqlite") as store:
        assert not add(store, [page(number, STORIES[0]) for number in range(8)])


def test_lines_of_one_day_are_not_hidden(tmp_path) -> None:
    """Six pages of one day do not show a habit."""
    with open_store(tmp_path / "db.sqlite") as store:
        assert not add(store, [page(number, story, day=3) for number, story in enumerate(STORIES)])


def test_reading_is_pure_and_takes_what_was_learned_from_the_settings(tmp_path) -> None:
    """The same page and settings give the same reading, and only the outlet whose line it is hides it."""
    with open_store(tmp_path / "db.sqlite") as store:
        learned = add(store, [page(number, story) for number, story in enumerate(STORIES)])
    for outlet, hidden in (("visti.example", True), ("novyny.example", False)):
        one = page(99, "у місті відкрили новий ринок", outlet=outlet)
        reading = read_page(one, Settings(repeated=tuple(learned)))
        assert isinstance(reading, Reading) and reading == read_page(one, Settings(repeated=tuple(learned)))
        assert ("outlet-repeats" in {block.rule for block in reading.article.blocks}) is hidden
