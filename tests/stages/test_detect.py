"""The language of a text, with and without a folder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.stages.detect import detect


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Мер міста повідомив, що міст закриють на ремонт до весни.", "uk"),
        ("Кметът на града съобщи, че мостът ще бъде затворен до пролетта.", "bg"),
        ("Мэр города сообщил, что мост закроют на ремонт до весны.", "ru"),
        ("The mayor of the town said the bridge would close until spring.", "en"),
        ("Burmistrz miasta poinformował, że most zostanie zamknięty do wiosny.", "pl"),
        ("Der Bürgermeister sagte, die Brücke werde bis zum Frühjahr gesperrt.", "de"),
        ("Le maire de la ville a annoncé que le pont serait fermé jusqu'au printemps.", "fr"),
        ("El alcalde de la ciudad anunció que el puente cerrará hasta la primavera.", "es"),
        ("Градоначалникот изјави дека мостот ќе биде затворен до пролет, а граѓаните ќе чекаат.", "mk"),
        ("Градоначелник је изјавио да ће мост бити затворен до пролећа због радова.", "sr"),
        ("Мэр горада паведаміў, што мост закрыюць на рамонт да вясны, і ён зноў адкрыецца ўлетку.", "be"),
        ("Starosta města oznámil, že most bude uzavřen až do jara kvůli opravám.", "cs"),
        ("Il sindaco della città ha annunciato che il ponte resterà chiuso fino alla primavera.", "it"),
    ],
)
def test_language_of_a_sentence(text: str, code: str) -> None:
    """A sentence is enough, also for languages without a folder and for close neighbours."""
    assert detect(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The mayor of the town said that the bridge would be closed until spring, and that the people who live on the other side have been told to take"
         " the bus from the new square for as long as they are not able to cross it.", "en"),
        ("L'alcalde de la ciutat va dir ahir que el pont romandrà tancat fins a la primavera perquè les obres encara no han començat i els veïns hauran de"
         " fer la volta per l'altre costat del riu amb els autobusos de la línia nova.", "ca"),
        ("O presidente da câmara disse ontem que a ponte vai ficar fechada até à primavera porque as obras ainda não começaram e os moradores terão de dar"
         " a volta pelo outro lado do rio com os autocarros da nova linha que passa na praça.", "pt"),
    ],
)  # fmt: skip
def test_small_words_speak_for_their_language_alone(text: str, code: str) -> None:
    """A text full of a language's small words is in it; one in a neighbour that has no folder is not taken for it."""
    assert detect(text) == code


def test_too_few_words_take_the_article_s_language() -> None:
    """Names and brands alone give the language that is handed in, or nothing."""
    assert detect("Telegram", otherwise="bg") == "bg"
    assert detect("Telegram") == "und"
    assert detect("") == "und"


def test_letters_speak_where_words_are_few() -> None:
    """Letters that only one language with a folder has decide for a text too short for anything else."""
    assert detect("Її їжа") == "uk"


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    """Any text at all has a code, and always the same one."""
    assert detect(text) == detect(text)
