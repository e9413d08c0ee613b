"""Statements compared by what they mean, across languages."""

from __future__ import annotations

from onrecord.stages import link, meaning

UKRAINIAN = (
    "міст відкриють до зими",
    "місто купить вісім нових автобусів",
    "школи не переводитимуть на дистанційне навчання",
    "тарифи на воду не зростуть цього року",
    "лікарню ремонтуватимуть за кошти області",
    "паркування в центрі залишиться безплатним",
)
ENGLISH = (
    "the bridge will open before winter",
    "the city will buy eight new buses",
    "schools will not go over to distance learning",
    "water prices will not rise this year",
    "the hospital will be repaired with money from the region",
    "parking in the centre will remain free",
)


def items() -> list[link.Said]:
    """Two articles of one story, each with the same six things said in the same order."""
    return [
        link.Said(id=f"{language}{n}", article=language, language=language, words=words, kind="indirect", actor="a", story="s")
        for language, said in (("uk", UKRAINIAN), ("en", ENGLISH))
        for n, words in enumerate(said)
    ]


def test_the_same_words_in_two_languages_are_nearest() -> None:
    """Each statement is most like its own translation, and like enough to be linked in most cases."""
    said = items()
    alike = meaning.likeness(said)
    ukrainian, english = said[:6], said[6:]
    best = [max(range(6), key=lambda n: alike(one, english[n])) for one in ukrainian]
    assert best == list(range(6))
    assert sum(alike(one, other) >= link.THRESHOLD for one, other in zip(ukrainian, english, strict=True)) >= 4


def test_other_words_are_not_linked() -> None:
    """What the same man said of another matter stays below the threshold."""
    said = items()
    alike = meaning.likeness(said)
    assert all(alike(said[a], said[6 + b]) < link.THRESHOLD for a in range(6) for b in range(6) if a != b)


def test_likeness_is_the_same_both_ways() -> None:
    """The order of two statements changes nothing."""
    said = items()
    alike = meaning.likeness(said)
    assert all(abs(alike(one, other) - alike(other, one)) < 1e-6 for one in said for other in said)
