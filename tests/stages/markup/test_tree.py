"""Trees of pages as people write them: nested as browsers nest them, each text with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.stages.markup.tree import Element, Text, Tree, parse

TAGS = st.sampled_from(
    (
        *("<p>", "</p>", "<div class=a>", "</div>", "<b>", "</b>", "<a href='x>y'>", "</a>", "<li>", "<ul>", "</ul>", "<td>", "<table>", "</table>"),
        *("<br>", "<!-- x -->", "<!--", "-->", "<script>", "</script>", "<title/>", '<img alt="', '">', "&amp;", "<", ">", "Слово ", "word. "),
    )
)


def shown(tree: Tree) -> str:
    """The tree in brackets."""
    parts = []
    for node in tree.nodes[1:-1]:
        if isinstance(node, Element):
            parts.append(f"{node.tag}({')' if node.closed == node.opened else ''}")
        else:
            parts.append(node.text if node else ")")
    return "".join(parts)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>One<p>Two</p>Three", "p(One)p(Two)Three"),
        ("<ul><li>One<li>Two<ul><li>Three</ul></ul>", "ul(li(One)li(Twoul(li(Three))))"),
        ("<table><tr><td>1<td>2<tr><td>3</table>4", "table(tr(td(1)td(2))tr(td(3)))4"),
        ("<div><b>One</div>Two</b>", "div(b(One))Two"),
        ("<p>One</div>Two</p>", "p(OneTwo)"),
        ("<b><p>One</b>Two</p>", "b(p(OneTwo))"),
        ("<a href=1>One<a href=2>Two</a>", "a(One)a(Two)"),
        ("One<br/>Two<img src=x>Three", "Onebr()Twoimg()Three"),
        ("<script>if (a<b) '</p>'</script>One", "script(if (a<b) '</p>')One"),
        ("<svg><title/><path/></svg>One", "svg(title()path())One"),
        ("One<!-- <p> -->Two<!DOCTYPE html>Three", "OneTwoThree"),
        ('<p title="a>b">One</p>', "p(One)"),
        ("a < b and 1<2", "a < b and 1<2"),
        ("One <p", "One "),
        ("<p>One <span cla", "p(One )"),
    ],
)
def test_nesting(source: str, expected: str) -> None:
    """What people leave open is closed where browsers close it, what closes nothing is left out, and no text is lost."""
    assert shown(parse(source)) == expected


def test_attributes() -> None:
    """Attributes are read with and without quotes, entities resolved, the first of a name."""
    element = parse("<a HREF='x?a=1&amp;b' class=one class=two data-x hidden>").elements[1]
    assert element.attributes == {"href": "x?a=1&b", "class": "one", "data-x": "", "hidden": ""}


@given(st.lists(TAGS, max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_is_a_tree(source: str) -> None:
    """Whatever the source is, there is a tree, its elements lie inside each other and end, and its texts are those of the source, in order."""
    at, tree = 0, parse(source)
    for element in tree.elements:
        assert element.parent is None or element.parent.start <= element.start <= element.end <= len(source)
        assert tree.nodes[element.opened] is element
        assert element.closed == element.opened or tree.nodes[element.closed] is None
    for node in tree.nodes:
        if isinstance(node, Text):
            assert at <= node.start and node.text and source.startswith(node.text, node.start)
            at = node.start + len(node.text)


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 10_000 + "Words" + "</div>" * 10_000,
        "<b>" * 20_000 + "Words" + "</p>" * 20_000,
        '<a "' * 50_000,
        "<a href='" * 50_000 + ">",
        "<!--" * 100_000,
        "<script>" * 50_000,
        "<" * 200_000,
        "<table><td><font>" * 10_000 + "</div>" * 10_000,
    ],
)
def test_hostile_nesting_is_read(source: str) -> None:
    """Ten thousand nested elements, tags and comments never closed: a tree, and no recursion that runs out."""
    assert parse(source).elements[0].end == len(source)
