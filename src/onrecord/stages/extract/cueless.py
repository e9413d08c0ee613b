"""What is said without a cue: headlines with a colon or a dash, labels, quotations that stand alone, reports that go on."""

from __future__ import annotations

from onrecord.knowledge.lexicon import Lexicon
from onrecord.records import Quotation, Sentence
from onrecord.stages.extract.cues import find_cues
from onrecord.stages.extract.quotation import going_on_from, quotation_of
from onrecord.stages.extract.scene import DASHES, FEWEST_CONTENT_WORDS, Draft, Scene, count_words
from onrecord.tokens import Words

SUBJUNCTIVE_REACH = 18  # tokens of a sentence within which its main verb stands
FEWEST_QUOTED_WORDS = 5  # of a quotation that stands alone, without a cue
HEADLINE_SPEAKER_TOKENS = 9
SHORTEST_PARTICIPLE = 5  # letters
LONGEST_NAME = 4  # tokens
FEWEST_HEADLINE_WORDS = 4  # of a quotation in a headline that names nobody


def without_cue(scene: Scene, sentence: Sentence, before: Sentence | None, told: list[Quotation], lex: Lexicon) -> list[Quotation]:
    """Headlines with a colon or a dash, replies opened by a dash, and quotations that stand alone."""
    if sentence.role in ("headline", "subhead"):
        return _headline(scene, sentence, lex)
    if scene.quotes and (worded := _word_for_word(scene, sentence, told, lex)) is not None:
        return [worded]
    if scene.quotes and (labelled := _labelled(scene, sentence, lex)) is not None:
        return [labelled]
    if scene.words.folds[scene.first : scene.first + 1] and scene.quotes:
        a, b = scene.quotes[0]
        count = sum(scene.words.is_word(k) for k in range(a, b))
        outside = sum(scene.words.is_word(k) for k in range(scene.first, scene.last)) - sum(scene.words.is_word(k) for q in scene.quotes for k in range(*q))
        if not outside and (count >= FEWEST_QUOTED_WORDS or _behind_direct(sentence, before, told, scene)):
            return _announced(scene, sentence, before, lex) or _alone(scene, sentence, told, lex)
        if introduced := _introduced(scene, sentence, told, lex):
            return introduced
    return _goes_on(scene, sentence, before, told, lex)


def _behind_direct(sentence: Sentence, before: Sentence | None, told: list[Quotation], scene: Scene) -> bool:
    """Whether the sentence before, in the same paragraph, closed a direct quotation with its cue: what follows in marks goes on with it."""
    if before is None or not told or told[-1].kind != "direct" or told[-1].cue is None:
        return False
    return before.start <= told[-1].cue[0] < before.end and "\n" not in scene.words.text[before.end : sentence.start]


def _introduced(scene: Scene, sentence: Sentence, told: list[Quotation], lex: Lexicon) -> list[Quotation]:
    """La maire se veut rassurante : « … »: a colon opens the quotation that ends the sentence; nobody stands before it: who spoke last goes on."""
    words = scene.words
    a, b = scene.quotes[-1]
    content = [(a, b)]
    for other in reversed(scene.quotes[:-1]):
        if any(words.is_word(k) for k in range(other[1], a)):
            break
        a = other[0]
        content.insert(0, other)
    named = any(k in scene.mention_ends and not (told and _aside(scene, k)) for k in range(scene.first, a))
    spoken = named or bool(told)
    if words.folds[a - 1] != ":" or not spoken or sum(words.is_word(k) for k in range(a, b)) < FEWEST_QUOTED_WORDS:
        return []
    if any(words.is_word(k) for k in range(b, scene.last)):
        return []
    draft = Draft(tuple((low + 1, high - 1) for low, high in content), (scene.first, a), "speaker-colon-quotation", 0.6)
    quotation = quotation_of(scene, sentence, None, draft if named else draft._replace(region=(a, a)), None, lex)
    if quotation is None:
        return []
    return [quotation] if named else [going_on_from(quotation, len(told) - 1)]


