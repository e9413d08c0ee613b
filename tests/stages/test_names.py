"""Names out of tags, and the names of the rules beside them; the tags are made up."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge.lexicon import lexicon
from onrecord.records import Mention
from onrecord.stages.names import Name, read_names, settle_names
from onrecord.stages.tag import NAME, NameTags, find_words


def tags(text: str, labels: dict[int, str]) -> NameTags:
    """Tags that are sure of the label of some words, and that all others are none."""
    words = find_words(text, [(0, len(text))])
    table = np.zeros((len(words.starts), len(NAME)), np.float32)
    for n, row in enumerate(table):
        row[NAME.index(labels.get(n, "out"))] = 1
    return NameTags(words.starts, words.ends, table)


def name(text: str, words: str, kind: str = "person") -> Name:
    """A name where its words stand in the text."""
    return Name(text.index(words), text.index(words) + len(words), kind)  # type: ignore[arg-type]


def rule(text: str, words: str, kind: str = "person", form: str = "name", **more: object) -> Mention:
    """A mention of the rules."""
    return Mention(text.index(words), text.index(words) + len(words), form, kind, words, rule="name", **more)  # type: ignore[arg-type]


def settled(text: str, names: list[Name], mentions: tuple[Mention, ...] = (), code: str = "en") -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Wording and type of the mentions, and of the names inside roles."""
    kept, inside = settle_names(mentions, names, [tags(text, {})], text, lexicon(code))
    return [(m.name, m.type) for m in kept], [(m.name, m.type) for m in inside]


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ({0: "begin-per", 1: "in-per", 3: "begin-loc"}, ["Ada Pell", "Mirn"]),
        ({0: "begin-per", 1: "begin-per"}, ["Ada", "Pell"]),
        ({1: "in-per", 2: "begin-loc"}, []),
    ],
)
def test_a_name_is_begun_before_it_is_continued(labels: dict[int, str], found: list[str]) -> None:
    """Stretches that begin as names are names; a name that was not begun is none, nor is a word without a capital."""
    text = "Ada Pell left Mirn"
    assert [text[n.start : n.end] for n in read_names(text, tags(text, labels))] == found


@given(st.lists(st.sampled_from(NAME), min_size=6, max_size=6))
def test_names_lie_inside_and_apart(labels: list[str]) -> None:
    """Whatever the tags, names have words, come in order and do not overlap."""
    text = "Ada Pell (Bo Kass) left"
    found = read_names(text, tags(text, dict(enumerate(labels))))
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("code", "text", "parts", "whole"),
    [
        ("uk", "Так сказав С.Барклин вчора", ["С", "Барклин"], ["С.Барклин"]),
        ("uk", "Прийшла Нора фон дер Гальт вчора", ["Нора", "Гальт"], ["Нора фон дер Гальт"]),
        ("uk", "Так сказав Єнс Марк (Jens Mark), лікар", ["Єнс Марк (Jens Mark"], ["Єнс Марк", "Jens Mark"]),
        ("uk", "Прийшла Нора фон дер Гальт вчора", ["Нора фон дер"], ["Нора фон дер Гальт"]),
        ("uk", "разом з Ігорем Галаном вчора", ["Ігорем"], ["Ігорем Галаном"]),
        ("bg", "Преди Ада Петрова Бисер Камен - кореспондент", ["Ада Петрова", "Бисер Камен"], ["Ада Петрова", "Бисер Камен"]),
        ("en", "said von\nPell", ["Pell"], ["Pell"]),
        ("es", "Habló Nora de la Cava ayer", ["Nora", "Cava"], ["Nora de la Cava"]),
        ("es", "En el mitin de Galán, el martes y Moral", ["Galán", "Moral"], ["Galán", "Moral"]),
        ("fr", "Au congrès de Galan hier", ["Galan"], ["Galan"]),
        ("fr", "selon M. de Pell, hier", ["Pell"], ["de Pell"]),
        ("fr", "selon M. Pell, hier", ["Pell"], ["Pell"]),
        ("de", "Das Werk von Karla Winter, sagte er", ["Karla Winter"], ["Karla Winter"]),
    ],
)
def test_what_cuts_a_name_is_mended(code: str, text: str, parts: list[str], whole: list[str]) -> None:
    """Initials, particles and what stands behind them belong to the name; so does the surname that the rules see behind a given name; the same
    name in another alphabet is one of its own, and so is a second full name."""
    kept, _ = settled(text, [name(text, part) for part in parts], tuple(rule(text, w) for w in whole), code)
    assert [words for words, _ in kept] == whole


def test_a_particle_that_may_be_a_preposition() -> None:
    """A particle that is a preposition too belongs to a surname only where the page has a given name before both."""
    text = "Anna von Pell kam. Da sagte von Pell viel, und Kritik von Winter."
    names = [name(text, "Anna von Pell"), Name(32, 36, "person"), name(text, "Winter")]
    kept, _ = settled(text, names, (), "de")
    assert [words for words, _ in kept] == ["Anna von Pell", "von Pell", "Winter"]


def test_a_letter_alone_is_nobody() -> None:
    """A conjunction that opens a sentence is no person, however sure the tags are of it."""
    text = "Se fue. Y dijo Galán"
    assert settled(text, [name(text, "Y"), name(text, "Galán")], code="es")[0] == [("Galán", "person")]


