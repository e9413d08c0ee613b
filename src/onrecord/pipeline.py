"""The first pass: from a page to its reading, as one function that you can read."""

from __future__ import annotations

from onrecord.knowledge import schema
from onrecord.records import Page, Reading, Skipped
from onrecord.settings import Settings
from onrecord.stages.attribute import attribute
from onrecord.stages.clean import clean
from onrecord.stages.extract import extract
from onrecord.stages.recognise import recognise
from onrecord.stages.segment import segment
from onrecord.stages.situate import situate
from onrecord.tokens import split_words


def read_page(page: Page, settings: Settings = Settings()) -> Reading | Skipped:
    """What the page says, who says it, and where it stands; Skipped with the reason where there is nothing to read."""
    article = clean(page, language=settings.language, max_chars=settings.max_chars)
    if isinstance(article, Skipped):
        return article
    language = schema.load(article.language)
    words = split_words(article.text)
    sentences = segment(article, language)
    mentions = recognise(article, sentences, words, language)
    quotations = extract(article, sentences, mentions, words, language)
    mentions, statements = attribute(article, sentences, mentions, quotations, words, language)
    statements = situate(article, sentences, mentions, statements, words, language)
    return Reading(article, sentences, mentions, statements)
