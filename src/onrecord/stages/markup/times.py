"""When a page was published and updated, out of all that it says of it."""

from __future__ import annotations

import bisect
import datetime
import functools
import re
from collections.abc import Sequence

import msgspec

from onrecord.knowledge import markup, schema
from onrecord.stages.dates import folded
from onrecord.stages.detect import folders
from onrecord.stages.markup.lines import Lines
from onrecord.stages.markup.said import Head
from onrecord.stages.markup.tree import Tree
from onrecord.stages.stamps import STAMP_LINE_CHARS, stamp

ISO = re.compile(
    r"(?<!\d)((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?:[T ,]+([0-2]\d):?([0-5]\d)(?!\d{3}))?(?!\d)"
    r"|(?<!\d)((?:19|20)\d\d)[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)"
)
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)\d\d)(?:[T ,]+([0-2]?\d):([0-5]\d))?(?!\d)")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = "|".join(MONTHS)
ENGLISH = re.compile(
    rf"(?:(?P<d>\d{{1,2}})[ -](?P<m>{MONTH})[a-z]*[ -](?P<y>(?:19|20)\d\d)"
    rf"|(?P<m2>{MONTH})[a-z]*\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>(?:19|20)\d\d))"
    r"(?:,? (?:at )?(?P<h>[0-2]?\d):(?P<mi>[0-5]\d))?",
    re.I,
)
ADDRESS = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)[/_.-]([01]?\d)[/_.-]([0-3]?\d)(?!\d)"),
    re.compile(r"(?<!\d)(20[0-4]\d)([01]\d)([0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)([0-3]?\d)[/_.-]([01]?\d)[/_.-](20\d\d)(?!\d)"),
)
OLDEST = 1995
DAY_CHARS = len("2031-04-02")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d\d?[./]\d\d?[./]\d\d(?!\d)")
SCRIPTED = re.compile(
    r"\\?[\"'](?:datePublished|date_published|publishedAt|published_at|publishDate|publish_date|publishedDate|publicationDate|publication_date"
    r"|firstPublished|first_published|pubDate|pubdate|published_time|publishedTime)\\?[\"']\s*:\s*\\?[\"']([^\"'\\]{8,40})",
    re.I,
)


class Time(msgspec.Struct, frozen=True):
    """A time that the page gives, and where it stands there."""

    value: str
    rule: str


class Times(msgspec.Struct, frozen=True):
    """The time of publication and of the last update, with the reasons; None where the page gives none."""

    published: Time | None = None
    updated: Time | None = None


def value_of(text: str, *, month_first: bool = False) -> str | None:
    """The time in a machine's words as ISO 8601, with the precision it has; midnight to the second is a day."""
    if (match := ISO.search(text)) is not None:
        if match[6]:
            return _time(match[6], match[7], match[8])
        midnight = match[4] == "00" and match[5] == "00"
        return _time(match[1], match[2], match[3], None if midnight else match[4], match[5])
    if (match := DAY_FIRST.search(text)) is not None:
        one, two = int(match[1]), int(match[2])
        first = (month_first and one <= 12) or two > 12
        return _time(match[3], match[1] if first else match[2], match[2] if first else match[1], match[4], match[5])
    if (match := ENGLISH.search(text)) is not None:
        month = str(MONTHS.index((match["m"] or match["m2"]).lower()) + 1)
        return _time(match["y"] or match["y2"], month, match["d"] or match["d2"], match["h"], match["mi"])
    return None


def _time(year: str, month: str, day: str, hour: str | None = None, minute: str | None = None) -> str | None:
    try:
        found = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
    if found.year < OLDEST:
        return None
    if hour is None or minute is None or int(hour) > 23:
        return found.isoformat()
    return f"{found.isoformat()}T{int(hour):02d}:{minute}"