@pytest.mark.parametrize(("words", "kept"), [("Prof.", []), ("Dr. Ada Pell", ["Ada Pell"])])
def test_a_title_is_no_name(words: str, kept: list[str]) -> None:
    """Titles are no part of a name, and no name alone."""
    text = f"said {words} today"
    found, _ = settled(text, [name(text, words)])
    assert [words for words, _ in found] == kept


def test_a_surname_alone_is_the_person_that_the_page_names() -> None:
    """A lone surname is a person where the page has the full name, whatever the tagger takes it for; a known place stays one."""
    text = "Ada Pell came. Pell left Mirn."
    names = [name(text, "Ada Pell"), Name(15, 19, "organization"), name(text, "Mirn")]
    kept, _ = settled(text, names, (rule(text, "Mirn", "place"),))
    assert kept == [("Ada Pell", "person"), ("Pell", "person"), ("Mirn", "place")]


def test_names_come_in_any_order() -> None:
    """Names of stretches that were read apart keep their type and all stay, in whatever order the stretches come."""
    text = "In Mirn the rain stopped. Ada Pell came."
    kept, _ = settled(text, [name(text, "Ada Pell"), name(text, "Mirn", "place")])
    assert kept == [("Mirn", "place"), ("Ada Pell", "person")]


def test_names_inside_roles() -> None:
    """A name inside a role stands beside the mentions, not among them."""
    text = "The president of Mirn left."
    kept, inside = settled(text, [name(text, "Mirn", "place")], (rule(text, "president of Mirn", form="role"),))
    assert (kept, inside) == ([("president of Mirn", "person")], [("Mirn", "place")])


def test_a_name_that_runs_out_of_a_role_leaves_the_next_one() -> None:
    """Where the tagger takes the end of a role and the name behind it for one, the name of the rules stays, with its office."""
    text = "The head of Mirn Ada Pell left."
    rules = (rule(text, "head of Mirn", form="role"), rule(text, "Ada Pell", role="head of Mirn"))
    assert settled(text, [name(text, "Mirn Ada Pell")], rules)[0] == [("head of Mirn", "person"), ("Ada Pell", "person")]


def test_what_the_tagger_takes_for_no_name_goes() -> None:
    """A name of the rules of which nothing but its capital is known goes where the tagger sees none; with an office it stays."""
    text = "Boiler and Pell left"
    assert settled(text, [], (rule(text, "Boiler"), rule(text, "Pell", role="mayor")))[0] == [("Pell", "person")]


@pytest.mark.parametrize(
    ("code", "text", "names", "rules", "kept"),
    [
        # a surname of the page is a person wherever it stands with a capital, and whatever list it is in
        ("en", "Ada Pell came. Pell left, and friends of Pell.", [("Ada Pell", "person")], [], ["Ada Pell", "Pell", "Pell"]),
        ("uk", "Ада Пелл прийшла. Без Пелли не почали.", [("Ада Пелл", "person"), ("Пелли", "person")], [("Пелли", "place")], ["Ада Пелл", "Пелли"]),
        # a word that opens a sentence and stands small elsewhere is no person, nor is a role, nor a noun with its article
        ("en", "They saw the boilers. Boilers cost much.", [("Boilers", "person")], [], []),
        ("en", "They left. Mayors stay.", [("Mayors", "person")], [], []),
        ("bg", "Дойдоха. Котелът спря.", [("Котелът", "person")], [], []),
        # nor is what stands in quotation marks, unless the page names that person, or a lone Latin word among Cyrillic
        ("uk", "Про це пише «Вест Зайт» сьогодні.", [("Вест Зайт", "person")], [], []),
        ("uk", "Ада Пелл мовчить. Справа «Ада Пелл» триває.", [("Ада Пелл", "person")], [], ["Ада Пелл", "Ада Пелл"]),
        ("uk", "Про це пише Vestzeit сьогодні.", [("Vestzeit", "person")], [], []),
        ("uk", "РУБРИКА: хто прийшов.", [("РУБРИКА", "person")], [], []),
    ],
)  # fmt: skip
def test_what_the_page_shows_of_a_person(code: str, text: str, names: list[tuple[str, str]], rules: list[tuple[str, str]], kept: list[str]) -> None:
    """Who is named in full on the page is known again; words that are persons by their capital alone are none."""
    seen = [name(text, words, kind) for words, kind in names]
    found, inside = settled(text, seen, tuple(rule(text, words, kind) for words, kind in rules), code)
    assert [words for words, kind in (*found, *inside) if kind == "person"] == kept


def test_lone_words_of_one_stem_are_of_one_type() -> None:
    """A lone word is what the tagger most surely takes it for all over the page, and no person where a noun for bodies has it as its name."""
    text = "Norda came. Norda left. Norda won. The company Velta lost."
    seen = [Name(0, 5, "person", 0.9), Name(12, 17, "person", 0.8), Name(24, 29, "organization", 0.6), Name(47, 52, "person", 0.9)]
    kept, inside = settled(text, seen, (rule(text, "company Velta", "organization", form="role"),))
    assert [kind for words, kind in kept if words == "Norda"] == ["person"] * 3
    assert inside == [("Velta", "organization")]


@pytest.mark.parametrize("kind", ["person", "organization"])
def test_what_the_rules_take_for_a_body_has_no_say_against_a_person(kind: str) -> None:
    """A full name that the tagger takes for a person is one, though the rules, which know its gender, take it for a body."""
    text = "said Ada Pell today"
    assert settled(text, [name(text, "Ada Pell")], (rule(text, "Ada Pell", kind, gender="f"),))[0] == [("Ada Pell", "person")]
