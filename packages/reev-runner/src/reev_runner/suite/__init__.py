"""Many benchmarks, one after the other, kept and reported: the library behind the command line.

``run_benchmark`` runs one and returns its result; ``run_suite`` runs what selectors name, journals every run under
``runs/<session_id>/`` and tells an observer. One bad file never stops the others.
"""

from ._loop import in_own_loop
from ._observer import SilentObserver, SuiteObserver
from ._options import SuiteOptions
from ._outcomes import BadFile, Outcome, Trial
from ._resume import go_on, resume_session
from ._run import agent_names, read_session, run_benchmark, run_cases, run_jobs, run_suite
from ._sink import SessionSink
from ._suite import Job, renderer, trial_runner

__all__ = [
    "BadFile",
    "Job",
    "Outcome",
    "SessionSink",
    "SilentObserver",
    "SuiteObserver",
    "SuiteOptions",
    "Trial",
    "agent_names",
    "go_on",
    "in_own_loop",
    "read_session",
    "renderer",
    "resume_session",
    "run_benchmark",
    "run_cases",
    "run_jobs",
    "run_suite",
    "trial_runner",
]
