"""A language folder against its own examples: which are read as marked, and which cues stand in none."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from onrecord.evaluation import (
    EXACT_OVERLAP,
    WORD,
    GoldArticle,
    GoldPerson,
    GoldSpeaker,
    GoldStatement,
    match,
    same_speaker,
    shown,
    spurious,
)
from onrecord.knowledge import marks, schema
from onrecord.pipeline import read_page
from onrecord.records import Page, Reading, Skipped
from onrecord.settings import Settings

PART = re.compile(r"\w+")  # of a word, between hyphens and apostrophes


class ExampleResult(msgspec.Struct, frozen=True):
    """What reading one example of a language folder got wrong; it passes where `faults` is empty."""

    number: int  # place in examples.toml, from 1
    text: str
    faults: tuple[str, ...]


class LanguageReport(msgspec.Struct, frozen=True):
    """A language folder against its own examples: which pass, and the cues that stand in none."""

    code: str
    examples: tuple[ExampleResult, ...]
    untested: tuple[str, ...]

    @property
    def failures(self) -> tuple[ExampleResult, ...]:
        """The examples that do not pass."""
        return tuple(result for result in self.examples if result.faults)


def check_language(code: str, settings: Settings = Settings()) -> LanguageReport:
    """Read every example of a language folder and compare; KnowledgeError where a file of the folder is wrong."""
    language = schema.load(code)
    settings = msgspec.structs.replace(settings, language=code)
    examples = schema.examples(code)
    results = []
    for number, example in enumerate(examples, 1):
        marked = marks.read_marks(example.text, where=f"{code}/examples.toml, example {number}")
        outcome = read_page(Page(f"{code}/examples.toml#{number}", marked.text), settings)
        results.append(ExampleResult(number, marked.text, _example_faults(marked, example.names, outcome)))
    plain = "\n".join(" ".join(WORD.findall(result.text.lower())) for result in results)
    known = frozenset(PART.findall(plain))
    untested = sorted({cue.lemma for cue in language.cues if not any(_stands_in(plain, known, form) for form in cue.forms)})
    return LanguageReport(code, tuple(results), tuple(untested))


def _example_faults(marked: marks.MarkedText, names: Mapping[str, str], outcome: Reading | Skipped) -> tuple[str, ...]:
    if isinstance(outcome, Skipped):
        needed = any(s.required for s in marked.statements)
        return (f"skipped: {outcome.reason} {outcome.detail}".rstrip(),) if needed or outcome.reason == "failed" else ()
    gold = _as_gold(marked, names)
    matches = match(gold, outcome.statements)
    people = {person.id: person for person in gold.people}
    faults = []
    for index, want in enumerate(gold.statements):
        if not want.required:
            continue
        wanted = f"{want.id} {shown(gold.text, want.content)!r}"
        if index not in matches:
            faults.append(f"missed: {wanted}")
            continue
        taken, overlap = matches[index]
        got = outcome.statements[taken]
        if overlap < EXACT_OVERLAP:
            faults.append(f"borders: {wanted} came out as {shown(gold.text, got.content)!r} ({got.rule})")
        if want.speaker.id != "unknown" and not same_speaker(got.speaker, people[want.speaker.id], want.speaker.mention, gold.text):
            faults.append(f"speaker: {wanted} by {got.speaker.name if got.speaker else None!r}, not {want.speaker.id} ({got.rule})")
        if got.kind != want.kind:
            faults.append(f"kind: {wanted} is {want.kind}, came out {got.kind} ({got.rule})")
    for got in spurious(gold.text, outcome.statements, {taken for taken, _ in matches.values()}):
        faults.append(f"spurious: {shown(gold.text, got.content)!r} ({got.rule})")
    return tuple(faults)


def _as_gold(marked: marks.MarkedText, names: Mapping[str, str]) -> GoldArticle:
    """Inline marks as a gold article; an entity without a name in the example is told by its mention."""
    return GoldArticle(
        document="",
        language="",
        published=None,
        junk=(),
        people=tuple(GoldPerson(id, (names[id],) if id in names else ()) for id in sorted({s.speaker for s in marked.statements})),
        statements=tuple(
            GoldStatement(str(s.number), s.kind, s.content, GoldSpeaker(s.speaker, marks.mention_of(marked, s)), s.optional, s.required)
            for s in marked.statements
        ),
        text=marked.text,
    )


def _stands_in(text: str, known: frozenset[str], form: schema.Form) -> bool:
    """Whether a form stands in a line of the text (casefolded, one blank between words, which are `known`); its words may stand apart, in order."""
    parts = PART.findall(form.form)
    if not known.issuperset(parts):
        return False
    return len(parts) == 1 or re.search(r"\b" + r"\b.*?\b".join(map(re.escape, WORD.findall(form.form))) + r"\b", text) is not None
