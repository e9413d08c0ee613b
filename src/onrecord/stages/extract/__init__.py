"""What is said: from cues, quotation marks and their frames to quotations, each with the region in which its speaker stands."""

from __future__ import annotations

import bisect

import msgspec

from onrecord.knowledge.lexicon import Lexicon, lexicon
from onrecord.knowledge.schema import Language
from onrecord.records import ARTICLE_ROLES, Article, Kind, Mention, Quotation, Sentence, Span
from onrecord.stages.extract.asides import open_asides
from onrecord.stages.extract.cues import Hit, find_cues
from onrecord.stages.extract.dashes import join_dashed
from onrecord.stages.extract.frames import DASHES, FRAMES, Draft, Range, Scene, source_phrase
from onrecord.stages.extract.quotes import pair_quotes
from onrecord.stages.extract.replies import Reply, find_replies
from onrecord.tokens import Words

LONGEST_DATELINE = 12  # tokens
LONGEST_SENTENCE = 1_000  # tokens; what goes on longer is no sentence
SUBJUNCTIVE_REACH = 18  # tokens of a sentence within which its main verb stands
MOST_QUOTES = 60  # in one sentence; a sentence with more is no sentence
MOST_CUES = 30
FEWEST_QUOTED_WORDS = 5  # of a quotation that stands alone, without a cue
TITLE_WORDS = 4  # a quoted piece of at most so many words that opens with a capital is a name or a title
HEADLINE_SPEAKER_TOKENS = 9


def extract(article: Article, sentences: tuple[Sentence, ...], mentions: tuple[Mention, ...], words: Words, language: Language) -> tuple[Quotation, ...]:
    """All quotations of the article in order of their sentences; nothing in junk blocks."""
    lex = lexicon(language.code)
    pairs = pair_quotes(article.text, tuple(b for b in article.blocks if b.role in ARTICLE_ROLES))
    quotes = [(words.at(a), words.at(b)) for a, b in pairs]
    ends = {words.at(m.start): words.at(m.end) for m in mentions}
    replies = find_replies(article, words, lex)
    found: list[Quotation] = []
    before: Sentence | None = None
    if lex.speech.bare_clause:
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
        if before is None or "\n" in article.text[before.end : sentence.start]:
            unclaimed = []
        if made and lex.first_person:
            made[0] = _with_speech_before(made[0], unclaimed, words, lex)
        unclaimed = [] if made or scene.hits or scene.quotes else [*unclaimed, sentence]
        found += made
        before = sentence
    return tuple(join_dashed(article, sentences, found, words, lex) if language.code not in ("en", "de") else found)


def _with_their_cues(sentences: tuple[Sentence, ...], words: Words, closed: set[int], lex: Lexicon) -> tuple[Sentence, ...]:
    """The sentences, with a cue that follows a quoted question joined to it: "Who ordered this?" the mayor asked."""
    import msgspec

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


def _with_speech_before(quotation: Quotation, unclaimed: list[Sentence], words: Words, lex: Lexicon) -> Quotation:
    """Speech without marks that its cue closes sentences later: "Очакваме … Държим връзка … Уверявам ви, заяви X": told in the first person."""
    if not quotation.rule.endswith("/clause-cue-speaker"):
        return quotation
    start, stretch = quotation.content[0][0], [quotation.content[0]]
    for sentence in reversed(unclaimed):
        stretch.append((sentence.start, sentence.end))
        start = sentence.start
    if not any(_first_person(words, span, lex) for span in stretch):
        return quotation
    return msgspec.structs.replace(quotation, content=((start, quotation.content[0][1]), *quotation.content[1:]))


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
        quotation = _quotation(scene, sentence, hit, draft, before, lex)
        if quotation is None or (draft.looks_back and before is not None and _spoken(before, told)):
            continue
        if draft.shares_subject and index_of_cue:
            quotation = _with_after(quotation, len(told) + max(index_of_cue.values()))
        index_of_cue[index] = len(made)
        made.append(quotation)
        used += draft.content
    if not made:
        made += _without_cue(scene, sentence, before, told, lex)
        if made and before is not None and _joins(made[0], before, sentence, told, scene.words):
            told[-1] = msgspec.structs.replace(told[-1], content=(*told[-1].content, *made[0].content), quoted=(*told[-1].quoted, *made[0].quoted))
            return []
    return made


