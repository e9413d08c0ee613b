"""What rules found and what the tagger sees, brought together; the tags are made up."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from onrecord.knowledge import schema
from onrecord.records import Article, Block, Mention, Quotation, Sentence
from onrecord.stages import consult, tag
from onrecord.stages.decode import Found
from onrecord.tokens import split_words

LINES = (
    "New stone bridge opens soon, says Pell.",
    "Ada Pell said that the bridge would open in spring.",
    "The road stays shut for now.",
    "Bruno Kass laughed at her plan.",
)
TEXT = " ".join(LINES)
SENTENCES = tuple(Sentence(TEXT.index(line), TEXT.index(line) + len(line), "headline" if line is LINES[0] else "body") for line in LINES)
CLAUSE, ROAD, PLAN, HEAD = "the bridge would open in spring", "The road stays shut for now", "laughed at her plan", "New stone bridge opens soon"


def span(words: str) -> tuple[int, int]:
    """Where words stand in TEXT."""
    start = TEXT.index(words)
    return start, start + len(words)


def tags(content: tuple[str, ...] = (), *, sure: float = 1.0, speaker: tuple[str, ...] = ()) -> tag.Tags:
    """Tags that take the given words for content with probability `sure`, and for speakers; all else is nothing."""
    words = split_words(TEXT)
    starts, ends = np.array(words.starts), np.array(words.ends)
    tables = {}
    for head, labels in tag.LABELS.items():
        tables[head] = np.zeros((len(starts), len(labels)), np.float32)
        tables[head][:, 0] = 1
    for one in content:
        first, last = words.range(*span(one))
        tables["content"][first:last] = [1 - sure, 0, 0, sure]
    for one in speaker:
        first, last = words.range(*span(one))
        tables["speaker"][first:last] = [0, 0, 1]
    pointers, width = len(tag.POINTERS), tag.POINTER_WIDTH
    zeros = np.zeros((pointers, len(starts), width), np.float32)
    chunk = tag.Chunk(0, zeros, zeros, np.full((len(starts), pointers), 50, np.float32), np.zeros((pointers, tag.DISTANCES), np.float32))
    return tag.Tags(starts, ends, chunks=(chunk,), **tables)


def quotation(words: str, rule: str = "cue-clause", **more: object) -> Quotation:
    """A quotation of the rules."""
    return Quotation((span(words),), "indirect", "body", f"en/{rule}", confidence=0.8, **more)  # type: ignore[arg-type]


def found(words: str, confidence: float = 0.95, **more: object) -> Found:
    """A statement of the tagger, which sees a cue to it."""
    return Found((span(words),), (), "indirect", span("said"), None, confidence, **more)  # type: ignore[arg-type]


def combined(quotations: tuple[Quotation, ...], seen: tuple[Found, ...], table: tag.Tags, code: str = "en") -> tuple[Quotation, ...]:
    """Both together."""
    return consult.combine(quotations, seen, table, Article("id", "source", TEXT, code, ()), SENTENCES)


def test_what_both_see_is_one() -> None:
    """A statement of both has the borders of the rules, the tagger's mention, the surer confidence, and a rule that says so."""
    mention = span("Ada Pell")
    (made,) = combined((quotation(CLAUSE),), (found("bridge would open in spring")._replace(mention=mention),), tags((CLAUSE,)))
    assert made.content == (span(CLAUSE),)
    assert (made.rule, made.mention, made.confidence) == ("en/cue-clause+tagger", mention, 0.95)


@pytest.mark.parametrize("rule", consult.WEAK_RULES)
def test_what_the_tagger_denies_is_overruled_but_stays(rule: str) -> None:
    """A statement of a weak rule in whose words the tagger sees nothing said has confidence 0, and what goes on from it still does."""
    one, two = combined((quotation(CLAUSE, rule), quotation(ROAD, after=0)), (), tags((ROAD,)))
    assert (one.confidence, two.confidence, two.after) == (0.0, 0.8, 0)
    (supported,) = combined((quotation(CLAUSE, rule),), (), tags((CLAUSE,)))
    assert supported.confidence == 0.8


