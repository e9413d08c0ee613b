"""Which lines of a page are its article.

Running text decides: the article is in the element that holds most of it, once menus, teasers, comments and what else is called junk are
taken out; the headline is the line that repeats the title of the page. Names are believed only as far as they leave something: an element
that holds most of the running text is no junk whatever it is called. Wrong for pages that are all links or all captions, and where readers'
comments are longer than the article and not called so.
"""

from __future__ import annotations

import functools
import re

import msgspec

from onrecord.records import BlockRole
from onrecord.stages.markup import names
from onrecord.stages.markup.lines import HEADINGS, Line, Lines
from onrecord.stages.markup.tree import Element

JUNK_TAGS = frozenset({"nav", "aside", "footer", "button", "menu", "form", "label", "figcaption", "figure", "time", "address"})
NOT_NAMED = frozenset({"body", "html", "main"}) | HEADINGS  # their names tell of the whole page, or of nothing
NO_CONTAINER = frozenset({"p", "html", "body"}) | HEADINGS
NO_ITEMS = frozenset({"p", "tr", "td", "table", "blockquote"})
ROLES: dict[str, BlockRole] = {
    "figcaption": "caption", "figure": "caption", "caption": "caption", "byline": "byline", "address": "byline", "date": "date", "time": "date",
}  # fmt: skip
ENDED = re.compile(r"[.!?…:;。！？][\"»”“’')\]]*$")
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # writing in which a character is worth three
NUMBERED = re.compile(r"\d+|even|odd|first|last|active|alt")
WORD = re.compile(r"\w+")

PROSE_CHARS = 80  # a line this long is running text; one of half the length where it ends as sentences do
FEWEST_PROSE = 25
SHORT_PROSE = 0.2  # worth of a character of a line that is neither
PARAGRAPH_CHARS = 60
KEEP = 0.5  # of the page's running text in an element: then it is no junk whatever it is called
KEEP_COMMENTS = 0.85
LEFT = 0.35  # of the running text must be left when junk is taken out, else names mean nothing on the page
LINKED = 0.5  # of a line: then it is a link
LINKED_SHORT, SHORT_CHARS = 0.3, 120  # the same for lines of a few words
LONG_LINK_CHARS = 200  # a paragraph that is one link is still a paragraph
MOST = 0.8  # of an element's running text in one child: then the article is in the child
TITLED = 0.5  # the same for the child with the headline
HINTED = 0.4  # of the page's running text in an element that is called an article's text
GAINED_CHARS, GAINED = 100, 0.5  # of running text, and of all text, that going up to the parent must bring
ITEM_CHARS, ITEM_LINES, ITEM_LINK_CHARS = 500, 8, 20  # of a teaser
REST_CHARS = 300  # of running text must be left when teasers are taken out
LEAD_CHARS, LEAD_LINKED = 40, 0.3  # of a line between the headline and the article's element
TITLE_CHARS = (8, 300)
TITLE_SHARE, TITLE_PART_CHARS = 0.5, 12  # of a title that the headline must be, where a site's name goes with it
INTRODUCES_CHARS = 80  # of a line that stands above a list or a box, and falls with it
BYLINE_LINES, BYLINE_PROSE = 3, 80
ROLE_LEVELS = 4  # from a line up to the list or quotation that it stands in


class Part(msgspec.Struct, frozen=True):
    """A line of the article by its number, and the role that markup gives it; None: a paragraph."""

    line: int
    role: BlockRole | None


class Main(msgspec.Struct, frozen=True):
    """The parts of the article in order, the headline's line, the range of lines of its element, what marks each line of the page as junk,
    and how much running text is in the article but for its teasers, and in teasers."""

    parts: tuple[Part, ...]
    headline: int | None
    span: tuple[int, int]
    junk: tuple[str, ...]
    prose: float
    teased: float


def main(lines: Lines, titles: tuple[str, ...]) -> Main:
    """The article among the lines; `titles` are what the head of the page calls it."""
    weights = [prose(line) for line in lines.lines]
    plain = _summed(weights, None)
    titled = _titled(lines.lines, titles)
    junk = _junk(lines, plain, titled, by_name=True)
    sums = _summed(weights, junk)
    if sums[-1] < LEFT * plain[-1]:
        junk = _junk(lines, plain, titled, by_name=False)
        sums = _summed(weights, junk)
    teased = _teasers(lines, weights, sums, titled)
    in_teasers = sum(weights[i] for i in teased if not junk[i])
    if sums[-1] - in_teasers >= REST_CHARS:
        junk = [mark or ("teasers" if i in teased else "") for i, mark in enumerate(junk)]
        sums = _summed(weights, junk)
    first, last = lines.of(_container(lines, sums, junk, titled))
    headline = _headline(lines.lines, junk, titled, first, last)
    parts = _parts(lines.lines, junk, headline, first, last)
    own = sum(weights[part.line] for part in parts if part.line not in teased and part.role not in ("caption", "byline", "date"))
    return Main(parts, headline, (first, last), tuple(junk), own, in_teasers)


