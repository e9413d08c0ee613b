"""Blocks of a plain-text page: every line, or part of a line, with its role.

Words decide first (junk.csv of the page's language), structure second: repeated lines, dates, breadcrumbs, lines without letters,
bare names. What nothing speaks against is the article. Precision over recall: a paragraph is junk only on strong evidence.
"""

from __future__ import annotations

import re

import msgspec

from onrecord.records import Block, BlockRole, Span
from onrecord.stages.dates import folded
from onrecord.stages.phrases import (
    BYLINE_CHARS,
    SHORT_LINE_CHARS,
    SPEAKS_TO_READERS,
    TEASER_LINE_CHARS,
    Phrases,
    opening,
    phrases_of,
    whole_line,
)
from onrecord.stages.stamps import LEADING, STRANGE_WORDS, stamp

TITLE_CHARS = 260
SUBHEAD_CHARS = 110
PARAGRAPH_CHARS = 150  # a line this long, or with a sentence end, is a paragraph and no headline
PLAIN_CHARS = 120  # a sentence longer than this is no caption by its first word alone
HEADLINE_CHARS = 40  # a credit at the head of a page is shorter
CHRONICLE_MARKS = 3  # different dates or times on lines of their own make a chronicle
SITE_NAME_CHARS = 40  # what a page may add to its repeated headline
BEFORE_REST_CHARS = 250  # of article text before "more news" may close the page
CLOSING_CHARS = 420  # of a line's end that a call to the reader may take

LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]*\S[^\n\r\x0b\x0c\x85\u2028\u2029]*")
SENTENCE_END = re.compile(r"[.!?…][\"»”“’')\]]*\s*$")
AFTER_STOP = re.compile(r"[.!?…][\"»”“’')\]]*\s*(?=[^\W\d_]|[«„“\"👉📢])")
COUNTERS = re.compile(r"\W{0,2}\d{1,6}\s+\d{1,6}\.?\s+(?=\w)")
RUBRIC = re.compile(r"[A-ZА-ЯІЇЄҐ][^\W\d_]+(?:\s[^\W\d_A-ZА-ЯІЇЄҐ]+)*\s*")
CRUMB = re.compile(r"\s(?:/|\||·|›|>|»|→|•)\s")
NAME_LINE = re.compile(r"\W?[^\W\d_][\w'’.-]*(?:\s[^\W\d_][\w'’.-]*){1,3}(?P<outlet>,\s[«„“\"].{2,40}[»”“\"])?\W?$")
PARENTHESIS = re.compile(r"\([^()]{1,60}\)\.?")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|#\w+(?:\s+#\w+)*")
BULLET = re.compile(r"(?:[•▪■●◦‣►*✔✅➡]|\d{1,2}[.)])\s")
TEASER_END = re.compile(r"[.!?…][\"»”]?(?=\s)|(?<=[^\W\d_A-ZА-ЯІЇЄҐ])(?=[A-ZА-ЯІЇЄҐ][a-zа-яіїєґ ])| [-–—] [A-ZА-ЯІЇЄҐ][\w'’.-]*(?= [A-ZА-ЯІЇЄҐ\d])")
GLUED = re.compile(r"(?<=[а-яіїєґё]{3})(?=[А-ЯІЇЄҐЁ][а-яіїєґё]*\s)")
GLUED_CHARS = 20  # a headline and a paragraph are at least this long
CREDIT_MARK = re.compile(r"(?:[A-ZА-ЯІЇЄҐ]{3,}(?:[/ ][A-ZА-ЯІЇЄҐ]{2,})*)(?=\s)")


class Piece(msgspec.Struct, frozen=True):
    """A line or a part of one; `role` None: part of the article as far as is known."""

    start: int
    end: int
    role: BlockRole | None = None
    rule: str = ""
    spreads: str = ""  # "list" or "rest": the lines after it are junk too

    def roled(self, role: BlockRole, rule: str) -> Piece:
        return msgspec.structs.replace(self, role=role, rule=rule)


class Layout(msgspec.Struct, frozen=True):
    """The blocks of a page, its headline if it has one, and when it says it was published."""

    blocks: tuple[Block, ...]
    title: Span | None
    published: str | None
    low: str  # the folded text, for whoever looks for words after this