@pytest.mark.parametrize(("rule", "kept"), [("cue-clause", False), ("cue-noun", False), ("source-phrase", True), ("cue-subjunctive", True)])
def test_a_verb_that_tells_no_saying(rule: str, kept: bool) -> None:
    """Where the tagger sees neither anything said nor a cue in the verb, what hangs on the verb is overruled; a source needs no verb."""
    (made,) = combined((quotation(CLAUSE, rule, cue=span("said")),), (), tags((ROAD,)))
    assert (made.confidence > 0) == kept


def test_a_noun_needs_a_cue() -> None:
    """What is but a noun is overruled where the tagger sees no cue in its verb, whatever it sees in the noun."""
    (made,) = combined((quotation(CLAUSE, "cue-noun", cue=span("said")),), (), tags((CLAUSE,)))
    assert made.confidence == 0


def test_a_firm_rule_needs_no_support() -> None:
    """What a firm rule found without a cue to ask about stays, whatever the tagger sees."""
    (made,) = combined((quotation(CLAUSE),), (), tags())
    assert (made.confidence, made.rule) == (0.8, "en/cue-clause")


def test_what_only_the_tagger_sees() -> None:
    """A statement that no rule found is added where the tagger is sure, less sure than it was, and not where it is not."""
    (made,) = combined((), (found(ROAD), found(PLAN, consult.LEAST_ALONE - 0.01)), tags((ROAD, PLAN)))
    assert (made.content, made.rule, made.where) == ((span(ROAD),), "en/tagger", "body")
    assert 0 < made.confidence < 0.95


def test_without_a_cue_the_tagger_is_not_believed_alone() -> None:
    """A statement that only the tagger sees, and to which it sees no cue, is left out, however sure it is."""
    assert combined((), (found(ROAD)._replace(cue=None),), tags((ROAD,))) == ()


def test_a_question_says_nothing() -> None:
    """What only the tagger sees in a question is left out: an interviewer asks, and nobody says."""
    text = "When do you think that the road stays shut for now?"
    article = Article("id", "source", text, "en", ())
    content = (text.index("the road"), text.index("?"))
    seen = (Found((content,), (), "indirect", (12, 17), None, 0.99),)
    assert consult.combine((), seen, tags((ROAD,)), article, (Sentence(0, len(text), "body"),)) == ()
    told = msgspec.structs.replace(article, text=text.replace("?", "."))
    assert len(consult.combine((), seen, tags((ROAD,)), told, (Sentence(0, len(text), "body"),))) == 1


def test_what_an_outlet_recalls_is_no_statement() -> None:
    """What only the tagger sees behind a word with which the outlet recalls its own report is left out."""
    text = "Нагадаємо, що дорогу закрили до самої весни."
    article = Article("id", "source", text, "uk", ())
    seen = (Found(((text.index("дорогу"), len(text) - 1),), (), "indirect", (0, 9), None, 0.99),)
    assert consult.combine((), seen, tags(), article, (Sentence(0, len(text), "body"),)) == ()


def test_a_few_words_alone_are_too_few() -> None:
    """A statement of two words that only the tagger sees is left out, however sure it is."""
    assert combined((), (found("stays shut"),), tags(("stays shut",))) == ()


def test_a_headline_stays_a_headline() -> None:
    """A statement of the tagger in a headline stands in the headline."""
    (made,) = combined((), (found(HEAD),), tags((HEAD,)))
    assert made.where == "headline"


def test_nothing_is_told_twice() -> None:
    """A statement of the tagger that shares words with one of the rules without holding it is left out."""
    (made,) = combined((quotation(CLAUSE),), (found("would open in spring. The road stays shut for now"), found("open in spring")), tags((CLAUSE,)))
    assert made.content == (span(CLAUSE),)


