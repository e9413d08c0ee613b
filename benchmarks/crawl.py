"""How fast a crawl is put on record, in how much memory: `python benchmarks/crawl.py [--pages N] [--kills K] [--later] [--keep FOLDER]`.

A synthetic crawl is made of the corpus: each page has paragraphs of three articles of one language in another order, other surnames, and
around them what a news page has around its article. It is added by `onrecord add --fast --jobs 1` as a process of its own, which is
killed K times on the way, after a number of articles that chance says; printed are pages a second of the last run, by the clock and by the
seconds that the processor worked for it (what a machine that others use tells), the highest resident memory, and whether every page is on
record once. `--later` reads first (`add --later`) and links afterwards (`link`, killed as often), each with its own figures.
"""

from __future__ import annotations

import argparse
import html
import io
import json
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.knowledge.marks import MarkedArticle, read_article

HERE = pathlib.Path(__file__).parent
CORPUS = HERE.parent / "corpus"
ARTICLES = 3  # of which the paragraphs of one page come
PARAGRAPHS = 9  # of a page, about 2,000 characters
LINKS = 60  # in the navigation and beside the article
SYLLABLES = {
    "cyrillic": ("Ба", "Ве", "Го", "Ді", "За", "Ку", "Ле", "Ма", "Ні", "По", "Ра", "Со", "Ти", "Фе", "Ха", "Чу", "Ша", "Во", "Ге", "Ду"),
    "latin": ("Ba", "Ve", "Go", "Di", "Za", "Ku", "Le", "Ma", "Ni", "Po", "Ra", "So", "Ti", "Fe", "Ha", "Lu"),
}
SCRIPT = "window.settings = " + json.dumps({"sections": [f"section-{n}" for n in range(300)], "flags": {f"flag{n}": n % 2 == 0 for n in range(300)}}) + ";"


def renamed(article: MarkedArticle, chance: random.Random) -> str:
    """The text of an article whose people have other surnames, in every form alike."""
    text, found = article.marked.text, {}
    for mention in article.marked.mentions:
        entity = article.entities.get(mention.entity)
        if entity is None or entity.type != "per":
            continue
        surname = entity.names[0].split()[-1]
        new = found.setdefault(entity.id, chance.choice(SYLLABLES["cyrillic" if surname[0] > "\u0400" else "latin"]))
        start, end = mention.span
        words = [new + word[2:] if word[:2] == surname[:2] else word for word in text[start:end].split(" ")]
        text = text[:start] + " ".join(words) + text[end:]
    return text


def page(number: int, articles: list[MarkedArticle], chance: random.Random) -> tuple[str, bytes]:
    """Address and HTML of a page."""
    chosen = chance.sample(articles, min(ARTICLES, len(articles)))
    texts = {id(article): renamed(article, chance) for article in chosen}
    body = [
        texts[id(article)][block.start : block.end]
        for article in chosen for block in article.blocks if block.role in ("body", "lead")
    ]  # fmt: skip
    head = next((texts[id(chosen[0])][b.start : b.end] for b in chosen[0].blocks if b.role == "headline"), body[0][:60])
    chance.shuffle(body)
    day, outlet = f"2031-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}", f"outlet{number % 40}.example"
    links = "".join(f'<li><a href="/news/{chance.randint(1, 10**6)}">{html.escape(chance.choice(body)[:70])}</a></li>' for _ in range(LINKS))
    told = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": head, "datePublished": f"{day}T10:15:00+03:00"})
    paragraphs = "\n".join(f"<p>{html.escape(text)}</p>" for text in body[:PARAGRAPHS])
    return f"https://{outlet}/{day}/{number}", (
        f'<!DOCTYPE html><html lang="{chosen[0].header["language"]}"><head><meta charset="utf-8"><title>{html.escape(head)} | {outlet}</title>'
        f'<meta property="og:title" content="{html.escape(head)}"><meta property="og:site_name" content="{outlet}">'
        f'<script type="application/ld+json">{told}</script><script>{SCRIPT}</script></head><body><header><nav><ul>{links}</ul></nav></header>'
        f"<main><article><h1>{html.escape(head)}</h1><time datetime=\"{day}T10:15:00+03:00\">{day}</time>\n{paragraphs}\n</article>"
        f"<aside><ul>{links}</ul></aside></main><footer><p>© {outlet} 2031</p></footer></body></html>"
    ).encode()


def make(path: pathlib.Path, pages: int, seed: int = 1) -> None:
    """A crawl of so many pages, a compressed member a record."""
    chance = random.Random(seed)
    by_language: dict[str, list[MarkedArticle]] = {}
    for file in sorted(CORPUS.glob("*/*.txt")):
        article = read_article(file.read_text(encoding="utf-8"), where=str(file))
        by_language.setdefault(article.header["language"], []).append(article)
    languages = sorted(by_language)
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(pages):
            url, body = page(number, by_language[languages[number % len(languages)]], chance)
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            date = {"WARC-Date": "2031-12-31T00:00:00Z"}
            writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=headers, warc_headers_dict=date))


