"""The frames of reported speech: from a cue in a sentence to the tokens of what is said.

Each frame is a function from a scene and a cue to a draft, or None where the frame does not fit; `FRAMES` gives their order. All
positions are token indices, half-open.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.knowledge.lexicon import Lexicon
from onrecord.stages.extract.cues import Hit
from onrecord.tokens import Words

Range = tuple[int, int]
DASHES = frozenset("–—-−")
GAP_WORDS = 8  # words of a subject between a quotation and its cue: "…", the minister of foreign affairs of X said
LONG_GAP_WORDS = 22  # where an apposition stands in it
REACH_THAT = 16  # tokens between a cue and the conjunction that opens its clause
REACH_COLON = 14
REACH_INFINITIVE = 12
FEWEST_CONTENT_WORDS = 3  # of a clause before its cue: shorter ones are remnants
FEWEST_NOUN_WORDS = 2
SHORTEST_NOUN = 5  # letters of a noun that may be content alone: "вимагає перерахунку"
REACH_QUESTION = 8  # tokens between a cue and the comma before its indirect question


class Scene(NamedTuple):
    """A sentence as frames see it; `quotes` are the outermost quotations that touch it, `hits` its cues, `edge` what is already told."""

    words: Words
    lex: Lexicon
    first: int
    last: int
    quotes: tuple[Range, ...]
    hits: tuple[Hit, ...]
    mention_ends: dict[int, int]


class Draft(NamedTuple):
    """What a frame found: content ranges, the region in which its speaker is to be sought, and whether it has the last cue's subject."""

    content: tuple[Range, ...]
    region: Range
    rule: str
    confidence: float
    shares_subject: bool = False
    looks_back: bool = False


def limit_after(scene: Scene, index: int) -> int:
    """Where content that follows the cue `index` must end: at a coordinated cue, a converb cue, a semicolon, the sentence's end."""
    hit = scene.hits[index]
    for other in scene.hits[index + 1 :]:
        cut = coordination(scene, hit, other)
        if cut is not None:
            return cut
    return scene.last


def coordination(scene: Scene, hit: Hit, other: Hit) -> int | None:
    """The token at which the clause of `other` parts from what `hit` opened, None where it lies inside of it."""
    words, lex = scene.words, scene.lex
    if other.cue.frame == "back":
        return None
    if other.cue.frame == "source":
        opened = other.first - 1 > hit.last and words.folds[other.first - 1] in lex.subordinate and words.folds[other.first - 2] == ","
        return other.first - 2 if opened else None
    p = _skip_small(scene, other.first, hit.last)
    if p <= hit.last:
        return None
    before = words.folds[p - 1]
    if other.form.converb:
        if before == ",":
            return p - 1
        if before in lex.and_:
            return p - 2 if p - 2 > hit.last and words.folds[p - 2] == "," else p - 1
        return None
    agree = _agree(hit, other)
    if before in lex.and_ and agree and other.cue.frame == "verb":
        return p - 2 if p - 2 > hit.last and words.folds[p - 2] == "," else p - 1
    if before == "," and _closes(scene, other):
        return p - 1
    if lex.speech.bare_clause and (mark := _closing_attribution(scene, other)) is not None and mark > hit.last:
        return mark
    for k in range(p - 1, max(hit.last, p - GAP_WORDS), -1):
        if words.folds[k] == ";":
            return k
        if words.folds[k] in lex.that or words.folds[k] in lex.relative:
            return None
        if words.folds[k] == "," and k + 1 < p and words.folds[k + 1] in lex.and_:
            named = any(m in scene.mention_ends for m in range(k + 2, p))
            return k if _that_after(scene, other) is not None or (named and other.cue.frame == "verb") else None
    return None


def _skip_small(scene: Scene, p: int, floor: int) -> int:
    """Go left over adverbs and auxiliaries that belong to a cue."""
    while p - 1 > floor:
        fold = scene.words.folds[p - 1]
        if fold in scene.lex.auxiliaries or (fold in scene.lex.adverbs and fold not in scene.lex.and_):
            p -= 1
            continue
        begin = scene.lex.adverbs.before(scene.words.folds, p, floor)
        if begin < p and scene.words.folds[p - 1] not in scene.lex.and_:
            p = begin
            continue
        return p
    return p


def _agree(hit: Hit, other: Hit) -> bool:
    one, two = hit.form, other.form
    return not (one.number and two.number and one.number != two.number) and not (one.gender and two.gender and one.gender != two.gender)


def _closing_attribution(scene: Scene, hit: Hit) -> int | None:
    """The comma before a subject and its cue that close a sentence: "…, owner Altamar Zinc said on Tuesday."; None where there is none."""
    words, lex = scene.words, scene.lex
    if "quote" not in hit.cue.takes or hit.form.converb:
        return None
    p = _skip_small(scene, hit.first, scene.first)
    mark = p - 1
    while mark > scene.first and p - mark < GAP_WORDS and words.folds[mark] != ",":
        fold = words.folds[mark]
        if fold in lex.that or fold in lex.relative or fold in lex.and_ or fold in lex.subordinate or not words.is_word(mark):
            return None
        mark -= 1
    if words.folds[mark] != "," or mark == p - 1 or not any(k in scene.mention_ends for k in range(mark + 1, p)):
        return None
    k = _skip_circumstances(scene, hit.last, scene.last)
    if "that:np" in hit.cue.takes:
        k = _skip_circumstances(scene, _mention_end(scene, k, scene.last), scene.last)
    return mark if k >= scene.last or words.folds[k] in (",", ".") else None


def _closes(scene: Scene, hit: Hit) -> bool:
    """Whether the cue closes the sentence: after it only its subject."""
    return scene.last - hit.last <= GAP_WORDS and not any(scene.words.folds[k] == "," for k in range(hit.last, scene.last - 1))