def _joins(alone: Quotation, before: Sentence, sentence: Sentence, told: list[Quotation], words: Words) -> bool:
    """Whether a quotation without a cue goes on with the one whose cue closed the sentence before, in the same block."""
    if not alone.rule.endswith("/quotation-alone") or not told or told[-1].kind != "direct" or told[-1].cue is None:
        return False
    return before.start <= told[-1].cue[0] < before.end and "\n" not in words.text[before.end : sentence.start]


def _spoken(before: Sentence, told: list[Quotation]) -> bool:
    """Whether the sentence before has statements with cues of their own, so that looking back at it tells nothing new."""
    return any(before.start <= q.content[0][0] < before.end and q.cue and not q.rule.endswith("/thought") for q in told[-MOST_CUES:])


def _draft(scene: Scene, index: int, used: list[Range]) -> Draft | None:
    if scene.hits[index].cue.frame == "source":
        return source_phrase(scene, index)
    if scene.hits[index].cue.frame == "back":
        return None
    for frame in FRAMES:
        draft = frame(scene, index)
        around = draft is not None and scene.lex.speech.bare_clause and draft.rule.startswith("clause-cue")
        if draft is not None and (draft.looks_back or around or not _retold(draft, used)):
            return draft
    return None


def _retold(draft: Draft, used: list[Range]) -> bool:
    """Whether the draft tells again, or takes in, what an earlier cue already told: two cues never share their words side by side."""
    return any(a < d and c < b and not (c <= a and b <= d) for a, b in draft.content for c, d in used)


def _with_after(quotation: Quotation, after: int) -> Quotation:
    return msgspec.structs.replace(quotation, after=after)


def _quotation(scene: Scene, sentence: Sentence, hit: Hit | None, draft: Draft, before: Sentence | None, lex: Lexicon) -> Quotation | None:
    words = scene.words
    if draft.looks_back:
        if before is None or (before.role == "headline") != (sentence.role == "headline"):
            return None
        ranges: tuple[Range, ...] = (words.range(before.start, before.end),)
    else:
        ranges = draft.content
    content = tuple(s for s in (trim(words, a, b) for a, b in ranges) if s is not None)
    if not content:
        return None
    kind, quoted = kind_of(scene, content) if not draft.looks_back else ("indirect", ())
    thought = "/thought" if hit is not None and hit.cue.strength == "think" else ""
    region = words.span(*draft.region) if draft.region[1] > draft.region[0] else None
    return Quotation(
        content=content, kind=kind, where="headline" if sentence.role == "headline" else "body", rule=f"{lex.code}/{draft.rule}{thought}",
        cue=words.span(hit.first, hit.last) if hit else None, quoted=quoted, speaker=region,
        gender=hit.form.gender if hit else None, number=hit.form.number if hit else None, confidence=draft.confidence,
    )  # fmt: skip


def after_dateline(words: Words, first: int, last: int) -> int:
    """The token behind a dateline, "LIMA (Agency) – ", "Токіо, 5 травня. –"; the first one where there is none."""
    for k in range(first + 1, min(last - 3, first + LONGEST_DATELINE)):
        if words.folds[k] in DASHES and words.text[words.starts[k] - 1].isspace():
            head = range(first, k)
            bracket = any(words.folds[m] == "(" for m in head)
            capitals = sum(words.capital(m) and words.text[words.starts[m] : words.ends[m]].isupper() for m in head)
            names = all(words.capital(m) or not words.is_word(m) or words.folds[m].isdigit() for m in head)
            return k + 1 if names and (bracket or capitals) and not any(words.folds[m] in '«„“"' for m in head) else first
        if not (words.capital(k) or not words.is_word(k) or words.folds[k].isdigit()):
            return first
    return first


