"""Check the marked articles: `python corpus/check.py [FILE…]`; every finding names file and place, exit 1 if there is an error.

Errors: marks that do not parse, a speaker without a mention, content with marks or blanks at its edges, a statement in the
body without a cue (unless its line is a thesis or a reply), a text too short or too like another. Warnings: names in the
body that no mention covers.
"""

from __future__ import annotations

import collections
import pathlib
import re
import sys

from onrecord.errors import MarksError
from onrecord.knowledge.marks import MarkedArticle, mention_of, read_article

HERE = pathlib.Path(__file__).parent
LANGUAGES = frozenset({"uk", "bg", "en", "ru", "pl", "de", "fr", "es"})
GENRES = frozenset({"agency", "paper", "tabloid", "release", "interview", "live", "theses", "brief", "analysis", "social"})
TOPICS = frozenset(
    {"politics", "courts", "health", "sport", "business", "culture", "defence", "science", "accidents", "local", "environment", "education"}
)
ROLES = frozenset(
    [
        "headline",
        "lead",
        "body",
        "subhead",
        "list",
        "quote",
        "caption",
        "date",
        "byline",
        "credit",
        "duplicate",
        "teaser",
        "ad",
        "subscribe",
        "navigation",
        "comment",
        "footer",
    ]
)
JUNK_ROLES = frozenset(["caption", "date", "byline", "credit", "duplicate", "teaser", "ad", "subscribe", "navigation", "comment", "footer"])
FEWEST_WORDS = 60
LIKE_SHARE = 0.2  # share of an article's 8-word runs that may stand in another one
EDGES = " \t\n,;«»„“”"
NAME = re.compile(r"(?<![.!?…:«„“”\"\n–—-] )(?<!^)\b[^\W\d_a-zа-яёіїєґąćęłńóśźżäöüßàâçéèêëîïôûùüÿñáíóú][\w'’-]+", re.M)


def check_article(article: MarkedArticle, where: str) -> tuple[list[str], list[str]]:
    """What is wrong, and what a person should look at."""
    errors, warnings = [], []
    marked, header = article.marked, article.header
    for key, allowed in (("language", LANGUAGES), ("genre", GENRES), ("topic", TOPICS)):
        if header.get(key) not in allowed:
            errors.append(f"{where}: header {key}: {header.get(key)!r} is not one of {' '.join(sorted(allowed))}")
    if unknown := header.keys() - {"language", "genre", "topic", "published", "outlet", "title", "via", "story"}:
        errors.append(f"{where}: unknown header keys {sorted(unknown)}")
    if unknown := {b.role for b in article.blocks} - ROLES:
        errors.append(f"{where}: unknown block roles {sorted(unknown)}")
    if len(re.findall(r"\w+", marked.text)) < FEWEST_WORDS:
        errors.append(f"{where}: fewer than {FEWEST_WORDS} words")
    numbers = {s.number for s in marked.statements}
    if missing := article.notes.keys() - numbers:
        errors.append(f"{where}: notes on statements that do not exist: {sorted(missing)}")
    for number, note in article.notes.items():
        for key in ("place", "occasion", "to"):
            if key in note and note[key] not in marked.text:
                errors.append(f"{where}: statement {number}: {key} {note[key]!r} is not in the text")
        if "said" in note and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", note["said"]):
            errors.append(f"{where}: statement {number}: said is YYYY-MM-DD, not {note['said']!r}")
    for statement in marked.statements:
        errors += _check_statement(article, statement, where)
    unused = article.entities.keys() - {m.entity for m in marked.mentions}
    if unused:
        errors.append(f"{where}: declared but never mentioned: {sorted(unused)}")
    for block in article.blocks:
        if block.role in JUNK_ROLES | {"headline"}:
            continue
        for match in NAME.finditer(marked.text, block.start, block.end):
            if not any(m.span[0] <= match.start() < m.span[1] for m in marked.mentions) and header.get("language") != "de":
                warnings.append(f"{where}: no mention covers {match[0]!r}")
    return errors, warnings


def _check_statement(article: MarkedArticle, statement, where: str) -> list[str]:
    marked, errors = article.marked, []
    at = f"{where}: statement {statement.number}"
    for a, b in statement.content:
        words = marked.text[a:b]
        if words.strip(EDGES) != words and not (words[0] in '«„“"' or words[-1] in '»“”"'):
            errors.append(f"{at}: blanks or commas at the edge of {words[:30]!r}…{words[-20:]!r}")
        if words.endswith(".") and not re.search(r"\b\w{1,5}\.$|\.\.\.$", words) and statement.kind != "direct":
            errors.append(f"{at}: the closing full stop belongs outside {words[-30:]!r}")
    if statement.speaker != "unknown" and mention_of(marked, statement) is None:
        errors.append(f"{at}: its speaker {statement.speaker!r} is never mentioned")
    block = next((b for b in article.blocks if b.start <= statement.content[0][0] < b.end), None)
    if block is None or block.role in JUNK_ROLES:
        errors.append(f"{at}: stands in junk")
    elif statement.cue is None and block.role not in ("headline", "list", "quote", "subhead") and statement.kind == "indirect":
        errors.append(f"{at}: no cue marked")
    if statement.cue and any(a < statement.cue[1] and statement.cue[0] < b for a, b in statement.content):
        errors.append(f"{at}: the cue stands inside its content (split the content in two spans)")
    return errors


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    """Every run of `length` words, to tell copies."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def main(paths: list[str]) -> int:
    files = [pathlib.Path(p) for p in paths] or sorted(HERE.glob("*/*.txt"))
    errors: list[str] = []
    warnings: list[str] = []
    seen: dict[tuple[str, ...], str] = {}
    count: collections.Counter[str] = collections.Counter()
    for path in files:
        where = f"{path.parent.name}/{path.name}"
        try:
            article = read_article(path.read_text(encoding="utf-8"), where=where)
        except MarksError as error:
            errors.append(str(error))
            continue
        found, noted = check_article(article, where)
        errors += found
        warnings += noted
        mine = runs(article.marked.text)
        if mine and (copies := [seen[r] for r in mine if r in seen]) and len(copies) > LIKE_SHARE * len(mine):
            errors.append(f"{where}: too like {collections.Counter(copies).most_common(1)[0][0]}")
        seen.update(dict.fromkeys(mine, where))
        count[f"{article.header.get('language')} articles"] += 1
        count[f"{article.header.get('language')} statements"] += len(article.marked.statements)
        for statement in article.marked.statements:
            count[f"{article.header.get('language')} {statement.kind}"] += 1
    for line in warnings:
        print("look: ", line)
    for line in errors:
        print("ERROR:", line)
    print("; ".join(f"{v} {k}" for k, v in sorted(count.items())), f"; {len(errors)} errors, {len(warnings)} to look at")
    return bool(errors)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
