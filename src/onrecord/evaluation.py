"""How good readings are: precision, recall and F1 against gold readings, per language.

A predicted statement matches a gold one where the word tokens of their contents overlap with intersection / union >= 0.5 (tokens of
the gold's optional spans count for neither side). Matching is one to one, best overlap first. Gold statements that two careful
readers could differ about (`required` is false) are neither missed when absent nor wrong when found; nor is a statement that
stands inside another predicted one (X said that Y said) wrong when the gold leaves it unmarked.
"""

from __future__ import annotations

import pathlib
import re
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

from onrecord.errors import SourceError
from onrecord.knowledge.marks import MarkedArticle, mention_of, read_article
from onrecord.records import ARTICLE_ROLES, Kind, Reading, Skipped, Span, Speaker, Statement, words_of

FOUND_OVERLAP = 0.5  # of word tokens, intersection / union: the same statement
EXACT_OVERLAP = 0.9  # the same statement with the same borders
TRAINS = re.compile(r"\d{3}[1-9]-")  # a marked article that trains the tagger
WORD = re.compile(r"\w+(?:['’\-]\w+)*")


class GoldSpeaker(msgspec.Struct, frozen=True):
    """Whom the gold gives a statement to, and the mention nearest to its cue."""

    id: str
    mention: Span | None = None


class GoldPerson(msgspec.Struct, frozen=True):
    """An identity of the gold; without names, only its mentions tell it."""

    id: str
    names: tuple[str, ...] = ()


class GoldStatement(msgspec.Struct, frozen=True):
    """A statement as careful readers marked it."""

    id: str
    kind: Kind
    content: tuple[Span, ...]
    speaker: GoldSpeaker
    optional: tuple[Span, ...] = ()
    required: bool = True


class GoldArticle(msgspec.Struct, frozen=True):
    """The gold reading of one page; `text` is the page, which is kept in a file of its own."""

    document: str
    language: str
    published: str | None
    junk: tuple[Span, ...]
    people: tuple[GoldPerson, ...]
    statements: tuple[GoldStatement, ...]
    text: str = ""


class Count(msgspec.Struct, frozen=True):
    """What was counted over some articles; counts add up."""

    documents: int = 0
    missing: int = 0
    gold: int = 0
    predicted: int = 0
    found: int = 0
    exact: int = 0
    attributed: int = 0
    kind: int = 0
    dates: int = 0
    junk_both: int = 0
    junk_predicted: int = 0
    junk_gold: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(*(one + two for one, two in zip(msgspec.structs.astuple(self), msgspec.structs.astuple(other), strict=True)))


class Ratio(msgspec.Struct, frozen=True):
    """Precision, recall and their harmonic mean; 0 where there is nothing to divide by."""

    precision: float
    recall: float
    f1: float


class Score(msgspec.Struct, frozen=True):
    """The figures of a set of articles: F1 for what is found, exact, attributed and junk; shares for kind, speaker and published."""

    documents: int
    missing: int
    statements: int
    found: Ratio
    exact: Ratio
    attributed: Ratio
    kind: float
    speaker: float
    junk: Ratio
    published: float


class Fault(msgspec.Struct, frozen=True):
    """One thing that a reading got wrong."""

    document: str
    what: str  # missed, spurious, speaker, borders, kind, published
    detail: str


class Evaluation(msgspec.Struct, frozen=True):
    """Scores by language code and over all of them ("all"), and every fault behind them."""

    scores: dict[str, Score]
    faults: tuple[Fault, ...]


def read_gold(folder: pathlib.Path, texts: pathlib.Path | None = None) -> tuple[GoldArticle, ...]:
    """The gold articles of a folder, in order of name, with their texts: JSON readings, or marked articles (see `read_marked`)."""
    if not any(p.name != "links.json" for p in folder.glob("*.json")) and (marked := read_marked(folder)):
        return marked
    articles = []
    for path in sorted(folder.glob("*.json")):
        raw = msgspec.json.decode(path.read_bytes())
        if "statements" not in raw:
            continue
        try:
            gold = msgspec.convert(raw, GoldArticle)
        except msgspec.ValidationError as error:
            raise SourceError(f"{path}: not a gold reading: {error}") from error
        text = text_folder(folder, texts) / gold.document
        if not text.is_file():
            raise SourceError(f"{path}: its page {text} is not there; name the folder of the pages with --texts")
        articles.append(msgspec.structs.replace(gold, text=text.read_text(encoding="utf-8")))
    if not articles:
        raise SourceError(f"{folder}: no gold readings (*.json with statements) in this folder")
    return tuple(articles)


