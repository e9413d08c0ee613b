"""The tree of an HTML page in which every text knows where it stands in the source.

A reader of tags of our own, because no parser at hand keeps the places of text. It reads any input in time linear in its length, and nests as
browsers do where pages rely on it: void elements, paragraphs, items and cells that are not closed, end tags that close nothing. It builds
no elements that are not written (no `tbody`, no `html`), and does not open formatting again after a block that cuts it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

TAG = re.compile(r"<(?:(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)(?P<rest>[^>]*)>|!--|[!?])")
CUT = re.compile(r"<[a-zA-Z/!?]")  # a tag that the end of the page cuts off
ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
QUOTED = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
OPEN_QUOTE = re.compile(r"=\s*(?:(\")[^\"]*|(')[^']*)$")

TEMPLATE = re.compile(r"\btype\s*=\s*[\"']?text/(?:x-)?(?:template|html)\b", re.I)
FOREIGN = frozenset({
    "svg", "g", "path", "use", "circle", "rect", "line", "polygon", "polyline", "ellipse", "defs", "image",
})  # fmt: skip  # of drawings, where "/>" closes

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
RAW = frozenset({
    "script", "style", "textarea", "title", "xmp", "noembed", "noframes",
})  # fmt: skip
P_CLOSERS = frozenset({
    "address", "article", "aside", "blockquote", "center", "details", "dir", "div", "dl", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav", "ol", "p", "pre",
    "section", "table", "ul", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot",
})  # fmt: skip
CLOSES = {  # an element that opens closes these, as far up as the element that holds them
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tbody": (frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"}), frozenset({"table"})),
    "thead": (frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"}), frozenset({"table"})),
    "tfoot": (frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select", "datalist"})),
}
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "img",
})  # fmt: skip
FORMATTING = INLINE - {"span", "label"}  # their end tags close nothing beyond the block that they stand in
SCOPE = frozenset({"table", "td", "th"})  # end tags inside do not reach beyond, but for their own
TABLE = frozenset({"table", "tr", "tbody", "td", "th"})  # whose end tags do
PARAGRAPH, ANCHOR = frozenset({"p"}), frozenset({"a"})
LOOK_BACK = 400  # open elements among which the one that a tag closes is looked for; pages made by people nest a tenth as deep


class Text:
    """A stretch of the source between two tags."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end


class Element:
    """An element with its children in order; `start` and `end` are the source from its tag to its end tag."""

    __slots__ = ("_attributes", "children", "end", "parent", "rest", "start", "tag")

    def __init__(self, tag: str, parent: Element | None, start: int, rest: str = "") -> None:
        self.tag, self.parent, self.start, self.rest = tag, parent, start, rest
        self.end = start
        self.children: list[Element | Text] = []
        self._attributes: dict[str, str] | None = None

    @property
    def attributes(self) -> dict[str, str]:
        """Attributes by lower-case name, the first of each name; entities are read."""
        if self._attributes is None:
            found: dict[str, str] = {}
            for name, double, single, bare in ATTRIBUTE.findall(self.rest):
                value = double or single or bare
                found.setdefault(name.lower(), html.unescape(value) if "&" in value else value)
            self._attributes = found
        return self._attributes

    def get(self, name: str) -> str:
        """The value of an attribute, empty where it has none."""
        return self.attributes.get(name, "") if self.rest else ""

    def elements(self) -> Iterator[Element]:
        """This element and every one inside it, in the order of the source."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [child for child in reversed(element.children) if type(child) is Element]

    def ancestors(self) -> Iterator[Element]:
        """The elements that this one stands in, the nearest first."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent


