"""From a page as crawled to an article: what is article and what is junk, and what the page says about itself.

Plain text is kept as it is, so that every offset is one of the page. HTML becomes the text of its article, with the place of every
character in the source; the rules for plain text then see what markup has left.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Callable, Iterator, Mapping

import msgspec

from onrecord.knowledge import schema
from onrecord.knowledge.outlets import Publisher, label, line_key, publishers, zoned
from onrecord.records import ARTICLE_ROLES, Article, Block, BlockRole, Page, Skipped, SkipReason, Span, digest
from onrecord.stages.blocks import lay_out
from onrecord.stages.dates import folded
from onrecord.stages.detect import detect, folders
from onrecord.stages.markup.document import document
from onrecord.stages.markup.kinds import Refused

CONTROL_SHARE = 0.02  # of the first characters: text has tabs and newlines, binary has everything
CONTROL_SAMPLE = 4096
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
LEAST_LETTERS = 12  # an article has at least a few words


def clean(page: Page, *, language: str | None, max_chars: int, repeated: tuple[str, ...] = ()) -> Article | Skipped:
    """The article of a page, or why there is none.

    `repeated`: keys of lines that whole outlets repeat, which are junk on their pages. `language` reads the page as that language instead
    of what its source says or what is detected. Skipped reasons: too-large, empty, binary, unknown-language (the detail is the code that
    was detected), no-article; of HTML also list, video, paywall, consent, error-page.
    """
    if (reason := _no_text(page.text, max_chars)) is not None:
        return Skipped(page.source, "clean", *reason)
    if page.media == "html":
        return _of_html(page, language or page.language, repeated)
    code = language or page.language or detect(page.text)
    return _article(page, page.text, code, {}, repeated)


def _no_text(text: str, max_chars: int) -> tuple[SkipReason, str] | None:
    """Why a page cannot be read at all."""
    if len(text) > max_chars:
        return "too-large", f"{len(text)} characters, at most {max_chars} are read"
    if not text.strip(" \t\r\n\f\v\xa0\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"):
        return "empty", ""
    return ("binary", "") if _is_binary(text) else None


def _of_html(page: Page, language: str | None, repeated: tuple[str, ...]) -> Article | Skipped:
    """The article of an HTML page: what its source tells stands above what markup says, that above what the text says."""
    found = document(page.text, url=page.url, language=language)
    if isinstance(found, Refused):
        return Skipped(page.source, "clean", found.reason, found.detail)
    url = page.url or found.url
    told = msgspec.structs.replace(
        page,
        url=url,
        title=page.title or found.title,
        published=finer(page.published, found.published),
        outlet=page.outlet or (None if publishers().at(url) else found.outlet),
    )
    article = _article(told, found.text, found.language, found.roles, repeated)
    if isinstance(article, Skipped):
        return article
    return msgspec.structs.replace(
        article,
        updated=found.updated,
        authors=found.authors,
        section=found.section,
        reasons=found.reasons,
        alignment=found.alignment,
        origin=found.alignment.stretches(page.text),
    )


def _article(page: Page, text: str, code: str, given: Mapping[int, BlockRole], repeated: tuple[str, ...]) -> Article | Skipped:
    """The article in a text whose language is known, by the rules for plain text; `given` are roles that markup shows."""
    if code not in folders():
        if code == "und" and sum(map(str.isalpha, text[:CONTROL_SAMPLE])) < LEAST_LETTERS:
            return Skipped(page.source, "clean", "no-article")
        return Skipped(page.source, "clean", "unknown-language", code)
    layout = lay_out(text, code, _is_repeated(page, repeated), given)
    own = [block for block in layout.blocks if block.role in ARTICLE_ROLES]
    if not _has_letters(text, own):
        return Skipped(page.source, "clean", "no-article", f"{len(layout.blocks)} blocks, none of them article text")
    site, credited = _credits(text, layout.blocks, code)
    publisher = _publisher(page, site, text, layout.blocks)
    return Article(
        id=digest(page.source, text),
        source=page.source,
        text=text,
        language=code,
        blocks=layout.blocks,
        url=page.url,
        title=page.title or (text[slice(*layout.title)] if layout.title else None),
        published=zoned(finer(page.published, layout.published), publisher),
        outlet=page.outlet or (publisher.name if publisher else site),
        via=tuple(dict.fromkeys((*_passed_on(text, layout.low, own, code), *credited))),
    )


def _is_repeated(page: Page, repeated: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether the page's outlet repeats a line on many pages; never where the page does not tell its outlet before it is read."""
    known = publishers().called(page.outlet) if page.outlet else publishers().at(page.url) or publishers().at(page.source)
    outlet = label(page.outlet or (known.name if known else None), page.url, page.source)
    if not repeated or outlet == page.source:
        return lambda line: False
    keys = _keys(repeated)
    return lambda line: line_key(outlet, line) in keys


@functools.lru_cache(maxsize=2)
def _keys(repeated: tuple[str, ...]) -> frozenset[str]:
    return frozenset(repeated)


def _publisher(page: Page, site: str | None, text: str, blocks: tuple[Block, ...]) -> Publisher | None:
    """The outlet that has a file: by what the source tells, the address, the folder, a credit line, a line with the date or the author."""
    known = publishers()
    if page.outlet:
        return known.called(page.outlet)
    found = known.at(page.url) or known.at(page.source) or (known.called(site) if site else None)
    lines = (text[block.start : block.end] for block in blocks if block.role in ("date", "byline"))
    return found or next((named for line in lines for part in re.split(r"[,|/–—]", line) if (named := known.called(part))), None)


