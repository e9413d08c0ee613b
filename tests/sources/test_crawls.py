"""Crawls become pages, one record at a time; what is broken in them costs itself."""

from __future__ import annotations

import gzip
import io
import re

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Page, Skipped
from onrecord.settings import Intake
from onrecord.sources.contents import contents

BODY = "<!DOCTYPE html><p>Міст через Лутинку відкриють до зими, сказав мер Залуччя.".encode()


def record(
    number: int, body: bytes = BODY, *, kind: str = "response", status: str = "200 OK", headers: str = "Content-Type: text/html", url: str = ""
) -> bytes:
    """A record of a WARC file."""
    url = url or f"https://visnyk.example/{number}?utm_medium=x"
    answer = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-04-02T07:15:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
    return f"{head}Content-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"


def read(data: bytes, name: str = "a.warc", most: int = 100_000) -> list[Page | Skipped]:
    return [item for item in contents(name, io.BufferedReader(io.BytesIO(data)), Intake(page_bytes=most)) if isinstance(item, Page | Skipped)]


def told(found: list[Page | Skipped]) -> list[str]:
    return [item.reason if isinstance(item, Skipped) else item.source.rpartition("/")[2] for item in found]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd.compress])
def test_records_are_pages(pack: object) -> None:
    """The pages of a crawl come out with their address and time, whether each record is compressed or none."""
    found = read(b"".join(pack(record(number)) for number in range(3)))  # type: ignore[operator]
    url = "https://visnyk.example/0"
    assert found[0] == Page(url, BODY.decode(), url, "html", fetched="2031-04-02T07:15:00+00:00") and told(found) == ["0", "1", "2"]
    assert told(read(gzip.compress(record(1) + record(2)))) == ["1", "2"]


def test_what_is_no_page_is_passed_over() -> None:
    """Requests, images, redirects and the crawl's own notes are passed over; an answer that is an error is counted."""
    others = [
        record(1, kind="request"), record(2, headers="Content-Type: image/png"), record(3, status="301 Moved"), record(4, kind="metadata"),
        record(5, kind="revisit"), record(6, url="dns:visnyk.example"), record(7, status="404 Not Found"), record(8, url="https://visnyk.example/robots.txt"),
    ]  # fmt: skip
    found = read(b"".join(others) + record(9))
    assert told(found) == ["status", "9"] and "404" in found[0].detail  # type: ignore[union-attr]


def test_bodies_are_as_the_browser_saw_them() -> None:
    """Pieces of a transfer are put together, packing is undone; a body that was unpacked by the crawler already is taken as it is."""
    half = len(BODY) // 2
    pieces = b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in (BODY[:half], BODY[half:], b""))
    html = "Content-Type: text/html\r\n"
    found = read(
        record(1, pieces, headers=f"{html}Transfer-Encoding: chunked")
        + record(2, gzip.compress(BODY), headers=f"{html}Content-Encoding: gzip")
        + record(3, BODY, headers=f"{html}Content-Encoding: gzip")
        + record(4, zstd.compress(BODY), headers=f"{html}Content-Encoding: zstd")
        + record(5, gzip.compress(BODY)[10:-8], headers=f"{html}Content-Encoding: deflate")
        + record(6, brotli.compress(gzip.compress(BODY)), headers=f"{html}Content-Encoding: gzip, br")
        + record(7, gzip.compress(BODY)[:-9], headers=f"{html}Content-Encoding: gzip")
        + record(8, gzip.compress(b"\0" * 300_000), headers=f"{html}Content-Encoding: gzip")
    )
    assert [item.text for item in found[:6]] == [BODY.decode()] * 6  # type: ignore[union-attr]
    assert told(found[6:]) == ["truncated", "too-large"]


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (brotli.compress(BODY), "7"),
        (BODY, "7"),
        (brotli.compress(BODY)[:-9], "truncated"),
        (brotli.compress(b"\0" * 30_000_000, quality=1), "too-large"),
        (b"Words, not packed at all. " * 20, "broken"),
        (b"", "empty"),
    ],
    ids=["packed", "unpacked-already", "cut", "bomb", "no-brotli", "nothing"],
)
def test_bodies_in_brotli(body: bytes, outcome: str) -> None:
    """Brotli is undone within the limit of a page, and what is none of it is counted; in pieces of a transfer too."""
    plain = record(7, body, headers="Content-Type: text/html\r\nContent-Encoding: br")
    pieces = f"{len(body):x}\r\n".encode() + body + b"\r\n" + b"0\r\n\r\n" * bool(body)
    inside = record(7, pieces, headers="Content-Type: text/html\r\nContent-Encoding: br\r\nTransfer-Encoding: chunked")
    assert told(read(plain)) == [outcome] and told(read(inside)) == [outcome]


