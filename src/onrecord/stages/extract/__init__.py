"""What is said: from cues, quotation marks and their frames to quotations, each with the region in which its speaker stands."""

from __future__ import annotations

import bisect
import itertools

import msgspec

from onrecord.knowledge.lexicon import Lexicon, lexicon
from onrecord.knowledge.schema import Language
from onrecord.records import ARTICLE_ROLES, Article, Mention, Quotation, Sentence, Span
from onrecord.stages.extract.asides import open_asides
from onrecord.stages.extract.before import in_closed_clause
from onrecord.stages.extract.bounds import closes_dashed, closes_over
from onrecord.stages.extract.cueless import is_hearsay, without_cue
from onrecord.stages.extract.cues import Hit, find_cues
from onrecord.stages.extract.dashes import join_dashed
from onrecord.stages.extract.dateline import after_dateline
from onrecord.stages.extract.frames import FRAMES
from onrecord.stages.extract.inner import with_inner
from onrecord.stages.extract.nouns import of_somebody
from onrecord.stages.extract.quotation import going_on_from, quotation_of
from onrecord.stages.extract.quotes import pair_quotes
from onrecord.stages.extract.replies import Reply, find_replies
from onrecord.stages.extract.scene import Draft, Range, Scene
from onrecord.stages.extract.sources import noun_clause, source_phrase
from onrecord.tokens import Words

LONGEST_SENTENCE = 1_000  # tokens; what goes on longer is no sentence
MOST_QUOTES = 60  # in one sentence; a sentence with more is no sentence
MOST_CUES = 30
CLOSING = frozenset("»”“\"›’'«")  # a quotation that ends in none of them goes on in the next paragraph
LONGEST_SPEECH = 5_000  # characters of a quotation; what is longer is two stray marks
LONGEST_MARK = 2  # characters, with the blank of « so »


def extract(article: Article, sentences: tuple[Sentence, ...], mentions: tuple[Mention, ...], words: Words, language: Language) -> tuple[Quotation, ...]:
    """All quotations of the article in order of their sentences; nothing in junk blocks."""
    lex = lexicon(language.code)
    pairs = pair_quotes(article.text, tuple(b for b in article.blocks if b.role in ARTICLE_ROLES), lex.clipped)
    quotes = [(words.at(a), words.at(b)) for a, b in pairs]
    begins = [words.at(m.start) for m in mentions]
    ends = {begin: words.at(m.end) for begin, m in zip(begins, mentions, strict=True)}
    running = {b: a for a, b in pairs if article.text[b - 1] not in CLOSING}
    sentences = _whole(sentences, {b: a for a, b in pairs if b - a <= LONGEST_SPEECH})
    replies = find_replies(article, words, lex, quotes, {begin for begin, m in zip(begins, mentions, strict=True) if m.form != "pronoun"})
    found: list[Quotation] = []
    before: Sentence | None = None
    sentences = _with_their_cues(sentences, words, set(b for _, b in quotes), lex)
    unclaimed: list[Sentence] = []  # sentences of this block, up to here, in which nobody is said to speak
    reply = iter(replies)
    current = next(reply, None)
    for sentence in sentences:
        while current is not None and sentence.start >= current.span[1]:
            current = next(reply, None)
        if current is not None and current.span[0] <= sentence.end and sentence.start < current.span[1]:
            if sentence.start <= current.span[0] < sentence.end:
                found += _reply(current, found, lex)
            before = sentence
            continue
        scene = _scene(words, sentence, quotes, ends, lex)
        made = _read_sentence(scene, sentence, before, found, lex)
        if not made and _heads_on(scene, sentence, before, found):
            found[-1] = msgspec.structs.replace(found[-1], content=((found[-1].content[0][0], len(article.text[: sentence.end].rstrip(" .!"))),))
        if before is None or "\n" in article.text[before.end : sentence.start]:
            unclaimed = []
        if made:
            fresh = not found or "\n" in article.text[found[-1].content[-1][1] : sentence.start]
            made[0] = _with_speech_before(made[0], unclaimed, words, lex, fresh=fresh)
            _leave_out_inside(found, made[0])
        if (made or scene.hits or scene.quotes) and not _is_hearsay(made):
            unclaimed = []
        else:
            unclaimed.append(sentence)
        made = _resumed(made, sentence, before, found, running, words)
        found += made
        before = sentence
    told = join_dashed(article, sentences, found, words, lex) if lex.speech.dashed_speech else found
    return tuple(with_inner(told, [r.content for r in replies], sentences, quotes, ends, words, lex))


