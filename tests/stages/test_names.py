"""Names out of tags, and the names of the rules beside them; the tags are made up."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Mention
from onrecord.stages.names import Name, read_names, settle_names
from onrecord.stages.tag import NAME, NameTags, find_words

PARTICLES = ("von", "фон", "дер")


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


def settled(text: str, names: list[Name], mentions: tuple[Mention, ...] = ()) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Wording and type of the mentions, and of the names inside roles."""
    kept, inside = settle_names(mentions, names, [tags(text, {})], text, PARTICLES)
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
    ("text", "parts", "whole"),
    [
        ("Так сказав С.Барклин вчора", ["С", "Барклин"], ["С.Барклин"]),
        ("Прийшла Нора фон дер Гальт вчора", ["Нора", "Гальт"], ["Нора фон дер Гальт"]),
        ("Так сказав Єнс Марк (Jens Mark), лікар", ["Єнс Марк (Jens Mark"], ["Єнс Марк", "Jens Mark"]),
        ("said von\nPell", ["Pell"], ["Pell"]),
    ],
)
def test_what_cuts_a_name_is_mended(text: str, parts: list[str], whole: list[str]) -> None:
    """Initials and particles belong to the name that they stand before; the same name in another alphabet is one of its own."""
    kept, _ = settled(text, [name(text, part) for part in parts], tuple(rule(text, w) for w in whole))
    assert [words for words, _ in kept] == whole


@pytest.mark.parametrize(("words", "kept"), [("Prof.", []), ("Dr. Ada Pell", ["Ada Pell"])])
def test_a_title_is_no_name(words: str, kept: list[str]) -> None:
    """Titles are no part of a name, and no name alone."""
    text = f"said {words} today"
    found, _ = settle_names((), [name(text, words)], [tags(text, {})], text, PARTICLES, ("prof", "dr"))
    assert [m.name for m in found] == kept


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
