"""The thorough reader's second opinion: what the rules found and what the tagger sees, decoded together.

Rules know marks and frames to the letter but miss what no frame covers; the tagger sees what is said by its manner but cuts roughly. So what the
rules found stays (of weak rules, unless the tagger is sure that nothing is said there), with their borders; what only the tagger sees is added
where it is sure and sees a cue; and its word on who speaks counts where the rules find no subject. `rule` tells who found it.
"""

from __future__ import annotations

import re

import msgspec
import numpy as np

from onrecord.knowledge.lexicon import Lexicon, lexicon
from onrecord.knowledge.schema import Language
from onrecord.records import ARTICLE_ROLES, Article, Hints, Mention, Quotation, Sentence, Span
from onrecord.stages.decode import Found
from onrecord.stages.tag import Tags
from onrecord.tokens import Words

SPEECH_MARKS = re.compile('[«»„“”":]')
MOST_CHARS = 60_000  # of a page that the tagger sees: five seconds; the rest of a longer page is left to the rules
LEAST_LETTERS = 0.4  # share of a block's characters: less is a table or a wall of marks
LEAST_SUPPORT = 0.05  # mean probability of content under which a statement of a weak rule is dropped; swept 0-0.4, more loses as much as it wins
FEWEST_WORDS_ALONE = 4  # of a statement that only the tagger sees
LEAST_ALONE = 0.95  # confidence of a statement that only the tagger sees; swept 0.9-1 on Ukrainian, Bulgarian, Polish, Russian and German news
LEAST_SPOKEN = 0.3  # mean probability of content of a sentence that speech without marks goes on with
OPENS_CHARS = 40  # at the head of a sentence that tell who speaks there
OPENING = '«„“"'
SAME_OVERLAP = 0.5  # of characters, intersection / union: the same statement
AGAIN = 0.3  # share of the shorter statement's characters from which two tell the same
SMALL_WORD = 2  # letters; a description never ends with punctuation or so short a word
LEAST_LINK = 0.4  # probability from which a role or description is taken for the same as an earlier mention
LEAST_LINK_OF_PRONOUN = 0.6  # the same for a pronoun, whose gender and number the rules know
LEAST_CUE = 0.1  # probability that the cue is one, under which a statement whose content is but a noun is dropped
LEAST_EITHER = 0.2  # mean probability of content and probability of its cue, under both of which a statement that hangs on a verb is dropped
VERB_RULES = (
    "cue-noun", "cue-preposition-noun", "cue-infinitive", "cue-clause", "cue-joined-clause", "cue-question", "clause-cue-clause", "clause-cue-speaker",
    "speaker-cue-colon",
)  # fmt: skip
NOUN_RULES = ("cue-noun", "cue-preposition-noun")
WEAK_RULES = ("cue-noun", "cue-preposition-noun", "quotation-alone", "cue-bare-clause", "headline-speaker-colon")


def passages(article: Article, words: Words, language: Language) -> list[Span]:
    """The blocks in which something may be said: those with a quotation mark, a colon or a cue; no more of a page than an article can be."""
    lex = lexicon(language.code)
    spans: list[Span] = []
    room = MOST_CHARS
    for block in article.blocks:
        if block.role not in ARTICLE_ROLES:
            continue
        text = article.text[block.start : block.end]
        first, last = words.range(block.start, block.end)
        letters = sum(map(str.isalpha, text)) >= LEAST_LETTERS * len(text)
        if letters and len(text) <= room and (SPEECH_MARKS.search(text) or _may_say(words, first, last, lex)):
            spans.append((block.start, block.end))
            room -= len(text)
    return spans


def silent(article: Article, spans: list[Span]) -> list[Span]:
    """The other blocks of the article proper, for the names in them; no more of a page than an article can be."""
    found: list[Span] = []
    room = MOST_CHARS - sum(b - a for a, b in spans)
    for block in article.blocks:
        if block.role in ARTICLE_ROLES and (block.start, block.end) not in spans and block.end - block.start <= room:
            found.append((block.start, block.end))
            room -= block.end - block.start
    return found


