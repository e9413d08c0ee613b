"""Pages that are fetched: from lists of addresses to what stands there. Only this package touches the network (`feeds.web` does).

Several lists are gone through side by side, so that one host rests while another one is asked. What was fetched before is fetched again
only where its list says that it was updated, and then asked for only if it changed; a list is asked for only if it changed.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator

import msgspec

from onrecord.records import Known, Page, Seen, Skipped
from onrecord.settings import Intake
from onrecord.sources.contents import Item, contents
from onrecord.sources.feeds.web import Answer, Busy, Web
from onrecord.sources.lists import Link
from onrecord.sources.pages import address
from onrecord.sources.streams import Fault

Recall = Callable[[str], Seen | None]
Found = Page | Skipped | Known | Seen
MOST_LANES = 64  # lists gone through side by side
DEEPEST = 3  # lists inside lists: OPML, index of sitemaps, sitemap
TRIES = 3  # of a server that asks to come back
PASSING = frozenset({"unreachable", "status", "truncated"})  # reasons that may be gone another time


class _List:
    """A list that is being gone through, with what to remember of it once every page of it was seen to."""

    def __init__(self, items: Iterator[Item], seen: Seen | None = None) -> None:
        self.items, self.seen = items, seen


class _Lane:
    """A list and the lists that it leads to, with the link that comes next."""

    def __init__(self, link: Link) -> None:
        self.lists: list[_List] = []
        self.link: Link | None = link
        self.tries = 0


def follow(items: Iterable[Item], intake: Intake, recall: Recall) -> Iterator[Found]:
    """The items, each link in them replaced by what it leads to; what to remember of it comes after it."""
    web = Web(intake.manners)
    source, more = iter(items), True
    lanes: list[_Lane] = []
    met: set[str] = set()
    while more or lanes:
        while more and len(lanes) < MOST_LANES:
            item = next(source, None)
            if item is None:
                more = False
            elif isinstance(item, Link):
                lanes.append(_Lane(item))
            else:
                yield item
        if not lanes:
            return
        lane = min(lanes, key=lambda lane: web.wait_s(lane.link.url) if lane.link else 0.0)
        lanes.remove(lane)
        yield from _step(lane, web, intake, recall, met)
        if lane.link is not None:
            lanes.append(lane)


def _step(lane: _Lane, web: Web, intake: Intake, recall: Recall, met: set[str]) -> Iterator[Found]:
    """Fetch the lane's link, and go on to the next one."""
    link = lane.link
    assert link is not None
    source = address(link.url)
    if source in met and not lane.tries:
        yield from _advance(lane)
        return
    met.add(source)
    seen = recall(source)
    if seen and seen.fetched and not link.more and not (link.updated and link.updated > seen.fetched):
        yield Known(source)
        yield from _advance(lane)
        return
    try:
        answer = web.get(link.url, most=intake.page_bytes, etag=seen.etag if seen else None, modified=seen.modified if seen else None)
    except Busy:
        lane.tries += 1
        if lane.tries < TRIES:
            return
        fault = Fault("status", f"the server asked {TRIES} times to come back later")
    except Fault as error:
        fault = error
    else:
        yield from _answered(lane, link, source, answer, intake)
        yield from _advance(lane)
        return
    yield fault.skipped(source)
    if fault.reason in PASSING:
        for one in lane.lists:
            one.seen = None  # so that the list is gone through again another time
    yield from _advance(lane)


def _answered(lane: _Lane, link: Link, source: str, answer: Answer, intake: Intake) -> Iterator[Found]:
    """What an answer holds: a page goes out at once, a list is laid on the lane."""
    seen = Seen(source, fetched=answer.fetched, etag=answer.etag, modified=answer.modified)
    if answer.data is None:
        yield Known(source)
        yield seen
        return
    with io.BufferedReader(io.BytesIO(answer.data)) as stream:
        items = contents(address(answer.url), stream, intake, base=answer.url, declared=answer.declared)
        for item in items:
            if isinstance(item, Link):
                if not link.more or len(lane.lists) >= DEEPEST:
                    yield Skipped(source, "sources", "list", "a list of addresses where a page should be")
                    return
                lane.lists.append(_List(_held(item, list(items)), seen))
                return
            yield _told(item, link, answer)
    yield seen


def _held(first: Item, rest: list[Item]) -> Iterator[Item]:
    yield first
    yield from rest


def _told(item: Item, link: Link, answer: Answer) -> Page | Skipped:
    """A page with what its list and its server tell of it."""
    assert not isinstance(item, Link)
    if isinstance(item, Skipped):
        return item
    return msgspec.structs.replace(
        item,
        url=item.url or address(answer.url),
        title=item.title or link.title,
        published=item.published or link.published,
        outlet=item.outlet or link.outlet,
        language=item.language or link.language,
        fetched=answer.fetched,
    )


def _advance(lane: _Lane) -> Iterator[Found]:
    """Go to the next link of the lane; a list that is through is remembered."""
    lane.link, lane.tries = None, 0
    while lane.lists:
        top = lane.lists[-1]
        for item in top.items:
            if isinstance(item, Link):
                lane.link = item
                return
            yield item
        lane.lists.pop()
        if top.seen is not None:
            yield top.seen
