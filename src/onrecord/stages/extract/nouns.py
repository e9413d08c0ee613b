"""Frames of what is said in an infinitive or a noun phrase: demands, promises, thanks."""

from __future__ import annotations

from onrecord.stages.extract.bounds import LONGEST_TITLE, REACH_THAT, limit_after, region_start, relates, shares_subject, told_of
from onrecord.stages.extract.cues import Hit
from onrecord.stages.extract.scene import DASHES, GAP_WORDS, Draft, Range, Scene, before_small_words, count_words

REACH_INFINITIVE = 12
FEWEST_NOUN_WORDS = 2
PARTICLE = 7  # letters at the head of a participle within which its mark stands: "zurückgewiesen"
PHRASE_REACH = 6  # tokens before a phrase that opens a clause, or between a cue and the subject behind it
CLOSED = frozenset(')]»“”"')  # marks behind a name and what belongs to it: "Anna Roth (SPD) warf …"
SHORTEST_NOUN = 5  # letters of a noun that may be content alone: "вимагає перерахунку"


def noun_or_infinitive(scene: Scene, index: int) -> Draft | None:
    """закликав партнерів збільшити … / призова X да … / urged X to … / наголосив на необхідності … / подякував Японії за …"""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    end = _relative_end(scene, index, limit_after(scene, index))
    if hit.last >= end or is_passive(scene, index):
        return None
    if hit.form.number == "pl" and relates(scene, hit):
        return None  # "яку просять мовчати": nobody says who asks
    inverted = _inverted_subject(scene, index) if lex.speech.verb_second else 0
    opening = _opening(scene, hit, inverted or hit.last, end)
    if opening is None:
        return None
    start, rule, confidence = opening
    if start >= end:
        return None
    if rule == "cue-noun" and lex.speech.participle_mark and not hit.form.number and lex.speech.participle_mark in words.folds[hit.last - 1][:PARTICLE]:
        return None  # the object of a participle stands before it: "hatten sich gemeldet und den Dienst …"
    if rule == "cue-noun" and (_has_object(scene, hit) or _closed_by_subject(scene, hit, start, end) or _tells_deed(scene, hit, end)):
        return None
    colon = next((a - 1 for a, _ in scene.quotes if start < a < end and words.folds[a - 1] == ":"), end)
    if rule == "cue-noun" and colon < end and count_words(scene, start, colon) <= FEWEST_NOUN_WORDS:
        return None  # what the quotation behind the colon says is said: "se montre prudent : « … »"
    if count_words(scene, start, end) < _fewest_words(scene, hit, start, rule):
        return None
    points = words.folds[start] in lex.that or (rule != "cue-infinitive" and words.folds[start] in lex.speech.deictic)
    if (points and not _called(scene, start + 1, end)) or (words.folds[start] in lex.pronouns and end == start + 1):
        return None
    bare = rule in ("cue-noun", "cue-preposition-noun")
    end = next((k for k in range(start, end) if words.folds[k] == ";"), _before_aside(scene, start, end, bare=bare))
    end = _before_joined_verb(scene, hit, start, end)
    start = _past_day(scene, start, end) if rule == "cue-infinitive" else start
    if lex.speech.verb_second:
        if hit.last < scene.last and words.folds[hit.last] in lex.speech.reflexives and words.folds[hit.last] not in hit.cue.lemma.split():
            return None  # "meldete sich zurück"
        end = min(end, _behind_quotation(scene, start, end)) if rule != "cue-infinitive" else end
        end = _before_second_verb(scene, start, _at_particle(scene, hit, start, _own_end(scene, hit, start, end)))
        less = _less_particle(scene, start, end)
        if less < end and rule == "cue-noun" and not _own_particle(hit, words.folds[less]):
            return None  # another verb: "meldete ein Patent an"
        end = less
        sure = words.capital(start) or any(a == start for a, _ in scene.quotes)
        if words.folds[end - 1] in lex.not_ or count_words(scene, start, end) < FEWEST_NOUN_WORDS - sure:
            return None
    region = (hit.last, inverted) if inverted else (region_start(scene, index), hit.first)
    if lex.cased and not hit.form.number and not hit.form.converb:
        verb = next((k for k in range(region[0] + 1, hit.first) if _finite(scene, k)), None)
        if verb is None or any(words.folds[k] in lex.speech.own_subjects for k in range(*region)):
            return None  # of a noun, "митинг с требованием закрыть завод", or of who writes
        region = (region[0], verb)  # "горсовет [обратился] в суд с просьбой"
    return Draft(((start, end),), region, rule, confidence, shares_subject(scene, index))


def _finite(scene: Scene, k: int) -> bool:
    words, speech = scene.words, scene.lex.speech
    return words.folds[k].endswith(speech.verb_endings) and not words.folds[k].endswith(speech.adjective_endings) and not words.capital(k)


def _called(scene: Scene, k: int, end: int) -> bool:
    """Whether a pronoun is called something: "described him as a thief", "called it “a trap”"."""
    return k < end and (scene.words.folds[k] in scene.lex.as_ or any(a in (k, k + 1) for a, _ in scene.quotes))