def _that_after(scene: Scene, hit: Hit, reach: int = REACH_THAT) -> int | None:
    """The index of the conjunction that opens the clause of a cue."""
    words, lex = scene.words, scene.lex
    nexts = [h.first for h in scene.hits if h.first >= hit.last and not h.form.converb]
    stop = min([scene.last, hit.last + reach, *nexts])
    for k in range(hit.last, stop):
        fold = words.folds[k]
        if fold in lex.that:
            if any(h.form.converb and hit.last <= h.first and 0 <= k - h.last <= 1 for h in scene.hits):
                return None  # the clause of a participle between: "…, said X, adding that …"
            if lex.speech.bare_clause and words.folds[k - 1] in lex.and_:
                return None  # "said A and that B": the clause has begun before
            plain = (
                k == hit.last
                or words.folds[k - 1] == ","
                or (not lex.speech.bare_clause and words.folds[k - 1] in lex.and_)
                or (lex.speech.bare_clause and _addressed(scene, hit, k))
                or (not lex.speech.comma_before_that and _only_company(scene, hit.last, k))
            )
            return k if plain else None
        if fold in (":", ";") or scene.lex.subordinate.opens(words.folds, k, stop) or any(q0 == k for q0, _ in scene.quotes):
            return None
    return None


def _only_company(scene: Scene, k: int, that: int) -> bool:
    """Whether the subject, an addressee or circumstances are all that stands between a cue and a conjunction without a comma."""
    words, lex = scene.words, scene.lex
    while k < that and (adverb := lex.adverbs.at(words.folds, k, that)) is not None:
        k = adverb[0]
    if k >= that or words.folds[k] in lex.prepositions:
        return True
    while k < that and (k in scene.mention_ends or words.folds[k] in lex.speech.articles):
        k = scene.mention_ends.get(k, k + 1)
    return k >= that or words.folds[k] in lex.prepositions


def _addressed(scene: Scene, hit: Hit, that: int) -> bool:
    """Whether only an addressee and circumstances stand between a cue and its conjunction: "told X that", "said on Friday that"."""
    if "that:np" in hit.cue.takes:
        return True
    return _skip_circumstances(scene, hit.last, that) > hit.last


def _skip_circumstances(scene: Scene, k: int, stop: int) -> int:
    """The index after adverbs, and phrases of a preposition, that stand between a cue and what is said."""
    words, lex = scene.words, scene.lex
    while k < stop:
        phrase = lex.adverbs.at(words.folds, k, stop)
        if phrase:
            k = phrase[0]
        elif (words.folds[k] in ("in", "at", "on", "to", "during", "via", "through") and (end := _mention_end(scene, k + 1, stop)) > k + 1) or (
            words.folds[k] in ("in", "at", "on", "during") and (end := _plain_phrase(scene, k, stop)) > k
        ):
            k = end
        else:
            return k
    return k


def _plain_phrase(scene: Scene, k: int, stop: int) -> int:
    """The index after "on a call", "in a filing", where a clause follows; `k` where none does."""
    words, lex = scene.words, scene.lex
    if k + 2 >= stop or words.folds[k + 1] not in lex.speech.articles:
        return k
    for end in (k + 3, k + 4):
        if end < stop and all(words.is_word(j) for j in range(k, end)):
            fold = words.folds[end]
            subject = fold in lex.pronouns and lex.pronouns[fold].subject
            if fold in lex.speech.articles or fold in lex.that or subject or words.capital(end):
                return end
    return k


def _mention_end(scene: Scene, k: int, stop: int) -> int:
    """The index after the mentions that begin at `k`, past an article and at most three words before them; `k` where there are none."""
    words, lex = scene.words, scene.lex
    start = k
    while start < stop and start - k < 3 and start not in scene.mention_ends:
        if not words.is_word(start) or words.folds[start] in lex.prepositions or words.folds[start] in lex.auxiliaries:
            return k
        start += 1
    if start >= stop or start not in scene.mention_ends:
        return k
    end = scene.mention_ends[start]
    while end < stop and end in scene.mention_ends and words.folds[end] not in lex.pronouns:
        end = scene.mention_ends[end]
    return min(end, stop)


def _ends_in_subject(scene: Scene, k: int) -> bool:
    """Whether a subject and nothing else of the clause follows the cue: ", warned the minister on Friday."."""
    words, lex = scene.words, scene.lex
    end = _mention_end(scene, k, scene.last)
    closed = end >= scene.last or not words.is_word(end)
    return end > k and (closed or words.folds[end] in lex.prepositions or words.folds[end] in lex.adverbs)


def _word_count(scene: Scene, first: int, last: int) -> int:
    return sum(scene.words.is_word(k) for k in range(first, last))


def quotation_before(scene: Scene, index: int) -> Draft | None:
    """«…», – зазначив Галан / "…," Halan said / «…», – заявив він. – «…»."""
    hit, words = scene.hits[index], scene.words
    if "quote" not in hit.cue.takes or hit.form.converb:
        return None
    before = [q for q in scene.quotes if q[1] <= hit.first]
    if not before or any(before[-1][1] <= h.first < hit.first for h in scene.hits[:index]):
        return None
    gap = range(before[-1][1], _skip_small(scene, hit.first, before[-1][1]))
    gap_words = sum(words.is_word(k) for k in gap)
    marks = "".join(words.folds[k] for k in gap if not words.is_word(k))
    if (
        gap_words > (LONG_GAP_WORDS if scene.lex.speech.bare_clause and "," in marks else GAP_WORDS)
        or ":" in marks
        or (gap_words and any(words.folds[k] in scene.lex.that for k in gap))
    ):
        return None
    if not marks and words.folds[before[-1][1] - 2] not in ",.!?…" and gap_words:
        return None
    if (gap_words or not marks) and _that_after(scene, hit) is not None:
        return None
    first = len(before) - 1
    while first > 0 and not _word_count(scene, before[first - 1][1], before[first][0]) and before[first][0] - before[first - 1][1] < 3:
        first -= 1
    start = scene.hits[index - 1].last if index and scene.hits[index - 1].first < before[first][0] else scene.first
    lead = _word_count(scene, start, before[first][0])
    if lead and words.folds[before[first][0] - 1] != ":":
        return None  # words before the quotation: a paraphrase that holds it, see `clause_before`
    content = [(q0 + 1, q1 - 1) for q0, q1 in before[first:]]
    end = hit.first if gap_words else _subject_end(scene, hit.last)
    rest = [q for q in scene.quotes if q[0] >= hit.last]
    aside = bool(rest) and words.folds[rest[0][0]] in ",.!?"  # told inside the marks: what follows belongs to the same quotation
    if rest and (aside or not any(hit.last <= h.first for h in scene.hits if h.first < rest[0][0] or h.first <= rest[0][1] + 3)):
        between = range(hit.last, rest[0][0])
        joined = bool(between) and (words.folds[rest[0][0] - 1] in DASHES or words.folds[rest[0][0] - 1] in ",.:")
        if aside or (joined and sum(words.is_word(k) for k in between) <= GAP_WORDS + 4):
            content.append((rest[0][0] + 1, rest[0][1] - 1))
            end = rest[0][0]
    return Draft(tuple(content), (before[-1][1], end if gap_words else max(end, hit.last)), "quotation-cue-speaker", 0.95)


