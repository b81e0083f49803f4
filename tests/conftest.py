from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture
def reev_runner(tmp_path):
    """Run the command line in a process of its own, outside the repository, and return what became of it."""

    def reev_runner(*arguments: str, cwd: Path | None = None, command: str = "reev-runner", **environment: str):
        program = Path(sys.executable).with_name(command)
        return subprocess.run(
            [str(program), *arguments],
            cwd=cwd or tmp_path,
            env={**os.environ, "NO_COLOR": "1", **environment},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    return reev_runner
