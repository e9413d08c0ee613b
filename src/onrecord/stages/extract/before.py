"""The frame of what is said before its cue, or around it: "…, said the mayor", "The lockers, she says, were cheaper"."""

from __future__ import annotations

from onrecord.stages.extract.bounds import agree, closes, closes_dashed, closes_over, closing_attribution, conjunction_of, limit_after, past_company
from onrecord.stages.extract.cues import Hit
from onrecord.stages.extract.inquits import may_be_finite, subject_follows
from onrecord.stages.extract.nouns import noun_or_infinitive, own_infinitive
from onrecord.stages.extract.scene import (
    DASHES,
    FEWEST_CONTENT_WORDS,
    GAP_WORDS,
    Draft,
    Scene,
    apposition_end,
    before_small_words,
    count_words,
    mentions_end,
    subject_end,
)
from onrecord.stages.extract.sources import back_reference, looks_back

LONGEST_ACRONYM = 4  # letters; a longer word in capitals is a dateline's
REACH_PERFECT = 20  # tokens between the auxiliary of a perfect and its participle


def clause_before(scene: Scene, index: int) -> Draft | None:
    """…, съобщи генералният секретар / …, the minister said / … – повідомив він."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if "quote" not in hit.cue.takes or hit.form.converb or conjunction_of(scene, hit) is not None or hit.cue.lemma in lex.speech.quoting:
        return None
    if lex.speech.clause_infinitives and "that" in hit.cue.takes and own_infinitive(scene, hit.last, scene.last) < scene.last:
        return None  # what is said follows: "L'agent, joint par téléphone, affirme n'avoir rien reçu"
    if "np" in hit.cue.takes and hit.last + 1 < scene.last and words.folds[hit.last] in lex.speech.indefinite and hit.last + 1 not in scene.mention_ends:
        return None  # its object follows: "al verla, confirmaron una orden de captura"
    if hit.cue.strength == "act" and set(hit.cue.takes) == {"quote"} and not (closes_dashed(scene, hit) and words.folds[scene.first] in DASHES):
        return None  # a smile says nothing without a quotation
    if lex.cased and words.folds[hit.first] in lex.reporting and _ends_with(scene, hit.last):
        return None  # the name of the outlet that passes it on is lost: "…, сообщает Он отметил, что"
    p = before_small_words(scene, hit.first, scene.first)
    mark = _mark_before(scene, hit, p)
    if mark is None or (looks_back(scene, index) and not lex.speech.verb_second):  # where the verb stands second, "das" may open any clause
        return None
    bare = lex.speech.verb_second and mark == p - 1 and hit.cue.takes == ("quote",) and not hit.form.number and hit.last - hit.first == 1
    if bare and not subject_follows(words, hit.last, scene.last, lex):
        return None  # "so etwa den Handel", "so klingt"
    start = _past_intro(scene, mark) if mark < p - 1 else scene.first
    if words.folds[start + 1] in lex.speech.correlatives and words.folds[start + 2] == "," and words.folds[start + 3] in lex.that:
        return None  # see `object_before`
    dashed = (closes_dashed(scene, hit) and words.folds[hit.first] not in lex.reporting) or closes_over(scene, hit)
    for earlier, other in enumerate(scene.hits[: 0 if dashed else index]):
        if back_reference(scene, earlier) is not None:
            return None  # an outlet passes on who said the sentence before: "Про це заявив Галан, пише Вісник"
        if other.cue.frame != "verb" or set(other.cue.takes) == {"back"} or closing_attribution(scene, hit) is not None:
            continue
        inside = mark == p - 1 and closes(scene, hit)
        if not inside or (_told(scene, other) and not in_closed_clause(scene, other, mark)):
            return None  # the clause before belongs to an earlier cue
    if not lex.speech.clause_commas and mark == p - 1 and _subject_with_apposition(scene, start, mark):
        return None
    content_end = mark
    while content_end > start and not words.is_word(content_end - 1) and words.folds[content_end - 1] not in ')]»“”"%':
        content_end -= 1
    after = subject_end(scene, hit.last)
    own_subject = mark < p - 1
    if own_subject:
        after = past_company(scene, hit)
    elif not lex.speech.clause_commas and hit.last < scene.last and words.folds[hit.last] == ",":
        after = hit.last  # "The lockers, she says, were cheaper"
    elif " " in hit.form.form and hit.last < scene.last and words.folds[hit.last] == ",":
        after = hit.last  # "Der Preis, hieß es, werde steigen": no subject follows
    region_end = max(after, hit.last)
    if lex.speech.subject_first and not own_subject and mentions_end(scene, hit.last, scene.last) > hit.last:
        after = _past_apposition(scene, after)
    parted = after < scene.last and words.folds[after] == ";" and own_subject  # "The bridge was safe, she said; the road was not"
    resumed = words.folds[mark] not in DASHES or not DASHES.isdisjoint(words.folds[after + 1 : after + 2])  # "A - powiedział wójt, pokazując plan"
    embedded = parted or (after < scene.last and words.folds[after] == "," and resumed and _goes_on(scene, index, after + 1))
    if count_words(scene, start, content_end) < (1 if embedded else FEWEST_CONTENT_WORDS):
        return None
    if words.folds[start] in lex.as_ and (index or not dashed):
        return None
    if lex.speech.subject_first and mark < p - 1 and not embedded and closing_attribution(scene, hit) is None:
        return None  # what is said stands behind the cue: "Visiting the yard, the minister said she …"
    timed = _timed(scene, start, mark)
    if timed and not embedded:
        return None
    if not own_subject and _subject_apart(scene, start, mark, hit):
        return None
    if hit.cue.strength == "act" and words.folds[mark] == "," and noun_or_infinitive(scene, index) is not None:
        return None  # a second verb of the same subject, with content of its own: "Вони палять шини, вимагають скасувати вирок"
    if lex.speech.nouns_capital and not _has_verb(scene, start, content_end):
        return None  # a subject with an apposition
    opened = own_subject and embedded and (words.folds[mark - 1] in lex.relative or words.folds[mark - 1] in lex.subordinate)
    content = [] if timed or opened else [(start, content_end)]  # "a video that, she said, was filmed elsewhere"
    rule = "clause-cue-speaker"
    if embedded:
        content.append((after + 1, limit_after(scene, index)))
        rule = "clause-cue-clause"
    own = any(words.is_word(k) for k in range(mark + 1, p))  # a subject between comma and cue: none is to be sought behind it
    return Draft(tuple(content), (mark, hit.first if own else region_end), rule, 0.85)


def _past_apposition(scene: Scene, comma: int) -> int:
    """The index behind what tells who the subject behind a cue is: "…, said Ann Holt, a baker from Dunmore", "In May, said Pell, of the port, …"."""
    words, lex, k = scene.words, scene.lex, comma + 1
    if comma + 2 >= scene.last or words.folds[comma] != ",":
        return comma
    office = words.folds[k] in lex.speech.articles and (k + 1 in scene.mention_ends or lex.roles.opens(words.folds, k + 1, scene.last))
    opens = office or words.folds[k] in lex.speech.indefinite or words.folds[k] in lex.speech.complement_prepositions or words.folds[k].isdigit()
    if not opens or _own_verb(scene, k):
        return comma
    return next((m for m in range(k, scene.last) if words.folds[m] == ","), scene.last)


def _ends_with(scene: Scene, k: int) -> bool:
    """Whether no word follows, or a pronoun with a capital, which opens a sentence of its own."""
    pronoun = scene.lex.pronouns.get(scene.words.folds[k]) if k < scene.last else None
    return not count_words(scene, k, scene.last) or (pronoun is not None and pronoun.subject and scene.words.capital(k))


def _timed(scene: Scene, start: int, mark: int) -> bool:
    """Whether a clause of time or reason opens what stands before the cue; where the verb stands second, is all of it: "Als er kam, seufzte sie"."""
    words, lex = scene.words, scene.lex
    start += lex.speech.verb_second and words.folds[start] in lex.speech.but
    if words.folds[start] not in lex.speech.time_conjunctions:
        return False
    clauses = (k + 1 for k in range(start, mark) if k == start or words.folds[k] == ",")
    return not lex.speech.verb_second or not any(may_be_finite(words, k, lex) or words.folds[k] in (*lex.subjunctive, *lex.auxiliaries) for k in clauses)


def _past_intro(scene: Scene, mark: int) -> int:
    """Where the clause before an embedded cue begins: behind a colon or semicolon, "She was sure: it had come, she said, too late"."""
    opens = (k for k in range(mark - 1, scene.first, -1) if scene.words.folds[k] in ":;" and not any(a < k < b for a, b in scene.quotes))
    return next((k + 1 for k in opens if not scene.words.folds[k + 1].isdigit()), scene.first)


def _told(scene: Scene, hit: Hit) -> bool:
    """Whether a clause or a quotation belongs to the cue: what it tells is said, and not an act that is told of."""
    return conjunction_of(scene, hit) is not None or any(q[0] - hit.last in (0, 1, 2) for q in scene.quotes)


def in_closed_clause(scene: Scene, hit: Hit, mark: int) -> bool:
    """Whether the cue stands in a relative clause, and what it tells ends before the mark: "Рабочие, которые считают, что …, уходят, предупредил мэр"."""
    words, lex = scene.words, scene.lex
    opened = any(words.folds[k] in lex.relative and words.folds[k - 1] == "," for k in range(scene.first + 2, hit.first))
    that = conjunction_of(scene, hit) or hit.last
    return opened and any(words.folds[k] == "," for k in range(that + 1, mark - 1))


def _mark_before(scene: Scene, hit: Hit, p: int) -> int | None:
    """The comma or dash between what is said and the cue, whose words begin at `p`; a bare clause's subject may stand between them."""
    words, lex = scene.words, scene.lex
    mark, floor = p - 1, max(scene.first, hit.first - GAP_WORDS)
    if lex.speech.perfect_auxiliaries and (hit.last >= scene.last or not words.is_word(hit.last)):
        parted = next((k for k in range(p - 2, max(scene.first, p - REACH_PERFECT), -1) if words.folds[k] == ","), scene.first)
        if parted > scene.first and words.folds[parted + 1] in lex.speech.perfect_auxiliaries:
            return parted  # "…, hatte der Minister am Montag gesagt"
    if lex.speech.subject_first and words.folds[mark] == "," and (opened := closing_attribution(scene, hit)) is not None:
        return opened  # "…, his wife, Ann Holt, said"
    if lex.speech.subject_first:
        while mark > floor and words.folds[mark] != ",":
            if words.folds[mark] in lex.that or words.folds[mark] in lex.and_ or words.folds[mark] in lex.relative:
                return None
            mark -= 1
    unopened = words.folds[mark] in '»”“"' and not any(q[1] == mark + 1 for q in scene.quotes)  # "… наесен” каза той": its first mark is lost
    if mark <= scene.first or (words.folds[mark] != "," and words.folds[mark] not in DASHES and not unopened):
        return None
    if mark < hit.first - 1 and not any(k in scene.mention_ends for k in range(mark + 1, hit.first)):
        return None
    if lex.speech.subject_first and mark == p - 1 and not _ends_in_subject(scene, hit.last):
        return None
    return mark


