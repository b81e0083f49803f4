"""A command line in a folder of its own, without the configuration of whoever runs the tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reev_runner.cli import group, runner


@pytest.fixture(autouse=True)
def workplace(tmp_path, monkeypatch) -> Path:
    for name in [name for name in os.environ if name.startswith("REEV_")]:
        monkeypatch.delenv(name)
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def reev_runner() -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(runner, list(arguments), prog_name="reev-runner")


@pytest.fixture
def reev() -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(group, list(arguments), prog_name="reev")


@pytest.fixture
def broken_file(workplace) -> Path:
    path = workplace / "broken.yml"
    path.write_text(
        "id: broken\nprompt: Send it.\ninitial_state:\n  - pubkey: USER_WALLET_PUBKEY\n    owner: X\n    lamports: -1\n"
        "ground_truth:\n  final_state_assertions: []\n"
    )
    return path