def _relative_end(scene: Scene, index: int, end: int) -> int:
    """Content of a cue in a relative clause ends where a comma and a verb take the main clause up again: "Szef, który wzywał do strajku, zarzucił …"."""
    words, lex = scene.words, scene.lex
    first = scene.hits[index].first
    comma = next((k for k in range(first - 1, scene.first, -1) if words.folds[k] == ","), None)
    if not (lex.speech.subject_first and told_of(scene, scene.hits[index])) and (comma is None or words.folds[comma + 1] not in lex.relative):
        return end
    for k in range(scene.hits[index].last + 1, end - 1):
        after = k + 1
        while after < end - 1 and words.folds[after] in lex.adverbs:
            after += 1
        if words.folds[k] == "," and (words.folds[after].endswith(lex.speech.verb_endings) or any(h.first == after for h in scene.hits)):
            return k
    return end


def _opening(scene: Scene, hit: Hit, start: int, end: int) -> tuple[int, str, float] | None:
    """Where content behind a cue begins, by which rule, and how sure it is: what the cue takes decides."""
    words, lex = scene.words, scene.lex
    prepositions = {t.partition(":")[2] for t in hit.cue.takes if t.startswith("np:")}
    skipped = start
    while skipped < end and ((adverb := lex.adverbs.at(words.folds, skipped, end)) is not None or words.folds[skipped] in lex.auxiliaries):
        skipped = adverb[0] if adverb is not None else skipped + 1
    if skipped + 1 < end and words.folds[skipped] in lex.speech.asked_from and words.folds[skipped] not in prepositions:
        skipped += 1
        while skipped < end and skipped not in scene.mention_ends and words.folds[skipped].endswith(lex.speech.adjective_endings or ("\n",)):
            skipped += 1
        skipped = scene.mention_ends.get(skipped, skipped + 1)
        if skipped < end and words.folds[skipped] == ",":  # "domagają się od firmy, która …, podwyżek"
            skipped = next((k + 1 for k in range(skipped + 1, end) if words.folds[k] == ","), end)
    if skipped < end and words.folds[skipped] in prepositions:
        asking = words.folds[skipped] in lex.questions  # a word of asking belongs to the question
        bare = words.folds[skipped] not in lex.prepositions or words.folds[skipped] in lex.speech.infinitive_prepositions
        opens = bare and _infinitive_at(scene, skipped)
        return skipped + (not asking and not opens), "cue-preposition-noun", 0.7
    if "inf" in hit.cue.takes and _infinitive_ahead(scene, start, end):
        return start, "cue-infinitive", 0.8
    if lex.speech.clause_infinitives and "that" in hit.cue.takes and (own := own_infinitive(scene, start, end)) < end:
        return own, "cue-infinitive", 0.75
    if "dat" in hit.cue.takes:
        return start, "cue-thanks", 0.75
    if " " in hit.form.form and prepositions and lex.cased and skipped < end and words.folds[skipped].endswith(lex.speech.complement_endings or ("\n",)):
        return skipped, "cue-noun", 0.55  # "wyraził gotowość uznania związku", what the noun is about
    if prepositions:
        ahead = [k for k in range(skipped, min(end, skipped + GAP_WORDS)) if words.folds[k] in prepositions]
        if hit.cue.strength != "act":  # not of the subject: "advirtió la jefa de prensa de «cortes»"
            ahead = [k for k in ahead if not any(a < k < b for a, b in scene.mention_ends.items())]
        far = next(iter(ahead), None)
        if hit.cue.strength != "act" and far is not None and not any(far < a <= far + 2 for a, _ in scene.quotes):
            far = None  # what is said in marks is sure: "sprachen in diesem Zusammenhang von „Panik“"
        if far is not None and not any(words.folds[k] in (",", ":") for k in range(skipped, far)):
            return far + 1, "cue-preposition-noun", 0.6
    before = words.folds[hit.first - 1] if hit.first > scene.first else ""
    named = lex.speech.plain_verbs and before not in lex.auxiliaries and before not in lex.pronouns  # "a club called “Old Friends”": only a name
    named = named and any(start == q[0] for q in scene.quotes)
    quoted = "np:quoted" in hit.cue.takes and not named and any(start <= q[0] < end for q in scene.quotes)
    holds = any(t.startswith("np&") and t[3:] in words.folds[skipped:end] for t in hit.cue.takes)
    holds = holds or _own_end(scene, hit, skipped, end) < end
    if ("np" in hit.cue.takes or quoted or holds) and _opens_noun(scene, skipped, end) and not _subject_behind(scene, hit, skipped, end):
        return skipped, "cue-noun", 0.55
    return None


def _own_end(scene: Scene, hit: Hit, start: int, end: int) -> int:
    """Where the particle stands that closes the clause of a separable verb and makes it one of saying: "wies die Vorwürfe zurück"; `end` where none does."""
    words, lex = scene.words, scene.lex
    particles = {t[3:] for t in hit.cue.takes if t.startswith("np+")}
    for k in range(start + 1, end if particles else start):
        if words.folds[k] in particles and (k + 1 >= scene.last or not words.is_word(k + 1) or words.folds[k + 1] in lex.and_):
            return k
    return end


def _has_object(scene: Scene, hit: Hit) -> bool:
    """Whether a pronoun right before the verb is its object already, so that what follows is its subject: "її критикує опозиція"."""
    words, lex = scene.words, scene.lex
    fold = words.folds[hit.first - 1] if hit.first > scene.first else ""
    opened = hit.first - 1 == scene.first or not words.is_word(hit.first - 2) or words.folds[hit.first - 2] not in lex.prepositions
    return hit.cue.strength == "act" and fold in lex.pronouns and not lex.pronouns[fold].subject and opened


