"""Lists of pages: feeds, sitemaps, OPML; hostile ones are reasons."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Skipped
from onrecord.sources.kinds import kind
from onrecord.sources.lists import Link, links

RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>Вісник</title><link>https://visnyk.example/</link>
<item><title>Міст</title><link>https://visnyk.example/1</link><pubDate>Wed, 02 Apr 2031 10:15:00 +0300</pubDate></item>
<item><title>Cut & broken</title><link>/2</link></item><item><title>No link</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>V</title><entry><link rel="alternate" href="https://visnyk.example/1"/>
<published>2031-04-02T10:15:00Z</published><updated>2031-04-03T10:15:00+03:00</updated></entry></feed>"""
ITEM = {"id": "1", "url": "https://visnyk.example/1", "date_published": "2031-04-02T10:15:00+03:00"}
JSON = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [ITEM, 7]})
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>
 https://visnyk.example/1?a=1&amp;b=2 </loc><lastmod>2031-04-02</lastmod></url><url><loc>mailto:nobody@visnyk.example</loc></url></urlset>"""
OPML = '<opml version="2.0"><body><outline text="uk"><outline type="rss" xmlUrl="https://visnyk.example/feed"/><outline text="none"/></outline></body></opml>'
BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def read(what: str, text: str | bytes, base: str | None = None) -> list[Link | Skipped]:
    return list(links(what, "a.xml", text.encode() if isinstance(text, str) else text, base=base))


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
def test_rss(encoding: str) -> None:
    """The items of a feed are links with the day that the feed tells, in whatever encoding, though the feed is not well-formed."""
    assert read("feed", RSS.format(encoding=encoding).encode(encoding)) == [
        Link("https://visnyk.example/1", published="2031-04-02"),
        Link("https://visnyk.example/2"),
    ]


def test_atom_and_json_feed() -> None:
    """Atom tells when a page was updated; JSON Feed is read alike."""
    assert read("feed", ATOM) == [Link("https://visnyk.example/1", published="2031-04-02", updated="2031-04-03T07:15:00+00:00")]
    assert read("feed", JSON) == [Link("https://visnyk.example/1", published="2031-04-02T10:15")]


def test_sitemaps_and_opml() -> None:
    """A sitemap's pages and an OPML list's feeds are links; what is no address of the web is none."""
    assert read("sitemap", SITEMAP) == [Link("https://visnyk.example/1?a=1&b=2", updated="2031-04-02T00:00:00+00:00")]
    assert read("opml", OPML) == [Link("https://visnyk.example/feed", more=True)]
    index = "<sitemapindex><sitemap><loc>/map.xml</loc></sitemap></sitemapindex>"
    assert read("sitemap", index, "https://visnyk.example/index.xml") == [Link("https://visnyk.example/map.xml", more=True)]


@pytest.mark.parametrize(("what", "text"), [("feed", RSS), ("feed", ATOM), ("sitemap", SITEMAP), ("opml", OPML)])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(what: str, text: str, encoding: str) -> None:
    """A list that declares entities is refused before it is parsed, in whatever encoding it comes."""
    body = text.partition("?>")[2] if text.startswith("<?xml") else text
    for doctype in (BOMB, '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '<!doctype a SYSTEM "https://x.example/a.dtd" [ ]>'):
        (found,) = read(what, (doctype + body).encode(encoding))
        assert isinstance(found, Skipped) and found.reason == "unsafe"


def test_what_is_no_list() -> None:
    """A document that is none is broken or empty."""
    for what, text in (("feed", "<html>no feed"), ("feed", '{"items": 7}'), ("sitemap", "<urlset><url>"), ("opml", "<opml/>"), ("feed", "")):
        (found,) = read(what, text)
        assert isinstance(found, Skipped) and found.reason in ("broken", "empty")


def test_what_is_broken_in_a_list_comes_after_what_is_not() -> None:
    """A list that breaks off gives what stands before, then the reason; a bare ampersand breaks nothing."""
    links, broken = read("opml", "<opml><body><outline xmlUrl='https://visnyk.example/?a&b=1&nbsp;'/><outline xml")
    assert links == Link("https://visnyk.example/?a&b=1&nbsp;", more=True) and isinstance(broken, Skipped) and broken.reason == "broken"


@given(st.text(max_size=200), st.sampled_from(["feed", "sitemap", "opml"]), st.sampled_from([RSS, ATOM, SITEMAP, OPML, JSON]), st.integers(0, 400))
def test_any_text_is_links_or_reasons(noise: str, what: str, text: str, at: int) -> None:
    """Whatever a list holds, it gives links to the web and reasons."""
    for item in read(what, text[:at] + noise + text[at:]):
        assert isinstance(item, Skipped) or item.url.lower().startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.txt", b"Words", "page"), ("a", b"<!DOCTYPE html><p>", "page"), ("a.txt", b'{"a": 1}', "page"), ("-", b'{"text": "x"}', "rows"),
        ("a.xml", RSS.encode(), "feed"), ("a.xml", b"\xef\xbb\xbf<!-- made --> <rdf:RDF>", "feed"), ("a", SITEMAP.encode("utf-16"), "sitemap"),
        ("a.xml", b"<opml>", "opml"), ("a.xml", b"<other/>", "xml"), ("feed", JSON.encode(), "feed"), ("a.csv", b"a,b", "table"),
        ("a.eml", b"x", "letter"), ("a", b"From: a@b\nTo: c@d\nSubject: e\n\nText", "letter"), ("a", b"WARC/1.0\r\n", "crawl"),
        ("a.txt", b"PK\x03\x04", "zip"), ("a.txt", b"\x1f\x8b\x08", "packed"), ("a", b"PAR1", "parquet"), ("a.txt", b"", "page"),
        ("a", b"Dear From: reader,\nSubject: to change\n", "page"),
    ],
)  # fmt: skip
def test_kinds(name: str, head: bytes, expected: str) -> None:
    """What a file is, is known by what it holds, and by its name where that does not tell."""
    assert kind(name, head[:4096]) == expected
