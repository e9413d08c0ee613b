"""How far a noun phrase reaches: small questions about single words that names and roles both ask."""

from __future__ import annotations

from onrecord.knowledge.lexicon import Lexicon
from onrecord.stages.recognise.places import is_place
from onrecord.tokens import Words

OPENERS = frozenset("\"'«„“”‚‘‹›([–—-:•*…¿¡")
ADJECTIVES_BEFORE_ROLE = 3
LONGEST_SUFFIX = 4  # letters behind a full stop inside a name: "Ver.di"
LONGEST_BRACKETS = 6  # tokens


def may_modify(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether a word can stand before a role and belong to it, as adjectives do."""
    fold = words.folds[i]
    if not words.is_word(i) or fold in lex.that or fold in lex.prepositions or fold in lex.adverbs or fold in lex.pronouns:
        return False
    if fold in lex.questions or fold in lex.and_ or fold in lex.relative or fold in lex.subordinate or fold in lex.auxiliaries:
        return False
    if lex.cues.opens(words.folds, i, i + 1):
        return False
    if fold in lex.speech.quantifiers or fold in lex.cardinals:
        return True
    if lex.speech.nouns_capital and (
        (words.capital(i) and i and words.is_word(i - 1)) or (fold.endswith(lex.speech.past_endings) and i and words.folds[i - 1] not in lex.speech.articles)
    ):
        return False  # a noun, or a verb in the past
    endings = lex.speech.adjective_endings
    if endings and i and fold in lex.speech.deictic and words.folds[i - 1] in lex.prepositions:
        return False  # "poinformował o tym prezes"
    if endings and fold.startswith(lex.speech.occasions):
        return False  # "на пресконференция говорителят"
    if not endings or not fold.endswith(endings):
        return not endings
    return fold not in lex.units and not names_body(words, i, lex)  # "od kilku dni media", "według informacji gazety minister"


def names_body(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether a word is the noun of a body or a document, and no adjective for all its ending."""
    found = lex.roles.at(words.folds, i, i + 1)
    return found is not None and found[1].role.type in ("organization", "document")


def glued_end(words: Words, i: int, last: int) -> int:
    """The index after the second half of a name with a full stop inside, "Ver.di", "Booking.com", whose first half ends before `i`; else `i`."""
    if not 0 < i < last - 1 or words.folds[i] != "." or words.starts[i] != words.ends[i - 1] or words.starts[i + 1] != words.ends[i]:
        return i
    text = words.text[words.starts[i + 1] : words.ends[i + 1]]
    latin = words.text[words.starts[i - 1]].isascii() and text.isascii()
    return i + 2 if latin and text.isalpha() and text.islower() and len(text) <= LONGEST_SUFFIX else i


def past_brackets(words: Words, i: int, last: int) -> int:
    """The index after short brackets that open at `i` and stand before a name: "голова об'єднання (BDI) Дітер Кемпф"; else `i`."""
    if i >= last or words.folds[i] != "(":
        return i
    closing = next((k for k in range(i + 1, min(last - 1, i + LONGEST_BRACKETS)) if words.folds[k] == ")"), None)
    return closing + 1 if closing is not None and words.capital(closing + 1) else i


def looks_finite(words: Words, i: int, lex: Lexicon, *, opening: bool = False) -> bool:
    """Whether the word looks like a finite verb or an adverb, so that a noun phrase ends before it; one with a capital does where it may be `opening`."""
    fold = words.folds[i]
    if words.capital(i) and not opening:
        return False
    return fold.endswith(lex.speech.verb_endings) and not fold.endswith(lex.speech.adjective_endings or ("\n",)) and fold not in lex.roles


def opens_person(words: Words, i: int, last: int, lex: Lexicon) -> bool:
    """Whether a person's name seems to begin here, behind a role: an unknown capitalised word with another one after it."""
    if words.folds[i] in lex.given or _behind_latin(words, i, lex):
        return True
    oblique = lex.speech.oblique_adjective_endings or ("\n",)
    office = lex.roles.at(words.folds, i - 2, i - 1) if i > 1 and words.capital(i - 1) and words.folds[i - 1].endswith(oblique) else None
    if office is not None and office[1].role.type == "person":
        return False  # the noun of an adjective: "Lider Liberalnych Demokratów Jan Wilk"
    if words.folds[i].endswith(oblique):
        return False  # no given name: "wiceszef Zielonej Partii (ZP) Jan Wilk"
    if closes_body(words, i, last, lex) or closes_body(words, i + 1, last, lex):
        return False
    if i + 1 < last and (
        _names(words, i + 1, last, lex) or (lex.script != "latin" and words.text[words.starts[i]].isascii() != words.text[words.starts[i + 1]].isascii())
    ):
        return False
    k = i + 1
    while k < last and words.capital(k):
        if _names(words, k, last, lex):
            return False  # the person's name opens only there: "rzecznik Wód Polskich Jan Nowak"
        k += 1
    upper = words.text[words.starts[i] : words.ends[i]].isupper()
    following = i + 1 < last and words.capital(i + 1) and not words.text[words.starts[i + 1] : words.ends[i + 1]].isupper()
    return following and not upper and not is_place(words.folds[i], lex.code) and not lex.roles.opens(words.folds, i, last)


def _names(words: Words, i: int, last: int, lex: Lexicon) -> bool:
    """Whether a given name opens a person's name, or stands alone where names have cases; "Lee" closes one: "l'expert Kai-Fu Lee"."""
    return words.folds[i] in lex.given and (lex.cased or (i + 1 < last and words.capital(i + 1)))


def _behind_latin(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether two capitalised words in the language's letters follow a Latin name: "директор Nordica Стен Борик"."""
    here = words.text[words.starts[i]]
    return (
        lex.script != "latin"
        and here > "\u0250"
        and words.capital(i - 1)
        and words.text[words.starts[i - 1]].isascii()
        and words.capital(i + 1)
        and words.text[words.starts[i + 1]] > "\u0250"
        and not words.text[words.starts[i] : words.ends[i]].isupper()
    )


def closes_body(words: Words, i: int, last: int, lex: Lexicon) -> bool:
    """Whether an adjective in an oblique case ends a body's name, and a person's name of two words follows: "szefowa Rady Europejskiej Ada Roth"."""
    endings = lex.speech.oblique_adjective_endings
    if i < 1 or i + 2 >= last or not words.folds[i].endswith(endings or ("\n",)) or words.folds[i] in lex.given:
        return False
    capitals = all(words.capital(k) for k in range(i - 1, i + 3)) and not (i + 3 < last and words.capital(i + 3))
    return capitals and not any(words.folds[k].endswith(endings) or lex.roles.opens(words.folds, k, last) for k in (i + 1, i + 2))


def quoted_name_end(words: Words, i: int, last: int) -> int:
    """The index after a name in quotation marks that opens here: партії "Обрій"; 0 where what is quoted is no name."""
    for k in range(i + 2, min(last, i + 7)):
        if words.folds[k] in '»“”"':
            return k + 1 if words.capital(i + 1) and words.is_word(i + 1) else 0
    return 0


def runs_on(words: Words, i: int, first: int, lex: Lexicon) -> bool:
    """Whether two capitalised words stand side by side that are no nouns of measure: a name, where every noun has a capital."""
    if i + 1 >= len(words.starts) or not words.capital(i + 1) or words.starts[i + 1] - words.ends[i] != 1 or words.ends[i] - words.starts[i] < 2:
        return False
    before = words.folds[i - 1] if i > first else ""
    if before.isdigit() or words.folds[i + 1] in lex.not_names or lex.roles.opens(words.folds, i + 1, len(words.starts)) or words.folds[i] in lex.roles:
        return False
    if words.folds[i] not in lex.given and lex.person_noun(words.folds[i]) is not None:
        return False  # "die Vermittlerin Ada Roth": the noun says what she is
    if before in lex.speech.articles and words.folds[i] not in lex.given and words.folds[i].endswith(lex.speech.adjective_endings):
        return False  # "die Gelb-Rote Karte"
    opening = i == first or words.text[words.starts[i - 1]] in OPENERS or before in ".!?"
    return not (opening and words.folds[i].endswith(lex.speech.adjective_endings))