def of_somebody(scene: Scene, index: int) -> bool:
    """Whether a verb in the plural has no subject, as its object opens the clause and only adverbs and phrases follow it: "Её попросили выйти", "после
    чего депутатов призвали к порядку": nobody is said to speak."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if not lex.speech.sure_genitive_endings or hit.form.number != "pl" or hit.form.converb or hit.cue.strength == "say":
        return False
    end = before_small_words(scene, hit.first, scene.first)
    k = max((m + 1 for m in range(region_start(scene, index), end) if not words.is_word(m)), default=region_start(scene, index))
    if k < end and words.folds[k] in lex.prepositions and words.folds[k] not in lex.speech.place_prepositions:
        k = next((m + 1 for m in range(k + 1, end) if not words.folds[m].endswith(lex.speech.adjective_endings)), end)  # "После обеда депутатов …"
    while k < end and (not words.is_word(k) or words.folds[k] in lex.and_ or lex.adverbs.opens(words.folds, k, end)):
        found = lex.and_.at(words.folds, k, end) or lex.adverbs.at(words.folds, k, end)
        k = found[0] if found else k + 1
    if k >= end:
        return False
    pronoun, role = lex.pronouns.get(words.folds[k]), lex.roles.at(words.folds, k, end)
    after = scene.mention_ends.get(k, role[0] if role is not None else k + 1)
    patient = pronoun is not None and not pronoun.subject
    patient = patient or (role is not None and role[1].role.type in ("person", "group") and role[1].form.case == "obl")
    patient = patient and (role is None or any(f.case == "nom" and f.number == "pl" for f in role[1].role.forms))  # not "судьи"
    patient = patient or (role is None and words.folds[k].endswith(lex.speech.sure_genitive_endings) and scene.mention_ends.get(k, k + 1) == k + 1)
    return patient and (after >= end or words.folds[after] in lex.prepositions or lex.adverbs.opens(words.folds, after, end))


def _tells_deed(scene: Scene, hit: Hit, end: int) -> bool:
    """Whether verb and object, others between, make a phrase that tells a deed and no speech: "признал водителя виновным"."""
    folds, cues, verb = scene.words.folds, scene.lex.cues, scene.words.folds[hit.last - 1]
    behind = range(hit.last + 1, min(end, hit.last + GAP_WORDS)) if verb in cues.longer and not scene.lex.speech.verb_second else ()
    phrases = (cues.at([verb, folds[k]], 0, 2) for k in behind if not scene.lex.is_infinitive(folds[k]))  # "искат мост, за да": no wish "искат да"
    return any(found is not None and found[0] == 2 and found[1].cue.frame == "noun" and not found[1].cue.takes for found in phrases)


def _closed_by_subject(scene: Scene, hit: Hit, start: int, end: int) -> bool:
    """Whether the cue stands behind what is said, and a name or a body that speaks is all that follows it: "…, препоръчва Галан",
    "…, отбелязва „Вестник“", "…, гарантира комисарят"."""
    words, lex = scene.words, scene.lex
    p = before_small_words(scene, hit.first, scene.first)
    behind = p > scene.first and (words.folds[p - 1] == "," or words.folds[p - 1] in DASHES or words.folds[p - 1] in '»”“"')
    if not behind:
        return False
    if words.folds[start] in lex.speech.agents:
        return True
    if any(a == start and end - 1 <= b <= a + LONGEST_TITLE and words.capital(a + 1) for a, b in scene.quotes):
        return True
    named = start
    while named < end and named in scene.mention_ends and (words.capital(named) or named == start):
        named = scene.mention_ends[named]
    shown = words.capital(named - 1) or words.folds[start].endswith(lex.speech.article_endings or ("\n",))
    return named > start and shown and (named >= end or not words.is_word(named) or words.folds[named] in lex.and_)


def _subject_behind(scene: Scene, hit: Hit, k: int, end: int) -> bool:
    """Whether what stands behind the cue is its subject, in the nominative and its number: "Strajk zapowiedzieli piloci"."""
    words, after = scene.words, scene.mention_ends.get(k, end)
    listed = after + 1 < scene.last and (words.folds[after] in scene.lex.and_ or (scene.lex.cased and words.folds[after] == ","))
    several = hit.form.number == "pl" and words.capital(k) and listed and words.capital(after + 1)
    if several and k > scene.first + 1:
        return True  # "Убежище предложили Франция и Испания"
    for at in range(k, min(end, k + 3)):
        found = scene.lex.roles.at(scene.words.folds, at, end)
        if found is not None:
            form = found[1].form
            if scene.lex.cased and form.number == hit.form.number == "sg" and found[1].role.type == "person" and k > scene.first + 1:
                adjectives = all(words.folds[j].endswith(scene.lex.speech.adjective_endings) for j in range(k, at))
                return form.case == "nom" and adjectives  # "В Осло проект критикует новый посол": no object has this form
            return form.case == "nom" and form.number is not None and form.number == hit.form.number == "pl" and k > scene.first + 1
    return False


def _infinitive_ahead(scene: Scene, start: int, end: int) -> bool:
    """Whether an infinitive follows before a comma or a clause of its own."""
    words = scene.words
    for k in range(start, _before_finite(scene, start, min(end, start + REACH_INFINITIVE))):
        if words.folds[k] in (",", ":"):
            return False
        if scene.lex.is_infinitive(words.folds[k]):
            return True
    return False


def _opens_noun(scene: Scene, k: int, end: int) -> bool:
    """Whether a noun phrase without a preposition, or a quotation, can begin here."""
    words, lex = scene.words, scene.lex
    if k >= end or (not words.is_word(k) and not any(q[0] == k for q in scene.quotes)):
        return False
    fold = words.folds[k]
    openers = (*lex.speech.object_prepositions, *lex.speech.addressing, *lex.speech.articles)
    return not (fold in lex.prepositions and fold not in openers) and fold not in lex.that and fold not in lex.and_


def _fewest_words(scene: Scene, hit: Hit, start: int, rule: str) -> int:
    """How many words the content must have: one where the rule is sure, the cue is of speech, or a long common noun opens it."""
    words = scene.words
    phrase = " " in hit.form.form
    lone = words.is_word(start) and len(words.folds[start]) >= SHORTEST_NOUN and not words.capital(start)
    return 1 if rule == "cue-preposition-noun" or phrase or hit.cue.strength == "say" or lone else FEWEST_NOUN_WORDS


def infinitive_clause(scene: Scene, index: int) -> Draft | None:
    """Er forderte die Regierung auf, die Zuschüsse zu erhöhen: the infinitive stands behind the cue's comma."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if "inf" not in hit.cue.takes:
        return None
    others = (h for h in scene.hits[index + 1 :] if not _rest_of_verb(scene, hit, h))
    stop = min([scene.last, hit.last + REACH_THAT, *(h.first for h in others)])
    comma = next((k for k in range(hit.last, stop) if words.folds[k] in (",", ":")), None)
    end = limit_after(scene, index)
    if comma is None or words.folds[comma] == ":" or not _has_infinitive(scene, comma + 1, end):
        return None
    subject = _inverted_subject(scene, index)
    start = subject or hit.last
    content: list[Range] = []
    end = _behind_infinitive(scene, comma + 1, end)
    last = _less_particle(scene, start, comma)
    while start < last and (words.folds[start] in lex.adverbs or words.folds[start] in lex.prepositions):
        start += 1
    if hit.cue.strength == "act" and any(words.capital(k) for k in range(start, last)) and (subject or hit.first > scene.first):
        content.append((start, last))
    content.append((comma + 1, end))
    if is_passive(scene, index):
        patient = next((k + 1 for k in range(hit.first - 1, scene.first - 1, -1) if words.folds[k] in lex.speech.passive_auxiliaries), hit.first)
        spoken_to = [(patient, hit.first)] if patient < hit.first else []
        return Draft((*spoken_to, *content), agent_of(scene, hit), "cue-infinitive", 0.6)
    region = (hit.last, subject) if subject else (region_start(scene, index), hit.first)
    return Draft(tuple(content), region, "cue-infinitive", 0.8, shares_subject(scene, index))


