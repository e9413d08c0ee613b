"""What keeps one more page cheap in a store of many: indexes that answer by themselves, and which groups may have lost their last member."""

from alembic import op

revision = "0010"
down_revision = "0009"

LEAVE = (  # when something leaves a group, or a group is made, it may be empty: looked at before the run ends
    ("articles", "story", "stories"),
    ("statements", "actor", "actors"),
    ("statements", "utterance", "utterances"),
    ("statements", "bearer", "bearers"),
)
CHANGES = (
    "ALTER TABLE stories ADD COLUMN different INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE stories ADD COLUMN bond FLOAT DEFAULT '0' NOT NULL",
    "CREATE TABLE loosened (kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID",
    'CREATE INDEX ix_articles_untold ON articles ("row") WHERE told IS NULL',
    "ALTER TABLE article_keys RENAME TO old_article_keys",
    """CREATE TABLE article_keys (
    "key" TEXT NOT NULL,
    day INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY ("key", day, article),
    FOREIGN KEY(article) REFERENCES articles ("row") ON DELETE CASCADE
) WITHOUT ROWID""",
    'INSERT INTO article_keys SELECT "key", day, article FROM old_article_keys ORDER BY 1, 2, 3',
    "DROP TABLE old_article_keys",
    "CREATE INDEX ix_article_keys_article ON article_keys (article)",
    "DROP INDEX ix_article_pairs_other",
    "CREATE INDEX ix_article_pairs_other ON article_pairs (other, score, copied)",
    "DROP INDEX ix_statements_bearer",
    "CREATE INDEX ix_statements_bearer ON statements (bearer, actor)",
    "DROP INDEX ix_statements_office",
    "CREATE INDEX ix_statements_office ON statements (office, day)",
    "DROP INDEX ix_statements_utterance",
    "CREATE INDEX ix_statements_utterance ON statements (utterance, id)",
    "DROP INDEX ix_titles_holder",
    "CREATE INDEX ix_titles_holder ON titles (holder, title, language, since, article)",
    "DROP INDEX ix_titles_office",
    "CREATE INDEX ix_titles_office ON titles (office, holder, since, name, article)",
)


def upgrade() -> None:
    for statement in CHANGES:
        op.execute(statement)
    for table, column, kind in LEAVE:
        note = f"INSERT OR IGNORE INTO loosened VALUES ('{kind}', OLD.{column})"
        op.execute(f"CREATE TRIGGER {table}_{column}_left AFTER UPDATE OF {column} ON {table} "
                   f"WHEN OLD.{column} IS NOT NULL AND OLD.{column} IS NOT NEW.{column} BEGIN {note}; END")  # fmt: skip
        op.execute(f"CREATE TRIGGER {table}_{column}_gone AFTER DELETE ON {table} WHEN OLD.{column} IS NOT NULL BEGIN {note}; END")
    for kind in ("stories", "actors", "utterances"):
        op.execute(f"CREATE TRIGGER {kind}_made AFTER INSERT ON {kind} BEGIN INSERT OR IGNORE INTO loosened VALUES ('{kind}', NEW.id); END")
        op.execute(f"INSERT OR IGNORE INTO loosened SELECT '{kind}', id FROM {kind}")
    op.execute("INSERT OR IGNORE INTO loosened SELECT 'bearers', \"row\" FROM bearers")
