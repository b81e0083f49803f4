"""Many conversations with models at once, against the time that the models themselves take."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .episodes import quickest_folder
from .mock_model import LATENCY_S
from .row import Row

EPISODES = 100
TURNS = 2
ROUNDS = 5


def wall_time_over_ideal() -> float:
    """A hundred runs of 001 at once by a model that thinks for a second a turn; the best of five rounds.

    The best, because the model's server and whatever else the machine does share its cores.
    """
    from reev_runner.execution import ModelOptions
    from reev_runner.files import find_benchmarks, load_case
    from reev_runner.suite import SuiteOptions, Trial, run_cases

    case = load_case(find_benchmarks(["001"])[0])
    seconds = []
    with _mock_model() as url, tempfile.TemporaryDirectory(prefix="reev-bench-", dir=quickest_folder()) as folder:
        models = ModelOptions(environment={"LOCAL_MODEL_URL": url})
        options = SuiteOptions(agent="local", out=Path(folder), models=models, jobs=EPISODES)
        run_cases([case], options)  # imports, the VM and its programs
        for _ in range(ROUNDS):
            started = time.perf_counter()
            outcomes = run_cases([case] * EPISODES, options)
            seconds.append(time.perf_counter() - started)
            if not all(isinstance(outcome, Trial) and outcome.result.status == "passed" for outcome in outcomes):
                raise SystemExit("an episode with a model did not pass; its time means nothing")
    return min(seconds) / (TURNS * LATENCY_S)


@contextmanager
def _mock_model() -> Iterator[str]:
    command = [sys.executable, str(Path(__file__).with_name("mock_model.py"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


ROWS = (Row("100 LLM episodes at once, 1 s a turn, over ideal", "×", 1.3, wall_time_over_ideal),)