def _subject_end(scene: Scene, start: int) -> int:
    """Where the stretch that may hold a subject after the cue ends: at a comma, dash, colon, or the next cue."""
    stop = min([scene.last, *(h.first for h in scene.hits if h.first >= start)])
    for k in range(start, stop):
        fold = scene.words.folds[k]
        if fold in (",", ":", ";", "–", "—") and k > start:
            return k
    return stop


def quotation_after(scene: Scene, index: int) -> Draft | None:
    """Галан заявив: «…» / He said: "…" / He told reporters, "…"."""
    hit, words = scene.hits[index], scene.words
    if "quote" not in hit.cue.takes:
        return None
    stop = min([scene.last, hit.last + REACH_COLON, *(h.first for h in scene.hits[index + 1 :])])
    for k in range(hit.last, stop):
        fold = words.folds[k]
        if fold in scene.lex.that:
            return None
        quote = next((q for q in scene.quotes if q[0] == k), None)
        if quote is not None:
            before = words.folds[k - 1]
            if before == ":" or (before == "," and k - hit.last <= 6) or (k == hit.last and scene.lex.code in ("en", "de", "fr", "es")):
                content = [quote]
                for other in scene.quotes:
                    if other[0] >= content[-1][1] and not _word_count(scene, content[-1][1], other[0]):
                        content.append(other)
                tail = _word_count(scene, content[-1][1], scene.last)
                if before != ":" and tail > FEWEST_CONTENT_WORDS and _word_count(scene, *quote) < 6:
                    return None
                return Draft(tuple((a + 1, b - 1) for a, b in content), (scene.first, k), "speaker-cue-quotation", 0.9)
            return None
        if fold == ":":
            rest = (k + 1, scene.last)
            if k + 1 < scene.last and not any(q[0] == k + 1 for q in scene.quotes) and _word_count(scene, *rest) >= FEWEST_CONTENT_WORDS:
                return Draft((rest,), (scene.first, k), "speaker-cue-colon", 0.7)
    return None


def that_clause(scene: Scene, index: int) -> Draft | None:
    """Він підкреслив, що … / Той посочи, че … / He said that … / …, додавши, що …"""
    hit = scene.hits[index]
    if "that" not in hit.cue.takes and "quote" not in hit.cue.takes:
        return None
    that = _that_after(scene, hit)
    if that is None:
        return _indirect_question(scene, index)
    end = limit_after(scene, index)
    if end <= that + 1:
        return None
    shares = _shares_subject(scene, index)
    if (
        not scene.lex.speech.comma_before_that
        and hit.cue.strength == "act"
        and "inf" in hit.cue.takes
        and scene.words.folds[hit.last] in scene.lex.speech.addressing
    ):
        that = hit.last - 1
    return Draft(((that + 1, end),), (_region_start(scene, index), that), "cue-clause", 0.85 if hit.cue.strength == "say" else 0.75, shares)


