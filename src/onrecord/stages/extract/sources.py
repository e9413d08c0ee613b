"""Frames that name a source: "according to X", "as X noted", and sentences that look back at the one before."""

from __future__ import annotations

from onrecord.stages.extract.bounds import (
    closes,
    closes_dashed,
    conjunction_of,
    coordination,
    limit_after,
    names_source,
    opens_clause,
    passed_on,
    past_company,
    told_before,
)  # fmt: skip
from onrecord.stages.extract.cues import Hit, claimed, owned
from onrecord.stages.extract.scene import (
    FEWEST_CONTENT_WORDS,
    GAP_WORDS,
    Draft,
    Scene,
    apposition_end,
    before_small_words,
    count_words,
    mentions_end,
    says_something,
)  # fmt: skip

LONGEST_SOURCE = 20  # tokens of who a source is, up to its comma
REACH_AS = 30  # tokens of a source clause whose verb stands last


def source_phrase(scene: Scene, index: int) -> Draft | None:
    """За його словами, … / Според него … / According to him, … / …, за його словами, … / …, според Галан."""
    return None if _passes_on(scene, index) else _of_source(scene, index)


def _of_source(scene: Scene, index: int) -> Draft | None:
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if hit.cue.frame != "source" or (words.folds[scene.last - 1] == "?" and not scene.quotes):
        return None  # the outlet asks: "When does school begin, according to the ministry?"
    if "post" in hit.cue.takes:
        return _source_behind(scene, index)
    if "back" in hit.cue.takes:
        return _as_told(scene, index)
    if "named" in hit.cue.takes and not _opens_with_somebody(scene, hit.first, hit.last):
        return None
    near = words.folds[max(scene.first, hit.first - 1) : hit.last + 1]
    if any(fold in lex.speech.own_possessives for fold in near) or _no_source(scene, hit.last):
        return None
    if hit.last < scene.last and words.folds[hit.last] in lex.relative:
        return _relative_source(scene, index)
    own = any(words.folds[k] in lex.speech.own_words for k in range(hit.first, hit.last))
    slot = whose = own or any(words.folds[k] in lex.pronouns for k in range(hit.first, hit.last))
    owned = hit.last < scene.last and words.folds[hit.last] in lex.speech.genitive_links  # "nach Untersuchungen des Instituts"
    owned = owned or (lex.cased and hit.last < scene.last and words.is_word(hit.last))  # "по данным министерства"
    slot = slot or (not owned and any(lex.roles.opens(words.folds, k, hit.last) for k in range(hit.first, hit.last)))
    owner = lex.speech.owner_endings or ("\n",)
    slot = slot or any(words.capital(k) and words.folds[k].endswith(owner) for k in range(hit.first + 1, hit.last - 1))  # "nach Roths Angaben"
    slot = slot or (lex.speech.null_subject and _subject_dropped(scene, hit))
    end = hit.last if slot else _source_end(scene, hit.last)
    if words.folds[hit.first] in lex.as_ and not slot:  # a clause of its own, which a comma closes: "jak wynika z rejestru Kern House, …"
        end = next((k for k in range(end, min(scene.last, end + GAP_WORDS)) if words.folds[k] == ","), end)
    if not slot and end == hit.last:
        return None
    if not whose and (name := next((q for q in scene.quotes if hit.last <= q[0] <= hit.last + 1 and names_source(scene, q)), None)):
        end = max(end, name[1])
        if any(h.cue.frame == "verb" and end <= h.first <= end + GAP_WORDS and {"that", "quote"} & set(h.cue.takes) for h in scene.hits[index + 1 :]):
            return None  # an outlet that passes it on: "Laut „Abendblatt“ sagte Anna Roth, …"
    after = end + 1 if end < scene.last and words.folds[end] == "," else end
    if (
        after > end
        and after + 1 < scene.last
        and (words.folds[after] in lex.relative or ((lex.cased or words.folds[after] in lex.prepositions) and words.folds[after + 1] in lex.relative))
    ):
        closing = next((k for k in range(after, scene.last) if words.folds[k] == ","), None)
        after = closing + 1 if closing is not None else after  # "according to a report that X brought out, …"
    after = _past_description(scene, after) if after > end else after
    after = _past_participle(scene, after) if after > end else after
    limit = _source_limit(scene, index, after)
    head = (scene.first, hit.first - 1 if hit.first > scene.first and words.folds[hit.first - 1] == "," else hit.first)
    head = (_clause_begin(scene, head), head[1])
    content = []
    if hit.first > scene.first and (words.folds[hit.first - 1] == ":" or opens_clause(scene, hit)):
        head = (hit.first, hit.first)  # a label: "Деталі: За його словами, …"; another's words: "Кораб няма, а според БТА …"
    if says_something(scene, *head) and not told_before(scene, index):
        content.append(head)
    apposed = bool(content) and bool(lex.speech.apposition_articles) and _apposed(scene, after)
    apposed = apposed or (bool(content) and head in scene.quotes and not any(after <= a for a, _ in scene.quotes))  # « … », selon X, elle …
    if (quote := _announced(scene, index, after, limit)) is not None:
        content.append(quote)  # "Laut Roth gilt: „…“"
    elif says_something(scene, after, limit) and not apposed:
        content.append((after, limit))
    if not content or (own and scene.first < hit.first < content[0][0]):
        return None  # nothing is left, or not the subject whose own words they are
    return Draft(tuple(content), (hit.first, end), "source-phrase", 0.85)


