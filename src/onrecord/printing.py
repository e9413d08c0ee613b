"""What the command line prints, as rich renderables: pure, so that tests read it; text of pages never reaches the terminal as a command."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.comparing import Compared, in_words, marks
from onrecord.evaluation import Evaluation
from onrecord.examples import LanguageReport
from onrecord.records import ARTICLE_ROLES, Difference, Judgement, Named, Skipped, Statement
from onrecord.store.people import Merge
from onrecord.store.records import ArticleLine, ArticleView, Holding, OfficeSeen, OutletLine, StatementLine, StoryLine, StoryView, Summary, WhoView

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # could drive or garble a terminal
DETAIL_CHARS = 200


def plain(text: str) -> str:
    """The text with control characters replaced one for one, so that offsets stay."""
    return CONTROL.sub("\ufffd", text)


def summary(done: Summary, where: str) -> Text:
    """What adding pages did, in a line or two."""
    text = Text.assemble(
        (f"{done.pages} pages", "bold"),
        f": {done.added} added, {done.changed} changed, {done.unchanged} unchanged; ",
        f"{done.statements} statements on record in {plain(where)}",
    )
    if done.skipped:
        reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(done.skipped.items()))
        text.append(f"\n{sum(done.skipped.values())} skipped: {reasons}", style="yellow")
    return text


def watched(done: Summary, where: str, at: datetime.datetime) -> Text:
    """The same after a look at lists, with the time, so that a log of many looks can be read."""
    return Text.assemble((f"{at:%Y-%m-%d %H:%M}  ", "cyan"), summary(done, where))


def more_skipped(reason: str) -> Text:
    """That more pages are skipped for a reason than are named."""
    return Text(f"skipped: {reason} for more pages; the summary counts them", style="yellow")


def skipped(page: Skipped) -> Text:
    """One page that was skipped and why; of a traceback, its last line."""
    lines = [line for line in page.detail.splitlines() if line.strip()]
    detail = f" ({plain(lines[-1].strip()[:DETAIL_CHARS])})" if lines else ""
    return Text.assemble("skipped ", (plain(page.source), "bold"), f": {page.reason}{detail}", style="yellow")


def outlets(lines: Iterable[OutletLine]) -> Table:
    """What was read of each outlet, and which share of its pages was skipped, by reason."""
    table = Table("outlet", box=None, header_style="bold")
    for head in ("articles", "statements", "from", "to", "skipped"):
        table.add_column(head, justify="left" if head in ("from", "to") else "right")
    table.add_column("by reason")
    for line in lines:
        reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(line.skipped.items()))
        table.add_row(
            Text(plain(line.label or "(no outlet named)")), f"{line.articles:,}", f"{line.statements:,}", line.since or "", line.until or "",
            f"{100 * line.skipped_share:.0f} %" if line.skipped else "", reasons,
        )  # fmt: skip
    return table


def statements(lines: Iterable[StatementLine]) -> Iterator[RenderableType]:
    """Statements one below the other: when, who, in which words, where it is reported."""
    for line in lines:
        speaker = speaker_of(line.statement, line)
        yield Group(
            Text.assemble((plain(line.day or "no date"), "cyan"), "  ", (speaker, "bold"), f"  {line.statement.kind}"),
            Padding(quoted(line), (0, 0, 0, 2), expand=False),
            Padding(Text(f"{article_name(line.article)}  {line.article.id}", style="dim"), (0, 0, 0, 2), expand=False),
            Padding(Text(_standing(line), style="dim"), (0, 0, 0, 2), expand=False),
            Text(),
        )


def quoted(line: StatementLine) -> Text:
    """The words of a statement, in quotation marks where all of them are its speaker's, what a search matched marked."""
    words = Text(plain(line.words))
    for start, end in line.highlights:
        words.stylize("bold yellow", start, end)
    if line.wrong:
        words.stylize("strike")
    return Text.assemble("“", words, "”") if line.statement.kind == "direct" else words


def _standing(line: StatementLine) -> str:
    """The id that judgements need, and what was judged already."""
    judged = [what for what, holds in (("judged to be no statement", line.wrong), ("speaker judged", line.corrected)) if holds]
    return "  ".join((f"statement {line.statement.id}", *judged))


def speaker_of(statement: Statement, line: StatementLine | None = None) -> str:
    """The name of whoever said it with the office that the page names; else that it is unknown, and why."""
    if line and line.corrected and line.actor:
        return plain(line.actor.name)
    if statement.speaker is None:
        return plain(f"unknown ({statement.unknown})" if statement.unknown else "unknown")
    name = line.actor.name if line and line.actor else statement.speaker.name
    return plain(f"{name}, {statement.speaker.role}" if statement.speaker.role else name)


