"""Who the speakers of statements are: full names by likeness, the rest by the full names of their article and story.

The groups of names that the scores find are kept in the store (`found`); `actors` makes actors of them. The caller owns the transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from onrecord import actors
from onrecord.knowledge.schema import languages
from onrecord.records import Entity, EntityType, Named, Speaker, Title, digest
from onrecord.stages import identify as names
from onrecord.stages import offices
from onrecord.stages.group import named
from onrecord.store import authorities, groups, titles
from onrecord.store.groups import Held
from onrecord.store.payload import pack, unpack
from onrecord.store.people import kind_of

MOST_TOLD = 200  # articles of one story whose titles tell namesakes apart
BATCH = 500  # names keyed again at once


Ends = dict[tuple[str, str, str, str | None], list[str]]  # days by holder, title, language and authority
Days = Mapping[str, tuple[str, str]]  # the first and the last day for each office


class Said(msgspec.Struct, frozen=True):
    """Who a speaker is: a full name and which of those who bear it, and why, where it is not the speaker's own."""

    name: str
    type: EntityType
    of: str | None
    why: str | None

    @property
    def key(self) -> str:
        """The id of the bearer."""
        return Named(self.name, kind_of(self.type), of=self.of).key


def learn(connection: Connection, articles: Sequence[int]) -> tuple[set[str], Days]:
    """Keep which titles these articles give to whom: the keys of the names and of the offices that this tells something new of, these with
    the days of which it may be."""
    before = titles.of_articles(connection, articles)
    names_of = titles.chain_names(connection, articles)
    found = []
    for item in titles.called(connection, articles):
        full = next((name for name in (*names_of.get((item.article, item.chain), ()), item.name) if names.is_full(Speaker(name))), None)
        if full is not None:
            office = offices.office(item.title, item.language)
            key = office.key if office else None
            found.append(Title(Named(full).key, full, item.title, item.language, key, item.day[:10], item.day[:10], item.article))
    kept = list(dict.fromkeys(found))
    holders, held = {title.holder for title in (*before, *kept)}, {title.office for title in (*before, *kept) if title.office}
    spans, known = titles.spans_of_holders(connection, holders), titles.of_offices(connection, held)
    titles.put(connection, kept, articles=articles)
    spans_now, now = titles.spans_of_holders(connection, holders), titles.of_offices(connection, held)
    touched = {name for name in holders if _days(spans.get(name, ())) != _days(spans_now.get(name, ()))}
    days = {office: _changed(_days(known.get(office, ())), _days(now.get(office, ()))) for office in held}
    return touched, {office: offices.around(min(found), max(found)) for office, found in days.items() if found}


def learn_offices(connection: Connection, entities: Sequence[Entity]) -> tuple[set[str], Days]:
    """Keep which offices an authority gives to persons: the keys of the names and of the offices that this may tell something new of."""
    found = []
    for entity in entities:
        for held in entity.offices if entity.type == "person" else ():
            keys = {key: code for code in languages() if (office := offices.office(held.title, code)) and (key := office.key)}
            for key, code in keys.items():
                holder = Named(entity.name).key
                found.append(Title(holder, entity.name, held.title, code, key, held.since, held.until, None, entity.id))
    titles.put(connection, found, authorities=[entity.id for entity in entities])
    return {title.holder for title in found}, {title.office: ("", "~") for title in found if title.office}


def _days(spans: Iterable[Title]) -> Ends:
    """The first and the last day of each holder and title."""
    found: Ends = defaultdict(list)
    for title in spans:
        found[title.holder, title.title, title.language, title.authority].append(title.since or "")
    return found


def _changed(before: Ends, now: Ends) -> set[str]:
    """The days at which what spans say is another: every day where one begins elsewhere, for who came first is asked far and wide."""
    if {key: min(days) for key, days in before.items()} != {key: min(days) for key, days in now.items()}:
        return {day for days in (*before.values(), *now.values()) for day in days}
    return {day for key in before if before[key] != now[key] for day in (*before[key], *now[key])}


