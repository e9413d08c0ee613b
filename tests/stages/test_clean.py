"""Cleaning plain-text pages: blocks, title, publication time, credits, and pages that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge import schema
from onrecord.records import ARTICLE_ROLES, Article, Page, Skipped
from onrecord.stages.clean import clean

JUNK_ROLES = {"caption", "date", "byline", "credit", "duplicate", "teaser", "ad", "subscribe", "navigation", "comment", "footer"}

UKRAINIAN = """Міст у Зеленополі закриють на ремонт до весни

Фото: пресслужба міськради

14 березня 2031, 09:20

Рух мостом через Горинку в Зеленополі зупинять із понеділка, повідомив мер Остап Величко на засіданні ради.

«Ми не можемо чекати, поки опори просядуть ще на метр», – сказав Величко.

Читайте також: Десять маршрутів для об'їзду

За його словами, роботи триватимуть пів року і коштуватимуть близько 40 мільйонів гривень.

Підписуйтеся на наш канал у Telegram, щоб не пропустити важливе

Ще новини

У Залісному відкрили нову школу

Нова школа на триста учнів запрацювала в Залісному після двох років будівництва, розповіла директорка Ганна Дуб.
"""


def article(text: str, language: str | None = None) -> Article:
    """The cleaned page, which must not be skipped."""
    result = clean(Page("page.txt", text), language=language, max_chars=100_000)
    assert isinstance(result, Article), result
    return result


def junk(text: str, language: str | None = None) -> list[tuple[str, str]]:
    """Role and words of every junk block."""
    found = article(text, language)
    return [(block.role, text[block.start : block.end]) for block in found.blocks if block.role in JUNK_ROLES]


def test_page_with_all_its_junk() -> None:
    """Captions, dates, teasers, calls to subscribe and other articles are told from the article."""
    found = article(UKRAINIAN)
    roles = [block.role for block in found.blocks]
    assert roles == [
        "headline", "caption", "date", "lead", "body", "teaser", "body", "subscribe", "teaser", "teaser", "teaser",
    ]  # fmt: skip
    assert found.title == "Міст у Зеленополі закриють на ремонт до весни"
    assert found.published == "2031-03-14T09:20"
    assert found.language == "uk"


@pytest.mark.parametrize(
    ("line", "language", "published"),
    [
        ("21 червня 2031 р. 18:40", "uk", "2031-06-21T18:40"),
        ("Місто, 27.08.2030 06:15", "uk", "2030-08-27T06:15"),
        ("Опубліковано: 5 січня 2031", "uk", "2031-01-05"),
        ("Субота, 1 березня 2031, 11:30", "uk", "2031-03-01T11:30"),
        ("16.11.2032 | 18:05 ч.", "bg", "2032-11-16T18:05"),
        ("Публикувана: 09 фев 2032, 21:17 / Обновена: 10 фев 2032, 08:02", "bg", "2032-02-09T21:17"),
        ("August 12, 2030 9:37 PM", "en", "2030-08-12T21:37"),
        ("11/09/2030", "en", "2030-11-09"),
        ("Published Tuesday 21st April 2026", "en", "2026-04-21"),
        ("02. Dezember 2032, 21:05 Uhr", "de", "2032-12-02T21:05"),
        ("Oktober 2029", "de", "2029-10"),
        ("Publié le 3 mars 2031 à 18h30", "fr", "2031-03-03T18:30"),
        ("Publicado el 4 de mayo de 2031, 10:15", "es", "2031-05-04T10:15"),
        ("Data publikacji: 3 maja 2031 r., 8:45", "pl", "2031-05-03T08:45"),
        ("30 апреля 2031, 7:05", "ru", "2031-04-30T07:05"),
        ("09 липня, 16:05", "uk", None),
    ],
)
def test_publication_line(line: str, language: str, published: str | None) -> None:
    """A line that holds a date and little else is junk and gives the publication time with its own precision."""
    body = {"uk": "Рада ухвалила бюджет міста.", "en": "The council passed the budget of the town."}.get(language, "Rada 12.")
    text = f"Заголовок без крапки\n\n{line}\n\n{body} {body}\n\n{body}\n"
    found = article(text, language)
    assert found.published == published
    assert ("date", line) in junk(text, language)


def test_dates_inside_the_article_are_no_publication_time() -> None:
    """A day that the article tells of says nothing of when it was published."""
    text = "Рада зібралася знову\n\nЗасідання відбулося 9 жовтня 2030 року у Зеленополі, сказав мер.\n\nНаступне буде 3 грудня 2030 року.\n"
    assert article(text).published is None


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("LEEDS, 25 July 2030 - The bridge will close for repairs in spring, the mayor said on Monday.", "2030-07-25"),
        ("Lyon, le 9 mars 2032. Le pont fermera au printemps, a annoncé le maire de la ville lundi.", "2032-03-09"),
        ("Казанлък, 3 май 2031 г. (Изток прес) – Мостът ще бъде затворен, каза кметът на града.", "2031-05-03"),
        ("9 жовтня 2031 року Верховна Рада ухвалила закон про мости, сказав голова комітету.", None),
        ("5 травня 2031 року – день, коли міст закрили вперше, сказав мер міста на засіданні.", None),
        ("Це сталося 5 травня 2031 року. Потім міст закрили на ремонт, повідомив мер міста.", None),
    ],
)
def test_dateline(text: str, published: str | None) -> None:
    """A dateline at the head of the first paragraph gives the day; a day that the article tells of does not."""
    assert article(text).published == published


def test_live_report_keeps_its_times() -> None:
    """Times on lines of their own between paragraphs are marks of a live report, not publication dates."""
    paragraph = "The judge asked the captain whether he had seen the light, and the captain said that he had not."
    text = "Ferry trial: day two\n\n" + "\n\n".join(f"{hour}:04\n\n{paragraph.replace('two', str(hour))} {hour}" for hour in (9, 10, 11, 12))
    assert article(text).published is None
    assert [role for role, _ in junk(text) if role == "date"] == []


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("Мер заявив, що міст закриють на пів року.  Підписуйтесь на наш канал у Telegram", "Підписуйтесь на наш канал у Telegram"),
        ("Кметът каза, че мостът ще бъде затворен. Източник: Вестник Изток", "Източник: Вестник Изток"),
        ("The mayor said the bridge would close for months. Sign up for our newsletter today", "Sign up for our newsletter today"),
    ],
)
def test_junk_after_the_last_sentence_of_a_line(text: str, tail: str) -> None:
    """A call to the reader glued to article text is a block of its own."""
    found = article(text)
    assert text[found.blocks[-1].start : found.blocks[-1].end] == tail
    assert found.blocks[-1].role in JUNK_ROLES
    assert found.blocks[0].role in ARTICLE_ROLES


def test_date_at_the_head_of_the_first_line() -> None:
    """A date before the first words is junk; the page has no headline then."""
    text = " date 2031-08-17 Рух мостом відновлять восени, повідомив мер Остап Величко. Про це він сказав на засіданні ради."
    found = article(text)
    assert (found.published, found.title) == ("2031-08-17", None)
    assert junk(text) == [("date", "date 2031-08-17")]


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("Most zostanie zamknięty do wiosny, powiedział burmistrz na sesji rady miasta. Z Zaleszan Anna Bronka (PAP)", "Z Zaleszan Anna Bronka (PAP)"),
        ("Most zostanie zamknięty do wiosny, powiedział burmistrz na sesji rady. jk/PAP.", "jk/PAP."),
        ("Мостът ще бъде затворен до пролетта, каза кметът пред общинския съвет. /БТА/", "/БТА/"),
        ("Мостът ще бъде затворен до пролетта, каза кметът. Превод и редакция: Вяра Кънева", "Превод и редакция: Вяра Кънева"),
        ("Мост закроют до весны на ремонт, сообщил мэр города на заседании. Изток Медиа, 14.03.2031", "Изток Медиа, 14.03.2031"),
        ("Мост закроют до весны на ремонт, сообщил мэр города на заседании. Вера Ключникова", "Вера Ключникова"),
        ("Міст закриють до весни на ремонт, повідомив мер міста. ЧИТАЙТЕ ТАКОЖ:", "ЧИТАЙТЕ ТАКОЖ:"),
        (
            "Міст через річку закриють до весни, повідомив мер міста. © 2031 Вісник. Передрук матеріалів заборонено без згоди.",
            "© 2031 Вісник. Передрук матеріалів заборонено без згоди.",
        ),
    ],
)
def test_who_wrote_it_behind_the_last_sentence(text: str, tail: str) -> None:
    """Signatures, sources, stamps and notices glued to the end of a paragraph are blocks of their own."""
    found = article(f"{text}\n\n{text.split('.')[0]} ще раз.\n")
    assert text[slice(found.blocks[0].end, None)].strip() == tail
    assert {block.role for block in found.blocks if block.start >= found.blocks[0].end and block.end <= len(text)} <= JUNK_ROLES


@pytest.mark.parametrize(
    "text",
    [
        "Мост закроют до весны на ремонт, сообщил мэр города. Вера Ключникова\n\nзаявила, что других дорог нет и не будет.",
        "Мост закроют до весны, а проект рассчитал проф. Иван Кленов\n\nДругих дорог нет, добавил мэр города на заседании.",
        "Most zostanie zamknięty do wiosny, powiedział burmistrz. Radni PSL\n\nNie zgodzili się z nim na sesji rady miasta.",
    ],
)
def test_names_that_go_on_are_no_signature(text: str) -> None:
    """Names at a line's end that a sentence goes on from, that an abbreviation stands before, or that end in an acronym stay."""
    assert junk(text) == []


