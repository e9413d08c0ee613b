"""Mentions: names, roles, pronouns and bodies, with what their words tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge import schema
from onrecord.records import Article, Block, Mention
from onrecord.stages.recognise import names_inside, recognise
from onrecord.stages.segment import segment
from onrecord.tokens import split_words


def mentions_of(code: str, text: str) -> tuple[Mention, ...]:
    """The mentions of a text that is one block of an article."""
    language = schema.load(code)
    article = Article("id", "source", text, code, (Block(0, len(text), "body"),))
    return recognise(article, segment(article, language), split_words(text), language)


def shown(code: str, text: str) -> list[str]:
    """Each mention as 'words/form type gender', the last two where they are known."""
    return [f"{text[m.start : m.end]}/{m.form} {m.type} {m.gender or '-'}" for m in mentions_of(code, text)]


CASES = [
    (
        "uk",
        "Генеральний секретар Понтійської ліги Генрік Сольванг приїхав у суботу.",
        ["Генеральний секретар Понтійської ліги/role person m", "Генрік Сольванг/name person m"],
    ),
    (
        "uk",
        "Прийшли міністр оборони Ліна Гаврат і мер Остап Вербич.",
        ["міністр оборони/role person m", "Ліна Гаврат/name person f", "мер/role person m", "Остап Вербич/name person m"],
    ),
    ("uk", "Учора він бачив її в саду.", ["він/pronoun person m", "її/pronoun person f"]),
    ("uk", "Дощ ішов увесь день. Потім стихло.", []),
    (
        "uk",
        "Відомство підписало угоду, повідомив речник НАТО Марк Галан.",
        ["Відомство/role organization n", "речник НАТО/role person m", "Марк Галан/name person m"],
    ),
    (
        "bg",
        "Министърът на образованието Лина Гаврова мълча. Тя чакаше.",
        ["Министърът на образованието/role person -", "Лина Гаврова/name person f", "Тя/pronoun person f"],
    ),
    ("bg", "Геодезистът Огнян Ралев измери моста.", ["Геодезистът/role person -", "Огнян Ралев/name person m"]),
    (
        "en",
        "Finance minister Ada Pell met Bruno Kass. She thanked him.",
        ["Finance minister/role person -", "Ada Pell/name person f", "Bruno Kass/name person m", "She/pronoun person f", "him/pronoun person m"],
    ),
    ("en", "Officials and spokesman Bruno van der Kass spoke.", ["Officials/role person -", "spokesman/role person m", "Bruno van der Kass/name person m"]),
    (
        "de",
        "Umweltministerin Adelheid Pell kam. Die Ministerin schwieg.",
        ["Umweltministerin/role person f", "Adelheid Pell/name person f", "Ministerin/role person f"],
    ),
    ("de", "Die Brücke und das Haus am Fluss stehen noch.", []),
    ("de", "Der Sprecher der Stadtverwaltung, Bruno von Kass, wartete.", ["Sprecher der Stadtverwaltung/role person m", "Bruno von Kass/name person m"]),
    ("pl", "Minister zdrowia Anna Wilk przyjechała. Ona czekała.", ["Minister zdrowia/role person -", "Anna Wilk/name person f", "Ona/pronoun person f"]),
    ("ru", "Министр обороны Ольга Дуб приехала. Она ждала.", ["Министр обороны/role person -", "Ольга Дуб/name person f", "Она/pronoun person f"]),
]


@pytest.mark.parametrize(("code", "text", "wanted"), CASES)
def test_mentions(code: str, text: str, wanted: list[str]) -> None:
    """A role has its adjectives and complement, a name its particles; nouns and words at the head of a sentence are no names."""
    assert shown(code, text) == wanted


@pytest.mark.parametrize(
    ("code", "text", "name", "role"),
    [
        ("uk", "Прийшла міністр оборони Ліна Гаврат.", "Ліна Гаврат", "міністр оборони"),
        ("bg", "Дойде кметът на Калница Огнян Дочев.", "Огнян Дочев", "кметът на Калница"),
        ("en", "The finance minister, Ada Pell, came.", "Ada Pell", "finance minister"),
        ("de", "Es kam Umweltministerin Adelheid Pell.", "Adelheid Pell", "Umweltministerin"),
        ("pl", "Przyjechała minister zdrowia Anna Wilk.", "Anna Wilk", "minister zdrowia"),
        ("ru", "Приехала министр обороны Ольга Дуб.", "Ольга Дуб", "министр обороны"),
    ],
)
def test_a_name_behind_a_role_has_it(code: str, text: str, name: str, role: str) -> None:
    """A name that follows a role is of a person who holds it."""
    found = {m.name: m.role for m in mentions_of(code, text) if m.form == "name"}
    assert found == {name: role}


@pytest.mark.parametrize(
    ("code", "text", "name"),
    [
        ("en", "Pell came late. People had waited for Pell.", "Pell"),
        ("uk", "ООН прислала воду.", "ООН"),
        ("uk", "Остап прийшов.", "Остап"),
    ],
)
def test_a_name_at_the_head_of_a_sentence_needs_evidence(code: str, text: str, name: str) -> None:
    """A capitalised word that opens a sentence is a name if it stands inside another one, is a given name or an acronym."""
    assert mentions_of(code, text)[0].name == name


@pytest.mark.parametrize(("code", "text"), [("uk", "Вербич прийшов. Чекали на Вербича зранку."), ("ru", "Соболев ждал. Все видели Соболева утром.")])
def test_another_form_of_a_name_is_evidence(code: str, text: str) -> None:
    """A word that opens a sentence is a name if a form of it in another case stands inside another sentence."""
    assert mentions_of(code, text)[0].name == text.split()[0]


@pytest.mark.parametrize(
    ("code", "text", "place"),
    [
        ("uk", "Він був в Україні.", "Україна"),
        ("en", "He was in Germany.", "Germany"),
        ("pl", "Był w Niemczech.", "Niemcy"),
        ("ru", "Он был в Германии.", "Германия"),
    ],
)
def test_a_place_is_no_person(code: str, text: str, place: str) -> None:
    """A country's name in any case is a place, and told in the nominative."""
    assert {m.name: m.type for m in mentions_of(code, text) if m.form == "name"} == {place: "place"}


