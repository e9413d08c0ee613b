"""Whose words they are: subjects, pronouns by gender, roles, dropped subjects, and honest ignorance."""

from __future__ import annotations

import pytest

from onrecord.knowledge import schema
from onrecord.pipeline import read_page
from onrecord.records import Article, Block, Hints, Page, Quotation, Reading, Statement, words_of
from onrecord.settings import Settings
from onrecord.stages.attribute import NO_HINTS, attribute
from onrecord.stages.recognise import recognise
from onrecord.stages.segment import segment
from onrecord.tokens import split_words


def statements(code: str, text: str) -> tuple[Statement, ...]:
    """What the fast reader finds in a text."""
    outcome = read_page(Page("page.txt", text), Settings(language=code))
    assert isinstance(outcome, Reading)
    return outcome.statements


def speakers(code: str, text: str) -> list[str | None]:
    """The speaker of each statement of a text."""
    return [s.speaker and s.speaker.name for s in statements(code, text)]


FULL_NAME_THEN_SURNAME = [
    ("uk", "Остап Вербич приїхав у суботу. Вербич сказав, що міст відкриють навесні.", "Остап Вербич"),
    ("bg", "Огнян Дочев пристигна в събота. Дочев посочи, че мостът ще бъде отворен.", "Огнян Дочев"),
    ("en", "Ada Pell came on Monday. Pell said that the bridge would open in spring.", "Ada Pell"),
    ("de", "Adelheid Quill kam am Montag. Quill sagte, dass die Brücke im Frühjahr öffne.", "Adelheid Quill"),
    ("pl", "Anna Wilk przyjechała w sobotę. Wilk podkreśliła, że most zostanie otwarty wiosną.", "Anna Wilk"),
    ("ru", "Ольга Дуб приехала в субботу. Дуб подчеркнула, что мост откроют весной.", "Ольга Дуб"),
]
TWO_PEOPLE = [
    ("uk", "Остап Вербич зустрівся з Ліною Гаврат. Він сказав, що школи не закриють.", "Остап Вербич"),
    ("uk", "Остап Вербич зустрівся з Ліною Гаврат. Вона сказала, що школи не закриють.", "Ліна Гаврат"),
    ("uk", "Остап Вербич зустрівся з Романом Дубом. Він сказав, що школи не закриють.", "Остап Вербич"),
    ("bg", "Огнян Дочев се срещна с Лина Гаврова. Тя каза, че училищата няма да затворят.", "Лина Гаврова"),
    ("bg", "Огнян Дочев се срещна с Лина Гаврова. Той каза, че училищата няма да затворят.", "Огнян Дочев"),
    ("en", "Ada Pell met Bruno Kass on Monday. He said that the bridge would open in spring.", "Bruno Kass"),
    ("en", "Ada Pell met Bruno Kass on Monday. She said that the bridge would open in spring.", "Ada Pell"),
    ("de", "Adelheid Quill traf Bruno Kass. Er sagte, dass die Brücke im Frühjahr öffne.", "Bruno Kass"),
    ("ru", "Иван Соболев встретился с Ольгой Дуб. Она сказала, что мост откроют весной.", "Ольга Дуб"),
]
DROPPED = [
    ("uk", "Остап Вербич сказав, що школи не закриють. Додав, що ремонт почнуть у червні.", "Остап Вербич"),
    ("bg", "Огнян Дочев каза, че мостът ще бъде отворен. Добави, че парите са осигурени.", "Огнян Дочев"),
    ("pl", "Anna Wilk podkreśliła, że most zostanie otwarty. Dodała, że pieniądze już są.", "Anna Wilk"),
    ("uk", "Остап Вербич сказав, що школи не закриють. Він додав, що ремонт почнуть у червні.", "Остап Вербич"),
    ("en", "Ada Pell said that the bridge would open. She added that the money was there.", "Ada Pell"),
]
ROLES = [
    ("uk", "Це міністр освіти Роман Дуб. Дощ ішов. Міністр сказав, що школи не закриють.", "Роман Дуб"),
    ("uk", "Геологиня Ліна Гаврат дослідила гору. Науковиця пояснила, що печера небезпечна.", "Ліна Гаврат"),
    ("bg", "Кметът на общината Огнян Дочев чакаше. Валеше. Кметът каза, че мостът ще бъде отворен.", "Огнян Дочев"),
    ("en", "The finance minister, Ada Pell, came on Monday. The minister said that taxes would not rise.", "Ada Pell"),
    ("de", "Umweltministerin Adelheid Quill kam. Die Ministerin sagte, dass die Brücke öffne.", "Adelheid Quill"),
]