def _rest_of_verb(scene: Scene, hit: Hit, other: Hit) -> bool:
    """Whether a cue is only what a separable verb before it ends with: "rief alle Nachbarn dazu auf, …"."""
    together = hit.form.number is not None and other.form.number is None and " " in other.form.form and other.cue.lemma.endswith(hit.cue.lemma)
    return together and not any(scene.words.folds[k] == "," for k in range(hit.last, other.first))


def agent_of(scene: Scene, hit: Hit) -> Range:
    """Who asks in a passive: the document that opens its sentence, "In dem Brief wird der Rat aufgefordert", or whom "by" opens; empty where it
    tells of nobody."""
    words, lex = scene.words, scene.lex
    k = scene.first
    by = next((m for m in range(hit.first - 1, scene.first - 1, -1) if words.folds[m] in lex.speech.agents), None)
    if by is not None and all(map(words.is_word, range(by, hit.first))):
        return by + 1, hit.first  # "wurde von der Bahn bestätigt"
    if words.folds[k] in lex.speech.place_prepositions:
        for at in range(k + 1, min(hit.first, k + PHRASE_REACH)):
            found = lex.roles.at(words.folds, at, hit.first)
            if found is not None:
                return (k, found[0]) if found[1].role.type == "document" else (hit.first, hit.first)
    return hit.first, hit.first


