"""Where the clause of a cue begins and ends: its conjunction, the cut to the cue beside it, the region of its subject."""

from __future__ import annotations

from onrecord.stages.extract.cues import Hit
from onrecord.stages.extract.scene import DASHES, GAP_WORDS, Scene, after_circumstances, before_small_words, mentions_end

IN_NAMES = frozenset(".()&'’-")  # tokens that a name and its title hold
LONGEST_ADDRESSEE = 5  # tokens
LONGEST_TITLE = 6  # tokens of a name in marks, marks included
CLOSING = frozenset('”"')  # marks behind a comma that stands inside them
REACH_THAT = 16  # tokens between a cue and the conjunction that opens its clause


def limit_after(scene: Scene, index: int) -> int:
    """Where content that follows the cue `index` must end: at a coordinated cue, a converb cue, a semicolon, the sentence's end."""
    hit = scene.hits[index]
    cuts = (cut for other in scene.hits[index + 1 :] if (cut := coordination(scene, hit, other)) is not None)
    return min(next(cuts, scene.last), passed_on(scene, hit.last), _aside_end(scene, hit), _main_clause(scene, hit))


def _aside_end(scene: Scene, hit: Hit) -> int:
    """Where a relative clause of the sentence's subject ends, if the cue is its verb: "The mayor, who said that …, now faces a vote"."""
    words, lex = scene.words, scene.lex
    p = before_small_words(scene, hit.first, scene.first)
    if p - 2 <= scene.first or words.folds[p - 1] not in lex.relative or words.folds[p - 2] != ",":
        return scene.last
    if mentions_end(scene, scene.first, p - 2) != p - 2:
        return scene.last
    ends = (k for k in range(hit.last + 2, scene.last - 1) if words.folds[k] == "," and not any(a < k < b for a, b in scene.quotes))
    return next(ends, scene.last)


def _main_clause(scene: Scene, hit: Hit) -> int:
    """Where the main clause begins if the cue stands in a clause before it: "Макар да каза, че …, той продължи"."""
    words, lex = scene.words, scene.lex
    opened = lex.subordinate.opens(words.folds, scene.first, scene.last) and words.folds[scene.first] not in lex.hypothetical
    if not opened or words.folds[scene.first] in lex.as_ or "," in words.folds[scene.first : hit.first]:
        return scene.last
    for k in range(hit.last + 2, scene.last - 1):
        fold = words.folds[k + 1]
        subject = fold in lex.pronouns and lex.pronouns[fold].subject
        subject = subject or fold in lex.speech.articles or k + 1 in scene.mention_ends
        if words.folds[k] == "," and not any(a < k < b for a, b in scene.quotes) and subject:
            return k
    return scene.last


def passed_on(scene: Scene, start: int) -> int:
    """Where an outlet is named that passes it on, behind a comma or dash: "…, передає видання Вісник", "… - czytamy w Gazecie"."""
    words, lex = scene.words, scene.lex
    for k in range(start + 1, scene.last - 1):
        if words.folds[k] not in lex.reporting or (words.folds[k - 1] != "," and words.folds[k - 1] not in DASHES):
            continue
        following = k + 1 + (words.folds[k + 1] in lex.prepositions)
        named = any(words.capital(j) or words.folds[j] in '«„“"' for j in range(following, min(scene.last, following + 3)))
        if named and not any(a < k < b for a, b in scene.quotes):
            return k - 1
    return scene.last


