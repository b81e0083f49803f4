"""Runs benchmarks for Solana agents in an in-process VM and judges the final chain state.

``run_benchmark`` runs one in memory, ``run_suite`` many with their journals on disk, ``read_session`` reads one back,
and ``run_benchmarks_with_source`` runs a sentence too.
The names are loaded when they are first used, so that the command line starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .dynamic import DynamicOptions, run_benchmarks_with_source
    from .files import load_case
    from .suite import (
        BadFile,
        SuiteObserver,
        SuiteOptions,
        Trial,
        read_session,
        resume_session,
        run_benchmark,
        run_cases,
        run_suite,
    )

__all__ = [
    "BadFile",
    "DynamicOptions",
    "SuiteObserver",
    "SuiteOptions",
    "Trial",
    "load_case",
    "read_session",
    "resume_session",
    "run_benchmark",
    "run_benchmarks_with_source",
    "run_cases",
    "run_suite",
]


_HOMES = {"load_case": "files", "DynamicOptions": "dynamic", "run_benchmarks_with_source": "dynamic"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'suite')}"), name)
