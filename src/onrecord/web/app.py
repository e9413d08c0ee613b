"""The application: which address is answered by what, the headers that every answer has, and what goes wrong."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import StoreError
from onrecord.store.open import Store, open_store
from onrecord.web import api, edit, pages

HEADERS = {
    "Content-Security-Policy": ("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

ROUTES: dict[str, Callable[[Request], Response]] = {
    "/": pages.home,
    "/search": pages.search,
    "/people": pages.people,
    "/people/{id}": pages.person,
    "/articles": pages.articles,
    "/articles/{id}": pages.article,
    "/articles/{id}/source": pages.source,
    "/stories": pages.stories,
    "/stories/{id}": pages.story,
    "/utterances/{id}": pages.utterance,
    "/outlets": pages.outlets,
    "/skipped": pages.skipped,
    "/judgements": pages.judgements,
    "/api": api.index,
    "/api/counts": api.counts,
    "/api/people": api.people,
    "/api/people/{id}": api.person,
    "/api/said": api.said,
    "/api/articles": api.articles,
    "/api/articles/{id}": api.article,
    "/api/articles/{id}/source": api.source,
    "/api/search": api.search,
    "/api/stories": api.stories,
    "/api/stories/{id}": api.story,
    "/api/utterances/{id}": api.utterance,
    "/api/compare/{id}": api.compare,
    "/api/outlets": api.outlets,
    "/api/skipped": api.skipped,
    "/api/who/{id}": api.who,
    "/api/judgements": api.judgements,
}


def create(store: Store, *, editor: edit.Editor | None = None) -> Starlette:
    """The application over an open store; with an editor, pages hold forms to judge with."""
    static = Mount("/static", StaticFiles(directory=pathlib.Path(__file__).parent / "static"), name="static")
    forms = [Route("/judge", edit.judge, methods=["POST"]), Route("/judge/undo", edit.undo, methods=["POST"])] if editor else []
    application = Starlette(
        routes=[*(Route(path, endpoint, methods=["GET"]) for path, endpoint in ROUTES.items()), *forms, static],
        exception_handlers={HTTPException: _failed, StoreError: _failed, 500: _failed},
    )
    application.state.store = store
    application.state.editor = editor
    application.add_middleware(Headers)
    return application


def from_environment() -> Starlette:
    """The application over the database that ONRECORD_DB names, with forms where ONRECORD_EDIT names who judges: what `serve` starts."""
    author = os.environ.get("ONRECORD_EDIT", "")
    editor = edit.editor(author, os.environ.get("ONRECORD_HOST", "127.0.0.1")) if author else None
    return create(open_store(os.environ.get("ONRECORD_DB", "onrecord.sqlite"), create=False), editor=editor)


class Headers:
    """Adds HEADERS to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers added to the start of the response."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _failed(request: Request, error: Exception) -> Response | Awaitable[Response]:
    """What went wrong, as JSON under /api and as a page elsewhere."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else str(error) if isinstance(error, StoreError) else ""
    answer = api.failed if request.url.path.startswith("/api") else pages.failed
    return answer(request, status, detail)
