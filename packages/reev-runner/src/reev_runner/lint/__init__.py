"""The linter: what is contradictory, vacuous, unattainable or misspelt in a benchmark file.

``lint_file`` reports; ``RULES`` lists what it looks for. Nothing is executed unless a ``Probe`` is given.
"""

from ._finding import Finding, Severity
from ._lint import RULES, lint_file
from ._probe import Probe, ProbeReport
from ._tools import KNOWN_TOOLS

__all__ = ["KNOWN_TOOLS", "RULES", "Finding", "Probe", "ProbeReport", "Severity", "lint_file"]
