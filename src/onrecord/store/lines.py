"""What a whole outlet repeats, learned as its pages are added.

Of each article of a known outlet the keys of its lines are kept. A line is the outlet's, and junk, where it stands in articles of at least five
days and five stories, and in a twentieth of all its articles. The same story in many outlets counts once in each of them, and a paragraph
that an outlet repeats while it follows one story belongs to few stories: neither is hidden.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from onrecord.knowledge.outlets import label, line_key
from onrecord.records import ARTICLE_ROLES, Article
from onrecord.store import tables
from onrecord.store.driver import tell

LEAST_DAYS = 5  # of publication, and as many stories
LEAST_SHARE = 0.05  # of the outlet's articles
REPEATED = "outlet-repeats"  # the rule of a block that was hidden for this: it is counted all the same, else it would be shown again
FULL_DAY = 10  # characters of "2025-11-06"


def keep(connection: Connection, row: int, article: Article) -> None:
    """Store the keys of an article's lines; nothing where no outlet is known."""
    outlet = label(article.outlet, article.url, article.source)
    if outlet == article.source:
        return
    told = [block for block in article.blocks if (block.role in ARTICLE_ROLES and block.role != "headline") or block.rule == REPEATED]
    keys = dict.fromkeys(key for block in told if (key := line_key(outlet, article.text[block.start : block.end])) is not None)
    if keys:
        tell(connection, "INSERT INTO outlet_lines(key, article) VALUES (?, ?)", [(key, row) for key in keys])


def repeated(connection: Connection) -> frozenset[str]:
    """The keys of the lines that whole outlets repeat, over everything that is on record now."""
    lines, held = tables.outlet_lines.c, tables.articles.c
    size = select(held.label, func.count().label("articles")).group_by(held.label).subquery()
    day = func.substr(held.published, 1, FULL_DAY)
    query = (
        select(lines.key)
        .join(tables.articles, lines.article == held.row)
        .join(size, size.c.label == held.label)
        .group_by(lines.key)
        .having(func.count() >= LEAST_DAYS)
        .having(func.count(day.distinct()) >= LEAST_DAYS)
        .having(func.count(func.coalesce(held.story, held.id).distinct()) >= LEAST_DAYS)
        .having(func.count() >= LEAST_SHARE * func.max(size.c.articles))
    )
    return frozenset(connection.scalars(query))