def _ends_in_subject(scene: Scene, k: int) -> bool:
    """Whether a subject and nothing else of the clause follows the cue: ", warned the minister on Friday."."""
    words, lex = scene.words, scene.lex
    end = mentions_end(scene, k, scene.last)
    closed = end >= scene.last or not (words.is_word(end) or any(q[0] == end for q in scene.quotes))
    return end > k and (closed or words.folds[end] in lex.prepositions or words.folds[end] in lex.adverbs)


def _subject_apart(scene: Scene, start: int, mark: int, hit: Hit) -> bool:
    """Whether what stands before the cue is its subject with an aside: "Губернатор, який подарував музею дві вази, зажадав …"."""
    words, lex = scene.words, scene.lex
    owned = words.folds[hit.last : hit.last + 1] and words.folds[hit.last] in lex.speech.possessives
    if words.folds[mark] != "," or (hit.last in scene.mention_ends and not owned):
        return False
    k = start
    commas = [m for m in range(start, mark) if words.folds[m] == ","]
    if lex.cased and len(commas) == 1 and commas[0] - start <= GAP_WORDS // 2 and words.folds[commas[0] + 1] in lex.relative:
        return True  # of whom no mention tells: "9 июля Дуб, который возглавлял порт, объявил об отставке"
    if words.text[words.starts[k] : words.ends[k]].isupper() and words.ends[k] - words.starts[k] > LONGEST_ACRONYM:
        return False  # where an agency writes from: "МОСКВА, 30 мая …"
    while k < mark and (found := lex.adverbs.at(words.folds, k, mark)) is not None:
        k = found[0]
    k += k not in scene.mention_ends and words.folds[k] in lex.speech.articles
    offices = (lex.roles.at(words.folds, m, mark) for m in (k, k + 1))
    if any(office is not None and office[1].form.case == "obl" for office in offices):
        return False
    comma = next((m for m in range(mark - 1, k, -1) if words.folds[m] == ","), mark)
    apposed = comma + 1 < mark and words.capital(comma + 1) and scene.mention_ends.get(comma + 1) == mark
    if lex.cased and apposed and not any(words.folds[m].endswith(lex.speech.verb_endings) for m in range(k, comma) if not words.capital(m)):
        return k in scene.mention_ends  # "Lekarz powiatowy w Zatorze, Jan Kot, poinformował o …"
    begin = k
    while k < mark and k in scene.mention_ends:
        k = scene.mention_ends[k]
    named = next((m for m in range(k + 1, mark) if words.folds[m] == ","), mark)
    if named < mark and scene.mention_ends.get(k + 1) == named and words.folds[named + 1] not in lex.relative:
        return False  # a clause of its own: "Le ministre, Paul Roux, a remis sa démission, annonce un communiqué"
    return begin < k < mark and words.folds[k] == ","  # "Ainsi, le pont tient, a constaté la Ville" has no subject there


