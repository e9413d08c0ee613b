"""What differs between two reports of the same words, on reports that are made up."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge import schema
from onrecord.records import Difference, Kind
from onrecord.stages import dates, figures
from onrecord.stages.compare import Report, by_roots, clauses, compare, fullest, hedges

PUBLISHED = "2031-05-14"


def report(words: str, language: str = "en", kind: Kind = "indirect", **more: object) -> Report:
    """A report whose article is its words."""
    read = figures.read(words, 0, len(words), language, PUBLISHED)
    found = tuple((date.span, date.value) for date in dates.find(words, 0, len(words), language, PUBLISHED))
    made = Report(f"{language} {words}", language, kind, words, ((0, len(words)),), read, found, naming="name")
    return msgspec.structs.replace(made, **more)


def differences(one: Report, other: Report, kind: str) -> list[tuple[list[str], list[str]]]:
    """The differences of a kind as the words on both sides."""
    found = compare(one, other, by_roots).differences
    return [([one.text[a:b] for a, b in d.one], [other.text[a:b] for a, b in d.other]) for d in found if d.kind == kind]


FULL = "We will mend the weir before winter, the ferry stays free of charge, and 6 boats come back in June 2032"


def test_same_words_differ_in_nothing() -> None:
    """A copy has no differences, and is no part."""
    comparison = compare(report(FULL), report(FULL), by_roots)
    assert comparison.differences == () and not comparison.part


def test_quotation_and_paraphrase() -> None:
    """One in the speaker's words, the other in the reporter's, is a difference; direct and mixed are both quoted."""
    quoted, told = report(FULL, kind="direct"), report(FULL)
    assert [d.note for d in compare(quoted, told, by_roots).differences] == ["quoted, here paraphrased"]
    assert compare(quoted, report(FULL, kind="mixed"), by_roots).differences == ()


def test_paraphrase_of_a_part() -> None:
    """A clause that the other leaves out is pointed to, and the other is marked as a part."""
    part = report("the weir will be mended before winter")
    assert compare(report(FULL), part, by_roots).part
    (gone,) = differences(report(FULL), part, "left out")
    assert gone == (["the ferry stays free of charge, and 6 boats come back in June 2032"], [])


def test_what_only_the_other_has() -> None:
    """A clause that only the other has is added, and then the other is no part."""
    longer = report("the weir will be mended before winter, although nobody has asked the fishermen yet")
    assert differences(report(FULL), longer, "added") == [([], ["although nobody has asked the fishermen yet"])]
    assert not compare(report(FULL), longer, by_roots).part


def test_nothing_is_said_of_clauses_that_cannot_be_paired() -> None:
    """Where no clause finds a partner nothing is called left out."""
    comparison = compare(report(FULL), report("ясно, що греблю полагодять", "uk"), by_roots)
    assert not {d.kind for d in comparison.differences} & {"left out", "added"}


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        (("uk", "витрати зросли в 6 разів"), ("uk", "витрати зросли вп'ятеро"), (["6 разів"], ["вп'ятеро"])),
        (("bg", "Четиринадесет кораба тръгват за Орлен"), ("uk", "дванадцять кораблів ідуть до Орлена"), (["Четиринадесет кораба"], ["дванадцять кораблів"])),
        (("en", "2 km of new dykes will cost $3 million"), ("en", "2,000 m of new dykes will cost $4 million"), (["$3 million"], ["$4 million"])),
        (("de", "die Fähre kostet 12 Euro im Jahr"), ("de", "die Fähre kostet 15 Euro im Jahr"), (["12 Euro"], ["15 Euro"])),
    ],
)  # fmt: skip
def test_figures_that_disagree(one: tuple[str, str], other: tuple[str, str], wrong: tuple[list[str], list[str]]) -> None:
    """Values of one dimension that are not the same are pointed to on both sides; those in other units that are the same are not."""
    assert differences(report(one[1], one[0]), report(other[1], other[0]), "figure") == [wrong]


def test_half_is_fifty_percent() -> None:
    """A share and a percentage that are the same do not differ."""
    assert differences(report("half of the boats will sail home"), report("50% of the boats will sail home"), "figure") == []


def test_figure_hedged_on_one_side() -> None:
    """The same value, but "about" or "at least" on one side alone, is a hedge."""
    found = differences(report("the weir costs at least 3 million euros"), report("the weir costs 3 million euros"), "hedge")
    assert found == [(["3 million euros"], ["3 million euros"])]


def test_dates_that_disagree() -> None:
    """Another day is pointed to; a day inside the month that the other names is the same."""
    one, other = report("the weir opens on 5 June 2032 to all boats"), report("the weir opens on 7 June 2032 to all boats")
    assert differences(one, other, "date") == [(["5 June 2032"], ["7 June 2032"])]
    assert differences(one, report("the weir opens in June 2032 to all boats"), "date") == []


def test_deadlines_that_disagree() -> None:
    """The same figure by another year is another date."""
    one, other = report("до 2041 року 3% бюджету піде на греблі", "uk"), report("до 2043 року 3% бюджету піде на греблі", "uk")
    assert ("2041", "2043") in {(d.note.split(", here ")[0][-4:], d.note[-4:]) for d in compare(one, other, by_roots).differences if d.kind == "date"}


@pytest.mark.parametrize(
    ("language", "sure", "unsure", "hedge"),
    [
        ("en", "the weir will break this winter", "the weir will probably break this winter", "probably"),
        ("uk", "гребля трісне цієї зими", "гребля, можливо, трісне цієї зими", "можливо"),
        ("bg", "бентът ще се скъса тази зима", "бентът вероятно ще се скъса тази зима", "вероятно"),
        ("de", "das Wehr bricht in diesem Winter", "das Wehr bricht vermutlich in diesem Winter", "vermutlich"),
        ("pl", "jaz pęknie tej zimy koło młyna", "jaz prawdopodobnie pęknie tej zimy koło młyna", "prawdopodobnie"),
    ],
)
def test_hedges(language: str, sure: str, unsure: str, hedge: str) -> None:
    """A word that makes it less sure, on one side only, is pointed to, with the clause that has none."""
    ((with_hedge, _),) = differences(report(unsure, language), report(sure, language), "hedge")
    assert with_hedge == [hedge]
    ((clause, only_here),) = differences(report(sure, language), report(unsure, language), "hedge")
    assert only_here == [hedge] and clause == [sure]


def test_cannot_is_no_hedge() -> None:
    """A negation before the word takes the doubt back."""
    assert hedges(report("никоя страна не може да го направи сама", "bg")) == ()


def test_every_language_has_hedges() -> None:
    """Each language folder lists words that hedge, in lower case."""
    for code in schema.languages():
        listed = schema.load(code).words.speech.hedges
        assert len(listed) > 5 and all(word == word.lower() for word in listed), code


def test_naming_and_way() -> None:
    """Named here and only the office there, and by way of another agency, point to the mention and to the agency in the text."""
    one = report("Orlen Wire: the weir will be mended", via=("Orlen Wire",), mention=(0, 5))
    other = report("the mayor said the weir will be mended", naming="office", mention=(0, 9))
    found = {d.kind: d for d in compare(one, other, by_roots).differences}
    assert found["speaker"] == Difference("speaker", ((0, 5),), ((0, 9),), "named, here only the office is named")
    assert found["via"] == Difference("via", ((0, 10),), (), "by way of Orlen Wire, here no agency named")


def test_fullest_is_quoted_and_long() -> None:
    """A quotation stands before a longer paraphrase, the longer quotation before the shorter."""
    short, long, told = report("the weir stays", kind="direct"), report("the weir stays shut", kind="direct"), report(FULL)
    assert fullest([short, told, long]) is long


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(schema.languages()))
def test_spans_lie_inside_the_reports(one: str, other: str, language: str) -> None:
    """Whatever the words, clauses lie inside the content, and differences inside the text of their side."""
    first, second = report(one, language), report(other, language)
    assert all(0 <= a < b <= len(one) for a, b in clauses(first))
    for difference in compare(first, second, by_roots).differences:
        assert all(0 <= a <= b <= len(one) for a, b in difference.one)
        assert all(0 <= a <= b <= len(other) for a, b in difference.other)
