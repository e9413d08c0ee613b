"""Frames of a clause behind its cue: with a conjunction, as an indirect question, in the subjunctive, or bare."""

from __future__ import annotations

from onrecord.stages.extract.bounds import REACH_THAT, conjunction_of, limit_after, region_start, shares_subject
from onrecord.stages.extract.scene import FEWEST_CONTENT_WORDS, Draft, Scene, after_circumstances, before_small_words, count_words, mentions_end

REACH_QUESTION = 8  # tokens between a cue and the comma before its indirect question


def that_clause(scene: Scene, index: int) -> Draft | None:
    """Він підкреслив, що … / Той посочи, че … / He said that … / …, додавши, що …"""
    hit = scene.hits[index]
    if "that" not in hit.cue.takes and "quote" not in hit.cue.takes:
        return None
    that = conjunction_of(scene, hit)
    if that is not None and hit.cue.frame == "verb" and "that" not in hit.cue.takes and scene.lex.speech.nouns_capital:
        return None  # "so": it only stands beside what is said
    if that is None:
        return _indirect_question(scene, index)
    end = limit_after(scene, index)
    if end <= that + 1:
        return None
    shares = shares_subject(scene, index)
    if (
        not scene.lex.speech.comma_before_that
        and hit.cue.strength == "act"
        and "inf" in hit.cue.takes
        and scene.words.folds[hit.last] in scene.lex.speech.addressing
    ):
        that = hit.last - 1
    if hit.cue.strength == "act" and "inf" in hit.cue.takes and hit.last < that and scene.lex.is_infinitive(scene.words.folds[hit.last]):
        return None  # the clause tells what for: "просят прийти раньше, чтобы …", see `noun_or_infinitive`
    return Draft(((that + 1, end),), (region_start(scene, index), that), "cue-clause", 0.85 if hit.cue.strength == "say" else 0.75, shares)


def _indirect_question(scene: Scene, index: int) -> Draft | None:
    """запитав, скільки … / спросил, почему … / wanted to know, … : the question word belongs to the content."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if hit.cue.strength != "say" or not {"quote", "that"} <= set(hit.cue.takes) or not lex.questions:
        return None
    stop = min([scene.last - 1, hit.last + REACH_QUESTION, *(h.first for h in scene.hits[index + 1 :])])
    comma = next((k for k in range(hit.last, stop) if words.folds[k] == ","), None)
    start = comma if comma is not None else hit.last - 1
    if start + 1 >= scene.last or words.folds[start + 1] not in lex.questions or (comma is None and lex.script == "cyrillic"):
        return None
    end = limit_after(scene, index)
    if count_words(scene, start + 1, end) < FEWEST_CONTENT_WORDS:
        return None
    return Draft(((start + 1, end),), (region_start(scene, index), start + 1), "cue-question", 0.75, shares_subject(scene, index))


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
    quoted = any(comma < a and b <= end for a, b in scene.quotes)
    if not quoted and not any(words.folds[k] in lex.subjunctive and not words.capital(k) for k in range(comma + 1, end)) and words.folds[comma] == ",":
        return None
    if end <= comma + 1 or (words.folds[comma + 1] in lex.relative and words.folds[comma + 2] not in lex.subjunctive and words.folds[comma] == ","):
        return None
    return Draft(((comma + 1, end),), (region_start(scene, index), comma), "cue-subjunctive", 0.8, shares_subject(scene, index))


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
    return Draft(((k, end),), (region_start(scene, index), hit.first), "cue-bare-clause", 0.75, shares_subject(scene, index))


def _addressee_end(scene: Scene, k: int, end: int) -> int:
    """The index after whom something is told to: a pronoun, or the mentions after the cue."""
    words, lex = scene.words, scene.lex
    if words.folds[k : k + 1] and words.folds[k] in lex.pronouns and words.folds[k] not in lex.speech.possessives:
        return k + 1
    return mentions_end(scene, k, end)
