"""From what people type to what the indexes hold: words to full-text queries and highlights, names to sounds.

What is indexed and what is asked go through the same functions (`knowledge.words`, `knowledge.romanise`), so that case, form, accents and
apostrophes do not matter. Text in quotation marks is found as it stands, side by side.
"""

from __future__ import annotations

import functools
import re

from rapidfuzz.fuzz import ratio

from onrecord.knowledge.romanise import WORD, romanise, sounds
from onrecord.knowledge.words import fold, spans, stem, words
from onrecord.records import Span

MAX_WORDS = 32  # of a query; more narrow nothing further and cost time
QUOTED = re.compile(r"[\"«»„“”]([^\"«»„“”]+)[\"«»„“”]")
LIKE = 66.0  # of 100: how alike the spelling of two name words must be that sound alike; Вільтоном/Wilton 71, Wilton/Walden 50
EXCERPT_CHARS = 240


def indexed(text: str) -> tuple[str, str]:
    """The two columns of the full-text index: folded words, and their stems, in the order of the text."""
    folded = words(text)
    return " ".join(folded), " ".join(map(stem, folded))


def match_query(typed: str) -> str | None:
    """The full-text query for what was typed: all words in any form, quoted ones side by side; None where there is no word in it."""
    phrases = [found for quoted in QUOTED.findall(typed) if (found := words(quoted))]
    loose = stems(QUOTED.sub(" ", typed))
    parts = [f'words : "{" ".join(phrase[:MAX_WORDS])}"' for phrase in phrases] + [f'stems : "{word}"' for word in loose]
    return " AND ".join(parts[:MAX_WORDS]) or None


def stems(typed: str) -> list[str]:
    """Stems of the words that were typed; single letters (l', 's) only where there is nothing else."""
    found = list(dict.fromkeys(map(stem, words(typed))))
    return [word for word in found if len(word) > 1] or found


def highlights(text: str, typed: str) -> tuple[Span, ...]:
    """Where words of `text` stand that what was typed matches in any form."""
    wanted = {stem(word) for word in words(typed)}
    wanted = {word for word in wanted if len(word) > 1} or wanted
    return tuple((a, b) for a, b in spans(text) if any(stem(word) in wanted for word in fold(text[a:b]).split()))


def excerpt(text: str, typed: str) -> tuple[int, int]:
    """The stretch of `text` with the most matches, about EXCERPT_CHARS long, cut at blanks."""
    found = highlights(text, typed)
    first = 0
    best, at = 0, 0
    for last, (_, end) in enumerate(found):
        while end - found[first][0] > EXCERPT_CHARS:
            first += 1
        if last - first + 1 > best:
            best, at = last - first + 1, found[first][0]
    start = 0 if at < EXCERPT_CHARS // 4 else text.rfind(" ", 0, at - EXCERPT_CHARS // 8) + 1
    end = text.find(" ", min(len(text), start + EXCERPT_CHARS))
    return start, len(text) if end < 0 or end > start + 2 * EXCERPT_CHARS else end


@functools.lru_cache(maxsize=4_096)
def word_sounds(word: str) -> frozenset[str]:
    """How a word of a name sounds, as it stands and without its ending, so that any case of it is found."""
    return frozenset(s for form in {word, *map(stem, words(word))} for s in sounds(romanise(form)) if s)


def name_words(name: str) -> list[str]:
    """The words of a name as they stand."""
    return WORD.findall(name)[:MAX_WORDS]


def alike(typed: str, name: str) -> float:
    """0 to 100: how well each typed word is met by some word of the name; 0 where one is met by none."""
    theirs = [(romanise(word), word_sounds(word)) for word in name_words(name)]
    scores = []
    for word in name_words(typed):
        mine, sound = romanise(word), word_sounds(word)
        scores.append(max((ratio(mine, other) for other, others in theirs if sound & others), default=0.0))
    if not scores or min(scores) < LIKE:
        return 0.0
    return sum(scores) / len(scores) - abs(len(theirs) - len(scores))
