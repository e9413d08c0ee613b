"""Pages that are no article: section fronts, players, what only subscribers read, questions for consent, error pages.

Each kind needs two signs, one of what the page says and one of how little it holds, so that an article is not lost for its words. What the
signs are in words stands in `knowledge/pages.toml`.
"""

from __future__ import annotations

import re

import msgspec

from onrecord.knowledge import markup
from onrecord.records import SkipReason
from onrecord.stages.markup.lines import Lines
from onrecord.stages.markup.main import LINKED, Main
from onrecord.stages.markup.said import ARTICLES, Head

FEWEST_CHARS = 40  # of running text in an article: a sentence
STUB_CHARS = 700  # of running text: the head of an article that only subscribers read is shorter
LOCKED_CHARS = 400  # the same where only the head of the page says so: articles that short are whole
CALL_CHARS = 200  # of a line that asks to subscribe
NOTICE_CHARS = 900  # a page that is only a notice is shorter
VIDEO_CHARS = 300
FRONT_CHARS = 350  # of running text outside teasers, on a section front
FRONT_LINKS = 15  # linked lines as long as headlines that a section front has at least
LINK_CHARS = 25
LISTS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "Blog"})
FRONT_ADDRESS = re.compile(r"https?://[^/?#]+/?(?:index\.\w+|home|news)?/?", re.I)


class Refused(msgspec.Struct, frozen=True):
    """What a page is instead of an article, and by which signs."""

    reason: SkipReason
    detail: str


def refused(lines: Lines, found: Main, about: Head, url: str | None) -> Refused | None:
    """What kind of page it is where it is no article."""
    title = " ".join((about.title, lines.lines[found.headline].text if found.headline is not None else "")).lower()
    words = markup.load().notices
    if found.prose < NOTICE_CHARS and (word := _among(title, words.error)):
        return Refused("error-page", f"the title says “{word}”, {found.prose:.0f} characters of text")
    head = " ".join(lines.lines[i].text for i in range(*found.span)[:40]).lower()
    is_article = any(kind in ARTICLES for kind in about.linked.kinds) or about.meta.get("og:type", "").lower() == "article"
    if found.prose < NOTICE_CHARS and not is_article and (word := _among(f"{title} {head}", words.consent)) and _is_all_notice(lines, words.consent):
        return Refused("consent", f"asks for consent (“{word}”) and says little else")
    if found.prose < STUB_CHARS and (why := _says_paywall(lines, words.paywall)):
        return Refused("paywall", f"{why}, {found.prose:.0f} characters of text")
    if found.prose < LOCKED_CHARS and (why := _is_locked(about)):
        return Refused("paywall", f"{why}, {found.prose:.0f} characters of text")
    is_video = about.meta.get("og:type", "").lower().startswith("video") or ("VideoObject" in about.linked.kinds and not is_article)
    if found.prose < VIDEO_CHARS and is_video:
        return Refused("video", f"a video with {found.prose:.0f} characters of text")
    front = _list(lines, found, about, url, is_article=is_article)
    if front is None and found.prose + found.teased < FEWEST_CHARS:
        return Refused("no-article", f"{found.prose:.0f} characters of running text")
    return front


def _list(lines: Lines, found: Main, about: Head, url: str | None, *, is_article: bool) -> Refused | None:
    """A section front: many headlines that are links, and hardly a paragraph that is none of their teasers."""
    if is_article:
        return None
    links = sum(line.linked > LINKED and len(line.text) >= LINK_CHARS for line in lines.lines)
    if links < FRONT_LINKS:
        return None
    said = next((kind for kind in about.linked.kinds if kind in LISTS), "")
    address = url or about.meta.get("og:url", "") or about.links.get("canonical", "")
    is_front = bool(address) and FRONT_ADDRESS.fullmatch(address) is not None
    if found.prose < FRONT_CHARS or ((said or is_front) and found.prose < 2 * FRONT_CHARS + found.teased / 2):
        return Refused("list", f"{links} linked headlines, {found.prose:.0f} characters of text{f', {said}' if said else ''}")
    return None


def _says_paywall(lines: Lines, words: tuple[str, ...]) -> str:
    """The words by which a line asks to subscribe for reading on."""
    found = (word for line in lines.lines if len(line.text) <= CALL_CHARS and (word := _among(line.text.lower(), words)))
    return next((f"says “{word}”" for word in found), "")


def _is_locked(about: Head) -> str:
    """What the head says of who may read the article."""
    free = about.linked.article.get("isAccessibleForFree")
    if free is False or (isinstance(free, str) and free.lower() == "false"):
        return "not accessible for free"
    tier = about.meta.get("article:content_tier", "").lower()
    return f"content tier {tier}" if tier in ("locked", "metered") else ""


def _among(text: str, words: tuple[str, ...]) -> str:
    return next((word for word in words if word in text), "")


def _is_all_notice(lines: Lines, words: tuple[str, ...]) -> bool:
    """Whether the page has hardly any paragraph that does not speak of consent."""
    long = [line.text.lower() for line in lines.lines if len(line.text) >= LINK_CHARS and line.linked <= LINKED]
    return bool(long) and sum(bool(_among(text, words)) for text in long) >= 0.4 * len(long)
