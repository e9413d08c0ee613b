"""The first pass: from a page to its reading, as one function that you can read."""

from __future__ import annotations

import msgspec

from onrecord.knowledge import schema
from onrecord.knowledge.confidence import confidence
from onrecord.knowledge.lexicon import lexicon
from onrecord.plain import plain, restored
from onrecord.records import Article, Hints, Mention, Page, Quotation, Reading, Sentence, Skipped
from onrecord.settings import Settings
from onrecord.stages.attribute import attribute
from onrecord.stages.clean import clean
from onrecord.stages.extract import extract
from onrecord.stages.recognise import names_inside, recognise
from onrecord.stages.segment import segment
from onrecord.stages.situate import situate
from onrecord.tokens import Words, split_words


def read_page(page: Page, settings: Settings = Settings()) -> Reading | Skipped:
    """What the page says, who says it, and where it stands; Skipped with the reason where there is nothing to read."""
    seen = plain(page.text) if page.media == "text" and len(page.text) <= settings.max_chars else None
    if seen is None:
        return _read(page, settings)
    outcome = _read(msgspec.structs.replace(page, text=seen.text), settings)
    return outcome if isinstance(outcome, Skipped) else restored(outcome, page.text, seen)


def _read(page: Page, settings: Settings) -> Reading | Skipped:
    """The page as it is, in plain letters."""
    article = clean(page, language=settings.language, max_chars=settings.max_chars, repeated=settings.repeated)
    if isinstance(article, Skipped):
        return article
    language = schema.load(article.language)
    words = split_words(article.text)
    sentences = segment(article, language)
    mentions = recognise(article, sentences, words, language)
    quotations = extract(article, sentences, mentions, words, language)
    inside, hints = names_inside(mentions, words, language), Hints()
    if settings.reader == "thorough":
        mentions, inside, quotations, hints = consult(article, sentences, mentions, quotations, words, language)
    mentions, statements = attribute(article, sentences, mentions, quotations, words, language, hints)
    statements = situate(article, sentences, mentions, statements, words, language)
    statements = tuple(msgspec.structs.replace(s, confidence=confidence(settings.reader, s.rule)) for s in statements)
    return Reading(article, sentences, tuple(sorted((*mentions, *inside), key=lambda m: (m.start, -m.end))), statements)


def consult(
    article: Article,
    sentences: tuple[Sentence, ...],
    mentions: tuple[Mention, ...],
    quotations: tuple[Quotation, ...],
    words: Words,
    language: schema.Language,
) -> tuple[tuple[Mention, ...], tuple[Mention, ...], tuple[Quotation, ...], Hints]:
    """What the rules found together with what the tagger sees: mentions, names inside roles, quotations, and what it tells of the mentions."""
    from onrecord.stages.consult import combine, passages, refine, silent
    from onrecord.stages.decode import decode
    from onrecord.stages.names import read_names, settle_names
    from onrecord.stages.tag import NameTags, open_tagger, tag, tag_names

    spans = passages(article, words, language)
    tags = tag(article.text, spans, open_tagger())
    tables = NameTags(tags.starts, tags.ends, tags.name), tag_names(article.text, silent(article, spans), open_tagger())
    names = [name for table in tables for name in read_names(article.text, table)]
    mentions, inside = settle_names(mentions, names, tables, article.text, lexicon(language.code))
    if not spans:
        return mentions, inside, quotations, Hints()
    refined, hints = refine(mentions, tags, article.text, language)
    return refined, inside, combine(quotations, decode(article.text, tags), tags, article, sentences), hints