def _no_source(scene: Scene, k: int) -> bool:
    """Whether a noun that no one's words are in stands behind a source phrase, an adjective before it: "według planu", "według rządowych planów"."""
    words, speech = scene.words, scene.lex.speech
    while k + 1 < scene.last and words.folds[k] not in speech.not_sources and words.folds[k].endswith(speech.oblique_adjective_endings or ("\n",)):
        k += 1
    return k < scene.last and words.folds[k] in speech.not_sources


def passed_on_clause(scene: Scene, index: int) -> Draft | None:
    """Anna Roth sagte laut Abendblatt, … / Pell said, according to The Ledger, that …: right behind the verb stands who passes it on."""
    if index + 1 >= len(scene.hits) or not _passes_on(scene, index + 1):
        return None
    draft, words = _of_source(scene, index + 1), scene.words
    if draft is None or draft.content[-1][0] < draft.region[1]:
        return None
    start, end = draft.content[-1]
    return Draft(((start + (words.folds[start] in scene.lex.that), end),), (scene.first, scene.hits[index].first), "cue-clause", 0.85)


def _passes_on(scene: Scene, index: int) -> bool:
    """Whether a source phrase stands right behind a verb of saying that names its subject before it."""
    hit, verb, words = scene.hits[index], scene.hits[index - 1], scene.words
    behind = index > 0 and hit.cue.frame == "source" and verb.cue.frame == "verb" and "that" in verb.cue.takes
    close = behind and verb.last + (words.folds[verb.last] == ",") == hit.first
    return close and any(k in scene.mention_ends for k in range(scene.first, verb.first))


def _announced(scene: Scene, index: int, after: int, limit: int) -> tuple[int, int] | None:
    """The quotation that a colon opens and that closes what a source says, where no other verb of saying stands between."""
    words = scene.words
    quote = next((q for q in scene.quotes if after < q[0] and q[1] >= limit - 1 and words.folds[q[0] - 1] == ":"), None)
    if quote is None or count_words(scene, *quote) < FEWEST_CONTENT_WORDS or not says_something(scene, *quote):
        return None
    return None if any(h.cue.frame == "verb" and after <= h.first < quote[0] for h in scene.hits[index + 1 :]) else quote


def _subject_dropped(scene: Scene, hit: Hit) -> bool:
    """Whether a source phrase ends in a verb of saying whose subject is dropped, as a comma follows: "Según recordó, …"."""
    words, lex = scene.words, scene.lex
    if hit.last >= scene.last or words.folds[hit.last] != ",":
        return False
    found = (lex.cues.at(words.folds, k, hit.last) for k in range(hit.first + 1, hit.last))
    return any(verb is not None and verb[0] == hit.last and verb[1].cue.frame == "verb" for verb in found)


def _relative_source(scene: Scene, index: int) -> Draft | None:
    """Опублікували звіт, згідно з яким …: what stands before the relative pronoun is the source, and no part of what it says."""
    hit = scene.hits[index]
    end = _source_limit(scene, index, hit.last + 1)
    words, lex, comma = scene.words, scene.lex, hit.first - 1
    if comma <= scene.first or words.folds[comma] != "," or not says_something(scene, hit.last + 1, end):
        return None
    for k in range(comma - 1, max(scene.first - 1, comma - GAP_WORDS), -1):
        found = lex.roles.at(words.folds, k, comma)
        if found is not None and found[1].role.type == "document":
            return Draft(((hit.last + 1, end),), (k, comma), "relative-source", 0.6)
    return None  # a law, a plan


