"""Language folders: what their files may hold, and how they are read.

A folder is edited by a linguist without Python, and the file that is edited is the file that the program reads. Everything is
checked when it is read: an unknown key, column or tag is a KnowledgeError that names file and line.
"""

from __future__ import annotations

import csv
import functools
import pathlib
import re
import tomllib
from collections.abc import Iterator
from typing import Literal, TypeVar, get_args

import msgspec

from onrecord.errors import KnowledgeError
from onrecord.records import BlockRole, EntityType, Gender, Number

T = TypeVar("T")
FOLDER = pathlib.Path(__file__).parent / "languages"

CueFrame = Literal["verb", "state", "noun", "source", "back"]
Case = Literal["nom", "obl"]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything read from TOML: unknown keys are errors."""


class Orthography(Strict, frozen=True):
    """How the language is written."""

    script: Literal["cyrillic", "latin"]
    own_letters: str  # letters that speak for this language among those of its script
    foreign_letters: str  # letters of its script that rule it out
    abbreviations: tuple[str, ...]  # without their last full stop; never end a sentence
    small_words: tuple[str, ...] = ()  # frequent, and rare in other languages: a text full of them is in this one (for Latin letters, which many share)
    clipped: tuple[str, ...] = ()  # words behind an apostrophe that stands for their first letters, and opens no quotation: "'til"
    abbreviations_may_end: tuple[str, ...] = ()  # end one where the next word opens a sentence
    counted_endings: tuple[str, ...] = ()  # of a capital word behind a number and its unit that is what is counted: "43 proc. Polaków"
    ordinal_stop: bool = False  # "3. Oktober": a stop after a number makes it an ordinal


class Calendar(Strict, frozen=True):
    """Words of time. Every form a word takes is listed; matching ignores case."""

    months: tuple[tuple[str, ...], ...]  # twelve rows of forms, January first
    weekdays: tuple[tuple[str, ...], ...]  # seven rows of forms, Monday first
    days: dict[str, int]  # word or phrase -> days from publication: "вчора" = -1
    year_marks: tuple[str, ...] = ()  # what may follow a year: "р.", "року"
    past: tuple[str, ...] = ()  # words that put a statement at an unnamed earlier day: "раніше"
    order: Literal["dmy", "mdy"] = "dmy"  # how 05/04/2024 is read
    not_days: tuple[str, ...] = ()  # phrases that look like a day and are none: "la mañana", "am morgen"
    next_words: tuple[str, ...] = ()  # words before a weekday that put it after publication: "наступного"
    year_openers: tuple[str, ...] = ()  # words before a bare year or month that make it a date: "у", "by", "im jahr"
    year_ends: tuple[str, ...] = ()  # the end of a year, before it or of publication's alone: "кінця", "the end of"
    this_year: tuple[str, ...] = ()  # the year of publication: "року", "this year"
    updated: tuple[str, ...] = ()  # openers of a line that dates a later edit: "оновлено", "last updated"
    stamp_words: tuple[str, ...] = ()  # small words of a line that holds a date and a time: "uhr", "gmt", "at"


class Numbers(Strict, frozen=True):
    """Words of quantity. Every form a word takes is listed; matching ignores case."""

    cardinals: dict[str, float]  # "два" = 2
    scales: dict[str, float]  # "млн" = 1e6
    units: dict[str, tuple[str, ...]]  # canonical unit -> forms: percent, USD, EUR, UAH, km, …
    multiples: dict[str, float]  # "удвічі" = 2, "ушестеро" = 6
    times: tuple[str, ...] = ()  # what makes a number a multiple: "разів", "пъти"
    approx: tuple[str, ...] = ()  # "близько", "приблизно", "майже"
    deadlines: tuple[str, ...] = ()  # words before a date that make it a limit: "до", "by"
    comparatives: dict[str, str] = {}  # "понад" = "min", "менше ніж" = "max"
    fractions: dict[str, float] = {}  # "половина" = 0.5
    decimal: Literal[",", "."] = ","
    range_words: tuple[str, ...] = ()  # between the ends of a range: "до", "to"
    range_openers: tuple[str, ...] = ()  # before a range: "від", "from", "between"
    of_words: tuple[str, ...] = ()  # between a share and its whole: "от", "of"
    articles: tuple[str, ...] = ()  # passed over on the way to what a share is of: "the"
    joining: tuple[str, ...] = ()  # between the parts of a number in words: "and", "und"
    ordinal_endings: tuple[str, ...] = ()  # behind digits, with or without a hyphen, they make an ordinal: "th", "го"
    lone: tuple[str, ...] = ()  # scales that are a number without one before them: "мільйон", not "мільйони"
    negative: tuple[str, ...] = ()  # before a number they put it below zero: "мінус"
    points: tuple[str, ...] = ()  # between a whole number and its decimals in words: "крапка", "point"
    added: dict[str, float] = {}  # behind a number or its unit: "з половиною" = 0.5
    half_units: dict[str, str] = {}  # a word for half of a unit: "півгодини" = "hour"
    labels: tuple[str, ...] = ()  # a number behind one of them is a name: "стаття", "номер", "flight"
    halves: tuple[str, ...] = ()  # a half behind one of them is no share: "the second half of the year"
    clock_openers: tuple[str, ...] = ()  # before hours that are a time of day: "о", "at"
    clock_words: tuple[str, ...] = ()  # behind a number they make it a time of day: "Uhr"
    between: tuple[str, ...] = ()  # passed over between a number and what it counts: "more", "нових"
    glued: bool = False  # numbers are written as one word: "zweiundzwanzig"
    teens_after: tuple[float, ...] = ()  # tens that ten to nineteen may follow: "soixante-treize"


class Outlets(Strict, frozen=True):
    """Words by which a page names who publishes it and who passes its news on."""

    credits: tuple[str, ...] = ()  # before the outlet, with a colon: "Джерело", "Source"
    passing: tuple[str, ...] = ()  # before the name of who passes on: "передає", "цитиран от"
    reporting: tuple[str, ...] = ()  # after it: "reported", "повідомляє"
    only_pass_on: bool = False  # whoever of them stands behind a clause passes it on and is no speaker: "Цената падна, съобщи Ройтерс"
    writing: tuple[str, ...] = ()  # those of them after which a body in a clause's tail is an outlet: "пише"
    interview: tuple[str, ...] = ()  # before the outlet that was spoken to: "в інтерв'ю"
    kinds: tuple[str, ...] = ()  # common nouns between cue and name, left out of it: "агентство", "newspaper"
    agencies: dict[str, str] = {}  # form -> name by which it goes: "Ройтерсу" = "Ройтерс"


class Pronoun(Strict, frozen=True):
    """A personal or possessive pronoun that may stand for a speaker."""

    forms: tuple[str, ...]
    number: Number
    gender: Gender | None = None
    subject: bool = False  # these forms can be a subject


class Speech(Strict, frozen=True, kw_only=True):
    """How a language is built, and the small words around reported speech. Every form is listed; matching ignores case.

    The keys of the first two groups are switches that tell the grammar of the language; each list of the others is empty where the language has no such words.
    """

    # How sentences are built
    clause_commas: bool = True  # a comma parts a clause from the one that it belongs to: "заявив, що", but "said that", "a dit que"
    bare_clause: bool = False  # a reported clause needs no conjunction: "He said he would"
    subject_first: bool = False  # a subject stands before its verb even behind what is said: "…, the mayor said", where others have "…, каза кметът"
    verb_second: bool = False  # the finite verb of a main clause stands second, that of a subordinate clause, a participle and an infinitive last
    null_subject: bool = False  # a verb needs no subject: "Додав: …", "Añadió que …"
    noun_first: bool = False  # a noun stands before its adjectives: "les agriculteurs concernés"
    nouns_capital: bool = False  # every noun opens with a capital, so that a capital shows no name, and nouns are written together: "Umweltministerin"
    linked_complements: bool = False  # a noun takes its complement with a preposition, never by its case: "кметът на Ветрен"
    linked_names: bool = False  # a name as well: "an aide to Holt"; so a noun right before a name is its title: "Inspector Holt"
    clause_infinitives: bool = False  # a verb that takes a clause takes an infinitive right behind it as well: "dit avoir vu", "asegura estar"
    plain_verbs: bool = False  # forms of verbs look like nouns and adjectives: "report", "estimated"
    open_inquits: bool = False  # any verb says something that stands, with its subject behind it, behind the comma of a quotation
    dated_subjects: bool = False  # a subject may stand right behind a day: "В събота кметът каза"
    women_keep_offices: bool = False  # an office in the masculine does not inflect where a woman holds it: "premier Teresy Nowak"

    # How speech stands on the page
    dashed_speech: bool = True  # a dash opens speech that has no marks, and who speaks is told inside of marks: « A, explique le maire. B. »
    quotation_touches_cue: bool = False  # a quotation may follow its cue without comma or colon
    comma_after_source: bool = True  # a source phrase that opens a sentence is closed by a comma
    headline_places: bool = False  # a place before a headline's colon speaks: "Лондон: …"
    headline_topics: bool = False  # before a headline's colon a topic stands, unless marks follow
    headline_speakers_return: bool = False  # it stands there too unless who is named speaks in the body as well

    # Conjunctions, and what opens a clause
    that: tuple[str, ...]  # conjunctions that open reported clauses
    and_: tuple[str, ...] = msgspec.field(name="and")  # conjunctions that join two cues
    but: tuple[str, ...] = ()  # conjunctions that part a clause from what is said: "але"
    subordinate: tuple[str, ...] = ()  # conjunctions that open an adverbial clause
    time_conjunctions: tuple[str, ...] = ()  # open a clause of time, no part of what is said: "when"
    requests: tuple[str, ...] = ()  # words that stand before an imperative: "please"
    suppositions: tuple[str, ...] = ()  # the saying in their clause is only thought of: "if"
    reasons: tuple[str, ...] = ()  # open a main clause with the reporter's reason behind a reported one: "denn"
    contrasts: tuple[str, ...] = ()  # open a clause that sets something against what was said: "у той час"
    others: tuple[str, ...] = ()  # open the clauses of two groups that say different things: "одни", "другие"
    relative: tuple[str, ...] = ()  # relative pronouns: a cue in their clause has their noun as its speaker
    relative_nominatives: dict[str, str] = {}  # relative pronouns that are subjects, with the gender, or pl, of whom they stand for
    oblique_genders: dict[str, Gender] = {}  # endings by which a body's name in an oblique case shows its gender: "Unii Europejskiej, który" is not of it
    relative_subjects: tuple[str, ...] = ()  # relative pronouns that can be the subject of a clause whose verb stands last
    relative_owners: tuple[str, ...] = ()  # relative pronouns behind which the subject of their clause stands: "cuya directora", "dont la directrice"
    relative_prepositions: tuple[str, ...] = ()  # before a conjunction they make it a relative pronoun: "con que"
    questions: tuple[str, ...] = ()  # words that open an indirect question: "скільки", "why"
    question_particles: tuple[str, ...] = ()  # behind the first word of an indirect question: "есть ли"
    question_nouns: tuple[str, ...] = ()  # the question that follows them is one that was asked: "запитання, чи"
    correlatives: tuple[str, ...] = ()  # stand for the clause that follows: "тем, что", "в тому, що"

    # Verbs
    auxiliaries: tuple[str, ...] = ()  # verbs and particles that belong to a cue: "has", "е", "hat"
    finite_auxiliaries: tuple[str, ...] = ()  # open a clause of its own behind a cue, so that no infinitive behind them is the cue's
    passive_auxiliaries: tuple[str, ...] = ()  # before a participle they show that its subject does not speak: "was"
    perfect_auxiliaries: tuple[str, ...] = ()  # what is said stands between them and the participle: "hat"
    modals: tuple[str, ...] = ()  # finite verbs whose infinitive closes the clause: "müsse … sagen"
    copulas: tuple[str, ...] = ()  # between a noun and the clause that says what it is: "е" in "Аргументът е, че"
    linking_verbs: tuple[str, ...] = ()  # between a name and what its bearer is: "became"
    reflexives: tuple[str, ...] = ()  # behind a verb that tells something of others they make it another verb: "meldete sich"
    impersonals: tuple[str, ...] = ()  # before a verb in the singular they show that nobody is its subject: "se"
    second_verbs: tuple[str, ...] = ()  # behind a comma they open another clause of the same subject: "wollte"
    verb_endings: tuple[str, ...] = ()  # endings that show a finite verb: a role's complement ends before one
    past_endings: tuple[str, ...] = ()  # of verbs, where nouns show themselves by their capital: "te"
    plural_endings: tuple[str, ...] = ()  # of verbs and nouns, in the same languages: "en"
    infinitive: tuple[str, ...] = ()  # endings (with -) or particles that show an infinitive: "-ти", "да", "to"
    no_infinitives: tuple[str, ...] = ()  # nouns that end as infinitives do: "освіти"
    infinitive_prepositions: tuple[str, ...] = ()  # belong to the infinitive behind them: "promet de présenter"
    particle_verb_endings: tuple[str, ...] = ()  # of the verb behind an infinitive's particle: "zu liefern"
    particle_compound_endings: tuple[str, ...] = ()  # of a verb that holds the particle: "anzuerkennen"
    participle_mark: str = ""  # near the head of a participle that is no finite verb: "ge"
    bare_participles: tuple[str, ...] = ()  # beginnings of verbs whose inflected participle looks like their past: "be"
    bare_participle_endings: tuple[str, ...] = ()  # the same by the end: "ierte"
    opening_participles: tuple[str, ...] = ()  # open a sentence and are no cue there: "asked about the fire, she said"
    apposed_participles: tuple[str, ...] = ()  # endings of participles that tell more of a source, behind a comma: "опрошенных"
    gerund_endings: tuple[str, ...] = ()  # of what may stand for a clause: "reported seeing a light"
    inverted_pronouns: tuple[str, ...] = ()  # endings of a verb with its subject behind it: "-il"
    subjunctive: tuple[str, ...] = ()  # word forms that show a report going on without a cue
    conditional: tuple[str, ...] = ()  # those of them that also stand where nothing is reported: "wäre"

    # Negation and doubt
    not_: tuple[str, ...] = msgspec.field(name="not")  # negation before a cue
    not_endings: tuple[str, ...] = ()  # endings of negated verbs: "n't"
    not_only: tuple[str, ...] = ()  # behind a negation they take it back: "nur"
    hypothetical: tuple[str, ...]  # words before a cue that make the saying unreal: "якби", "could"
    hedges: tuple[str, ...] = ()  # make what is said less sure: "probably", "нібито"
    hearsay: tuple[str, ...] = ()  # words, and endings of verbs with -, that show a report without a verb of saying: "мол", "щяла"
    closed_hearsay: tuple[str, ...] = ()  # words, and endings with -, that show it in the sentences before one that a cue closes: "бил"

    # Articles, pronouns, adjectives, adverbs
    articles: tuple[str, ...] = ()  # words before a noun that are no part of what it is called: "the"
    determiners: tuple[str, ...] = ()  # show a noun as articles do: "no"
    indefinite: tuple[str, ...] = ()  # words before a role that bring somebody new: "a", "another"
    quantifiers: tuple[str, ...] = ()  # "кілька", "several": belong to the noun behind them
    partitive: tuple[str, ...] = ()  # between a quantifier and the group it takes from: "з", "of"
    subject_articles: tuple[str, ...] = ()  # open a subject behind its verb: "am Montag forderte die Bahn"
    accusative_articles: tuple[str, ...] = ()  # open no subject: "den"
    dative_articles: tuple[str, ...] = ()  # open a source that stands before its phrase: "dem Bericht zufolge"
    apposition_articles: tuple[str, ...] = ()  # open an apposition behind a name: "Ada Pell, the mayor,"
    genitive_links: tuple[str, ...] = ()  # join a further noun to a source: "des"
    predicate_openers: tuple[str, ...] = ()  # open what somebody is or was, and no one else: "als Minister"
    article_endings: tuple[str, ...] = ()  # endings of nouns with the article on them: no adjective stands before one
    article_adjectives: tuple[str, ...] = ()  # endings of adjectives with the article on them: their noun has none
    subject_endings: tuple[str, ...] = ()  # of a noun with the article that only a subject has: "ът"
    adjective_endings: tuple[str, ...] = ()  # endings of words that may stand before a role and belong to it; empty: any word
    nominative_adjective_endings: tuple[str, ...] = ()  # show an adjective that belongs to no noun in an oblique case: "ая", "ое"
    trailing_adjective_endings: tuple[str, ...] = ()  # of one that stands behind a body's noun in the nominative and tells its kind: "związki zawodowe"
    oblique_adjective_endings: tuple[str, ...] = ()  # show an adjective in an oblique case, which no surname alone has
    adverbs: tuple[str, ...]  # may stand between a subject and its cue, or open a sentence; never a subject
    adverb_endings: tuple[str, ...] = ()  # "ly"
    possessives: tuple[str, ...] = ()  # possessive pronouns that are never whom something is told to, and never part of a description
    own_possessives: tuple[str, ...] = ()  # of who speaks or is spoken to: "moim" zdaniem is no source
    plural_articles: tuple[str, ...] = ()  # that before a masculine noun show more than one, where its form may not: "die Leiter"
    polite_subjects: tuple[str, ...] = ()  # that with a capital inside a sentence stand for whom one speaks to: "Sie"
    owner_endings: tuple[str, ...] = ()  # of a name before what it owns, where its case has an ending: "Roths Anwalt"
    possessive_endings: tuple[str, ...] = ()  # of a noun to which the one behind it belongs: "'s"
    own_words: tuple[str, ...] = ()  # show that the subject of the clause is the source: "nach eigenen Angaben"
    own_subjects: tuple[str, ...] = ()  # pronouns that stand for who speaks and whom he speaks to, as subjects: "I", "you"
    first_person: tuple[str, ...] = ()  # words, and endings with -, in which somebody speaks of himself: "ние", "-аме"
    deictic: tuple[str, ...] = ()  # words that point and say nothing: no content of their own
    second_person: tuple[str, ...] = ()  # whom a question asks, where subheads are those of an interview: "vous"
    summing: tuple[str, ...] = ()  # with a relative pronoun behind them they take up the clause before, which does not speak: "ce (qui prouve que)"

    # Prepositions
    prepositions: tuple[str, ...]  # a noun after one is no subject
    place_prepositions: tuple[str, ...] = ()  # "у", "in"
    time_prepositions: tuple[str, ...] = ()  # open a phrase that never belongs to the noun before it: "після"
    circumstance_prepositions: tuple[str, ...] = ()  # open a phrase with a name between a cue and its bare clause: "via"
    setting_prepositions: tuple[str, ...] = ()  # the same before an article and a noun: "on a call"
    object_prepositions: tuple[str, ...] = ()  # may open a noun phrase that is content: "до"
    complement_prepositions: tuple[str, ...] = ()  # may open the complement of a role: "на", "of", "з питань"
    agents: tuple[str, ...] = ()  # prepositions of who speaks: "в обзор от фонда", "warned by the council that"
    addressing: tuple[str, ...] = ()  # prepositions of whom one speaks to: "a", "à"
    asked_from: tuple[str, ...] = ()  # prepositions of whom one asks something of: "od", "от"; no part of what is asked

    # Who has it from whom
    as_: tuple[str, ...] = msgspec.field(name="as", default=())  # open a source clause: "як зауважив X, …"
    cited: tuple[str, ...] = ()  # open the phrase of who passes it on: "цитиран", "cited"
    citing: tuple[str, ...] = ()  # open the phrase of whom an outlet has it from: "citing", "со ссылкой на"
    quoting: tuple[str, ...] = ()  # lemmas of verbs whose object speaks: "цитирует РИА Новости мэра"
    recalling: tuple[str, ...] = ()  # with which an outlet recalls what it wrote: "нагадаємо"
    messages: tuple[str, ...] = ()  # lemmas of documents that are somebody's own words: "statement"; whose they are speaks
    owned_documents: tuple[str, ...] = ()  # lemmas of documents for which the body named behind them speaks: "dane Eurostatu"
    not_sources: tuple[str, ...] = ()  # what a source phrase may name that says nothing: "według planu"
    addressees: tuple[str, ...] = ()  # nouns in the case of whom one speaks to: "portalowi", "агентству"; the name behind one does not speak
    object_cues: tuple[str, ...] = ()  # lemmas of verbs that take an object oftener than a bare clause: "report", "post"
    speech_labels: tuple[str, ...] = ()  # open a line with somebody's very words: "пряма мова"
    theses: tuple[str, ...] = ()  # stems of words that open a list of points: "тез", "основн"
    occasions: tuple[str, ...] = ()  # stems of nouns that name an occasion of speaking: "брифінг", "інтерв'ю", "summit"

    # Roles and what belongs to them
    latter_roles: tuple[str, ...] = ()  # of these, role lemmas that stand for whoever was named last: "ce dernier"
    generic_roles: tuple[str, ...] = ()  # role lemmas that describe whoever was spoken of: "посадовець", "the official"
    unnamed_roles: tuple[str, ...] = ()  # role lemmas of who is never named: "источник", "a source"; no description of anybody known
    relations: tuple[str, ...] = ()  # role lemmas of who is somebody's: "адвокат Асии", "córka Jana"; who is named behind one in no new role owns it
    title_joins: tuple[str, ...] = ()  # between two roles of one person: "і"
    vague: tuple[str, ...] = ()  # complements of a role that tell nothing: "президент країни"
    complement_endings: tuple[str, ...] = ()  # of lower-case words that a role's complement may hold, where case endings tell; empty: any
    no_complement_endings: tuple[str, ...] = ()  # longer ones among them that show another case: "ymi"
    plural_genitive_adjectives: tuple[str, ...] = ()  # endings of adjectives behind which a noun stands in the genitive, whatever it ends in: "ых"
    sure_genitive_endings: tuple[str, ...] = ()  # of words that stand in no other case: "ów"; a source without a comma ends behind them
    nominative_plural_endings: tuple[str, ...] = ()  # of persons, in no other case: "owie"
    person_endings: dict[str, Gender] = {}  # endings that only nouns of persons have, where none of a name has them: "erin" = "f"
    noun_genders: dict[str, Gender] = {}  # ending of a noun in the nominative -> its gender, by which pronouns and verbs agree with it; "" = any other

    # Names
    nouns_before_name: tuple[str, ...] = ()  # titles and generic nouns that are no part of a name
    title_genders: dict[str, Gender] = {}  # of those titles that show it: "mme" = "f"
    not_names: tuple[str, ...] = ()  # capitalised words that are never a name
    name_particles: tuple[str, ...] = ()  # lower-case words inside names: "von", "de", "аль"
    place_openers: tuple[str, ...] = ()  # open a place's name of more words: "san", "fort"
    body_words: tuple[str, ...] = ()  # nouns that make a run of capitals a body, beside the roles: "trust"
    body_openers: tuple[str, ...] = ()  # adjectives that open no person's name, and may a body's: "national"
    body_links: tuple[str, ...] = ()  # may stand inside a body's name: "of"
    body_weak_links: tuple[str, ...] = ()  # may stand there once its noun has been seen: "and"
    body_inner_links: tuple[str, ...] = ()  # may follow a link: "of the"
    patronymic_endings: tuple[str, ...] = ()  # of the name behind a given name, by the father's: with it the surname is left out
    female_endings: tuple[str, ...] = ()  # endings of names that show a woman
    name_endings: tuple[str, ...] = ()  # endings that forms of one name may have, for Latin script
    oblique_name_endings: tuple[str, ...] = ()  # of surnames, never in the nominative: "ego", "овой"
    given_endings_f: dict[str, str] = {}  # oblique ending of a woman's given name -> nominative: "и" = "а"
    given_endings_m: dict[str, str] = {}  # the same for men: "а" = ""
    adjective_nominatives: dict[str, str] = {}  # oblique ending of an adjective and gender of its noun (or pl) -> nominative: "ого m" = "ий"
    surname_endings: dict[str, str] = {}  # oblique ending of a surname -> nominative: "ого" = "ий"


class LanguageFile(Strict, frozen=True):
    """language.toml: how the language is written, and its words of time and quantity."""

    name: str
    orthography: Orthography
    calendar: Calendar
    numbers: Numbers
    outlets: Outlets = Outlets()


class SpeechFile(Strict, frozen=True):
    """speech.toml: the small words around reported speech, pronouns, and how words inflect."""

    speech: Speech
    pronouns: tuple[Pronoun, ...]
    paradigms: dict[str, tuple[str, ...]] = {}  # name -> "ending tag tag": tags are m f n sg pl converb noun-like cases nom obl


class Form(msgspec.Struct, frozen=True):
    """One inflected form of a word and what its ending says."""

    form: str  # casefolded; several words joined by one blank
    lemma: str
    gender: Gender | None = None
    number: Number | None = None
    case: Case | None = None
    converb: bool = False


class Cue(msgspec.Struct, frozen=True):
    """A word or phrase that marks something as said, and what it takes as its content."""

    lemma: str
    frame: CueFrame
    # quote, that, inf, np, np:PREPOSITION, np&WORD (it holds the word), np+WORD (the word closes its clause), dat, back;
    # verb+WORD: the finite part of a separable verb, alone, is none unless one of these words closes its clause: "teilte … mit";
    # post: a source phrase behind its noun; named: only before somebody
    takes: tuple[str, ...]
    forms: tuple[Form, ...]
    strength: Literal["say", "think", "act"] = "say"


class RoleWord(msgspec.Struct, frozen=True):
    """A noun that stands for somebody by office or description, or for a body that speaks."""

    lemma: str
    type: EntityType
    gender: Gender | None
    forms: tuple[Form, ...]


class GivenName(msgspec.Struct, frozen=True):
    """A given name and its gender."""

    name: str
    gender: Gender
    forms: tuple[str, ...]


PhrasePlace = Literal["start", "anywhere", "whole", "end", "inline", "sentence", "list", "rest"]


class JunkPhrase(msgspec.Struct, frozen=True):
    """A phrase that makes text junk of a role; `at` says where it must stand and how far the junk goes.

    start: opens a line, or a sentence in a line. whole: is all of the line but for marks and numbers. end: closes a short line.
    anywhere: stands in a short line. inline: anywhere at all; junk from there to the end of the line. sentence: is a sentence of a line;
    nothing else is junk. list: is all of the line; the headlines after it are junk too. rest: is all of the line; junk from there to the end of the page.
    """

    phrase: str
    role: str
    at: PhrasePlace


class Example(Strict, frozen=True):
    """A test of the language folder: text with inline marks (see `marks`), and what speakers are called."""

    text: str
    names: dict[str, str] = {}  # entity id of the marks -> name that the speaker must come out with
    note: str = ""


class Language(msgspec.Struct, frozen=True):
    """A language folder as read."""

    code: str
    file: LanguageFile
    words: SpeechFile
    cues: tuple[Cue, ...]
    roles: tuple[RoleWord, ...]
    names: tuple[GivenName, ...]
    places: tuple[str, ...]
    junk: tuple[JunkPhrase, ...]


def languages() -> tuple[str, ...]:
    """Codes of the languages that have a folder."""
    return tuple(sorted(p.parent.name for p in FOLDER.glob("*/speech.toml")))


@functools.cache
def load(code: str) -> Language:
    """The folder of a language; read once a process. Raises KnowledgeError where a file is wrong or there is no folder."""
    folder = FOLDER / code
    if not folder.exists():
        raise KnowledgeError(f"no language folder {folder}: known are {', '.join(languages())}")
    file = writing(code)
    words = _read_toml(folder / "speech.toml", SpeechFile)
    for name, entries in words.paradigms.items():
        for entry in entries:
            _known_tags(entry.split(" ")[1:], f"{folder / 'speech.toml'}: paradigm {name!r}")
    return Language(
        code=code,
        file=file,
        words=words,
        cues=tuple(_cues(folder / "cues.csv", words.paradigms)),
        roles=tuple(_roles(folder / "roles.csv", words.paradigms)),
        names=tuple(_names(folder / "names.csv")),
        places=tuple(row["name"] for _, row in _rows(folder / "places.csv", ("name", "kind"))),
        junk=junk(code),
    )


@functools.cache
def writing(code: str) -> LanguageFile:
    """language.toml alone: all that finding a page's language needs of eight folders."""
    return _read_toml(FOLDER / code / "language.toml", LanguageFile)


