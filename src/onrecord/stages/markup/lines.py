"""The lines of a page: what a browser would set as one line or paragraph, each character with its place in the source.

Blanks are collapsed as browsers do; soft hyphens, zero-width and control characters are left out. Lines stand in the order of the source, so
that the lines of an element are a range, which the element keeps.
"""

from __future__ import annotations

import html
import re

from onrecord.alignment import Run
from onrecord.stages.markup.tree import INLINE, Element, Text

UNSEEN = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "select", "option", "optgroup",
    "datalist", "textarea", "input", "canvas", "audio", "video", "map", "head", "title", "noembed", "noframes", "frameset",
    "applet", "xmp", "dialog",
})  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
LEFT_OUT = r"\x00-\x08\x0e-\x1f\x7f\x80-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
NOTHING = re.compile(rf"[{LEFT_OUT}]*")
PIECE = re.compile(
    r"(?P<entity>&(?:#[xX]?[0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});?)"
    rf"|(?P<words>[^\s&{LEFT_OUT}]+(?:[ \n][^\s&{LEFT_OUT}]+)*[ \n]?)|(?P<blank>\s+)|(?P<nothing>[{LEFT_OUT}]+)|(?P<amp>&)"
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Line:
    """A line: its text, where its characters come from (`runs` count from its start), the block it stands in, how much of it is links."""

    __slots__ = ("element", "link", "runs", "strong", "text")

    def __init__(self, element: Element) -> None:
        self.element = element
        self.text = ""
        self.runs: list[Run] = []
        self.link = 0  # characters inside links
        self.strong = 0  # characters set bold

    @property
    def linked(self) -> float:
        """The share of the characters that are links."""
        return self.link / len(self.text) if self.text else 0.0


class Lines:
    """All lines of a page, and the range of those of each element."""

    def __init__(self, source: str, root: Element, unseen: frozenset[str] = UNSEEN) -> None:
        self.source = source
        self.unseen = unseen
        self.lines: list[Line] = []
        self.ranges: dict[Element, tuple[int, int]] = {}
        self._line: Line | None = None
        self._parts: list[str] = []
        self._size = 0
        self._blank = False
        self._read(root)

    def of(self, element: Element) -> tuple[int, int]:
        """First and last (exclusive) number of the element's lines."""
        return self.ranges.get(element, (0, 0))

    def _read(self, root: Element) -> None:
        waiting: list[tuple[Element | Text, Element, int, int, bool]] = [(root, root, 0, 0, False)]
        started: dict[int, int] = {}
        while waiting:
            node, block, linked, strong, leaving = waiting.pop()
            if type(node) is Text:
                self._text(node.start, node.end, block, linked, strong)
                continue
            assert type(node) is Element
            if leaving:
                self._end_line()
                self.ranges[node] = (started.pop(id(node)), len(self.lines))
                continue
            tag = node.tag
            if tag in self.unseen or _is_hidden(node):
                continue
            if tag in ("br", "hr"):
                self._end_line()
                continue
            if tag not in INLINE:
                self._end_line()
                started[id(node)] = len(self.lines)
                waiting.append((node, node, 0, 0, True))
                block = node
            linked, strong = linked or tag == "a", strong or tag in ("b", "strong")
            for child in reversed(node.children):
                waiting.append((child, block, linked, strong, False))
        self._end_line()

    def _text(self, start: int, end: int, block: Element, linked: int, strong: int) -> None:
        source = self.source
        for match in PIECE.finditer(source, start, end):
            kind = match.lastgroup
            if kind == "words":
                words = match[0]
                size = len(words)
                if words[-1] in " \n":
                    self._add(words[:-1].replace("\n", " "), match.start(), size - 1, block, linked, strong)
                    self._blank = True
                else:
                    self._add(words.replace("\n", " "), match.start(), size, block, linked, strong)
                if block.tag == "pre" and "\n" in words:
                    self._end_line()
            elif kind == "blank":
                self._blank = True
                if block.tag == "pre" and "\n" in match[0]:
                    self._end_line()
            elif kind == "entity":
                text = html.unescape(match[0])
                if text.isspace():
                    self._blank = True
                elif not NOTHING.fullmatch(text):
                    self._add(text, match.start(), len(match[0]), block, linked, strong)
            elif kind == "amp":
                self._add("&", match.start(), 1, block, linked, strong)

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


def _is_hidden(element: Element) -> bool:
    rest = element.rest
    if not rest:
        return False
    if "style" in rest and HIDDEN.search(element.get("style")):
        return True
    return "hidden" in rest and ("hidden" in element.attributes and element.get("hidden") != "until-found")
