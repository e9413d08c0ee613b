"""What was read and fetched before."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("""CREATE TABLE seen (
    source TEXT NOT NULL,
    stamp TEXT NOT NULL,
    fetched TEXT,
    etag TEXT,
    modified TEXT,
    PRIMARY KEY (source)
)""")