def test_a_page_that_is_too_large_costs_itself() -> None:
    """A page beyond the limit is counted with its address, and the next one is read."""
    found = read(record(1, b"x" * 5000) + record(2), most=1000)
    assert told(found) == ["too-large", "2"] and found[0].source == "https://visnyk.example/1"


BROKEN = {
    "stray bytes": b"stray\r\nbytes\r\n\r\n",
    "no version": record(2).replace(b"WARC/1.1", b"WALK/1.1"),
    "no length": record(2).replace(b"Content-Length: ", b"Content-Size: "),
    "no number": record(2).replace(b"Content-Length: ", b"Content-Length: x"),
    "negative": record(2).replace(b"Content-Length: ", b"Content-Length: -"),
    "too short": re.sub(rb"Content-Length: \d+", b"Content-Length: 60", record(2)),
    "too long": re.sub(rb"Content-Length: \d+", b"Content-Length: 200", record(2)) + record(4),
    "no HTTP": record(2).replace(b"HTTP/1.1 200 OK", b"hello, reader!!"),
    "no headers": b"WARC/1.1\r\n\r\n",
    "half a header": b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target",
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_record_costs_itself(how: str) -> None:
    """A record that is broken, in whatever way, is counted, and the record after it is read."""
    found = told(read(record(1) + BROKEN[how] + b"\r\n\r\n" + record(3)))
    assert found[0] == "1" and found[-1] == "3" and {"broken", "status"} & set(found[1:-1])


def test_a_broken_member_of_a_compressed_crawl() -> None:
    """A compressed record with wrong bytes is counted, and the records behind it are read."""
    broken = bytearray(gzip.compress(record(2)))
    broken[40:60] = b"\xff" * 20
    found = told(read(gzip.compress(record(1)) + bytes(broken) + gzip.compress(record(3))))
    assert found[0] == "1" and found[-1] == "3" and set(found[1:-1]) == {"broken"}


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd.compress])
def test_a_crawl_that_is_cut_says_so(pack: object) -> None:
    """However a crawl is cut, its whole records are read, and that it ends early is said."""
    data = b"".join(pack(record(number)) for number in range(3))  # type: ignore[operator]
    last = len(pack(record(2)))  # type: ignore[operator]
    for off in (last // 3, last // 2, last - 30):
        found = read(data[:-off])
        assert told(found)[:2] == ["0", "1"] and told(found)[2:] in (["truncated"], ["broken"]), off


def test_arc() -> None:
    """The forerunner of WARC is read too."""
    answer = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + BODY
    about = b"1 0 Crawler\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://a.arc 0.0.0.0 20310402071500 text/plain %d\n" % len(about) + about + b"\n"
    item = f"https://visnyk.example/1 10.0.0.1 20310402071500 text/html {len(answer)}\n".encode() + answer + b"\n"
    assert told(read(head + item + item.replace(b"/1 ", b"/2 "), "a.arc")) == ["1", "2"]


@given(st.lists(st.one_of(st.binary(max_size=80), st.sampled_from([record(1), record(2)[:90], b"WARC/1.0\r\n", b"Content-Length: 9\r\n\r\n"])), max_size=6))
def test_any_bytes_are_pages_or_reasons(parts: list[bytes]) -> None:
    """Whatever stands between records, reading ends, and a whole record at the end is read or inside a broken one."""
    for item in read(record(1) + b"".join(parts)):
        assert isinstance(item, Page | Skipped)
