"""The wheels work where nothing else of the repository is: installed together in a clean environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("types", "tools", "agent", "orchestrator", "runner", "api")
CONSUMER = """
from typing import assert_type

from reev_runner import run_benchmark
from reev_types import TrialResult

result = run_benchmark("001")
assert_type(result, TrialResult)
"""

pytestmark = pytest.mark.xdist_group("wheels")


def uv() -> str:
    found = os.environ.get("UV") or shutil.which("uv")
    if found is None:
        pytest.skip("uv is not on the path; `make test` brings it")
    return found


@pytest.fixture(scope="module")
def wheels(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheels")
    subprocess.run([uv(), "build", "--all-packages", "--quiet", "-o", str(folder)], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="module")
def installed(wheels, tmp_path_factory) -> Path:
    """A fresh environment with all six wheels, at the versions that the workspace pins."""
    folder = tmp_path_factory.mktemp("installed")
    pins = folder / "pins.txt"
    exported = subprocess.run(
        [uv(), "export", "--quiet", "--no-hashes", "--no-emit-workspace", "--no-header", "--no-annotate"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    pins.write_text(exported.stdout)
    environment = folder / "venv"
    subprocess.run([uv(), "venv", "--quiet", str(environment)], cwd=folder, check=True)
    python = environment / "bin" / "python"
    every = [str(path) for path in sorted(wheels.glob("*.whl"))]
    install = [uv(), "pip", "install", "--quiet", "--python", str(python), "-c", str(pins), *every, "mypy"]
    subprocess.run(install, cwd=folder, check=True)
    return environment


@pytest.mark.parametrize("package", PACKAGES)
def test_every_wheel_says_that_it_is_typed(wheels, package):
    wheel = next(wheels.glob(f"reev_{package}-*.whl"))
    assert f"reev_{package}/py.typed" in zipfile.ZipFile(wheel).namelist()


def test_templates_benchmarks_and_program_images_are_in_their_wheels(wheels):
    names = {
        name for package in PACKAGES for name in zipfile.ZipFile(next(wheels.glob(f"reev_{package}-*.whl"))).namelist()
    }
    assert "reev_orchestrator/templates/base/step.j2" in names
    assert "reev_runner/benchmarks/001-sol-transfer.yml" in names
    assert "reev_tools/market/programs/jupiter_swap.so" in names


def test_a_built_in_benchmark_runs_by_id_outside_the_repository(installed, tmp_path):
    done = subprocess.run(
        [str(installed / "bin" / "reev-runner"), "001"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "PASS 001-sol-transfer" in done.stdout


def test_a_consumer_of_the_wheels_is_type_checked_strictly(installed, tmp_path):
    (tmp_path / "consumer.py").write_text(CONSUMER)
    done = subprocess.run(
        [str(installed / "bin" / "python"), "-m", "mypy", "--strict", "consumer.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