def test_a_statement_around_another_is_kept() -> None:
    """A statement of the tagger that holds one of the rules wholly is another one, around it."""
    around = "Ada Pell said that the bridge would open in spring. The road stays shut for now"
    made = combined((quotation("open in spring"),), (found(around),), tags((around,)))
    assert [q.content for q in made] == [(span(around),), (span("open in spring"),)]


def test_the_order_is_that_of_the_text() -> None:
    """Statements come in the order of the text, and those that go on from others still point to them."""
    made = combined((quotation(ROAD), quotation(PLAN, after=0)), (found(CLAUSE), found(ROAD), found(PLAN)), tags((CLAUSE, ROAD, PLAN)))
    assert [q.content for q in made] == [(span(CLAUSE),), (span(ROAD),), (span(PLAN),)]
    assert [q.after for q in made] == [None, None, 1]


def test_nothing_from_nothing() -> None:
    """Where neither finds anything, there is nothing."""
    assert combined((), (), tags()) == ()


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["Ada Pell said it was late.", "It rained all day."], [0]),
        (["It rained all day.", "The “quiet shore” plan", "Three things: rain"], [1, 2]),
        (["12 - 34 - 56 : 78", "It rained."], []),
        (["«««««««««««««««««»", ""], []),
    ],
)
def test_passages(lines: list[str], wanted: list[int]) -> None:
    """The tagger reads the blocks that hold a cue, a quotation mark or a colon, and no tables or walls of marks."""
    text, blocks = "", []
    for line in filter(None, lines):
        blocks.append(Block(len(text), len(text) + len(line), "body"))
        text += line + "\n"
    article = Article("id", "source", text, "en", tuple(blocks))
    spans = consult.passages(article, split_words(text), schema.load("en"))
    assert spans == [(blocks[n].start, blocks[n].end) for n in wanted]


def test_passages_leave_out_junk_and_the_rest_of_a_book() -> None:
    """Junk is not read by the tagger, nor what goes beyond the length of any article."""
    line = "Ada Pell said it was late. " * 500
    text = "\n".join([line] * 6)
    size = len(line) + 1
    blocks = tuple(Block(n * size, n * size + len(line), "teaser" if n == 0 else "body") for n in range(6))
    spans = consult.passages(Article("id", "source", text, "en", blocks), split_words(text), schema.load("en"))
    assert spans[0] == (blocks[1].start, blocks[1].end)
    assert sum(b - a for a, b in spans) <= consult.MOST_CHARS


def test_how_likely_a_mention_speaks() -> None:
    """A mention whose words the tagger takes for a speaker is likely to speak."""
    mentions = tuple(Mention(*span(name), "name", "person", name) for name in ("Ada Pell", "Bruno Kass"))
    kept, hints = consult.refine(mentions, tags(speaker=("Bruno",)), TEXT, schema.load("en"))
    assert kept == mentions
    assert hints.speaking == (0.0, 1.0)
    assert hints.earlier == {}


def test_a_link_to_an_earlier_mention() -> None:
    """A pronoun that the tagger points back to a mention is linked to it; a name never is."""
    table = tags()
    words = split_words(TEXT)
    at = tag.POINTERS.index("antecedent")
    target, asking = words.at(span("Ada Pell")[0]), words.at(span("her plan")[0])
    chunk = table.chunks[0]
    asks, answers, none = chunk.asks.copy(), chunk.answers.copy(), chunk.none.copy()
    for word in (asking, words.at(span("Bruno Kass")[0])):
        asks[at, word, 0], none[word, at] = 50, 0
    answers[at, target, 0] = 50
    table = table._replace(chunks=(chunk._replace(asks=asks, answers=answers, none=none),))
    known = (
        Mention(*span("Ada Pell"), "name", "person", "Ada Pell"),
        Mention(*span("Bruno Kass"), "name", "person", "Bruno Kass"),
        Mention(span("her plan")[0], span("her plan")[0] + 3, "pronoun", "person", "her"),
    )
    mentions, hints = consult.refine(known, table, TEXT, schema.load("en"))
    assert mentions == known
    assert hints.earlier == {2: 0}
