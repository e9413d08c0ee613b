"""The scripts of benchmarks/ and corpus/ are no packages; they are loaded from their files."""

from __future__ import annotations

import importlib.util
import pathlib
from types import ModuleType

import pytest

ROOT = pathlib.Path(__file__).parent.parent.parent


def script(path: str) -> ModuleType:
    """The script at this path in the repository as a module."""
    spec = importlib.util.spec_from_file_location(pathlib.Path(path).stem + "_script", ROOT / path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def errors() -> ModuleType:
    """benchmarks/errors.py."""
    return script("benchmarks/errors.py")


@pytest.fixture(scope="session")
def calibrate() -> ModuleType:
    """benchmarks/calibrate.py."""
    return script("benchmarks/calibrate.py")


@pytest.fixture(scope="session")
def figures_benchmark() -> ModuleType:
    """benchmarks/figures.py."""
    return script("benchmarks/figures.py")
