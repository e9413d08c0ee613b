"""Bytes as they come out of files, pipes and compressed streams, with limits and with completeness checked.

Decompressors of the standard library end silently where a stream was cut, and those of archives read on into the next member; here a
stream that is cut, broken or grows out of proportion raises a `Fault` at that place. After a broken member reading goes on with the next
one, so that a fault in the middle of a crawl costs a page and not the rest.
"""

from __future__ import annotations

import bz2
import io
import lzma
import sys
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

from onrecord.records import Skipped, SkipReason

PIECE_BYTES = 1 << 16  # read at once
GROWTH = 400  # times its size that compressed text may grow; HTML grows 4 to 20 times, and a bomb 1,000 times and more
SMALL_BYTES = 1 << 22  # so much may come out whatever the growth: short runs of blanks compress beyond measure
MAGIC = {"gzip": b"\x1f\x8b\x08", "bzip2": b"BZh", "xz": b"\xfd7zXZ\x00", "zstd": b"\x28\xb5\x2f\xfd"}
DICTIONARY = b"\x5d\x2a\x4d\x18"  # the skippable frame in which a .warc.zst begins, where its records share a dictionary
LONGEST_DICTIONARY = 1 << 23  # bytes
Packing = str  # a key of MAGIC


class Fault(Exception):
    """Why the bytes of a stream end here: cut, broken, or more than anybody wants."""

    def __init__(self, reason: SkipReason, detail: str) -> None:
        super().__init__(detail)
        self.reason: SkipReason = reason
        self.detail = detail

    def skipped(self, source: str) -> Skipped:
        """The fault as what is counted for a source."""
        return Skipped(source, "sources", self.reason, self.detail)


class Decompressor(Protocol):
    """What bz2, lzma and zstd of the standard library offer alike."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class Read(io.RawIOBase):
    """A raw stream that tells how many bytes were taken, and gives as much as is asked for even where a pipe gives little at once."""

    def __init__(self, inner: BinaryIO, told: Callable[[int], None] = lambda taken: None) -> None:
        self._inner, self._told = inner, told

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer unless the stream ends."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        filled = 0
        while filled < len(view) and (piece := self._inner.read(len(view) - filled)):
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        self._told(filled)
        return filled

    def seekable(self) -> bool:
        """Whether the stream below can be read from anywhere."""
        return self._inner.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place of the stream below."""
        return self._inner.seek(offset, whence)

    def close(self) -> None:
        """Close the stream below too."""
        if not self.closed:
            self._inner.close()
        super().close()


class Unpacked(io.RawIOBase):
    """What compressed bytes unpack to, member after member; a `Fault` where one is cut, broken or grows out of proportion."""

    def __init__(self, inner: BinaryIO, packing: Packing) -> None:
        self._inner, self._packing = inner, packing
        self._input = b""
        self._member: Decompressor | None = None
        self._taken = self._given = 0
        self._over = False
        self._new, self._errors = _decompressors(packing, inner)

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: object) -> int:
        """Some bytes, 0 only at the end."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = b""
        while not data and not self._over:
            data = self._some(len(view))
        view[: len(data)] = data
        self._given += len(data)
        if data and self._given > SMALL_BYTES and self._given > GROWTH * self._taken:
            self._over = True
            raise Fault("too-large", f"unpacks to more than {GROWTH} times its size")
        return len(data)

    def _some(self, most: int) -> bytes:
        if self._member is None:
            self._start()
        member = self._member
        if member is None:
            return b""
        if not self._input and member.needs_input and not self._more():
            self._over = True
            raise Fault("truncated", f"the {self._packing} stream is cut off")
        given, self._input = self._input, b""
        try:
            data = member.decompress(given, most)
        except self._errors as error:
            self._member, self._input = None, given
            self._find_next()
            raise Fault("broken", f"a member of the {self._packing} stream is broken: {error}") from error
        if member.eof:
            self._member, self._input = None, member.unused_data
        return data

    def _more(self) -> bool:
        piece = self._inner.read(PIECE_BYTES)
        self._taken += len(piece)
        self._input += piece
        return bool(piece)

    def _start(self) -> None:
        """Begin the next member; zeros between members are padding, anything else is a fault."""
        self._input = self._input.lstrip(b"\x00")
        while not self._input:
            if not self._more():
                self._over = True
                return
            self._input = self._input.lstrip(b"\x00")
        magic = MAGIC[self._packing]
        while len(self._input) < len(magic) and self._more():
            pass
        if not self._input.startswith(magic):
            self._find_next()
            raise Fault("broken", f"bytes that are no {self._packing}")
        self._member = self._new()

    def _find_next(self) -> None:
        """Drop bytes up to where another member may begin."""
        magic = MAGIC[self._packing]
        self._input = self._input[1:]
        while (at := self._input.find(magic)) < 0:
            self._input = self._input[-len(magic) + 1 :]
            if not self._more():
                self._over = True
                return
        self._input = self._input[at:]

    def close(self) -> None:
        """Close the stream below too."""
        if not self.closed:
            self._inner.close()
        super().close()


class _Gunzip:
    """zlib in the manner of the other decompressors."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max(0, max_length))


