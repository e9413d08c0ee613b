"""Frames of a clause behind its cue: with a conjunction, as an indirect question, in the subjunctive, or bare."""

from __future__ import annotations

from onrecord.stages.extract.bounds import REACH_THAT, conjunction_of, limit_after, region_start, shares_subject
from onrecord.stages.extract.cues import Hit
from onrecord.stages.extract.nouns import agent_of, is_passive
from onrecord.stages.extract.scene import FEWEST_CONTENT_WORDS, Draft, Scene, after_circumstances, before_small_words, count_words, mentions_end

LONGEST_SUBJECT = 3  # words of a clause that may stand before a verb in second place and be all of it
REACH_QUESTION = 8  # tokens between a cue and the comma before its indirect question


def that_clause(scene: Scene, index: int) -> Draft | None:
    """Він підкреслив, що … / Той посочи, че … / He said that … / …, додавши, що …"""
    hit, lex = scene.hits[index], scene.lex
    if "that" not in hit.cue.takes and "quote" not in hit.cue.takes:
        return None
    that = conjunction_of(scene, hit)
    if that is not None and hit.cue.frame == "verb" and "that" not in hit.cue.takes and lex.speech.verb_second:
        return None  # "so": it only stands beside what is said
    if that is None:
        return _indirect_question(scene, index) or _joined_clause(scene, index)
    if lex.speech.null_subject and hit.first > scene.first and hit.form.number == "sg" and _points(scene, hit.first - 1):
        return None
    if that > hit.last + 1 and scene.words.folds[that - 2] in scene.lex.speech.question_nouns:
        return None  # "отговаряйки на въпрос, дали": a question that was put to somebody
    end = _before_reason(scene, that + 1, limit_after(scene, index))
    if end <= that + 1:
        return None
    shares = shares_subject(scene, index)
    region = (region_start(scene, index), hit.first if lex.speech.subject_first else that)
    if is_passive(scene, index):
        region, shares = agent_of(scene, hit), False
        if region[0] >= region[1]:
            return None  # "Das Amt wurde dafür kritisiert, dass …": nobody is said to speak
    if lex.speech.subject_first and scene.words.folds[hit.last - 1] in lex.speech.agents:
        region, shares = (hit.last, that), False  # "was told by the council that"
    if hit.cue.strength == "act" and "inf" in hit.cue.takes and scene.words.folds[hit.last] in scene.lex.speech.addressing:
        that = hit.last - 1
    elif _blames(scene, hit, that):
        that, region = hit.last - 1, (region[0], hit.first)
    wanted = lex.infinitive_particles and "inf" in hit.cue.takes
    if wanted and any(lex.is_infinitive(scene.words.folds[k]) and scene.words.is_word(k + 1) for k in range(hit.last, that)):
        return None  # "настояват градът да гарантира, че"
    if hit.cue.strength == "act" and "inf" in hit.cue.takes and hit.last < that and scene.lex.is_infinitive(scene.words.folds[hit.last]):
        return None  # the clause tells what for: "просят прийти раньше, чтобы …", see `noun_or_infinitive`
    return Draft(((that + 1, end),), region, "cue-clause", 0.85 if hit.cue.strength == "say" else 0.75, shares)


def _blames(scene: Scene, hit: Hit, that: int) -> bool:
    """Whether the object of an act stands between the cue and the clause, which tells what for: "обвини кмета, че краде": both are said."""
    if hit.cue.strength != "act" or "np" not in hit.cue.takes:
        return False
    noun = scene.lex.cues.at(scene.words.folds, that - 2, that) if that - 2 > hit.last - 1 else None
    if noun is not None and noun[1].cue.frame == "noun" and "that" in noun[1].cue.takes:
        return True  # "отрече твърдения, че"
    plain = "that" not in hit.cue.takes
    return plain and that - hit.last > 1 and not scene.words.folds[hit.last].endswith(scene.lex.speech.subject_endings or ("\n",))


def _points(scene: Scene, k: int) -> bool:
    """Whether the subject of a cue only points at what was told, so that nobody speaks: "To pokazuje, że …", "Это подтверждает, что …"."""
    opens = k == scene.first or not scene.words.is_word(k - 1) or scene.words.folds[k - 1] in scene.lex.and_
    return opens and scene.words.folds[k] in scene.lex.speech.deictic


def _before_reason(scene: Scene, start: int, end: int) -> int:
    """A clause with a conjunction ends before the reporter's reason for it: "hofft, dass …, denn bisher gibt es nichts"."""
    words, lex = scene.words, scene.lex
    for k in range(start + FEWEST_CONTENT_WORDS, end - 1):
        if words.folds[k] == "," and words.folds[k + 1] in lex.speech.reasons and not any(words.folds[j] in lex.subjunctive for j in range(k, end)):
            return k
    return end


