"""By which rules the keys of full names and of entities were made, so that they are made again where the rules have changed."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for table in ("bearers", "authorities"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN keyed INTEGER DEFAULT '0' NOT NULL")
        op.execute(f"CREATE INDEX ix_{table}_keyed ON {table} (keyed)")