def article_name(line: ArticleLine) -> str:
    """Outlet, title and language of an article, as far as the page gives them."""
    return plain(" · ".join(part for part in (line.label, line.title, line.published, line.language) if part))


def articles(lines: Iterable[ArticleLine]) -> Table:
    """Articles as a table."""
    table = Table("id", "published", "language", "outlet", "title", box=None, header_style="bold")
    for line in lines:
        table.add_row(*(Text(plain(part or "")) for part in (line.id, line.published, line.language, line.label, line.title)))
    return table


def stories(lines: Iterable[StoryLine]) -> Table:
    """Stories as a table."""
    table = Table("id", "first", "articles", "utterances", "outlets", "title", box=None, header_style="bold")
    for line in lines:
        cells = (line.story.id, line.first or "", str(line.articles), str(line.utterances), ", ".join(line.outlets), line.story.title)
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table


def story(view: StoryView) -> Iterator[RenderableType]:
    """One story: its articles in the order of publication, then what is said in it, with how each outlet tells it."""
    line = view.line
    yield Text.assemble((plain(line.story.title or "Untitled story"), "bold"), f"  {line.story.id}")
    if view.before:
        yield Text(f"goes on from {plain(view.before.title)}  {view.before.id}", style="dim")
    lines = sorted((article for column in view.columns for article in column.articles), key=lambda article: article.published or "9999")
    yield articles(lines)
    for article in lines:
        if original := view.copies.get(article.id):
            yield Text(f"{article.id} ({plain(article.label)}) copies {original.id} ({plain(original.label)})", style="dim")
    for later in view.after:
        yield Text(f"goes on in {plain(later.title)}  {later.id}", style="dim")
    for row in view.rows:
        yield Text.assemble("\n", (plain(row.actor.name if row.actor else "unknown speaker"), "bold"), f"  {row.utterance.id}")
        yield Padding(Text(plain(row.words)), (0, 0, 0, 2), expand=False)
        told = [(column.label, cell) for column, cell in zip(view.columns, row.cells, strict=True) if cell.telling != "absent"]
        text = ", ".join(f"{plain(label)}: {cell.telling}{' (first)' if row.first == label and len(told) > 1 else ''}" for label, cell in told)
        yield Padding(Text(text, style="dim"), (0, 0, 0, 2), expand=False)


DIFFERENCE_STYLES = {"left out": "red", "added": "magenta", "figure": "bold yellow", "date": "bold yellow", "hedge": "cyan"}
NARROWEST_REPORT = 38  # columns of the terminal that a report needs beside another


