"""What differs between two reports of the same words: quoted or paraphrased, left out, other figures or dates, hedges, who is named, by way of whom.

Both reports are cut into clauses, and clauses that say the same are paired by a likeness that the caller brings (`by_roots` is one for
languages that share their roots). What stands in a pair is then compared. A clause without a partner is left out, or added. Nothing is
said about clauses where not a single pair is found: then the likeness sees too little.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from onrecord.knowledge.lexicon import Phrases
from onrecord.knowledge.romanise import romanise, sounds
from onrecord.knowledge.schema import languages, load
from onrecord.knowledge.units import amount, comparable, kind_of, same
from onrecord.knowledge.words import stem, words
from onrecord.records import Comparison, Difference, Figure, Kind, Naming, Span
from onrecord.tokens import split_words

CLAUSE_END = re.compile(r"(?<=[.!?…;:,–—])[\"'»“”)]*\s+|\n+")
CLAUSE_WORDS = 3  # fewer go with the clause before them
SHORTEST_SOUND = 2  # consonants; a root with fewer says nothing
FEWEST_ROOTS = 2  # that two clauses must share
SAYS_THE_SAME = 0.5  # likeness from which two clauses are a pair
HEDGE_GONE, HEDGE_NEW = "left out here", "only here"


class Report(msgspec.Struct, frozen=True):
    """A statement as it is compared; spans count code points of `text`, the text of its article. `dates` are ISO values with their spans."""

    id: str
    language: str
    kind: Kind
    text: str
    content: tuple[Span, ...]
    figures: tuple[Figure, ...] = ()
    dates: tuple[tuple[Span, str], ...] = ()
    mention: Span | None = None
    naming: Naming = "unnamed"
    via: tuple[str, ...] = ()


class Pairs(msgspec.Struct, frozen=True):
    """The clauses of two reports and which of them say the same, by index."""

    one: tuple[Span, ...]
    other: tuple[Span, ...]
    matched: frozenset[tuple[int, int]]

    def partners(self, clause: int) -> tuple[Span, ...]:
        """The clauses of the other report that say what a clause of the first says."""
        return tuple(self.other[b] for b in range(len(self.other)) if (clause, b) in self.matched)

    def turned(self) -> Pairs:
        """The same seen from the other report."""
        return Pairs(self.other, self.one, frozenset((b, a) for a, b in self.matched))


Alike = Callable[[Sequence[str], Sequence[str]], Sequence[Sequence[float]]]
"""How alike each of the first clauses is to each of the second, 0 to 1; from SAYS_THE_SAME on they say the same."""


def fullest(reports: Sequence[Report]) -> Report:
    """The report that the others are compared with: quoted before paraphrased, then the longest; the first of equals."""
    return max(reports, key=lambda report: (report.kind == "direct", report.kind == "mixed", sum(b - a for a, b in report.content)))


def compare(one: Report, other: Report, alike: Alike) -> Comparison:
    """All that differs, in the order in which it stands in the first report."""
    pairs = pair(one, other, alike)
    gone, new = (_unpaired(one, pairs), _unpaired(other, pairs.turned())) if pairs.matched else ((), ())
    found = [
        *_telling(one, other),
        *(Difference("left out", (span,), ()) for span in gone),
        *(Difference("added", (), (span,)) for span in new),
        *_figures(one, other, pairs),
        *_dates(one, other, pairs),
        *_hedges(one, other, pairs),
        *_naming(one, other),
        *_via(one, other),
    ]
    return Comparison(one.id, other.id, tuple(found), part=bool(gone) and not new)


def pair(one: Report, other: Report, alike: Alike) -> Pairs:
    """Which clauses say the same."""
    mine, theirs = clauses(one), clauses(other)
    likeness = alike([one.text[a:b] for a, b in mine], [other.text[a:b] for a, b in theirs])
    found = Pairs(mine, theirs, frozenset((a, b) for a in range(len(mine)) for b in range(len(theirs)) if likeness[a][b] >= SAYS_THE_SAME))
    if not found.matched and len(mine) == len(theirs) == 1:
        return Pairs(mine, theirs, frozenset({(0, 0)}))  # the whole of one is the whole of the other
    turned = [[row[b] for row in likeness] for b in range(len(theirs))]
    back = _stretched(other, one, found.turned(), turned, alike)
    return Pairs(mine, theirs, found.matched | _stretched(one, other, found, likeness, alike) | {(a, b) for b, a in back})


def _stretched(one: Report, other: Report, pairs: Pairs, likeness: Sequence[Sequence[float]], alike: Alike) -> set[tuple[int, int]]:
    """Clauses without a partner that belong to the partner of their neighbour: the two together are more like it than the neighbour alone."""
    found = set()
    lonely = [a for a in range(len(pairs.one)) if not pairs.partners(a)]
    for a, beside, b in ((a, beside, b) for a in lonely for beside, b in pairs.matched if abs(a - beside) == 1):
        start, end = pairs.one[min(a, beside)][0], pairs.one[max(a, beside)][1]
        if alike([one.text[start:end]], [other.text[slice(*pairs.other[b])]])[0][0] > likeness[beside][b]:
            found.add((a, b))
    return found


def clauses(report: Report) -> tuple[Span, ...]:
    """The content cut at sentence ends, commas and dashes; pieces of a few words go with the one before."""
    found: list[Span] = []
    for start, end in report.content:
        at, begun = start, len(found)
        for match in CLAUSE_END.finditer(report.text, start, end):
            found.append((at, match.start()))
            at = match.end()
        found.append((at, end))
        found[begun:] = _joined(report.text, found[begun:])
    return tuple(span for span in found if words(report.text[slice(*span)]))


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for a, b in spans:
        short = joined and (len(words(text[a:b])) < CLAUSE_WORDS or len(words(text[slice(*joined[-1])])) < CLAUSE_WORDS)
        joined[len(joined) - bool(short) :] = [(joined[-1][0], b)] if short else [(a, b)]
    return joined


def by_roots(mine: Sequence[str], theirs: Sequence[str]) -> Sequence[Sequence[float]]:
    """How much of what the shorter clause says in roots the other shares: inside a language, and among languages of one family."""
    left, right = [_roots(text) for text in mine], [_roots(text) for text in theirs]
    return [[_shared(one, other) for other in right] for one in left]


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    common, least = len(one & other), min(len(one), len(other))
    return common / least if common >= min(FEWEST_ROOTS, least) and least else 0.0


def _roots(text: str) -> frozenset[str]:
    found = (min(sounds(romanise(stem(word))), key=lambda sound: (len(sound), sound)) for word in words(text) if not word.isdigit())
    return frozenset(sound for sound in found if len(sound) >= SHORTEST_SOUND) | {word for word in words(text) if word.isdigit()}


def _unpaired(report: Report, pairs: Pairs) -> tuple[Span, ...]:
    """The clauses of more than a few words that have no partner; those side by side as one."""
    gone: list[Span] = []
    before = -2
    for index, span in enumerate(pairs.one):
        if not pairs.partners(index) and len(words(report.text[slice(*span)])) >= CLAUSE_WORDS:
            gone[len(gone) - (before == index - 1) :] = [(gone[-1][0], span[1])] if before == index - 1 else [span]
            before = index
    return tuple(gone)


def _telling(one: Report, other: Report) -> list[Difference]:
    """One in the speaker's words, the other in the reporter's."""
    if (one.kind == "indirect") == (other.kind == "indirect"):
        return []
    return [Difference("telling", one.content, other.content, f"{_told(one)}, here {_told(other)}")]


def _told(report: Report) -> str:
    return "paraphrased" if report.kind == "indirect" else "quoted"


def _figures(one: Report, other: Report, pairs: Pairs) -> list[Difference]:
    """Figures of paired clauses that can be compared and are not the same; those that are, but hedged or limited otherwise."""
    found: list[Difference] = []
    free = [figure for figure in other.figures if not any(_agree(figure, mine) for mine in one.figures)]
    for figure in one.figures:
        equal = next((theirs for theirs in other.figures if _agree(figure, theirs)), None)
        if equal is not None:
            found += _conditions(figure, equal)
            continue
        near = [theirs for theirs in free if comparable(figure, theirs) or _counts(figure, theirs)]
        near = [theirs for theirs in near if _paired(figure.span, theirs.span, pairs)] or (near if len(near) == 1 and not _counts(figure, near[0]) else [])
        if near:
            closest = min(near, key=lambda theirs: abs(amount(theirs) - amount(figure)))
            free.remove(closest)
            found.append(Difference("figure", (figure.span,), (closest.span,), f"{shown(figure)}, here {shown(closest)}"))
    return found


def _agree(one: Figure, other: Figure) -> bool:
    if not (comparable(one, other) or _counts(one, other)) or not same(amount(one), amount(other)):
        return False
    return one.high is None or other.high is None or same(one.high, other.high)


def _counts(one: Figure, other: Figure) -> bool:
    """Whether both say how many: what is counted is a word of the language, so that it need not be the same."""
    return kind_of(one.unit) == kind_of(other.unit) == "number"


def _conditions(one: Figure, other: Figure) -> list[Difference]:
    """The same value, by another day, or hedged on one side alone."""
    found = []
    if one.by and other.by and not _dates_agree(one.by, other.by):
        found.append(Difference("date", (one.span,), (other.span,), f"by {one.by}, here by {other.by}"))
    if (one.approx, one.bound) != (other.approx, other.bound):
        found.append(Difference("hedge", (one.span,), (other.span,), f"{shown(one)}, here {shown(other)}"))
    return found


def shown(figure: Figure) -> str:
    """A figure as a person reads it: "about 5 to 7 percent", "at least 20"."""
    before = {"min": "at least ", "max": "at most "}.get(figure.bound or "", "about " if figure.approx else "")
    high = f" to {figure.high:,.10g}" if figure.high is not None else ""
    return f"{before}{figure.value:,.10g}{high}{' ' + figure.unit if figure.unit else ''}"


def _dates(one: Report, other: Report, pairs: Pairs) -> list[Difference]:
    """Dates of paired clauses, or the only ones, that are not the same day, month or year."""
    mine = [(span, value) for span, value in one.dates if not any(_dates_agree(value, theirs) for _, theirs in other.dates)]
    theirs = [(span, value) for span, value in other.dates if not any(_dates_agree(value, known) for _, known in one.dates)]
    found = []
    for span, value in mine:
        near = [item for item in theirs if _paired(span, item[0], pairs)] or (theirs if len(mine) == len(theirs) == 1 else [])
        if near:
            theirs.remove(near[0])
            found.append(Difference("date", (span,), (near[0][0],), f"{value}, here {near[0][1]}"))
    return found


def _dates_agree(one: str, other: str) -> bool:
    """Whether two dates are the same to the precision that both give."""
    precision = min(len(one), len(other))
    return one[:precision] == other[:precision]


def _hedges(one: Report, other: Report, pairs: Pairs) -> list[Difference]:
    """Words that make what is said less sure ("probably", "нібито"), in a clause whose partners have none."""
    mine, theirs = hedges(one), hedges(other)
    return [
        *(Difference("hedge", spans, across, HEDGE_GONE) for spans, across in _unmatched_hedges(mine, theirs, pairs)),
        *(Difference("hedge", across, spans, HEDGE_NEW) for spans, across in _unmatched_hedges(theirs, mine, pairs.turned())),
    ]


def _unmatched_hedges(mine: tuple[Span, ...], theirs: tuple[Span, ...], pairs: Pairs) -> list[tuple[tuple[Span, ...], tuple[Span, ...]]]:
    found = []
    for index, clause in enumerate(pairs.one):
        inside, partners = tuple(span for span in mine if _inside(span, clause)), pairs.partners(index)
        if inside and partners and not any(_inside(span, partner) for span in theirs for partner in partners):
            found.append((inside, partners))
    return found


def hedges(report: Report) -> tuple[Span, ...]:
    """Where the content hedges."""
    if report.language not in languages():
        return ()
    table, negations = _table(report.language)
    text = split_words(report.text)
    found: list[Span] = []
    for start, end in report.content:
        at, last = text.range(start, end)
        while at < last:
            hedge = table.at(text.folds, at, last)
            if hedge is not None and not negations.before(text.folds, at, 0) < at:
                found.append(text.span(at, hedge[0]))
            at = hedge[0] if hedge else at + 1
    return tuple(found)


@functools.cache
def _table(language: str) -> tuple[Phrases[None], Phrases[None]]:
    """What hedges, and what before it takes that back: "не може" is no doubt."""
    speech = load(language).words.speech
    return Phrases((form, None) for form in speech.hedges), Phrases((form, None) for form in speech.not_)


def _naming(one: Report, other: Report) -> list[Difference]:
    """The speaker by name in one article, by office alone, or as nobody in particular, in the other."""
    if one.naming == other.naming:
        return []
    spans = [(report.mention,) if report.mention else () for report in (one, other)]
    says = {"name": "named", "office": "only the office is named", "unnamed": "not named"}
    return [Difference("speaker", spans[0], spans[1], f"{says[one.naming]}, here {says[other.naming]}")]


def _via(one: Report, other: Report) -> list[Difference]:
    """By way of whom the words came, where the articles tell it otherwise; spans where the text has the name as it stands."""
    if one.via == other.via:
        return []
    chains = [f"by way of {' ← '.join(report.via)}" if report.via else "no agency named" for report in (one, other)]
    return [Difference("via", _standing(one), _standing(other), f"{chains[0]}, here {chains[1]}")]


def _standing(report: Report) -> tuple[Span, ...]:
    found = ((report.text.find(name), len(name)) for name in report.via if name)
    return tuple((at, at + size) for at, size in found if at >= 0)


def _paired(one: Span, other: Span, pairs: Pairs) -> bool:
    """Whether two spans stand in clauses that say the same."""
    return any(_inside(one, pairs.one[a]) and _inside(other, pairs.other[b]) for a, b in pairs.matched)


def _inside(span: Span, clause: Span) -> bool:
    return clause[0] <= span[0] < clause[1]
