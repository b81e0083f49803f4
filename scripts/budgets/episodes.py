"""Whole runs, with everything that they keep on disk."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from .row import Row


def episodes_per_second() -> float:
    """Benchmark 001 by the deterministic agent, journal and result on disk and synced; the best of ten rounds.

    The best, because a round is slowed down by what else the machine does: above all by a file system that looks for
    inodes among those which other programs have just freed. For the same reason nothing is deleted before the end.
    """
    from reev_runner.files import find_benchmarks, load_case
    from reev_runner.suite import SuiteOptions, Trial, run_cases

    case = load_case(find_benchmarks(["001"])[0])
    folder = Path(tempfile.mkdtemp(prefix="reev-bench-", dir=quickest_folder()))
    rates = []
    try:
        for _ in range(10):
            started = time.perf_counter()
            outcomes = run_cases([case] * 256, SuiteOptions(out=folder))
            rates.append(len(outcomes) / (time.perf_counter() - started))
            if not all(isinstance(outcome, Trial) and outcome.result.status == "passed" for outcome in outcomes):
                raise SystemExit("an episode did not pass; its speed means nothing")
    finally:
        shutil.rmtree(folder)
    return max(rates)


def quickest_folder() -> Path:
    """Return the folder on the repository's own disk in which files are created fastest at the moment.

    Places on one disk differ by a factor of ten, depending on what was deleted near them a minute ago; that says
    nothing about reev. What lies in memory is left out: there, being durable costs nothing.
    """
    disk = Path(__file__).stat().st_dev
    folders = (Path("/var/tmp"), Path(tempfile.gettempdir()), Path.home(), Path.cwd())
    return min((folder for folder in folders if folder.is_dir() and folder.stat().st_dev == disk), key=_creation_s)


def _creation_s(folder: Path) -> float:
    with tempfile.TemporaryDirectory(prefix="reev-bench-", dir=folder) as probe:
        started = time.perf_counter()
        for number in range(100):
            (Path(probe) / str(number)).mkdir()
        return time.perf_counter() - started


ROWS = (Row("episodes of 001 per second, durable", "/s", 400, episodes_per_second, least=True),)
