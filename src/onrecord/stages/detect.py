"""The language of a text.

Letters that only one language folder has decide, where they do, then small words of which one language is full; else `py3langid`, among the
languages that news pages come in. Letters that rule a language out may overrule both. `py3langid` is loaded on first use, once a process. (`eldc` is
as good and faster, but its wheel weighs 71 MB: see docs/decisions.)
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable
from itertools import repeat
from typing import Any

from onrecord.knowledge import schema

SAMPLE_CHARS = 900  # of a page: as sure as the whole on 2,500 pages and passages in ten languages, and the cost grows with it
FEWEST_WORDS = 4  # below that one guesses: names and brands pull it away
NEWS_LANGUAGES = "ar be bg bs ca cs da de el en es et fi fr he hr hu hy it ja ka lt lv mk nl no pl pt ro ru sk sl sq sr sv tr uk zh"
FOREIGN_SHARE = 0.004  # of the letters: a Ukrainian page that quotes a Russian sentence stays below
OWN_SHARE = 0.01
WORD = re.compile(r"[^\W\d_]+")
FEWEST_SMALL = 30  # words of a sample whose small words can tell
SMALL_SHARE = 0.18  # of the words, where they do: 7 in 10 pages; at most 0.1 in 3,000 passages of 60 languages without a folder, 0.19 in Occitan
SECOND_SHARE = 1 / 3  # of that, at most, in any other language
NOTHING = "und"
MACEDONIAN, SERBIAN = "ѓќѕ", "ђћ"  # the letters of these two that no neighbour has
SOUTH_SLAVIC = "јљњџ" + MACEDONIAN + SERBIAN


def detect(text: str, *, otherwise: str | None = None) -> str:
    """ISO 639-1 code of the text's language, also of one without a folder; `otherwise` (or "und") where there is too little to tell.

    Wrong for texts that mix languages in equal parts, and for names and titles alone.
    """
    sample = _sample(text)
    low = sample.lower()
    letters = Counter(low)
    sure = _by_letters(letters)
    if sum(any(map(str.isalpha, word)) for word in sample.split(maxsplit=2 * FEWEST_WORDS)) < FEWEST_WORDS:
        return otherwise or sure or NOTHING
    if sure and schema.writing(sure).orthography.script == "cyrillic":  # Latin letters are shared with languages that have no folder
        return sure if not _holds(letters, SOUTH_SLAVIC, OWN_SHARE) else _macedonian_or_serbian(letters, sample)
    code = _by_small_words(low) or _identify(None)(sample)
    if code in ("bg", "sr", "mk", "ru", "uk") and _holds(letters, SOUTH_SLAVIC, OWN_SHARE):
        return _macedonian_or_serbian(letters, sample)
    if code == NOTHING:
        return otherwise or sure or NOTHING
    return sure or code if _ruled_out(letters, code) else code


def _sample(text: str) -> str:
    """Words from the head and the middle of the text: menus stand in front, other articles behind."""
    if len(text) > SAMPLE_CHARS:
        middle = len(text) // 3
        text = text[: SAMPLE_CHARS // 3] + " " + text[middle : middle + 2 * SAMPLE_CHARS // 3]
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")


def _count(letters: Counter[str], wanted: str) -> int:
    return sum(map(letters.get, wanted, repeat(0)))


def _holds(letters: Counter[str], wanted: str, share: float) -> bool:
    """Whether more than a share of the characters are among the wanted ones."""
    return _count(letters, wanted) > share * letters.total()


def _ruled_out(letters: Counter[str], code: str) -> bool:
    """Whether letters stand in the text that the language does not have; False for a language without a folder."""
    return code in folders() and _holds(letters, schema.writing(code).orthography.foreign_letters, FOREIGN_SHARE)


def _by_letters(letters: Counter[str]) -> str | None:
    """The one language with a folder that has all the letters, and letters of its own among them."""
    fits = [code for code in folders() if _holds(letters, schema.writing(code).orthography.own_letters, OWN_SHARE) and not _ruled_out(letters, code)]
    return fits[0] if len(fits) == 1 else None


def _by_small_words(low: str) -> str | None:
    """The one language whose small words the text is full of; None where none is, or where there is too little text."""
    words = WORD.findall(low)
    counts = sorted((sum(map(small.__contains__, words)), code) for code, small in _small_words().items())
    if len(words) < FEWEST_SMALL or len(counts) < 2:
        return None
    (second, _), (most, code) = counts[-2:]
    return code if most >= SMALL_SHARE * len(words) and second <= SECOND_SHARE * most else None


@functools.cache
def _small_words() -> dict[str, frozenset[str]]:
    known = {code: schema.writing(code).orthography.small_words for code in folders()}
    return {code: frozenset(words) for code, words in known.items() if words}


def _macedonian_or_serbian(letters: Counter[str], sample: str) -> str:
    macedonian, serbian = _count(letters, MACEDONIAN), _count(letters, SERBIAN)
    if macedonian != serbian:
        return "mk" if macedonian > serbian else "sr"
    return _identify(("mk", "sr", "bg"))(sample)


@functools.cache
def folders() -> tuple[str, ...]:
    """Codes of the languages that can be read; looked up once a process."""
    return schema.languages()


@functools.cache
def _identify(among: tuple[str, ...] | None) -> Callable[[str], str]:
    """What tells a language from others: all of news, or those given."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped,unused-ignore]

    load: Any = getattr(LanguageIdentifier, "from_model_file", None) or LanguageIdentifier.from_pickled_model
    identifier = load(MODEL_FILE)
    identifier.set_languages(list(among) if among else NEWS_LANGUAGES.split())
    return lambda text: str(identifier.classify(text)[0])
