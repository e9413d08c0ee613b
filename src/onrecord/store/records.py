"""What the store answers with: frozen records that the CLI, the pages and the API print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from onrecord.records import Actor, Judgement, Reading, Span, Statement, Story, Utterance
from onrecord.store.people import Merge

Telling = Literal["quoted", "paraphrased", "absent"]


class Summary(msgspec.Struct, frozen=True):
    """What adding pages did: articles new, replaced, as they were; statements now held for them; pages skipped, by reason."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    statements: int = 0
    skipped: dict[str, int] = {}

    def __add__(self, other: Summary) -> Summary:
        reasons = {r: self.skipped.get(r, 0) + other.skipped.get(r, 0) for r in sorted(self.skipped.keys() | other.skipped.keys())}
        return Summary(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.statements + other.statements,
            reasons,
        )

    @property
    def pages(self) -> int:
        """All pages that were looked at."""
        return self.added + self.changed + self.unchanged + sum(self.skipped.values())


class Counts(msgspec.Struct, frozen=True):
    """How much the store holds."""

    articles: int
    statements: int
    actors: int
    stories: int
    utterances: int
    skipped: int
    languages: dict[str, int]


class ArticleLine(msgspec.Struct, frozen=True):
    """An article in a list. `label` is what to call its outlet: the outlet, else the host of its address, else its source."""

    id: str
    source: str
    language: str
    label: str
    statements: int
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None


class ActorLine(msgspec.Struct, frozen=True):
    """An actor in a list, with how much is on record; `first` and `last` are the days of the earliest and latest statement."""

    actor: Actor
    statements: int
    articles: int
    first: str | None = None
    last: str | None = None


class StatementLine(msgspec.Struct, frozen=True):
    """A statement in a list, with what surrounds it.

    `words` is the content, gaps shown by an ellipsis. `highlights` are spans into `words` that a search matched. `day` is when it was
    said where that is known, else when the page was published, with the precision that is known. `actor` is the person or body that
    the speaker was identified with, None where the speaker is unknown. `wrong`: judged to be no statement. `corrected`: `actor` was judged
    to be the speaker, whatever the page was read to say.
    """

    statement: Statement
    words: str
    article: ArticleLine
    actor: Actor | None = None
    day: str | None = None
    utterance: str | None = None
    story: str | None = None
    highlights: tuple[Span, ...] = ()
    wrong: bool = False
    corrected: bool = False


class NameUse(msgspec.Struct, frozen=True):
    """A name of an actor in a language: how many statements bear it, or that an authority gives it."""

    name: str
    language: str
    statements: int
    source: Literal["corpus", "authority"] = "corpus"


class OfficeSeen(msgspec.Struct, frozen=True):
    """An office of an actor: first and last day on which a page names it and how often, or the dates that an authority gives."""

    title: str
    first: str | None
    last: str | None
    times: int
    source: Literal["corpus", "authority"] = "corpus"


class Holding(msgspec.Struct, frozen=True):
    """Somebody who is called by an office, with the first and last day."""

    actor: Actor
    title: str
    first: str | None
    last: str | None
    times: int


class Settled(msgspec.Struct, frozen=True):
    """Why statements that name half a name or an office are an actor's, and how many."""

    why: str
    statements: int


class WhoView(msgspec.Struct, frozen=True):
    """All that is known of an actor: `merges` say why its names are one's, `refused` which names alike it are kept apart and why."""

    line: ActorLine
    names: tuple[NameUse, ...]
    offices: tuple[OfficeSeen, ...]
    mentions: int
    merges: tuple[Merge, ...]
    refused: tuple[Merge, ...]
    settled: tuple[Settled, ...]
    judgements: tuple[Judgement, ...]


class ArticleHit(msgspec.Struct, frozen=True):
    """An article that a search found: an excerpt of its text, spans into the excerpt that matched, and where the excerpt starts."""

    article: ArticleLine
    excerpt: str
    highlights: tuple[Span, ...]
    start: int


class ArticleView(msgspec.Struct, frozen=True):
    """One article with all that was read from it. `actors` and `utterances` are by statement id; `story` is None until clustered.

    `wrong` and `corrected` are ids of statements that are judged to be none, or to be somebody else's.
    """

    reading: Reading
    line: ArticleLine
    actors: dict[str, Actor]
    utterances: dict[str, str]
    story: Story | None = None
    wrong: frozenset[str] = frozenset()
    corrected: frozenset[str] = frozenset()


class StoryLine(msgspec.Struct, frozen=True):
    """A story in a list; `articles`, `utterances` are counts, `first` and `last` publication days of its articles."""

    story: Story
    articles: int
    utterances: int
    outlets: tuple[str, ...]
    languages: tuple[str, ...]
    first: str | None = None
    last: str | None = None


class Cell(msgspec.Struct, frozen=True):
    """How one outlet tells one utterance: quoted (direct or mixed), paraphrased, or absent (then there are no reports)."""

    telling: Telling
    reports: tuple[StatementLine, ...] = ()


class Column(msgspec.Struct, frozen=True):
    """An outlet in a story, with its articles."""

    label: str
    articles: tuple[ArticleLine, ...]


class MatrixRow(msgspec.Struct, frozen=True):
    """One utterance across the outlets of a story; `words` is its fullest rendering; cells stand in the order of the columns.

    `first` is the outlet that published it before all others, None where the days do not tell.
    """

    utterance: Utterance
    actor: Actor | None
    words: str
    language: str
    cells: tuple[Cell, ...]
    first: str | None = None


def first_of(lines: Sequence[StatementLine]) -> StatementLine | None:
    """The report that was published before those of all other articles, by what precision the pages give; None where that does not tell."""
    dated = [(line.article.published, line) for line in lines if line.article.published]
    if not dated or len({line.article.id for line in lines}) == 1:
        return None
    earliest, first = min(dated, key=lambda item: item[0])
    others = [when for when, line in dated if line.article.id != first.article.id]
    return first if all(earliest < when[: len(earliest)] for when in others) else None


class StoryView(msgspec.Struct, frozen=True):
    """A story as the matrix utterance by outlet: rows that most outlets tell come first.

    `copies`: by the id of an article, the one whose text it copies. `before`: the earlier story that this one goes on from; `after`: those
    that go on from this one.
    """

    line: StoryLine
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    copies: dict[str, ArticleLine] = {}
    before: Story | None = None
    after: tuple[Story, ...] = ()


class UtteranceView(msgspec.Struct, frozen=True):
    """An utterance with its reports side by side, in the order of publication."""

    utterance: Utterance
    actor: Actor | None
    reports: tuple[StatementLine, ...]
    story: Story | None = None


class OutletLine(msgspec.Struct, frozen=True):
    """An outlet and how much of it is on record; `label` is empty for the pages that name none.

    `since`, `until`: the first and the last day of publication that are known. `skipped`: its pages that yielded no reading, by reason.
    """

    label: str
    articles: int
    statements: int
    since: str | None = None
    until: str | None = None
    skipped: dict[str, int] = {}

    @property
    def skipped_share(self) -> float:
        """The share of its pages that were skipped, 0 to 1."""
        left_out = sum(self.skipped.values())
        return left_out / (left_out + self.articles) if left_out else 0.0