def _may_say(words: Words, first: int, last: int, lex: Lexicon) -> bool:
    """Whether a cue stands in the block; nouns, and small words that are cues only before somebody ("pour Anne Vasseur, …"), are too many."""
    found = (lex.cues.at(words.folds, k, last) for k in range(first, last))
    real = (cue[1].cue for cue in found if cue is not None)
    return any(not (cue.frame == "noun" and cue.takes) and "named" not in cue.takes for cue in real)


def combine(
    quotations: tuple[Quotation, ...], found: tuple[Found, ...], tags: Tags, article: Article, sentences: tuple[Sentence, ...]
) -> tuple[Quotation, ...]:
    """The quotations of both, in the order of the text. Those that the tagger overrules stay with confidence 0, for others go on from them."""
    merged: list[Quotation] = []
    taken: set[int] = set()
    lex = lexicon(article.language)
    for whole in quotations:
        quotation = _while_spoken(whole, tags, article.text, sentences)
        best, overlap = _best_match(quotation.content, found)
        if _overruled(quotation, tags):
            merged.append(msgspec.structs.replace(quotation, confidence=0.0))
            continue
        if best is not None and overlap >= SAME_OVERLAP:
            taken.add(best)
            merged.append(_agreed(quotation, found[best]))
        else:
            merged.append(quotation)
    headlines = [s for s in sentences if s.role == "headline"]
    for n, one in enumerate(found):
        few = sum(int(np.diff(np.searchsorted(tags.starts, span))[0]) for span in one.content) < FEWEST_WORDS_ALONE
        if n in taken or few or one.cue is None or one.confidence < LEAST_ALONE or any(_crosses(one.content, q.content) for q in merged if q.confidence):
            continue
        if any(q.confidence and "/source-phrase" in q.rule and q.cue == one.cue and _share(q.content, one.content) == 1 for q in merged):
            continue  # one cue, one statement: the rules close it
        if _asked_or_recalled(one, article.text, sentences, lex):
            continue
        merged.append(_alone(one, headlines, article.language))
    return _sorted(merged)


def _overruled(quotation: Quotation, tags: Tags) -> bool:
    """Whether the tagger is sure that nothing is said where a rule that often errs found something, or that its verb tells no saying."""
    rule, support, cue = quotation.rule.split("/")[1], _support(quotation.content, tags), _cue_support(quotation, tags)
    if (rule in WEAK_RULES and support < LEAST_SUPPORT) or (rule in NOUN_RULES and cue < LEAST_CUE):
        return True
    return rule in VERB_RULES and max(support, cue) < LEAST_EITHER


def _cue_support(quotation: Quotation, tags: Tags) -> float:
    """Probability of the likeliest word of the cue to be one; 1 where there is none to ask about."""
    if quotation.cue is None:
        return 1.0
    low, high = np.searchsorted(tags.starts, quotation.cue)
    return float((1 - tags.cue[low:high, 0]).max()) if high > low else 1.0


def _while_spoken(quotation: Quotation, tags: Tags, text: str, sentences: tuple[Sentence, ...]) -> Quotation:
    """Speech behind a dash up to the first sentence in which the tagger sees the reporter speak again: no mark closes it."""
    if quotation.kind != "direct" or len(quotation.content) < 2 or text[quotation.content[-1][0] - 1] in OPENING:
        return quotation
    start, end = quotation.content[-1]
    inside = [s for s in sentences if start < s.start and s.end <= end + 2]
    told = next((n for n, s in enumerate(inside) if _support(((s.start, min(s.end, s.start + OPENS_CHARS)),), tags) < LEAST_SPOKEN), None)
    if told is None:
        return quotation
    stop = len(text[: inside[told].start].rstrip(" \n.!?…"))
    content = (*quotation.content[:-1], (start, stop))
    return msgspec.structs.replace(quotation, content=content, quoted=content) if stop > start else quotation