def lay_out(text: str, code: str) -> Layout:
    """The blocks of the text, tiling it but for white space."""
    low = folded(text)
    phrases = phrases_of(code)
    active = _active(low, phrases)
    pieces: list[Piece] = []
    for number, match in enumerate(LINE.finditer(text)):
        start, end = _stripped(text, match.start(), match.end())
        pieces.extend(_pieces(text, low, start, end, active, code, first=number == 0, early=number < 2))
    pieces = [_by_structure(text, low, piece, code) if piece.role is None else piece for piece in pieces]
    pieces = _repeated_heads(text, low, pieces, active)
    pieces = _spread(text, pieces)
    pieces = _timeline(text, pieces)
    title = _title(text, pieces)
    pieces = _unglued(pieces, title)
    pieces = _duplicates(low, pieces, title)
    pieces = _bare_names(text, pieces, title)
    return Layout(_article_roles(text, pieces, title), title, _published(text, low, pieces, code), low)


def _active(low: str, phrases: Phrases) -> Phrases:
    """The phrases with those that stand nowhere on the page left out: a search a phrase, instead of one a phrase and line."""
    return msgspec.structs.replace(
        phrases,
        anywhere=tuple(row for row in phrases.anywhere if row[0] in low),
        inline=tuple(row for row in phrases.inline if row[0] in low),
        end=tuple(row for row in phrases.end if row[0] in low),
    )


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    return left, left + len(piece.strip())


def _pieces(text: str, low: str, start: int, end: int, phrases: Phrases, code: str, *, first: bool, early: bool) -> list[Piece]:
    """A line cut into junk at its head, what stands in it, and junk at its end."""
    whole = _by_words(low, start, end, phrases, code, text, at_top=first)
    if whole is not None and whole.end == end:
        return [whole]
    pieces: list[Piece] = []
    if whole is not None:
        pieces.append(whole)
        start = _stripped(text, whole.end, end)[0]
    elif (head := _head(text, low, start, end, first=first, early=early)) is not None:
        pieces.append(Piece(start, head[0], head[1], head[2]))
        start = _stripped(text, head[0], end)[0]
        again = _by_words(low, start, end, phrases, code, text)
        if again is not None and again.end == end:
            return [*pieces, again]
    tail = _tail(text, low, start, end, phrases)
    if tail is not None and tail[0] > start:
        body_end = _stripped(text, start, tail[0])[1]
        pieces += [Piece(start, body_end), Piece(tail[0], tail[1], tail[2], tail[3])]
        if tail[1] < end:
            pieces.append(Piece(_stripped(text, tail[1], end)[0], end))
        return pieces
    return [*pieces, Piece(start, end)]


def _by_words(low: str, start: int, end: int, phrases: Phrases, code: str, text: str, *, at_top: bool = False) -> Piece | None:
    """The junk that the words of a line show, from its start to its end or to where the article goes on; None: nothing shows any."""
    line = low[start:end]
    for spreads, table in (("rest", phrases.rest), ("list", phrases.listed), ("", phrases.whole)):
        if (role := whole_line(line, table)) is not None:
            return Piece(start, end, role, f"phrase-{spreads or 'whole'}", spreads)
    size = end - start
    if (opened := opening(text, low, start, end, phrases)) is not None:
        found = _opened(text, low, start, end, *opened, code=code, at_top=at_top)
        if found is not None:
            return found
    if size <= SHORT_LINE_CHARS:
        for words, role in phrases.end:
            if line.rstrip(" .)").endswith(words.rstrip(" .)")):
                return Piece(start, end, role, f"phrase-end:{words}")
    for words, role in phrases.anywhere:
        if words in line and size <= (BYLINE_CHARS if role == "byline" else SHORT_LINE_CHARS) and not (role == "byline" and SENTENCE_END.search(line)):
            return Piece(start, end, role, f"phrase-in:{words}")
    return None


