"""Asking the web for pages, politely and safely. Nothing else in the program touches the network.

One request at a time, so one connection a host; a pause between two requests to a host; robots.txt of each host obeyed; who asks is said.
An answer is limited in size and in time, however it drips. Every address is looked at when the connection is made, after the name was
resolved, so that neither a redirect nor a name that changes its address leads into a private network.
"""

from __future__ import annotations

import contextlib
import datetime
import email.utils
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

import msgspec
import urllib3
from protego import Protego
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from onrecord.settings import Manners
from onrecord.sources.streams import PIECE_BYTES, Fault

NAME = "onrecord"  # by which robots.txt may speak of us
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 503})
ROBOTS_BYTES = 500_000  # read of a robots.txt (RFC 9309: at least 500 KiB)
LONGEST_DELAY_S = 60.0  # between two requests, whatever a robots.txt asks for
PATIENCE = 2  # answers in a row that did not come, after which a host is left alone
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"


class Answer(msgspec.Struct, frozen=True):
    """What a server answered: the bytes, where they stand after redirects, what the server calls this version. Without `data`: unchanged."""

    url: str
    data: bytes | None
    fetched: str
    etag: str | None = None
    modified: str | None = None
    declared: str | None = None  # its Content-Type


class Busy(Exception):
    """The server asks to come back in a while, which we will."""


