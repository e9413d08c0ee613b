"""From a sentence to what is said in it: content, kind, speaker and the frame that found it.

A case is a text with inline marks and the beginning of the rule; exactly the marked statements must come out. The language folders hold
the examples of each language; here stands what every language shares.
"""

from __future__ import annotations

import pytest

from onrecord.knowledge import schema
from onrecord.knowledge.marks import read_marks
from onrecord.pipeline import read_page
from onrecord.records import Article, Block, Page, Reading, words_of
from onrecord.settings import Settings
from onrecord.stages.extract import extract
from onrecord.stages.recognise import recognise
from onrecord.stages.segment import segment
from onrecord.tokens import split_words

NAMES = {"verbych": "Остап Вербич", "havrat": "Ліна Гаврат", "dochev": "Огнян Дочев", "pell": "Ada Pell", "kass": "Bruno Kass", "quill": "Adelheid Quill"}
NAMES |= {"wilk": "Anna Wilk", "dub": "Ольга Дуб", "dubreuil": "Anne Dubreuil", "llamas": "Ana Llamas"}

QUOTATIONS = [
    ("uk", "quotation-cue-speaker", "«[1 verbych|Ми відкриємо міст навесні]», – <1|сказав> {verbych|Остап Вербич}."),
    ("uk", "speaker-cue-quotation", "{verbych|Остап Вербич} <1|заявив>: «[1 verbych|Ми відкриємо міст навесні]»."),
    ("bg", "quotation-cue-speaker", "„[1 dochev|Ще отворим моста през пролетта]“, <1|заяви> {dochev|Огнян Дочев}."),
    ("en", "quotation-cue-speaker", '"[1 pell|We will open the bridge in spring]," <1|said> {pell|Ada Pell}.'),
    ("en", "quotation-cue-speaker", "“[1 pell|We will open the bridge in spring],” {pell|Ada Pell} <1|said>."),
    ("en", "quotation-cue-speaker", '"[1 pell|We will open it in spring]," <1|said> {pell|Ada Pell}, "[1|and it will stay open]."'),
    ("de", "quotation-cue-speaker", "„[1 quill|Wir öffnen die Brücke im Frühjahr]“, <1|sagte> {quill|Adelheid Quill}."),
    ("de", "quotation-cue-speaker", "»[1 quill|Wir öffnen die Brücke im Frühjahr]«, <1|sagte> {quill|Adelheid Quill}."),
    ("pl", "quotation-cue-speaker", "„[1 wilk|Otworzymy most wiosną]” – <1|powiedziała> {wilk|Anna Wilk}."),
    ("ru", "quotation-cue-speaker", "«[1 dub|Мы откроем мост весной]», — <1|сказала> {dub|Ольга Дуб}."),
    ("fr", "quotation-cue-speaker", "« [1 dubreuil|Nous ouvrirons le pont au printemps] », a <1|déclaré> {dubreuil|Anne Dubreuil}."),
    ("es", "quotation-cue-speaker", "«[1 llamas|Abriremos el puente en primavera]», <1|dijo> {llamas|Ana Llamas}."),
]
CLAUSES = [
    ("uk", "cue-clause", "{verbych|Остап Вербич} <1|підкреслив>, що [1 verbych|міст відкриють навесні]."),
    ("uk", "cue-clause", "{verbych|Остап Вербич} <1|заявив>, що [1 verbych|міст відкриють навесні], додавши, що [2 verbych|кошти вже є]."),
    ("uk", "cue-clause", "{verbych|Остап Вербич} <1|заявив>, що [1 verbych|міст відкриють навесні], і додав, що [2 verbych|кошти вже є]."),
    ("bg", "cue-clause", "{dochev|Огнян Дочев} <1|посочи>, че [1 dochev|мостът ще бъде отворен през пролетта]."),
    ("bg", "cue-clause", "{dochev|Огнян Дочев} <1|заяви>, че [1 dochev|мостът ще бъде отворен], като добави, че [2 dochev|парите са осигурени]."),
    ("en", "cue-clause", "{pell|Ada Pell} <1|said> that [1 pell|the bridge would open in spring]."),
    ("en", "cue-clause", "{pell|Ada Pell} <1|warned> that [1 pell|the bridge was unsafe], adding that [2 pell|repairs would cost two million]."),
    ("en", "cue-bare-clause", "{pell|Ada Pell} <1|said> [1 pell|the bridge would open in spring]."),
    ("de", "cue-clause", "{quill|Adelheid Quill} <1|sagte>, dass [1 quill|die Brücke im Frühjahr öffne]."),
    ("de", "cue-subjunctive", "{quill|Adelheid Quill} <1|sagte>, [1 quill|die Brücke werde im Frühjahr öffnen]."),
    ("pl", "cue-clause", "{wilk|Anna Wilk} <1|podkreśliła>, że [1 wilk|most zostanie otwarty wiosną]."),
    ("ru", "cue-clause", "{dub|Ольга Дуб} <1|подчеркнула>, что [1 dub|мост откроют весной]."),
    ("fr", "cue-clause", "{dubreuil|Anne Dubreuil} a <1|affirmé> que [1 dubreuil|le pont ouvrirait au printemps]."),
    ("es", "cue-clause", "{llamas|Ana Llamas} <1|afirmó> que [1 llamas|el puente abrirá en primavera]."),
]
OTHERS = [
    ("uk", "source-phrase", "За словами {verbych|Остапа Вербича}, [1 verbych|міст відкриють навесні]."),
    ("uk", "source-phrase", "[1 verbych|Міст], за словами {verbych|Остапа Вербича}, [1|відкриють навесні]."),
    ("bg", "source-phrase", "Според {dochev|Огнян Дочев} [1 dochev|мостът ще бъде отворен през пролетта]."),
    ("en", "source-phrase", "According to {pell|Ada Pell}, [1 pell|the bridge will open in spring]."),
    ("fr", "source-phrase", "Selon {dubreuil|Anne Dubreuil}, [1 dubreuil|le pont ouvrira au printemps]."),
    ("es", "source-phrase", "Según {llamas|Ana Llamas}, [1 llamas|el puente abrirá en primavera]."),
    ("uk", "looking-back", "[1 verbych|Міст відкриють навесні]. Про це <1|заявив> {verbych|Остап Вербич}."),
    ("bg", "looking-back", "[1 dochev|Мостът ще бъде отворен през пролетта]. Това <1|заяви> {dochev|Огнян Дочев}."),
    ("en", "clause-cue-speaker", "[1 pell|The bridge will open in spring], {pell|Ada Pell} <1|said>."),
    ("de", "clause-cue-speaker", "[1 quill|Die Brücke werde im Frühjahr öffnen], <1|sagte> {quill|Adelheid Quill}."),
    ("ru", "clause-cue-speaker", "[1 dub|Мост откроют весной], <1|сообщила> {dub|Ольга Дуб}."),
    ("uk", "cue-infinitive", "{verbych|Остап Вербич} <1|закликав> [1 verbych|[?|мешканців] не ходити старим мостом]."),
    ("bg", "cue-infinitive", "{dochev|Огнян Дочев} <1|призова> [1 dochev|[?|жителите] да не минават по стария мост]."),
    ("en", "cue-infinitive", "{pell|Ada Pell} <1|urged> [1 pell|[?|residents] to avoid the old bridge]."),
    ("uk", "cue-preposition-noun", "{verbych|Остап Вербич} <1|наголосив> на [1 verbych|необхідності нового мосту]."),
]
SILENT = [
    ("uk", "Мер не заявляв, що міст закриють."),
    ("uk", "Вистава «Ніч над Лутинкою» зібрала повну залу. Фірма «Обрій» продала квитки."),
    ("bg", "Кметът не каза, че мостът ще бъде затворен."),
    ("bg", "Филмът „Тихият бряг“ получи наградата на града."),
    ("en", "Ada Pell did not say that the bridge would open."),
    ("en", "Nobody said that the bridge was safe."),
    ("en", 'The novel "Quiet Shore" won the city prize.'),
    ("en", "The bridge was built in three years and opened in May."),
    ("de", "Adelheid Quill sagte nicht, dass die Brücke offen sei."),
    ("de", "Der Roman „Stilles Ufer“ gewann den Preis der Stadt."),
    ("pl", "Burmistrz nie powiedział, że most będzie zamknięty."),
    ("ru", "Мэр не говорил, что мост закроют."),
    ("fr", "Le maire n'a pas dit que le pont fermerait."),
    ("fr", "Le roman « Rive calme » a reçu le prix de la ville."),
    ("es", "El alcalde no dijo que el puente cerrara."),
    ("es", "La novela «Orilla quieta» ganó el premio de la ciudad."),
    ("ru", "Роман «Тихий берег» получил премию города."),
]