def _indirect_question(scene: Scene, index: int) -> Draft | None:
    """запитав, скільки … / спросил, почему … / wanted to know, … : the question word belongs to the content."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if hit.cue.strength != "say" or "quote" not in hit.cue.takes or not lex.questions:
        return None
    stop = min([scene.last - 1, hit.last + REACH_QUESTION, *(h.first for h in scene.hits[index + 1 :])])
    comma = next((k for k in range(hit.last, stop) if words.folds[k] == ","), None)
    start = comma if comma is not None else hit.last - 1
    if start + 1 >= scene.last or words.folds[start + 1] not in lex.questions or (comma is None and lex.script == "cyrillic"):
        return None
    end = limit_after(scene, index)
    if _word_count(scene, start + 1, end) < FEWEST_CONTENT_WORDS:
        return None
    return Draft(((start + 1, end),), (_region_start(scene, index), start + 1), "cue-question", 0.75, _shares_subject(scene, index))


def _shares_subject(scene: Scene, index: int) -> bool:
    """Whether the cue goes on with the subject of the cue before it: a converb, or joined by a conjunction with no subject between."""
    hit = scene.hits[index]
    if not any(h.cue.frame in ("verb", "state") for h in scene.hits[:index]):
        return False
    if hit.form.converb:
        return True
    p = _skip_small(scene, hit.first, scene.first)
    return p > scene.first and scene.words.folds[p - 1] in scene.lex.and_


def _region_start(scene: Scene, index: int) -> int:
    """Where the subject of a cue may begin: the sentence's start, or after a conjunction that follows an earlier cue's content."""
    hit = scene.hits[index]
    for other in reversed(scene.hits[:index]):
        cut = coordination(scene, other, hit)
        if cut is not None:
            return cut + 1
    earlier = [h for h in scene.hits[:index] if h.cue.frame in ("verb", "state")]
    if earlier:
        that = _that_after(scene, earlier[-1])
        if that is not None and that < hit.first:
            return that + 1
    return scene.first


def clause_before(scene: Scene, index: int) -> Draft | None:
    """…, съобщи генералният секретар / …, the minister said / … – повідомив він."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if "quote" not in hit.cue.takes or hit.form.converb or _that_after(scene, hit) is not None:
        return None
    if hit.cue.strength == "act" and set(hit.cue.takes) == {"quote"}:
        return None  # a smile says nothing without a quotation
    p = _skip_small(scene, hit.first, scene.first)
    floor = max(scene.first, hit.first - GAP_WORDS)
    mark = p - 1
    if lex.speech.bare_clause:
        while mark > floor and words.folds[mark] != ",":
            if words.folds[mark] in lex.that or words.folds[mark] in lex.and_:
                return None
            mark -= 1
    if mark <= scene.first or words.folds[mark] not in DASHES | {","}:
        return None
    if lex.speech.bare_clause and mark < hit.first - 1 and not any(k in scene.mention_ends for k in range(mark + 1, hit.first)):
        return None
    if lex.speech.bare_clause and mark == p - 1 and not _ends_in_subject(scene, hit.last):
        return None
    start = scene.first
    for other in scene.hits[:index]:
        if other.cue.frame == "verb" and not (lex.speech.bare_clause and _closing_attribution(scene, hit) is not None):
            return None  # the clause before belongs to an earlier cue
    if _subject_with_apposition(scene, start, mark):
        return None
    content_end = mark
    while content_end > start and not words.is_word(content_end - 1) and words.folds[content_end - 1] not in ')]»“”"%':
        content_end -= 1
    after = _subject_end(scene, hit.last)
    if (not lex.speech.comma_before_that or (lex.speech.bare_clause and mark < p - 1)) and hit.last < scene.last and words.folds[hit.last] == ",":
        after = hit.last  # "The lockers, she says, were cheaper"
    embedded = after < scene.last and words.folds[after] == "," and _goes_on(scene, index, after + 1)
    if _word_count(scene, start, content_end) < (1 if embedded else FEWEST_CONTENT_WORDS):
        return None
    conditional = words.folds[start] in lex.subordinate and (lex.speech.bare_clause or hit.last in scene.mention_ends)
    if (words.folds[start] in lex.subordinate and not conditional) or words.folds[start] in lex.as_:
        return None
    if lex.speech.bare_clause and mark < p - 1 and not embedded and _closing_attribution(scene, hit) is None:
        return None  # what is said stands behind the cue: "Visiting the yard, the minister said she …"
    timed = lex.speech.bare_clause and words.folds[start] in ("since", "when", "after", "before", "until", "as")
    if timed and not embedded:
        return None
    if _subject_apart(scene, start, mark, hit):
        return None
    if hit.cue.strength == "act" and words.folds[mark] == "," and noun_or_infinitive(scene, index) is not None:
        return None  # a second verb of the same subject, with content of its own: "Вони палять шини, вимагають скасувати вирок"
    if lex.speech.nouns_capital and not _has_verb(scene, start, content_end):
        return None  # a subject with an apposition
    content = [] if timed else [(start, content_end)]
    rule = "clause-cue-speaker"
    if embedded:
        content.append((after + 1, limit_after(scene, index)))
        rule = "clause-cue-clause"
    own = any(words.is_word(k) for k in range(mark + 1, p))  # a subject between comma and cue: none is to be sought behind it
    return Draft(tuple(content), (mark, hit.first if own else max(after, hit.last)), rule, 0.85)


def _subject_apart(scene: Scene, start: int, mark: int, hit: Hit) -> bool:
    """Whether what stands before the cue is its subject with an aside: "Губернатор, який подарував музею дві вази, зажадав …"."""
    words, lex = scene.words, scene.lex
    if words.folds[mark] != "," or hit.last in scene.mention_ends:
        return False
    k = start
    while k < mark and (found := lex.adverbs.at(words.folds, k, mark)) is not None:
        k = found[0]
    k += k not in scene.mention_ends and words.folds[k] in lex.speech.articles
    while k < mark and k in scene.mention_ends:
        k = scene.mention_ends[k]
    return start < k < mark and words.folds[k] == ","


def _has_verb(scene: Scene, start: int, end: int) -> bool:
    """Where nouns have capitals: whether the stretch up to its first comma holds a lower-case word that can be a finite verb."""
    words, lex = scene.words, scene.lex
    if any(words.folds[k] in lex.subjunctive for k in range(start, end)):
        return True
    for k in range(start, end):
        fold = words.folds[k]
        if fold == ",":
            return False
        if not words.is_word(k) or (words.capital(k) and k > start) or fold.isdigit():
            continue
        if fold in lex.auxiliaries or fold in lex.subjunctive:
            return True
        small = fold in lex.speech.articles or fold in lex.prepositions or fold in lex.and_ or fold in lex.adverbs or fold in lex.pronouns or fold in lex.not_
        if (
            k > start
            and not small
            and (not fold.endswith(lex.speech.adjective_endings) or (fold.endswith(("te", "ten", "en")) and words.folds[k - 1] not in lex.speech.articles))
        ):
            return True
    return not any(words.folds[k] == "," for k in range(start, end))