@pytest.mark.parametrize(("code", "text", "speaker"), FULL_NAME_THEN_SURNAME)
def test_a_surname_stands_for_the_full_name(code: str, text: str, speaker: str) -> None:
    """A surname alone is the person whose full name stood before, who is called by it."""
    (statement,) = statements(code, text)
    assert statement.speaker is not None and statement.speaker.name == speaker
    surname = speaker.split()[-1]
    assert surname in statement.speaker.aliases
    assert statement.speaker.mention is not None and text[slice(*statement.speaker.mention)] == surname


@pytest.mark.parametrize(("code", "text", "speaker"), TWO_PEOPLE)
def test_a_pronoun_chooses_between_two_people(code: str, text: str, speaker: str) -> None:
    """A pronoun stands for the one of its gender; of two men the one who acted rather than the one who was met."""
    assert speakers(code, text) == [speaker]


@pytest.mark.parametrize(("code", "text", "speaker"), DROPPED)
def test_who_goes_on_speaking(code: str, text: str, speaker: str) -> None:
    """A cue without a subject, or with a pronoun, goes on with who has been speaking."""
    assert speakers(code, text) == [speaker, speaker]


@pytest.mark.parametrize(("code", "text", "speaker"), ROLES)
def test_a_role_stands_for_who_holds_it(code: str, text: str, speaker: str) -> None:
    """An office, or a description that fits, is the person of whom it was told before."""
    assert speakers(code, text) == [speaker]


@pytest.mark.parametrize(
    ("code", "text", "name", "role"),
    [
        ("uk", "Міністр освіти Роман Дуб сказав, що школи не закриють.", "Роман Дуб", "Міністр освіти"),
        ("uk", "За словами колишньої міської голови Ганни Лози, школи не закриють.", "Ганна Лоза", "колишня міська голова"),
        ("bg", "Кметът на общината Огнян Дочев каза, че мостът ще бъде отворен.", "Огнян Дочев", "Кметът на общината"),
        ("en", "Bridge inspector Bruno Kass and finance minister Ada Pell came. Pell said that taxes would not rise.", "Ada Pell", "finance minister"),
        ("de", "Umweltministerin Adelheid Quill sagte, dass die Brücke öffne.", "Adelheid Quill", "Umweltministerin"),
    ],
)
def test_the_speaker_has_the_office(code: str, text: str, name: str, role: str) -> None:
    """A speaker comes with the office that the page gives, complement and all."""
    (statement,) = statements(code, text)
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.speaker.role, statement.speaker.type) == (name, role, "person")


@pytest.mark.parametrize(
    ("code", "text", "name"),
    [
        ("uk", "За словами Остапа Вербича, міст відкриють навесні.", "Остап Вербич"),
        ("uk", "На думку Романа Мирського, міст відкриють навесні.", "Роман Мирський"),
        ("ru", "По словам Ивана Соболева, мост откроют весной.", "Иван Соболев"),
        ("uk", "У самій обласній поліції кажуть, що міст відкриють навесні.", "обласна поліція"),
        ("uk", "За даними австрійських журналістів, міст відкриють навесні.", "австрійські журналісти"),
        ("uk", "За словами його адвоката, міст відкриють навесні.", "адвокат"),
        ("uk", "Міст відкриють, заявив міністр Гернот Блаум. «Так буде краще всім», – сказав Г. Блаум.", "Гернот Блаум"),
        ("uk", "40% вважають, що міст відкриють навесні.", "40%"),
    ],
)
def test_names_come_out_in_the_nominative(code: str, text: str, name: str) -> None:
    """A speaker named in another case alone is called by the nominative, one with initials by the full name that stands elsewhere."""
    assert set(speakers(code, text)) == {name}


