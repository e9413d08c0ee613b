"""Writing what was read. The caller owns the transaction: everything here happens in it, or nothing does."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, Table, select

from onrecord.knowledge.outlets import host_of, label, publishers
from onrecord.records import Known, Reading, Seen, Skipped, Statement, digest, words_of
from onrecord.store import lines, tables
from onrecord.store.driver import ask, tell
from onrecord.store.payload import about, pack, storable
from onrecord.store.records import Summary
from onrecord.store.search import indexed
from onrecord.store.seen import remember

UNGROUPED = (None, None)  # actor and utterance of a statement that the second pass has not seen


class Added(msgspec.Struct, frozen=True):
    """What a batch did, and the row numbers of the articles that are new or changed, for the second pass."""

    summary: Summary
    articles: tuple[int, ...]
    readings: dict[int, Reading] = {}  # these articles, as they were read


def add(connection: Connection, outcomes: Iterable[Reading | Skipped | Known | Seen]) -> Added:
    """Store what was read of each page, which pages were skipped, and what to remember of them.

    A page is known by its source. The same reading again changes nothing; another reading of the same source replaces it as a whole. A
    page that was read before and is skipped now keeps its old reading, beside the row that says why.
    """
    summary, rows = Summary(), dict[int, Reading]()
    for outcome in outcomes:
        if isinstance(outcome, Skipped):
            _skip(connection, outcome)
            summary += Summary(skipped={outcome.reason: 1})
        elif isinstance(outcome, Seen):
            remember(connection, outcome)
        elif isinstance(outcome, Known):
            summary += _known(connection, outcome.source)
        else:
            change, row = _store(connection, outcome)
            summary += change
            if row is not None:
                rows[row] = outcome
    return Added(summary, tuple(rows), rows)


def _skip(connection: Connection, skipped: Skipped) -> None:
    columns = Skipped.__struct_fields__
    put = f"INSERT OR REPLACE INTO skipped({', '.join(columns)}) VALUES (?, ?, ?, ?)"
    tell(connection, put, [[storable(value) for value in msgspec.structs.astuple(skipped)]])


def _known(connection: Connection, source: str) -> Summary:
    """A page that was passed over, counted as what it is on record as; a list of pages is nothing to be counted."""
    reason = connection.scalar(select(tables.skipped.c.reason).where(tables.skipped.c.source == source))
    if reason is not None:
        return Summary(skipped={reason: 1})
    held = connection.scalar(select(tables.articles.c.statements).where(tables.articles.c.source == source))
    return Summary() if held is None else Summary(unchanged=1, statements=held)


def _store(connection: Connection, reading: Reading) -> tuple[Summary, int | None]:
    """What storing one reading did, and the row of the article where it is new or changed."""
    source, count = storable(reading.article.source), len(reading.statements)
    ask(connection, "DELETE FROM skipped WHERE source = ?", source)
    now = digest(pack(reading).decode())
    for row, known, story in ask(connection, 'SELECT "row", digest, story FROM articles WHERE source = ?', source):
        if known == now:
            return Summary(unchanged=1, statements=count), None
        groups = _groups_of_statements(connection, row)
        ask(connection, 'DELETE FROM articles WHERE "row" = ?', row)
        _insert(connection, reading, row, now, story, groups)
        return Summary(changed=1, statements=count), row
    row = _next(connection, "articles")
    _insert(connection, reading, row, now, None, {})
    return Summary(added=1, statements=count), row


def _groups_of_statements(connection: Connection, article: int) -> dict[str, tuple[str | None, str | None]]:
    """Actor and utterance of each statement by its id: a better reading of the same text keeps them, so that their ids stay."""
    return {id_: (actor, utterance) for id_, actor, utterance in ask(connection, "SELECT id, actor, utterance FROM statements WHERE article = ?", article)}


def _insert(connection: Connection, reading: Reading, row: int, now: str, story: str | None, groups: dict[str, tuple[str | None, str | None]]) -> None:
    article = reading.article
    values = {name: value for name, value in msgspec.structs.asdict(article).items() if name in tables.articles.c} | {
        "row": row,
        "digest": now,
        "label": label(article.outlet, article.url, article.source),
        "via": pack(article.via),
        "about": about(article),
        "sentences": pack(tuple((s.start, s.end, s.role) for s in reading.sentences)),
        "statements": len(reading.statements),
        "story": story,
    }
    _insert_many(connection, tables.articles, [values])
    _insert_many(connection, tables.blocks, _parts(row, article.blocks))
    _insert_many(connection, tables.mentions, _parts(row, reading.mentions))
    _index(connection, "article_search", [(row, article.text)])
    lines.keep(connection, row, article)
    first = _next(connection, "statements")
    numbered = list(enumerate(reading.statements, first))
    said = [(number, words_of(article.text, statement.content)) for number, statement in numbered]
    _insert_many(
        connection,
        tables.statements,
        [
            {
                "row": number,
                "id": s.id,
                "article": row,
                "position": number - first,
                "kind": s.kind,
                "day": s.said or article.published,
                "words": content,
                "actor": groups.get(s.id, UNGROUPED)[0] if s.speaker else None,
                "utterance": groups.get(s.id, UNGROUPED)[1],
                "payload": pack(s),
                "role": s.speaker.role if s.speaker else None,
            }
            for (number, s), (_, content) in zip(numbered, said, strict=True)
        ],
    )
    _insert_many(connection, tables.figures, [figure for number, statement in numbered for figure in _figures(number, statement)])
    _index(connection, "statement_search", said)


def _next(connection: Connection, table: str) -> int:
    return 1 + (ask(connection, f'SELECT max("row") FROM {table}')[0][0] or 0)


def _parts(row: int, records: tuple[msgspec.Struct, ...]) -> list[dict[str, object]]:
    """Records of an article as rows, numbered as they stand."""
    return [{"article": row, "position": i} | msgspec.structs.asdict(record) for i, record in enumerate(records)]


def _figures(number: int, statement: Statement) -> list[dict[str, object]]:
    return [
        {
            "statement": number, "position": i, "start": f.span[0], "end": f.span[1], "value": f.value, "unit": f.unit,
            "of": f.of, "by": f.by, "approx": f.approx, "high": f.high, "bound": f.bound,
        }
        for i, f in enumerate(statement.figures)
    ]  # fmt: skip


def _insert_many(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if rows:
        columns = ", ".join(f'"{name}"' for name in rows[0])
        put = f"INSERT INTO {table.name}({columns}) VALUES ({', '.join('?' * len(rows[0]))})"
        tell(connection, put, [[storable(value) if isinstance(value, str) else value for value in row.values()] for row in rows])


def _index(connection: Connection, table: str, texts: list[tuple[int, str]]) -> None:
    tell(connection, f"INSERT INTO {table}(rowid, words, stems) VALUES (?, ?, ?)", [(number, *indexed(content)) for number, content in texts])


def outlet_of(source: str) -> str:
    """What to call the outlet of a page that was not read: by its address, or a folder that is called after one; empty where neither tells."""
    known = publishers().at(source)
    return known.name if known else host_of(source)
