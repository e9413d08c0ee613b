"""Whose words they are: from quotations and mentions to statements, each with its speaker or the reason why there is none."""

from __future__ import annotations

import bisect

import msgspec

from onrecord.knowledge.lexicon import Lexicon, lexicon
from onrecord.knowledge.schema import Language
from onrecord.records import Article, Hints, Mention, Quotation, Sentence, Speaker, Statement
from onrecord.stages.attribute.chain import Chain
from onrecord.stages.attribute.chains import build_chains
from onrecord.stages.attribute.memory import NO_NOUN, Memory
from onrecord.stages.attribute.names import forms_match
from onrecord.stages.attribute.statements import by_the_article, merge, nest, statement
from onrecord.tokens import Words

NEAR_CHARS = 80  # within which a name can stand beside a cue
PASSING_FRAMES = ("clause-cue-speaker", "as-cue-speaker")
LONGEST_KIND = 20  # characters of a noun before an outlet's name: "вестник"
NO_HINTS = Hints()


def attribute(
    article: Article,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    quotations: tuple[Quotation, ...],
    words: Words,
    language: Language,
    hints: Hints = NO_HINTS,
) -> tuple[tuple[Mention, ...], tuple[Statement, ...]]:
    """The mentions with their chains, and a statement for every quotation."""
    lex = lexicon(language.code)
    chains, of = build_chains(mentions, article.text, lex, hints.earlier)
    _learn_gender(quotations, mentions, chains, of)
    _learn_from_relatives(mentions, chains, of, words, lex)
    memory = Memory(sentences, mentions, chains, of, words, lex, hints)
    statements: list[Statement] = []
    speakers: list[Speaker | None] = []
    for index, quotation in enumerate(quotations):
        last = memory.last_chain, memory.last_sentence
        inside = quotation.rule.endswith("/inside")
        nested = inside or "/source-phrase-noun" in quotation.rule or (quotation.cue is not None and memory.spoken_of(quotation.cue[0]))
        speaker, reason = _speaker_of(memory, index, quotation, speakers)
        speakers.append(speaker)
        if speaker is not None and not memory.cites and _passes_on(quotation, speaker, article.text, lex):
            quotation = msgspec.structs.replace(quotation, confidence=0.0)
        if not quotation.confidence or nested or _names_nobody(quotation) or _in_passive(quotation, article.text, lex):
            memory.last_chain, memory.last_sentence = last
        nobody = speaker is None and (inside or reason == NO_NOUN or "/interview-reply" in quotation.rule or _is_impersonal(quotation, lex))
        if quotation.confidence and not nobody and not _tells_where(quotation, speaker, lex) and not _mute(quotation, speaker, article.text, lex):
            statements.append(statement(article, quotation, speaker, reason))
    chained = tuple(_chained(m, of[k], chains, lex) if of[k] >= 0 else m for k, m in enumerate(mentions))
    return chained, nest(merge(by_the_article(_less_topics(statements, lex), article)))


def _less_topics(statements: list[Statement], lex: Lexicon) -> list[Statement]:
    """The statements without headlines before whose colon a topic stands: nobody, or, where the language tells so, nobody who speaks in the body."""
    speaking = {s.speaker.name for s in statements if s.where == "body" and s.speaker is not None}
    headed = (s for s in statements if "/headline-speaker-colon" in s.rule and not (s.kind == "direct" and s.speaker is not None))
    topics = {s.id for s in headed if s.speaker is None or (lex.speech.headline_speakers_return and s.speaker.name not in speaking)}
    return [s for s in statements if s.id not in topics]


def _speaker_of(memory: Memory, index: int, quotation: Quotation, speakers: list[Speaker | None]) -> tuple[Speaker | None, str | None]:
    if quotation.rule.endswith("/inside"):
        return memory.named_inside(index, quotation)
    if _names_nobody(quotation):
        return None, "a headline that names nobody"
    return memory.speaker_of(index, quotation, speakers)


def _tells_where(quotation: Quotation, speaker: Speaker | None, lex: Lexicon) -> bool:
    """Whether a headline's colon stands behind the place of the news: "Niemcy: ruszyła budowa mostu"."""
    headed = quotation.rule.partition("+")[0].endswith("/headline-speaker-colon")
    return headed and speaker is not None and speaker.type == "place" and not lex.speech.headline_places


def _mute(quotation: Quotation, speaker: Speaker | None, text: str, lex: Lexicon) -> bool:
    """Whether one thing that no list knows is said to name another, and no tagger hears it: "Das Fest verspricht ein Feuerwerk"; where nouns show a person.
    What only somebody does, to demand or to reject, a thing that speaks for a body does."""
    thing = speaker is not None and speaker.type == "group" and quotation.number != "pl" and bool(lex.speech.person_endings)
    if not thing or quotation.cue is None or quotation.kind != "indirect" or not quotation.rule.endswith(("/cue-noun", "/looking-back")):
        return False
    cue = text[slice(*quotation.cue)].lower().split()
    found = lex.cues.at(cue, 0, len(cue))
    return found is not None and found[1].cue.strength == "say"


