"""Whether a figure is the least or the most that is meant."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("ALTER TABLE figures ADD COLUMN bound TEXT")
