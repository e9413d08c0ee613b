"""A line of a plain-text page, cut into what is junk and what is not yet known to be.

Words decide first (junk.csv of the page's language), then the shape of the line: dates, addresses, breadcrumbs, no letters at all.
"""

from __future__ import annotations

import re

import msgspec

from onrecord.knowledge import schema
from onrecord.records import BlockRole, Span
from onrecord.stages.phrases import (
    BYLINE_CHARS,
    SHORT_LINE_CHARS,
    SPEAKS_TO_READERS,
    TEASER_LINE_CHARS,
    Phrases,
    opening,
    whole_line,
)
from onrecord.stages.stamps import STRANGE_WORDS, leading, stamp
from onrecord.stages.tails import call_start, tail

WEAK_CHARS = 60  # a sentence longer than this is no caption or ad by its first word alone
ALONE_CHARS = 25  # of an agency that stands behind the last sentence by itself
PLAIN_CHARS = 120  # a teaser this short is one headline, whatever capitals stand in it
HEADLINE_CHARS = 40  # a credit at the head of a page is shorter
SENTENCE_END = re.compile(r"[.!?…][\"»”“’')\]]*\s*$")
COUNTERS = re.compile(r"\W{0,2}\d{1,6}\s+\d{1,6}\.?\s+(?=\w)")
RUBRIC = re.compile(r"[A-ZА-ЯІЇЄҐ][^\W\d_]+(?:\s[^\W\d_A-ZА-ЯІЇЄҐ]+)*\s*")
LONGEST_CRUMB = 40  # characters of a section's name
CRUMB = re.compile(r"\s[/|·›>»→•]\s")
CRUMB_MARK = re.compile("[/|·›>»→•]")
DESK = re.compile(r"[^\W\d_A-Z]{2,5}(?:\s?[/-]\s?[^\W\d_A-Z]{2,5})*/|[^\W\d_A-Z]{2,5}(?:-[^\W\d_A-Z]{2,5})*(?:\s?/\s?[^\W\d_A-Z]{2,5})+/?")
TAKEN_AT = re.compile(r",\s(?:(?:19|20)\d\d(?:\s?[гр]\.|\s?r\.)?)$")  # "Protest in the square, Zaluchia, 2031"
AGENCY_PICTURE = re.compile(r"\s/\s?(?:[^\W\d_]+\s)?(?:[A-Z]{2,}|[А-ЯІЇЄҐ]{3,}|Reuters|Getty(?: Images)?|Depositphotos|Shutterstock)\.?$")
DATED_LINK = re.compile(r"[^\W\d_].{15,}\s\((?:[0-3]?\d[./][01]?\d[./](?:19|20)\d\d)\)$")
LEAST_CAPTION_WORDS = 4
LEAST_KEYWORDS = 4  # items of a line of keywords
KEYWORD_WORDS = 5  # words of one of them
BRACKETED_END = re.compile(r"\(([^()]{2,24})\)$")
PARENTHESIS = re.compile(r"\([^()]{1,60}\)\.?")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|#\w+(?:\s+#\w+)*")
TEASER_END = re.compile(
    r"[.!?…][\"»”]?(?=\s)|(?<=[^\W\d_A-ZА-ЯІЇЄҐ])(?=[A-ZА-ЯІЇЄҐ][a-zа-яіїєґ ])"
    r"| [-–—] [A-ZА-ЯІЇЄҐ][\w'’.-]*(?= [A-ZА-ЯІЇЄҐ\d])"
)
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


def present(low: str, phrases: Phrases) -> Phrases:
    """The phrases with those that stand nowhere on the page left out: a search a phrase, instead of one a phrase and line."""
    return msgspec.structs.replace(
        phrases,
        anywhere=tuple(row for row in phrases.anywhere if row[0] in low),
        inline=tuple(row for row in phrases.inline if row[0] in low),
        end=tuple(row for row in phrases.end if row[0] in low),
        sentence=tuple(row for row in phrases.sentence if row[0] in low),
    )


def stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    return left, left + len(piece.strip())