def coordination(scene: Scene, hit: Hit, other: Hit) -> int | None:
    """The token at which the clause of `other` parts from what `hit` opened, None where it lies inside of it."""
    words, lex = scene.words, scene.lex
    if other.cue.frame == "back" or (other.cue.frame == "noun" and not other.cue.takes):
        return None
    if other.cue.frame == "source":
        if opens_clause(scene, other) and other.first - 2 > hit.last:
            return other.first - 2
        closing = words.folds[other.first - 1] == "," and other.first - 2 > hit.last
        if closing and not any(words.folds[k] in (",", ";", ":") for k in range(other.last, scene.last)):
            return other.first - 1  # who passes it on closes the sentence: "dijo que …, según la agencia EFE"
        opened = other.first - 1 > hit.last and words.folds[other.first - 1] in lex.subordinate and words.folds[other.first - 2] == ","
        return other.first - 2 if opened else None
    p = before_small_words(scene, other.first, hit.last)
    if p <= hit.last or (p - 1 == hit.last and other.cue.frame == "noun"):
        return None  # "La niña, explicó, se llama Ana"
    before = words.folds[p - 1]
    if before in DASHES and closes_dashed(scene, other):
        return p - 1
    if other.form.converb:
        if before == ",":
            return None if other.cue.strength == "act" and subordinate_between(scene, hit.last, p - 1) and conjunction_of(scene, other) is None else p - 1
        if before in lex.and_:
            return p - 2 if p - 2 > hit.last and words.folds[p - 2] == "," else p - 1
        return None
    held = other.cue.strength == "think" and not {"that", "quote"} & set(other.cue.takes)
    together = agree(hit, other) and not (held and conjunction_of(scene, hit) is not None)  # "said that the town respected the ruling but regarded it as odd"
    joined = lex.and_.before(words.folds, p, hit.last) if other.cue.frame == "verb" else p
    if joined < p - 1 and together and words.folds[joined - 1] == ",":
        return joined - 1  # "…, a la vez que aseguró que"
    if before in lex.and_ and together and other.cue.frame == "verb":
        return p - 2 if p - 2 > hit.last and words.folds[p - 2] == "," else p - 1
    if before in lex.speech.but and words.folds[p - 2] == "," and p - 2 > hit.last and together and conjunction_of(scene, other) is not None:
        return p - 2  # "…, aunque puntualizó que"
    if before == "," and closes(scene, other):
        return p - 1
    if other.cue.frame == "verb" and (cut := _next_clause(scene, hit, other, p)) is not None:
        return cut
    if (mark := closing_attribution(scene, other)) is not None and mark > hit.last:
        return mark if words.folds[mark - 1] not in lex.relative else None
    for k in range(p - 1, max(hit.last, p - GAP_WORDS), -1):
        if words.folds[k] == ";":
            return k
        if words.folds[k] in lex.that or words.folds[k] in lex.relative:
            return None
        if words.folds[k] == "," and k + 1 < p and words.folds[k + 1] in lex.and_:
            named = any(m in scene.mention_ends for m in range(k + 2, p))
            return k if conjunction_of(scene, other) is not None or (named and other.cue.frame == "verb") else None
    return None


def names_source(scene: Scene, quote: tuple[int, int]) -> bool:
    """Whether what is quoted is the name of a source, right behind its phrase: "Laut „Abendblatt“ sagte …", "selon « Le Courrier », …"."""
    behind = (hit.last for hit in scene.hits if hit.cue.frame == "source" and hit.last <= quote[0])
    short = quote[1] - quote[0] <= LONGEST_TITLE or " " not in scene.words.text[slice(*scene.words.span(*quote))]  # the address of a site is one word
    return short and any(quote[0] - last <= 1 for last in behind)


def opens_clause(scene: Scene, source: Hit) -> bool:
    """Whether a conjunction behind a comma opens a clause with a source phrase: "…, а според кмета …"."""
    words, at = scene.words, source.first - 1
    joins = words.folds[at] in scene.lex.and_ and words.folds[at] not in scene.lex.subordinate
    return joins and at - 1 > scene.first and words.folds[at - 1] == "," and source.last < scene.last