def object_before(scene: Scene, index: int) -> Draft | None:
    """Die Nato hat eine Aufklärung verlangt: the participle stands last, what is said between it and the auxiliary."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if not lex.speech.nouns_capital or "np" not in hit.cue.takes or hit.cue.frame != "verb" or hit.form.number:
        return None
    if hit.last < scene.last and words.is_word(hit.last) and words.folds[hit.last] not in lex.and_:
        return None
    low = _region_start(scene, index)
    aux = next(
        (k for k in range(hit.first - 1, low - 1, -1) if words.folds[k] in ("hat", "haben", "hatte", "hatten", "habe") or words.folds[k] in (",", ";", ":")),
        None,
    )
    if aux is None or not words.is_word(aux):
        return None
    start = aux + 1
    region = (low, aux)
    opens = next((k for k in range(low, aux) if words.is_word(k) and words.folds[k] not in lex.and_), aux)
    if opens == aux or words.folds[opens] in lex.prepositions or lex.adverbs.opens(words.folds, opens, aux):
        behind = next((k for k in range(start, min(start + 4, hit.first)) if k in scene.mention_ends), None)
        if behind is None:
            return None
        end = scene.mention_ends[behind]
        while end in scene.mention_ends and words.capital(end):
            end = scene.mention_ends[end]
        region, start = (start, end), end
    while start < hit.first and (adverb := lex.adverbs.at(words.folds, start, hit.first)):
        start = adverb[0]
    if _word_count(scene, start, hit.first) < FEWEST_NOUN_WORDS:
        return None
    return Draft(((start, hit.first),), region, "cue-noun", 0.6, _shares_subject(scene, index))


def _subject_with_apposition(scene: Scene, start: int, mark: int) -> bool:
    """Whether what stands before the cue's comma is its subject and what it is: "Le ministre, Paul Roux, dénonce …"."""
    words, commas = scene.words, [k for k in range(start, mark) if scene.words.folds[k] == ","]
    if scene.lex.code not in ("fr", "es") or len(commas) != 1 or commas[0] - start > GAP_WORDS:
        return False
    named = any(scene.mention_ends.get(k, 0) >= commas[0] - 3 for k in range(start, commas[0]))
    described = any(k in scene.mention_ends or words.folds[k].isdigit() for k in range(commas[0] + 1, min(commas[0] + 4, mark)))
    return named or described


def _goes_on(scene: Scene, index: int, start: int) -> bool:
    """Whether what is said goes on behind an embedded cue: a clause, and no apposition, aside, list of roles or second cue."""
    words, lex = scene.words, scene.lex
    if any(h.first >= start and (h.form.converb or h.cue.frame == "verb") for h in scene.hits[index + 1 :]):
        return False
    fold = words.folds[start] if start < scene.last else ","
    if lex.subjunctive and fold not in lex.subordinate and any(words.folds[k] in lex.subjunctive for k in range(start, scene.last)):
        return True
    if lex.speech.nouns_capital and fold in lex.speech.articles:
        return False  # a relative clause
    opens = fold in lex.relative or fold in lex.subordinate or lex.roles.opens(words.folds, start, scene.last) or start in scene.mention_ends
    governed = fold in lex.prepositions and start + 1 < scene.last and words.folds[start + 1] in lex.relative
    tail = _word_count(scene, start, scene.last)
    return not opens and not governed and tail >= FEWEST_CONTENT_WORDS and any(words.folds[k] == "," for k in range(start - 1, start))


def as_clause(scene: Scene, index: int) -> Draft | None:
    """Водночас, як зауважив Галан, Москва змушена … / As Halan noted, … / …, как отметил он."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    p = _skip_small(scene, hit.first, scene.first)
    k = p - 1
    if lex.speech.bare_clause or lex.speech.nouns_capital:
        while k > scene.first and words.folds[k] not in lex.as_ and p - k < GAP_WORDS and words.folds[k] != ",":
            k -= 1
    if k < scene.first or words.folds[k] not in lex.as_ or "quote" not in hit.cue.takes:
        return None
    end = next((m for m in range(hit.last, scene.last) if words.folds[m] == ","), None)
    if end is not None and any(h.first > end and h.cue.frame in ("verb", "source") and not h.form.converb for h in scene.hits):
        return None  # who only passes on what another one says
    head = (scene.first, k - 1 if k - 1 >= scene.first and words.folds[k - 1] == "," else k)
    content = [r for r in (head, (end + 1, limit_after(scene, index)) if end is not None else (0, 0)) if _content_words(scene, *r)]
    if not content:
        return None
    return Draft(tuple(content), (k + 1, end if end is not None else scene.last), "as-cue-speaker", 0.8)


def _content_words(scene: Scene, first: int, last: int) -> bool:
    """Whether a stretch says anything: more than adverbs and conjunctions."""
    k = first
    while k < last:
        found = scene.lex.adverbs.at(scene.words.folds, k, last) or scene.lex.and_.at(scene.words.folds, k, last)
        if found:
            k = found[0]
        elif scene.words.is_word(k):
            return True
        else:
            k += 1
    return False


def noun_or_infinitive(scene: Scene, index: int) -> Draft | None:
    """закликав партнерів збільшити … / призова X да … / urged X to … / наголосив на необхідності … / подякував Японії за …"""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    end = limit_after(scene, index)
    start = hit.last
    if start >= end:
        return None
    rule, confidence = "", 0.0
    inverted = _inverted_subject(scene, index) if lex.speech.nouns_capital else 0
    start = inverted or start
    prepositions = {t.partition(":")[2] for t in hit.cue.takes if t.startswith("np:")}
    skipped = start
    while skipped < end and (words.folds[skipped] in lex.adverbs or words.folds[skipped] in lex.auxiliaries):
        skipped += 1
    reach = range(start, _before_finite(scene, start, min(end, start + REACH_INFINITIVE)))
    if skipped < end and words.folds[skipped] in prepositions:
        asking = lex.speech.bare_clause and words.folds[skipped] not in lex.prepositions  # a word of asking belongs to the question
        start = skipped + (not asking and not _infinitive_at(scene, skipped))
        rule, confidence = "cue-preposition-noun", 0.7
    elif (
        "inf" in hit.cue.takes
        and (inf := next((k for k in reach if lex.is_infinitive(words.folds[k]) or words.folds[k] in (",", ":")), None)) is not None
        and words.folds[inf] not in (",", ":")
    ):
        rule, confidence = "cue-infinitive", 0.8
    elif "dat" in hit.cue.takes:
        rule, confidence = "cue-thanks", 0.75
    elif prepositions:
        far = next((k for k in range(skipped, min(end, skipped + GAP_WORDS)) if words.folds[k] in prepositions), None)
        gap_ok = far is not None and not any(words.folds[k] in (",", ":") for k in range(skipped, far))
        if far is not None and gap_ok and hit.cue.strength == "act":
            start = far + 1
            rule, confidence = "cue-preposition-noun", 0.6
    quoted = "np:quoted" in hit.cue.takes and any(start <= q[0] < end for q in scene.quotes)
    if not rule and ("np" in hit.cue.takes or quoted):
        start = skipped
        if start >= end or (not words.is_word(start) and not any(q[0] == start for q in scene.quotes)):
            return None
        fold = words.folds[start]
        if (fold in lex.prepositions and fold not in ("до", *lex.speech.addressing, *lex.speech.articles)) or fold in lex.that or fold in lex.and_:
            return None
        rule, confidence = "cue-noun", 0.55
    lone = words.is_word(start) and len(words.folds[start]) >= SHORTEST_NOUN and not words.capital(start)
    if not rule or _word_count(scene, start, end) < (
        1 if rule == "cue-preposition-noun" or (lex.speech.bare_clause and " " in hit.form.form) or hit.cue.strength == "say" or lone else FEWEST_NOUN_WORDS
    ):
        return None
    if words.folds[start] in lex.that or words.folds[start] in lex.speech.deictic or (words.folds[start] in lex.pronouns and end == start + 1):
        return None
    end = next((k for k in range(start, end) if words.folds[k] == ";"), _before_aside(scene, start, end))
    if lex.speech.nouns_capital:
        end = _less_particle(scene, start, end)
        if words.folds[end - 1] in lex.not_ or _word_count(scene, start, end) < FEWEST_NOUN_WORDS - words.capital(start):
            return None
    region = (hit.last, inverted) if inverted else (_region_start(scene, index), hit.first)
    return Draft(((start, end),), region, rule, confidence, _shares_subject(scene, index))


def _inverted_subject(scene: Scene, index: int) -> int:
    """Where the verb stands second and the sentence opens with an adverb, a phrase or a clause: the end of the subject behind the cue; else 0."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    low = _region_start(scene, index)
    while low < hit.first and (words.folds[low] in lex.and_ or not words.is_word(low)):
        low += 1
    if low < hit.first and words.is_word(hit.first - 1):
        fold = words.folds[low]
        if not (fold in lex.prepositions or lex.adverbs.opens(words.folds, low, hit.first) or fold in lex.subordinate):
            return 0
    for k in range(hit.last, min(scene.last, hit.last + 4)):
        if k in scene.mention_ends:
            end = scene.mention_ends[k]
            while end in scene.mention_ends and end < scene.last and words.capital(end):
                end = scene.mention_ends[end]
            return end
        if words.folds[k] in lex.prepositions or not words.is_word(k):
            return 0
    return 0


