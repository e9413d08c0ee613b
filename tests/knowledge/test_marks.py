"""Inline marks: what they say of a text, and what is said of marks that are wrong."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import KnowledgeError, MarksError
from onrecord.knowledge.marks import mention_of, read_article, read_marks
from onrecord.records import words_of

ARTICLE = """\
language: en
title: A bridge: opened
published: 2031-04-02
per pell f: Ada Pell; Pell
org rada: the council

---
@headline Bridge opens, says council
@date April 2, 2031

[1 pell|The bridge is safe], <1|said> {pell|Ada Pell}.
{rada|The council} <2|promised> [2? rada|new lamps] by May.
---
1 said: 2031-04-01
1 place: Harwell
2 to: residents
"""


def test_marks_are_taken_out() -> None:
    """The plain text is left, with mentions, content and cue as offsets into it."""
    marked = read_marks("{pell|Ada Pell} <1|said> that [1 pell|{bridge|the bridge} was open].")
    assert marked.text == "Ada Pell said that the bridge was open."
    assert [(words_of(marked.text, (m.span,)), m.entity) for m in marked.mentions] == [("Ada Pell", "pell"), ("the bridge", "bridge")]
    (statement,) = marked.statements
    assert words_of(marked.text, statement.content) == "the bridge was open"
    assert statement.cue is not None and marked.text[slice(*statement.cue)] == "said"
    assert (statement.number, statement.speaker, statement.kind, statement.required) == (1, "pell", "indirect", True)


def test_a_statement_in_two_spans() -> None:
    """A further span of a statement belongs to it, wherever it stands; spans come in the order of the text."""
    marked = read_marks('"[1 pell|We wait]," <1|said> {pell|Pell}. "[1|We must]."')
    (statement,) = marked.statements
    assert [marked.text[a:b] for a, b in statement.content] == ["We wait", "We must"]
    backwards = read_marks("[1|Today] {pell|Pell} <1|said> [1 pell|it was open].")
    assert [backwards.text[a:b] for a, b in backwards.statements[0].content] == ["Today", "it was open"]


def test_statements_nest() -> None:
    """A statement may stand inside another one, with its own speaker and cue."""
    marked = read_marks("{a|Pell} <1|said> that [1 a|{b|Kass} <2|promised> [2 b|to mend it]].")
    outer, inner = marked.statements
    assert words_of(marked.text, outer.content) == "Kass promised to mend it"
    assert words_of(marked.text, inner.content) == "to mend it"
    assert (outer.speaker, inner.speaker) == ("a", "b")


def test_optional_parts() -> None:
    """A part that readers could differ about belongs to the statement that holds it, and to no other."""
    marked = read_marks("{a|Pell} <1|said> [1 a|it would open [?|on Monday]] and <2|added> [2 a|it was safe].")
    one, two = marked.statements
    assert [marked.text[a:b] for a, b in one.optional] == ["on Monday"]
    assert two.optional == ()


def test_a_backslash_makes_a_bracket_literal() -> None:
    """A bracket behind a backslash is text; so is a backslash behind one."""
    marked = read_marks("\\[sic\\] \\{a\\} \\<b\\> c\\\\d \\")
    assert marked.text == "[sic] {a} <b> c\\d \\"
    assert marked.statements == marked.mentions == ()


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('"[1 a|We wait]," <1|said> {a|Pell}.', "direct"),
        ("«[1 a|Ми чекаємо]», – <1|сказав> {a|мер}.", "direct"),
        ("„[1 a|Чакаме]“, <1|каза> {a|той}.", "direct"),
        ("« [1 a|Nous attendons] », a <1|dit> {a|le maire}.", "direct"),
        ("{a|Pell} <1|said> [1 a|it was safe].", "indirect"),
        ('{a|Pell} <1|called> [1 a|the plan "a bad joke" for all].', "mixed"),
        ("{a|Мер} <1|назвав> [1 a|план «поганим жартом»].", "mixed"),
        ("– [1! a|Czekamy] – <1|powiedział> {a|burmistrz}.", "direct"),
        ('{a|Pell} <1|praised> [1~ a|the novel "Quiet Shore"].', "indirect"),
        ("{a|Pell} <1|said> [1 a|it was O'Neil's].", "indirect"),
    ],
)
def test_kinds(source: str, kind: str) -> None:
    """Direct where quotation marks close in all of it or ! says so, mixed where they hold a part, else or by ~ indirect."""
    assert read_marks(source).statements[0].kind == kind


@pytest.mark.parametrize(("flags", "required"), [("", True), ("?", False), ("!", True), ("?!", False), ("!?", False), ("~?", False)])
def test_question_mark_makes_a_statement_optional(flags: str, required: bool) -> None:
    """A statement marked with ? need not be found."""
    assert read_marks(f"[1{flags} a|yes] {{a|she}}").statements[0].required is required


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("one\ntwo [three\n", 2, "a lone '['"),
        ("one {two} three", 1, "a lone '{'"),
        ("a < b", 1, "a lone '<'"),
        ("one\n\n{a|two", 3, "a mark that is never closed"),
        ("one\n{a|two] three}", 2, "']' closes nothing"),
        ("one}\n", 1, "'}' closes nothing"),
        ("{a|}", 1, "an empty mark"),
        ("\n[1 a|]", 2, "an empty mark"),
        ("[1 a|x] y\nand [1 b|z]", 2, "statement 1 has two speakers"),
    ],
)
def test_wrong_marks_name_file_and_line(source: str, line: int, message: str) -> None:
    """Marks that do not parse are an error that names the file, the line, and what is wrong there."""
    with pytest.raises(MarksError, match=re.escape(f"pages/a.txt, line {line}: {message}")):
        read_marks(source, where="pages/a.txt")


@pytest.mark.parametrize(
    ("source", "message"),
    [("[1|x] y", "statement 1 names no speaker"), ("<3|said> it", "cue 3 belongs to no statement")],
)
def test_marks_that_belong_to_nothing(source: str, message: str) -> None:
    """Content without a speaker and a cue without content are errors that name the file and the statement."""
    with pytest.raises(KnowledgeError, match=f"a.txt: {message}"):
        read_marks(source, where="a.txt")


words = st.text(st.sampled_from("ab Яж.,«»\"'\n\u0301"), min_size=1, max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["plain", "mention", "content", "cue"]), words), max_size=12))
def test_marks_come_back_as_written(parts: list[tuple[str, str]]) -> None:
    """A text built out of marked and plain stretches comes apart into exactly these."""
    source, plain, spans = "", "", []
    for number, (kind, text) in enumerate(parts, 1):
        opener = {"plain": "", "mention": "{a|", "content": f"[{number} a|", "cue": f"[{number} a|c]<{number}|"}[kind]
        plain += "c" if kind == "cue" else ""
        spans.append((kind, number, (len(plain), len(plain) + len(text))))
        plain += text
        source += opener + text + {"plain": "", "mention": "}", "content": "]", "cue": ">"}[kind]
    marked = read_marks(source)
    assert marked.text == plain
    assert [m.span for m in marked.mentions] == [span for kind, _, span in spans if kind == "mention"]
    found = {s.number: s for s in marked.statements}
    assert {n: found[n].content for n in found if found[n].cue is None} == {n: (span,) for kind, n, span in spans if kind == "content"}
    assert {n: found[n].cue for n in found if found[n].cue is not None} == {n: span for kind, n, span in spans if kind == "cue"}


@given(st.text(st.sampled_from("{}[]<>|\\1 a?!~\n"), max_size=30))
def test_any_brackets_parse_or_are_a_marks_error(source: str) -> None:
    """However brackets are strewn, the answer is marks inside the text or a MarksError, nothing else."""
    try:
        marked = read_marks(source)
    except MarksError:
        return
    for start, end in [m.span for m in marked.mentions] + [span for s in marked.statements for span in s.content]:
        assert 0 <= start < end <= len(marked.text)


def test_the_mention_nearest_to_the_cue() -> None:
    """A statement's mention is the nearest to its cue in its line, and one outside its content where there is one."""
    marked = read_marks("{a|Pell} came. {a|She} <1|said> [1 a|{a|she} waits].\n{a|Pell} left.")
    assert mention_of(marked, marked.statements[0]) == (11, 14)
    inside = read_marks("[1 a|{a|Pell} waits]")
    assert mention_of(inside, inside.statements[0]) == (0, 4)
    none = read_marks("[1 a|x] {b|Kass}")
    assert mention_of(none, none.statements[0]) is None