def _next_clause(scene: Scene, hit: Hit, other: Hit, p: int) -> int | None:
    """The comma at which a second cue follows without a conjunction: of the same subject, "увери, че A, призна обаче, че B", or, where what is said
    is no clause, of a subject of its own, "жители требуют сквер, торговцы просят парковку"."""
    words, lex = scene.words, scene.lex
    that = conjunction_of(scene, hit)
    commas = [k for k in range((that or hit.last) + 1, p) if words.folds[k] == "," and not any(a < k < b for a, b in scene.quotes)]
    opener = words.folds[before_small_words(scene, hit.first, scene.first) - 1]
    if len(commas) != 1 or opener in lex.as_ or opener in lex.relative:  # "дипломати, які говорили з газетою, кажуть, що …"
        return None
    comma = commas[0]
    if comma == p - 1:
        return comma if agree(hit, other) and conjunction_of(scene, other) is not None else None
    others = words.folds[comma + 1] in lex.speech.others and any(words.folds[k] in lex.speech.others for k in range(scene.first, hit.first))
    if that is not None and not others:
        return None
    if words.folds[comma + 1] in lex.speech.others and comma + 2 >= p:
        return comma
    role = next((found for k in (comma + 1, comma + 2) if (found := lex.roles.at(words.folds, k, p)) is not None), None)
    nominative = role is not None and role[1].form.case == "nom" and role[1].form.number in (None, other.form.number)
    return comma if nominative and comma + 1 in scene.mention_ends and that is None else None


def subordinate_between(scene: Scene, first: int, last: int) -> bool:
    """Whether a subordinate clause opens behind a comma on the way, so that a participle behind it belongs to its subject."""
    words, lex = scene.words, scene.lex
    return any(lex.subordinate.opens(words.folds, k, last) or (words.folds[k] in lex.as_ and words.folds[k - 1] == ",") for k in range(first + 1, last))


def closes_dashed(scene: Scene, hit: Hit) -> bool:
    """Whether the only dash of a sentence stands right before the cue, which has all before it as what is said: "A to B - powiedział wójt, który …"."""
    if "quote" not in hit.cue.takes or hit.form.converb or not scene.lex.speech.dashed_speech:
        return False
    words, p = scene.words, before_small_words(scene, hit.first, scene.first)
    if words.folds[p - 1] not in DASHES:
        return False
    others = (k for k in range(scene.first + 1, scene.last) if k != p - 1 and words.folds[k] in DASHES and not any(a < k < b for a, b in scene.quotes))
    return next(others, None) is None and conjunction_of(scene, hit) is None


def closes_over(scene: Scene, hit: Hit) -> bool:
    """Whether a cue with a subject of its own closes a sentence that another one's words open: "According to the fund debts grow, said Ann Holt"."""
    words, lex = scene.words, scene.lex
    if words.folds[hit.first] in lex.reporting or "quote" not in hit.cue.takes or hit.form.converb or words.folds[hit.last : hit.last + 1] == []:
        return False
    named = mentions_end(scene, hit.last, scene.last) > hit.last and words.folds[hit.last] not in lex.pronouns
    named = named and not words.text[words.starts[hit.last] : words.ends[hit.last]].isupper()  # "BBC" passes it on
    mark = before_small_words(scene, hit.first, scene.first) - 1
    return named and words.folds[mark] == "," and words.folds[mark - 1] not in '»”“"' and closes(scene, hit) and conjunction_of(scene, hit) is None


def agree(hit: Hit, other: Hit) -> bool:
    one, two = hit.form, other.form
    return not (one.number and two.number and one.number != two.number) and not (one.gender and two.gender and one.gender != two.gender)


def closing_attribution(scene: Scene, hit: Hit) -> int | None:
    """The comma before a subject and its cue that close a sentence: "…, owner Altamar Zinc said on Tuesday."; None where there is none."""
    words, lex = scene.words, scene.lex
    if not lex.speech.subject_first or "quote" not in hit.cue.takes or hit.form.converb:
        return None
    p = before_small_words(scene, hit.first, scene.first)
    if words.folds[p - 1] == ",":
        p = _before_apposition(scene, p - 1)
    mark = p - 1
    while mark > scene.first and p - mark < GAP_WORDS and words.folds[mark] != ",":
        fold = words.folds[mark]
        quoted = fold in CLOSING and words.folds[mark - 1] == ","  # "… and “put an end to years of talks,” he said"
        small = fold in lex.that or fold in lex.relative or fold in lex.and_ or fold in lex.subordinate
        if small or not (words.is_word(mark) or fold in IN_NAMES or quoted):
            return None
        mark -= 1
    if words.folds[mark] != "," or mark == p - 1 or not any(k in scene.mention_ends for k in range(mark + 1, p)):
        return None
    k = past_company(scene, hit)
    return mark if k >= scene.last or words.folds[k] in (",", ".", ";") or words.folds[k] in lex.relative else None


