"""Every language folder against its own examples, and what its files say of each other."""

from __future__ import annotations

import pytest

from onrecord.examples import LanguageReport, check_language
from onrecord.knowledge import schema
from onrecord.knowledge.marks import read_marks

CODES = schema.languages()
FEWEST_EXAMPLES = 40
NOTHING_SAID = 0.15  # the share of examples that must yield nothing; a quarter is what a folder aims at

# Cues that no example of their folder shows. Empty a set as its examples are written; a lemma that stands in an example may not stay.
UNTESTED: dict[str, frozenset[str]] = {code: frozenset() for code in CODES}


@pytest.fixture(scope="module", params=CODES)
def report(request: pytest.FixtureRequest) -> LanguageReport:
    """A language folder read against its examples."""
    return check_language(request.param)


def test_every_example_is_read_as_marked(report: LanguageReport) -> None:
    """What is said in each example, by whom and how, comes out as marked, and nothing else does."""
    assert not report.failures, "\n".join(f"{result.number}: {fault}" for result in report.failures for fault in result.faults)


def test_every_cue_stands_in_an_example(report: LanguageReport) -> None:
    """Every cue of the folder stands in one of its examples, but for those listed above."""
    assert set(report.untested) == UNTESTED[report.code]


def test_enough_examples(report: LanguageReport) -> None:
    """A folder has examples enough, and among them enough in which nothing is said."""
    assert len(report.examples) >= FEWEST_EXAMPLES
    silent = [e for e in schema.examples(report.code) if not read_marks(e.text).statements]
    assert len(silent) >= NOTHING_SAID * len(report.examples)


@pytest.mark.parametrize("code", CODES)
def test_names_of_examples_stand_for_speakers(code: str) -> None:
    """A name that an example asks for is that of an entity that says something in it."""
    for number, example in enumerate(schema.examples(code), 1):
        marked = read_marks(example.text, where=f"{code}, example {number}")
        assert example.names.keys() <= {statement.speaker for statement in marked.statements}, number


@pytest.mark.parametrize("code", CODES)
def test_no_lemma_twice(code: str) -> None:
    """A cue has one row for each frame, a role and a given name one row."""
    language = schema.load(code)
    cues = [(cue.lemma, cue.frame) for cue in language.cues]
    assert sorted({c for c in cues if cues.count(c) > 1}) == []
    names = [(name.name, name.gender) for name in language.names]
    assert sorted({n for n in names if names.count(n) > 1}) == []


@pytest.mark.parametrize("code", CODES)
def test_words_are_listed_in_lower_case(code: str) -> None:
    """The small words of speech.toml are in lower case, as they are looked up."""
    speech = schema.load(code).words.speech
    listed = [*speech.that, *speech.and_, *speech.not_, *speech.hypothetical, *speech.prepositions, *speech.adverbs, *speech.relative, *speech.subordinate]
    assert [word for word in listed if word != word.lower() or word != word.strip() or "’" in word] == []
