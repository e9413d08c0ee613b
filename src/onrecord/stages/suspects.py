"""Numbers that are no figures: years, times, scores, ordinals, telephone numbers, points of a list, parts of a name."""

from __future__ import annotations

from onrecord.stages.amounts import DASHES, Amount
from onrecord.stages.number_tables import DATE, Tables, Word, in_digits, touches

YEARS = (1700, 2100)  # a bare number between these, of four digits, is a year
HOURS = 24
SHORT_CHARS = 3  # a word between a day and the date that it belongs to is no longer
CLOSING = frozenset('»“”"')


def stands_free(words: list[Word], amount: Amount, tables: Tables) -> bool:
    """Whether the number may say how many: it is no part of a name ("Су-34"), no number of a thing ("№ 5"), no ordinal, no score, no time."""
    at, after = amount.number.first, amount.number.last
    if not in_digits(words[at]):
        return not (words[at].raw.isupper() and len(words[at].raw) > 1 and after == at + 1)  # "СТО", the World Trade Organization in Bulgarian
    if amount.first == at and at and _named(words, amount, tables):
        return False
    if is_year(words[at]) and _runs_on(words, after) and words[after].text[0].isalpha():
        return False  # "в 2005м"
    return not _ordinal(words, after, tables) and not _timed(words, amount, tables) and (amount.unit is not None or not _goes_on(words, after, tables))


def _named(words: list[Word], amount: Amount, tables: Tables) -> bool:
    """Whether what stands before makes the number a name: "COVID-19", "тел. 5", "Boeing 737"."""
    at = amount.number.first
    before = words[at - 1]
    if touches(words, at):
        joined = before.text in "-–/:_+" and at > 1 and touches(words, at - 1) and words[at - 2].text[0].isalnum()
        if before.text[0].isalpha() or before.text == ":" or joined:
            return True
    if before.text == "+" or tables.labels.before(words, at) is not None:
        return True
    capital = before.raw[:1].isupper() and len(before.raw) > 1 and at > 1
    return amount.unit is None and capital and words[at - 2].text not in '.!?:"«„“—'


def _ordinal(words: list[Word], after: int, tables: Tables) -> bool:
    """Whether what stands behind makes an ordinal: "31-й", "die 2. Brigade", "20. rocznica"."""
    if after + 1 < len(words) and in_digits(words[after - 1]) and words[after].text == "." and touches(words, after) and not touches(words, after + 1):
        following = words[after + 1].raw[:1]
        if following.islower() or (tables.ordinal_stop and following.isalpha()):
            return True
    behind = "".join(word.text for word in words[after : after + 2] if word.start <= words[after - 1].end + 1)
    return _runs_on(words, after) and tables.ordinal.match(behind) is not None


def _timed(words: list[Word], amount: Amount, tables: Tables) -> bool:
    """Whether the number is a time or a day: "14.04", "10 Uhr", "18 листопада" where no year can be told."""
    raw, after = words[amount.number.first].raw, amount.number.last
    if amount.unit in (None, "hour") and tables.decimal == "," and len(raw) == 5 and raw[2] == ".":
        return True
    return amount.unit is None and after < len(words) and (words[after].text in tables.months or words[after].text in tables.clock_words)


def _goes_on(words: list[Word], after: int, tables: Tables) -> bool:
    """Whether the number goes on as a word, a score or a fraction: "5G", "3:1", "10-річний"."""
    if not _runs_on(words, after):
        return False
    if words[after].text[0].isalpha():
        return True
    if after + 1 == len(words) or not touches(words, after + 1):
        return False
    joint, behind = words[after].text, words[after + 1].text[0]
    return (joint in ":/" and behind.isalnum()) or (joint in "-–" and behind.isalpha() and tables.scales.at(words, after + 1) is None)


def says_number(words: list[Word], amount: Amount, upper: Amount | None, last: int, tables: Tables) -> bool:
    """Whether a number without a unit says how many: no year, no score, no date, no time of day, no point of a list."""
    at, after = amount.number.first, words[last] if last < len(words) else None
    if after is not None and _dated(words, last, tables):
        return False
    if upper is not None and words[amount.last].text in DASHES and in_digits(words[at]):
        return False  # "1-2" may be a score
    if amount.number.spelled:
        return amount.value != 1 and not (after is not None and after.text[0].isalpha() and upper is None)
    if is_year(words[at]) or any(word is not None and in_digits(word) for word in (words[at - 1] if at else None, after)):
        return False
    if after is not None and (after.text == ")" or (after.text == "." and at == 0 and last + 1 < len(words))):
        return False  # a point of a list, or an age behind a name
    if at and after is not None and after.text in CLOSING and touches(words, last):
        return False  # «Північний потік-2»
    if at and amount.first == at and words[at - 1].text in DASHES and amount.value < 10:
        return False  # Північний потік – 2
    return not (amount.number.scale == 1 and amount.value <= HOURS and tables.clocks.before(words, at) is not None)


def _dated(words: list[Word], last: int, tables: Tables) -> bool:
    """Whether a date or another number follows to which the number belongs: "з 8 по 24 січня", "2-0", "123-45-67"."""
    after, then = words[last].text, words[last + 1] if last + 1 < len(words) else None
    if after == DATE or (after in DASHES and then is not None and (in_digits(then) or then.text == DATE)):
        return True
    if then is None or len(after) > SHORT_CHARS:
        return False
    return then.text == DATE or (in_digits(then) and last + 2 < len(words) and words[last + 2].text in tables.months)


def is_year(word: Word) -> bool:
    """Whether the token is written as a year."""
    return len(word.raw) == 4 and word.raw.isdecimal() and YEARS[0] <= int(word.raw) < YEARS[1]


def _runs_on(words: list[Word], at: int) -> bool:
    return at < len(words) and touches(words, at)
