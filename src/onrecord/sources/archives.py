"""The members of zip and tar archives, one after the other; nothing is written to disk under a name that an archive gives.

A member that leads out of the archive, a link or a device is "unsafe"; one that grows beyond measure, or a whole archive that does, is
"too-large". Members that are of no kind we read are passed over.
"""

from __future__ import annotations

import contextlib
import io
import stat
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO

from onrecord.records import Skipped
from onrecord.sources.kinds import FOUND_IN_ARCHIVES, suffix
from onrecord.sources.streams import GROWTH, PIECE_BYTES, SMALL_BYTES, Fault

Member = tuple[str, BinaryIO]
MOST_SPOOLED = 4_000_000_000  # bytes of an archive inside another one, or out of a pipe, that are kept on disk meanwhile
ENCRYPTED = 0x1


def zip_members(name: str, stream: BinaryIO) -> Iterator[Member | Skipped]:
    """The members of a zip archive, or of a WACZ: of that only its crawls, or the WACZ that it holds. The stream can be read from anywhere."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        cut = "not a zip file" in str(error)  # its directory stands at its end
        yield Skipped(name, "sources", "truncated" if cut else "broken", f"the zip archive cannot be read: {error}")
        return
    with archive:
        yield from _unzipped(name, archive)


def _unzipped(name: str, archive: zipfile.ZipFile) -> Iterator[Member | Skipped]:
    members = archive.infolist()
    names = {member.filename for member in members}
    crawls = {one for one in names if one.startswith("archive/")} or {one for one in names if suffix(one) == ".wacz"}
    passed = names - crawls if crawls and "datapackage.json" in names else set()  # of a WACZ: indexes, and texts of what is in its crawls
    size, given = sum(member.compress_size for member in members), 0
    for member in members:
        source = f"{name}/{member.filename}"
        if member.is_dir() or member.filename in passed:
            continue
        if not _safe(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
            yield Skipped(source, "sources", "unsafe", "a link, or a name that leads out of the archive")
        elif not _wanted(member.filename):
            continue
        elif member.flag_bits & ENCRYPTED:
            yield Skipped(source, "sources", "broken", "the member is encrypted")
        elif member.file_size > max(SMALL_BYTES, GROWTH * member.compress_size):
            yield Skipped(source, "sources", "too-large", f"unpacks to more than {GROWTH} times its size")
        elif (given := given + member.file_size) > max(SMALL_BYTES, GROWTH * size):
            yield Skipped(name, "sources", "too-large", f"the archive unpacks to more than {GROWTH} times its size")
            return
        else:
            try:
                inner = archive.open(member)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:  # ValueError: a name that is no text
                yield Skipped(source, "sources", "broken", f"the member cannot be unpacked: {error}")
                continue
            with inner:
                yield source, io.BufferedReader(_Member(inner), PIECE_BYTES)


class _Member(io.RawIOBase):
    """A member whose faults are told as such, and which cannot be closed from outside."""

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = inner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        try:
            data = self._inner.read(len(view))
        except (zipfile.BadZipFile, tarfile.TarError, EOFError, zlib.error, OSError, NotImplementedError) as error:
            cut = isinstance(error, EOFError) or "end of data" in str(error)
            raise Fault("truncated" if cut else "broken", f"the member cannot be unpacked: {error or 'it is cut off'}") from error
        view[: len(data)] = data
        return len(data)


class _Forward(io.RawIOBase):
    """A stream that only goes forward, made such that a tar archive can be read off it; it gives no more than a piece at once."""

    def __init__(self, inner: BinaryIO, most: int) -> None:
        self._inner, self._most = inner, most
        self._at = 0
        self.last = b""  # what was read last

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        while self._at < offset and self.read(min(PIECE_BYTES, offset - self._at)):
            pass
        if offset < self._at:
            raise tarfile.ReadError("the archive points back")
        return self._at

    def read(self, size: int = -1) -> bytes:
        if size > self._most:
            raise Fault("too-large", f"a header of {size} bytes")
        self.last = self._inner.read(size)
        self._at += len(self.last)
        return self.last


def tar_members(name: str, stream: BinaryIO, most: int) -> Iterator[Member | Skipped]:
    """The members of a tar archive; `most`: bytes of the largest header."""
    forward = _Forward(stream, most)
    try:
        with tarfile.TarFile(fileobj=forward, mode="r") as archive:
            while (member := archive.next()) is not None:
                archive.members = []  # type: ignore[attr-defined]  # else it keeps every header
                yield from _untarred(name, archive, member)
            if not forward.last:
                yield Skipped(name, "sources", "truncated", "the tar archive has no end")
            elif forward.last.strip(b"\0"):
                yield Skipped(name, "sources", "broken", "the tar archive cannot be read on: bytes that are no header")
    except Fault as fault:
        yield fault.skipped(name)
    except (tarfile.TarError, OSError, ValueError, EOFError, OverflowError) as error:
        cut = "end of" in str(error) or "truncated" in str(error) or "empty" in str(error)
        yield Skipped(name, "sources", "truncated" if cut else "broken", f"the tar archive cannot be read on: {error}")


def _untarred(name: str, archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[Member | Skipped]:
    if member.isdir():
        return
    source = f"{name}/{member.name}"
    if not _safe(member.name):
        yield Skipped(source, "sources", "unsafe", "the name leads out of the archive")
    elif not member.isreg() or member.issparse():
        kind = "link" if member.issym() or member.islnk() else "sparse file" if member.issparse() else "device"
        yield Skipped(source, "sources", "unsafe", f"a {kind}, no file")
    elif _wanted(member.name) and (inner := archive.extractfile(member)) is not None:
        yield source, io.BufferedReader(_Member(inner), PIECE_BYTES)


def _wanted(member: str) -> bool:
    """Whether a member is of a kind that we read, and not hidden."""
    hidden = any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in member.split("/"))
    return not hidden and suffix(member) in FOUND_IN_ARCHIVES


def _safe(member: str) -> bool:
    """Whether a name stays inside the archive."""
    plain = member.replace("\\", "/")
    return not plain.startswith("/") and ".." not in plain.split("/") and ":" not in plain.split("/")[0] and "\x00" not in plain


@contextlib.contextmanager
def anywhere(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream such that it can be read from anywhere: where it cannot, as a file on disk without a name."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as spool:
        size = 0
        while piece := stream.read(PIECE_BYTES):
            size += len(piece)
            if size > MOST_SPOOLED:
                raise Fault("too-large", f"an archive of more than {MOST_SPOOLED} bytes inside another one")
            spool.write(piece)
        spool.seek(0)
        yield spool
