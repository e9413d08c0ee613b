"""Blocks of a plain-text page: every line, or part of a line, with its role.

What the words and the shape of a line show comes from `lines`; here the page as a whole speaks: repeated lines, the headline, what
follows "More news", bare names, chronicles. What nothing speaks against is the article. Precision over recall: a paragraph is junk
only on strong evidence.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from typing import get_args

import msgspec

from onrecord.knowledge import schema
from onrecord.records import ARTICLE_ROLES, Block, BlockRole, Span
from onrecord.stages.dates import folded
from onrecord.stages.lines import SENTENCE_END, Piece, by_structure, pieces_of, present, stripped
from onrecord.stages.phrases import BYLINE_CHARS, Phrases, phrases_of
from onrecord.stages.stamps import TRAILING, dateline, stamp

TITLE_CHARS = 260
SUBHEAD_CHARS = 110
PARAGRAPH_CHARS = 150  # a line this long, or with a sentence end, is a paragraph and no headline
CHRONICLE_MARKS = 3  # different dates or times on lines of their own make a chronicle
SITE_NAME_CHARS = 40  # what a page may add to its repeated headline
BEFORE_REST_CHARS = 250  # of article text before "more news" may close the page
LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]*\S[^\n\r\x0b\x0c\x85\u2028\u2029]*")
NAME_LINE = re.compile(r"\W?[^\W\d_][\w'’.-]*(?:\s[^\W\d_][\w'’.-]*){1,3}(?P<outlet>,\s[«„“\"].{2,40}[»”“\"])?\W?$")
BULLET = re.compile(r"(?:[•▪■●◦‣►*✔✅➡]|\d{1,2}[.)])\s")
GLUED = re.compile(r"(?<=[а-яіїєґё]{3})(?=[А-ЯІЇЄҐЁ][а-яіїєґё]*\s)")
GLUED_CHARS = 20  # a headline and a paragraph are at least this long
STAMP_STRANGERS = 12  # words beside the date that a byline may have
DAY_CHARS = len("2031-04-02")
TIME_OF_DAY = re.compile(r"(?<!\d)[0-2]?\d(?::|\s?h\s?)[0-5]\d(?!\d)")
DIGITS_OF_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
RUBRIC_WORDS = 2
RUBRIC_CHARS = 25
HEADLINE_WORDS = 4  # the fewest of a headline below a rubric
EXCERPT_CHARS = 60  # the shortest beginning of a paragraph that can be an excerpt
CUT_OFF = re.compile(r"\s*(?:\.{2,}|…)$")
CYRILLIC = re.compile("[\u0400-\u04ff]")
LEAST_REPEATED = 15  # letters of a line that may count as a repetition
HEAD_CHARS = 40  # of a line, in which most often as many letters stand
JUNK_ROLES = frozenset(get_args(BlockRole)) - ARTICLE_ROLES
NOTHING_GIVEN: Mapping[int, BlockRole] = types.MappingProxyType({})


class Layout(msgspec.Struct, frozen=True):
    """The blocks of a page, its headline if it has one, and when it says it was published."""

    blocks: tuple[Block, ...]
    title: Span | None
    published: str | None
    low: str  # the folded text, for whoever looks for words after this


def lay_out(text: str, code: str, is_repeated: Callable[[str], bool] = lambda line: False, given: Mapping[int, BlockRole] = NOTHING_GIVEN) -> Layout:
    """The blocks of the text, tiling it but for white space.

    `is_repeated` tells the lines that stand on many pages of the outlet; `given` are roles that markup shows, by the start of their line.
    """
    low = folded(text)
    phrases = phrases_of(code)
    active = present(low, phrases)
    pieces: list[Piece] = []
    for number, match in enumerate(LINE.finditer(text)):
        start, end = stripped(text, match.start(), match.end())
        if (role := given.get(start)) == "headline" or role in JUNK_ROLES:
            pieces.append(Piece(start, end, None if role == "headline" else role, "markup"))
        else:
            pieces.extend(pieces_of(text, low, start, end, active, code, first=number == 0, early=number < 2))
    pieces = [by_structure(text, low, piece, code) if piece.role is None and not piece.rule else piece for piece in pieces]
    pieces = [piece.roled("navigation", "outlet-repeats") if piece.role is None and is_repeated(text[piece.start : piece.end]) else piece for piece in pieces]
    pieces = _repeated_heads(text, low, pieces, active)
    pieces = _spread(text, pieces)
    pieces = _timeline(text, pieces)
    if "headline" not in given.values():
        pieces = _rubrics(text, pieces, code)
    pieces = _excerpts(low, pieces)
    title = next(((piece.start, piece.end) for piece in pieces if given.get(piece.start) == "headline"), None) or _title(text, pieces)
    pieces = _unglued(pieces, title)
    pieces = _duplicates(low, pieces, title)
    pieces = _bare_names(text, pieces, title)
    return Layout(_article_roles(text, pieces, title, given), title, _published(text, low, pieces, title, code), low)


def _repeated_heads(text: str, low: str, pieces: list[Piece], phrases: Phrases) -> list[Piece]:
    """A caption that stands at the end of one line and again at the head of the next ("… Фото: X" / "… Фото: X The article …")."""
    marks = [words for words, role in phrases.anywhere if role == "caption"]
    result: list[Piece] = []
    for piece in pieces:
        before = result[-1] if result else None
        if before is not None and before.role in (None, "caption") and piece.role in (None, "caption"):
            size = _overlap(low[before.start : before.end], low[piece.start : piece.end])
            if size and not any(mark in low[piece.start : piece.start + size] for mark in marks):
                result.append(Piece(piece.start, piece.start + size, "duplicate", "repeated"))
                if piece.start + size < piece.end:
                    result.append(Piece(stripped(text, piece.start + size, piece.end)[0], piece.end))
                continue
            if size:
                if size < before.end - before.start:
                    cut = before.end - size
                    result[-1] = Piece(before.start, stripped(text, before.start, cut)[1])
                    result.append(Piece(cut, before.end, "caption", "repeated"))
                else:
                    result[-1] = before.roled("caption", "repeated") if before.role else before
                role: BlockRole = "caption" if size < before.end - before.start or before.role else "duplicate"
                result.append(Piece(piece.start, piece.start + size, role, "repeated"))
                if piece.start + size < piece.end:
                    result.append(Piece(stripped(text, piece.start + size, piece.end)[0], piece.end))
                continue
        result.append(piece)
    return result


def _overlap(one: str, other: str) -> int:
    """Length of the longest end of `one`, at least three words and at a word's border, that `other` opens with and goes on from."""
    head = " ".join(other.split(" ", 3)[:3])
    if head.count(" ") < 2 or len(head) < 12:
        return 0
    at = one.rfind(head)
    if at < 0 or not other.startswith(one[at:]) or (at and one[at - 1].isalnum()):
        return 0
    size = len(one) - at
    return size if size < len(other) and other[size].isspace() else 0


