"""A language folder as the tables that rules look words up in; built once a process."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from onrecord.knowledge import schema
from onrecord.knowledge.schema import Cue, Form, Language, Pronoun, RoleWord
from onrecord.records import Gender
from onrecord.tokens import phrase_words

V = TypeVar("V")
SHORTEST_HEAD, LONGEST_HEAD = 6, 20  # letters of the noun that ends a compound
SHORTEST_STEM = 3  # letters that two forms of one noun share
SLOT = "*"  # stands for one possessive pronoun inside a phrase: "за * словами"
ADJECTIVE = "~"  # stands for one adjective or owner inside a phrase: "nach ersten Angaben", "nach Roths Angaben"


class Phrases(dict[str, V]):
    """Phrases of one or more words and what each stands for; the longest that begins at a word is found. As a dict: those of one word."""

    def __init__(self, entries: Iterable[tuple[str, V]], slot: frozenset[str] = frozenset(), adjective_endings: tuple[str, ...] = ()) -> None:
        plain: dict[str, dict[int, dict[tuple[str, ...], V]]] = {}
        # Of phrases with a slot, for a first word: by the place of the next word that is none, and by that word, in the order of the table.
        self._slotted: dict[str, dict[int, dict[str, list[tuple[int, tuple[str, ...], V]]]]] = {}
        self._slot = slot
        self._endings = adjective_endings
        lasts: set[str] = set()
        for order, (phrase, value) in enumerate(entries):
            words = phrase_words(phrase)
            lasts.add(words[-1])
            if SLOT in words or ADJECTIVE in words:
                place = next((k for k, word in enumerate(words) if k and word not in (SLOT, ADJECTIVE)), 0)
                self._slotted.setdefault(words[0], {}).setdefault(place, {}).setdefault(words[place], []).append((order, words, value))
            else:
                plain.setdefault(words[0], {}).setdefault(len(words), {}).setdefault(words, value)
        # For a first word: the phrases of each length, the longest first.
        self._by_first = {first: sorted(by_length.items(), reverse=True) for first, by_length in plain.items()}
        for first in self._slotted:
            self._by_first.setdefault(first, [])
        self._lasts = frozenset(lasts)
        self.firsts = self._by_first.keys()  # what is no first word of a phrase need not be asked for
        self.longer = frozenset(first for first, lengths in self._by_first.items() if any(length > 1 for length, _ in lengths))
        super().__init__({first: by_length[1][(first,)] for first, by_length in plain.items() if 1 in by_length})

    def at(self, folds: Sequence[str], index: int, end: int) -> tuple[int, V] | None:
        """The index after the longest phrase that begins at `index`, and its value."""
        if index >= end:
            return None
        first = folds[index]
        by_length = self._by_first.get(first)
        if by_length is None:  # nearly always
            return None
        if first in self._slotted and (found := self._in_slot(folds, index, end)) is not None:
            return found
        for length, phrases in by_length:
            last = index + length
            if last <= end:
                words = tuple(folds[index:last]) if length > 1 else (first,)
                if words in phrases:
                    return last, phrases[words]
        return None

    def _in_slot(self, folds: Sequence[str], index: int, end: int) -> tuple[int, V] | None:
        found: tuple[int, tuple[str, ...], V] | None = None
        for place, by_word in self._slotted[folds[index]].items():
            for row in by_word.get(folds[index + place], ()) if index + place < end else ():
                if (found is None or row[0] < found[0]) and self._fit(row[1], folds, index, end):
                    found = row
        return (index + len(found[1]), found[2]) if found is not None else None

    def _fit(self, words: tuple[str, ...], folds: Sequence[str], index: int, end: int) -> bool:
        return index + len(words) <= end and all(wanted == folds[index + k] or self._fills(wanted, folds[index + k]) for k, wanted in enumerate(words))

    def _fills(self, wanted: str, fold: str) -> bool:
        return (wanted == SLOT and fold in self._slot) or (wanted == ADJECTIVE and fold.endswith(self._endings) and fold not in self._slot)

    def opens(self, folds: Sequence[str], index: int, end: int) -> bool:
        """Whether a phrase begins at `index`."""
        return index < end and folds[index] in self._by_first and self.at(folds, index, end) is not None

    def before(self, folds: Sequence[str], index: int, start: int) -> int:
        """The index at which a phrase that ends before `index` begins, or `index` where there is none."""
        if folds[index - 1] not in self._lasts and self._lasts.isdisjoint((SLOT, ADJECTIVE)):  # nearly always
            return index
        for first in range(max(start, index - 4), index):
            found = self.at(folds, first, index)
            if found and found[0] == index:
                return first
        return index


class Compounds(Phrases[V]):
    """Phrases whose single words also stand at the end of a compound: "Umweltministerin", "NATO-Generalsekretär"."""

    def __init__(self, entries: Iterable[tuple[str, V]]) -> None:
        super().__init__(entries)
        self._head = functools.lru_cache(maxsize=32_768)(self._find_head)

    def at(self, folds: Sequence[str], index: int, end: int) -> tuple[int, V] | None:
        """As in Phrases; a word that begins no phrase is tried by its end."""
        found = super().at(folds, index, end)
        if found is not None or index >= end:
            return found
        head = self._head(folds[index])
        return (index + 1, self[head]) if head else None

    def opens(self, folds: Sequence[str], index: int, end: int) -> bool:
        """Whether a phrase or a compound begins at `index`."""
        return self.at(folds, index, end) is not None

    def _find_head(self, word: str) -> str:
        part = word.rpartition("-")[2]
        if len(part) > 5 and (short := next((part[-k:] for k in (5, 4, 3) if "-" + part[-k:] in self), "")):
            return "-" + short
        if part != word and part in self:
            return part
        longest = range(max(1, len(part) - LONGEST_HEAD), len(part) - SHORTEST_HEAD + 1)
        return next((part[k:] for k in longest if part[k:] in self), "")


class CueForm(NamedTuple):
    """A cue in one of its forms."""

    cue: Cue
    form: Form


class RoleForm(NamedTuple):
    """A role word in one of its forms."""

    role: RoleWord
    form: Form


class Lexicon:
    """The tables of one language."""

    def __init__(self, language: Language) -> None:
        speech = language.words.speech
        self.code = language.code
        self.speech = speech
        adjectives = speech.adjective_nominatives.items()
        self._nominatives = {g: tuple({ending[-1] for key, ending in adjectives if ending and key.endswith(f" {g}")}) for g in ("m", "f", "n")}
        self.pronouns: dict[str, Pronoun] = {f: p for p in language.words.pronouns for f in p.forms}
        possessive = frozenset(f for f, p in self.pronouns.items() if not p.subject)
        fillers = (*speech.adjective_endings, *speech.owner_endings)
        self.cues: Phrases[CueForm] = Phrases(((f.form, CueForm(c, f)) for c in language.cues for f in c.forms), possessive, fillers)
        self.roles: Phrases[RoleForm] = (Compounds if speech.nouns_capital else Phrases)((f.form, RoleForm(r, f)) for r in language.roles for f in r.forms)
        self.given: dict[str, tuple[str, Any]] = {}
        for name in language.names:
            for form in (name.name, *name.forms):
                self.given.setdefault(form.lower(), (name.name, name.gender))
        self.nominative_given = frozenset(n.name.lower() for n in language.names)
        self.either_given = frozenset(n.name.lower() for n in language.names if self.given[n.name.lower()][1] != n.gender)  # "Александра"
        self.adverbs: Phrases[None] = Phrases((a, None) for a in (*speech.adverbs, *speech.addressees))
        self.not_: Phrases[None] = Phrases((n, None) for n in speech.not_)
        self.that = frozenset(speech.that)
        self.hearsay = frozenset(w for w in speech.hearsay if not w.startswith("-"))
        self.hearsay_endings = tuple(w[1:] for w in speech.hearsay if w.startswith("-"))
        self.closed_hearsay = frozenset(w for w in speech.closed_hearsay if not w.startswith("-"))
        self.closed_hearsay_endings = tuple(w[1:] for w in speech.closed_hearsay if w.startswith("-"))
        self.and_: Phrases[None] = Phrases((a, None) for a in speech.and_)
        self.hypothetical = frozenset(speech.hypothetical)
        self.prepositions: Phrases[None] = Phrases((p, None) for p in speech.prepositions)
        self.complements: Phrases[None] = Phrases((p, None) for p in speech.complement_prepositions)
        self.openers = frozenset(p.split(" ")[-1] for p in speech.prepositions)  # the last word of each preposition
        self.auxiliaries = frozenset(speech.auxiliaries)
        self.cue_openers = self.auxiliaries | self.cues.firsts
        self.source_nouns = frozenset(f.form.split()[-1] for cue in language.cues if cue.frame == "source" for f in cue.forms if " " in f.form)  # "словам"
        self.clipped = frozenset(language.file.orthography.clipped)
        self.cardinals = frozenset(language.file.numbers.cardinals)
        numbers = language.file.numbers
        self.approx = frozenset((*numbers.approx, *numbers.comparatives))
        self.units = frozenset(form for forms in language.file.numbers.units.values() for form in forms)
        calendar = language.file.calendar
        self.dating = _first_words((*(f for forms in (*calendar.months, *calendar.weekdays) for f in forms), *calendar.days))
        self.agencies = frozenset(a.casefold() for a in language.file.outlets.agencies)
        self.only_pass_on = language.file.outlets.only_pass_on
        self.writing = frozenset(language.file.outlets.writing)
        self.outlet_kinds = frozenset(k.casefold() for k in language.file.outlets.kinds)
        self.reporting = frozenset(language.file.outlets.reporting)
        self.first_person = frozenset(w for w in speech.first_person if not w.startswith("-"))
        self.own_first = self.first_person.intersection(speech.own_subjects)  # pronouns in which who writes is the subject
        self.first_person_endings = tuple(w[1:] for w in speech.first_person if w.startswith("-"))
        self.questions = frozenset(speech.questions)
        self.subjunctive = frozenset(speech.subjunctive)
        self.reported = self.subjunctive - frozenset(speech.conditional)
        self.copulas = frozenset(speech.copulas)
        self.messages = frozenset(speech.messages)
        self.speech_labels: Phrases[None] = Phrases((s, None) for s in speech.speech_labels)
        self.contrasts: Phrases[None] = Phrases((c, None) for c in speech.contrasts)
        self.citing: Phrases[None] = Phrases((c, None) for c in speech.citing)
        self.relative = frozenset(speech.relative)
        self.subordinate: Phrases[None] = Phrases((s, None) for s in speech.subordinate)
        self.as_ = frozenset(speech.as_)
        self.titles = frozenset(speech.nouns_before_name)
        self.not_names = frozenset(speech.not_names) | self.that | frozenset(speech.prepositions)
        self.infinitive_particles = frozenset(i for i in speech.infinitive if not i.startswith("-"))
        self.no_infinitives = frozenset(speech.no_infinitives)
        self.infinitive_endings = tuple(i[1:] for i in speech.infinitive if i.startswith("-"))
        self.cased = bool(speech.surname_endings)  # names and nouns show their case
        self.script = language.file.orthography.script

    def noun_gender(self, noun: str) -> Gender | None:
        """The gender of a noun by the ending of its nominative; None where endings do not tell."""
        genders = self.speech.noun_genders
        ending = max((e for e in genders if noun.endswith(e)), key=len, default=None)
        return genders[ending] if ending is not None else None

    def person_noun(self, noun: str) -> Gender | None:
        """The gender of whom a noun stands for, if its ending is one that only nouns of persons have: "Gastgeberin"."""
        endings = self.speech.person_endings
        return next((gender for ending, gender in endings.items() if noun.endswith(ending) and len(noun) > len(ending) + 1), None)

    def nominative_noun(self, found: RoleForm) -> str:
        """The nominative of a role word in its number: of the forms of its row the one that has most letters in common with it; empty where none has three."""
        form = found.form
        forms = (f.form for f in found.role.forms if f.case == "nom" and form.number in (None, f.number))
        best = max(forms, key=lambda f: _shared(f, form.form), default="")
        return best if _shared(best, form.form) >= SHORTEST_STEM else ""

    def nominative_endings(self, noun: RoleForm) -> tuple[str, ...]:
        """What an adjective before a body's noun in the nominative singular ends in; nothing where the noun's gender is not known, or no table tells."""
        body = noun.role.type in ("organization", "document") and noun.form.case == "nom" and noun.form.number == "sg"
        gender = (noun.form.gender or noun.role.gender or self.noun_gender(noun.form.form.split(" ")[0])) if body else None
        return self._nominatives[gender] if gender else ()

    def nominative_adjective(self, word: str, noun: RoleForm) -> str | None:
        """An adjective in the nominative of the noun behind it, by its ending; a possessive as it stands; None where no ending is known."""
        gender = noun.form.gender or noun.role.gender or self.noun_gender(noun.role.lemma)
        shown = "pl" if noun.form.number == "pl" else gender
        keys = (f" {shown}",) if shown else (" m", " f")  # "голова" is a man's or a woman's: the adjective tells
        fold, endings = word.lower(), self.speech.adjective_nominatives
        if fold in self.pronouns:
            return word
        known = (e.rpartition(" ")[0] for e in endings if e.endswith(keys))
        ending = max((e for e in known if fold.endswith(e)), key=len, default=None)
        if ending is None:
            return None
        return word[: len(word) - len(ending)] + next(endings[ending + key] for key in keys if ending + key in endings)

    def is_infinitive(self, word: str) -> bool:
        """Whether the word shows an infinitive: by its ending, or as the particle that opens one."""
        ends = bool(self.infinitive_endings) and len(word) > 3 and word.endswith(self.infinitive_endings)
        return word in self.infinitive_particles or (ends and word not in self.no_infinitives)


def _shared(one: str, other: str) -> int:
    """How many letters two words open with in common."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _first_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(phrase_words(phrase.lower().replace("’", "'"))[0] for phrase in phrases if phrase)


@functools.cache
def lexicon(code: str) -> Lexicon:
    """The tables of a language that has a folder."""
    return Lexicon(schema.load(code))
