"""Names, roles and pronouns: the words that stand for somebody or something.

Names are runs of capitalised words; at the head of a sentence, where every word is capitalised, only with evidence: the word
stands capitalised inside another sentence, is a given name or an acronym, or more of the name follows. A role ("генеральний секретар НАТО") is
a role word with the adjectives before it and the complement after it; followed by a person's name, it is that person's role.
"""

from __future__ import annotations

import functools

from onrecord.knowledge import schema
from onrecord.knowledge.lexicon import Lexicon, lexicon
from onrecord.knowledge.schema import Language
from onrecord.records import Article, EntityType, Gender, Mention, Sentence
from onrecord.tokens import Words

OPENERS = frozenset("\"'«„“”‚‘‹›([–—-:•*…")
ROLE_REACH_WORDS = 7  # words of a complement after a role word; longer ones are rare and run into the next phrase
NAME_REACH_TOKENS = 16  # from a role word to the name that ends its phrase
ADJECTIVES_BEFORE_ROLE = 3
BODY_WORDS = frozenset(
    (
        "house",
        "trust",
        "league",
        "frontiers",
        "society",
        "nations",
        "union",
        "securities",
        "holdings",
        "group",
        "inc",
        "ltd",
        "plc",
        "corp",
        "airways",
        "police",
        "unit",
    )
)
ADJECTIVE_ENDINGS = ("ий", "ій", "ый", "ая", "ое", "ski", "cki")
VOWELS = "аеиоуяюєіїьэыaeiouyąęó"
STEM_CUT = 2  # letters by which forms of one name may differ at the end


def recognise(article: Article, sentences: tuple[Sentence, ...], words: Words, language: Language) -> tuple[Mention, ...]:
    """All mentions in the article proper, in order; not yet resolved into chains."""
    lex = lexicon(language.code)
    ranges = [words.range(s.start, s.end) for s in sentences]
    inner = _after_given_names(words, ranges, lex) if lex.speech.nouns_capital else _capitalised_inside(words, ranges)
    found: list[Mention] = []
    learned = _nouns_before_names(words, ranges, lex)
    for first, last in ranges:
        found += _in_sentence(words, first, last, inner, learned, lex)
    return tuple(found)


def _nouns_before_names(words: Words, ranges: list[tuple[int, int]], lex: Lexicon) -> frozenset[str]:
    """Nouns that no list of roles has, learned from the page: "геодезистът Огнян Ралев" makes "геодезистът" a role here."""
    nouns = set()
    for first, last in ranges:
        for i in range(first, last - 2):
            fold = words.folds[i]
            k = i + 1
            while k < last - 2 and (words.folds[k] in lex.titles or (words.folds[k] == "." and k > i + 1)):
                k += 1
            if words.capital(k) and words.capital(k + 1) and words.folds[k] in lex.given and words.is_word(i):
                plain = not words.capital(i) or i == first
                if plain and len(fold) > 4 and _may_be_noun(words, i, lex) and fold.endswith(lex.speech.article_endings or ("",)):
                    nouns.add(fold)
    return frozenset(nouns)


def _may_be_noun(words: Words, i: int, lex: Lexicon) -> bool:
    fold = words.folds[i]
    small = fold in lex.prepositions or fold in lex.adverbs or fold in lex.and_ or fold in lex.that or fold in lex.not_names or fold in lex.auxiliaries
    return not (
        small
        or lex.cues.opens(words.folds, i, i + 2)
        or _finite(words, i, lex)
        or fold in lex.titles
        or fold in lex.given
        or fold in lex.pronouns
        or fold.isdigit()
    )


def _capitalised_inside(words: Words, ranges: list[tuple[int, int]]) -> frozenset[str]:
    """Stems of the words that stand capitalised where nothing but being a name makes them so."""
    stems = set()
    for first, last in ranges:
        for i in range(first + 1, last):
            if words.capital(i) and words.text[words.starts[i - 1]] not in OPENERS and words.folds[i - 1] not in ".!?":
                stems.add(stem(words.folds[i]))
    return frozenset(stems)


