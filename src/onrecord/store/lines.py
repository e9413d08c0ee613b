"""What a whole outlet repeats, learned as its pages are added.

Of each article of a known outlet the keys of its lines are kept. A line is the outlet's, and junk, where it stands in articles of at least five
days and five stories, and in a twentieth of all its articles. The same story in many outlets counts once in each of them, and a paragraph
that an outlet repeats while it follows one story belongs to few stories: neither is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from onrecord.knowledge.outlets import label, line_key
from onrecord.records import ARTICLE_ROLES, Article
from onrecord.store.driver import THESE, ask, tell

LEAST_DAYS = 5  # of publication, and as many stories
LEAST_SHARE = 0.05  # of the outlet's articles
REPEATED = "outlet-repeats"  # the rule of a block that was hidden for this: it is counted all the same, else it would be shown again
LATEST = 400  # articles with a line whose days and stories are counted
COUNTED = f"""SELECT key, min(label), (SELECT count(*) FROM outlet_lines o WHERE o.key = l.key) FROM outlet_lines l
    JOIN articles ON "row" = article WHERE article IN {THESE} GROUP BY key"""
SPREAD = f"""SELECT count(DISTINCT substr(published, 1, 10)), count(DISTINCT coalesce(story, id)) FROM articles
    WHERE "row" IN (SELECT article FROM outlet_lines WHERE key = ? ORDER BY article DESC LIMIT {LATEST})"""


def keep(connection: Connection, row: int, article: Article) -> None:
    """Store the keys of an article's lines; nothing where no outlet is known."""
    outlet = label(article.outlet, article.url, article.source)
    if outlet == article.source:
        return
    told = [block for block in article.blocks if (block.role in ARTICLE_ROLES and block.role != "headline") or block.rule == REPEATED]
    keys = dict.fromkeys(key for block in told if (key := line_key(outlet, article.text[block.start : block.end])) is not None)
    if keys:
        tell(connection, "INSERT INTO outlet_lines(key, article) VALUES (?, ?)", [(key, row) for key in keys])


def learn(connection: Connection, articles: Iterable[int]) -> None:
    """Look again at the lines of these articles, now that their stories are known: which of them are their outlet's.

    A line that is the outlet's stays so until it is met again in an outlet that has outgrown it.
    """
    met = ask(connection, COUNTED, list(articles))
    outlets = {label for _, label, _ in met}
    sizes: dict[str, int] = dict(ask(connection, f"SELECT label, count(*) FROM articles WHERE label IN {THESE} GROUP BY label", outlets))
    often = {key for key, label, count in met if count >= LEAST_DAYS and count >= LEAST_SHARE * sizes[label]}
    known = {key for (key,) in ask(connection, f"SELECT key FROM repeated_lines WHERE key IN {THESE}", [key for key, _, _ in met])}
    tell(connection, "DELETE FROM repeated_lines WHERE key = ?", [(key,) for key in sorted(known - often)])
    new = [key for key in sorted(often - known) if min(ask(connection, SPREAD, key)[0]) >= LEAST_DAYS]
    tell(connection, "INSERT INTO repeated_lines(key) VALUES (?)", [(key,) for key in new])


def repeated(connection: Connection) -> frozenset[str]:
    """The keys of the lines that whole outlets repeat, as far as they were learned."""
    return frozenset(key for (key,) in ask(connection, "SELECT key FROM repeated_lines"))