def _spread(text: str, pieces: list[Piece]) -> list[Piece]:
    """Lines after "More news" and "Read also": to the end of the page, or as long as they look like headlines."""
    result: list[Piece] = []
    listing, closed = False, None
    article_chars = 0
    for piece in pieces:
        if closed is not None:
            result.append(piece if piece.role else piece.roled(closed, "after-the-article"))
            continue
        if piece.role is None:
            line = text[piece.start : piece.end]
            if listing and len(line) <= PARAGRAPH_CHARS and not SENTENCE_END.search(line):
                piece = piece.roled("teaser", "listed")
            else:
                listing = False
                article_chars += len(line)
        if piece.spreads:
            closed = piece.role if piece.spreads == "rest" and article_chars >= BEFORE_REST_CHARS else None
            listing = piece.spreads == "list" and article_chars > 0
        elif piece.rule.startswith("phrase:") and piece.role == "teaser" and text[piece.start : piece.end].rstrip().endswith(":"):
            listing = True
        result.append(piece)
    return result


def _title(text: str, pieces: list[Piece]) -> Span | None:
    """The headline: the first line of the article that does not end as a sentence does, where paragraphs follow."""
    article = [piece for piece in pieces if piece.role is None]
    if len(article) < 2:
        return None
    first = article[0]
    line = text[first.start : first.end]
    if len(line) > TITLE_CHARS or (re.search(r"[^.]\.[\"»”“’')]*$", line) and not line.endswith("...")):
        return None
    if line[:1].islower() or BULLET.match(line):
        return None
    glued = GLUED.search(text, first.start + GLUED_CHARS, first.end - GLUED_CHARS)
    return first.start, glued.start() if glued else first.end


def _rubrics(text: str, pieces: list[Piece], code: str) -> list[Piece]:
    """What stands above the headline: the name of a section, words in another alphabet; and a stamp at the headline's end, cut off."""
    article = [index for index, piece in enumerate(pieces) if piece.role is None]
    if len(article) < 2:
        return pieces
    result = list(pieces)
    first, second = (pieces[index] for index in article[:2])
    one, two = text[first.start : first.end], text[second.start : second.end]
    if len(article) > 2 and _is_headline(two) and (_is_rubric(one, two) or _is_foreign(one, two, code)):
        result[article[0]] = first.roled("navigation", "above-the-headline")
        del article[0]
        first, one = second, two
    if len(one) <= TITLE_CHARS and (stamped := TRAILING.search(one)) is not None and stamped.start() >= LEAST_REPEATED:
        cut = first.start + stamped.start()
        at = stripped(text, cut, first.end)[0]
        result[article[0] : article[0] + 1] = [Piece(first.start, cut), Piece(at, first.end, "date", "behind-the-headline")]
    return result