def pieces_of(text: str, low: str, start: int, end: int, phrases: Phrases, code: str, *, first: bool, early: bool) -> list[Piece]:
    """A line cut into junk at its head, what stands in it, and junk at its end."""
    whole = _by_words(low, start, end, phrases, code, text, at_top=first)
    if whole is not None and whole.end == end:
        return [whole]
    pieces: list[Piece] = []
    if whole is not None:
        pieces.append(whole)
        start = stripped(text, whole.end, end)[0]
    elif (head := _head(text, low, start, end, code, first=first, early=early)) is not None:
        pieces.append(Piece(start, head[0], head[1], head[2]))
        start = stripped(text, head[0], end)[0]
        again = _by_words(low, start, end, phrases, code, text)
        if again is not None and again.end == end:
            return [*pieces, again]
    found = tail(text, low, start, end, phrases, code)
    if found is None:
        return [*pieces, Piece(start, end)]
    if found.start > start:
        before = stripped(text, start, found.start)[1]
        inline = found.rule.startswith("inline:")  # found wherever it stands: more junk may stand before it
        pieces += pieces_of(text, low, start, before, phrases, code, first=False, early=False) if inline else [Piece(start, before)]
    pieces.append(Piece(found.start, found.end, found.role, found.rule))
    rest = stripped(text, found.end, end)[0]
    if rest < end and any(map(str.isalnum, text[rest:end])):
        return pieces + pieces_of(text, low, rest, end, phrases, code, first=False, early=False)
    pieces[-1] = msgspec.structs.replace(pieces[-1], end=end)
    return pieces


def _by_words(low: str, start: int, end: int, phrases: Phrases, code: str, text: str, *, at_top: bool = False) -> Piece | None:
    """The junk that the words of a line show, from its start to its end or to where the article goes on; None: nothing shows any."""
    line = low[start:end]
    if (known := whole_line(line, phrases)) is not None:
        return Piece(start, end, known[0], f"phrase-{known[1] or 'whole'}", known[1])
    if _is_crumbs(line, phrases):
        return Piece(start, end, "navigation", "crumbs")
    size = end - start
    if (opened := opening(text, low, start, end, phrases)) is not None:
        found = _opened(text, low, start, end, *opened, code=code, at_top=at_top)
        if found is not None:
            return found
    if size <= SHORT_LINE_CHARS:
        for words, role in phrases.end:
            if line.rstrip(" .)").endswith(words.rstrip(" .)")):
                alone = call_start(low, start, end, words)
                if alone is not None and end - alone <= ALONE_CHARS:
                    return None  # a sentence of the article stands before it
                return Piece(start, end, role, f"phrase-end:{words}")
    for words, role in phrases.anywhere:
        if role == "byline" and (size > BYLINE_CHARS or SENTENCE_END.search(line)):
            continue
        if words in line and size <= SHORT_LINE_CHARS:
            if role in (*SPEAKS_TO_READERS, "footer") and call_start(low, start, end, words) is not None:
                return None  # a sentence of the article stands before it
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
    weak = " " not in words.strip() and not words.endswith((":", "-", "–", "—"))
    if weak and role in ("caption", "credit", "ad") and ended and size > WEAK_CHARS:
        return None
    if role == "caption" and size > SHORT_LINE_CHARS:
        return _caption_head(text, start, end, start + len(words), rule)
    if size <= SHORT_LINE_CHARS or (role in (*SPEAKS_TO_READERS, "footer") and " " in words and size <= 2 * SHORT_LINE_CHARS):
        return Piece(start, end, role, rule)
    return None


def _teaser(text: str, start: int, end: int, size: int, rule: str, *, ended: bool) -> Piece | None:
    """A teaser takes its line, or in a line with article text what looks like one headline."""
    after = start + size + 8
    glue = TEASER_END.search(text, after, end)
    if ended and end - start > PLAIN_CHARS and ":" not in text[start : start + size + 4] and (glue is None or glue.group()):
        return None  # "More on the bridge was …": a sentence
    if end - start <= TEASER_LINE_CHARS and not (ended and end - start > 2 * size + 200):
        glued = TEASER_END.search(text, after, end)
        if glued is None or glued.end() >= end or end - start <= PLAIN_CHARS:
            return Piece(start, end, "teaser", rule)
        return Piece(start, glued.end(), "teaser", rule)
    glued = TEASER_END.search(text, after, min(end, start + TEASER_LINE_CHARS))
    return Piece(start, glued.end(), "teaser", rule) if glued else None


