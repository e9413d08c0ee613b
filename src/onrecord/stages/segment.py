"""Sentences of an article.

Own rules: no package survives Cyrillic news, because most split inside «A. B.», – said X and before "2041 г. и след". A place
where a sentence could end is one of . ! ? … with the closing marks after it, outside quotations and brackets; what stands before
it (abbreviation, initial, number) and what comes next (a capital, a dash, an emoji) decide.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

import msgspec

from onrecord.knowledge import schema
from onrecord.records import ARTICLE_ROLES, Article, BlockRole, Sentence, Span

REACH_CHARS = 1500  # a longer "quotation" is two stray marks: it protects nothing
BRACKET_CHARS = 400  # the same for brackets
FEWEST_WORDS = 2  # "В 2024 г." is no sentence
LOOK_BACK = 24  # characters in which an abbreviation of two words fits

STOP = re.compile(r"[.!?…]+")
PAIRED = re.compile(r"[\"«»„“”‟‹›()\[\]]")
WORD = re.compile(r"\w+")
TOKEN = re.compile(r"[^\s(\[{«„“\"'’‘»”/]+$")
NEXT = re.compile(r"[^\W_]|\S")
CLOSES = {'"': '"“”', "„": '“”"‟', "“": "”“", "”": "”", "«": "»", "‹": "›", "»": "«", "›": "‹", "(": ")", "[": "]", "‟": "”"}
YEAR_DIGITS = 4
DASHES = "-–—―−"
GOES_ON = ",;:.!?…)]}»”%/"


class Rules(msgspec.Struct, frozen=True):
    """What of a language folder sentence borders need."""

    never: frozenset[str]
    may_end: frozenset[str]
    counted: tuple[str, ...]
    opens: frozenset[str]  # first words of abbreviations of several words
    ordinals: bool


def segment(article: Article, language: schema.Language) -> tuple[Sentence, ...]:
    """The sentences of the article's own blocks, in order; junk has none, and none crosses the border of a block.

    A quotation with its cue is one sentence. Wrong where an abbreviation ends a sentence before a name ("… 2024 р. Київ").
    """
    rules = rules_of(language.code)
    return tuple(
        Sentence(start, end, block.role)
        for block in article.blocks
        if block.role in ARTICLE_ROLES
        for start, end in split(article.text, block.start, block.end, rules, role=block.role)
    )


@functools.cache
def rules_of(code: str) -> Rules:
    """The rules of a language, read once."""
    orthography = schema.writing(code).orthography
    every = (*orthography.abbreviations, *orthography.abbreviations_may_end)
    opens = {entry.split(" ")[0].rstrip(".") for entry in every if " " in entry}
    never = frozenset(orthography.abbreviations)
    return Rules(never, frozenset(orthography.abbreviations_may_end), orthography.counted_endings, frozenset(opens), orthography.ordinal_stop)


def split(text: str, start: int, end: int, rules: Rules, *, role: BlockRole = "body") -> Iterator[Span]:
    """Spans of the sentences in text[start:end], without the blanks around them."""
    shut, closing = _protected(text, start, end)
    at, begin, held = start, start, 0
    while (match := STOP.search(text, at, end)) is not None:
        at = match.end()
        while held < len(shut) and shut[held][1] <= match.start():
            held += 1
        stop = _past_closers(text, at, end, closing)
        if held < len(shut) and shut[held][0] < match.start() and stop < shut[held][1]:
            at = max(at, _last_stop(text, at, shut[held][1]))
            continue
        border = _border(text, begin, match, stop, end, rules, role)
        if border is not None:
            yield from _trimmed(text, begin, border)
            begin = border
            at = max(at, border)
    yield from _trimmed(text, begin, end)


def _last_stop(text: str, at: int, shut_end: int) -> int:
    """Where to look on inside a protected span: its last stop, for that one may end the sentence together with the span."""
    tail = max(at, shut_end - 8)
    match = STOP.search(text, tail, shut_end)
    return match.start() if match else tail


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = left + len(piece.strip())
    if left < right:
        yield left, right


def _protected(text: str, start: int, end: int) -> tuple[list[Span], set[int]]:
    """Outermost balanced quotations and brackets, and the places of all closing marks. Marks left open protect nothing."""
    stack: list[tuple[str, int]] = []
    spans: list[Span] = []
    closing: set[int] = set()
    if end - start > REACH_CHARS and len(PAIRED.findall(text, start, end)) * 4 > end - start:
        return spans, closing  # no text: every fourth character a mark
    for match in PAIRED.finditer(text, start, end):
        mark, at = match.group(), match.start()
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        depth = _closed_depth(stack, mark, before, after)
        if depth is not None:
            opened = stack[depth][1]
            del stack[depth:]
            closing.add(at)
            limit = BRACKET_CHARS if mark in ")]" else REACH_CHARS
            if at - opened <= limit:
                while spans and spans[-1][0] > opened:
                    spans.pop()
                spans.append((opened, at + 1))
        elif mark in CLOSES and not (mark == '"' and after.isspace()) and not (mark in "»”“›" and before.isalnum()):
            stack.append((mark, at))
            if len(stack) > 6:
                del stack[0]
    return spans, closing


def _closed_depth(stack: list[tuple[str, int]], mark: str, before: str, after: str) -> int | None:
    for depth in range(len(stack) - 1, -1, -1):
        if mark in CLOSES[stack[depth][0]]:
            if mark in '"“' and (before.isspace() or before in "([«„") and after.isalnum():
                return None  # `"A "B" c"`: a new one opens
            return depth
    return None


def _past_closers(text: str, at: int, end: int, closing: set[int]) -> int:
    """Behind the closing marks after a stop; French and typewriter habits leave a blank before them."""
    while True:
        if at < end and (at in closing or (text[at] in ")]}’'" and not text[at + 1 : at + 2].isalnum())):
            at += 1
        elif at + 1 < end and text[at] in " \xa0\u202f" and at + 1 in closing and text[at + 1] != '"':
            at += 2
        else:
            return at


def _border(text: str, begin: int, match: re.Match[str], stop: int, end: int, rules: Rules, role: BlockRole) -> int | None:
    """Where the next sentence begins if one ends at the stop; None where it goes on."""
    following = NEXT.search(text, stop, end)
    if following is None:
        return None
    at = following.start()
    first = text[at]
    glued = at == stop
    quoted = stop > match.end()
    if glued and first in DASHES and text[at + 1 : at + 2] == " " and text[match.start() - 1].islower():
        return _dash_border(text, match, at, end, quoted=quoted, role=role)  # "… mostu.- Nie wiem"
    if glued and not _glued_border(text, match, at, end):
        return None
    if not glued and first in GOES_ON and not (first == "»" or first == "”"):
        return None
    if first in DASHES:
        return _dash_border(text, match, at, end, quoted=quoted, role=role)
    if not first.isalnum() and not _is_opening(first):
        return _emoji_border(text, at, end) if _is_symbol(first) else None
    opener = first if first.isalnum() else _first_letter(text, at, end)
    if opener.islower():
        return None
    if match.group() in (".", "!", "?") and not quoted and _short_form(text, begin, match, opener, at, end, rules):
        return None
    return at


def _glued_border(text: str, match: re.Match[str], at: int, end: int) -> bool:
    """ "мостове.После", 'вестникът."Няма': a small letter, the stop, and a capital word or a quotation with no blank between."""
    before = text[match.start() - 1] if match.start() else ""
    acronym = before.isupper() and text[match.start() - 2 : match.start()].isupper() and match.start() > 1
    if not (acronym or before.islower() or before in '»”“")%' or before.isdigit()) and match.end() == at:
        return False
    letter = at if text[at].isalpha() else at + 1
    if letter + 1 >= end or not text[letter].isupper() or not (text[at].isalpha() or _is_opening(text[at])):
        return False
    if before.isdigit() and text[at].isalpha() and not text[letter + 1].islower():
        return False
    if before.isascii() and text[letter].isascii() and text[at].isalpha() and " " not in text[letter : letter + 14]:
        return False  # a name with a dot in it: Booking.Com
    return text[letter + 1].islower() or text[letter + 1].isspace()


def _dash_border(text: str, match: re.Match[str], at: int, end: int, *, quoted: bool, role: BlockRole) -> int | None:
    """A dash after a stop opens a reply, unless a quotation or a headline stood before it: then it opens who said it."""
    if quoted or role == "headline":
        return None
    letter = _first_letter(text, at + 1, end)
    return at if letter.isupper() and text[at + 1 : at + 2].isspace() else None


def _emoji_border(text: str, at: int, end: int) -> int | None:
    """The last emoji before the words opens them; those before it close what stood before."""
    last = at
    while at < end and not text[at].isalnum() and not _is_opening(text[at]):
        if text[at].isspace():
            last = at + 1 if at + 1 < end and _is_symbol(text[at + 1]) else last
        elif not _is_symbol(text[at]) and unicodedata.category(text[at]) not in ("Mn", "Cf", "Me", "Sk"):
            return None
        at += 1
    if at >= end:
        return None
    return None if _first_letter(text, at, end).islower() else last


def _short_form(text: str, begin: int, match: re.Match[str], opener: str, at: int, end: int, rules: Rules) -> bool:
    """Whether the stop belongs to an abbreviation, an initial, an ordinal or the number of a list."""
    back = text[max(begin, match.start() - LOOK_BACK) : match.start()]
    found = TOKEN.search(back)
    if found is None:
        return False
    token = found.group()
    low = token.lower()
    if match.group() != ".":
        return low + match.group() in rules.never
    if token.isdigit():
        opens = not back[: found.start()].strip() and begin + 4 > match.start() - len(token)
        return len(token) <= 2 and (rules.ordinals or opens)
    pair = " ".join(back.lower().split()[-2:])
    if pair in rules.never or (low in rules.never and pair not in rules.may_end):
        return True
    if _is_initial(token):
        return low not in rules.may_end or pair not in rules.may_end
    if low in rules.may_end or pair in rules.may_end:
        one = len(token) == 1 and pair not in rules.may_end
        return opener.isdigit() or _cannot_end(text, begin, match.start() - len(token), at, end, rules.counted, one_letter=one)
    if low in rules.opens:
        word = text[at : at + 8].split(".")[0].lower()
        return any(f"{low}. {word}" in known for known in (rules.never, rules.may_end))
    return False


def _cannot_end(text: str, begin: int, token_at: int, at: int, end: int, counted_endings: tuple[str, ...], *, one_letter: bool) -> bool:
    """An abbreviation that may end a sentence does not where too little stands before it ("В 2024 г. …"), where one letter follows no
    number ("в г. Москве"), or where an acronym, or what is counted, follows a number with its unit ("3 proc. PKB", "43 proc. Polaków")."""
    before = text[max(begin, token_at - 40) : token_at].split()
    counted = bool(before) and before[-1][-1:].isdigit()
    if one_letter and not counted:
        return True
    if len(before) <= FEWEST_WORDS and token_at - 40 <= begin:
        return True
    if counted and counted_endings and (word := WORD.match(text, at, end)) and word.group().endswith(counted_endings):
        return True
    year = len(before) > 0 and before[-1][-YEAR_DIGITS:].isdigit() and len(before[-1]) == YEAR_DIGITS
    return counted and not year and text[at : at + 2].isupper() and text[at : at + 2].isalpha() and at + 2 <= end


def _is_initial(token: str) -> bool:
    """ "В", "J", "J.-P", "І.І", but not the pronoun of one letter at the end of a sentence (which is rare before a stop)."""
    parts = [part for part in re.split(r"[.\-–]", token) if part]
    return bool(parts) and all(len(part) == 1 and part.isupper() for part in parts) and not token.isdigit()


def _first_letter(text: str, at: int, end: int) -> str:
    for char in text[at : min(end, at + 12)]:
        if char.isalnum():
            return char
    return " "


def _is_opening(char: str) -> bool:
    return char in "«„“”\"‹»›([¿¡'‘’@#№$€£"


def _is_symbol(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sk", "Sm") or ord(char) >= 0x1F000
