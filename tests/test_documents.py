"""What the documents show is what the commands print and what the code does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reev_runner.files import load_case
from reev_runner.lint import Prober, lint_file
from reev_runner.suite import run_benchmark

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted(ROOT.glob("packages/*/README.md")), *sorted(ROOT.glob("docs/*.md"))]


def blocks(language: str) -> list[pytest.param]:
    return [
        pytest.param(block, id=f"{path.parent.name}-{path.stem}-{number}")
        for path in DOCUMENTS
        for number, block in enumerate(re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(), re.S | re.M))
    ]


@pytest.mark.parametrize("source", blocks("python"))
def test_every_example_runs(source, tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", source], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("package", sorted(path.name for path in (ROOT / "packages").iterdir()))
def test_every_package_has_an_example(package):
    assert "```python" in (ROOT / "packages" / package / "README.md").read_text()


@pytest.mark.parametrize("source", blocks("yaml"))
def test_the_benchmark_shown_runs_and_passes(source, tmp_path):
    path = tmp_path / "shown.yml"
    path.write_text(source)
    assert load_case(path).reference is not None
    assert run_benchmark(str(path)).status == "passed"
    assert not [finding for finding in lint_file(path, probe=Prober()) if finding.severity != "info"]


def test_every_transcript_is_what_the_commands_print():
    script = ROOT / "scripts" / "transcripts.py"
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_make_target_that_a_document_names_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    named = {
        name
        for path in ROOT.glob("*.md")
        for line in path.read_text().splitlines()
        for name in re.findall(r"(?:^|`)make ([a-z]+)", line.strip())
    }
    assert named <= targets