def _has_verb(scene: Scene, start: int, end: int) -> bool:
    """Where nouns have capitals: whether the stretch up to its first comma holds a lower-case word that can be a finite verb."""
    words, lex, speech = scene.words, scene.lex, scene.lex.speech
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
        small = fold in speech.articles or fold in lex.prepositions or fold in lex.and_ or fold in lex.adverbs or fold in lex.pronouns or fold in lex.not_
        verb = not fold.endswith(speech.adjective_endings)
        verb = verb or (fold.endswith(speech.past_endings + speech.plural_endings) and words.folds[k - 1] not in speech.articles)
        if k > start and verb and not small:
            return True
    return not any(words.folds[k] == "," for k in range(start, end))


def _subject_with_apposition(scene: Scene, start: int, mark: int) -> bool:
    """Whether what stands before the cue's comma is its subject and what it is: "Le ministre, Paul Roux, dénonce …"."""
    words, commas = scene.words, [k for k in range(start, mark) if scene.words.folds[k] == ","]
    if len(commas) != 1 or commas[0] - start > GAP_WORDS:
        return False
    named = any(scene.mention_ends.get(k, 0) >= commas[0] - 3 for k in range(start, commas[0]))
    described = any(k in scene.mention_ends or words.folds[k].isdigit() for k in range(commas[0] + 1, min(commas[0] + 4, mark)))
    return named or described