def prose(line: Line) -> float:
    """How much running text a line holds: its characters that are no links, less where it is short and does not end as sentences do."""
    size = len(line.text)
    if size < FEWEST_PROSE / 2 or line.linked > LINKED or line.element.tag in HEADINGS:
        return 0.0
    own = size - line.link
    if WIDE.search(line.text):
        own, size = 3 * own, 3 * size
    if size >= PROSE_CHARS or (size >= PROSE_CHARS / 2 and ENDED.search(line.text)):
        return float(own)
    return SHORT_PROSE * own if size >= FEWEST_PROSE else 0.0


def _summed(weights: list[float], junk: list[str] | None) -> list[float]:
    """Running text up to each line, so that an element's is a difference."""
    sums = [0.0]
    for i, weight in enumerate(weights):
        sums.append(sums[-1] + (0.0 if junk and junk[i] else weight))
    return sums


def _titled(lines: list[Line], titles: tuple[str, ...]) -> int | None:
    """The line that repeats a title, or most of one, the fullest first; else the one heading of the first order."""
    wanted = [key for title in titles if len(key := _key(title)) >= TITLE_CHARS[0]]
    found: list[tuple[bool, int, int, int]] = []
    least = max(TITLE_CHARS[0], TITLE_SHARE * min(map(len, wanted), default=0))  # a line has no fewer characters than its words
    ends = {end for title in wanted for end in (title.partition(" ")[0][: TITLE_CHARS[0]], title.rpartition(" ")[2][-TITLE_CHARS[0] :])}
    for i, line in enumerate(lines if wanted else ()):
        if least <= len(line.text) <= TITLE_CHARS[1] and _holds(line.text.lower(), ends):
            key = _key(line.text)
            if any(key == title or _is_part(key, title) for title in wanted):
                found.append((line.linked > LINKED, -len(key), int(line.element.tag[1]) if line.element.tag in HEADINGS else 7, i))
    if found:
        return min(found)[-1]
    first = [i for i, line in enumerate(lines) if line.element.tag == "h1" and line.linked <= LINKED and len(line.text) >= TITLE_CHARS[0]]
    return first[0] if len(first) == 1 else None


def _holds(low: str, ends: set[str]) -> bool:
    """Whether a line holds how some title begins or ends, which is cheaper to see than whether it repeats one."""
    return any(map(low.__contains__, ends))


def _key(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))


def _is_part(key: str, title: str) -> bool:
    return len(key) >= max(TITLE_PART_CHARS, TITLE_SHARE * len(title)) and (title.startswith(key) or title.endswith(key))


def _junk(lines: Lines, sums: list[float], titled: int | None, *, by_name: bool) -> list[str]:
    """What marks each line as junk: the innermost element around it whose tag or names show it; empty where none does."""
    total = sums[-1] or 1.0
    marks = [""] * len(lines.lines)
    free = list(range(len(marks) + 1))  # the next line without a mark, so that no line is looked at once for each element around it
    for element, (first, last) in lines.ranges.items():
        if first == last:
            continue
        held = sums[last] - sums[first]
        reason = _reason(element, last - first, held, by_name=by_name)
        if not reason or held >= (KEEP_COMMENTS if reason == "comments" else KEEP) * total:
            continue
        if titled is not None and first <= titled < last and element.tag != "nav" and not reason.startswith(("breadcrumb", "crumb")):
            continue
        i = _next(free, first)
        while i < last:
            marks[i] = reason
            free[i] = i + 1
            i = _next(free, i)
    return marks


def _next(free: list[int], at: int) -> int:
    """The first free number from `at` on; the way there is shortened for the next time."""
    end = at
    while free[end] != end:
        end = free[end]
    while free[at] != end:
        free[at], at = end, free[at]
    return end


def _reason(element: Element, count: int, held: float, *, by_name: bool) -> str:
    if element.tag in JUNK_TAGS:
        return element.tag
    if not element.rest or element.tag in NOT_NAMED:
        return ""
    signs = names.signs(element)
    if signs.junk and (by_name or signs.junk == "comments"):
        return signs.junk
    if signs.caption:
        return "caption"
    if held < BYLINE_PROSE and count <= BYLINE_LINES:
        if signs.byline:
            return "byline"
        if signs.time and held < BYLINE_PROSE / 2:
            return "date"
    return ""


def _teasers(lines: Lines, weights: list[float], sums: list[float], titled: int | None) -> set[int]:
    """Lines of lists of other articles: three or more elements side by side that are called alike, each a linked line with little text."""
    found: set[int] = set()
    for parent, (first, last) in lines.ranges.items():
        if last - first < 2 * 3:
            continue
        alike: dict[tuple[str, str], list[Element]] = {}
        if len(children := lines.inner.get(parent, ())) >= 3:
            for child in children:
                if child.tag not in NO_ITEMS:
                    alike.setdefault((child.tag, _unnumbered(child.get("class"))), []).append(child)
        for (tag, _), items in alike.items():
            if len(items) < 3:
                continue
            good = sum(_is_teaser(lines, weights, sums, item) for item in items)
            if good >= 3 and good >= 0.7 * len(items):
                for a, b in [(first, last)] if tag == "dt" else map(lines.of, items):
                    if titled is None or not a <= titled < b:
                        found.update(range(a, b))
    return found


