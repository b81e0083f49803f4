"""Prompts rendered from templates."""

from __future__ import annotations

import statistics
import time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from .row import Row

if TYPE_CHECKING:
    from reev_types.contexts import PromptContext
    from reev_types.plans import DynamicFlowPlan

_SENTENCES = (
    "swap 0.1 SOL to USDC",
    "swap half my SOL to USDC then lend it",
    "use 50% sol to 1.5x usdc",
    "lend 10 USDC",
    "swap 0.1 SOL to USDC and swap 5 USDC to USDT",
    "show my balances",
)
_SWEEP = 100


def _context() -> PromptContext:
    from reev_types.atomicity import AtomicMode
    from reev_types.contexts import FlowState, PromptContext, TokenBalance, WalletContext
    from reev_types.tokens import SOL_MINT, TOKENS

    held = [token for token in TOKENS if token.mint != SOL_MINT]
    wallet = WalletContext(
        owner="11111111111111111111111111111112",
        sol_balance=10**10,
        token_balances={
            token.mint: TokenBalance(mint=token.mint, balance=10**9, decimals=token.decimals) for token in held
        },
        token_prices={token.mint: Decimal(1) for token in TOKENS},
    )
    state = FlowState(current_step_index=0, total_steps=1, atomic_mode=AtomicMode.STRICT)
    return PromptContext(wallet_context=wallet, flow_state=state, generated_at=0)


@cache
def _plans() -> tuple[DynamicFlowPlan, ...]:
    from reev_orchestrator.language import parse
    from reev_orchestrator.planning import plan

    wallet = _context().wallet_context
    return tuple(plan(parse(sentence), wallet, flow_id="bench") for sentence in _SENTENCES)


def _step_times_ms() -> list[float]:
    from reev_orchestrator import TemplateRenderer

    context, renderer = _context(), TemplateRenderer()
    times = []
    for _ in range(500):
        started = time.perf_counter()
        renderer.render_step("Send 0.1 SOL.", context)
        times.append((time.perf_counter() - started) * 1_000)
    return times


def first_render_ms() -> float:
    """Compile and render the step template for the first time, the jinja2 library being loaded."""
    return statistics.median(_step_times_ms()[0] for _ in range(5))


def cached_render_ms() -> float:
    """Render the compiled step template for a wallet that holds every token of the registry."""
    return statistics.median(_step_times_ms()[1:])


def _sweep() -> tuple[list[float], float, float]:
    """Render every step of every plan, many times; return the tasks' times, the longest compilation, the hit rate."""
    from reev_orchestrator import TemplateRenderer

    context, renderer = _context(), TemplateRenderer()
    times = []
    for _ in range(_SWEEP):
        for plan in _plans():
            for step in plan.steps:
                started = time.perf_counter()
                task = renderer.render_task(plan, step, context)
                times.append((time.perf_counter() - started) * 1_000)
                renderer.render_step(task, context)
    metrics = renderer.metrics
    return times, metrics.compile_ms_most, metrics.hit_rate or 0.0


def cached_task_ms() -> float:
    """Choose and render the task of a planned step; the situation below it is the cached render of a step."""
    return statistics.median(_sweep()[0])


def slowest_compilation_ms() -> float:
    """Read and compile one file, the slowest of all that the sweep needs; the best of five sweeps."""
    return min(_sweep()[1] for _ in range(5))


def sweep_hit_rate() -> float:
    """How many of all lookups in a sweep find a compiled template, in per cent."""
    return _sweep()[2] * 100


ROWS = (
    Row("template: first compile and render", "ms", 10, first_render_ms),
    Row("template: slowest compilation of one file", "ms", 10, slowest_compilation_ms),
    Row("template: cached render", "ms", 0.2, cached_render_ms),
    Row("template: cached render of a planned task", "ms", 0.2, cached_task_ms),
    Row("template: lookups that hit in a sweep", "%", 99, sweep_hit_rate, least=True),
)