def in_address(url: str) -> str | None:
    """The day that stands in an address."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url)
    for order, expression in enumerate(ADDRESS):
        for match in expression.finditer(path):
            year, month, day = (match[3], match[2], match[1]) if order == 2 else (match[1], match[2], match[3])
            if (found := _time(year, month, day)) is not None:
                return found
    return None


NEAR_LINES = 8  # before the headline, and into the article and past its end, that may hold its date
STRANGE_NEAR = 7  # words beside the date that a line near the headline may have: "Posted by … in …"
STRANGE_FAR = 2
APART_DAYS = 14  # of the day beside the headline and the one that machines read: further apart, one of them is of something else
ELSEWHERE = frozenset({"teasers", "comments", "related", "nav", "footer", "copyright", "sidebar", "archive", "calendar"})  # other pages' dates
MARKED = frozenset({"date", "byline", "time", "meta", "metadata", "address", "header"})


def times(lines: Lines, tree: Tree, head: Head, url: str, code: str, headline: int | None, article: tuple[int, int], junk: Sequence[str]) -> Times:
    """When the page was published and updated: machines' words before addresses, addresses before what readers see.

    But the day that readers see beside the headline stands above another one of the same weeks: machines tell when a page was put in, or the
    day in Greenwich. It does not where it is the day of the update.
    """
    month_first = code == "en" and not head.language.lower().startswith("en-gb")
    linked, known = head.linked.article, markup.load().meta

    def read(value: object, rule: str) -> Time | None:
        found = value_of(value, month_first=month_first) if isinstance(value, str) and len(value) < 100 else None
        return Time(found, rule) if found else None

    published = [read(linked.get(name), f"json-ld:{name}") for name in ("datePublished", "dateCreated", "uploadDate")]
    published += [read(head.meta.get(name), f"meta:{name}") for name in known.published]
    published += [read(head.items.get(name), f"microdata:{name}") for name in ("datePublished", "dateCreated")]
    published += [Time(day, "address") for place in (url, head.links.get("canonical", ""), head.meta.get("og:url", "")) if (day := in_address(place))]
    updated = [read(linked.get("dateModified"), "json-ld:dateModified"), *(read(head.meta.get(name), f"meta:{name}") for name in known.updated)]
    updated.append(read(head.items.get("dateModified"), "microdata:dateModified"))
    late = next((time for time in updated if time), None)
    first = next((time for time in published if time), None)
    codes = tuple(dict.fromkeys(c for c in (code, head.language[:2].lower(), *folders()) if c in folders()))
    seen = Seen(lines, codes, _elements(lines, tree), headline, article, junk)
    if first is None:
        first = _seen(seen) or _in_scripts(lines.source) or late
    elif headline is not None and (shown := _beside(seen)) is not None and _differs(shown, first) and not (late and _is_one_day(shown, late)):
        first = shown
    return Times(first, late)


class Seen(msgspec.Struct, frozen=True):
    """The lines of a page in which its date may stand, with the times of its elements by line, and what of the page is known."""

    lines: Lines
    codes: tuple[str, ...]
    elements: dict[int, Time]
    headline: int | None
    article: tuple[int, int]
    junk: Sequence[str]

    @property
    def top(self) -> int:
        """The line of the headline, or the first of the article."""
        return self.headline if self.headline is not None else self.article[0]

    @property
    def after(self) -> tuple[int, ...]:
        """The lines that follow the headline, up to the first of the article."""
        (start, end), top = self.article, self.top
        if top >= start:
            return tuple(range(top + 1, top + 4))
        return (*range(top + 1, min(top + 5, start)), *range(max(top + 1, start - 2 * NEAR_LINES), min(start + 4, end)))


def _is_one_day(one: Time, other: Time) -> bool:
    return one.value[:DAY_CHARS] == other.value[:DAY_CHARS]


def _differs(shown: Time, told: Time) -> bool:
    """Whether two times are of different days, but of the same weeks."""
    one, other = (datetime.date.fromisoformat(time.value[:DAY_CHARS]) for time in (shown, told))
    return 0 < abs((one - other).days) <= APART_DAYS


def _beside(seen: Seen) -> Time | None:
    """The day of the line next to the headline that gives one and is not called that of an update."""
    later = _later(seen.codes)
    near = dict.fromkeys((*seen.after, *range(seen.top - 1, seen.top - 4, -1)))
    for i in near:
        if not 0 <= i < len(seen.lines.lines) or seen.junk[i] in ELSEWHERE:
            continue
        text = seen.lines.lines[i].text
        day = _stamp(text, seen.codes, STRANGE_FAR)
        if day is not None:
            return None if folded(text).startswith(later) else Time(day, "line")
    return None


@functools.cache
def _later(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The words of these languages that call a time that of an update."""
    return tuple(folded(word) for code in codes for word in schema.writing(code).calendar.updated)


