"""Judgements and authorities make actors out of what the scores find, and leave what the scores say as it is."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterable

import pytest
from sqlalchemy import Connection, text

from onrecord import corpus, judging
from onrecord.actors import entity_of
from onrecord.errors import StoreError
from onrecord.records import Entity, Office, Reading
from onrecord.stages.identify import Bearer
from onrecord.store import export, query, write
from onrecord.store.open import Store, open_store

TABLES = ("articles", "statements", "actors", "actor_words", "bearers", "bearer_keys", "stories", "utterances")
ENTITIES = (
    Entity("Q1", "Ihor Halan", "person", ("Ihor Halan",), {"en": "Ihor Halan", "uk": "Ігор Галан"}, (Office("mayor", "2029-01", None),)),
    Entity("Q2", "Игор Галан", "person", ("Игор Галан",), {"bg": "Игор Галан"}),
)


def dump(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is on record but for judgements: what undoing must restore."""
    found = {name: sorted(map(tuple, connection.execute(text(f"SELECT * FROM {name}"))), key=repr) for name in TABLES}
    merges = connection.execute(text("SELECT actor, other_actor, one, other, score, reason, refused FROM merges"))
    return found | {"merges": sorted(map(tuple, merges), key=repr)}


def names(connection: Connection) -> set[frozenset[str]]:
    """The names of each actor."""
    return {frozenset(line.actor.names) for line in query.actors(connection)}


def speakers(connection: Connection, words: str) -> list[str | None]:
    """Who says this."""
    return [line.actor.name if line.actor else None for line in query.said(connection, about=words, wrong=True)]


MAYOR = frozenset({"Ігор Галан", "Ihor Halan", "Игор Галан"})
JUDGED: list[tuple[dict[str, str], Callable[[Connection], bool]]] = [
    ({"verdict": "same", "who": "Ігор Галан", "other": "Галина Мур"}, lambda c: MAYOR | {"Галина Мур"} in names(c)),
    ({"verdict": "same", "who": "Ліс", "other": "Галина Мур"}, lambda c: {"Ліс", "Галина Мур"} in names(c)),
    ({"verdict": "different", "who": "Ігор Галан", "other": "Ihor Halan"}, lambda c: MAYOR not in names(c) and len(query.actors(c)) == 4),
    ({"verdict": "rename", "who": "Ліс", "name": "Іван Ліс"}, lambda c: [a.actor.name for a in query.actors(c, "Іван Ліс")] == ["Іван Ліс"]),
    ({"verdict": "not-a-person", "who": "Ihor Halan"}, lambda c: MAYOR not in names(c) and speakers(c, "bridge") == [None]),
    ({"verdict": "speaker-wrong", "statement": "bridge", "other": "Галина Мур"}, lambda c: speakers(c, "bridge") == ["Галина Мур"]),
    ({"verdict": "speaker-wrong", "statement": "bridge", "other": "Новий Хтось"}, lambda c: speakers(c, "bridge") == ["Новий Хтось"]),
    ({"verdict": "speaker-wrong", "statement": "bridge", "other": "Ліс"}, lambda c: speakers(c, "bridge") == ["Ліс"]),
    ({"verdict": "statement-wrong", "statement": "bridge"}, lambda c: not query.said(c, about="bridge") and bool(query.said(c, about="bridge", wrong=True))),
]


def judge(connection: Connection, judged: dict[str, str], at: str = "2031-06-01T00:00:00+00:00") -> str:
    """Judge as Anna; a statement is given by a word of it. The id of the judgement."""
    values = dict(judged)
    if "statement" in values:
        values["statement"] = query.said(connection, about=values["statement"])[0].statement.id
    return judging.judge(connection, values.pop("verdict"), author="Anna", at=at, **values).id  # type: ignore[arg-type]


def add(store: Store, readings: Iterable[Reading]) -> None:
    with store.writing() as connection:
        corpus.update(connection, write.add(connection, readings).articles)