def _opened(text: str, low: str, start: int, end: int, words: str, role: BlockRole, *, code: str, at_top: bool) -> Piece | None:
    """How far the junk goes that a phrase at the head of a line opens; None where the line is article text all the same."""
    size, rule = end - start, f"phrase:{words}"
    ended = SENTENCE_END.search(low, start, end) is not None
    if at_top and size > HEADLINE_CHARS and not ended and role in ("credit", "byline", "caption", "ad", "teaser") and " " not in words:
        return None  # "Source: star close to a move", "Video: …": a headline
    if role == "byline":
        named = words.endswith(":") or text[start + len(words) : start + len(words) + 2].lstrip()[:1].isupper() or " " in words.strip()
        return Piece(start, end, role, rule) if size <= BYLINE_CHARS and not ended and named else None
    if role == "date":
        seen = stamp(text, low, start, end, code)
        return Piece(start, end, role, rule) if seen is not None and (seen.strange <= STRANGE_WORDS + 4 or not ended) else None
    if role == "teaser":
        return _teaser(text, start, end, len(words), rule, ended=ended)
    if role in ("caption", "credit", "ad") and ended and size > PLAIN_CHARS and not words.endswith((":", "-", "–", "—")) and " " not in words.strip():
        return None
    if role == "caption" and size > SHORT_LINE_CHARS:
        return _caption_head(text, start, end, start + len(words), rule)
    if size <= SHORT_LINE_CHARS or role in (*SPEAKS_TO_READERS, "footer") and " " in words and size <= 2 * SHORT_LINE_CHARS:
        return Piece(start, end, role, rule)
    return None


def _teaser(text: str, start: int, end: int, size: int, rule: str, *, ended: bool) -> Piece | None:
    """A teaser takes its line, or in a line with article text what looks like one headline."""
    after = start + size + 8
    if end - start <= TEASER_LINE_CHARS and not (ended and end - start > 2 * size + 200):
        glued = TEASER_END.search(text, after, end)
        if glued is None or glued.end() >= end or end - start <= PLAIN_CHARS:
            return Piece(start, end, "teaser", rule)
        return Piece(start, glued.end(), "teaser", rule)
    glued = TEASER_END.search(text, after, min(end, start + TEASER_LINE_CHARS))
    return Piece(start, glued.end(), "teaser", rule) if glued else None


def _caption_head(text: str, start: int, end: int, after: int, rule: str) -> Piece | None:
    """A credit in capitals at the head of a paragraph: "СНИМКА: РОЙТЕРС Новите …"."""
    mark = CREDIT_MARK.match(text, _stripped(text, after, end)[0], end)
    return Piece(start, mark.end(), "caption", rule) if mark else None


def _head(text: str, low: str, start: int, end: int, *, first: bool, early: bool) -> tuple[int, BlockRole, str] | None:
    """Where junk at the head of a line ends: a date or a time before the first words, counters of views with their section."""
    if early and (leading := LEADING.match(low, start, end)) is not None:
        follows = text[leading.end() :].lstrip()[:1] if leading.end() < end else ""
        timed = leading["iso"] or leading["dottime"] or first
        if timed and follows and not follows.islower():
            return leading.end(), "date", "leading-date"
    if (counters := COUNTERS.match(low, start, min(end, start + 40))) is not None and end - start > 60:
        rubric = RUBRIC.match(text, counters.end(), min(end, counters.end() + 60))
        if rubric and rubric.end() < end and not text[rubric.end()].islower():
            return _stripped(text, start, rubric.end())[1], "navigation", "counters"
    return None


def _tail(text: str, low: str, start: int, end: int, phrases: Phrases) -> tuple[int, int, BlockRole, str] | None:
    """Junk that follows article text on its line: from an inline phrase, or a sentence that opens with a call to the reader."""
    for words, role in phrases.inline:
        at = low.find(words, start, end)
        if at >= 0:
            return at, end, role, f"inline:{words}"
    for match in AFTER_STOP.finditer(low, start, end):
        opened = opening(text, low, match.end(), end, phrases)
        if opened is None:
            continue
        words, role = opened
        strong = " " in words or words.endswith(":")
        if role in SPEAKS_TO_READERS and strong and end - match.end() <= CLOSING_CHARS:
            return match.end(), end, role, f"closing:{words}"
        if role in ("credit", "teaser", "caption") and words.endswith(":") and end - match.end() <= SHORT_LINE_CHARS:
            return match.end(), end, role, f"closing:{words}"
    return None