def trim(words: Words, first: int, last: int) -> Span | None:
    """The span of the tokens without punctuation and marks at its edges; a mark stays where its partner stands inside."""
    while first < last and not words.is_word(first):
        fold = words.folds[first]
        if fold in '«„“"' and any(words.folds[k] in '»“”"' for k in range(first + 1, last - 1)) and not _wraps(words, first, last):
            break
        if (fold in "([$€£#@+−-" and fold not in DASHES and first + 1 < last and fold != "(") or (fold == "(" and ")" in words.folds[first:last]):
            break
        first += 1
    while last > first and not words.is_word(last - 1):
        fold = words.folds[last - 1]
        if fold in '»“”"' and any(words.folds[k] in '«„“"' for k in range(first, last - 1)):
            break
        if fold in ")]%°" and (fold != ")" or "(" in words.folds[first:last]):
            break
        last -= 1
    return words.span(first, last) if last > first else None


def _wraps(words: Words, first: int, last: int) -> bool:
    """Whether the mark at `first` is closed by the last token of the stretch."""
    inner = [k for k in range(first + 1, last) if words.folds[k] in '»“”"']
    return bool(inner) and not any(words.is_word(k) for k in range(inner[0] + 1, last))


def kind_of(scene: Scene, content: tuple[Span, ...]) -> tuple[Kind, tuple[Span, ...]]:
    """Direct where all words stand in quotation marks, mixed where some do that are no title, and the quoted spans."""
    words = scene.words
    inside = outside = 0
    quoted: list[Span] = []
    for start, end in content:
        first, last = words.range(start, end)
        for a, b in scene.quotes:
            low, high = max(a, first), min(b, last)
            if low < high:
                span = trim(words, low + (low == a), high - (high == b))
                if span is not None and not _is_title(words, span, whole=(a <= first and last <= b)):
                    quoted.append(span)
        for k in range(first, last):
            if words.is_word(k):
                if any(a < k < b for a, b in scene.quotes):
                    inside += 1
                else:
                    outside += 1
    if inside and not outside:
        return "direct", tuple(quoted) or content
    return ("mixed", tuple(quoted)) if quoted else ("indirect", ())


def _is_title(words: Words, span: Span, *, whole: bool) -> bool:
    first, last = words.range(*span)
    return not whole and last - first <= TITLE_WORDS and words.capital(first)


def _without_cue(scene: Scene, sentence: Sentence, before: Sentence | None, told: list[Quotation], lex: Lexicon) -> list[Quotation]:
    """Headlines with a colon or a dash, replies opened by a dash, and quotations that stand alone."""
    if sentence.role in ("headline", "subhead"):
        return _headline(scene, sentence, lex)
    if scene.quotes and (labelled := _labelled(scene, sentence, lex)) is not None:
        return [labelled]
    if scene.words.folds[scene.first : scene.first + 1] and scene.quotes:
        a, b = scene.quotes[0]
        count = sum(scene.words.is_word(k) for k in range(a, b))
        outside = sum(scene.words.is_word(k) for k in range(scene.first, scene.last)) - sum(scene.words.is_word(k) for q in scene.quotes for k in range(*q))
        if not outside and count >= FEWEST_QUOTED_WORDS:
            return _alone(scene, sentence, told, lex)
        if introduced := _introduced(scene, sentence, lex):
            return introduced
    return _goes_on(scene, sentence, before, told, lex)


def _introduced(scene: Scene, sentence: Sentence, lex: Lexicon) -> list[Quotation]:
    """La maire se veut rassurante : « … »: a colon opens the quotation that ends the sentence, and somebody stands before it."""
    words = scene.words
    a, b = scene.quotes[-1]
    named = any(k in scene.mention_ends for k in range(scene.first, a))
    if words.folds[a - 1] != ":" or not named or sum(words.is_word(k) for k in range(a, b)) < FEWEST_QUOTED_WORDS:
        return []
    if any(words.is_word(k) for k in range(b, scene.last)):
        return []
    draft = Draft(((a + 1, b - 1),), (scene.first, a), "speaker-colon-quotation", 0.6)
    quotation = _quotation(scene, sentence, None, draft, None, lex)
    return [quotation] if quotation else []


