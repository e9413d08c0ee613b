"""Names: runs of capitalised words, with the evidence that they are names, split into single names."""

from __future__ import annotations

import re

from onrecord.knowledge.lexicon import Lexicon
from onrecord.knowledge.words import stem
from onrecord.records import EntityType, Gender, Mention
from onrecord.stages.recognise.learned import LAST, SHORTEST, stems_of
from onrecord.stages.recognise.phrases import OPENERS, closes_body, glued_end, runs_on
from onrecord.stages.recognise.places import is_oblique_place, is_place, nominative_place, place_length
from onrecord.tokens import Words

LONGEST_TITLE = 5  # letters of a role that is cut short: "General." is none
LONGEST_SOURCE = 4  # words of a source phrase: "по предварительным данным"
MANS_GENITIVES = ("а", "я")  # endings of a man's given name in the genitive, and of a woman's in the nominative
BRACKETS = re.compile(r"\([^()]{1,40}\)")


def name_end(words: Words, i: int, first: int, last: int, inner: frozenset[str], lex: Lexicon) -> int:
    """The index after the run of capitalised words that is a name, or `i` where the first word is no name."""
    folds = words.folds
    fold = folds[i]
    if fold in lex.titles or fold in lex.not_names or fold in lex.adverbs:
        return i
    if lex.speech.nouns_capital and not _shown_name(words, i, first, inner, lex):
        return i
    if lex.speech.plain_verbs and i + 1 >= last and lex.cues.opens(folds, i, last):
        return i  # "…, Senator Says"
    if lex.speech.null_subject and _opening_verb(words, i, first, lex):
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
        elif folds[end] == "&" and end + 1 < last and words.capital(end + 1):
            end += 2  # "Holt & Sons"
        elif folds[end] in lex.speech.name_particles and (folds[end] not in lex.speech.articles or (end == i + 1 and fold in lex.given)):
            after = end + 1
            while after < last and folds[after] in lex.speech.name_particles:
                after += 1
            if after >= last or not words.capital(after) or _affiliated(words, i, end, after, lex):
                break
            if folds[end] in lex.and_ and folds[after] in lex.given:
                break  # two of one surname: "Ana y Luis Prado"
            if folds[end] in lex.speech.articles and (is_place(folds[after], lex.code) or lex.roles.opens(folds, after, last)):
                break  # "Marie de Lyon"; but "Henri de Vassy"
            end = after + 1
        else:
            break
    end = glued_end(words, end, last)
    return end if end - i > 1 or alone_named(words, i, first, last, inner, lex) else i


def _opening_verb(words: Words, i: int, first: int, lex: Lexicon) -> bool:
    """Whether a verb of saying whose subject is dropped opens the sentence, and the name behind it is its object: "Oskarżyła Nowaka", "Сказала ТАСС"."""
    if i > first and words.is_word(i - 1):
        return False
    found = lex.cues.at(words.folds, i, i + 1)
    return found is not None and found[1].cue.frame == "verb" and found[1].form.number is not None


def _affiliated(words: Words, i: int, end: int, after: int, lex: Lexicon) -> bool:
    """Where every noun has a capital: whether a particle behind a name opens whom the person belongs to: "Ada Roth von der Werft", not "Ada von Roth"."""
    whole = end - i > 1 and words.folds[end - 1] not in lex.given
    return words.folds[end] in lex.speech.genitive_links and (whole or lex.roles.opens(words.folds, after, after + 1))


def alone_named(words: Words, i: int, first: int, last: int, inner: frozenset[str], lex: Lexicon) -> bool:
    """Whether one capitalised word is a name: it does not open a sentence or a quotation, or there is evidence."""
    folds = words.folds
    titled = i > first + 1 and folds[i - 1] == "." and folds[i - 2] in lex.titles
    if titled or not (i == first or words.text[words.starts[i - 1]] in OPENERS or folds[i - 1] in ".!?"):
        return True
    fold, text = folds[i], words.text[words.starts[i] : words.ends[i]]
    known = not inner.isdisjoint(stems_of(fold)) or fold in lex.given or (text.isupper() and len(text) > 1) or is_place(fold, lex.code)
    speaks = i + 1 < last and lex.cues.opens(folds, i + 1, last) and fold not in lex.cues and fold not in lex.prepositions
    labels = folds[i + 1] in '»“”"' and folds[i + 2] == ":"  # "Обрій": міст стоїть
    return known or labels or (speaks and not _common(words, i, lex))


