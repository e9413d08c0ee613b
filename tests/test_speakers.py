"""Who the speakers of statements are does not depend on the order or the batches in which pages come."""

from __future__ import annotations

import itertools
import pathlib
from collections.abc import Callable

import pytest
from sqlalchemy import text

from onrecord import Page, corpus, judging, read_page, speakers
from onrecord.errors import StoreError
from onrecord.records import Entity, Office, Reading
from onrecord.store import query, write
from onrecord.store.open import Store, open_store

SPELLINGS = (
    "Клаус Шольтен", "Klaus Scholten", "Клаус Шолтен", "Claus Scholtens", "Klaas Schulten", "Клас Шультен", "Klaus Schalten",
    "Emma Harper", "Емма Гарпер", "Ема Харпър", "Emma Hooper",
)  # fmt: skip


def add(store: Store, *pages: Reading) -> None:
    with store.writing() as connection:
        corpus.update(connection, write.add(connection, pages).articles)


def who_says(store: Store, words: str) -> tuple[str | None, str]:
    """The name of who says this, and the names that it is known by."""
    with store.reading() as connection:
        (line,) = query.said(connection, about=words)
        return (line.actor.name, line.actor.id) if line.actor else (None, "")


def actors(store: Store) -> set[frozenset[str]]:
    """The names of each actor."""
    with store.reading() as connection:
        return {frozenset(line.actor.names) for line in query.actors(connection, limit=100)}


def test_pages_one_by_one_give_what_a_batch_gives(tmp_path: pathlib.Path, spoken_page: Callable[..., Reading]) -> None:
    """However pages are parted and ordered, the same names are one actor."""
    pages = [spoken_page(f"{n}.txt", "en", f"2031-0{n % 9 + 1}-01", (name, f"number {n} is enough", None)) for n, name in enumerate(SPELLINGS)]
    found = []
    for number, batches in enumerate(([pages], [[page] for page in pages], [[page] for page in pages[::-1]], [pages[5:], pages[:5]])):
        with open_store(tmp_path / f"{number}.sqlite") as store:
            for batch in batches:
                with store.writing() as connection:
                    corpus.update(connection, write.add(connection, batch).articles)
            found.append(actors(store))
    assert all(one == other for one, other in itertools.pairwise(found)) and len(found[0]) < len(SPELLINGS)


def test_a_name_that_no_page_bears_any_more_is_forgotten(tmp_path: pathlib.Path, spoken_page: Callable[..., Reading]) -> None:
    """When a page is read again without a name, its actor loses the name, as if the page had never had it."""
    with open_store(tmp_path / "store.sqlite") as store:
        for name in ("Клаус Шольтен", "Емма Гарпер"):
            add(store, spoken_page("a.txt", "uk", "2031-01-01", (name, "весна буде рання", None)))
            add(store, spoken_page("b.txt", "en", "2031-01-01", ("Klaus Scholten", "all is well", None)))
        assert actors(store) == {frozenset({"Klaus Scholten"}), frozenset({"Емма Гарпер"})}


def test_names_keyed_by_older_rules_are_met(record: Store, spoken_page: Callable[..., Reading]) -> None:
    """A store whose names were keyed by older rules keys them again when the next page comes, and the new name finds them."""
    with record.writing() as connection:
        connection.execute(text("DELETE FROM bearer_keys"))
        connection.execute(text("UPDATE bearers SET keyed = 0"))
    with record.writing() as connection:
        page = spoken_page("de.txt", "de", "2031-05-05", ("Igor Halan", "die Brücke öffnet", None))
        corpus.update(connection, write.add(connection, [page]).articles)
        (line,) = query.actors(connection, "Igor Halan")
    assert {"Ігор Галан", "Igor Halan"} <= set(line.actor.names)


MAYORS = (
    ("1.txt", "2031-01-10", ("Ігор Галан", "бюджет ухвалять у березні", "мер Залуччя")),
    ("2.txt", "2031-03-20", ("Ігор Галан", "зарплати зростуть удвічі", "мер Залуччя")),
    ("3.txt", "2031-06-10", ("Орест Дуб", "парки стануть зеленішими", "мер Залуччя")),
    ("4.txt", "2031-09-10", ("Орест Дуб", "трамваї їздитимуть уночі", "мер Залуччя")),
    ("5.txt", "2031-02-15", ("мер Залуччя", "школи відкриють після канікул", "мер Залуччя")),
    ("6.txt", "2031-08-15", ("мера Залуччя", "лікарню збудують за рік", "мера Залуччя")),
    ("7.txt", "2031-05-20", ("мер Залуччя", "вулиці освітять краще", "мер Залуччя")),
    ("8.txt", "2031-08-16", ("міністр", "податки знизять", "міністр")),
)


def test_an_office_alone_is_who_held_it_then(tmp_path: pathlib.Path, spoken_page: Callable[..., Reading]) -> None:
    """The mayor of February is another one than the mayor of August, whatever comes first; between two nobody is known, nor for an office
    that does not say of what; the reason names days and pages."""
    pages = [spoken_page(source, "uk", day, said) for source, day, said in MAYORS]
    for number, batches in enumerate(([pages], [[page] for page in pages[::-1]], [[page] for page in pages])):
        with open_store(tmp_path / f"{number}.sqlite") as store:
            for batch in batches:
                add(store, *batch)
            assert who_says(store, "школи")[0] == "Ігор Галан" and who_says(store, "лікарню")[0] == "Орест Дуб"
            assert who_says(store, "вулиці")[0] == "мер Залуччя" and who_says(store, "податки")[0] == "міністр"
            with store.reading() as connection:
                (line,) = query.actors(connection, "Орест Дуб")
                assert any("2031-06-10 to 2031-09-10" in each.why for each in query.who(connection, line).settled)