def _aside(scene: Scene, k: int) -> bool:
    """Whether a common noun behind a preposition only tells where or of whom, so that who spoke goes on: "Or, chez nos voisins, tout va bien : « … »"."""
    words, lex = scene.words, scene.lex
    if not lex.speech.noun_first or words.capital(k):
        return False
    at = k - 1
    while at > scene.first and (words.folds[at] in lex.speech.articles or words.folds[at] in lex.pronouns) and words.folds[at] not in lex.prepositions:
        at -= 1
    return at >= scene.first and words.folds[at] in lex.prepositions


def _goes_on(scene: Scene, sentence: Sentence, before: Sentence | None, told: list[Quotation], lex: Lexicon) -> list[Quotation]:
    """A sentence whose verb shows that it is reported: "Die Lage sei ernst." (Konjunktiv I); behind a statement in its paragraph of the same speaker."""
    if lex.speech.hearsay and not lex.subjunctive:
        return _hearsay(scene, sentence, told, lex)
    if not lex.subjunctive:
        return []
    if explained := _explained(scene, sentence, told, lex):
        return explained
    behind = before is not None and told and "\n" not in scene.words.text[before.end : sentence.start]
    if before is None or not behind or not any(before.start <= x < before.end for a, b in told[-1].content for x in (a, b - 1)):
        return _reported(scene, sentence, lex) if before is not None else []
    known = any(scene.words.folds[k] in lex.subjunctive for a, b in told[-1].content for k in range(*scene.words.range(a, b)))
    if not (_main_verb(scene, lex.subjunctive if known else lex.reported, lex, scene.first) or _has_form(scene, lex.reported)):
        return []  # what would be is reported only behind a report: "Das wäre der Fall, wenn …"
    draft = Draft(((scene.first, scene.last),), (scene.first, scene.first), "subjunctive-goes-on", 0.65)
    quotation = quotation_of(scene, sentence, None, draft, None, lex)
    return [going_on_from(quotation, len(told) - 1)] if quotation else []


def _hearsay(scene: Scene, sentence: Sentence, told: list[Quotation], lex: Lexicon) -> list[Quotation]:
    """A sentence in which a particle or the form of its verb shows that somebody told it: "Крыша, мол, течёт.", "Мостът щял да падне."; of who spoke last
    in its paragraph, or of the subject before its colon."""
    words = scene.words
    at = next((k for k in range(scene.first, scene.last) if is_hearsay(words, k, lex) and not any(a <= k < b for a, b in scene.quotes)), None)
    if at is None or at - scene.first > SUBJUNCTIVE_REACH:
        return []
    colon = next((k for k in range(scene.first, at) if words.folds[k] == ":"), None)
    if colon is not None:
        named = any(k in scene.mention_ends for k in range(scene.first, colon))
        draft = Draft(((colon + 1, scene.last),), (scene.first, colon), "speaker-colon-hearsay", 0.6)
        quotation = quotation_of(scene, sentence, None, draft, None, lex) if named else None
        return [quotation] if quotation else []
    behind = told and "\n" not in words.text[told[-1].content[-1][1] : sentence.start] and told[-1].where == "body"
    if not behind or any(words.folds[k] in lex.first_person for k in range(scene.first, scene.last)):
        return []
    draft = Draft(((scene.first, scene.last),), (scene.first, scene.first), "hearsay-goes-on", 0.6)
    quotation = quotation_of(scene, sentence, None, draft, None, lex)
    return [going_on_from(quotation, len(told) - 1)] if quotation else []


def is_hearsay(words: Words, k: int, lex: Lexicon, *, closed: bool = False) -> bool:
    """Whether the word shows a report without a verb of saying, and no auxiliary beside it makes it a plain perfect: "щяла", not "бил е"; `closed`: or
    shows it where a cue behind it closes the report, "бил"."""
    fold = words.folds[k]
    known = fold in lex.hearsay or fold.endswith(lex.hearsay_endings or ("\n",))
    participle = len(fold) >= SHORTEST_PARTICIPLE and fold.endswith(lex.closed_hearsay_endings or ("\n",))
    if not known and not (closed and (participle or fold in lex.closed_hearsay)):
        return False
    beside = (words.folds[j] for j in (k - 2, k - 1, k + 1) if 0 <= j < len(words.starts))
    unreal = k > 0 and words.folds[k - 1] in lex.hypothetical
    return not (words.capital(k) and k > 0 and words.is_word(k - 1)) and not unreal and not any(fold in lex.copulas for fold in beside)


