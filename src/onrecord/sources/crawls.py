"""Pages out of crawls in WARC (and its forerunner ARC), compressed or not, one record in memory at a time.

The source of a page is its address, so that the same page in two crawls, or fetched later, is the same page. What a crawl holds beside
pages (requests, images, scripts, redirects) is passed over; an answer that is an error is counted, and so is every record that is broken.
The parser of records stops at a broken one; here reading goes on at the next line that begins a record.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from onrecord.records import Page, Skipped
from onrecord.sources.pages import address, page
from onrecord.sources.streams import MAGIC, PIECE_BYTES, Fault, unpacked, whole
from onrecord.sources.times import utc

BEGINS = re.compile(rb"WARC/[01]\.\d")
ARC_BEGINS = re.compile(rb"(?:https?|filedesc|dns)://?\S+ \S+ \d{14} \S+ \d+\s*$")
HEADER_BYTES = 1 << 16  # of one line of a header
HTML = ("text/html", "application/xhtml+xml")
PLAIN = ("text/plain",)
OK = "200"
logging.getLogger("warcio").addHandler(logging.NullHandler())  # what it warns of does not concern pages


class Records:
    """A stream of records that can be gone through line by line, with one line put back."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._back = b""

    def readline(self, most: int | None = None) -> bytes:
        """The next line, at most HEADER_BYTES of it."""
        line, self._back = self._back, b""
        return line or self._stream.readline(min(most or HEADER_BYTES, HEADER_BYTES))

    def read(self, most: int = -1) -> bytes:
        """Some bytes, at most so many."""
        return self._stream.read(min(most, PIECE_BYTES) if most >= 0 else PIECE_BYTES)

    def tell(self) -> int:
        """Nothing needs the place; the parser asks for it."""
        return 0

    def next(self) -> tuple[bool, bool]:
        """Go to the next line that begins a record: whether there is one, and whether anything else stood before it."""
        stray = False
        while line := self.readline():
            if BEGINS.match(line) or ARC_BEGINS.match(line):
                self._back = line
                return True, stray
            stray = stray or bool(line.strip())
        return False, stray


def crawl(name: str, stream: BinaryIO, most: int) -> Iterator[Page | Skipped]:
    """The pages of a crawl; `most`: bytes of the largest page that is read."""
    records, number = Records(stream), 0
    loader = ArcWarcRecordLoader(verify_http=False)  # browsers write HTTP/2
    while True:
        number += 1
        source = f"{name}#{number}"
        try:
            there, stray = records.next()
            if stray:
                yield Skipped(source, "sources", "broken", "bytes that belong to no record")
            if not there:
                return
            yield from _record(source, loader, records, most)
        except Fault as fault:
            yield fault.skipped(name if fault.reason == "truncated" else source)
        except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, AttributeError) as error:
            yield Skipped(source, "sources", "broken", f"the record cannot be parsed: {error or type(error).__name__}")


def _record(source: str, loader: ArcWarcRecordLoader, records: Records, most: int) -> Iterator[Page | Skipped]:
    record = loader.parse_record_stream(records, no_record_parse=True)
    if record.rec_headers.get_header("Content-Length") is None:
        raise Fault("broken", "the record does not say how long it is")
    try:
        if record.rec_type == "response":
            record.http_headers = loader.load_http_headers("response", _address(record) or "", record.raw_stream, None)
        found = _page(source, record, most)
    except Fault as fault:
        found = fault.skipped(_address(record) or source)
    while record.raw_stream.limit and record.raw_stream.read(PIECE_BYTES):
        pass
    if record.raw_stream.limit:
        raise Fault("truncated", f"the record ends {record.raw_stream.limit} bytes early")
    if found is not None:
        yield found


def _address(record: ArcWarcRecord) -> str | None:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return address(url) if url.startswith(("http://", "https://")) else None


def _page(source: str, record: ArcWarcRecord, most: int) -> Page | Skipped | None:
    """The page of a record, None where it is none of a page."""
    url = _address(record)
    if url is None or record.rec_type not in ("response", "resource", "conversion"):
        return None
    headers = record.http_headers
    declared = headers.get_header("Content-Type") if headers else record.content_type
    kind = (declared or "").partition(";")[0].strip().lower()
    if kind not in HTML + PLAIN + ("",) or url.endswith("/robots.txt"):
        return None
    if headers is not None and headers.get_statuscode() != OK:
        status = headers.get_statuscode()
        return None if status.startswith("3") else Skipped(url, "sources", "status", f"the crawl got {headers.statusline}")
    data = _body(record, most)
    time = utc(record.rec_headers.get_header("WARC-Date"))
    return page(url, data, media="html" if kind in HTML else None, url=url, fetched=time, declared=declared)


def _body(record: ArcWarcRecord, most: int) -> bytes:
    """The body as the browser saw it: without the pieces of its transfer, unpacked."""
    headers = record.http_headers
    stream: BinaryIO = record.raw_stream
    if headers is not None and (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        stream = ChunkedDataReader(record.raw_stream)
    encoding = ((headers.get_header("Content-Encoding") if headers is not None else None) or "").strip().lower()
    try:
        data = whole(stream, most)
        if record.raw_stream.limit:
            raise Fault("truncated", f"the record ends {record.raw_stream.limit} bytes early")
        for name in reversed(encoding.split(",")):  # the last one was put on last
            data = decoded(data, name.strip(), most)
        return data
    except ChunkedDataException as error:
        raise Fault("broken", f"the pieces of the body do not fit: {error}") from error


def decoded(data: bytes, encoding: str, most: int) -> bytes:
    """A body without its Content-Encoding; as it is where it was unpacked already, which many crawlers do without saying so."""
    if encoding in ("gzip", "x-gzip") and data.startswith(b"\x1f\x8b"):
        return whole(unpacked(io.BytesIO(data), "gzip"), most)
    if encoding == "zstd" and data.startswith(MAGIC["zstd"]):
        return whole(unpacked(io.BytesIO(data), "zstd"), most)
    if encoding == "deflate":
        for bits in (15, -15):
            try:
                unpacker = zlib.decompressobj(bits)
                found = unpacker.decompress(data, most + 1)
            except zlib.error:
                continue
            if len(found) > most:
                raise Fault("too-large", f"more than {most} bytes")
            return found
    if encoding == "br" and data:
        return _unbrotlied(data, most)
    return data


def _unbrotlied(data: bytes, most: int) -> bytes:
    """A body without brotli, which has no sign of its own: where it does not unpack and opens as a page does, it was unpacked already."""
    import brotli  # type: ignore[import-not-found,import-untyped,unused-ignore]  # few crawls keep bodies so

    unpacker, found = brotli.Decompressor(), b""
    try:
        found = bytes(unpacker.process(data, output_buffer_limit=most + 1))
        while len(found) <= most and not unpacker.is_finished() and (more := unpacker.process(b"", output_buffer_limit=most + 1 - len(found))):
            found += more
    except brotli.error as error:
        if data.lstrip()[:1] == b"<":
            return data
        raise Fault("broken", "the body is not brotli, as its header says") from error
    if len(found) > most:
        raise Fault("too-large", f"more than {most} bytes")
    if not unpacker.is_finished():
        if data.lstrip()[:1] == b"<":
            return data
        raise Fault("truncated", "the brotli body is cut off")
    return found