def read(code: str, text: str) -> Reading:
    """The fast reading of a text in a language."""
    outcome = read_page(Page("page.txt", text), Settings(language=code))
    assert isinstance(outcome, Reading)
    return outcome


def check(code: str, rule: str, source: str) -> None:
    """Exactly the marked statements come out, the first by this rule, borders to the character but for what is optional."""
    marked = read_marks(source)
    statements = read(code, marked.text).statements
    assert statements[0].rule.startswith(f"{code}/{rule}")
    assert len(statements) == len(marked.statements)
    for got, want in zip(statements, marked.statements, strict=True):
        shorter = tuple((next((o[1] + 1 for o in want.optional if o[0] == a), a), b) for a, b in want.content)
        assert got.content in (want.content, shorter), words_of(marked.text, got.content)
        assert got.kind == want.kind
        assert got.speaker is not None and got.speaker.name == NAMES[want.speaker]
        assert want.cue is None or (got.cue is not None and got.cue[0] <= want.cue[0] and want.cue[1] <= got.cue[1])
        assert (got.where, got.inside) == ("body", None)


@pytest.mark.parametrize(("code", "rule", "source"), QUOTATIONS)
def test_quotations(code: str, rule: str, source: str) -> None:
    """What stands in quotation marks beside a cue is said in these words by the cue's subject."""
    check(code, rule, source)


