"""Where a sentence begins behind its dateline: "LIMA (Agency) – Prices rose"."""

from __future__ import annotations

from onrecord.stages.extract.scene import DASHES
from onrecord.tokens import Words

LONGEST_DATELINE = 12  # tokens


def after_dateline(words: Words, first: int, last: int) -> int:
    """The token behind a dateline, "LIMA (Agency) – ", "Токіо, 5 травня. –", "Лондон, 11 януари /БТА/"; the first one where there is none."""
    stop = min(last - 3, first + LONGEST_DATELINE)
    for k in range(first + 3, stop) if "/" in words.folds[first + 3 : stop] else ():
        slashed = words.folds[k] == "/" == words.folds[k - 2] and words.capital(first)
        if slashed and words.text[words.starts[k - 1] : words.ends[k - 1]].isupper() and words.capital(k + 1):
            return k + 1
    for k in range(first + 1, stop):
        if words.folds[k] in DASHES and words.text[words.starts[k] - 1].isspace():
            head = range(first, k)
            bracket = any(words.folds[m] == "(" for m in head)
            capitals = sum(words.capital(m) and words.text[words.starts[m] : words.ends[m]].isupper() for m in head)
            names = all(words.capital(m) or not words.is_word(m) or words.folds[m].isdigit() for m in head)
            return k + 1 if names and (bracket or capitals) and not any(words.folds[m] in '«„“"' for m in head) else first
        if not (words.capital(k) or not words.is_word(k) or words.folds[k].isdigit()):
            return first
    return first
