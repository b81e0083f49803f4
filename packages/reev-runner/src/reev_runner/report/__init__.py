"""What people and programs read of a run: reports on a terminal or in a pipe, JSON, JUnit XML, progress.

Everything that came from a file, a chain or a model is shown as data and never obeyed.
"""

from ._console import console_on, print_command
from ._diagram import diagram_of
from ._json import json_report
from ._junit import junit_report, write_junit
from ._plan import print_plan
from ._progress import LiveProgress, PlainProgress
from ._style import Detail, line, table
from ._suite import print_suite
from ._tally import Tally, exit_status, tally
from ._text import one_line
from ._trial import print_trial, reproduction
from ._unfinished import UnfinishedSessions, resume_command

__all__ = [
    "Detail",
    "LiveProgress",
    "PlainProgress",
    "Tally",
    "UnfinishedSessions",
    "console_on",
    "diagram_of",
    "exit_status",
    "json_report",
    "junit_report",
    "line",
    "one_line",
    "print_command",
    "print_plan",
    "print_suite",
    "print_trial",
    "reproduction",
    "resume_command",
    "table",
    "tally",
    "write_junit",
]
