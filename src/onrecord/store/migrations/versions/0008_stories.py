"""How alike articles are, kept; vectors; which article copies which, which story follows which; statements that are a part of an utterance.

What the second pass kept of articles before has another form: it is dropped, and the next run reads it again.
"""

from alembic import op

revision = "0008"
down_revision = "0007"

CHANGES = (
    "ALTER TABLE articles ADD COLUMN original INTEGER",
    "CREATE INDEX ix_articles_original ON articles (original)",
    "ALTER TABLE stories ADD COLUMN follows TEXT",
    "CREATE INDEX ix_stories_follows ON stories (follows)",
    "ALTER TABLE statements ADD COLUMN part BOOLEAN DEFAULT '0' NOT NULL",
    "DROP TABLE article_keys",
    """CREATE TABLE article_keys (
    "key" TEXT NOT NULL,
    day INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY ("key", day, article),
    FOREIGN KEY(article) REFERENCES articles ("row") ON DELETE CASCADE
)""",
    "CREATE INDEX ix_article_keys_article ON article_keys (article)",
    """CREATE TABLE article_pairs (
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    score FLOAT NOT NULL,
    copied FLOAT NOT NULL,
    PRIMARY KEY (one, other),
    FOREIGN KEY(one) REFERENCES articles ("row") ON DELETE CASCADE,
    FOREIGN KEY(other) REFERENCES articles ("row") ON DELETE CASCADE
)""",
    "CREATE INDEX ix_article_pairs_other ON article_pairs (other)",
    """CREATE TABLE vectors (
    "key" TEXT NOT NULL,
    model TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY ("key")
)""",
    "UPDATE articles SET told = NULL",
)


def upgrade() -> None:
    for statement in CHANGES:
        op.execute(statement)