def read_marked(folder: pathlib.Path) -> tuple[GoldArticle, ...]:
    """Articles with inline marks as gold. Of those with a number of four digits only the ones that end in 0: the rest trains the tagger."""
    paths = [p for p in sorted(folder.glob("*.txt")) if _is_marked(p) and not TRAINS.match(p.name)]
    return tuple(gold_of(p.name, read_article(p.read_text(encoding="utf-8"), where=str(p))) for p in paths)


def _is_marked(path: pathlib.Path) -> bool:
    """Whether a text file is a marked article: a line of three dashes parts its header from its text."""
    return b"\n---" in path.read_bytes()


def gold_of(name: str, article: MarkedArticle) -> GoldArticle:
    """A marked article as a gold reading; people go by their names and by every wording of their mentions."""
    text = article.marked.text
    names: dict[str, list[str]] = {"unknown": [], **{e.id: [*e.names] for e in article.entities.values()}}
    for mention in article.marked.mentions:
        names.setdefault(mention.entity, []).append(text[slice(*mention.span)])
    return GoldArticle(
        document=name,
        language=article.header["language"],
        published=article.header.get("published"),
        junk=tuple((b.start, b.end) for b in article.blocks if b.role not in ARTICLE_ROLES),
        people=tuple(GoldPerson(entity, tuple(words)) for entity, words in names.items()),
        statements=tuple(
            GoldStatement(str(s.number), s.kind, s.content, GoldSpeaker(s.speaker, mention_of(article.marked, s)), s.optional, s.required)
            for s in article.marked.statements
        ),
        text=text,
    )


def text_folder(folder: pathlib.Path, texts: pathlib.Path | None = None) -> pathlib.Path:
    """Where the pages of a gold folder are: `texts`, else ../../NAME of the folder."""
    return texts or folder.resolve().parent.parent / folder.resolve().name


def evaluate(gold: Iterable[GoldArticle], readings: Iterable[Reading | Skipped]) -> Evaluation:
    """Scores of the readings against the gold; a reading belongs to the gold article that the last part of its source names."""
    by_name = {pathlib.PurePath(r.article.source).name: r for r in readings if isinstance(r, Reading)}
    counts: dict[str, Count] = {}
    faults: list[Fault] = []
    for article in gold:
        count, wrong = compare(article, by_name.get(article.document))
        faults += wrong
        for group in ("all", article.language):
            counts[group] = counts.get(group, Count()) + count
    return Evaluation({group: score_of(counts[group]) for group in sorted(counts)}, tuple(faults))


def score_of(count: Count) -> Score:
    """The figures behind the counts."""
    matches = count.found or 1
    return Score(
        documents=count.documents,
        missing=count.missing,
        statements=count.gold,
        found=ratio(count.found, count.predicted, count.gold),
        exact=ratio(count.exact, count.predicted, count.gold),
        attributed=ratio(count.attributed, count.predicted, count.gold),
        kind=count.kind / matches,
        speaker=count.attributed / matches,
        junk=ratio(count.junk_both, count.junk_predicted, count.junk_gold),
        published=count.dates / max(1, count.documents),
    )


def ratio(both: int, predicted: int, gold: int) -> Ratio:
    """Precision, recall and F1 of `both` among what was predicted and what the gold holds."""
    precision = both / predicted if predicted else 0.0
    recall = both / gold if gold else 0.0
    return Ratio(precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0)


