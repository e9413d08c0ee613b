"""The second pass: which articles tell one story, who the speakers are, which statements report the same words.

Run after pages were added, in the same transaction, for the articles that are new or changed: only what shares a key with them is
looked at again. Stories come first, because half a name is understood inside its story; then actors; then utterances.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from typing import cast

from sqlalchemy import Connection

from onrecord import actors, speakers
from onrecord.errors import SettingsError
from onrecord.settings import Settings
from onrecord.stages import cluster, link
from onrecord.stages.group import average_link, named, pairs
from onrecord.store import groups
from onrecord.store.groups import Held
from onrecord.store.payload import pack, unpack
from onrecord.store.rows import reading

MOST_CANDIDATES = 25  # articles that one article is compared with: those that share most keys with it
LIKE_ENOUGH = cluster.THRESHOLD / 2  # likeness from which the story of another article is looked at again
MOST_TOLD = 200  # articles of one story that are looked at again
MOST_SAID = 600  # statements of one story that are compared: pairs grow with the square


def update(connection: Connection, articles: Iterable[int], settings: Settings = Settings()) -> None:
    """Bring stories, actors and utterances up to date after these articles (row numbers) were stored. The caller owns the transaction."""
    rows = list(articles)
    if not rows:
        return
    likeness = load_likeness(settings.likeness)
    touched = _cluster(connection, rows)
    told = [row for members in groups.articles_of(connection, touched, MOST_TOLD).values() for row in members]
    speakers.key_again(connection)
    named_again, offices = speakers.learn(connection, rows)
    affected = list(dict.fromkeys((*rows, *told, *sorted(speakers.waiting(connection, named_again, offices)))))
    found = speakers.identify(connection, groups.statements_of(connection, affected), named_again=named_again)
    found |= speakers.forget(connection)
    actors.settle(connection, found | actors.judge_statements(connection, affected))
    for story in sorted(touched):
        _link(connection, story, set(rows), likeness)
    groups.forget_unjudged(connection, touched)
    groups.drop_empty(connection)


def relink(connection: Connection, stories: Iterable[str], settings: Settings = Settings()) -> None:
    """Link the statements of stories anew where judgements or authorities say who speaks.

    What was linked before any of them is kept, so that taking them back gives exactly what was. The caller owns the transaction.
    """
    likeness = load_likeness(settings.likeness)
    for story in sorted(stories):
        restored = groups.restore_unjudged(connection, story)
        if not restored or groups.is_judged(connection, story):
            groups.keep_unjudged(connection, story)
            _link(connection, story, set(), likeness)


def load_likeness(path: str) -> link.Likeness:
    """The function that an import path `module:function` names; SettingsError where there is none."""
    module, _, name = path.partition(":")
    try:
        found = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise SettingsError(f"likeness = {path!r} names no function: write module:function, such as onrecord.stages.link:likeness") from error
    return cast(link.Likeness, found)


# Stories


def _cluster(connection: Connection, rows: Sequence[int]) -> set[str]:
    """Put new articles into stories, with those that they are likest and the stories of these; the stories that changed."""
    new = {row: cluster.told(reading(connection, row)) for row in rows}
    groups.put_told(connection, {row: pack(item) for row, item in new.items()})
    groups.put_article_keys(connection, {row: cluster.keys(item) for row, item in new.items()})
    met = [(row, other) for row in rows for other in groups.meet(connection, row, MOST_CANDIDATES)]
    near = _told(connection, {other for _, other in met} - new.keys()) | new
    counts = groups.counts_of_stems(connection, {stem for item in near.values() for stem in item.stems})
    weigh = cluster.weigher(*counts)
    items = {row: cluster.weighed(item, weigh) for row, item in near.items()}
    like = {other for row, other in met if cluster.score(items[row], items[other]) >= LIKE_ENOUGH}
    before = groups.stories_of(connection, {*like, *rows})
    stories = sorted({story for story in before.values() if story})
    members = {row for found in groups.articles_of(connection, stories, MOST_TOLD).values() for row in found} | before.keys()
    items |= {row: cluster.weighed(item, weigh) for row, item in _told(connection, members - items.keys()).items()}
    pairs_met = pairs(groups.article_keys(connection, members))
    scores = {(one, other): cluster.score(items[one], items[other]) for one, other in pairs_met}
    before = groups.stories_of(connection, members)
    grouped = average_link(sorted(members), scores, cluster.THRESHOLD)
    found = named(grouped, before, lambda row: f"story {items[row].told.id}", lambda ids: groups.taken(connection, "stories", ids))
    groups.put_stories(connection, found)
    return {story for story, told in found.items() if any(row in new or before[row] != story for row in told)}


def _told(connection: Connection, rows: Iterable[int]) -> dict[int, cluster.Told]:
    """What articles tell, as it was kept."""
    return {row: unpack(kept, cluster.Told) for row, kept in groups.told(connection, rows).items()}


# Utterances


def _link(connection: Connection, story: str, changed: set[int], likeness: link.Likeness) -> None:
    """Group the statements of a story, and those of other stories that repeat the words of its new articles, into utterances."""
    members = groups.articles_of(connection, [story], MOST_TOLD)[story]
    inside = sorted(groups.statements_of(connection, members), key=lambda held: (held.article not in changed, held.row))[:MOST_SAID]
    said = {held.row: _said(held) for held in inside}
    new = {row: link.keys(said[row]) for held in inside if (row := held.row) and held.article in changed}
    groups.put_statement_keys(connection, new)
    copies = {key for found in new.values() for key in found if key.startswith("copy ")}
    outside = groups.statements_at(connection, set(groups.statements_by_key(connection, copies, MOST_SAID)) - said.keys())
    outside += groups.statements_in(connection, {h.utterance for h in (*inside, *outside) if h.utterance})
    everything = {held.row: held for held in (*inside, *outside)}
    said |= {row: _said(held) for row, held in everything.items() if row not in said}
    score = likeness(list(said.values()))
    met = pairs({row: link.keys(item) for row, item in said.items()}, largest=MOST_SAID)
    scores = {(one, other): link.score(said[one], said[other], score) for one, other in met}
    found = named(
        average_link(said, scores, link.THRESHOLD),
        {row: held.utterance for row, held in everything.items()},
        lambda row: f"utterance {said[row].id}",
        lambda ids: groups.taken(connection, "utterances", ids),
    )
    whose = {u: next((said[row].actor for row in rows if said[row].actor), None) for u, rows in found.items()}
    groups.put_utterances(connection, found, whose)


def _said(held: Held) -> link.Said:
    return link.said(
        held.statement, held.words, article=held.article_id, length=held.length, language=held.language,
        published=held.published, actor=held.actor, story=held.story,
    )  # fmt: skip
