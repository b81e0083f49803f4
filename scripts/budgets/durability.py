"""What it costs that a flow survives the death of its process."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from .episodes import quickest_folder
from .payments import STEPS, three_payments
from .row import Row

_WRITES = 500
_FLOWS = 200
_ROUNDS = 8


def journal_write_p50_ms() -> float:
    """Append an event to a journal and have it on the disk, as before each transaction of a flow that recovers."""
    from reev_runner.journal import RunStore
    from reev_types.events import TransactionSent

    sent = TransactionSent(step_id="step_1", call_id="step_1.1", signature="5" * 88, raw=bytes(300), instructions=())
    times = []
    with tempfile.TemporaryDirectory(prefix="reev-bench-", dir=quickest_folder()) as folder:
        files = RunStore(Path(folder)).open_session("session")
        for _ in range(_WRITES):
            started = time.perf_counter()
            files.write_event(sent)
            files.make_durable()
            times.append((time.perf_counter() - started) * 1_000)
        files.close()
    return statistics.median(times)


def flows_per_second() -> float:
    """Three payments with recovery on, by the deterministic agent, in a process a core; the best of some rounds.

    Each transaction is on the disk before it is sent, journals and results before they are announced. Processes that
    carry flows out side by side share nothing but the disk, as the workers of a server do.
    """
    workers = os.cpu_count() or 1
    with (
        tempfile.TemporaryDirectory(prefix="reev-bench-", dir=quickest_folder()) as folder,
        ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool,
    ):
        folders = [Path(folder) / str(worker) for worker in range(workers)]
        rates = []
        for _ in range(_ROUNDS + 1):
            started = time.perf_counter()
            list(pool.map(_carry_out, folders))
            rates.append(_FLOWS * workers / (time.perf_counter() - started))
    return max(rates[1:])  # in the first round processes start


def _carry_out(folder: Path) -> None:
    from reev_runner.execution import FlowSetup
    from reev_runner.suite import SuiteOptions, Trial, run_cases
    from reev_types.recovery import RecoveryConfig

    options = SuiteOptions(out=folder, setup=FlowSetup(recovery=RecoveryConfig()))
    for outcome in run_cases([three_payments()] * _FLOWS, options):
        result = outcome.result if isinstance(outcome, Trial) else None
        if result is None or result.status != "passed" or result.flow.metrics.transactions != STEPS:
            raise SystemExit("a flow of three payments did not pass; its speed means nothing")


ROWS = (
    Row("durable journal write, p50", "ms", 1, journal_write_p50_ms),
    Row("durable flows of three steps per second", "/s", 300, flows_per_second, least=True),
)
