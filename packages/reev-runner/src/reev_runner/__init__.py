"""Runs benchmarks for Solana agents in an in-process VM and judges the final chain state.

``run_benchmark`` runs one in memory, ``run_suite`` many with their journals on disk, ``read_session`` reads one back.
The names are loaded when they are first used, so that the command line starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .files import load_case
    from .suite import (
        BadFile,
        SuiteObserver,
        SuiteOptions,
        Trial,
        read_session,
        run_benchmark,
        run_cases,
        run_suite,
    )

__all__ = [
    "BadFile",
    "SuiteObserver",
    "SuiteOptions",
    "Trial",
    "load_case",
    "read_session",
    "run_benchmark",
    "run_cases",
    "run_suite",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "files" if name == "load_case" else "suite"
    return getattr(import_module(f"{__name__}.{home}"), name)