def test_junk_sentence_inside_a_line() -> None:
    """A sentence that points to the text below is cut out, and the article goes on behind it."""
    text = "Most zostanie zamknięty, powiedział burmistrz. Poniżej dalsza część artykułu. Prace potrwają pół roku, dodał."
    assert junk(text) == [("navigation", "Poniżej dalsza część artykułu.")]


@pytest.mark.parametrize(
    ("head", "language", "published", "title"),
    [
        ("Рада міста закрила міст на ремонт 16.11 18:30\n\n", "uk", None, "Рада міста закрила міст на ремонт"),
        ("Рада міста закрила міст 14.03.2031\n\n", "uk", "2031-03-14", "Рада міста закрила міст"),
        ("Съветът затвори моста за ремонт\n\n. 14.03.2031 09.20 ", "bg", "2031-03-14T09:20", "Съветът затвори моста за ремонт"),
        ("Совет закрыл мост через реку\n\n, 22:12 ", "ru", None, "Совет закрыл мост через реку"),
        ("14.03.2031 18:30 : Совет закрыл мост через реку\n\n", "ru", "2031-03-14T18:30", "Совет закрыл мост через реку"),
        ("14 березня 2031, вівторок, 21:46 Рада міста закрила міст на ремонт\n\n", "uk", "2031-03-14T21:46", "Рада міста закрила міст на ремонт"),
        ("Рада міста закрила міст на ремонт до самої весни 0 | 69 | 14.03.2031\n\n", "uk", "2031-03-14", "Рада міста закрила міст на ремонт до самої весни"),
    ],
)
def test_stamps_at_the_edges_of_a_headline(head: str, language: str, published: str | None, title: str) -> None:
    """A stamp before or behind the headline, or before the first paragraph, is no part of either."""
    body = {"uk": "Про це сказав мер міста на засіданні. ", "bg": "Това каза кметът на града пред съвета. ", "ru": "Об этом сказал мэр города. "}[language]
    found = article(head + body * 3 + "\n\n" + body, language)
    assert (found.title, found.published) == (title, published)
    assert "date" in {block.role for block in found.blocks}


