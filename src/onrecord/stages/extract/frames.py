"""The frames of reported speech, in the order in which they are tried.

Each is a function from a scene and the index of a cue in it to a draft, or None where the frame does not fit.
"""

from __future__ import annotations

from onrecord.stages.extract.before import clause_before
from onrecord.stages.extract.clauses import bare_clause, subjunctive_clause, that_clause
from onrecord.stages.extract.nouns import infinitive_clause, noun_or_infinitive, object_before
from onrecord.stages.extract.quoted import quotation_after, quotation_before
from onrecord.stages.extract.sources import as_clause, back_reference, passed_on_clause

FRAMES = (
    back_reference,
    as_clause,
    passed_on_clause,
    quotation_before,
    quotation_after,
    that_clause,
    subjunctive_clause,
    clause_before,
    infinitive_clause,
    object_before,
    noun_or_infinitive,
    bare_clause,
)