def _seen(seen: Seen) -> Time | None:
    """The date that readers see next to the headline: of a time element, of a line that is a date and little else."""
    lines, codes, shown, junk, top = seen.lines, seen.codes, seen.elements, seen.junk, seen.top
    start, end = seen.article
    near = [*seen.after, *range(top, max(-1, top - NEAR_LINES), -1)]
    near += [*range(start - 1, max(-1, start - NEAR_LINES), -1), *range(end - 4, end + NEAR_LINES), *range(start, end)]
    later = _later(codes)
    late: Time | None = None
    for i in dict.fromkeys(i for i in near if 0 <= i < len(lines.lines)):
        beside = top < i < start
        if junk[i] in ELSEWHERE and not (beside and junk[i] not in ("teasers", "nav")):
            continue
        line = lines.lines[i]
        strange = STRANGE_NEAR if beside or junk[i] in MARKED or abs(i - top) <= 4 else STRANGE_FAR
        day = _stamp(line.text, codes, strange)
        if i in shown and (day is None or shown[i].value.startswith(day[:DAY_CHARS])):
            return shown[i]
        if day is None:
            continue
        if folded(line.text).startswith(later):
            late = late or Time(day, "line")
            continue
        return Time(day, "line")
    if late is not None:
        return late
    anywhere = [shown[i] for i in sorted(shown) if junk[i] not in ELSEWHERE]
    if anywhere:
        return anywhere[0]
    for i, line in enumerate(lines.lines):
        labelled = junk[i] == "footer"  # there only a line of a date and its label is the page's
        if (junk[i] in ELSEWHERE and not labelled) or folded(line.text).startswith(later):
            continue
        if (found := _stamp(line.text, codes, 0 if labelled else STRANGE_FAR)) is not None:
            return Time(found, "line")
    return None


def _elements(lines: Lines, tree: Tree) -> dict[int, Time]:
    """Times of `time` and `abbr` elements by the number of the line that they stand in or before."""
    starts = [line.runs[0][1] for line in lines.lines]
    found: dict[int, Time] = {}
    for element in tree.elements:
        if element.tag in ("time", "abbr") and element.rest and (value := value_of(element.get("datetime") or element.get("title"))):
            at = max(0, bisect.bisect_right(starts, element.end) - 1)
            if starts:
                found.setdefault(at, Time(value, element.tag))
    return found


def _stamp(text: str, codes: tuple[str, ...], strange: int) -> str | None:
    """The day of a short line, read as the language of the page, else as any other: menus and dates need not speak that of the article."""
    if len(text) > STAMP_LINE_CHARS or not YEAR.search(text):
        return None
    low = folded(text)
    for code in codes:
        seen = stamp(text, low, 0, len(text), code)
        if seen is not None and seen.value and len(seen.value) >= DAY_CHARS and seen.strange <= strange:
            return seen.value if seen.value[:4] >= str(OLDEST) else None
    found = value_of(text)
    return found if found and (strange > STRANGE_FAR or len(text) <= STAMP_LINE_CHARS // 2) else None


def _in_scripts(source: str) -> Time | None:
    """A time of publication in the data that a page hands its scripts."""
    match = SCRIPTED.search(source)
    found = value_of(match[1]) if match else None
    return Time(found, "script") if found else None
