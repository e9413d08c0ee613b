"""The tree of an HTML page in which every text knows where it stands in the source.

A reader of tags of our own, because no parser at hand keeps the places of text. It reads any input in time linear in its length, and nests as
browsers do where pages rely on it: void elements, paragraphs, items and cells that are not closed, end tags that close nothing. It builds
no elements that are not written (no `tbody`, no `html`), and does not open formatting again after a block that cuts it.

A tree is a list of what opens, stands and closes in the order of the source; elements know what they stand in, not what stands in them. So
nothing in it goes round in circles, and no garbage has to be looked for (`gc=False`), which took an eighth of the time.
"""

from __future__ import annotations

import collections
import functools
import html
import re
from collections.abc import Iterator

import msgspec

TAG = re.compile(r"<((?:/?[a-zA-Z]|[!?])[^>]*)>")  # of what is inside a comment or script too
NAME = re.compile(r"[^\s/]+")
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
ENDS = {f"/{tag}": tag for tag in (*P_CLOSERS, *INLINE, "body", "html", "head", "script", "noscript", "svg", "iframe", "button", "video", "picture")}
ROOM = {  # by an element that opens, what it may close
    tag: ("a",) if tag == "a" else (*("p",) * (tag in P_CLOSERS), *sorted(CLOSES[tag][0] if tag in CLOSES else ()))
    for tag in (*P_CLOSERS, *CLOSES, "a")
}  # fmt: skip
ATTRIBUTES_KEPT, KEPT_CHARS = 4096, 400  # how many tags' attributes are remembered, and the longest of them: pages repeat their tags
LOOK_BACK = 400  # open elements among which the one that a tag closes is looked for; pages made by people nest a tenth as deep


class Text(msgspec.Struct, gc=False, eq=False):
    """A stretch between two tags: where it starts in the source, and its characters there."""

    start: int
    text: str


