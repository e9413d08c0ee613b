"""The record as JSON: the same queries as the pages, answered by the records of `onrecord.store.records`."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord import comparing
from onrecord.store import judgements as held
from onrecord.store import query
from onrecord.store.open import Store
from onrecord.store.payload import pack
from onrecord.web import parameters

INDEX = {
    "/api/counts": "how much is on record",
    "/api/people": "people and bodies: q, limit, offset",
    "/api/people/{id}": "one of them",
    "/api/who/{id}": "one of them with names, offices, mentions, and why the names are taken for one",
    "/api/judgements": "what people have judged, newest first: limit, offset",
    "/api/said": "statements, newest first: name or id of a person, about, since, until, lang, wrong=1, limit, offset",
    "/api/articles": "articles, newest first: outlet, limit, offset",
    "/api/articles/{id}": "one article with its blocks, mentions and statements",
    "/api/articles/{id}/source": "the source of one article as far as its text comes from it, and where its statements stand in it",
    "/api/search": "statements and articles with all the words: q, lang, limit, offset",
    "/api/stories": "stories: limit, offset",
    "/api/stories/{id}": "one story, utterance by outlet",
    "/api/utterances/{id}": "one utterance with its reports",
    "/api/compare/{id}": "one utterance with its reports, and what differs between them and the fullest one",
    "/api/outlets": "outlets: limit, offset",
    "/api/skipped": "pages that yielded no reading, and why: limit, offset",
}


def answer(value: object, status: int = 200) -> Response:
    """A record as JSON; nothing is a 404."""
    if value is None:
        raise HTTPException(404)
    return Response(pack(value), status, media_type="application/json")


def failed(request: Request, status: int, detail: str) -> Response:
    """What went wrong."""
    return answer({"error": detail or "not found" if status == 404 else detail or "this failed", "status": status}, status)


def index(request: Request) -> Response:
    """What there is to ask."""
    return answer(INDEX)


def counts(request: Request) -> Response:
    """How much is on record."""
    with _store(request).reading() as connection:
        return answer(query.counts(connection))


def people(request: Request) -> Response:
    """People and bodies by name."""
    rows = parameters.window(request)
    with _store(request).reading() as connection:
        return answer(query.actors(connection, parameters.words(request, "q") or "", limit=rows.limit, offset=rows.offset))


def person(request: Request) -> Response:
    """One person or body."""
    with _store(request).reading() as connection:
        return answer(query.actor(connection, parameters.identifier(request)))


def who(request: Request) -> Response:
    """One person or body with all that is known of them."""
    with _store(request).reading() as connection:
        line = query.actor(connection, parameters.identifier(request))
        return answer(None if line is None else query.who(connection, line))


def judgements(request: Request) -> Response:
    """What people have judged."""
    rows = parameters.window(request)
    with _store(request).reading() as connection:
        return answer(held.judgements(connection, limit=rows.limit, offset=rows.offset))


def said(request: Request) -> Response:
    """Statements, newest first."""
    rows, narrow = parameters.window(request), parameters.narrowing(request)
    with _store(request).reading() as connection:
        lines = query.said(
            connection,
            parameters.words(request, "name"),
            actor_id=parameters.words(request, "id"),
            about=narrow.about,
            since=narrow.since,
            until=narrow.until,
            language=narrow.language,
            wrong=request.query_params.get("wrong") == "1",
            limit=rows.limit,
            offset=rows.offset,
        )
        return answer(lines)


def articles(request: Request) -> Response:
    """Articles, newest first."""
    rows = parameters.window(request)
    with _store(request).reading() as connection:
        return answer(query.articles(connection, outlet=parameters.words(request, "outlet"), limit=rows.limit, offset=rows.offset))


def article(request: Request) -> Response:
    """One article with all that was read from it."""
    with _store(request).reading() as connection:
        return answer(query.article(connection, parameters.identifier(request)))


def source(request: Request) -> Response:
    """The source of one article as far as its text comes from it, and where its statements stand in it."""
    with _store(request).reading() as connection:
        view = query.article(connection, parameters.identifier(request))
    if view is None:
        return answer(None)
    article, said = view.reading.article, view.reading.statements
    places = {s.id: [span for part in s.content for span in (article.alignment.source(*part) if article.alignment else (part,))] for s in said}
    kept = article.origin if article.alignment else ((0, article.text),)
    return answer({"stretches": [{"start": start, "text": text} for start, text in kept], "statements": places})


def search(request: Request) -> Response:
    """Statements and articles with all the words."""
    rows, words, language = parameters.window(request), parameters.words(request, "q"), parameters.language(request)
    if words is None:
        raise HTTPException(400, "“q” must hold the words to search for.")
    with _store(request).reading() as connection:
        found = {
            "statements": query.search_statements(connection, words, language=language, limit=rows.limit, offset=rows.offset),
            "articles": query.search_articles(connection, words, language=language, limit=rows.limit, offset=rows.offset),
        }
        return answer(found)


def stories(request: Request) -> Response:
    """Stories, newest first."""
    rows = parameters.window(request)
    with _store(request).reading() as connection:
        return answer(query.stories(connection, limit=rows.limit, offset=rows.offset))


def story(request: Request) -> Response:
    """One story, utterance by outlet."""
    with _store(request).reading() as connection:
        return answer(query.story(connection, parameters.identifier(request)))


def utterance(request: Request) -> Response:
    """One utterance with its reports."""
    with _store(request).reading() as connection:
        return answer(query.utterance(connection, parameters.identifier(request)))


def compare(request: Request) -> Response:
    """One utterance with what differs between its reports."""
    with _store(request).reading() as connection:
        return answer(comparing.compared(connection, parameters.identifier(request)))


def outlets(request: Request) -> Response:
    """Outlets by how much of them is on record."""
    rows = parameters.window(request)
    with _store(request).reading() as connection:
        return answer(query.outlets(connection, limit=rows.limit, offset=rows.offset))


def skipped(request: Request) -> Response:
    """Pages that yielded no reading, and why."""
    rows = parameters.window(request)
    with _store(request).reading() as connection:
        return answer(query.skipped(connection, limit=rows.limit, offset=rows.offset))


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store
