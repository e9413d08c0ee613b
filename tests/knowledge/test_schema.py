"""Language folders: what is read out of them, and what is said of a file that is wrong.

The folder is a small one of an invented language, written anew for each test, so that one file at a time can be broken.
"""

from __future__ import annotations

import itertools
import pathlib
import re
from collections.abc import Callable

import pytest

from onrecord.errors import KnowledgeError
from onrecord.knowledge import schema
from onrecord.knowledge.lexicon import lexicon
from onrecord.knowledge.schema import Form

FILES = {
    "language.toml": """\
name = "Novan"
[orthography]
script = "latin"
own_letters = ""
foreign_letters = ""
abbreviations = ["dr"]
[calendar]
months = []
weekdays = []
days = { oggi = 0 }
[numbers]
cardinals = { du = 2 }
scales = {}
units = {}
multiples = {}
""",
    "speech.toml": """\
[speech]
that = ["ka"]
and = ["et"]
not = ["ni"]
hypothetical = ["si"]
prepositions = ["de", "in"]
adverbs = ["anko"]
infinitive = ["-ari", "da"]

[[pronouns]]
forms = ["il"]
number = "sg"
gender = "m"
subject = true

[[pronouns]]
forms = ["sua", "suo"]
number = "sg"

[paradigms]
a = ["-a sg", "-an pl", "-ando converb"]
n = ["-o m nom", "-e m obl", "-i f pl"]
""",
    "cues.csv": """\
# verbs
lemma,forms,frame,takes,strength
dira,dir@a,verb,quote that,

anonza,anonza:sg anonzan:pl,verb,that np:de,act
opinion,in_*_opinion segun@n_nos,source,that,think
porto,,noun,,
""",
    "roles.csv": "lemma,forms,type,gender\nministro,ministr@n,person,m\nKamera de Paz,,organization,\n",
    "names.csv": "name,gender,forms\nOlvo,m,Olve Olvi\nTila,f,\n",
    "places.csv": "name,kind\nPort Elva,city\n",
    "junk.csv": "phrase,role,at\nlegi anko,teaser,start\n",
    "examples.toml": "[[example]]\ntext = 'Olvo dira'\nnames = { olvo = 'Olvo' }\n",
}
NUMBERS = itertools.count()
Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write the folder with one file changed (None: left out), and give its code; each has a code of its own, for folders are cached."""
    monkeypatch.setattr(schema, "FOLDER", tmp_path)

    def folder(file: str = "", content: str | None = "") -> str:
        code = f"novan{next(NUMBERS)}"
        (tmp_path / code).mkdir()
        for name, text in (FILES | {file: content} if file else FILES).items():
            if text is not None:
                (tmp_path / code / name).write_text(text, encoding="utf-8")
        return code

    return folder


def test_a_folder_is_read(write: Write) -> None:
    """Every file of a folder comes out as records."""
    code = write()
    language = schema.load(code)
    assert (language.code, language.file.name, language.places) == (code, "Novan", ("Port Elva",))
    assert language.words.speech.and_ == ("et",)
    assert [(c.lemma, c.frame, c.takes, c.strength) for c in language.cues] == [
        ("dira", "verb", ("quote", "that"), "say"),
        ("anonza", "verb", ("that", "np:de"), "act"),
        ("opinion", "source", ("that",), "think"),
        ("porto", "noun", (), "say"),
    ]
    assert [(r.lemma, r.type, r.gender) for r in language.roles] == [("ministro", "person", "m"), ("Kamera de Paz", "organization", None)]
    assert [(n.name, n.gender, n.forms) for n in language.names] == [("Olvo", "m", ("Olve", "Olvi")), ("Tila", "f", ())]
    assert [(j.phrase, j.role, j.at) for j in language.junk] == [("legi anko", "teaser", "start")]
    assert [(e.text, e.names) for e in schema.examples(code)] == [("Olvo dira", {"olvo": "Olvo"})]


def test_forms(write: Write) -> None:
    """Forms are spelt out with tags, or made of a stem and a paradigm, or are the lemma itself; all of them in lower case."""
    language = schema.load(write())
    dira, anonza, opinion, porto = language.cues
    assert dira.forms == (Form("dira", "dira", number="sg"), Form("diran", "dira", number="pl"), Form("dirando", "dira", converb=True))
    assert anonza.forms == (Form("anonza", "anonza", number="sg"), Form("anonzan", "anonza", number="pl"))
    assert [f.form for f in opinion.forms] == ["in * opinion", "seguno nos", "segune nos", "seguni nos"]
    assert porto.forms == (Form("porto", "porto"),)
    ministro, kamera = language.roles
    assert ministro.forms[1] == Form("ministre", "ministro", gender="m", case="obl")
    assert [f.form for f in kamera.forms] == ["kamera de paz"]


def test_a_folder_becomes_tables(write: Write) -> None:
    """The tables of a folder find its words in all their forms, and possessives where a phrase leaves a slot."""
    lex = lexicon(write())
    found = lex.cues.at(["diran"], 0, 1)
    assert found is not None and (found[0], found[1].cue.lemma, found[1].form.number) == (1, "dira", "pl")
    assert lex.cues.at(["in", "sua", "opinion"], 0, 3) is not None
    assert lex.cues.at(["in", "il", "opinion"], 0, 3) is None
    assert lex.given["olve"] == ("Olvo", "m")
    assert lex.nominative_given == {"olvo", "tila"}
    assert [lex.is_infinitive(w) for w in ("da", "parlari", "ari", "dira")] == [True, True, False, False]


@pytest.mark.parametrize("file", [f for f in FILES if f != "examples.toml"])
def test_a_missing_file_is_named(write: Write, tmp_path: pathlib.Path, file: str) -> None:
    """A folder without one of its files is an error with the file's path and a model to follow."""
    code = write(file, None)
    with pytest.raises(KnowledgeError, match=f"{re.escape(str(tmp_path / code / file))}: .*the folder en is a model"):
        schema.load(code)