def _passes_on(quotation: Quotation, speaker: Speaker, text: str, lex: Lexicon) -> bool:
    """Whether an outlet only passes on what the page tells: "Цената падна, съобщи Ройтерс", "Як повідомляє видання Вісник, …"."""
    if not lex.only_pass_on or quotation.kind == "direct" or quotation.rule.split("/")[1].removesuffix("+tagger") not in PASSING_FRAMES:
        return False
    if any(name.casefold() in lex.agencies for name in (speaker.name, *speaker.aliases)):
        return True
    if speaker.mention is None or speaker.type == "person":
        return False
    if text[max(0, speaker.mention[0] - LONGEST_KIND) : speaker.mention[0]].rstrip(' «„“"').lower().endswith(lex.speech.citing or ("\n",)):
        return False  # an outlet has it from there
    if quotation.cue is not None and text[slice(*quotation.cue)].lower() in lex.writing:
        return True
    before = text[max(0, speaker.mention[0] - LONGEST_KIND) : speaker.mention[0]].rstrip(' «„“"').lower().split()[-1:]
    return any(word.lower() in lex.outlet_kinds for word in (*before, *text[slice(*speaker.mention)].split()[:3]))


def _is_impersonal(quotation: Quotation, lex: Lexicon) -> bool:
    """Whether a word before the cue shows that it has no subject, so that only a document or a body beside it speaks: "se concluyó"."""
    return bool(lex.speech.impersonals) and quotation.cue is not None and quotation.gender == "n" and quotation.number is None


def _in_passive(quotation: Quotation, text: str, lex: Lexicon) -> bool:
    """Whether who speaks stands behind a passive, so that the text goes on about whom it was told: "Holt was warned by an officer that …"."""
    return quotation.cue is not None and text[slice(*quotation.cue)].lower().split()[-1] in lex.speech.agents


def _names_nobody(quotation: Quotation) -> bool:
    """Whether it is the quotation of a headline beside which nobody stands."""
    return "/headline-quotation" in quotation.rule and quotation.speaker is None


def _chained(mention: Mention, index: int, chains: list[Chain], lex: Lexicon) -> Mention:
    """The mention in its chain; a person's name in the nominative, as far as the chain's name shows it."""
    full, own = chains[index].name.split(), mention.name.split()
    name = mention.name
    if mention.form == "name" and mention.type == "person" and len(own) <= len(full):
        aligned = full if len(own) == len(full) else [t for t in full if len(own) == 1 and forms_match(own[0].lower(), t.lower(), lex.speech.name_endings)][-1:]
        if len(aligned) == len(own) and all(forms_match(a.lower(), b.lower(), lex.speech.name_endings) for a, b in zip(own, aligned, strict=True)):
            name = " ".join(aligned)
    return msgspec.structs.replace(mention, chain=index, name=name)


def _learn_gender(quotations: tuple[Quotation, ...], mentions: tuple[Mention, ...], chains: list[Chain], of: list[int]) -> None:
    """A cue that shows gender gives it to the name beside it: "Дюпре наголосила" makes Дюпре a woman."""
    starts = [m.start for m in mentions]
    for quotation in quotations:
        if not quotation.gender or quotation.number == "pl" or not quotation.cue:
            continue
        for k in range(bisect.bisect_left(starts, quotation.cue[0] - NEAR_CHARS), bisect.bisect_right(starts, quotation.cue[1] + 1)):
            mention = mentions[k]
            beside = mention.start - quotation.cue[1] in (0, 1) or quotation.cue[0] - mention.end in (0, 1)
            if beside and mention.form == "name" and of[k] >= 0 and chains[of[k]].gender is None and mention.type == "person":
                chains[of[k]].gender = quotation.gender


def _learn_from_relatives(mentions: tuple[Mention, ...], chains: list[Chain], of: list[int], words: Words, lex: Lexicon) -> None:
    """A relative pronoun right behind a person's name gives it its gender: "Ваня Петрова, която" is a woman."""
    for k, mention in enumerate(mentions if lex.speech.relative_nominatives else ()):
        if mention.form != "name" or mention.type != "person" or of[k] < 0 or chains[of[k]].gender is not None:
            continue
        comma = words.at(mention.end)
        shown = lex.speech.relative_nominatives.get(words.folds[comma + 1]) if words.folds[comma : comma + 1] == [","] else None
        if shown in ("m", "f"):
            chains[of[k]].gender = "m" if shown == "m" else "f"