def _reported(scene: Scene, sentence: Sentence, lex: Lexicon) -> list[Quotation]:
    """A sentence behind no statement whose main clause stands in a form that only reports have: "Der Kanal sei noch dicht."."""
    if not _main_verb(scene, lex.reported, lex, scene.first) or _has_form(scene, lex.first_person):
        return []
    draft = Draft(((scene.first, scene.last),), (scene.first, scene.first), "subjunctive-alone", 0.6)
    quotation = quotation_of(scene, sentence, None, draft, None, lex)
    return [quotation] if quotation else []


def _explained(scene: Scene, sentence: Sentence, told: list[Quotation], lex: Lexicon) -> list[Quotation]:
    """Der Meister kennt solche Fälle: Das Holz sei zu feucht. Behind a colon, a main clause in a form that only reports have; of the subject before it,
    else of who spoke last."""
    words = scene.words
    colon = next((k for k in range(scene.first, scene.last) if words.folds[k] == ":" and not any(a < k < b for a, b in scene.quotes)), None)
    if colon is None or not _main_verb(scene, lex.reported, lex, colon + 1) or any(words.folds[k] in lex.first_person for k in range(colon, scene.last)):
        return []
    named = any(words.folds[k] not in lex.pronouns or lex.pronouns[words.folds[k]].subject for k in range(scene.first, colon) if k in scene.mention_ends)
    draft = Draft(((colon + 1, scene.last),), (scene.first if named else colon, colon), "speaker-colon-subjunctive", 0.65)
    quotation = quotation_of(scene, sentence, None, draft, None, lex) if named or told else None
    if quotation is None:
        return []
    return [quotation if named else going_on_from(quotation, len(told) - 1)]


def _main_verb(scene: Scene, forms: frozenset[str], lex: Lexicon, start: int) -> bool:
    """Whether one of the forms stands in the main clause at the head of what begins there, and not as its first word (a wish, a condition)."""
    words, first = scene.words, start
    opened = words.folds[start] in lex.subordinate or words.folds[start] in lex.as_ or words.folds[start] in lex.that or words.folds[start] in lex.reported
    if opened:
        comma = next((k for k in range(start, scene.last - 1) if words.folds[k] == "," and words.folds[k + 1] in forms), None)
        if comma is not None and any(words.folds[k] in lex.subjunctive for k in range(start, comma)):
            return True  # "Dass es so komme, sei zu erwarten.", "Wolle man das, müsse man handeln."
        start = next((k + 1 for k in range(start, scene.last) if words.folds[k] == ","), scene.last)
    clause = next((k for k in range(start, scene.last) if words.folds[k] in (",", ";", ":", "–", "(")), scene.last)
    found = next((k for k in range(start, min(clause, start + SUBJUNCTIVE_REACH)) if words.folds[k] in forms and not words.capital(k)), first)
    return found > first and not any(words.folds[k] in lex.that for k in range(start, found))


def _has_form(scene: Scene, forms: frozenset[str]) -> bool:
    """Whether one of the forms stands near the head of the sentence."""
    words, reach = scene.words, range(scene.first, min(scene.last, scene.first + SUBJUNCTIVE_REACH))
    return any(words.folds[k] in forms and not (words.capital(k) and k > scene.first) for k in reach)


def _word_for_word(scene: Scene, sentence: Sentence, told: list[Quotation], lex: Lexicon) -> Quotation | None:
    """Пряма мова: «…» / Дослівно Галан: «…»: a label says that somebody's very words follow."""
    words = scene.words
    label = lex.speech_labels.at(words.folds, scene.first, scene.last)
    colon = scene.quotes[0][0] - 1
    if label is None or words.folds[colon] != ":" or any(words.is_word(k) for k in range(scene.quotes[-1][1], scene.last)):
        return None
    draft = Draft(tuple((a + 1, b - 1) for a, b in scene.quotes), (label[0], max(colon, label[0])), "label-quotation", 0.7)
    quotation = quotation_of(scene, sentence, None, draft, None, lex)
    named = any(k in scene.mention_ends for k in range(label[0], colon))
    return quotation if quotation is None or named or not told else going_on_from(quotation, len(told) - 1)