class _Stack:
    """The elements that are open, the root first, and how many there are of each tag."""

    def __init__(self, root: Element) -> None:
        self.elements = [root]
        self.counts: dict[str, int] = {}

    @property
    def top(self) -> Element:
        return self.elements[-1]

    def open(self, tag: str, start: int, rest: str) -> Element:
        """A new element in the innermost one, after those are closed that it cannot stand in."""
        counts = self.counts
        if counts.get("p") and tag in P_CLOSERS:
            self._close_open(PARAGRAPH, SCOPE, start)
        if tag in CLOSES:
            tags, until = CLOSES[tag]
            if any(map(counts.get, tags)):
                self._close_open(tags, until, start)
        elif tag == "a" and counts.get("a"):
            self._close_open(ANCHOR, SCOPE, start)
        element = Element(tag, self.top, start, rest)
        self.top.children.append(element)
        return element

    def push(self, element: Element) -> None:
        self.elements.append(element)
        self.counts[element.tag] = self.counts.get(element.tag, 0) + 1

    def close(self, index: int, at: int) -> None:
        """Close the element at this place, and all inside it."""
        for element in self.elements[index:]:
            element.end = at
            if element.tag:
                self.counts[element.tag] -= 1
        del self.elements[index:]

    def end(self, tag: str, start: int, end: int) -> None:
        """Close the innermost open element of the tag; nothing where none is open within reach."""
        if tag == "br":
            self.top.children.append(Element("br", self.top, start))
        if not self.counts.get(tag):
            return
        for index in range(len(self.elements) - 1, max(0, len(self.elements) - LOOK_BACK), -1):
            held = self.elements[index].tag
            if held == tag:
                element = self.elements[index]
                self.close(index, start)
                element.end = end
                return
            if (held in SCOPE and tag not in TABLE) or (tag in FORMATTING and held not in INLINE):
                return

    def _close_open(self, tags: frozenset[str], until: frozenset[str], at: int) -> None:
        """Close the outermost open element of these tags, and all inside it, that stands inside the nearest of `until`."""
        found = 0
        for index in range(len(self.elements) - 1, max(0, len(self.elements) - LOOK_BACK), -1):
            tag = self.elements[index].tag
            if tag in tags:
                found = index
            elif tag in until:
                break
        if found:
            self.close(found, at)


def parse(source: str) -> Element:
    """The root of the page, whose children are what stands outermost."""
    root = Element("", None, 0)
    stack = _Stack(root)
    last = source.rfind(">") + 1  # what opens after the last tag's end is a tag cut off
    at = 0
    while (match := TAG.search(source, at, last)) is not None:
        start = match.start()
        if start > at:
            stack.top.children.append(Text(at, start))
        name = match["name"]
        if name is None:
            at = _after_comment(source, start, match[0], last)
            continue
        at = match.end()
        tag = name.lower()
        if match["end"]:
            stack.end("template" if tag == "script" else tag, start, at)
            continue
        rest = match["rest"]
        if ("'" in rest or rest.count('"') % 2) and OPEN_QUOTE.search(QUOTED.sub("", rest)):
            at = _after_quote(source, match.start("rest"), at)
            rest = source[match.start("rest") : at - 1]
        element = stack.open(tag, start, rest)
        if tag == "script" and TEMPLATE.search(rest):
            element.tag = "template"
            stack.push(element)
        elif tag in RAW and not rest.endswith("/"):
            at = _raw(source, element, at)
        elif tag in VOID or ((tag in RAW or tag in FOREIGN) and rest.endswith("/")):
            element.end = at
        else:
            stack.push(element)
    cut = CUT.search(source, max(at, last))
    tail = cut.start() if cut else len(source)
    if tail > at:
        stack.top.children.append(Text(at, tail))
    stack.close(0, len(source))
    return root


def _after_comment(source: str, start: int, opening: str, last: int) -> int:
    """Where a comment, a doctype or an instruction ends; a comment that is never closed ends with its first tag end."""
    if opening == "<!--":
        end = source.find("-->", start + 2)
        if end >= 0:
            return end + 3
    end = source.find(">", start)
    return last if end < 0 else end + 1


def _after_quote(source: str, rest: int, end: int) -> int:
    """Where a tag really ends whose value in quotes holds a ">"; its first ">" where the quotes are never closed."""
    at, limit = rest, end
    while True:
        part = source[at:limit]
        opened = OPEN_QUOTE.search(QUOTED.sub(lambda found: " " * len(found[0]), part))
        if opened is None:
            return limit
        mark = opened[1] or opened[2]
        quote = at + opened.start(opened.lastindex or 0)
        closed = source.find(mark, quote + 1)
        if closed < 0 or closed - quote > 20_000:
            return end
        after = source.find(">", closed)
        if after < 0:
            return end
        at, limit = closed + 1, after + 1


def _raw(source: str, element: Element, at: int) -> int:
    """The content of a script or a title is one text, up to its own end tag."""
    closing = re.compile(rf"</{element.tag}\b[^>]*>?", re.I).search(source, at)
    end = closing.start() if closing else len(source)
    if end > at:
        element.children.append(Text(at, end))
    element.end = closing.end() if closing else end
    return element.end
