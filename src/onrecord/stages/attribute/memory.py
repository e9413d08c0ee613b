"""Who has been spoken of and who has been speaking: what pronouns, dropped subjects and described speakers stand for."""

from __future__ import annotations

import bisect

import msgspec

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import Gender, Hints, Mention, Number, Quotation, Sentence, Span, Speaker
from onrecord.stages.attribute.bare import finite, is_clause, only_counts
from onrecord.stages.attribute.chain import Chain
from onrecord.stages.attribute.names import forms_match, is_oblique, name_tokens
from onrecord.stages.attribute.roles import role_key
from onrecord.stages.attribute.scores import in_question
from onrecord.stages.attribute.subjects import Found, find_subject
from onrecord.tokens import Words

NO_NOUN = "what stands where its subject would is no noun phrase"
HINTED = 2.0  # of the tagger's word on what a pronoun stands for, against salience; swept 0-3
BESIDE_CUE = 1.4  # of a verb of saying beside the mention, against salience; swept 0-1.6
POINTED_CHARS = 80  # before where the tagger points, in which a mention that reaches it can begin
REACH_MENTIONS = 60  # mentions back in which a pronoun finds what it stands for
LONGEST_CITED = 8  # words of whom an outlet has it from
MOST_TITLED = 20  # mentions of one person looked at for a title
CLOSING = 1.0  # of a full name that ends its sentence, where Slavic word order puts who is new
OF_GENDER = 0.4  # of whom the page shows to have a pronoun's gender, against whom nothing shows
TAKEN_OVER = 2.6  # of the last speaker's salience, lost to a subject named since; swept 0-3, flat from 1.8
SPOKEN_OF = 1.5  # of the salience of whom somebody only speaks of; swept 0-2.5
REACH_SAID = 12  # spans of what was said before
LONGEST_TAIL = 12  # words behind a described speaker that belong to it
LONGEST_TITLE = 3  # mentions from a place to the name of who holds an office there
SHORTEST_LABEL = 2  # letters of a label, "R:", that names nobody by itself
REACH_SUBJECT = 3  # sentences of one paragraph in which its subject, once named, is dropped
REACH_SENTENCES = 4  # sentences back in which a pronoun finds what it stands for


