"""Titles beside names, by day; offices that stand for a speaker; utterances as they were before judgements."""

from alembic import op

revision = "0006"
down_revision = "0005"

CHANGES = (
    "ALTER TABLE statements ADD COLUMN office TEXT",
    "ALTER TABLE statements ADD COLUMN unjudged TEXT",
    "CREATE INDEX ix_statements_office ON statements (office)",
    "ALTER TABLE bearers ADD COLUMN holder TEXT",
    "CREATE INDEX ix_bearers_holder ON bearers (holder)",
    "UPDATE bearers SET holder = id",
    """CREATE TABLE titles (
    "row" INTEGER NOT NULL,
    holder TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    office TEXT,
    since TEXT,
    until TEXT,
    article INTEGER,
    authority TEXT,
    PRIMARY KEY ("row"),
    FOREIGN KEY(article) REFERENCES articles ("row") ON DELETE CASCADE,
    FOREIGN KEY(authority) REFERENCES authorities (id) ON DELETE CASCADE
)""",
    "CREATE INDEX ix_titles_holder ON titles (holder)",
    "CREATE INDEX ix_titles_office ON titles (office)",
    "CREATE INDEX ix_titles_article ON titles (article)",
    "CREATE INDEX ix_titles_authority ON titles (authority)",
)


def upgrade() -> None:
    for statement in CHANGES:
        op.execute(statement)