def count(database: pathlib.Path) -> tuple[int, int, int]:
    """Articles, different addresses and skipped pages in a store."""
    from sqlalchemy import text

    from onrecord import open_store

    with open_store(database) as store, store.reading() as connection:
        row = connection.execute(text("SELECT count(*), count(DISTINCT url), (SELECT count(*) FROM skipped) FROM articles")).one()
    return int(row[0]), int(row[1]), int(row[2])


def read(database: pathlib.Path) -> int:
    """How many pages have been read."""
    articles, _, skipped = count(database)
    return articles + skipped


def linked(database: pathlib.Path) -> int:
    """How many articles have been linked."""
    from onrecord import open_store
    from onrecord.store import groups

    with open_store(database) as store, store.reading() as connection:
        return count(database)[0] - len(groups.untold(connection))


def run(call: list[str], database: pathlib.Path, kills: int, chance: random.Random, done: Callable[[pathlib.Path], int]) -> None:
    """Run it, killed so many times on the way, to its end, and print how fast and in how much memory the last run came there."""
    for kill in range(kills):
        before = done(database) if database.exists() else 0
        most = before + chance.randint(100, 1000)
        with subprocess.Popen(call, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None and (not database.exists() or done(database) < most):
                time.sleep(chance.uniform(0, 2))
            process.send_signal(signal.SIGKILL)
        print(f"{call[3]} killed for the {kill + 1}. time: {before} pages before, {done(database)} after", flush=True)
    before, start, worked = done(database) if database.exists() else 0, time.perf_counter(), work_s()
    with subprocess.Popen(call, stderr=subprocess.DEVNULL) as process:
        highest = watch(process, database, done)
    seconds, worked, new = time.perf_counter() - start, work_s() - worked, done(database) - before
    print(f"{call[3]}: {new} pages in {seconds:.0f} s: {new / seconds:.1f} a second, {new / worked:.1f} of processor time; {highest:.0f} MB", flush=True)


def watch(process: subprocess.Popen[bytes], database: pathlib.Path, done: Callable[[pathlib.Path], int]) -> float:
    """Print how far a run has come, at every further 1,000 pages: seconds of the processor and resident memory, where Linux tells them; the highest of it."""
    said, folder, highest = 0, pathlib.Path(f"/proc/{process.pid}"), 0.0
    while process.poll() is None:
        time.sleep(5)
        now = done(database) // 1000 if database.exists() else 0
        status = (folder / "status").read_text().splitlines() if (folder / "status").exists() else []
        memory = {name: int(rest.split()[0]) / 1e3 for name, _, rest in (line.partition(":") for line in status) if name in ("VmRSS", "VmHWM")}
        highest = max(highest, memory.get("VmHWM", 0.0))
        if now > said and memory:
            said = now
            ticks = sum(map(int, (folder / "stat").read_text().rsplit(")", 1)[1].split()[11:13]))
            print(f"{1000 * said:6,} pages: {ticks / os.sysconf('SC_CLK_TCK'):.0f} s of the processor, {memory['VmRSS']:.0f} MB", flush=True)
    return highest or resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3


def work_s() -> float:
    """Seconds that the processor worked for the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Make, add, kill, add, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=3, help="how often the process is killed on the way (default 3)")
    parser.add_argument("--later", action="store_true", help="read first, and link afterwards")
    parser.add_argument("--keep", type=pathlib.Path, help="folder for the crawl and the store, which are then kept")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = arguments.keep or pathlib.Path(made)
        folder.mkdir(exist_ok=True)
        crawl, database = folder / f"crawl-{arguments.pages}.warc.gz", folder / "crawl.sqlite"
        if not crawl.exists():
            make(crawl, arguments.pages)
        print(f"{arguments.pages} pages, {crawl.stat().st_size / 1e6:.0f} MB")
        onrecord, fast = [sys.executable, "-m", "onrecord"], ["--fast", "--db", str(database)]
        add, chance = [*onrecord, "add", str(crawl), "--jobs", "1", *fast], random.Random(1)
        if arguments.later:
            run([*add, "--later"], database, arguments.kills, chance, read)
            run([*onrecord, "link", *fast], database, arguments.kills, chance, linked)
        else:
            run(add, database, arguments.kills, chance, read)
        articles, addresses, skipped = count(database)
        print(f"{articles} articles, {addresses} addresses, {skipped} skipped: {'complete' if articles + skipped == arguments.pages else 'PAGES ARE MISSING'}")
        start = time.perf_counter()
        subprocess.run(add, check=True, stderr=subprocess.DEVNULL)
        print(f"a second run, nothing new: {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