def _less_particle(scene: Scene, start: int, end: int) -> int:
    """Content ends before the particle of a separable verb: "kündigte neue Hilfen an"."""
    words, lex = scene.words, scene.lex
    k = end
    while k > start and not words.is_word(k - 1):
        k -= 1
    return k - 1 if k - 1 > start and words.folds[k - 1] in lex.prepositions else end


def infinitive_clause(scene: Scene, index: int) -> Draft | None:
    """Er forderte die Regierung auf, die Zuschüsse zu erhöhen: the infinitive stands behind the cue's comma."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if not lex.speech.nouns_capital or "inf" not in hit.cue.takes:
        return None
    stop = min([scene.last, hit.last + REACH_THAT, *(h.first for h in scene.hits[index + 1 :])])
    comma = next((k for k in range(hit.last, stop) if words.folds[k] in (",", ":")), None)
    end = limit_after(scene, index)
    if comma is None or words.folds[comma] == ":" or not _zu_infinitive(scene, comma + 1, end):
        return None
    subject = _inverted_subject(scene, index)
    start = subject or hit.last
    content: list[Range] = []
    last = _less_particle(scene, start, comma)
    while start < last and (words.folds[start] in lex.adverbs or words.folds[start] in lex.prepositions):
        start += 1
    if hit.cue.strength == "act" and any(words.capital(k) for k in range(start, last)) and (subject or hit.first > scene.first):
        content.append((start, last))
    content.append((comma + 1, end))
    region = (hit.last, subject) if subject else (_region_start(scene, index), hit.first)
    return Draft(tuple(content), region, "cue-infinitive", 0.8, _shares_subject(scene, index))


def _zu_infinitive(scene: Scene, start: int, end: int) -> bool:
    words, lex = scene.words, scene.lex
    for k in range(start, end):
        fold = words.folds[k]
        if fold == ",":
            return False
        if fold in lex.infinitive_particles and k + 1 < end and words.folds[k + 1].endswith("n") and not words.capital(k + 1):
            return True
        if fold.endswith("en") and "zu" in fold[2:-4] and not words.capital(k):
            return True
    return False


def _before_finite(scene: Scene, start: int, stop: int) -> int:
    """Where a clause with its own subject or auxiliary begins, so that no infinitive behind it belongs to the cue: "told him he had to"."""
    words, lex = scene.words, scene.lex
    if not lex.speech.bare_clause:
        return stop
    for k in range(start + 1, stop):
        fold = words.folds[k]
        subject = fold in lex.pronouns and lex.pronouns[fold].subject
        if subject or fold in ("has", "had", "have", "is", "was", "are", "were", "would", "will", "could"):
            return k
    return stop


def _infinitive_at(scene: Scene, k: int) -> bool:
    """Whether an infinitive stands here, or behind the small word here: "affirme avoir perdu", "promet de présenter", "dit ne pas savoir"."""
    folds, lex = scene.words.folds, scene.lex
    small = k + 1 < scene.last and (folds[k] in lex.prepositions or folds[k] in lex.not_)
    return lex.is_infinitive(folds[k + 1] if small else folds[k])


def _before_aside(scene: Scene, start: int, end: int) -> int:
    """Noun content ends before a relative clause that a preposition opens, or in which somebody else speaks."""
    words, lex = scene.words, scene.lex
    for k in range(start + FEWEST_NOUN_WORDS, end - 1):
        if words.folds[k] != "," or any(a < k < b for a, b in scene.quotes):
            continue
        governed = words.folds[k + 1] in lex.prepositions and k + 2 < end and words.folds[k + 2] in lex.relative
        spoken = words.folds[k + 1] in lex.relative and any(k < h.first < end for h in scene.hits)
        contrary = words.folds[k + 1] in lex.speech.but
        if governed or spoken or contrary:
            return k
    return end


def _addressee_end(scene: Scene, k: int, end: int) -> int:
    """The index after whom something is told to: a pronoun, or the mentions after the cue."""
    words, lex = scene.words, scene.lex
    if words.folds[k : k + 1] and words.folds[k] in lex.pronouns and words.folds[k] not in ("his", "their"):
        return k + 1
    after = _mention_end(scene, k, end)
    return after


def bare_clause(scene: Scene, index: int) -> Draft | None:
    """He said NATO was ready."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if not lex.speech.bare_clause or "quote" not in hit.cue.takes or "that" not in hit.cue.takes:
        return None
    end = limit_after(scene, index)
    k = hit.last
    k = _skip_circumstances(scene, k, end)
    if "that:np" in hit.cue.takes:
        k = _skip_circumstances(scene, _addressee_end(scene, k, end), end)
    if k >= end or not (words.is_word(k) or any(q[0] == k for q in scene.quotes)) or words.folds[k] in lex.prepositions:
        return None
    if (k > hit.last and words.folds[k - 1] == ",") or _word_count(scene, k, end) < FEWEST_CONTENT_WORDS:
        return None
    return Draft(((k, end),), (_region_start(scene, index), hit.first), "cue-bare-clause", 0.75, _shares_subject(scene, index))