@functools.lru_cache(maxsize=1024)
def _unnumbered(name: str) -> str:
    """The classes of an item without what tells it from the ones beside it."""
    return NUMBERED.sub("", name).strip()


def _is_teaser(lines: Lines, weights: list[float], sums: list[float], element: Element) -> bool:
    """Whether an item is a link with little text; written out, because pages have hundreds of items."""
    first, last = lines.of(element)
    if not 0 < last - first <= ITEM_LINES or sums[last] - sums[first] > ITEM_CHARS:
        return False
    for linked in range(first, min(last, first + 3)):
        line = lines.lines[linked]
        if len(line.text) >= ITEM_LINK_CHARS and line.linked > LINKED:
            return sum(weight >= PARAGRAPH_CHARS for weight in weights[linked:last]) <= 2
        if weights[linked] >= PARAGRAPH_CHARS:
            return False
    return False


def _container(lines: Lines, sums: list[float], junk: list[str], titled: int | None) -> Element:
    """The element of the article: one that is called so and holds enough, else down from the root to where the running text is."""

    def held(element: Element) -> float:
        first, last = lines.of(element)
        return sums[last] - sums[first]

    total = sums[-1]
    enough = [element for element in lines.ranges if element.rest and element.tag not in NO_CONTAINER and total and held(element) >= HINTED * total]
    if hinted := [element for element in enough if names.signs(element).body]:
        return _climbed(lines, max(hinted, key=held), sums, junk)
    current = lines.root
    while here := held(current):
        best = max(lines.inner.get(current, ()), key=held, default=None)
        if best is None or best.tag == "p":
            break
        first, last = lines.of(best)
        if held(best) < (TITLED if titled is not None and first <= titled < last else MOST) * here:
            break
        current = best
    return _climbed(lines, current, sums, junk)


def _climbed(lines: Lines, element: Element, sums: list[float], junk: list[str]) -> Element:
    """The element, or one that it stands in where that adds little but running text: leads, further columns of the article."""
    while element.parent is not None and element.parent in lines.ranges:
        (first, last), (own, end) = lines.of(element.parent), lines.of(element)
        gained = sums[last] - sums[first] - (sums[end] - sums[own])
        added = sum(len(lines.lines[i].text) for i in (*range(first, own), *range(end, last)) if not junk[i])
        if (gained < GAINED_CHARS and (first, last) != (own, end)) or gained < GAINED * added:
            return element
        element = element.parent
    return element


def _headline(lines: list[Line], junk: list[str], titled: int | None, first: int, last: int) -> int | None:
    """The line of the title where it stands before the article's end, else the last heading of the first order before the article."""
    if titled is not None and titled < last:
        return titled
    top = [i for i, line in enumerate(lines[:last]) if line.element.tag == "h1" and not junk[i]]
    return next((i for i in reversed(top) if i <= first), top[0] if top else None)


def _parts(lines: list[Line], junk: list[str], headline: int | None, first: int, last: int) -> tuple[Part, ...]:
    """The lines of the article's element that are none of junk, and leads and captions between the headline and it."""
    parts: list[Part] = []
    if headline is not None and headline < first:
        parts.append(Part(headline, "headline"))
        for i in range(headline + 1, first):
            role = ROLES.get(junk[i])
            if role is not None or (junk[i] in ("", "teaser") and _is_lead(lines[i])):
                parts.append(Part(i, role or "lead"))
    below: list[Part] = []
    carried = False  # whether a line that is kept follows
    for i in range(last - 1, first - 1, -1):
        if i == headline:
            below.append(Part(i, "headline"))
        elif junk[i]:
            if (role := ROLES.get(junk[i])) is not None:
                below.append(Part(i, role))
        elif _is_link(lines[i]):
            carried = False
        elif carried or not _introduces(lines[i]):
            below.append(Part(i, _role(lines[i])))
            carried = True
    return (*parts, *reversed(below))


def _is_lead(line: Line) -> bool:
    return len(line.text) >= LEAD_CHARS and line.linked < LEAD_LINKED and line.element.tag != "h1"


def _is_link(line: Line) -> bool:
    return (line.linked > LINKED and len(line.text) < LONG_LINK_CHARS) or (line.linked > LINKED_SHORT and len(line.text) < SHORT_CHARS)


def _introduces(line: Line) -> bool:
    """Whether a line stands above something, so that it says nothing where that is left out: a heading, "See also:"."""
    size = len(line.text)
    return size <= INTRODUCES_CHARS and (line.element.tag in HEADINGS or line.text.endswith(":") or line.strong >= 0.9 * size)


def _role(line: Line) -> BlockRole | None:
    """The role that the element of a line of the article shows."""
    if line.element.tag in HEADINGS:
        return "subhead"
    element: Element | None = line.element
    for _ in range(ROLE_LEVELS):
        if element is None:
            break
        if element.tag in ("li", "dd", "dt"):
            return "list"
        if element.tag == "blockquote":
            return "quote"
        element = element.parent
    return None
