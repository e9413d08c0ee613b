"""A text without what no reader sees, for reading; and a reading of it put back onto the text as it came.

Soft hyphens, zero-width characters, stress marks, letters in two parts (и and a breve for й), letters of another alphabet that look the same (Latin
o and p in "Ігop"), a blank left out behind a title ("г-нПетров") and two commas for a mark (",,Nie”") break words for every rule. So a page that has any
is read in plain letters, with the place of each character kept, and every span of the reading then points into the page as it is.
"""

from __future__ import annotations

import re
import unicodedata

import msgspec

from onrecord.records import Block, Figure, Mention, Reading, Span, Speaker, Statement, digest

INVISIBLE = "\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u2060-\u2064\ufeff"
BLANKS = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
SMALL, LARGE, LATIN = "а-яёіїєґў", "А-ЯЁІЇЄҐЎ", "a-zA-ZÀ-ɏ"
ALIKE_LATIN, ALIKE_CYRILLIC = "aceiopxyABCEHIKMOPTXY", "асеіорхуАВСЕНІКМОРТХУ"  # letters that look the same
TO_CYRILLIC, TO_LATIN = str.maketrans(ALIKE_LATIN, ALIKE_CYRILLIC), str.maketrans(ALIKE_CYRILLIC, ALIKE_LATIN)
ACRONYM = re.compile(f"[A-Z]{{2,}}[{SMALL}]+")  # with an ending: "COVIDу"
MIXED = f"(?:[{LATIN}]+[{SMALL}{LARGE}]|[{SMALL}{LARGE}]+[{LATIN}])[{LATIN}{SMALL}{LARGE}]*"
GLUED = f"(?<![\\w'’ʼ-])[{SMALL}]-[{SMALL}]{{1,3}}(?=[{LARGE}][{SMALL}]{{2}})"  # a title: "г-н"
CYRILLIC = re.compile(f"[{SMALL}{LARGE}]")
EDGE = re.compile(f"[a-zA-Z](?:(?<=[{SMALL}{LARGE}].)|(?=[{SMALL}{LARGE}]))")  # where two alphabets meet in a word
JOINT = re.compile(f"-[{SMALL}]{{1,3}}[{LARGE}]")  # where a name may be glued to it
COMMAS = r"(?<![\w,]),,(?=\w)"  # for the mark „
NAMED = f"(?P<mixed>{MIXED})|(?P<glued>{GLUED})"
ODD = re.compile(NAMED + f"|[^\\W\\d_][{INVISIBLE}]*[\u0300-\u036f][{INVISIBLE}\u0300-\u036f]*|[{INVISIBLE}]+|[{BLANKS}]|[\u2010\u2011]|{COMMAS}")
UNSEEN = re.compile(f"[{INVISIBLE}]")
SIGN = re.compile(f"[\u0300-\u036f{INVISIBLE}{BLANKS}\u2010\u2011]|{COMMAS}")  # one of these stands in whatever ODD finds