def _common(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether a word that opens a sentence is a common noun: it has its article ("Съветът"), or the page writes it small elsewhere."""
    fold = words.folds[i]
    bare = stem(fold)
    if len(bare) < SHORTEST or fold.endswith(tuple(e for e in lex.speech.article_endings if e[-1] not in LAST)):
        return len(bare) >= SHORTEST
    return any(other.startswith(bare) and len(other) - len(bare) <= SHORTEST and not words.capital(k) for k, other in enumerate(words.folds))


def _particle_joined(words: Words, i: int, lex: Lexicon) -> bool:
    """Whether a word is a particle and a name in one: "ат-Тамімі", "аль-Хатіб"."""
    particle, hyphen, rest = words.text[words.starts[i] : words.ends[i]].partition("-")
    return bool(hyphen) and particle in lex.speech.name_particles and rest[:1].isupper()


def _shown_name(words: Words, i: int, first: int, inner: frozenset[str], lex: Lexicon) -> bool:
    """Where every noun has a capital: a name is a given name, an acronym, a place, a word behind a role or title, or one that is none of
    the language's nouns by its form (a hyphen between two capitals, letters of another language are no proof)."""
    fold, text = words.folds[i], words.text[words.starts[i] : words.ends[i]]
    if fold in lex.given or not inner.isdisjoint(stems_of(fold)) or (text.isupper() and len(text) > 1) or is_place(fold, lex.code):
        return True
    before = words.folds[i - 1] if i > first else ""
    if runs_on(words, i, first, lex) or _speaks(words, i, first, lex):
        return True
    k = i - 1
    office = before in lex.roles or lex.person_noun(before) is not None
    return before in lex.titles or before == "." or (i > first and words.capital(k) and fold not in lex.roles and office)


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

    if lex.roles.opens(words.folds, i, len(words.starts)) or (words.capital(i - 1) and i > first):
        return False
    return (i > first and says(i - 1)) or (i == first and i + 1 < len(words.starts) and not words.folds[i].endswith(lex.speech.plural_endings) and says(i + 1))


def split_run(words: Words, first: int, last: int, lex: Lexicon) -> list[tuple[int, int]]:
    """A run of capitalised words as single names: "НАТО Марк Галан" are two, split before a given name, after an acronym or place."""
    parts: list[tuple[int, int]] = []
    begin = first
    for i in range(first + 1, last):
        before = words.text[words.starts[i - 1] : words.ends[i - 1]]
        here = words.text[words.starts[i] : words.ends[i]]
        acronym = before.isupper() and len(before) > 1
        given = words.folds[i] in lex.given and words.folds[i - 1] not in lex.given
        person = i - begin == 1 and (words.folds[i - 1] in lex.given or words.folds[i].endswith(lex.speech.female_endings or ("\n",)))  # not the place
        places = not person and place_length(words.folds, begin, i, lex.code) == i - begin
        place = places and place_length(words.folds, begin, last, lex.code) <= i - begin
        place = place or (i - begin > 1 and words.folds[begin] in lex.given and _only_place(words.folds[i], lex))
        if words.folds[i - 1] in lex.speech.place_openers or words.folds[i] in lex.speech.name_particles:
            continue
        if set(here) <= set("IVXLC"):
            continue
        latin = here.isalpha() and before.isalpha() and ("\u0400" <= before[-1] <= "\u04ff") != ("\u0400" <= here[0] <= "\u04ff")
        if (acronym and not here.isupper()) or given or place or latin or closes_body(words, i - 1, last, lex):
            parts.append((begin, i))
            begin = i
    parts.append((begin, last))
    return parts


def _only_place(fold: str, lex: Lexicon) -> bool:
    """Whether a word is a place's name and no surname by its ending: what stands behind a person's name is another name then."""
    return is_place(fold, lex.code) and not fold.endswith((*lex.speech.surname_endings, *lex.speech.female_endings))


def name_of(words: Words, first: int, last: int, lately: list[Mention], lex: Lexicon) -> Mention:
    """A name as a mention: person, body or place, and the role that stands right before it; `lately` has the mentions before, at least two."""
    before = lately[-1] if lately else None
    start, end = words.span(first, last)
    text, beside = words.text[start:end], start
    if len(lately) > 1 and before is not None and before.form == "pronoun" and not lex.pronouns[before.name].subject and start - before.end == 1:
        before, beside = lately[-2], before.start  # "съпругата му Невена Лозарова"
    given = lex.given.get(words.folds[first]) or _compound(text, lex)
    genitive = last - first > 1 and _mans_genitive(words, first, last, before, lex)
    gender: Gender | None = "m" if genitive else given[1] if given and words.folds[first] not in lex.either_given else None
    kind: EntityType = "person"
    quoted = start > 0 and words.text[start - 1] in '«„“"' and words.text[end : end + 1] in ("»", "“", "”", '"')
    foreign = lex.script == "cyrillic" and text.isascii() and last - first == 1  # a lone Latin word among Cyrillic: a firm, an agency
    body = quoted or foreign or any(map(str.isdigit, text)) or "&" in text
    if given is None and not quoted and place_length(words.folds, first, last, lex.code) == last - first:
        kind = "place"
    elif (
        (body and given is None)
        or text.casefold() in lex.agencies
        or (text.isupper() and last - first == 1 and len(text) > 1)
        or (last - first == 1 and given is None and _adjective_of_noun(words, last, lex))
    ):
        kind = "organization"
    elif given is None and last - first > 1 and words.folds[first] in lex.speech.place_openers:
        kind = "place"  # "Santa Inés del Valle"
    elif last - first > 1 and gender is None and lex.speech.female_endings and words.folds[last - 1].endswith(lex.speech.female_endings):
        gender = "f"
    if kind == "person" and given is None and last - first > 1 and _of_apposed(words, start, lately):
        kind = "organization"
    role = None
    if before is not None and before.form == "role" and before.type == "organization" and not lex.speech.nouns_capital and kind in ("person", "organization"):
        called = words.text[before.end : start] in (" ", *(f" {mark}" for mark in '«„“"')) and given is None and before.name.casefold() not in lex.agencies
        if called and not before.name.isupper():
            kind, role = "organization", before.name
    if before is not None and before.form == "role" and before.type == "person" and kind == "person" and not _parted(words, before.end, beside):
        between = BRACKETS.sub(" ", words.text[before.end : beside]).lower().replace(".", " ").split()
        oblique = given is not None and words.folds[first] not in lex.nominative_given
        kept = lex.speech.women_keep_offices and gender == "f" and before.role not in lex.speech.relations
        of_another = before.rule == "role/nom" and not kept and (oblique or words.folds[last - 1].endswith(lex.speech.oblique_name_endings or ("\n",)))
        if not of_another and all(w in lex.titles or w in ("–", "-", "—", ",") for w in between):
            role = before.name
            woman = lex.cased and given is None and before.rule == "role/nom" and before.gender == "m" and words.folds[first].endswith(MANS_GENITIVES)
            gender = gender or (None if woman else before.gender)  # "прем'єр Оливія Рудик": her office may be in the masculine
    place = kind == "place" and lex.cased and is_oblique_place(words.folds, first, last, lex.code)
    oblique = place or (genitive and kind == "person")
    name = nominative_place(words.folds, first, last, lex.code) or text if place else text
    return Mention(start, end, "name", kind, name, gender, "sg", role=role, rule="name/obl" if oblique else "name")


def _parted(words: Words, end: int, start: int) -> bool:
    """Whether a sentence or a line ends between a role and a name: "… lobte die Kandidaten. Anna Roth …"; the full stop of a short title ends none."""
    gap = words.text[end:start]
    return "\n" in gap or (gap.startswith(".") and words.ends[words.at(end) - 1] - words.starts[words.at(end) - 1] > LONGEST_TITLE)


def _compound(text: str, lex: Lexicon) -> tuple[str, Gender] | None:
    """A given name of two with a hyphen, which has the gender of its first: "Paul-Antoine"."""
    first, hyphen, second = text.split(" ")[0].partition("-")
    return lex.given.get(first.lower()) if hyphen and second[:1].isupper() else None


def _mans_genitive(words: Words, first: int, last: int, before: Mention | None, lex: Lexicon) -> bool:
    """Whether a name that looks like a woman's stands where only a genitive can: "по словам Юнуса Халикова", "мэра Александра Орлова"."""
    folds = words.folds
    womans = folds[first].endswith(MANS_GENITIVES) and folds[last - 1].endswith(lex.speech.female_endings or ("\n",)) and folds[last - 1].endswith("а")
    if not womans:
        return False
    known = lex.given.get(folds[first])
    if known is not None and known[1] != "m":
        return False
    beside = before is not None and before.rule == "role/obl" and words.starts[first] - before.end == 1
    sources = (lex.cues.at(folds, k, first) for k in range(max(0, first - LONGEST_SOURCE), first))
    return beside or any(found is not None and found[0] == first and found[1].cue.frame == "source" for found in sources)


def _of_apposed(words: Words, start: int, lately: list[Mention]) -> bool:
    """Whether the name is where the person just named has a role: "Jan Kowal, dyrektor Nowy Brzeg"."""
    if len(lately) < 2 or lately[-1].form != "role" or lately[-1].type != "person" or lately[-2].form != "name" or lately[-2].type != "person":
        return False
    return " " in lately[-2].name and words.text[lately[-2].end : lately[-1].start].strip() == "," and words.text[lately[-1].end : start].strip() == ""


def _adjective_of_noun(words: Words, last: int, lex: Lexicon) -> bool:
    """Whether a capitalised word is the adjective of a lower-case noun behind it: "Північноатлантичної ради"."""
    fold = words.folds[last - 1]
    oblique = fold.endswith(lex.speech.oblique_adjective_endings)
    return (
        oblique
        and last < len(words.starts)
        and words.is_word(last)
        and not words.capital(last)
        and not lex.cues.opens(words.folds, last, min(len(words.starts), last + 3))
    )
