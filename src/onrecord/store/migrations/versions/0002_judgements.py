"""Judgements, authorities, why names are one actor's; what the scores find is kept apart from what judgements make of it."""

import json

from alembic import op
from sqlalchemy import text

revision = "0002"
down_revision = "0001"

CHANGES = (
    "ALTER TABLE statements ADD COLUMN role TEXT",
    "ALTER TABLE statements ADD COLUMN found TEXT",
    "ALTER TABLE statements ADD COLUMN why TEXT",
    "ALTER TABLE statements ADD COLUMN wrong BOOLEAN DEFAULT '0' NOT NULL",
    "ALTER TABLE statements ADD COLUMN corrected TEXT",
    "CREATE INDEX ix_statements_found ON statements (found)",
    "CREATE INDEX ix_statements_corrected ON statements (corrected)",
    "CREATE INDEX ix_mentions_name ON mentions (name)",
    "ALTER TABLE bearers ADD COLUMN found TEXT",
    "ALTER TABLE bearers ADD COLUMN authority TEXT",
    "CREATE INDEX ix_bearers_found ON bearers (found)",
    "CREATE INDEX ix_bearers_authority ON bearers (authority)",
    """CREATE TABLE judgements (
    id TEXT NOT NULL,
    at TEXT NOT NULL,
    source TEXT,
    undone BOOLEAN NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (id)
)""",
    "CREATE INDEX ix_judgements_source ON judgements (source)",
    """CREATE TABLE merges (
    "row" INTEGER NOT NULL,
    actor TEXT NOT NULL,
    other_actor TEXT,
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    score FLOAT,
    reason TEXT NOT NULL,
    refused BOOLEAN NOT NULL,
    PRIMARY KEY ("row"),
    FOREIGN KEY(actor) REFERENCES actors (id) ON DELETE CASCADE,
    FOREIGN KEY(other_actor) REFERENCES actors (id) ON DELETE CASCADE
)""",
    "CREATE INDEX ix_merges_actor ON merges (actor)",
    "CREATE INDEX ix_merges_other_actor ON merges (other_actor)",
    """CREATE TABLE authorities (
    id TEXT NOT NULL,
    file TEXT NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE TABLE authority_keys (
    "key" TEXT NOT NULL,
    authority TEXT NOT NULL,
    PRIMARY KEY ("key", authority),
    FOREIGN KEY(authority) REFERENCES authorities (id) ON DELETE CASCADE
)""",
    "CREATE INDEX ix_authority_keys_authority ON authority_keys (authority)",
    # Before this revision the scores alone made actors.
    "UPDATE bearers SET found = actor",
    "UPDATE statements SET found = actor WHERE bearer IS NULL",
)


def upgrade() -> None:
    for statement in CHANGES:
        op.execute(statement)
    connection = op.get_bind()
    payloads = connection.execute(text('SELECT "row", payload FROM statements'))
    roles = [{"at": row, "role": role} for row, payload in payloads if (role := (json.loads(payload)["speaker"] or {}).get("role"))]
    if roles:
        connection.execute(text('UPDATE statements SET role = :role WHERE "row" = :at'), roles)
