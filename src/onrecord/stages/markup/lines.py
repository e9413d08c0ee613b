"""The lines of a page: what a browser would set as one line or paragraph, each character with its place in the source.

Blanks are collapsed as browsers do; soft hyphens, zero-width and control characters are left out, letters with an accent are one character,
and hyphens are plain. Lines stand in the order of the source, so that the lines of an element are a range.
"""

from __future__ import annotations

import bisect
import html
import re
import unicodedata
from collections.abc import Iterator

import msgspec

from onrecord.alignment import Run
from onrecord.plain import Plain, plain
from onrecord.stages.markup.tree import INLINE, Element, Text, Tree

UNSEEN = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "select", "option", "optgroup",
    "datalist", "textarea", "input", "canvas", "audio", "video", "map", "head", "title", "noembed", "noframes", "frameset",
    "applet", "xmp", "dialog",
})  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
LEFT_OUT = r"\x00-\x08\x0e-\x1f\x7f\x80-\x9f\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
NOTHING = re.compile(rf"[{LEFT_OUT}]*")
MARKS = "\u0300-\u036f"  # accents that stand behind their letter as characters of their own
HYPHENS = "\u2010\u2011"
ODD = re.compile(rf"[&{LEFT_OUT}{MARKS}{HYPHENS}]|\s\s|[^\S \n\xa0]")  # a text without these is what readers see, blanks apart
PIECE = re.compile(
    r"(?P<entity>&(?:#[xX]?[0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});?)"
    rf"|(?P<words>[^\s&{LEFT_OUT}{MARKS}{HYPHENS}]+(?:[ \n][^\s&{LEFT_OUT}{MARKS}{HYPHENS}]+)*[ \n]?)"
    rf"|(?P<blank>\s+)|(?P<nothing>[{LEFT_OUT}]+)|(?P<mark>[{MARKS}]+)|(?P<one>[&{HYPHENS}])"
)
MARK = re.compile(rf"[{MARKS}]+")
PLAIN = dict.fromkeys(HYPHENS, "-")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Line(msgspec.Struct, gc=False, eq=False):
    """A line: its text, where its characters come from (`runs` count from its start), the block it stands in, how much of it is links."""

    element: Element
    text: str = ""
    runs: list[Run] = []
    link: int = 0  # characters inside links
    strong: int = 0  # characters set bold

    @property
    def linked(self) -> float:
        """The share of the characters that are links."""
        return self.link / len(self.text) if self.text else 0.0


