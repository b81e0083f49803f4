"""How flows hang together and recover."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reev_orchestrator.recovery import BUILT_IN_ALTERNATIVES, Strategy
from reev_types.alternatives import AlternativeFlow
from reev_types.atomicity import AtomicMode, OnAbort
from reev_types.benchmarks import TestCase
from reev_types.recovery import Asker, RecoveryConfig

__all__ = ["FlowSetup"]


@dataclass(frozen=True, slots=True)
class FlowSetup:
    """What whoever runs a flow says of it; what is left open is as the benchmark has it."""

    recovery: RecoveryConfig | None = None
    """How failed steps are recovered."""
    atomic_mode: AtomicMode | None = None
    on_abort: OnAbort | None = None
    alternatives: tuple[AlternativeFlow, ...] = BUILT_IN_ALTERNATIVES
    """What may be done instead, in this order, where recovery allows it."""
    alternatives_file: Path | None = None
    """The file that those before the built-in ones come from; it is named where a run says how it is repeated."""
    strategies: tuple[Strategy, ...] = ()
    """More ways to recover a step, tried before a person is asked."""
    asker: Asker | None = None
    """Who is asked, where recovery allows it; without anybody the declared default holds."""

    def applied(self, case: TestCase) -> TestCase:
        """Return ``case`` as it is to be run."""
        if self._is_silent:
            return case
        said = {"recovery": self.recovery, "atomic_mode": self.atomic_mode, "on_abort": self.on_abort}
        return case.model_copy(update={key: value for key, value in said.items() if value is not None})

    @property
    def _is_silent(self) -> bool:
        return self.recovery is None and self.atomic_mode is None and self.on_abort is None