@pytest.mark.parametrize(("line", "way"), [("Начало / Култура", True), ("Мост / Река", False)])
def test_the_way_from_the_front_page(line: str, *, way: bool) -> None:
    """A line that leads from the front page to a section is navigation; another with a stroke may be anything."""
    text = f"{line}\n\nМостът над реката остава затворен до пролетта, обяви кметът вчера пред съвета на града.\n"
    assert (article(text, "bg").blocks[0].role == "navigation") == way


@pytest.mark.parametrize(("above", "language"), [("Регіони", "uk"), ("Our services", "uk"), ("Смотрим на", "ru"), ("В света", "bg")])
def test_what_stands_above_the_headline(above: str, language: str) -> None:
    """The name of a section, or words in another alphabet, are not the headline; the line below is."""
    headline = {"uk": "Рада міста закрила міст на ремонт", "ru": "Совет закрыл мост через реку", "bg": "Съветът затвори моста за ремонт"}[language]
    paragraph = {"uk": "Про це сказав мер міста.", "ru": "Об этом сказал мэр города.", "bg": "Това каза кметът на града."}[language]
    found = article(f"{above}\n\n{headline}\n\n{paragraph}\n\nІ {paragraph}\n", language)
    assert found.title == headline
    assert junk(f"{above}\n\n{headline}\n\n{paragraph}\n\nІ {paragraph}\n", language) == [("navigation", above)]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Протест біля мосту, Зеленопіль, 2030 р.", "caption"),
        ("Машини стоять біля закритого мосту / Ілюстрація REUTERS", "caption"),
        ("Міст закрили вдруге: що каже мер (21.12.2030)", "teaser"),
        ("міст, горинка, остап величко, ремонт мосту, зеленопіль", "navigation"),
        ("3 хв читати", "navigation"),
        ("Дивитися відео 04:53", "navigation"),
        ("Завантажуємо курси валют від visnyk.example", "navigation"),
    ],
)
def test_lines_that_their_shape_gives_away(line: str, role: str) -> None:
    """Captions with place and year, dated links, keywords, reading times and tickers are junk."""
    paragraph = "Рух мостом через Горинку в Зеленополі зупинять із понеділка, повідомив мер на засіданні ради."
    assert junk(f"Міст закриють на ремонт\n\n{paragraph}\n\n{line}\n\nДалі {paragraph}\n") == [(role, line)]