def _decompressors(packing: Packing, inner: BinaryIO) -> tuple[Callable[[], Decompressor], tuple[type[Exception], ...]]:
    """What makes a decompressor for each member, and what it raises; a dictionary at the beginning of the stream is read first."""
    if packing == "gzip":
        return _Gunzip, (zlib.error,)
    if packing == "bzip2":
        return bz2.BZ2Decompressor, (OSError, ValueError)
    if packing == "xz":
        return lzma.LZMADecompressor, (lzma.LZMAError,)
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    if _head(inner, 4) != DICTIONARY:
        return zstd.ZstdDecompressor, (zstd.ZstdError,)
    inner.read(4)
    length = int.from_bytes(inner.read(4), "little")
    data = inner.read(min(length, LONGEST_DICTIONARY))
    if len(data) < length:
        raise Fault("truncated" if length <= LONGEST_DICTIONARY else "too-large", "the dictionary of the zstd stream is cut off or too large")
    try:
        if data.startswith(MAGIC["zstd"]):
            data = zstd.ZstdDecompressor().decompress(data, LONGEST_DICTIONARY)
        dictionary = zstd.ZstdDict(data)
    except (zstd.ZstdError, ValueError) as error:
        raise Fault("broken", f"the dictionary of the zstd stream is broken: {error}") from error
    return lambda: zstd.ZstdDecompressor(dictionary), (zstd.ZstdError,)


def _head(stream: BinaryIO, count: int) -> bytes:
    peek = getattr(stream, "peek", None)
    return bytes(peek(count)[:count]) if peek else b""


def packing_of(head: bytes) -> Packing | None:
    """How bytes are compressed, by how they begin; None where they are not."""
    if head.startswith(DICTIONARY):
        return "zstd"
    return next((name for name, magic in MAGIC.items() if head.startswith(magic)), None)


def unpacked(stream: BinaryIO, packing: Packing) -> io.BufferedReader:
    """The stream that a compressed one unpacks to."""
    return io.BufferedReader(Unpacked(stream, packing), PIECE_BYTES)


def whole(stream: BinaryIO, most: int) -> bytes:
    """All that is left of a stream; a Fault "too-large" where that is more than `most` bytes."""
    data = stream.read(most + 1)
    while len(data) <= most and (more := stream.read(most + 1 - len(data))):
        data += more
    if len(data) > most:
        raise Fault("too-large", f"more than {most} bytes")
    return data


class Lines:
    """Lines of bytes, none longer than a limit."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream, self._most = stream, most

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> bytes:
        """The next line with its end; a `Fault` for one that is too long, and the line behind it comes next."""
        line = self._stream.readline(self._most + 1)
        if not line:
            raise StopIteration
        if len(line) > self._most:
            while line and not line.endswith(b"\n"):
                line = self._stream.readline(PIECE_BYTES)
            raise Fault("too-large", f"a line of more than {self._most} bytes")
        return line
