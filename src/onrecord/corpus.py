"""The second pass: which articles tell one story, who the speakers are, which statements report the same words.

Run after pages were added, in the same transaction, for the articles that are new or changed: only what shares a key with them is
looked at again. Stories come first, because half a name is understood inside its story; then actors; then utterances.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from onrecord import actors, speakers, stories, utterances
from onrecord.records import Reading
from onrecord.settings import Settings
from onrecord.stages.encode import Encoder
from onrecord.store import groups
from onrecord.vectors import open_model

FULL = "onrecord.stages.encode:open_encoder"
MOST_TOLD = 200  # articles of one story that are looked at again


def update(connection: Connection, articles: Iterable[int], settings: Settings = Settings(), *, read: Mapping[int, Reading] = stories.NOTHING) -> None:
    """Bring stories, actors and utterances up to date after these articles (row numbers) were stored. The caller owns the transaction.

    `read`: readings of some of them that are at hand, which need not be fetched.
    """
    rows = sorted(set(articles))
    if not rows:
        return
    model = open_model(settings.encoder)
    touched = stories.settle(connection, rows, model, read)
    told = [row for members in groups.articles_of(connection, touched, MOST_TOLD).values() for row in members]
    speakers.key_again(connection)
    named_again, offices = speakers.learn(connection, rows)
    affected = list(dict.fromkeys((*rows, *told, *sorted(speakers.waiting(connection, named_again, offices)))))
    found = speakers.identify(connection, groups.statements_of(connection, affected), named_again=named_again)
    found |= speakers.forget(connection)
    actors.settle(connection, found | actors.judge_statements(connection, affected))
    for story in sorted(touched):
        utterances.settle(connection, story, set(rows), model)
    groups.forget_unjudged(connection, touched)
    groups.drop_empty(connection)


def relink(connection: Connection, changed: Iterable[str]) -> None:
    """Link the statements of stories anew where judgements or authorities say who speaks, by the model that the store knows.

    What was linked before any of them is kept, so that taking them back gives exactly what was. The caller owns the transaction.
    """
    model = open_model(FULL if groups.has_vectors(connection, Encoder.name) else Settings().encoder)
    for story in sorted(changed):
        restored = groups.restore_unjudged(connection, story)
        if not restored or groups.is_judged(connection, story):
            groups.keep_unjudged(connection, story)
            utterances.settle(connection, story, set(), model)


def renew(connection: Connection, settings: Settings = Settings()) -> None:
    """Compute all vectors anew, and stories, actors and utterances with them; ids of groups stay while most of their members do."""
    groups.forget(connection)
    update(connection, groups.untold(connection), settings)