@pytest.mark.parametrize(
    ("code", "text", "city"),
    [
        ("uk", "Він був у Києві.", "Київ"),
        ("uk", "Він був у Празі.", "Празі"),
        ("en", "He was in Paris.", "Paris"),
        ("pl", "Był w Krakowie.", "Kraków"),
        ("de", "Er war in Berlin.", "Berlin"),
    ],
)
def test_a_capital_city_is_no_person(code: str, text: str, city: str) -> None:
    """A large city's name in any case is a place, and told in the nominative where the form is of no other place too."""
    assert {m.name: m.type for m in mentions_of(code, text) if m.form == "name"} == {city: "place"}


def test_a_role_ends_before_its_verb() -> None:
    """A verb in the past behind a role is no part of it."""
    assert shown("uk", "Згодом мер пішов.") == ["мер/role person m"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("uk", "За словами Остапа Вербича, міст закрито."),
        ("ru", "По словам Ивана Дуба, мост закрыт."),
    ],
)
def test_the_noun_of_a_source_phrase_is_no_role(code: str, text: str) -> None:
    """ "За словами" before a name gives it no office."""
    assert [m.form for m in mentions_of(code, text)] == ["name"]


@pytest.mark.parametrize("text", ["Le pont tient, opine Anne Vasseur.", "La sonneuse bretonne Anne Vasseur est venue."])
def test_where_nouns_have_articles_no_other_word_becomes_a_role(text: str) -> None:
    """A verb or an adjective before a given name is learned as no role where a noun has its article."""
    assert [m.form for m in mentions_of("fr", text)] == ["name"]


@pytest.mark.parametrize(
    ("code", "text"),
    [("uk", "Прийшов Остап Вербич."), ("pl", "Przyszła Anna Wilk."), ("ru", "Пришёл Иван Соболев.")],
)
def test_a_verb_before_a_name_is_no_role(code: str, text: str) -> None:
    """A verb that opens a sentence before its subject gives the subject no office."""
    assert [m.form for m in mentions_of(code, text)] == ["name"]


