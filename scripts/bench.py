"""Measure against the budgets of ARCHITECTURE.md; exits 1 when one is exceeded.

    make bench                      measure and compare with scripts/bench_baseline.json
    python scripts/bench.py --save  measure and make this the baseline

Figures depend on the machine. Budgets that compare two programs are ratios taken in turns within one run.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BASELINE = Path(__file__).with_name("bench_baseline.json")
BARE_TYPER = """
import typer
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
@app.command()
def main(name: str) -> None:
    print(name)
app()
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One budget: ``limit`` is the most that may be measured, or the least when ``least`` is set."""

    name: str
    unit: str
    limit: float
    measure: Callable[[], float]
    least: bool = False

    def holds(self, value: float) -> bool:
        return value >= self.limit if self.least else value <= self.limit


def main() -> int:
    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    measured = {}
    over = []
    print(f"{'budget':<52}{'measured':>12}{'limit':>12}  unit    against baseline")
    for row in ROWS:
        value = measured[row.name] = round(row.measure(), 4)
        if not row.holds(value):
            over.append(row.name)
        limit = ("≥" if row.least else "≤") + format(row.limit, "g")
        mark = "" if row.holds(value) else "   OVER BUDGET"
        change = _change(row, value, baseline)
        print(f"{row.name:<52}{value:>12.4g}{limit:>12}  {row.unit:<7} {change}{mark}", flush=True)
    if "--save" in sys.argv:
        BASELINE.write_text(json.dumps(measured, indent=2) + "\n")
    print(f"{len(ROWS) - len(over)} of {len(ROWS)} within budget")
    return 1 if over else 0


def _change(row: Row, value: float, baseline: dict[str, float]) -> str:
    before = baseline.get(row.name)
    return f"{(value - before) / before:+.0%}" if before else "no baseline"


def rewind_p50_ms() -> float:
    """Checkpoint, a SOL transfer, and rewind, on a session that has touched two hundred accounts."""
    from reev_tools.chain import EmbeddedChain, Keyring, Vm, World
    from reev_tools.programs import transfer_lamports

    async def measure() -> float:
        keyring = Keyring(0, "bench")
        chain = EmbeddedChain(Vm(World.genesis()), keyring)
        payer, other = keyring.address("PAYER"), keyring.address("OTHER")
        for number in range(200):
            await chain.set_lamports(keyring.address(f"W{number}"), 10**9)
        await chain.set_lamports(payer, 10**12)
        times = []
        for _ in range(500):
            started = time.perf_counter()
            checkpoint = await chain.checkpoint()
            marked = time.perf_counter()
            await chain.submit(await chain.prepare([transfer_lamports(payer, other, 10**9)], payer=payer))
            landed = time.perf_counter()
            await chain.rewind(checkpoint)
            times.append(marked - started + time.perf_counter() - landed)
        return statistics.median(times) * 1_000

    return asyncio.run(measure())


def episodes_per_second() -> float:
    """Benchmark 001 by the deterministic agent, journal and result on disk and synced; the best of ten rounds.

    The best, because a round is slowed down by what else the machine does: above all by a file system that looks for
    inodes among those which other programs have just freed. For the same reason nothing is deleted before the end.
    """
    from reev_runner.files import find_benchmarks, load_case
    from reev_runner.suite import SuiteOptions, Trial, run_cases

    case = load_case(find_benchmarks(["001"])[0])
    folder = Path(tempfile.mkdtemp(prefix="reev-bench-", dir=_quickest_folder()))
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


def _quickest_folder() -> Path:
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


def help_ratio() -> float:
    """``reev-runner --help`` against a bare typer program, in turns; the ratio of the medians."""
    runner = [str(Path(sys.executable).with_name("reev-runner")), "--help"]
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE_TYPER)
        return _ratio(runner, [sys.executable, str(bare), "--help"], rounds=11)


def agent_import_ratio() -> float:
    """``import reev_agent`` against ``import reev_types``, in turns; the ratio of the medians."""
    return _ratio([sys.executable, "-c", "import reev_agent"], [sys.executable, "-c", "import reev_types"], rounds=11)


def _ratio(one: list[str], other: list[str], *, rounds: int) -> float:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for command, into in zip((one, other), times, strict=True):
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            into.append(time.perf_counter() - started)
    return statistics.median(times[0]) / statistics.median(times[1])


def _render_times_ms() -> list[float]:
    from reev_orchestrator import TemplateRenderer
    from reev_types.atomicity import AtomicMode
    from reev_types.contexts import FlowState, PromptContext, WalletContext

    context = PromptContext(
        wallet_context=WalletContext(owner="11111111111111111111111111111112", sol_balance=10**9),
        flow_state=FlowState(current_step_index=0, total_steps=1, atomic_mode=AtomicMode.STRICT),
        generated_at=0,
    )
    renderer = TemplateRenderer()
    times = []
    for _ in range(500):
        started = time.perf_counter()
        renderer.render_step("Send 0.1 SOL.", context)
        times.append((time.perf_counter() - started) * 1_000)
    return times


def first_render_ms() -> float:
    """Compile and render the step template for the first time, the jinja2 library being loaded."""
    return statistics.median(_render_times_ms()[0] for _ in range(5))


def cached_render_ms() -> float:
    """Render the compiled step template."""
    return statistics.median(_render_times_ms()[1:])


ROWS = (
    Row("checkpoint and rewind, p50", "ms", 0.3, rewind_p50_ms),
    Row("episodes of 001 per second, durable", "/s", 400, episodes_per_second, least=True),
    Row("reev-runner --help over a bare typer program", "x", 1.5, help_ratio),
    Row("import reev_agent over import reev_types", "x", 1.5, agent_import_ratio),
    Row("template: first compile and render", "ms", 10, first_render_ms),
    Row("template: cached render", "ms", 0.2, cached_render_ms),
)

if __name__ == "__main__":
    sys.exit(main())