def _before_apposition(scene: Scene, closing: int) -> int:
    """The comma that opens what a comma closes behind a mention: "his wife[,] Ann Holt, said"; behind the closing comma where nothing does."""
    words, lex = scene.words, scene.lex
    for k in range(closing - 1, max(scene.first, closing - GAP_WORDS), -1):
        if words.folds[k] == ",":
            before = any(scene.mention_ends.get(m) == k for m in range(max(scene.first, k - GAP_WORDS), k))
            return k if before and any(m in scene.mention_ends for m in range(k + 1, closing)) else closing + 1
        if words.folds[k] in lex.that or words.folds[k] in lex.relative or words.folds[k] in lex.and_ or not (words.is_word(k) or words.folds[k] in IN_NAMES):
            return closing + 1
    return closing + 1


def past_company(scene: Scene, hit: Hit) -> int:
    """The index behind the circumstances and the addressee of a cue: "told a news conference in Oslo on Friday"."""
    k = after_circumstances(scene, hit.last, scene.last)
    if "that:np" in hit.cue.takes:
        k = after_circumstances(scene, _past_addressee(scene, k), scene.last)
    return k


def _past_addressee(scene: Scene, k: int) -> int:
    """The index behind a mention, a pronoun or a noun phrase of a few words that a mark or a preposition closes; `k` where none stands."""
    words, lex = scene.words, scene.lex
    if k < scene.last and words.folds[k] in lex.pronouns and words.folds[k] not in lex.speech.possessives:
        return k + 1
    end = mentions_end(scene, k, scene.last)
    if end > k or k >= scene.last or words.folds[k] not in lex.speech.articles:
        return end
    for end in range(k + 1, min(scene.last, k + LONGEST_ADDRESSEE) + 1):
        if end >= scene.last or not words.is_word(end) or words.folds[end] in lex.prepositions or lex.adverbs.opens(words.folds, end, scene.last):
            return end
    return k


def closes(scene: Scene, hit: Hit) -> bool:
    """Whether the cue closes the sentence: after it only its subject, and who passes it on."""
    words, cited = scene.words, scene.lex.speech.cited
    comma = next((k for k in range(hit.last, scene.last - 1) if words.folds[k] == ","), scene.last)
    return comma - hit.last <= GAP_WORDS and (comma == scene.last or words.folds[comma + 1] in cited or passed_on(scene, hit.last) == comma)


def conjunction_of(scene: Scene, hit: Hit) -> int | None:
    """The index of the conjunction that opens the clause of a cue."""
    if hit.first not in scene.conjunctions:
        scene.conjunctions[hit.first] = _conjunction_of(scene, hit)
    return scene.conjunctions[hit.first]


def _conjunction_of(scene: Scene, hit: Hit) -> int | None:
    words, lex = scene.words, scene.lex
    nexts = [h.first for h in scene.hits if h.first >= hit.last and not h.form.converb]
    stop = min([scene.last, hit.last + REACH_THAT, *nexts])
    opened = {a for a, _ in scene.quotes}
    for k in range(hit.last, stop):
        fold = words.folds[k]
        if fold in lex.speech.hearsay and k > hit.last and not words.is_word(k - 1):
            if "," in words.folds[hit.last : k - 1]:
                return None  # inside what is said: "мост, уверяют рабочие, стоит, а перила, мол, упали"
            if words.folds[k - 1] == ":":
                return k  # "опровергли: мол, мост стоит"
        if fold in lex.that:
            if any(h.form.converb and hit.last <= h.first and 0 <= k - h.last <= 1 for h in scene.hits):
                return None  # the clause of a participle between: "…, said X, adding that …"
            if lex.subjunctive and _reported_before(scene, hit.last, k - 1):
                return None  # "sagte, man werde prüfen, ob …": the clause has begun before
            if not lex.speech.clause_commas and words.folds[k - 1] in lex.and_:
                return None  # "said A and that B": the clause has begun before
            plain = (
                k == hit.last
                or words.folds[hit.last - 1] in lex.speech.agents
                or words.folds[k - 1] == ","
                or (words.folds[k - 1] in lex.and_ if lex.speech.clause_commas else "that:np" in hit.cue.takes or _only_company(scene, hit.last, k))
            )
            if _relative(scene, hit.last, k) or (k > hit.last and words.folds[k + 1] in lex.speech.finite_auxiliaries):
                continue  # "he suggested in a broadcast that was watched by many"
            if lex.speech.clause_commas and fold in lex.subordinate and not _right_behind(scene, hit.last, k):
                return None  # "вимагають прозорості, щоб зменшити витрати": it tells what for
            return k if plain and not _of_another(scene, hit.last, k) and not _takes_up(scene, hit, k) else None
        if (fold == ":" and words.folds[k + 1] in lex.speech.hearsay) and k + 1 < stop:
            continue
        if fold in (":", ";") or (k in opened and not _named(scene, k)) or (fold in lex.subordinate.firsts and _subordinates(scene, k, stop)):
            return None
    return None