def source_phrase(scene: Scene, index: int) -> Draft | None:
    """За його словами, … / Според него … / According to him, … / …, за його словами, … / …, според Галан."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if hit.cue.frame != "source":
        return None
    if "post" in hit.cue.takes:
        return _source_behind(scene, index)
    if "back" in hit.cue.takes:
        return _as_told(scene, index)
    slot = any(words.folds[k] in lex.pronouns or lex.roles.opens(words.folds, k, hit.last) for k in range(hit.first, hit.last))
    end = hit.last if slot else _source_end(scene, hit.last)
    if not slot and end == hit.last:
        return None
    after = end + 1 if end < scene.last and words.folds[end] == "," else end
    if (
        after > end
        and after + 1 < scene.last
        and (words.folds[after] in lex.relative or (words.folds[after] in lex.prepositions and words.folds[after + 1] in lex.relative))
    ):
        closing = next((k for k in range(after, scene.last) if words.folds[k] == ","), None)
        after = closing + 1 if closing is not None else after  # "according to a report that X brought out, …"
    limit = _source_limit(scene, index, after)
    head = (scene.first, hit.first - 1 if hit.first > scene.first and words.folds[hit.first - 1] == "," else hit.first)
    content = []
    if _content_words(scene, *head) and not _told_before(scene, index):
        content.append(head)
    apposed = bool(content) and lex.speech.bare_clause and _apposed(scene, after)
    if _content_words(scene, after, limit) and not apposed:
        content.append((after, limit))
    if not content:
        return None
    return Draft(tuple(content), (hit.first, end), "source-phrase", 0.85)


def _as_told(scene: Scene, index: int) -> Draft | None:
    """Demnach verliert das Becken Wasser: the source is what was spoken of last."""
    hit, words = scene.hits[index], scene.words
    inside = hit.first > scene.first and words.folds[hit.first - 1] not in (",", ";", ":")
    ranges = ((scene.first, hit.first), (hit.last, scene.last)) if inside else ((hit.last, scene.last),)
    content = tuple(r for r in ranges if _content_words(scene, *r))
    return Draft(content, (hit.first, hit.first), "source-phrase", 0.6) if content else None


def _apposed(scene: Scene, k: int) -> bool:
    """Whether an apposition or a relative clause follows a source: "…, according to X, a metals analyst at Y, who …"."""
    words, lex = scene.words, scene.lex
    if k >= scene.last:
        return False
    fold = words.folds[k]
    return fold in lex.relative or fold in lex.speech.articles or lex.roles.opens(words.folds, k, scene.last) or k in scene.mention_ends


def _source_behind(scene: Scene, index: int) -> Draft | None:
    """Dem Bericht zufolge … / …, dem Minister zufolge, … : the noun phrase stands before the phrase."""
    hit, words = scene.hits[index], scene.words
    begin = _noun_phrase_begin(scene, hit.first) if scene.lex.speech.nouns_capital else hit.first
    while not scene.lex.speech.nouns_capital and begin > scene.first and words.is_word(begin - 1) and hit.first - begin < GAP_WORDS:
        begin -= 1
    after = hit.last + 1 if hit.last < scene.last and words.folds[hit.last] == "," else hit.last
    head = (scene.first, begin - 1 if begin > scene.first and words.folds[begin - 1] == "," else begin)
    content = [head] if _content_words(scene, *head) and not _told_before(scene, index) else []
    limit = _source_limit(scene, index, after)
    if _content_words(scene, after, limit):
        content.append((after, limit))
    return Draft(tuple(content), (begin, hit.last), "source-phrase", 0.85) if content else None


def subjunctive_clause(scene: Scene, index: int) -> Draft | None:
    """Er sagte, die Lage sei ernst: a clause behind the cue's comma whose verb shows that it is reported."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if not lex.subjunctive or "that" not in hit.cue.takes:
        return None
    stop = min([scene.last, hit.last + REACH_THAT, *(h.first for h in scene.hits[index + 1 :])])
    comma = next((k for k in range(hit.last, stop) if words.folds[k] in (",", ":")), None)
    if comma is None:
        return None
    p = _skip_small(scene, hit.first, scene.first)
    if (
        p > scene.first
        and words.folds[p - 1] == ","
        and any(words.folds[k] in lex.subjunctive for k in range(scene.first, p))
        and not any(h.first < hit.first for h in scene.hits)
    ):
        return None  # an embedded cue: what stands before it is said too, see `clause_before`
    end = limit_after(scene, index)
    if not any(words.folds[k] in lex.subjunctive and not words.capital(k) for k in range(comma + 1, end)) and words.folds[comma] == ",":
        return None
    if end <= comma + 1 or (words.folds[comma + 1] in lex.relative and words.folds[comma + 2] not in lex.subjunctive and words.folds[comma] == ","):
        return None
    return Draft(((comma + 1, end),), (_region_start(scene, index), comma), "cue-subjunctive", 0.8, _shares_subject(scene, index))