def noun_clause(scene: Scene, index: int) -> Draft | None:
    """Аргументът на кмета е, че … / твердження міністра про те, що … / заклик мера прийти: what somebody holds or wants, named by a noun."""
    hit = scene.hits[index]
    if not hit.cue.takes:
        return None
    end = limit_after(scene, index)
    if (found := claimed(scene.words, hit.last, scene.last, scene.lex)) is not None:
        copula, that = found
        return Draft(((that + 1, end),), (hit.last, copula), "source-phrase-noun", 0.7) if copula > hit.last and end > that + 1 else None
    held = owned(scene.words, hit.last, scene.last, hit.cue, scene.lex)
    if held is None or held[1] >= end or not any(k in scene.mention_ends for k in range(hit.last, held[0])):
        return None
    return Draft(((held[1], end),), (hit.last, held[0]), "source-phrase-noun", 0.7)


def _past_description(scene: Scene, k: int) -> int:
    """The index behind what tells who a source is: "selon Anne Vasseur, juriste au cabinet Morel, la loi …"."""
    words, lex = scene.words, scene.lex
    comma = next((m for m in range(k, min(scene.last, k + GAP_WORDS * 2)) if words.folds[m] == ","), None)
    apposed = comma is not None and words.folds[k] in lex.speech.articles and apposition_end(scene, k) == comma
    if comma is not None and apposed and (words.folds[k] in lex.speech.indefinite or not words.capital(comma + 1)):
        return comma + 1  # but "selon Le Courrier, le président du club, Paul Roth, …"
    if not lex.speech.noun_first:
        end = scene.mention_ends.get(k, k)
        apposed = end < scene.last and words.folds[end] == "," and not words.capital(k) and words.folds[k] not in lex.pronouns
        return end + 1 if apposed and count_words(scene, end, scene.last) >= FEWEST_CONTENT_WORDS else k
    if comma is None or count_words(scene, comma, scene.last) < FEWEST_CONTENT_WORDS or words.capital(k):
        return k
    small = words.folds[k] in lex.prepositions or words.folds[k] in lex.adverbs or words.folds[k] in lex.speech.articles or words.folds[k] in lex.pronouns
    described = lex.roles.opens(words.folds, k, comma) or (words.folds[k + 1] in lex.prepositions and not lex.cues.opens(words.folds, k, comma))
    return comma + 1 if described and not small else k


def _past_participle(scene: Scene, k: int) -> int:
    """The index behind a participle that tells more of a source, and its comma: "По мнению аналитиков, опрошенных агентством, цены …"."""
    words, endings = scene.words, scene.lex.speech.apposed_participles
    if not endings or k >= scene.last or not words.folds[k].endswith(endings):
        return k
    comma = next((m for m in range(k, min(scene.last, k + GAP_WORDS)) if words.folds[m] == ","), None)
    return comma + 1 if comma is not None and count_words(scene, comma, scene.last) >= FEWEST_CONTENT_WORDS else k


def _opens_with_somebody(scene: Scene, first: int, k: int) -> bool:
    """Whether a phrase opens its sentence and names somebody up to a comma: "Pour la maire, …"; not "Pour aider la maire, …"."""
    words, lex = scene.words, scene.lex
    if first > scene.first and (words.is_word(first - 1) or words.folds[first - 1] == ","):
        return False
    k += k < scene.last and words.folds[k] in lex.speech.articles and k not in scene.mention_ends
    begin = k
    while k < scene.last and k in scene.mention_ends:
        k = scene.mention_ends[k]
    full = sum(words.capital(m) for m in range(begin, k)) > 1 or any(lex.roles.opens(words.folds, m, k) for m in range(begin, k))
    return begin < k < scene.last and words.folds[k] == "," and (full or words.folds[begin] in lex.pronouns)


