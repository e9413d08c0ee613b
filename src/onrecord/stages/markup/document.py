"""An HTML page as a text with its places in the source, the roles that markup gives its lines, and what the page says about itself."""

from __future__ import annotations

import re

import msgspec

from onrecord.alignment import Alignment, Run
from onrecord.knowledge.outlets import publishers
from onrecord.records import BlockRole
from onrecord.stages.detect import detect
from onrecord.stages.markup import kinds
from onrecord.stages.markup.kinds import Refused
from onrecord.stages.markup.lines import UNSEEN, Lines, spelt
from onrecord.stages.markup.main import LINKED, Main, main
from onrecord.stages.markup.said import Head, head, texts
from onrecord.stages.markup.times import times
from onrecord.stages.markup.tree import parse

ADDRESS = re.compile(r"https?://[^/?#\s]+", re.I)
BETWEEN = "\n\n"  # lines of the text
SCRIPTLESS = UNSEEN - {"noscript", "template"}  # what pages show without scripts, where they show nothing with them
TITLE_PARTS = re.compile(r"\s+(?:[|»«·•]|::)\s+")  # a dash is as often one of the headline
HEADLINE_CHARS, HEADLINE_WORDS = 20, 3  # of a part of a title that may be the headline
SITE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,8}", re.I)
TLD = re.compile(r"(?:\.[a-z]{2,8}){1,2}$", re.I)
FIRM = re.compile(
    r"(?:^|[\s,])(?:sp\.?\s?z\s?o\.?\s?o|gmbh|ltd|llc|inc|plc|s\.a|s\.l|ооо|зао|оао|пао|тов|тзов|еоод|оод|gmbh & co\. kg|e\. ?v)\.?$", re.I
)  # what a firm's name ends in
PERSON = re.compile(r"[^\W\d_][\w'’.-]+(?:\s[^\W\d_][\w'’.-]*){1,3}")  # two to four words, all letters
LEAST_PROSE = 200  # characters of running text: below, what is for readers without scripts is looked at


class Document(msgspec.Struct, frozen=True):
    """What an HTML page holds: `roles` by the start of a line in the text; `reasons` say by field where what it says was found."""

    text: str
    alignment: Alignment
    roles: dict[int, BlockRole]
    language: str
    url: str | None
    title: str | None
    published: str | None
    updated: str | None
    authors: tuple[str, ...]
    outlet: str | None
    section: str | None
    reasons: dict[str, str]


def document(source: str, *, url: str | None, language: str | None) -> Document | Refused:
    """The article of an HTML page, or what kind of page it is instead. `language` is believed before what is detected."""
    tree = parse(source)
    about = head(tree)
    titles = _titles(about, url)
    lines = Lines(source, tree)
    found = main(lines, titles)
    if found.prose < LEAST_PROSE:
        other = Lines(source, tree, SCRIPTLESS)
        without = main(other, titles)
        lines, found = (other, without) if without.prose > found.prose else (lines, found)
    if (refused := kinds.refused(lines, found, about, url)) is not None:
        return refused
    for part in found.parts:
        lines.lines[part.line] = spelt(lines.lines[part.line])
    text, alignment, roles = _laid_out(lines, found)
    code = language or detect(text, otherwise=about.language[:2].lower() or None)
    address, why_address = _address(about, url)
    title, why_title = _title(lines, found, about)
    seen = times(lines, tree, about, url or address or "", code, found.headline, found.span, found.junk)
    outlet, why_outlet = _first(
        ("json-ld:publisher", texts(about.linked.article.get("publisher"))),
        ("meta:og:site_name", _plain(about.meta.get("og:site_name", ""))),
        ("meta:application-name", _plain(about.meta.get("application-name", ""))),
    )
    named = *outlet[:1], _site(url or address or "")
    authors, why_authors = _first(
        ("json-ld:author", _persons(texts(about.linked.article.get("author")), named)),
        ("meta:author", _persons(_plain(about.meta.get("author", "")), named)),
        ("meta:article:author", _persons(_plain(about.meta.get("article:author", "")), named)),
        ("microdata:author", _persons(_plain(about.items.get("author", "")), named)),
    )
    section, why_section = _first(
        ("json-ld:articleSection", texts(about.linked.article.get("articleSection"))),
        ("meta:article:section", _plain(about.meta.get("article:section", ""))),
    )
    reasons = {
        "url": why_address, "title": why_title, "authors": why_authors, "outlet": why_outlet, "section": why_section,
        "published": seen.published.rule if seen.published else "", "updated": seen.updated.rule if seen.updated else "",
    }  # fmt: skip
    return Document(
        text=text,
        alignment=alignment,
        roles=roles,
        language=code,
        url=address,
        title=title,
        published=seen.published.value if seen.published else None,
        updated=seen.updated.value if seen.updated else None,
        authors=authors,
        outlet=outlet[0] if outlet else None,
        section=section[0] if section else None,
        reasons={name: why for name, why in reasons.items() if why},
    )