def object_before(scene: Scene, index: int) -> Draft | None:
    """Die Nato hat eine Aufklärung verlangt: the participle stands last, what is said between it and the auxiliary."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if lex.cased:
        return _phrase_first(scene, index) or _object_first(scene, index)
    if "np" not in hit.cue.takes or hit.cue.frame != "verb" or hit.form.number:
        return None
    if hit.last < scene.last and words.is_word(hit.last) and words.folds[hit.last] not in lex.and_:
        return None
    if is_passive(scene, index):
        return None
    low = region_start(scene, index)
    aux = next(
        (k for k in range(hit.first - 1, low - 1, -1) if words.folds[k] in lex.speech.perfect_auxiliaries or _parts(scene, k)),
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
        end = _past_name(scene, behind)
        region, start = (start, end), end
    if any(words.folds[k] in lex.speech.reflexives for k in range(aux, hit.first)) and not any(f in lex.speech.reflexives for f in hit.cue.lemma.split()):
        return None  # "hat sich zum ersten Mal geäußert"
    while start < hit.first and (adverb := lex.adverbs.at(words.folds, start, hit.first)):
        start = adverb[0]
    if count_words(scene, start, hit.first) < FEWEST_NOUN_WORDS:
        return None
    return Draft(((start, hit.first),), region, "cue-noun", 0.6, shares_subject(scene, index))


def _phrase_first(scene: Scene, index: int) -> Draft | None:
    """О планах забастовки ранее объявили пилоты / O tym, że jest zaszczepiony, poinformował premier: what a preposition of the cue governs opens the clause."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    prepositions = {t.partition(":")[2] for t in hit.cue.takes if t.startswith("np:")} | ({"o", "о"} if "that" in hit.cue.takes else set())
    if hit.cue.frame != "verb" or not hit.form.number or hit.form.converb:
        return None
    followed = _followed_by_subject(scene, hit)
    verbs = any(h.cue.frame != "back" for h in scene.hits[:index])
    low, end = region_start(scene, index) if verbs else scene.first, before_small_words(scene, hit.first, scene.first)
    opened = next((k for k in range(low, min(low + PHRASE_REACH, end)) if words.folds[k] in prepositions), None)
    if opened is None or any(not words.is_word(k) for k in range(low, opened)) or any(k in scene.mention_ends for k in range(low, opened)):
        return None
    if words.folds[opened + 1] in lex.speech.correlatives and words.folds[opened + 2] == "," and words.folds[opened + 3] in lex.that:
        comma = next((k for k in range(end - 2, opened + 4, -1) if words.folds[k] == ","), None)
        if comma is not None and comma + 1 in scene.mention_ends and _past_name(scene, comma + 1) >= end and _nominative(scene, comma + 1, hit):
            return Draft(((opened + 4, comma),), (comma, hit.first), "object-first", 0.7)  # "О том, что мост готов, мэр заявил в мае"
        if not followed:
            return None
        content = (opened + 4, end - 1)
        return Draft((content,), (hit.last, scene.last), "object-first", 0.7) if words.folds[end - 1] == "," and count_words(scene, *content) > 1 else None
    bare = hit.cue.takes and any(t == "np:" + words.folds[opened] for t in hit.cue.takes)
    if not followed or not bare or count_words(scene, opened + 1, end) < FEWEST_NOUN_WORDS or words.folds[opened + 1] in (*lex.speech.deictic, *lex.pronouns):
        return None
    if any(not words.is_word(k) and words.folds[k] not in '«»„”“"-' for k in range(opened + 1, end)):
        return None
    return Draft(((opened + 1, end),), (hit.last, scene.last), "object-first", 0.6)


def _followed_by_subject(scene: Scene, hit: Hit) -> bool:
    """Whether a mention in the nominative follows the cue, adverbs and circumstances between."""
    words, lex = scene.words, scene.lex
    k = hit.last
    while k < min(scene.last, hit.last + PHRASE_REACH):
        if k in scene.mention_ends and words.folds[k] not in lex.pronouns:
            role = next((found for m in (k, k + 1) if (found := lex.roles.at(words.folds, m, scene.last))), None)
            return role is None or role[1].form.case != "obl"
        adverb = lex.adverbs.at(words.folds, k, scene.last)
        if adverb is None and (not words.is_word(k) or words.folds[k] in lex.prepositions):
            return False
        k = adverb[0] if adverb else k + 1
    return False


