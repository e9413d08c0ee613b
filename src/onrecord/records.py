"""Every type that flows between stages, in the order in which a page meets them.

All records are frozen. Offsets are code points, half-open, into `Article.text`. Ids are digests of content, so that a second run
is an update and never a duplicate. Every annotation carries the `rule` that made it.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from onrecord.alignment import Alignment, Stretch

Span = tuple[int, int]

BlockRole = Literal[
    "headline", "lead", "body", "subhead", "list", "quote",
    "caption", "date", "byline", "credit", "duplicate", "teaser", "ad", "subscribe", "navigation", "comment", "footer",
]  # fmt: skip
ARTICLE_ROLES: frozenset[str] = frozenset({"headline", "lead", "body", "subhead", "list", "quote"})

SkipReason = Literal[
    "empty", "binary", "encoding", "too-large", "no-article", "unknown-language", "unreadable", "failed",
    "list", "video", "paywall", "consent", "error-page", "truncated", "broken", "unsafe", "robots", "unreachable", "status",
]  # fmt: skip
Media = Literal["text", "html"]
Kind = Literal["direct", "indirect", "mixed"]
Where = Literal["headline", "body"]
MentionForm = Literal["name", "role", "pronoun", "group"]
EntityType = Literal["person", "organization", "place", "group", "document"]
NameKind = Literal["person", "body"]
Verdict = Literal["same", "different", "rename", "not-a-person", "statement-wrong", "speaker-wrong"]
Bound = Literal["min", "max"]
Naming = Literal["name", "office", "unnamed"]
DifferenceKind = Literal["telling", "left out", "added", "figure", "date", "hedge", "speaker", "via"]
Gender = Literal["m", "f", "n"]
Number = Literal["sg", "pl"]


class Page(msgspec.Struct, frozen=True):
    """A page as a source yields it: plain text, or HTML as it was decoded (`media`), and what the source tells of it.

    What the source tells (a column, a feed) is believed before the page; `published` as in `Article`, `language` an ISO 639-1 code. Line
    ends are line feeds. `fetched`: when it was taken off the web, ISO 8601 in UTC, where the source tells.
    """

    source: str
    text: str
    url: str | None = None
    media: Media = "text"
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    fetched: str | None = None


class Seen(msgspec.Struct, frozen=True):
    """What is remembered of a source, so that it is neither read nor fetched again for nothing.

    `stamp`: digest of the page and of what read it. `fetched`: as in `Page`. `etag`, `modified`: what the server called this version.
    """

    source: str
    stamp: str = ""
    fetched: str | None = None
    etag: str | None = None
    modified: str | None = None


class Known(msgspec.Struct, frozen=True):
    """A page that was passed over because it is on record, or counted as skipped, as it is."""

    source: str


class Skipped(msgspec.Struct, frozen=True):
    """A page that yields no reading, and why; counted and stored, never lost."""

    source: str
    stage: str
    reason: SkipReason
    detail: str = ""


class Block(msgspec.Struct, frozen=True):
    """A stretch of the page with one role; the blocks tile the text but for white space."""

    start: int
    end: int
    role: BlockRole
    rule: str = ""


class About(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What of a page no query asks for; the store keeps it as one value."""

    updated: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    reasons: dict[str, str] = {}
    alignment: Alignment | None = None
    origin: tuple[Stretch, ...] = ()


class Article(About, frozen=True, omit_defaults=False):
    """A cleaned page: its text, what each part of it is, and what the page says about itself.

    `published` and `updated` are ISO 8601 with the precision that the page gives ("2025-11-06", "2024-11-13T12:38"), None where it gives none.
    Of an HTML page, `alignment` says where each character of the text stands in the source, `origin` is the source as far as it does, and
    `reasons` say by field where the page says so.
    """

    id: str
    source: str
    text: str
    language: str
    blocks: tuple[Block, ...]
    url: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    via: tuple[str, ...] = ()


class Sentence(msgspec.Struct, frozen=True):
    """A sentence of the article proper (junk blocks have none); `role` is that of its block."""

    start: int
    end: int
    role: BlockRole


class Mention(msgspec.Struct, frozen=True):
    """Words that stand for somebody or something.

    `name` is the nominative of a name ("Ніл Арно" for "Нілом Арно"), or the office of a role. `chain` numbers what the
    mentions of an article stand for: mentions of one chain are one entity. -1: not yet resolved.
    """

    start: int
    end: int
    form: MentionForm
    type: EntityType
    name: str
    gender: Gender | None = None
    number: Number | None = None
    role: str | None = None
    chain: int = -1
    rule: str = ""


class Quotation(msgspec.Struct, frozen=True):
    """Something said: its content, its cue, and what the frame tells of where its speaker stands.

    `speaker` is the span in which the frame expects the mention, where it does. `gender` and `number` are those of the cue.
    `mention` is the speaker's mention itself where the tagger points to it. `after` points back: the index (in the extractor's result) of
    the quotation that this one goes on from, with its speaker.
    """

    content: tuple[Span, ...]
    kind: Kind
    where: Where
    rule: str
    cue: Span | None = None
    quoted: tuple[Span, ...] = ()
    speaker: Span | None = None
    mention: Span | None = None
    gender: Gender | None = None
    number: Number | None = None
    after: int | None = None
    confidence: float = 0.5


class Hints(msgspec.Struct, frozen=True):
    """What the tagger tells of the mentions of an article, by their index: the earlier mention that stands for the same, and how likely
    a statement is given to each."""

    earlier: dict[int, int] = {}
    speaking: tuple[float, ...] = ()