@pytest.mark.parametrize(("judged", "holds"), JUDGED)
def test_a_judgement_holds_and_is_undone_exactly(record: Store, judged: dict[str, str], holds: Callable[[Connection], bool]) -> None:
    """Each verdict does what it says, and when it is undone the record is what it was, to the byte."""
    with record.writing() as connection:
        before = dump(connection)
        assert not holds(connection)
        made = judge(connection, judged)
        assert holds(connection)
        judging.undo(connection, made, author="Bohdan")
        assert dump(connection) == before


def test_a_judgement_links_what_is_said_anew(tmp_path: pathlib.Path, spoken_page: Callable[..., Reading]) -> None:
    """The same words of two people who are judged to be one are one utterance, those of one who is judged to be two are two; undone, all
    is what it was to the byte of the export."""
    words = "the bridge over the river stays closed until November at least"
    with open_store(tmp_path / "linked.sqlite") as store:
        add(store, [spoken_page("a.txt", "en", "2031-03-04", ("Ihor Halan", words, None), ("Orest Dub", "nothing will change this year", None))])
        add(store, [spoken_page("b.txt", "en", "2031-03-04", ("Mira Halan", words, None), ("Orest Dub", "nothing will change this year", None))])
        for verdict, count in (("same", 2), ("different", 4)):
            with store.writing() as connection:
                before, printed = dump(connection), export.stories_json(connection)
                assert len(before["utterances"]) == 3
                if verdict == "same":
                    one = judging.judge(connection, "same", author="Anna", who="Ihor Halan", other="Mira Halan")
                else:
                    statement = query.said(connection, about="nothing")[0].statement.id
                    one = judging.judge(connection, "speaker-wrong", author="Anna", statement=statement, other="Ihor Halan")
                assert len(dump(connection)["utterances"]) == count
                judging.undo(connection, one.id, author="Anna")
                assert dump(connection) == before and export.stories_json(connection) == printed


def test_judgements_are_undone_in_any_order(record: Store) -> None:
    """When all judgements are undone, first ones first, the record is what it was."""
    with record.writing() as connection:
        before = dump(connection)
        made = [judge(connection, judged, f"2031-06-0{n + 1}") for n, (judged, _) in enumerate(JUDGED[:4] + JUDGED[5:7])]
        for one in made:
            judging.undo(connection, one, author="Anna")
        assert dump(connection) == before


@pytest.mark.parametrize(("judged", "holds"), JUDGED)
def test_a_judgement_survives_re_runs_and_changed_pages(
    record: Store, spoken_page: Callable[..., Reading], judged: dict[str, str], holds: Callable[[Connection], bool]
) -> None:
    """Pages that are read again with other text around the same words leave every judgement in force."""
    with record.writing() as connection:
        judge(connection, judged)
    more = ("Орест Дуб", "ремонт коштуватиме дорожче", None)
    add(record, [spoken_page("en.txt", "en", "2031-03-04", more, ("Ihor Halan", "the bridge opens before winter", "mayor of Zaluchia"))])
    add(record, [spoken_page("other.txt", "uk", "2031-05-06", ("Галина Мур", "виставка триватиме до суботи", None), ("Ліс", "вхід вільний", None))])
    with record.reading() as connection:
        assert any("Орест Дуб" in found for found in names(connection))
        held = names(connection) - {frozenset({"Орест Дуб"})}
        if judged["verdict"] == "different":
            assert MAYOR not in held
        else:
            assert holds(connection)


def test_the_later_judgement_holds(record: Store) -> None:
    """Of two judgements on the same two names the later one holds; when it is undone, the earlier one does again."""
    with record.writing() as connection:
        judge(connection, {"verdict": "same", "who": "Ліс", "other": "Галина Мур"}, "2031-06-01")
        later = judge(connection, {"verdict": "different", "who": "Галина Мур", "other": "Ліс"}, "2031-06-02")
        assert {"Ліс"} in names(connection)
        judging.undo(connection, later, author="Anna")
        assert {"Ліс", "Галина Мур"} in names(connection)


