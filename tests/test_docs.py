"""The documentation is tested: its commands exist, its Python runs, its links lead somewhere, its tables are whole."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys
import typing

import msgspec
import pytest
from typer.testing import CliRunner

import onrecord
from onrecord import cli
from onrecord.knowledge import schema
from onrecord.records import BlockRole, SkipReason

ROOT = pathlib.Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
READ = {path: path.read_text(encoding="utf-8") for path in PAGES}
BLOCKS = [(path, block) for path, text in READ.items() for block in re.findall(r"```python\n(.*?)```", text, re.S)]


@pytest.mark.slow
def test_readme_five_lines_do_what_the_command_line_does(tmp_path: pathlib.Path) -> None:
    """The README's Python puts the examples on record and prints what somebody said."""
    (block,) = re.findall(r"```python\n(.*?)```", READ[ROOT / "README.md"], re.S)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", block], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert len([line for line in block.splitlines() if line.strip() and not line.startswith("import")]) <= 5


@pytest.mark.parametrize(("path", "block"), BLOCKS, ids=[f"{path.name}-{number}" for number, (path, _) in enumerate(BLOCKS)])
def test_python_in_the_documentation_runs(path: pathlib.Path, block: str, tmp_path: pathlib.Path) -> None:
    """Every block of Python runs as it stands."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", block], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: pathlib.Path) -> None:
    """Every link to a file of the repository leads to a file, and to a heading of it where it names one."""
    for target in re.findall(r"\]\(([^)\s]+)\)", READ[path]):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name) if name else path
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.M)
            assert anchor in {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings}, target


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_commands_in_the_documentation_exist(path: pathlib.Path) -> None:
    """Every command and option that the documentation shows is one, and every make target too."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make ([a-z-]+)", " ".join(re.findall(r"`[^`]+`|^\$ .*$", READ[path], re.M))):
        assert re.search(rf"^{target}:", makefile, re.M), target
    for line in re.findall(r"(?:^\$ (?:\S*/)?|`)onrecord ((?:[a-z]+ ?)+[^`\n]*)", READ[path], re.M):
        words = line.split()
        command = words[:2] if words[0] in ("export", "judge", "authority") and len(words) > 1 else words[:1]
        shown = CliRunner().invoke(cli.app, [*command, "--help"], env={"COLUMNS": "300", "NO_COLOR": "1"})
        assert shown.exit_code == 0, line
        for option in re.findall(r"(?<!\S)\[?(--[a-z]+)", line):
            assert option in shown.output, f"{option} in {line}"


def test_reference_names_every_command_and_reason() -> None:
    """The reference is complete: commands, reasons for skipping, public names."""
    text = READ[ROOT / "docs" / "reference.md"]
    for name in CliRunner().invoke(cli.app, ["--help"], env={"COLUMNS": "300"}).output.split():
        if re.fullmatch(r"add|watch|said|who|judge|authority|show|story|compare|extract|export|serve|eval|language", name):
            assert f"`{name} " in text, name
    for reason in typing.get_args(SkipReason):
        assert f"`{reason}`" in text
    for name in onrecord.__all__:
        assert re.search(rf"\b{name}\b", text) or name.endswith("Error") or name == "Evaluation", name


def test_glossary_names_every_role_of_the_article() -> None:
    """The roles that are part of the article stand in the glossary, and are roles."""
    roles = typing.get_args(BlockRole)
    text = READ[ROOT / "docs" / "glossary.md"]
    assert set(["headline", "lead", "body", "subhead", "list", "quote"]) <= set(roles) and "`headline lead body subhead list quote`" in text


def test_every_public_name_is_there() -> None:
    """Each name of `__all__` can be imported, and the module names nothing else."""
    for name in onrecord.__all__:
        assert getattr(onrecord, name) is not None
    assert set(onrecord.__all__) <= set(dir(onrecord))
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = onrecord.nothing_like_it  # type: ignore[attr-defined]


def test_the_switches_of_a_language_are_all_in_the_table() -> None:
    """The reference's table has every switch of speech.toml, with the languages for which it is true."""
    rows = {key: set(told.split()) for key, told in re.findall(r"^\| `(\w+)`[^|]*\|[^|]*\| ([a-z ]+) \|$", READ[ROOT / "docs" / "reference.md"], re.M)}
    codes = set(schema.languages())
    for field in msgspec.structs.fields(schema.Speech):
        if field.type is bool:
            told = rows[field.name]
            true = {code for code in codes if getattr(schema.load(code).words.speech, field.name)}
            assert (codes - told if "all" in told else told) == true, field.name