def _caption_head(text: str, start: int, end: int, after: int, rule: str) -> Piece | None:
    """A credit in capitals at the head of a paragraph: "ФОТО: АГЕНЦИЯ Мостът …"."""
    mark = CREDIT_MARK.match(text, stripped(text, after, end)[0], end)
    return Piece(start, mark.end(), "caption", rule) if mark else None


def _head(text: str, low: str, start: int, end: int, code: str, *, first: bool, early: bool) -> tuple[int, BlockRole, str] | None:
    """Where junk at the head of a line ends: a date or a time before the first words, counters of views with their section."""
    if early and (at := leading(text, low, start, end, code, first=first)) is not None:
        return at, "date", "leading-date"
    if (counters := COUNTERS.match(low, start, min(end, start + 40))) is not None and end - start > 60:
        rubric = RUBRIC.match(text, counters.end(), min(end, counters.end() + 60))
        if rubric and rubric.end() < end and not text[rubric.end()].islower():
            return stripped(text, start, rubric.end())[1], "navigation", "counters"
    return None


def _is_crumbs(line: str, phrases: Phrases) -> bool:
    """Whether a line is the way from the front page to the article's section: "Начало / Култура"."""
    if CRUMB_MARK.search(line) is None:
        return False
    crumbs = CRUMB.split(line)
    return len(crumbs) > 1 and max(map(len, crumbs)) <= LONGEST_CRUMB and (whole_line(crumbs[0], phrases) or ("", ""))[0] == "navigation"


def by_structure(text: str, low: str, piece: Piece, code: str) -> Piece:
    """The role that the shape of a line shows, whatever its words; unchanged where it shows none."""
    start, end = piece.start, piece.end
    size = end - start
    line = text[start:end]
    if size <= 4 * SHORT_LINE_CHARS and not any(map(str.isalpha, line)):
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
    if TAKEN_AT.search(line) and size <= BYLINE_CHARS and len(line.split()) >= LEAST_CAPTION_WORDS:
        return piece.roled("caption", "place-and-year")
    if "/" in line and AGENCY_PICTURE.search(line) and len(line.split()) >= LEAST_CAPTION_WORDS:
        return piece.roled("caption", "picture-of-agency")
    if line.endswith(")") and DATED_LINK.search(line):
        return piece.roled("teaser", "dated-link")
    if line[:1].islower() and not ended and _is_keywords(line):
        return piece.roled("navigation", "keywords")
    if PARENTHESIS.fullmatch(line) and not ended:
        return piece.roled("credit", "parenthesis")
    if size <= BYLINE_CHARS and not ended and _is_agency_line(line, code):
        return piece.roled("credit", "agency")
    if not ended and CRUMB_MARK.search(line) and len(crumbs := CRUMB.split(line)) >= 3 and max(map(len, crumbs)) <= LONGEST_CRUMB:
        return piece.roled("navigation", "crumbs")
    return piece


def _is_keywords(line: str) -> bool:
    """Whether a line is a list of what an article is about: "bridges, Ada Pell, repairs, city council"."""
    items = line.split(", ")
    return line[-1] not in ";:," and len(items) >= LEAST_KEYWORDS and all(1 <= len(item.split()) <= KEYWORD_WORDS for item in items)


def _is_agency_line(line: str, code: str) -> bool:
    """Whether a line holds nothing but agencies and the initials of a desk ("AFP, dpa/lm"), or a name and its agency in brackets."""
    agencies = schema.writing(code).outlets.agencies
    if (named := BRACKETED_END.search(line)) is not None and named[1] in agencies:
        return named.start() > 0 and line[: named.start()].rstrip()[-1:] not in '.!?…"»”“'
    parts = [part.strip() for part in line.replace(";", ",").split(",") if part.strip()]
    return bool(parts) and all(part in agencies or DESK.fullmatch(part) for part in parts)