def test_an_article() -> None:
    """Header, entities, blocks with their roles, marked text and notes of an article come out as written."""
    article = read_article(ARTICLE, where="a.txt")
    assert article.header == {"language": "en", "title": "A bridge: opened", "published": "2031-04-02"}
    assert article.entities["pell"].names == ("Ada Pell", "Pell")
    assert (article.entities["pell"].type, article.entities["pell"].gender) == ("per", "f")
    assert (article.entities["rada"].type, article.entities["rada"].gender) == ("org", None)
    text = article.marked.text
    assert [(b.role, text[b.start : b.end]) for b in article.blocks] == [
        ("headline", "Bridge opens, says council"),
        ("date", "April 2, 2031"),
        ("body", "The bridge is safe, said Ada Pell."),
        ("body", "The council promised new lamps by May."),
    ]
    assert article.notes == {1: {"said": "2031-04-01", "place": "Harwell"}, 2: {"to": "residents"}}
    assert [s.required for s in article.marked.statements] == [True, False]


def test_an_unknown_speaker_needs_no_declaration() -> None:
    """`unknown` stands for a speaker that the page does not name."""
    article = read_article("language: en\n---\n[1 unknown|All was well], it was <1|said>.\n", where="a.txt")
    assert article.marked.statements[0].speaker == "unknown"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("language: en\n", "a.txt: no line '---'"),
        ("language: en\nper pell\n---\nx\n", "a.txt, line 2: a header line is"),
        ("per p: A\n\nper p: B\n---\nx\n", "a.txt, line 3: entity 'p' is declared twice"),
        ("language: en\n---\n{p|Pell} left\n", "a.txt: 'p' is not declared in the header"),
        ("per p: P\n---\n{p|Pell} <2|said> [2 q|yes]\n", "a.txt: 'q' is not declared in the header (statement 2)"),
        ("per p: P\n---\n[1 p|x] {p|y}\n---\n1 when: now\n", "a.txt: a note is"),
    ],
)
def test_wrong_articles_are_told(source: str, message: str) -> None:
    """An article that is wrong outside its marks is an error that names the file, the line or the entity, and the right form."""
    with pytest.raises(MarksError, match=re.escape(message)):
        read_article(source, where="a.txt")


def test_wrong_marks_of_an_article_name_the_line_of_the_file() -> None:
    """The line that an error of an article's marks names is the line of the file, header included."""
    with pytest.raises(MarksError, match=r"a\.txt, line 5: a lone"):
        read_article("language: en\nper p: P\n---\nfine\nnot [fine\n", where="a.txt")
