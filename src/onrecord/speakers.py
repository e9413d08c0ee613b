"""Who the speakers of statements are: full names by likeness, the rest by the full names of their article and story.

The groups of names that the scores find are kept in the store (`found`); `actors` makes actors of them. The caller owns the transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from onrecord import actors
from onrecord.records import Named, Speaker, digest
from onrecord.stages import identify as names
from onrecord.stages.group import named
from onrecord.store import authorities, groups
from onrecord.store.groups import Held
from onrecord.store.payload import pack, unpack
from onrecord.store.people import kind_of

BATCH = 500  # names keyed again at once


def identify(connection: Connection, held: Sequence[Held]) -> set[str]:
    """Say who the speakers of statements are: full names by likeness, the rest by the full names of their article and story.

    What comes back are the groups that the scores find; `actors.settle` makes actors of them.
    """
    full: dict[int, list[Speaker]] = defaultdict(list)
    of_story: dict[str | None, list[Speaker]] = defaultdict(list)
    for item in held:
        speaker = item.statement.speaker
        if speaker is not None and names.is_full(speaker):
            full[item.article].append(speaker)
            of_story[item.story].append(speaker)
    bearers: dict[str, names.Bearer] = {}
    whose: dict[int, tuple[str, str | None]] = {}
    alone: dict[int, str] = {}
    settled: dict[tuple[int, str, str | None], tuple[Speaker, str | None] | None] = {}
    for item in held:
        speaker = item.statement.speaker
        if speaker is None:
            continue
        at = (item.article, speaker.name, speaker.role)
        if at not in settled:
            settled[at] = _settle(speaker, full[item.article], of_story[item.story] if item.story else [])
        bearer = settled[at]
        if bearer is None:
            scope = item.story or item.article_id
            alone[item.row] = digest("actor", scope, speaker.type, speaker.name.casefold())
        else:
            name = Named(bearer[0].name, kind_of(bearer[0].type)).key
            bearers[name] = names.joined(bearers.get(name), names.bearer(bearer[0]))
            whose[item.row] = (name, bearer[1])
    groups.put_speakers(connection, {row: (None, actor, None) for row, actor in alone.items()})
    return set(alone.values()) | _put_bearers(connection, bearers, whose)


def _settle(speaker: Speaker, article: Sequence[Speaker], story: Sequence[Speaker]) -> tuple[Speaker, str | None] | None:
    """The full name that explains a speaker, and why, where it is not the speaker's own."""
    if names.is_full(speaker):
        return speaker, None
    for candidates, where in ((article, "article"), (story, "story")):
        if found := names.settle(speaker, candidates):
            what = "the office" if names.is_office(speaker) else "part of a name"
            return found, f"“{speaker.name}”: {what}; the one full name of its {where} that it fits is {found.name}"
    return None


def _put_bearers(connection: Connection, bearers: dict[str, names.Bearer], whose: dict[int, tuple[str, str | None]]) -> set[str]:
    """Full names with those that share a key, grouped by their scores; the groups."""
    keys = {name: names.keys(bearer) for name, bearer in bearers.items()}
    known = groups.bearers(connection, groups.bearer_rows(connection, bearers).values())
    ids = {row: name for name, row in groups.bearer_rows(connection, bearers).items()}
    for row, (payload, _) in known.items():
        bearers[ids[row]] = names.joined(unpack(payload, names.Bearer), bearers[ids[row]])
    rows = groups.put_bearers(connection, {name: pack(bearer) for name, bearer in bearers.items()}, keys, names.KEYED)
    groups.put_speakers(connection, {statement: (rows[name], None, why) for statement, (name, why) in whose.items()})
    items, held = _met(connection, rows.values())
    found = named(
        names.groups(items),
        held,
        lambda row: f"actor {items[row].type} {items[row].name}",
        lambda taken: groups.found_taken(connection, taken),
    )
    groups.put_found(connection, {row: group for group, members in found.items() for row in members})
    actors.know(connection, rows.values())
    return set(found)


def _met(connection: Connection, rows: Iterable[int]) -> tuple[dict[int, names.Bearer], dict[int, str | None]]:
    """These full names (row numbers) and all that are alike them, and alike those, with the group that each stands in.

    Groups depend on nothing outside of this, so that what comes page by page is grouped as if it had come at once.
    """
    items: dict[int, names.Bearer] = {}
    group: dict[int, str | None] = {}
    fresh = set(rows)
    while fresh:
        read = {row: (unpack(payload, names.Bearer), found) for row, (payload, found) in groups.bearers(connection, sorted(fresh)).items()}
        items |= {row: bearer for row, (bearer, _) in read.items()}
        group |= {row: found for row, (_, found) in read.items()}
        keys = {key for bearer, _ in read.values() for key in names.keys(bearer)}
        candidates = [row for row in groups.bearers_by_key(connection, keys) if row not in items]
        near = {row: unpack(payload, names.Bearer) for row, (payload, _) in groups.bearers(connection, candidates).items()}
        by_key: dict[str, list[int]] = defaultdict(list)
        for row in read:
            for key in names.keys(items[row]):
                by_key[key].append(row)
        fresh = {
            row
            for row, bearer in near.items()
            if any(names.score(bearer, items[one]) > 0 for one in {one for key in names.keys(bearer) for one in by_key.get(key, ())})
        }
        fresh |= set(groups.bearers_found(connection, sorted({found for found in group.values() if found}))) - items.keys()
    return dict(sorted(items.items())), group


def key_again(connection: Connection) -> None:
    """Key the full names and entities that were keyed by older rules, so that new names meet them."""
    while payloads := groups.keyed_before(connection, names.KEYED, limit=BATCH):
        groups.put_bearer_keys(connection, {row: names.keys(unpack(payload, names.Bearer)) for row, payload in payloads.items()}, names.KEYED)
    while held := authorities.keyed_before(connection, names.KEYED, limit=BATCH):
        authorities.put_keys(connection, {entity.id: actors.authority_keys(entity) for entity in held}, names.KEYED)