def _told_before(scene: Scene, index: int) -> bool:
    return any(h.cue.frame in ("verb", "state") for h in scene.hits[:index])


def _source_limit(scene: Scene, index: int, start: int) -> int:
    for other in scene.hits[index + 1 :]:
        if other.first < start:
            continue
        p = _skip_small(scene, other.first, start)
        if other.cue.frame == "verb" and other.form.converb and scene.words.folds[p - 1] == ",":
            return p - 1
    return scene.last


def _source_end(scene: Scene, start: int) -> int:
    """Where the noun phrase after a source phrase ends: at its comma, or at the end of its mention."""
    words, lex = scene.words, scene.lex
    if start >= scene.last:
        return start
    if words.folds[start] in lex.pronouns and not lex.speech.nouns_capital:
        return start + 1
    if lex.speech.nouns_capital:
        return _noun_phrase_end(scene, start)
    comma = next((k for k in range(start, min(scene.last, start + 14)) if words.folds[k] in (",", "–", "—", ".", ":")), None)
    if comma is not None and not lex.speech.comma_before_that and words.folds[comma] == "," and scene.mention_ends.get(comma + 1, scene.last) < scene.last:
        apposed = scene.mention_ends[comma + 1]  # "según la ministra de Sanidad, Ana Gil, …"
        comma = apposed if words.capital(comma + 1) and words.folds[apposed] == "," else comma
    mention = None
    for k in range(start, min(scene.last, start + 4)):
        if k in scene.mention_ends:
            mention = scene.mention_ends[k]
            while mention < scene.last and mention in scene.mention_ends:
                mention = scene.mention_ends[mention]
            break
    if not lex.speech.comma_after_source and mention is not None and (comma is None or mention < comma):
        return mention
    if comma is not None:
        return comma
    if mention is not None:
        return mention
    return min(scene.last, start + 2)


def _outlet(scene: Scene, k: int) -> bool:
    """Whether a name that is no known body stands here: behind "reports" it passes the news on and is no speaker."""
    words = scene.words
    while k < scene.last and words.folds[k] in '«„“"':
        k += 1
    return k < scene.last and (words.folds[k] in scene.lex.agencies or (words.capital(k) and not scene.lex.roles.opens(words.folds, k, scene.last)))


def _noun_phrase_end(scene: Scene, start: int) -> int:
    """Where nouns have capitals: a noun phrase ends before the first lower-case word that opens no further noun of it."""
    words, lex = scene.words, scene.lex
    end, k = start, start
    while k < min(scene.last, start + 16):
        if k in scene.mention_ends and scene.mention_ends[k] > k and words.folds[k] not in lex.pronouns:
            k = end = scene.mention_ends[k]
            continue
        fold = words.folds[k]
        if (words.capital(k) and words.is_word(k)) or fold in '„“"»«':
            k += 1
            end = k
            continue
        if fold == "." and k + 1 < scene.last and words.ends[k] - words.starts[k - 1] < 5:
            k += 1
            continue
        if (
            end == start
            and words.is_word(k)
            and (
                fold.endswith(lex.speech.adjective_endings)
                or fold in lex.prepositions
                or fold in lex.titles
                or fold in lex.adverbs
                or fold.isdigit()
                or fold in lex.pronouns
            )
        ):
            k += 1
            continue
        linked = end > start and (fold in lex.speech.complement_prepositions or fold in lex.speech.articles or fold in lex.and_)
        j = k + 1
        while linked and j < scene.last and words.is_word(j) and not words.capital(j) and words.folds[j].endswith(lex.speech.adjective_endings):
            j += 1
        if linked and j < scene.last and words.capital(j) and fold in ("der", "des", "von", "vom", "eines", "einer", "für", "und"):
            k = j
            continue
        break
    return end


def _noun_phrase_begin(scene: Scene, last: int) -> int:
    """Where nouns have capitals: the article or the first adjective of the noun phrase that ends before `last`."""
    words, lex = scene.words, scene.lex
    k = last
    while k > scene.first and last - k < 10:
        fold = words.folds[k - 1]
        if words.is_word(k - 1) and (
            words.capital(k - 1)
            or fold in lex.speech.articles
            or fold in lex.speech.complement_prepositions
            or (k < last and fold.endswith(lex.speech.adjective_endings) and fold not in lex.pronouns and fold not in lex.auxiliaries)
        ):
            k -= 1
            if fold in ("dem", "den", "einem"):
                break
            continue
        break
    return k


def back_reference(scene: Scene, index: int) -> Draft | None:
    """… . Про це заявив X / Таку заяву зробив X / … . Това заяви X."""
    hit, words = scene.hits[index], scene.words
    if hit.cue.frame != "verb":
        return None
    that = _that_after(scene, hit)
    if that is not None and that - hit.last < 4:
        return None
    backs = [h for h in scene.hits[:index] if h.cue.frame == "back"]
    if not backs or backs[0].first - scene.first > 3:
        return None
    if "quote" not in hit.cue.takes and "back" not in hit.cue.takes:
        return None
    if scene.lex.speech.nouns_capital and hit.first != backs[0].last and words.folds[backs[0].last] not in scene.lex.auxiliaries:
        return None  # the verb stands second: what is looked back at fills the first place alone
    if scene.lex.code == "bg" and words.folds[backs[0].last] == ",":
        return None
    if words.folds[hit.first] in scene.lex.reporting and _outlet(scene, hit.last):
        return None
    return Draft((), (backs[0].last, scene.last), "looking-back", 0.8, looks_back=True)


FRAMES = (
    back_reference,
    as_clause,
    quotation_before,
    quotation_after,
    that_clause,
    subjunctive_clause,
    clause_before,
    infinitive_clause,
    object_before,
    noun_or_infinitive,
    bare_clause,
)
