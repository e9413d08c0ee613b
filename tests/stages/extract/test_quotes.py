"""Which quotation mark closes which: exactly the quotations that a text is built from are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Block
from onrecord.stages.extract.quotes import pair_quotes

STYLES = ["«»", "„“", "„”", "“”", "»«", '""', "‘’", "‹›", "‚‘"]
INNER = {"«»": ["„“", '""', "‹›"], "„“": ["«»", "‚‘"], "„”": ["«»"], "“”": ["‘’", "«»"], "»«": ["„“"], '""': ["‘’", "«»"], "‘’": [], "‹›": [], "‚‘": []}

narration = st.lists(st.sampled_from(["мер", "сказав", "Pell", "said", "la", "réponse", "день", "2031", "mayor's"]), min_size=1, max_size=6).map(" ".join)
words = st.lists(st.sampled_from(["ми", "чекаємо", "we", "wait", "jusqu'à", "demain", "не", "12", "м’яч", "O’Neil"]), min_size=1, max_size=8).map(" ".join)
tail = st.sampled_from(["", "!", "?", "…", "."])
join = st.sampled_from([" – ", ", ", " ", ". ", ": "])


def paired(text: str, *lengths: int) -> list[str]:
    """The quotations of a text of one block, or of the blocks of these lengths with a line break between."""
    blocks, at = [], 0
    for length in lengths or (len(text),):
        blocks.append(Block(at, at + length, "body"))
        at += length + 1
    return [text[a:b] for a, b in pair_quotes(text, tuple(blocks))]


@given(st.lists(st.tuples(narration, join, st.sampled_from(STYLES), words, tail), min_size=1, max_size=5), narration, st.booleans())
def test_what_is_built_is_found(parts: list[tuple[str, str, str, str, str]], rest: str, one_style: bool) -> None:
    """Out of narration and quotations, of one style of marks or of a new one each time, exactly the quotations are found."""
    text, wanted = "", []
    if one_style or any(style == "»«" for _, _, style, _, _ in parts):
        parts = [(n, j, parts[0][2], w, t) for n, j, _, w, t in parts]  # marks that point inwards are not mixed with others in a block
    for told, joined, style, said, end in parts:
        quotation = style[0] + said + end + style[1]
        wanted.append(quotation)
        text += told + joined + quotation + ", "
    assert paired(text + rest) == wanted


@given(st.lists(st.tuples(narration, st.sampled_from(STYLES[:6]), words, words, words, st.data()), min_size=1, max_size=3))
def test_the_outermost_are_found(parts: list[tuple[str, str, str, str, str, st.DataObject]]) -> None:
    """A quotation inside a quotation belongs to the outer one."""
    style = parts[0][1]
    text, wanted = "", []
    for told, _, before, inside, after, data in parts:
        inner = data.draw(st.sampled_from(INNER[style]))
        plain = [w.replace("’", "'") for w in (before, inside, after)]
        quotation = f"{style[0]}{plain[0]} {inner[0]}{plain[1]}{inner[1]} {plain[2]}{style[1]}"
        wanted.append(quotation)
        text += f"{told}: {quotation}. "
    assert paired(text) == wanted


@given(st.lists(st.tuples(words, st.sampled_from(["«", "„", "“", '"'])), min_size=1, max_size=4), words)
def test_a_mark_that_is_never_closed_is_dropped(lines: list[tuple[str, str]], whole: str) -> None:
    """An opening mark without its partner takes nothing from the blocks behind it."""
    texts = [f"{said} {mark}{said}" for said, mark in lines] + [f"слово «{whole}» слово"]
    assert paired("\n".join(texts), *map(len, texts)) == [f"«{whole}»"]


@given(st.lists(st.text(st.sampled_from("«»„“”\"‘’‹›' аb,."), min_size=1, max_size=40), max_size=4))
def test_any_marks_make_pairs_in_order(texts: list[str]) -> None:
    """However marks are strewn, pairs lie inside their blocks, in order, and do not overlap."""
    text = "\n".join(texts)
    blocks, at = [], 0
    for one in texts:
        blocks.append(Block(at, at + len(one), "body"))
        at += len(one) + 1
    pairs = pair_quotes(text, tuple(blocks))
    last = 0
    for start, end in pairs:
        assert last <= start < end
        assert any(b.start <= start and end <= b.end for b in blocks)
        last = end


def test_a_wall_of_marks_quotes_nothing() -> None:
    """A long block of hardly anything but marks holds no quotation; a short one may: "Da"."""
    assert paired('"Да"') == ['"Да"']
    assert paired('«а»"' * 100) == []


CASES = [
    ("«Так», – сказав він. – «Ні».", ["«Так»", "«Ні»"]),
    ("Газета „Глас“ писа: „Няма мост“.", ["„Глас“", "„Няма мост“"]),
    ('the "quiet shore" plan and the "loud" one', ['"quiet shore"', '"loud"']),
    ('писа вестникът."Няма мост", каза той.', ['"Няма мост"']),
    ("It's the mayor's car, and O’Neil’s too.", []),
    ("‘We wait,’ she said.", ["‘We wait,’"]),
    ("rock ’n’ roll", []),
    ("»Wir warten«, sagte sie. »Immer noch.«", ["»Wir warten«", "»Immer noch.«"]),
    ("« Nous attendons », a-t-il dit", ["« Nous attendons »"]),
    ('"Роман "Тихий берег" отримав премію", – сказав він', ['"Роман "Тихий берег" отримав премію"']),
    ("''We wait,'' she said.", ["''We wait,''"]),
    ('5" pipe', []),
    ("", []),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_pairs(text: str, wanted: list[str]) -> None:
    """Apostrophes are no marks, straight marks open before a word and close behind one, guillemets may point inwards."""
    assert paired(text) == wanted


@pytest.mark.parametrize("text", ["«Фірма “Обрій” нічого не винна», – сказав він", "Il a dit : « Le plan “Mer” est mort »"])
def test_curly_marks_inside_guillemets(text: str) -> None:
    """A pair of curly marks inside guillemets belongs to the quotation."""
    assert paired(text) == [text[text.index("«") : text.index("»") + 1]]


def test_low_single_marks_inside_low_double_ones() -> None:
    """A pair of low single marks inside low double ones belongs to the quotation."""
    assert paired("Er sagte: „Der Plan ‚Nordmole‘ ist tot.“ Dann ging er.") == ["„Der Plan ‚Nordmole‘ ist tot.“"]


@pytest.mark.parametrize("text", ["‘It’s late,’ she said.", "She said: ‘The mayor’s plan isn’t ours.’", "He said: ‘The players’ bus is late.’"])
@pytest.mark.parametrize("straight", [False, True])
def test_apostrophes_inside_single_marks(text: str, straight: bool) -> None:
    """An apostrophe between letters closes no quotation, nor one of an owner where another mark follows, curly or straight."""
    shown = text[text.index("‘") : text.rindex("’") + 1]
    assert paired(text.translate({0x2018: "'", 0x2019: "'"}) if straight else text) == [shown.translate({0x2018: "'", 0x2019: "'"}) if straight else shown]


def test_apostrophes_that_open_nothing() -> None:
    """Words and years that have lost their head, and owners in the plural, open and close no quotation."""
    text = "In the '90s the players' union was rock 'n' roll, 'til it was not, and the girls' team won."
    assert pair_quotes(text, (Block(0, len(text), "body"),), frozenset(["n", "til"])) == []


def test_a_quotation_over_several_paragraphs() -> None:
    """A quotation whose paragraphs each open with a mark, and of which only the last is closed, is found in each paragraph."""
    lines = ["He wrote: “We have waited.", "“We have waited long.", "“We go.”"]
    assert paired("\n".join(lines), *map(len, lines)) == ["“We have waited.", "“We have waited long.", "“We go.”"]


def test_a_quotation_whose_last_paragraph_is_left_open() -> None:
    """Of paragraphs that each open with a mark the last is quoted too, though no mark closes it; a line that only opens with one is not."""
    lines = ["« On attend depuis mars.", "« On attend encore.", "La mer monte."]
    assert paired("\n".join(lines), *map(len, lines)) == lines[:2]
    assert paired("\n".join(lines[1:]), *map(len, lines[1:])) == []
