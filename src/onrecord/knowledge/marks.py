r"""Articles and examples with their readings marked inline, as plain text.

The same marks serve `examples.toml` of a language folder and the articles of `corpus/`:

    {id|words}        a mention of the entity `id`: a name, a role, a pronoun
    [1 id|words]      content of statement 1, said by the entity `id`; `[1|words]` is a further span of it
    [1? id|words]     the same, but two careful readers could differ about marking it at all
    [1! id|words]     direct although no quotation marks stand around it (a reply, a dash)
    [1~ id|words]     indirect although it holds quotation marks (a title, a name)
    [?|words]         a part of the content that two careful readers could differ about
    <1|words>         the cue of statement 1

Marks nest. A literal bracket is written with a backslash before it. A line of a corpus article may open with a block
role: `@headline `, `@caption `, `@teaser ` …; a line without one is body.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from onrecord.errors import MarksError

Span = tuple[int, int]
EntityType = Literal["per", "org", "loc", "grp", "doc"]

OPENER = re.compile(r"\{(?P<entity>[\w-]+)\||\[(?P<number>\d+)(?P<flag>[?!~]*)(?: (?P<by>[\w-]+))?\||(?P<optional>\[\?\|)|<(?P<cue>\d+)\|")
CLOSER = {"{": "}", "[": "]", "<": ">"}
ROLE_LINE = re.compile(r"@([a-z]+) ")
OPENING_MARKS = "\"'«»„“”‚‘’‹›"
HEADER_LINE = re.compile(r"(?P<key>per|org|loc|grp|doc)(?: (?P<id>[\w-]+))(?: (?P<gender>[mfn]))?: *(?P<value>.*)|(?P<plain>[a-z]+): *(?P<plain_value>.*)")
NOTE_LINE = re.compile(r"(?P<number>\d+) (?P<key>said|place|occasion|to): *(?P<value>.+)")


class MarkedMention(msgspec.Struct, frozen=True):
    """A span that stands for an entity."""

    span: Span
    entity: str


class MarkedStatement(msgspec.Struct, frozen=True):
    """One statement as marked; spans count code points of the plain text."""

    number: int
    speaker: str
    content: tuple[Span, ...]
    optional: tuple[Span, ...]
    cue: Span | None
    required: bool
    kind: Literal["direct", "indirect", "mixed"]


class MarkedText(msgspec.Struct, frozen=True):
    """Plain text with what its marks say."""

    text: str
    mentions: tuple[MarkedMention, ...]
    statements: tuple[MarkedStatement, ...]


class Entity(msgspec.Struct, frozen=True):
    """Somebody or something that the marks speak of; the first name is the canonical one."""

    id: str
    type: EntityType
    gender: str | None
    names: tuple[str, ...]


class MarkedBlock(msgspec.Struct, frozen=True):
    """A line of a corpus article and its role."""

    start: int
    end: int
    role: str


class MarkedArticle(msgspec.Struct, frozen=True):
    """A corpus article: header, entities, blocks, marked text, and notes on when and where each statement was made."""

    header: dict[str, str]
    entities: dict[str, Entity]
    blocks: tuple[MarkedBlock, ...]
    marked: MarkedText
    notes: dict[int, dict[str, str]]


def read_marks(source: str, *, where: str = "text", first_line: int = 1) -> MarkedText:
    """The plain text and the marks of `source`; raises MarksError that names `where` and the line, counted from `first_line`."""
    plain: list[str] = []
    length = 0
    open_marks: list[tuple[str, re.Match[str], int]] = []
    mentions: list[MarkedMention] = []
    content: dict[int, list[Span]] = {}
    optional: list[Span] = []
    cues: dict[int, Span] = {}
    heads: dict[int, tuple[str, str]] = {}

    def fail(at: int, message: str) -> MarksError:
        line = source.count("\n", 0, at) + first_line
        return MarksError(f"{where}, line {line}: {message}: …{source[max(0, at - 30) : at + 40]!r}…")

    at = 0
    while at < len(source):
        char = source[at]
        if char == "\\" and at + 1 < len(source):
            plain.append(source[at + 1])
            length += 1
            at += 2
            continue
        if char in "{[<":
            match = OPENER.match(source, at)
            if match is None:
                raise fail(at, f"a lone {char!r} (write \\{char} for a literal one)")
            if match["number"] and match["by"]:
                number = int(match["number"])
                if number in heads and heads[number][0] != match["by"]:
                    raise fail(at, f"statement {number} has two speakers")
                heads[number] = (match["by"], match["flag"] or heads.get(number, ("", ""))[1])
            open_marks.append((char, match, length))
            at = match.end()
            continue
        if char in "}]>":
            if not open_marks or CLOSER[open_marks[-1][0]] != char:
                raise fail(at, f"{char!r} closes nothing (marks must nest)")
            _, match, start = open_marks.pop()
            span = (start, length)
            if start == length:
                raise fail(at, "an empty mark")
            if match["entity"]:
                mentions.append(MarkedMention(span, match["entity"]))
            elif match["number"]:
                content.setdefault(int(match["number"]), []).append(span)
            elif match["cue"]:
                cues.setdefault(int(match["cue"]), span)
            else:
                optional.append(span)
            at += 1
            continue
        plain.append(char)
        length += 1
        at += 1
    if open_marks:
        raise fail(open_marks[-1][1].start(), "a mark that is never closed")
    for number in content:
        if number not in heads:
            raise MarksError(f"{where}: statement {number} names no speaker: write [{number} id|…]")
    for number in cues:
        if number not in content:
            raise MarksError(f"{where}: cue {number} belongs to no statement")
    text = "".join(plain)
    statements = tuple(_statement(text, number, spans, optional, cues, heads[number]) for number, spans in sorted(content.items()))
    return MarkedText(text, tuple(sorted(mentions, key=lambda m: m.span)), statements)


def _statement(text: str, number: int, spans: list[Span], optional: list[Span], cues: dict[int, Span], head: tuple[str, str]) -> MarkedStatement:
    ordered = tuple(sorted(spans))
    inside = tuple(o for o in optional if any(a <= o[0] and o[1] <= b for a, b in ordered))
    return MarkedStatement(
        number=number,
        speaker=head[0],
        content=ordered,
        optional=inside,
        cue=cues.get(number),
        required="?" not in head[1],
        kind=_kind(text, ordered, head[1]),
    )


def _kind(text: str, content: tuple[Span, ...], flags: str) -> Literal["direct", "indirect", "mixed"]:
    """Direct where quotation marks close in all of the content, mixed where they hold a part, else indirect."""
    if "!" in flags:
        return "direct"
    if "~" in flags:
        return "indirect"
    first, last = content[0][0], content[-1][1]
    before = text[max(0, first - 2) : first].rstrip("\u00a0\u202f ")[-1:]
    after = text[last : last + 5].lstrip(".,!?…\u00a0\u202f ")[:1]
    if before and before in OPENING_MARKS and after and after in OPENING_MARKS:
        return "direct"
    inner = "".join(text[a:b] for a, b in content)
    return "mixed" if re.search(r"[«„“”\"].+?[»“”\"]|(?<!\w)‘.+?’(?!\w)", inner, re.S) else "indirect"


def mention_of(marked: MarkedText, statement: MarkedStatement) -> Span | None:
    """The mention of the speaker nearest to the cue: in its sentence's stretch, outside the content, else the last before it."""
    anchor = statement.cue or statement.content[0]
    mine = [m.span for m in marked.mentions if m.entity == statement.speaker]
    outside = [s for s in mine if not any(a <= s[0] and s[1] <= b for a, b in statement.content)]

    def distance(span: Span) -> tuple[int, int]:
        gap = max(span[0] - anchor[1], anchor[0] - span[1], 0)
        low, high = min(span[1], anchor[1]), max(span[0], anchor[0])
        broken = 1 if "\n" in marked.text[low:high] else 0
        return (broken, gap)

    return min(outside or mine, key=distance, default=None)


