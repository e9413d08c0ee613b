"""Pages a second of the first pass on one core, and what importing costs: `python benchmarks/speed.py [FILE…] [--seconds N]`.

Speeds differ from machine to machine, so every figure comes with its ratio to a plain baseline of the same run, one regular
expression over quotation marks, which finds a fifth of what is said and nobody who says it; and with what a plain loop takes. Times are those of
the processor, so that others who use the machine disturb them little.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

PAGE_CHARS = 2_000  # what is counted as one page
QUOTED = re.compile(r"[«„“\"]([^«»„“”\"]{10,})[»“”\"]")
HELP = "import sys; sys.argv[1:] = ['--help']; from onrecord.cli import main; main()"
HERE = pathlib.Path(__file__).parent


def pages_a_second(read: Callable[[str], object], texts: list[str], seconds: float) -> float:
    """Pages of PAGE_CHARS that `read` gets through in a second of a core, over as many rounds as fit; the median of the rounds."""
    chars = sum(map(len, texts))
    rates: list[float] = []
    end = time.perf_counter() + seconds
    while not rates or time.perf_counter() < end:
        start = time.process_time()
        for text in texts:
            read(text)
        rates.append(chars / PAGE_CHARS / max(1e-9, time.process_time() - start))
    return statistics.median(rates)


def import_seconds(code: str) -> float:
    """How long a new process takes for `code` beyond what an empty one takes; the best of five, since others use the machine."""

    def once(code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    return max(0.0, min(once(code) for _ in range(5)) - min(once("pass") for _ in range(5)))


def loop_seconds() -> float:
    """What this machine takes for ten million steps of a plain loop, the best of three: what the other figures are scaled by from machine to machine."""

    def once() -> float:
        start, total = time.process_time(), 0
        for i in range(10_000_000):
            total += i * i % 7
        return time.process_time() - start

    return min(once() for _ in range(3))


def memory_megabytes() -> float:
    """The most memory that this process has taken so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kilobytes on Linux


def marked_pages() -> list[str]:
    """The texts of the corpus that are held apart from training, in eight languages: speech as dense as in news."""
    from onrecord.knowledge.marks import read_article

    paths = sorted((HERE.parent / "corpus").glob("??/*0-*.txt"))
    return [read_article(path.read_text(encoding="utf-8"), where=path.name).marked.text for path in paths]


def report(label: str, texts: list[str], seconds: float) -> None:
    """Print how fast pages are read, by each reader, and how fast their names alone."""
    from onrecord import Page, Settings, read_page
    from onrecord.knowledge import schema
    from onrecord.records import Skipped
    from onrecord.stages.clean import clean
    from onrecord.stages.recognise import recognise
    from onrecord.stages.segment import segment
    from onrecord.tokens import split_words

    thorough = Settings(reader="thorough")

    def names(text: str) -> object:
        article = clean(Page("page", text), language=None, max_chars=thorough.max_chars)
        if isinstance(article, Skipped):
            return article
        language = schema.load(article.language)
        return recognise(article, segment(article, language), split_words(article.text), language)

    for text in texts:
        read_page(Page("warm", text))  # language folders are opened once a process
    baseline = pages_a_second(lambda text: QUOTED.findall(text), texts, min(seconds, 1.0))
    speed = pages_a_second(lambda text: read_page(Page("page", text)), texts, seconds)
    alone = pages_a_second(names, texts, seconds)
    memory = memory_megabytes()
    read_page(Page("warm", texts[0]), thorough)  # the encoder is opened once a process too
    slow = pages_a_second(lambda text: read_page(Page("page", text), thorough), texts, seconds)
    print(f"{label}: {len(texts)} pages, {sum(map(len, texts)):,} characters; one page is {PAGE_CHARS:,} characters")
    print(f"  read_page     {speed:10,.0f} pages a second a core   1 / {baseline / speed:,.0f} of the baseline; at most {memory:,.0f} MB so far")
    print(f"  thoroughly    {slow:10,.1f} pages a second a core   1 / {speed / slow:,.0f} of the fast reader; at most {memory_megabytes():,.0f} MB so far")
    print(f"  names alone   {alone:10,.0f} pages a second a core   by the rules")
    print(f"  baseline      {baseline:10,.0f} pages a second a core   a regular expression over quotation marks")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*", type=pathlib.Path, help="pages to read (default: examples/ and the part of corpus/ that is held apart)")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long to measure each (default 5)")
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    print(f"ten million steps of a plain loop: {loop_seconds():.2f} s")
    if arguments.files:
        report("pages", [path.read_text(encoding="utf-8") for path in arguments.files], arguments.seconds)
    else:
        examples = sorted((HERE.parent / "examples").glob("*.txt"))
        report("examples", [path.read_text(encoding="utf-8") for path in examples], arguments.seconds)
        report("corpus", marked_pages(), arguments.seconds)
    print(f"import onrecord {import_seconds('import onrecord'):10.3f} s")
    print(f"onrecord --help {import_seconds(HELP):10.3f} s")


if __name__ == "__main__":
    main()
