"""Blocks that are speech as a whole: the replies of an interview, the points of a list."""

from __future__ import annotations

from onrecord.knowledge.lexicon import lexicon
from onrecord.records import Article, Block, BlockRole
from onrecord.stages.extract.replies import find_replies
from onrecord.tokens import split_words


def replies(code: str, *lines: str, roles: dict[int, BlockRole] | None = None) -> list[tuple[str, str, bool]]:
    """For each reply its rule, its content, and whether it asks; each line is a block, all of it between „ and “ is quoted, a mayor is a mention."""
    text = "\n".join(lines)
    blocks, at = [], 0
    for number, line in enumerate(lines):
        blocks.append(Block(at, at + len(line), (roles or {}).get(number, "body")))
        at += len(line) + 1
    words = split_words(text)
    opened, closed = ([k for k, fold in enumerate(words.folds) if fold == mark] for mark in "„“")
    quotes = [(a, b + 1) for a, b in zip(opened, closed, strict=True)]
    named = [k for k, fold in enumerate(words.folds) if fold in ("мер", "mayor")]
    found = find_replies(Article("id", "source", text, code, tuple(blocks)), words, lexicon(code), quotes, named)
    assert all(r.span[0] <= r.content[0] < r.content[1] <= r.span[1] for r in found)
    return [(r.rule, text[slice(*r.content)], r.question) for r in found]


INTERVIEW = (
    "Bruno Kass has mended bridges for thirty years.",
    "– How did you begin?",
    "– My father took me along when I was ten.",
    "– Was it dangerous?",
    "– It always is, but one learns.",
)


def test_an_interview() -> None:
    """Questions and replies that take turns are an interview: replies are content without their dash, the lead is none."""
    assert replies("en", *INTERVIEW) == [
        ("interview-reply", "How did you begin?", True),
        ("interview-reply", "My father took me along when I was ten.", False),
        ("interview-reply", "Was it dangerous?", True),
        ("interview-reply", "It always is, but one learns.", False),
    ]


def test_names_before_a_colon() -> None:
    """The names that open the lines of an interview are no content."""
    found = replies("en", "Reporter: How did you begin?", "Kass: My father took me along.", "Reporter: Was it dangerous?", "Kass: It always is so.")
    assert [content for _, content, asked in found if not asked] == ["My father took me along.", "It always is so."]


def test_lines_of_labels_that_return() -> None:
    """Labels that return make a dialogue without question marks; a full name belongs to its initials, and who asks most only asks."""
    lines = ("ANN PELL: With me is Tom Rust.", "TOM RUST: Good morning.", "AP: Will it freeze?", "TR: It always does.", "AP: So you say.", "TR: So I know.")
    found = replies("en", *lines)
    assert [content for _, content, asked in found if not asked] == ["Good morning.", "It always does.", "So I know."]
    assert len(found) == len(lines)


def test_labels_that_stand_once() -> None:
    """Labels of data, each of which stands once, and labels before quotation marks are no dialogue."""
    assert replies("en", "Place: Millgate", "Time: eight in the evening", "Tickets: at the door", "Price: four pounds") == []
    assert replies("en", 'Kass: "It is over."', 'Bell: "It is not over."', 'Kass: "It is."', 'Bell: "We shall see."') == []


def test_one_question_is_no_interview() -> None:
    """A single question in an article, or questions in quotation marks, make no interview."""
    assert replies("en", "The mayor came.", "What now?", "Nobody knows, and nobody asks.", "It rained.") == []
    assert replies("uk", "«Хто винен?»", "Ніхто не відповів на це.", "«Що робити?»", "Ніхто не знав цього.") == []


def test_an_outlet_that_answers_its_own_questions() -> None:
    """Questions that nobody answers who speaks of himself, outside of quotation marks, are headings and make no interview."""
    replied = ("Nein, der Antrag ist frei.", "Wie lange dauert es?", "Etwa drei Wochen, „bei uns auch vier“, so das Amt.")
    assert replies("de", "Muss ich das bezahlen?", *replied) == []
    assert len(replies("de", "Mussten Sie das bezahlen?", "Nein, mir gab es die Stadt.", *replied[1:])) == 4