def _own_verb(scene: Scene, start: int) -> bool:
    """Whether a finite verb shows itself by its ending before the next comma, so that a clause begins at `start` and no apposition."""
    words, speech = scene.words, scene.lex.speech
    end = next((k for k in range(start, scene.last) if not words.is_word(k)), scene.last)
    small = (words.folds[k] for k in range(start + 1, end) if not words.capital(k) and words.folds[k] not in scene.lex.roles)
    return any(fold.endswith(speech.verb_endings) and not fold.endswith(speech.adjective_endings or ("\n",)) for fold in small)


def _goes_on(scene: Scene, index: int, start: int) -> bool:
    """Whether what is said goes on behind an embedded cue: a clause, and no apposition, aside, list of roles or second cue."""
    words, lex = scene.words, scene.lex
    reach = start + 2 if lex.speech.subject_first else scene.last
    hit = scene.hits[index]
    if any(start <= h.first < reach and (h.form.converb or (h.cue.frame == "verb" and agree(hit, h))) for h in scene.hits[index + 1 :]):
        return False
    fold = words.folds[start] if start < scene.last else ","
    aside = range(hit.last, start - 1)
    if lex.cased and words.folds[start - 2] in lex.speech.correlatives:
        return False  # when it was told: "повідомили після того, як …"
    if any(words.folds[k] in lex.that or words.folds[k] in lex.questions or words.folds[k] in lex.relative for k in aside):
        return False  # what stands between tells on what occasion: "заяви Дейвис в отговор на въпрос дали …, при положение, че"
    if any(words.folds[k] in lex.speech.cited or lex.citing.opens(words.folds, k, scene.last) for k in range(start, min(scene.last, start + 2))):
        return False  # who passes it on: "добавя депутатът, цитиран от …"
    if lex.subjunctive and fold not in lex.subordinate and any(words.folds[k] in lex.subjunctive for k in range(start, scene.last)):
        return True
    if lex.speech.relative_subjects and fold in lex.speech.articles:
        return False  # a relative clause
    like = fold.endswith(lex.speech.adjective_endings or ("\n",))
    if like and start + 1 < scene.last and words.folds[start + 1] in lex.prepositions:
        return False  # what the subject is like: "сообщил источник, близкий к ведомству"
    bound = fold in lex.speech.time_conjunctions  # "…, she said, because …"
    at = hit.last
    pronoun = start - at == 2 and words.folds[at] in lex.pronouns and lex.pronouns[words.folds[at]].subject  # has no apposition
    pronoun = pronoun or (lex.cased and words.folds[at] in lex.speech.place_prepositions)  # nor has a body behind it: "кажуть у фірмі, компанія …"
    again = fold in lex.pronouns and lex.pronouns[fold].subject
    named = not again and (lex.roles.opens(words.folds, start, scene.last) or start in scene.mention_ends or apposition_end(scene, start) > start)
    opens = fold in lex.relative or bound or (named and not pronoun and not _own_verb(scene, start))
    governed = fold in lex.prepositions and start + 1 < scene.last and words.folds[start + 1] in lex.relative
    tail = count_words(scene, start, scene.last)
    fewest = FEWEST_CONTENT_WORDS - (scene.mention_ends.get(at) == start - 1)
    return not opens and not governed and tail >= fewest and any(words.folds[k] == "," for k in range(start - 1, start))