def _whole(sentences: tuple[Sentence, ...], speech: dict[int, int]) -> tuple[Sentence, ...]:
    """The sentences, with those joined that stand in one quotation: a long one, or one that its paragraph does not close."""
    joined: list[Sentence] = []
    ends = sorted(speech)
    for sentence in sentences:
        at = bisect.bisect_left(ends, sentence.end)
        if joined and at < len(ends) and speech[ends[at]] < joined[-1].end <= sentence.start and speech[ends[at]] >= joined[-1].start:
            joined[-1] = msgspec.structs.replace(joined[-1], end=sentence.end)
        else:
            joined.append(sentence)
    return tuple(joined)


def _resumed(
    made: list[Quotation], sentence: Sentence, before: Sentence | None, told: list[Quotation], running: dict[int, int], words: Words
) -> list[Quotation]:
    """What a paragraph tells; where it opens with a mark behind a paragraph that did not close its own, that goes on: one statement over both."""
    opens = made and before is not None and told and made[0].kind == told[-1].kind == "direct" and made[0].content[0][0] - sentence.start <= LONGEST_MARK
    if not opens or before is None or not (running.get(before.end, len(words.text)) < told[-1].content[-1][1] <= before.end):
        return made
    first, whole = made[0], told[-1]
    if first.cue is not None and whole.cue is not None:
        return made
    content, quoted = (*whole.content, *first.content), (*whole.quoted, *first.quoted)
    told[-1] = msgspec.structs.replace(whole if first.cue is None else first, content=content, quoted=quoted)
    return [q if q.after is None or q.after < len(told) else going_on_from(q, q.after - 1) for q in made[1:]]


def _with_their_cues(sentences: tuple[Sentence, ...], words: Words, closed: set[int], lex: Lexicon) -> tuple[Sentence, ...]:
    """The sentences, with a cue that follows a quoted question joined to it: "Who ordered this?" the mayor asked."""
    joined: list[Sentence] = []
    for sentence in sentences:
        before = joined[-1] if joined else None
        if before is not None and before.role == sentence.role and words.text[before.end : sentence.start] in (" ", "  "):
            first, last = words.range(sentence.start, sentence.end)
            asked = first in closed and first > 1 and words.folds[first - 2] in "?!…"
            if asked and _only_cue(words, first, last, lex):
                joined[-1] = msgspec.structs.replace(before, end=sentence.end)
                continue
        joined.append(sentence)
    return tuple(joined)


def _only_cue(words: Words, first: int, last: int, lex: Lexicon) -> bool:
    """Whether a short subject and its cue open the words."""
    for k in range(first, min(last, first + 7)):
        found = lex.cues.at(words.folds, k, last)
        if found:
            cue = found[1].cue
            return cue.frame == "verb" and "quote" in cue.takes and (found[0] >= last or words.folds[found[0]] not in lex.that)
        if not words.is_word(k):
            return False
    return False


def _reply(reply: Reply, told: list[Quotation], lex: Lexicon) -> list[Quotation]:
    """A block that is said as a whole: an interview's reply, a point of a list, a line under a speaker's name."""
    if reply.question:
        return []
    return [
        Quotation(
            content=(reply.content,), kind="indirect" if reply.rule == "thesis" else "direct", where="body", rule=f"{lex.code}/{reply.rule}",
            speaker=reply.speaker, after=len(told) - 1 if reply.rule == "thesis" and reply.speaker is None and told else None, confidence=0.6,
        )
    ]  # fmt: skip


def _with_speech_before(quotation: Quotation, unclaimed: list[Sentence], words: Words, lex: Lexicon, *, fresh: bool) -> Quotation:
    """Speech without marks that its cue closes sentences later: "Очакваме … Държим връзка … Уверявам ви, заяви X": told in the first person; in a
    `fresh` paragraph, in which nobody has spoken, from the first sentence in which somebody speaks of himself."""
    if not quotation.rule.endswith("/clause-cue-speaker"):
        return quotation
    stretch = [quotation.content[0], *((s.start, s.end) for s in reversed(unclaimed))]
    own = [k for k, span in enumerate(stretch) if not lex.subjunctive and _first_person(words, span, lex)]
    if not own:
        stretch = list(itertools.takewhile(lambda span: _reported(words, span, lex), stretch))
    elif fresh:
        stretch = stretch[: own[-1] + 1]
    start = stretch[-1][0] if stretch else quotation.content[0][0]
    return msgspec.structs.replace(quotation, content=((start, quotation.content[0][1]), *quotation.content[1:]))