def _after_given_names(words: Words, ranges: list[tuple[int, int]], lex: Lexicon) -> frozenset[str]:
    """Stems of the surnames that stand behind given names: the evidence for a surname alone where every noun has a capital."""
    return frozenset(
        stem(words.folds[i + 1])
        for first, last in ranges
        for i in range(first, last - 1)
        if words.capital(i)
        and words.capital(i + 1)
        and words.folds[i] not in lex.not_names
        and words.folds[i + 1] not in lex.not_names
        and (
            words.folds[i] in lex.given
            or (i > first and _runs_on(words, i, first, lex))
            or (lex.roles.opens(words.folds, i, last) and not lex.roles.opens(words.folds, i + 1, last))
        )
    )


def stem(word: str) -> str:
    """What the forms of one name share: the word less its last letters, but never less than three."""
    return word[: max(3, len(word) - STEM_CUT)]


def _in_sentence(words: Words, first: int, last: int, inner: frozenset[str], learned: frozenset[str], lex: Lexicon) -> list[Mention]:
    folds = words.folds
    found: list[Mention] = []
    i = first
    while i < last:
        fold = folds[i]
        pronoun = lex.pronouns.get(fold)
        if pronoun is not None:
            start, end = words.span(i, i + 1)
            found.append(Mention(start, end, "pronoun", "person", fold, pronoun.gender, pronoun.number, rule="pronoun"))
            i += 1
            continue
        named = _capital_body(words, i, first, last, lex) if lex.speech.bare_clause and words.capital(i) else 0
        if named:
            start, stop = words.span(i, named)
            found.append(Mention(start, stop, "name", "organization", words.text[start:stop], None, None, rule="body"))
            i = named
            continue
        role = lex.roles.at(folds, i, last)
        if role is not None and (not lex.speech.nouns_capital or (words.capital(i) and not (i > first and folds[i - 1] in lex.given))):
            mention, i = _role(words, i, role[0], first, last, lex)
            found.append(mention)
            continue
        if fold in learned:
            begin = i
            while not lex.speech.article_endings and begin > first and i - begin < ADJECTIVES_BEFORE_ROLE and _may_modify(words, begin - 1, lex):
                begin -= 1
            end = _complement_end(words, i + 1, last, lex)
            start, stop = words.span(begin, end)
            found.append(Mention(start, stop, "role", "person", words.text[start:stop], None, "sg", role=fold, rule="role/learned"))
            i = end
            continue
        if words.capital(i):
            body = _named_body(words, i, first, last, lex)
            if body:
                start, stop = words.span(i, body)
                found.append(Mention(start, stop, "name", "organization", words.text[start:stop], None, None, rule="body"))
                i = body
                continue
            end = _name_end(words, i, first, last, inner, lex)
            if end > i:
                for a, b in _split_run(words, i, end, lex):
                    found.append(_name(words, a, b, found[-1] if found else None, lex))
                i = end
                continue
        i += 1
    return found


def _role(words: Words, i: int, after: int, first: int, last: int, lex: Lexicon) -> tuple[Mention, int]:
    """The role mention whose noun stands at words i to after, and the index at which to go on."""
    found = lex.roles.at(words.folds, i, last)
    assert found is not None
    role, form = found[1]
    begin = i
    article = bool(lex.speech.article_endings) and words.folds[after - 1].endswith(lex.speech.article_endings)
    if lex.speech.bare_clause:
        article, begin = True, _phrase_start(words, i, first, lex)
    while not article and begin > first and i - begin < ADJECTIVES_BEFORE_ROLE and _may_modify(words, begin - 1, lex):
        begin -= 1
    while begin < i and words.folds[begin] in lex.speech.articles:
        begin += 1
    part = begin - 2 >= first and words.folds[begin - 1] in lex.speech.partitive and words.folds[begin - 2] in lex.speech.quantifiers
    if part:
        begin -= 2  # "jeden z pasażerów"
    end = _complement_end(words, after, last, lex)
    if role.type == "person":
        end = max(end, _name_ahead(words, end, last, lex))
    start, stop = words.span(begin, end)
    number = None if part else form.number or ("pl" if role.type == "group" else None)
    mention = Mention(
        start, stop, "group" if role.type == "group" else "role", role.type, words.text[start:stop], form.gender or role.gender, number,
        role=role.lemma, rule=f"role/{'any' if part else form.case or 'any'}",
    )  # fmt: skip
    return mention, end