def _asked_or_recalled(found: Found, text: str, sentences: tuple[Sentence, ...], lex: Lexicon) -> bool:
    """Whether it stands in a question, or behind a word with which the outlet recalls what it wrote ("Припомняме, че"): nobody says it."""
    first = found.content[0][0]
    sentence = next((s for s in sentences if s.start <= first < s.end), None)
    asked = sentence is not None and found.kind == "indirect" and text[sentence.start : sentence.end].rstrip('»”“" ').endswith("?")
    return asked or (found.cue is not None and _no_cue(text[slice(*found.cue)].lower().split(), lex))


def _no_cue(cue: list[str], lex: Lexicon) -> bool:
    """Whether the words recall, only say who passes it on, or are listed as words that state nothing ("очаква се")."""
    listed = lex.cues.at(cue, 0, len(cue))
    hidden = listed is not None and listed[1].cue.frame == "noun" and not listed[1].cue.takes
    return hidden or " ".join(cue) in lex.speech.recalling or cue[0] in lex.speech.cited


def _crosses(one: tuple[Span, ...], told: tuple[Span, ...]) -> bool:
    """Whether a statement tells again what is told already: it shares words with it and does not wholly hold it."""
    both = _common(one, told)
    return both >= AGAIN * min(_size(one), _size(told)) and _share(told, one) < 1


def _agreed(quotation: Quotation, found: Found) -> Quotation:
    """One statement of two readings of it: the rules' borders, which marks and frames close, and the tagger's mention."""
    return msgspec.structs.replace(quotation, mention=found.mention, rule=quotation.rule + "+tagger", confidence=max(quotation.confidence, found.confidence))


def _alone(found: Found, headlines: list[Sentence], code: str) -> Quotation:
    first = found.content[0][0]
    return Quotation(
        content=found.content, kind=found.kind, where="headline" if any(s.start <= first < s.end for s in headlines) else "body",
        rule=f"{code}/tagger", cue=found.cue, quoted=found.quoted if found.kind != "indirect" else (), speaker=found.cue, mention=found.mention,
        confidence=found.confidence * 0.9,
    )  # fmt: skip


def _sorted(quotations: list[Quotation]) -> tuple[Quotation, ...]:
    """In the order of the text, with `after` brought along."""
    order = sorted(range(len(quotations)), key=lambda n: (quotations[n].content[0], -quotations[n].content[-1][1]))
    new = {old: k for k, old in enumerate(order)}
    made = []
    for old in order:
        quotation = quotations[old]
        after = new[quotation.after] if quotation.after is not None else None
        made.append(msgspec.structs.replace(quotation, after=after if after is not None and after < new[old] else None))
    return tuple(made)


def _support(content: tuple[Span, ...], tags: Tags) -> float:
    """Mean probability that the words of the content are said."""
    parts = []
    for a, b in content:
        low, high = np.searchsorted(tags.starts, [a, b])
        parts.append(1 - np.minimum(tags.content[low:high, 0], tags.inner[low:high, 0]))
    together = np.concatenate(parts) if parts else np.zeros(0)
    return float(together.mean()) if len(together) else 0.0


def _best_match(content: tuple[Span, ...], found: tuple[Found, ...]) -> tuple[int | None, float]:
    best, overlap = None, 0.0
    for n, one in enumerate(found):
        if one.content[-1][1] <= content[0][0] or content[-1][1] <= one.content[0][0]:
            continue
        both = _common(content, one.content)
        value = both / max(1, _size(content) + _size(one.content) - both)
        if value > overlap:
            best, overlap = n, value
    return best, overlap