def _is_hearsay(made: list[Quotation]) -> bool:
    return bool(made) and made[0].rule.endswith("/hearsay-goes-on")


def _leave_out_inside(told: list[Quotation], whole: Quotation) -> None:
    """Sentences of hearsay are no statements of their own where a cue behind them turns out to say whose they are."""
    for k in range(len(told) - 1, -1, -1):
        if not told[k].rule.endswith("/hearsay-goes-on") or told[k].content[0][0] < whole.content[0][0]:
            break
        told[k] = msgspec.structs.replace(told[k], confidence=0.0)


def _reported(words: Words, span: Span, lex: Lexicon) -> bool:
    """Whether the form of a verb shows that somebody told it: "Моторът бил стар."."""
    return any(is_hearsay(words, k, lex, closed=True) for k in range(*words.range(*span)))


def _first_person(words: Words, span: Span, lex: Lexicon) -> bool:
    """Whether somebody speaks of himself there."""
    endings = lex.first_person_endings
    return any(words.folds[k] in lex.first_person or (endings and words.folds[k].endswith(endings)) for k in range(*words.range(*span)))


def _scene(words: Words, sentence: Sentence, quotes: list[Range], ends: dict[int, int], lex: Lexicon) -> Scene:
    first, last = words.range(sentence.start, sentence.end)
    last = min(last, first + LONGEST_SENTENCE)
    first = after_dateline(words, first, last)
    opens = bisect.bisect_left(quotes, (first, 0))
    opens -= opens > 0 and quotes[opens - 1][1] > first
    closes = bisect.bisect_left(quotes, (last, 0))
    mine = tuple((max(a, first), min(b, last)) for a, b in quotes[opens:closes][:MOST_QUOTES])
    mine = open_asides(words, mine, lex)
    hits = tuple(find_cues(words, first, last, list(mine), lex)[:MOST_CUES])
    return Scene(words, lex, first, last, mine, hits, ends)


def _read_sentence(scene: Scene, sentence: Sentence, before: Sentence | None, told: list[Quotation], lex: Lexicon) -> list[Quotation]:
    made: list[Quotation] = []
    used: list[Range] = []
    index_of_cue: dict[int, int] = {}
    for index, hit in enumerate(scene.hits):
        draft = _draft(scene, index, used)
        if draft is None:
            continue
        if draft.shares_subject and not index_of_cue:
            draft = draft._replace(region=(scene.first, draft.region[1]))  # the cue it shares its subject with told nothing
        quotation = quotation_of(scene, sentence, hit, draft, before, lex)
        if quotation is None:
            continue
        if draft.looks_back and before is not None and _spoken(before, told):
            if not _passed_on(before, told[-1], scene.words, lex):
                continue
            quotation = msgspec.structs.replace(quotation, content=told[-1].content)  # "Як повідомляв Вісник, … . Про це розповів Галан"
        elif draft.looks_back and before is not None and told and told[-1].cue is None and told[-1].content[0][0] - before.start in (0, 1):
            alone = told.pop()  # "„…“. Това каза Галан"
            quotation = msgspec.structs.replace(quotation, content=alone.content, kind=alone.kind, quoted=alone.quoted)
        if draft.shares_subject and index_of_cue:
            quotation = going_on_from(quotation, len(told) + _subject_of(hit, index_of_cue, scene, made))
        index_of_cue[index] = len(made)
        made.append(quotation)
        used += draft.content
    if not made:
        made += without_cue(scene, sentence, before, told, lex)
        if made and before is not None and _joins(made[0], before, sentence, told, scene.words):
            told[-1] = msgspec.structs.replace(told[-1], content=(*told[-1].content, *made[0].content), quoted=(*told[-1].quoted, *made[0].quoted))
            return []
        if made and before is not None and _runs_on(made[0], before, sentence, told, scene.words):
            told[-1] = _with_next(told[-1], made[0])
            return []
    return made


def _subject_of(hit: Hit, index_of_cue: dict[int, int], scene: Scene, made: list[Quotation]) -> int:
    """Which of the sentence's statements has the subject that a cue shares: the last whose cue has its gender and does not stand inside another."""
    cues = sorted(index_of_cue, reverse=True)
    outer = [c for c in cues if not any(_holds(q, scene.words.starts[scene.hits[c].first]) for q in made)]
    alike = [c for c in outer or cues if scene.hits[c].form.gender == hit.form.gender]
    return index_of_cue[(alike or outer or cues)[0]]