def _phrase_start(words: Words, i: int, first: int, lex: Lexicon) -> int:
    """Where the noun phrase of a role begins: at an article or possessive a few words before it, else at the capitals beside it."""
    k = i
    while k > first and i - k < ADJECTIVES_BEFORE_ROLE + 1:
        fold = words.folds[k - 1]
        if fold in lex.speech.articles or fold in lex.speech.quantifiers or fold in lex.cardinals or fold.endswith(("'s", "s'")):
            return k - 1
        if not _may_modify(words, k - 1, lex):
            break
        k -= 1
    bounded = k == first or (not words.is_word(k - 1) or words.folds[k - 1] in lex.prepositions or words.folds[k - 1] in lex.cues)
    if bounded and 0 < i - k <= 2 and all(not _finite(words, j, lex) and words.folds[j] not in lex.not_names for j in range(k, i)):
        return k
    k = i
    while k > first + 1 and words.capital(k - 1) and _may_modify(words, k - 1, lex) and words.folds[k - 1] not in lex.not_names:
        k -= 1
    return k


def _may_modify(words: Words, i: int, lex: Lexicon) -> bool:
    fold = words.folds[i]
    if not words.is_word(i) or fold in lex.that or fold in lex.prepositions or fold in lex.adverbs or fold in lex.pronouns:
        return False
    if fold in lex.and_ or fold in lex.relative or fold in lex.subordinate or fold in lex.auxiliaries or lex.cues.opens(words.folds, i, i + 1):
        return False
    if fold in lex.speech.quantifiers or fold in lex.cardinals:
        return True
    if lex.speech.nouns_capital and (
        (words.capital(i) and i and words.is_word(i - 1)) or (fold.endswith(("te", "ten")) and i and words.folds[i - 1] not in lex.speech.articles)
    ):
        return False  # a noun, or a verb in the past
    endings = lex.speech.adjective_endings
    return not endings or fold.endswith(endings)


def _complement_end(words: Words, after: int, last: int, lex: Lexicon) -> int:
    """Where the complement of a role ends: before punctuation, a verb, a conjunction, a person's name."""
    if lex.speech.nouns_capital:
        return _capital_complement_end(words, after, last, lex)
    folds = words.folds
    end, i = after, after
    while i < last and i - after < ROLE_REACH_WORDS:
        fold = folds[i]
        if fold in '«„“"' and (closed := _quoted_name_end(words, i, last)):
            i = end = closed
            continue
        if not words.is_word(i) or lex.cues.opens(folds, i, last) or fold in lex.that or fold in lex.and_ or fold in lex.relative or fold in lex.pronouns:
            break
        if fold in lex.auxiliaries or fold in lex.adverbs or fold in lex.given or fold in lex.titles:
            break
        complement = lex.complements.at(folds, i, last)
        if complement is not None:
            i = complement[0]
            if lex.speech.bare_clause and (named := _named_complement(words, i, last, lex)) > i:
                i = end = named
                continue
            while i < last and folds[i] in lex.speech.articles:
                i += 1
            if i < last and i - after < ROLE_REACH_WORDS and words.is_word(i) and folds[i] not in lex.given:
                i += 1
                while lex.speech.articles and i < last and words.capital(i) and words.capital(i - 1) and folds[i] not in lex.given:
                    i += 1
                end = i
                continue
            break
        if fold in lex.prepositions or fold in lex.not_ or fold in lex.hypothetical or fold in lex.speech.articles or _finite(words, i, lex):
            break
        if lex.speech.complement_prepositions[:1] == ("на",) and not words.capital(i) and i == after:
            break  # a Bulgarian noun takes its complement with a preposition
        if lex.code == "en" and i == after:
            break
        if words.capital(i) and _opens_person(words, i, last, lex):
            break
        if not words.capital(i) and not _may_complement(words, i, last, lex):
            break
        i += 1
        end = i
    return end