def _clause_begin(scene: Scene, head: tuple[int, int]) -> int:
    """Where what a source is named for begins: at the relative clause in which it stands, ", die laut Amt die Luft verbessert"."""
    words, lex = scene.words, scene.lex
    comma = next((k for k in range(head[1] - 1, head[0], -1) if words.folds[k] == ","), None)
    if not lex.speech.relative_subjects or comma is None or comma + 1 >= head[1] or words.folds[comma + 1] not in lex.speech.relative_subjects:
        return head[0]
    return comma + 1 if head[1] == comma + 2 or not any(words.capital(k) for k in range(comma + 2, head[1])) else head[0]


def _as_told(scene: Scene, index: int) -> Draft | None:
    """Demnach verliert das Becken Wasser: the source is what was spoken of last."""
    hit, words = scene.hits[index], scene.words
    inside = hit.first > scene.first and words.folds[hit.first - 1] not in (",", ";", ":")
    if inside and words.folds[hit.first - 1] in scene.lex.and_:
        return None  # of a part of the sentence: "und demnach auch teuer"
    ranges = ((scene.first, hit.first), (hit.last, scene.last)) if inside else ((hit.last, scene.last),)
    content = tuple(r for r in ranges if says_something(scene, *r))
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
    head = (_clause_begin(scene, head), head[1])
    content = [head] if says_something(scene, *head) and not told_before(scene, index) else []
    limit = _source_limit(scene, index, after)
    if says_something(scene, after, limit):
        content.append((after, limit))
    return Draft(tuple(content), (begin, hit.last), "source-phrase", 0.85) if content else None


def _source_limit(scene: Scene, index: int, start: int) -> int:
    for other in scene.hits[index + 1 :]:
        if other.first < start:
            continue
        p = before_small_words(scene, other.first, start)
        if p > start and closes_dashed(scene, other):
            return p - 1
        if p > start and other.cue.frame == "verb" and scene.words.folds[p - 1] == "," and (other.form.converb or closes(scene, other)):
            return p - 1
        plain = other.cue.frame == "verb" and conjunction_of(scene, other) is None  # may be a verb of what is said: "угода дає A та гарантує B"
        if not plain and (cut := coordination(scene, scene.hits[index], other)) is not None and cut > start:
            return cut
    return passed_on(scene, start)


def _source_end(scene: Scene, start: int) -> int:
    """Where the noun phrase after a source phrase ends: at its comma, or at the end of its mention."""
    words, lex = scene.words, scene.lex
    if start >= scene.last:
        return start
    owned = words.folds[start] in lex.speech.possessives and start + 1 < scene.last and words.is_word(start + 1)  # "selon sa mère"
    if lex.speech.nouns_capital:
        return _noun_phrase_end(scene, start)
    if words.folds[start] in lex.pronouns and not owned:
        return start + 1
    closing = (k for k in range(start, min(scene.last, start + LONGEST_SOURCE)) if words.folds[k] in (",", "–", "—", ".", ":") and not _initial(scene, k))
    comma = next((k for k in closing if words.folds[k] != "." or words.folds[k - 1] not in lex.titles), None)
    if comma is not None and words.folds[comma] == "," and scene.mention_ends.get(comma + 1, scene.last) < scene.last:
        apposed = scene.mention_ends[comma + 1]  # "según la ministra de Sanidad, Ana Gil, …"
        comma = apposed if words.capital(comma + 1) and words.folds[apposed] == "," else comma
    mention, cased = None, lex.cased  # where cases tell, no noun behind a name belongs to it
    parted = _second_noun(scene, start, min(scene.last, start + 4)) if lex.speech.article_endings else None
    for k in range(start, parted if parted is not None and not words.capital(parted) else min(scene.last, start + 4)):
        if k > start and words.folds[k] in lex.pronouns and lex.pronouns[words.folds[k]].subject:
            break  # the subject of what is said
        before = words.folds[k - 1]
        if k > start and cased and not (before in lex.titles or before in '.«„“"' or before.endswith(lex.speech.adjective_endings)):
            break  # a noun that no mention covers comes first
        if k in scene.mention_ends:
            mention = scene.mention_ends[k]
            owner = lex.speech.linked_complements and k > start and words.folds[k - 1] in lex.prepositions  # "законите на ЕС Брюксел …"
            while mention < scene.last and mention in scene.mention_ends and not owner:
                pronoun = lex.pronouns.get(words.folds[mention])
                closed = words.capital(mention - 1) or words.folds[mention - 1].endswith(lex.speech.article_endings or ("\n",))
                office = lex.roles.at(words.folds, mention, scene.last) if cased else None
                if office is not None and office[1].form.case == "nom" and office[1].form.number != "pl":
                    break  # the subject of what is said: "według gazety minister …"
                noun = (cased or lex.speech.article_endings) and closed and not words.capital(mention)
                noun = noun or (bool(lex.speech.article_endings) and _alone(scene, k, mention))
                if noun or (pronoun is not None and pronoun.subject):
                    break
                mention = scene.mention_ends[mention]
            break
    if mention is not None and words.folds[mention : mention + 1] and words.folds[mention] in lex.speech.title_joins:
        mention = scene.mention_ends.get(mention + 1, mention)  # "според бившия съветник и сътрудник на „Труд“"
    if not lex.speech.comma_after_source and mention is not None and (comma is None or mention < comma):
        owner = mention + 1 < scene.last and words.folds[mention] in lex.speech.agents and words.folds[mention + 1].endswith(lex.speech.article_endings)
        return mention + 2 if owner and words.folds[mention + 1] not in lex.dating else mention  # "според дипломат от посолството"
    if not lex.speech.comma_after_source and mention is None and lex.speech.linked_complements:
        stop = comma if comma is not None else min(scene.last, start + GAP_WORDS)
        comma = next((k for k in range(start + 1, stop) if words.folds[k] in lex.hypothetical or words.folds[k] in lex.copulas), comma)
        comma = _second_noun(scene, start, comma if comma is not None else stop) or comma
    if cased and not lex.speech.comma_after_source and mention is None:
        return _genitive_end(scene, start)
    if comma is not None:
        return comma
    if mention is not None:
        return mention
    return min(scene.last, start + 2)


