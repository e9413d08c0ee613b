"""The pages: each asks the store and fills a template. Every text of a page comes through the template's escaping or `marking`."""

from __future__ import annotations

import functools
import pathlib
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

import jinja2
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord import __version__, comparing
from onrecord.printing import decision, office
from onrecord.store import judgements as held
from onrecord.store import query
from onrecord.store.open import Store
from onrecord.web import marking, parameters, timeline

T = TypeVar("T")
TITLES = {400: "That cannot be asked", 403: "Not allowed", 404: "Not on record", 405: "That cannot be asked", 500: "Something went wrong"}
LANGUAGES = {
    "uk": "Ukrainian",
    "bg": "Bulgarian",
    "en": "English",
    "ru": "Russian",
    "pl": "Polish",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
}


def home(request: Request) -> Response:
    """A search field, and what is on record."""
    with _store(request).reading() as connection:
        return _page(
            request,
            "home.html",
            counts=query.counts(connection),
            people=query.actors(connection, limit=12),
            stories=query.stories(connection, limit=6),
            unlinked=query.unlinked(connection),
        )


def search(request: Request) -> Response:
    """People, statements and articles that fit the words."""
    words, language, rows = parameters.words(request, "q"), parameters.language(request), parameters.window(request)
    if words is None:
        return _page(request, "search.html", people=(), statements=(), articles=())
    with _store(request).reading() as connection:
        return _page(
            request,
            "search.html",
            people=query.actors(connection, words, limit=8) if rows.offset == 0 else (),
            statements=query.search_statements(connection, words, language=language, limit=rows.limit, offset=rows.offset),
            articles=query.search_articles(connection, words, language=language, limit=10) if rows.offset == 0 else (),
        )


def people(request: Request) -> Response:
    """People and bodies, those who say most first."""
    rows = parameters.window(request)
    with _store(request).reading() as connection:
        found = query.actors(connection, parameters.words(request, "q") or "", limit=rows.limit, offset=rows.offset)
        return _page(request, "people.html", people=found, unlinked=query.unlinked(connection))


def person(request: Request) -> Response:
    """One person or body: their statements over time."""
    actor_id, rows, narrow = parameters.identifier(request), parameters.window(request), parameters.narrowing(request)
    with _store(request).reading() as connection:
        line = _found(query.actor(connection, actor_id))
        lines = query.said(
            connection,
            actor_id=actor_id,
            about=narrow.about,
            since=narrow.since,
            until=narrow.until,
            language=narrow.language,
            wrong=True,
            limit=rows.limit,
            offset=rows.offset,
        )
        drawn = timeline.draw(query.timeline(connection, actor_id))
        view = query.who(connection, line)
        return _page(request, "person.html", line=line, view=view, statements=lines, narrow=narrow, timeline=drawn, chart=timeline)


def articles(request: Request) -> Response:
    """Articles, newest first; of one outlet where the address names one."""
    rows, outlet = parameters.window(request), parameters.words(request, "outlet")
    with _store(request).reading() as connection:
        found = query.articles(connection, outlet=outlet, limit=rows.limit, offset=rows.offset)
        return _page(request, "articles.html", articles=found, outlet=outlet)


def article(request: Request) -> Response:
    """One article with its statements marked in place and its junk greyed out."""
    with _store(request).reading() as connection:
        view = _found(query.article(connection, parameters.identifier(request)))
    reading = view.reading
    paragraphs = marking.paragraphs(reading.article.text, reading.article.blocks, reading.statements, wrong=view.wrong)
    headline = next((index for index, paragraph in enumerate(paragraphs) if paragraph.role == "headline"), None)
    return _page(request, "article.html", view=view, article=reading.article, paragraphs=paragraphs, headline=headline)


def source(request: Request) -> Response:
    """The source of one article, as text, with the characters of its statements marked."""
    with _store(request).reading() as connection:
        view = _found(query.article(connection, parameters.identifier(request)))
    article, said = view.reading.article, view.reading.statements
    stretches = marking.sources(article, said, wrong=view.wrong)
    return _page(request, "source.html", view=view, article=article, stretches=stretches, size=sum(len(text) for _, text in article.origin))