class Figure(msgspec.Struct, frozen=True):
    """A quantity as a value: 5 percent of БВП by 2035.

    `unit` is one of knowledge/units.toml, the noun that is counted, or "" where none is named. `approx` where the words hedge it, `high` for
    the upper end of a range, `bound` where the value is the least ("more than") or the most ("up to") that is meant.
    """

    span: Span
    value: float
    unit: str
    of: str | None = None
    by: str | None = None
    approx: bool = False
    high: float | None = None
    bound: Bound | None = None


class Speaker(msgspec.Struct, frozen=True):
    """Who says it: a nominative name with the forms it has in this article, the mention, and the office if one is named."""

    name: str
    aliases: tuple[str, ...] = ()
    mention: Span | None = None
    role: str | None = None
    type: EntityType = "person"
    gender: Gender | None = None


class Statement(msgspec.Struct, frozen=True):
    """A public statement: what, by whom, when, where, on what occasion, to whom; `inside` names the statement it stands in.

    `speaker` is None where it is unknown; `unknown` then says why.
    """

    id: str
    kind: Kind
    where: Where
    content: tuple[Span, ...]
    quoted: tuple[Span, ...]
    cue: Span | None
    speaker: Speaker | None
    rule: str
    confidence: float
    said: str | None = None
    place: Span | None = None
    occasion: Span | None = None
    to: Span | None = None
    figures: tuple[Figure, ...] = ()
    inside: str | None = None
    via: tuple[str, ...] = ()
    unknown: str | None = None


class Reading(msgspec.Struct, frozen=True):
    """Everything that the first pass knows of one page."""

    article: Article
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]


class Office(msgspec.Struct, frozen=True):
    """An office that somebody holds or held; days have the precision that is known, None where none is."""

    title: str
    since: str | None = None
    until: str | None = None


class Title(msgspec.Struct, frozen=True):
    """What a page (`article`: its row) or an authority (the id of its entity) calls somebody, from a day to a day.

    `holder` is the key of the name; `office` that of the office, None where more than one person may hold it at a time.
    """

    holder: str
    name: str
    title: str
    language: str
    office: str | None
    since: str | None
    until: str | None
    article: int | None = None
    authority: str | None = None


class Entity(msgspec.Struct, frozen=True):
    """A person or body as an authority knows it: its id there, all its names, its name in each language, its offices."""

    id: str
    name: str
    type: EntityType
    names: tuple[str, ...] = ()
    labels: dict[str, str] = {}
    offices: tuple[Office, ...] = ()


class Actor(msgspec.Struct, frozen=True):
    """A person or body across articles, alphabets and offices; `authority` is its id in an authority, `labels` and `offices` are from there."""

    id: str
    name: str
    type: EntityType
    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    authority: str | None = None
    labels: dict[str, str] = {}
    offices: tuple[Office, ...] = ()


class Named(msgspec.Struct, frozen=True):
    """Whom a judgement is about, in words that stay when pages are read again.

    A full name stands for itself. Half a name, an office or a group is known only by its page: then `source` is that of the page.
    Where several people bear one name, `of` says which of them is meant ("sport").
    """

    name: str
    kind: NameKind = "person"
    source: str | None = None
    of: str | None = None

    @property
    def key(self) -> str:
        """The id of the full name, or of the name in its page."""
        if self.source is None:
            return digest("bearer", self.kind, self.name.casefold(), *([self.of] if self.of else []))
        return digest("alone", self.kind, self.name.casefold(), self.source)


class Judgement(msgspec.Struct, frozen=True):
    """What a person has decided, by whom and when (ISO 8601, UTC).

    `who`: of whom; `other`: the same as, different from, or who really said it. `name`: what to call them. `source` and `words`: the page
    and the content of a statement. `undone_by`, `undone_at`: who took it back.
    """

    id: str
    verdict: Verdict
    author: str
    at: str
    who: Named | None = None
    other: Named | None = None
    name: str | None = None
    source: str | None = None
    words: str | None = None
    undone_by: str | None = None
    undone_at: str | None = None


class Story(msgspec.Struct, frozen=True):
    """One event as told by several articles."""

    id: str
    title: str
    articles: tuple[str, ...]


class Utterance(msgspec.Struct, frozen=True):
    """The same words as reported by several statements; `actor` is None where nobody is named."""

    id: str
    actor: str | None
    statements: tuple[str, ...]


class Difference(msgspec.Struct, frozen=True):
    """What two reports of the same words tell otherwise, and where: spans into the text of each one's article, none where it tells nothing.

    `telling`: quoted or paraphrased. `left out`, `added`: clauses that only one of them has. `speaker`: named, or only by office. `via`: by
    way of whom. `note` says it in words.
    """

    kind: DifferenceKind
    one: tuple[Span, ...]
    other: tuple[Span, ...]
    note: str = ""


class Comparison(msgspec.Struct, frozen=True):
    """Two reports (ids of statements) of the same words; `part`: the other tells only a part of what the first does."""

    one: str
    other: str
    differences: tuple[Difference, ...]
    part: bool = False


def digest(*parts: str) -> str:
    """A short stable id of the parts: the first 16 hexadecimal digits of their BLAKE2b digest."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def words_of(text: str, spans: tuple[Span, ...]) -> str:
    """The words under the spans, gaps shown by an ellipsis."""
    return " … ".join(text[a:b] for a, b in spans)
