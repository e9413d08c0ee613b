"""Who the actors are: the groups of names that the scores find, as judgements and authorities correct them.

What the scores say is kept as it is (`found` in the tables); actors are made from it, from the judgements that hold and from the entities
of authorities, each time for what these connect. So a judgement outlives every re-run, and taking it back gives exactly what was.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec
from sqlalchemy import Connection

from onrecord.records import Actor, Entity, EntityType, Gender, Judgement, Named, digest
from onrecord.stages import identify
from onrecord.stages.group import named
from onrecord.store import authorities, groups, judgements, people
from onrecord.store.payload import unpack
from onrecord.store.people import Bearing, Merge, kind_of

Alike = Callable[[int, int], float]
CERTAIN = 2.0  # weight of a judgement or an authority beside scores from 0 to 1
ALIKE_TO_ENTITY = 0.9  # score from which a name that is not spelt as the entity's is its name all the same


class Node(msgspec.Struct, frozen=True):
    """A full name, or a group of statements that no full name explains."""

    key: str
    found: str
    name: str
    type: EntityType
    names: tuple[str, ...]
    roles: tuple[str, ...]
    statements: int
    gender: Gender | None = None
    bearer: Bearing | None = None
    languages: tuple[str, ...] = ()

    @property
    def authority(self) -> str | None:
        """The entity that bears the name."""
        return self.bearer.authority if self.bearer else None


class Ties(msgspec.Struct, frozen=True):
    """What joins nodes and what keeps them apart, by their numbers, each with why."""

    same: dict[tuple[int, int], str]
    different: dict[tuple[int, int], str]
    authority: dict[tuple[int, int], str]  # kept apart because they are two entities

    @property
    def apart(self) -> set[tuple[int, int]]:
        """Every pair that must not be one actor."""
        return self.different.keys() | self.authority.keys()


def settle(connection: Connection, found: Iterable[str]) -> set[int]:
    """Make actors of these groups, and of those that judgements and authorities connect with them; the statements that others say now."""
    held = judgements.about_people(connection)
    places = people.places(connection, (name for one in held for name in (one.who, one.other) if name))
    nodes = _nodes(connection, _connected(connection, set(found), held, places))
    if not nodes:
        return set()
    number = {node.key: index for index, node in enumerate(nodes)}
    ties = _ties(nodes, held, {key: number[place] for key, (place, _) in places.items() if place in number})

    @functools.cache
    def alike(one: int, other: int) -> float:
        mine, theirs = nodes[one], nodes[other]
        return identify.score(_bearer(mine), _bearer(theirs)) if mine.bearer and theirs.bearer else 0.0

    scored = [[n for n, _ in members] for _, members in _by_found(nodes)]
    parts, refused = identify.constrained(scored, list(ties.same), ties.apart, alike)
    ids = named(parts, {n: node.found for n, node in enumerate(nodes)}, lambda n: f"apart {nodes[n].key}", lambda _: set())
    entities = authorities.get(connection, {node.authority for node in nodes if node.authority})
    no_person = {one.who.key for one in held if one.verdict == "not-a-person" and one.who}
    called = {one.who.key: one.name for one in held if one.verdict == "rename" and one.who and one.name}
    judged = {number[places[key][0]]: key for key in (no_person | called.keys()) if key in places and places[key][0] in number}
    kept = {actor: members for actor, members in ids.items() if not any(judged.get(n) in no_person for n in members)}
    groups.put_actors(connection, [_actor(actor, [nodes[n] for n in sorted(members, key=lambda n: _rank(nodes[n]))], entities,
                                          [called[k] for k in called if any(judged.get(n) == k for n in members)])
                                   for actor, members in kept.items()])  # fmt: skip
    given = [(nodes[n], actor if actor in kept else None) for actor, members in ids.items() for n in members]
    full = {node.bearer: actor for node, actor in given if node.bearer}
    touched = people.assign(connection, full, {node.key: actor for node, actor in given if not node.bearer})
    people.refresh_utterances(connection, people.utterances_of(connection, touched))
    whose = {n: actor for actor, members in kept.items() for n in members}
    reasons = [merge for actor, members in kept.items() for merge in _why(actor, members, nodes, ties, alike)]
    people.put_merges(connection, kept, reasons + _refusals(refused, nodes, ties, whose, alike))
    return touched


def judge_statements(connection: Connection, articles: Iterable[int]) -> set[str]:
    """Mark the statements of articles as they are judged; the groups whose actors have to be made anew by `settle`."""
    rows = sorted(set(articles))
    held = judgements.about_statements(connection, people.sources_of(connection, rows).values())
    places = people.places(connection, (one.other for one in held if one.other))
    verdicts = {(one.source, judgements.words_key(one.words or ""), one.verdict): one for one in held}
    found: set[str] = set()
    for article, source in people.judged_articles(connection, rows, (one.source for one in held if one.source)).items():
        for statement in people.statements(connection, article):
            key = judgements.words_key(statement.words)
            speaker = verdicts.get((source, key, "speaker-wrong"))
            right = places.get(speaker.other.key, (speaker.other.key, None)) if speaker and speaker.other else None
            corrected, wrong = right[0] if right else None, (source, key, "statement-wrong") in verdicts
            if (wrong, corrected) == (statement.wrong, statement.corrected):
                continue
            people.put_judged(connection, statement.row, wrong=wrong, corrected=corrected)
            found |= {group for group in (statement.group, right[1] if right else None) if group}
            if right and right[1] is None and speaker and speaker.other:
                _make(connection, speaker.other)
    return found


def _make(connection: Connection, name: Named) -> None:
    """An actor for somebody whom a judgement names and no page."""
    actor = Actor(digest("judged", name.key), name.name, "person" if name.kind == "person" else "organization", (name.name,))
    groups.put_actors(connection, [actor])
    people.refresh_utterances(connection, people.give_corrected(connection, name.key, actor.id))


def know(connection: Connection, rows: Iterable[int]) -> set[str]:
    """Say which entities of authorities bear these full names (row numbers); the groups in which that has changed."""
    if not authorities.count(connection):
        return set()
    held = {row: (unpack(payload, identify.Bearer), found) for row, (payload, found) in groups.bearers(connection, rows).items()}
    keys = {row: identify.keys(bearer) for row, (bearer, _) in held.items()}
    near = authorities.by_keys(connection, (key for found in keys.values() for key in found))
    entities = authorities.get(connection, {i for ids in near.values() for i in ids})
    known = {row: entity_of(bearer, [entities[i] for i in sorted({i for key in keys[row] for i in near.get(key, ())})]) for row, (bearer, _) in held.items()}
    before = {b.row: b.authority for b in people.bearings(connection, (found for _, found in held.values() if found))}
    changed = {row: entity for row, entity in known.items() if before.get(row) != entity}
    people.put_authority(connection, changed)
    return {group for row in changed if (group := held[row][1])}


def entity_of(bearer: identify.Bearer, candidates: Sequence[Entity]) -> str | None:
    """The one entity among the candidates that bears a full name; of namesakes (in the authority or on record) the one whose offices are
    named beside it; else None."""
    if bearer.of:
        candidates = [e for e in candidates if identify.shared_words(bearer.roles, (office.title for office in e.offices))]
    kind = [entity for entity in candidates if kind_of(entity.type) == kind_of(bearer.type)]
    fits = [entity for entity in kind if any(identify.same_name(bearer.name, name) for name in entity.names)] or [
        entity for entity in kind if any(_alike_enough(bearer, name) for name in entity.names)
    ]
    if len(fits) < 2:
        return fits[0].id if fits else None
    shared = sorted(((identify.shared_words(bearer.roles, (o.title for o in e.offices)), e.id) for e in fits), reverse=True)
    return shared[0][1] if shared[0][0] > shared[1][0] else None


def _alike_enough(bearer: identify.Bearer, name: str) -> bool:
    """Whether a name is spelt nearly as the entity's; initials are not enough."""
    return identify.score(bearer, identify.Bearer(name, bearer.type)) >= ALIKE_TO_ENTITY