def stories(request: Request) -> Response:
    """Stories, newest first."""
    rows = parameters.window(request)
    with _store(request).reading() as connection:
        found = query.stories(connection, limit=rows.limit, offset=rows.offset)
        return _page(request, "stories.html", stories=found, unlinked=query.unlinked(connection))


def story(request: Request) -> Response:
    """One story: which outlet quotes, paraphrases, or leaves out what was said."""
    with _store(request).reading() as connection:
        return _page(request, "story.html", view=_found(query.story(connection, parameters.identifier(request))))


def utterance(request: Request) -> Response:
    """One utterance with its reports side by side, what differs marked."""
    with _store(request).reading() as connection:
        found = _found(comparing.compared(connection, parameters.identifier(request)))
    told = {comparison.other: comparison for comparison in found.comparisons}
    marked = {line.statement.id: marking.differing(line, found.comparisons) for line in found.view.reports}
    return _page(request, "utterance.html", view=found.view, compared=found, told=told, marked=marked)


def outlets(request: Request) -> Response:
    """Outlets by how much of them is on record."""
    rows = parameters.window(request)
    with _store(request).reading() as connection:
        return _page(request, "outlets.html", outlets=query.outlets(connection, limit=rows.limit, offset=rows.offset))


def skipped(request: Request) -> Response:
    """Pages that yielded no reading, and why."""
    rows = parameters.window(request)
    with _store(request).reading() as connection:
        return _page(request, "skipped.html", skipped=query.skipped(connection, limit=rows.limit, offset=rows.offset))


def judgements(request: Request) -> Response:
    """What people have judged, newest first."""
    rows = parameters.window(request)
    with _store(request).reading() as connection:
        return _page(request, "judgements.html", judgements=held.judgements(connection, limit=rows.limit, offset=rows.offset))


def failed(request: Request, status: int, detail: str) -> Response:
    """What went wrong, and where to go on."""
    detail = "" if status == 404 and detail == "Not Found" else detail
    return _page(request, "failed.html", status, status=status, title=TITLES.get(status, TITLES[500]), detail=detail)


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _found(value: T | None) -> T:
    if value is None:
        raise HTTPException(404)
    return value


def _page(request: Request, template: str, status_code: int = 200, /, **values: object) -> Response:
    """The template, filled; letters that have no UTF-8 form come out as question marks."""
    window = parameters.window(request) if status_code == 200 else parameters.Window(parameters.ROWS, 0)
    asked = {name: value for name, value in request.query_params.items() if name != "offset"}
    html = (
        _templates()
        .get_template(template)
        .render(
            path=request.url.path,
            editor=request.app.state.editor,
            asked=asked,
            window=window,
            earlier=_address(request.url.path, asked, max(0, window.offset - window.limit)) if window.offset else None,
            later=_address(request.url.path, asked, window.offset + window.limit),
            **values,
        )
    )
    return Response(html.encode("utf-8", "replace"), status_code, media_type="text/html")


def _address(path: str, asked: dict[str, str], offset: int) -> str:
    return f"{path}?{urlencode(asked | ({'offset': str(offset)} if offset else {}), errors='replace')}"


@functools.cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(pathlib.Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["version"] = __version__
    environment.globals["languages"] = LANGUAGES
    environment.filters["pieces"] = marking.pieces
    environment.filters["web_address"] = _web_address
    environment.filters["decision"] = decision
    environment.filters["office"] = office
    environment.filters["brief"] = _brief
    environment.filters["quotes"] = marking.quotes
    environment.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    return environment


def _brief(label: str) -> str:
    """What to call an outlet: where a page names none the label is its path, of which the file's name is enough."""
    return label.rpartition("/")[2] if label.endswith(".txt") else label


def _web_address(url: str | None) -> str | None:
    """The address of the original page where it is one that a reader can safely follow."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None