@pytest.mark.parametrize(
    ("code", "text", "name"),
    [
        ("uk", "Уряд повідомив, що міст відкриють навесні.", "Уряд"),
        ("en", "The government said that the bridge would open in spring.", "government"),
        ("en", "Residents said that the bridge was unsafe.", "Residents"),
    ],
)
def test_bodies_and_groups_speak(code: str, text: str, name: str) -> None:
    """A body or an unnamed group is a speaker under its own words."""
    (statement,) = statements(code, text)
    assert statement.speaker is not None and statement.speaker.name == name


@pytest.mark.parametrize(("code", "text"), [("en", "He said that the bridge would open in spring."), ("uk", "Він сказав, що міст відкриють навесні.")])
def test_unknown_comes_with_a_reason(code: str, text: str) -> None:
    """A pronoun that stands for nobody on the page leaves the speaker unknown, with the pronoun in the reason."""
    (statement,) = statements(code, text)
    assert statement.speaker is None
    assert statement.unknown is not None and f"'{text.split()[0].lower()}'" in statement.unknown


def test_the_object_of_a_cue_is_not_the_speaker() -> None:
    """Who is told is not who tells."""
    assert speakers("en", "Ada Pell told Bruno Kass that the bridge would open in spring.") == ["Ada Pell"]
    assert speakers("uk", "Остап Вербич сказав Ліні Гаврат, що школи не закриють.") == ["Остап Вербич"]


def _attribute(text: str, *quotations: Quotation, hints: Hints = NO_HINTS) -> tuple[Statement, ...]:
    """Statements of an English text of one block from quotations made by hand."""
    language = schema.load("en")
    article = Article("id", "source", text, "en", (Block(0, len(text), "body"),))
    sentences, words = segment(article, language), split_words(text)
    mentions = recognise(article, sentences, words, language)
    chained, made = attribute(article, sentences, mentions, quotations, words, language, hints)
    assert [m.start for m in chained] == [m.start for m in mentions]
    return made


TEXT = "Ada Pell met Bruno Kass. One thing is clear. Another is not."


def _said(words: str, **more: object) -> Quotation:
    start = TEXT.index(words)
    return Quotation(((start, start + len(words)),), "indirect", "body", "en/test", **more)  # type: ignore[arg-type]


def test_the_tagger_points_to_a_mention() -> None:
    """A quotation that comes with its speaker's mention is given to whom the mention stands for."""
    (statement,) = _attribute(TEXT, _said("One thing is clear", mention=(13, 23)))
    assert statement.speaker is not None and statement.speaker.name == "Bruno Kass"


@pytest.mark.parametrize(("form", "name"), [({"number": "sg", "gender": "f"}, "Ada Pell"), ({}, "Bruno Kass")])
def test_a_dropped_subject_is_remembered_not_pointed_to(form: dict[str, str], name: str) -> None:
    """A verb that tells its subject's number drops it for the speaker before; another cue without a subject asks the tagger."""
    one = _said("One thing is clear", mention=(0, 8))
    _, statement = _attribute(TEXT, one, _said("Another is not", mention=(13, 23), cue=(45, 52), **form))
    assert statement.speaker is not None and statement.speaker.name == name


def test_a_quotation_that_goes_on_has_the_speaker_of_the_one_before() -> None:
    """A quotation that points back is given to the speaker of the one that it goes on from."""
    made = _attribute(TEXT, _said("One thing is clear", mention=(13, 23)), _said("Another is not", after=0))
    assert [s.speaker and s.speaker.name for s in made] == ["Bruno Kass", "Bruno Kass"]


