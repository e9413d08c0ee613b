"""Frames around quotation marks: the quotation before its cue, or behind it."""

from __future__ import annotations

from onrecord.stages.extract.bounds import conjunction_of, names_source
from onrecord.stages.extract.cues import Hit
from onrecord.stages.extract.scene import DASHES, FEWEST_CONTENT_WORDS, GAP_WORDS, Draft, Range, Scene, before_small_words, count_words, subject_end

LONG_GAP_WORDS = 22  # where an apposition stands in it
REACH_COLON = 14
LONGEST_NAME = 6  # tokens of a name in marks, marks included


def quotation_before(scene: Scene, index: int) -> Draft | None:
    """«…», – зазначив Галан / "…," Halan said / «…», – заявив він. – «…»."""
    hit, words = scene.hits[index], scene.words
    if "quote" not in hit.cue.takes or hit.form.converb:
        return None
    before = [q for q in scene.quotes if q[1] <= hit.first and not names_source(scene, q)]
    if not before or any(before[-1][1] <= h.first < hit.first for h in scene.hits[:index]):
        return None
    gap = range(before[-1][1], before_small_words(scene, hit.first, before[-1][1]))
    gap_words = sum(words.is_word(k) for k in gap)
    marks = "".join(words.folds[k] for k in gap if not words.is_word(k))
    if (
        gap_words > (LONG_GAP_WORDS if scene.lex.speech.subject_first and "," in marks else GAP_WORDS)
        or ":" in marks
        or (gap_words and any(words.folds[k] in scene.lex.that for k in gap))
    ):
        return None
    inner = before[-1][1] - 2
    inner -= words.folds[inner] in "’'›"  # a quotation inside ends there too
    if not marks and words.folds[inner] not in ",.!?…" and (gap_words or _names_subject(scene, before[-1], hit)):
        return None
    if (gap_words or not marks) and conjunction_of(scene, hit) is not None:
        return None
    first = len(before) - 1
    while first > 0 and not count_words(scene, before[first - 1][1], before[first][0]) and before[first][0] - before[first - 1][1] < 3:
        first -= 1
    start = scene.hits[index - 1].last if index and scene.hits[index - 1].first < before[first][0] else scene.first
    lead = count_words(scene, start, before[first][0])
    outlet = words.folds[before[first][0] - 1] in scene.lex.reporting and count_words(scene, *before[-1]) > LONGEST_NAME  # its name is lost
    if lead and words.folds[before[first][0] - 1] != ":" and not outlet:
        return None  # words before the quotation: a paraphrase that holds it, see `clause_before`
    content = [(q0 + 1, q1 - 1) for q0, q1 in before[first:]]
    end = hit.first if gap_words else subject_end(scene, hit.last)
    rest = [q for q in scene.quotes if q[0] >= hit.last]
    aside = bool(rest) and words.folds[rest[0][0]] in ",.!?"  # told inside the marks: what follows belongs to the same quotation
    if rest and (aside or not any(hit.last <= h.first for h in scene.hits if h.first < rest[0][0] or h.first <= rest[0][1] + 3)):
        between = range(hit.last, rest[0][0])
        joined = bool(between) and (words.folds[rest[0][0] - 1] in DASHES or words.folds[rest[0][0] - 1] in ",.:")
        if aside or (joined and sum(words.is_word(k) for k in between) <= GAP_WORDS + 4):
            content.append((rest[0][0] + 1, rest[0][1] - 1))
            end = rest[0][0]
    if hit.cue.lemma in scene.lex.speech.quoting:
        return Draft(tuple(content), (hit.last, max(end, hit.last)), "quotation-cited", 0.8)
    return Draft(tuple(content), (before[-1][1], end if gap_words else max(end, hit.last)), "quotation-cue-speaker", 0.95)


def _names_subject(scene: Scene, quote: Range, hit: Hit) -> bool:
    """Whether what is quoted right before a verb is the name of its subject: "«Горгаз» требует пересмотра": short, with a capital, and no subject behind."""
    words, lex = scene.words, scene.lex
    if quote[1] != hit.first or words.folds[quote[1] - 1] not in '»”“"' or quote[1] - quote[0] > LONGEST_NAME or not words.capital(quote[0] + 1):
        return False
    fold = words.folds[hit.last] if hit.last < scene.last else "."
    who = hit.last in scene.mention_ends and (words.capital(hit.last) or lex.roles.opens(words.folds, hit.last, scene.last))
    return (words.is_word(hit.last) or fold == ",") and not who and not (fold in lex.pronouns and lex.pronouns[fold].subject)


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
            if before == "," and words.folds[k + 1] in scene.lex.relative and not words.capital(k + 1):
                return None  # part of a noun phrase: "благодари на хората, „които помогнаха“"
            if before == ":" or (before == "," and k - hit.last <= 6) or (k == hit.last and scene.lex.speech.quotation_touches_cue):
                content = [quote]
                for other in scene.quotes:
                    if other[0] >= content[-1][1] and not count_words(scene, content[-1][1], other[0]):
                        content.append(other)
                tail = count_words(scene, content[-1][1], scene.last)
                if before != ":" and tail > FEWEST_CONTENT_WORDS and count_words(scene, *quote) < 6:
                    return None
                return Draft(tuple((a + 1, b - 1) for a, b in content), (scene.first, k), "speaker-cue-quotation", 0.9)
            return None
        if fold == ":" and words.folds[k + 1].isdigit() and words.folds[k - 1].isdigit():
            continue  # a time of day
        if fold == ":":
            rest = (k + 1, scene.last)
            named = any(m in scene.mention_ends for m in range(scene.first, k)) or scene.lex.speech.null_subject
            if named and k + 1 < scene.last and not any(q[0] == k + 1 for q in scene.quotes) and count_words(scene, *rest) >= FEWEST_CONTENT_WORDS:
                return Draft((rest,), (scene.first, k), "speaker-cue-colon", 0.7)
    return None