def test_excerpt_that_breaks_off_is_a_duplicate() -> None:
    """The beginning of a paragraph printed above it, with dots where it breaks off, is junk."""
    whole = "Рух мостом через Горинку в Зеленополі зупинять із понеділка, повідомив мер на засіданні ради."
    assert junk(f"Міст закриють на ремонт\n\n{whole[:70]}...\n\n{whole}\n\nІнших доріг немає.\n") == [("duplicate", whole[:70] + "...")]


def test_repeated_headline_is_a_duplicate() -> None:
    """The headline printed again, with another dash or the name of the site, is junk."""
    text = (
        "Vertrag ist unterschrieben - Ministerin Kolb zufrieden\n\nVertrag ist unterschrieben – Ministerin Kolb zufrieden\n\n"
        "Die Ministerin sagte am Montag, der Vertrag sei ein Erfolg für das Land.\n"
    )
    assert [role for role, _ in junk(text)] == ["duplicate"]


@pytest.mark.parametrize(
    "text",
    [
        '"Help us," she said on Monday as the water rose in the streets of Harwell. "Nobody came."\n\nThe council did not answer.',
        "Реклама на телебаченні подорожчала вдвічі, і виробники скорочують її, сказав голова спілки.\n\nЦе рекорд.",
        "Związkowcy przypominają, że obietnica padła cztery lata temu. (PAP)\n\nRząd nie odpowiedział na pytania dziennikarzy.",
        "By Monday the village had no bread left, the mayor said.\n\nThe road was closed on Sunday night after a landslide.",
        "Von Montag an fahren keine Züge mehr, sagte der Sprecher.\n\nDie Strecke wird bis zum Sommer erneuert.",
        "Коментарі президента до закону з'явилися в понеділок увечері.\n\nУ них він просить уряд змінити три статті.",
        "Фото з місця аварії показало, що водій не гальмував, повідомив слідчий журналістам.\n\nСправу розглядає суд.",
    ],
)
def test_article_text_that_opens_like_junk(text: str) -> None:
    """Sentences of an article are not taken for junk because of their first word."""
    assert junk(text) == []


