"""What a suite is run with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reev_runner.execution import FlowSetup, ModelOptions
from reev_runner.system import SystemClock, SystemIds
from reev_types.agents import Agent
from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS
from reev_types.errors import UsageError
from reev_types.times import Clock, IdSource

__all__ = ["SuiteOptions", "check_seed"]

_SEED_LIMIT = 2**64


@dataclass(frozen=True, slots=True)
class SuiteOptions:
    """What to run with; ``seed`` is 0 to 2⁶⁴ − 1, ``agent`` a known name or an agent of your own."""

    agent: str | Agent = "deterministic"
    seed: int = 0
    out: Path = Path("runs")
    tags: tuple[str, ...] = ()
    fail_fast: bool = False
    sol_reserve_lamports: int = DEFAULT_SOL_RESERVE_LAMPORTS
    """What an agent that sends all of its SOL keeps."""
    models: ModelOptions = field(default_factory=ModelOptions)
    """How language models are asked, and what every step may use up."""
    templates: Path | None = None
    """A folder of templates that come before the bundled ones."""
    setup: FlowSetup = field(default_factory=FlowSetup)
    """How flows hang together and recover."""
    jobs: int = 1
    """How many trials are under way at once; worth it where agents wait for models."""
    clock: Clock = field(default_factory=SystemClock)
    ids: IdSource = field(default_factory=SystemIds)


def check_seed(seed: int) -> None:
    """Raise UsageError ``bad_seed`` unless ``seed`` fits into 64 bits."""
    if not 0 <= seed < _SEED_LIMIT:
        raise UsageError("bad_seed", f"the seed {seed} is not between 0 and 2^64 - 1")