def _alone(scene: Scene, k: int, end: int) -> bool:
    """Whether the mention from `k` to `end` takes no name behind it: a name, or an office in the plural that no list of names follows."""
    words, lex = scene.words, scene.lex
    role = lex.roles.at(words.folds, k, scene.last)
    if role is None:
        return words.capital(k)
    return role[1].form.number == "pl" and end in scene.mention_ends and words.folds[scene.mention_ends[end]] not in (*lex.speech.title_joins, ",")


def _second_noun(scene: Scene, start: int, stop: int) -> int | None:
    """Where a noun phrase of its own begins behind that of a source, by its article or its capital: "според новите правила пътниците …"."""
    words, lex = scene.words, scene.lex
    for k in range(start + 1, stop):
        linked = words.folds[k - 1] in lex.prepositions or words.folds[k - 1].endswith(lex.speech.article_adjectives)
        if words.is_word(k) and not linked and (words.capital(k) or words.folds[k].endswith(lex.speech.article_endings)):
            return k
    return None


def _initial(scene: Scene, k: int) -> bool:
    """Whether a full stop belongs to an initial or a title: "С.Галана", "ген. Галан"."""
    words = scene.words
    if words.folds[k] != "." or k == scene.first:
        return False
    return words.folds[k - 1] in scene.lex.titles or (words.ends[k - 1] - words.starts[k - 1] == 1 and words.capital(k - 1))


def _genitive_end(scene: Scene, start: int) -> int:
    """Where a source that no mention covers ends, where no comma closes it: adjectives, a noun, and what else shows a genitive by its ending."""
    words, endings = scene.words, scene.lex.speech.sure_genitive_endings
    k = start
    while k < min(scene.last, start + 3) and words.folds[k].endswith(endings) and words.folds[k].endswith(scene.lex.speech.adjective_endings):
        k += 1
    end = min(scene.last, k + 1)
    while end < min(scene.last, start + GAP_WORDS) and words.is_word(end) and words.folds[end].endswith(endings):
        end += 1
    return end


