"""The checker of marked articles: what it lets pass, and what it says of each thing that is wrong."""

from __future__ import annotations

import importlib.util
import pathlib
from types import ModuleType

import pytest

from onrecord.knowledge.marks import read_article

SCRIPT = pathlib.Path(__file__).parent.parent.parent / "corpus" / "check.py"
FILLER = " ".join(f"On day {word} the river rose and the council of the small town met again." for word in ("one", "two", "three", "four", "five", "six"))
HEADER = "language: en\ngenre: paper\ntopic: local\nper pell f: Ada Pell\norg rada: the council\n"
BODY = f"""\
@headline Bridge to open, says mayor
{{pell|Ada Pell}} <1|said> that [1 pell|the bridge would open in spring].
"[2 pell|we promise no miracles]," {{pell|she}} <2|said>. {{rada|The council}} agreed.
{FILLER}
"""


@pytest.fixture(scope="module")
def check() -> ModuleType:
    """corpus/check.py as a module."""
    spec = importlib.util.spec_from_file_location("corpus_check_script", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def findings(check: ModuleType, header: str = HEADER, body: str = BODY, notes: str = "") -> tuple[list[str], list[str]]:
    """Errors and warnings about an article made of these parts."""
    source = f"{header}---\n{body}" + (f"---\n{notes}" if notes else "")
    found: tuple[list[str], list[str]] = check.check_article(read_article(source, where="en/0001.txt"), "en/0001.txt")
    return found


def test_a_sound_article(check: ModuleType) -> None:
    """An article that is marked as it should be has nothing wrong, and nothing to look at."""
    assert findings(check, notes="1 said: 2031-04\n2 to: The council\n") == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("genre: paper", "genre: poem", "header genre: 'poem' is not one of"),
        ("topic: local\n", "", "header topic: None is not one of"),
        ("language: en", "language: xx", "header language: 'xx'"),
        ("topic: local", "topic: local\ncolour: red", "unknown header keys ['colour']"),
        ("org rada: the council", "org rada: the council\nper kass m: Bruno Kass", "declared but never mentioned: ['kass']"),
    ],
)
def test_headers(check: ModuleType, old: str, new: str, message: str) -> None:
    """A header with a wrong value, an unknown key, or somebody who is never mentioned is an error that names the article."""
    errors, _ = findings(check, header=HEADER.replace(old, new))
    assert len(errors) == 1 and errors[0].startswith("en/0001.txt: ") and message in errors[0]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("@headline ", "@banner ", "unknown block roles ['banner']"),
        (FILLER, "Short.", "fewer than 60 words"),
        ("in spring].", "in spring,].", "statement 1: blanks or commas at the edge"),
        ("[1 pell|the", "[1 pell| the", "statement 1: blanks or commas at the edge"),
        ("in spring].", "in spring.]", "statement 1: the closing full stop belongs outside"),
        ("<1|said> that", "said that", "statement 1: no cue marked"),
        ("<1|said> that [1 pell|the bridge", "that [1 pell|<1|said> the bridge", "statement 1: the cue stands inside its content"),
        ("{pell|Ada Pell} <1|", "@teaser {pell|Ada Pell} <1|", "statement 1: stands in junk"),
        ("{rada|The council} agreed.", "[3 rada|They] <3|agreed>. {rada|The council}", ""),
        ("[2 pell|", "[2 unknown|", ""),
    ],
)
def test_marks(check: ModuleType, old: str, new: str, message: str) -> None:
    """Marks that are cut wrong, stand in junk, or have no cue are errors that name the statement; an unknown speaker is none."""
    errors, _ = findings(check, body=BODY.replace(old, new, 1))
    assert [message in error for error in errors] == ([True] if message else [])
    assert all(error.startswith("en/0001.txt: ") for error in errors)


def test_a_speaker_without_a_mention(check: ModuleType) -> None:
    """A speaker who is declared but stands nowhere in the text is an error."""
    header = HEADER + "per kass m: Bruno Kass\n"
    errors, _ = findings(check, header=header, body=BODY.replace("[2 pell|", "[2 kass|"))
    assert any("statement 2: its speaker 'kass' is never mentioned" in error for error in errors)


@pytest.mark.parametrize(
    ("notes", "message"),
    [
        ("3 said: 2031", "notes on statements that do not exist: [3]"),
        ("1 said: in May", "statement 1: said is YYYY-MM-DD, not 'in May'"),
        ("1 place: Harwell", "statement 1: place 'Harwell' is not in the text"),
        ("2 to: reporters", "statement 2: to 'reporters' is not in the text"),
    ],
)
def test_notes(check: ModuleType, notes: str, message: str) -> None:
    """Notes speak of statements that exist, in words of the text, with dates in figures."""
    errors, _ = findings(check, notes=notes + "\n")
    assert len(errors) == 1 and message in errors[0]


def test_names_that_no_mention_covers(check: ModuleType) -> None:
    """A capitalised word inside a sentence that is not marked is something to look at, but no error."""
    errors, warnings = findings(check, body=BODY.replace("The council} agreed", "The council} thanked Bruno for it"))
    assert (errors, warnings) == ([], ["en/0001.txt: no mention covers 'Bruno'"])


def test_files(check: ModuleType, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files are counted; one whose marks do not parse, and one that is too like another, are errors and make the exit status 1."""
    sound, broken, copy = (tmp_path / name for name in ("0001-a.txt", "0002-b.txt", "0003-c.txt"))
    sound.write_text(f"{HEADER}---\n{BODY}", encoding="utf-8")
    assert check.main([str(sound)]) == 0
    assert "1 en articles" in capsys.readouterr().out
    broken.write_text(f"{HEADER}---\n{BODY}[", encoding="utf-8")
    copy.write_text(f"{HEADER}---\n{BODY}", encoding="utf-8")
    assert check.main([str(sound), str(broken), str(copy)]) == 1
    printed = capsys.readouterr().out
    last = f"{HEADER}---\n{BODY}".count("\n") + 1
    assert f"{tmp_path.name}/0002-b.txt, line {last}: a lone '['" in printed
    assert f"{tmp_path.name}/0003-c.txt: too like {tmp_path.name}/0001-a.txt" in printed
    assert "2 errors" in printed


def test_the_corpus_is_sound(check: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """Every article of the corpus passes."""
    status = check.main([])
    assert status == 0, [line for line in capsys.readouterr().out.splitlines() if line.startswith("ERROR")]