def _capital_complement_end(words: Words, after: int, last: int, lex: Lexicon) -> int:
    """Where a role's complement ends if nouns have capitals: (preposition) (article) (adjectives) noun, as often as it repeats."""
    folds, end, i = words.folds, after, after
    while i < last and i - after < ROLE_REACH_WORDS:
        k = i
        if folds[k] in '«„“"' and (closed := _quoted_name_end(words, k, last)):
            i = end = closed
            continue
        linked = folds[k] in lex.speech.complement_prepositions
        k += linked
        while (
            linked
            and k < last
            and not words.capital(k)
            and words.is_word(k)
            and folds[k].endswith(lex.speech.adjective_endings)
            and folds[k] not in lex.pronouns
            and folds[k] not in lex.prepositions
        ):
            k += 1
        if k >= last or not words.capital(k) or not words.is_word(k) or folds[k] in lex.given or folds[k] in lex.titles or lex.cues.opens(folds, k, last):
            break
        if not linked and (
            _opens_person(words, k, last, lex)
            or not (
                (i > after and not (k + 1 < last and words.capital(k + 1)))
                or is_place(folds[k], lex.code)
                or words.text[words.starts[k] : words.ends[k]].isupper()
            )
        ):
            break
        i = end = k + 1
    return end


def _may_complement(words: Words, i: int, last: int, lex: Lexicon) -> bool:
    """Whether a word can stand in the case that a complement without a preposition takes, where endings tell."""
    endings = lex.speech.complement_endings
    if not endings or words.folds[i].endswith(endings):
        return True
    role = lex.roles.at(words.folds, i, last)
    return role is not None and role[1].form.case != "nom"


def _named_complement(words: Words, i: int, last: int, lex: Lexicon) -> int:
    """The index after a person who is a role's complement: "an aide to Delgado", "friends of Lady Holt"; `i` where none is."""
    k = i
    while k < last and (words.folds[k] in lex.titles or (words.folds[k] == "." and k > i)) and (words.capital(k) or words.folds[k] == "."):
        k += 1
    if k >= last or not words.capital(k) or (k == i and words.folds[k] not in lex.given):
        return i
    while k < last and words.capital(k) and words.is_word(k):
        k += 1
    return k


def _quoted_name_end(words: Words, i: int, last: int) -> int:
    """The index after a name in quotation marks that opens here: партії "Обрій"; 0 where what is quoted is no name."""
    for k in range(i + 2, min(last, i + 7)):
        if words.folds[k] in '»“”"':
            return k + 1 if words.capital(i + 1) and words.is_word(i + 1) else 0
    return 0


