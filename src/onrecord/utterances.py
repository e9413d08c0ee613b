"""Which statements report the same words, inside a story and where words are repeated in others."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from onrecord.records import Speaker
from onrecord.stages import identify, link
from onrecord.stages.encode import Model
from onrecord.stages.group import average_link, named
from onrecord.stages.link import Said
from onrecord.store import groups
from onrecord.store.groups import Held
from onrecord.vectors import cheap, vectors

MOST_TOLD = 200  # articles of one story whose statements are compared
MOST_SAID = 600  # statements that are compared at once: pairs grow with the square
MOST_REPEATED = 10  # utterances of other stories for one key of words that are repeated
MOST_REPORTS = 8  # of an utterance of other stories with which repeated words are compared, the same whatever the order of arrival


def settle(connection: Connection, story: str, changed: set[int], model: Model) -> None:
    """Group the statements of a story, and those of other stories that repeat the words of its new articles, into utterances."""
    members = groups.articles_of(connection, [story], MOST_TOLD)[story]
    inside = sorted(groups.statements_of(connection, members), key=lambda held: (held.article_id, held.statement.content))[:MOST_SAID]
    said = [_said(held) for held in inside]
    new = {held.row: link.keys(item) for held, item in zip(inside, said, strict=True) if held.article in changed}
    groups.put_statement_keys(connection, new)
    repeated = groups.utterances_by_key(connection, {key for found in new.values() for key in found}, MOST_REPEATED)
    outside = [held for held in groups.statements_at(connection, _outside(connection, inside, said, repeated)) if held.story != story]
    said += [msgspec.structs.replace(_said(held), outside=held.utterance) for held in outside]
    weights = link.CHEAP if cheap(model) else link.FULL
    scores = link.scores(said, _vectors(connection, said, story, model), weights)
    _put(connection, [*inside, *outside], said, average_link(range(len(said)), scores, link.THRESHOLD, absent=-math.inf))


def _outside(connection: Connection, inside: Sequence[Held], said: Sequence[Said], repeated: set[str]) -> set[int]:
    """The statements of the utterances that these are in, and of those that repeat words of theirs, as far as they may be linked: rows.

    What the same words make of other speakers is left out before it is read, for of what is repeated everywhere that is most.
    """
    known = {held.utterance for held in inside if held.utterance}
    reports = groups.reports_of(connection, repeated | known, MOST_REPORTS)
    anybody = [item for item in said if item.actor is None or item.vague]
    of_actor: dict[str | None, list[Said]] = defaultdict(list)
    for item in said:
        if not (item.actor is None or item.vague):
            of_actor[item.actor].append(item)
    may = set(known)
    for report in reports:
        if report.utterance not in may:
            all_ = report.actor is None or _is_vague(report.speaker)
            if link.repeats(report.words, said if all_ else (*anybody, *of_actor.get(report.actor, ()))):
                may.add(report.utterance)
    return {report.row for report in reports if report.utterance in may}


def _vectors(connection: Connection, said: Sequence[Said], story: str, model: Model) -> npt.NDArray[np.float32]:
    """What statements mean; of a story with one article, and of words repeated from others, nothing need be known."""
    compared = {n: (item.language, item.words) for n, item in enumerate(said) if item.story == story and item.words}
    if len({said[n].article for n in compared}) < 2:
        return np.zeros((len(said), 1), np.float32)
    meant = vectors(connection, list(compared.values()), model)
    found = np.zeros((len(said), meant.shape[1]), np.float32)
    found[list(compared)] = meant
    return found


def _put(connection: Connection, held: Sequence[Held], said: Sequence[Said], found: Sequence[Sequence[int]]) -> None:
    rows = [[held[n].row for n in group] for group in found]
    before = {item.row: item.utterance for item in held}
    ids = {item.row: item.statement.id for item in held}
    utterances = named(rows, before, lambda row: f"utterance {ids[row]}", lambda taken: groups.taken(connection, "utterances", taken))
    place = {item.row: n for n, item in enumerate(held)}
    whose = {u: _speaker([held[place[row]] for row in members]) for u, members in utterances.items()}
    groups.put_utterances(connection, utterances, whose, before)
    parts: dict[int, bool] = {}
    for members in utterances.values():
        group = [said[place[row]] for row in members]
        parts |= {row: link.part(item, group) for row, item in zip(members, group, strict=True)}
    groups.put_parts(connection, {row: part for row, part in parts.items() if part != held[place[row]].part})


def _speaker(reports: Sequence[Held]) -> str | None:
    """Whose words they are: the speaker who is named in full by most reports, else whoever is named at all."""
    return next((held.actor for held in sorted(reports, key=_vague) if held.actor), None)


def _vague(held: Held) -> bool:
    return _is_vague(held.statement.speaker)


def _is_vague(speaker: Speaker | None) -> bool:
    return speaker is None or speaker.type == "group" or identify.is_office(speaker)


def _body(held: Held) -> bool:
    return held.statement.speaker is not None and held.statement.speaker.type in ("organization", "place")


def _said(held: Held) -> Said:
    return link.said(
        held.statement, held.words, article=held.article_id, length=held.length, language=held.language,
        published=held.published, actor=held.actor, story=held.story, vague=_vague(held),
        body=_body(held),
    )  # fmt: skip