def _common(one: tuple[Span, ...], other: tuple[Span, ...]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def _size(content: tuple[Span, ...]) -> int:
    return sum(b - a for a, b in content)


def _share(inner: tuple[Span, ...], outer: tuple[Span, ...]) -> float:
    return _common(inner, outer) / max(1, _size(inner))


def refine(mentions: tuple[Mention, ...], tags: Tags, text: str, language: Language) -> tuple[tuple[Mention, ...], Hints]:
    """The mentions and the descriptions that only the tagger sees, in order, and what it tells of them."""
    lex = lexicon(language.code)
    known = list(mentions)
    known += [m for m in _others(tags, text) if not _small(m, lex) and not any(_overlap(m, k) for k in known)]
    known.sort(key=lambda m: (m.start, -m.end))
    by_start = {m.start: n for n, m in enumerate(known)}
    links: dict[int, int] = {}
    for n, mention in enumerate(known):
        if mention.form == "name":
            continue
        word = int(np.searchsorted(tags.starts, mention.start))
        if word >= len(tags.starts):
            continue
        first, chances = tags.points("antecedent", word)
        at = int(chances.argmax())
        if at == len(chances) - 1 or chances[at] < (LEAST_LINK_OF_PRONOUN if mention.form == "pronoun" else LEAST_LINK):
            continue
        target = _at(known, by_start, int(tags.starts[first + at]))
        if target is not None and target < n:
            links[n] = target
    return tuple(known), Hints(links, tuple(_speaking(m, tags) for m in known))


def _small(mention: Mention, lex: Lexicon) -> bool:
    """Whether a single word that the tagger sees is only an article, or the adjective of a noun that it does not: "французькій" of a station;
    or a stretch of time: "Kilka dni później"; or a verb with its pronoun: "a-t-il"."""
    endings = lex.speech.adjective_endings
    last = mention.name.split()[-1].lower()
    if last in lex.units or last in lex.titles or last.endswith(lex.speech.inverted_pronouns or ("\n",)):
        return True
    return mention.name.lower() in lex.speech.articles or (
        " " not in mention.name and bool(endings) and mention.name.lower().endswith(endings) and not mention.name[:1].isupper()
    )


def _speaking(mention: Mention, tags: Tags) -> float:
    """How likely a statement is given to the mention: the surest of its words."""
    low, high = np.searchsorted(tags.starts, [mention.start, mention.end])
    return float((1 - tags.speaker[low:high, 0]).max()) if high > low else 0.0


def _at(known: list[Mention], by_start: dict[int, int], offset: int) -> int | None:
    if offset in by_start:
        return by_start[offset]
    return next((n for n, m in enumerate(known) if m.start <= offset < m.end), None)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _runs(table: np.ndarray, begins: tuple[int, ...], insides: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """Stretches of words under a label: first, last + 1, and which of `begins` opened it."""
    best = table.argmax(axis=1)
    runs: list[tuple[int, int, int]] = []
    n = 0
    while n < len(best):
        if best[n] not in begins:
            n += 1
            continue
        label = begins.index(int(best[n]))
        end = n + 1
        while end < len(best) and best[end] == insides[label]:
            end += 1
        runs.append((n, end, label))
        n = end
    return runs


def _others(tags: Tags, text: str) -> list[Mention]:
    """Roles and descriptions that stand for somebody: "ислямистите", "the captain"."""
    made = []
    for first, last, _ in _runs(tags.mention, (1,), (2,)):
        while last - first > 1 and int(tags.ends[last - 1] - tags.starts[last - 1]) <= SMALL_WORD:
            last -= 1
        while last - first > 1 and text[int(tags.starts[first])] in OPENING:
            first += 1
        start, end = int(tags.starts[first]), int(tags.ends[last - 1])
        words = text[start:end]
        if len(words) > 2 and "\n" not in words and text[end : end + 2] != "- " and re.search(r"\w", words):
            made.append(Mention(start, end, "group", "group", words, None, None, rule="tagger"))
    return made