@pytest.mark.parametrize(("code", "rule", "source"), CLAUSES)
def test_clauses(code: str, rule: str, source: str) -> None:
    """The clause behind a cue is said, up to a second cue with a clause of its own."""
    check(code, rule, source)


@pytest.mark.parametrize(("code", "rule", "source"), OTHERS)
def test_other_frames(code: str, rule: str, source: str) -> None:
    """Source phrases before and inside a clause, a look back, a cue behind its clause, a call and a noun phrase tell what is said."""
    check(code, rule, source)


@pytest.mark.parametrize(("code", "text"), SILENT)
def test_nothing_is_said(code: str, text: str) -> None:
    """Denied cues, titles, names of firms and plain narration are no statements."""
    assert read(code, text).statements == ()


@pytest.mark.parametrize(
    ("code", "text", "outer", "inner"),
    [
        ("uk", "Остап Вербич сказав, що Ліна Гаврат обіцяла, що школи не закриють.", "Остап Вербич", "Ліна Гаврат"),
        ("en", "Ada Pell said that Bruno Kass had promised to mend the road.", "Ada Pell", "Bruno Kass"),
    ],
)
def test_speech_inside_speech(code: str, text: str, outer: str, inner: str) -> None:
    """What somebody says that another one said is two statements, the inner one pointing to the outer."""
    one, two = read(code, text).statements
    assert one.speaker is not None and two.speaker is not None
    assert (one.speaker.name, two.speaker.name) == (outer, inner)
    assert two.inside == one.id and one.inside is None
    assert one.content[0][0] <= two.content[0][0] and two.content[-1][1] <= one.content[-1][1]


@pytest.mark.parametrize(
    ("code", "text", "quoted"),
    [
        ("uk", "Остап Вербич сказав, що план став «поганим жартом для всіх мешканців».", "поганим жартом для всіх мешканців"),
        ("en", 'Ada Pell said that the plan was "a bad joke on everyone who lives here".', "a bad joke on everyone who lives here"),
        ("de", "Adelheid Quill sagte, dass der Plan „ein schlechter Witz für alle hier“ sei.", "ein schlechter Witz für alle hier"),
    ],
)
def test_mixed(code: str, text: str, quoted: str) -> None:
    """A clause that holds a quotation is mixed, and the quoted words are told apart."""
    (statement,) = read(code, text).statements
    assert statement.kind == "mixed"
    assert words_of(text, statement.quoted) == quoted