def test_an_authority_tells_who_held_an_office(tmp_path: pathlib.Path, spoken_page: Callable[..., Reading]) -> None:
    """The days of an authority give an office to its holder, also for pages that came before, and in the language of its title alone."""
    with open_store(tmp_path / "store.sqlite") as store:
        add(store, spoken_page("a.txt", "uk", "2031-08-15", ("мер Залуччя", "лікарню збудують за рік", "мер Залуччя")))
        assert who_says(store, "лікарню")[0] == "мер Залуччя"
        with store.writing() as connection:
            entity = Entity("Q7", "Мирон Лоза", "person", ("Мирон Лоза",), offices=(Office("мер Залуччя", "2031-05", "2032"),))
            judging.add_authority(connection, "a.csv", [entity])
        assert who_says(store, "лікарню")[0] == "Мирон Лоза"


def test_namesakes_are_two(tmp_path: pathlib.Path, spoken_page: Callable[..., Reading]) -> None:
    """A minister and a footballer of one name are two, in every alphabet; a page that does not tell is neither's."""
    pages = [
        spoken_page("1.txt", "uk", "2031-02-01", ("Іван Петренко", "податки знизять восени", "міністр фінансів Кастелії")),
        spoken_page("2.txt", "uk", "2031-02-05", ("Іван Петренко", "м'яч летів повз ворота", "нападник «Зорі»")),
        spoken_page("3.txt", "en", "2031-02-05", ("Ivan Petrenko", "the ball went wide", "striker of Zorya")),
        spoken_page("4.txt", "uk", "2031-03-05", ("Іван Петренко", "весна цього року рання", None)),
        spoken_page("5.txt", "uk", "2031-03-09", ("Іван Петренко", "бюджет поповнять наступного року", "прем'єр Кастелії")),
    ]
    for number, order in enumerate((pages, pages[::-1])):
        with open_store(tmp_path / f"{number}.sqlite") as store:
            for page in order:
                add(store, page)
            minister, player, unknown = (who_says(store, words)[1] for words in ("податки", "ворота", "весна"))
            assert len({minister, player, unknown}) == 3
            assert who_says(store, "ball")[1] == player and who_says(store, "бюджет")[1] == minister
            with store.reading() as connection:
                views = [query.who(connection, line) for line in query.actors(connection, "Іван Петренко")]
                assert {view.line.actor.id: {each.title for each in view.offices} for view in views} == {
                    minister: {"міністр фінансів Кастелії", "прем'єр Кастелії"}, player: {"нападник «Зорі»", "striker of Zorya"}, unknown: set(),
                }  # fmt: skip
            with store.writing() as connection:
                with pytest.raises(StoreError, match="give an id"):
                    judging.judge(connection, "rename", author="Anna", who="Іван Петренко", name="Іван Перший")
                made = judging.judge(connection, "same", author="Anna", who=minister, other=player)
            assert who_says(store, "податки")[1] == who_says(store, "ворота")[1]
            with store.writing() as connection:
                judging.undo(connection, made.id, author="Anna")
            assert (who_says(store, "податки")[1], who_says(store, "ворота")[1]) == (minister, player)


def test_an_office_at_the_head_of_a_sentence_is_no_name(tmp_path: pathlib.Path) -> None:
    """An office with a capital and no name is no full name that would be one person everywhere."""
    text = "Рада зібралася\n\n{} 2031\n\nМіністр оборони Кастелії заявив, що допомога {}."
    with open_store(tmp_path / "store.sqlite") as store:
        for number, said in enumerate((("4 травня", "надійде восени"), ("9 листопада", "затримається до зими"))):
            add(store, read_page(Page(f"{number}.uk.txt", text.format(*said))))  # type: ignore[arg-type]
        assert who_says(store, "восени")[1] != who_says(store, "зими")[1]


def test_an_office_by_other_words_leads_to_its_holders(tmp_path: pathlib.Path, spoken_page: Callable[..., Reading]) -> None:
    """Who holds an office is found by a synonym of its noun and in another case, each holder with the days of the pages."""
    with open_store(tmp_path / "store.sqlite") as store:
        add(store, spoken_page("a.txt", "uk", "2031-01-10", ("Ігор Галан", "мости збудують за рік", "генеральний секретар Ради Лутинки")))
        add(store, spoken_page("b.txt", "uk", "2033-01-10", ("Орест Дуб", "парки стануть зеленішими", "генеральний секретар Ради Лутинки")))
        with store.reading() as connection:
            found = query.holders(connection, "генсека Ради Лутинки", speakers.office_keys("генсека Ради Лутинки"))
            assert [(one.actor.name, one.first, one.last) for one in found] == [
                ("Орест Дуб", "2033-01-10", "2033-01-10"), ("Ігор Галан", "2031-01-10", "2031-01-10"),
            ]  # fmt: skip