def _takes_up(scene: Scene, hit: Hit, that: int) -> bool:
    """Whether a conjunction right before a finite verb takes up what was said, the cue's noun phrase before it: "ждёт роста на 8%, что превышает план"."""
    words, lex = scene.words, scene.lex
    if that <= hit.last + 2 or words.folds[that - 1] != "," or that + 1 >= scene.last:
        return False
    fold = words.folds[that + 1]
    governed = words.folds[hit.last] in lex.prepositions and f"np:{words.folds[hit.last]}" in hit.cue.takes
    holds = governed or f"np&{words.folds[hit.last]}" in hit.cue.takes
    return holds and fold.endswith(lex.speech.verb_endings) and not fold.endswith(lex.speech.adjective_endings)


def _subordinates(scene: Scene, k: int, stop: int) -> bool:
    """Whether a clause of its own opens here, and no noun behind a preposition: "dijo al alcalde que", "said after the talks that"."""
    words, lex = scene.words, scene.lex
    found = lex.subordinate.at(words.folds, k, stop)
    return found is not None and (found[0] > k + 1 or words.folds[k] not in lex.prepositions)


def _right_behind(scene: Scene, start: int, that: int) -> bool:
    """Whether nothing but circumstances and whom one speaks to stands between a cue and the comma before its conjunction."""
    k = after_circumstances(scene, start, that)
    if k < that and scene.words.folds[k] in scene.lex.prepositions:
        k += 1
    return mentions_end(scene, k, that) == that - 1


def _named(scene: Scene, k: int) -> bool:
    """Whether the quotation that opens here is a name: пред „Градски вестник“, че."""
    quote = next(q for q in scene.quotes if q[0] == k)
    return quote[1] - k <= LONGEST_TITLE and scene.words.capital(k + 1) and scene.words.is_word(k - 1)


def _relative(scene: Scene, start: int, that: int) -> bool:
    """Where no comma stands before a conjunction: whether it is a relative pronoun, behind the only comma or a preposition of its own: "con que"."""
    words, lex = scene.words, scene.lex
    if not lex.speech.relative_prepositions or that - 1 <= start:
        return False
    if words.folds[that - 1] in lex.speech.relative_prepositions or words.folds[that - 1] in lex.speech.articles:
        return True
    return words.folds[that - 1] == "," and not any(words.folds[k] == "," for k in range(start, that - 1))


def _of_another(scene: Scene, start: int, that: int) -> bool:
    """Whether the conjunction belongs to a demonstrative of the clause around the cue: "Возможно, считает автор, это объясняется тем, что …"."""
    words, lex = scene.words, scene.lex
    if that - 2 <= start or words.folds[that - 1] != "," or words.folds[that - 2] not in lex.speech.correlatives:
        return False
    comma = next((k for k in range(start, that - 2) if words.folds[k] == ","), None)
    return comma is not None and words.folds[comma + 1] not in lex.relative


def _reported_before(scene: Scene, start: int, end: int) -> bool:
    """Whether a comma opens a clause in the subjunctive between a cue and a conjunction."""
    comma = next((k for k in range(start, end) if scene.words.folds[k] == ","), end)
    return any(scene.words.folds[k] in scene.lex.subjunctive for k in range(comma, end))


