"""Pages a second of the first pass on one core, and what importing costs: `python benchmarks/speed.py [FILE…] [--seconds N]`.

Speeds differ from machine to machine, so every figure comes with its ratio to a plain baseline of the same run: one regular
expression over quotation marks, which finds a fifth of what is said and nobody who says it.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import re
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
    """Pages of PAGE_CHARS that `read` gets through in a second, over as many rounds as fit; the median of the rounds."""
    chars = sum(map(len, texts))
    rates = []
    end = time.perf_counter() + seconds
    while not rates or time.perf_counter() < end:
        start = time.perf_counter()
        for text in texts:
            read(text)
        rates.append(chars / PAGE_CHARS / (time.perf_counter() - start))
    return statistics.median(rates)


def import_seconds(code: str) -> float:
    """How long a new process takes for `code` beyond what an empty one takes; the best of five, since others use the machine."""

    def once(code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    return max(0.0, min(once(code) for _ in range(5)) - min(once("pass") for _ in range(5)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*", type=pathlib.Path, help="pages to read (default: examples/)")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long to measure each (default 5)")
    arguments = parser.parse_args()
    files = arguments.files or sorted((HERE.parent / "examples").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in files]
    if not texts:
        sys.exit("no pages to read: name some")
    os.environ.setdefault("OMP_NUM_THREADS", "1")

    from onrecord import Page, Settings, read_page

    thorough = Settings(reader="thorough")

    for text in texts:
        read_page(Page("warm", text))  # language folders are opened once a process
    read_page(Page("warm", texts[0]), thorough)  # and so is the encoder
    baseline = pages_a_second(lambda text: QUOTED.findall(text), texts, min(arguments.seconds, 1.0))
    speed = pages_a_second(lambda text: read_page(Page("page", text)), texts, arguments.seconds)
    slow = pages_a_second(lambda text: read_page(Page("page", text), thorough), texts, arguments.seconds)
    print(f"{len(texts)} pages, {sum(map(len, texts)):,} characters; one page is {PAGE_CHARS:,} characters")
    print(f"read_page       {speed:10,.0f} pages a second a core   1 / {baseline / speed:,.0f} of the baseline")
    print(f"  thoroughly    {slow:10,.1f} pages a second a core   1 / {speed / slow:,.0f} of the fast reader")
    print(f"baseline        {baseline:10,.0f} pages a second a core   a regular expression over quotation marks")
    print(f"import onrecord {import_seconds('import onrecord'):10.3f} s")
    print(f"onrecord --help {import_seconds(HELP):10.3f} s")


if __name__ == "__main__":
    main()