class Plain(msgspec.Struct, frozen=True):
    """The text in plain letters, and where each of its characters starts and ends in the text as it came."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, span: Span) -> Span:
        """A span of the plain text in the text as it came."""
        start, end = span
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]


def plain(text: str) -> Plain | None:
    """The text in plain letters; None where it is in plain letters already."""
    if text.isascii() or not (SIGN.search(text) or (CYRILLIC.search(text) and (EDGE.search(text) or JOINT.search(text)))):
        return None
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in ODD.finditer(text):
        parts.append(text[at : match.start()])
        starts.extend(range(at, match.start()))
        ends.extend(range(at + 1, match.start() + 1))
        if match["mixed"]:
            parts.append(_one_alphabet(match[0]))
            starts.extend(range(*match.span()))
            ends.extend(range(match.start() + 1, match.end() + 1))
        elif match["glued"]:
            parts.append(match[0] + " ")
            starts.extend(range(match.start(), match.end() + 1))
            ends.extend((*range(match.start() + 1, match.end() + 1), match.end()))
        elif (char := _seen(match[0])) is not None:
            parts.append(char)
            starts.append(match.start())
            ends.append(match.end())
        at = match.end()
    parts.append(text[at:])
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    read = "".join(parts)
    if read == text:
        return None
    again = plain(read)  # what is invisible may have parted a word in two alphabets, or a title from a name
    if again is None:
        return Plain(read, tuple(starts), tuple(ends))
    pairs = list(zip(again.starts, again.ends, strict=True))
    return Plain(again.text, tuple(starts[k] for k, _ in pairs), tuple(ends[m - 1] if m > k else starts[k] for k, m in pairs))


def _one_alphabet(word: str) -> str:
    """A word in two alphabets in the one that all its letters may be of; as it is where there is none or either would do."""
    if ACRONYM.fullmatch(word):
        return word
    cyrillic, latin = word.translate(TO_CYRILLIC), word.translate(TO_LATIN)
    found = [one for one, other in ((cyrillic, LATIN), (latin, SMALL + LARGE)) if not re.search(f"[{other}]", one)]
    return found[0] if len(found) == 1 else word


def _seen(odd: str) -> str | None:
    """The one character that a reader sees, None for nothing: й for и and a breve, the letter without a stress that no letter is written with."""
    if odd[0].isalpha():
        return unicodedata.normalize("NFC", UNSEEN.sub("", odd))[0]
    if odd in ("\u2010", "\u2011", ",,"):
        return "„" if odd == ",," else "-"
    return " " if odd.isspace() else None


def restored(reading: Reading, text: str, page: Plain) -> Reading:
    """A reading of the plain text as one of the text as it came; ids are those of its own text and spans."""
    replace, span = msgspec.structs.replace, page.span
    article = replace(reading.article, id=digest(reading.article.source, text), text=text, blocks=_tiled(reading, text, page))
    moved = [_statement(statement, page) for statement in reading.statements]
    ids = {s.id: digest(article.id, ",".join(f"{a}-{b}" for a, b in s.content)) for s in moved}
    sentences = tuple(replace(s, start=span((s.start, s.end))[0], end=span((s.start, s.end))[1]) for s in reading.sentences)
    statements = tuple(replace(s, id=ids[s.id], inside=ids.get(s.inside or "")) for s in moved)
    return Reading(article, sentences, tuple(_mention(mention, page) for mention in reading.mentions), statements)


def _tiled(reading: Reading, text: str, page: Plain) -> tuple[Block, ...]:
    """The blocks, each from the first character behind the block before, so that they leave out nothing but white space."""
    blocks: list[Block] = []
    at = 0
    for block in reading.article.blocks:
        at += len(text[at:]) - len(text[at:].lstrip())
        end = page.span((block.start, block.end))[1]
        blocks.append(msgspec.structs.replace(block, start=at, end=end))
        at = end
    if blocks:
        blocks[-1] = msgspec.structs.replace(blocks[-1], end=len(text.rstrip()))
    return tuple(blocks)


def _mention(mention: Mention, page: Plain) -> Mention:
    start, end = page.span((mention.start, mention.end))
    return msgspec.structs.replace(mention, start=start, end=end)


def _statement(statement: Statement, page: Plain) -> Statement:
    def maybe(span: Span | None) -> Span | None:
        return None if span is None else page.span(span)

    def speaker(known: Speaker | None) -> Speaker | None:
        return None if known is None else msgspec.structs.replace(known, mention=maybe(known.mention))

    def figure(found: Figure) -> Figure:
        return msgspec.structs.replace(found, span=page.span(found.span))

    return msgspec.structs.replace(
        statement,
        content=tuple(map(page.span, statement.content)),
        quoted=tuple(map(page.span, statement.quoted)),
        cue=maybe(statement.cue),
        speaker=speaker(statement.speaker),
        place=maybe(statement.place),
        occasion=maybe(statement.occasion),
        to=maybe(statement.to),
        figures=tuple(map(figure, statement.figures)),
    )