def _is_headline(line: str) -> bool:
    return len(line) <= PARAGRAPH_CHARS and len(line.split()) >= HEADLINE_WORDS and not re.search(r"[.:;,][\"»”“’')]*$", line)


def _is_rubric(line: str, following: str) -> bool:
    """Whether a line of a word or two names the section of the headline that follows."""
    words = line.split()
    return len(words) <= RUBRIC_WORDS and len(line) <= RUBRIC_CHARS and len(following.split()) > 2 * len(words) and line.replace(" ", "").isalpha()


def _is_foreign(line: str, following: str, code: str) -> bool:
    """Whether a line has no letter of the page's alphabet, but the one that follows has."""
    if schema.writing(code).orthography.script != "cyrillic" or len(line) > SITE_NAME_CHARS:
        return False
    return not CYRILLIC.search(line) and CYRILLIC.search(following) is not None


def _excerpts(low: str, pieces: list[Piece]) -> list[Piece]:
    """A line that breaks off in dots and stands whole further down is an excerpt of it, and junk."""
    result = list(pieces)
    first = next((index for index, piece in enumerate(pieces) if piece.role is None), 0)  # a headline may break off
    for index, piece in enumerate(pieces):
        if index == first:
            continue
        cut = CUT_OFF.search(low, piece.start, piece.end) if piece.role is None and low.endswith(("..", "…"), piece.start, piece.end) else None
        head = low[piece.start : cut.start()].rstrip() if cut else ""
        if len(head) < EXCERPT_CHARS:
            continue
        if any(low.startswith(head, other.start) and other.end - other.start > len(head) for other in pieces[index + 1 :] if other.role is None):
            result[index] = piece.roled("duplicate", "excerpt")
    return result


def _unglued(pieces: list[Piece], title: Span | None) -> list[Piece]:
    """The first paragraph cut off where it is glued to the headline: "… рокуЗа словами …"."""
    if title is None:
        return pieces
    result: list[Piece] = []
    for piece in pieces:
        if piece.start == title[0] and piece.end > title[1]:
            result += [Piece(*title), Piece(title[1], piece.end)]
        else:
            result.append(piece)
    return result


def _timeline(text: str, pieces: list[Piece]) -> list[Piece]:
    """Dates and times without a label between paragraphs belong to the article: a live report, a chronicle."""
    article = [index for index, piece in enumerate(pieces) if piece.role is None]
    long = [index for index in article if pieces[index].end - pieces[index].start > SUBHEAD_CHARS]
    marks = [index for index, piece in enumerate(pieces) if piece.role == "date" and piece.rule in ("date-line", "no-letters")]
    different = {text[pieces[index].start : pieces[index].end] for index in marks}
    if len(different) >= CHRONICLE_MARKS:
        first = long[0] if long else 0
        between = {index for index in marks if index > first or not DIGITS_OF_YEAR.search(text, pieces[index].start, pieces[index].end)}
    elif len(long) >= 2:
        stamps = {index for index in marks if _is_stamp(text[pieces[index].start : pieces[index].end])}
        between = {index for index in marks if long[1] < index < article[-1]} - stamps
    else:
        return pieces
    return [Piece(piece.start, piece.end) if index in between else piece for index, piece in enumerate(pieces)]


def _is_stamp(line: str) -> bool:
    """Whether a line gives a day with its year and a time of day, as only pages are stamped."""
    return DIGITS_OF_YEAR.search(line) is not None and TIME_OF_DAY.search(line) is not None


def _key(low: str, start: int, end: int) -> str:
    return " ".join(re.findall(r"\w+", low[start:end]))


def _head(low: str, start: int, end: int) -> str:
    """The first letters of the key of a line: what it must share with any line that it may repeat."""
    key = _key(low, start, min(end, start + HEAD_CHARS))
    return (key if len(key) >= LEAST_REPEATED or end - start <= HEAD_CHARS else _key(low, start, end))[:LEAST_REPEATED]


