"""Judging from the pages: only where `serve --edit AUTHOR` allows it, by plain forms, and never on behalf of another site.

A form carries a token that other sites cannot read. Against a site that points its own name at this machine (DNS rebinding) the name in
the address must be the machine's own. Browsers say where a request comes from (Sec-Fetch-Site); what comes from elsewhere is refused.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from typing import cast, get_args
from urllib.parse import parse_qs

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord import judging
from onrecord.errors import StoreError
from onrecord.records import Judgement, Verdict
from onrecord.store import people, query
from onrecord.store.open import Store

MOST_BYTES = 16_000  # of a form
FORM = "application/x-www-form-urlencoded"


class Editor(msgspec.Struct, frozen=True):
    """Who judges from the pages, the token of their forms, and the name under which the pages are served."""

    author: str
    token: str
    host: str


def editor(author: str, host: str) -> Editor:
    """An editor with a token that lasts as long as this process."""
    return Editor(author, secrets.token_urlsafe(32), host)


async def judge(request: Request) -> Response:
    """Store a judgement from a form, and show what has become of it."""
    form = await _form(request)
    if form.get("verdict") not in get_args(Verdict):
        raise HTTPException(400, "The form names no verdict.")
    return RedirectResponse(await run_in_threadpool(_judge, request, form), 303)


async def undo(request: Request) -> Response:
    """Take a judgement back."""
    form = await _form(request)

    def write() -> None:
        with _store(request).writing() as connection:
            judging.undo(connection, form.get("judgement", ""), author=_editor(request).author)

    try:
        await run_in_threadpool(write)
    except StoreError as error:
        raise HTTPException(400, str(error)) from error
    return RedirectResponse("/judgements", 303)


def _judge(request: Request, form: dict[str, str]) -> str:
    try:
        with _store(request).writing() as connection:
            made = judging.judge(
                connection,
                cast(Verdict, form["verdict"]),
                author=_editor(request).author,
                who=form.get("who"),
                other=form.get("other"),
                name=form.get("name"),
                statement=form.get("statement"),
            )
        return _address(request, form, made)
    except StoreError as error:
        raise HTTPException(400, str(error)) from error


def _address(request: Request, form: dict[str, str], made: Judgement) -> str:
    """Where to look at what was judged: the statement in its article, the actor as it is now, else the list of judgements."""
    with _store(request).reading() as connection:
        if made.source is not None:
            line = query.find_statement(connection, form.get("statement", ""))
            return f"/articles/{line.article.id}#n-{line.statement.id}"
        actor = people.actor_of(connection, made.who) if made.who else None
    return f"/people/{actor}" if actor else "/judgements"


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form of ours; 403 for one that is not, 413 for one that is too long."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != FORM:
        raise HTTPException(415, "Only forms are taken.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413, "The form is too long.")
    fields = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace"), max_num_fields=20).items()}
    own = _editor(request)
    if not _is_ours(request.url.hostname or "", own.host) or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "This form comes from another site.")
    if not hmac.compare_digest(fields.get("token", "").encode(), own.token.encode()):
        raise HTTPException(403, "This form is not of this session: go back, load the page again, and send it from there.")
    return fields


def _is_ours(name: str, host: str) -> bool:
    """Whether an address names this machine by number, as localhost, or as it was told to serve: no other site's name points here."""
    try:
        return name in ("localhost", host) or bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def _editor(request: Request) -> Editor:
    found: Editor = request.app.state.editor
    return found


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store