def _object_first(scene: Scene, index: int) -> Draft | None:
    """Poparcie dla referendum zapowiedzieli także liberałowie: where cases tell, the object may open the clause, and the subject follows its verb."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if "np" not in hit.cue.takes or hit.cue.frame != "verb" or not hit.form.number or hit.form.converb or hit.cue.strength == "think":
        return None
    low = region_start(scene, index)
    while low < hit.first and (words.folds[low] in lex.and_ or words.folds[low] in lex.adverbs or not words.is_word(low) or _possessive(scene, low)):
        low += 1
    end = before_small_words(scene, hit.first, low)
    if (hit.last >= scene.last or words.folds[hit.last] in ",.;!?…") and (last := _verb_last(scene, low, end, hit)) is not None:
        return last
    at = next((k for k in range(hit.last, min(scene.last, hit.last + 4)) if k in scene.mention_ends), None)
    between = () if at is None else range(hit.last, at)
    if at is None or any(words.folds[k] not in lex.adverbs and words.folds[k] not in lex.auxiliaries for k in between):
        return None
    if count_words(scene, low, end) < FEWEST_NOUN_WORDS or words.folds[low] in lex.prepositions or words.folds[low] in lex.pronouns:
        return None
    if any(not words.is_word(k) or words.folds[k] in lex.that or words.folds[k] in lex.relative for k in range(low, end)) or _may_be_subject(scene, low, hit):
        return None
    if any(scene.mention_ends.get(k, 0) > k + 1 and words.capital(k) and _nominative(scene, k, hit) for k in range(low, end)):
        return None
    role = next((found for k in (at, at + 1) if (found := lex.roles.at(words.folds, k, scene.last))), None)
    subject = role is not None and role[1].form.case == "nom" and role[1].form.number in (None, hit.form.number)
    named = words.capital(at) and words.folds[at] not in lex.roles and not words.folds[at].endswith(lex.speech.oblique_name_endings)
    if named and hit.form.number == "pl":
        named = words.folds[scene.mention_ends[at] - 1].endswith(lex.speech.nominative_plural_endings)
    return Draft(((low, end),), (hit.last, scene.last), "object-first", 0.6) if subject or named else None


def _possessive(scene: Scene, k: int) -> bool:
    found = scene.lex.pronouns.get(scene.words.folds[k])
    return found is not None and not found.subject


def _verb_last(scene: Scene, low: int, end: int, hit: Hit) -> Draft | None:
    """Планы закупки представитель опровергает / Представитель планы закупки опровергает: the verb closes the clause, subject and object before it."""
    words, lex = scene.words, scene.lex
    if any(not words.is_word(k) or words.folds[k] in lex.that or words.folds[k] in lex.relative for k in range(low, end)):
        return None
    subject = next((k for k in range(end - 1, low, -1) if scene.mention_ends.get(k) == end and _nominative(scene, k, hit)), None)
    if subject is not None and words.folds[low] not in lex.prepositions and not _may_be_subject(scene, low, hit):
        content, region = (low, subject), (subject, end)
    elif low in scene.mention_ends and _nominative(scene, low, hit):
        begin = _past_name(scene, low)
        content, region = (begin, end), (low, begin)
    elif hit.form.number == "pl" and words.folds[low] in lex.speech.place_prepositions and low + 1 in scene.mention_ends:
        begin = _past_name(scene, low + 1)  # "У міністерстві ці дані спростували"
        content, region = (begin, end), (low, begin)
    else:
        return None
    start = content[0]
    small = start >= content[1] or words.folds[start] in lex.prepositions or lex.adverbs.opens(words.folds, start, end) or words.folds[start] in lex.auxiliaries
    lone = start + 1 == content[1] and len(words.folds[start]) >= SHORTEST_NOUN and not words.capital(start)
    if small or (count_words(scene, *content) < FEWEST_NOUN_WORDS and not lone):
        return None
    return Draft((content,), region, "object-first", 0.6)


def _past_name(scene: Scene, k: int) -> int:
    """The index behind the mention at `k` and the names that follow it: "міністр Олег Бутко"."""
    end = scene.mention_ends[k]
    while end in scene.mention_ends and end < scene.last and scene.words.capital(end):
        end = scene.mention_ends[end]
    return end


def _nominative(scene: Scene, k: int, hit: Hit) -> bool:
    """Whether the mention at `k` can be the cue's subject: a role in the nominative and the verb's number, or a name that shows no other case."""
    words, lex = scene.words, scene.lex
    if words.folds[k] in lex.pronouns:
        return lex.pronouns[words.folds[k]].subject
    role = lex.roles.at(words.folds, k, scene.last)
    if role is not None:
        return role[1].form.case == "nom" and role[1].form.number in (None, hit.form.number)
    named = words.capital(k) and not words.folds[scene.mention_ends[k] - 1].endswith(lex.speech.oblique_name_endings or ("\n",))
    return named and hit.form.number == "sg"


def _may_be_subject(scene: Scene, k: int, hit: Hit) -> bool:
    """Whether the words that open a clause may be its subject: a role in the nominative and the verb's number, or a name."""
    words, lex = scene.words, scene.lex
    while k < hit.first and words.folds[k].endswith(lex.speech.adjective_endings):
        k += 1
    role = lex.roles.at(words.folds, k, hit.first)
    if role is not None:
        return role[1].form.case != "obl" and role[1].form.number in (None, hit.form.number)
    return k in scene.mention_ends and (k > scene.first or scene.mention_ends[k] > k + 1 or hit.form.number == "sg")


def _parts(scene: Scene, k: int) -> bool:
    """Whether a mark parts clauses here; the comma between two adjectives of one noun does not."""
    words, endings = scene.words, scene.lex.speech.adjective_endings
    if words.folds[k] != ",":
        return words.folds[k] in (";", ":")
    beside = (k - 1, k + 1)
    return any(not words.is_word(j) or words.capital(j) or not words.folds[j].endswith(endings) for j in beside)


def is_passive(scene: Scene, index: int) -> bool:
    """Whether the cue is a participle of the passive, whose subject is what is spoken of: "Kritisiert wurde der Bau", "soll der Bau gefordert worden sein"."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if not lex.speech.verb_second or hit.form.number or " " in hit.form.form:
        return False
    if hit.last < scene.last and words.folds[hit.last] in lex.speech.passive_auxiliaries:
        return True
    k = hit.first - 1
    while k >= scene.first and words.is_word(k):
        if words.folds[k] in lex.speech.passive_auxiliaries:
            return True
        k -= 1
    return False


def _inverted_subject(scene: Scene, index: int) -> int:
    """Where the verb stands second and the sentence opens with an adverb, a phrase or a clause: the end of the subject behind the cue; else 0."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    low = region_start(scene, index)
    while low < hit.first and (words.folds[low] in lex.and_ or not words.is_word(low)):
        low += 1
    filled = low < hit.first and (words.is_word(hit.first - 1) or words.folds[hit.first - 1] in CLOSED)
    if filled:
        if _is_he(scene, hit.last) or _is_she(scene, low, hit):
            return hit.last + 1
        fold = words.folds[low]
        first = fold in lex.prepositions or fold in lex.subordinate or fold in lex.speech.accusative_articles
        first = first or (hit.first - low == 1 and fold.endswith(lex.speech.adverb_endings or ("\n",)))  # "Inhaltlich lobte …"
        if not (first or lex.adverbs.opens(words.folds, low, hit.first)):
            return 0
    for k in range(hit.last, min(scene.last, hit.last + 4)):
        if k in scene.mention_ends:
            return _past_apposition(scene, _past_name(scene, k))
        if words.folds[k] in lex.prepositions or words.folds[k] in lex.speech.accusative_articles or not words.is_word(k):
            break
    return _bare_subject_end(scene, hit.last) if filled else 0