def _finite(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether the word looks like a finite verb or an adverb, so that a noun phrase ends before it."""
    fold = words.folds[i]
    return not words.capital(i) and fold.endswith(lex.speech.verb_endings) and not fold.endswith(lex.speech.adjective_endings or ("\n",))


def _name_ahead(words: Words, i: int, last: int, lex: Lexicon) -> int:
    """Where a person's name begins that ends the role's phrase: "начальник вокзалу в місті Тернівка Сава Лоза"; 0 where none does."""
    if i >= last or words.folds[i] not in lex.prepositions:
        return 0
    for k in range(i, min(last - 1, i + NAME_REACH_TOKENS)):
        fold = words.folds[k]
        if fold in '«»„“”"':
            continue
        if not words.is_word(k) or lex.cues.opens(words.folds, k, last) or fold in lex.that or fold in lex.relative or fold in lex.pronouns:
            return 0
        if lex.roles.opens(words.folds, k, last) or _finite(words, k, lex):
            return 0
        if words.capital(k) and fold in lex.given and words.capital(k + 1):
            return k
        if words.capital(k) and words.capital(k + 1) and k + 2 < last and not words.capital(k + 2) and k > i + 1 and not is_place(fold, lex.code):
            return k
    return 0


def _opens_person(words: Words, i: int, last: int, lex: Lexicon) -> bool:
    """Whether a person's name seems to begin here, behind a role: an unknown capitalised word with another one after it."""
    if words.folds[i] in lex.given:
        return True
    if i + 1 < last and (
        words.folds[i + 1] in lex.given or (lex.script != "latin" and words.text[words.starts[i]].isascii() != words.text[words.starts[i + 1]].isascii())
    ):
        return False
    k = i + 1
    while k < last and words.capital(k):
        if words.folds[k] in lex.given:
            return False  # the person's name opens only there: "rzecznik Wód Polskich Jan Nowak"
        k += 1
    upper = words.text[words.starts[i] : words.ends[i]].isupper()
    following = i + 1 < last and words.capital(i + 1) and not words.text[words.starts[i + 1] : words.ends[i + 1]].isupper()
    return following and not upper and not is_place(words.folds[i], lex.code) and not lex.roles.opens(words.folds, i, last)


def _name_end(words: Words, i: int, first: int, last: int, inner: frozenset[str], lex: Lexicon) -> int:
    """The index after the run of capitalised words that is a name, or `i` where the first word is no name."""
    folds = words.folds
    titled = i > first + 1 and folds[i - 1] == "." and folds[i - 2] in lex.titles
    doubtful = not titled and (i == first or words.text[words.starts[i - 1]] in OPENERS or folds[i - 1] in ".!?")
    fold = folds[i]
    if fold in lex.titles or fold in lex.not_names or fold in lex.adverbs:
        return i
    if lex.speech.nouns_capital and not _shown_name(words, i, first, inner, lex):
        return i
    end = i + 1
    while end < last:
        role = lex.roles.at(folds, end, last) if words.capital(end) and folds[end - 1] not in lex.given else None
        if (
            (words.capital(end) and (role is None or role[1].role.type == "organization") and folds[end] not in lex.not_names)
            or (folds[end] == "." and words.ends[end - 1] - words.starts[end - 1] == 1 and end + 1 < last and words.capital(end + 1))
            or _particle_joined(words, end, lex)
        ):
            end += 1
        elif folds[end] in lex.speech.name_particles and folds[end] not in lex.speech.articles:
            after = end + 1
            while after < last and folds[after] in lex.speech.name_particles:
                after += 1
            if after >= last or not words.capital(after):
                break
            end = after
        else:
            break
    if not doubtful or end - i > 1:
        return end
    text = words.text[words.starts[i] : words.ends[i]]
    known = stem(fold) in inner or fold in lex.given or (text.isupper() and len(text) > 1) or is_place(fold, lex.code)
    following = end < last and lex.cues.opens(folds, end, last) and fold not in lex.cues and fold not in lex.prepositions
    return end if known or following else i


def _particle_joined(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether a word is a particle and a name in one: "ат-Тамімі", "аль-Хатіб"."""
    particle, hyphen, rest = words.text[words.starts[i] : words.ends[i]].partition("-")
    return bool(hyphen) and particle in lex.speech.name_particles and rest[:1].isupper()


def _shown_name(words: Words, i: int, first: int, inner: frozenset[str], lex: Lexicon) -> bool:
    """Where every noun has a capital: a name is a given name, an acronym, a place, a word behind a role or title, or one that is none of
    the language's nouns by its form (a hyphen between two capitals, letters of another language are no proof)."""
    fold, text = words.folds[i], words.text[words.starts[i] : words.ends[i]]
    if fold in lex.given or stem(fold) in inner or (text.isupper() and len(text) > 1) or is_place(fold, lex.code):
        return True
    before = words.folds[i - 1] if i > first else ""
    if _runs_on(words, i, first, lex) or _speaks(words, i, first, lex):
        return True
    k = i - 1
    return before in lex.titles or before == "." or (i > first and words.capital(k) and fold not in lex.roles and before in lex.roles)


def _runs_on(words: Words, i: int, first: int, lex: Lexicon) -> bool:
    """Whether two capitalised words stand side by side that are no nouns of measure: a name, where every noun has a capital."""
    if i + 1 >= len(words.folds) or not words.capital(i + 1) or words.starts[i + 1] - words.ends[i] != 1 or words.ends[i] - words.starts[i] < 2:
        return False
    before = words.folds[i - 1] if i > first else ""
    if before.isdigit() or words.folds[i + 1] in lex.not_names or lex.roles.opens(words.folds, i + 1, len(words.folds)) or words.folds[i] in lex.roles:
        return False
    opening = i == first or words.text[words.starts[i - 1]] in OPENERS or before in ".!?"
    return not (opening and words.folds[i].endswith(lex.speech.adjective_endings))


def _speaks(words: Words, i: int, first: int, lex: Lexicon) -> bool:
    """Whether a capitalised word with no article stands right behind or before a verb of saying: "sagte Rice", "Rice sagte"."""

    def says(k: int) -> bool:
        found = lex.cues.at(words.folds, k, k + 1)
        return (
            found is not None
            and found[1].cue.frame == "verb"
            and "quote" in found[1].cue.takes
            and "np" not in found[1].cue.takes
            and found[1].form.number != "pl"
        )

    if lex.roles.opens(words.folds, i, len(words.folds)) or (words.capital(i - 1) and i > first):
        return False
    return (i > first and says(i - 1)) or (i == first and i + 1 < len(words.folds) and not words.folds[i].endswith("en") and says(i + 1))


def _named_body(words: Words, i: int, first: int, last: int, lex: Lexicon) -> int:
    """The index after a body's name that opens with a capital and ends in a common noun: "Световната здравна организация"; else 0."""
    if (
        i == first
        or words.text[words.starts[i - 1]] in OPENERS
        or not lex.speech.adjective_endings
        or not words.folds[i].endswith(lex.speech.adjective_endings)
    ):
        return 0
    for k in range(i + 1, min(last, i + 4)):
        found = lex.roles.at(words.folds, k, last)
        if found is not None:
            return _complement_end(words, found[0], last, lex) if found[1].role.type == "organization" else 0
        if not words.folds[k].endswith(lex.speech.adjective_endings):
            return 0
    return 0


def _capital_body(words: Words, i: int, first: int, last: int, lex: Lexicon) -> int:
    """The index after a body's name in capitals: "House of Delegates", "Skippers' Federation", "World Health Organization"; else 0."""
    folds = words.folds
    if folds[i] in lex.not_names or folds[i] in lex.titles or folds[i] in lex.given:
        return 0
    end, k, body = i, i, False
    while k < last:
        if words.is_word(k) and words.capital(k) and folds[k] not in lex.given:
            role = lex.roles.at(folds, k, last)
            body = body or (role is not None and role[1].role.type == "organization") or folds[k] in BODY_WORDS
            k += 1
            end = k
        elif folds[k] in ("of", "for", "and", "on", "'", "’", "without", "the") and end > i:
            after = k + 1
            while after < last and folds[after] in ("the", "of", "for"):
                after += 1
            if after >= last or not words.capital(after) or folds[after] in lex.given or (folds[k] in ("and", "the", "on") and not body):
                break
            k = after
        else:
            break
    shouted = all(words.text[words.starts[m] : words.ends[m]].isupper() for m in range(i, end) if words.is_word(m))
    return end if body and end - i > 1 and not shouted else 0


def _split_run(words: Words, first: int, last: int, lex: Lexicon) -> list[tuple[int, int]]:
    """A run of capitalised words as single names: "НАТО Марк Галан" are two, split before a given name, after an acronym or place."""
    parts: list[tuple[int, int]] = []
    begin = first
    for i in range(first + 1, last):
        before = words.text[words.starts[i - 1] : words.ends[i - 1]]
        here = words.text[words.starts[i] : words.ends[i]]
        acronym = before.isupper() and len(before) > 1
        given = words.folds[i] in lex.given and words.folds[i - 1] not in lex.given
        person = words.folds[i - 1] in lex.given and i - begin == 1  # a given name that looks like a place
        places = not person and (place_length(words.folds, begin, i, lex.code) == i - begin or is_place(words.folds[i - 1], lex.code))
        place = places and place_length(words.folds, begin, last, lex.code) <= i - begin
        if lex.speech.bare_clause and words.folds[i - 1] in ("san", "santa", "saint", "st", "fort", "port", "lake", "mount", "prince"):
            continue
        if set(here) <= set("IVXLC"):
            continue
        latin = here.isalpha() and before.isalpha() and ("\u0400" <= before[-1] <= "\u04ff") != ("\u0400" <= here[0] <= "\u04ff")
        if (acronym and not here.isupper()) or given or place or latin:
            parts.append((begin, i))
            begin = i
    parts.append((begin, last))
    return parts


def _name(words: Words, first: int, last: int, before: Mention | None, lex: Lexicon) -> Mention:
    start, end = words.span(first, last)
    text = words.text[start:end]
    given = lex.given.get(words.folds[first])
    gender: Gender | None = given[1] if given else None
    kind: EntityType = "person"
    quoted = start > 0 and words.text[start - 1] in '«„“"' and words.text[end : end + 1] in ("»", "“", "”", '"')
    foreign = lex.script == "cyrillic" and text.isascii() and last - first == 1  # a lone Latin word among Cyrillic: a firm, an agency
    body = quoted or foreign or any(c.isdigit() for c in text)
    if (body and given is None) or (text.isupper() and last - first == 1 and len(text) > 1):
        kind = "organization"
    elif given is None and place_length(words.folds, first, last, lex.code) == last - first:
        kind = "place"
    elif last - first == 1 and given is None and lex.speech.surname_endings and _adjective_of_noun(words, last, lex):
        kind = "organization"
    elif last - first > 1 and gender is None and lex.speech.female_endings and words.folds[last - 1].endswith(lex.speech.female_endings):
        gender = "f"
    role = None
    if before is not None and before.form == "role" and before.type == "person" and kind == "person":
        between = words.text[before.end : start].lower().replace(".", " ").split()
        if all(w in lex.titles or w in ("–", "-", "—", ",") for w in between):
            role = before.name
            gender = gender or before.gender
    return Mention(start, end, "name", kind, text, gender, "sg", role=role, rule="name")


def _adjective_of_noun(words: Words, last: int, lex: Lexicon) -> bool:
    """Whether a capitalised word is the adjective of a lower-case noun behind it: "Північноатлантичної ради"."""
    fold = words.folds[last - 1]
    oblique = fold.endswith(("ої", "ого", "ому", "ій", "ою", "ая", "ой", "ej", "ego", "emu"))
    return (
        oblique
        and last < len(words.folds)
        and words.is_word(last)
        and not words.capital(last)
        and not lex.cues.opens(words.folds, last, min(len(words.folds), last + 3))
    )


@functools.cache
def _places(code: str) -> dict[str, list[tuple[str, ...]]]:
    """Names of countries, regions and cities in the language, by their first three letters."""
    by_start: dict[str, list[tuple[str, ...]]] = {}
    for name in schema.load(code).places:
        words = tuple(w.casefold() for w in name.replace("(", " ").replace(")", " ").split() if w[0].isalpha())
        if words and len(words[0]) > 2:
            by_start.setdefault(words[0][:3], []).append(words)
    return by_start


def _form_of(fold: str, nominative: str) -> bool:
    """Whether a word may be a form of a place's name: all but the ending agree."""
    if fold == nominative:
        return True
    kept = max(3, len(nominative) - (2 if nominative.endswith(ADJECTIVE_ENDINGS) else 1 if nominative[-1] in VOWELS else 0))
    return abs(len(fold) - len(nominative)) <= 3 and fold[:kept] == nominative[:kept] and len(nominative) > 3


@functools.lru_cache(maxsize=50_000)
def _matches(fold: str, code: str) -> tuple[tuple[str, ...], ...]:
    return tuple(w for w in _places(code).get(fold[:3], ()) if _form_of(fold, w[0]))


def place_length(folds: list[str], i: int, last: int, code: str) -> int:
    """How many words from here on are a place's name; 0 where none begins."""
    best = 0
    for words in _matches(folds[i], code):
        n = len(words)
        if n > best and i + n <= last and all(_form_of(folds[i + k], words[k]) for k in range(1, n)):
            best = n
    return best


def is_place(fold: str, code: str) -> bool:
    """Whether the word alone may be a form of a place's name."""
    return any(len(w) == 1 for w in _matches(fold, code))