def waiting(connection: Connection, holders: set[str], called: Days) -> set[int]:
    """The articles whose speakers may be others since titles were learnt: offices alone that have another holder now, and namesakes."""
    seen = titles.of_offices(connection, called)
    again = set()
    for article, office, day, why in titles.spoken_as(connection, called):
        held = _because(seen.get(office, ()), day)
        if (held is None) != (not why) or (held and held[1] not in why):
            again.add(article)
    return again | titles.articles_of_names(connection, {*_several(connection, holders), *titles.parted(connection, holders)})


def identify(connection: Connection, held: Sequence[Held], *, named_again: Iterable[str] = ()) -> set[str]:
    """Say who the speakers of statements are: full names by likeness, the rest by the full names of their article and story, and offices
    alone by who held them on that day. `named_again`: the keys of names of which titles tell something new.

    What comes back are the groups that the scores find; `actors.settle` makes actors of them.
    """
    held = _with_offices(connection, held)
    full: dict[int, dict[Speaker, None]] = defaultdict(dict)
    of_story: dict[str | None, dict[Speaker, None]] = defaultdict(dict)
    for item in held:
        speaker = item.statement.speaker
        if speaker is not None and names.is_full(speaker):
            alike = msgspec.structs.replace(speaker, aliases=(), mention=None)
            full[item.article][alike] = of_story[item.story][alike] = None
    office_of = {item.row: _office_of(item) for item in held}
    seen = titles.of_offices(connection, {key for key in office_of.values() if key})
    told: dict[int, tuple[Said | str | None, bool]] = {}  # who it is (or why nobody can tell), and whether an office alone was asked for
    settled: dict[tuple[int, str, str | None, str | None], tuple[Said | None, bool]] = {}
    for item in held:
        speaker = item.statement.speaker
        if speaker is None:
            continue
        at = (item.article, speaker.name, speaker.role, item.statement.said)
        if at not in settled:
            near = _settle(speaker, full[item.article], of_story[item.story] if item.story else ())
            key = office_of[item.row]
            settled[at] = (near, False) if near or not key else (_in_office(speaker, seen.get(key, ()), item), True)
        told[item.row] = settled[at]
    _tell_namesakes_apart(connection, held, told)
    bearers: dict[str, names.Bearer] = {}
    whose: dict[int, tuple[str, str | None]] = {}
    alone: dict[int, tuple[None, str, str | None]] = {}
    left: set[str] = set()
    for item in held:
        speaker = item.statement.speaker
        if speaker is None:
            continue
        said, _ = told[item.row]
        if isinstance(said, Said):
            own = names.bearer(speaker, item.language) if names.is_full(speaker) else names.Bearer(said.name, said.type)
            bearers[said.key] = names.joined(bearers.get(said.key), msgspec.structs.replace(own, name=said.name, of=said.of))
            whose[item.row] = (said.key, said.why)
        else:
            scope = item.article_id if said else item.story or item.article_id
            group = digest("actor", scope, speaker.type, speaker.name.casefold())
            if (item.bearer, item.found, item.why) != (None, group, said):
                alone[item.row] = (None, group, said)
                left |= {group, item.found} if item.found else {group}
    groups.put_offices(connection, {item.row: office_of[item.row] if item.row in told and told[item.row][1] else None for item in held})
    before = {item.row: (item.bearer, item.found, item.why) for item in held}
    left |= groups.found_of(connection, {before[row][0] for row in alone})
    groups.put_speakers(connection, alone)
    return left | _put_bearers(connection, bearers, whose, before, named_again)


def _with_offices(connection: Connection, held: Sequence[Held]) -> list[Held]:
    """The statements; where the page calls the speaker by an office alone ("Міністр оборони"), the office is said to be one."""
    roles = titles.roles_alone(connection, {item.article for item in held})
    found = []
    for item in held:
        speaker = item.statement.speaker
        if speaker is not None and speaker.role is None and speaker.type == "person" and (item.article, speaker.name) in roles:
            statement = msgspec.structs.replace(item.statement, speaker=msgspec.structs.replace(speaker, role=speaker.name))
            item = msgspec.structs.replace(item, statement=statement)
        found.append(item)
    return found


