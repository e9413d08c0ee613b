"""The lines of articles by their key in their outlet, those of the articles that are there already too."""

from alembic import op
from sqlalchemy import text

from onrecord.knowledge.outlets import line_key

revision = "0007"
down_revision = "0006"

CHANGES = (
    """CREATE TABLE outlet_lines (
    "key" TEXT NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY ("key", article),
    FOREIGN KEY(article) REFERENCES articles ("row") ON DELETE CASCADE
)""",
    "CREATE INDEX ix_outlet_lines_article ON outlet_lines (article)",
)
LINES = (
    """SELECT a."row", a.label, substr(a.text, b.start + 1, b."end" - b.start) FROM blocks b JOIN articles a ON a."row" = b.article """
    "WHERE a.label != a.source AND b.role IN ('lead', 'body', 'subhead', 'list', 'quote')"
)


def upgrade() -> None:
    for statement in CHANGES:
        op.execute(statement)
    connection = op.get_bind()
    keys = {(key, row) for row, label, line in connection.execute(text(LINES)) if (key := line_key(label, line)) is not None}
    if keys:
        rows = [{"key": key, "article": row} for key, row in sorted(keys)]
        connection.execute(text('INSERT INTO outlet_lines ("key", article) VALUES (:key, :article)'), rows)
