"""Forms to judge with: there only where they are allowed, and never taken from another site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from onrecord.records import Named
from onrecord.store import judgements, people, query
from onrecord.store.open import Store
from onrecord.web import edit
from onrecord.web.app import create

TOKEN = re.compile(r'name="token" value="([^"]+)"')
Post = Callable[..., int]


@pytest.fixture
def client(record: Store) -> Iterator[TestClient]:
    """A browser in which Anna may judge."""
    yield TestClient(create(record, editor=edit.editor("Anna", "127.0.0.1")), raise_server_exceptions=False, base_url="http://localhost")


def actor(record: Store, name: str, source: str | None = None) -> str:
    with record.reading() as connection:
        found = people.actor_of(connection, Named(name, source=source))
    assert found
    return found


def statement(record: Store, words: str) -> tuple[str, str]:
    """Id of the statement, and the path of its article."""
    with record.reading() as connection:
        (line,) = query.said(connection, about=words, wrong=True)
    return line.statement.id, f"/articles/{line.article.id}"


def token(client: TestClient, address: str) -> str:
    found = TOKEN.search(client.get(address).text)
    assert found
    return found[1]


def test_judging_from_the_pages(client: TestClient, record: Store) -> None:
    """Every verdict can be given by the forms of the pages, with what is judged seen at once, and undone from the list."""
    mayor = actor(record, "Ігор Галан")
    said, article = statement(record, "bridge")
    key = token(client, f"/people/{mayor}")
    assert key == token(client, article)
    verdicts = (
        ({"verdict": "same", "who": mayor, "other": "Галина Мур"}, "Галина Мур"),
        ({"verdict": "rename", "who": mayor, "name": "<b>Мер</b>"}, "&lt;b&gt;Мер&lt;/b&gt;"),
        ({"verdict": "different", "who": "Ігор Галан", "other": "Ihor Halan"}, "is not Ihor Halan"),
        ({"verdict": "statement-wrong", "statement": said}, "judged to be no statement"),
        ({"verdict": "speaker-wrong", "statement": said, "other": "Орест Дуб"}, "Орест Дуб"),
        ({"verdict": "not-a-person", "who": mayor}, "is no person or body"),
    )
    for fields, seen in verdicts:
        answer = client.post("/judge", data=fields | {"token": key})
        assert answer.status_code == 200 and seen in answer.text, fields
    assert '<mark class="said indirect wrong"' in client.get(article).text
    assert "Орест Дуб" in client.get("/people", params={"q": "Дуб"}).text
    with record.reading() as connection:
        made = judgements.judgements(connection)
    assert {one.author for one in made} == {"Anna"} and len(made) == 6
    for one in made:
        assert client.post("/judge/undo", data={"judgement": one.id, "token": key}).url.path == "/judgements"
    assert 'class="said indirect wrong"' not in client.get(article).text and actor(record, "Ihor Halan") == mayor


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"data": {"token": ""}}, 403), ({"data": {"token": "guessed"}}, 403), ({"headers": {"sec-fetch-site": "cross-site"}}, 403),
        ({"headers": {"sec-fetch-site": "same-site"}}, 403), ({"headers": {"host": "elsewhere.example"}}, 403),
        ({"headers": {"content-type": "text/plain"}}, 415), ({"data": {"other": "a" * 20_000}}, 413), ({"data": {"verdict": "odd"}}, 400),
        ({"data": {"other": "Ніхто Такий"}}, 400), ({"data": {"who": "\x00"}}, 400), ({"headers": {"sec-fetch-site": "same-origin"}}, 200),
    ],
)  # fmt: skip
def test_what_is_not_taken(client: TestClient, record: Store, change: dict[str, dict[str, str]], status: int) -> None:
    """A form without our token, from another site or to another name, too long or senseless, is refused, and nothing is stored."""
    mayor = actor(record, "Ігор Галан")
    fields = {"verdict": "same", "who": mayor, "other": "Галина Мур", "token": token(client, f"/people/{mayor}")}
    answer = client.post("/judge", data=fields | change.get("data", {}), headers=change.get("headers", {}))
    assert answer.status_code == status and "<h1>" in answer.text
    with record.reading() as connection:
        assert bool(judgements.judgements(connection)) == (status == 200)


def test_without_leave_there_are_no_forms(record: Store) -> None:
    """Unless it is allowed, pages hold no form that writes, and nothing can be posted."""
    client = TestClient(create(record), raise_server_exceptions=False, base_url="http://localhost")
    mayor = actor(record, "Ігор Галан")
    _, article = statement(record, "bridge")
    for address in (f"/people/{mayor}", article, "/judgements", "/"):
        assert 'method="post"' not in client.get(address).text
    assert client.post("/judge", data={"verdict": "not-a-person", "who": mayor}).status_code == 404
    assert client.get(f"/api/who/{mayor}").json()["merges"] and client.get("/api/judgements").json() == []


def test_wrong_statements_are_struck_through(client: TestClient, record: Store) -> None:
    """What is judged to be no statement stays to be seen, struck through, and the JSON leaves it out unless asked."""
    said, _ = statement(record, "bridge")
    mayor = actor(record, "Ігор Галан")
    client.post("/judge", data={"verdict": "statement-wrong", "statement": said, "token": token(client, f"/people/{mayor}")})
    for address in (f"/people/{mayor}", "/search?q=bridge"):
        assert "<s>" in client.get(address).text
    assert [len(client.get("/api/said", params={"about": "bridge", "wrong": w}).json()) for w in ("0", "1")] == [0, 1]


def test_forms_are_labelled(client: TestClient, record: Store) -> None:
    """Every field of a form has a label of its own."""
    mayor = actor(record, "Ігор Галан")
    for address in (f"/people/{mayor}", statement(record, "bridge")[1]):
        text = client.get(address).text
        fields = re.findall(r'<input id="([^"]+)"', text)
        assert len(fields) == len(set(fields)) and all(f'<label for="{field}"' in text for field in fields)
