"""The tables as SQLAlchemy sees them; `migrations/` makes them, and a test keeps the two alike.

Rows are numbered (`row`), because full-text search and joins go by numbers; `id` is the digest that the world sees. Columns hold what a
query asks for, `payload` the whole record as JSON. Everything of an article goes with it (ON DELETE CASCADE).
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, UniqueConstraint, text

from onrecord.store.payload import AnyText

metadata = MetaData()

articles = Table(
    "articles",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", AnyText, nullable=False, index=True),
    Column("source", AnyText, nullable=False, unique=True),
    Column("digest", AnyText, nullable=False),  # of the whole reading: tells whether anything changed
    Column("text", AnyText, nullable=False),
    Column("language", AnyText, nullable=False, index=True),
    Column("label", AnyText, nullable=False, index=True),  # what to call its outlet
    Column("url", AnyText),
    Column("title", AnyText),
    Column("published", AnyText, index=True),
    Column("outlet", AnyText),
    Column("via", LargeBinary, nullable=False),  # JSON
    Column("sentences", LargeBinary, nullable=False),  # JSON rows of start, end, role: no query asks for them
    Column("statements", Integer, nullable=False),  # how many
    Column("about", LargeBinary),  # deflated JSON: what no query asks for of a page in HTML, its alignment above all; NULL for plain text
    Column("told", LargeBinary),  # JSON: what the second pass compares of it, so that it need not be read again
    Column("story", AnyText, ForeignKey("stories.id", ondelete="SET NULL")),
    Column("original", Integer, index=True),  # row of the article whose text it copies
    Index("ix_articles_story", "story", "published"),
    Index("ix_articles_untold", "row", sqlite_where=text("told IS NULL")),
)

blocks = Table(
    "blocks",
    metadata,
    Column("article", Integer, ForeignKey("articles.row", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("role", AnyText, nullable=False),
    Column("rule", AnyText, nullable=False),
)

mentions = Table(
    "mentions",
    metadata,
    Column("article", Integer, ForeignKey("articles.row", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("form", AnyText, nullable=False),
    Column("type", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("gender", AnyText),
    Column("number", AnyText),
    Column("role", AnyText),
    Column("chain", Integer, nullable=False),
    Column("rule", AnyText, nullable=False),
    Index("ix_mentions_name", "name"),
)

statements = Table(
    "statements",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", AnyText, nullable=False, index=True),
    Column("article", Integer, ForeignKey("articles.row", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", AnyText, nullable=False),
    Column("day", AnyText),  # when it was said, else when the page was published
    Column("words", AnyText, nullable=False),  # the content, gaps shown by an ellipsis
    Column("bearer", Integer, ForeignKey("bearers.row", ondelete="SET NULL")),
    Column("actor", AnyText, ForeignKey("actors.id", ondelete="SET NULL")),
    Column("utterance", AnyText, ForeignKey("utterances.id", ondelete="SET NULL")),
    Column("payload", LargeBinary, nullable=False),
    Column("role", AnyText),  # the office that the page names
    Column("found", AnyText, index=True),  # whom the scores find where no full name explains the speaker
    Column("why", AnyText),  # why a full name explains half a name or an office
    Column("part", Boolean, nullable=False, server_default="0"),  # renders only a part of what its utterance says
    Column("wrong", Boolean, nullable=False, server_default="0"),  # judged to be no statement
    Column("office", AnyText),  # the office by which alone the page calls the speaker
    Column("unjudged", AnyText),  # the utterance before judgements on people linked anew
    Column("corrected", AnyText, index=True),  # key of the name that was judged to be the speaker's
    UniqueConstraint("article", "position"),
    Index("ix_statements_bearer", "bearer", "actor"),
    Index("ix_statements_office", "office", "day"),
    Index("ix_statements_utterance", "utterance", "id"),
    Index("ix_statements_actor_day", "actor", "day"),
    Index("ix_statements_day", "day"),
)

figures = Table(
    "figures",
    metadata,
    Column("statement", Integer, ForeignKey("statements.row", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("value", Float, nullable=False),
    Column("unit", AnyText, nullable=False, index=True),
    Column("of", AnyText),
    Column("by", AnyText),
    Column("approx", Boolean, nullable=False),
    Column("high", Float),
    Column("bound", AnyText),
)

outlet_lines = Table(  # lines of articles by their key in their outlet: those that stand in many of its articles are junk
    "outlet_lines",
    metadata,
    Column("key", AnyText, primary_key=True),
    Column("article", Integer, ForeignKey("articles.row", ondelete="CASCADE"), primary_key=True, index=True),
)

repeated_lines = Table("repeated_lines", metadata, Column("key", AnyText, primary_key=True))  # those that are

skipped = Table(
    "skipped",
    metadata,
    Column("source", AnyText, primary_key=True),
    Column("stage", AnyText, nullable=False),
    Column("reason", AnyText, nullable=False, index=True),
    Column("detail", AnyText, nullable=False),
)

seen = Table(  # pages and lists that need not be read or fetched again while they are as they were
    "seen",
    metadata,
    Column("source", AnyText, primary_key=True),
    Column("stamp", AnyText, nullable=False),  # of the page and its reader
    Column("fetched", AnyText),
    Column("etag", AnyText),
    Column("modified", AnyText),
)

# The second pass

actors = Table(
    "actors",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("name", AnyText, nullable=False),
    Column("type", AnyText, nullable=False),
    Column("payload", LargeBinary, nullable=False),
)

bearers = Table(  # a full name as speakers bear it, one row wherever it stands; an actor is a group of these
    "bearers",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", AnyText, nullable=False, unique=True),
    Column("actor", AnyText, ForeignKey("actors.id", ondelete="SET NULL"), index=True),
    Column("payload", LargeBinary, nullable=False),
    Column("found", AnyText, index=True),  # the group that the scores find; judgements and authorities make actors of these groups
    Column("authority", AnyText, index=True),  # id of the entity that bears the name
    Column("keyed", Integer, nullable=False, server_default="0", index=True),  # by which rules its keys were made
    Column("holder", AnyText, index=True),  # what all who bear this name have in common
)

bearer_keys = Table(
    "bearer_keys",
    metadata,
    Column("key", AnyText, primary_key=True),
    Column("bearer", Integer, ForeignKey("bearers.row", ondelete="CASCADE"), primary_key=True, index=True),
)

actor_words = Table(  # what an actor is found by: each word of each name, as it sounds
    "actor_words",
    metadata,
    Column("sound", AnyText, primary_key=True),
    Column("actor", AnyText, ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True, index=True),
)

stories = Table(
    "stories",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("title", AnyText, nullable=False),
    Column("day", AnyText, index=True),  # publication of its newest article
    Column("follows", AnyText, index=True),  # id of the earlier story that it goes on from
    Column("different", Integer, nullable=False, server_default="0"),  # articles, copies on one day counted once
    Column("bond", Float, nullable=False, server_default="0"),  # mean score of the two parts that were joined last; infinite for a single article
)

article_keys = Table(
    "article_keys",
    metadata,
    Column("key", AnyText, primary_key=True),
    Column("day", Integer, primary_key=True),  # ordinal of its publication; 0 where it has none, and for keys that hold on any day
    Column("article", Integer, ForeignKey("articles.row", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

article_pairs = Table(  # how surely two articles tell one event, where there is anything to say for it
    "article_pairs",
    metadata,
    Column("one", Integer, ForeignKey("articles.row", ondelete="CASCADE"), primary_key=True),
    Column("other", Integer, ForeignKey("articles.row", ondelete="CASCADE"), primary_key=True),
    Column("score", Float, nullable=False),
    Column("copied", Float, nullable=False),  # share of the words that stand in both
    Index("ix_article_pairs_other", "other", "score", "copied"),
)

vectors = Table(  # of texts, so that none is read twice
    "vectors",
    metadata,
    Column("key", AnyText, primary_key=True),  # digest of tier, language and text
    Column("model", AnyText, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # half-precision floats
)

utterances = Table(
    "utterances",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("actor", AnyText, ForeignKey("actors.id", ondelete="SET NULL"), index=True),
)

statement_keys = Table(
    "statement_keys",
    metadata,
    Column("key", AnyText, primary_key=True),
    Column("statement", Integer, ForeignKey("statements.row", ondelete="CASCADE"), primary_key=True, index=True),
)

titles = Table(  # what a page, or an authority, calls somebody: evidence of who held an office when, and of namesakes
    "titles",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("holder", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("title", AnyText, nullable=False),
    Column("language", AnyText, nullable=False),
    Column("office", AnyText),  # None where more than one may hold it at a time
    Column("since", AnyText),
    Column("until", AnyText),
    Column("article", Integer, ForeignKey("articles.row", ondelete="CASCADE"), index=True),
    Column("authority", AnyText, ForeignKey("authorities.id", ondelete="CASCADE"), index=True),
    Index("ix_titles_holder", "holder", "title", "language", "since", "article"),
    Index("ix_titles_office", "office", "holder", "since", "name", "article"),
)

loosened = Table(  # groups that have lost a member or were just made, so that they may be empty (triggers write it); none between two runs
    "loosened",
    metadata,
    Column("kind", AnyText, primary_key=True),
    Column("id", AnyText, primary_key=True),
    sqlite_with_rowid=False,
)

# What people say, and what authorities say

judgements = Table(  # never deleted, never changed but to be undone
    "judgements",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("at", AnyText, nullable=False),
    Column("source", AnyText, index=True),  # the page of the statement that is judged
    Column("undone", Boolean, nullable=False),
    Column("payload", LargeBinary, nullable=False),
)

merges = Table(  # why names are one actor's; `refused`: names that are alike and yet two actors', with the other one's id
    "merges",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("actor", AnyText, ForeignKey("actors.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("other_actor", AnyText, ForeignKey("actors.id", ondelete="CASCADE"), index=True),
    Column("one", AnyText, nullable=False),
    Column("other", AnyText, nullable=False),
    Column("score", Float),
    Column("reason", AnyText, nullable=False),
    Column("refused", Boolean, nullable=False),
)

authorities = Table(
    "authorities",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("file", AnyText, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("keyed", Integer, nullable=False, server_default="0", index=True),  # by which rules its keys were made
)

authority_keys = Table(
    "authority_keys",
    metadata,
    Column("key", AnyText, primary_key=True),
    Column("authority", AnyText, ForeignKey("authorities.id", ondelete="CASCADE"), primary_key=True, index=True),
)