def test_theses() -> None:
    """Points behind a line that ends with a colon and names somebody who speaks are said; their closing marks are no content."""
    found = replies("uk", "Мер заявив про такі плани:", "– жодну акушерку не звільнять;", "– ремонт почнуть у червні.", "Дощ ішов увесь день.")
    assert found == [("thesis", "жодну акушерку не звільнять", False), ("thesis", "ремонт почнуть у червні", False)]


def test_a_list_that_nobody_says() -> None:
    """Points behind a line in which nobody speaks are a list and no statements."""
    assert replies("uk", "У кошику було:", "– три яблука;", "– дві груші.") == []
    assert replies("en", "The sign says the following:", "– Shake the bottle", "– Close it well") == []
    assert len(replies("de", "Wir fordern:", "– mehr Platz für Räder", "– eine Prüfung")) == 2


def test_riddles() -> None:
    """Questions with replies in which hardly anybody speaks of himself are riddles."""
    lines = [line for k in range(6) for line in (f"Why did the hen cross road {k}?", "To get to the other side of it.")]
    assert replies("en", *lines, "Who was it?", "It was my own hen.") == []


def test_a_list_block_needs_no_dash() -> None:
    """Points of a list that was marked as one are theses without a dash."""
    found = replies("en", "The mayor said the following:", "The bridge opens in May", "The road opens in June", roles={1: "list", 2: "list"})
    assert [content for _, content, _ in found] == ["The bridge opens in May", "The road opens in June"]


def test_headlines_and_junk_are_no_replies() -> None:
    """A headline that asks and junk that asks take no part in an interview."""
    roles: dict[int, BlockRole] = {0: "headline", 2: "teaser"}
    assert replies("en", "Who broke the bridge?", "Nobody knows, it seems to us.", "Who won the lottery?", "Nobody asks, it seems.", roles=roles) == []


def test_a_table_of_labels() -> None:
    """Labels that return before lines without a stop are a table, no dialogue."""
    lines = ("Court One: Doubles, from noon", "Court Two: Singles, from two", "Court One: Singles, from four", "Court Two: Doubles, from six")
    assert replies("en", *lines) == []


def test_a_reply_of_several_paragraphs() -> None:
    """The paragraphs up to the next question are one reply."""
    found = replies("en", "How did you begin?", "My father took me along.", "I was ten years old.", "Was it dangerous?", "It always is so.")
    assert [content for _, content, asked in found if not asked] == ["My father took me along.\nI was ten years old.", "It always is so."]


def test_bold_questions() -> None:
    """Where questions stand between asterisks, a line between them asks even without a question mark."""
    lines = ("**How did you begin?**", "My father took me along.", "**People say it is dangerous.**", "It always is so.", "**And now?**", "I rest a lot.")
    found = replies("en", *lines)
    assert [content for _, content, asked in found if not asked] == ["My father took me along.", "It always is so.", "I rest a lot."]


def test_subheads_that_ask_somebody() -> None:
    """Where most subheads ask "you", they are the questions of an interview, however long the replies are; a page that asks nobody answers itself."""
    lines = ("Comment avez-vous appris ?", "Mon père m'emmenait déjà.", "Il parlait peu.", "Le tour du port", "On y va seul.", "Et vos projets ?", "Je pars.")
    roles: dict[int, BlockRole] = {0: "subhead", 3: "subhead", 5: "subhead"}
    found = [content for _, content, asked in replies("fr", *lines, *["La mer monte encore."] * 9, roles=roles) if not asked]
    assert found[:2] == ["Mon père m'emmenait déjà.\nIl parlait peu.", "On y va seul."]
    assert replies("fr", "Comment apprendre ?", *["Mon père le sait."] * 9, "Et après ?", "Mon port est plein.", roles={0: "subhead", 10: "subhead"}) == []
