"""Measure against the budgets of ARCHITECTURE.md; exits 1 when one is exceeded.

    make bench                      measure and compare with scripts/bench_baseline.json
    python scripts/bench.py --save  measure and make this the baseline
    python scripts/bench.py --ablation  show what each part of recovery adds, and measure nothing else

Figures depend on the machine. Budgets that compare two programs are ratios taken in turns within one run.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from budgets import (
    ablation,
    chain,
    context,
    durability,
    episodes,
    flows,
    market,
    models,
    recovery,
    startup,
    templates,
)
from budgets.market import figures
from budgets.row import Row

BASELINE = Path(__file__).with_name("bench_baseline.json")
_SUBJECTS = (chain, episodes, market, models, startup, templates, context, flows, recovery, durability)
ROWS: tuple[Row, ...] = tuple(row for subject in _SUBJECTS for row in subject.ROWS)


def main() -> int:
    if "--ablation" not in sys.argv:
        return _measure()
    _show_ablation()
    return 0


def _measure() -> int:
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
    for name, value in figures():
        print(f"{name:<52}{value:>12}")
    _show_ablation()
    print(f"{len(ROWS) - len(over)} of {len(ROWS)} within budget")
    return 1 if over else 0


def _show_ablation() -> None:
    for line in ablation.table():
        print(line, flush=True)


def _change(row: Row, value: float, baseline: dict[str, float]) -> str:
    before = baseline.get(row.name)
    return f"{(value - before) / before:+.0%}" if before else "no baseline"


if __name__ == "__main__":
    sys.exit(main())
