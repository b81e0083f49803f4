"""How long a command or an import keeps people waiting."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .row import Row

BARE_TYPER = """
import typer
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
@app.command()
def main(name: str) -> None:
    print(name)
app()
"""


def help_ratio() -> float:
    """``reev-runner --help`` against a bare typer program, in turns; the ratio of the medians."""
    runner = [str(Path(sys.executable).with_name("reev-runner")), "--help"]
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE_TYPER)
        return _ratio(runner, [sys.executable, str(bare), "--help"], rounds=11)


def agent_import_ratio() -> float:
    """``import reev_agent`` against ``import reev_types``, in turns; the ratio of the medians."""
    return _ratio([sys.executable, "-c", "import reev_agent"], [sys.executable, "-c", "import reev_types"], rounds=11)


def _ratio(one: list[str], other: list[str], *, rounds: int) -> float:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for command, into in zip((one, other), times, strict=True):
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            into.append(time.perf_counter() - started)
    return statistics.median(times[0]) / statistics.median(times[1])


ROWS = (
    Row("reev-runner --help over a bare typer program", "x", 1.5, help_ratio),
    Row("import reev_agent over import reev_types", "x", 1.5, agent_import_ratio),
)