def _indirect_question(scene: Scene, index: int) -> Draft | None:
    """запитав, скільки … / спросил, почему … / wanted to know, … : the question word belongs to the content."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if hit.cue.strength != "say" or not {"quote", "that"} <= set(hit.cue.takes) or not lex.questions:
        return None
    stop = min([scene.last - 1, hit.last + REACH_QUESTION, *(h.first for h in scene.hits[index + 1 :])])
    comma = next((k for k in range(hit.last, stop) if words.folds[k] == ","), None)
    start = comma if comma is not None else hit.last - 1
    asked = start + 1 < scene.last and words.folds[start + 1] in lex.questions
    asked = asked or (start + 2 < scene.last and words.folds[start + 2] in lex.speech.question_particles)
    if not asked or (comma is None) == lex.speech.clause_commas:
        return None  # where no comma parts clauses, one before "who" or "when" opens no question
    end = limit_after(scene, index)
    if count_words(scene, start + 1, end) < FEWEST_CONTENT_WORDS:
        return None
    timed = comma is not None and words.folds[comma - 1] in lex.speech.correlatives and words.folds[comma - 2] in lex.speech.time_prepositions
    if timed:
        return None  # "повідомив після того, як …"
    if comma is not None and (_of_noun(scene, hit.last, comma) or words.folds[comma - 1] in lex.speech.question_nouns):
        return None
    return Draft(((start + 1, end),), (region_start(scene, index), start + 1), "cue-question", 0.75, shares_subject(scene, index))


def _joined_clause(scene: Scene, index: int) -> Draft | None:
    """Вона запевняє, хліба вистачить на всіх: a clause right behind the comma of a cue whose subject opens the sentence, without a conjunction."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if not (lex.cased and lex.speech.clause_commas) or not {"quote", "that"} <= set(hit.cue.takes) or not hit.form.number:
        return None
    start = hit.last + 1
    end = limit_after(scene, index)
    if index or start >= end or words.folds[hit.last] != "," or not words.is_word(start) or "," in words.folds[scene.first : hit.first]:
        return None
    named = before_small_words(scene, hit.first, scene.first) > scene.first and any(k in scene.mention_ends for k in range(scene.first, hit.first))
    fold = words.folds[start]
    tables = (lex.relative, lex.and_, lex.that, lex.questions, lex.as_, lex.speech.but, lex.reporting, lex.speech.cited)
    small = any(fold in table for table in tables) or lex.subordinate.opens(words.folds, start, end) or lex.adverbs.opens(words.folds, start, end)
    governed = fold in lex.prepositions and words.folds[start + 1] in lex.relative
    stop = next((k for k in range(start, end) if not words.is_word(k)), end)
    ends, other = lex.speech.verb_endings, lex.speech.adjective_endings
    finite = any((words.folds[k].endswith(ends) and not words.folds[k].endswith(other)) or lex.is_infinitive(words.folds[k]) for k in range(start, stop))
    if not named or small or governed or not finite or any(h.first < stop for h in scene.hits[index + 1 :]):
        return None
    if count_words(scene, start, stop) < FEWEST_CONTENT_WORDS:
        return None
    return Draft(((start, end),), (region_start(scene, index), hit.first), "cue-joined-clause", 0.7)


def _of_noun(scene: Scene, start: int, comma: int) -> bool:
    """Whether the question word is the relative pronoun of a noun that is no subject of the cue: "розповів про міст, який …"."""
    words, lex = scene.words, scene.lex
    timed = words.folds[comma + 1] in lex.subordinate  # "обозначил сроки, когда …"
    if words.folds[comma + 1] not in lex.relative and not (timed and lex.cased):
        return False
    end = scene.mention_ends.get(start, start)
    while end < comma and end in scene.mention_ends:
        end = scene.mention_ends[end]
    return end < comma and not (timed and (words.folds[end] in lex.prepositions or lex.adverbs.opens(words.folds, end, comma)))


def subjunctive_clause(scene: Scene, index: int) -> Draft | None:
    """Er sagte, die Lage sei ernst: a clause behind the cue's comma whose verb shows that it is reported."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if not lex.subjunctive or "that" not in hit.cue.takes:
        return None
    stop = min([scene.last, hit.last + REACH_THAT, *(h.first for h in scene.hits[index + 1 :])])
    comma = next((k for k in range(hit.last, stop) if words.folds[k] in (",", ":")), None)
    if comma is None:
        return None
    p = before_small_words(scene, hit.first, scene.first)
    if (
        p > scene.first
        and words.folds[p - 1] == ","
        and any(words.folds[k] in lex.subjunctive for k in range(scene.first, p))
        and not any(h.first < hit.first for h in scene.hits)
    ):
        return None  # an embedded cue: what stands before it is said too, see `clause_before`
    end = limit_after(scene, index)
    near = end if hit.cue.strength == "say" else comma + 3
    quoted = any(comma < a < near and b <= end for a, b in scene.quotes)
    if words.folds[comma] == "," and _subordinate(scene, comma + 1, end):
        return None
    reported = quoted or any(words.folds[k] in lex.subjunctive and not words.capital(k) for k in range(comma + 1, end)) or _main_clause(scene, comma + 1, end)
    if not reported and words.folds[comma] == ",":
        return None
    if words.folds[comma] == "," and _relative_clause(scene, comma + 1):
        return None
    if end <= comma + 1 or (words.folds[comma + 1] in lex.relative and words.folds[comma + 2] not in lex.subjunctive and words.folds[comma] == ","):
        return None
    if is_passive(scene, index):
        region = agent_of(scene, hit)
        return Draft(((comma + 1, end),), region, "cue-subjunctive", 0.8) if region[0] < region[1] else None
    return Draft(((comma + 1, end),), (region_start(scene, index), comma), "cue-subjunctive", 0.8, shares_subject(scene, index))


def _subordinate(scene: Scene, k: int, end: int) -> bool:
    """Whether a clause of time, reason or manner opens behind a cue's comma, and none of its verbs shows a report: ", als sähe sie einen Geist"."""
    words, lex = scene.words, scene.lex
    fold = words.folds[k]
    opens = fold in lex.speech.time_conjunctions or fold in lex.as_ or lex.subordinate.opens(words.folds, k, end) or fold in lex.hypothetical
    return opens and fold not in lex.subjunctive and not any(words.folds[j] in lex.reported for j in range(k, end))


