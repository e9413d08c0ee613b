"""Scores against made-up gold whose right figures are worked out by hand."""

from __future__ import annotations

import json
import pathlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import SourceError
from onrecord.evaluation import (
    Count,
    GoldArticle,
    GoldPerson,
    GoldSpeaker,
    GoldStatement,
    evaluate,
    fold,
    ratio,
    read_gold,
    same_speaker,
    tokens,
)
from onrecord.records import Article, Block, Kind, Reading, Skipped, Span, Speaker, Statement

TEXT = "Menu\nOne two three four, said Anna Lind. Five six seven eight nine ten, said Bo.\n"
JUNK = (0, 4)
FIRST, SECOND = (5, 23), (41, 70)  # "One two three four", "Five six seven eight nine ten"
GOLD = GoldArticle(
    document="page.txt",
    language="en",
    published="2031-04-02",
    junk=(JUNK,),
    people=(GoldPerson("anna-lind", ("Anna Lind",)), GoldPerson("bo")),
    statements=(
        GoldStatement("1", "indirect", (FIRST,), GoldSpeaker("anna-lind", (30, 39))),
        GoldStatement("2", "direct", (SECOND,), GoldSpeaker("bo", (77, 79))),
    ),
    text=TEXT,
)
ANNA = Speaker("Lind", ("Anna Lind",), (30, 39))
BO = Speaker("Bo", (), (77, 79))


def statement(span: Span, speaker: Speaker | None, *, kind: Kind = "indirect", id: str = "a", inside: str | None = None) -> Statement:
    """A predicted statement."""
    return Statement(id, kind, "body", (span,), (), None, speaker, "test", 0.5, inside=inside)


def reading(*statements: Statement, published: str | None = "2031-04-02T10:00", source: str = "folder/page.txt") -> Reading:
    """A predicted reading of the page."""
    blocks = (Block(*JUNK, "navigation"), Block(5, 80, "body"))
    return Reading(Article("id", source, TEXT, "en", blocks, published=published), (), (), statements)


def test_right_reading_gets_everything() -> None:
    """A reading that says what the gold says is right in every figure."""
    assert TEXT[slice(*FIRST)] == "One two three four" and TEXT[slice(*SECOND)] == "Five six seven eight nine ten"
    result = evaluate([GOLD], [reading(statement(FIRST, ANNA), statement(SECOND, BO, kind="direct", id="b"))])
    score = result.scores["all"]
    assert (score.found.f1, score.exact.f1, score.attributed.f1, score.kind, score.speaker, score.junk.f1, score.published) == (1,) * 7
    assert result.faults == () and result.scores.keys() == {"all", "en"}


def test_partial_reading_is_counted() -> None:
    """One found with wrong borders and speaker, one missed and one spurious give precision and recall of a half."""
    got = reading(statement((5, 18), BO, kind="direct"), statement((71, 79), None, id="x"), published=None)
    score = evaluate([GOLD], [got]).scores["all"]
    assert (score.found.precision, score.found.recall, score.found.f1) == (0.5, 0.5, 0.5)
    assert (score.exact.f1, score.attributed.f1, score.kind, score.speaker, score.published) == (0, 0, 0, 0, 0)
    assert [f.what for f in evaluate([GOLD], [got]).faults] == ["speaker", "borders", "kind", "missed", "spurious", "published"]


def test_page_without_a_reading_is_missing() -> None:
    """A page that yields nothing misses its statements, its junk and its date."""
    score = evaluate([GOLD], [Skipped("page.txt", "clean", "empty")]).scores["all"]
    assert (score.missing, score.statements, score.found.f1, score.junk.recall, score.published) == (1, 2, 0, 0, 0)


def test_optional_words_and_statements_are_neither_missed_nor_wrong() -> None:
    """Optional words do not spoil an exact match, and a statement that is not required counts for nothing."""
    doubtful = msgspec.structs.replace(GOLD.statements[0], required=False)
    optional = msgspec.structs.replace(GOLD.statements[1], optional=((50, 70),))
    gold = msgspec.structs.replace(GOLD, statements=(doubtful, optional))
    for got in (reading(statement((41, 49), BO)), reading(statement((41, 49), BO), statement(FIRST, None, id="b"))):
        score = evaluate([gold], [got]).scores["all"]
        assert (score.statements, score.exact.precision, score.exact.recall) == (1, 1, 1)