def compared(view: Compared, width: int) -> Iterator[RenderableType]:
    """The reports of an utterance side by side, as many as the terminal has room for, then what differs from the fullest one."""
    actor = view.view.actor
    yield Text.assemble((plain(actor.name if actor else "Unknown speaker"), "bold"), f"  {view.view.utterance.id}")
    lines = {line.statement.id: line for line in view.view.reports if line.statement.id in view.chains}
    order = [view.base, *(comparison.other for comparison in view.comparisons)]
    panels = [_report(view, lines[each], number) for number, each in enumerate(order, 1)]
    across = max(1, min(len(panels), width // NARROWEST_REPORT, 4))
    for at in range(0, len(panels), across):
        table = Table.grid(padding=(0, 2), expand=width < 1000)
        for _ in range(across):
            table.add_column(ratio=1)
        table.add_row(*panels[at : at + across], *([""] * (across - len(panels[at : at + across]))))
        yield table
        yield Text()
    for number, comparison in enumerate(view.comparisons, 2):
        if comparison.differences:
            yield Text(f"[1] and [{number}]" + (", which tells a part of it" if comparison.part else ""), style="bold")
            for difference in comparison.differences:
                yield Padding(_difference(difference, lines[comparison.one], lines[comparison.other]), (0, 0, 0, 2), expand=False)
    if not any(comparison.differences for comparison in view.comparisons):
        yield Text("No differences found." if view.comparisons else "Only one report.", style="dim")


def _report(view: Compared, line: StatementLine, number: int) -> Group:
    """One report: outlet and way, day, and its words with what differs marked."""
    statement = line.statement
    words = Text(plain(line.words))
    for comparison in view.comparisons:
        for difference in comparison.differences:
            spans = marks(difference)[comparison.other == statement.id] if statement.id in (comparison.one, comparison.other) else ()
            for span in spans:
                for start, end in in_words(statement.content, span):
                    words.stylize(DIFFERENCE_STYLES[difference.kind], start, end)
    first = "  first to report" if view.first == statement.id else ""
    head = Text.assemble((f"[{number}] ", "bold magenta"), (plain(" ← ".join(view.chains[statement.id])), "bold"))
    meta = Text(plain(f"{line.article.published or 'no date'}  {line.article.language}  {statement.kind}{first}"), style="dim")
    return Group(head, meta, Text.assemble("“", words, "”") if statement.kind == "direct" else words, Text(f"statement {statement.id}", style="dim"))


def _difference(difference: Difference, one: StatementLine, other: StatementLine) -> Text:
    """A difference in a line: what kind, in words, and the words on both sides."""
    quotes = [
        " … ".join(line.words[a:b] for span in spans for a, b in in_words(line.statement.content, span))
        for line, spans in zip((one, other), marks(difference), strict=True)
    ]
    shown = " | ".join(f"“{plain(quote)}”" for quote in quotes if quote)
    style, note = DIFFERENCE_STYLES.get(difference.kind, ""), plain(f"  {difference.note}" if difference.note else "")
    return Text.assemble((difference.kind, style), note, (f"  {shown}" if shown else "", "dim"))


def article(view: ArticleView, *, closing: bool) -> Iterator[RenderableType]:
    """The article's text with its statements marked `[1]` in place and its junk dimmed, then who said what.

    `closing` also marks where a statement ends, for output without colours.
    """
    reading = view.reading
    yield Text(article_name(view.line), style="bold")
    yield Text(f"{view.line.source}  {view.line.id}\n", style="dim")
    yield marked_text(view, closing=closing)
    yield Text()
    table = Table("", "speaker", "kind", "said", "cue", "rule", "id", box=None, header_style="bold")
    for number, statement in enumerate(reading.statements, 1):
        actor = view.actors.get(statement.id)
        speaker = speaker_of(statement)
        if actor and statement.id in view.corrected:
            speaker = f"{plain(actor.name)} (judged)"
        elif actor and statement.speaker and actor.name != statement.speaker.name:
            speaker += f" = {plain(actor.name)}"
        cue = reading.article.text[slice(*statement.cue)] if statement.cue else ""
        cells = (f"[{number}]", speaker, statement.kind, statement.said or "", cue, statement.rule, statement.id)
        table.add_row(*(Text(plain(cell)) for cell in cells), style="strike" if statement.id in view.wrong else None)
    yield table if reading.statements else Text("No statements.", style="dim")


def marked_text(view: ArticleView, *, closing: bool) -> Text:
    """The text with styles, then markers put in from its end to its beginning, so that offsets hold meanwhile."""
    article, statements = view.reading.article, view.reading.statements
    text = Text(plain(article.text))
    for block in article.blocks:
        if block.role not in ARTICLE_ROLES:
            text.stylize("dim strike" if block.role == "duplicate" else "dim", block.start, block.end)
        elif block.role in ("headline", "subhead"):
            text.stylize("bold", block.start, block.end)
    marks: list[tuple[int, int, int, str]] = []  # where, closing before opening, inner before outer to close and after it to open
    for number, statement in enumerate(statements, 1):
        for start, end in statement.content:
            colour = "green" if statement.kind == "direct" else "cyan"
            text.stylize(f"{colour} strike" if statement.id in view.wrong else colour, start, end)
            marks.append((start, 1, -end, f"[{number}] "))
            if closing:
                marks.append((end, 0, -start, f" [/{number}]"))
    pieces: list[Text] = []
    last = 0
    for at, *_, marker in sorted(marks):
        pieces += [text[last:at], Text(marker, style="bold magenta")] if at > last else [Text(marker, style="bold magenta")]
        last = at
    pieces.append(text[last:])
    return Text.assemble(*pieces)


def who(view: WhoView) -> Iterator[RenderableType]:
    """One actor: names, offices with dates, mentions, and why the names are taken for one."""
    actor, line = view.line.actor, view.line
    yield Text.assemble((plain(actor.name), "bold"), f"  {actor.type}  {actor.id}", plain(f"  {actor.authority}" if actor.authority else ""))
    days = "" if not (line.first and line.last) else f", {line.first}" + (f" to {line.last}" if line.last != line.first else "")
    counts = [f"{n} {what}{'s' * (n != 1)}" for n, what in ((line.statements, "statement"), (line.articles, "article"), (view.mentions, "mention"))]
    yield Text(plain(f"  {counts[0]} in {counts[1]}{days}; {counts[2]}"))
    for title, rows in (
        ("names", [f"{n.language}  {n.name}  {n.statements or n.source}" for n in view.names]),
        ("offices", [office(each) for each in view.offices]),
        ("taken for one because", [_because(merge) for merge in view.merges] + [f"{s.why}  ({s.statements})" for s in view.settled]),
        ("kept apart", [_because(merge) for merge in view.refused]),
        ("judgements", [decision(one) for one in view.judgements]),
    ):
        if rows:
            yield Text(f"  {title}", style="cyan")
            yield Padding(Text(plain("\n".join(rows))), (0, 0, 0, 4), expand=False)
    yield Text()


def office(seen: OfficeSeen) -> str:
    """An office with the days on which it is named, or the dates of the authority."""
    if seen.source == "authority":
        return f"{seen.title}  from {seen.first or '?'} to {seen.last or 'now'}  (authority)"
    days = f"{seen.first or 'no date'} to {seen.last or 'no date'}" if seen.first != seen.last else seen.first or "no date"
    return f"{seen.title}  {days}  ({seen.times})"


def holders(found: Iterable[Holding]) -> Table:
    """Who is called by an office, and when."""
    table = Table("office", "who", "first", "last", "times", "id", box=None, header_style="bold")
    for one in found:
        cells = (one.title, one.actor.name, one.first or "", one.last or "", str(one.times), one.actor.id)
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table


def merge(one: Merge) -> Text:
    """Why two names are one actor's, or are not."""
    return Text(plain(("not merged: " if one.refused else "") + _because(one)), style="yellow" if one.refused else "")


def _because(one: Merge) -> str:
    return f"{one.one} {'≠' if one.refused else '='} {one.other}: {one.reason}" + (f" ({one.score:.2f})" if one.score is not None else "")


def judgement(one: Judgement) -> Text:
    """A judgement in a line."""
    return Text(plain(f"{one.id}  {decision(one)}"), style="dim" if one.undone_at else "")


def decision(one: Judgement) -> str:
    """What was judged, by whom and when, and whether it was undone."""
    what = {
        "same": f"{_name(one.who)} is {_name(one.other)}",
        "different": f"{_name(one.who)} is not {_name(one.other)}",
        "rename": f"{_name(one.who)} is called {one.name}",
        "not-a-person": f"{_name(one.who)} is no person or body",
        "statement-wrong": f"no statement: “{one.words}” in {one.source}",
        "speaker-wrong": f"{_name(one.other)} said “{one.words}” in {one.source}",
    }[one.verdict]
    undone = f"; undone by {one.undone_by} on {one.undone_at[:10]}" if one.undone_at else ""
    return f"{what}  ({one.author}, {one.at[:10]}{undone})"


def _name(name: Named | None) -> str:
    return "" if name is None else name.name + (f" (in {name.source})" if name.source else "")


def evaluation(name: str, result: Evaluation) -> Table:
    """Figures by language, in percent."""
    table = Table(title=plain(name), box=None, header_style="bold", title_justify="left")
    for head in ("", "pages", "statements", "attributed F1", "P", "R", "found F1", "exact F1", "kind", "speaker", "junk F1", "published"):
        table.add_column(head, justify="right")
    for group, score in result.scores.items():
        shares = (
            score.attributed.f1,
            score.attributed.precision,
            score.attributed.recall,
            score.found.f1,
            score.exact.f1,
            score.kind,
            score.speaker,
            score.junk.f1,
            score.published,
        )
        table.add_row(group, str(score.documents), str(score.statements), *(f"{100 * share:.1f}" for share in shares))
    return table


def language(report: LanguageReport) -> Iterator[RenderableType]:
    """What fails and what is untested in a language folder, then the sum."""
    for result in report.failures:
        yield Text.assemble((f"example {result.number}", "bold red"), " ", plain(" ".join(result.text.split())))
        for fault in result.faults:
            yield Padding(Text(plain(fault)), (0, 0, 0, 2), expand=False)
    if report.untested:
        yield Text.assemble(("cues in no example", "bold yellow"), ": ", ", ".join(report.untested))
    passed = len(report.examples) - len(report.failures)
    yield Text(f"{report.code}: {passed} of {len(report.examples)} examples pass; {len(report.untested)} cues in no example", style="bold")