def _is_he(scene: Scene, k: int) -> bool:
    """Whether a pronoun stands here that can be nothing but a subject: "er", while "sie" may be whom one names."""
    pronoun = scene.lex.pronouns.get(scene.words.folds[k]) if k < scene.last else None
    return pronoun is not None and pronoun.subject and (pronoun.gender, pronoun.number) == ("m", "sg")


def _is_she(scene: Scene, low: int, hit: Hit) -> bool:
    """Whether a pronoun behind the cue is its subject: one word that is no mention fills the first place, an object follows: "Dann lobte sie den Rat"."""
    words, lex = scene.words, scene.lex
    pronoun = lex.pronouns.get(words.folds[hit.last]) if hit.last + 1 < scene.last else None
    lone = hit.first - low == 1 and low not in scene.mention_ends
    return lone and pronoun is not None and pronoun.subject and words.folds[hit.last + 1] in lex.speech.articles


def _past_apposition(scene: Scene, end: int) -> int:
    """The index behind the name that stands between commas behind a subject: "der Vorsitzende, Jan Roth, …"."""
    words, named = scene.words, scene.mention_ends.get(end + 1, scene.last)
    return named + 1 if words.folds[end : end + 1] == [","] and words.capital(end + 1) and named < scene.last and words.folds[named] == "," else end


def _bare_subject_end(scene: Scene, k: int) -> int:
    """Where a subject ends that no list knows: "die Bahn", "Vertreter der kleinen Verbände"; 0 where none stands here."""
    words, lex = scene.words, scene.lex
    end = 0
    while k < scene.last:
        opened = words.folds[k] in lex.speech.articles
        if opened and words.folds[k] not in (lex.speech.genitive_links if end else lex.speech.subject_articles):
            return end
        if end and not opened:
            return end
        k += opened
        while k < scene.last and words.is_word(k) and not words.capital(k) and words.folds[k].endswith(lex.speech.adjective_endings):
            k += 1
        if k >= scene.last or not words.is_word(k) or not words.capital(k):
            return end
        k = end = k + 1
    return end


def _behind_quotation(scene: Scene, start: int, end: int) -> int:
    """Noun content ends with a quotation that a comma follows: "sprach von „blindem Eifer“, die Stadt blieb ruhig"; `end` where none does."""
    closed = (b for a, b in scene.quotes if start <= a and b < end and scene.words.folds[b] == ",")
    return next(closed, end)


def _own_particle(hit: Hit, particle: str) -> bool:
    """Whether a particle is that of the cue's own verb: "ankündigen", "mahnen, anmahnen"."""
    return any(form.startswith(particle) for form in (hit.cue.lemma.removeprefix("sich "), *(f.form for f in hit.cue.forms)))


def _before_second_verb(scene: Scene, start: int, end: int) -> int:
    """Noun content ends where a second verb of the same subject opens behind a comma: "bestätigte den Vorfall, wollte aber nicht …"."""
    words, speech = scene.words, scene.lex.speech
    finite = (k for k in range(start + 1, end - 1) if words.folds[k] == "," and words.folds[k + 1] in (*speech.second_verbs, *speech.perfect_auxiliaries))
    return next(finite, end)


def _before_joined_verb(scene: Scene, hit: Hit, start: int, end: int) -> int:
    """Content ends where "and" joins a second verb of the same subject that shows itself by its auxiliary, its pronoun or its negation: "a réclamé un
    rapport et s'est dit inquiet", "pide calma y no descarta", where cases tell by its ending, that of the cue: "обвинила мэра в растрате и ушла"; not inside a
    relative clause."""
    words, lex = scene.words, scene.lex
    verb = hit.form.form.split()[0]
    shown = lex.cased and hit.form.number is not None and not (hit.form.number == "pl" and verb.endswith("и"))  # nouns end so too
    if not lex.speech.clause_infinitives and not shown:
        return end
    for k in range(start + 1, end - 2):
        if words.folds[k] in lex.relative or words.folds[k] in lex.that or any(a < k < b for a, b in scene.quotes):
            return end
        opens = words.folds[k + 1] in lex.auxiliaries and words.folds[k + 1] not in lex.speech.possessives
        j = k + 1 + (shown and words.folds[k + 1].endswith(lex.speech.adverb_endings or ("\n",)))
        opens = opens or (shown and _finite(scene, j) and words.folds[j][-1] == verb[-1])
        if words.folds[k] in lex.and_ and opens and not lex.is_infinitive(words.folds[k + 2]):
            return k - (words.folds[k - 1] == ",")
    return end


def _at_particle(scene: Scene, hit: Hit, start: int, end: int) -> int:
    """The index behind the particle of a separable verb that a comma follows: "lehnt die Pläne ab, der Verband …"."""
    words = scene.words
    for k in range(start + 1, end - 1):
        parted = words.folds[k + 1] == "," or words.folds[k + 1] in DASHES
        if parted and words.folds[k] in scene.lex.prepositions and _own_particle(hit, words.folds[k]):
            return k + 1
    return end


def _less_particle(scene: Scene, start: int, end: int) -> int:
    """Content ends before the particle of a separable verb: "kündigte neue Hilfen an"."""
    words, lex = scene.words, scene.lex
    k = end
    while k > start and not words.is_word(k - 1):
        k -= 1
    return k - 1 if k - 1 > start and words.folds[k - 1] in lex.prepositions else end


