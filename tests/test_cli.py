"""The command line as a person uses it: what is printed, where, and with which exit code."""

from __future__ import annotations

import json
import os
import pathlib
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner, Result

from onrecord import cli
from onrecord.errors import OnRecordError
from onrecord.store.open import Store

EXAMPLES = pathlib.Path(__file__).parent.parent / "examples"


def run(*arguments: str | pathlib.Path, db: pathlib.Path | None = None) -> Result:
    """Run a command in this process; an OnRecordError stays what it is."""
    environment = {"ONRECORD_DB": str(db) if db else "", "COLUMNS": "200", "NO_COLOR": "1"}
    return CliRunner().invoke(cli.app, [str(a) for a in arguments], env=environment)


def command(*arguments: str | pathlib.Path, cwd: pathlib.Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own, as a person does."""
    environment = {k: v for k, v in os.environ.items() if k != "ONRECORD_DB"} | {"PYTHONIOENCODING": "utf-8"}
    call = [sys.executable, "-m", "onrecord", *map(str, arguments)]
    return subprocess.run(call, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8")


def test_help_names_every_command() -> None:
    """The help names what there is to do."""
    text = run("--help").output
    for name in ("add", "link", "watch", "said", "who", "judge", "authority", "show", "story", "compare", "extract", "export", "serve", "eval", "language"):
        assert re.search(rf"\b{name}\b", text)


def test_help_and_import_load_nothing_heavy(tmp_path: pathlib.Path) -> None:
    """The help and `import onrecord` open neither numpy, nor the database, nor a language."""
    heavy = ("numpy", "sqlalchemy", "onnxruntime", "rich.table")
    code = f"import sys, onrecord, onrecord.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, env=os.environ)
    assert done.stdout.strip() == "[]", done.stderr


def test_said_prints_who_what_when(database: pathlib.Path) -> None:
    """A surname in another alphabet finds the person, and each statement comes with its day and words."""
    result = run("said", "Halan", "--lang", "bg", db=database)
    assert result.exit_code == 0
    assert "мостът няма да бъде отворен преди ноември" in result.output and "2031-04-03" in result.output


def test_said_in_json(database: pathlib.Path) -> None:
    """--json prints the records."""
    rows = json.loads(run("said", "Halan", "--since", "2031-04", "--until", "2031-04-02", "--json", db=database).output)
    assert rows and all(row["article"]["published"].startswith("2031-04-02") for row in rows)


def test_said_about_nothing(database: pathlib.Path) -> None:
    """Nothing found is said, and is no error."""
    result = run("said", "Nobody Atall", db=database)
    assert result.exit_code == 0 and "Nothing on record of Nobody Atall" in result.output


@pytest.mark.parametrize("day", ["yesterday", "2031-13-01", "31.12.2031", "2031-1-1"])
def test_wrong_day_is_wrong_usage(database: pathlib.Path, day: str) -> None:
    """A day that is none is refused with the way to write it."""
    result = run("said", "Halan", "--since", day, db=database)
    assert result.exit_code == 2 and "2025-11-06" in result.output


def test_show_marks_statements(database: pathlib.Path) -> None:
    """An article found by its file is shown with numbered statements and their speakers."""
    result = run("show", "uk-pryberezhna.txt", db=database)
    assert result.exit_code == 0
    assert "[2] Ми не обіцяємо дива. Опори треба міняти всі шість [/2]" in result.output
    assert "Орест Дуб" in result.output and "uk/test" in result.output


def test_show_asks_which_article(database: pathlib.Path) -> None:
    """What fits several articles is answered by their list."""
    result = run("show", "pages", db=database)
    assert isinstance(result.exception, OnRecordError)


def test_show_of_hostile_text_does_not_drive_the_terminal() -> None:
    """Control characters of a page are replaced one for one."""
    from onrecord.printing import plain

    assert plain("a\x1b[31mb\x07\u202ec\td\n") == "a\ufffd[31mb\ufffd\ufffdc\td\n"


def test_export_stories(database: pathlib.Path) -> None:
    """Stories and utterances come out with sources and statement ids."""
    exported = json.loads(run("export", "stories", "--json", db=database).output)
    sources = {source for story in exported["stories"] for source in story["articles"]}
    assert sources == {"pages/uk-pryberezhna.txt", "pages/en-bridge.txt", "pages/bg-most.txt", "pages/en-hostile.txt"}
    assert sum(len(utterance["statements"]) for utterance in exported["utterances"]) == 8
    assert "articles" in run("export", "stories", db=database).output


def test_errors_are_one_line(tmp_path: pathlib.Path) -> None:
    """What a person must mend is one line on stderr and exit code 1, without a traceback."""
    done = command("said", "Halan", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("onrecord: ") and done.stderr.count("\n") == 1
    (tmp_path / "text.sqlite").write_text("not a database " * 99, encoding="utf-8")
    done = command("said", "Halan", "--db", "text.sqlite", cwd=tmp_path)
    assert done.returncode == 1 and "text.sqlite" in done.stderr and "Traceback" not in done.stderr


def test_add_counts_what_it_skips(tmp_path: pathlib.Path) -> None:
    """Bad pages are counted with their reasons, a missing path makes exit code 1, and the rest is read; a second run changes nothing."""
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 9)
    page = "Bridge opens\n\nThe bridge will open in May, Anna Lind said on Monday.\n\n“We are glad,” Lind said. They met on Tuesday.\n"
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    db = tmp_path / "new.sqlite"
    first = run("add", tmp_path, tmp_path / "missing.txt", "--db", db)
    assert first.exit_code == 1, first.output
    assert "4 pages: 1 added, 0 changed, 0 unchanged" in first.output and "3 skipped: " in first.output
    for reason in ("empty 1", "binary 1", "unreadable 1"):
        assert reason in first.output
    again = run("add", tmp_path / "page.txt", "--db", db)
    assert again.exit_code == 0 and "1 pages: 0 added, 0 changed, 1 unchanged" in again.output


def test_linking_is_a_command_of_its_own(tmp_path: pathlib.Path) -> None:
    """What was added with --later has no story until `link` finds it; linking again says that nothing is left."""
    (tmp_path / "page.txt").write_text("Bridge opens\n\nThe bridge will open in May, Anna Lind said on Monday.\n", encoding="utf-8")
    db = tmp_path / "later.sqlite"
    assert run("add", tmp_path / "page.txt", "--later", "--fast", "--db", db).exit_code == 0
    assert "Anna Lind" in run("said", "--db", db).output and "Bridge opens" not in run("story", "--db", db).output
    for asked in (("said", "Lind"), ("who", "Lind"), ("story",)):
        assert "1 article waits for `onrecord link`: until then what it says" in run(*asked, "--db", db).output
    assert "1 article linked" in run("link", "--fast", "--db", db).output
    assert "Bridge opens" in run("story", "--db", db).output and "wait for" not in run("said", "Lind", "--db", db).output
    assert "every article on record is linked" in run("link", "--db", db).output


@pytest.mark.slow
def test_extract_prints_one_object_per_page(tmp_path: pathlib.Path) -> None:
    """Readings go to stdout as JSON lines in order, what is skipped goes to stderr."""
    for name in ("a", "b"):
        text = f"The bridge {name} will open in May, the mayor Anna Lind said on Monday.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
    done = command("extract", "--jsonl", tmp_path / "b.txt", tmp_path / "empty.txt", tmp_path / "a.txt", "--jobs", "2", cwd=tmp_path)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [pathlib.PurePath(row["source"]).name for row in rows] == ["b.txt", "a.txt"]
    assert {"id", "source", "language", "published", "title", "blocks", "statements"} <= rows[0].keys()
    assert "empty.txt: empty" in done.stderr and done.returncode == 0


def test_story_and_compare(database: pathlib.Path) -> None:
    """Stories with their ids, one by words of an article with who tells what, and an utterance with its reports and what differs."""
    listed = run("story", db=database).output
    assert re.search(r"[0-9a-f]{16}\s+2031-04-02\s+3\s", listed)
    told = run("story", "Lutynka", db=database)
    assert "Вісник Залуччя: quoted" in told.output and "Дневен глас: paraphrased" in told.output
    (quoted,) = re.findall(r"([0-9a-f]{16})\n  (?:We promise|Ми не обіцяємо)", told.output)
    shown = run("compare", quoted, db=database)
    assert shown.exit_code == 0 and "We promise no miracles" in shown.output and "Ми не обіцяємо дива" in shown.output
    answer = json.loads(run("compare", quoted, "--json", db=database).output)
    assert answer["base"] in answer["chains"] and len(answer["comparisons"]) == 1


def test_story_that_is_not_there(database: pathlib.Path) -> None:
    """What fits no story, or no utterance, is an error that says what to do."""
    for arguments in (("story", "zzzzqq"), ("compare", "zzzzqq")):
        result = run(*arguments, db=database)
        assert isinstance(result.exception, OnRecordError) and "onrecord story" in str(result.exception)


def test_eval_prints_figures_by_language(tmp_path: pathlib.Path) -> None:
    """Gold readings and their pages give figures by language and over all."""
    gold, texts = tmp_path / "gold" / "made", tmp_path / "made"
    gold.mkdir(parents=True)
    texts.mkdir()
    text = "The bridge will open in May, the mayor Anna Lind said on Monday.\n"
    (texts / "one.txt").write_text(text, encoding="utf-8")
    statement = {"id": "1", "kind": "indirect", "content": [[0, 28]], "speaker": {"id": "a", "mention": [40, 49]}}
    row = {"document": "one.txt", "language": "en", "published": None, "junk": [], "people": [{"id": "a"}], "statements": [statement]}
    (gold / "one.json").write_text(json.dumps(row), encoding="utf-8")
    scores = json.loads(run("eval", gold, "--json").output)[str(gold)]
    assert scores.keys() == {"all", "en"} and scores["all"]["statements"] == 1
    assert "attributed" in run("eval", gold, "--faults").output
    assert isinstance(run("eval", tmp_path).exception, OnRecordError)


def test_language_reports_on_a_folder() -> None:
    """A language folder's examples are counted; a folder that is not there is named."""
    result = run("language", "uk")
    assert re.search(r"uk: \d+ of \d+ examples pass; \d+ cues in no example", result.output)
    assert isinstance(run("language", "xx").exception, OnRecordError)


def test_who_shows_names_offices_and_reasons(database: pathlib.Path) -> None:
    """A person is shown with names per language and why they are one; an office leads to its holder; nobody is said."""
    text = run("who", "Halan", db=database).output
    assert "uk  Ігор Галан" in text and "taken for one because" in text and "mentions" in text
    (view,) = json.loads(run("who", "Halan", "--json", db=database).output)["actors"]
    assert len(view["merges"]) == 2 and run("who", view["line"]["actor"]["id"], db=database).output == text
    assert "Nobody on record is called Zzz" in run("who", "Zzz", db=database).output


def test_outlets_with_days_and_skipped_pages(tmp_path: pathlib.Path) -> None:
    """Each outlet is listed with its articles, days, and the share of its pages that was skipped, by reason."""
    folder, db = tmp_path / "bta.bg", tmp_path / "db.sqlite"
    folder.mkdir()
    text = "Мостът ще бъде затворен до пролетта\n\n14.03.2031 09:20\n\nМостът край града ще бъде затворен, каза кметът на града Иван Крушев.\n"
    (folder / "one.txt").write_text(text, encoding="utf-8")
    (folder / "two.txt").write_text("", encoding="utf-8")
    (tmp_path / "three.txt").write_bytes(b"\x00\x01\x02" * 9)
    run("add", folder, tmp_path / "three.txt", "--fast", db=db)
    first, second = json.loads(run("outlets", "--json", db=db).output)
    assert (first["label"], first["articles"], first["since"], first["skipped"]) == ("БТА", 1, "2031-03-14", {"empty": 1})
    assert (second["label"], second["articles"], second["skipped"]) == ("", 0, {"binary": 1})
    shown = run("outlets", db=db).output
    assert "БТА" in shown and "50 %" in shown and "empty 1" in shown and "no outlet named" in shown


def test_judging_by_the_command_line(record: Store, tmp_path: pathlib.Path) -> None:
    """Each verdict is stored with its author, listed, exported, undone, and a statement that is judged wrong is left out of `said`."""
    db = record.path
    statement = json.loads(run("said", "--about", "bridge", "--json", db=db).output)[0]["statement"]["id"]
    for arguments in (
        ("same", "Ліс", "Галина Мур"), ("different", "Ігор Галан", "Ihor Halan"), ("rename", "Ihor Halan", "I. Halan"),
        ("not-a-person", "Игор Галан"), ("speaker-wrong", statement, "Орест Дуб"), ("statement-wrong", statement[:8]),
    ):  # fmt: skip
        done = run("judge", *arguments, "--by", "Anna", db=db)
        assert done.exit_code == 0 and "(Anna, " in done.output, done.output
    assert "bridge" not in run("said", "Дуб", db=db).output
    assert "judged to be no statement" in run("said", "Дуб", "--wrong", db=db).output
    rows = [json.loads(line) for line in run("judge", "export", db=db).output.splitlines()]
    assert [row["author"] for row in rows] == ["Anna"] * 6
    for row in rows:
        assert run("judge", "undo", row["id"], "--by", "Anna", db=db).exit_code == 0
    assert run("judge", "list", db=db).output.count("undone by Anna") == 6 and len(json.loads(run("judge", "list", "--json", db=db).output)) == 6
    (tmp_path / "j.jsonl").write_text("{}\n", encoding="utf-8")
    assert run("judge", "import", tmp_path / "j.jsonl", db=db).exit_code == 1
    assert isinstance(run("judge", "import", tmp_path / "none.jsonl", db=db).exception, OnRecordError)
    assert isinstance(run("judge", "undo", rows[0]["id"], db=db).exception, OnRecordError)


def test_authorities_by_the_command_line(record: Store, tmp_path: pathlib.Path) -> None:
    """Entities are read, faults named by line with exit code 1, and merges that would join two entities listed."""
    (tmp_path / "a.csv").write_text("id,name,aliases,office,from,to\nQ1,Ihor Halan,,mayor,2029,\nQ2,Игор Галан\nbroken\n", encoding="utf-8")
    done = run("authority", "add", tmp_path / "a.csv", db=record.path)
    assert done.exit_code == 1 and "line 4: no id or no name" in done.output and "2 entities read" in done.output
    assert "not merged" in done.output and "Q1 and Q2" in run("authority", "list", db=record.path).output
    assert "mayor  from 2029 to now" in run("who", "Ihor Halan", db=record.path).output


def test_encode_computes_vectors_anew(database: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """`encode` goes over everything again and says how much that was; a model that is none is a clear error."""
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(database.read_bytes())
    done = CliRunner().invoke(cli.app, ["encode", "--fast", "--db", str(copy)])
    assert done.exit_code == 0 and "computed anew" in done.output
    wrong = CliRunner().invoke(cli.app, ["encode", "--fast", "--encoder", "no.such:model", "--db", str(copy)])
    assert "module:function" in str(wrong.exception)
