"""The command line: ``reev-runner``, a single command, and ``reev``, a group that other packages add to.

Importing this costs little more than typer: every command imports what it needs when it is called.
"""

from ._commands import ReportingGroup
from ._errors import Program
from ._programs import group, runner

__all__ = ["Program", "ReportingGroup", "group", "runner"]