def _settle(speaker: Speaker, article: Iterable[Speaker], story: Iterable[Speaker]) -> Said | None:
    """The full name that explains a speaker, in its article or story."""
    if names.is_full(speaker):
        return Said(speaker.name, speaker.type, None, None)
    for candidates, where in ((article, "article"), (story, "story")):
        if found := names.settle(speaker, candidates):
            what = "the office" if names.is_office(speaker) else "part of a name"
            why = f"“{speaker.name}”: {what}; the one full name of its {where} that it fits is {found.name}"
            return Said(found.name, found.type, None, why)
    return None


def office_keys(title: str) -> frozenset[str]:
    """The keys of an office, as it is read in each language."""
    return frozenset(key for code in languages() if (found := offices.office(title, code)) and (key := found.key))


def _office_of(item: Held) -> str | None:
    """The key of the office by which alone a speaker is called."""
    speaker = item.statement.speaker
    if speaker is None or speaker.type != "person" or names.is_full(speaker):
        return None
    found = offices.office(speaker.name, item.language)
    return found.key if found else None


def _holder(seen: Iterable[Title], day: str | None) -> offices.Held | None:
    """Who held an office on a day, two spellings of one name taken for one."""
    listed = list(seen)
    called = {title.holder: title.name for title in listed}
    keys = sorted(called)
    first = {keys[n]: keys[group[0]] for group in names.groups({n: names.Bearer(called[key], "person") for n, key in enumerate(keys)}) for n in group}
    return offices.holder([msgspec.structs.replace(title, holder=first[title.holder]) for title in listed], day) if day else None


def _in_office(speaker: Speaker, seen: Sequence[Title], item: Held) -> Said | None:
    """Who held the office by which alone the speaker is called, on the day of the statement or of the page."""
    found = _because(seen, item.statement.said or item.published)
    return Said(found[0], "person", None, f"“{speaker.name}”: the office; {found[1]}") if found else None


def _because(seen: Sequence[Title], day: str | None) -> tuple[str, str] | None:
    """The name of who held an office on a day, and what says so, in words."""
    held = _holder(seen, day)
    if held is None or day is None:
        return None
    name = next(title.name for title in seen if title.holder == held.holder)
    return name, f"on {day[:10]} it was held by {name}: {held.evidence}"


def _tell_namesakes_apart(connection: Connection, held: Sequence[Held], told: dict[int, tuple[Said | str | None, bool]]) -> None:
    """Say of names that several people bear which of them is meant, by the titles of the article, else of the story; else nobody can tell."""
    said = {one.key for one, _ in told.values() if isinstance(one, Said) and one.type == "person"}
    several = _several(connection, said)
    stories = {item.story for item in held if item.story and isinstance(one := told.get(item.row, (None, False))[0], Said) and one.key in several}
    beside = {story: set(rows) for story, rows in groups.articles_of(connection, stories, MOST_TOLD).items()}
    for item in held:
        one, asked = told.get(item.row, (None, False))
        if not isinstance(one, Said) or one.key not in several:
            continue
        for around in ({item.article}, beside.get(item.story or "", set())):
            if len(fits := [part for part in several[one.key] if part.articles & around]) == 1:
                told[item.row] = (msgspec.structs.replace(one, of=fits[0].of), asked)
                break
        else:
            who = " or ".join(part.of for part in several[one.key])
            told[item.row] = (f"“{one.name}”: several people bear this name ({who}), and nothing here tells which", asked)


def _several(connection: Connection, holders: Iterable[str]) -> dict[str, list[offices.Namesake]]:
    """The names that several people bear, and these people.

    Only names whose titles would part them if no article joined any are looked at article by article: of most, few titles say all.
    """
    spans = titles.spans_of_holders(connection, holders)
    doubtful = [name for name, found in spans.items() if len(offices.namesakes(found)) > 1]
    given = {name: offices.namesakes(found) for name, found in titles.of_holders(connection, doubtful).items()}
    return {name: parts for name, parts in given.items() if len(parts) > 1}


Speaking = Mapping[int, tuple[int | None, str | None, str | None]]  # of statements: full name, else the group without one, and why


