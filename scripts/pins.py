"""Pin the exact version of every distribution that `uv lock --upgrade` resolves, in the root's pyproject.toml.

The lock file itself records download addresses and stays out of the repository.
"""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = os.environ.get("UV", "uv")
BLOCK = re.compile(r"(# pins: begin\n).*?(# pins: end\n)", re.DOTALL)


def main() -> None:
    project = ROOT / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    project.write_text(BLOCK.sub(r"\1constraint-dependencies = []\n\2", text), encoding="utf-8")
    subprocess.run([UV, "lock", "--upgrade", "--quiet"], cwd=ROOT, check=True)
    project.write_text(BLOCK.sub(lambda match: match[1] + _pins() + match[2], text), encoding="utf-8")
    subprocess.run([UV, "lock", "--quiet"], cwd=ROOT, check=True)


def _pins() -> str:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    lines = [_pin(package) for package in lock["package"] if "registry" in package.get("source", {})]
    return "constraint-dependencies = [\n" + "".join(f"    {line},\n" for line in sorted(lines)) + "]\n"


def _pin(package: dict[str, object]) -> str:
    pin = f"{package['name']}=={package['version']}"
    markers = package.get("resolution-markers")
    if isinstance(markers, list):
        pin += " ; " + " or ".join(f"({marker})" for marker in markers)
    return f'"{pin}"' if '"' not in pin else f"'{pin}'"


if __name__ == "__main__":
    main()
