"""The command line: parse, call the API, print. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import gc
import os
import pathlib
import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import OnRecordError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console, RenderableType

    from onrecord.records import Known, Reading, Skipped, Verdict
    from onrecord.settings import Intake, Settings
    from onrecord.store.open import Store
    from onrecord.store.records import Summary

GARBAGE = (50_000, 20, 20)  # objects more, before it is looked for: what a page leaves goes by itself, and looking took a tenth of the time
PAGES_A_JOB = 40  # fewer pages than this are read sooner than another process has started
THOROUGH_PAGES = 3_000  # up to so many are read thoroughly unless told otherwise
THOROUGH_PAGES_A_SECOND = 12  # on one core, pages of 2,000 characters: only for telling how long it will take
LONG_SECONDS = 60
FULL_ENCODER = "onrecord.stages.encode:open_encoder"  # what compares meanings where the encoder is at hand anyway
MOST_SHOWN = 5  # actors that `who` describes in full
MOST_NAMED = 20  # pages skipped for one reason that `add` names; the rest is counted
TOLD_S = 60.0  # how often `add` says how far it is where no terminal shows it
MOST_ROWS = 1000  # statements asked for at once, the most that the store gives
UNWRAPPED = 100_000  # columns of what is no terminal: a file or another program gets whole lines

app = typer.Typer(
    name="onrecord",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
)
export = typer.Typer(help="Print what is on record for other programs.", no_args_is_help=True)
app.add_typer(export, name="export")
judge = typer.Typer(help="Say what is right: your word stands above every score, and can be undone.", no_args_is_help=True)
app.add_typer(judge, name="judge")
authority = typer.Typer(help="Give people and bodies the ids, names and offices that an authority knows.", no_args_is_help=True)
app.add_typer(authority, name="authority")


def _day(value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", value):
        raise typer.BadParameter(f"{value!r} is no day; write 2025-11-06, 2025-11 or 2025")
    return value


Db = Annotated[str, typer.Option("--db", envvar="ONRECORD_DB", help="The database; made by `add` where there is none.")]
Paths = Annotated[
    list[str],
    typer.Argument(
        help="Pages, e-mail, crawls (WARC, WACZ), tables (JSONL, CSV, Parquet), lists (feed, sitemap, OPML), zip or tar of these, compressed "
        "or not; folders of pages and crawls; addresses of the web; - for standard input.",
        metavar="PATH|URL…",
    ),
]
Map = Annotated[
    str | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN,…",
        help="Which columns of tables hold text html url title published outlet language id; or news-please, fundus, trafilatura, media-cloud.",
    ),
]
AllowHost = Annotated[
    list[str] | None, typer.Option("--allow-host", metavar="HOST", help="Ask this host although it stands in a private network; may be repeated.")
]
Delay = Annotated[float, typer.Option(min=0, max=3600, help="Seconds between two requests to a host.")]
Jobs = Annotated[int, typer.Option(min=0, max=256, help="Processes that read pages; 0: as many as the machine and the pages call for.")]
Thorough = Annotated[
    bool | None,
    typer.Option("--thorough/--fast", help=f"Rules with the tagger beside them, or rules alone; thorough up to {THOROUGH_PAGES:,} pages by default."),
]
Since = Annotated[str | None, typer.Option(callback=_day, metavar="DAY", help="Only from this day on: 2025-11-06, 2025-11 or 2025.")]
Until = Annotated[str | None, typer.Option(callback=_day, metavar="DAY", help="Only up to this day, which is included.")]
Lang = Annotated[str | None, typer.Option("--lang", metavar="XX", help="Only reports in this language: uk, bg, en …")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
By = Annotated[str, typer.Option("--by", envvar="ONRECORD_AUTHOR", metavar="AUTHOR", help="Who judges; the name of your account by default.")]
Who = Annotated[str, typer.Argument(metavar="WHO", help="An id that `who` prints, a name as it is on record, or words that only one fits.")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="The same, of the other one.")]
StatementId = Annotated[str, typer.Argument(metavar="STATEMENT", help="Its id, or the beginning of it; `said` and `show` print it.")]
DEFAULT_DB = "onrecord.sqlite"  # in the current folder


def _version(wanted: bool) -> None:
    if wanted:
        from onrecord import __version__

        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def _all(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False) -> None:
    """Who said what, when, where, in which words, and who reports it how: read out of news pages in many languages."""


@app.command()
def add(
    paths: Paths,
    db: Db = DEFAULT_DB,
    map: Map = None,
    jobs: Jobs = 0,
    thorough: Thorough = None,
    allow_host: AllowHost = None,
    delay: Delay = 1.0,
    again: Annotated[bool, typer.Option("--again", help="Read them all: what their outlets repeat may have been learned since.")] = False,
    later: Annotated[bool, typer.Option("--later", help="Leave stories, actors and utterances to `link`, or to the next `add` without this.")] = False,
) -> None:
    """Read pages and put what they say on record. Pages that are on record already are not read again."""
    from onrecord import printing

    with _open(db, create=True) as store:
        done, unreadable = _add(store, paths, _intake(map, allow_host, delay), jobs, thorough, again=again, later=later)
    _print([printing.summary(done, db)])
    if unreadable:
        raise typer.Exit(1)


@app.command()
def watch(
    lists: Annotated[list[str], typer.Argument(help="Feeds, sitemaps, or OPML lists of them: files or addresses.", metavar="LIST…")],
    once: Annotated[bool, typer.Option("--once", help="Look once, and end: for cron.")] = False,
    every: Annotated[float, typer.Option(min=1, max=10_000, help="Minutes from one look to the next.")] = 15,
    db: Db = DEFAULT_DB,
    jobs: Jobs = 0,
    thorough: Thorough = None,
    allow_host: AllowHost = None,
    delay: Delay = 1.0,
) -> None:
    """Look at lists of pages again and again, and add what is new; Ctrl+C ends, and nothing that was added is lost."""
    import datetime
    import time

    from onrecord import printing

    intake = _intake(None, allow_host, delay)
    with _open(db, create=True) as store:
        while True:
            began = time.monotonic()
            done, unreadable = _add(store, lists, intake, jobs, thorough)
            _print([printing.watched(done, db, datetime.datetime.now().astimezone())])
            if once:
                break
            try:
                time.sleep(max(0.0, began + 60 * every - time.monotonic()))
            except KeyboardInterrupt:
                return
    if unreadable:
        raise typer.Exit(1)


@app.command()
def link(db: Db = DEFAULT_DB, thorough: Thorough = None) -> None:
    """Find the stories, actors and utterances of pages that were added with --later; Ctrl+C ends, and the next run goes on."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from onrecord.runners.local import link_pages
    from onrecord.settings import Settings
    from onrecord.store import groups

    with _open(db) as store:
        with store.reading() as connection:
            left = len(groups.untold(connection))
        settings = Settings(encoder=FULL_ENCODER) if _is_thorough(thorough, left) else Settings()
        columns = (TextColumn("linking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=_console(stderr=True), transient=True) as progress:
            task = progress.add_task("linking", total=left)
            done = link_pages(store, settings, progress=lambda count: progress.advance(task, count))
    _note(f"{done:,} article{'s' * (done != 1)} linked" if done else "every article on record is linked")


@app.command()
def encode(
    db: Db = DEFAULT_DB,
    thorough: Thorough = None,
    encoder: Annotated[str, typer.Option(metavar="MODULE:FUNCTION", envvar="ONRECORD_ENCODER", help="Another model of meanings.")] = "",
) -> None:
    """Compute all vectors anew, and stories and utterances with them: after a model was changed."""
    import msgspec

    from onrecord import corpus
    from onrecord.store import query

    with _open(db) as store, store.writing() as connection:
        held = query.counts(connection).articles
        settings = _settings(thorough, held, 1)
        corpus.renew(connection, msgspec.structs.replace(settings, encoder=encoder) if encoder else settings)
    _note(f"{held:,} article{'s' * (held != 1)}: vectors, stories and utterances are computed anew")


@app.command()
def said(
    name: Annotated[str | None, typer.Argument(help="Who, in any script and form; a surname is enough. Everybody where left out.")] = None,
    about: Annotated[str | None, typer.Option(metavar="WORDS", help='Only with all these words; "several in quotes" side by side.')] = None,
    since: Since = None,
    until: Until = None,
    lang: Lang = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST_ROWS, help="At most so many, the newest first.")] = 100,
    wrong: Annotated[bool, typer.Option("--wrong", help="Also what was judged to be no statement, struck through.")] = False,
    json: Json = False,
    db: Db = DEFAULT_DB,
) -> None:
    """What somebody has said, newest first."""
    from onrecord import printing
    from onrecord.store import query

    with _open(db) as store, store.reading() as connection:
        lines = query.said(connection, name, about=about, since=since, until=until, language=lang, wrong=wrong, limit=limit)
        waiting = query.unlinked(connection) if name else 0
    if json:
        _print_json(lines)
    elif lines:
        _print(printing.statements(lines))
        if len(lines) == limit:
            _note(f"The newest {limit}; there may be more: --limit, or narrow it down by --about, --since, --until.")
    else:
        _note(f"Nothing on record{f' of {name}' if name else ''} that fits.")
    _note_unlinked(waiting)