def _holds(quotation: Quotation, offset: int) -> bool:
    return any(a <= offset < b for a, b in quotation.content)


def _joins(alone: Quotation, before: Sentence, sentence: Sentence, told: list[Quotation], words: Words) -> bool:
    """Whether a quotation without a cue goes on with the one whose cue closed the sentence before, in the same block."""
    if not alone.rule.endswith("/quotation-alone") or not told or told[-1].kind != "direct" or told[-1].cue is None:
        return False
    return before.start <= told[-1].cue[0] < before.end and "\n" not in words.text[before.end : sentence.start]


def _runs_on(reported: Quotation, before: Sentence, sentence: Sentence, told: list[Quotation], words: Words) -> bool:
    """Whether a sentence that is reported without a cue follows another such one in its paragraph: one statement of several sentences."""
    if "/subjunctive-" not in reported.rule or not told or "/subjunctive-" not in told[-1].rule:
        return False
    return before.start <= told[-1].content[-1][1] - 1 < before.end and "\n" not in words.text[before.end : sentence.start]


def _with_next(told: Quotation, further: Quotation) -> Quotation:
    """A statement that goes on over the next sentence, as one stretch."""
    stretch = (*told.content[:-1], (told.content[-1][0], further.content[-1][1]))
    kind = told.kind if told.kind == further.kind == "indirect" else "mixed"
    return msgspec.structs.replace(told, content=stretch, quoted=(*told.quoted, *further.quoted), kind=kind)


def _heads_on(scene: Scene, sentence: Sentence, before: Sentence | None, told: list[Quotation]) -> bool:
    """Whether a headline's second sentence goes on with what stands behind its colon: nobody is named in it, "Wójt: most stoi. Będzie nowy"."""
    if before is None or not told or not sentence.role == before.role == "headline" or "\n" in scene.words.text[before.end : sentence.start]:
        return False
    opened = told[-1].rule.endswith(("/headline-speaker-colon", "/speaker-cue-colon")) and told[-1].content[-1][1] >= before.end - 1
    return opened and not any(k in scene.mention_ends for k in range(scene.first, scene.last)) and scene.words.text[sentence.end - 1] != "?"


def _spoken(before: Sentence, told: list[Quotation]) -> bool:
    """Whether the sentence before has statements with cues of their own, so that looking back at it tells nothing new."""
    mine = (q for q in told[-MOST_CUES:] if before.start <= q.content[0][0] < before.end and q.cue)
    return any(not q.rule.endswith(("/thought", "/cue-noun", "/cue-preposition-noun")) for q in mine)


def _passed_on(before: Sentence, quotation: Quotation, words: Words, lex: Lexicon) -> bool:
    """Whether an agency passes on what the sentence before tells."""
    if "/as-cue-speaker" not in quotation.rule or not quotation.speaker or not quotation.cue or not before.start <= quotation.content[0][0] < before.end:
        return False
    return words.text[quotation.cue[1] : quotation.speaker[1]].strip(" ,").casefold() in lex.agencies


def _draft(scene: Scene, index: int, used: list[Range]) -> Draft | None:
    if scene.hits[index].cue.frame == "source":
        return source_phrase(scene, index)
    if scene.hits[index].cue.frame == "noun":
        return noun_clause(scene, index)
    if scene.hits[index].cue.frame == "back":
        return None
    if of_somebody(scene, index):
        return None
    passes = scene.words.folds[scene.hits[index].first] in scene.lex.reporting
    holds = scene.lex.speech.subject_first or (closes_dashed(scene, scene.hits[index]) and not passes) or closes_over(scene, scene.hits[index])
    holds = holds or any(in_closed_clause(scene, h, scene.hits[index].first - 1) for h in scene.hits[:index])
    for frame in FRAMES:
        draft = frame(scene, index)
        around = draft is not None and holds and draft.rule.startswith("clause-cue")
        if draft is not None and (draft.looks_back or around or not _retold(draft, used)):
            return draft
    return None


def _retold(draft: Draft, used: list[Range]) -> bool:
    """Whether the draft tells again, or takes in, what an earlier cue already told: two cues never share their words side by side."""
    return any(a < d and c < b and not (c <= a and b <= d) for a, b in draft.content for c, d in used)