def test_missing_examples_are_named(write: Write) -> None:
    """A folder without examples can be read, but its examples cannot."""
    code = write("examples.toml", None)
    schema.load(code)
    with pytest.raises(KnowledgeError, match=r"examples\.toml"):
        schema.examples(code)


def test_a_folder_that_is_not_there(write: Write) -> None:
    """A language without a folder is an error that names those that have one."""
    code = write()
    with pytest.raises(KnowledgeError, match=f"nolang.*known are {code}"):
        schema.load("nolang")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("language.toml", "[calendar]", "colour = 1\n[calendar]", "unknown field `colour`"),
        ("language.toml", 'script = "latin"', 'script = "runic"', "runic"),
        ("language.toml", 'name = "Novan"', "", "missing required field `name`"),
        ("speech.toml", "[[pronouns]]", "[[pronoun]]", "unknown field `pronoun`"),
        ("speech.toml", 'that = ["ka"]', 'that = ["ka"]\nthat_ = ["ke"]', "unknown field `that_`"),
        ("speech.toml", 'number = "sg"', 'number = "dual"', "dual"),
        ("speech.toml", 'that = ["ka"]', 'that = "ka"', "Expected `array`"),
        ("examples.toml", "names =", "name =", "unknown field `name`"),
    ],
)
def test_unknown_keys_are_errors(write: Write, file: str, old: str, new: str, message: str) -> None:
    """A key that no file of the kind has, a value of the wrong kind, and a missing key are errors with the file and the key."""
    code = write(file, FILES[file].replace(old, new, 1))
    with pytest.raises(KnowledgeError, match=f"{code}.{re.escape(file)}: .*{re.escape(message)}"):
        schema.load(code)
        schema.examples(code)


@pytest.mark.parametrize("file", ["language.toml", "speech.toml", "examples.toml"])
def test_toml_that_does_not_parse_names_the_line(write: Write, file: str) -> None:
    """TOML that does not parse is an error with the file and the line."""
    code = write(file, "name = 'x'\n\nthat = [\n" if file != "examples.toml" else "[[example]]\n\ntext = 'x\n")
    with pytest.raises(KnowledgeError, match=rf"{re.escape(file)}: .*(at line \d|at end of document)"):
        schema.load(code)
        schema.examples(code)