def finer(told: str | None, found: str | None) -> str | None:
    """The time that the source tells, in the precision of the page where that is the same time more precisely."""
    return found if told is None or (found is not None and found.startswith(told)) else told


def _has_letters(text: str, blocks: list[Block]) -> bool:
    """Whether the blocks hold at least a few words."""
    letters = 0
    for block in blocks:
        letters += sum(map(str.isalpha, text[block.start : min(block.end, block.start + 4 * LEAST_LETTERS)]))
        if letters >= LEAST_LETTERS:
            return True
    return False


def _is_binary(text: str) -> bool:
    sample = text[:CONTROL_SAMPLE]
    return sample.count("\x00") > len(sample) * 0.001 or len(CONTROL.findall(sample)) > CONTROL_SHARE * len(sample)


NAME = re.compile(
    r"[«„“\"'‘]+(?P<quoted>[^\s«»„“”\",]+(?:\s[^\s«»„“”\",]+){0,2})[»”“\"']"
    r"|(?P<bare>[A-ZА-ЯІЇЄҐ][\w&'’-]*(?:\.[a-zа-я]{2,8}\b)?(?:\s[A-ZА-ЯІЇЄҐ][\w&'’-]*){0,3})"
)
BRACKETED = re.compile(r"[(/]([^()/\n]{2,24})(?=[)/])")
SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,8}", re.I)


@functools.cache
def _passing(code: str) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """Words that show somebody passing on, and the expression that passes over them and what kind of outlet it is."""
    outlets = schema.writing(code).outlets
    words = tuple(folded(word) for word in (*outlets.passing, *outlets.interview))
    cues = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"
    kinds = "|".join(re.escape(folded(word)) for word in sorted(outlets.kinds, key=len, reverse=True)) or r"(?!)"
    return words, re.compile(rf"(?<!\w)(?:{cues})\s+(?:(?:{kinds})\s+){{0,3}}")


def _passed_on(text: str, low: str, own: list[Block], code: str) -> tuple[str, ...]:
    """Agencies and outlets that the article says pass its news on: after a verb of passing on, or alone in brackets.

    A name counts when it is a known agency, stands in quotation marks or looks like a site; others are too often people.
    """
    outlets = schema.writing(code).outlets
    found: list[str] = []
    for at, end in _passing_ends(low, own, code):
        match = NAME.match(text, at, end)
        if match is None:
            continue
        name = match["quoted"] or match["bare"]
        known = _known(name, outlets)
        if known or (match["quoted"] and not match["quoted"][0].islower()) or SITE.fullmatch(name) or (name.isascii() and _is_foreign_to(code)):
            found.append(known or name.strip(" .,'"))
    found += [outlets.agencies[form] for form in BRACKETED.findall(text) if form in outlets.agencies]
    return tuple(dict.fromkeys(found))


def _passing_ends(low: str, own: list[Block], code: str) -> Iterator[Span]:
    """Where the words end that show somebody passing on, and the block in which they stand."""
    words, expression = _passing(code)
    places = sorted({at for word in words for at in _places(low, word)})
    for block in own:
        after = block.start
        for at in places[bisect.bisect_left(places, block.start) : bisect.bisect_left(places, block.end)]:
            if at >= after and (cue := expression.match(low, at, block.end)) is not None:
                after = cue.end()
                yield after, block.end


def _places(low: str, word: str) -> Iterator[int]:
    """Where a word stands in the text."""
    at = low.find(word)
    while at >= 0:
        yield at
        at = low.find(word, at + 1)


def _is_foreign_to(code: str) -> bool:
    """Whether a name in Latin letters stands out in the language: in Cyrillic text it is an outlet, a firm, hardly a person."""
    return schema.writing(code).orthography.script == "cyrillic"


def _known(name: str, outlets: schema.Outlets) -> str | None:
    """The name of a known agency whose form stands at the head of these words."""
    words = name.rstrip(".,").split(" ")
    for count in range(len(words), 0, -1):
        if (known := outlets.agencies.get(" ".join(words[:count]))) is not None:
            return known
    return None


def _credits(text: str, blocks: tuple[Block, ...], code: str) -> tuple[str | None, tuple[str, ...]]:
    """The outlet and the agencies of credit lines: "Джерело: site.example (Політика)", "Source: Reuters; Example News"."""
    outlets = schema.writing(code).outlets
    labels = tuple(folded(label) for label in outlets.credits)
    outlet: str | None = None
    via: list[str] = []
    for block in blocks:
        if block.role != "credit":
            continue
        line = text[block.start : block.end]
        if not folded(line).startswith(labels):
            continue
        names = [part.strip(" .'\"«»„“”()") for part in re.split(r"[;,]|\s\(", re.split(r"\s\w+:", line.partition(":")[2])[0])]
        names = [name for name in names if 2 <= len(name) <= 40][:3]
        if len(names) >= 1 and SITE.fullmatch(names[0]) and ";" not in line:
            outlet = outlet or names[0]
        else:
            via += [_known(name, outlets) or name for name in names]
    return outlet, tuple(via)
