"""Marks in an article's text: every letter stays, elements nest, and nothing of a page becomes HTML."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from onrecord.alignment import Alignment
from onrecord.pipeline import read_page
from onrecord.records import Article, Comparison, Difference, Page, Reading, Speaker, Statement, words_of
from onrecord.store.records import ArticleLine, StatementLine
from onrecord.web.marking import differing, marked, marks_of, paragraphs, pieces, sources

HOSTILE = st.text(st.sampled_from("ab <>&\"'/=«»\nї"), min_size=1, max_size=60)


class Tree(HTMLParser):
    """The text of some HTML, and whether every element is closed where it should be."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""
        self.tags: set[str] = set()
        self.nested = True
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Remember the element."""
        self.open.append(tag)
        self.tags.add(tag)
        self.ids += [value or "" for name, value in attributes if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        """It must be the last one opened."""
        self.nested = self.nested and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Text that is not the number of a note."""
        if "a" not in self.open:
            self.text += data


def statement(number: int, span: tuple[int, int], cue: tuple[int, int] | None, mention: tuple[int, int] | None) -> Statement:
    """A statement with these spans."""
    speaker = Speaker("X", (), mention) if mention else None
    return Statement(f"{number:016x}", "indirect", "body", (span,), (), cue, speaker, "test", 0.5)


@given(HOSTILE, st.data())
def test_marked_text_keeps_every_letter(text: str, data: st.DataObject) -> None:
    """Whatever spans overlap, the text under the marks is the text of the page and the elements nest."""
    span = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).map(tuple).filter(lambda s: s[0] < s[1])
    rows = data.draw(st.lists(st.tuples(span, st.none() | span, st.none() | span), max_size=5))
    statements = [statement(number, *row) for number, row in enumerate(rows)]
    tree = Tree()
    tree.feed(str(marked(text, (0, len(text)), marks_of(statements))))
    tree.close()
    assert tree.text == text and tree.nested and not tree.open
    assert tree.tags <= {"mark", "span", "a"}
    assert sorted(tree.ids) == sorted(f"s-{s.id}" for s in statements)


def test_nested_statement_is_marked_inside_its_outer_one(by_hand: dict[str, Reading]) -> None:
    """X said that Y had promised: the inner mark stands inside the outer one, and its note names the outer one."""
    reading = by_hand["pages/uk-pryberezhna.txt"]
    inner = next(s for s in reading.statements if s.inside)
    shown = paragraphs(reading.article.text, reading.article.blocks, reading.statements)
    paragraph = next(p for p in shown if any(note.statement is inner for note in p.notes))
    outer = str(paragraph.html).index(f'id="s-{inner.inside}"')
    assert outer < str(paragraph.html).index(f'id="s-{inner.id}"') < str(paragraph.html).rindex("</mark>")
    assert {note.inside for note in paragraph.notes} == {None, 3}


def test_junk_is_told_apart(by_hand: dict[str, Reading]) -> None:
    """Blocks that are no part of the article are junk, the others are not."""
    reading = by_hand["pages/uk-pryberezhna.txt"]
    shown = paragraphs(reading.article.text, reading.article.blocks, reading.statements)
    assert [p.role for p in shown if p.junk] == ["date", "teaser"]


def test_hostile_text_is_escaped(by_hand: dict[str, Reading]) -> None:
    """A page's own tags come out as text."""
    reading = by_hand["pages/en-hostile.txt"]
    shown = "".join(str(p.html) for p in paragraphs(reading.article.text, reading.article.blocks, reading.statements))
    assert "<script" not in shown and "<b>" not in shown
    assert "<script>alert('said')</script>" in html.unescape(re.sub(r"</?(mark|span|a)\b[^<>]*>", "", shown))


@given(HOSTILE, st.lists(st.tuples(st.integers(-2, 70), st.integers(-2, 70)), max_size=4))
def test_pieces_join_to_the_text(text: str, highlights: list[tuple[int, int]]) -> None:
    """Whatever is highlighted, the pieces are the text."""
    spans = sorted((a, b) for a, b in highlights if 0 <= a < b)
    assert "".join(part for part, _ in pieces(text, spans)) == text


def test_differences_are_marked_in_the_words(by_hand: dict[str, Reading]) -> None:
    """Pieces of the words with the kinds of difference that they stand in; a clause that only lacks a hedge is not marked."""
    reading = by_hand["pages/bg-most.txt"]
    statement = reading.statements[0]
    (start, end), line = statement.content[0], StatementLine(statement, words_of(reading.article.text, statement.content), ArticleLine("a", "s", "bg", "l", 1))
    found = (
        Difference("figure", ((start, start + 6),), ((0, 4),)),
        Difference("hedge", ((start, end),), ((0, 4),), "only here"),
        Difference("telling", ((start, end),), ((0, 4),)),
    )
    marked_up = differing(line, (Comparison(statement.id, "other", found),))
    assert marked_up == ((line.words[:6], "otherfigure"), (line.words[6:], ""))
    assert "".join(part for part, _ in marked_up) == line.words
    assert differing(line, (Comparison("one", "other", found),)) == ((line.words, ""),)


HOSTILE_PAGE = """<html lang="en"><head><title>Ferry stops for repairs</title></head><body><script>alert("no")</script>
<h1>Ferry stops for repairs</h1><p onclick="alert(1)">“The pier will be <b onmouseover='x("y")'>closed</b> until&nbsp;May &amp; not longer,”
said <img src=x onerror=alert(2)>Mira Lund, the harbour master of Dorn, on Monday. <style>p {color: red}</style></p>
<p>Boats leave from the old quay meanwhile, where there is room for two of them at a time and for their passengers.</p></body></html>"""


def test_statements_in_their_source() -> None:
    """The source of an HTML page is shown as text, tags and all, with exactly the characters of a statement marked."""
    found = read_page(Page("page.html", HOSTILE_PAGE, media="html"))
    assert isinstance(found, Reading)
    shown = sources(found.article, found.statements)
    pages = [Tree() for _ in shown]
    for page, stretch in zip(pages, shown, strict=True):
        page.feed(str(stretch.html))
        assert page.nested and page.tags <= {"mark", "span", "a"}
    whole = re.sub(r"\s+", " ", "".join(page.text for page in pages))
    assert '<p onclick="alert(1)">' in whole and "<img src=x onerror=alert(2)>" in whole
    (statement,) = found.statements
    parts = re.findall(r"<mark[^>]*>(?:<a [^>]*>\d+</a>)?([^<]*)</mark>", "".join(str(stretch.html) for stretch in shown))
    assert " ".join(html.unescape(part) for part in parts) == "The pier will be closed until&nbsp;May &amp; not longer"
    assert f"s-{statement.id}" in "".join(str(stretch.html) for stretch in shown)


def test_the_source_of_plain_text_is_itself() -> None:
    """A page of plain text is its own source; of an HTML page whose source was not kept nothing is shown."""
    text = "Ferry stops\n\n“The pier will be closed until May,” said Mira Lund."
    article = Article("a", "page.txt", text, "en", ())
    (stretch,) = sources(article, ())
    assert html.unescape(str(stretch.html)) == text
    assert sources(msgspec.structs.replace(article, alignment=Alignment()), ()) == ()
