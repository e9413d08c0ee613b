"""The lines that whole outlets repeat, kept, so that no run has to look for them among all lines."""

from alembic import op

revision = "0011"
down_revision = "0010"

CHANGES = (
    'CREATE TABLE repeated_lines ("key" TEXT NOT NULL, PRIMARY KEY ("key"))',
    """INSERT INTO repeated_lines SELECT l."key" FROM outlet_lines l JOIN articles a ON a."row" = l.article
    JOIN (SELECT label, count(*) AS articles FROM articles GROUP BY label) o ON o.label = a.label
    GROUP BY l."key" HAVING count(*) >= 5 AND count(DISTINCT substr(a.published, 1, 10)) >= 5
    AND count(DISTINCT coalesce(a.story, a.id)) >= 5 AND count(*) >= 0.05 * max(o.articles)""",
)


def upgrade() -> None:
    for statement in CHANGES:
        op.execute(statement)
