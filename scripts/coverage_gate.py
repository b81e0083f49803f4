"""Fail unless every line and branch of what decides money and judgement is run by its own package's tests.

Exclusions stand in the code as `# pragma: no cover` with their reason on the same line.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DECIDING_TYPES = (
    "addresses",
    "amounts",
    "assertions",
    "chain",
    "errors",
    "intents",
    "models",
    "plans",
    "results",
    "sources",
    "tokens",
)
GATED = {
    "packages/reev-types": [f"src/reev_types/{module}.py" for module in DECIDING_TYPES],
    "packages/reev-tools": [
        f"src/reev_tools/{package}/*"
        for package in ("chain", "decoding", "jupiter/sandbox", "market", "programs", "wallet")
    ],
    "packages/reev-agent": ["src/reev_agent/*"],
    "packages/reev-orchestrator": ["src/reev_orchestrator/*"],
    "packages/reev-runner": [
        f"src/reev_runner/{package}/*"
        for package in ("dynamic", "execution", "files", "journal", "judgement", "telemetry")
    ],
}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "coverage"
        for package in GATED:
            _run(data, "run", "--branch", "--append", f"--source={package}/src", "-m", "pytest", "-q", package)
        included = ",".join(f"{package}/{pattern}" for package, patterns in GATED.items() for pattern in patterns)
        return _run(data, "report", "--show-missing", "--skip-covered", "--fail-under=100", f"--include={included}")


def _run(data: Path, *arguments: str) -> int:
    command = [sys.executable, "-m", "coverage", *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "COVERAGE_FILE": str(data)}, check=False)
    if done.returncode and arguments[0] == "run":
        raise SystemExit(done.returncode)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
