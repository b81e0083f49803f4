"""Many benchmarks, one after the other, kept and reported: the library behind the command line.

``run_benchmark`` runs one and returns its result; ``run_suite`` runs what selectors name, journals every run under
``runs/<session_id>/`` and tells an observer. One bad file never stops the others.
"""

from ._observer import SilentObserver, SuiteObserver
from ._options import SuiteOptions
from ._outcomes import BadFile, Outcome, Trial
from ._run import agent_names, in_own_loop, read_session, run_benchmark, run_cases, run_jobs, run_suite
from ._suite import Job, renderer

__all__ = [
    "BadFile",
    "Job",
    "Outcome",
    "SilentObserver",
    "SuiteObserver",
    "SuiteOptions",
    "Trial",
    "agent_names",
    "in_own_loop",
    "read_session",
    "renderer",
    "run_benchmark",
    "run_cases",
    "run_jobs",
    "run_suite",
]
