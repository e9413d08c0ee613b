"""A page reads the same whatever no reader sees stands in it, and every span points into the page as it came."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.pipeline import read_page
from onrecord.plain import plain
from onrecord.records import Page, Reading, digest, words_of

PAGES = {
    "uk": "Міст у Зеленополі закриють до весни\n\n«Ми не можемо чекати, поки опори просядуть ще на метр», – заявив Андрій Її́жко на засіданні ради.\n\n"
    "Він підкреслив, що роботи коштуватимуть 40 мільйонів гривень. За словами Ганни Дуб, інших доріг немає.\n",
    "bg": "Мостът ще бъде затворен до пролетта\n\n„Няма да бързаме с моста“, заяви кметът Йордан Крушев пред съвета.\n\n"
    "Той посочи, че ремонтът ще струва 4 милиона лева. Според Йовка Тихова друг път няма.\n",
    "pl": "Most zostanie zamknięty do wiosny\n\n„Nie będziemy się spieszyć z mostem”, powiedział burmistrz Jan Żurek na sesji rady.\n\n"
    "Podkreślił, że remont będzie kosztować 4 miliony złotych. Zdaniem Anny Wójcik innej drogi nie ma.\n",
}


def softened(text: str) -> str:
    """Soft hyphens in long words."""
    return "".join(char + ("\u00ad" if char.isalpha() and at % 3 == 2 else "") for at, char in enumerate(text))


CHANGES = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "soft hyphens": softened,
    "zero width": lambda text: text.replace(" ", " \u200b").replace("о", "о\u200d"),
    "no-break blanks": lambda text: text.replace(" ", "\u00a0"),
    "letters of another alphabet": lambda text: re.sub(r"(?<=\w)о(?=\w)", "o", text),
    "a mark in front": lambda text: "\ufeff" + text,
    "all of them": lambda text: softened(unicodedata.normalize("NFD", text)).replace(" ", "\u202f\u2060"),
}


def told(reading: Reading) -> list[tuple[object, ...]]:
    """What is said by whom, without what no reader sees."""

    def seen(words: str) -> str:
        found = plain(words)
        return " ".join((found.text if found else words).split())

    text = reading.article.text
    return [
        (s.kind, s.where, seen(words_of(text, s.content)), s.speaker and s.speaker.name, s.rule, s.cue and seen(text[slice(*s.cue)]),
         s.speaker and s.speaker.mention and seen(text[slice(*s.speaker.mention)]), [(f.value, f.unit) for f in s.figures])
        for s in reading.statements
    ]  # fmt: skip


@pytest.mark.parametrize("code", sorted(PAGES))
@pytest.mark.parametrize("change", sorted(CHANGES))
def test_what_no_reader_sees_changes_nothing(code: str, change: str) -> None:
    """The same statements, speakers, cues and figures come out, in the text as it came."""
    text = CHANGES[change](PAGES[code])
    clean, odd = read_page(Page("a.txt", PAGES[code])), read_page(Page("a.txt", text))
    assert isinstance(clean, Reading) and isinstance(odd, Reading)
    assert len(clean.statements) >= 3 and told(odd) == told(clean)
    assert odd.article.text == text and odd.article.id == digest("a.txt", text)
    assert odd.article.title is not None and odd.article.language == code
    assert {s.inside for s in odd.statements if s.inside} <= {s.id for s in odd.statements}


@given(st.text(st.sampled_from("аи\u0306і\u0308е\u0301 \u00a0\n\u00ad\u200b\u2060\ufeff-\u2011éя."), max_size=60))
@example("а\u00adіé")
@example("і\u00ad-éа")
def test_every_character_keeps_its_place(text: str) -> None:
    """Each plain character stands for a stretch of the text, in order, and what stands for nothing is invisible."""
    found = plain(text)
    if found is None:
        return
    assert len(found.text) == len(found.starts) == len(found.ends)
    at = 0
    for start, end in zip(found.starts, found.ends, strict=True):
        assert at <= start < end
        assert not any(char.isalnum() for char in text[at:start])
        at = end
    assert plain(found.text) is None or "\u0306" in found.text or "\u0308" in found.text or "\u0301" in found.text


def test_blocks_tile_the_text_as_it_came() -> None:
    """Blocks leave out nothing but white space, whatever stands between them."""
    text = "\u200b" + PAGES["uk"].replace("\n\n", "\u200b\n\u200b\n") + "\u200b"
    found = read_page(Page("a.txt", text))
    assert isinstance(found, Reading)
    at = 0
    for block in found.article.blocks:
        assert at <= block.start < block.end and not text[at : block.start].strip()
        at = block.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Сказав Ігop Гaлaн.", "Сказав Ігор Галан."), ("Kиїв і Мüller", "Київ і Müller"),
        ("Заявив г-нПетров, а д-рІваненко ні.", "Заявив г-н Петров, а д-р Іваненко ні."),
        ("ПриватБанк, далі сказавПетров, мРНК, кВт, ITшник, COVIDу, IT-компанія, екс-Президент, iPhoneом, МакКлел", None),
    ],
)  # fmt: skip
def test_letters_that_look_alike_and_blanks_left_out(text: str, seen: str | None) -> None:
    """A word of two alphabets is read in the one that it looks to be of, and a name glued to its title by itself; nothing else is touched."""
    found = plain(text)
    assert (found.text if found else None) == seen
    assert found is None or found.span((0, len(found.text))) == (0, len(text))


def test_a_name_glued_to_its_title() -> None:
    """The speaker is the name without its title, wherever the blank was left out, in capitals and in mixed letters too."""
    text = (
        "Міст у Зеленополі закриють до весни\n\n«Ми не маємо вибору», – сказав г-нПетров у понеділок.\n\n«Роботи почнуться завтра», – зазначив "
        "д-рІваненко.\n\nМЕР ЗЕЛЕНОПОЛЯ АНДРІЙ ЇЖКО заявив, що об'їзд готовий.\n\n«Автобуси підуть через Тернівку», – повідомив Андрiй Їжкo.\n"
    )
    reading = read_page(Page("a.txt", text))
    assert isinstance(reading, Reading)
    assert [s.speaker and s.speaker.name for s in reading.statements] == ["Петров", "Іваненко", "Андрій Їжко", "Андрій Їжко"]
