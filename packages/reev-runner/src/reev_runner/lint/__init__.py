"""The linter: what is contradictory, vacuous, unattainable or misspelt in a benchmark file.

``lint_file`` reports; ``RULES`` lists what it looks for. Nothing is executed unless it is given a ``Prober``.
"""

from ._finding import Finding, Severity
from ._lint import RULES, lint_file
from ._probe import Probe, ProbeReport
from ._prober import Prober
from ._tools import KNOWN_TOOLS

__all__ = ["KNOWN_TOOLS", "RULES", "Finding", "Probe", "ProbeReport", "Prober", "Severity", "lint_file"]