@pytest.mark.parametrize(
    ("code", "text"),
    [("uk", "Остап Вербич сказав, що бачив виставу «Ніч над Лутинкою»."), ("en", 'Ada Pell said that she loved "Quiet Shore".')],
)
def test_a_title_is_no_quotation(code: str, text: str) -> None:
    """A clause that holds the title of a work is indirect."""
    (statement,) = read(code, text).statements
    assert (statement.kind, statement.quoted) == ("indirect", ())


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("uk", "«[1 verbych|Міст відкриють навесні], – <1|сказав> {verbych|Остап Вербич}. – [1|Гроші вже виділено]»."),
        ("ru", "«[1 dub|Мост откроют весной], — <1|сказала> {dub|Ольга Дуб}. — [1|Деньги уже выделены]»."),
    ],
)
def test_a_cue_inside_the_marks(code: str, source: str) -> None:
    """Where a quotation is opened and closed once around its cue, what is said stands before and behind the cue."""
    check(code, "", source)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("uk", "Міст через річку відкриють, каже мер,"),
        ("bg", "Мостът ще бъде отворен, каза Огнян Дочев,"),
        ("en", "The bridge over the river will open, said Ada Pell,"),
        ("ru", "Мост через реку откроют, сказала Ольга Дуб,"),
    ],
)
def test_a_page_that_is_cut_behind_a_comma(code: str, text: str) -> None:
    """A page that ends with the comma behind a cue is read as if it ended before it."""
    assert [words_of(text, s.content) for s in read(code, text).statements] == [text.split(",")[0]]


@pytest.mark.parametrize(
    ("code", "headline", "content", "speaker"),
    [
        ("uk", "Остап Вербич: Міст відкриють навесні", "Міст відкриють навесні", "Остап Вербич"),
        ("uk", "Міст відкриють навесні, – Остап Вербич", "Міст відкриють навесні", "Остап Вербич"),
        ("bg", "Огнян Дочев: Мостът ще бъде отворен през пролетта", "Мостът ще бъде отворен през пролетта", "Огнян Дочев"),
        ("en", "Ada Pell: Bridge will open in spring", "Bridge will open in spring", "Ada Pell"),
    ],
)
def test_headlines(code: str, headline: str, content: str, speaker: str) -> None:
    """A headline names its speaker before a colon or behind a dash, and what is said there stands in the headline."""
    bodies = {"uk": "Дощ ішов увесь день.", "bg": "Валя цял ден.", "en": "It rained all day."}
    language = schema.load(code)
    text = f"{headline}\n\n{bodies[code]}"
    blocks = (Block(0, len(headline), "headline"), Block(len(headline) + 2, len(text), "body"))
    article = Article("id", "source", text, code, blocks)
    sentences, words = segment(article, language), split_words(text)
    mentions = recognise(article, sentences, words, language)
    (quotation,) = extract(article, sentences, mentions, words, language)
    assert (words_of(text, quotation.content), quotation.where) == (content, "headline")
    assert quotation.speaker is not None and speaker in text[slice(*quotation.speaker)]


@pytest.mark.parametrize("headline", ["21:32 Uhr – Bürgermeisterin am Deich", "Kerkhoff fällt bis zum Herbst aus – Trainerin schweigt"])
def test_headlines_of_which_nobody_is_the_speaker(headline: str) -> None:
    """A time before a headline's dash, or a clause behind it, is nobody's statement."""
    text = f"{headline}\n\nEs regnete den ganzen Tag."
    blocks = (Block(0, len(headline), "headline"), Block(len(headline) + 2, len(text), "body"))
    article, words, language = Article("id", "source", text, "de", blocks), split_words(text), schema.load("de")
    sentences = segment(article, language)
    assert extract(article, sentences, recognise(article, sentences, words, language), words, language) == ()


def test_nothing_in_junk() -> None:
    """A quotation in a junk block is not extracted, and its marks pair with none of the article."""
    text = 'Ada Pell said: "We wait for the bridge."\nRead also: "We go," said Bruno Kass.'
    language = schema.load("en")
    end = text.index("\n")
    article = Article("id", "source", text, "en", (Block(0, end, "body"), Block(end + 1, len(text), "teaser")))
    sentences, words = segment(article, language), split_words(text)
    found = extract(article, sentences, recognise(article, sentences, words, language), words, language)
    assert [words_of(text, q.content) for q in found] == ["We wait for the bridge"]