@pytest.mark.parametrize(
    ("file", "row", "line", "message"),
    [
        ("cues.csv", "loka,loka:dual,verb,that,", 8, "unknown tags ['dual']"),
        ("cues.csv", "loka,lok@zz,verb,that,", 8, "no paradigm 'zz'"),
        ("cues.csv", "loka,,verbal,that,", 8, "'verbal' is not one of verb, state, noun, source, back"),
        ("cues.csv", "loka,,verb,that whom,", 8, "'whom' is not one of"),
        ("cues.csv", "loka,,verb,that,loud", 8, "'loud' is not one of say, think, act"),
        ("cues.csv", "loka,,verb,that", 8, "4 values in 5 columns"),
        ("cues.csv", "# a comment\n\nloka,,verb,that,,", 10, "6 values in 5 columns"),
        ("roles.csv", "rex,,king,m", 4, "'king' is not one of person"),
        ("roles.csv", "rex,,person,x", 4, "'x' is not one of m, f, n"),
        ("roles.csv", "rex,rex:big,person,m", 4, "unknown tags ['big']"),
        ("names.csv", "Rem,,", 4, "'' is not one of m, f"),
        ("names.csv", "Rem,m", 4, "2 values in 3 columns"),
        ("places.csv", "Elva", 3, "1 values in 2 columns"),
        ("junk.csv", "legi,teaser,middle", 3, "'middle' is not one of start"),
    ],
)
def test_wrong_rows_name_file_and_line(write: Write, tmp_path: pathlib.Path, file: str, row: str, line: int, message: str) -> None:
    """A row with an unknown tag, paradigm, word or number of columns is an error with file:line, comments and empty lines counted."""
    code = write(file, FILES[file] + row + "\n")
    with pytest.raises(KnowledgeError, match=f"^{re.escape(f'{tmp_path / code / file}:{line}: ')}.*{re.escape(message)}"):
        schema.load(code)


@pytest.mark.parametrize("file", [f for f in FILES if f.endswith(".csv")])
@pytest.mark.parametrize("content", ["", "# nothing\n", "lemma;forms\n", "lema,forms,frame,takes,strength\n"])
def test_wrong_columns_are_told(write: Write, file: str, content: str) -> None:
    """A CSV without its header row, or with other columns, is an error that names the file and the columns it must have."""
    code = write(file, content)
    columns = next(line for line in FILES[file].splitlines() if not line.startswith("#"))
    with pytest.raises(KnowledgeError, match=f"{code}.{re.escape(file)}:1: the columns must be {columns}"):
        schema.load(code)


def test_an_unknown_role_of_junk_is_an_error(write: Write) -> None:
    """A junk phrase with a role that no block has is an error with file:line."""
    with pytest.raises(KnowledgeError, match=r"junk\.csv:3"):
        schema.load(write("junk.csv", FILES["junk.csv"] + "legi,banner,start\n"))


def test_an_unknown_tag_of_a_paradigm_is_an_error(write: Write) -> None:
    """A tag that no form has is an error where it stands, in speech.toml, even if no row uses the paradigm."""
    with pytest.raises(KnowledgeError, match=r"speech\.toml"):
        schema.load(write("speech.toml", FILES["speech.toml"] + 'z = ["-z dual"]\n'))


@pytest.mark.parametrize("file", ["places.csv", "speech.toml"])
def test_a_file_that_is_not_utf8_is_named(write: Write, tmp_path: pathlib.Path, file: str) -> None:
    """A file in another encoding is an error that names it."""
    code = write()
    (tmp_path / code / file).write_bytes(FILES[file].encode() + "# Місто\n".encode("cp1251"))
    with pytest.raises(KnowledgeError, match=re.escape(file)):
        schema.load(code)


def test_an_unclosed_quotation_mark_is_named(write: Write) -> None:
    """A quotation mark in a CSV that is never closed is an error with file:line."""
    with pytest.raises(KnowledgeError, match=r"roles\.csv:4"):
        schema.load(write("roles.csv", FILES["roles.csv"] + '"rex,,person,m\nlex,,person,m\n'))


def test_a_value_over_two_lines_is_named(write: Write) -> None:
    """A value that goes on over a line is an error with file:line."""
    with pytest.raises(KnowledgeError, match=r"names\.csv:4"):
        schema.load(write("names.csv", FILES["names.csv"] + '"Rem\n",m,\n'))