def _noun_phrase_end(scene: Scene, start: int) -> int:
    """Where nouns have capitals: a noun phrase ends before the first lower-case word that opens no further noun of it."""
    words, lex = scene.words, scene.lex
    end, k = start, start
    inside = words.folds[start : start + 1] and words.folds[start] in lex.speech.articles and count_words(scene, scene.first, start) > FEWEST_CONTENT_WORDS
    while k < min(scene.last, start + 16):
        fold = words.folds[k]
        if inside and end == k > start and words.capital(k) and words.capital(k - 1) and fold not in lex.given and words.folds[k - 1] not in lex.given:
            office = words.folds[k - 1] in lex.roles or lex.person_noun(words.folds[k - 1]) is not None
            if not office or scene.mention_ends.get(k, 0) != k + 1:
                break  # "gibt es laut der Firma Hinweise"
        if k in scene.mention_ends and scene.mention_ends[k] > k and fold not in lex.pronouns:
            k = end = scene.mention_ends[k]
            continue
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
            and (fold.endswith(lex.speech.adjective_endings) or fold in lex.prepositions or fold in lex.titles or fold in lex.adverbs or fold in lex.pronouns)
        ):
            k += 1
            continue
        linked = end > start and (fold in lex.speech.complement_prepositions or fold in lex.speech.articles or fold in lex.and_)
        j = k + 1
        while linked and j < scene.last and words.is_word(j) and not words.capital(j) and words.folds[j].endswith(lex.speech.adjective_endings):
            j += 1
        if linked and j < scene.last and words.capital(j) and fold in lex.speech.genitive_links:
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
            if fold in lex.speech.dative_articles:
                break
            continue
        break
    return k