class Element(msgspec.Struct, gc=False, eq=False):
    """An element; `start` and `end` are the source from its tag to behind its end tag.

    `opened` and `closed` are the places among the tree's nodes of the element and of its end, the same for one that holds nothing by nature.
    """

    tag: str
    parent: Element | None
    start: int
    end: int
    rest: str  # of the tag, behind its name
    opened: int
    closed: int

    @property
    def attributes(self) -> dict[str, str]:
        """Attributes by lower-case name, the first of each name; entities are read."""
        return _kept_attributes(self.rest) if len(self.rest) <= KEPT_CHARS else attributes_of(self.rest)

    def get(self, name: str) -> str:
        """The value of an attribute, empty where it has none."""
        return self.attributes.get(name, "") if self.rest else ""

    def ancestors(self) -> Iterator[Element]:
        """The elements that this one stands in, the nearest first."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent


def attributes_of(rest: str) -> dict[str, str]:
    """The attributes in a tag, by what stands in it behind its name."""
    found: dict[str, str] = {}
    for name, double, single, bare in ATTRIBUTE.findall(rest):
        value = double or single or bare
        found.setdefault(name.lower(), html.unescape(value) if "&" in value else value)
    return found


_kept_attributes = functools.lru_cache(maxsize=ATTRIBUTES_KEPT)(attributes_of)
Node = Element | Text | None


class Tree:
    """A page: its nodes in the order of the source, which are elements, texts, and None where an element ends; its elements, the root first."""

    __slots__ = ("elements", "nodes")

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.elements = [node for node in nodes if type(node) is Element]

    def inside(self, element: Element) -> list[Element]:
        """The element and every one inside it."""
        return [element, *(node for node in self.nodes[element.opened + 1 : element.closed] if type(node) is Element)]

    def text(self, element: Element) -> str:
        """The text of a script, a title, or another element that holds nothing else."""
        return "".join(node.text for node in self.nodes[element.opened + 1 : element.closed] if type(node) is Text)


class _Open:
    """The elements that are open, the root first, and how many there are of each tag, while nodes are added."""

    def __init__(self) -> None:
        root = Element("", None, 0, 0, "", 0, 0)
        self.nodes: list[Node] = [root]
        self.elements = [root]
        self.counts: collections.defaultdict[str, int] = collections.defaultdict(int)

    def make_room(self, tag: str, at: int) -> None:
        """Close the elements that one of this tag cannot stand in."""
        counts = self.counts
        if tag in P_CLOSERS and counts.get("p"):
            self._close_open(PARAGRAPH, SCOPE, at)
        if tag in CLOSES:
            tags, until = CLOSES[tag]
            if any(map(counts.get, tags)):
                self._close_open(tags, until, at)
        elif tag == "a" and counts.get("a"):
            self._close_open(ANCHOR, SCOPE, at)

    def close(self, index: int, at: int, end: int) -> None:
        """Close the element at this place, which ends at `end`, and all inside it, which end at `at`."""
        for element in reversed(self.elements[index:]):
            element.end, element.closed = at, len(self.nodes)
            self.nodes.append(None)
            self.counts[element.tag] -= 1
        self.elements[index].end = end
        del self.elements[index:]

    def end(self, tag: str, start: int, end: int) -> None:
        """Close the innermost open element of the tag; nothing where none is open within reach."""
        if tag == "br":
            self.nodes.append(Element("br", self.elements[-1], start, start, "", len(self.nodes), len(self.nodes)))
        if not self.counts.get(tag):
            return
        for index in range(len(self.elements) - 1, max(0, len(self.elements) - LOOK_BACK), -1):
            held = self.elements[index].tag
            if held == tag:
                self.close(index, start, end)
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
            self.close(found, at, at)


def parse(source: str) -> Tree:
    """The tree of a page."""
    opened = _Open()
    nodes, elements, counts = opened.nodes, opened.elements, opened.counts
    last = source.rfind(">") + 1  # what opens after the last tag's end is a tag cut off
    at = past = 0  # where a piece starts, and up to where the source is no text
    parts = iter(TAG.split(source[:last]))
    for text, inner in zip(parts, parts, strict=False):  # the last text has no tag behind it
        end = at + len(text) + len(inner) + 2
        if past > at:
            if end <= past:
                at = end
                continue
            text = text[past - at :]  # no tag crosses `past`: that is behind a ">", where every tag ends that starts before
            at = past
        if text:
            nodes.append(Text(at, text))
        at = end
        start = end - len(inner) - 2
        if inner[0] == "/":
            tag = ENDS.get(inner) or _name(inner[1:])[0]
            top = elements[-1]
            if top.tag == tag and len(elements) > 1:
                top.end, top.closed = end, len(nodes)
                nodes.append(None)
                counts[tag] -= 1
                elements.pop()
            else:
                opened.end("template" if tag == "script" else tag, start, end)
            continue
        if inner[0] in "!?":
            past = _after_comment(source, start, end) if inner.startswith("!--") else end
            continue
        tag, _, rest = inner.partition(" ")
        if not tag.isalnum():
            tag, rest = _name(inner)
        if not tag.islower():
            tag = tag.lower()
        if rest and ("'" in rest or rest.count('"') % 2) and OPEN_QUOTE.search(QUOTED.sub("", rest)):
            past = _after_quote(source, end - 1 - len(rest), end)
            rest = source[end - 1 - len(rest) : past - 1]
            end = past
        for closed in ROOM.get(tag, ()):
            if counts[closed]:
                opened.make_room(tag, start)
                break
        place = len(nodes)
        element = Element(tag, elements[-1], start, end, rest, place, place)
        nodes.append(element)
        if tag in VOID:
            continue
        if tag == "script" and TEMPLATE.search(rest):
            element.tag = tag = "template"
        elif tag in RAW and rest[-1:] != "/":
            past = _raw(nodes, source, element, end)
            continue
        elif rest[-1:] == "/" and (tag in RAW or tag in FOREIGN):
            continue
        elements.append(element)
        counts[tag] += 1
    at = max(past, last)
    cut = CUT.search(source, at)
    if text := source[at : cut.start() if cut else len(source)]:
        nodes.append(Text(at, text))
    opened.close(0, len(source), len(source))
    return Tree(nodes)


def _name(inner: str) -> tuple[str, str]:
    """The name of a tag, and what stands behind it."""
    end = NAME.match(inner)
    assert end is not None  # TAG has seen a letter
    return end[0].lower(), inner[end.end() :]


def _after_comment(source: str, start: int, end: int) -> int:
    """Where a comment ends: one that is never closed with its first tag end, which is `end`."""
    closed = source.find("-->", start + 2)
    return closed + 3 if closed >= 0 else end


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


def _raw(nodes: list[Node], source: str, element: Element, at: int) -> int:
    """The content of a script or a title is one text, up to its own end tag."""
    closing = re.compile(rf"</{element.tag}\b[^>]*>?", re.I).search(source, at)
    end = closing.start() if closing else len(source)
    if end > at:
        nodes.append(Text(at, source[at:end]))
    element.end = closing.end() if closing else end
    element.closed = len(nodes)
    nodes.append(None)
    return element.end