def read_article(source: str, *, where: str) -> MarkedArticle:
    """A corpus article: header lines, `---`, marked text, and after a second `---` notes such as `1 said: 2031-04-02`."""
    parts = re.split(r"^---[ \t]*\n", source, maxsplit=2, flags=re.M)
    if len(parts) < 2:
        raise MarksError(f"{where}: no line '---' between header and text")
    header: dict[str, str] = {}
    entities: dict[str, Entity] = {}
    for count, line in enumerate(parts[0].splitlines(), 1):
        if not line.strip():
            continue
        match = HEADER_LINE.fullmatch(line.strip())
        if match is None:
            raise MarksError(f"{where}, line {count}: a header line is 'key: value' or 'per id m: name; name', not {line!r}")
        if match["plain"]:
            header[match["plain"]] = match["plain_value"]
            continue
        if match["id"] in entities:
            raise MarksError(f"{where}, line {count}: entity {match['id']!r} is declared twice")
        names = tuple(n.strip() for n in match["value"].split(";") if n.strip())
        key: EntityType = match["key"]  # type: ignore[assignment]  # the expression knows no other
        entities[match["id"]] = Entity(match["id"], key, match["gender"], names)
    stripped, roles = _strip_roles(parts[1].rstrip() + "\n")
    marked = read_marks(stripped, where=where, first_line=parts[0].count("\n") + 2)
    blocks = tuple(MarkedBlock(m.start(), m.end(), role) for m, role in zip(re.finditer(r"[^\n]*\S[^\n]*", marked.text), roles, strict=True))
    notes: dict[int, dict[str, str]] = {}
    for line in parts[2].splitlines() if len(parts) > 2 else ():
        if not line.strip():
            continue
        match = NOTE_LINE.fullmatch(line.strip())
        if match is None:
            raise MarksError(f"{where}: a note is '1 said: 2031-04-02' (said, place, occasion, to), not {line!r}")
        notes.setdefault(int(match["number"]), {})[match["key"]] = match["value"].strip()
    known = {*entities, "unknown"}
    for number, used in [(0, m.entity) for m in marked.mentions] + [(s.number, s.speaker) for s in marked.statements]:
        if used not in known:
            raise MarksError(f"{where}: {used!r} is not declared in the header" + (f" (statement {number})" if number else ""))
    return MarkedArticle(header, entities, blocks, marked, notes)


def _strip_roles(body: str) -> tuple[str, list[str]]:
    lines, roles = [], []
    for line in body.split("\n"):
        match = ROLE_LINE.match(line)
        rest = line[match.end() :] if match else line
        if rest.strip():
            roles.append(match[1] if match else "body")
        lines.append(rest)
    return "\n".join(lines), roles
