"""The language of a text.

Letters that only one language folder has decide, where they do; else `py3langid`, among the languages that news pages come in, and letters
that rule a language out may overrule it. It is loaded on
first use, once a process. (`eldc` is as good and faster, but its wheel weighs 71 MB: see docs/decisions.)
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from onrecord.knowledge import schema

SAMPLE_CHARS = 900  # of a page: as sure as the whole on 2,500 pages and passages in ten languages, and the cost grows with it
FEWEST_WORDS = 4  # below that one guesses: names and brands pull it away
NEWS_LANGUAGES = "ar be bg bs ca cs da de el en es et fi fr he hr hu hy it ja ka lt lv mk nl no pl pt ro ru sk sl sq sr sv tr uk zh"
FOREIGN_SHARE = 0.004  # of the letters: a Ukrainian page that quotes a Russian sentence stays below
OWN_SHARE = 0.01
NOTHING = "und"
MACEDONIAN, SERBIAN = "ѓќѕ", "ђћ"  # the letters of these two that no neighbour has
SOUTH_SLAVIC = "јљњџ" + MACEDONIAN + SERBIAN


def detect(text: str, *, otherwise: str | None = None) -> str:
    """ISO 639-1 code of the text's language, also of one without a folder; `otherwise` (or "und") where there is too little to tell.

    Wrong for texts that mix languages in equal parts, and for names and titles alone.
    """
    sample = _sample(text)
    if sum(any(map(str.isalpha, word)) for word in sample.split(maxsplit=2 * FEWEST_WORDS)) < FEWEST_WORDS:
        return otherwise or _by_letters(sample.lower()) or NOTHING
    low = sample.lower()
    sure = _by_letters(low)
    if sure and schema.writing(sure).orthography.script == "cyrillic":  # Latin letters are shared with languages that have no folder
        return sure if _count(low, SOUTH_SLAVIC) <= OWN_SHARE * len(low) else _macedonian_or_serbian(low, sample)
    code = _identify(None)(sample)
    if code in ("bg", "sr", "mk", "ru", "uk") and _count(low, SOUTH_SLAVIC) > OWN_SHARE * len(low):
        return _macedonian_or_serbian(low, sample)
    if code == NOTHING:
        return otherwise or _by_letters(low) or NOTHING
    if _ruled_out(low, code):
        return _by_letters(low) or code
    return code


def _sample(text: str) -> str:
    """Words from the head and the middle of the text: menus stand in front, other articles behind."""
    if len(text) > SAMPLE_CHARS:
        middle = len(text) // 3
        text = text[: SAMPLE_CHARS // 3] + " " + text[middle : middle + 2 * SAMPLE_CHARS // 3]
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")


def _count(low: str, letters: str) -> int:
    return sum(low.count(letter) for letter in letters)


def _ruled_out(low: str, code: str) -> bool:
    """Whether letters stand in the text that the language does not have; False for a language without a folder."""
    if code not in folders():
        return False
    return _count(low, schema.writing(code).orthography.foreign_letters) > FOREIGN_SHARE * len(low)


def _by_letters(low: str) -> str | None:
    """The one language with a folder that has all the letters, and letters of its own among them."""
    fits = [code for code in folders() if _count(low, schema.writing(code).orthography.own_letters) > OWN_SHARE * len(low) and not _ruled_out(low, code)]
    return fits[0] if len(fits) == 1 else None


def _macedonian_or_serbian(low: str, sample: str) -> str:
    macedonian, serbian = _count(low, MACEDONIAN), _count(low, SERBIAN)
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
