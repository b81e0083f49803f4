"""Faults on purpose: a sandbox chain and a Jupiter that break as a schedule says, and never otherwise.

``FaultSchedule`` knows when, ``FaultyChain`` and ``FaultyJupiter`` do it, ``carry_out`` repeats what a journal tells.
"""

from ._chain import FaultyChain
from ._effects import carry_out
from ._jupiter import FaultyJupiter
from ._random import random_faults
from ._schedule import FaultSchedule

__all__ = ["FaultSchedule", "FaultyChain", "FaultyJupiter", "carry_out", "random_faults"]
