"""Roles: a role word with the adjectives before it and the complement behind it."""

from __future__ import annotations

from onrecord.knowledge.lexicon import Lexicon, RoleForm
from onrecord.knowledge.schema import Form
from onrecord.records import Mention
from onrecord.stages.recognise.phrases import (
    ADJECTIVES_BEFORE_ROLE,
    OPENERS,
    glued_end,
    looks_finite,
    may_modify,
    names_body,
    opens_person,
    past_brackets,
    quoted_name_end,
)
from onrecord.stages.recognise.places import is_place
from onrecord.tokens import Words

ROLE_REACH_WORDS = 11  # words of a complement after a role word; longer ones are rare and run into the next phrase
GENITIVES = ("у", "ю", "а", "я", "и", "і", "ы", "ів", "їв", "ов", "ев", "ого", "ої", "ой")  # endings that a noun of a body has as a complement
NOMINATIVE_SURNAMES = ("енко", "ко", "ський", "цький", "зький", "ский", "цкий", "ська", "цька", "зька", "ская", "ова", "єва", "ева")
SURE_SURNAMES = ("ов", "ев", "ёв", "єв", "ин", "ын", "енко", "ский", "цкий", "ський", "цький", "вич", "чук", "нюк", "дзе", "швили", "швілі")
CONSONANTS = "бвгґджзйклмнпрстфхцчшщь"  # a surname in the nominative ends in one; a noun of a body in the genitive seldom does
LONGEST_SPELLED = 6  # tokens of a body's name behind "and"
NAME_REACH_TOKENS = 16  # from a role word to the name that ends its phrase


def role_at(words: Words, i: int, after: int, first: int, last: int, lex: Lexicon) -> tuple[Mention, int]:
    """The role mention whose noun stands at words i to after, and the index at which to go on."""
    found = lex.roles.at(words.folds, i, last)
    assert found is not None
    role, form = found[1]
    begin = i
    article = words.folds[after - 1].endswith(lex.speech.article_endings)
    if not lex.speech.adjective_endings:
        article, begin = True, _phrase_begin(words, i, first, lex)
    apart = lex.speech.nominative_adjective_endings if form.case == "obl" and lex.speech.nominative_adjective_endings else ("\n",)
    shown = lex.nominative_endings(found[1])
    while not article and begin > first and i - begin < ADJECTIVES_BEFORE_ROLE and may_modify(words, begin - 1, lex):
        if shown and not words.folds[begin - 1].endswith(shown) and words.folds[begin - 1] not in lex.speech.quantifiers:
            break  # of another noun: "z jego inicjatywy ministerstwo …"
        if words.folds[begin - 1].endswith(apart):
            break  # of another noun: "возглавляемая премьером Галаном коалиция"
        begin -= 1
        article = words.folds[begin].endswith(lex.speech.article_adjectives)  # no adjective stands before it: "пред БТА 42-годишната поетеса"
    while begin < i and words.folds[begin] in lex.speech.articles:
        begin += 1
    bare = begin - 2 >= first and words.folds[begin - 1] in lex.pronouns and not words.folds[after - 1].endswith(lex.speech.article_endings or ("",))
    if bare and words.folds[begin - 2].endswith(lex.speech.article_adjectives) and words.folds[begin - 3] not in lex.prepositions:
        begin -= 2  # "личният му лекар", not "по думите му министър Галан"
    if form.case == "obl" and form.number == "sg" and (begin == first or not words.is_word(begin - 1) or words.folds[begin - 1] in lex.and_):
        form = _as_subject(words, after, last, found[1], lex)
    of = begin - 1 - (lex.speech.noun_first and words.folds[begin - 1] in lex.speech.possessives)
    some = words.folds[of - 1] in lex.speech.quantifiers or (lex.speech.noun_first and words.folds[of - 1] in lex.speech.indefinite)
    part = of > first and words.folds[of] in lex.speech.partitive and some
    if part:
        begin = of - 1  # "jeden z pasażerów", "l'un de ses voisins"
    counted = form.case == "obl" and form.number == "pl" and words.folds[begin] in lex.speech.quantifiers  # "троє європейських дипломатів"
    named = role.type == "person" and form.number != "pl" and _surname_behind(words, after, last, form.case, lex)
    several = role.type == "person" and form.number == "pl" and lex.speech.linked_complements and after < last and words.capital(after)
    end = after if named or several else complement_end(words, after, last, lex, bears=role.type == "person" and form.case != "obl")
    if role.type == "organization":
        end = max(end, named_after(words, after, last, lex))
    if role.type == "organization" and form.case != "obl" and end == after < last and _tells_kind(words, after, lex):
        end = complement_end(words, after + 1, last, lex)
    if role.type == "organization" and lex.speech.nouns_capital and begin - first <= 1 and end == after:
        end = _named_by_place(words, after, last, lex)
    if role.type == "person" and not named:
        end = max(end, _name_ahead(words, end, last, lex))
    start, stop = words.span(begin, end)
    number = None if part else form.number or ("pl" if role.type == "group" else None)
    many = begin > first and words.folds[begin - 1] in lex.speech.plural_articles and (form.gender or role.gender) == "m"
    if role.type == "person" and (many or (bool(lex.speech.plural_articles) and words.folds[begin] in lex.speech.quantifiers)):
        number = "pl"  # "die Leiter", "viele Leiter"
    mention = Mention(
        start, stop, "group" if role.type == "group" else "role", role.type, words.text[start:stop], form.gender or role.gender, number,
        role=role.lemma, rule=f"role/{'any' if part or counted else form.case or 'any'}",
    )  # fmt: skip
    return mention, past_brackets(words, end, last) if role.type == "person" else end