def _put_bearers(
    connection: Connection, bearers: dict[str, names.Bearer], whose: Mapping[int, tuple[str, str | None]], before: Speaking, named_again: Iterable[str]
) -> set[str]:
    """Full names with those that share a key, grouped by their scores; the groups in which anything has changed."""
    rows = groups.bearer_rows(connection, bearers)
    known = {row: payload for row, (payload, _) in groups.bearers(connection, rows.values()).items()}
    for key, row in rows.items():
        bearers[key] = names.joined(unpack(known[row], names.Bearer), bearers[key])
    payloads = {key: pack(bearer) for key, bearer in bearers.items()}
    changed = {key: payload for key, payload in payloads.items() if key not in rows or known[rows[key]] != payload}
    new = groups.put_bearers(connection, changed, {key: names.keys(bearers[key]) for key in changed if key not in rows}, names.KEYED)
    rows |= new
    speaking: Speaking = {statement: (rows[name], None, why) for statement, (name, why) in whose.items()}
    moved = {statement: said for statement, said in speaking.items() if before[statement] != said}
    groups.put_speakers(connection, moved)
    groups.put_holders(connection, {rows[key]: Named(bearers[key].name, kind_of(bearers[key].type)).key for key in changed})
    found = _group(connection, {*new.values(), *groups.bearers_of(connection, named_again)})
    actors.know(connection, new.values())
    found |= groups.found_of(connection, {row for statement, (row, *_) in moved.items() for row in (row, before[statement][0])})
    return found | {group for statement in moved if (group := before[statement][1])}


def forget(connection: Connection) -> set[str]:
    """Forget the full names that no speaker bears any more, and group anew those that stood with them; the groups."""
    lost = groups.drop_unspoken(connection)
    return lost | _group(connection, groups.bearers_found(connection, sorted(lost)))


def _group(connection: Connection, rows: Iterable[int]) -> set[str]:
    """Say which groups the scores find for these full names (row numbers) and all whom that touches; the groups."""
    items, held = _met(connection, rows)
    found = named(
        names.groups(items),
        held,
        lambda row: f"actor {items[row].type} {items[row].name}",
        lambda taken: groups.found_taken(connection, taken),
    )
    groups.put_found(connection, {row: group for group, members in found.items() for row in members})
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
        items |= _with_fields(connection, {row: bearer for row, (bearer, _) in read.items()})
        group |= {row: found for row, (_, found) in read.items()}
        keys = {key for bearer, _ in read.values() for key in names.keys(bearer)}
        candidates = [row for row in groups.bearers_by_key(connection, keys) if row not in items]
        near = _with_fields(connection, {row: unpack(payload, names.Bearer) for row, (payload, _) in groups.bearers(connection, candidates).items()})
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


def _with_fields(connection: Connection, bearers: dict[int, names.Bearer]) -> dict[int, names.Bearer]:
    """Full names with the fields of the offices that titles give them."""
    keys = {row: Named(bearer.name).key for row, bearer in bearers.items() if bearer.type == "person"}
    spans = titles.spans_of_holders(connection, keys.values())
    given = titles.of_holders(connection, {key for row, key in keys.items() if bearers[row].of})
    found = dict(bearers)
    for row, key in keys.items():
        seen = spans.get(key, [])
        if of := bearers[row].of:
            mine = {article for part in offices.namesakes(given.get(key, ())) if part.of == of for article in part.articles}
            seen = [title for title in given.get(key, ()) if title.article in mine]
        found[row] = msgspec.structs.replace(bearers[row], fields=offices.fields(seen))
    return found


def key_again(connection: Connection) -> None:
    """Key the full names and entities that were keyed by older rules, so that new names meet them."""
    while payloads := groups.keyed_before(connection, names.KEYED, limit=BATCH):
        groups.put_bearer_keys(connection, {row: names.keys(unpack(payload, names.Bearer)) for row, payload in payloads.items()}, names.KEYED)
    while held := authorities.keyed_before(connection, names.KEYED, limit=BATCH):
        authorities.put_keys(connection, {entity.id: actors.authority_keys(entity) for entity in held}, names.KEYED)
