"""Pages are fetched politely and safely; whatever a host does is a counted reason."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable, Iterator

import msgspec
import pytest
from tests.sources.conftest import Reply, Site

from onrecord.records import Known, Page, Seen, Skipped
from onrecord.settings import Intake, Manners
from onrecord.sources.contents import Item
from onrecord.sources.feeds import Found, follow
from onrecord.sources.feeds.web import is_public
from onrecord.sources.lists import Link

MANNERS = Manners(delay_s=0, answer_s=20.0, whole_s=40.0, wait_s=0.01, allowed=frozenset({"127.0.0.1"}))
IMPATIENT = msgspec.structs.replace(MANNERS, answer_s=1.0, whole_s=1.5)  # for hosts that never end; on a busy machine a good host may need longer
PAGE = b"<!DOCTYPE html><title>Bridge</title><p>The bridge opens in May, Anna Lind said."
HTML = {"Content-Type": "text/html"}


def fetched(*links: str | Link, manners: Manners = MANNERS, seen: dict[str, Seen] | None = None, most: int = 100_000) -> list[Found]:
    """What following the links gives; `seen` is asked, and told what to remember."""
    held = {} if seen is None else seen
    items: list[Item] = [Link(one, more=True) if isinstance(one, str) else one for one in links]
    found = list(follow(items, Intake(page_bytes=most, manners=manners), held.get))
    held.update({one.source: one for one in found if isinstance(one, Seen)})
    return found


def told(found: list[Found]) -> list[str]:
    """Pages by their address, skipped ones by their reason, known ones as such."""
    kinds = {Page: lambda one: one.source, Skipped: lambda one: one.reason, Known: lambda one: "known"}
    return [kinds[type(one)](one) for one in found if not isinstance(one, Seen)]


def feed(site: Site, *paths: str, updated: str = "") -> Reply:
    change = f"<updated>{updated}</updated>" if updated else ""
    entries = "".join(f'<entry><id>{path}</id><link href="{site.url}{path}"/>{change}</entry>' for path in paths)
    return Reply(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{entries}</feed>'.encode(), headers={"ETag": '"one"'})


def test_a_page_is_fetched_and_says_where_it_is_from(site: Site) -> None:
    """A page comes with its address without what only tells who led there, as HTML, with the time; who asks is said."""
    site.replies["/most?utm_source=rss"] = Reply(PAGE, headers=HTML | {"ETag": '"a"', "Last-Modified": "Wed, 02 Apr 2031 10:15:00 GMT"})
    page, seen = fetched(f"{site.url}/most?utm_source=rss#top")
    assert isinstance(page, Page) and isinstance(seen, Seen) and page.fetched
    assert page == Page(f"{site.url}/most", PAGE.decode(), f"{site.url}/most", "html", fetched=page.fetched)
    assert seen == Seen(f"{site.url}/most", "", page.fetched, '"a"', "Wed, 02 Apr 2031 10:15:00 GMT")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/most?utm_source=rss"]
    assert all(headers["user-agent"].startswith("onrecord (+http") for _, headers in site.asked)


def test_a_feed_leads_to_its_pages_once(site: Site) -> None:
    """The pages of a feed are fetched, each once whatever lists name it; another look fetches what is new alone."""
    site.replies |= {"/feed": feed(site, "/a", "/b", "/a"), "/a": Reply(PAGE, headers=HTML), "/b": Reply(PAGE, headers=HTML)}
    seen: dict[str, Seen] = {}
    assert told(fetched(f"{site.url}/feed", Link(f"{site.url}/b"), seen=seen)) == [f"{site.url}/b", f"{site.url}/a"]
    assert told(fetched(f"{site.url}/feed", seen=seen)) == ["known"]
    assert site.asked[-1][1]["if-none-match"] == '"one"'
    new = feed(site, "/c", "/a")
    site.replies |= {"/feed": msgspec.structs.replace(new, headers={"ETag": '"two"'}), "/c": Reply(PAGE, headers=HTML)}
    assert told(fetched(f"{site.url}/feed", seen=seen)) == [f"{site.url}/c", "known"]
    assert site.paths().count("/a") == site.paths().count("/b") == 1


def test_what_was_updated_is_asked_for_if_it_changed(site: Site) -> None:
    """A page that its feed says was updated is asked for with what the server called it, and known where it did not change."""
    site.replies |= {"/feed": feed(site, "/a"), "/a": Reply(PAGE, headers=HTML | {"ETag": '"v1"'})}
    seen: dict[str, Seen] = {}
    fetched(f"{site.url}/feed", seen=seen)
    site.replies["/feed"] = msgspec.structs.replace(feed(site, "/a", updated="2099-01-01T00:00:00Z"), headers={"ETag": '"two"'})
    assert told(fetched(f"{site.url}/feed", seen=seen)) == ["known"] and site.asked[-1][1]["if-none-match"] == '"v1"'
    site.replies["/feed"] = msgspec.structs.replace(feed(site, "/a", updated="2098-01-01T00:00:00Z"), headers={"ETag": '"three"'})
    site.replies["/a"] = Reply(PAGE + b" Again.", headers=HTML | {"ETag": '"v2"'})
    assert told(fetched(f"{site.url}/feed", seen=seen)) == [f"{site.url}/a"]


def test_a_list_with_a_page_that_did_not_come_is_looked_at_again(site: Site) -> None:
    """A feed is not remembered while a page of it might come another time, so that the page is not lost."""
    site.replies |= {"/feed": feed(site, "/a", "/b"), "/a": Reply(b"", 500), "/b": Reply(PAGE, headers=HTML)}
    seen: dict[str, Seen] = {}
    assert told(fetched(f"{site.url}/feed", seen=seen)) == ["status", f"{site.url}/b"]
    site.replies["/a"] = Reply(PAGE, headers=HTML)
    assert told(fetched(f"{site.url}/feed", seen=seen)) == [f"{site.url}/a", "known"]


def test_lists_of_lists(site: Site) -> None:
    """OPML leads to feeds, an index to sitemaps, these to pages; a news sitemap tells outlet and day; a circle of lists ends."""
    sitemap = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>/b</loc>'
    sitemap += "<n:news><n:publication><n:name>Visnyk</n:name></n:publication><n:publication_date>2031-04-02</n:publication_date></n:news></url></urlset>"
    index = "<sitemapindex><sitemap><loc>/map.xml</loc></sitemap><sitemap><loc>/index.xml</loc></sitemap></sitemapindex>"
    opml = f'<opml><body><outline text="all"><outline xmlUrl="{site.url}/feed"/><outline xmlUrl="{site.url}/index.xml"/></outline></body></opml>'
    site.replies |= {
        "/all.opml": Reply(opml.encode()), "/feed": feed(site, "/a"), "/index.xml": Reply(index.encode()), "/map.xml": Reply(sitemap.encode()),
        "/a": Reply(PAGE, headers=HTML), "/b": Reply(PAGE, headers=HTML),
    }  # fmt: skip
    found = fetched(f"{site.url}/all.opml")
    assert told(found) == [f"{site.url}/a", f"{site.url}/b"]
    assert [(one.outlet, one.published) for one in found if isinstance(one, Page)] == [(None, None), ("Visnyk", "2031-04-02")]


def test_robots(site: Site) -> None:
    """What robots.txt forbids is not asked for; without one everything may be, and where the host fails to answer for it nothing."""
    site.replies |= {"/robots.txt": Reply(b"User-agent: onrecord\nDisallow: /shut\n"), "/open": Reply(PAGE), "/shut": Reply(PAGE)}
    assert told(fetched(f"{site.url}/shut", f"{site.url}/open")) == ["robots", f"{site.url}/open"]
    site.replies["/robots.txt"] = Reply(b"", 503)
    assert told(fetched(f"{site.url}/open")) == ["robots"]
    assert site.paths() == ["/open"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::1]", "0.0.0.0", "127.1"])
def test_private_networks_are_not_asked(site: Site, host: str) -> None:
    """No host of a private network is asked, however its address is written, unless it is allowed by name."""
    site.replies["/a"] = Reply(PAGE)
    found = fetched(f"http://{host}:{site.port}/a", manners=msgspec.structs.replace(MANNERS, allowed=frozenset({"other.example"})))
    assert told(found) in (["unsafe"], ["unreachable"]) and not site.asked
    if host == "localhost":
        assert told(fetched(f"http://{host}:{site.port}/a", manners=msgspec.structs.replace(MANNERS, allowed=frozenset({host})))) == [
            f"http://localhost:{site.port}/a"
        ]


def test_a_redirect_does_not_lead_into_a_private_network(site: Site) -> None:
    """A host that may be asked cannot send us to one that may not, nor to a file."""
    for there in (f"http://localhost:{site.port}/b", "file:///etc/passwd", "http://[::ffff:127.0.0.1]/", "ftp://127.0.0.1/x"):
        site.replies |= {"/a": Reply(b"", 302, {"Location": there}), "/b": Reply(PAGE)}
        assert told(fetched(f"{site.url}/a")) == ["unsafe"]
    assert "/b" not in site.paths()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("::ffff:8.8.8.8", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False), ("fe80::1%eth0", False),
        ("fd00::1", False), ("::ffff:10.0.0.1", False), ("2002:7f00:1::", False), ("64:ff9b::7f00:1", False), ("240.0.0.1", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    """Only addresses of the public internet are public, also where one address carries another."""
    assert is_public(address) is public


def test_redirects(site: Site) -> None:
    """A page is known by the address where it stands in the end; circles and chains without end are given up."""
    site.replies |= {
        "/old": Reply(b"", 301, {"Location": "/new"}), "/new": Reply(PAGE), "/x": Reply(b"", 302, {"Location": "/y"}),
        "/y": Reply(b"", 302, {"Location": "/x"}),
    } | {f"/{n}": Reply(b"", 307, {"Location": f"/{n + 1}"}) for n in range(9)}  # fmt: skip
    found = fetched(f"{site.url}/old", f"{site.url}/x", f"{site.url}/0")
    assert told(found) == [f"{site.url}/new", "unreachable", "unreachable"]
    assert {one.source for one in found if isinstance(one, Seen)} == {f"{site.url}/old"}


def silent(line: socket.socket) -> None:
    """Say nothing until the other side goes."""
    line.settimeout(5)
    line.recv(100)


def dripping(head: bytes) -> Callable[[socket.socket], None]:
    """Send the head, then a byte at a time, for as long as anybody listens."""

    def script(line: socket.socket) -> None:
        pause = threading.Event()
        line.sendall(head)
        for _ in range(500):
            line.sendall(b"x")
            pause.wait(0.02)

    return script


def cut(line: socket.socket) -> None:
    """Promise more than is sent."""
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<html>")


BAD = {
    "silent": (Reply(script=silent), "unreachable"),
    "drips a body": (Reply(script=dripping(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")), "unreachable"),
    "drips a header": (Reply(script=dripping(b"HTTP/1.1 200 OK\r\nX-A: ")), "unreachable"),
    "cut": (Reply(script=cut), "truncated"),
    "no HTTP": (Reply(script=lambda line: line.sendall(b"220 mail ready\r\n")), "unreachable"),
    "closes": (Reply(script=lambda line: None), "unreachable"),
    "too long": (Reply(b"x" * 200_000), "too-large"),
    "bomb": (Reply(gzip.compress(b"\0" * 30_000_000, 1), headers={"Content-Encoding": "gzip"}), "too-large"),
    "broken packing": (Reply(b"\x1f\x8bnonsense", headers={"Content-Encoding": "gzip"}), "broken"),
    "gone": (Reply(b"", 410), "status"),
    "busy": (Reply(b"", 429, {"Retry-After": "3600"}), "status"),
    "picture": (Reply(b"\x89PNG\r\n\x1a\n\0\0\0", headers={"Content-Type": "image/png"}), "binary"),
    "empty": (Reply(b""), "empty"),
    "entities": (Reply(b'<!DOCTYPE r [<!ENTITY a "aa">]><rss version="2.0"><channel>&a;</channel></rss>'), "unsafe"),
    "a feed without links": (Reply(b"<rss version='2.0'><channel></channel></rss>"), "empty"),
}


@pytest.mark.parametrize("how", BAD)
def test_a_bad_host_costs_its_page(site: Site, how: str) -> None:
    """Whatever a host does is a reason, and the page of another is fetched after it."""
    reply, reason = BAD[how]
    site.replies |= {"/bad": reply, "/good": Reply(PAGE)}
    endless = how in ("silent", "drips a body", "drips a header")
    found = told(fetched(f"{site.url}/bad", f"{site.url}/good", manners=IMPATIENT if endless else MANNERS))
    assert found[0] == reason and (found[1:] == [f"{site.url}/good"] or how == "busy")


def test_a_host_that_asks_for_a_short_wait_is_asked_again(site: Site) -> None:
    """A server that is busy for a moment gets its moment; one that stays busy is given up."""
    site.replies["/a"] = [Reply(b"", 503, {"Retry-After": "0"}), Reply(PAGE)]
    assert told(fetched(f"{site.url}/a")) == [f"{site.url}/a"]
    site.replies["/b"] = Reply(b"", 429, {"Retry-After": "0"})
    assert told(fetched(f"{site.url}/b")) == ["status"] and site.paths().count("/b") == 3


def test_a_host_that_does_not_answer_is_left_alone(site: Site) -> None:
    """After two answers that did not come the host is not asked again in this run."""
    site.replies |= {f"/{n}": Reply(script=lambda line: None) for n in range(5)}
    found = fetched(*(f"{site.url}/{n}" for n in range(5)))
    assert told(found) == ["unreachable"] * 5 and site.paths() == ["/0", "/1"]


def test_wrong_charset_headers_do_not_matter(site: Site) -> None:
    """A page is read as what its bytes are, whatever its header says."""
    text = "<!DOCTYPE html><p>Міст через Лутинку відкриють до зими, сказав мер Залуччя Ігор Галан журналістам."
    for encoding, said in (("utf-8", "windows-1251"), ("cp1251", "utf-8"), ("utf-8", "x-none")):
        site.replies["/a"] = Reply(text.encode(encoding), headers={"Content-Type": f"text/html; charset={said}"})
        (page, _) = fetched(f"{site.url}/a")
        assert isinstance(page, Page) and page.text == text


def test_a_page_that_is_a_list_where_a_page_should_be(site: Site) -> None:
    """A link of a feed that leads to another feed is not followed further."""
    site.replies |= {"/feed": feed(site, "/other"), "/other": feed(site, "/a"), "/a": Reply(PAGE)}
    assert told(fetched(f"{site.url}/feed")) == ["list"]


def test_pages_and_links_side_by_side(site: Site) -> None:
    """Pages that need no fetching go out beside those that do."""
    site.replies["/a"] = Reply(PAGE)

    def items() -> Iterator[Item]:
        yield Page("one", "Text.")
        yield Link(f"{site.url}/a", title="Bridge", published="2031-04-02")
        yield Page("two", "Text.")

    found = list(follow(items(), Intake(manners=MANNERS), lambda source: None))
    assert told(found) == ["one", "two", f"{site.url}/a"]
    assert isinstance(found[2], Page) and (found[2].title, found[2].published) == ("Bridge", "2031-04-02")