@pytest.mark.parametrize(
    ("code", "text", "kinds"),
    [
        ("uk", "Прибув Остап Вербич. Потім Вербича бачили з Галітексом.", ["person", "person", "organization"]),
        ("bg", "Дойде Иван Ралев. После видяха Ралев до Галитекс.", ["person", "person", "organization"]),
        ("uk", "За словами Крамаля, міст закрито.", ["person"]),
        ("uk", "Угоду підписали Nordwall Systems.", ["organization"]),
        ("en", "Kaloyan Tsarnev came. Later Tsarnev left.", ["person", "person"]),
    ],
)
def test_the_page_tells_what_a_name_stands_for(code: str, text: str, kinds: list[str]) -> None:
    """A surname is a person's where the page names one in full or lets it speak; a lone name with no such sign is a body."""
    assert [m.type for m in mentions_of(code, text) if m.form == "name"] == kinds


@pytest.mark.parametrize(
    ("code", "text", "inside"),
    [
        ("uk", "Так сказала президентка України.", ["Україна place"]),
        ("en", "The minister of Denmark left.", ["Denmark place"]),
    ],
)
def test_names_inside_roles(code: str, text: str, inside: list[str]) -> None:
    """Places and bodies inside a role are found, beside the mentions."""
    language, words = schema.load(code), split_words(text)
    assert [f"{m.name} {m.type}" for m in names_inside(tuple(mentions_of(code, text)), words, language)] == inside


@pytest.mark.parametrize(
    ("code", "text", "persons"),
    [
        ("uk", "Марк Лондон прийшов. Лондон мовчав, а в Лондоні дощ.", ["Марк Лондон", "Лондон"]),
        ("bg", "Иван Борисов дойде. Визитата на Борисов трая час.", ["Иван Борисов", "Борисов"]),
        ("bg", "Вчера Тереза Гавра Франция напусна.", ["Тереза Гавра"]),
        ("uk", "Закон захищає пасічників. Пасічник заявив, що чекає.", []),
        ("bg", "Вчера валя. Котелът каза, че спира.", []),
        ("uk", "Про це пише «Марк Вестайм» у суботу.", []),
        ("uk", "Прийшов директор Nord Sail учора.", []),
        ("uk", "Учора Фонд Марка та Олени Галан дав кошти.", []),
    ],
)
def test_who_is_a_person(code: str, text: str, persons: list[str]) -> None:
    """A surname that is also a place, once the page has the full name; never a common noun, a quoted or Latin name among Cyrillic, nor whom a
    body is named after."""
    assert [m.name for m in mentions_of(code, text) if m.form == "name" and m.type == "person"] == persons


def test_nothing_in_junk() -> None:
    """Words of junk blocks are no mentions."""
    text = "Ada Pell came.\nRead also: Bruno Kass"
    article = Article("id", "source", text, "en", (Block(0, 14, "body"), Block(15, len(text), "teaser")))
    language = schema.load("en")
    found = recognise(article, segment(article, language), split_words(text), language)
    assert [m.name for m in found] == ["Ada Pell"]


WORDS = ("Мер", "мера", "Остап", "Ada", "Pell", "minister", "of", "the", "НАТО", *"«»„“,.:–", "він", "she", "UN", "de", "von")


@given(st.sampled_from(schema.languages()), st.lists(st.sampled_from(WORDS), max_size=30))
def test_mentions_lie_inside(code: str, words: list[str]) -> None:
    """Whatever the words, mentions lie inside the text, have words of it as their name, and are not yet in chains."""
    text = " ".join(words)
    for mention in mentions_of(code, text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.name.casefold() == text[mention.start : mention.end].casefold()
        assert mention.chain == -1 and mention.rule


def test_mentions_come_in_order() -> None:
    """A mention never begins before the one that comes before it."""
    found = mentions_of("en", "Мер Ada minister")
    assert [m.start for m in found] == sorted(m.start for m in found)