def _goes_on(scene: Scene, sentence: Sentence, before: Sentence | None, told: list[Quotation], lex: Lexicon) -> list[Quotation]:
    """A sentence whose verb shows that it is reported, behind a statement in the same paragraph: "Die Lage sei ernst." (Konjunktiv I)."""
    if not lex.subjunctive or before is None or not told or "\n" in scene.words.text[before.end : sentence.start]:
        return []
    if not any(before.start <= x < before.end for a, b in told[-1].content for x in (a, b - 1)):
        return []
    if not any(scene.words.folds[k] in lex.subjunctive for k in range(scene.first, min(scene.last, scene.first + SUBJUNCTIVE_REACH))):
        return []
    draft = Draft(((scene.first, scene.last),), (scene.first, scene.first), "subjunctive-goes-on", 0.65)
    quotation = _quotation(scene, sentence, None, draft, None, lex)
    return [_with_after(quotation, len(told) - 1)] if quotation else []


def _labelled(scene: Scene, sentence: Sentence, lex: Lexicon) -> Quotation | None:
    """Галан: «…» / Мер у відповідь: «…»: a sentence that opens with a mention and ends in the quotation behind its colon."""
    words = scene.words
    a, b = scene.quotes[0]
    if a - 1 <= scene.first or words.folds[a - 1] != ":" or a - scene.first > HEADLINE_SPEAKER_TOKENS + 3 or scene.first not in scene.mention_ends:
        return None
    if any(words.is_word(k) for k in range(b, scene.last)):
        return None
    draft = Draft(((a + 1, b - 1),), (scene.first, a - 1), "label-quotation", 0.7)
    return _quotation(scene, sentence, None, draft, None, lex)


def _alone(scene: Scene, sentence: Sentence, told: list[Quotation], lex: Lexicon) -> list[Quotation]:
    draft = Draft(tuple((a + 1, b - 1) for a, b in scene.quotes), (scene.first, scene.first), "quotation-alone", 0.6)
    quotation = _quotation(scene, sentence, None, draft, None, lex)
    if quotation is None:
        return []
    return [_with_after(quotation, len(told) - 1)] if told else [quotation]


def _names_speaker(scene: Scene, colon: int) -> bool:
    """Whether a headline opens with a mention behind which, up to the colon, only a phrase with a preposition or an aside stands."""
    words, lex = scene.words, scene.lex
    k = next((m for m in range(scene.first, min(colon, scene.first + 3)) if m in scene.mention_ends), None)
    if k is None or (k > scene.first and any(words.folds[m] in lex.prepositions for m in range(scene.first, k))):
        return False
    while k < colon and k in scene.mention_ends:
        k = scene.mention_ends[k]
    return k >= colon or words.folds[k] in lex.prepositions or not words.is_word(k)


def _headline(scene: Scene, sentence: Sentence, lex: Lexicon) -> list[Quotation]:
    """Галан: … / …, – Галан / "…" - Halan."""
    words = scene.words
    if scene.quotes and scene.quotes[0][0] == scene.first and words.folds[scene.quotes[0][1] : scene.quotes[0][1] + 1] == [":"]:
        a, b = scene.quotes[0]
        draft = Draft(((a + 1, b - 1),), (b + 1, scene.last), "headline-quotation-colon", 0.65)
        quotation = _quotation(scene, sentence, None, draft, None, lex)
        return [quotation] if quotation else []
    for k in range(scene.first + 1, min(scene.last - 1, scene.first + HEADLINE_SPEAKER_TOKENS)):
        if words.folds[k] == ":" and lex.code == "fr" and not any(q[0] == k + 1 for q in scene.quotes):
            break  # "Sécheresse : …" names a topic
        if words.folds[k] == ":" and _names_speaker(scene, k):
            draft = Draft(((k + 1, scene.last),), (scene.first, k), "headline-speaker-colon", 0.7)
            quotation = _quotation(scene, sentence, None, draft, None, lex)
            return [quotation] if quotation else []
    for k in range(scene.last - 2, max(scene.first, scene.last - HEADLINE_SPEAKER_TOKENS), -1):
        spaced = words.starts[k] > 0 and words.text[words.starts[k] - 1].isspace()
        if words.folds[k] in DASHES and spaced:
            at = next((m for m in range(k + 1, min(k + 4, scene.last)) if m in scene.mention_ends), None)
            if at is not None and words.capital(k + 1) | (scene.mention_ends[at] >= scene.last - 1):
                draft = Draft(((scene.first, k),), (k + 1, scene.last), "headline-dash-speaker", 0.7)
                quotation = _quotation(scene, sentence, None, draft, None, lex)
                return [quotation] if quotation else []
            return []
    return []
