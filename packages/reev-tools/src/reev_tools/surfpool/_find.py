"""Where surfpool is, when it has been installed."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Absent", "find_surfpool"]

_PACKAGE = "@solana/surfpool-linux-x64-gnu"
_LAUNCHER = Path(__file__).with_name("serve.js")
_CONFIGURATION = {"offline": True, "blockProductionMode": "transaction"}


@dataclass(frozen=True, slots=True)
class Absent:
    """Why there is none, in a sentence that says what to do."""

    reason: str


def find_surfpool(peers: Path) -> tuple[str, ...] | Absent:
    """Return the command that serves the surfpool installed by npm in the folder ``peers``, or why there is none.

    It listens on a free port of the loopback interface only, and knows no network.
    """
    node = shutil.which("node")
    if node is None:
        return Absent("node is not on PATH: install Node 18 or newer, then run `make peers`")
    module = (peers / "node_modules" / _PACKAGE).absolute()
    if not module.is_dir():
        return Absent(f"{_PACKAGE} is not in {peers}: run `make peers`")
    return node, str(_LAUNCHER), str(module), json.dumps(_CONFIGURATION)