def _tells_kind(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether the word is an adjective in the nominative that stands behind a body's noun and tells its kind: "związki zawodowe"."""
    fold = words.folds[i]
    shown = fold.endswith(lex.speech.trailing_adjective_endings or ("\n",))
    return shown and not (words.capital(i) or fold in lex.roles or fold in lex.prepositions)


def _as_subject(words: Words, after: int, last: int, found: RoleForm, lex: Lexicon) -> Form:
    """The form of a role word that opens a clause: of one that may be a genitive or a plural, the plural where the next verb of saying is one."""
    plural = next((f for f in found.role.forms if f.form == found.form.form and f.number == "pl" and f.case == "nom"), None)
    if plural is None:
        return found.form
    cues = (lex.cues.at(words.folds, k, last) for k in range(after, min(last, after + NAME_REACH_TOKENS)))
    verb = next((cue[1].form for cue in cues if cue is not None and cue[1].cue.frame == "verb"), None)
    return plural if verb is not None and verb.number == "pl" else found.form


def _surname_behind(words: Words, i: int, last: int, case: str | None, lex: Lexicon) -> bool:
    """Whether one capitalised word right behind a person's role is that person's surname: "кметът Андреев", "міністр Кривень", "міністра Кривенка".

    Where nouns take their complement with a preposition it is; where by their case, the word's ending must show the case of the role.
    """
    if i >= last or not words.capital(i) or not words.is_word(i) or lex.speech.linked_names:
        return False
    fold, text = words.folds[i], words.text[words.starts[i] : words.ends[i]]
    single = i + 1 >= last or not words.capital(i + 1)
    hyphen, second = text.partition("-")[1:]
    if not single or (hyphen and not second[:1].isupper()) or (text.isupper() and len(text) > 1) or text.isascii() or lex.roles.opens(words.folds, i, last):
        return False
    if lex.speech.linked_complements:
        return True
    if is_place(fold, lex.code) or _adjective_before_noun(words, i, last, lex):
        return False
    if case == "nom":
        return fold.endswith(NOMINATIVE_SURNAMES) or fold[-1] in CONSONANTS
    return case == "obl" and any(len(e) > 2 and fold.endswith(e) for e in lex.speech.surname_endings)


def _subject_behind(words: Words, i: int, last: int, lex: Lexicon) -> bool:
    """Whether a capitalised word in the nominative stands before a verb of saying, so that it is its subject: "послами держав-членів Барньє заявив"."""
    fold, text = words.folds[i], words.text[words.starts[i] : words.ends[i]]
    found = lex.cues.at(words.folds, i + 1, last) if i + 1 < last else None
    spoken = found is not None and found[1].cue.frame == "verb" and found[1].form.number == "sg"
    return spoken and not text.isupper() and not text.isascii() and not is_place(fold, lex.code) and not fold.endswith(GENITIVES)


def _surname(words: Words, i: int, last: int, lex: Lexicon) -> bool:
    """Whether one capitalised word behind a complement can be nothing but a surname in the nominative: "пресс-секретарь комитета Орлов"."""
    single = i + 1 >= last or not (words.capital(i + 1) or _adjective_before_noun(words, i, last, lex))
    return single and words.folds[i].endswith(SURE_SURNAMES) and words.folds[i] not in lex.roles and not is_place(words.folds[i], lex.code)


def _adjective_before_noun(words: Words, i: int, last: int, lex: Lexicon) -> bool:
    """Whether a lower-case noun seems to follow, whose adjective the word is: "директора Київського театру"."""
    k = i + 1
    if k >= last or not words.is_word(k) or not words.folds[i].endswith(lex.speech.adjective_endings or ("\n",)):
        return False
    small = words.folds[k] in lex.prepositions or words.folds[k] in lex.and_ or words.folds[k] in lex.adverbs or words.folds[k] in lex.not_
    return not small and not lex.cues.opens(words.folds, k, last) and not looks_finite(words, k, lex)


def named_after(words: Words, after: int, last: int, lex: Lexicon) -> int:
    """The index after the people in the genitive whom a body with a capital inside a sentence is named after: "Фонд Ореста та Марти Галан"; `after`
    where there are none."""
    begin = after - 1
    if not words.capital(begin) or begin == 0 or words.text[words.starts[begin - 1]] in OPENERS | set(".!?"):
        return after
    k = after
    while k < last and words.capital(k) and words.folds[k] in lex.given and words.folds[k] not in lex.nominative_given:
        while k < last and words.is_word(k) and words.capital(k):
            k += 1
        after = k
        k += k < last and words.folds[k] in lex.and_
    return after


def _named_by_place(words: Words, after: int, last: int, lex: Lexicon) -> int:
    """Where nouns have capitals: the index after one capitalised word behind a body's noun that opens its sentence: "Der Bauernverband Nordwest fordert"."""
    if after + 1 >= last or not words.capital(after) or not words.is_word(after) or words.folds[after] in lex.given or words.folds[after] in lex.titles:
        return after
    single = words.is_word(after + 1) and not words.capital(after + 1)
    return after + 1 if single and not lex.roles.opens(words.folds, after, last) and words.folds[after] not in lex.not_names else after


def _phrase_begin(words: Words, i: int, first: int, lex: Lexicon) -> int:
    """Where the noun phrase of a role begins: at an article or possessive a few words before it, else at the capitals beside it."""
    k = i
    while k > first and i - k < ADJECTIVES_BEFORE_ROLE + 1:
        fold = words.folds[k - 1]
        if fold.endswith(lex.speech.possessive_endings):
            k -= 1
            while k > first and may_modify(words, k - 1, lex) and i - k < ADJECTIVES_BEFORE_ROLE + 1:
                k -= 1
            return k
        if fold in lex.speech.articles or fold in lex.speech.quantifiers or fold in lex.cardinals:
            return k - 1
        if not may_modify(words, k - 1, lex):
            break
        k -= 1
    bounded = k == first or (not words.is_word(k - 1) or words.folds[k - 1] in lex.prepositions or words.folds[k - 1] in lex.cues)
    if bounded and 0 < i - k <= 2 and all(not looks_finite(words, j, lex) and words.folds[j] not in lex.not_names for j in range(k, i)):
        return k
    k = i
    while k > first + 1 and words.capital(k - 1) and may_modify(words, k - 1, lex) and words.folds[k - 1] not in lex.not_names:
        k -= 1
    return k


def complement_end(words: Words, after: int, last: int, lex: Lexicon, *, bears: bool = False) -> int:
    """Where the complement of a role ends: before punctuation, a verb, a conjunction, a person's name; of who `bears` it, before a surname alone."""
    if lex.speech.nouns_capital:
        return _capital_complement_end(words, after, last, lex)
    folds = words.folds
    end, i = after, after
    while i < last and i - after < ROLE_REACH_WORDS:
        fold = folds[i]
        if fold in '«„“"' and (closed := quoted_name_end(words, i, last)):
            i = end = closed
            continue
        if fold in lex.and_ and i > after and (spelled := _spelled_end(words, i, last)) > i:
            return spelled
        if not words.is_word(i) or lex.cues.opens(folds, i, last) or fold in lex.that or fold in lex.and_ or fold in lex.relative or fold in lex.pronouns:
            break
        if lex.speech.women_keep_offices and (behind := _woman_in_office(words, i, last, lex)) > i:
            i = end = behind
            continue
        if words.capital(i) and len(fold) == 1 and folds[i + 1] == "." and words.capital(i + 2):
            break  # a person's initial
        if fold in lex.auxiliaries or lex.adverbs.opens(folds, i, last) or fold in lex.given or fold in lex.titles:
            break
        if fold in lex.speech.determiners or (fold.isdigit() and (folds[i + 1] in lex.dating or (folds[i + 2].isdigit() and folds[i + 3] in lex.dating))):
            break  # "компанія цю заяву спростувала", "Міноборони 5 травня повідомило"
        complement = lex.complements.at(folds, i, last)
        if complement is not None and lex.citing.opens(folds, i, last):
            break  # "видання «Обрій» з посиланням на джерела"
        if complement is not None:
            owned = lex.speech.noun_first and fold not in lex.speech.place_prepositions  # "les membres du conseil"
            i = complement[0]
            if (not owned and _occasion(words, i, last, lex)) or (i < last and folds[i] in lex.dating):
                break
            if lex.speech.linked_names and (named := _named_complement(words, i, last, lex)) > i:
                i = end = named
                continue
            if i < last and folds[i] in '«„“"' and (closed := quoted_name_end(words, i, last)):
                i = end = closed
                continue
            while i < last and folds[i] in lex.speech.articles:
                i += 1
            if i < last and i - after < ROLE_REACH_WORDS and words.is_word(i) and folds[i] not in lex.given and folds[i] not in lex.relative:
                i += 1
                while lex.speech.articles and i < last and words.capital(i) and words.capital(i - 1) and folds[i] not in lex.given:
                    i += 1
                end = i
                continue
            break
        if fold in lex.prepositions or fold in lex.not_ or fold in lex.hypothetical or fold in lex.speech.articles:
            break
        if looks_finite(words, i, lex) and fold not in lex.speech.complement_endings:
            break  # but "sił"
        inside = i > after and words.capital(i)
        if inside and (_subject_behind(words, i, last, lex) or (bears and _surname(words, i, last, lex))):
            break
        alone = i == after or folds[i - 1] in '»“”"'
        if alone and lex.speech.linked_complements and (lex.speech.linked_names or not words.capital(i)):
            break
        if i > after and fold.endswith(lex.speech.article_endings or ("\n",)) and folds[i - 1].endswith(lex.speech.article_endings):
            break  # a noun phrase has its article once: "Съюза на рибарите | реката"
        genitive = i == after and not bears and bool(lex.speech.sure_genitive_endings) and fold.endswith(lex.speech.complement_endings)
        if words.capital(i) and opens_person(words, i, last, lex) and not (genitive and names_body(words, i - 1, lex)):
            break  # but "Urząd Ochrony Konkurencji"
        described = i > after and folds[i - 1].endswith(lex.speech.plural_genitive_adjectives or ("\n",))  # "центра независимых экспертиз"
        if not words.capital(i) and not described and not _may_complement(words, i, last, lex):
            break
        if not words.capital(i) and lex.speech.sure_genitive_endings and i > after and words.text[words.starts[i - 1] : words.ends[i - 1]].isupper():
            break  # "w ocenie prezesa PKP rynek …"
        i = end = glued_end(words, i + 1, last)
    return end


def _spelled_end(words: Words, i: int, last: int) -> int:
    """Where a body's name that goes on behind "and" ends, by the initials in brackets behind it: "Съюз за риболов и развитие (СРР)"; else `i`."""
    stop = next((k for k in range(i + 2, min(last - 1, i + LONGEST_SPELLED)) if not words.is_word(k)), i)
    initials = words.text[words.starts[stop + 1] : words.ends[stop + 1]] if stop > i and words.folds[stop] == "(" else ""
    return stop if initials.isupper() and words.text[words.starts[i + 1]].upper() in initials[1:] else i


def _woman_in_office(words: Words, i: int, last: int, lex: Lexicon) -> int:
    """The index after an office in the masculine and the woman in an oblique case who holds it: "kancelaria premier Anny Lis"; `i` where none stands."""
    if i + 1 >= last or not words.capital(i + 1):
        return i  # nearly always
    found = lex.roles.at(words.folds, i, last)
    k = found[0] if found is not None and found[1].role.type == "person" else last
    given = lex.given.get(words.folds[k]) if k < last and words.capital(k) and words.folds[k] not in lex.nominative_given else None
    while given is not None and given[1] == "f" and k < last and words.capital(k):
        i = k = k + 1
    return i


def _occasion(words: Words, i: int, last: int, lex: Lexicon) -> bool:
    """Whether a noun without its article names an occasion of speaking: "министърът на (извънреден) брифинг", not "водещият на брифинга"."""
    near = words.folds[i : min(last, i + 2)]
    return any(fold.startswith(lex.speech.occasions or ("\n",)) and not fold.endswith(lex.speech.article_endings) for fold in near)


def _capital_complement_end(words: Words, after: int, last: int, lex: Lexicon) -> int:
    """Where a role's complement ends if nouns have capitals: (preposition) (article) (adjectives) noun, as often as it repeats."""
    folds, end, i = words.folds, after, after
    while i < last and i - after < ROLE_REACH_WORDS:
        k = i
        if folds[k] in '«„“"' and (closed := quoted_name_end(words, k, last)):
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
            opens_person(words, k, last, lex)
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
    role = lex.roles.at(words.folds, i, last)
    if not endings:
        alike = role is not None and words.folds[i].endswith("ння")  # one form for two cases: "голова об'єднання"
        return role is None or alike or role[1].form.case != "nom" or role[1].form.number == "pl"
    if words.folds[i].endswith(lex.speech.no_complement_endings or ("\n",)):
        return False
    return words.folds[i].endswith(endings) or (role is not None and role[1].form.case != "nom")


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


def _name_ahead(words: Words, i: int, last: int, lex: Lexicon) -> int:
    """Where a person's name begins that ends the role's phrase: "начальник вокзалу в місті Тернівка Сава Лоза"; 0 where none does."""
    if i >= last or words.folds[i] not in lex.prepositions:
        return 0
    for k in range(i, min(last - 1, i + NAME_REACH_TOKENS)):
        fold = words.folds[k]
        if fold in '«»„“”"' or (words.folds[k - 1] in '«„“"' and words.starts[k] == words.ends[k - 1]):
            continue  # "naukowcy na łamach „Przeglądu Wodnego”"
        if not words.is_word(k) or lex.cues.opens(words.folds, k, last) or fold in lex.that or fold in lex.relative or fold in lex.pronouns:
            return 0
        role = lex.roles.at(words.folds, k, last)
        near = fold in lex.speech.place_prepositions or lex.complements.opens(words.folds, k, last)
        elsewhere = bool(lex.speech.place_prepositions) and fold in lex.prepositions and not near
        if (role is not None and role[1].role.type != "organization") or elsewhere or looks_finite(words, k, lex):
            return 0  # "говорителят след среща с Филип Андреев": no part of who he is
        if words.capital(k) and words.folds[k - 1] in lex.prepositions:
            continue  # "съпругът на Ирина Колева", "в місті Тернівка"
        if words.capital(k) and fold in lex.given and words.capital(k + 1):
            return k
        if words.capital(k) and words.capital(k + 1) and k + 2 < last and not words.capital(k + 2) and k > i + 1 and not is_place(fold, lex.code):
            return k
    return 0