def _has_infinitive(scene: Scene, start: int, end: int) -> bool:
    words, lex = scene.words, scene.lex
    for k in range(start, end):
        fold = words.folds[k]
        if fold == ",":
            return False
        if fold in lex.infinitive_particles and k + 1 < end and words.folds[k + 1].endswith(lex.speech.particle_verb_endings) and not words.capital(k + 1):
            return True
        if fold.endswith(lex.speech.particle_compound_endings) and any(p in fold[2:-4] for p in lex.infinitive_particles) and not words.capital(k):
            return True
    return False


def _behind_infinitive(scene: Scene, start: int, end: int) -> int:
    """Where an infinitive ends that "und" and a verb of the same subject follow, or a clause in the subjunctive: "…, zu warten, und ging nach Hause"."""
    words, lex = scene.words, scene.lex
    for k in range(start + 1, end - 2):
        if words.folds[k] != "," or not _has_infinitive(scene, start, k):
            continue
        verb = words.folds[k + 1] in lex.and_ and words.folds[k + 2].endswith(lex.speech.past_endings + lex.speech.verb_endings) and not words.capital(k + 2)
        if verb or words.folds[k + 2] in lex.subjunctive:
            return k
    return end


def _before_finite(scene: Scene, start: int, stop: int) -> int:
    """Where a clause with its own subject or auxiliary begins, so that no infinitive behind it belongs to the cue: "told him he had to"."""
    words, lex = scene.words, scene.lex
    if not lex.speech.finite_auxiliaries:
        return stop
    for k in range(start + 1, stop):
        fold = words.folds[k]
        subject = fold in lex.pronouns and lex.pronouns[fold].subject
        if subject or fold in lex.speech.finite_auxiliaries:
            return k
    return stop


def _infinitive_at(scene: Scene, k: int) -> bool:
    """Whether an infinitive stands here, or behind the small word here: "affirme avoir perdu", "promet de présenter", "dit ne pas savoir"."""
    folds, lex = scene.words.folds, scene.lex
    small = k + 1 < scene.last and (folds[k] in lex.prepositions or folds[k] in lex.not_)
    return lex.is_infinitive(folds[k + 1] if small else folds[k])


def own_infinitive(scene: Scene, k: int, end: int) -> int:
    """Where an infinitive whose subject is who speaks begins right behind the cue: "dit ne pas savoir", "asegura haber visto"; `end` where none does."""
    words, lex = scene.words, scene.lex
    while k < end and (adverb := lex.adverbs.at(words.folds, k, end)) is not None and words.folds[k] not in lex.not_:
        k = adverb[0]
    verb = k
    while (
        verb < end
        and not lex.is_infinitive(words.folds[verb])
        and (words.folds[verb] in lex.not_ or words.folds[verb] in lex.auxiliaries or lex.adverbs.opens(words.folds, verb, end))
    ):
        verb += 1
    fold = words.folds[verb] if verb < end else ""
    tables = (lex.prepositions, lex.titles, lex.speech.possessives, lex.cardinals, lex.roles, lex.dating)
    aside = verb > k and words.folds[k] in lex.prepositions  # "affirme-t-il sans se retourner"
    noun = aside or any(fold in table for table in tables) or (verb < end and words.capital(verb))
    return k if fold and not noun and lex.is_infinitive(fold) else end


def _past_day(scene: Scene, start: int, end: int) -> int:
    """The index behind the day or occasion on which somebody promised or demanded: "пообіцяла у понеділок дотримуватися", "закликав у виступі прийти"."""
    words, lex = scene.words, scene.lex
    if not lex.speech.dated_subjects:
        return start
    k = start
    while k < end - FEWEST_NOUN_WORDS:
        governed = words.folds[k] in lex.prepositions and words.folds[k + 1] in lex.dating
        adverb = lex.adverbs.at(words.folds, k, end)
        occasion = words.folds[k] in lex.speech.place_prepositions and next((m for m in (k + 1, k + 2) if words.folds[m].startswith(lex.speech.occasions)), 0)
        after = occasion + 1 if occasion else k + 2 if governed else k + 1 if words.folds[k] in lex.dating else adverb[0] if adverb is not None else k
        if after == k:
            break
        k = after
    return k


def _before_aside(scene: Scene, start: int, end: int, *, bare: bool) -> int:
    """Noun content ends before a relative clause that a preposition opens, or in which somebody else speaks, and before a contrast: a single word may
    be one only behind a bare noun phrase, for it also means "until"."""
    words, lex = scene.words, scene.lex
    for k in range(start + FEWEST_NOUN_WORDS, end - 1):
        if words.folds[k] != "," or any(a < k < b for a, b in scene.quotes):
            continue
        governed = words.folds[k + 1] in lex.prepositions and k + 2 < end and words.folds[k + 2] in lex.relative
        spoken = words.folds[k + 1] in lex.relative and any(k < h.first < end for h in scene.hits)
        contrast = lex.contrasts.at(words.folds, k + 1, end)
        contrary = words.folds[k + 1] in lex.speech.but or (contrast is not None and (bare or contrast[0] > k + 2))
        resumed = lex.cased and bare and words.folds[k + 1] in lex.that and k + 2 < end and _finite(scene, k + 2)  # "роста на 8%, что превышает план"
        if governed or spoken or contrary or resumed:
            return k
    return end