@app.command()
def who(
    name: Annotated[str, typer.Argument(help="A name in any script and form, an id, or an office (“mayor of Zaluchia”).")],
    json: Json = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Who somebody is: names in each language, offices with dates, mentions, and why the names are taken for one."""
    from onrecord import printing, speakers
    from onrecord.store import query

    with _open(db) as store, store.reading() as connection:
        one = query.actor(connection, name.strip())
        lines = (one,) if one else query.actors(connection, name, limit=MOST_SHOWN)
        views = [query.who(connection, line) for line in lines]
        holders = () if one else query.holders(connection, name, speakers.office_keys(name))
        waiting = query.unlinked(connection)
    if json:
        _print_json({"actors": views, "holders": holders})
    elif views:
        for view in views:
            _print(printing.who(view))
        if len(views) == MOST_SHOWN:
            _note(f"The {MOST_SHOWN} likest; there may be more: give more of the name.")
    if holders and not json:
        _print([printing.holders(holders)])
    elif not (views or json):
        _note(f"Nobody on record is called {name}.")
    _note_unlinked(waiting)


@judge.command("same")
def judge_same(who: Who, other: Other, by: By = "", db: Db = DEFAULT_DB) -> None:
    """Two are one."""
    _judge(db, "same", by, who=who, other=other)


@judge.command("different")
def judge_different(who: Who, other: Other, by: By = "", db: Db = DEFAULT_DB) -> None:
    """Two names that were taken for one are two people or bodies, or two are to stay two."""
    _judge(db, "different", by, who=who, other=other)


@judge.command("rename")
def judge_rename(who: Who, name: Annotated[str, typer.Argument(help="What to call them.")], by: By = "", db: Db = DEFAULT_DB) -> None:
    """Call somebody by another name; they are found by the old names too."""
    _judge(db, "rename", by, who=who, name=name)


@judge.command("not-a-person")
def judge_not_a_person(who: Who, by: By = "", db: Db = DEFAULT_DB) -> None:
    """What was taken for a person or body is none."""
    _judge(db, "not-a-person", by, who=who)


@judge.command("statement-wrong")
def judge_statement_wrong(statement: StatementId, by: By = "", db: Db = DEFAULT_DB) -> None:
    """What was taken for a statement is none: it is struck through, and `said` leaves it out."""
    _judge(db, "statement-wrong", by, statement=statement)


@judge.command("speaker-wrong")
def judge_speaker_wrong(statement: StatementId, right: Annotated[str, typer.Argument(help="Who said it.")], by: By = "", db: Db = DEFAULT_DB) -> None:
    """A statement is somebody else's."""
    _judge(db, "speaker-wrong", by, statement=statement, other=right)


@judge.command("undo")
def judge_undo(
    judgement: Annotated[str, typer.Argument(help="Its id, or the beginning of it; `judge list` prints it.")], by: By = "", db: Db = DEFAULT_DB
) -> None:
    """Take a judgement back: what was without it is again."""
    from onrecord import judging, printing

    with _open(db) as store, store.writing() as connection:
        undone = judging.undo(connection, judgement, author=_author(by))
    _print([printing.judgement(undone)])


@judge.command("list")
def judge_list(json: Json = False, db: Db = DEFAULT_DB) -> None:
    """Every judgement, the newest first."""
    from onrecord import printing
    from onrecord.store import judgements

    with _open(db) as store, store.reading() as connection:
        held = judgements.judgements(connection)
    if json:
        _print_json(held)
    else:
        _print(map(printing.judgement, held))


@judge.command("export")
def judge_export(db: Db = DEFAULT_DB) -> None:
    """Print every judgement as JSON lines, those that were undone too."""
    from onrecord.store import judgements

    with _open(db) as store, store.reading() as connection:
        sys.stdout.buffer.write(judgements.to_lines(judgements.judgements(connection)))
    sys.stdout.buffer.flush()


@judge.command("import")
def judge_import(file: Annotated[pathlib.Path, typer.Argument(help="JSON lines, as `judge export` prints them.")], db: Db = DEFAULT_DB) -> None:
    """Take in judgements of others; those that are on record already change nothing."""
    from onrecord import judging
    from onrecord.errors import SourceError

    try:
        data = file.read_bytes()
    except OSError as error:
        raise SourceError(f"{file} cannot be read: {error.strerror}") from error
    with _open(db) as store, store.writing() as connection:
        new, faults = judging.import_judgements(connection, data)
    for fault in faults:
        _note(f"{file}, {fault}")
    _note(f"{new} judgement{'' if new == 1 else 's'} new")
    if faults:
        raise typer.Exit(1)


@authority.command("add")
def authority_add(
    files: Annotated[list[pathlib.Path], typer.Argument(help="FollowTheMoney or Wikidata JSON, or CSV id,name,aliases,office,from,to.", metavar="FILE…")],
    db: Db = DEFAULT_DB,
) -> None:
    """Read entities; people and bodies on record that bear their names carry the id, labels and offices from then on."""
    from onrecord import judging, printing
    from onrecord.sources.authorities import authority as read_authority
    from onrecord.store import query

    faults = 0
    with _open(db, create=True) as store:
        for file in files:
            entities, broken = read_authority(file)
            for one in broken:
                _note(printing.plain(str(one)))
            faults += len(broken)
            with store.writing() as connection:
                count = judging.add_authority(connection, str(file), entities)
            _note(f"{file}: {count} entit{'y' if count == 1 else 'ies'} read")
        with store.reading() as connection:
            _print(map(printing.merge, query.refused(connection)))
    if faults:
        raise typer.Exit(1)


@authority.command("list")
def authority_list(db: Db = DEFAULT_DB) -> None:
    """The files that were read, and the merges that were refused because they would join two entities."""
    from onrecord import printing
    from onrecord.store import authorities, query

    with _open(db) as store, store.reading() as connection:
        files, refused = authorities.count(connection), query.refused(connection)
    _print([printing.plain(f"{file}: {count} entities") for file, count in files.items()])
    _print(map(printing.merge, refused))


@app.command()
def outlets(
    limit: Annotated[int, typer.Option(min=1, max=MOST_ROWS, help="At most so many, those with most articles first.")] = 200,
    json: Json = False,
    db: Db = DEFAULT_DB,
) -> None:
    """What was read of each outlet: articles, statements, days, and the share of its pages that was skipped, by reason."""
    from onrecord import printing
    from onrecord.store import query

    with _open(db) as store, store.reading() as connection:
        lines = query.outlets(connection, limit=limit)
    if json:
        _print_json(lines)
    elif lines:
        _print([printing.outlets(lines)])
    else:
        _note("No pages were read yet.")


@app.command()
def show(article: Annotated[str, typer.Argument(help="Its id or the beginning of it, its file, or a part of its title.")], db: Db = DEFAULT_DB) -> None:
    """An article with its statements marked in place and its junk dimmed."""
    from onrecord import printing
    from onrecord.store import query

    with _open(db) as store, store.reading() as connection:
        found = query.find_articles(connection, article)
        view = query.article(connection, found[0].id) if len(found) == 1 else None
    if not found:
        raise OnRecordError(f"no article {article!r}: give its id, its file, or a part of its title; `onrecord said` prints ids")
    if view is None:
        _print([printing.articles(found)])
        raise OnRecordError(f"{article!r} fits {len(found)} articles: name one of them by its id")
    console = _console()
    _print(printing.article(view, closing=not console.is_terminal or console.no_color))


@app.command()
def story(
    what: Annotated[
        str | None, typer.Argument(metavar="ID|WORDS", help="Its id or the beginning of it, or words of one of its articles; every story where left out.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST_ROWS, help="At most so many stories, the newest first.")] = 50,
    json: Json = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Stories, or one of them: who tells it, who reports which words how, who was first."""
    from onrecord import printing
    from onrecord.store import query

    with _open(db) as store, store.reading() as connection:
        found = query.stories(connection, limit=limit) if what is None else query.find_stories(connection, what, limit=limit)
        view = query.story(connection, found[0].story.id) if what is not None and len(found) == 1 else None
        waiting = query.unlinked(connection)
    _note_unlinked(waiting)
    if json:
        _print_json(view or found)
    elif view is not None:
        _print(printing.story(view))
    elif found:
        _print([printing.stories(found)])
    elif what is None:
        _note("No stories on record.")
    else:
        raise OnRecordError(f"no story {what!r}: give its id, which `onrecord story` prints, or words of one of its articles")


@app.command()
def compare(
    utterance: Annotated[str, typer.Argument(help="Its id or the id of one of its statements, or the beginning of one.", metavar="UTTERANCE")],
    json: Json = False,
    db: Db = DEFAULT_DB,
) -> None:
    """The reports of the same words side by side, and what differs: left out, other figures, hedges, who is named, by way of whom."""
    from onrecord import comparing, printing

    with _open(db) as store, store.reading() as connection:
        found = comparing.find(connection, utterance)
    if json:
        _print_json(found)
    else:
        _print(printing.compared(found, _console().width))


@app.command()
def extract(
    paths: Paths,
    map: Map = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object per page and line (the only format so far).")] = True,
    jobs: Jobs = 0,
    thorough: Thorough = None,
    allow_host: AllowHost = None,
    delay: Delay = 1.0,
) -> None:
    """Print what pages say, one JSON object per page, without a database; pages that are skipped are named on stderr."""
    from onrecord import printing
    from onrecord.records import Skipped
    from onrecord.runners.local import read_pages
    from onrecord.sources import inputs
    from onrecord.store.export import page_json

    found = inputs.expanded(paths)
    count = inputs.likely_pages(found)
    unreadable = 0
    settings = _settings(thorough, count, _jobs(jobs, count))
    for outcome in read_pages(inputs.pages(found, _intake(map, allow_host, delay)), settings, jobs=_jobs(jobs, count)):
        if isinstance(outcome, Skipped):
            _print([printing.skipped(outcome)], stderr=True)
            unreadable += _is_fatal(outcome, found)
        else:
            sys.stdout.buffer.write(page_json(outcome) + b"\n")
    sys.stdout.buffer.flush()
    if unreadable:
        raise typer.Exit(1)


@export.command("stories")
def export_stories(json: Json = False, db: Db = DEFAULT_DB) -> None:
    """Every story with its articles and every utterance with its statements; without --json a list of stories to read."""
    from onrecord import printing
    from onrecord.store import query
    from onrecord.store.export import stories_json

    with _open(db) as store, store.reading() as connection:
        if json:
            sys.stdout.buffer.write(stories_json(connection) + b"\n")
            sys.stdout.buffer.flush()
        else:
            _print([printing.stories(query.stories(connection, limit=query.MAX_LIMIT))])


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="Only this machine can reach the default.")] = "127.0.0.1",
    edit: Annotated[str | None, typer.Option(metavar="AUTHOR", help="Let whoever reaches the pages judge, in this name.")] = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Show the record in the browser."""
    import uvicorn

    with _open(db) as store:  # what is wrong with the database is said here, not on the first page
        if edit is not None and (store.read_only or not edit.strip()):
            raise OnRecordError("--edit needs a name, and a database that may be written")
    os.environ["ONRECORD_DB"] = db
    os.environ["ONRECORD_EDIT"] = (edit or "").strip()
    os.environ["ONRECORD_HOST"] = host
    if edit and host not in ("127.0.0.1", "localhost", "::1"):
        _note(f"Everybody who reaches {host} can judge in the name of {edit}.")
    _note(f"The record of {db} is at http://{'[' + host + ']' if ':' in host else host}:{port}/   (Ctrl+C ends)")
    uvicorn.run("onrecord.web.app:from_environment", factory=True, host=host, port=port, log_level="warning", server_header=False)


@app.command("eval")
def evaluate(
    gold: Annotated[list[pathlib.Path], typer.Argument(help="Folders of gold readings.", metavar="GOLD…")],
    texts: Annotated[pathlib.Path | None, typer.Option(help="Folder of the pages; by default ../../NAME of the gold folder.")] = None,
    faults: Annotated[bool, typer.Option("--faults", help="Name every fault.")] = False,
    jobs: Jobs = 0,
    thorough: Thorough = None,
    json: Json = False,
) -> None:
    """Measure the readings of pages against gold readings, by language."""
    from onrecord import evaluation, printing
    from onrecord.runners.local import read_pages
    from onrecord.sources import inputs

    results = {}
    for folder in gold:
        articles = evaluation.read_gold(folder, texts)
        pages = [evaluation.text_folder(folder, texts) / article.document for article in articles]
        settings = _settings(thorough, len(pages), _jobs(jobs, len(pages)))
        outcomes = read_pages(inputs.pages(pages), settings, jobs=_jobs(jobs, len(pages)))
        results[str(folder)] = evaluation.evaluate(articles, outcomes)
    if json:
        _print_json({name: result.scores for name, result in results.items()})
        return
    for name, result in results.items():
        if faults:
            _print(f"{fault.document}: {fault.what}: {fault.detail}" for fault in result.faults)
        _print([printing.evaluation(name, result)])


@app.command()
def language(code: Annotated[str, typer.Argument(help="Code of a language folder: uk, bg, en …")]) -> None:
    """What passes, fails, is untested among a language folder's own examples; exit 1 where one fails."""
    from onrecord import printing
    from onrecord.examples import check_language

    report = check_language(code)
    _print(printing.language(report))
    if report.failures:
        raise typer.Exit(1)


def _add(store: Store, paths: list[str], intake: Intake, jobs: int, thorough: bool | None, *, again: bool = False, later: bool = False) -> tuple[Summary, int]:
    """Add what the paths hold, showing how far it is; what was done, and how many of the paths could not be read."""
    import time

    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    from onrecord import printing
    from onrecord.records import Skipped
    from onrecord.runners.local import add_pages
    from onrecord.sources import inputs
    from onrecord.sources.feeds import follow
    from onrecord.store import seen

    found = inputs.expanded(paths)
    count = inputs.likely_pages(found)
    sizes = sum(map(inputs.size, found))
    unreadable = pages = 0
    told, named = time.monotonic(), dict[str, int]()
    columns = (TextColumn("reading"), BarColumn(), TextColumn("{task.fields[pages]:,} pages"), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_console(stderr=True), transient=True) as progress:
        whole = sizes or None if not any(isinstance(one, str) for one in found) else None
        task = progress.add_task("reading", total=whole, pages=0)

        def advance(outcome: Reading | Skipped | Known) -> None:
            nonlocal unreadable, pages, told
            if isinstance(outcome, Skipped):
                named[outcome.reason] = named.get(outcome.reason, 0) + 1
                if named[outcome.reason] <= MOST_NAMED:
                    progress.console.print(printing.skipped(outcome), highlight=False)
                elif named[outcome.reason] == MOST_NAMED + 1:
                    progress.console.print(printing.more_skipped(outcome.reason), highlight=False)
                unreadable += _is_fatal(outcome, found)
            pages += 1
            progress.update(task, pages=pages)
            if not progress.console.is_terminal and time.monotonic() - told >= TOLD_S:
                told = time.monotonic()
                _note(f"{pages:,} pages" + (f", {progress.tasks[0].percentage:.0f} %" if whole else ""))

        settings = _settings(thorough, count, _jobs(jobs, count))
        items = inputs.items(found, intake, told=lambda taken: progress.advance(task, taken))
        followed = follow(items, intake, lambda source: seen.recall(store, source))
        return add_pages(store, followed, settings, jobs=_jobs(jobs, count), progress=advance, again=again, later=later), unreadable


def _is_fatal(skipped: Skipped, found: Iterable[str | pathlib.Path]) -> bool:
    """Whether a person must mend it: what cannot be read, and whatever else keeps something that was named from being read."""
    return skipped.reason == "unreadable" or (skipped.stage == "sources" and skipped.reason != "empty" and skipped.source in map(str, found))


def _intake(map: str | None, allowed: list[str] | None, delay: float) -> Intake:
    from onrecord.settings import Intake, Manners

    return Intake(map, manners=Manners(delay_s=delay, allowed=frozenset(host.lower() for host in allowed or ())))


def _judge(
    db: str,
    verdict: Verdict,
    by: str,
    *,
    who: str | None = None,
    other: str | None = None,
    name: str | None = None,
    statement: str | None = None,
) -> None:
    from onrecord import judging, printing

    with _open(db) as store, store.writing() as connection:
        made = judging.judge(connection, verdict, author=_author(by), who=who, other=other, name=name, statement=statement)
    _print([printing.judgement(made)])


def _author(given: str) -> str:
    """Who judges: the one that is named, else the name of the account."""
    import getpass

    if given.strip():
        return given
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise OnRecordError("say who judges: --by AUTHOR, or the variable ONRECORD_AUTHOR") from error


def _open(db: str, *, create: bool = False) -> Store:
    from onrecord.store.open import open_store

    return open_store(db, create=create)


def _note_unlinked(waiting: int) -> None:
    """Why an answer may lack something: pages were added with --later."""
    if waiting:
        wait, they = ("s wait", "they say") if waiting != 1 else (" waits", "it says")
        _note(f"{waiting:,} article{wait} for `onrecord link`: until then what {they} belongs to nobody and to no story.")


def _settings(thorough: bool | None, pages: int, jobs: int) -> Settings:
    """The reader that was asked for; by default the thorough one where it takes minutes, and then how long it will take is said."""
    from onrecord.settings import Settings

    chosen = _is_thorough(thorough, pages)
    seconds = pages / (THOROUGH_PAGES_A_SECOND * max(1, jobs))
    if chosen and seconds > LONG_SECONDS:
        _note(f"reading {pages:,} pages thoroughly will take about {seconds / 60:.0f} minutes; --fast takes seconds and finds less")
    elif not chosen and thorough is None:
        _note(f"more than {THOROUGH_PAGES:,} pages: reading with rules alone; --thorough finds more, in about {seconds / 60:.0f} minutes")
    return Settings(reader="thorough", encoder=FULL_ENCODER) if chosen else Settings()


def _is_thorough(thorough: bool | None, pages: int) -> bool:
    return pages <= THOROUGH_PAGES if thorough is None else thorough


def _jobs(given: int, pages: int) -> int:
    return given or max(1, min(os.cpu_count() or 1, pages // PAGES_A_JOB))


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console.width = UNWRAPPED
    return console


def _print(what: Iterable[RenderableType], *, stderr: bool = False) -> None:
    console = _console(stderr=stderr)
    for item in what:
        console.print(item, markup=False)


def _note(message: str) -> None:
    """A remark to the person, apart from what is printed for the next program."""
    typer.echo(message, err=True)


def _print_json(value: object) -> None:
    import msgspec

    from onrecord.store.payload import pack

    sys.stdout.buffer.write(msgspec.json.format(pack(value), indent=1) + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    """Run the command line: what a person must mend is one line and exit code 1, wrong usage exit code 2."""
    gc.set_threshold(*GARBAGE)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter, a lone surrogate
    try:
        app()
    except OnRecordError as error:
        typer.echo(f"onrecord: {error}", err=True)
        sys.exit(1)
