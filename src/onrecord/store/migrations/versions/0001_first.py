"""The first tables: readings, skipped pages, actors, stories, utterances, and full-text search."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """CREATE TABLE actors (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE TABLE skipped (
    source TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (source)
)""",
    "CREATE INDEX ix_skipped_reason ON skipped (reason)",
    """CREATE TABLE stories (
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    day TEXT,
    PRIMARY KEY (id)
)""",
    "CREATE INDEX ix_stories_day ON stories (day)",
    """CREATE TABLE actor_words (
    sound TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (sound, actor),
    FOREIGN KEY(actor) REFERENCES actors (id) ON DELETE CASCADE
)""",
    "CREATE INDEX ix_actor_words_actor ON actor_words (actor)",
    """CREATE TABLE articles (
    "row" INTEGER NOT NULL,
    id TEXT NOT NULL,
    source TEXT NOT NULL,
    digest TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    label TEXT NOT NULL,
    url TEXT,
    title TEXT,
    published TEXT,
    outlet TEXT,
    via BLOB NOT NULL,
    sentences BLOB NOT NULL,
    statements INTEGER NOT NULL,
    told BLOB,
    story TEXT,
    PRIMARY KEY ("row"),
    UNIQUE (source),
    FOREIGN KEY(story) REFERENCES stories (id) ON DELETE SET NULL
)""",
    "CREATE INDEX ix_articles_id ON articles (id)",
    "CREATE INDEX ix_articles_label ON articles (label)",
    "CREATE INDEX ix_articles_language ON articles (language)",
    "CREATE INDEX ix_articles_published ON articles (published)",
    "CREATE INDEX ix_articles_story ON articles (story)",
    """CREATE TABLE bearers (
    "row" INTEGER NOT NULL,
    id TEXT NOT NULL,
    actor TEXT,
    payload BLOB NOT NULL,
    PRIMARY KEY ("row"),
    UNIQUE (id),
    FOREIGN KEY(actor) REFERENCES actors (id) ON DELETE SET NULL
)""",
    "CREATE INDEX ix_bearers_actor ON bearers (actor)",
    """CREATE TABLE utterances (
    id TEXT NOT NULL,
    actor TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(actor) REFERENCES actors (id) ON DELETE SET NULL
)""",
    "CREATE INDEX ix_utterances_actor ON utterances (actor)",
    """CREATE TABLE article_keys (
    "key" TEXT NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY ("key", article),
    FOREIGN KEY(article) REFERENCES articles ("row") ON DELETE CASCADE
)""",
    "CREATE INDEX ix_article_keys_article ON article_keys (article)",
    """CREATE TABLE bearer_keys (
    "key" TEXT NOT NULL,
    bearer INTEGER NOT NULL,
    PRIMARY KEY ("key", bearer),
    FOREIGN KEY(bearer) REFERENCES bearers ("row") ON DELETE CASCADE
)""",
    "CREATE INDEX ix_bearer_keys_bearer ON bearer_keys (bearer)",
    """CREATE TABLE blocks (
    article INTEGER NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    role TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (article, position),
    FOREIGN KEY(article) REFERENCES articles ("row") ON DELETE CASCADE
)""",
    """CREATE TABLE mentions (
    article INTEGER NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    form TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    gender TEXT,
    number TEXT,
    role TEXT,
    chain INTEGER NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (article, position),
    FOREIGN KEY(article) REFERENCES articles ("row") ON DELETE CASCADE
)""",
    """CREATE TABLE statements (
    "row" INTEGER NOT NULL,
    id TEXT NOT NULL,
    article INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    day TEXT,
    words TEXT NOT NULL,
    bearer INTEGER,
    actor TEXT,
    utterance TEXT,
    payload BLOB NOT NULL,
    PRIMARY KEY ("row"),
    UNIQUE (article, position),
    FOREIGN KEY(article) REFERENCES articles ("row") ON DELETE CASCADE,
    FOREIGN KEY(bearer) REFERENCES bearers ("row") ON DELETE SET NULL,
    FOREIGN KEY(actor) REFERENCES actors (id) ON DELETE SET NULL,
    FOREIGN KEY(utterance) REFERENCES utterances (id) ON DELETE SET NULL
)""",
    "CREATE INDEX ix_statements_actor_day ON statements (actor, day)",
    "CREATE INDEX ix_statements_bearer ON statements (bearer)",
    "CREATE INDEX ix_statements_day ON statements (day)",
    "CREATE INDEX ix_statements_id ON statements (id)",
    "CREATE INDEX ix_statements_utterance ON statements (utterance)",
    """CREATE TABLE figures (
    statement INTEGER NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    value FLOAT NOT NULL,
    unit TEXT NOT NULL,
    "of" TEXT,
    "by" TEXT,
    approx BOOLEAN NOT NULL,
    high FLOAT,
    PRIMARY KEY (statement, position),
    FOREIGN KEY(statement) REFERENCES statements ("row") ON DELETE CASCADE
)""",
    "CREATE INDEX ix_figures_unit ON figures (unit)",
    """CREATE TABLE statement_keys (
    "key" TEXT NOT NULL,
    statement INTEGER NOT NULL,
    PRIMARY KEY ("key", statement),
    FOREIGN KEY(statement) REFERENCES statements ("row") ON DELETE CASCADE
)""",
    "CREATE INDEX ix_statement_keys_statement ON statement_keys (statement)",
)

# Words as they stand (folded) for phrases, and their stems for any form. `row` is the number of the statement or article.
SEARCH = (
    'CREATE VIRTUAL TABLE statement_search USING fts5(words, stems, tokenize = "unicode61 remove_diacritics 0")',
    'CREATE VIRTUAL TABLE article_search USING fts5(words, stems, tokenize = "unicode61 remove_diacritics 0")',
    "CREATE VIRTUAL TABLE article_terms USING fts5vocab(article_search, col)",  # in how many articles a stem stands
    "CREATE TRIGGER statements_gone AFTER DELETE ON statements BEGIN DELETE FROM statement_search WHERE rowid = old.row; END",
    "CREATE TRIGGER articles_gone AFTER DELETE ON articles BEGIN DELETE FROM article_search WHERE rowid = old.row; END",
)


def upgrade() -> None:
    for statement in TABLES + SEARCH:
        op.execute(statement)