def test_statement_inside_a_predicted_one_is_not_spurious() -> None:
    """A nested statement that the gold leaves unmarked is not wrong; one that only claims to be nested is."""
    outer = statement(SECOND, BO, id="outer")
    nested = evaluate([GOLD], [reading(outer, statement((41, 49), ANNA, id="n", inside="outer"))]).scores["all"]
    claimed = evaluate([GOLD], [reading(outer, statement((71, 79), ANNA, id="n", inside="outer"))]).scores["all"]
    assert (nested.found.precision, claimed.found.precision) == (1, 0.5)


def test_better_overlap_wins_whatever_the_order() -> None:
    """Matching is one to one and best first."""
    better, worse = statement(SECOND, BO, id="b"), statement((41, 61), None, id="w")
    for order in ((better, worse), (worse, better)):
        score = evaluate([GOLD], [reading(*order)]).scores["all"]
        assert (score.exact.recall, score.attributed.recall, score.found.precision) == (0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("speaker", "person", "mention", "right"),
    [
        (None, GoldPerson("bo"), (77, 79), False),
        (Speaker("LIND", ("anna  lind",)), GoldPerson("anna-lind", ("Anna Lind",)), None, True),
        (Speaker("Anna Lind"), GoldPerson("anna-lind", ("A. Lind",)), None, True),
        (Speaker("Bo", (), (30, 39)), GoldPerson("anna-lind", ("A. Lind",)), (30, 39), False),
        (Speaker("somebody", (), (38, 40)), GoldPerson("anna"), (30, 39), True),
        (Speaker("Anna"), GoldPerson("anna"), (30, 39), True),
        (Speaker("Bo", (), (77, 79)), GoldPerson("anna"), (30, 39), False),
        (Speaker("Bo"), GoldPerson("anna"), None, True),
    ],
)
def test_speaker_is_right_by_name_or_by_mention(speaker: Speaker | None, person: GoldPerson, mention: tuple[int, int] | None, right: bool) -> None:
    """Where the gold names the person, names decide; where it marks only a mention, the mention or words of it."""
    assert same_speaker(speaker, person, mention, TEXT) is right


def test_names_are_compared_without_case_accents_and_punctuation() -> None:
    """Folding keeps the words alone."""
    assert fold("  Zoë O’Neil-BERG, jr. ") == "zoe o’neil-berg jr"


@given(st.lists(st.tuples(*[st.integers(0, 9)] * 12), min_size=1, max_size=5))
def test_counts_add_up(rows: list[tuple[int, ...]]) -> None:
    """Counts over articles are the sums of their counts."""
    total = Count()
    for row in rows:
        total += Count(*row)
    assert msgspec.structs.astuple(total) == tuple(map(sum, zip(*rows, strict=True)))


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_f1_lies_between_precision_and_recall(both: int, more: int, missed: int) -> None:
    """The harmonic mean lies between the two, and nothing divides by zero."""
    result = ratio(both, both + more, both + missed)
    low, high = sorted((result.precision, result.recall))
    assert low - 1e-9 <= result.f1 <= high + 1e-9 or both == 0


def test_tokens_are_words_with_inner_marks() -> None:
    """Apostrophes and hyphens belong to a word; a span that cuts a word counts what is inside."""
    assert tokens("п'ять пів-року ok", [(0, 17)]) == {0, 6, 15}
    assert tokens("abc def", [(1, 5)]) == {1, 4}


def test_gold_is_read_with_its_texts(tmp_path: pathlib.Path) -> None:
    """A gold folder finds its pages in ../../NAME or where it is told, and says so when they are not there."""
    folder, texts = tmp_path / "gold" / "made", tmp_path / "made"
    folder.mkdir(parents=True)
    texts.mkdir()
    row = msgspec.to_builtins(msgspec.structs.replace(GOLD, text=""))
    row.pop("text")
    (folder / "page.json").write_text(json.dumps(row | {"outlet": None, "via": []}), encoding="utf-8")
    (folder / "notes.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SourceError, match="--texts"):
        read_gold(folder)
    (texts / "page.txt").write_text(TEXT, encoding="utf-8")
    assert read_gold(folder) == (GOLD,) == read_gold(folder, texts)
    with pytest.raises(SourceError, match="no gold readings"):
        read_gold(texts)