class Memory:
    """Who has been spoken of and who has been speaking, while the quotations of an article are gone through in order."""

    def __init__(
        self,
        sentences: tuple[Sentence, ...],
        mentions: tuple[Mention, ...],
        chains: list[Chain],
        of: list[int],
        words: Words,
        lex: Lexicon,
        hints: Hints,
    ) -> None:
        self.sentences, self.mentions, self.chains, self.of, self.words, self.lex = sentences, mentions, chains, of, words, lex
        self.hints = hints
        self.starts = [m.start for m in mentions]
        self.sentence_starts = [s.start for s in sentences]
        self.sentence_of = [0] * len(mentions)
        at = 0
        for k, mention in enumerate(mentions):
            while at + 1 < len(sentences) and sentences[at].end <= mention.start:
                at += 1
            self.sentence_of[k] = at
        self.last_chain: int | None = None
        self.last_sentence = -1
        self.first_reply = len(words.text)  # where the first reply of an interview begins
        self.chain_of_quotation: dict[int, int | None] = {}
        self.said: list[Span] = []  # what the quotations gone through say
        self.cites = False  # whether the last speaker is one whom an outlet has it from

    def speaker_of(self, index: int, quotation: Quotation, speakers: list[Speaker | None]) -> tuple[Speaker | None, str | None]:
        """The speaker of a quotation, or why it is unknown."""
        found = self._speaker_of(index, quotation, speakers)
        self.said = [*self.said[-REACH_SAID:], *quotation.content]
        return found

    def _speaker_of(self, index: int, quotation: Quotation, speakers: list[Speaker | None]) -> tuple[Speaker | None, str | None]:
        self.cites = False
        if "/interview-reply" in quotation.rule:
            return self._interviewee(quotation)
        if "/quotation-cited" in quotation.rule:
            return self._quoted(index, quotation)
        found = None if quotation.after is not None and not quotation.cue else self._found(quotation)
        if quotation.after is not None and 0 <= quotation.after < len(speakers) and (found is None or found.mention is None):
            chain = self.chain_of_quotation.get(quotation.after)
            self._remember(index, chain, quotation)
            return speakers[quotation.after], None if speakers[quotation.after] else "goes on from an unknown speaker"
        pointed = quotation.mention and self._names_somebody(quotation.mention) and not self._behind(quotation.mention, quotation)
        dropped = found is None and quotation.number is not None  # the subject a verb drops is nearer to the memory than to a pointer
        asked = quotation.rule.endswith("/tagger") or (not dropped and (found is None or (found.mention is None and found.stands_in is None)))
        if pointed and asked and quotation.mention is not None:
            return self._pointed(index, quotation, quotation.mention)
        if found is None and (paper := self._paper_before(quotation)) is not None:
            return self._mentioned(index, quotation, paper)
        if found is None:
            speaker, reason = self._dropped(index, quotation)
            return (msgspec.structs.replace(speaker, mention=_stand_in(speaker, quotation)) if speaker else None), reason
        if found.mention is None:
            assert found.words is not None
            if is_clause(found.words, self.words, self.lex):
                return None, NO_NOUN
            span = self._in_marks(found.words)
            chain = self._described(span, quotation)
            known = chain if chain is not None else self._named_like(span)
            if known is not None:
                chain = known
                self._remember(index, chain, quotation)
            else:
                chain = self._bare(span)
            self.chain_of_quotation[index] = chain  # not remembered as the last speaker: bare words are too often wrong for that
            return self._speaker(chain, span), None
        speaker, reason = self._mentioned(index, quotation, found.mention)
        return msgspec.structs.replace(speaker, mention=found.stands_in) if speaker and found.stands_in else speaker, reason

    def _paper_before(self, quotation: Quotation) -> int | None:
        """The document of the sentence before a source that only looks back, "Das Papier nennt Namen. Demnach …", or before a cue that has no person:
        "Документът е дълъг. В него се посочва …"."""
        if quotation.cue is None:
            return None
        here = self._sentence_at(quotation.cue[0])
        looks_back = "/source-phrase" in quotation.rule and quotation.cue[0] <= self.sentences[here].start
        alone = quotation.speaker is None or quotation.speaker[1] <= quotation.speaker[0]
        impersonal = quotation.gender == "n" and self.last_sentence < here - 1  # nobody speaks in the sentence before
        if here == 0 or not (impersonal or (looks_back and alone)):
            return None
        low, high = bisect.bisect_left(self.starts, self.sentences[here - 1].start), bisect.bisect_left(self.starts, self.sentences[here].start)
        papers = (k for k in range(high - 1, low - 1, -1) if self.mentions[k].type == "document" and self.of[k] >= 0)
        return next((k for k in papers if looks_back or not self.spoken_of(self.mentions[k].start)), None)

    def _behind(self, span: Span, quotation: Quotation) -> bool:
        """Whether a pointer's words stand in a sentence behind that of the cue: nobody is named so late."""
        return quotation.cue is not None and span[0] >= max(self.sentences[self._sentence_at(quotation.cue[0])].end, quotation.content[-1][1])

    def _quoted(self, index: int, quotation: Quotation) -> tuple[Speaker | None, str | None]:
        """Whom an outlet quotes: a person named behind the cue, else who spoke last."""
        low, high = quotation.speaker or (0, 0)
        for k in range(bisect.bisect_left(self.starts, low), bisect.bisect_left(self.starts, high)):
            mention = self.mentions[k]
            if mention.type == "person" and mention.form != "pronoun" and mention.name.casefold() not in self.lex.agencies:
                following = k + 1 < len(self.mentions) and self.of[k + 1] == self.of[k] and mention.form == "role"
                return self._mentioned(index, quotation, k + following)
        return self._dropped(index, msgspec.structs.replace(quotation, gender=None, number="sg"))

    def _names_somebody(self, span: Span) -> bool:
        """Whether a pointer's words can stand for a speaker: more than a mark, an article, an adverb or another small word alone."""
        word = self.words.text[slice(*span)].lower()
        if word.endswith(self.lex.speech.inverted_pronouns or ("\n",)):
            return False  # "a-t-il" ajouté: the cue has its gender and number
        if all(only_counts(self.words.folds[k], self.lex) for k in range(*self.words.range(*span))):
            return False  # "l'un" de ses voisins
        small = word in self.lex.auxiliaries or word in self.lex.adverbs or word in self.lex.not_names
        return word in self.lex.pronouns or not (small or not any(map(str.isalnum, word)))

    def named_inside(self, index: int, quotation: Quotation) -> tuple[Speaker | None, str | None]:
        """The speaker of speech inside speech, only where a subject is named there; "I said" is who speaks already."""
        found = self._found(quotation)
        if found is None or quotation.speaker is None:
            return None, "no subject inside the speech"
        first, last = self.words.range(quotation.speaker[0], max(quotation.speaker[1], (quotation.cue or quotation.speaker)[1]))
        if any(self.words.folds[k] in self.lex.speech.own_subjects for k in range(first, last)):
            return None, "who speaks tells what he said"
        if found.mention is not None:
            return self._mentioned(index, quotation, found.mention)
        assert found.words is not None
        return self._speaker(self._bare(found.words), found.words), None

    def _mentioned(self, index: int, quotation: Quotation, k: int) -> tuple[Speaker | None, str | None]:
        """The speaker for whom a mention stands: whom an outlet cites, whose message a document is, else itself."""
        mention, chain = self.mentions[k], self.of[k]
        cited = self._cited(mention, quotation)
        self.cites = cited is not None
        behind = cited or self._author(mention)
        if behind is not None:
            return self._meant(index, quotation, behind, mention)
        near = self.last_chain is not None and self.sentence_of[k] - self.last_sentence <= REACH_SENTENCES
        if near and self._is_message(mention) and self.last_chain is not None and self.chains[self.last_chain].type in ("organization", "person"):
            return self._again(index, quotation, mention)
        if mention.form == "pronoun":
            resolved = self._pronoun(k, mention, quotation)
            if resolved is None:
                return None, f"nobody for the pronoun {mention.name!r}"
            chain = self.of[k] = resolved
        self._remember(index, chain, quotation)
        return self._speaker(chain, (mention.start, mention.end)), None

    def _meant(self, index: int, quotation: Quotation, span: Span, mention: Mention) -> tuple[Speaker | None, str | None]:
        """The speaker for whom these words of a mention stand: one that begins among them, a body that bears this name, else the words themselves."""
        low, high = bisect.bisect_left(self.starts, span[0]), bisect.bisect_left(self.starts, span[1])
        inner = [k for k in range(low, high) if self.of[k] >= 0 and self.mentions[k].type != "document"]
        alike = self._named_like(span)
        if inner:
            first = self.mentions[inner[0]]
            chain, span = self.of[inner[0]], (first.start, first.end)
        else:
            chain = alike if alike is not None else self._office(span)
        self._remember(index, chain, quotation)
        document = mention.type == "document" and mention.role not in self.lex.messages
        return self._speaker(chain, (mention.start, mention.end) if document else span), None

    def _in_marks(self, span: Span) -> Span:
        """What stands in quotation marks at the end of bare words, whose closing mark may stand behind them: a body's name."""
        text = self.words.text[slice(*span)].rstrip(' »”“"')
        opened = max(text.rfind(mark) for mark in '«„“"')
        inner = text[opened + 1 :]
        if opened < 0 or not inner[:1].isupper():
            return span
        start = span[0] + opened + 1
        return start, start + len(inner)

    def _named_like(self, span: Span) -> int | None:
        """The chain of a person or body whose name is these words in another form."""
        tokens, endings = name_tokens(self.words.text[slice(*span)]), self.lex.speech.name_endings
        if not tokens or not self.words.text[span[0]].isupper():
            return None
        named = [c for c, chain in enumerate(self.chains) if len(chain.full) >= len(tokens) and chain.type != "place"]
        alike = [c for c in named if all(forms_match(a, b, endings) for a, b in zip(tokens, self.chains[c].full[-len(tokens) :], strict=True))]
        whole = [c for c in alike if len(self.chains[c].full) == len(tokens)]
        return next((c for c in (*whole, *alike) if c in whole or self.chains[c].type == "person"), None)

    def _office(self, span: Span) -> int:
        """The chain of a body that its noun names, "міністерства освіти": one known by that noun and complement, else one of its own, in the nominative."""
        words, lex = self.words, self.lex
        first, last = words.range(*span)
        found = lex.roles.at(words.folds, first, last)
        if found is None:
            return self._bare(span)
        lemma, stems = role_key(words.text[slice(*span)], lex)
        for c in range(len(self.chains) - 1, -1, -1):
            if self.chains[c].type != "document" and any(own == lemma and (not stems or not around or stems & around) for own, around in self.chains[c].roles):
                return c
        if lemma in lex.speech.generic_roles and not stems and (known := self._body_before(span[0])) is not None:
            return known
        chain = self._bare(span)
        if self.chains[chain].name == " ".join(words.text[slice(*span)].split()):
            self.chains[chain].name = " ".join((lex.nominative_noun(found[1]) or lemma, words.text[words.ends[found[0] - 1] : span[1]].strip())).strip()
        return chain

    def _body_before(self, offset: int) -> int | None:
        """The named body last spoken of, none that only passes news on."""
        for k in range(bisect.bisect_left(self.starts, offset) - 1, -1, -1):
            chain = self.chains[self.of[k]] if self.of[k] >= 0 else None
            if chain is not None and chain.full and chain.type == "organization" and chain.name.casefold() not in self.lex.agencies:
                return self.of[k]
        return None

    def _again(self, index: int, quotation: Quotation, message: Mention) -> tuple[Speaker | None, str | None]:
        """Who spoke last speaks in a message that is not said to be another's: "йдеться в повідомленні"."""
        assert self.last_chain is not None
        chain = self.last_chain
        self._remember(index, chain, quotation)
        return msgspec.structs.replace(self._speaker(chain, None), mention=(message.start, message.end)), None

    def _is_message(self, mention: Mention) -> bool:
        return mention.type == "document" and mention.form == "role" and mention.role in self.lex.messages

    def _author(self, mention: Mention) -> Span | None:
        """Whose message a document is: "Ryanair" in "заяві Ryanair"; None where it is none, or nobody's."""
        owned = mention.type == "document" and mention.form == "role" and mention.role in self.lex.speech.owned_documents
        if not self._is_message(mention) and not owned:
            return None
        words, lex = self.words, self.lex
        first, last = words.range(mention.start, mention.end)
        noun = next((found for k in range(first, last) if (found := lex.roles.at(words.folds, k, last))), None)
        k = noun[0] if noun else last
        while k < last and (words.folds[k] in lex.prepositions or words.folds[k] in lex.speech.articles or not words.is_word(k)):
            k += 1
        if owned and not (k < last and words.capital(k)):
            return None  # what a report is about
        if k == last and words.folds[k] in lex.speech.agents and words.capital(k + 1):
            k, last = k + 1, k + 2  # "прессъобщение от ЕК"
        return (words.starts[k], max(mention.end, words.ends[last - 1])) if k < last else None

    def _cited(self, mention: Mention, quotation: Quotation) -> Span | None:
        """Whom an outlet has it from, where its sentence tells: "пише газета з посиланням на джерела в уряді"."""
        if quotation.cue is None or mention.type != "organization" or not self.lex.speech.citing:
            return None
        words, lex = self.words, self.lex
        sentence = self.sentences[self._sentence_at(quotation.cue[0])]
        first, last = words.range(sentence.start, sentence.end)
        for k in range(first, last):
            found = lex.citing.at(words.folds, k, last) if words.folds[k] in lex.citing.firsts else None
            if found is None or any(a <= words.starts[k] < b for a, b in quotation.content):
                continue
            cue = words.at(quotation.cue[0])
            if any(words.folds[j] in lex.reporting for j in range(cue + 1, k)):
                return None  # another outlet has it from there: "У фірмі кажуть, що …, передає Вісник з посиланням на …"
            low, end = found[0], found[0]
            while end < last and end - low < LONGEST_CITED and words.is_word(end) and words.folds[end] not in lex.cues:
                end += 1
            return words.span(low, end) if end > low else None
        return None

    def _pointed(self, index: int, quotation: Quotation, span: tuple[int, int]) -> tuple[Speaker | None, str | None]:
        """The speaker to whom the tagger points: a mention that overlaps the span, else the words themselves."""
        low = bisect.bisect_left(self.starts, span[0] - POINTED_CHARS)
        over = [k for k in range(low, bisect.bisect_left(self.starts, span[1])) if self.mentions[k].end > span[0] and not self._only_owns(k, span)]
        named = [k for k in over if self.mentions[k].form == "name" and not self._complement(k, span)] or [k for k in over if not self._complement(k, span)]
        if (named and self.of[named[0]] >= 0) or (named and self.mentions[named[0]].form == "pronoun"):
            return self._mentioned(index, quotation, self._bearer(named[0]))
        span = self._in_marks((span[0], span[1] + (self.words.text[span[1] : span[1] + 1] == "%")))
        known = self._named_like(span)
        chain = known if known is not None else self._bare(span)
        self.chain_of_quotation[index] = chain
        return self._speaker(chain, span), None

    def _complement(self, k: int, span: Span) -> bool:
        """Whether a mention inside the words belongs to the noun that they open with: "un proche de Paul Roth"."""
        i, words = self.words.at(self.mentions[k].start), self.words
        return self.lex.speech.noun_first and i > 0 and words.starts[i - 1] > span[0] and words.folds[i - 1] in self.lex.prepositions

    def _only_owns(self, k: int, span: Span) -> bool:
        """Whether a pronoun only tells whose somebody is that the words name: "ses voisins"."""
        mention = self.mentions[k]
        return mention.form == "pronoun" and not self.lex.pronouns[mention.name].subject and mention.end < span[1]

    def _bearer(self, k: int) -> int:
        """The person's name behind a place and an office, "Lutinkas Bürgermeisterin Ada Roth"; else the mention itself."""
        at = k
        while at + 1 < len(self.mentions) and at - k < LONGEST_TITLE and self.mentions[at + 1].start - self.mentions[at].end == 1:
            at += 1
            if self.mentions[at].form == "name":
                break
        office = at - k > 1 or self.mentions[at].role is not None
        named = self.mentions[at].form == "name" and self.mentions[at].type == "person"
        return at if self.mentions[k].type == "place" and office and named and self.of[at] >= 0 else k

    def _described(self, span: tuple[int, int], quotation: Quotation) -> int | None:
        """The person last spoken of whom a single noun describes: "волейболіст", "сеизмоложката", "the Ukrainian".

        Where nouns have articles, not of a source or a plural: "según la cartera", "the experts".
        """
        words = [w.lower() for w in self.words.text[slice(*span)].split()]
        definite = bool(words) and words[0] in self.lex.speech.subject_articles and words[0] not in self.lex.speech.indefinite
        if words and words[0] in self.lex.speech.articles:
            words = words[1:]
        if definite and words and (gender := self.lex.person_noun(words[-1])) is not None:
            chain = self._most_salient(self._sentence_at(span[0]), span[0], gender, "sg", quotation)
            return chain if chain is not None and self.chains[chain].type == "person" and self.chains[chain].full else None
        plural = bool(words) and words[-1].endswith("s")
        body = bool(self.lex.speech.person_endings) or (bool(self.lex.speech.articles) and (plural or "/source-phrase" in quotation.rule))
        if len(words) != 1 or quotation.number == "pl" or body:
            return None
        here = self._sentence_at(span[0])
        chain = self._most_salient(here, span[0], quotation.gender, "sg", quotation)
        return chain if chain is not None and self.chains[chain].type == "person" and self.chains[chain].full else None

    def _bare(self, span: tuple[int, int]) -> int:
        """The chain of a noun phrase that no mention covers: one for each wording."""
        text = " ".join(self.words.text[slice(*span)].split())
        first, _, rest = text.partition(" ")
        plain = rest if first.lower() in self.lex.speech.articles and rest and rest.split(" ")[0] not in self.lex.prepositions else text
        for c, chain in enumerate(self.chains):
            if not chain.full and plain.lower() in (s.lower() for s in chain.surfaces):
                return c
        self.chains.append(Chain("group", list(dict.fromkeys((plain, text))), [], name=plain))
        return len(self.chains) - 1

    def _interviewee(self, quotation: Quotation) -> tuple[Speaker | None, str | None]:
        """The person whose name the line opens with, else the person whom the page before the first question speaks of most."""
        if quotation.speaker is not None:
            label = self.words.text[slice(*quotation.speaker)]
            for c, chain in enumerate(self.chains):
                if any(label.lower() in s.lower() or s.lower() in label.lower() for s in chain.surfaces) or _initials(chain) == label.upper():
                    return self._speaker(c, quotation.speaker), None
            if len(label) > SHORTEST_LABEL:
                return Speaker(label, (label,), quotation.speaker), None
        people = [c for c, chain in enumerate(self.chains) if chain.type == "person" and len(chain.full) > 1]
        if not people:
            return None, "an interview, but nobody is named"
        before = self.first_reply = min(self.first_reply, quotation.content[0][0])
        choice = max(people, key=lambda c: (sum(self.mentions[m].start < before for m in self.chains[c].mentions), -c))
        mention = self.mentions[self.chains[choice].mentions[0]]
        return self._speaker(choice, (mention.start, mention.end)), None

    def _found(self, quotation: Quotation) -> Found | None:
        return find_subject(quotation, self.mentions, self.starts, self.chains, self.of, self.words, self.lex, self.hints.speaking)

    def _remember(self, index: int, chain: int | None, quotation: Quotation) -> None:
        self.chain_of_quotation[index] = chain
        if chain is not None:
            self.last_chain = chain
            self.last_sentence = self._sentence_at(max(quotation.content[-1][1] - 1, (quotation.cue or quotation.content[0])[0]))

    def _sentence_at(self, offset: int) -> int:
        return max(0, bisect.bisect_right(self.sentence_starts, offset) - 1)

    def _dropped(self, index: int, quotation: Quotation) -> tuple[Speaker | None, str | None]:
        """A cue without a subject: the last speaker, where the cue's gender and number allow it."""
        at = (quotation.cue or quotation.content[0])[0]
        here = self._sentence_at(min(at, quotation.content[0][0]))  # what is said may take many sentences
        near = self.last_chain is not None and here - self.last_sentence <= REACH_SENTENCES
        impersonal = quotation.gender == "n" and quotation.number is not None and near  # "Отмечается также, что": no other subject has been named
        chain = self.last_chain if impersonal else self._most_salient(here, at, quotation.gender, quotation.number, quotation)
        if chain is None:
            self._remember(index, None, quotation)
            return None, "no subject, and nobody who spoke before"
        self._remember(index, chain, quotation)
        own = self.chains[chain].mentions
        if not own:
            return self._speaker(chain, None), None
        first = bisect.bisect_left(own, bisect.bisect_left(self.starts, quotation.content[0][0]))
        mention = self.mentions[own[max(0, first - 1)]]
        return self._speaker(chain, (mention.start, mention.end)), None

    def _pronoun(self, k: int, mention: Mention, quotation: Quotation) -> int | None:
        earlier = self.hints.earlier.get(k)
        hinted = self.of[earlier] if earlier is not None and self.of[earlier] >= 0 else None
        told = self._subject_told(mention, quotation) if "/looking-back" in quotation.rule else None
        if told is not None:
            return told
        several = mention.gender == "f" and quotation.number == "pl" and "/source-phrase" not in quotation.rule  # "Sie fordern": they
        gender, number = (None, quotation.number) if several else (mention.gender, mention.number)
        return self._most_salient(self.sentence_of[k], mention.start, gender, number, quotation, hinted, they=True)

    def _subject_told(self, pronoun: Mention, quotation: Quotation) -> int | None:
        """Who is the subject of the sentence that a later one looks back at: "Хант ценит Иванова. Об этом он заявил"."""
        low, high = (bisect.bisect_left(self.starts, offset) for offset in (quotation.content[0][0], quotation.content[-1][1]))
        people = [k for k in range(low, high) if self.mentions[k].type == "person" and self.of[k] >= 0 and self.chains[self.of[k]].full]
        plain = (k for k in people if not is_oblique(self.mentions[k].name, self.mentions[k].name, self.lex))
        first = next((k for k in plain if self._is_subject(k, self.mentions[k]) > 0), None)
        agrees = first is not None and self.chains[self.of[first]].gender in (None, pronoun.gender) and pronoun.number == "sg"
        return self.of[first] if first is not None and agrees else None

    def _most_salient(
        self, here: int, offset: int, gender: Gender | None, number: Number | None, quotation: Quotation, hinted: int | None = None, *, they: bool = False
    ) -> int | None:
        """Of those last spoken of, and whoever spoke last, the chain that stands out most and has the gender and number; None where all are ruled out."""
        best, choice = 0.0, None
        several = self.lex.cased or bool(self.lex.speech.plural_articles)  # a body is no "they" there
        fresh = 0.0  # how far a subject named since the last statement takes its speaker's place
        values: dict[int, float] = {}
        near = bisect.bisect_left(self.starts, offset)
        last_before: dict[int, int] = {}
        for k in range(max(0, near - REACH_MENTIONS), near):
            mention = self.mentions[k]
            if self.of[k] >= 0 and mention.start < offset and not self._apart(mention, quotation) and not self._ours(mention):
                p = last_before.get(self.of[k], k)
                ahead = p != k and self.sentence_of[p] == self.sentence_of[k] and self._is_subject(p, self.mentions[p]) > self._is_subject(k, mention)
                last_before[self.of[k]] = p if ahead else k  # its subject tells more than what else stands for the same in a sentence
        impersonal = gender == "n" and number is None  # "podkreślono": what a body or a document says
        candidates = sorted({*last_before, *([self.last_chain] if self.last_chain is not None else [])})
        for c in candidates:
            chain = self.chains[c]
            paper = impersonal and chain.type == "document" and not any(lemma in self.lex.messages for lemma, _ in chain.roles)
            paper = paper or (gender == "n" and chain.type == "document" and not self.lex.cased)  # "The report … It says"
            if chain.type in ("place", "document") and c != self.last_chain and not paper:
                continue
            if gender == "n" and chain.type == "person":
                continue
            if number == "pl" and chain.type == "person" and not chain.plural:
                continue
            if number == "sg" and chain.plural:
                continue
            if they and number == "pl" and not chain.plural and chain.type in ("organization", "place") and several:
                continue  # "Перевозчик отменил рейсы. Они требуют": the pilots do
            if gender in ("m", "f") and chain.gender and chain.gender != gender:
                continue
            noun = self._noun_gender(chain) if gender in ("m", "f") and number == "sg" else None
            body = noun is None and gender in ("m", "f") and chain.type in ("organization", "group") and bool(chain.full) and number == "sg"
            if body and (not (self.lex.speech.noun_genders and c == self.last_chain) or chain.name.casefold() in self.lex.agencies):
                continue
            if noun is not None and noun != gender:
                continue
            value = 0.0
            if c in last_before:
                last = last_before[c]
                mention = self.mentions[last]
                distance = max(0, here - self.sentence_of[last])
                if len(chain.mentions) == 1 and chain.full and chain.type == "organization" and self.lex.cased and self._governed(mention):
                    continue  # named but once, as where something is: "na Twitterze"
                if distance <= REACH_SENTENCES:
                    value = 2.0 - 0.5 * distance
                    value += 0.7 * self._is_subject(last, mention)
                    named = not quotation.rule.endswith("/inside") and c != self.last_chain and self.spoken_of(mention.start)
                    value += -SPOKEN_OF if named else BESIDE_CUE * self._beside_cue(mention)
                    if chain.type == "person" and number != "pl":
                        value += 0.6
                    elif gender in ("m", "f"):
                        value -= 0.8
                    if c != self.last_chain and self._takes_over(last, mention, chain, here, offset):
                        fresh = TAKEN_OVER
                    elif c != self.last_chain and distance <= 1 and self._closes(last, mention, chain):
                        fresh, value = TAKEN_OVER, value + CLOSING
            value += OF_GENDER * (gender in ("m", "f") and chain.gender == gender and bool(chain.full))
            if c == hinted:
                value += HINTED
            values[c] = value
        if self.last_chain in values and here - self.last_sentence <= REACH_SENTENCES:
            values[self.last_chain] += 2.2 - 0.3 * max(0, here - self.last_sentence) - fresh
        for c, value in values.items():
            if value > best:
                best, choice = value, c
        return choice

    def _closes(self, k: int, mention: Mention, chain: Chain) -> bool:
        """Whether a sentence since the last statement ends with a full name as its subject: "… wypowiedział się sponsor, Aron Wilk" opens who speaks next."""
        sentence = self.sentences[self.sentence_of[k]]
        whole = mention.form == "name" and chain.type == "person" and " " in mention.name
        closing = self.words.text[mention.end : sentence.end].strip() in (".", ":", "…")
        new = self.sentence_of[k] > self.last_sentence and self._is_subject(k, mention) > 0
        return whole and closing and new and not is_oblique(mention.name, chain.name, self.lex)

    def _noun_gender(self, chain: Chain) -> Gender | None:
        """The gender of the noun by which a body is called: "газета" is feminine; None where no noun or no ending tells."""
        if chain.type == "person" or not chain.roles:
            return None
        return self.lex.noun_gender(chain.roles[-1][0].split(" ")[-1])

    def _apart(self, mention: Mention, quotation: Quotation) -> bool:
        """Whether a mention stands in what is said, or in the question that is answered: nobody there is who speaks."""
        if any(a <= mention.start < b for a, b in quotation.content):
            return True
        region, cue = quotation.speaker, quotation.cue
        asked = region is not None and cue is not None and region[0] <= mention.start and mention.end <= cue[0]
        return asked and cue is not None and in_question(quotation, mention, cue, self.words, self.lex)

    def spoken_of(self, offset: int) -> bool:
        """Whether the word here stands in what somebody said before: who is named there is spoken of and does not speak next."""
        return any(a <= offset < b for a, b in self.said)

    def _ours(self, mention: Mention) -> bool:
        """Whether the outlet speaks of its own people: "our reporter"."""
        i = self.words.at(mention.start)
        return mention.form == "role" and self.words.folds[i - 1 if i else i] in self.lex.speech.own_possessives

    def _takes_over(self, k: int, mention: Mention, chain: Chain, here: int, offset: int) -> bool:
        """Whether somebody named at the head of the last sentence, or of one before it in the same paragraph, is since the last statement whom the text
        is about."""
        distance = here - self.sentence_of[k]
        if distance > 1 and (distance > REACH_SUBJECT or "\n" in self.words.text[mention.end : offset].rstrip()):
            return False
        known = bool(chain.full) or chain.plural or chain.type != "person"  # an office without a name may be that of a person named before
        known = known and not self.spoken_of(mention.start)
        return known and mention.form != "pronoun" and chain.type != "place" and self.sentence_of[k] > self.last_sentence and self._is_subject(k, mention) > 1

    def _is_subject(self, k: int, mention: Mention) -> float:
        sentence = self.sentences[self.sentence_of[k]]
        early = mention.start - sentence.start < 40 or self._heads(k, sentence)
        return (1.0 if not self._governed(mention) and mention.rule != "role/obl" else -1.0) + (0.5 if early else 0.0)

    def _governed(self, mention: Mention) -> bool:
        """Whether a preposition stands before a mention, and where subjects drop before its article: only a pronoun takes up who stands there."""
        i, lex = self.words.at(mention.start), self.lex
        while lex.speech.null_subject and i > 0 and self.words.folds[i - 1] in lex.speech.articles:
            i -= 1
        return i > 0 and self.words.folds[i - 1] in lex.prepositions

    def _heads(self, k: int, sentence: Sentence) -> bool:
        """Whether only its own office and governed mentions stand before a mention in its sentence: "A petición del juez, la ministra, Ana Gil, abrió …"."""
        if not (self.lex.speech.null_subject and self.lex.speech.articles):
            return False  # where cases tell, a preposition is no sure sign
        before = range(bisect.bisect_left(self.starts, sentence.start), k)
        return all(self.of[m] == self.of[k] or self._governed(self.mentions[m]) for m in before)

    def _beside_cue(self, mention: Mention) -> bool:
        """Whether a verb of saying stands right before or behind the mention, even one that tells nothing: "Więcej szczegółów przekazała Anna Nowak"."""
        words, lex = self.words, self.lex
        first, last = words.range(mention.start, mention.end)
        folds, openers = words.folds, lex.cues.firsts
        near = (k for k in range(max(0, first - 3), first) if folds[k] in openers)
        before = [found for k in near if (found := lex.cues.at(folds, k, first)) and found[0] == first]
        behind = lex.cues.at(words.folds, last, min(len(words.starts), last + 4)) if last < len(words.starts) else None
        return any(found[1].cue.frame == "verb" for found in (*before, *([behind] if behind else ())))

    def _with_article(self, chain: Chain, own: Span | None) -> list[str]:
        """The wordings of a chain, the mention `own` among them, with the article or possessive that stands before them: "les familles", "son avocat"."""
        spans = [(self.mentions[k].start, self.mentions[k].end) for k in chain.mentions[:MOST_TITLED]]
        found = []
        for start, end in dict.fromkeys((*spans, *([own] if own else []))):
            i = self.words.at(start)
            fold = self.words.folds[i - 1] if i else ""
            owned = fold in self.lex.pronouns and not self.lex.pronouns[fold].subject
            if (owned or fold in self.lex.speech.articles) and self.words.text[start:end].lower() not in self.lex.pronouns:
                found.append(" ".join(self.words.text[self.words.starts[i - 1] : end].split()))
        return found

    def _titled(self, chain: Chain) -> list[str]:
        """Names with the title that stands before them: "Detective Inspector Vaughan"."""
        found = []
        for k in chain.mentions[:MOST_TITLED]:
            if k and self.mentions[k].form == "name" and self.of[k - 1] == self.of[k] and self.mentions[k - 1].form == "role":
                start, end = self.mentions[k - 1].start, self.mentions[k].end
                if self.mentions[k].start - self.mentions[k - 1].end < 5:
                    found.append(" ".join(self.words.text[start:end].split()))
            elif self.mentions[k].form == "name":
                found += self._addressed(self.mentions[k])
        return list(dict.fromkeys(found))

    def _addressed(self, mention: Mention) -> list[str]:
        """The name with the titles right before it, "Prof. Ann Holt"; nothing where there is none."""
        words, titles = self.words, self.lex.titles
        i = begin = words.at(mention.start)
        while begin > 0 and (words.folds[begin - 1] in titles or (begin > 1 and words.folds[begin - 1] == "." and words.folds[begin - 2] in titles)):
            begin -= 1
        return [" ".join(words.text[words.starts[begin] : mention.end].split())] if begin < i and words.capital(begin) else []

    def _whole(self, span: Span) -> str | None:
        """A described speaker with what belongs to the noun behind it, up to the cue: "Няколко партии в холандския парламент", "сім'я її"."""
        words, lex = self.words, self.lex
        first, last = words.at(span[0]), words.at(span[1])
        stop = min(len(words.starts) - 1, last + LONGEST_TAIL)
        if last >= stop or not words.is_word(last) or not {".", "\n"}.isdisjoint(words.text[span[1] : words.starts[last]]):
            return None
        if lex.speech.article_endings and words.folds[last] not in lex.prepositions and words.folds[last] not in lex.pronouns:
            return None  # nothing but a phrase with a preposition belongs to a noun
        cues = (lex.cues.at(words.folds, k, first) for k in range(max(0, first - 4), first))
        source = any(found is not None and found[0] == first and found[1].cue.frame == "source" for found in cues)
        end = next((k for k in range(last, stop) if (words.folds[k] == "," if source else _is_cue(words, k, stop + 3, lex))), None)
        if end is None or end == last or any(not self._in_tail(k, last) for k in range(last, end)):
            return None
        while end > last and (words.folds[end - 1] in lex.auxiliaries or words.folds[end - 1] in lex.adverbs) and words.folds[end - 1] not in lex.pronouns:
            end -= 1
        whole = " ".join(words.text[span[0] : words.ends[end - 1]].split())
        return (whole.rstrip('"') if whole.count('"') % 2 else whole) if end > last else None

    def _in_tail(self, k: int, last: int) -> bool:
        """Whether a word can belong to the noun that ends before `last`: no verb, conjunction, day or number."""
        words, lex = self.words, self.lex
        fold = words.folds[k]
        if not words.is_word(k) and (fold not in '«„“”»"' or k == last):
            return False
        named = words.capital(k - 1) and words.capital(k + 1)  # "страните от Южна и Източна Европа"
        small = (fold in lex.and_ and not named) or fold in lex.that or fold in lex.relative or fold in lex.subordinate or fold in lex.not_
        small = small or (fold in lex.pronouns and lex.pronouns[fold].subject)
        small = small or fold in lex.speech.determiners or finite(fold, lex)
        return not (small or fold in lex.dating or fold.isdigit() or fold in lex.hypothetical or fold in lex.speech.time_prepositions)

    def _speaker(self, chain_index: int, mention: tuple[int, int] | None) -> Speaker:
        chain = self.chains[chain_index]
        text = self.words.text[slice(*mention)] if mention else ""
        if mention and not chain.full and chain.name and (whole := self._whole(mention)) is not None:
            chain.name = whole if chain.name.lower() == text.lower() else chain.name
            chain.call(whole)
        names = list(dict.fromkeys((*chain.surfaces, *([text] if text and text.lower() not in self.lex.pronouns else []))))
        if self.lex.speech.articles:
            names += self._with_article(chain, mention)
        if self.lex.speech.articles and not chain.full:
            names += [plain for name in names for plain in _plain_names(name, self.lex) if plain not in names]
        elif self.lex.speech.linked_names:
            names += self._titled(chain)
        aliases = [n for n in dict.fromkeys(names) if n != chain.name]
        if len(chain.full) > 1 and chain.name:
            surname = chain.name.split()[-1]
            if surname not in aliases:
                aliases.insert(0, surname)
        return Speaker(chain.name, tuple(aliases), mention, chain.role_text, chain.type, chain.gender)