def as_clause(scene: Scene, index: int) -> Draft | None:
    """Водночас, як зауважив Галан, Москва змушена … / As Halan noted, … / …, как отметил он."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    p = before_small_words(scene, hit.first, scene.first)
    k = p - 1
    if lex.speech.verb_second and (hit.last >= scene.last or not words.is_word(hit.last)):
        k = _as_before(scene, p)  # the verb closes its clause: asides of the subject may stand between
    elif lex.speech.subject_first or lex.speech.verb_second:
        while k > scene.first and words.folds[k] not in lex.as_ and p - k < GAP_WORDS and words.folds[k] != ",":
            k -= 1
    else:
        while k > scene.first and words.folds[k] not in lex.as_ and p - k < GAP_WORDS // 2 and (words.folds[k] in lex.and_ or words.folds[k] in lex.adverbs):
            k -= 1  # "jak jednak zauważył"
    if k < scene.first or words.folds[k] not in lex.as_ or "quote" not in hit.cue.takes:
        return None
    if k - 2 > scene.first and words.folds[k - 1] == "," and words.folds[k - 2] in lex.speech.correlatives:
        return None  # "zaraz po tym, jak ogłoszono wyrok"
    if lex.speech.subject_first and not _only_told(scene, hit):
        return None
    if lex.speech.verb_second and words.folds[hit.last : hit.last + 1] and words.folds[hit.last] in lex.speech.passive_auxiliaries:
        return None  # "wie hier Geschichte geschrieben wird"
    if lex.speech.verb_second and (p == k + 1 or (not hit.form.number and "that" not in hit.cue.takes)):
        return None  # nobody is named: "wie gesagt"; or no verb: "so"
    end = next((m for m in range(hit.last, scene.last) if words.folds[m] in (",", ":")), None)
    if end is None and k == scene.first and lex.cased and mentions_end(scene, hit.last, scene.last) < scene.last:
        end = mentions_end(scene, hit.last, scene.last) - 1  # the comma behind its subject is left out
    later = (h for h in scene.hits if end is not None and h.first > end and h.cue.frame in ("verb", "source") and not h.form.converb)
    later = (h for h in later if h.cue.strength != "think")  # what one wants or thinks may be what is said
    if end is not None and any(not _in_aside(scene, end, h.first) for h in later):
        return None  # who only passes on what another one says
    opened = words.capital(k)  # a sentence of its own, whatever stands before it has lost its end
    begin = before_small_words(scene, k, scene.first)  # "…, tal como informó Galán"
    head = (k if opened else scene.first, begin - 1 if begin - 1 >= scene.first and words.folds[begin - 1] == "," else k)
    content = [r for r in (head, (end + 1, limit_after(scene, index)) if end is not None else (0, 0)) if says_something(scene, *r)]
    if not content:
        return None
    return Draft(tuple(content), (k + 1, end + 1 if end is not None else scene.last), "as-cue-speaker", 0.8)


def _only_told(scene: Scene, hit: Hit) -> bool:
    """Whether a verb that can tell a clause has no object of its own: "as Pell noted in May", not "as the war rages", "as they offer a lift"."""
    words, lex = scene.words, scene.lex
    if hit.form.converb or "that" not in hit.cue.takes:
        return False
    to = hit.last + 1 if words.folds[hit.last] in lex.infinitive_particles else scene.last
    if to < scene.last and not (words.capital(to) or to in scene.mention_ends or words.folds[to] in lex.speech.articles):
        return False
    k = past_company(scene, hit)
    return k >= scene.last or not words.is_word(k) or words.folds[k] in lex.prepositions


def _in_aside(scene: Scene, low: int, at: int) -> bool:
    """Whether a relative pronoun opens a clause, behind a comma, on the way to the word."""
    words = scene.words
    return any(words.folds[k] in scene.lex.relative and (words.folds[k - 1] == "," or words.folds[k - 2] == ",") for k in range(low + 1, at))


def _as_before(scene: Scene, p: int) -> int:
    """The word that opens the source clause which ends with its verb: "Wie der Direktor, Jan Roth, mitteilte"; the word before the verb where there is none."""
    words, lex = scene.words, scene.lex
    for k in range(p - 1, max(scene.first, p - REACH_AS) - 1, -1):
        if words.folds[k] in lex.that or words.folds[k] in ";:" or words.folds[k] in lex.subordinate:
            break
        if words.folds[k] in lex.as_ and (k == scene.first or words.folds[k - 1] == "," or words.folds[k - 1] in lex.and_):
            return k
    return p - 1


def back_reference(scene: Scene, index: int) -> Draft | None:
    """… . Про це заявив X / Таку заяву зробив X / … . Това заяви X."""
    hit, words, lex = scene.hits[index], scene.words, scene.lex
    if hit.cue.frame != "verb" or hit.cue.strength == "think":
        return None
    that = conjunction_of(scene, hit)
    if that is not None and that - hit.last < 4:
        return None
    backs = [h for h in scene.hits[:index] if h.cue.frame == "back"]
    if not backs or backs[0].first - scene.first > 3:
        return None
    if any(backs[0].first < h.first < hit.first and h.cue.frame == "verb" for h in scene.hits):
        return None
    if "back" not in hit.cue.takes and ("quote" not in hit.cue.takes or lex.speech.verb_second):
        return None
    if words.folds[backs[0].last] == "," and words.folds[backs[0].last + 1] in scene.lex.that:
        return None  # "O tym, że most jest gotowy, poinformował burmistrz"
    if scene.lex.speech.verb_second and hit.first != backs[0].last and words.folds[backs[0].last] not in scene.lex.auxiliaries:
        return None  # the verb stands second: what is looked back at fills the first place alone
    if scene.lex.speech.verb_second and any(words.folds[k] == "," for k in range(backs[0].last, hit.first)):
        return None  # it opens a clause that is said: "Das sei falsch, sagte Anna Roth"
    if words.folds[backs[0].last] == "," or (_parted(scene, backs[0], hit) and not scene.lex.speech.verb_second):
        return None
    passing = _outlet(scene, hit.last) and not any(scene.lex.citing.opens(words.folds, k, scene.last) for k in range(hit.last, scene.last))
    if words.folds[hit.first] in scene.lex.reporting and (passing or not count_words(scene, hit.last, scene.last)):
        return None
    return Draft((), (backs[0].last, scene.last), "looking-back", 0.8, looks_back=True)


def looks_back(scene: Scene, index: int) -> bool:
    """Whether a word that looks back opens the clause of the cue: "Това, по думите му, каза …"."""
    hit = scene.hits[index]
    return any(h.cue.frame == "back" and h.first - scene.first < 3 and not _parted(scene, h, hit) for h in scene.hits[:index])


def _parted(scene: Scene, back: Hit, hit: Hit) -> bool:
    """Whether what seems to look back belongs to what is said: "Това бил първият случай, пошегува се …", "Едновременно с това …"."""
    folds = scene.words.folds
    governed = back.first > scene.first and folds[back.first - 1] in scene.lex.prepositions
    subject = back.last in scene.mention_ends  # "Така Ана Петрова, кмет на града, коментира …"
    alone = back.last - back.first == 1 and folds[back.last] != ","  # "Об этом в понедельник, 9 июля, сообщает …" has no other reading
    return governed or (alone and not subject and "," in folds[back.last : hit.first])


def _outlet(scene: Scene, k: int) -> bool:
    """Whether a name that is no known body stands here: behind "reports" it passes the news on and is no speaker."""
    words = scene.words
    while k < scene.last and words.folds[k] in '«„“"':
        k += 1
    return k < scene.last and (words.folds[k] in scene.lex.agencies or (words.capital(k) and not scene.lex.roles.opens(words.folds, k, scene.last)))
