"""Compressed streams come out whole or say where they are not."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma

import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sources.streams import GROWTH, SMALL_BYTES, Fault, Lines, packing_of, unpacked, whole

PACK = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress, "zstd": zstd.compress}
TEXT = "Міст через Лутинку відкриють до зими, сказав мер. ".encode() * 40


def read(data: bytes, packing: str) -> list[bytes | str]:
    """What comes out, piece by piece, with the reasons of faults in their places."""
    stream, found = unpacked(io.BytesIO(data), packing), []
    while True:
        try:
            piece = stream.read1(1 << 16)
        except Fault as fault:
            found.append(fault.reason)
            continue
        if not piece:
            return found
        found.append(piece)


def texts(found: list[bytes | str]) -> bytes:
    return b"".join(piece for piece in found if isinstance(piece, bytes))


@pytest.mark.parametrize("packing", PACK)
@given(parts=st.lists(st.binary(max_size=400), min_size=1, max_size=4))
def test_members_come_out_one_after_the_other(packing: str, parts: list[bytes]) -> None:
    """Whatever was compressed, in one member or several, with zeros between them, comes out as it was."""
    data = b"\0\0".join(PACK[packing](part) for part in parts)
    assert packing_of(data) == packing
    assert read(data, packing) == [part for part in [texts(read(data, packing))] if part] or texts(read(data, packing)) == b"".join(parts)


@pytest.mark.parametrize("packing", PACK)
def test_a_stream_that_is_cut_says_so(packing: str) -> None:
    """A stream without its end gives what it holds and then says that it is cut off, wherever it was cut."""
    data = PACK[packing](TEXT)
    for at in (len(data) - 1, len(data) - 9, len(data) // 2, 7):
        found = read(PACK[packing](b"first") + data[:at], packing)
        assert texts(found).startswith(b"first") and found[-1] == "truncated", at


@pytest.mark.parametrize("packing", PACK)
def test_a_broken_member_costs_itself(packing: str) -> None:
    """A member of which a byte is wrong is a fault, and the members after it are read."""
    broken = bytearray(PACK[packing](TEXT))
    broken[len(broken) // 2 : len(broken) // 2 + 8] = b"\xff" * 8
    found = read(PACK[packing](b"before") + bytes(broken) + PACK[packing](b"behind"), packing)
    assert texts(found).startswith(b"before") and texts(found).endswith(b"behind")
    assert [piece for piece in found if isinstance(piece, str)] == ["broken"]


@pytest.mark.parametrize("packing", PACK)
def test_a_bomb_is_not_unpacked(packing: str) -> None:
    """Bytes that grow out of proportion are given up soon after they show it."""
    data = PACK[packing](b"\0" * (SMALL_BYTES * 3))
    found = read(data, packing)
    assert found[-1] == "too-large" and SMALL_BYTES <= len(texts(found)) < max(SMALL_BYTES, GROWTH * len(data)) + (1 << 18)


def test_a_dictionary_before_the_frames() -> None:
    """A zstd stream whose frames share a dictionary, as crawls have it, is read with it; one whose dictionary is cut is told."""
    samples = [TEXT[:300] + str(number).encode() * 9 for number in range(60)]
    dictionary = zstd.train_dict(samples, 2000)
    frames = b"".join(zstd.compress(sample, zstd_dict=dictionary) for sample in samples)
    for content in (dictionary.dict_content, zstd.compress(dictionary.dict_content)):
        head = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content
        stream = unpacked(io.BufferedReader(io.BytesIO(head + frames)), "zstd")
        assert whole(stream, 1 << 20) == b"".join(samples)
        with pytest.raises(Fault) as told:
            unpacked(io.BufferedReader(io.BytesIO(head[:100])), "zstd")
        assert told.value.reason == "truncated"


@given(st.binary(max_size=200), st.sampled_from(sorted(PACK)))
def test_any_bytes_end(data: bytes, packing: str) -> None:
    """Whatever bytes there are, reading them ends, with faults or without."""
    read(PACK[packing](b"one")[:-3] + data + PACK[packing](b"two"), packing)
    read(data, packing)


def test_lines_and_wholes_have_a_limit() -> None:
    """A line that is too long is a fault, and the next one is read; so is a stream that is too long as a whole."""
    lines = Lines(io.BytesIO(b"one\n" + b"x" * 100 + b"\ntwo"), 10)
    assert next(lines) == b"one\n"
    with pytest.raises(Fault, match="10 bytes"):
        next(lines)
    assert list(lines) == [b"two"]
    with pytest.raises(Fault, match="more than 5"):
        whole(io.BytesIO(b"123456"), 5)
    assert whole(io.BytesIO(b"12345"), 5) == b"12345"