def test_more_news_closes_the_page_only_behind_an_article() -> None:
    """ "More news" in a menu above the article does not swallow the article."""
    body = "The council voted on Tuesday to close the bridge for repairs, the mayor said after the meeting. " * 4
    assert "body" in {block.role for block in article(f"Latest news\n\nBridge to close until spring\n\n{body}\n\n{body}More.\n").blocks}


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("Міст закриють на пів року, передає Ройтерс.\n\nПро це сказав мер міста Остап Величко.", ("Ройтерс",)),
        ("Мостът ще бъде затворен, предава БТА.\n\nТова каза кметът на града.", ("БТА",)),
        ("Мер сказав в інтерв’ю виданню Bloomberg, що міст закриють.\n\nІнших доріг немає.", ("Bloomberg",)),
        ("HARWELL (Reuters) - The bridge will close for repairs in spring.\n\nThe mayor said so on Monday.", ("Reuters",)),
        ("Мер повідомляє, що Остап Величко прийде.\n\nБільше він нічого не сказав.", ()),
    ],
)
def test_who_passes_it_on(text: str, via: tuple[str, ...]) -> None:
    """Agencies and outlets that pass the news on are named; people after the same verbs are not."""
    assert article(text).via == via


def test_outlet_of_a_credit_line() -> None:
    """A site in a credit line is the outlet."""
    text = "Міст закриють до весни\n\nРух зупинять із понеділка, повідомив мер міста Остап Величко.\n\nДжерело: visnyk.example (Місто)\n"
    assert article(text).outlet == "visnyk.example"


@pytest.mark.parametrize(
    ("page", "outlet", "published"),
    [
        (Page("a.txt", "", url="https://www.ukrinform.ua/a/1"), "Укрінформ", "2031-03-14T09:20+02:00"),
        (Page("crawl/ukrinform.net/1.txt", ""), "Укрінформ", "2031-03-14T09:20+02:00"),
        (Page("a.txt", "", url="https://bta.bg/1", outlet="Ukrinform"), "Ukrinform", "2031-03-14T09:20+02:00"),
        (Page("a.txt", "", url="https://visnyk.example/1"), None, "2031-03-14T09:20"),
        (Page("a.txt", ""), None, "2031-03-14T09:20"),
    ],
)
def test_outlet_and_zone_of_a_publisher(page: Page, outlet: str | None, published: str) -> None:
    """Address or folder name an outlet that has a file, and its zone makes a local time exact; others stay as the page tells them."""
    found = clean(Page(page.source, UKRAINIAN, url=page.url, outlet=page.outlet), language=None, max_chars=100_000)
    assert isinstance(found, Article)
    assert (found.outlet, found.published) == (outlet, published)


def test_outlet_in_the_line_with_the_date() -> None:
    """An outlet that has a file is known by its name in the line that holds the date or the author."""
    text = UKRAINIAN.replace("14 березня 2031, 09:20", "Укринформ, 14 березня 2031, 09:20")
    assert article(text).outlet == "Укрінформ"


