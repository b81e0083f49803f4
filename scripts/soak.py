"""Soak recovery: thousands of flows with faults and crashes; exits 1 when money is lost, or spent twice.

make soak                               10,000 random flows, and a crash at every journal write of every shape
python scripts/soak.py --flows 100 --apart 40 --sample 5
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator

from soaking.tasks import Result, Task, crash_tasks, random_tasks

_COLUMNS = (
    "flows",
    "double spends",
    "lost",
    "wrong state",
    "transactions",
    "recovered",
    "aborted",
    "rolled back",
    "compensated",
)
_MOST_SHOWN = 20


def main() -> int:
    arguments = _arguments()
    tasks: list[Task] = [
        *random_tasks(arguments.seed, arguments.flows),
        *crash_tasks(arguments.seed, arguments.apart, arguments.sample),
    ]
    tallies: dict[str, Counter[str]] = {}
    shown = 0
    started = time.monotonic()
    for number, results in enumerate(_carried_out(tasks, arguments.jobs), start=1):
        for result in results:
            violations = _count(tallies.setdefault(result.group, Counter()), result)
            for violation in violations[: _MOST_SHOWN - shown]:
                print(f"\r{result.name}: {violation}", file=sys.stderr)
            shown = min(shown + len(violations), _MOST_SHOWN)
        _progress(number, len(tasks), sum(tally["flows"] for tally in tallies.values()), started)
    return _report(tallies)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--flows", type=int, default=10_000, help="flows of random shapes with random faults")
    parser.add_argument("--apart", type=int, default=1, help="kill at every n-th journal write only")
    parser.add_argument("--sample", type=int, default=1, help="kill every n-th of the plans with a mode only")
    parser.add_argument("--seed", type=int, default=0, help="what everything is drawn from")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at work")
    return parser.parse_args()


def _carried_out(tasks: list[Task], jobs: int) -> Iterator[list[Result]]:
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(_results, tasks, chunksize=4)


def _results(task: Task) -> list[Result]:
    return list(task.results())


def _count(tally: Counter[str], result: Result) -> list[str]:
    verdict = result.verdict
    found = {"double spends": verdict.double_spends, "lost": verdict.lost, "wrong state": verdict.differences}
    tally["flows"] += 1
    tally.update({name: bool(problems) for name, problems in found.items()})
    tally.update(verdict.counts)
    return [f"{name}: {problem}" for name, problems in found.items() for problem in problems]


def _progress(done: int, tasks: int, flows: int, started: float) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{tasks} tasks, {flows} flows, {time.monotonic() - started:.0f} s", end="", file=sys.stderr)


def _report(tallies: dict[str, Counter[str]]) -> int:
    print(f"{'':<28}" + "".join(f"{column:>15}" for column in _COLUMNS))
    for group, tally in sorted(tallies.items()):
        print(f"{group:<28}" + "".join(f"{tally[column]:>15,}" for column in _COLUMNS))
    total = sum(tallies.values(), Counter())
    print(f"{'together':<28}" + "".join(f"{total[column]:>15,}" for column in _COLUMNS))
    return 1 if total["double spends"] + total["lost"] + total["wrong state"] else 0


if __name__ == "__main__":
    sys.exit(main())