def _by_structure(text: str, low: str, piece: Piece, code: str) -> Piece:
    """The role that the shape of a line shows, whatever its words; unchanged where it shows none."""
    start, end = piece.start, piece.end
    size = end - start
    line = text[start:end]
    if size <= 4 * SHORT_LINE_CHARS and not any(char.isalpha() for char in line):
        seen = stamp(text, low, start, end, code)
        return piece.roled("date" if seen else "navigation", "no-letters")
    if size > SHORT_LINE_CHARS:
        return piece
    ended = SENTENCE_END.search(line) is not None
    seen = stamp(text, low, start, end, code)
    if seen is not None and seen.strange <= (1 if ended else STRANGE_WORDS):
        return piece.roled("date", "date-line")
    if ADDRESS.fullmatch(line):
        return piece.roled("navigation", "address")
    if PARENTHESIS.fullmatch(line) and not ended:
        return piece.roled("credit", "parenthesis")
    crumbs = CRUMB.split(line)
    if len(crumbs) >= 3 and not ended and max(map(len, crumbs)) <= 40:
        return piece.roled("navigation", "crumbs")
    return piece


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
                    result.append(Piece(_stripped(text, piece.start + size, piece.end)[0], piece.end))
                continue
            if size:
                if size < before.end - before.start:
                    cut = before.end - size
                    result[-1] = Piece(before.start, _stripped(text, before.start, cut)[1])
                    result.append(Piece(cut, before.end, "caption", "repeated"))
                else:
                    result[-1] = before.roled("caption", "repeated") if before.role else before
                role: BlockRole = "caption" if size < before.end - before.start or before.role else "duplicate"
                result.append(Piece(piece.start, piece.start + size, role, "repeated"))
                if piece.start + size < piece.end:
                    result.append(Piece(_stripped(text, piece.start + size, piece.end)[0], piece.end))
                continue
        result.append(piece)
    return result


def _overlap(one: str, other: str) -> int:
    """Length of the longest end of `one`, at least three words and at a word's border, that `other` opens with and goes on from."""
    head = " ".join(other.split(" ", 3)[:3])
    if head.count(" ") < 2 or len(head) < 12:
        return 0
    at = one.rfind(head)
    if at < 0 or not other.startswith(one[at:]) or at and one[at - 1].isalnum():
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
    if len(line) > TITLE_CHARS or re.search(r"[^.]\.[\"»”“’')]*$", line) and not line.endswith("..."):
        return None
    if line[:1].islower() or BULLET.match(line):
        return None
    glued = GLUED.search(text, first.start + GLUED_CHARS, first.end - GLUED_CHARS)
    return first.start, glued.start() if glued else first.end


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
        between = set(marks)
    elif len(long) >= 2:
        between = {index for index in marks if long[1] < index < article[-1]}
    else:
        return pieces
    return [Piece(piece.start, piece.end) if index in between else piece for index, piece in enumerate(pieces)]


def _key(low: str, start: int, end: int) -> str:
    return " ".join(re.findall(r"\w+", low[start:end]))


def _duplicates(low: str, pieces: list[Piece], title: Span | None) -> list[Piece]:
    """Lines that stand on the page before, and those that open with the headline and say no more than a site's name after it."""
    seen: set[str] = set()
    heading = _key(low, *title) if title else ""
    result: list[Piece] = []
    for piece in pieces:
        if piece.role in (None, "teaser"):
            key = _key(low, piece.start, piece.end)
            again = key in seen and len(key) >= 15
            close = len(heading) >= 15 and (
                key.startswith(heading) and len(key) - len(heading) <= SITE_NAME_CHARS
                or heading.startswith(key) and len(heading) - len(key) <= SITE_NAME_CHARS // 2 and len(key) >= 15
            )
            if again or close and (piece.start, piece.end) != title:
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


def _article_roles(text: str, pieces: list[Piece], title: Span | None) -> tuple[Block, ...]:
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
                role, rule = "headline", "first-line"
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


def _published(text: str, low: str, pieces: list[Piece], code: str) -> str | None:
    """The first time of publication that the page gives outside its article and outside other articles; one of an update only if alone."""
    found: list[tuple[bool, str]] = []
    for piece in pieces:
        if piece.role in ("date", "byline", "credit", "navigation") and piece.rule != "after-the-article":
            seen = stamp(text, low, piece.start, piece.end, code)
            if seen is not None and seen.value and (piece.role == "date" or seen.strange <= 12):
                updated = low[piece.start : piece.start + 8].startswith(UPDATED)
                found.append((updated, seen.value))
    found.sort(key=lambda row: row[0])
    if not found:
        return None
    value = found[0][1]
    return next((finer for updated, finer in found if finer.startswith(value + "T") and updated == found[0][0]), value)


UPDATED = ("updated", "last upd", "last mod", "оновлен", "останнє", "обновен", "последна", "обновле", "последнее", "zaktual", "aktual", "ostatnia", "zuletzt", "mis à", "mise à", "actuali", "última")