def authority_keys(entity: Entity) -> frozenset[str]:
    """The keys by which full names meet an entity: those of all its names."""
    return frozenset(key for name in entity.names for key in identify.keys(identify.Bearer(name, entity.type)))


def _connected(connection: Connection, found: set[str], held: Sequence[Judgement], places: dict[str, tuple[str, str]]) -> set[str]:
    """The groups with all that judgements and authorities connect with them."""
    links = [
        (places[one.who.key][1], places[one.other.key][1])
        for one in held
        if one.verdict in ("same", "different") and one.who and one.other and one.who.key in places and one.other.key in places
    ]
    fresh, connected = set(found), set(found)
    while fresh:
        near = people.groups_of_authorities(connection, fresh)
        near |= {other for pair in links for one, other in (pair, pair[::-1]) if one in fresh}
        fresh = near - connected
        connected |= fresh
    return connected


def _nodes(connection: Connection, found: set[str]) -> list[Node]:
    """The names of groups in an order that does not depend on how they were found."""
    nodes = []
    for item in people.bearings(connection, found):
        bearer = unpack(item.payload, identify.Bearer)
        nodes.append(Node(item.key, item.found, bearer.name, bearer.type, (bearer.name,), bearer.roles, item.statements, bearer.gender, item, bearer.languages))
    for group, said in sorted(people.alone(connection, found).items()):
        speakers = [statement.speaker for statement in said if statement.speaker]
        roles = tuple(dict.fromkeys(speaker.role for speaker in speakers if speaker.role))
        first = speakers[0]
        names = tuple(dict.fromkeys((first.name, *(alias for speaker in speakers for alias in speaker.aliases))))
        nodes.append(Node(group, group, first.name, first.type, names, roles, len(said)))
    return nodes