@functools.cache
def junk(code: str) -> tuple[JunkPhrase, ...]:
    """junk.csv alone: all that cleaning needs beside language.toml."""
    return tuple(_junk(FOLDER / code / "junk.csv"))


def examples(code: str) -> tuple[Example, ...]:
    """The language's own tests."""

    class Examples(Strict, frozen=True):
        example: tuple[Example, ...]

    return _read_toml(FOLDER / code / "examples.toml", Examples).example


def _read_toml(path: pathlib.Path, into: type[T]) -> T:
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), into)
    except FileNotFoundError as error:
        raise KnowledgeError(f"{path}: a language folder needs this file; the folder en is a model") from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: {error}") from error


def _rows(path: pathlib.Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows of a CSV with exactly these columns, each with 'file:line'. Lines that open with # are comments."""
    if not path.exists():
        raise KnowledgeError(f"{path}: a language folder needs this file; the folder en is a model")
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path}: {error}") from error
    numbered = [(i, line) for i, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    rows = list(csv.reader(line for _, line in numbered))
    if len(rows) < len(numbered):  # a value goes on over the end of its line: each line by itself, so that the one is named
        rows = [next(csv.reader([line])) for _, line in numbered]
    if not rows or tuple(rows[0]) != columns:
        raise KnowledgeError(f"{path}:1: the columns must be {','.join(columns)}")
    for (count, _), row in zip(numbered[1:], rows[1:], strict=True):
        where = f"{path}:{count}"
        if len(row) != len(columns):
            raise KnowledgeError(f"{where}: {len(row)} values in {len(columns)} columns")
        yield where, dict(zip(columns, (v.strip() for v in row), strict=True))


def _forms(lemma: str, spec: str, paradigms: dict[str, tuple[str, ...]], where: str) -> tuple[Form, ...]:
    """Expand a forms column, items parted by blanks: none (the lemma alone), `stem@paradigm`, `stem@paradigm_word`, or a form with its tags `says:sg`."""
    forms: list[Form] = []
    for item in spec.split(" ") if spec else [lemma.replace(" ", "_")]:
        if not item:
            continue
        if "@" in item:
            stem, _, rest = item.partition("@")
            name, _, tail = rest.partition("_")
            if name not in paradigms:
                raise KnowledgeError(f"{where}: no paradigm {name!r} in speech.toml")
            for entry in paradigms[name]:
                ending, *tags = entry.split(" ")
                forms.append(_form(stem.replace("_", " ") + ending.lstrip("-") + (" " + tail.replace("_", " ") if tail else ""), lemma, tags, where))
        else:
            form, *tags = item.split(":")
            forms.append(_form(form.replace("_", " "), lemma, tags, where))
    return tuple(forms)


def _form(form: str, lemma: str, tags: list[str], where: str) -> Form:
    _known_tags(tags, where)
    gender: Gender | None = next((g for g in ("m", "f", "n") if g in tags), None)
    number: Number | None = next((n for n in ("sg", "pl") if n in tags), None)
    case: Case | None = next((c for c in ("nom", "obl") if c in tags), None)
    return Form(form.lower(), lemma, gender, number, case, "converb" in tags)


def _known_tags(tags: list[str], where: str) -> None:
    if unknown := set(tags) - {"m", "f", "n", "sg", "pl", "nom", "obl", "converb"}:
        raise KnowledgeError(f"{where}: unknown tags {sorted(unknown)}")


def _one_of(value: str, allowed: tuple[str, ...], where: str) -> str:
    if value not in allowed:
        raise KnowledgeError(f"{where}: {value!r} is not one of {', '.join(allowed)}")
    return value


def _cues(path: pathlib.Path, paradigms: dict[str, tuple[str, ...]]) -> Iterator[Cue]:
    for where, row in _rows(path, ("lemma", "forms", "frame", "takes", "strength")):
        takes = tuple(row["takes"].split())
        for take in takes:
            _one_of(re.split("[:&+]", take)[0], ("quote", "that", "inf", "np", "dat", "back", "post", "named", "verb"), where)
        yield Cue(
            lemma=row["lemma"],
            frame=_one_of(row["frame"], ("verb", "state", "noun", "source", "back"), where),  # type: ignore[arg-type]
            takes=takes,
            forms=_forms(row["lemma"], row["forms"], paradigms, where),
            strength=_one_of(row["strength"] or "say", ("say", "think", "act"), where),  # type: ignore[arg-type]
        )


def _roles(path: pathlib.Path, paradigms: dict[str, tuple[str, ...]]) -> Iterator[RoleWord]:
    for where, row in _rows(path, ("lemma", "forms", "type", "gender")):
        yield RoleWord(
            lemma=row["lemma"],
            type=_one_of(row["type"], ("person", "organization", "place", "group", "document"), where),  # type: ignore[arg-type]
            gender=_one_of(row["gender"], ("m", "f", "n", ""), where) or None,  # type: ignore[arg-type]
            forms=_forms(row["lemma"], row["forms"], paradigms, where),
        )


def _names(path: pathlib.Path) -> Iterator[GivenName]:
    for where, row in _rows(path, ("name", "gender", "forms")):
        yield GivenName(row["name"], _one_of(row["gender"], ("m", "f"), where), tuple(row["forms"].split()))  # type: ignore[arg-type]


def _junk(path: pathlib.Path) -> Iterator[JunkPhrase]:
    for where, row in _rows(path, ("phrase", "role", "at")):
        yield JunkPhrase(row["phrase"], _one_of(row["role"], get_args(BlockRole), where), _one_of(row["at"], get_args(PhrasePlace), where))  # type: ignore[arg-type]
