"""Sentences: what ends one and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge import schema
from onrecord.records import Article, Block
from onrecord.stages.segment import rules_of, segment, split

CASES = [
    ("uk", "Рада зібралася 14 березня 2031 р. у Зеленополі.|Її провів В. О. Дуб."),
    ("uk", "«Ми чекаємо. Ми готові», – сказав мер.|Потім він пішов."),
    ("uk", "«Хто винен?» — запитав суддя.|Ніхто не відповів."),
    ("uk", "Ремонт коштує 2,5 млрд. гривень на м. Залуччя та ін. міста.|Це рекорд."),
    ("uk", "Чекали всі… але не дочекалися.|Так буває."),
    ("uk", "📢 «Ми готові.» 🇺🇦|☝️ Мер наголосив на цьому."),
    ("uk", "- Де міст? - спитав суддя.|- За рогом, - відповів свідок."),
    ("uk", "Сайт visnyk.example повідомив про це.|Деталі згодом."),
    ("bg", "До 2041 г. и след това разходите растат.|Така каза кметът."),
    ("bg", "Съобщи вестникът.|„Няма нов мост“, каза г-н Дочев."),
    ("bg", "Работата спря.|През март ще продължи."),
    ("ru", "В 2031 г. ВВП вырос.|Эксперты довольны и т. д.|Всё."),
    ("ru", "Об этом сообщили в г. Ясном.|По словам мэра, ущерб велик."),
    ("en", "Mr. Oakes met Gen. Pell in Harwell on Jan. 5.|They spoke at 5 p.m. on Tuesday."),
    ("en", '"We will wait. We must," said Dr. J. R. Pell.|He left.'),
    ("de", "Am 3. Oktober sprach Dr. Kolb ca. 3 Std. lang.|Das reicht."),
    ("fr", "« Nous sommes prêts. C'est clair », a dit M. Dubreuil.|Il est parti."),
    ("es", "El Sr. Llamas habló en EE. UU. el 3 de mayo.|¿Cuándo volverá?|No se sabe."),
    ("pl", "Koszt to ok. 3 proc. PKB, tj. dużo.|Tak powiedział gen. A. Wilk."),
]


@pytest.mark.parametrize(("language", "text"), CASES)
def test_sentences(language: str, text: str) -> None:
    """Abbreviations, initials, quotations with their cue, ellipses and emoji end no sentence; real ends do."""
    wanted = text.split("|")
    plain = " ".join(wanted)
    assert [plain[a:b] for a, b in split(plain, 0, len(plain), rules_of(language))] == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [("bg", 'писа вестникът.|"Няма нов мост", каза кметът.'), ("bg", "затвори старите мостове.|После отвори нови.")],
)
def test_glued_sentences(language: str, text: str) -> None:
    """A sentence that follows without a blank is still a sentence of its own."""
    plain = text.replace("|", "")
    assert [plain[a:b] for a, b in split(plain, 0, len(plain), rules_of(language))] == text.split("|")


def test_only_article_blocks_have_sentences() -> None:
    """Junk has no sentences, and no sentence crosses the border of a block."""
    text = "Міст закриють\nФото: рада. Архів.\nМер сказав так. Всі пішли."
    first, second = text.index("\n"), text.rindex("\n")
    blocks = (
        Block(0, first, "headline"),
        Block(first + 1, second, "caption"),
        Block(second + 1, len(text), "body"),
    )
    article = Article(id="1", source="page.txt", text=text, language="uk", blocks=blocks)
    found = [(text[s.start : s.end], s.role) for s in segment(article, schema.load("uk"))]
    assert found == [("Міст закриють", "headline"), ("Мер сказав так.", "body"), ("Всі пішли.", "body")]


@given(st.text(alphabet=st.sampled_from('аБ Z9.,!?…"«»„“”()[]-–\n📢\u200b\ud800р'), max_size=200), st.sampled_from(schema.languages()))
def test_sentences_tile_any_text(text: str, language: str) -> None:
    """Sentences of any text are in order, not empty, and leave out nothing but white space."""
    at = 0
    for start, end in split(text, 0, len(text), rules_of(language)):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()
