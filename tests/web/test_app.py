"""Every page and every JSON address over a small record: what they show, and what they refuse."""

from __future__ import annotations

import json
import pathlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from onrecord.records import Page, Reading
from onrecord.runners.local import add_pages
from onrecord.store.open import open_store
from onrecord.web.app import ROUTES, create

PARAMETERS = ["q", "limit", "offset", "lang", "since", "about", "id", "outlet", "name"]
VOID = {"meta", "link", "input", "line", "rect", "br"}


@pytest.fixture(scope="module")
def client(database: pathlib.Path) -> Iterator[TestClient]:
    """A browser without a screen over the record."""
    with open_store(database, create=False) as store:
        yield TestClient(create(store), raise_server_exceptions=False)


class Outline(HTMLParser):
    """What a page is made of, as far as the tests ask."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.labels: set[str] = set()
        self.fields: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        values = {name: value or "" for name, value in attributes}
        self.tags.append(tag)
        self.attributes += [(name, values[name]) for name in values]
        self.links += [values["href"]] if "href" in values else []
        self.ids += [values["id"]] if "id" in values else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag == "label":
            self.labels.add(values["for"])
        if tag in ("input", "select") and values.get("type") != "hidden":
            self.fields.add(values["id"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """An element of SVG that closes itself."""
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """It must be the last one opened."""
        assert self.open.pop() == tag, f"</{tag}> closes nothing"


def walk(client: TestClient) -> dict[str, str]:
    """Every page that can be reached from the first one by links."""
    waiting, pages = ["/"], {}
    while waiting:
        address = waiting.pop()
        if address in pages or address.startswith(("/static", "/api")):
            continue
        answer = client.get(address)
        assert answer.status_code == 200, address
        pages[address] = answer.text
        waiting += [link.partition("#")[0] for link in Outline(answer.text).links if link.startswith("/")]
    return pages


def test_every_page_is_reached_and_whole(client: TestClient) -> None:
    """From the first page links lead to every kind of page; each has one h1, no skipped heading, labelled fields, nested elements."""
    pages = walk(client)
    for route in ROUTES:
        if not route.startswith("/api") and route != "/search":
            assert any(re.fullmatch(route.replace("{id}", "[0-9a-f]{16}"), address.partition("?")[0]) for address in pages), route
    for address, text in pages.items():
        outline = Outline(text)
        assert outline.headings.count(1) == 1 and outline.headings[0] == 1, address
        assert all(later - before <= 1 for before, later in zip(outline.headings, outline.headings[1:], strict=False)), address
        assert outline.fields <= outline.labels, address
        assert len(outline.ids) == len(set(outline.ids)), address
        assert "script" not in outline.tags and not any(name.startswith("on") or name == "style" for name, _ in outline.attributes), address
        assert {"header", "nav", "main", "footer"} <= set(outline.tags)


def test_anchors_lead_somewhere(client: TestClient) -> None:
    """A link to a statement in an article leads to an element that is there."""
    pages = walk(client)
    anchors = 0
    for text in pages.values():
        for link in Outline(text).links:
            address, _, anchor = link.partition("#")
            if address.startswith("/articles/") and anchor:
                assert anchor in Outline(pages[address]).ids
                anchors += 1
    assert anchors


def test_search_finds_people_statements_and_articles(client: TestClient) -> None:
    """A name in another alphabet, a word in another form, and a word of the article all find."""
    assert ">Ігор Галан<" in client.get("/search", params={"q": "Halan"}).text or ">Ihor Halan<" in client.get("/search?q=Halan").text
    assert "Said in these words" in client.get("/search", params={"q": "опори"}).text
    assert "Articles" in client.get("/search", params={"q": "Lutynka"}).text
    assert "Nothing on record fits" in client.get("/search", params={"q": "zzzzqq"}).text


def test_quoted_text_says_its_language(client: TestClient, by_hand: dict[str, Reading]) -> None:
    """What is quoted carries the language of its article."""
    text = client.get(f"/articles/{by_hand['pages/uk-pryberezhna.txt'].article.id}").text
    assert '<p lang="uk">' in text and '<h1 lang="uk">' in text


def test_hostile_text_is_shown_as_text(client: TestClient, by_hand: dict[str, Reading]) -> None:
    """Tags in titles, outlets, names and statements are never tags of ours."""
    for text in walk(client).values():
        assert "<script" not in text and "<b>tags" not in text
    assert "&lt;script&gt;" in client.get(f"/articles/{by_hand['pages/en-hostile.txt'].article.id}").text


def test_only_web_addresses_are_linked(client: TestClient) -> None:
    """Links that leave the record go to the web and nowhere else."""
    outside = {link for text in walk(client).values() for link in Outline(text).links if not link.startswith(("/", "#"))}
    assert outside and all(link.startswith("https://example.org/") for link in outside)


@pytest.mark.parametrize("address", ["/", "/api/counts", "/nowhere", "/static/style.css", "/people?limit=x"])
def test_every_answer_is_guarded(client: TestClient, address: str) -> None:
    """Pages, JSON, files and errors alike forbid scripts and frames."""
    headers = client.get(address).headers
    assert "default-src 'none'" in headers["content-security-policy"] and "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere", 404),
        ("/people/0123456789abcdef", 404),
        ("/people/99999999999999999999999", 404),
        ("/articles/<script>", 404),
        ("/stories/0123456789abcdef", 404),
        ("/utterances/0123456789abcdef", 404),
        ("/people?limit=0", 400),
        ("/people?limit=99999999999999999999", 400),
        ("/people?offset=-1", 400),
        ("/people?limit=٣", 400),
        ("/search?q=" + "a" * 300, 400),
        ("/search?q=a&lang=<b>", 400),
        ("/search", 200),
        ("/search?q=%00%22%27*:()%20AND%20NOT", 200),
        ("/search?q=%ed%a0%80", 200),
        ("/static/../app.py", 404),
    ],
)
def test_what_cannot_be_asked_is_refused(client: TestClient, address: str, status: int) -> None:
    """Out of bounds is 400, what is not there 404, and both are pages that say so; odd words are searched for."""
    answer = client.get(address)
    assert answer.status_code == status
    if status != 200 and not address.startswith("/static"):
        assert "<h1>" in answer.text and "<script" not in answer.text


def test_only_reading_is_allowed(client: TestClient) -> None:
    """Nothing can be posted."""
    assert client.post("/").status_code == 405


def test_json_answers_the_same_questions(client: TestClient, by_hand: dict[str, Reading]) -> None:
    """Under /api the same queries answer with records, and errors are JSON too."""
    assert set(client.get("/api").json()) <= set(ROUTES)
    counts = client.get("/api/counts").json()
    assert (counts["articles"], counts["statements"], counts["skipped"]) == (4, 8, 2)
    person = client.get("/api/people", params={"q": "Галан"}).json()[0]["actor"]["id"]
    said = client.get("/api/said", params={"id": person, "lang": "bg"}).json()
    assert [line["words"] for line in said] == ["мостът няма да бъде отворен преди ноември"]
    assert said == client.get("/api/said", params={"name": "Halan", "lang": "bg"}).json()
    article = by_hand["pages/bg-most.txt"].article
    assert client.get(f"/api/articles/{article.id}").json()["reading"]["article"]["text"] == article.text
    assert client.get("/api/search", params={"q": "bridge"}).json()["articles"]
    for address in ("/api/stories", "/api/outlets", "/api/skipped", "/api/articles"):
        assert client.get(address).json()
    assert client.get("/api/stories/nothing").json()["status"] == 404
    assert client.get("/api/search").status_code == 400


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(ROUTES)), st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=30)))
def test_no_parameter_breaks_anything(client: TestClient, route: str, asked: dict[str, str]) -> None:
    """Whatever the parameters hold, the answer is a page or a refusal, never a failure."""
    clean = {name: value.encode("utf-8", "replace").decode() for name, value in asked.items()}
    answer = client.get(route.replace("{id}", "0123456789abcdef"), params=clean)
    assert answer.status_code in (200, 400, 404)
    if route.startswith("/api"):
        json.loads(answer.text)


def test_articles_that_wait_to_be_linked_are_counted(tmp_path: pathlib.Path, client: TestClient) -> None:
    """Pages that show people and stories say how many articles are not linked yet, and nothing of it where all are."""
    page = Page("bridge.txt", "Bridge opens\n\nThe bridge will open in May, Anna Lind said on Monday.\n")
    with open_store(tmp_path / "later.sqlite") as store:
        add_pages(store, [page], later=True)
        waiting = TestClient(create(store))
        for address in ("/", "/people", "/stories"):
            assert "1 article waits for" in waiting.get(address).text and "onrecord link" not in client.get(address).text