def _titles(about: Head, url: str | None) -> tuple[str, ...]:
    """What the head calls the page, the likeliest first."""
    said = (*texts(about.linked.article.get("headline")), *(about.meta.get(name, "") for name in ("og:title", "twitter:title", "title")), about.title)
    said = *said, _bare(about.title, (about.meta.get("og:site_name", ""), _site(url or "")))
    return tuple(dict.fromkeys(title for title in said if title))


def _laid_out(lines: Lines, found: Main) -> tuple[str, Alignment, dict[int, BlockRole]]:
    """The lines of the article one under the other, each character with its place in the source."""
    texts_: list[str] = []
    runs: list[Run] = []
    roles: dict[int, BlockRole] = {}
    at = 0
    for part in found.parts:
        line = lines.lines[part.line]
        runs.extend((at + start, source, size, source_size) for start, source, size, source_size in line.runs)
        if part.role is not None:
            roles[at] = part.role
        texts_.append(line.text)
        at += len(line.text) + len(BETWEEN)
    return BETWEEN.join(texts_), Alignment(tuple(runs)), roles


def _address(about: Head, url: str | None) -> tuple[str | None, str]:
    """The address that the page gives for itself; only of the web, so that nobody is led elsewhere."""
    here = ADDRESS.match(url or "")
    for why, value in (("canonical", about.links.get("canonical", "")), ("og:url", about.meta.get("og:url", ""))):
        if value.startswith("//"):
            value = f"https:{value}"
        elif value.startswith("/") and here:
            value = here[0] + value
        if ADDRESS.match(value) and " " not in value:
            return value, why
    return url, "source" if url else ""


def _title(lines: Lines, found: Main, about: Head) -> tuple[str | None, str]:
    """The headline as readers see it, else as the head gives it."""
    if found.headline is not None and lines.lines[found.headline].linked <= LINKED:
        return lines.lines[found.headline].text, "headline"
    if headline := texts(about.linked.article.get("headline")):
        return headline[0], "json-ld:headline"
    if title := about.meta.get("og:title"):
        return title, "meta:og:title"
    return _bare(about.title, (about.meta.get("og:site_name", ""),)) or None, "title" if about.title else ""


def _bare(title: str, site: tuple[str, ...]) -> str:
    """A title without the name of its site: its first part that is no such name and long enough for a headline, the whole where none is."""
    parts = TITLE_PARTS.split(title)
    names = {_key(name) for name in site if name}
    long = [part for part in parts if (len(part) >= HEADLINE_CHARS or part.count(" ") >= HEADLINE_WORDS - 1) and _key(part) not in names]
    return long[0] if long and len(parts) > 1 else title


def _site(url: str) -> str:
    """The name of a site by its address: "post" of https://www.post.example/news."""
    host = ADDRESS.match(url)
    labels = host[0].lower().partition("://")[2].split(":")[0].removeprefix("www.").split(".") if host else [""]
    return labels[0]


def _persons(names: tuple[str, ...], site: tuple[str, ...]) -> tuple[str, ...]:
    """The authors among these names: no address, no firm, no outlet, and not the page's own where it is not called like a person."""
    own = {_key(TLD.sub("", name)) for name in site if name}

    def is_person(name: str) -> bool:
        alike = _key(TLD.sub("", name)) in own and not PERSON.fullmatch(name)
        return not (alike or SITE.fullmatch(name) or FIRM.search(name) or publishers().called(name))

    return tuple(name for name in names if is_person(name))


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _plain(value: str) -> tuple[str, ...]:
    """A name, or none where the value is an address of somebody's page."""
    value = " ".join(value.split())
    return (value,) if value and "://" not in value and len(value) <= 200 else ()


def _first(*offers: tuple[str, tuple[str, ...]]) -> tuple[tuple[str, ...], str]:
    """The first offer that holds something, and its reason."""
    return next(((value, why) for why, value in offers if value), ((), ""))