def _relative_clause(scene: Scene, k: int) -> bool:
    """Whether an article behind a comma is a relative pronoun: no noun phrase follows it, "einen Plan an, der das Amt ersetzen werde"."""
    words, lex = scene.words, scene.lex
    if words.folds[k] not in lex.speech.articles or k + 1 >= scene.last:
        return False
    stop = next((j for j in range(k, scene.last) if not words.is_word(j)), scene.last)
    late = stop - k > LONGEST_SUBJECT and words.folds[stop - 1] in lex.subjunctive and not any(words.folds[j] in lex.subjunctive for j in range(k, stop - 1))
    if late and (words.capital(k + 1) or words.folds[k + 1] in lex.adverbs) and not words.capital(stop - 2):
        return True  # its verb stands last: "einen Plan vor, der Millionen kosten würde"
    fold = words.folds[k + 1]
    small = fold in lex.speech.articles or fold in lex.prepositions or fold in lex.speech.possessives
    return small or (fold in lex.pronouns and lex.pronouns[fold].subject)


def _main_clause(scene: Scene, k: int, end: int) -> bool:
    """Whether a noun phrase and its verb in second place follow a cue's comma: "sagte sie, die Länder hielten sich daran"."""
    words, lex = scene.words, scene.lex
    if k >= end or words.folds[k] not in lex.speech.articles or not lex.speech.past_endings:
        return False
    k += 1
    while k < end and words.is_word(k) and not words.capital(k) and words.folds[k].endswith(lex.speech.adjective_endings):
        k += 1
    noun = k
    while k < end and words.is_word(k) and words.capital(k):
        k += 1
    if k == noun or k + 2 >= end or not words.is_word(k) or not words.is_word(k + 1):
        return False
    return words.folds[k].endswith(lex.speech.past_endings) and words.folds[k] not in lex.prepositions


def bare_clause(scene: Scene, index: int) -> Draft | None:
    """He said NATO was ready."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if not lex.speech.bare_clause or "quote" not in hit.cue.takes or "that" not in hit.cue.takes:
        return None
    end = limit_after(scene, index)
    k = hit.last
    k = after_circumstances(scene, k, end)
    if "that:np" in hit.cue.takes:
        k = after_circumstances(scene, _addressee_end(scene, k, end), end)
    if k >= end or not (words.is_word(k) or any(q[0] == k for q in scene.quotes)) or words.folds[k] in lex.prepositions:
        return None
    if (k > hit.last and words.folds[k - 1] == ",") or count_words(scene, k, end) < FEWEST_CONTENT_WORDS:
        return None
    if words.folds[k - 1] in lex.and_ or (hit.cue.lemma in lex.speech.object_cues and not _finite_ahead(scene, k, end)):
        return None
    return Draft(((k, end),), (region_start(scene, index), hit.first), "cue-bare-clause", 0.75, shares_subject(scene, index))


def _finite_ahead(scene: Scene, k: int, end: int) -> bool:
    """Whether a clause begins here and no object: a pronoun or a gerund opens it, "reported seeing a light", or it has a finite auxiliary."""
    words, lex = scene.words, scene.lex
    if (words.folds[k] in lex.pronouns and lex.pronouns[words.folds[k]].subject) or words.folds[k].endswith(lex.speech.gerund_endings):
        return True
    small = (*lex.speech.articles, *lex.speech.determiners, *lex.speech.possessives)
    for j in range(k, end):
        if not words.is_word(j) or words.folds[j] in lex.relative or words.folds[j] in lex.subordinate:
            return False
        past = j > k and words.folds[j].endswith(lex.speech.verb_endings) and words.folds[j - 1] not in small  # "the bridge closed", not "the closed bridge"
        if past or (words.folds[j] in lex.speech.finite_auxiliaries and not words.capital(j)):
            return True
    return False


def _addressee_end(scene: Scene, k: int, end: int) -> int:
    """The index after whom something is told to: a pronoun, or the mentions after the cue."""
    words, lex = scene.words, scene.lex
    if words.folds[k : k + 1] and words.folds[k] in lex.pronouns and words.folds[k] not in lex.speech.possessives:
        return k + 1
    return mentions_end(scene, k, end)
