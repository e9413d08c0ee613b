#!/usr/bin/env python3
"""How well HTML pages are cleaned: the words and segments of the article, the day of publication, pages taken for none.

    python benchmarks/pages.py --words FOLDER --segments FOLDER --dates FOLDER [--half 0|1]

--words     html/ and, by the same names, the text that a person has marked in reference/: word F1, the mean over pages, by the alphabet
--segments  html/ and segments.json, {address: {file, with: [...], without: [...]}}: F1 of the texts that must, and must not, be in the result
--dates     html/ and dates.json, {address: {file, date}}: share of the pages whose day is right
--half      only the pages whose name has an even (0) or odd (1) digest: rules are made on one half and checked on the other

trafilatura and htmldate are measured beside, in the same run, where they are installed (`pip install trafilatura`). Text is the article's:
blocks of junk are left out; pages of a language without a folder are read with the rules for English. Times are CPU seconds of this process.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import html
import importlib.util
import json
import pathlib
import re
import sys
import time
from collections.abc import Callable

from onrecord.records import ARTICLE_ROLES, Article, Page, Skipped
from onrecord.sources.encoding import decode
from onrecord.stages.clean import clean

WORD = re.compile(r"\w+")
HIDDEN = re.compile(r"<(script|style).*?</\1>", re.S)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
Outcome = tuple[str, str | None, str]  # text, day, reason for being skipped
Read = Callable[[str, str | None], Outcome]


def ours(source: str, url: str | None) -> Outcome:
    """The article as it is cleaned in the first pass."""
    page = Page("page.html", source, url=url, media="html")
    found = clean(page, language=None, max_chars=10**8)
    if isinstance(found, Skipped) and found.reason == "unknown-language":
        found = clean(page, language="en", max_chars=10**8)
    if isinstance(found, Skipped):
        return "", None, found.reason
    assert isinstance(found, Article)
    text = "\n".join(found.text[block.start : block.end] for block in found.blocks if block.role in ARTICLE_ROLES)
    return text, found.published[:10] if found.published else None, ""


def trafilatura_text(source: str, url: str | None) -> Outcome:
    """The main text by trafilatura as it is installed, without readers' comments."""
    import trafilatura

    return trafilatura.extract(source, include_comments=False) or "", None, ""


def htmldate_day(source: str, url: str | None) -> Outcome:
    """The day of publication by htmldate as it is installed."""
    import htmldate

    return "", htmldate.find_date(source, url=url, original_date=True), ""


def readers(*names: str) -> dict[str, Read]:
    """Ours, and those of the libraries that are installed."""
    known = {"trafilatura": trafilatura_text, "htmldate": htmldate_day}
    for name in names:
        if importlib.util.find_spec(name) is None:
            print(f"({name} is not installed: not measured)", file=sys.stderr)
    return {"onrecord": ours} | {name: known[name] for name in names if importlib.util.find_spec(name) is not None}


def source_of(path: pathlib.Path) -> str:
    text = decode(path.read_bytes())
    return text if isinstance(text, str) else path.read_bytes().decode("utf-8", "replace")


def chosen(name: str, half: int | None) -> bool:
    return half is None or hashlib.md5(name.encode()).digest()[0] % 2 == half


def read_all(read: Read, paths: dict[pathlib.Path, str | None]) -> tuple[dict[str, Outcome], float]:
    """What is read of each page by its name, and the seconds that it took."""
    sources = {path: source_of(path) for path in paths}
    started = time.process_time()
    found = {path.name: read(source, paths[path]) for path, source in sources.items()}
    return found, time.process_time() - started


def words_of(text: str) -> collections.Counter[str]:
    return collections.Counter(WORD.findall(INVISIBLE.sub("", text).lower()))


def word_f1(found: str, gold: str) -> float:
    one, other = words_of(found), words_of(gold)
    hit = (one & other).total()
    return 2 * hit / (one.total() + other.total()) if hit else 0.0


def measure_words(folder: pathlib.Path, half: int | None) -> None:
    paths = {path: None for path in sorted((folder / "html").iterdir()) if chosen(path.name, half)}
    gold = {path.name: html.unescape(re.sub(r"<[^>]+>", " ", HIDDEN.sub(" ", source_of(folder / "reference" / path.name)))) for path in paths}
    for name, read in readers("trafilatura").items():
        found, seconds = read_all(read, paths)
        rows: dict[str, list[float]] = {}
        for page, text in gold.items():
            alphabet = "Cyrillic" if len(re.findall("[а-я]", text)) > 0.3 * len(text) else "Latin"
            rows.setdefault(alphabet, []).append(word_f1(found[page][0], text))
        shown = ", ".join(f"{alphabet} {sum(row) / len(row):.4f} ({len(row)})" for alphabet, row in sorted(rows.items()))
        report(f"words     {name:12} F1 {shown}", found, seconds)


def measure_segments(folder: pathlib.Path, half: int | None) -> None:
    gold = [entry for entry in json.loads((folder / "segments.json").read_text()).values() if chosen(entry["file"], half)]
    paths = dict.fromkeys(folder / "html" / entry["file"] for entry in gold)
    for name, read in readers("trafilatura").items():
        found, seconds = read_all(read, paths)
        hit = missed = wrong = 0
        for entry in gold:
            text = normal(found[entry["file"]][0])
            inside = sum(normal(words) in text for words in entry["with"])
            hit, missed, wrong = hit + inside, missed + len(entry["with"]) - inside, wrong + sum(normal(words) in text for words in entry["without"])
        shown = f"P {hit / (hit + wrong):.4f} R {hit / (hit + missed):.4f} F1 {2 * hit / (2 * hit + missed + wrong):.4f}"
        report(f"segments  {name:12} {shown} ({len(gold)})", found, seconds)


def normal(text: str) -> str:
    return " ".join(INVISIBLE.sub("", text).split())


def measure_dates(folder: pathlib.Path, half: int | None) -> None:
    gold = {url: entry for url, entry in json.loads((folder / "dates.json").read_text()).items() if chosen(entry["file"], half)}
    paths: dict[pathlib.Path, str | None] = {folder / "html" / entry["file"]: url for url, entry in gold.items()}
    for name, read in readers("htmldate").items():
        found, seconds = read_all(read, paths)
        right = sum(found[entry["file"]][1] == entry["date"] for entry in gold.values())
        report(f"dates     {name:12} day {right / len(gold):.4f} ({right} of {len(gold)})", found, seconds)


def report(line: str, found: dict[str, Outcome], seconds: float) -> None:
    skipped = collections.Counter(reason for _, _, reason in found.values() if reason)
    print(line, f"  {len(found) / seconds:.0f} pages a second", f"  skipped: {dict(skipped)}" if skipped else "", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("words", "segments", "dates"):
        parser.add_argument(f"--{name}", type=pathlib.Path, metavar="FOLDER")
    parser.add_argument("--half", type=int, choices=(0, 1))
    asked = parser.parse_args()
    for name, measure in (("words", measure_words), ("segments", measure_segments), ("dates", measure_dates)):
        if (folder := getattr(asked, name)) is not None:
            measure(folder, asked.half)


if __name__ == "__main__":
    main()