def _differ_by_a_name(key: str, heading: str) -> bool:
    """Whether a line is the headline with the name of a site after it, or without the "- Media" that the headline ends in."""
    if min(len(key), len(heading)) < LEAST_REPEATED:
        return False
    longer = key.startswith(heading) and len(key) - len(heading) <= SITE_NAME_CHARS
    return longer or (heading.startswith(key) and len(heading) - len(key) <= SITE_NAME_CHARS // 2)


def _duplicates(low: str, pieces: list[Piece], title: Span | None) -> list[Piece]:
    """Lines that stand on the page before, and those that open with the headline and say no more than a site's name after it."""
    firsts: dict[str, Piece] = {}  # by the head of their key: a line that differs there from all others need not be read to its end
    seen: set[str] = set()
    heading = _key(low, *title) if title else ""
    result: list[Piece] = []
    for piece in pieces:
        if piece.role in (None, "teaser"):
            head = _head(low, piece.start, piece.end)
            first = firsts.setdefault(head, piece)
            if len(head) == LEAST_REPEATED and (first is not piece or heading.startswith(head)):
                key = _key(low, piece.start, piece.end)
                if first is not piece:
                    seen.add(_key(low, first.start, first.end))
                close = _differ_by_a_name(key, heading)
                if key in seen or (close and (piece.start, piece.end) != title):
                    piece = piece.roled("duplicate", "repeated-line")
                seen.add(key)
        result.append(piece)
    return result


def _bare_names(text: str, pieces: list[Piece], title: Span | None) -> list[Piece]:
    """A name alone on a line, right after the headline or as the last of the article, is the author's."""
    article = [index for index, piece in enumerate(pieces) if piece.role is None and (piece.start, piece.end) != title]
    if title is None or len(article) < 2:
        return pieces
    result = list(pieces)
    for index in {article[0], article[-1]}:
        line = text[pieces[index].start : pieces[index].end]
        match = NAME_LINE.match(line) if len(line) <= BYLINE_CHARS else None
        if match and all(word[:1].isupper() for word in line[: match.start("outlet") if match["outlet"] else None].split()):
            result[index] = pieces[index].roled("byline", "bare-name")
    return result


def _article_roles(text: str, pieces: list[Piece], title: Span | None, given: Mapping[int, BlockRole]) -> tuple[Block, ...]:
    """Blocks with the roles of the article told apart: headline, lead, subheads, lists, body."""
    blocks: list[Block] = []
    article = [index for index, piece in enumerate(pieces) if piece.role is None]
    bodies = 0
    for index, piece in enumerate(pieces):
        role, rule = piece.role, piece.rule
        if role is None:
            line = text[piece.start : piece.end]
            last = index == article[-1]
            if (piece.start, piece.end) == title:
                role, rule = "headline", piece.rule or "first-line"
            elif piece.start in given:
                role, rule, bodies = given[piece.start], "markup", max(bodies, int(given[piece.start] == "lead"))
            elif BULLET.match(line):
                role, rule = "list", "bullet"
            elif bodies == 0 and title is not None and len(line) >= 60:
                role, rule, bodies = "lead", "first-paragraph", 1
            elif bodies and not last and len(line) <= SUBHEAD_CHARS and _is_subhead(line):
                role, rule = "subhead", "short-line"
            else:
                role, rule, bodies = "body", "paragraph", bodies + 1
        blocks.append(Block(piece.start, piece.end, role, rule))
    return tuple(blocks)


def _is_subhead(line: str) -> bool:
    return line[:1].isalnum() and not line[:1].islower() and not re.search(r"[.…:;,!\"»”“–—-]$", line) and len(line.split()) <= 14


def _published(text: str, low: str, pieces: list[Piece], title: Span | None, code: str) -> str | None:
    """The first time of publication that the page gives outside its article and outside other articles, else that of its dateline.

    That of an update counts only where there is no other; a time of day on a line of its own belongs to the day next to it.
    """
    later = tuple(folded(word) for word in schema.writing(code).calendar.updated)
    found: list[tuple[bool, str]] = []
    time: str | None = None
    for piece in pieces:
        if piece.role in ("date", "byline", "credit", "navigation") and piece.rule != "after-the-article":
            seen = stamp(text, low, piece.start, piece.end, code)
            if seen is not None and seen.value and (piece.role == "date" or seen.strange <= STAMP_STRANGERS):
                found.append((low[piece.start : piece.end].startswith(later), seen.value))
            elif seen is not None and seen.time and seen.strange == 0:
                time = time or seen.time
    if not found:
        first = next((piece for piece in pieces if piece.role is None and (piece.start, piece.end) != title), None)
        return dateline(text, first.start, first.end, code) if first is not None else None
    updated, value = min(found, key=lambda row: row[0])
    finer = next((other for later_too, other in found if other.startswith(value + "T") and later_too == updated), None)
    return finer or (f"{value}T{time}" if time and len(value) == DAY_CHARS and len(found) == 1 else value)
