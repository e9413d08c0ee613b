"""Stories as lists and as the matrix utterance by outlet."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, func, select

from onrecord.records import Story
from onrecord.store import tables
from onrecord.store.records import ArticleLine, Cell, Column, MatrixRow, StatementLine, StoryLine, StoryView, first_of
from onrecord.store.rows import LINE, Query, article_line, article_lines, statement_lines, statement_query, story_record, utterance_record

MOST_STORIES = 1000  # in one list
MOST_STATEMENTS = 5000  # of one story that its matrix shows
MOST_OFFSET = 10_000_000


def stories(connection: Connection, *, limit: int = 50, offset: int = 0) -> tuple[StoryLine, ...]:
    """Stories, newest first; those that several articles tell stand before single articles of the same day."""
    held = tables.articles.c
    query = (
        select(tables.stories.c.id)
        .join(tables.articles, held.story == tables.stories.c.id)
        .group_by(tables.stories.c.id)
        .order_by(tables.stories.c.day.is_(None), func.substr(tables.stories.c.day, 1, 10).desc(), func.count().desc(), tables.stories.c.id)
        .limit(max(0, min(limit, MOST_STORIES)))
        .offset(max(0, min(offset, MOST_OFFSET)))
    )
    lines = (story_line(connection, story_id) for story_id in connection.scalars(query).all())
    return tuple(line for line in lines if line is not None)


def story(connection: Connection, story_id: str) -> StoryView | None:
    """One story as the matrix utterance by outlet: quoted, paraphrased or absent; what most outlets tell comes first."""
    line = story_line(connection, story_id)
    if line is None:
        return None
    columns = _columns(article_lines(connection, _told(story_id)))
    reports: dict[str, list[StatementLine]] = defaultdict(list)
    query = statement_query().where(tables.articles.c.story == story_id).order_by(tables.articles.c.source, tables.statements.c.position)
    for report in statement_lines(connection, query.limit(MOST_STATEMENTS)):
        if report.utterance is not None:
            reports[report.utterance].append(report)
    rows = [row for utterance_id, told in reports.items() if (row := _row(connection, utterance_id, told, columns)) is not None]
    rows.sort(key=lambda row: -sum(cell.telling != "absent" for cell in row.cells))
    return StoryView(line, columns, tuple(rows), _copies(connection, story_id), *_around(connection, story_id))


def _told(story_id: str) -> Query:
    held = tables.articles.c
    return select(*LINE).where(held.story == story_id).order_by(held.published.is_(None), held.published, held.source)


def story_line(connection: Connection, story_id: str) -> StoryLine | None:
    """A story as a line of a list; None where there is none."""
    record = story_record(connection, story_id)
    if record is None:
        return None
    articles = article_lines(connection, _told(story_id))
    query = select(func.count(tables.statements.c.utterance.distinct())).join(tables.articles, tables.statements.c.article == tables.articles.c.row)
    days = sorted(article.published[:10] for article in articles if article.published)
    return StoryLine(
        story=record,
        articles=len(articles),
        utterances=connection.scalar(query.where(tables.articles.c.story == story_id)) or 0,
        outlets=tuple(dict.fromkeys(article.label for article in articles)),
        languages=tuple(sorted({article.language for article in articles})),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def _copies(connection: Connection, story_id: str) -> dict[str, ArticleLine]:
    """By the id of an article of the story, the article whose text it copies."""
    copy = tables.articles.alias("copy")
    query = select(copy.c.id, *LINE).join(copy, copy.c.original == tables.articles.c.row).where(copy.c.story == story_id).order_by(copy.c.id)
    return {copied: article_line(line) for copied, *line in connection.execute(query)}


def _around(connection: Connection, story_id: str) -> tuple[Story | None, tuple[Story, ...]]:
    """The story that this one goes on from, and those that go on from it, in the order of their days."""
    held = tables.stories.c
    before = connection.scalar(select(held.follows).where(held.id == story_id))
    after = connection.scalars(select(held.id).where(held.follows == story_id).order_by(held.day, held.id)).all()
    found = [record for each in after if (record := story_record(connection, each)) is not None]
    return story_record(connection, before) if before else None, tuple(found)


def _columns(articles: tuple[ArticleLine, ...]) -> tuple[Column, ...]:
    told: dict[str, list[ArticleLine]] = defaultdict(list)
    for article in articles:
        told[article.label].append(article)
    return tuple(Column(label, tuple(lines)) for label, lines in told.items())


def _row(connection: Connection, utterance_id: str, told: list[StatementLine], columns: tuple[Column, ...]) -> MatrixRow | None:
    record = utterance_record(connection, utterance_id)
    if record is None:
        return None
    fullest = max(told, key=lambda report: (report.statement.kind == "direct", len(report.words)))
    actor = next((report.actor for report in told if report.actor is not None), None)
    cells = tuple(_cell([report for report in told if report.article.label == column.label]) for column in columns)
    first = first_of(told)
    return MatrixRow(record, actor, fullest.words, fullest.article.language, cells, first.article.label if first else None)


def _cell(reports: list[StatementLine]) -> Cell:
    if not reports:
        return Cell("absent")
    quoted = any(report.statement.kind in ("direct", "mixed") for report in reports)
    return Cell("quoted" if quoted else "paraphrased", tuple(reports))