def compare(gold: GoldArticle, reading: Reading | None) -> tuple[Count, list[Fault]]:
    """What a reading (None: the page yielded none) gets right and wrong of one gold article."""
    statements = reading.statements if reading else ()
    matches = match(gold, statements)
    people = {person.id: person for person in gold.people}
    count = Count(documents=1, missing=reading is None) + _compare_page(gold, reading)
    faults = []
    for index, want in enumerate(gold.statements):
        if not want.required:
            continue
        if index not in matches:
            count += Count(gold=1)
            faults.append(Fault(gold.document, "missed", f"{want.id}: {shown(gold.text, want.content)}"))
            continue
        taken, overlap = matches[index]
        got = statements[taken]
        speaker = same_speaker(got.speaker, people[want.speaker.id], want.speaker.mention, gold.text)
        kind = got.kind == want.kind
        exact = overlap >= EXACT_OVERLAP
        count += Count(gold=1, predicted=1, found=1, exact=exact, attributed=speaker, kind=kind)
        if not speaker:
            name = got.speaker.name if got.speaker else None
            faults.append(Fault(gold.document, "speaker", f"{want.id}: {name!r}, not {want.speaker.id}"))
        if not exact:
            faults.append(Fault(gold.document, "borders", f"{want.id}: overlap {overlap:.2f}: {shown(gold.text, got.content)}"))
        if not kind:
            faults.append(Fault(gold.document, "kind", f"{want.id}: {got.kind}, not {want.kind}"))
    for got in spurious(gold.text, statements, {taken for taken, _ in matches.values()}):
        count += Count(predicted=1)
        faults.append(Fault(gold.document, "spurious", f"{got.rule}: {shown(gold.text, got.content)}"))
    published = reading.article.published if reading else None
    if not count.dates:
        faults.append(Fault(gold.document, "published", f"{published!r}, not {gold.published!r}"))
    return count, faults


def _compare_page(gold: GoldArticle, reading: Reading | None) -> Count:
    """Publication time, right to the gold's precision, and the characters that are no part of the article, white space aside."""
    wanted = _characters(gold.text, gold.junk)
    if reading is None:
        return Count(junk_gold=len(wanted))
    published = reading.article.published
    right = (published or "").startswith(gold.published) if gold.published else published is None
    offered = _characters(gold.text, [(b.start, b.end) for b in reading.article.blocks if b.role not in ARTICLE_ROLES])
    return Count(dates=right, junk_both=len(wanted & offered), junk_predicted=len(offered), junk_gold=len(wanted))


def match(gold: GoldArticle, statements: Sequence[Statement]) -> dict[int, tuple[int, float]]:
    """Index of the gold statement -> index of the predicted one that matches it best, and their overlap."""
    pairs = []
    for g, want in enumerate(gold.statements):
        optional = tokens(gold.text, want.optional)
        wanted = tokens(gold.text, want.content) - optional
        for p, got in enumerate(statements):
            offered = tokens(gold.text, got.content) - optional
            if both := len(wanted & offered):
                pairs.append((both / len(wanted | offered), g, p))
    matches: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for overlap, g, p in sorted(pairs, reverse=True):
        if overlap >= FOUND_OVERLAP and g not in matches and p not in taken:
            matches[g] = (p, overlap)
            taken.add(p)
    return matches


def spurious(text: str, statements: Sequence[Statement], taken: set[int]) -> list[Statement]:
    """Predicted statements that match nothing and do not stand inside another predicted one."""
    by_id = {got.id: tokens(text, got.content) for got in statements}
    return [got for p, got in enumerate(statements) if p not in taken and not (got.inside and by_id[got.id] < by_id.get(got.inside, set()))]


def same_speaker(speaker: Speaker | None, gold: GoldPerson, mention: Span | None, text: str) -> bool:
    """The right identity where the gold names the person; where it only marks a mention, that mention or words of it."""
    if speaker is None:
        return False
    if gold.names:
        accepted = {fold(name) for name in gold.names} | {fold(gold.id.replace("-", " "))}
        return any(fold(name) in accepted for name in (speaker.name, *speaker.aliases) if name)
    if mention is None:
        return True
    got = speaker.mention
    if got and got[0] < mention[1] and mention[0] < got[1]:
        return True
    return bool(set(fold(speaker.name).split()) & set(fold(text[slice(*mention)]).split()))


def fold(name: str) -> str:
    """The words of a name without case, accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return " ".join(WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c))))


def tokens(text: str, spans: Iterable[Span]) -> set[int]:
    """Start offsets of the word tokens that lie inside the spans."""
    return {m.start() for start, end in spans for m in WORD.finditer(text, start, end)}


def _characters(text: str, spans: Iterable[Span]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace()}


def shown(text: str, spans: tuple[Span, ...]) -> str:
    """The words under the spans, cut to a line."""
    words = words_of(text, spans)
    return words if len(words) <= 90 else words[:89] + "…"