def _by_found(nodes: Sequence[Node]) -> list[tuple[str, list[tuple[int, Node]]]]:
    numbered = sorted(enumerate(nodes), key=lambda item: (item[1].found, item[0]))
    return [(found, list(members)) for found, members in itertools.groupby(numbered, key=lambda item: item[1].found)]


def _ties(nodes: Sequence[Node], held: Sequence[Judgement], number: dict[str, int]) -> Ties:
    ties = Ties({}, {}, {})
    for one in held:
        if one.verdict in ("same", "different") and one.who and one.other and {one.who.key, one.other.key} <= number.keys():
            first, second = sorted((number[one.who.key], number[one.other.key]))
            if first != second:
                (ties.same if one.verdict == "same" else ties.different)[(first, second)] = f"judged by {one.author} on {one.at[:10]}"
    known = [(n, node.authority) for n, node in enumerate(nodes) if node.authority]
    for (first, one_id), (second, other_id) in itertools.combinations(known, 2):
        if one_id != other_id:
            ties.authority[(first, second)] = f"two entities of an authority: {one_id} and {other_id}"
        else:
            ties.same.setdefault((first, second), f"names of one entity of an authority: {one_id}")
    return ties


def _rank(node: Node) -> tuple[bool, int, int, str]:
    """Full names first, those that most statements bear before others."""
    return (node.bearer is None, -node.statements, node.bearer.row if node.bearer else 0, node.key)


def _actor(actor: str, members: Sequence[Node], entities: dict[str, Entity], called: Sequence[str]) -> Actor:
    """The actor that these names are of, called as it was judged, else by the name that most statements bear."""
    types = Counter({member.type: 0 for member in members})
    for member in members:
        types[member.type] += member.statements
    entity = next((entities[m.authority] for m in members if m.authority and m.authority in entities), None)
    return Actor(
        actor,
        called[-1] if called else members[0].name,
        types.most_common(1)[0][0],
        tuple(dict.fromkeys(name for member in members for name in member.names)),
        tuple(dict.fromkeys(role for member in members for role in member.roles)),
        entity.id if entity else None,
        entity.labels if entity else {},
        entity.offices if entity else (),
    )


def _why(actor: str, members: Sequence[int], nodes: Sequence[Node], ties: Ties, alike: Alike) -> list[Merge]:
    """For each name of an actor but the first, what ties it most to the names before it (a spanning tree, Prim 1957)."""
    ordered = sorted(members, key=lambda n: _rank(nodes[n]))
    best: dict[int, tuple[float, int]] = dict.fromkeys(ordered[1:], (-1.0, ordered[0]))
    joined, merges = ordered[0], []
    while best:
        for n in best:
            pair = (min(n, joined), max(n, joined))
            best[n] = max(best[n], (CERTAIN if pair in ties.same else alike(*pair), joined), key=lambda tie: tie[0])
        joined = max(best, key=lambda n: best[n][0])
        weight, to = best.pop(joined)
        pair = (min(joined, to), max(joined, to))
        why = ties.same.get(pair) or identify.reason(_bearer(nodes[to]), _bearer(nodes[joined])) or "like the other names of this actor"
        merges.append(Merge(actor, nodes[to].name, nodes[joined].name, why, round(weight, 3) if weight < CERTAIN else None))
    return merges


def _refusals(refused: Sequence[tuple[int, int]], nodes: Sequence[Node], ties: Ties, whose: dict[int, str], alike: Alike) -> list[Merge]:
    """Merges that scores or judgements ask for and authorities or other judgements forbid."""
    found = []
    asked = {pair: ties.same[pair] for pair in refused}
    for pair in ties.authority:
        if nodes[pair[0]].found == nodes[pair[1]].found and alike(*pair) >= identify.THRESHOLD:
            asked.setdefault(pair, identify.reason(_bearer(nodes[pair[0]]), _bearer(nodes[pair[1]])))
    for (one, other), why in sorted(asked.items()):
        if one not in whose or other not in whose or whose[one] == whose[other]:
            continue
        forbidden = ties.authority.get((one, other)) or ties.different.get((one, other)) or "their other names are kept apart"
        merge = Merge(whose[one], nodes[one].name, nodes[other].name, f"{why}; but {forbidden}", None, whose[other], True)
        found.append(merge)
    return found


def _bearer(node: Node) -> identify.Bearer:
    return identify.Bearer(node.name, node.type, node.roles, node.gender, languages=node.languages)