class Web:
    """Who asks, with what it knows of each host: when it may be asked again, what its robots.txt says, whether it answers."""

    def __init__(self, manners: Manners = Manners()) -> None:
        self.manners = manners
        self._free: dict[str, float] = {}  # by host: when it may be asked again
        self._pause: dict[str, float] = {}  # by host: between two requests, in seconds, where its robots.txt says
        self._robots: dict[str, Protego | Fault] = {}
        self._silent: dict[str, int] = {}  # by host: how many answers in a row did not come
        self._line: socket.socket | None = None  # of the request that is under way
        self._http = _manager(self)

    def wait_s(self, url: str) -> float:
        """How long it is until the host may be asked."""
        return max(0.0, self._free.get(_host(url), 0.0) - time.monotonic())

    def get(self, url: str, *, most: int, etag: str | None = None, modified: str | None = None) -> Answer:
        """The answer, after redirects. `Busy` where the server asks for a short wait, `Fault` for whatever else keeps us from it."""
        seen = [url]
        while True:
            self._ask_robots(url)
            status, headers, data = self._request(url, most, etag, modified)
            if status in REDIRECTS and headers.get("Location"):
                url = urljoin(url, headers["Location"])
                if url in seen:
                    raise Fault("unreachable", f"the redirects go in a circle: {url}")
                if len(seen) > self.manners.redirects:
                    raise Fault("unreachable", f"more than {self.manners.redirects} redirects")
                seen.append(url)
                continue
            now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            if status == 304:
                return Answer(url, None, now, etag, modified)
            if status in BUSY:
                self._come_back(url, status, headers.get("Retry-After"))
            if status != 200:
                raise Fault("status", f"the server answers {status}")
            return Answer(url, data, now, headers.get("ETag"), headers.get("Last-Modified"), headers.get("Content-Type"))

    def _ask_robots(self, url: str) -> None:
        """A Fault where the host's robots.txt keeps us out; it is asked once a run. None at all allows everything, no answer nothing."""
        origin = _origin(url)
        if origin not in self._robots:
            self._robots[origin] = self._robots_of(origin)
        rules = self._robots[origin]
        if isinstance(rules, Fault):
            raise rules
        if not rules.can_fetch(url, NAME):
            raise Fault("robots", "the robots.txt of the host keeps us out")
        delay = rules.crawl_delay(NAME)
        if delay is not None:
            self._pause[_host(url)] = min(max(float(delay), self.manners.delay_s), LONGEST_DELAY_S)

    def _robots_of(self, origin: str) -> Protego | Fault:
        url = f"{origin}/robots.txt"
        try:
            for _ in range(self.manners.redirects + 1):
                status, headers, data = self._request(url, ROBOTS_BYTES, None, None, cut=True)
                if status not in REDIRECTS or not headers.get("Location"):
                    break
                url = urljoin(url, headers["Location"])
        except Fault as fault:
            return fault
        if status >= 500 or status in BUSY:
            return Fault("robots", f"the host answers {status} for its robots.txt")
        return Protego.parse(data.decode("utf-8", "replace") if status == 200 else "")

    def _come_back(self, url: str, status: int, retry_after: str | None) -> None:
        seconds = _seconds(retry_after)
        if seconds is None:
            return
        host = _host(url)
        self._free[host] = time.monotonic() + seconds
        if seconds > self.manners.wait_s:
            self._silent[host] = PATIENCE
            raise Fault("status", f"the server answers {status} and asks to wait {seconds:.0f} s")
        raise Busy

    def _request(self, url: str, most: int, etag: str | None, modified: str | None, *, cut: bool = False) -> tuple[int, Any, bytes]:
        """One request, without redirects: status, headers and body. `cut`: of a longer body the beginning will do."""
        host = _host(url)
        if self._silent.get(host, 0) >= PATIENCE:
            raise Fault("unreachable", "the host has not answered before, and is left alone in this run")
        time.sleep(self.wait_s(url))
        headers = {"User-Agent": self.manners.agent, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate", "Connection": "close"}
        headers |= {key: value for key, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
        try:
            with self._hurry():
                response = self._http.request("GET", url, headers=headers, preload_content=False, redirect=False, retries=False)
                try:
                    body = b"" if response.status in REDIRECTS | {304} else _body(response, most, cut=cut)
                finally:
                    response.close()
                    self._http.clear()  # the server closes after its answer, as it was asked to: the next request must not meet a line that is closing
        except Fault as fault:
            self._silent[host] = self._silent.get(host, 0) + (fault.reason == "unreachable")
            raise
        finally:
            self._free[host] = time.monotonic() + self._pause.get(host, self.manners.delay_s)
        self._silent.pop(host, None)
        return response.status, response.headers, body

    @contextlib.contextmanager
    def _hurry(self) -> Iterator[None]:
        """Cut the line when the whole answer takes too long, and say in our words what went wrong."""
        late = threading.Event()

        def cut() -> None:
            late.set()
            line = self._line
            if line is not None:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

        clock = threading.Timer(self.manners.whole_s, cut)
        clock.daemon = True
        clock.start()
        try:
            yield
            if late.is_set():
                raise Fault("unreachable", f"no whole answer within {self.manners.whole_s:g} s")
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            if late.is_set():
                raise Fault("unreachable", f"no whole answer within {self.manners.whole_s:g} s") from error
            raise _explained(error) from error
        finally:
            clock.cancel()
            if self._line is not None:
                self._line.close()
            self._line = None

    def connect(self, host: str, port: int) -> socket.socket:
        """A connection to a host, made to an address that may be asked; a Fault where there is none."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Fault("unreachable", f"there is no host {host}") from error
        if host.lower() not in self.manners.allowed and not all(is_public(str(entry[4][0])) for entry in found):
            raise Fault("unsafe", f"{host} stands in a private network; --allow-host {host} lets it be asked")
        last: OSError | None = None
        for family, kind, protocol, _, place in found:
            line = socket.socket(family, kind, protocol)
            try:
                line.settimeout(self.manners.answer_s)
                line.connect(place)
            except OSError as error:
                line.close()
                last = error
                continue
            self._line = line.dup()
            return line
        raise Fault("unreachable", f"{host} cannot be reached: {last}")


def _manager(web: Web) -> urllib3.PoolManager:
    """urllib3 with connections that `web` makes."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return web.connect(self._dns_host, self.port or 80)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return web.connect(self._dns_host, self.port or 443)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    manager = urllib3.PoolManager(timeout=urllib3.Timeout(web.manners.answer_s), num_pools=8)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager


def _body(response: urllib3.BaseHTTPResponse, most: int, *, cut: bool) -> bytes:
    data = bytearray()
    while piece := response.read1(PIECE_BYTES, decode_content=True):
        data += piece
        if len(data) > most:
            if cut:
                break
            raise Fault("too-large", f"the answer is longer than {most} bytes")
    return bytes(data[:most])


def _explained(error: Exception) -> Fault:
    """What urllib3 says, as a reason."""
    if isinstance(error, urllib3.exceptions.IncompleteRead | urllib3.exceptions.ProtocolError) and "IncompleteRead" in str(error):
        return Fault("truncated", "the answer is cut off")
    if isinstance(error, urllib3.exceptions.DecodeError):
        return Fault("broken", f"the answer cannot be unpacked: {error}")
    if isinstance(error, urllib3.exceptions.TimeoutError | TimeoutError):
        return Fault("unreachable", "the server does not answer in time")
    return Fault("unreachable", f"the server cannot be asked: {error}")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also in its inner address where it carries one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    every: list[ipaddress.IPv4Address | ipaddress.IPv6Address] = [ip]
    if isinstance(ip, ipaddress.IPv6Address):
        every += [inner for inner in (ip.ipv4_mapped, ip.sixtofour, ip.teredo[1] if ip.teredo else None) if inner is not None]
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            every.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    plain = every[1:] if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped else every
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in plain)


def _seconds(retry_after: str | None) -> float | None:
    """How long a server asks to wait, as seconds or a date; None where it does not say."""
    if not retry_after:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
        return max(0.0, (moment - datetime.datetime.now(datetime.UTC)).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _origin(url: str) -> str:
    """Scheme, host and port of an address; a Fault where it is none of the web."""
    try:
        parts = urlsplit(url)
        scheme: Literal["http", "https"] | str = parts.scheme.lower()
        if scheme not in ("http", "https") or not parts.hostname or (parts.port is not None and not parts.port):
            raise ValueError(url)
    except ValueError as error:
        raise Fault("unsafe", f"{url[:200]!r} is no address of the web") from error
    return f"{scheme}://{parts.netloc.rpartition('@')[2].lower()}"