def _only_company(scene: Scene, k: int, that: int) -> bool:
    """Whether the subject, an addressee or circumstances are all that stands between a cue and a conjunction without a comma."""
    words, lex = scene.words, scene.lex
    while k < that and (adverb := lex.adverbs.at(words.folds, k, that)) is not None:
        k = adverb[0]
    if k < that and words.folds[k] in lex.prepositions:
        return not _has_object(scene, k, that)
    while k < that and (k in scene.mention_ends or words.folds[k] in lex.speech.articles):
        k = scene.mention_ends.get(k, k + 1)
    return k >= that or (words.folds[k] in lex.prepositions and not _has_object(scene, k, that))


def _has_object(scene: Scene, k: int, that: int) -> bool:
    """Whether a noun with its article follows a phrase of a preposition, so that the clause is the noun's: "esperan con inquietud el discurso que"."""
    words, lex = scene.words, scene.lex
    for j in range(k + 2, that - 1):
        if words.folds[j] not in lex.speech.articles or words.folds[j - 1] in lex.prepositions or words.folds[j - 1] in lex.and_:
            continue
        if j not in scene.mention_ends and j + 1 not in scene.mention_ends and not lex.adverbs.opens(words.folds, j, that):
            return True
    return False


def shares_subject(scene: Scene, index: int) -> bool:
    """Whether the cue goes on with the subject of the cue before it: a converb, or joined by a conjunction with no subject between."""
    hit = scene.hits[index]
    if not any(h.cue.frame in ("verb", "state") for h in scene.hits[:index]):
        return False
    if hit.form.converb:
        return True
    p = before_small_words(scene, hit.first, scene.first)
    return p > scene.first and scene.words.folds[p - 1] in scene.lex.and_


def region_start(scene: Scene, index: int) -> int:
    """Where the subject of a cue may begin: the sentence's start, or after a conjunction that follows an earlier cue's content."""
    hit = scene.hits[index]
    if _opens_anew(scene, hit):
        return hit.first
    for other in reversed(scene.hits[:index]):
        if relates(scene, other):
            continue
        if scene.lex.speech.subject_first and told_of(scene, other) and scene.words.folds[before_small_words(scene, hit.first, scene.first) - 1] == ",":
            continue  # "Ann Holt, a rival who has endorsed Pell, said"
        cut = coordination(scene, other, hit) if other.cue.frame != "back" else None  # "das" may open a relative clause of the subject
        if cut is not None:
            return cut + 1
    earlier = [h for h in scene.hits[:index] if h.cue.frame in ("verb", "state")]
    if earlier:
        that = conjunction_of(scene, earlier[-1])
        if that is not None and that < hit.first:
            return that + 1
    return scene.first


def relates(scene: Scene, hit: Hit) -> bool:
    """Where cases tell: whether a relative pronoun that is no subject stands right before a cue: "Чоловік, якого просять піти, заявив, що …"."""
    words, lex = scene.words, scene.lex
    k = hit.first - 1
    return lex.cased and words.folds[k] in lex.relative and words.folds[k] not in lex.speech.relative_nominatives and k > scene.first


def _opens_anew(scene: Scene, hit: Hit) -> bool:
    """Whether a capital shows that a sentence begins with the cue, behind a line without a full stop: "… w szkołach Dodała, że …"."""
    words = scene.words
    inside = hit.first > scene.first and words.capital(hit.first) and words.is_word(hit.first - 1)
    return inside and hit.cue.frame == "verb" and hit.form.number is not None


def told_of(scene: Scene, hit: Hit) -> bool:
    """Whether a relative pronoun right behind a noun is the subject of the cue: "a rival who has endorsed Pell"."""
    words, lex, who = scene.words, scene.lex, before_small_words(scene, hit.first, scene.first) - 1
    return words.folds[who] in lex.relative and words.folds[who] not in lex.that and words.is_word(who - 1)


def told_before(scene: Scene, index: int) -> bool:
    """Whether a verb before the cue already tells something."""
    return any(h.cue.frame in ("verb", "state") for h in scene.hits[:index])