def test_an_overruled_quotation_yields_no_statement() -> None:
    """A quotation of confidence 0 is no statement, but one that goes on from it still has its speaker."""
    made = _attribute(TEXT, _said("One thing is clear", mention=(13, 23), confidence=0.0), _said("Another is not", after=0))
    assert [(words_of(TEXT, s.content), s.speaker and s.speaker.name) for s in made] == [("Another is not", "Bruno Kass")]


def test_of_two_with_the_same_words_the_surer_stays() -> None:
    """One statement for each content, the one of higher confidence."""
    made = _attribute(TEXT, _said("One thing is clear", mention=(0, 8), confidence=0.4), _said("One thing is clear", mention=(13, 23), confidence=0.6))
    assert [s.speaker and s.speaker.name for s in made] == ["Bruno Kass"]


def test_a_hint_decides_for_a_pronoun() -> None:
    """What the tagger takes a pronoun for weighs where position leaves it open."""
    text = "Bruno Kass and Remo Kling came on Monday. He said that it was late."
    cue = text.index("said")
    quotation = Quotation(((text.index("it was"), len(text) - 1),), "indirect", "body", "en/test", (cue, cue + 4), speaker=(text.index("He"), cue), gender=None)
    for earlier, name in ((0, "Bruno Kass"), (1, "Remo Kling")):
        (statement,) = _attribute(text, quotation, hints=Hints({2: earlier}, ()))
        assert statement.speaker is not None and statement.speaker.name == name


@pytest.mark.parametrize(
    ("code", "text", "names"),
    [
        ("uk", "Остап Вербич мовчав. Чекали на Вербича. З Остапом Вербичем була сестра.", ["Остап Вербич", "Вербич", "Остап Вербич"]),
        ("ru", "Иван Соболев молчал. Все ждали Соболева.", ["Иван Соболев", "Соболев"]),
        ("pl", "Anna Wilk milczała. Dzisiaj Annę Wilk pochwalono.", ["Anna Wilk", "Anna Wilk"]),
    ],
)
def test_a_mention_has_its_name_in_the_nominative(code: str, text: str, names: list[str]) -> None:
    """A person's mention is called as its own words are in the nominative, a surname alone by the surname."""
    outcome = read_page(Page("page.txt", text), Settings(language=code))
    assert isinstance(outcome, Reading)
    assert [m.name for m in outcome.mentions if m.form == "name"] == names


def test_a_headline_that_names_nobody() -> None:
    """The quotation of a headline belongs to whom the article gives most of its words; without such words there it is nobody's and left out."""
    body = "The village was surprised, and children came to look at the house where she has lived for twenty years."
    told = f'"The cellar was as dry as bone": a village in shock\n\n"It was dry as bone, that cellar," said Ada Pell. {body}'
    assert [(s.where, s.speaker.name if s.speaker else None) for s in statements("en", told)] == [("headline", "Ada Pell"), ("body", "Ada Pell")]
    assert statements("en", f'"The cellar was as dry as bone": a village in shock\n\n{body}') == ()


def test_speech_inside_speech_points_to_it() -> None:
    """What somebody tells that another one said is a statement of that other one, inside the first."""
    outer, inner = statements("en", '"My aunt told me that the cellar was dry," Ada Pell said.')
    assert (outer.speaker and outer.speaker.name, inner.speaker and inner.speaker.name, inner.inside) == ("Ada Pell", "aunt", outer.id)


def test_who_is_named_since_takes_over() -> None:
    """A person who opens a sentence after the last statement is who speaks next, where the pronoun fits both."""
    text = 'Bruno Kass said that the road was open. Ivo Bell shook his head. "It is shut," he said.'
    assert speakers("en", text) == ["Bruno Kass", "Ivo Bell"]
