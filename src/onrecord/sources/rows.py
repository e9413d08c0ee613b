"""Pages out of the rows of tables: JSON lines, one JSON document, CSV, Parquet.

A row that is broken costs itself. Each row is known by the number of its line, so a table that grows at its end keeps its sources.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from onrecord.records import Page, Skipped
from onrecord.sources.columns import Columns, page_of_row, values
from onrecord.sources.encoding import CYRILLIC, LATIN, decode
from onrecord.sources.lists import Link
from onrecord.sources.streams import Fault, Lines, whole

Item = Page | Link | Skipped
DELIMITERS = ",;\t|"
SAMPLE_BYTES = 50_000  # by which the encoding of a table is known
PARQUET_ROWS = 64  # read at once
LONGEST_CELL = 2**31 - 1  # characters; lines are bounded already
csv.field_size_limit(LONGEST_CELL)


def json_rows(name: str, stream: BinaryIO, mapping: Columns | None, most: int) -> Iterator[Item]:
    """The pages of JSON lines, or of a JSON document: an object, or an array of objects."""
    lines = _numbered(name, Lines(stream, most))
    first = next(lines, None)
    if first is None:
        yield Skipped(name, "sources", "empty")
        return
    if isinstance(first, Skipped) or isinstance(values(first[1]), Mapping):
        yield from _json_line(name, first, mapping)
        for line in lines:
            yield from _json_line(name, line, mapping)
        return
    try:
        found = values(first[1] + whole(stream, most))  # pretty-printed, or an array
    except Fault as fault:
        yield fault.skipped(name)
        return
    if found is None:
        yield Skipped(name, "sources", "broken", "neither JSON lines nor a JSON document")
    elif isinstance(found, Mapping):
        yield page_of_row(name, found, mapping)
    else:
        for number, row in enumerate(found, 1):
            source = f"{name}#{number}"
            yield page_of_row(source, row, mapping) if isinstance(row, Mapping) else Skipped(source, "sources", "broken", "no object")


def _numbered(name: str, lines: Lines) -> Iterator[tuple[int, bytes] | Skipped]:
    """Lines that are not blank, with their numbers; what is wrong with one, and whether the stream ends early."""
    number = 0
    while True:
        number += 1
        try:
            line = next(lines, None)
        except Fault as fault:
            yield fault.skipped(_where(name, number, fault))
            continue
        if line is None:
            return
        if line.strip():
            yield number, line


def _where(name: str, number: int, fault: Fault) -> str:
    """The source of what a fault costs: a line, or the file from there on."""
    return name if fault.reason == "truncated" else f"{name}#{number}"


def _json_line(name: str, row: tuple[int, bytes] | Skipped, mapping: Columns | None) -> Iterator[Item]:
    if isinstance(row, Skipped):
        yield row
        return
    source = f"{name}#{row[0]}"
    found = values(row[1])
    if isinstance(found, Mapping):
        yield page_of_row(source, found, mapping)
    else:
        yield Skipped(source, "sources", "broken", "the line is no JSON object")


def csv_rows(name: str, stream: BinaryIO, mapping: Columns | None, most: int) -> Iterator[Item]:
    """The pages of a table whose first line names its columns; the delimiter and the encoding are found out."""
    lines = Lines(stream, most)
    try:
        head = next(lines, b"")
    except Fault as fault:
        yield fault.skipped(name)
        return
    if not head.strip():
        yield Skipped(name, "sources", "empty")
        return
    peek = getattr(stream, "peek", None)
    encoding = _encoding(head + (bytes(peek(SAMPLE_BYTES)) if peek else b""))
    counts = Counter(head.decode(encoding, "replace"))
    delimiter = max(DELIMITERS, key=lambda mark: counts[mark])
    faults: list[Fault] = []
    rows = csv.reader(_decoded(head, lines, encoding, faults), delimiter=delimiter)
    names = [cell.strip().removeprefix("\ufeff") for cell in next(rows, [])]
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Skipped(f"{name}#{rows.line_num}", "sources", "broken", str(error))
            continue
        while faults:
            told = faults.pop()
            yield told.skipped(_where(name, rows.line_num, told))
        if row is None:
            return
        source = f"{name}#{rows.line_num}"
        if len(row) > len(names):
            yield Skipped(source, "sources", "broken", f"{len(row)} cells for {len(names)} columns")
        elif any(row):
            yield page_of_row(source, dict(zip(names, row, strict=False)), mapping)


def _decoded(head: bytes, lines: Lines, encoding: str, faults: list[Fault]) -> Iterator[str]:
    yield head.decode(encoding, "replace")
    while True:
        try:
            line = next(lines, None)
        except Fault as fault:
            faults.append(fault)
            yield "\n"  # a blank row, at which the fault is told
            continue
        if line is None:
            return
        yield line.decode(encoding, "replace")


def _encoding(sample: bytes) -> str:
    """The encoding of a table, of which the sample may end inside a character."""
    text = decode(sample.rpartition(b"\n")[0] or sample)
    names = ("utf-8-sig", "utf-8", *CYRILLIC, *LATIN)
    return next((name for name in names if isinstance(text, str) and sample.decode(name, "replace").startswith(text)), "utf-8")


def parquet_rows(name: str, stream: BinaryIO, mapping: Columns | None) -> Iterator[Item]:
    """The pages of a Parquet file, a few rows in memory at a time."""
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError:
        yield Skipped(name, "sources", "unreadable", "Parquet needs pyarrow: pip install 'onrecord[parquet]'")
        return
    number = 0
    try:
        file = parquet.ParquetFile(stream)
        for batch in file.iter_batches(batch_size=PARQUET_ROWS, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield page_of_row(f"{name}#{number}", row, mapping)
    except (arrow.ArrowException, OSError, ValueError) as error:
        yield Skipped(name, "sources", "broken", f"after row {number}: {error}")
