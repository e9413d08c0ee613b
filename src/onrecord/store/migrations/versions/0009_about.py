"""What a page in HTML says about itself, and where its text stands in the source."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute("ALTER TABLE articles ADD COLUMN about BLOB")