def test_a_merge_says_why(record: Store) -> None:
    """The names of an actor come with the reason and score that made them one, and half a name with the full name that explains it."""
    with record.reading() as connection:
        (line,) = query.actors(connection, "Ігор Галан")
        view = query.who(connection, line)
    assert {frozenset((m.one, m.other)) for m in view.merges} < {frozenset((a, b)) for a in MAYOR for b in MAYOR} and len(view.merges) == 2
    assert all(merge.reason and merge.score and not merge.refused for merge in view.merges)
    assert [(each.statements, "Галан" in each.why) for each in view.settled] == [(1, True)]


def test_an_authority_gives_ids_labels_and_offices(record: Store, spoken_page: Callable[..., Reading]) -> None:
    """Who bears the name of an entity carries its id, labels and offices, also when a later page brings the name,
    and no longer when the entity is read again without it."""
    with record.writing() as connection:
        assert judging.add_authority(connection, "a.csv", ENTITIES[:1]) == 1
        (line,) = query.actors(connection, "Ігор Галан")
        assert (line.actor.authority, line.actor.labels["uk"], line.actor.offices) == ("Q1", "Ігор Галан", ENTITIES[0].offices)
        judging.add_authority(connection, "b.csv", [Entity("Q9", "Нова Особа", "person", ("Нова Особа", "Nova Osoba"))])
    add(record, [spoken_page("new.txt", "en", "2031-07-01", ("Nova Osoba", "all is well", None))])
    with record.writing() as connection:
        assert [line.actor.authority for line in query.actors(connection, "Nova Osoba")] == ["Q9"]
        judging.add_authority(connection, "a.csv", [Entity("Q1", "Somebody Else", "person", ("Somebody Else",))])
        assert [line.actor.authority for line in query.actors(connection, "Ігор Галан")] == [None]


def test_two_entities_are_never_one(record: Store, spoken_page: Callable[..., Reading]) -> None:
    """A merge by scores that would join two entities is refused and listed; so is a judgement, and it stays so when pages come."""
    with record.writing() as connection:
        judging.add_authority(connection, "a.csv", ENTITIES)
        assert MAYOR not in names(connection) and {line.actor.authority for line in query.actors(connection, "Halan")} == {"Q1", "Q2"}
        assert any("Q1" in merge.reason and "Q2" in merge.reason for merge in query.refused(connection))
        with pytest.raises(StoreError, match="Q1 and Q2"):
            judging.judge(connection, "same", author="Anna", who="Ihor Halan", other="Игор Галан")
    add(record, [spoken_page("more.txt", "bg", "2031-07-01", ("Игор Галан", "ремонтът започва утре", None))])
    with record.reading() as connection:
        assert MAYOR not in names(connection) and query.refused(connection)


def test_one_entity_joins_names_that_scores_do_not(record: Store) -> None:
    """Names that an authority gives to one entity are one actor, and the merge says so."""
    with record.writing() as connection:
        judging.add_authority(connection, "a.csv", [Entity("Q5", "Galyna Mur", "person", ("Галина Мур", "Ihor Halan"))])
        (line,) = query.actors(connection, "Галина Мур")
        assert MAYOR | {"Галина Мур"} == set(line.actor.names)
        assert any("Q5" in merge.reason for merge in query.who(connection, line).merges)


def test_namesakes_in_an_authority_are_told_apart_by_office() -> None:
    """Of two entities with one name the one whose office is named beside the name is meant; without an office neither is."""
    two = (
        Entity("Q1", "Іван Петров", "person", ("Іван Петров",), offices=(Office("міністр енергетики"),)),
        Entity("Q2", "Іван Петров", "person", ("Іван Петров",), offices=(Office("тренер збірної"),)),
    )
    assert entity_of(Bearer("Ivan Petrov", "person", ("тренера збірної",)), two) == "Q2"
    assert entity_of(Bearer("Ivan Petrov", "person"), two) is None
    assert entity_of(Bearer("І. Петров", "person"), two[:1]) is None
    assert entity_of(Bearer("Іван Петров", "organization"), two[:1]) is None