def _labelled(scene: Scene, sentence: Sentence, lex: Lexicon) -> Quotation | None:
    """Галан: «…» / Мер у відповідь: «…»: a sentence that opens with a mention and ends in the quotation behind its colon."""
    words = scene.words
    a, b = scene.quotes[0]
    if a - 1 <= scene.first or words.folds[a - 1] != ":" or a - scene.first > HEADLINE_SPEAKER_TOKENS + 3 or scene.first not in scene.mention_ends:
        return None
    if any(words.is_word(k) for k in range(b, scene.last)):
        return None
    draft = Draft(((a + 1, b - 1),), (scene.first, a - 1), "label-quotation", 0.7)
    return quotation_of(scene, sentence, None, draft, None, lex)


def _announced(scene: Scene, sentence: Sentence, before: Sentence | None, lex: Lexicon) -> list[Quotation]:
    """Ann Holt, who chairs the board, said: / "…": a quotation that is its own paragraph, behind one that ends in a cue and a colon."""
    words = scene.words
    first, last = words.range(before.start, before.end) if before is not None and before.role == sentence.role else (0, 0)
    if last - first < FEWEST_CONTENT_WORDS or words.folds[last - 1] != ":":
        return []
    hits = [h for h in find_cues(words, first, last, [], lex) if h.cue.frame == "verb" and "quote" in h.cue.takes]
    if not hits or not any(k in scene.mention_ends for k in range(first, last)):
        return []
    draft = Draft(tuple((a + 1, b - 1) for a, b in scene.quotes), (first, last - 1), "speaker-cue-quotation", 0.9)
    quotation = quotation_of(scene, sentence, hits[-1], draft, None, lex)
    return [quotation] if quotation else []


def _alone(scene: Scene, sentence: Sentence, told: list[Quotation], lex: Lexicon) -> list[Quotation]:
    draft = Draft(tuple((a + 1, b - 1) for a, b in scene.quotes), (scene.first, scene.first), "quotation-alone", 0.6)
    quotation = quotation_of(scene, sentence, None, draft, None, lex)
    if quotation is None:
        return []
    last = next((k for k in range(len(told) - 1, -1, -1) if "/source-phrase-noun" not in told[k].rule), None)  # whose claim is named does not speak
    return [quotation if last is None else going_on_from(quotation, last)]


def _headline(scene: Scene, sentence: Sentence, lex: Lexicon) -> list[Quotation]:
    """Галан: … / …, – Галан / "…" - Halan."""
    words = scene.words
    if scene.quotes and scene.quotes[0][0] == scene.first and words.folds[scene.quotes[0][1] : scene.quotes[0][1] + 1] == [":"]:
        a, b = scene.quotes[0]
        if b - a > FEWEST_HEADLINE_WORDS and any(k in scene.mention_ends for k in (b + 1, b + 2)):
            draft = Draft(((a + 1, b - 1),), (b + 1, scene.last), "headline-quotation-colon", 0.65)
            quotation = quotation_of(scene, sentence, None, draft, None, lex)
            return [quotation] if quotation else []
    for k in range(scene.first + 1, min(scene.last - 1, scene.first + HEADLINE_SPEAKER_TOKENS)):
        if words.folds[k] == ":" and lex.speech.headline_topics and not any(q[0] == k + 1 for q in scene.quotes):
            break  # "Sécheresse : …" names a topic
        if words.folds[k] == ":" and _names_speaker(scene, k) and not _asks(scene, k + 1) and not _only_named(scene, k + 1):
            draft = Draft(((k + 1, scene.last),), (scene.first, k), "headline-speaker-colon", 0.7)
            quotation = quotation_of(scene, sentence, None, draft, None, lex)
            return [quotation] if quotation else []
    for k in range(scene.last - 2, max(scene.first, scene.last - HEADLINE_SPEAKER_TOKENS), -1):
        spaced = words.starts[k] > 0 and words.text[words.starts[k] - 1].isspace()
        if words.folds[k] in DASHES and spaced:
            at = next((m for m in range(k + 1, min(k + 4, scene.last)) if m in scene.mention_ends), None)
            told = sum(words.is_word(m) and not words.folds[m].isdigit() for m in range(scene.first, k)) >= FEWEST_CONTENT_WORDS
            pair = lex.roles.at(words.folds, k - 1, k)  # "relacje lekarz - pacjent"
            told = told and not (pair is not None and pair[1].form.case == "nom" and not words.capital(k + 1))
            if at is not None and told and words.capital(k + 1) | (scene.mention_ends[at] >= scene.last - 1) and _only_who(scene, at):
                draft = Draft(((scene.first, k),), (k + 1, scene.last), "headline-dash-speaker", 0.7)
                quotation = quotation_of(scene, sentence, None, draft, None, lex)
                return [quotation] if quotation else []
            break
    return _headline_quotation(scene, sentence, lex)