@pytest.mark.parametrize(
    ("text", "reason", "detail"),
    [
        ("", "empty", ""),
        (" \n\t\u200b\ufeff ", "empty", ""),
        ("\x00\x01PNG\x02" * 40, "binary", ""),
        ("12 345 ... 67", "no-article", ""),
        ("Il presidente ha detto che il governo non intende cambiare la legge di bilancio quest'anno.", "unknown-language", "it"),
        ("Поділитися\n\nФото: прес-служба міської ради\n\nПідписуйтесь на наш канал у Telegram\n", "no-article", None),
    ],
)
def test_pages_that_are_none(text: str, reason: str, detail: str | None) -> None:
    """What cannot be read as an article is skipped with its reason."""
    result = clean(Page("page.txt", text), language=None, max_chars=1000)
    assert isinstance(result, Skipped)
    assert (result.stage, result.reason) == ("clean", reason)
    assert detail is None or result.detail == detail


def test_too_large_page() -> None:
    """A page longer than allowed is skipped before anything is done with it."""
    result = clean(Page("page.txt", "слово " * 100), language=None, max_chars=500)
    assert isinstance(result, Skipped) and result.reason == "too-large"


PIECES = st.sampled_from(
    ["Фото: ", "Читайте також: ", "Ще новини", "Коментарі", "«", "»", '"', "\n", "\n\n", ". ", "12.05.2031 ", "ß", "İ", "\ud800", "\u2028",
     "Мер сказав, що міст закриють", "\u200b", "📢 ", " – ", "/ REUTERS", "Share", "Підписуйтесь на наш канал", "(", ")", "\r\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=300), st.sampled_from([*schema.languages(), None]))
def test_blocks_tile_any_text(text: str, language: str | None) -> None:
    """Blocks of any text at all lie inside it, do not overlap, and leave out nothing but white space."""
    result = clean(Page("page.txt", text), language=language, max_chars=10_000)
    if isinstance(result, Skipped):
        return
    at = 0
    for block in result.blocks:
        assert at <= block.start < block.end <= len(text)
        assert not text[at : block.start].strip()
        at = block.end
    assert not text[at:].strip()
    assert clean(Page("page.txt", text), language=language, max_chars=10_000) == result


@pytest.mark.parametrize("code", schema.languages())
def test_junk_phrases_have_junk_roles(code: str) -> None:
    """Every phrase of a language folder gives a role that blocks know as junk."""
    assert {phrase.role for phrase in schema.junk(code)} <= JUNK_ROLES


@pytest.mark.parametrize(
    ("told", "expected"),
    [("2031-03-14", "2031-03-14T09:20"), ("2031-03-15T08:00", "2031-03-15T08:00"), (None, "2031-03-14T09:20")],
)
def test_what_the_source_tells_is_believed(told: str | None, expected: str) -> None:
    """Title, outlet, language and time that a source gives stand above the page's own, unless the page gives the same time more precisely."""
    page = Page("page.txt", UKRAINIAN, title="Міст закриють", outlet="Горинка", language="uk", published=told)
    found = clean(page, language=None, max_chars=100_000)
    assert isinstance(found, Article)
    assert (found.title, found.outlet, found.language, found.published) == ("Міст закриють", "Горинка", "uk", expected)


def test_a_stamp_between_paragraphs() -> None:
    """A line with a day, its year and a time of day is no part of the article, wherever it stands; a bare day may head a chronicle's entry."""
    long = "The council met for three hours and could not agree on what the bridge is to cost, nor who is to pay for it in the end."
    text = f"Council parts without a vote\n{long}\n{long} Twice.\nAda Pell 3 May 2031 22:41\n{long} Thrice.\n4 May\n{long} Again."
    roles = {text[b.start : b.end]: b.role for b in article(text, "en").blocks}
    assert roles["Ada Pell 3 May 2031 22:41"] == "date"
    assert roles["4 May"] != "date"