def _is_cue(words: Words, k: int, last: int, lex: Lexicon) -> bool:
    """Whether a verb of saying begins here."""
    found = lex.cues.at(words.folds, k, min(last, len(words.starts)))
    return found is not None and found[1].cue.frame in ("verb", "state")


def _initials(chain: Chain) -> str:
    """The initials of a full name; what is one word has none."""
    return "".join(token[0] for token in chain.full).upper() if len(chain.full) > 1 else "-"


def _stand_in(speaker: Speaker, quotation: Quotation) -> Span | None:
    """The mention of a speaker who is not named beside the cue: of a source phrase its own words ("demnach", "eigenen Angaben zufolge")."""
    if "/source-phrase" not in quotation.rule or quotation.cue is None:
        return speaker.mention
    low = (quotation.speaker or quotation.cue)[0]
    return (low, quotation.cue[0]) if low < quotation.cue[0] else quotation.cue


def _plain_names(name: str, lex: Lexicon) -> list[str]:
    """A described speaker without article, and without complement: "nurse at the hospital", "nurse"."""
    words = name.split()
    small = {*lex.speech.articles, *lex.speech.possessives, *lex.speech.indefinite, *lex.speech.quantifiers}
    while len(words) > 1 and (words[0].lower() in small or (lex.speech.nouns_capital and words[0][0].islower())):
        words = words[1:]
    ends = {*lex.speech.articles, *lex.speech.genitive_links}
    cut = next((k for k, w in enumerate(words) if k and (w.lower() in lex.prepositions or w.lower() in ends)), len(words))
    head = name.split()[: len(name.split()) - len(words) + 1] if lex.speech.noun_first else words[:cut]
    return list(dict.fromkeys((" ".join(words), " ".join(words[:cut]), " ".join(head), head[-1])))
