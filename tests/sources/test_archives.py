"""Archives are read member by member; what is unsafe, broken or grows beyond measure in them is a reason."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.test_crawls import record

from onrecord.records import Page, Skipped
from onrecord.settings import Intake
from onrecord.sources.contents import contents

PAGES = {"b/one.txt": b"One.", "a/two.html": b"<p>Two.", "picture.jpg": b"\xff\xd8\xff", "a/.hidden.txt": b"No.", "__MACOSX/one.txt": b"No."}


def zipped(members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(*members: tarfile.TarInfo | tuple[str, bytes], format: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as archive:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                archive.addfile(member)
            else:
                info = tarfile.TarInfo(member[0])
                info.size = len(member[1])
                archive.addfile(info, io.BytesIO(member[1]))
    return out.getvalue()


class Pipe(io.BytesIO):
    """Bytes that can only be read once, from their beginning to their end."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation("a pipe")


def read(data: bytes, name: str = "a.zip", most: int = 100_000, *, pipe: bool = False) -> list[tuple[str, str]]:
    """Source and text of pages, source and reason of what is skipped."""
    stream = io.BufferedReader(Pipe(data) if pipe else io.BytesIO(data))
    found = list(contents(name, stream, Intake(page_bytes=most)))
    assert all(isinstance(item, Page | Skipped) for item in found)
    return [(item.source, item.text if isinstance(item, Page) else item.reason) for item in found]  # type: ignore[union-attr]


def special(name: str, kind: bytes, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


@pytest.mark.parametrize("pipe", [False, True])
def test_members_are_pages(pipe: bool) -> None:
    """Members that are pages come out under the archive's name and theirs; others, hidden ones, those of a file system are passed over."""
    expected = [("b/one.txt", "One."), ("a/two.html", "<p>Two.")]
    assert read(zipped(PAGES), pipe=pipe) == [(f"a.zip/{name}", text) for name, text in expected]
    for data, name in ((tarred(*PAGES.items()), "a.tar"), (gzip.compress(tarred(*PAGES.items(), format=tarfile.GNU_FORMAT)), "a.tgz")):
        assert read(data, name, pipe=pipe) == [(f"{name}/{member}", text) for member, text in expected]


def test_archives_hold_everything_else_too() -> None:
    """Tables, crawls, letters, compressed files and further archives inside an archive are read as such."""
    rows = b"\n".join(json.dumps({"text": f"Row {n}."}).encode() for n in range(2))
    inner = zipped({"x.txt": b"Inner.", "y.jsonl": rows})
    tgz = gzip.compress(tarred(("t.txt", b"In a tar.")))
    found = read(zipped({"in.zip": inner, "in.tar.gz": tgz, "c.warc": record(1, b"<p>Crawled."), "p.txt.gz": gzip.compress(b"Packed.")}))
    assert found == [
        ("a.zip/in.zip/x.txt", "Inner."), ("a.zip/in.zip/y.jsonl#1", "Row 0."), ("a.zip/in.zip/y.jsonl#2", "Row 1."), ("a.zip/in.tar.gz/t.txt", "In a tar."),
        ("https://visnyk.example/1", "<p>Crawled."), ("a.zip/p.txt.gz", "Packed."),
    ]  # fmt: skip


def test_wacz() -> None:
    """Of a WACZ its crawls are read, and not what it tells about them; of one that holds several, these."""
    data = zipped({"datapackage.json": b"{}", "pages/pages.jsonl": b'{"text": "no page"}', "archive/data.warc.gz": gzip.compress(record(1, b"<p>Crawled."))})
    assert read(data, "a.wacz") == [("https://visnyk.example/1", "<p>Crawled.")]
    assert read(zipped({"one.wacz": data, "datapackage.json": b'{"profile": "multi-wacz-package"}'}), "b.wacz") == read(data, "a.wacz")


def test_what_leads_out_of_an_archive_is_unsafe() -> None:
    """Names that lead out, links and devices are counted as unsafe, and the members after them are read."""
    names = ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:/out.txt", "..\\out.txt"]
    assert [reason for _, reason in read(zipped(dict.fromkeys(names, b"Out.") | {"in.txt": b"In."}))] == ["unsafe"] * 5 + ["In."]
    members = [special("link.txt", tarfile.SYMTYPE, "/etc/passwd"), special("hard.txt", tarfile.LNKTYPE, "in.txt"), special("null", tarfile.CHRTYPE)]
    found = read(tarred(*((name, b"Out.") for name in names), *members, special("pipe", tarfile.FIFOTYPE), ("in.txt", b"In.")), "a.tar")
    assert [reason for _, reason in found] == ["unsafe"] * 9 + ["In."]


def test_bombs() -> None:
    """A member that grows beyond measure, one inside another archive, and archives without end inside each other are reasons."""
    bomb = zipped({"bomb.txt": b"\0" * 9_000_000})
    assert read(bomb) == [("a.zip/bomb.txt", "too-large")]
    assert read(zipped({"b.zip": bomb, "good.txt": b"Good."})) == [("a.zip/b.zip/bomb.txt", "too-large"), ("a.zip/good.txt", "Good.")]
    assert read(gzip.compress(tarred(("bomb.txt", b"\0" * 9_000_000))), "a.tgz")[-1][1] == "too-large"
    assert read(zipped({"big.txt": b"x" * 5000, "good.txt": b"Good."}), most=1000) == [("a.zip/big.txt", "too-large"), ("a.zip/good.txt", "Good.")]
    nested = b"Deep."
    for _ in range(7):
        nested = zipped({"a.zip" if nested != b"Deep." else "a.txt": nested})
    assert read(nested)[0][1] == "unsafe"


def test_a_header_of_a_tar_that_wants_all_memory() -> None:
    """An extended header that claims gigabytes is not read."""
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 8_000_000_000
    assert read(header.tobuf(tarfile.GNU_FORMAT) + b"\0" * 20_000, "a.tar") == [("a.tar", "too-large")]


def test_broken_archives() -> None:
    """An archive that is cut says so after what could be read; a broken or encrypted member costs itself."""
    data = zipped({"one.txt": b"One.", "two.txt": b"Two."}, zipfile.ZIP_STORED)
    assert read(data[:-30]) == [("a.zip", "truncated")]
    assert read(data.replace(b"One.", b"Eno.")) == [("a.zip/one.txt", "broken"), ("a.zip/two.txt", "Two.")]
    at = data.index(b"PK\x01\x02") + 8
    assert read(data[:at] + b"\x01" + data[at + 1 :])[0] == ("a.zip/one.txt", "broken")
    tar = tarred(("one.txt", b"One."), ("two.txt", b"Two." * 300))
    assert read(tar[:2000], "a.tar") == [("a.tar/one.txt", "One."), ("a.tar/two.txt", "truncated"), ("a.tar", "truncated")]
    assert read(tar[:1024], "a.tar") == [("a.tar/one.txt", "One."), ("a.tar", "truncated")]
    assert read(tar[:1024] + b"x" * 1024, "a.tar")[-1] == ("a.tar", "broken")


@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_are_pages_or_reasons(noise: bytes, at: int) -> None:
    """Archives with any bytes written over them are read or counted."""
    for data, name in ((zipped(PAGES), "a.zip"), (tarred(*PAGES.items()), "a.tar")):
        read(data[:at] + noise + data[at + len(noise) :], name)