class Lines:
    """All lines of a page; by the elements that are blocks the range of their lines, and the blocks directly in them."""

    def __init__(self, source: str, tree: Tree, unseen: frozenset[str] = UNSEEN) -> None:
        self.source = source
        self.unseen = unseen
        self.lines: list[Line] = []
        self.ranges: dict[Element, tuple[int, int]] = {}
        self.inner: dict[Element, list[Element]] = {}
        self.root = tree.elements[0]
        self._line: Line | None = None
        self._parts: list[str] = []
        self._size = 0
        self._blank = False
        self._read(tree)
        for element in self.ranges:
            if element.parent is not None:
                self.inner.setdefault(element.parent, []).append(element)

    def of(self, element: Element) -> tuple[int, int]:
        """First and last (exclusive) number of the element's lines."""
        return self.ranges.get(element, (0, 0))

    def _read(self, tree: Tree) -> None:
        """Go through the nodes: what is inside a block that ends is its range; what nobody sees is passed over."""
        nodes, unseen, lines, ranges = tree.nodes, self.unseen, self.lines, self.ranges
        around: list[tuple[Element, int, Element, int, int]] = []  # what is open: since which line, and what held around it
        block, linked, strong = tree.elements[0], 0, 0
        at, size = 0, len(nodes)
        while at < size:
            node = nodes[at]
            at += 1
            if type(node) is Text:
                text = node.text
                if not text.isspace():
                    self._text(node.start, text, block, linked, strong)
                else:
                    self._blank = True
                    if block.tag == "pre" and "\n" in text:
                        self._end_line()
            elif node is None:
                element, since, block, linked, strong = around.pop()
                if since >= 0:
                    self._end_line()
                    ranges[element] = (since, len(lines))
            elif type(node) is Element:  # else nothing: for the type checker
                tag = node.tag
                rest = node.rest
                if tag in unseen or (("style" in rest or "hidden" in rest) and _is_hidden(node)):
                    at = node.closed + 1
                elif node.closed == node.opened:
                    if tag not in INLINE:
                        self._end_line()
                        if tag not in ("br", "hr"):
                            ranges[node] = (len(lines), len(lines))
                elif tag in INLINE:
                    around.append((node, -1, block, linked, strong))
                    linked, strong = linked or tag == "a", strong or tag in ("b", "strong")
                else:
                    self._end_line()
                    around.append((node, len(lines), block, linked, strong))
                    block = node
        self._end_line()

    def _text(self, start: int, text: str, block: Element, linked: int, strong: int) -> None:
        words = text.strip()
        if ODD.search(words) is None and block.tag != "pre":
            lead = text.index(words[0])
            self._blank = self._blank or lead > 0
            self._add(words.replace("\n", " ").replace("\xa0", " "), start + lead, len(words), block, linked, strong)
            self._blank = lead + len(words) < len(text)
            return
        for match in PIECE.finditer(text):
            kind, at = match.lastgroup, start + match.start()
            if kind == "words":
                words = match[0]
                size = len(words)
                if words[-1] in " \n":
                    self._add(words[:-1].replace("\n", " "), at, size - 1, block, linked, strong)
                    self._blank = True
                else:
                    self._add(words.replace("\n", " "), at, size, block, linked, strong)
                if block.tag == "pre" and "\n" in words:
                    self._end_line()
            elif kind == "blank":
                self._blank = True
                if block.tag == "pre" and "\n" in match[0]:
                    self._end_line()
            elif kind == "entity":
                found = html.unescape(match[0])
                if found.isspace():
                    self._blank = True
                elif MARK.fullmatch(found):
                    self._accent(found, at, len(match[0]))
                elif not NOTHING.fullmatch(found):
                    self._add(PLAIN.get(found, found), at, len(match[0]), block, linked, strong)
            elif kind == "mark":
                self._accent(match[0], at, len(match[0]))
            elif kind == "one":
                self._add(PLAIN.get(match[0], match[0]), at, 1, block, linked, strong)

    def _accent(self, marks: str, source: int, source_size: int) -> None:
        """Accents that stand behind their letter go into it: й for и and a breve; one that makes no letter is left out, as a stress is."""
        line = self._line
        if line is None or self._blank or not self._parts or not self._parts[-1][-1].isalpha():
            return
        letter = unicodedata.normalize("NFC", self._parts[-1][-1] + marks)[0]
        at, held, size, held_size = line.runs.pop()
        if size > 1 and size == held_size:
            line.runs.append((at, held, size - 1, size - 1))
            at, held, size = at + size - 1, held + size - 1, 1
        line.runs.append((at, held, size, source + source_size - held))
        self._parts[-1] = self._parts[-1][:-1] + letter

    def _add(self, text: str, source: int, source_size: int, block: Element, linked: int, strong: int) -> None:
        line = self._line
        if line is None:
            line = self._line = Line(block)
            self._parts, self._size, self._blank = [], 0, False
        elif self._blank:
            self._parts.append(" ")
            self._size += 1
            self._blank = False
        size = len(text)
        runs = line.runs
        if runs and size == source_size:
            at, held, held_size, held_source = runs[-1]
            if held_size == held_source and at + held_size == self._size and held + held_size == source:
                runs[-1] = (at, held, held_size + size, held_size + size)
            else:
                runs.append((self._size, source, size, size))
        else:
            runs.append((self._size, source, size, source_size))
        self._parts.append(text)
        self._size += size
        if linked:
            line.link += size
        if strong:
            line.strong += size

    def _end_line(self) -> None:
        if self._line is not None:
            self._line.text = "".join(self._parts)
            self.lines.append(self._line)
            self._line = None
        self._blank = False


def spelt(line: Line) -> Line:
    """The line in plain letters, as plain text is read: words in one alphabet, a blank behind a title that is glued to its name."""
    seen = plain(line.text)
    if seen is None:
        return line
    return Line(line.element, seen.text, [moved for run in line.runs for moved in _moved(run, seen)], line.link, line.strong)


def _moved(run: Run, seen: Plain) -> Iterator[Run]:
    """What a run is in plain letters: each stretch of characters that are as they were, and each that is not."""
    at, source, size, source_size = run
    places = range(bisect.bisect_left(seen.starts, at), bisect.bisect_left(seen.starts, at + size))
    kept = [place for place in places if seen.ends[place] > seen.starts[place]]  # the others are blanks that were set
    if kept and size != source_size:
        yield kept[0], source, len(kept), source_size
        return
    since = 0
    for n in range(1, len(kept) + 1):
        if n == len(kept) or kept[n] != kept[n - 1] + 1 or seen.starts[kept[n]] != seen.ends[kept[n - 1]]:
            first, last = seen.starts[kept[since]], seen.ends[kept[n - 1]]
            yield kept[since], source + first - at, n - since, last - first
            since = n


def _is_hidden(element: Element) -> bool:
    return HIDDEN.search(element.get("style")) is not None or element.attributes.get("hidden", "until-found") != "until-found"