def _headline_quotation(scene: Scene, sentence: Sentence, lex: Lexicon) -> list[Quotation]:
    """« On veut des maths » : la colère des parents: a quotation apart from the rest of a headline; who says it, the article tells."""
    words = scene.words
    for a, b in scene.quotes:
        opens = a == scene.first and (b >= scene.last or words.folds[b] in DASHES or words.folds[b] in ":,.!?")
        closes = b == scene.last and a > scene.first and words.folds[a - 1] in ":.!?"
        if (opens or closes) and sum(words.is_word(k) for k in range(a, b)) >= FEWEST_HEADLINE_WORDS:
            draft = Draft(((a + 1, b - 1),), (scene.first, scene.first), "headline-quotation", 0.6)
            quotation = quotation_of(scene, sentence, None, draft, None, lex)
            return [quotation] if quotation else []
    return []


def _only_who(scene: Scene, k: int) -> bool:
    """Whether mentions end the headline, or a phrase behind them does: "…, – Галан", and not "… – mayor opens bridge"."""
    words = scene.words
    while k < scene.last and k in scene.mention_ends:
        k = scene.mention_ends[k]
    return k >= scene.last or not words.is_word(k) or words.folds[k] in scene.lex.prepositions


def _only_named(scene: Scene, start: int) -> bool:
    """Whether a name, or one word, is all that stands behind a colon: "Головний редактор: Остап Лан", "Саміт НАТО: онлайн"."""
    words = scene.words
    if not any(a == start for a, _ in scene.quotes) and count_words(scene, start, scene.last) == 1:
        return True
    return scene.last - start <= LONGEST_NAME and all(words.capital(k) or not words.is_word(k) for k in range(start, scene.last))


def _asks(scene: Scene, start: int) -> bool:
    """Whether the outlet asks behind a headline's colon: "Премьер под ударом: почему уходят министры?"."""
    words = scene.words
    quoted = any(a == start for a, _ in scene.quotes)
    opened = words.folds[start] in scene.lex.questions or scene.lex.speech.verb_second  # where the verb stands second, it opens what asks
    return not quoted and opened and words.folds[scene.last - 1] == "?"


def _names_speaker(scene: Scene, colon: int) -> bool:
    """Whether a headline opens with a mention behind which, up to the colon, only a phrase with a preposition or an aside stands."""
    words, lex = scene.words, scene.lex
    k = next((m for m in range(scene.first, min(colon, scene.first + 3)) if m in scene.mention_ends), None)
    if k is None or (k > scene.first and any(words.folds[m] in lex.prepositions for m in range(scene.first, k))):
        return False
    before = (words.folds[m] for m in range(scene.first, k))
    if not all(f.endswith(lex.speech.adjective_endings) or f in lex.titles or f in lex.adverbs or f in '.«„“"' for f in before):
        return False  # a noun that no mention covers: "Страйк пілотів: рейси скасовано"
    while k < colon and k in scene.mention_ends:
        k = scene.mention_ends[k]
    return k >= colon or words.folds[k] in lex.prepositions or not words.is_word(k)
